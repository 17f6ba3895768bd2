## What the gateway answers
engine-gateway-not-open = 网关未连接。
engine-gateway-not-open-next = 请在网关恢复后重试。
engine-gateway-timeout = 网关未及时响应。
engine-gateway-timeout-next = 它可能正忙。请重试。
engine-gateway-unsupported = 此网关无法执行该操作。
engine-gateway-unsupported-next = 请更新此计算机上的OpenClaw。
engine-gateway-forbidden = 网关不允许此设备执行该操作：缺少权限{ $scope }。
engine-gateway-forbidden-next = 请在网关页面上重新配对此设备。
engine-gateway-too-large = 内容超出了网关一次可接受的大小。
engine-gateway-too-large-next = 请减少发送内容，或发送较小的文件。
engine-gateway-refused = 网关拒绝了请求：{ $message }
engine-gateway-unreadable = 无法读取网关的回应。
engine-gateway-unreadable-next = 请重试。如果问题持续，请更新MultiClaw和OpenClaw。

## Messages to an agent
engine-message-kept-next = 您的消息仍在这里：请重新发送。
engine-message-too-long = 消息超过了{ $size } KB。
engine-message-too-long-next = 请缩短消息，或将其作为文件附加。
engine-attachment-too-large = { $name }超过了网关可接受的{ $size } MB。
engine-attachment-too-large-next = 请将其移除，或附加较小的文件。
engine-too-many-wait = 等待发送的消息过多。
engine-too-many-wait-next = 请等待网关恢复。

## Conversations with an agent
engine-command-waits = 有命令等待您批准：{ $command }
engine-command-gone = 此命令已不再等待批准。
engine-command-gone-next = 已在别处得到答复，或者已超时。
engine-model-unusable = 网关目前无法使用模型{ $model }。
engine-model-unusable-next = 请选择其他模型，或在网关中设置该模型。
engine-emptying = 正在清空…
engine-compacting = 正在压缩…
engine-nothing-to-summarise = 没有可总结的内容。
engine-main-not-deleted = 无法删除智能体的主对话。
engine-main-not-deleted-next = 可以将其清空。
engine-provider-said = { $problem }提供商称：{ $words }
engine-message-not-whole = 网关已不再保有完整内容。
engine-message-not-whole-next = 显示的就是仅存的全部内容。
engine-turn-ended = 本轮次已结束。
engine-gateway-works = 网关正在处理…

## What an agent does
engine-doing-waiting = 等待您批准
engine-doing-command = 正在运行命令
engine-doing-reading-files = 正在读取文件
engine-doing-writing-files = 正在写入文件
engine-doing-searching = 正在搜索网络
engine-doing-page = 正在阅读网页
engine-doing-tool = 正在使用{ $tool }
engine-doing-result = 正在读取结果
engine-doing-thinking = 正在思考
engine-doing-writing = 正在撰写
engine-doing-workspace = 正在准备工作区
engine-doing-context = 正在准备上下文
engine-doing-model = 正在启动模型
engine-doing-worktree = 正在准备工作树
engine-doing-setup = 正在运行初始设置
engine-doing-environment = 正在准备环境
engine-doing-working = 正在工作

## Conversations and their names
engine-new-conversation = 新对话
engine-gateway-restarts = 网关正在重新启动
engine-waiting-for-gateway = 正在等待网关
engine-main-conversation = 主对话
engine-a-conversation = 对话
engine-message-had-files = 此消息附有文件。
engine-message-had-files-next = 请重新附加文件，然后再次发送消息。
engine-agent-still-works = 智能体仍在工作。
engine-agent-still-works-next = 请先停止它，或等待。
engine-going-back = 正在回退…
engine-conversation-deleted = 此对话已在工作区中被删除。
engine-conversation-deleted-next = 此计算机上的副本会保留。
engine-task-not-created-title = 未能创建的任务
engine-task-not-created = 无法创建任务“{ $title }”。
engine-task-not-created-next = 其文本已保存为对话。
engine-message-not-sent-title = 未能发送的消息
engine-not-taken = 工作区未接受您撰写的内容。
engine-not-taken-next = 该内容保留在此计算机上。
engine-message-over-128 = 消息超过了128 KiB。
engine-message-over-128-next = 请分段发送。
engine-not-yours = 此对话由他人发起：您只能阅读。
engine-not-yours-next = 请自己发起对话。

