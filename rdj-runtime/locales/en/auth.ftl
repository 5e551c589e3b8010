# The pages and mails of rdj-auth.

## Errors

auth-invalid-credentials = Invalid username or password.
auth-invalid-credentials-email = Invalid email or password.
auth-invalid-credentials-both = Invalid username, email, or password.
auth-username-taken = That username is already taken.
auth-email-taken = That email is already registered.
auth-password-mismatch = Passwords do not match.
auth-password-required = Password is required.
auth-username-required = Username is required.
auth-username-too-short = { $count ->
    [one] Use at least { $count } character for the username.
   *[other] Use at least { $count } characters for the username.
}
auth-username-too-long = Use at most { $count } characters for the username.
auth-username-invalid = Use letters, digits and @ . + - _ only.
auth-email-required = Email is required.
auth-email-invalid = Enter a valid email address.
auth-reset-email-sent = If an account exists for that address, you will receive reset instructions.
auth-reset-success = Your password has been set. You can sign in now.
auth-reset-invalid-link = This reset link is invalid or has expired.
auth-registration-success = Account created successfully.
auth-session-unavailable = Session unavailable. Reload the page.
auth-too-many-attempts = Too many attempts. Please wait a moment.
auth-busy = The server is busy. Please try again in a moment.

## Passwords

auth-password-too-short = Password is too short.
auth-password-too-short-min = { $count ->
    [one] This password is too short. It must contain at least { $count } character.
   *[other] This password is too short. It must contain at least { $count } characters.
}
auth-password-too-common = This password is too common.
auth-password-entirely-numeric = This password is entirely numeric.
auth-password-too-similar = The password is too similar to the { $field }.
auth-field-username = username
auth-field-first-name = first name
auth-field-last-name = last name
auth-field-email = email address
auth-password-too-short-help = { $count ->
    [one] Your password must contain at least { $count } character.
   *[other] Your password must contain at least { $count } characters.
}
auth-password-too-common-help = Your password cannot be a commonly used password.
auth-password-entirely-numeric-help = Your password cannot be entirely numeric.
auth-password-too-similar-help = Your password cannot be too similar to your other personal information.

## Sign in, sign out

auth-login-title = Sign in
auth-login-heading = Sign in
auth-login-submit = Sign in
auth-login-signup-link = Create account
auth-login-forgot-link = Forgot password?
auth-login-username-label = Username
auth-login-email-label = Email
auth-login-username-or-email-label = Username or email
auth-login-password-label = Password
auth-login-remember-label = Remember me
auth-logout = Sign out
auth-signed-in-as = Signed in as { $name }

## Registration

auth-register-title = Create account
auth-register-heading = Create an account
auth-register-submit = Sign up
auth-register-signin-link = Sign in
auth-register-username-label = Username
auth-register-email-label = Email
auth-register-email-optional-label = Email (optional)
auth-register-password-label = Password
auth-register-confirm-password-label = Confirm password

## Forgotten password

auth-reset-title = Reset password
auth-reset-heading = Reset password
auth-reset-instructions = Enter your account email and we will send reset instructions.
auth-reset-submit = Send reset link
auth-reset-email-label = Email
auth-reset-back-link = Back to sign in
auth-reset-confirm-title = Set new password
auth-reset-confirm-heading = Choose a new password
auth-reset-confirm-submit = Update password
auth-reset-confirm-loading = Checking reset link…
auth-reset-confirm-password-label = New password
auth-reset-confirm-confirm-label = Confirm password
auth-reset-mail-subject = Password reset on { $site }
auth-reset-mail-body =
    You receive this mail because a password reset was asked for your account at { $site }.

    Please go to this page and choose a new password:

    { $link }

    Your username, in case you have forgotten it: { $username }

    If you did not ask for this, you can ignore this mail.
auth-reset-mail-valid = { $hours ->
    [one] The link is valid for { $hours } hour.
   *[other] The link is valid for { $hours } hours.
}

## Change of the password

auth-change-title = Change password
auth-change-heading = Change password
auth-change-old-label = Current password
auth-change-new-label = New password
auth-change-confirm-label = Confirm new password
auth-change-submit = Change password
auth-change-success = Your password was changed.
auth-change-wrong-old = Your current password was entered incorrectly. Please enter it again.
