# 无人值守屏幕。

## 它保留的按键

kiosk-keys-own = F11、Ctrl+K和MultiClaw的其他按键
kiosk-keys-consoles = Ctrl+Alt+F1到F12
# 列表中的两个按键之间。
kiosk-keys-between = 、
kiosk-held-cage = 在cage中保留：{ $keys }。
kiosk-held-wayland = 在Wayland桌面环境中保留：{ $keys }。
kiosk-held-x-server = 在没有窗口管理器的X服务器上保留：{ $keys }。
kiosk-held-x11 = 在X11桌面环境中保留：{ $keys }。
kiosk-held-other = 在此系统上保留：{ $keys }。
kiosk-not-held = 不保留：{ $keys }。
kiosk-use-cage = 对于无人看管的屏幕，请使用cage会话。

## 没有画面时

kiosk-next-attempt = { $seconds }秒后再次尝试。

## 用于退出的PIN码

kiosk-leave = 退出此屏幕
kiosk-pin = PIN码
kiosk-pin-checking = 正在验证。
kiosk-pin-wrong = PIN码错误。还可以尝试{ $left }次。
kiosk-pin-locked = PIN码错误次数过多。请在{ $seconds }秒后重试。
kiosk-pin-ready = 按Enter退出，按Escape返回。
