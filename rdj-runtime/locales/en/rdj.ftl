# The texts of rdj itself. An application replaces one by a message with the same id.

## Errors of requests and events

rdj-bad-request = The request was not understood.
rdj-unknown-action = This action does not exist.
rdj-gone = This entry does not exist any more.
rdj-page-gone = This page does not exist any more.
rdj-no-page = There is no page at this address.
rdj-wrong-method = This address cannot be used in this way.
rdj-bad-host = This address is not served here.
rdj-login-required = Please sign in.
rdj-denied = You do not have permission to do this.
rdj-failed = Something went wrong.
rdj-failed-id = { $text } (error { $id })
rdj-address-invalid = The address to go to is not valid.
rdj-timeout = The server took too long. Please try again.
rdj-too-much = This is too much to send at once.
rdj-too-many-requests = Too many requests. Please wait a moment.
rdj-refused = The server refused the request.
rdj-csrf-failed = The form is out of date. Please reload the page and try again.
rdj-csrf-cookie = This site needs a cookie to know its own forms. Allow cookies for it, load the page again and send the form once more.
rdj-csrf-origin = The form was sent from another site. Open this site and send it from there.
rdj-session-ended = Your session ended while this request was under way. Please try again.

## Pages about errors

rdj-error-400 = Bad Request
rdj-error-401 = Unauthorized
rdj-error-403 = Forbidden
rdj-error-404 = Not Found
rdj-error-405 = Method Not Allowed
rdj-error-409 = Conflict
rdj-error-413 = Payload Too Large
rdj-error-422 = Unprocessable Entity
rdj-error-429 = Too Many Requests
rdj-error-500 = Internal Server Error

## Values that are not taken

rdj-required = This field is required.
rdj-too-long = Use at most { $most } characters (now { $length }).
rdj-too-short = Use at least { $least } characters (now { $length }).
rdj-choose-one = Choose one of the choices.
rdj-not-editable = This field cannot be edited.
rdj-may-not-change = You may not change this.
rdj-null-characters = Null characters are not allowed.
rdj-enter-yes-no = Choose yes or no.
rdj-enter-integer = Enter a whole number.
rdj-enter-integer-between = Enter a whole number from { $min } to { $max }.
rdj-enter-number = Enter a number.
rdj-enter-uuid = Enter a valid UUID.
rdj-enter-date = Enter a valid date.
rdj-enter-time = Enter a valid time.
rdj-enter-datetime = Enter a valid date and time.
rdj-enter-json = Enter valid JSON (line { $line }, column { $column }).
rdj-too-small = Enter a value of at least { $least }.
rdj-too-large = Enter a value of at most { $most }.
rdj-enter-value = Enter a valid value.
rdj-correct-errors = Please correct the errors below.
rdj-unique = { $label } with this value already exists.
rdj-unique-together = { $label } with these values already exists.
rdj-not-allowed = This value is not allowed here.
rdj-not-allowed-together = These values are not allowed together.
rdj-conflict = Somebody else has changed this entry in the meantime. Your changes are not saved yet.
rdj-conflict-field = Field
rdj-conflict-before = Before
rdj-conflict-theirs = Now
rdj-conflict-yours = Yours
rdj-keep-mine = Save mine
rdj-take-theirs = Take theirs
rdj-field-error = { $label }: { $error }
rdj-conflict-caption = Both changed

## Rows. `label` is the model's name, `noun` and `nouns` the name and its plural inside of a sentence.

# What `noun` and `nouns` are: the name as it is, or `lower`, the name in lower case.
rdj-noun = { $lower }

rdj-not-found = { $label } not found.
rdj-edited-gone = { $label } was deleted, or is not yours to edit any more. What you typed is still here.
rdj-saved = { $label } saved.
rdj-deleted = { $label } deleted.
rdj-in-use = { $label } is still in use and cannot be deleted.
rdj-delete-along = Deleting this { $noun } would also delete: { $models }. You do not have permission to delete that.

## Forms

rdj-save = Save
rdj-really = Really do this?
rdj-leave = Leave without saving? What you have entered will be lost.
rdj-cancel = Cancel
rdj-optional = (optional)
rdj-form-new = New { $noun }
rdj-form-edit = Edit { $noun }
rdj-picker-search = Search { $label }
rdj-picker-more = Only the first { $count } are shown. Search for others.
rdj-picker-none = Nothing found.
rdj-picker-create = Create “{ $text }”
rdj-file-stored = Stored: { $size }.
rdj-file-download = Download
rdj-file-remove = Remove the stored file
rdj-file-too-large = The file is too large: at most { $most } are taken.
rdj-file-empty = The file is empty.
rdj-file-type = This kind of file is not taken. Choose one of these kinds: { $types }.
rdj-file-again = Choose the file again: it was not saved.

## Child rows in the form of their parent

rdj-inline-row = { $label } { $number }
rdj-inline-add = Add { $noun }
rdj-inline-remove = Remove
rdj-inline-remove-row = Remove { $row }
rdj-inline-more = Only the first { $count } are shown. The others stay as they are.
rdj-inline-min = { $count ->
    [one] At least { $count } { $noun } is needed.
   *[other] At least { $count } { $nouns } are needed.
}
rdj-inline-max = { $count ->
    [one] There can be at most { $count } { $noun }.
   *[other] There can be at most { $count } { $nouns }.
}
rdj-inline-gone = Somebody else has deleted this entry. Save again to add it anew, or remove it.
rdj-inline-conflict = Somebody else has changed this to "{ $value }". Save again to keep yours.
rdj-inline-used = This entry is still in use and cannot be deleted.

## Tables

