# The pages and mails of rdj-auth in Spanish.

## Errors

auth-invalid-credentials = El nombre de usuario o la contraseña no son correctos.
auth-invalid-credentials-email = El correo electrónico o la contraseña no son correctos.
auth-invalid-credentials-both = El nombre de usuario, el correo electrónico o la contraseña no son correctos.
auth-username-taken = Ese nombre de usuario ya está en uso.
auth-email-taken = Ese correo electrónico ya está registrado.
auth-password-mismatch = Las contraseñas no coinciden.
auth-password-required = La contraseña es obligatoria.
auth-username-required = El nombre de usuario es obligatorio.
auth-username-too-short = { $count ->
    [one] El nombre de usuario debe tener al menos { $count } carácter.
   *[other] El nombre de usuario debe tener al menos { $count } caracteres.
}
auth-username-too-long = El nombre de usuario debe tener como máximo { $count } caracteres.
auth-username-invalid = Use solo letras, cifras y @ . + - _.
auth-email-required = El correo electrónico es obligatorio.
auth-email-invalid = Introduzca una dirección de correo electrónico válida.
auth-reset-email-sent = Si existe una cuenta con esa dirección, recibirá instrucciones para restablecer la contraseña.
auth-reset-success = Se ha establecido su contraseña. Ya puede iniciar sesión.
auth-reset-invalid-link = Este enlace no es válido o ha caducado.
auth-registration-success = La cuenta se ha creado.
auth-session-unavailable = La sesión no está disponible. Recargue la página.
auth-too-many-attempts = Demasiados intentos. Espere un momento.
auth-busy = El servidor está ocupado. Inténtelo de nuevo en un momento.

## Passwords

auth-password-too-short = La contraseña es demasiado corta.
auth-password-too-short-min = { $count ->
    [one] Esta contraseña es demasiado corta. Debe tener al menos { $count } carácter.
   *[other] Esta contraseña es demasiado corta. Debe tener al menos { $count } caracteres.
}
auth-password-too-common = Esta contraseña es demasiado común.
auth-password-entirely-numeric = Esta contraseña está formada solo por cifras.
auth-password-too-similar = La contraseña se parece demasiado a este dato: { $field }.
auth-password-too-short-help = { $count ->
    [one] Su contraseña debe tener al menos { $count } carácter.
   *[other] Su contraseña debe tener al menos { $count } caracteres.
}
auth-password-too-common-help = Su contraseña no puede ser una contraseña de uso frecuente.
auth-password-entirely-numeric-help = Su contraseña no puede estar formada solo por cifras.
auth-password-too-similar-help = Su contraseña no puede parecerse demasiado a sus demás datos personales.

auth-field-username = nombre de usuario
auth-field-first-name = nombre
auth-field-last-name = apellidos
auth-field-email = correo electrónico

## Sign in, sign out

auth-login-title = Iniciar sesión
auth-login-heading = Iniciar sesión
auth-login-submit = Iniciar sesión
auth-login-signup-link = Crear una cuenta
auth-login-forgot-link = ¿Ha olvidado su contraseña?
auth-login-username-label = Nombre de usuario
auth-login-email-label = Correo electrónico
auth-login-username-or-email-label = Nombre de usuario o correo electrónico
auth-login-password-label = Contraseña
auth-login-remember-label = Mantener la sesión iniciada
auth-logout = Cerrar sesión
auth-signed-in-as = Sesión iniciada como { $name }

## Registration

auth-register-title = Crear una cuenta
auth-register-heading = Crear una cuenta
auth-register-submit = Registrarse
auth-register-signin-link = Iniciar sesión
auth-register-username-label = Nombre de usuario
auth-register-email-label = Correo electrónico
auth-register-email-optional-label = Correo electrónico (opcional)
auth-register-password-label = Contraseña
auth-register-confirm-password-label = Confirmar la contraseña

## Forgotten password

auth-reset-title = Restablecer la contraseña
auth-reset-heading = Restablecer la contraseña
auth-reset-instructions = Introduzca el correo electrónico de su cuenta y le enviaremos instrucciones para restablecer la contraseña.
auth-reset-submit = Enviar enlace
auth-reset-email-label = Correo electrónico
auth-reset-back-link = Volver a iniciar sesión
auth-reset-confirm-title = Establecer una contraseña nueva
auth-reset-confirm-heading = Elija una contraseña nueva
auth-reset-confirm-submit = Guardar la contraseña
auth-reset-confirm-loading = Comprobando el enlace…
auth-reset-confirm-password-label = Contraseña nueva
auth-reset-confirm-confirm-label = Confirmar la contraseña
auth-reset-mail-subject = Restablecimiento de la contraseña en { $site }
auth-reset-mail-body =
    Recibe este correo porque se ha solicitado restablecer la contraseña de su cuenta en { $site }.

    Abra esta página y elija una contraseña nueva:

    { $link }

    Su nombre de usuario, por si lo ha olvidado: { $username }

    Si no lo ha solicitado, puede ignorar este correo.
auth-reset-mail-valid = { $hours ->
    [one] El enlace es válido durante { $hours } hora.
   *[other] El enlace es válido durante { $hours } horas.
}

## Change of the password

auth-change-title = Cambiar la contraseña
auth-change-heading = Cambiar la contraseña
auth-change-old-label = Contraseña actual
auth-change-new-label = Contraseña nueva
auth-change-confirm-label = Confirmar la contraseña nueva
auth-change-submit = Cambiar la contraseña
auth-change-success = Se ha cambiado su contraseña.
auth-change-wrong-old = Su contraseña actual no es correcta. Introdúzcala de nuevo.
