# The texts of rdj itself in German.

## Errors of requests and events

rdj-bad-request = Die Anfrage wurde nicht verstanden.
rdj-unknown-action = Diese Aktion gibt es nicht.
rdj-gone = Diesen Eintrag gibt es nicht mehr.
rdj-page-gone = Diese Seite gibt es nicht mehr.
rdj-no-page = Unter dieser Adresse gibt es keine Seite.
rdj-wrong-method = So lässt sich diese Adresse nicht verwenden.
rdj-bad-host = Diese Adresse wird hier nicht bedient.
rdj-page-outdated = Diese Seite ist nicht mehr aktuell. Bitte laden Sie sie neu.
rdj-page-busy = Diese Seite arbeitet noch. Bitte warten Sie einen Moment.
rdj-login-required = Bitte melden Sie sich an.
rdj-denied = Sie sind dazu nicht berechtigt.
rdj-failed = Etwas ist schiefgegangen.
rdj-failed-id = { $text } (Fehler { $id })
rdj-address-invalid = Die Zieladresse ist ungültig.
rdj-timeout = Der Server hat zu lange gebraucht. Bitte versuchen Sie es noch einmal.
rdj-too-much = Das ist zu viel auf einmal.
rdj-too-many-requests = Zu viele Anfragen. Bitte warten Sie einen Moment.
rdj-refused = Der Server hat die Anfrage abgelehnt.
rdj-csrf-failed = Das Formular ist nicht mehr aktuell. Bitte laden Sie die Seite neu und versuchen Sie es noch einmal.
rdj-csrf-cookie = Diese Website braucht ein Cookie, um ihre eigenen Formulare zu erkennen. Erlauben Sie Cookies für sie, laden Sie die Seite neu und senden Sie das Formular noch einmal.
rdj-csrf-origin = Das Formular kam von einer anderen Website. Öffnen Sie diese Website und senden Sie es von dort.
rdj-session-ended = Ihre Sitzung endete während dieser Anfrage. Bitte versuchen Sie es noch einmal.

## Pages about errors

rdj-error-400 = Ungültige Anfrage
rdj-error-401 = Anmeldung erforderlich
rdj-error-403 = Zugriff verweigert
rdj-error-404 = Nicht gefunden
rdj-error-405 = Methode nicht erlaubt
rdj-error-409 = Konflikt
rdj-error-413 = Anfrage zu groß
rdj-error-422 = Nicht verarbeitbar
rdj-error-429 = Zu viele Anfragen
rdj-error-500 = Interner Serverfehler

## Values that are not taken

rdj-required = Bitte füllen Sie dieses Feld aus.
rdj-too-long = Bitte höchstens { $most } Zeichen (jetzt { $length }).
rdj-too-short = Bitte mindestens { $least } Zeichen (jetzt { $length }).
rdj-choose-one = Bitte wählen Sie einen der vorgegebenen Werte.
rdj-not-editable = Dieses Feld kann nicht bearbeitet werden.
rdj-may-not-change = Sie dürfen das nicht ändern.
rdj-null-characters = Nullzeichen sind nicht erlaubt.
rdj-enter-yes-no = Bitte wählen Sie Ja oder Nein.
rdj-enter-integer = Bitte geben Sie eine ganze Zahl ein.
rdj-enter-integer-between = Bitte geben Sie eine ganze Zahl von { $min } bis { $max } ein.
rdj-enter-number = Bitte geben Sie eine Zahl ein.
rdj-enter-uuid = Bitte geben Sie eine gültige UUID ein.
rdj-enter-date = Bitte geben Sie ein gültiges Datum ein.
rdj-enter-time = Bitte geben Sie eine gültige Uhrzeit ein.
rdj-enter-datetime = Bitte geben Sie ein gültiges Datum mit Uhrzeit ein.
rdj-enter-json = Geben Sie gültiges JSON ein (Zeile { $line }, Spalte { $column }).
rdj-too-small = Geben Sie einen Wert von mindestens { $least } ein.
rdj-too-large = Geben Sie einen Wert von höchstens { $most } ein.
rdj-enter-value = Bitte geben Sie einen gültigen Wert ein.
rdj-correct-errors = Bitte korrigieren Sie die Fehler unten.
rdj-unique = { $label } mit diesem Wert gibt es schon.
rdj-unique-together = { $label } mit diesen Werten gibt es schon.
rdj-not-allowed = Dieser Wert ist hier nicht erlaubt.
rdj-not-allowed-together = Diese Werte sind zusammen nicht erlaubt.
rdj-conflict = Jemand anderes hat diesen Eintrag inzwischen geändert. Ihre Änderungen sind noch nicht gespeichert.
rdj-conflict-field = Feld
rdj-conflict-before = Vorher
rdj-conflict-theirs = Jetzt
rdj-conflict-yours = Ihre Eingabe
rdj-keep-mine = Meine speichern
rdj-take-theirs = Die anderen übernehmen
rdj-field-error = { $label }: { $error }
rdj-conflict-caption = Von beiden geändert

## Rows

