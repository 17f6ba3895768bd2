## Signing in and the account
network-wrong-credentials = 电子邮箱地址或密码有误。
network-wrong-credentials-next = 请检查后重试。
network-stays-signed-in = 您仍处于登录状态：系统会自动重试。
network-signed-out = 您已被退出登录。
network-signed-out-next = 您的密码已更改，或者所有者已将您移出工作区。请重新登录。
network-no-workspace = 您的账户不属于任何工作区。
network-no-workspace-next = 请让某个工作区的所有者邀请您。
network-left-workspace = 您已不在该工作区中。
network-left-workspace-next = 所有者已将您移出该工作区。
network-device-denied = 登录请求在浏览器中被拒绝。
network-device-denied-next = 如果是误操作，请重试。
network-device-expired = 在浏览器中登录的时间过长。
network-device-expired-next = 请重新开始。
network-strange-page = 云端给出的登录页面不属于它自己。
network-strange-page-next = 未打开任何页面。请检查服务器地址。

## Links
network-no-browser = 无法启动任何网页浏览器。
network-no-browser-next = 请复制链接并自行打开。
network-link-not-opened = 不会打开此链接。
network-link-not-opened-next = 只会打开普通的http和https链接。

## The disk
network-storage-folder = 无法使用文件夹{ $path }：{ $why }。
network-storage-file = 无法使用文件{ $name }：{ $why }。
network-storage-damaged = 文件{ $name }已损坏：{ $why }。
network-storage-next = 请检查磁盘是否有可用空间，以及该文件夹是否归您所有。

## What the cloud answers
network-locked = 登录失败次数过多，此账户已被锁定。
network-locked-until = 请在{ $until }之后重试。
network-locked-next = 请在15分钟后重试。
network-forbidden = 您的角色无权执行此操作。
network-forbidden-next = 请联系工作区的所有者。
network-not-found = 云端找不到此内容。
network-not-found-next = 请刷新列表。
network-conflict = 现在无法执行此操作。
network-conflict-next = 在此期间内容已发生变化：请查看当前状态后重试。
network-last-owner = 工作区必须有一位所有者。
network-last-owner-next = 请先将其他人设为所有者。
network-taken = 此地址已在工作区中。
network-invitation-gone = 此邀请已被使用或已失效。
network-invitation-gone-next = 请向工作区的所有者索取新的邀请。
network-too-long = 内容过长。
network-too-long-next = 请缩短后重试。
network-bad-request = 云端未接受所输入的内容。
network-bad-request-next = 请检查后重试。
network-rate-limited = 云端要求放慢速度。
network-rate-limited-next = 请等待一分钟后重试。
network-cloud-fault = MultiClaw Cloud出现故障。
network-cloud-fault-next = 请在几分钟后重试。
network-unreadable = 无法读取云端的回应。
network-unreadable-next = 请重试。如果问题持续，请更新MultiClaw。

## A desktop that is opened
network-desktop-no-answer = { $name }没有响应。
network-desktop-no-answer-next = 它可能正在启动或正忙。
network-desktop-no-path = 找不到通往{ $name }的网络路径。
network-desktop-no-path-next = 可能被防火墙阻止。请在“设置”的“网关”>“浏览器自动化”中，将WebRTC连接模式设为TURN中继。
network-desktop-lost = 与{ $name }的连接已断开。
network-no-relay = 无法连接到任何中继。
network-no-relay-next = 请让IT团队允许通过TCP端口443访问turn.multiclaw.io。
network-desktop-bye = { $name }关闭了连接。
network-desktop-version = { $name }使用的是另一个版本的协议。
network-desktop-version-next = 请更新MultiClaw，或更新桌面的守护程序。
network-credentials-expired = 中继未接受云端提供的凭据。
network-credentials-expired-next = 正在请求新的凭据。
network-desktop-failed = 与{ $name }的连接失败。
network-desktop-gone = { $name }已不在此工作区中。
network-desktop-gone-next = 请返回列表。
network-desktop-offline = { $name }处于离线状态。
network-desktop-offline-next = 它恢复在线后会立即打开。
network-desktop-busy = { $name }的查看者过多。
network-desktop-busy-next = 请让其中一位离开。
network-desktop-refused = 云端拒绝打开{ $name }。
network-cloud-offline = 无法连接到云端。
network-cloud-offline-next = 云端恢复后会立即打开桌面。

## Who did not answer, at the beginning of a sentence
network-the-cloud = 云端
network-the-relay = 中继

