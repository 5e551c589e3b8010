# The pages and mails of rdj-auth in Arabic.

## Errors

auth-invalid-credentials = اسم المستخدم أو كلمة المرور غير صحيحة.
auth-invalid-credentials-email = البريد الإلكتروني أو كلمة المرور غير صحيحة.
auth-invalid-credentials-both = اسم المستخدم أو البريد الإلكتروني أو كلمة المرور غير صحيحة.
auth-username-taken = اسم المستخدم هذا مستخدم بالفعل.
auth-email-taken = هذا البريد الإلكتروني مسجّل بالفعل.
auth-password-mismatch = كلمتا المرور غير متطابقتين.
auth-password-required = كلمة المرور مطلوبة.
auth-username-required = اسم المستخدم مطلوب.
auth-username-too-short = { $count ->
    [zero] طول اسم المستخدم: لا حدّ أدنى لعدد الأحرف.
    [one] طول اسم المستخدم: حرف واحد على الأقل.
    [two] طول اسم المستخدم: حرفان على الأقل.
    [few] طول اسم المستخدم: { $count } أحرف على الأقل.
    [many] طول اسم المستخدم: { $count } حرفًا على الأقل.
   *[other] طول اسم المستخدم: { $count } حرف على الأقل.
}
auth-username-too-long = الحد الأقصى لطول اسم المستخدم (بالأحرف): { $count }.
auth-username-invalid = استخدم الحروف والأرقام والرموز @ . + - _ فقط.
auth-email-required = البريد الإلكتروني مطلوب.
auth-email-invalid = يُرجى إدخال عنوان بريد إلكتروني صالح.
auth-reset-email-sent = إذا كان هناك حساب بهذا العنوان، فستصلك تعليمات إعادة التعيين.
auth-reset-success = تم تعيين كلمة المرور. يمكنك الآن تسجيل الدخول.
auth-reset-invalid-link = رابط إعادة التعيين غير صالح أو انتهت صلاحيته.
auth-registration-success = تم إنشاء الحساب بنجاح.
auth-session-unavailable = الجلسة غير متاحة. يُرجى إعادة تحميل الصفحة.
auth-too-many-attempts = عدد المحاولات كبير جدًا. يُرجى الانتظار قليلًا.
auth-busy = الخادم مشغول. يُرجى المحاولة مرة أخرى بعد قليل.

## Passwords

auth-password-too-short = كلمة المرور قصيرة جدًا.
auth-password-too-short-min = { $count ->
    [zero] كلمة المرور قصيرة جدًا. الطول المطلوب: لا حدّ أدنى لعدد الأحرف.
    [one] كلمة المرور قصيرة جدًا. الطول المطلوب: حرف واحد على الأقل.
    [two] كلمة المرور قصيرة جدًا. الطول المطلوب: حرفان على الأقل.
    [few] كلمة المرور قصيرة جدًا. الطول المطلوب: { $count } أحرف على الأقل.
    [many] كلمة المرور قصيرة جدًا. الطول المطلوب: { $count } حرفًا على الأقل.
   *[other] كلمة المرور قصيرة جدًا. الطول المطلوب: { $count } حرف على الأقل.
}
auth-password-too-common = كلمة المرور هذه شائعة جدًا.
auth-password-entirely-numeric = كلمة المرور هذه مكوّنة من أرقام فقط.
auth-password-too-similar = كلمة المرور مشابهة جدًا لهذا البيان: { $field }.
auth-password-too-short-help = { $count ->
    [zero] طول كلمة المرور المطلوب: لا حدّ أدنى لعدد الأحرف.
    [one] طول كلمة المرور المطلوب: حرف واحد على الأقل.
    [two] طول كلمة المرور المطلوب: حرفان على الأقل.
    [few] طول كلمة المرور المطلوب: { $count } أحرف على الأقل.
    [many] طول كلمة المرور المطلوب: { $count } حرفًا على الأقل.
   *[other] طول كلمة المرور المطلوب: { $count } حرف على الأقل.
}
auth-password-too-common-help = لا يمكن أن تكون كلمة المرور من الكلمات الشائعة الاستخدام.
auth-password-entirely-numeric-help = لا يمكن أن تتكوّن كلمة المرور من أرقام فقط.
auth-password-too-similar-help = لا يمكن أن تكون كلمة المرور مشابهة جدًا لمعلوماتك الشخصية الأخرى.

