## With a password

sign-in-title = 登录MultiClaw
sign-in-email = 电子邮箱
sign-in-email-hint = you@company.com
sign-in-password = 密码
sign-in-password-show = 显示密码
sign-in-password-hide = 隐藏密码
sign-in-password-once = 您的密码只发送一次，绝不保存。
sign-in-act = 登录
sign-in-busy = 正在登录…
sign-in-cancel = 取消
# Between the password and the browser.
sign-in-or = 或
sign-in-browser = 在浏览器中继续
sign-in-invited = 我有邀请
sign-in-invited-why = 使用您收到的邀请码加入工作区。
sign-in-locally = 不使用账号
sign-in-locally-why = 与这台电脑上的智能体交谈。所有内容都留在本机。
sign-in-restoring = 正在为您登录…

## In the browser

sign-in-browser-title = 请在浏览器中继续
sign-in-browser-code = 仅当浏览器显示以下代码时才继续：
sign-in-browser-address-open = 如果浏览器没有打开，请打开以下地址：
sign-in-browser-address = 地址
sign-in-browser-copy = 复制地址
sign-in-browser-again = 再次打开浏览器
sign-in-browser-waits = 您在浏览器中登录后，此页面会自动继续。

## With an invitation

sign-in-join-title = 加入工作区
sign-in-join-code = 邀请码
sign-in-join-code-hint = 邀请中的代码
sign-in-join-name = 姓名
sign-in-join-password = 至少{ $shortest }个字符。如果您已有账号，请使用该账号的密码。
sign-in-join-password-short = 至少{ $shortest }个字符：还差{ $missing }个。
sign-in-join = 加入
sign-in-join-busy = 正在加入…
sign-in-join-back = 返回登录
