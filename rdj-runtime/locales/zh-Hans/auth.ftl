# The pages and mails of rdj-auth in Chinese (simplified).

## Errors

auth-invalid-credentials = 用户名或密码不正确。
auth-invalid-credentials-email = 电子邮件或密码不正确。
auth-invalid-credentials-both = 用户名、电子邮件或密码不正确。
auth-username-taken = 该用户名已被使用。
auth-email-taken = 该电子邮件已注册。
auth-password-mismatch = 两次输入的密码不一致。
auth-password-required = 请输入密码。
auth-username-required = 请输入用户名。
auth-username-too-short = 用户名至少需要 { $count } 个字符。
auth-username-too-long = 用户名最多 { $count } 个字符。
auth-username-invalid = 只能使用字母、数字和 @ . + - _。
auth-email-required = 请输入电子邮件。
auth-email-invalid = 请输入有效的电子邮件地址。
auth-reset-email-sent = 如果该地址对应的账户存在，您将收到重置说明。
auth-reset-success = 您的密码已设置，现在可以登录。
auth-reset-invalid-link = 该重置链接无效或已过期。
auth-registration-success = 账户创建成功。
auth-session-unavailable = 会话不可用，请重新加载页面。
auth-too-many-attempts = 尝试次数过多，请稍候。
auth-busy = 服务器繁忙，请稍后重试。

## Passwords

auth-password-too-short = 密码太短。
auth-password-too-short-min = 密码太短，至少需要 { $count } 个字符。
auth-password-too-common = 该密码过于常见。
auth-password-entirely-numeric = 该密码只包含数字。
auth-password-too-similar = 密码与{ $field }过于相似。
auth-password-too-short-help = 您的密码至少需要 { $count } 个字符。
auth-password-too-common-help = 您的密码不能是常用密码。
auth-password-entirely-numeric-help = 您的密码不能只包含数字。
auth-password-too-similar-help = 您的密码不能与您的其他个人信息过于相似。

auth-field-username = 用户名
auth-field-first-name = 名字
auth-field-last-name = 姓氏
auth-field-email = 电子邮件

## Sign in, sign out

auth-login-title = 登录
auth-login-heading = 登录
auth-login-submit = 登录
auth-login-signup-link = 创建账户
auth-login-forgot-link = 忘记密码？
auth-login-username-label = 用户名
auth-login-email-label = 电子邮件
auth-login-username-or-email-label = 用户名或电子邮件
auth-login-password-label = 密码
auth-login-remember-label = 记住我
auth-logout = 退出登录
auth-signed-in-as = 当前登录：{ $name }

## Registration

auth-register-title = 创建账户
auth-register-heading = 创建账户
auth-register-submit = 注册
auth-register-signin-link = 登录
auth-register-username-label = 用户名
auth-register-email-label = 电子邮件
auth-register-email-optional-label = 电子邮件（可选）
auth-register-password-label = 密码
auth-register-confirm-password-label = 确认密码

## Forgotten password

auth-reset-title = 重置密码
auth-reset-heading = 重置密码
auth-reset-instructions = 请输入您账户的电子邮件，我们会向您发送重置说明。
auth-reset-submit = 发送重置链接
auth-reset-email-label = 电子邮件
auth-reset-back-link = 返回登录
auth-reset-confirm-title = 设置新密码
auth-reset-confirm-heading = 选择新密码
auth-reset-confirm-submit = 更新密码
auth-reset-confirm-loading = 正在检查重置链接…
auth-reset-confirm-password-label = 新密码
auth-reset-confirm-confirm-label = 确认密码
auth-reset-mail-subject = 重置您在 { $site } 的密码
auth-reset-mail-body =
    您收到这封邮件，是因为有人请求重置您在 { $site } 的账户密码。

    请打开以下页面并设置新密码：

    { $link }

    如果您忘记了用户名，您的用户名是：{ $username }

    如果这不是您本人的请求，请忽略这封邮件。
auth-reset-mail-valid = 该链接在 { $hours } 小时内有效。

## Change of the password

auth-change-title = 修改密码
auth-change-heading = 修改密码
auth-change-old-label = 当前密码
auth-change-new-label = 新密码
auth-change-confirm-label = 确认新密码
auth-change-submit = 修改密码
auth-change-success = 您的密码已修改。
auth-change-wrong-old = 您输入的当前密码不正确，请重新输入。