auth-field-username = اسم المستخدم
auth-field-first-name = الاسم الأول
auth-field-last-name = اسم العائلة
auth-field-email = البريد الإلكتروني

## Sign in, sign out

auth-login-title = تسجيل الدخول
auth-login-heading = تسجيل الدخول
auth-login-submit = تسجيل الدخول
auth-login-signup-link = إنشاء حساب
auth-login-forgot-link = هل نسيت كلمة المرور؟
auth-login-username-label = اسم المستخدم
auth-login-email-label = البريد الإلكتروني
auth-login-username-or-email-label = اسم المستخدم أو البريد الإلكتروني
auth-login-password-label = كلمة المرور
auth-login-remember-label = تذكّرني
auth-logout = تسجيل الخروج
auth-signed-in-as = مسجّل الدخول باسم { $name }

## Registration

auth-register-title = إنشاء حساب
auth-register-heading = إنشاء حساب
auth-register-submit = إنشاء الحساب
auth-register-signin-link = تسجيل الدخول
auth-register-username-label = اسم المستخدم
auth-register-email-label = البريد الإلكتروني
auth-register-email-optional-label = البريد الإلكتروني (اختياري)
auth-register-password-label = كلمة المرور
auth-register-confirm-password-label = تأكيد كلمة المرور

## Forgotten password

auth-reset-title = إعادة تعيين كلمة المرور
auth-reset-heading = إعادة تعيين كلمة المرور
auth-reset-instructions = أدخل البريد الإلكتروني لحسابك وسنرسل إليك تعليمات إعادة التعيين.
auth-reset-submit = إرسال رابط إعادة التعيين
auth-reset-email-label = البريد الإلكتروني
auth-reset-back-link = العودة إلى تسجيل الدخول
auth-reset-confirm-title = تعيين كلمة مرور جديدة
auth-reset-confirm-heading = اختر كلمة مرور جديدة
auth-reset-confirm-submit = حفظ كلمة المرور
auth-reset-confirm-loading = جارٍ التحقق من الرابط…
auth-reset-confirm-password-label = كلمة المرور الجديدة
auth-reset-confirm-confirm-label = تأكيد كلمة المرور
auth-reset-mail-subject = إعادة تعيين كلمة المرور في { $site }
auth-reset-mail-body =
    تصلك هذه الرسالة لأنه طُلبت إعادة تعيين كلمة المرور لحسابك في { $site }.

    يُرجى فتح هذه الصفحة واختيار كلمة مرور جديدة:

    { $link }

    اسم المستخدم الخاص بك، في حال نسيته: { $username }

    إذا لم تطلب ذلك، فيمكنك تجاهل هذه الرسالة.
auth-reset-mail-valid = { $hours ->
    [zero] انتهت صلاحية الرابط.
    [one] الرابط صالح لمدة ساعة واحدة.
    [two] الرابط صالح لمدة ساعتين.
    [few] الرابط صالح لمدة { $hours } ساعات.
    [many] الرابط صالح لمدة { $hours } ساعة.
   *[other] الرابط صالح لمدة { $hours } ساعة.
}

## Change of the password

auth-change-title = تغيير كلمة المرور
auth-change-heading = تغيير كلمة المرور
auth-change-old-label = كلمة المرور الحالية
auth-change-new-label = كلمة المرور الجديدة
auth-change-confirm-label = تأكيد كلمة المرور الجديدة
auth-change-submit = تغيير كلمة المرور
auth-change-success = تم تغيير كلمة المرور.
auth-change-wrong-old = كلمة المرور الحالية غير صحيحة. يُرجى إدخالها مرة أخرى.
