## The list

chat-chat = 聊天
chat-all-agents = 全部智能体
chat-agents-count = { $count }个智能体
chat-agent-is = 智能体：{ $agent }
chat-new = 新建聊天
chat-new-tip = 新建聊天（Ctrl+N）
chat-new-with = 与指定智能体新建聊天…
chat-new-with-head = 新建聊天，对象为
chat-new-with-tip = 与您选择的智能体新建聊天
chat-search = 搜索对话
chat-search-clear = 清除搜索
chat-search-again = 重新搜索
chat-search-none = 没有对话包含“{ $text }”。
chat-searching = 正在搜索…
chat-nothing-found = 未找到任何内容
chat-list-loading = 正在加载对话…
chat-list-loading-earlier = 正在加载更早的对话…
chat-list-none = 还没有对话
chat-list-none-text = 您开始的对话会显示在这里。
chat-row-more = 此对话的更多操作
chat-row-pinned = 已置顶
chat-row-unread = 未读
chat-row-waiting = 等待您批准
chat-row-running = 运行中
chat-row-approve = 待批准
chat-row-empty = 还没有消息
chat-running = 运行中

## No conversation is open

chat-none-title = 开始您的第一次聊天
chat-none-text = 您的智能体在此电脑上运行，并在这里回复。
chat-not-open-title = 未打开聊天
chat-not-open-text = 从列表中选择一个，或新建一个。
chat-begin = 开始聊天

## What is done with a conversation

chat-pin = 置顶
chat-unpin = 取消置顶
chat-rename = 重命名
chat-delete = 删除
chat-empty = 清空
chat-cancel = 取消
chat-close = 关闭
chat-copy = 复制
chat-try-again = 重试
chat-menu-find = 查找…
chat-menu-rename = 重命名…
chat-menu-empty = 清空…
chat-menu-delete = 删除…
chat-compact = 压缩
chat-compact-means = 生成摘要
chat-export-markdown = 导出为Markdown…
chat-export-json = 导出为JSON…
chat-exporting = 正在导出…
chat-export-so-far = 目前已有{ $count }条
chat-exported = 已导出到{ $file }
chat-delete-question = 删除此对话？
chat-delete-text = “{ $title }”。它及其中的全部内容将从网关删除。此操作无法撤销。
chat-empty-question = 清空此对话？
chat-empty-text = “{ $title }”。智能体会忘记其中的全部内容。此操作无法撤销。
chat-rename-title = 重命名此对话
chat-title = 标题
chat-title-is = 标题：{ $title }
chat-title-note = 留空则由网关选择标题。

## The bar above a conversation

chat-back = 返回列表
chat-more = 更多
chat-more-actions = 更多操作
chat-with = 与{ $agent }对话
chat-model = 模型
chat-model-is = 模型：{ $model }
chat-model-own = 智能体自身的模型
chat-model-default = 默认模型
chat-model-not-available = 不可用
chat-thinking = 思考
chat-thinking-is = 思考：{ $level }
chat-thinking-own = 由模型决定
chat-level-default = 默认
chat-level-off = 关闭
chat-level-minimal = 极低
chat-level-low = 低
chat-level-medium = 中
chat-level-high = 高
chat-level-very-high = 极高
chat-level-max = 最高
chat-level-adaptive = 自适应
chat-permissions = 权限
chat-permissions-are = 权限：{ $permissions }
chat-may-default = 默认权限
chat-may-default-means = 按网关的设置
chat-may-read = 只读
chat-may-read-means = 不更改此电脑上的任何内容
chat-may-ask = 先询问
chat-may-ask-means = 运行命令前先询问您
chat-may-checked = 由模型检查
chat-may-checked-means = 每条命令先由模型检查
chat-may-all = 完全访问
chat-may-all-means = 运行任何内容都不询问
chat-context-short = { $used } / { $all }
chat-context = 上下文：已用{ $used }个词元，共{ $all }个

## Finding text

chat-find = 在此对话中查找
chat-find-tip = 在此对话中查找（Ctrl+F）
chat-find-place = 第{ $at }处，共{ $count }处
chat-find-looking = 正在查找…
chat-find-previous = 上一处
chat-find-previous-tip = 上一处（Shift+Enter）
chat-find-next = 下一处
chat-find-next-tip = 下一处（Enter）
chat-find-close = 关闭查找

## The conversation

chat-conversation = 对话
chat-loading = 正在加载消息…
chat-first-title = 写给{ $agent }
chat-first-text = 提出问题、交办任务，或将文件拖放到这里。命令以斜杠开头。
chat-earlier-loading = 正在加载更早的消息…
chat-earlier-offline = 网关可以连接时会加载更早的消息。
chat-earlier-failed = 无法加载更早的消息。
chat-newest = 跳到最新
chat-new-below = 下方有{ $count }条新内容
chat-today = 今天
chat-you = 您
chat-sending = 正在发送…
chat-steered = 已发送到正在运行的轮次
chat-send-again = 重新发送
chat-show-all = 显示全部
chat-show-less = 收起
chat-copy-message = 复制消息
chat-copy-answer = 复制回复
chat-change = 修改并重新发送
chat-ask-again = 重新提问
chat-retry = 重试
chat-turn-runs = 有轮次正在运行。
chat-doing-since = { $doing }  ·  始于{ $since }
chat-stopping = 正在停止…
chat-stopped = 已停止
chat-thinking-now = 正在思考…
chat-thinking-now-show = 正在思考…：显示
chat-thinking-now-hide = 正在思考…：隐藏
chat-thought = 思考过程
chat-thought-show = 思考过程：显示
chat-thought-hide = 思考过程：隐藏

## Tool calls

