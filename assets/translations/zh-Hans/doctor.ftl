# 检查所有必须正常工作的部分（“诊断”页面以及multiclaw doctor命令）。

## 检查的内容

doctor-step-dns = 名称查询
doctor-step-proxy = 代理
doctor-step-tls = 安全连接
doctor-step-sign-in = 登录
doctor-step-realtime = 实时连接
doctor-step-session = 桌面会话
doctor-step-stun = UDP（STUN）
doctor-step-turn-udp = UDP中继
doctor-step-turn-tls = TLS中继
doctor-step-turn-tcp = TCP中继
doctor-step-frames = 桌面画面
doctor-step-openclaw = OpenClaw程序
doctor-step-openclaw-configuration = OpenClaw设置
doctor-step-gateway = 网关
doctor-step-folders = 文件夹和磁盘
doctor-step-graphics = 图形
doctor-step-file-dialogs = 文件对话框
doctor-step-notifications = 通知

## 检查过程和结论

doctor-run-again = 请重新运行检查。
doctor-broke = 此项无法检查。
doctor-too-long = { $seconds }秒内没有得到结果。
doctor-needs-failed = 此项需要“{ $step }”，但该项失败了。
doctor-needs-skipped = 此项需要“{ $step }”，但该项被跳过了。
doctor-stopped-before = 检查在此项之前停止了。
doctor-stopped = 检查尚未完成就停止了。
doctor-stopped-next = 请重新运行。
doctor-verdict-good = 检查过的项目全部正常。
doctor-verdict-not-all = 检查过的项目全部正常。{ $detail }
doctor-verdict-warning = 必需的部分正常。{ $step }：{ $detail }
doctor-verdict-skipped = 能检查的项目正常。“{ $step }”以及依赖它的项目被跳过：{ $detail }
doctor-verdict-failed = “{ $step }”失败：{ $detail }

## 提供给协助者的文件

doctor-file-title = MultiClaw检查，{ $time }
doctor-file-system = { $system }，{ $arch }
doctor-file-private = 已去除隐私内容：[secret]、[private]、[e-mail]、地址。
doctor-file-settings = 设置
doctor-file-connections = 连接（最新的在最后）：时间、用途、目标、结果
doctor-file-log = 日志的最后几行
doctor-nothing-to-export = 还没有可写入的内容。
doctor-nothing-to-export-next = 请先运行检查。

## 网络

doctor-no-cloud = { $cloud }不是云端的地址。
doctor-no-cloud-next = 地址的形式类似于：https://cloud.example.com。
doctor-proxy-unreadable = 名称本应由代理查询，但该代理不可用。
doctor-address = 云端以地址指定，因此无需查询名称。
doctor-names-by-proxy = 名称由代理{ $proxy }查询，因此本机无需查询。
doctor-name = { $host }有{ $count }个地址
# 上述两项之间。
doctor-names-between = ，
# 由上述各项组成的列表。
doctor-names = { $hosts }。
doctor-no-proxy = 未设置代理，因此直接连接。
doctor-proxy = 通过变量{ $variable }中的代理{ $proxy }可以到达云端。连接本机时不使用该代理。
doctor-proxy-not-for = 已设置{ $variable }，但NO_PROXY排除了{ $host }，因此直接连接。
doctor-proxy-for-loopback = 连接本机时也会使用代理{ $proxy }。
doctor-proxy-for-loopback-next = 请将127.0.0.1添加到NO_PROXY变量中。
doctor-tls = { $host }出示的证书受本机信任，双方时钟也相符。

## 账户

doctor-signed-in = 云端接受已保存的登录信息。
doctor-signed-out = 您尚未登录。
doctor-signed-out-next = 请登录后重新运行检查。
doctor-session-unreadable = 无法读取已保存的登录信息：{ $why }。
doctor-session-unreadable-next = 请重新登录。
doctor-online = 与云端的实时连接可以打开，云端已应答。

## 与桌面的会话

doctor-session =
    { $servers ->
        [0] 云端打开了与{ $desktop }的会话，但没有给出中继。
       *[other] 云端打开了与{ $desktop }的会话，并给出了{ $servers }个中继。
    }
doctor-no-session = 云端没有答复打开会话的请求。
doctor-no-session-next = 请过几分钟重试。如果问题持续存在，请告知云端的运营方。
doctor-none-online = 没有在线的云桌面，而云端只有在有云桌面在线时才给出中继。
doctor-none-online-next = 请启动一个桌面，然后重新运行检查。
doctor-no-such-desktop = 此工作区中没有名为{ $name }的云桌面。
doctor-no-such-desktop-next = 请在桌面列表中核对名称。
doctor-desktop-offline = { $name }已离线。
doctor-desktop-offline-next = 请启动它，或检查它的守护程序是否在运行并能连接到云端。

## 中继

