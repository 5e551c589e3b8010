# The texts of rdj itself in French.

## Errors of requests and events

rdj-bad-request = La requête n’a pas été comprise.
rdj-unknown-action = Cette action n’existe pas.
rdj-gone = Cette entrée n’existe plus.
rdj-page-gone = Cette page n’existe plus.
rdj-no-page = Il n’y a pas de page à cette adresse.
rdj-wrong-method = Cette adresse ne peut pas être utilisée de cette manière.
rdj-bad-host = Cette adresse n’est pas servie ici.
rdj-page-outdated = Cette page n’est plus à jour. Veuillez la recharger.
rdj-page-busy = Cette page est encore en train de travailler. Veuillez patienter un instant.
rdj-login-required = Veuillez vous connecter.
rdj-denied = Vous n’avez pas l’autorisation nécessaire.
rdj-failed = Une erreur s’est produite.
rdj-failed-id = { $text } (erreur { $id })
rdj-address-invalid = L’adresse de destination n’est pas valide.
rdj-timeout = Le serveur a mis trop de temps à répondre. Veuillez réessayer.
rdj-too-much = C’est trop de données à la fois.
rdj-too-many-requests = Trop de requêtes. Veuillez patienter un instant.
rdj-refused = Le serveur a refusé la requête.
rdj-csrf-failed = Le formulaire n’est plus à jour. Veuillez recharger la page et réessayer.
rdj-csrf-cookie = Ce site a besoin d’un cookie pour reconnaître ses propres formulaires. Autorisez les cookies pour ce site, rechargez la page et envoyez à nouveau le formulaire.
rdj-csrf-origin = Le formulaire a été envoyé depuis un autre site. Ouvrez ce site et envoyez-le à partir de là.
rdj-session-ended = Votre session a pris fin pendant cette requête. Veuillez réessayer.

## Pages about errors

rdj-error-400 = Requête incorrecte
rdj-error-401 = Connexion requise
rdj-error-403 = Accès refusé
rdj-error-404 = Page introuvable
rdj-error-405 = Méthode non autorisée
rdj-error-409 = Conflit
rdj-error-413 = Requête trop volumineuse
rdj-error-422 = Requête impossible à traiter
rdj-error-429 = Trop de requêtes
rdj-error-500 = Erreur interne du serveur

## Values that are not taken

rdj-required = Ce champ est obligatoire.
rdj-too-long = { $most ->
    [one] { $most } caractère au maximum (actuellement { $length }).
   *[other] { $most } caractères au maximum (actuellement { $length }).
}
rdj-too-short = { $least ->
    [one] { $least } caractère au minimum (actuellement { $length }).
   *[other] { $least } caractères au minimum (actuellement { $length }).
}
rdj-choose-one = Veuillez choisir l’une des valeurs proposées.
rdj-not-editable = Ce champ n’est pas modifiable.
rdj-may-not-change = Vous ne pouvez pas modifier ceci.
rdj-null-characters = Les caractères nuls ne sont pas autorisés.
rdj-enter-yes-no = Veuillez choisir oui ou non.
rdj-enter-integer = Veuillez saisir un nombre entier.
rdj-enter-integer-between = Veuillez saisir un nombre entier compris entre { $min } et { $max }.
rdj-enter-number = Veuillez saisir un nombre.
rdj-enter-uuid = Veuillez saisir un UUID valide.
rdj-enter-date = Veuillez saisir une date valide.
rdj-enter-time = Veuillez saisir une heure valide.
rdj-enter-datetime = Veuillez saisir une date et une heure valides.
rdj-enter-json = Saisissez du JSON valide (ligne { $line }, colonne { $column }).
rdj-too-small = Saisissez une valeur d’au moins { $least }.
rdj-too-large = Saisissez une valeur d’au plus { $most }.
rdj-enter-value = Veuillez saisir une valeur valide.
rdj-correct-errors = Veuillez corriger les erreurs ci-dessous.
rdj-unique = { $label } : cette valeur existe déjà.
rdj-unique-together = { $label } : ces valeurs existent déjà.
rdj-not-allowed = Cette valeur n’est pas autorisée ici.
rdj-not-allowed-together = Ces valeurs ne sont pas autorisées ensemble.
rdj-conflict = Quelqu’un d’autre a modifié cette entrée entre-temps. Vos modifications ne sont pas encore enregistrées.
rdj-conflict-field = Champ
rdj-conflict-before = Avant
rdj-conflict-theirs = Maintenant
rdj-conflict-yours = Votre saisie
rdj-keep-mine = Enregistrer la mienne
rdj-take-theirs = Reprendre l’autre
rdj-field-error = { $label } : { $error }
rdj-conflict-caption = Modifié des deux côtés

