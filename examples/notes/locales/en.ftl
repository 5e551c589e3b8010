notes-brand = Notes
notes-navigation = Main
notes-title = My notes
notes-welcome = Write it down
notes-about = A place for your notes. Nobody else reads them, except for the staff.
notes-open = My notes
notes-new = New note
notes-edit = Edit note
notes-delete = Delete this note?
notes-none = No notes yet. Write the first one above.
notes-no-match = No note matches "{ $search }".

model-note = Note
    .plural = Notes
    .field-title = Title
    .field-content = Content
