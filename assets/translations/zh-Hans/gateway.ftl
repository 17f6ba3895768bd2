## Why the gateway lets nobody in

gateway-device-removed = 此设备已从网关移除，或其令牌已被吊销。
gateway-device-removed-next = 请将网关自己的令牌填入openclaw.json的gateway.auth.token，以便重新配对此设备。然后点击“重试”。
gateway-too-old = 此网关对MultiClaw来说太旧：它使用的协议版本为{ $version }。
gateway-too-new = 此网关对MultiClaw来说太新：它要求的协议版本为{ $version }。
gateway-update-openclaw-and-restart = 请更新OpenClaw（openclaw update），然后重启网关。
gateway-update-multiclaw = 请更新MultiClaw。
gateway-asked-too-often = 网关收到过多使用错误凭据的请求，暂时不响应任何请求。
gateway-asked-too-often-wait = 请等待{ $minutes }分钟，然后点击“重试”。
gateway-asked-too-often-next = 请等待几分钟，然后点击“重试”。
gateway-not-let-in = 网关不允许MultiClaw连接。
gateway-not-let-in-because = 网关不允许MultiClaw连接：{ $why }
gateway-look-at-log = 请查看网关的日志。
gateway-look-at-log-then-connect = 请查看网关的日志，然后点击“重试”。
gateway-foreign-user = 这台电脑上另一个用户（编号{ $user }）的程序正在监听网关的端口。未向其发送任何内容。
gateway-foreign-user-next = 请让对方停止该程序，或为网关换一个端口（openclaw.json中的gateway.port）。网关必须与MultiClaw由同一用户运行。然后点击“重试”。
gateway-unknown-user = 系统未说明监听网关端口的程序属于谁，因此未向其发送任何内容。
gateway-unknown-user-next = 请允许MultiClaw读取/proc/net/tcp。然后点击“重试”。
gateway-set-token = 请在openclaw.json中设置gateway.auth.token，并重启网关。
gateway-set-password = 请在openclaw.json中设置gateway.auth.password，并重启网关。
gateway-check-password = 网关需要密码：请检查openclaw.json中的gateway.auth.password，然后点击“重试”。
gateway-check-auth = 请检查openclaw.json中的gateway.auth，然后点击“重试”。

## Its token and its password

gateway-token-missing = 网关需要令牌，但未找到令牌。
gateway-token-missing-out-of-reach = 网关需要令牌。网关的令牌保存在只有openclaw能读取的地方（{ $place }）。
gateway-token-in-a-file = 文件
gateway-token-in-a-program = 程序
gateway-token-in-secret-store = 它的密钥库
gateway-token-missing-variable = 网关需要令牌。网关的令牌来自变量{ $variable }，但此处未设置该变量。
gateway-token-missing-unusable = 网关需要令牌。openclaw.json中的网关令牌无法使用。
gateway-token-missing-next = 请将网关的令牌填入openclaw.json的gateway.auth.token，或填入变量OPENCLAW_GATEWAY_TOKEN并重新启动MultiClaw。然后点击“重试”。
gateway-token-wrong = 网关不接受所设置的网关令牌（openclaw.json中的gateway.auth.token，或OPENCLAW_GATEWAY_TOKEN）。
gateway-token-wrong-in-file = 网关不接受所设置的网关令牌（openclaw.json中的gateway.auth.token）。
gateway-token-wrong-in-variable = 网关不接受所设置的网关令牌（变量OPENCLAW_GATEWAY_TOKEN）。
gateway-token-wrong-next = 网关可能仍在使用旧配置：请重启网关。或者更正令牌：设备令牌和设置码都不能用作网关令牌。然后点击“重试”。
gateway-password-wrong = 网关不接受所设置的网关密码（openclaw.json中的gateway.auth.password，或OPENCLAW_GATEWAY_PASSWORD）。
gateway-password-wrong-in-file = 网关不接受所设置的网关密码（openclaw.json中的gateway.auth.password）。
gateway-password-wrong-in-variable = 网关不接受所设置的网关密码（变量OPENCLAW_GATEWAY_PASSWORD）。
gateway-password-wrong-next = 网关可能仍在使用旧配置：请重启网关。或者更正密码：设备令牌和设置码都不能用作密码。然后点击“重试”。

