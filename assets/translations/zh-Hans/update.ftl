# 程序的新版本。

## 新版本在等待什么

update-waits-for-desktop = 您离开桌面后会开始下载。
update-waits-for-hours = 静默时段结束后会开始下载。
update-waits-for-word = 不会自动下载：该功能已关闭。

## 多种故障后的处理办法

update-nothing-changed = 未作任何更改。
update-ask = 未作任何更改。请稍后重试。如果问题持续存在，请从MultiClaw网站下载，并告知security@multiclaw.io。
update-other-file = 未作任何更改。请重新下载该文件及其签名。

## 故障

# 没有应答的一方，位于句首。
update-server = 更新服务器
update-status = 更新服务器返回状态{ $status }。
update-status-next = 请稍后重试。如果问题持续存在，可能是代理或防火墙在代为应答。
update-refused = 更新被拒绝：{ $why }。
update-too-old = 此版本太旧，无法安装该更新，它需要版本{ $version }。
update-too-old-next = 请从MultiClaw网站下载，并覆盖安装。
update-downgrade = 版本{ $version }被拒绝：它并不比{ $floor }新。
update-downgrade-next = 未作任何更改。旧版本可能存在已知缺陷。
update-size = 更新的大小为{ $got }字节，应为{ $signed }字节。
update-size-next = 未作任何更改。请重试。
update-folder = 文件夹{ $folder }不能用于更新：{ $why }。
update-folder-next = 请将其删除，或设为仅您可访问，然后重试。
update-disk-full = 磁盘空间不足，无法更新。
update-disk-full-next = 请清理空间后重试。MultiClaw会继续工作。
update-not-kept = 无法保存更新（{ $what }：{ $why }）。
update-not-kept-next = 请检查磁盘是否有空间，以及程序文件夹是否归您所有。
update-changed = 更新通过验证后，在本机上被改动了。
update-changed-next = 它已被丢弃。本机上可能有东西在篡改程序。
update-nothing-kept = 没有可以退回的早期版本。
update-self-test = 新版本无法在本机上启动：{ $why }。
update-self-test-next = 此版本会继续工作。新版本不会自动重试。
update-busy = MultiClaw的另一个窗口正在更新。
update-busy-next = 请等待其完成。它们在磁盘上是同一个程序。
update-ending = 更新已中断。
update-ending-next = 请重试。
update-failed = 更新失败。
update-failed-why = 更新失败：{ $why }。

## 程序所在的位置

update-not-writable = 您没有写入文件夹{ $folder }的权限。
update-not-writable-next = 请按安装时的方式更新MultiClaw，或将其移到您自己的文件夹中。
# 该值是安装它的程序，例如：dpkg
update-packaged = 此MultiClaw由{ $by }安装。
update-packaged-next = 请在那里更新：两者修改相同的文件会互相破坏。
update-no-keys = 此MultiClaw在构建时没有密钥，因此无法验证新版本。
update-no-keys-next = 请按构建时的方式更新。

## 签名

update-unsigned = 更新没有签名。
update-signature-unreadable = 无法读取更新的签名。
update-signature-outdated = 更新的签名方式已过时，不被接受。
update-unknown-key = 更新是用另一个密钥{ $key }签名的。
update-unknown-key-next = 未作任何更改。只接受此页面上列出的密钥。如果这不在您的预料之中，请告知security@multiclaw.io。
update-signature-wrong = 更新与签名时的内容不符：它被改动过，或者不完整。
update-signature-refused = 更新的签名不被接受：{ $why }。

## 版本列表

update-no-target = 没有适用于此类计算机（{ $target }）的新版本。
update-no-target-next = 请查看MultiClaw网站。
update-list-future = 版本列表的时间在未来。
update-list-future-next = 请检查本机的日期和时间，然后重试。
update-list-older = 版本列表比之前见过的更旧，因此没有使用。
update-list-older-next = 请稍后重试。可能是缓存或途中的某一方扣留了较新的列表。
update-too-large = 更新太大。
update-list-refused = 版本列表被拒绝：{ $why }。
update-not-unpacked = 更新未能解包：{ $why }。
update-list-expired = 版本列表太旧，无法使用，因此没有安装任何内容。
update-list-expired-long = 已超过30天未检查更新：版本列表是旧的。
update-list-expired-next = 请检查本机的日期和时间。如果无误，可能是缓存或途中的某一方扣留了较新的列表：请查看MultiClaw网站。

## 检查的结果

update-newest = 这是最新版本。列表的签名有效。
update-offered = 有版本{ $version }可用。列表的签名有效。
update-offered-failed = 有版本{ $version }可用，但它在本机上无法正常工作。
update-verified = 版本{ $version }已下载。其签名有效。

## 版本的结果

update-reason-did-not-start = 它两次未能启动，已被撤回。
update-reason-self-test = 它未通过自检（{ $why }），没有安装。
update-reason-taken-back = 您已从该版本退回。
update-installed = 版本{ $version }已于{ $day }安装。
update-did-not-start = 版本{ $version }，{ $day }：它两次未能启动，已被撤回。
update-self-test-failed = 版本{ $version }，{ $day }：它未通过自检（{ $why }），没有安装。
update-taken-back = 版本{ $version }，{ $day }：您已从该版本退回。

## 管理员的规则

update-frozen-up-to = 本机的管理员最高允许版本{ $version }，不允许更新的版本。
update-frozen = 本机的管理员将MultiClaw固定在版本{ $version }。
update-frozen-badly = 本机的管理员将MultiClaw固定在当前运行的版本：规则中写的“{ $rule }”不是版本号。
update-by-rule-next = 如果您需要其他版本，请联系管理员。

## 从文件更新

update-two-files = 从文件更新需要两个文件：压缩包及其签名。
update-two-files-next = 请同时选择两个文件：一个以.tar.gz结尾，另一个以.minisig结尾。
update-no-file = { $name }不是文件。
update-no-file-next = 请选择更新文件及其签名。
update-large-file = { $name }太大，不可能是更新。
update-no-dialog-next = 请安装xdg-desktop-portal和适合您的桌面环境的后端，例如xdg-desktop-portal-gtk，然后重新登录系统。
update-dialog-hangs-next = 请用“systemctl --user restart xdg-desktop-portal”重新启动它，或重新登录系统。