rdj-actions = Actions
rdj-edit = Edit
rdj-edit-row = Edit { $row }
rdj-delete = Delete
rdj-delete-row = Delete { $row }
rdj-delete-confirm = Delete this { $noun }?
rdj-count = { $count ->
    [one] { $count } { $noun }
   *[other] { $count } { $nouns }
}
rdj-none-yet = No { $nouns } yet.
rdj-none-found = No { $nouns } match the search.
rdj-yes = Yes
rdj-no = No
rdj-bytes = { $count ->
    [one] { $count } byte
   *[other] { $count } bytes
}

## Pages of a list, search

rdj-pagination = Pagination
rdj-page-of = Page { $page } of { $count }
rdj-page-total = ({ $count } { $nouns })
rdj-previous = Previous
rdj-next = Next
rdj-search = Search

## Filters of a list, actions for selected rows

rdj-filter = Filter
rdj-filter-any = Any
rdj-filter-clear = Clear filters
rdj-filter-from = { $label } from
rdj-filter-to = { $label } to
rdj-filter-empty = { $label }: empty
rdj-page-number = Page { $page }
rdj-first = First
rdj-last = Last
rdj-select-row = Select { $row }
rdj-select-page = Select all rows of this page
rdj-bulk-action = Action
rdj-bulk-run = Apply
rdj-bulk-selected = { $count ->
    [one] { $count } { $noun } selected
   *[other] { $count } { $nouns } selected
}
rdj-bulk-all = { $count ->
    [0] All { $nouns } on all pages
   *[other] All { $count } { $nouns } on all pages
}
rdj-bulk-confirm = Do this with the selected { $nouns }?
rdj-bulk-question = { $action }: { $selected }
rdj-bulk-deleted = { $count ->
    [one] { $count } { $noun } deleted.
   *[other] { $count } { $nouns } deleted.
}
rdj-bulk-done = { $count ->
    [one] { $count } { $noun } changed.
   *[other] { $count } { $nouns } changed.
}
rdj-bulk-refused = { $count ->
    [one] { $count } { $noun } left out:
   *[other] { $count } { $nouns } left out:
}
rdj-bulk-none = No { $nouns } selected.
rdj-bulk-progress = { $count } of { $total } { $nouns } done
rdj-bulk-progress-open = { $count } { $nouns } done
rdj-progress = Progress

## Layout

rdj-skip = Skip to content
rdj-language = Language
rdj-language-choose = Change language
rdj-language-unknown = This language is not available.
rdj-time-zone-unknown = This time zone is not known.

## Texts of the browser's side

rdj-page-outdated = This page is out of date. Please load it again.
rdj-page-busy = This page is still at work. Please wait a moment.
rdj-client-lost = Connection lost. Your last action may be lost, too.
rdj-client-offline = Connection lost. Trying again.
rdj-client-large = This is too large.
rdj-client-slow = This takes longer than usual.
rdj-client-update = There is a new version.
rdj-client-stuck = This page cannot be shown right now.
rdj-client-draft = What you have typed is back. The page has changed since.
rdj-client-reload = Reload
rdj-client-dismiss = Dismiss

## Files

rdj-upload-too-large = The file is too large: at most { $most } MB are taken.
rdj-upload-none = Choose a file.
rdj-upload-stalled = The upload was given up, as nothing came for too long.
rdj-upload-too-many = These are too many files: at most { $most } are taken at one time.
rdj-upload-done = Uploaded.
rdj-upload-stopped = Cancelled.
rdj-upload-leave = Files are still on their way. Leave the page and cancel them?
rdj-too-many-tasks = This page has too many tasks under way. Wait until one has ended.
rdj-import-file = CSV file
rdj-import-check = Check file
rdj-import-confirm = Import
rdj-import-report = Result of the check
rdj-import-summary = New: { $created }. Changed: { $updated }. Unchanged: { $unchanged }.
rdj-import-done = Imported. New: { $created }. Changed: { $updated }.
rdj-import-errors = { $count ->
    [one] { $count } error. Correct it in the file and choose it again.
   *[other] { $count } errors. Correct them in the file and choose it again.
}
rdj-import-more = { $count ->
    [one] { $count } more is not shown.
   *[other] { $count } more are not shown.
}
rdj-import-ignored = Not read: { $columns }
rdj-import-line = Line
rdj-import-field = Field
rdj-import-error = Error
rdj-import-choose = Choose a file.
rdj-import-again = The file is no longer there: choose it again.
rdj-import-no-text = This is not text in UTF-8.
rdj-import-no-columns = No column has the name of a field. The first line names the columns.
rdj-import-twice = The column { $column } is there twice.
rdj-import-width = The line has { $found } columns, and the first line has { $expected }.
rdj-import-key = This is not a valid key.

## History

rdj-history-open = History
rdj-history-close = Close history
rdj-history-of = History of { $row }
rdj-history-none = Nothing is recorded of this entry yet.
rdj-history-nobody = somebody who was not signed in
rdj-history-create-by = Created by { $user }
rdj-history-update-by = Changed by { $user }
rdj-history-delete-by = Deleted by { $user }
rdj-history-undo-by = Undone by { $user }
rdj-history-from-to = from “{ $old }” to “{ $new }”
rdj-history-empty = empty
rdj-history-changed = changed
rdj-history-added = added: { $rows }
rdj-history-removed = removed: { $rows }
rdj-history-undo = Undo
rdj-history-undo-of = Undo the change of { $at }
rdj-history-undone = { $label }: the change is undone.
rdj-history-nothing = There is nothing to undo any more.
rdj-history-conflict = Changed again since then: { $fields }. It is not undone.
rdj-history-taken = It cannot be restored: something else is in its place, or something it needs is gone.
rdj-history-incomplete = It cannot be restored: not all of it was recorded.
