## Pages

settings-title = 设置
settings-page-general = 通用
settings-page-gateway = 网关
settings-page-desktops = 云桌面
settings-page-privacy = 隐私
settings-page-permissions = 权限
settings-page-network = 网络
settings-page-updates = 更新
settings-page-screens = 无人值守屏幕
settings-page-diagnostics = 诊断
settings-page-account = 账户

## On several pages

settings-cancel = 取消
# Between the names of a list.
settings-comma = 、

## General

settings-appearance = 外观
settings-theme = 主题
settings-theme-note = “系统”会跟随电脑的设置。
settings-theme-system = 系统
settings-theme-light = 浅色
settings-theme-dark = 深色
settings-language = 语言（Language）
settings-language-note = 尚未翻译的内容以英文显示。
settings-language-system = 系统
settings-scale = 界面大小
settings-scale-note = 除桌面画面外，对所有内容生效。这里的任何内容都不会自行移动。
settings-notifications = 通知
settings-notifications-desktop = 桌面通知
settings-notifications-note = 当较长的轮次结束，或有命令等待您确认，而窗口不在最前面时，MultiClaw会在桌面上通知您。

## Shortcuts

settings-keys = 键盘快捷键
settings-keys-find = 查找任何内容并前往
settings-keys-screens = 切换界面
settings-keys-screens-which = Ctrl+1至Ctrl+9
settings-keys-full-screen = 全屏
settings-keys-scale = 放大、缩小、恢复原样
settings-keys-scale-which = Ctrl+加号、Ctrl+减号、Ctrl+0
settings-keys-talk = 在聊天和对话中
settings-keys-talk-new = 新建
settings-keys-talk-find = 在打开的对话中查找，或搜索全部
settings-keys-talk-send = 发送消息
settings-keys-talk-line = 另起一行
settings-keys-talk-list = 在列表中：重命名、删除
settings-keys-talk-list-which = F2、Delete
settings-keys-desktop = 在打开的桌面中
settings-keys-desktop-chat = 显示或隐藏旁边的聊天
settings-keys-desktop-picture = 将画面放入聊天
settings-keys-desktop-toolbar = 显示工具栏
settings-keys-desktop-full-screen-which = Ctrl+Alt+Enter或F11

## Gateway

settings-gateway = OpenClaw网关
settings-gateway-open = 打开网关
settings-browser-automation = 浏览器自动化
settings-webrtc = WebRTC连接模式
settings-webrtc-automatic = 自动
settings-webrtc-automatic-note = 自动模式先尝试直接连接，再尝试UDP中继，最后尝试TCP端口443。
settings-webrtc-relay = TURN中继
settings-webrtc-relay-note = 所有数据都经过TCP端口443。网络屏蔽UDP时请选择此项。

## Cloud desktops

settings-picture = 画面
settings-scaling = 缩放
settings-scaling-fit = 适应窗口
settings-scaling-fit-note = 始终显示整个桌面。
settings-scaling-actual = 实际大小
settings-scaling-actual-note = 桌面的一个像素对应屏幕的一个像素。较大的桌面会移动。
settings-quality = 质量
settings-quality-low = 省流量
settings-quality-low-note = 每秒最多10帧画面，较粗糙。
settings-quality-balanced = 均衡
settings-quality-balanced-note = 每秒最多30帧画面。
settings-quality-sharp = 清晰
settings-quality-sharp-note = 每秒最多60帧画面，较精细。
settings-power = 低功耗
settings-power-automatic = 自动
settings-power-automatic-on = 已开启：这台电脑没有图形设备，或只有一个核心。每秒最多12帧画面。
settings-power-automatic-off = 已关闭：这台电脑的性能足够。
settings-power-full = 全速
settings-power-full-note = 已关闭：画面帧数以上面的质量设置为准。
settings-power-low = 低
settings-power-low-note = 已开启：无论质量如何，每秒最多12帧画面。
settings-stats = 统计信息
settings-stats-note = 在打开的桌面上显示连接数据。
settings-input = 输入
settings-keyboard = 键盘
settings-keyboard-typed = 键入的字符
settings-keyboard-typed-note = 字符按您的键盘布局，其他按键按位置。
settings-keyboard-positions = 按键位置
settings-keyboard-positions-note = 适用于游戏，或两端键盘布局相同的情况。

