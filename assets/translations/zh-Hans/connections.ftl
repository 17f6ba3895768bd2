## The page

connections-title = 网络
connections-subtitle = 本应用的所有连接，以及它可能建立的所有连接。
connections-tab-log = 日志
connections-tab-inventory = MultiClaw会连接到哪里

## The log

connections-time = 时间
connections-purpose = 用途
connections-destination = 目标
connections-proxy = 代理
connections-result = 结果
connections-bytes = 字节
connections-none = 尚无连接
connections-none-text = MultiClaw建立连接后会列在这里。
connections-nothing = 未找到任何内容
connections-nothing-text = 没有匹配的连接。请更改筛选条件以查看其他连接。
connections-filter = 筛选日志
connections-refused-only = 仅显示被拒绝的
connections-copy = 复制
connections-copy-hint = 将列出的内容复制为文本。
connections-when-and-where = { $when }，连接到{ $destination }
connections-through = 经由{ $proxy }

## All there may be

connections-loading = 正在加载…
connections-takes-a-moment = 请稍候。
connections-switched-off = 已关闭
connections-last = 上次：
connections-never = 从未
connections-when = 何时
connections-sends = 发送
connections-if-blocked = 如被阻止