## A connection that failed
network-dns = 找不到名称{ $host }。
network-dns-next = 请检查此计算机是否已连接到网络。
network-connect = 无法连接到{ $whom }。
network-connect-next = 请检查网络连接，或检查是否被防火墙阻止。
network-timeout = { $whom }没有响应。
network-check-and-retry = 请检查网络连接后重试。
network-no-roots = 此计算机没有受信任的证书，因此无法建立安全连接。
network-no-roots-next = 请安装系统的证书（在Debian和Ubuntu上为ca-certificates）。
network-refused = MultiClaw不会连接到{ $host }的端口{ $port }。
network-refused-next = 它只连接到自己的云端以及列表中的服务。请检查服务器地址。
network-private-address = 名称{ $host }指向本地网络，因此未使用。
network-private-address-next = 请检查此网络的域名服务器。
network-captive = 回应的是网络，而不是云端。
network-captive-next = 请打开网页浏览器：此网络可能要求您先登录。
network-upgrade = { $whom }未打开实时连接（状态{ $status }）。
network-upgrade-next = 代理或防火墙可能阻止了WebSocket。请让IT团队放行。
network-too-much = { $whom }发送的内容超出了应有的数量。
network-tell-whoever-runs-it = 请重试。如果问题持续，请告知其运营者。
network-not-secure = 这不是安全的地址。
network-not-secure-next = 请使用以https://开头的地址。
network-broke = 连接中断。
network-failed = 连接失败。

## Certificates
network-exclude-next = 请让IT团队将*.multiclaw.io和turn.multiclaw.io排除在TLS检查之外。
network-expired-on = 证书已于{ $when }到期。
network-expired = 证书已到期。
network-not-yet-valid-before = 证书要到{ $when }才生效。
network-not-yet-valid = 证书尚未生效。
network-wrong-host = 回应的是另一台服务器，而不是{ $host }。
network-wrong-host-next = 请打开网页浏览器：此网络可能要求您先登录。或者检查服务器地址。
network-inspected = 您的网络会检查加密流量。其证书来自{ $issuer }。
network-unknown-issuer = 此计算机不信任该证书。您的网络可能会检查加密流量。
network-revoked = { $whom }的证书已被吊销。
network-revoked-next = 请稍后重试。如果问题持续，请告知其运营者。
network-not-for-servers = 该证书不是服务器证书。
network-not-for-servers-next = 请告知服务器的运营者。
network-old-protocol = 服务器或通往它的途中设备只支持过时的TLS版本。
network-old-protocol-next = 请告知其运营者：MultiClaw需要TLS 1.2。
network-plain-http = 收到了未加密的回应。
network-plain-http-next = 请打开网页浏览器：此网络可能要求您先登录。或者检查端口。
network-cut = 连接刚开始就被切断。
network-cut-next = 可能被防火墙阻止。请让IT团队放行*.multiclaw.io的端口443。
network-tls-refused = 安全连接被拒绝：{ $fault }。
network-tls-refused-next = 请检查此计算机的日期和时间后重试。
network-clock-says = 此计算机的时钟显示为{ $now }。如果不正确，请校正。
network-check-clock = 请检查此计算机的日期和时间。

## Proxies
network-proxy-variable-next = 请检查HTTPS_PROXY变量，然后重新启动MultiClaw。
network-proxy-malformed = 变量{ $proxy }不是代理的地址。
network-proxy-malformed-next = 正确的形式类似于http://user:password@proxy.example.com:3128。
network-proxy-scheme = 不支持{ $scheme }类型的代理。
network-proxy-scheme-next = 请使用http、https、socks5或socks5h之一。
network-proxy-password-wanted = 代理{ $proxy }需要用户名和密码。
network-proxy-password-wanted-next = 请将其写入HTTPS_PROXY变量，例如http://user:password@proxy:3128。
network-proxy-password-wrong = 代理{ $proxy }不接受该用户名和密码。
network-proxy-sign-in = 代理{ $proxy }要求使用{ $offered }登录，目前不支持这种方式。
network-proxy-sign-in-next = 请向IT团队索取使用密码的代理，或使用cntlm等本地辅助程序。
network-proxy-denied = 代理{ $proxy }不允许此连接。
network-proxy-denied-next = 请让IT团队放行*.multiclaw.io的端口443。
network-proxy-failed = 代理{ $proxy }无法工作：{ $fault }。

## The relay
network-relay-refused = 中继没有空间容纳此连接（代码{ $code }）。
network-tried-again = 正在重试。
network-relay-closed = 中继立即关闭了连接。
network-relay-closed-next = 途中可能有其他设备代为回应。请让IT团队允许通过TCP端口443访问turn.multiclaw.io。
network-relay-silent = 中继没有响应。

## Unattended screens
network-code-gone = 此代码已失效。
network-code-gone-next = 代码只能使用一次，有效期为十分钟。请向工作区的所有者索取新代码。
network-screen-key-refused = 云端未接受此计算机的密钥。
network-screen-key-refused-next = 请检查云端的地址：它必须与所有者使用的地址相同。
network-screen-removed = 工作区的所有者已移除此屏幕。
network-screen-removed-next = 如需再次使用，请向所有者索取新代码，并在此计算机上运行multiclaw enroll。之后它会自动开始。
network-screen-of-another-cloud = 此计算机是{ $cloud }的屏幕，不属于此云端。
network-screen-of-another-cloud-next = 请使用该地址启动，或使用新代码在此处登记。

## Two sentences, one after the other
network-both = { $first }{ $second }