## Privacy

settings-privacy-network = 所有连接都列在“网络”页面中。
settings-sent = 发送给他方的内容
settings-link-titles = 链接标题
settings-link-titles-note = 消息中的链接会发送到api.microlink.io，由其返回网页标题。关闭后，链接以地址显示。
settings-site-icons = 网站图标
settings-site-icons-note = 链接的域名，以及智能体用工具打开的网页的域名，会发送到www.google.com，由其返回网站图标。关闭后，链接和工具调用没有图标。
settings-live-progress = 实时进度
settings-live-progress-note = 生成标准流程或技能时，进度经由pusher.com传来，其中不含任何内容。关闭后，只显示结果。
settings-stays = 留在这台电脑上的内容
settings-crash-log-keep = 保留崩溃日志
settings-crash-log-keep-note = MultiClaw的某个部分出错时，经过会写入~/.multiclaw/crash.log，不含姓名、消息和密钥。它绝不会被自动发送；您可以自行查看和发送。
settings-crash-log = 崩溃日志
settings-crash-log-facts = { $count }次崩溃，最近一次：{ $newest }。{ $kilobytes } kB。
settings-crash-log-delete = 删除崩溃日志

## Permissions

settings-permissions-about = MultiClaw可以接触的自身内存以外的一切，以及其中哪些部分可以接触。未在此列出的都会被拒绝。
settings-permissions-no-sandbox = 沙箱已关闭。
settings-permissions-no-sandbox-next = MultiClaw启动时带有--no-sandbox。除非您在查找故障原因，否则请去掉它再启动。
settings-permissions-refused = MultiClaw拒绝了自身的某个操作。这是MultiClaw的故障，请报告。
settings-permissions-refused-what = { $what }。
settings-permissions-who = { $names }。
settings-permissions-who-more = { $names }，以及另外{ $count }项。
settings-permissions-few = 收起
settings-permissions-all = 显示全部{ $count }项
settings-sandbox-title = 这台电脑对MultiClaw的约束
settings-sandbox = 沙箱
settings-sandbox-unknown = 没有相关信息。
settings-sandbox-held = 已生效
settings-sandbox-not-held = 未生效
# What the sandbox would do, a whole sentence; and why it cannot.
settings-sandbox-not-here = { $what }在这台电脑上未生效：{ $why }。
settings-sandbox-folders = 可以写入的文件夹
settings-sandbox-landlock = Landlock版本

## Updates: what goes on

settings-updates-this = MultiClaw { $version }，适用于{ $target }
settings-updates-off = 更新已关闭
settings-updates-off-note = MultiClaw启动时未启用更新，例如在演示中。不会查找任何内容。
settings-updates-no-keys = 此构建不会自行更新
settings-updates-no-keys-note = 它构建时没有密钥，无法验证新版本，因此也不会查找。请构建较新的源代码，或从网站安装MultiClaw。
settings-updates-everybody = 已为这台电脑的所有用户安装
settings-updates-everybody-note = 您无法写入{ $folder }，因此不会下载任何内容。请由安装MultiClaw的人用网站上的安装包更新。
settings-updates-kept-by = 由{ $by }保持更新
settings-updates-dpkg = 请安装较新的软件包：sudo apt install ./multiclaw_VERSION.deb，可从MultiClaw网站获取。
settings-updates-rpm = 请安装较新的软件包：sudo dnf install ./multiclaw-VERSION.rpm，可从MultiClaw网站获取。
settings-updates-flatpak = 更新方法：flatpak update io.multiclaw.Desktop
settings-updates-snap = 更新方法：sudo snap refresh multiclaw
settings-updates-other-keeper = MultiClaw不会更改由其他程序管理的文件。请从获取此版本的地方获取新版本。
settings-updates-check = 检查更新
settings-updates-checking = 正在检查更新…
settings-updates-up-to-date = MultiClaw已是最新版本
settings-updates-available = 版本{ $version }可用
settings-updates-published = 发布于{ $date }。
settings-updates-size = 需下载{ $size }。
settings-updates-published-size = 发布于{ $date }。需下载{ $size }。
settings-updates-download = 下载
settings-updates-try-again = 再试一次
settings-updates-downloading = 正在下载版本{ $version }
settings-updates-got = { $got } MB
settings-updates-got-of = { $got } / { $of } MB
settings-updates-installing = 正在检查并解压…
settings-updates-installing-note = 解压任何内容之前都会先检查签名。
settings-updates-ready = 版本{ $version }已就绪
settings-updates-ready-note = 签名有效。无论何时，它将从下次启动起运行。如果它无法启动，当前版本会自动恢复。
settings-updates-restart = 立即重新启动
settings-updates-comes-back = 将恢复版本{ $version }
settings-updates-before-comes-back = 将恢复之前的版本
settings-updates-comes-back-note = 它将从下次启动起运行。
settings-updates-not-worked = 操作未成功
settings-updates-again = 重试
settings-updates-wait = 请等待当前操作结束，或将其取消。
settings-updates-new = 版本{ $version }的新内容

