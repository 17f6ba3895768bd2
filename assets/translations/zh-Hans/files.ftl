## Sizes
files-bytes = { $count }字节

## Files that are not attached
files-large = { $name }的大小为{ $size }；网关最多接受{ $limit }的文件。
files-large-next = 请选择较小的文件。
files-large-picture = 图片{ $name }的大小为{ $size }；网关最多接受{ $limit }的图片。
files-large-picture-next = 请将其缩小，或选择其他图片。
files-large-together = 加上此文件后，消息的大小为{ $size }；网关最多接受{ $limit }。
files-large-together-next = 请随下一条消息发送。
files-many = 一条消息最多包含{ $count }个文件。
files-many-next = 请先发送这些文件，其余的随下一条消息发送。
files-much = 已附加但尚未发送的文件总共不能超过{ $limit }。
files-much-next = 请发送在其他对话中已开始撰写的消息，或移除其中的文件。
files-folder = { $name }是文件夹。
files-folder-next = 请附加其中的文件，或附加它的压缩包。
files-no-file = { $name }是设备或管道，而不是文件。
files-no-file-next = 请选择文件。
files-gone = { $name }已不存在。
files-forbidden = 您无权打开{ $name }。
files-no-room = 磁盘上没有空间存放{ $name }。
files-unusable = 无法使用{ $name }：{ $why }。
files-damaged = 文件已损坏
files-choose-another-next = 请选择其他文件。
files-reading = 仍在读取文件。
files-reading-next = 请在文件读取完成后发送消息。
files-no-picture-in-clipboard = 剪贴板中没有图片。
files-no-picture-in-clipboard-next = 请复制图片后重试。
files-no-desktop = 没有打开的桌面。
files-no-desktop-next = 请打开一个桌面以附加其画面。
files-no-picture = 还没有{ $name }的画面。
files-no-picture-next = 请等待桌面显示出来。
files-not-encoded = 无法将图片{ $name }制成文件。
files-try-again-next = 请重试。

## The export of a conversation
files-not-complete = { $name }不完整。
files-nothing-to-export = 没有打开的对话。
files-nothing-to-export-next = 请打开要导出的对话。

## The system's dialogs, clipboard and notifications
files-no-dialog = 此系统没有可显示文件对话框的组件。
files-no-dialog-next = 请安装xdg-desktop-portal以及适合您桌面环境的后端，例如xdg-desktop-portal-gtk，然后重新登录系统。也可以将文件拖到对话上。
files-dialog-hangs = 系统的文件对话框服务没有响应。
files-dialog-hangs-next = 请使用“systemctl --user restart xdg-desktop-portal”将其重新启动，或重新登录系统。也可以将文件拖到对话上。
files-dialog-failed = 文件对话框出错。
files-clipboard-unreadable = 无法读取剪贴板。
files-clipboard-unreadable-next = 请保存图片并附加该文件。
files-no-notifications = 此处没有可显示通知的组件。
files-refused-to-itself = MultiClaw拒绝了自身的这项操作：这是MultiClaw的故障。
files-refused-to-itself-next = 被拒绝的操作列在设置的“权限”下。
files-not-awake = 此处没有可让屏幕保持唤醒的组件。

## Titles of dialogs, and names of files
files-attach-title = 附加文件
files-clipboard-name = 剪贴板
files-name-of-none = 文件
files-export-title = 导出对话

## An exported conversation, as Markdown
files-export-agent = 智能体：{ $agent }
files-export-model = 模型：{ $model }
files-export-key = 对话：{ $key }
files-export-when = 导出时间：{ $when }
files-export-you = 您
files-export-not-sent = 未发送：{ $why }
files-export-the-agent = 智能体
files-export-stopped = 已停止。
files-export-thinking = 思考
files-export-failed = 失败
files-export-heading = { $who }，{ $when }
files-export-attached = 附件：{ $name }（{ $kind }）
files-export-tool = 工具{ $name }
files-export-exit = 退出代码{ $code }
files-export-facts = { $summary }（{ $facts }）
files-export-between = ，
files-export-input = 输入：
files-export-output = 输出：
files-export-cut = 输出中有{ $count }字节被舍弃。

## How a tool in an exported conversation ended
files-export-state-running = 运行中
files-export-state-waiting = 等待批准
files-export-state-done = 已完成
files-export-state-failed = 失败
files-export-state-denied = 已拒绝
files-export-state-stopped = 已停止