doctor-mode-without-udp = WebRTC连接模式设置为TURN中继，不使用UDP。
doctor-no-udp-server = 云端没有给出可通过UDP访问的服务器。
# 通过UDP、TCP或TLS。
doctor-no-relay = 云端没有给出可通过{ $way }访问的中继。
# 下面各句中的服务器，例如：turn.multiclaw.io（UDP端口3478）
doctor-server = { $host }（{ $way }端口{ $port }）
doctor-milliseconds = { $count }毫秒
doctor-bound = { $server }在{ $time }后应答。
doctor-relayed = { $server }在{ $time }内完成了一个数据包的往返。
doctor-allocated = { $server }在{ $time }后给出了分配。它不会向自身发送，因此没有发送数据包。
doctor-udp-silent = { $server }没有任何回应。
doctor-udp-silent-next = UDP可能被防火墙拦截。请让IT团队放行到{ $host }的UDP端口{ $port }，或在“设置”“网关”“浏览器自动化”中将WebRTC连接模式设置为TURN中继。
doctor-silent = { $server }接受连接后没有任何回应。
doctor-server-broke = { $server }中断了连接。
doctor-in-its-place = 途中可能有其他设备代为应答。请让IT团队不要检查发往它的流量。
doctor-credentials-refused = { $server }不接受云端给出的凭据（代码{ $code }）。
doctor-credentials-refused-next = 请检查本机的日期和时间。如果无误，请告知云端的运营方：云端的中继密钥可能与中继的不一致。
doctor-allocation-refused = { $server }没有容纳新连接的余量（代码{ $code }）。
doctor-allocation-refused-next = 请稍后重试。如果问题持续存在，请告知中继的运营方。

## 桌面的画面

doctor-not-opened = 未指定桌面，因此没有打开桌面。
doctor-not-opened-next = 请选择一个桌面，查看能否收到其画面。
doctor-no-thread = 系统没有为解码器提供线程：{ $why }。
# 下面三句中的桌面及其画面大小。
doctor-desktop-size = { $desktop }（{ $width } × { $height }）
doctor-picture = { $desktop }的首个画面在{ $time }后到达。
doctor-picture-relayed = { $desktop }的首个画面在{ $time }后通过中继到达。
doctor-picture-direct = { $desktop }的首个画面在{ $time }后通过直连到达。
doctor-round-trip = 往返一次需要{ $time }。
doctor-no-round-trip = 未能及时测出往返时间。
doctor-no-picture = { $desktop }有应答，但没有画面。
doctor-no-picture-next = 请查看该桌面守护程序的日志。
doctor-desktop-left = { $desktop }在打开过程中断开了。
doctor-desktop-left-next = 请检查它的守护程序是否在运行，然后重新运行检查。

## OpenClaw

doctor-gateway-not-looked-for = 此处不检查网关。
doctor-no-openclaw = 本机没有安装OpenClaw。
doctor-no-openclaw-next = 安装后即可与您自己的智能体对话。
doctor-openclaw = 已安装OpenClaw { $version }。
doctor-no-configuration = OpenClaw还没有配置。
doctor-no-configuration-next = 请在终端中进行设置：openclaw setup。
doctor-configuration-odd-next = 请用以下命令检查：openclaw doctor。
doctor-configuration = openclaw.json正常：本机端口{ $port }，没有令牌。
doctor-configuration-token = openclaw.json正常：本机端口{ $port }，有令牌。
doctor-gateway-silent = 本机端口{ $port }没有应答。
doctor-gateway-silent-next = 请在网关页面启动网关，或在终端中运行：openclaw gateway start。
doctor-gateway-status = 在本机端口{ $port }应答的不是网关，或者网关不正常（状态{ $status }）。
doctor-gateway-status-next = 请查看网关日志，或查看端口被什么占用：openclaw gateway status。
doctor-no-gateway = 在本机端口{ $port }应答的不是网关：{ $why }。
doctor-no-gateway-next = 请查看端口被什么占用：openclaw gateway status。
# 该值是一句话：什么属于其他用户。
doctor-foreign = { $what }没有向它透露任何信息。
doctor-foreign-next = 请结束该程序，或选择其他端口：openclaw.json中的gateway.port。
doctor-gateway-answers = 它在端口{ $port }应答，属于您，并且认识此设备。
doctor-not-paired = 它在端口{ $port }应答，并且属于您。此设备尚未配对。
doctor-not-paired-next = 请打开网关页面，按其中的说明操作。
doctor-device-unreadable = 它在端口{ $port }应答。无法读取保存此设备密钥的文件。
doctor-device-unreadable-next = 程序连接时会重新配对此设备。

## 本机

doctor-folder-open = 本机的其他用户可以查看{ $name }（{ $mode }）。
doctor-folder-open-next = 其中保存着令牌和对话。请设为仅您可访问：chmod 700 { $name }。
doctor-folder = 文件夹{ $name }无法使用：{ $why }。
doctor-folder-next = 请检查该文件夹的所有者和权限。
doctor-folder-foreign-next = 请将它的所有者改为您自己的用户：chown。
doctor-folder-file-next = 请移走同名文件。
doctor-folders = 这些文件夹仅您可以访问。
doctor-folders-free = 这些文件夹仅您可以访问。可用空间为{ $size }。
doctor-disk-full = ~/.multiclaw所在的磁盘仅剩{ $size }可用空间。
doctor-disk-full-next = 请清理磁盘空间。
doctor-graphics-not-looked-at = 未检查图形设备。
doctor-no-graphics = 未找到图形设备，连软件模拟的也没有。
doctor-no-graphics-next = 请安装驱动程序（在Debian和Ubuntu上：mesa-vulkan-drivers）。
doctor-graphics = { $name }（{ $backend }），画面每边最多{ $pixels }像素。
doctor-graphics-small-next = 无法显示更大的桌面。请更新驱动程序。
doctor-graphics-software = { $name }（{ $backend }），画面每边最多{ $pixels }像素。图形设备由处理器模拟。
doctor-graphics-software-next = 显示画面会占用更多处理器资源。请安装图形设备的驱动程序。
doctor-dialogs-shown = 系统可以显示文件对话框。
doctor-notifications-shown = 系统可以显示通知。
doctor-no-window = 此处没有可供检查的桌面环境。