rdj-noun = { $label }
rdj-not-found = { $label } nicht gefunden.
rdj-edited-gone = { $label } wurde gelöscht oder ist für Sie nicht mehr zugänglich. Ihre Eingaben sind noch da.
rdj-saved = { $label } gespeichert.
rdj-deleted = { $label } gelöscht.
rdj-in-use = { $label } wird noch verwendet und kann nicht gelöscht werden.
rdj-delete-along = { $label }: Dabei würde auch gelöscht: { $models }. Dazu sind Sie nicht berechtigt.

## Forms

rdj-save = Speichern
rdj-really = Wirklich ausführen?
rdj-leave = Ohne Speichern verlassen? Ihre Eingaben gehen verloren.
rdj-cancel = Abbrechen
rdj-optional = (optional)
rdj-form-new = { $label } anlegen
rdj-form-edit = { $label } bearbeiten
rdj-picker-search = { $label } suchen
rdj-picker-more = Nur die ersten { $count } werden gezeigt. Suchen Sie nach weiteren.
rdj-picker-none = Nichts gefunden.
rdj-picker-create = „{ $text }“ anlegen
rdj-file-stored = Gespeichert: { $size }.
rdj-file-download = Herunterladen
rdj-file-remove = Gespeicherte Datei entfernen
rdj-file-too-large = Die Datei ist zu groß: höchstens { $most } werden angenommen.
rdj-file-empty = Die Datei ist leer.
rdj-file-type = Diese Art von Datei wird nicht angenommen. Wählen Sie eine dieser Arten: { $types }.
rdj-file-again = Wählen Sie die Datei noch einmal: Sie wurde nicht gespeichert.

## Child rows in the form of their parent

rdj-inline-row = { $label } { $number }
rdj-inline-add = { $label } hinzufügen
rdj-inline-remove = Entfernen
rdj-inline-remove-row = Entfernen: { $row }
rdj-inline-more = Nur die ersten { $count } werden gezeigt. Die übrigen bleiben, wie sie sind.
rdj-inline-min = { $count ->
    [one] Mindestens { $count } { $noun } wird gebraucht.
   *[other] Mindestens { $count } { $nouns } werden gebraucht.
}
rdj-inline-max = { $count ->
    [one] Höchstens { $count } { $noun } ist möglich.
   *[other] Höchstens { $count } { $nouns } sind möglich.
}
rdj-inline-gone = Jemand anderes hat diesen Eintrag gelöscht. Speichern Sie noch einmal, um ihn neu anzulegen, oder entfernen Sie ihn.
rdj-inline-conflict = Jemand anderes hat dies geändert: „{ $value }“. Speichern Sie noch einmal, um Ihre Eingabe zu behalten.
rdj-inline-used = Dieser Eintrag wird noch verwendet und kann nicht gelöscht werden.

## Tables

rdj-actions = Aktionen
rdj-edit = Bearbeiten
rdj-edit-row = { $row } bearbeiten
rdj-delete = Löschen
rdj-delete-row = { $row } löschen
rdj-delete-confirm = { $label } wirklich löschen?
rdj-count = { $count ->
    [one] { $count } { $noun }
   *[other] { $count } { $nouns }
}
rdj-none-yet = Noch keine { $nouns }.
rdj-none-found = Keine { $nouns } zu dieser Suche.
rdj-yes = Ja
rdj-no = Nein
rdj-bytes = { $count ->
    [one] { $count } Byte
   *[other] { $count } Bytes
}

## Pages of a list, search

rdj-pagination = Seiten
rdj-page-of = Seite { $page } von { $count }
rdj-page-total = ({ $count } { $nouns })
rdj-previous = Zurück
rdj-next = Weiter
rdj-search = Suchen

## Filters of a list, actions for selected rows

rdj-filter = Filtern
rdj-filter-any = Alle
rdj-filter-clear = Filter aufheben
rdj-filter-from = { $label } ab
rdj-filter-to = { $label } bis
rdj-filter-empty = { $label }: leer
rdj-page-number = Seite { $page }
rdj-first = Erste
rdj-last = Letzte
rdj-select-row = { $row } auswählen
rdj-select-page = Alle Zeilen dieser Seite auswählen
rdj-bulk-action = Aktion
rdj-bulk-run = Ausführen
rdj-bulk-selected = { $count ->
    [one] { $count } { $noun } ausgewählt
   *[other] { $count } { $nouns } ausgewählt
}
rdj-bulk-all = { $count ->
    [0] Alle { $nouns } auf allen Seiten
   *[other] Alle { $count } { $nouns } auf allen Seiten
}
rdj-bulk-confirm = Mit den ausgewählten Einträgen ({ $nouns }) ausführen?
rdj-bulk-question = { $action }: { $selected }
rdj-bulk-deleted = { $count ->
    [one] { $count } { $noun } gelöscht.
   *[other] { $count } { $nouns } gelöscht.
}
rdj-bulk-done = { $count ->
    [one] { $count } { $noun } geändert.
   *[other] { $count } { $nouns } geändert.
}
rdj-bulk-refused = { $count ->
    [one] { $count } { $noun } ausgelassen:
   *[other] { $count } { $nouns } ausgelassen:
}
rdj-bulk-none = Keine { $nouns } ausgewählt.
rdj-bulk-progress = { $count } von { $total } erledigt ({ $nouns })
rdj-bulk-progress-open = { $count } erledigt ({ $nouns })
rdj-progress = Fortschritt

