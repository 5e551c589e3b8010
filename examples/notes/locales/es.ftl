notes-brand = Notas
notes-navigation = Principal
notes-title = Mis notas
notes-welcome = Apúntelo
notes-about = Un lugar para sus notas. Nadie más las lee, salvo el equipo.
notes-open = Mis notas
notes-new = Nota nueva
notes-edit = Editar la nota
notes-delete = ¿Eliminar esta nota?
notes-none = Todavía no hay notas. Escriba la primera arriba.
notes-no-match = Ninguna nota coincide con «{ $search }».

model-note = Nota
    .plural = Notas
    .field-title = Título
    .field-content = Contenido