## This device at the gateway

gateway-pairing-needed = 此设备尚未与网关配对。
gateway-pairing-rights = 此设备已配对，但权限不足以支持MultiClaw的全部功能。
gateway-pairing-role = 此设备已配对，但不是操作员的设备。
gateway-pairing-changed = 此设备自配对后已发生变化。
gateway-pairing-next = 请在网关所在的电脑上运行：{ $command }。然后点击“重试”。
gateway-signature-expired = 网关不接受此设备的签名：签名太旧。
gateway-signature-expired-next = 请检查这台电脑的日期和时间。然后点击“重试”。
gateway-device-token-wrong = 网关不接受它发给此设备的设备令牌。
gateway-device-token-wrong-next = 设备已被移除，或其令牌已更改。请将网关自己的令牌填入openclaw.json的gateway.auth.token。然后点击“重试”。
gateway-device-rights = 此设备令牌的权限少于MultiClaw所请求的权限。
gateway-device-rights-next = 请移除该设备（openclaw devices list）并重新配对。然后点击“重试”。
gateway-device-key-unseen = 网关没有收到此设备的密钥。
gateway-device-key-unseen-next = 请更新MultiClaw。如果没有效果，请查看网关的日志。
gateway-device-key-refused = 网关不接受此设备的密钥（{ $code }）。
gateway-device-key-refused-next = 请在网关上移除此设备（openclaw devices list），以便重新配对。然后点击“重试”。
gateway-device-file-damaged = 保存此设备网关密钥的文件已损坏。
gateway-device-file-damaged-next = 该文件已保留为gateway-device.json.damaged，并生成了新密钥：网关会将其视为新设备。请在网关页面移除旧设备。

## The connection to the gateway

gateway-closed-too-long = 网关关闭了连接：发送给它的内容过长。
gateway-closed = 网关关闭了连接（代码{ $code }）。
gateway-closed-because = 网关关闭了连接（代码{ $code }）：{ $why }
gateway-tried-again = 将自动重试。
gateway-is-starting = 网关正在启动。
gateway-some-seconds = 这需要几秒钟。
gateway-silent = 网关没有动静。
gateway-silent-next = 网关可能正忙，或者电脑曾处于睡眠状态。将自动重试。
gateway-port-not-a-gateway = 在网关端口上响应的不是OpenClaw网关：{ $why }
gateway-port-of-another-program = 该端口可能被其他程序占用。请停止该程序，或为网关换一个端口（openclaw.json中的gateway.port）。
gateway-refused = 网关拒绝了：{ $why }
gateway-connection-failed = 与网关的连接失败。
gateway-connection-broke = 与网关的连接已中断。
gateway-port-nothing = 网关端口没有响应。
gateway-port-nothing-next = 请启动网关；如果它本应在运行，请查看其日志。
gateway-does-not-answer = 网关接受了连接，但没有响应。
gateway-does-not-answer-next = 网关可能正忙。将自动重试；如果问题持续，请重启网关。
gateway-not-ready = 网关尚未就绪。
gateway-taken-for-proxy = 网关将此连接当作代理的连接并拒绝（状态403）。
gateway-taken-for-proxy-next = 请检查openclaw.json中的gateway.trustedProxies。
gateway-no-live-connection = 在网关端口上响应的程序没有建立实时连接（状态{ $status }）。
gateway-sent-too-much = 网关发送的内容过多。
gateway-only-this-computer = MultiClaw只连接这台电脑上的网关。
gateway-check-port = 请检查openclaw.json中的网关端口。

## A request to the gateway

