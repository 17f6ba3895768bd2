## The list

conversations-conversations = 对话
conversations-new = 新建对话
conversations-new-tip = 新建对话（Ctrl+N）
conversations-search = 搜索对话
conversations-search-clear = 清除搜索
conversations-search-none = 没有对话包含“{ $text }”。
conversations-searching = 正在搜索…
conversations-nothing-found = 未找到任何内容
conversations-list-loading = 正在加载对话…
conversations-list-loading-earlier = 正在加载更早的对话…
conversations-list-none = 还没有对话
conversations-list-none-text = 您开始的对话会显示在这里。
conversations-needs-cloud = 此操作需要MultiClaw Cloud，目前无法连接。
conversations-row-by = 发起人：{ $author }
conversations-row-empty = 还没有消息
conversations-place-local = 仅在此电脑上
conversations-place-synced = 在此电脑和工作区中
conversations-place-workspace = 在工作区中

## No conversation is open

conversations-none-title = 开始您的第一个对话
conversations-live-workspace = 对话保存在此电脑上，并同步到您的工作区。
conversations-live-local = 对话保存在此电脑上。加入工作区后，对话会同步到工作区。
conversations-not-open-title = 未打开对话
conversations-not-open-text = 从列表中选择一个，或新建一个。

## What is done with a conversation

conversations-open = 打开
conversations-rename = 重命名
conversations-title = 标题
conversations-menu-delete = 删除…
conversations-delete = 删除
conversations-cancel = 取消
conversations-delete-question = 删除此对话？
conversations-delete-local = “{ $title }”。它将从此电脑上删除。此操作无法撤销。
conversations-delete-synced = “{ $title }”。它将从此电脑和工作区中删除。此操作无法撤销。
conversations-try-again = 重试

## The bar above a conversation

conversations-back = 返回对话列表
conversations-more = 更多
conversations-more-actions = 更多操作
conversations-with = 与{ $agent }对话
conversations-begun-by = 由{ $author }发起

## Finding text

conversations-find = 在此对话中查找
conversations-find-tip = 在此对话中查找（Ctrl+F）
conversations-find-place = 第{ $at }处，共{ $count }处
conversations-find-looking = 正在查找…
conversations-find-previous = 上一处
conversations-find-previous-tip = 上一处（Shift+Enter）
conversations-find-next = 下一处
conversations-find-next-tip = 下一处（Enter）
conversations-find-close = 关闭查找

## The messages

conversations-messages = 消息
conversations-message = 消息
conversations-you = 您
conversations-agent = 智能体
conversations-today = 今天
conversations-loading = 正在加载消息…
conversations-empty = 这里还没有内容
conversations-first = 在下方写下第一条消息。
conversations-first-agent = 在下方写给{ $agent }。
conversations-earlier-loading = 正在加载更早的消息…
conversations-earlier-offline = 能够连接MultiClaw Cloud时会加载更早的消息。
conversations-earlier-failed = 无法加载更早的消息。
conversations-newest = 转到最新消息
conversations-new-messages = { $count }条新消息
conversations-copy-message = 复制消息
conversations-show-all = 显示全部（{ $size }）
conversations-show-less = 收起
conversations-unsent = 尚未发送
conversations-unsent-because = 尚未发送。{ $problem }
conversations-unsent-connecting = 尚未发送。正在连接MultiClaw Cloud…

## Writing a message

conversations-write = 输入消息
conversations-send = 发送
conversations-send-tip = 发送（Enter）
conversations-foot-enter = 按Enter发送，按Shift+Enter换行。
conversations-foot-offline = 未连接。您发送的内容会在此电脑上等待。
conversations-only-read = 您可以阅读此对话，但不能在其中发送消息。
conversations-only-author = 此对话由{ $author }发起，只有发起人可以在其中发送消息。
conversations-too-long = 太长，无法发送：{ $size }，最多{ $most }。
conversations-too-long-cut-off = 太长，无法发送：{ $size }，最多{ $most }。粘贴内容的末尾已被截断。
conversations-bytes = { $count }字节
conversations-kilobytes = { $count } KB
conversations-megabytes = { $count } MB