## Layout

rdj-skip = Zum Inhalt springen
rdj-language = Sprache
rdj-language-choose = Sprache wechseln
rdj-language-unknown = Diese Sprache ist nicht verfügbar.
rdj-time-zone-unknown = Diese Zeitzone ist nicht bekannt.

## Texts of the browser's side

rdj-client-lost = Die Verbindung wurde unterbrochen. Ihre letzte Aktion ist möglicherweise verloren.
rdj-client-offline = Die Verbindung ist unterbrochen. Es wird neu verbunden.
rdj-client-large = Das ist zu groß.
rdj-client-slow = Das dauert länger als sonst.
rdj-client-update = Es gibt eine neue Version.
rdj-client-stuck = Diese Seite kann gerade nicht angezeigt werden.
rdj-client-draft = Ihre Eingaben sind wieder da. Die Seite hat sich seither geändert.
rdj-client-reload = Neu laden
rdj-client-dismiss = Schließen

## Dateien

rdj-upload-too-large = Die Datei ist zu groß: höchstens { $most } MB werden angenommen.
rdj-upload-none = Wählen Sie eine Datei.
rdj-upload-stalled = Das Hochladen wurde abgebrochen, da zu lange nichts ankam.
rdj-upload-too-many = Das sind zu viele Dateien: Höchstens { $most } werden auf einmal angenommen.
rdj-upload-done = Hochgeladen.
rdj-upload-stopped = Abgebrochen.
rdj-upload-leave = Dateien sind noch unterwegs. Die Seite verlassen und sie abbrechen?
rdj-too-many-tasks = Auf dieser Seite laufen zu viele Aufgaben. Warten Sie, bis eine beendet ist.
rdj-import-file = CSV-Datei
rdj-import-check = Datei prüfen
rdj-import-confirm = Importieren
rdj-import-report = Ergebnis der Prüfung
rdj-import-summary = Neu: { $created }. Geändert: { $updated }. Unverändert: { $unchanged }.
rdj-import-done = Importiert. Neu: { $created }. Geändert: { $updated }.
rdj-import-errors = { $count ->
    [one] { $count } Fehler. Berichtigen Sie ihn in der Datei und wählen Sie sie erneut.
   *[other] { $count } Fehler. Berichtigen Sie sie in der Datei und wählen Sie sie erneut.
}
rdj-import-more = { $count ->
    [one] { $count } weiterer wird nicht gezeigt.
   *[other] { $count } weitere werden nicht gezeigt.
}
rdj-import-ignored = Nicht gelesen: { $columns }
rdj-import-line = Zeile
rdj-import-field = Feld
rdj-import-error = Fehler
rdj-import-choose = Wählen Sie eine Datei.
rdj-import-again = Die Datei ist nicht mehr da: Wählen Sie sie erneut.
rdj-import-no-text = Das ist kein Text in UTF-8.
rdj-import-no-columns = Keine Spalte heißt wie ein Feld. Die erste Zeile benennt die Spalten.
rdj-import-twice = Die Spalte { $column } gibt es zweimal.
rdj-import-width = Die Zeile hat { $found } Spalten, die erste Zeile hat { $expected }.
rdj-import-key = Das ist kein gültiger Schlüssel.

## History

rdj-history-open = Verlauf
rdj-history-close = Verlauf schließen
rdj-history-of = Verlauf von { $row }
rdj-history-none = Zu diesem Eintrag ist noch nichts aufgezeichnet.
rdj-history-nobody = jemandem ohne Anmeldung
rdj-history-create-by = Angelegt von { $user }
rdj-history-update-by = Geändert von { $user }
rdj-history-delete-by = Gelöscht von { $user }
rdj-history-undo-by = Rückgängig gemacht von { $user }
rdj-history-from-to = von „{ $old }“ zu „{ $new }“
rdj-history-empty = leer
rdj-history-changed = geändert
rdj-history-added = hinzugefügt: { $rows }
rdj-history-removed = entfernt: { $rows }
rdj-history-undo = Rückgängig machen
rdj-history-undo-of = Änderung vom { $at } rückgängig machen
rdj-history-undone = { $label }: Die Änderung ist rückgängig gemacht.
rdj-history-nothing = Es gibt nichts mehr rückgängig zu machen.
rdj-history-conflict = Seitdem noch einmal geändert: { $fields }. Es wurde nichts rückgängig gemacht.
rdj-history-taken = Das kann nicht wiederhergestellt werden: Etwas anderes steht an seiner Stelle, oder etwas fehlt, das dazu gehört.
rdj-history-incomplete = Das kann nicht wiederhergestellt werden: Es ist nicht vollständig aufgezeichnet.