gateway-not-connected = 网关未连接。
gateway-not-connected-next = 请在网关连接后重试。
gateway-no-answer-in-time = 网关未及时响应。
gateway-no-answer-in-time-next = 网关可能正忙。请稍后重试。
gateway-unknown-method = 此网关不支持该操作（{ $method }）。
gateway-forbidden = 此设备无权执行该操作。
gateway-forbidden-right = 此设备无权执行该操作：缺少权限{ $scope }。
gateway-approve-rights = 请在网关上批准其权限：openclaw devices list。
gateway-answer-unreadable = 无法读取网关的响应（{ $method }）。
gateway-answer-unreadable-next = 请更新MultiClaw：网关的版本可能更新。
gateway-message-too-long = 内容对网关来说过长：{ $size }，上限为{ $most }。
gateway-message-too-long-next = 请缩短内容，或减少一次发送的内容。
gateway-bytes = { $count }字节
gateway-not-done = 网关没有执行该操作。
gateway-try-again-sentence = 请重试。
gateway-log-offline = 显示的是之前的日志：网关未连接。
gateway-log-offline-next = 网关恢复后会继续显示。

## Its configuration on this computer

gateway-not-loopback = 所设置的网关不在这台电脑上（{ $source }）。
gateway-not-loopback-next = MultiClaw只与这台电脑上的网关通信：它不会把网关的令牌发送到其他任何地方。请在这台电脑上设置网关（openclaw setup），然后点击“重试”。
gateway-tls = 网关设置了TLS，而本程序在这台电脑内部不使用TLS。
gateway-tls-next = 请在openclaw.json中关闭gateway.tls：没有内容会离开这台电脑。然后重启网关并点击“重试”。
gateway-no-home = 无法确定此用户的主文件夹。
gateway-path-not-absolute = { $variable }不是绝对路径。
gateway-correct-variable = 请更正该变量，然后重新启动MultiClaw。
gateway-port-invalid = openclaw.json中的gateway.port不是端口号。
gateway-port-invalid-next = 请将其设为1到65535之间的数字，例如18789。然后点击“重试”。
gateway-correct-file = 请更正该文件（可使用openclaw doctor）。然后点击“重试”。
gateway-config-not-a-file = openclaw.json不是普通文件。
gateway-config-too-long = openclaw.json或其包含的某个文件过长。
gateway-config-unreadable = 无法读取openclaw.json：{ $why }。
gateway-config-broken = openclaw.json已损坏。
gateway-config-broken-in-line = openclaw.json第{ $line }行有错误。
gateway-config-too-deep = openclaw.json嵌套过深。
gateway-config-shape = openclaw.json的结构不是OpenClaw的配置。
gateway-config-include = 无法读取openclaw.json所包含的某个文件。
gateway-config-include-outside = openclaw.json包含了其文件夹之外的文件。

## Its program on this computer

gateway-openclaw-too-old = OpenClaw { $version }对MultiClaw来说太旧，需要{ $oldest }。
gateway-openclaw-too-old-next = 请更新：openclaw update。
gateway-openclaw-untried = OpenClaw { $version }比此版MultiClaw所支持的{ $tried }更新。
gateway-openclaw-untried-next = 如果有功能不正常，请更新MultiClaw。
gateway-program-not-run = 无法运行openclaw程序：{ $why }。
gateway-program-not-run-next = 请在终端中检查它能否正常运行：openclaw --version。
gateway-program-too-slow = openclaw程序未能在{ $seconds }秒内完成。
gateway-program-too-slow-saying = openclaw程序未能在{ $seconds }秒内完成：{ $said }
gateway-program-too-slow-next = 请查看网关的日志，或在终端中尝试：openclaw gateway status。
gateway-program-configuration = 网关无法使用此配置运行。
gateway-program-configuration-saying = 网关无法使用此配置运行：{ $said }
gateway-program-configuration-next = 请在终端中设置：openclaw setup。也可能是其端口被其他程序占用：openclaw doctor。
gateway-program-failed = openclaw程序运行失败。
gateway-program-failed-saying = openclaw程序运行失败：{ $said }
gateway-try-in-terminal = 请在终端中尝试：openclaw gateway status。
gateway-program-unreadable = 无法理解openclaw程序的输出。
gateway-program-unreadable-saying = 无法理解openclaw程序的输出：{ $said }
gateway-program-unreadable-next = 请更新OpenClaw（openclaw update）或MultiClaw。
gateway-finishing-turn = 网关仍在完成一个轮次。
gateway-finishing-turn-next = 它会在五分钟内自行结束。
gateway-process-not-a-gateway = 进程{ $pid }占用了网关的文件夹，但它不是您的网关。
gateway-process-not-a-gateway-next = 未对其进行任何操作。请检查该进程，如果不需要，请自行结束。
gateway-output-file = 无法创建保存网关输出的文件：{ $why }。
gateway-output-file-next = 请检查磁盘是否有空间，以及文件夹~/.multiclaw是否属于您。
gateway-stop-unsupported = 在此系统上，只能在启动网关的地方停止网关。
gateway-stop-unsupported-next = 请在其终端中按Ctrl+C，或停止其服务。
gateway-no-program = openclaw程序不在PATH中，因此无法在此启动或停止网关。
gateway-no-program-next = 请安装OpenClaw，或在openclaw可用的环境中启动MultiClaw。然后点击“重试”。
gateway-looking-still = 仍在查找网关。
gateway-looking-still-next = 请稍后重试。
gateway-stop-too-long = 已要求网关停止，但它仍在运行。
gateway-restart-too-long = 已要求网关重启，但它未及时恢复。
gateway-start-too-long = 网关已启动，但未及时响应。
gateway-too-long-next = 请查看其日志。可能有正在运行的轮次在拖延它。

