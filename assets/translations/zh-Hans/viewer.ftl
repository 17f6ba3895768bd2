## The bar above the picture

viewer-back = 返回桌面列表
viewer-fit = 适应窗口
viewer-actual-size = 实际大小
viewer-picture = 画面
viewer-quality = 画质
viewer-view-only = 仅查看
viewer-send-keys = 发送按键
viewer-keyboard = 键盘
viewer-chat = 聊天（Ctrl+Alt+C）
viewer-picture-to-chat = 将画面发到聊天（Ctrl+Alt+S）
viewer-statistics = 统计信息
viewer-full-screen = 全屏（F11）

## How the connection is

viewer-live = 实时
viewer-live-direct = 实时，直连
viewer-live-relay = 实时，经由中继
viewer-connecting = 正在连接
viewer-unstable = 不稳定
viewer-not-connected = 未连接

## Menus of the bar

viewer-keys-kept = 以下按键留在本机：F11和Ctrl+Alt+Enter切换全屏，Ctrl+Alt+T显示此工具栏，Ctrl+Alt+C打开聊天，Ctrl+Alt+S将画面发到聊天。
viewer-keyboard-typed = 按输入内容
viewer-keyboard-typed-why = 字符按您的键盘布局，其他按键按位置
viewer-keyboard-position = 按键位
viewer-keyboard-position-why = 适用于游戏，或两端键盘布局相同时
viewer-quality-low = 节省流量
viewer-quality-low-why = 每秒10幅画面，较粗糙
viewer-quality-balanced = 均衡
viewer-quality-balanced-why = 每秒30幅画面
viewer-quality-sharp = 清晰
viewer-quality-sharp-why = 每秒60幅画面，精细
viewer-refresh = 刷新画面

## Over the picture, while there is none or it is old

viewer-desktop = 桌面{ $name }
viewer-opening = 正在打开{ $name }
viewer-step-cloud = 正在请求云端
viewer-step-desktop = 正在等待桌面
viewer-step-path = 正在寻找网络路径
viewer-step-picture = 正在等待第一幅画面
viewer-cancel = 取消
viewer-retry-in = 将在{ $seconds }秒后重试（第{ $attempt }次）
viewer-retry-off = 不会自动重试。
viewer-retry-now = 立即重试
viewer-retry-stop = 停止重试
viewer-connection-unstable = 连接不稳定。
# When it was taken, and how long ago that is: one of the three below.
viewer-picture-age = 画面时间：{ $at }，{ $span }前
viewer-span-seconds = { $count }秒
viewer-span-minutes = { $count }分钟
viewer-span-hours = { $count }小时

## Figures

viewer-verdict-still = 桌面上没有变化。
viewer-verdict-computer = 这台电脑解码较慢：请选择“节省流量”。
viewer-verdict-network = 网络较慢：请选择“节省流量”。
viewer-verdict-good = 画面是最新的。
viewer-figure-desktop = 桌面
viewer-figure-pictures = 接收 / 解码 / 显示
viewer-figure-rates = { $received } / { $decoded } / { $shown } fps
viewer-figure-decode = 解码，中位数 / 99%
viewer-figure-upload = 上传到显卡
viewer-figure-age = 延迟，中位数 / 99%
viewer-figure-round-trip = 往返时间
viewer-figure-data = 数据量
viewer-figure-dropped = 丢弃（损坏）
viewer-figure-path = 路径
viewer-path-unknown = 未知
viewer-path-direct = 直连
viewer-path-relay = 中继