## Updates: by itself

settings-updates-by-itself = 自动进行
settings-updates-look = 查找并下载新版本
settings-updates-look-note = 在启动时以及每天一次。发送的只有版本和电脑类型（{ $version }、{ $target }），不含任何关于您的信息。您在使用桌面时绝不会进行。
settings-quiet = 免打扰时段
settings-quiet-note = 在此时段内，不会自动查找、下载或提示任何内容。
settings-quiet-by-rule = { $from }至{ $to }。由这台电脑的管理员设定。
settings-quiet-ends = 起止时间
settings-quiet-ends-note = 本地时间。
settings-quiet-begin = 免打扰时段开始，{ $time }
settings-quiet-end = 免打扰时段结束，{ $time }

## Updates: trust, and the way back

settings-updates-trust = 信任的内容
settings-updates-trust-note = 只有用其中一个密钥签名、适用于此类电脑，且比当前版本更新的版本才会被安装。
settings-updates-last-check = 上次成功的检查
settings-updates-never = 从未
settings-updates-key = 密钥{ $id }，以{ $begins }开头
settings-updates-other = 离线安装与回退
settings-updates-files = 从文件安装
settings-updates-files-note = 适用于无法联网的电脑：请选择压缩包及其.minisig文件。它们会像下载的内容一样接受检查。
settings-updates-files-choose = 选择文件…
settings-updates-keep = 保留版本{ $version }
settings-updates-keep-note = 下次启动时不再回退。
settings-updates-keep-act = 保留
settings-updates-back = 回退到版本{ $version }
settings-updates-back-note = 它在被替换时保留了下来。只能回退一步。
settings-updates-back-ask = 回退…
settings-updates-back-question = 回退到版本{ $version }？
settings-updates-back-text = 版本{ $version }可能修补了{ $previous }中的安全漏洞。它不会再被自动推荐，但更新的版本会。版本{ $previous }将从下次启动起运行。
settings-updates-back-act = 回退
settings-updates-back-keep = 保留此版本
settings-updates-failed = 不再推荐
settings-updates-version = 版本{ $version }

## Unattended screens: the list

settings-screens-about = 墙上或柜台上的屏幕无需任何人登录即可显示云桌面。它使用自己的密钥而不是密码，您可以随时将其移除。
settings-screens-add = 添加屏幕
settings-screens-refresh = 刷新
settings-screens-loading = 正在加载屏幕…
settings-screens-none = 还没有无人值守屏幕
settings-screens-none-note = 添加一个，然后在用于显示的机器上输入其代码。
settings-screens-no-desktop = 已没有桌面
settings-screens-another = 另一个桌面
settings-screens-controls = { $desktops } · 可以控制
settings-screens-views = { $desktops } · 仅查看
settings-screens-waits = 等待其机器，有效期至{ $until } · 由{ $creator }添加
settings-screens-not-seen = 已注册，尚未上线 · 由{ $creator }添加
settings-screens-seen = 上次在线：{ $time } · 由{ $creator }添加
# For screen readers: its name, what it shows, how it is.
settings-screens-row = { $name }。{ $shows }。{ $state }
settings-screens-remove = 移除
settings-screens-remove-name = 移除{ $name }
settings-screens-remove-question = 移除{ $name }？
settings-screens-remove-enrolled = 它显示的内容会立即结束，其密钥不再能打开任何内容。要再次使用这台机器，请添加屏幕并重新注册。
settings-screens-remove-waiting = 其代码将失效。
settings-screens-remove-act = 移除屏幕