## What a transcript says
engine-emptied = 对话已清空。
engine-summarised = 对话已总结。
engine-changed = 网关更改了对话。
engine-turn-failed = 该轮次失败。
engine-turn-failed-next = 请重试，或选择其他模型。

## How long something took
engine-took-milliseconds = { $count }毫秒
engine-took-seconds = { $seconds }秒
engine-took-minutes = { $minutes }分{ $seconds }秒

## How a connection went
engine-not-allowed = 不允许：{ $why }
engine-connection-cancelled = 已取消
engine-connection-connecting = 正在连接
engine-connection-open = 已打开
engine-connection-ended = 已结束
engine-connection-socket-opened = 套接字已打开
engine-connection-socket-closed = 套接字已关闭
engine-connection-status = 状态{ $status }
engine-traffic = 接收{ $received }，发送{ $sent }
engine-through-proxy = 通过代理{ $proxy }连接到云端。
engine-no-proxy = 不通过代理连接到云端。

## The check of everything
engine-save-check = 保存检查结果
engine-group-network = 网络
engine-group-account = 账户
engine-group-desktop = 云桌面
engine-group-gateway = OpenClaw网关
engine-group-computer = 此计算机

## The gateway: channels, devices, log
engine-channel-connected = 已连接
engine-channel-connecting = 正在连接
engine-channel-running = 运行中
engine-channel-not-set-up = 未设置
engine-channel-off = 已关闭
engine-channel-stopped = 已停止
engine-device-on = { $platform }上的设备
engine-device = 设备
engine-client-on = { $platform }上的{ $client }
engine-log-lines-left-out = 此处省略了若干行：一次出现的行过多。
engine-log-bytes-left-out = 此处省略了{ $count }字节的日志：一次出现的内容过多。

## How long the gateway runs
engine-uptime-short = 不到一分钟
engine-uptime-minutes = { $count }分钟
engine-uptime-hours = { $count }小时
engine-uptime-days = { $count }天

## Settings and the disk
engine-settings-unread = 部分设置无法读取：{ $faults }。
engine-settings-unread-next = 将使用其默认值。
engine-between = ，
engine-settings-no-object = 内容不是JSON对象
engine-settings-unknown = “{ $name }”的值无法识别
engine-disk-behind = 无法保存最近的更改：磁盘写入速度跟不上。
engine-disk-behind-next = 请在关闭MultiClaw之前复制刚刚撰写的内容。

## A desktop
engine-no-threads = 无法打开{ $name }：系统不再提供线程。
engine-no-threads-next = 请关闭其他程序后重试。

## What an unattended screen waits for
engine-kiosk-again = 此屏幕会自动重试。
engine-kiosk-signing-in = 正在登录。
engine-kiosk-signed-out = 此屏幕未登录。
engine-kiosk-enrol-next = 管理员需要在此计算机上运行multiclaw enroll。
engine-kiosk-no-cloud = 无法连接到云端。
engine-kiosk-not-added = 此屏幕尚未添加。
engine-kiosk-no-workspace-next = 管理员需要将其添加到工作区。
engine-kiosk-no-workspace = 此屏幕的账户不属于任何工作区。
engine-kiosk-connecting = 正在连接MultiClaw。
engine-kiosk-looking = 正在查找{ $name }。
engine-kiosk-no-desktop-next = 一旦有桌面使用此名称，就会在此显示。
engine-kiosk-no-desktop = 没有名为{ $name }的桌面。
engine-kiosk-off-next = 它开启后会立即在此显示。
engine-kiosk-off = { $name }已关闭。
engine-kiosk-starting = { $name }正在启动。
engine-kiosk-unstable = 与{ $name }的连接不稳定。
engine-kiosk-opening = 正在连接{ $name }。

## Updates
engine-update-later-next = 稍后会重试。
engine-update-choose = 选择更新及其签名（.minisig）
engine-update-signs-versions = 为新版本签名
engine-update-signs-list = 为版本列表签名