## Its folder on this computer

gateway-folder-open = 这台电脑上的其他人可以查看网关的文件夹（{ $mode }）。
gateway-folder-open-next = 其中保存着令牌和对话。修复后只有您可以读取（drwx------）。
gateway-folder-link = 无法使用网关的文件夹：它是指向另一个文件夹的链接。
gateway-folder-link-next = 请自行将它指向的文件夹设为私有：chmod 700。
gateway-folder-foreign = 无法使用网关的文件夹：它属于另一个用户。
gateway-folder-foreign-next = 请将其所有者改为您自己的用户：chown。
gateway-folder-is-none = 无法使用网关的文件夹：它不是文件夹。
gateway-folder-is-none-next = 请移走那个同名文件。
gateway-folder-unchanged = 无法使用网关的文件夹：其权限没有改变。
gateway-folder-unchanged-next = 它所在的文件系统可能不保存权限：请将其移到会保存权限的文件系统。
gateway-folder-system = 无法使用网关的文件夹：系统拒绝了：{ $why }。
gateway-folder-unusable = 无法使用网关的文件夹：{ $why }。
gateway-folder-check = 请检查该文件夹的所有者和权限。

## The page of the gateway

gateway-title = 网关
gateway-subtitle = 这台电脑上的OpenClaw
gateway-tab-overview = 概览
gateway-tab-devices = 设备
gateway-tab-log = 日志
gateway-copy = 复制
gateway-cancel = 取消
gateway-restart = 重启
gateway-stop = 停止
gateway-start = 启动网关
gateway-try-again = 重试
gateway-being-started = 网关正在启动。
gateway-being-stopped = 网关正在停止。
gateway-being-restarted = 网关正在重启。
gateway-program-looking = 正在查找openclaw程序。
gateway-program-missing = openclaw程序不在这台电脑的PATH中。
gateway-stop-question = 要停止网关吗？
gateway-stop-text = 正在运行的轮次会结束，计划的任务不会运行，其渠道也会停止收发，直到网关再次启动。

## How the gateway is

gateway-brief-starting = 网关正在启动
gateway-brief-stopping = 网关正在停止
gateway-brief-running = 网关正在运行
gateway-brief-connecting = 正在连接网关
gateway-brief-restarting = 网关正在重启
gateway-brief-not-reached = 无法连接网关
gateway-brief-refuses = 网关拒绝连接
gateway-brief-stopped = 网关已停止
gateway-takes-a-moment = 请稍候。
gateway-state-looking = 正在查找OpenClaw…
gateway-state-not-installed = 这台电脑上没有OpenClaw
gateway-state-not-installed-text = 有了它，智能体可以在这台电脑上运行，您可以在此与它们对话。安装后，MultiClaw会自动找到它。
gateway-state-starting = 正在启动…
gateway-state-stopping = 正在停止…
gateway-state-stopped = 网关未运行
gateway-state-stopped-text = 启动网关，即可与这台电脑上的智能体对话。
gateway-state-connecting = 正在连接…
gateway-state-running = 运行中
gateway-state-running-text = MultiClaw已连接。只能从这台电脑访问网关。
gateway-state-restarting = 正在重启…
gateway-state-restarting-text = 已持续{ $seconds }秒。连接会自动恢复。
gateway-state-waiting-text = 将在{ $seconds }秒后重试。
gateway-state-waiting-next = 将在{ $seconds }秒后重试。{ $next }

