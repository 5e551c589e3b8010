notes-brand = Notes
notes-navigation = Principal
notes-title = Mes notes
notes-welcome = Prenez-en note
notes-about = Un endroit pour vos notes. Personne d’autre ne les lit, sauf l’équipe.
notes-open = Mes notes
notes-new = Nouvelle note
notes-edit = Modifier la note
notes-delete = Supprimer cette note ?
notes-none = Aucune note pour l’instant. Écrivez la première ci-dessus.
notes-no-match = Aucune note ne correspond à « { $search } ».

model-note = Note
    .plural = Notes
    .field-title = Titre
    .field-content = Contenu
