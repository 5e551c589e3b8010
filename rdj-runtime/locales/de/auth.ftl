# The pages and mails of rdj-auth in German.

## Errors

auth-invalid-credentials = Benutzername oder Passwort ist falsch.
auth-invalid-credentials-email = E-Mail-Adresse oder Passwort ist falsch.
auth-invalid-credentials-both = Benutzername, E-Mail-Adresse oder Passwort ist falsch.
auth-username-taken = Dieser Benutzername ist schon vergeben.
auth-email-taken = Diese E-Mail-Adresse ist schon registriert.
auth-password-mismatch = Die Passwörter stimmen nicht überein.
auth-password-required = Bitte geben Sie ein Passwort ein.
auth-username-required = Bitte geben Sie einen Benutzernamen ein.
auth-username-too-short = Der Benutzername muss mindestens { $count } Zeichen haben.
auth-username-too-long = Der Benutzername darf höchstens { $count } Zeichen haben.
auth-username-invalid = Bitte nur Buchstaben, Ziffern und @ . + - _ verwenden.
auth-email-required = Bitte geben Sie eine E-Mail-Adresse ein.
auth-email-invalid = Bitte geben Sie eine gültige E-Mail-Adresse ein.
auth-reset-email-sent = Falls es zu dieser Adresse ein Konto gibt, erhalten Sie eine Anleitung zum Zurücksetzen.
auth-reset-success = Ihr Passwort wurde gesetzt. Sie können sich jetzt anmelden.
auth-reset-invalid-link = Dieser Link ist ungültig oder abgelaufen.
auth-registration-success = Das Konto wurde angelegt.
auth-session-unavailable = Die Sitzung ist nicht verfügbar. Bitte laden Sie die Seite neu.
auth-too-many-attempts = Zu viele Versuche. Bitte warten Sie einen Moment.
auth-busy = Die Anmeldung ist gerade ausgelastet. Bitte versuchen Sie es gleich noch einmal.

## Passwords

auth-password-too-short = Das Passwort ist zu kurz.
auth-password-too-short-min = Das Passwort ist zu kurz. Es muss mindestens { $count } Zeichen haben.
auth-password-too-common = Dieses Passwort ist zu geläufig.
auth-password-entirely-numeric = Dieses Passwort besteht nur aus Ziffern.
auth-password-too-similar = Das Passwort ist dieser Angabe zu ähnlich: { $field }.
auth-password-too-short-help = Ihr Passwort muss mindestens { $count } Zeichen haben.
auth-password-too-common-help = Ihr Passwort darf kein häufig verwendetes Passwort sein.
auth-password-entirely-numeric-help = Ihr Passwort darf nicht nur aus Ziffern bestehen.
auth-password-too-similar-help = Ihr Passwort darf Ihren anderen persönlichen Angaben nicht zu ähnlich sein.

auth-field-username = Benutzername
auth-field-first-name = Vorname
auth-field-last-name = Nachname
auth-field-email = E-Mail-Adresse

## Sign in, sign out

auth-login-title = Anmelden
auth-login-heading = Anmelden
auth-login-submit = Anmelden
auth-login-signup-link = Konto anlegen
auth-login-forgot-link = Passwort vergessen?
auth-login-username-label = Benutzername
auth-login-email-label = E-Mail-Adresse
auth-login-username-or-email-label = Benutzername oder E-Mail-Adresse
auth-login-password-label = Passwort
auth-login-remember-label = Angemeldet bleiben
auth-logout = Abmelden
auth-signed-in-as = Angemeldet als { $name }

## Registration

auth-register-title = Konto anlegen
auth-register-heading = Konto anlegen
auth-register-submit = Registrieren
auth-register-signin-link = Anmelden
auth-register-username-label = Benutzername
auth-register-email-label = E-Mail-Adresse
auth-register-email-optional-label = E-Mail-Adresse (optional)
auth-register-password-label = Passwort
auth-register-confirm-password-label = Passwort bestätigen

## Forgotten password

auth-reset-title = Passwort zurücksetzen
auth-reset-heading = Passwort zurücksetzen
auth-reset-instructions = Geben Sie die E-Mail-Adresse Ihres Kontos ein. Wir senden Ihnen eine Anleitung zum Zurücksetzen.
auth-reset-submit = Link senden
auth-reset-email-label = E-Mail-Adresse
auth-reset-back-link = Zurück zur Anmeldung
auth-reset-confirm-title = Neues Passwort setzen
auth-reset-confirm-heading = Neues Passwort wählen
auth-reset-confirm-submit = Passwort speichern
auth-reset-confirm-loading = Der Link wird geprüft …
auth-reset-confirm-password-label = Neues Passwort
auth-reset-confirm-confirm-label = Passwort bestätigen
auth-reset-mail-subject = Passwort zurücksetzen auf { $site }
auth-reset-mail-body =
    Sie erhalten diese Mail, weil für Ihr Konto auf { $site } ein neues Passwort angefordert wurde.

    Bitte öffnen Sie diese Seite und wählen Sie ein neues Passwort:

    { $link }

    Ihr Benutzername, falls Sie ihn vergessen haben: { $username }

    Wenn Sie das nicht angefordert haben, können Sie diese Mail ignorieren.
auth-reset-mail-valid = { $hours ->
    [one] Der Link ist { $hours } Stunde gültig.
   *[other] Der Link ist { $hours } Stunden gültig.
}

## Change of the password

auth-change-title = Passwort ändern
auth-change-heading = Passwort ändern
auth-change-old-label = Aktuelles Passwort
auth-change-new-label = Neues Passwort
auth-change-confirm-label = Neues Passwort bestätigen
auth-change-submit = Passwort ändern
auth-change-success = Ihr Passwort wurde geändert.
auth-change-wrong-old = Ihr aktuelles Passwort ist falsch. Bitte geben Sie es noch einmal ein.