## Rows

rdj-noun = { $lower }
rdj-not-found = { $label } : entrée introuvable.
rdj-edited-gone = { $label } : cette entrée a été supprimée ou ne vous est plus accessible. Votre saisie est conservée.
rdj-saved = { $label } : enregistrement effectué.
rdj-deleted = { $label } : suppression effectuée.
rdj-in-use = { $label } : l’entrée est encore utilisée et ne peut pas être supprimée.
rdj-delete-along = { $label } : la suppression entraînerait aussi celle de : { $models }. Vous n’y êtes pas autorisé.

## Forms

rdj-save = Enregistrer
rdj-really = Voulez-vous vraiment faire cela ?
rdj-leave = Quitter sans enregistrer ? Ce que vous avez saisi sera perdu.
rdj-cancel = Annuler
rdj-optional = (facultatif)
rdj-form-new = Ajouter : { $noun }
rdj-form-edit = Modifier : { $noun }
rdj-picker-search = Rechercher { $label }
rdj-picker-more = Seuls les { $count } premiers sont affichés. Cherchez les autres.
rdj-picker-none = Aucun résultat.
rdj-picker-create = Créer « { $text } »
rdj-file-stored = Enregistré : { $size }.
rdj-file-download = Télécharger
rdj-file-remove = Supprimer le fichier enregistré
rdj-file-too-large = Le fichier est trop grand : { $most } au plus sont acceptés.
rdj-file-empty = Le fichier est vide.
rdj-file-type = Ce type de fichier n’est pas accepté. Choisissez l’un de ces types : { $types }.
rdj-file-again = Choisissez de nouveau le fichier : il n’a pas été enregistré.

## Child rows in the form of their parent

rdj-inline-row = { $label } { $number }
rdj-inline-add = Ajouter : { $noun }
rdj-inline-remove = Retirer
rdj-inline-remove-row = Retirer { $row }
rdj-inline-more = Seuls les { $count } premiers sont affichés. Les autres restent inchangés.
rdj-inline-min = { $count ->
    [one] Il en faut au moins { $count } ({ $noun }).
   *[other] Il en faut au moins { $count } ({ $nouns }).
}
rdj-inline-max = { $count ->
    [one] Il peut y en avoir au plus { $count } ({ $noun }).
   *[other] Il peut y en avoir au plus { $count } ({ $nouns }).
}
rdj-inline-gone = Quelqu’un d’autre a supprimé cette entrée. Enregistrez de nouveau pour la recréer, ou retirez-la.
rdj-inline-conflict = Quelqu’un d’autre a changé cette valeur en « { $value } ». Enregistrez de nouveau pour garder la vôtre.
rdj-inline-used = Cette entrée est encore utilisée et ne peut pas être supprimée.

## Tables

rdj-actions = Actions
rdj-edit = Modifier
rdj-edit-row = Modifier { $row }
rdj-delete = Supprimer
rdj-delete-row = Supprimer { $row }
rdj-delete-confirm = Supprimer cette entrée ({ $noun }) ?
rdj-count = { $count ->
    [one] { $count } { $noun }
   *[other] { $count } { $nouns }
}
rdj-none-yet = Aucune entrée pour l’instant ({ $nouns }).
rdj-none-found = Aucun résultat pour cette recherche ({ $nouns }).
rdj-yes = Oui
rdj-no = Non
rdj-bytes = { $count ->
    [one] { $count } octet
   *[other] { $count } octets
}

## Pages of a list, search

rdj-pagination = Pagination
rdj-page-of = Page { $page } sur { $count }
rdj-page-total = ({ $count } { $nouns })
rdj-previous = Précédent
rdj-next = Suivant
rdj-search = Rechercher

## Filters of a list, actions for selected rows

rdj-filter = Filtrer
rdj-filter-any = Tous
rdj-filter-clear = Effacer les filtres
rdj-filter-from = { $label } à partir de
rdj-filter-to = { $label } jusqu’à
rdj-filter-empty = { $label } : vide
rdj-page-number = Page { $page }
rdj-first = Première
rdj-last = Dernière
rdj-select-row = Sélectionner { $row }
rdj-select-page = Sélectionner toutes les lignes de cette page
rdj-bulk-action = Action
rdj-bulk-run = Appliquer
rdj-bulk-selected = Sélection : { $count } ({ $nouns })
rdj-bulk-all = { $count ->
    [0] Tout, sur toutes les pages ({ $nouns })
   *[other] Tout ({ $count }), sur toutes les pages ({ $nouns })
}
rdj-bulk-confirm = Appliquer à la sélection ({ $nouns }) ?
rdj-bulk-question = { $action } : { $selected }
rdj-bulk-deleted = Suppressions : { $count } ({ $nouns }).
rdj-bulk-done = Modifications : { $count } ({ $nouns }).
rdj-bulk-refused = Non traités : { $count } ({ $nouns }) :
rdj-bulk-none = Aucune sélection ({ $nouns }).
rdj-bulk-progress = Traités : { $count } sur { $total } ({ $nouns })
rdj-bulk-progress-open = Traités : { $count } ({ $nouns })
rdj-progress = Progression