## What keeps the program within its bounds
engine-safety-core-dumps = 不转储内存
engine-safety-core-dumps-text = MultiClaw崩溃时，系统不会将其内存写入磁盘。
engine-safety-helper = 专用的辅助进程
engine-safety-helper-text = 一个小型的第二进程负责启动openclaw和您的浏览器、显示文件对话框并打开您选择的内容。它不接受MultiClaw的任何其他请求。
engine-safety-files = 文件
engine-safety-files-text = MultiClaw只在自己的文件夹中写入，并且只读取这些文件夹和系统文件夹。它无法接触您的文档、密钥和其他程序的数据。
engine-safety-programs = 不启动其他程序
engine-safety-programs-text = MultiClaw自身无法启动任何程序。
engine-safety-ports = 不开放端口
engine-safety-ports-text = MultiClaw无法等待来自外部的TCP连接。
engine-safety-signals = 不向其他程序发送信号
engine-safety-signals-text = MultiClaw无法结束或干扰您的其他程序。
engine-safety-calls = 不使用不必要的系统调用
engine-safety-calls-text = MultiClaw无法窥视其他程序、挂载文件系统、加载内核模块等。

## What connections are for
engine-purpose-api = MultiClaw Cloud（API）
engine-purpose-api-when = 登录时，以及保持登录期间。
engine-purpose-api-sent = 您的登录信息，以及您要求云端显示或更改的内容。
engine-purpose-api-blocked = 您无法登录，也无法显示工作区的任何内容。
engine-purpose-realtime = MultiClaw Cloud（实时）
engine-purpose-realtime-when = 保持登录期间。
engine-purpose-realtime-sent = 一个短期令牌，以及用于建立云桌面的消息。
engine-purpose-realtime-blocked = 状态不会自动更新，也无法打开云桌面。
engine-purpose-desktop = 云桌面
engine-purpose-desktop-protocol = UDP，或基于TCP的TLS
engine-purpose-desktop-when = 从打开云桌面到离开为止。
engine-purpose-desktop-sent = 桌面的画面，以及您的键盘和指针操作，均经过端到端加密。
engine-purpose-desktop-blocked = 如果网络同时阻止了直接连接，云桌面可能无法打开。
engine-purpose-updates = 更新
engine-purpose-updates-when = 程序启动时、每天一次，以及您检查更新时。您使用桌面时绝不进行，没有密钥的构建版本也绝不进行。
engine-purpose-updates-sent = 程序的版本、操作系统和处理器类型。不含账户信息，不含使用数据。
engine-purpose-updates-blocked = 程序仍可继续工作，您可以从MultiClaw网站手动更新。
engine-purpose-progress = 实时进度（Pusher）
engine-purpose-progress-when = 生成标准流程或编译技能期间。
engine-purpose-progress-sent = 进度频道的名称。不含任务内容。
engine-purpose-progress-blocked = 不显示实时进度。工作仍会在后台完成。
engine-purpose-titles = 链接标题
engine-purpose-titles-when = 聊天消息包含网址时。
engine-purpose-titles-sent = 该网址。
engine-purpose-titles-blocked = 聊天消息中的网址不会显示网页标题。
engine-purpose-icons = 网站图标
engine-purpose-icons-when = 聊天消息显示带有网址的工具调用时。
engine-purpose-icons-sent = 该网址的域名。
engine-purpose-icons-blocked = 聊天消息中的工具调用不会显示网站图标。
engine-purpose-gateway = OpenClaw网关（此计算机）
engine-purpose-gateway-when = 此计算机上装有OpenClaw时，在程序运行期间。
engine-purpose-gateway-sent = 您发给自己智能体的消息。这些消息绝不会离开此计算机。
engine-purpose-gateway-blocked = 您无法与此计算机上的智能体交谈。

## Dates and times
engine-day-and-time = { $month }{ $day }日 { $time }
engine-date = { $year }年{ $month }{ $day }日
engine-date-and-time = { $year }年{ $month }{ $day }日 { $time }
engine-short-january = 1月
engine-short-february = 2月
engine-short-march = 3月
engine-short-april = 4月
engine-short-may = 5月
engine-short-june = 6月
engine-short-july = 7月
engine-short-august = 8月
engine-short-september = 9月
engine-short-october = 10月
engine-short-november = 11月
engine-short-december = 12月
engine-january = 1月
engine-february = 2月
engine-march = 3月
engine-april = 4月
engine-may = 5月
engine-june = 6月
engine-july = 7月
engine-august = 8月
engine-september = 9月
engine-october = 10月
engine-november = 11月
engine-december = 12月

## Links into the program
engine-link-too-long = 链接过长，因此未打开。
engine-link-scheme = 链接不是以multiclaw://开头，因此未打开。
engine-link-place = 链接未指向MultiClaw的任何部分，因此未打开。它必须指向桌面、聊天、对话或设置页面。
engine-link-extra = 链接包含的内容不止是位置的名称，因此未打开。
