# The pages and mails of rdj-auth in French.

## Errors

auth-invalid-credentials = Nom d’utilisateur ou mot de passe incorrect.
auth-invalid-credentials-email = Adresse e-mail ou mot de passe incorrect.
auth-invalid-credentials-both = Nom d’utilisateur, adresse e-mail ou mot de passe incorrect.
auth-username-taken = Ce nom d’utilisateur est déjà pris.
auth-email-taken = Cette adresse e-mail est déjà enregistrée.
auth-password-mismatch = Les mots de passe ne correspondent pas.
auth-password-required = Le mot de passe est obligatoire.
auth-username-required = Le nom d’utilisateur est obligatoire.
auth-username-too-short = { $count ->
    [one] Le nom d’utilisateur doit comporter au moins { $count } caractère.
   *[other] Le nom d’utilisateur doit comporter au moins { $count } caractères.
}
auth-username-too-long = Le nom d’utilisateur doit comporter au plus { $count } caractères.
auth-username-invalid = Utilisez uniquement des lettres, des chiffres et les signes @ . + - _.
auth-email-required = L’adresse e-mail est obligatoire.
auth-email-invalid = Veuillez saisir une adresse e-mail valide.
auth-reset-email-sent = Si un compte existe pour cette adresse, vous recevrez des instructions de réinitialisation.
auth-reset-success = Votre mot de passe a été défini. Vous pouvez maintenant vous connecter.
auth-reset-invalid-link = Ce lien de réinitialisation n’est pas valide ou a expiré.
auth-registration-success = Le compte a été créé.
auth-session-unavailable = La session n’est pas disponible. Veuillez recharger la page.
auth-too-many-attempts = Trop de tentatives. Veuillez patienter un instant.
auth-busy = Le serveur est occupé. Veuillez réessayer dans un instant.

## Passwords

auth-password-too-short = Le mot de passe est trop court.
auth-password-too-short-min = { $count ->
    [one] Ce mot de passe est trop court. Il doit comporter au moins { $count } caractère.
   *[other] Ce mot de passe est trop court. Il doit comporter au moins { $count } caractères.
}
auth-password-too-common = Ce mot de passe est trop courant.
auth-password-entirely-numeric = Ce mot de passe est entièrement numérique.
auth-password-too-similar = Le mot de passe est trop semblable à cette information : { $field }.
auth-password-too-short-help = { $count ->
    [one] Votre mot de passe doit comporter au moins { $count } caractère.
   *[other] Votre mot de passe doit comporter au moins { $count } caractères.
}
auth-password-too-common-help = Votre mot de passe ne peut pas être un mot de passe couramment utilisé.
auth-password-entirely-numeric-help = Votre mot de passe ne peut pas être entièrement numérique.
auth-password-too-similar-help = Votre mot de passe ne peut pas trop ressembler à vos autres informations personnelles.

auth-field-username = nom d’utilisateur
auth-field-first-name = prénom
auth-field-last-name = nom
auth-field-email = adresse e-mail

## Sign in, sign out

auth-login-title = Connexion
auth-login-heading = Connexion
auth-login-submit = Se connecter
auth-login-signup-link = Créer un compte
auth-login-forgot-link = Mot de passe oublié ?
auth-login-username-label = Nom d’utilisateur
auth-login-email-label = Adresse e-mail
auth-login-username-or-email-label = Nom d’utilisateur ou adresse e-mail
auth-login-password-label = Mot de passe
auth-login-remember-label = Rester connecté
auth-logout = Se déconnecter
auth-signed-in-as = Connecté en tant que { $name }

## Registration

auth-register-title = Créer un compte
auth-register-heading = Créer un compte
auth-register-submit = S’inscrire
auth-register-signin-link = Se connecter
auth-register-username-label = Nom d’utilisateur
auth-register-email-label = Adresse e-mail
auth-register-email-optional-label = Adresse e-mail (facultatif)
auth-register-password-label = Mot de passe
auth-register-confirm-password-label = Confirmer le mot de passe

## Forgotten password

auth-reset-title = Réinitialiser le mot de passe
auth-reset-heading = Réinitialiser le mot de passe
auth-reset-instructions = Saisissez l’adresse e-mail de votre compte et nous vous enverrons des instructions de réinitialisation.
auth-reset-submit = Envoyer le lien
auth-reset-email-label = Adresse e-mail
auth-reset-back-link = Retour à la connexion
auth-reset-confirm-title = Définir un nouveau mot de passe
auth-reset-confirm-heading = Choisissez un nouveau mot de passe
auth-reset-confirm-submit = Enregistrer le mot de passe
auth-reset-confirm-loading = Vérification du lien…
auth-reset-confirm-password-label = Nouveau mot de passe
auth-reset-confirm-confirm-label = Confirmer le mot de passe
auth-reset-mail-subject = Réinitialisation du mot de passe sur { $site }
auth-reset-mail-body =
    Vous recevez cet e-mail parce qu’une réinitialisation du mot de passe a été demandée pour votre compte sur { $site }.

    Veuillez ouvrir cette page et choisir un nouveau mot de passe :

    { $link }

    Votre nom d’utilisateur, au cas où vous l’auriez oublié : { $username }

    Si vous n’êtes pas à l’origine de cette demande, vous pouvez ignorer cet e-mail.
auth-reset-mail-valid = { $hours ->
    [one] Le lien est valable { $hours } heure.
   *[other] Le lien est valable { $hours } heures.
}

## Change of the password

auth-change-title = Changer le mot de passe
auth-change-heading = Changer le mot de passe
auth-change-old-label = Mot de passe actuel
auth-change-new-label = Nouveau mot de passe
auth-change-confirm-label = Confirmer le nouveau mot de passe
auth-change-submit = Changer le mot de passe
auth-change-success = Votre mot de passe a été modifié.
auth-change-wrong-old = Votre mot de passe actuel est incorrect. Veuillez le saisir à nouveau.
