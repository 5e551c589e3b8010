notes-brand = Notizen
notes-navigation = Hauptmenü
notes-title = Meine Notizen
notes-welcome = Schreiben Sie es auf
notes-about = Ein Platz für Ihre Notizen. Außer dem Team liest sie niemand sonst.
notes-open = Meine Notizen
notes-new = Neue Notiz
notes-edit = Notiz bearbeiten
notes-delete = Diese Notiz löschen?
notes-none = Noch keine Notizen. Schreiben Sie oben die erste.
notes-no-match = Keine Notiz passt zu „{ $search }“.

model-note = Notiz
    .plural = Notizen
    .field-title = Titel
    .field-content = Inhalt
