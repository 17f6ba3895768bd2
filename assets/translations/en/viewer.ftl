## The bar above the picture

viewer-back = Back to desktops
viewer-fit = Fit to window
viewer-actual-size = Actual size
viewer-picture = Picture
viewer-quality = Quality
viewer-view-only = View only
viewer-send-keys = Send keys
viewer-keyboard = Keyboard
viewer-chat = Chat (Ctrl+Alt+C)
viewer-picture-to-chat = Picture into the chat (Ctrl+Alt+S)
viewer-statistics = Statistics
viewer-full-screen = Full screen (F11)

## How the connection is

viewer-live = Live
viewer-live-direct = Live, direct
viewer-live-relay = Live through a relay
viewer-connecting = Connecting
viewer-unstable = Unstable
viewer-not-connected = Not connected

## Menus of the bar

viewer-keys-kept = Kept here: F11 and Ctrl+Alt+Enter for full screen, Ctrl+Alt+T for this bar, Ctrl+Alt+C for the chat, Ctrl+Alt+S for a picture into it.
viewer-keyboard-typed = What you type
viewer-keyboard-typed-why = Characters of your layout, keys by position
viewer-keyboard-position = Key positions
viewer-keyboard-position-why = For games, or the same layout on both sides
viewer-quality-low = Low data
viewer-quality-low-why = 10 pictures a second, coarse
viewer-quality-balanced = Balanced
viewer-quality-balanced-why = 30 pictures a second
viewer-quality-sharp = Sharp
viewer-quality-sharp-why = 60 pictures a second, fine
viewer-refresh = Refresh picture

## Over the picture, while there is none or it is old

viewer-desktop = Desktop { $name }
viewer-opening = Opening { $name }
viewer-step-cloud = Asking the cloud
viewer-step-desktop = Waiting for the desktop
viewer-step-path = Finding a network path
viewer-step-picture = Waiting for the first picture
viewer-cancel = Cancel
viewer-retry-in = Trying again in { $seconds } s (attempt { $attempt })
viewer-retry-off = Not trying again by itself.
viewer-retry-now = Try now
viewer-retry-stop = Stop trying
viewer-connection-unstable = The connection is unstable.
# When it was taken, and how long ago that is: one of the three below.
viewer-picture-age = Picture from { $at }, { $span } ago
viewer-span-seconds = { $count } s
viewer-span-minutes = { $count } min
viewer-span-hours = { $count } h

## Figures

viewer-verdict-still = Nothing changes on the desktop.
viewer-verdict-computer = This computer decodes slowly: choose Low data.
viewer-verdict-network = The network is slow: choose Low data.
viewer-verdict-good = The picture is current.
viewer-figure-desktop = Desktop
viewer-figure-pictures = Received / decoded / shown
viewer-figure-rates = { $received } / { $decoded } / { $shown } fps
viewer-figure-decode = Decode, median / 99 %
viewer-figure-upload = Upload
viewer-figure-age = Age, median / 99 %
viewer-figure-round-trip = Round trip
viewer-figure-data = Data
viewer-figure-dropped = Dropped (bad)
viewer-figure-path = Path
viewer-path-unknown = unknown
viewer-path-direct = direct
viewer-path-relay = relay