## What solves it

gateway-how-to-install = 如何安装OpenClaw
gateway-how-to-update = 如何更新OpenClaw
gateway-copy-command = 复制命令
gateway-make-private = 设为私有
gateway-make-private-modes = 现在是{ $mode }，之后是drwx------。

## Facts

gateway-fact-version = 版本
gateway-fact-version-and-newer = { $version }（{ $newer }可用）
gateway-fact-version-unknown = 版本未知
gateway-fact-uptime = 运行时间
gateway-fact-uptime-since = { $uptime }，自{ $since }起
gateway-fact-address = 地址
gateway-fact-address-port = 127.0.0.1，端口{ $port }
gateway-fact-process = 进程
gateway-fact-process-memory = { $pid }，内存{ $memory }
gateway-fact-folder = 文件夹
gateway-fact-program = 程序
gateway-fact-program-missing = openclaw不在PATH中
gateway-fact-rights = 权限
gateway-fact-rights-talk-only = MultiClaw可以与智能体对话，但不能更改网关的设置

## Channels

gateway-channels = 渠道
gateway-channels-loading = 正在加载…
gateway-channels-none = 尚未设置消息渠道。设置后，您可以通过即时通讯软件给智能体发消息。请使用“openclaw channels add”进行设置。

## Devices

gateway-devices-offline = 没有可显示的设备
gateway-devices-offline-text = 网关连接时会显示设备。
gateway-devices-loading = 正在加载设备…
gateway-devices-paired = 已配对的设备
gateway-devices-none = 没有设备与此网关配对。
gateway-no-right-to-manage = MultiClaw没有管理此网关的权限。
gateway-request-title = { $name }请求配对
gateway-request-facts = { $when }。设备{ $device }。
gateway-request-facts-from = { $when }，来自{ $from }。设备{ $device }。
gateway-request-wants = 请求的权限：{ $rights }。
gateway-no-rights = 无权限
gateway-approve = 批准
gateway-approve-device = 批准{ $name }
gateway-refuse = 拒绝
gateway-refuse-device = 拒绝{ $name }
gateway-approve-hint = 只批准您自己刚刚设置的设备。
gateway-device-row = { $name }，未连接
gateway-device-row-connected = { $name }，已连接
gateway-device-connected = 已连接
gateway-device-approved = 批准于{ $when }
gateway-device-seen = 上次出现于{ $when }
gateway-device-rights-are = 权限：{ $rights }
gateway-this-app = 本应用
gateway-device-remove = 移除
gateway-device-remove-name = 移除{ $name }
gateway-device-remove-question = 要移除{ $name }吗？
gateway-device-remove-text = 它会立即失去权限。要恢复，必须重新批准。
gateway-device-remove-own-text = 这是这台电脑上的MultiClaw。它会失去权限，并在下次连接时重新请求。

## The log

gateway-log-loading = 正在加载日志…
gateway-log-empty = 日志为空
gateway-log-empty-text = 网关写入日志后会显示在这里。
gateway-log-nothing = 未找到任何内容
gateway-log-nothing-text = 没有匹配的行。请更改筛选条件。
gateway-log-filter = 筛选日志
gateway-log-which = 显示哪些行
gateway-log-everything = 全部
gateway-log-info = 信息及以上
gateway-log-warnings = 警告和错误
gateway-log-errors = 错误
gateway-log-lines = { $count }行
gateway-log-lines-and-older = { $count }行；更早的{ $older }行在文件中
gateway-log-copy = 复制显示的行
gateway-log-copy-line = 点击可复制此行。
gateway-level-debug = 调试
gateway-level-info = 信息
gateway-level-warning = 警告
gateway-level-error = 错误