chat-tool-waiting = 等待您处理
chat-tool-done = 已完成
chat-tool-failed = 失败
chat-tool-denied = 已拒绝
chat-tool-exit = 退出码{ $code }
chat-tool-exit-code = 退出代码{ $code }
chat-tool-input = 输入
chat-tool-output = 输出
chat-tool-said-nothing = 没有输出。
chat-tool-cut = 还有{ $size }未显示。
chat-tool-load-all = 全部加载

## Commands that wait for an approval

chat-approval-question = 运行此命令？
chat-approval-hidden = 命令中含有不可见字符，已用转义形式写出并标记。
chat-approval-folder = 文件夹
chat-approval-program = 程序
chat-approval-runs-on = 运行于
chat-approval-this-computer = 此电脑
chat-approval-once = 允许一次
chat-approval-always = 始终允许
chat-approval-deny = 拒绝
chat-approval-until = 等待至{ $time }
chat-approval-sending = 正在发送答复…
chat-approval-on-its-way = 答复正在发送途中。
chat-approval-said = 运行此命令？{ $command }
chat-approval-said-in = 运行此命令？{ $command }，文件夹：{ $folder }
chat-approval-said-with = 运行此命令？{ $command }，程序：{ $program }
chat-approval-said-in-with = 运行此命令？{ $command }，文件夹：{ $folder }，程序：{ $program }
chat-waits-command = 等待您批准：{ $command }
chat-waits-show = 显示
chat-waits-elsewhere = “{ $title }”中有命令在等待
chat-waits-open = 打开
chat-waits-more = 其他对话中还有{ $count }条命令在等待

## Writing a message

chat-write = 输入消息
chat-write-anew = 重新撰写
chat-message = 消息
chat-changing = 正在修改消息。其后的内容将被替换。
chat-send = 发送
chat-send-tip = 发送（Enter）
chat-stop = 停止
chat-send-when = 发送时机：{ $when }
chat-send-now = 立即发送
chat-send-now-means = 加入正在运行的轮次
chat-send-after = 本轮之后
chat-send-after-means = 作为单独的轮次
chat-foot-command = 这是给网关的命令。按Enter发送。
chat-foot-enter = 按Enter发送，按Shift+Enter换行。
chat-too-long = 太长，无法发送：{ $size }，最多{ $most }。
chat-too-long-cut-off = 太长，无法发送：{ $size }，最多{ $most }。粘贴内容的末尾已被截断。

## Files and pictures

chat-file = 文件
chat-picture = 图片
chat-attach = 添加文件
chat-attach-desktop = 添加桌面截图
chat-attach-desktop-tip = 添加{ $desktop }的截图
chat-limits-both = 文件最大{ $files }，图片最大{ $pictures }。
chat-limits-files = 文件最大{ $files }。
chat-limits-none = 添加文件和图片。
chat-attachments-bad = 请移除无法发送的内容，然后再发送消息。
chat-attachment-bad = 无法发送
chat-attachment-reading = 正在读取…
chat-attachment-still-read = 仍在读取{ $file }。
chat-attachment-remove = 移除
chat-attachment-remove-named = 移除{ $file }
chat-drop = 拖放文件，发送给{ $agent }
chat-bytes = { $count }字节
chat-kilobytes = { $count } KB
chat-megabytes = { $count } MB

## Why nothing can be sent

chat-blocked-not-installed = 此电脑上未安装OpenClaw。
chat-blocked-stopped = 网关未运行。
chat-blocked-refused = 网关不允许此程序接入。
chat-blocked-restarting = 网关正在重启，之后即可继续使用。
chat-blocked-connecting = 正在连接网关。
chat-blocked-waiting = 无法连接网关。网关恢复后即可继续使用。

## The gateway

chat-gateway-looking = 正在查找网关…
chat-gateway-connecting = 正在连接网关…
chat-gateway-moment = 请稍候。
chat-gateway-restarts = 网关正在重启
chat-gateway-restarts-text = 连接会自动恢复。重启开始于{ $seconds }秒前。
chat-gateway-again-in = 将在{ $seconds }秒后重试。
chat-gateway-not-installed = 此电脑上没有OpenClaw
chat-gateway-not-installed-text = OpenClaw在此电脑上运行您自己的智能体，此页面通过它的网关与之通信。请安装后再次查找，无需在这里进行任何设置。
chat-gateway-stopped = 网关未运行
chat-gateway-stopped-missing = 网关端口没有响应，并且PATH中找不到openclaw程序。请按照安装网关时的方式启动它，或安装该程序。
chat-gateway-stopped-text = 网关运行后，您的智能体就会回复。在此期间，您可以阅读已有的对话内容。
chat-gateway-how-install = 如何安装
chat-gateway-how-update = 如何更新
chat-gateway-about-access = 了解访问权限
chat-gateway-about-settings = 了解设置
chat-gateway-being-started = 正在启动网关。
chat-gateway-being-stopped = 正在停止网关。
chat-gateway-being-restarted = 正在重启网关。
chat-gateway-start = 启动网关
chat-gateway-starting = 正在启动…
chat-gateway-now = 立即重试
chat-gateway-copy = 复制命令

## Code and pictures in a text

chat-code = 代码
chat-copy-code = 复制代码
chat-copied = 已复制
chat-wrap = 换行
chat-wrap-name = 长行自动换行
chat-unwrap = 不换行
chat-unwrap-name = 长行不自动换行
chat-image = 图片：

## Beside an open desktop

chat-no-room = 窗口太窄，无法显示聊天。请将窗口调宽。

## Links that are followed

chat-link-busy = 未打开链接，因为有其他内容正打开着。
chat-link-busy-next = 请先退出，然后再次打开链接。
chat-link-not-reached = 无法访问链接所指的内容。
chat-link-signed-out = 需要登录才能打开此链接。
chat-link-signed-out-next = 请登录，然后再次打开。
