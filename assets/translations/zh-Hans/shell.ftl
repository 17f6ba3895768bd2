## Screens

shell-chat = 聊天
shell-conversations = 对话
shell-tasks = 任务
shell-agents = 智能体
shell-documents = 标准流程与技能
shell-desktops = 云桌面
shell-users = 用户
shell-gateway = 网关
shell-settings = 设置

## Sidebar

shell-sidebar-expand = 展开侧边栏
shell-sidebar-collapse = 收起侧边栏
shell-workspace = 工作区
shell-workspace-named = 工作区{ $name }
shell-no-workspace = 没有工作区
shell-this-machine-only = 仅在本机
shell-find = 查找任何内容
shell-update-ready = 更新已就绪
shell-commands-wait = 有{ $count }条命令等待您确认
shell-sign-in = 登录
shell-unsent = { $count }条未发送
shell-unsent-why = 已保存在本机，能连上云端时发送。
shell-cloud-off = 未连接
shell-cloud-connecting = 正在连接…
shell-cloud-online = 在线
shell-cloud-offline = 离线，{ $seconds }秒后重试
# The state is one of those above.
shell-cloud-unsent = { $state }，{ $count }条未发送
shell-cloud-reconnect = { $state }：重新连接
# The problem is a whole sentence.
shell-cloud-try-now = { $problem }点击立即重试。

## Menus of the workspace and of the account

shell-workspaces = 工作区
shell-workspaces-none = 您不属于任何工作区。所有者可以邀请您。
shell-waits-for-cloud = 无法连接到云端。恢复连接后才能执行此操作。
shell-account = 账号
shell-owner = 所有者
shell-member = 成员
shell-owner-of = { $workspace }的所有者
shell-member-of = { $workspace }的成员
shell-settings-open = 设置…
shell-change-password-open = 更改密码…
shell-sign-out = 退出登录
shell-sign-out-question = 现在退出登录吗？
shell-sign-out-text = 您在这里写的{ $count }项内容尚未送达工作区。这些内容保留在这台电脑上，待您再次登录时发送。
shell-sign-out-anyway = 仍然退出登录
shell-cancel = 取消

## While the cloud cannot be reached

shell-try-now = 立即重试
shell-trying-again = 将在{ $seconds }秒后重试。
shell-offline = 离线
shell-offline-why = 无法连接到云端。此处显示的是最近一次获知的内容。
shell-works-again = 无法连接到云端。云端恢复后即可继续使用。
shell-continues = 连上云端后会立即继续。

## A link to a place in the program that cannot be followed

shell-link-no-page = 链接所指的设置页面在这里不存在。
shell-link-no-workspace = 云桌面属于工作区。
shell-link-sign-in = 请先登录，再重新打开链接。
shell-link-desktop-offline = 链接所指的桌面不在线。
shell-link-desktop-start = 请先启动它。
shell-link-no-desktop = 此工作区中没有链接所指名称的桌面，或者有多个同名桌面。
shell-link-no-chat = 这台电脑上的网关没有链接所指名称的对话。
shell-link-no-gateway = 这台电脑上的网关未运行。
shell-link-start-gateway = 请先启动网关，再重新打开链接。
shell-link-no-conversation = 链接所指的对话不在列表中。

## Command palette

shell-palette = 命令面板
shell-palette-find = 查找任何内容并前往
shell-palette-none = 没有匹配的名称。
shell-kind-action = 操作
shell-kind-settings = 设置
shell-kind-conversation = 对话
shell-kind-chat = 聊天
shell-kind-desktop = 云桌面
shell-kind-desktop-starting = 云桌面，正在启动
shell-kind-desktop-offline = 云桌面，离线
shell-kind-agent = 智能体
shell-kind-sop = 标准流程
shell-kind-skill = 技能
shell-kind-task = 任务
shell-go-to = 前往{ $screen }
shell-settings-page = 设置：{ $page }
shell-stop-turn = 停止当前轮次
shell-new-chat = 新建聊天
shell-new-chat-with = 与{ $agent }新建聊天
shell-restart-gateway = 重启网关
shell-start-gateway = 启动网关
shell-new-conversation = 新建对话
shell-new-task = 新建任务
shell-theme-system = 主题：跟随系统
shell-theme-light = 主题：浅色
shell-theme-dark = 主题：深色
shell-webrtc-automatic = WebRTC连接模式：自动
shell-webrtc-relay = WebRTC连接模式：TURN中继
shell-check-updates = 检查更新
shell-refresh = 刷新
shell-reconnect = 重新连接云端
shell-switch-to = 切换到{ $workspace }
shell-change-password = 更改密码
shell-open-desktop = 打开{ $name }

## Parts of several screens

shell-moment = 请稍候。
shell-try-again = 重试
shell-close = 关闭
shell-dismiss = 关闭通知
shell-hide-note = 隐藏此提示
# How much is typed, and how much can be sent.
shell-field-size = { $size } / { $most } KiB

## Unattended screen

shell-unattended-title = 设置此屏幕
shell-unattended-how = 工作区的所有者在“设置”的“无人值守屏幕”中添加此屏幕，并会看到一个代码。
shell-unattended-code = 注册码
shell-unattended-code-hint = 所有者看到的代码
shell-unattended-enrol = 注册本机
shell-unattended-enrolling = 正在注册…
shell-unattended-key = 本机保存自己的密钥，不保存任何人的密码。
shell-unattended-name = 此屏幕
shell-unattended-anew = 输入新代码
shell-unattended-retry = 将在{ $seconds }秒后重试。
shell-unattended-connecting = 正在连接{ $server }…
shell-unattended-none = 没有可显示的内容
shell-unattended-none-why = 此屏幕显示的内容由工作区的所有者选择。
shell-unattended-show = 显示{ $name }
shell-unattended-online = 在线
shell-unattended-starting = 正在启动
shell-unattended-offline = 离线