## Unattended screens: adding one

settings-screens-add-title = 添加无人值守屏幕
settings-screens-name = 名称
settings-screens-name-hint = 屏幕所在的位置，例如“大厅”
settings-screens-desktops = 可以显示的桌面
settings-screens-no-desktops = 工作区中还没有云桌面。
settings-screens-may = 可以执行的操作
settings-screens-view = 仅查看
settings-screens-view-note = 它只显示画面。在那里键入的内容不会传到桌面。
settings-screens-control = 控制
settings-screens-control-note = 站在屏幕前的任何人都可以在这些桌面上键入和点击。
settings-screens-busy = 正在生成代码。
settings-screens-no-name = 请为屏幕命名。
settings-screens-choose = 请选择它可以显示的桌面。
settings-screens-most = 一个屏幕最多显示32个桌面。
settings-screens-make = 生成代码
settings-screens-adding = 正在添加…
settings-screens-added = 已添加{ $name }
settings-screens-run = 在该机器上运行此命令，然后输入代码。
settings-screens-enrolled = 该机器已注册。
settings-screens-once = 代码只显示一次，也只能使用一次，有效期至{ $until }。
settings-screens-copy-code = 复制代码
settings-screens-copy-command = 复制命令
settings-screens-copied = 已复制
settings-screens-done = 完成

## Diagnostics

settings-diagnostics-question = 有什么不正常吗？
settings-diagnostics-about = MultiClaw会检查网络、您的登录、通往云桌面的途径、网关和这台电脑，并指出哪里不正常。它不会发送任何平时不发送的内容。
settings-diagnostics-run = 运行检查
settings-diagnostics-again = 再次运行
settings-diagnostics-stop = 停止
settings-diagnostics-desktop = 同时打开一个桌面
settings-diagnostics-opened = 要打开的桌面：{ $name }
settings-diagnostics-none = 无
settings-diagnostics-copy = 复制
settings-diagnostics-copy-note = 以文本形式复制检查结果，包括其中的名称。
settings-diagnostics-save = 保存为文件
settings-diagnostics-save-note = 写入检查结果、设置、连接日志和日志的最后几行。机密、名称和地址会被去除。
settings-diagnostics-saving = 正在保存…
settings-diagnostics-saved = 已保存为{ $name }。
settings-diagnostics-checking = 正在检查，{ $over } / { $all }
settings-diagnostics-looking = 正在检查：{ $names }
settings-diagnostics-moment = 请稍候。
settings-diagnostics-failed = 有不正常之处
settings-diagnostics-warning = 可以使用，但有需要注意之处
settings-diagnostics-well = 一切正常
settings-diagnostics-stopped = 检查已停止
settings-diagnostics-checked = 检查时间：{ $time }
settings-diagnostics-running = 正在检查…
settings-diagnostics-seconds = { $seconds } 秒
settings-diagnostics-ms = { $ms } 毫秒
# A step, how it is, what was found, what to do.
settings-diagnostics-step = { $name }：{ $state }。
settings-diagnostics-step-found = { $name }：{ $state }。{ $found }。
settings-diagnostics-step-next = { $name }：{ $state }。{ $found }。{ $next }。

## Account

settings-account-name = 姓名
settings-account-email = 电子邮箱
settings-account-workspace = 工作区
settings-account-role = 角色
settings-account-owner = 所有者
settings-account-member = 成员
settings-password-change = 更改密码
settings-password-note = 您在其他所有地方的登录都会退出。
settings-password-current = 当前密码
settings-password-new = 新密码
settings-password-rule = 至少{ $least }个字符。
settings-password-rule-more = 至少{ $least }个字符：还差{ $more }个。
settings-password-show = 显示密码
settings-password-hide = 隐藏密码
settings-password-changing = 正在更改…
settings-password-changed = 您的密码已更改。
settings-password-offline = 无法连接到云端。