## Layout

rdj-skip = Aller au contenu
rdj-language = Langue
rdj-language-choose = Changer de langue
rdj-language-unknown = Cette langue n’est pas disponible.
rdj-time-zone-unknown = Ce fuseau horaire n’est pas connu.

## Texts of the browser's side

rdj-client-lost = Connexion perdue. Votre dernière action est peut-être perdue elle aussi.
rdj-client-offline = Connexion perdue. Nouvelle tentative en cours.
rdj-client-large = C’est trop volumineux.
rdj-client-slow = Cela prend plus de temps que d’habitude.
rdj-client-update = Une nouvelle version est disponible.
rdj-client-stuck = Cette page ne peut pas être affichée pour le moment.
rdj-client-draft = Votre saisie a été rétablie. La page a changé entre-temps.
rdj-client-reload = Recharger
rdj-client-dismiss = Fermer

## Fichiers

rdj-upload-too-large = Le fichier est trop grand : { $most } Mo au plus sont acceptés.
rdj-upload-none = Choisissez un fichier.
rdj-upload-stalled = L’envoi a été abandonné, car rien n’est arrivé pendant trop longtemps.
rdj-upload-too-many = Il y a trop de fichiers : { $most } au plus sont acceptés à la fois.
rdj-upload-done = Envoyé.
rdj-upload-stopped = Annulé.
rdj-upload-leave = Des fichiers sont encore en cours d’envoi. Quitter la page et les annuler ?
rdj-too-many-tasks = Trop de tâches sont en cours sur cette page. Attendez que l’une d’elles se termine.
rdj-import-file = Fichier CSV
rdj-import-check = Vérifier le fichier
rdj-import-confirm = Importer
rdj-import-report = Résultat de la vérification
rdj-import-summary = Nouvelles : { $created }. Modifiées : { $updated }. Inchangées : { $unchanged }.
rdj-import-done = Importé. Nouvelles : { $created }. Modifiées : { $updated }.
rdj-import-errors = { $count ->
    [one] { $count } erreur. Corrigez-la dans le fichier et choisissez-le à nouveau.
   *[other] { $count } erreurs. Corrigez-les dans le fichier et choisissez-le à nouveau.
}
rdj-import-more = { $count ->
    [one] { $count } autre n’est pas affichée.
   *[other] { $count } autres ne sont pas affichées.
}
rdj-import-ignored = Colonnes non lues : { $columns }
rdj-import-line = Ligne
rdj-import-field = Champ
rdj-import-error = Erreur
rdj-import-choose = Choisissez un fichier.
rdj-import-again = Le fichier n’est plus là : choisissez-le à nouveau.
rdj-import-no-text = Ce n’est pas du texte en UTF-8.
rdj-import-no-columns = Aucune colonne ne porte le nom d’un champ. La première ligne nomme les colonnes.
rdj-import-twice = La colonne { $column } est présente deux fois.
rdj-import-width = La ligne a { $found } colonnes, et la première ligne en a { $expected }.
rdj-import-key = Cette clé n’est pas valide.

## History

rdj-history-open = Historique
rdj-history-close = Fermer l’historique
rdj-history-of = Historique de { $row }
rdj-history-none = Rien n’est encore enregistré pour cette entrée.
rdj-history-nobody = une personne non connectée
rdj-history-create-by = Créé par { $user }
rdj-history-update-by = Modifié par { $user }
rdj-history-delete-by = Supprimé par { $user }
rdj-history-undo-by = Annulé par { $user }
rdj-history-from-to = de « { $old } » à « { $new } »
rdj-history-empty = vide
rdj-history-changed = modifié
rdj-history-added = ajouté : { $rows }
rdj-history-removed = retiré : { $rows }
rdj-history-undo = Annuler
rdj-history-undo-of = Annuler la modification du { $at }
rdj-history-undone = { $label } : la modification est annulée.
rdj-history-nothing = Il n’y a plus rien à annuler.
rdj-history-conflict = Modifié à nouveau depuis : { $fields }. Rien n’a été annulé.
rdj-history-taken = Impossible à rétablir : autre chose a pris sa place, ou un élément nécessaire n’existe plus.
rdj-history-incomplete = Impossible à rétablir : tout n’a pas été enregistré.
