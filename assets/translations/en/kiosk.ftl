# The unattended screen.

## Which keys it holds

kiosk-keys-own = F11, Ctrl+K and other keys of MultiClaw
kiosk-keys-consoles = Ctrl+Alt+F1 to F12
# Between two keys of a list.
kiosk-keys-between = ,{" "}
kiosk-held-cage = Held under cage: { $keys }.
kiosk-held-wayland = Held in a Wayland desktop: { $keys }.
kiosk-held-x-server = Held on an X server without a window manager: { $keys }.
kiosk-held-x11 = Held in an X11 desktop: { $keys }.
kiosk-held-other = Held on this system: { $keys }.
kiosk-not-held = Not held: { $keys }.
kiosk-use-cage = For a screen that nobody watches, use the cage session.

## While there is no picture

kiosk-next-attempt = The next attempt is in { $seconds } s.

## The PIN that leaves it

kiosk-leave = Leave this screen
kiosk-pin = PIN
kiosk-pin-checking = Checking.
kiosk-pin-wrong =
    { $left ->
        [one] This PIN is wrong. One attempt is left.
       *[other] This PIN is wrong. { $left } attempts are left.
    }
kiosk-pin-locked = Too many wrong PINs. Try again in { $seconds } s.
kiosk-pin-ready = Enter leaves, Escape goes back.
