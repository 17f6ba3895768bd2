## Pages

settings-title = Settings
settings-page-general = General
settings-page-gateway = Gateway
settings-page-desktops = Cloud desktops
settings-page-privacy = Privacy
settings-page-permissions = Permissions
settings-page-network = Network
settings-page-updates = Updates
settings-page-screens = Unattended screens
settings-page-diagnostics = Diagnostics
settings-page-account = Account

## On several pages

settings-cancel = Cancel
# Between the names of a list.
settings-comma = ,{" "}

## General

settings-appearance = Appearance
settings-theme = Theme
settings-theme-note = System follows the setting of the computer.
settings-theme-system = System
settings-theme-light = Light
settings-theme-dark = Dark
settings-language = Language
settings-language-note = What is not translated yet is shown in English.
settings-language-system = System
settings-scale = Scale
settings-scale-note = Of everything but a desktop's picture. Nothing here moves by itself.
settings-notifications = Notifications
settings-notifications-desktop = Notifications on the desktop
settings-notifications-note = MultiClaw tells you on the desktop when a long turn ends or a command waits for your word, and its window is not in front.

## Shortcuts

settings-keys = Keyboard shortcuts
settings-keys-find = Find anything and go there
settings-keys-screens = Switch screens
settings-keys-screens-which = Ctrl+1 to Ctrl+9
settings-keys-full-screen = Full screen
settings-keys-scale = Larger, smaller, as at first
settings-keys-scale-which = Ctrl+Plus, Ctrl+Minus, Ctrl+0
settings-keys-talk = In chats and conversations
settings-keys-talk-new = Begin a new one
settings-keys-talk-find = Find in the open one, or search all
settings-keys-talk-send = Send the message
settings-keys-talk-line = Begin a new line
settings-keys-talk-list = In the list: rename, delete
settings-keys-talk-list-which = F2, Delete
settings-keys-desktop = At an open desktop
settings-keys-desktop-chat = Show or hide the chat beside it
settings-keys-desktop-picture = Take its picture into the chat
settings-keys-desktop-toolbar = Show the toolbar
settings-keys-desktop-full-screen-which = Ctrl+Alt+Enter or F11

## Gateway

settings-gateway = OpenClaw gateway
settings-gateway-open = Open the gateway
settings-browser-automation = Browser Automation
settings-webrtc = WebRTC connection mode
settings-webrtc-automatic = Automatic
settings-webrtc-automatic-note = Automatic tries a direct connection, then a relay over UDP, then over TCP port 443.
settings-webrtc-relay = TURN relay
settings-webrtc-relay-note = Everything goes over TCP port 443. Choose this where the network blocks UDP.

## Cloud desktops

settings-picture = Picture
settings-scaling = Scaling
settings-scaling-fit = Fit to window
settings-scaling-fit-note = The whole desktop is always seen.
settings-scaling-actual = Actual size
settings-scaling-actual-note = One desktop pixel is one screen pixel. A larger desktop moves.
settings-quality = Quality
settings-quality-low = Low data
settings-quality-low-note = At most 10 pictures a second, coarse.
settings-quality-balanced = Balanced
settings-quality-balanced-note = At most 30 pictures a second.
settings-quality-sharp = Sharp
settings-quality-sharp-note = At most 60 pictures a second, fine.
settings-power = Low power
settings-power-automatic = Automatic
settings-power-automatic-on = On: this computer has no graphics device, or one core. At most 12 pictures a second.
settings-power-automatic-off = Off: this computer is strong enough.
settings-power-full = Full
settings-power-full-note = Off: as many pictures as the quality above says.
settings-power-low = Low
settings-power-low-note = On: at most 12 pictures a second, whatever the quality.
settings-stats = Statistics
settings-stats-note = Shows figures of the connection over an open desktop.
settings-input = Input
settings-keyboard = Keyboard
settings-keyboard-typed = What you type
settings-keyboard-typed-note = Characters of your layout, other keys by their position.
settings-keyboard-positions = Key positions
settings-keyboard-positions-note = For games, or where both sides have the same layout.

## Privacy

settings-privacy-network = Every connection is listed under Network.
settings-sent = What is sent to others
settings-link-titles = Titles of links
settings-link-titles-note = A link in a message is sent to api.microlink.io, which answers with the title of the page. Off: links are shown as addresses.
settings-site-icons = Icons of sites
settings-site-icons-note = The domain of a link, and of a page that an agent opens with a tool, is sent to www.google.com, which answers with the icon of the site. Off: links and tool calls have no icon.
settings-live-progress = Live progress
settings-live-progress-note = While an SOP or a skill is made, its progress comes through pusher.com. No content passes through it. Off: only the result is shown.
settings-stays = What stays on this computer
settings-crash-log-keep = Keep a crash log
settings-crash-log-keep-note = When a part of MultiClaw fails, what happened is written to ~/.multiclaw/crash.log, without names, messages and keys. It is never sent; you can read it and send it yourself.
settings-crash-log = Crash log
settings-crash-log-facts =
    { $count ->
        [one] One crash, the newest { $newest }. { $kilobytes } kB.
       *[other] { $count } crashes, the newest { $newest }. { $kilobytes } kB.
    }
settings-crash-log-delete = Delete the crash log

## Permissions

settings-permissions-about = Everything outside of its own memory that MultiClaw may touch, and what in it may. What is not listed here is refused.
settings-permissions-no-sandbox = The sandbox is switched off.
settings-permissions-no-sandbox-next = MultiClaw was started with --no-sandbox. Start it without, unless you are looking for the cause of a fault.
settings-permissions-refused = MultiClaw refused something to itself. This is a fault of MultiClaw; please report it.
settings-permissions-refused-what = { $what }.
settings-permissions-who = { $names }.
settings-permissions-who-more = { $names }, and { $count } more.
settings-permissions-few = Show few
settings-permissions-all = Show all { $count }
settings-sandbox-title = What this computer holds MultiClaw to
settings-sandbox = Sandbox
settings-sandbox-unknown = Nothing is known of it.
settings-sandbox-held = Held
settings-sandbox-not-held = Not held
# What the sandbox would do, a whole sentence; and why it cannot.
settings-sandbox-not-here = { $what } Not on this computer: { $why }.
settings-sandbox-folders = Folders it may write to
settings-sandbox-landlock = Landlock version

## Updates: what goes on

settings-updates-this = MultiClaw { $version } for { $target }
settings-updates-off = Updates are off
settings-updates-off-note = MultiClaw was started without them, as in the demo. Nothing is looked for.
settings-updates-no-keys = This build does not update itself
settings-updates-no-keys-note = It was built without keys, so it could not verify a new version, and looks for none. Build the newer source, or install MultiClaw from its website.
settings-updates-everybody = Installed for everybody on this computer
settings-updates-everybody-note = You cannot write to { $folder }, so nothing is downloaded. Whoever installed MultiClaw updates it with the package from its website.
settings-updates-kept-by = Kept up to date by { $by }
settings-updates-dpkg = Install the newer package: sudo apt install ./multiclaw_VERSION.deb, from the MultiClaw website.
settings-updates-rpm = Install the newer package: sudo dnf install ./multiclaw-VERSION.rpm, from the MultiClaw website.
settings-updates-flatpak = Update it with: flatpak update io.multiclaw.Desktop
settings-updates-snap = Update it with: sudo snap refresh multiclaw
settings-updates-other-keeper = MultiClaw does not change files that something else looks after. Get the newer one where you got this one.
settings-updates-check = Check for updates
settings-updates-checking = Checking for updates…
settings-updates-up-to-date = MultiClaw is up to date
settings-updates-available = Version { $version } is available
settings-updates-published = Published on { $date }.
settings-updates-size = { $size } to download.
settings-updates-published-size = Published on { $date }. { $size } to download.
settings-updates-download = Download
settings-updates-try-again = Try it again
settings-updates-downloading = Downloading version { $version }
settings-updates-got = { $got } MB
settings-updates-got-of = { $got } of { $of } MB
settings-updates-installing = Checking and unpacking…
settings-updates-installing-note = The signature is checked before anything is unpacked.
settings-updates-ready = Version { $version } is ready
settings-updates-ready-note = Its signature is good. It runs from the next start on, whenever that is. If it does not start, this version comes back by itself.
settings-updates-restart = Restart now
settings-updates-comes-back = Version { $version } comes back
settings-updates-before-comes-back = Version before comes back
settings-updates-comes-back-note = It runs from the next start on.
settings-updates-not-worked = That did not work
settings-updates-again = Try again
settings-updates-wait = Wait until what is going on is over, or cancel it.
settings-updates-new = What is new in { $version }

## Updates: by itself

settings-updates-by-itself = By itself
settings-updates-look = Look for new versions and download them
settings-updates-look-note = At the start and once a day. Sent are the version and the kind of computer ({ $version }, { $target }), and nothing about you. Never while you are at a desktop.
settings-quiet = Quiet hours
settings-quiet-note = In these hours nothing is looked for, downloaded or said by itself.
settings-quiet-by-rule = From { $from } to { $to }. The administrator of this computer has set them.
settings-quiet-ends = From and to
settings-quiet-ends-note = Local time.
settings-quiet-begin = Quiet hours begin, { $time }
settings-quiet-end = Quiet hours end, { $time }

## Updates: trust, and the way back

settings-updates-trust = What is trusted
settings-updates-trust-note = A new version is installed only when it is signed with one of these keys, for this kind of computer, and is newer than this one.
settings-updates-last-check = Last check that came through
settings-updates-never = Never
settings-updates-key = Key { $id }, which begins with { $begins }
settings-updates-other = Without the network, and back
settings-updates-files = Install from files
settings-updates-files-note = For a computer without a way out: choose the archive and its .minisig file. They are checked like a download.
settings-updates-files-choose = Choose files…
settings-updates-keep = Keep version { $version }
settings-updates-keep-note = Do not go back at the next start after all.
settings-updates-keep-act = Keep it
settings-updates-back = Go back to version { $version }
settings-updates-back-note = It was kept when it was replaced. Only one step back is possible.
settings-updates-back-ask = Go back…
settings-updates-back-question = Go back to version { $version }?
settings-updates-back-text = Version { $version } may close security holes that { $previous } has. It is not offered by itself again; a newer one is. Version { $previous } runs from the next start on.
settings-updates-back-act = Go back
settings-updates-back-keep = Keep this version
settings-updates-failed = Not offered again
settings-updates-version = Version { $version }

## Unattended screens: the list

settings-screens-about = A screen on a wall or a counter shows cloud desktops without anybody signing in. It has a key of its own instead of a password, and you can remove it at any time.
settings-screens-add = Add a screen
settings-screens-refresh = Refresh
settings-screens-loading = Loading screens…
settings-screens-none = No unattended screens yet
settings-screens-none-note = Add one, and type its code in on the machine that is to show it.
settings-screens-no-desktop = No desktop any more
settings-screens-another = another desktop
settings-screens-controls = { $desktops } · may control
settings-screens-views = { $desktops } · view only
settings-screens-waits = Waits for its machine until { $until } · added by { $creator }
settings-screens-not-seen = Enrolled, not seen yet · added by { $creator }
settings-screens-seen = Seen { $time } · added by { $creator }
# For screen readers: its name, what it shows, how it is.
settings-screens-row = { $name }. { $shows }. { $state }
settings-screens-remove = Remove
settings-screens-remove-name = Remove { $name }
settings-screens-remove-question = Remove { $name }?
settings-screens-remove-enrolled = What it shows ends at once, and its key opens nothing any more. To use the machine again, add a screen and enrol it anew.
settings-screens-remove-waiting = Its code stops working.
settings-screens-remove-act = Remove screen

## Unattended screens: adding one

settings-screens-add-title = Add an unattended screen
settings-screens-name = Name
settings-screens-name-hint = Where it hangs, such as Lobby
settings-screens-desktops = Desktops that it may show
settings-screens-no-desktops = The workspace has no cloud desktop yet.
settings-screens-may = What it may do
settings-screens-view = View only
settings-screens-view-note = It shows the picture. The desktop plays nothing that is typed there.
settings-screens-control = Control
settings-screens-control-note = Whoever stands before it can type and click on these desktops.
settings-screens-busy = The code is being made.
settings-screens-no-name = Give the screen a name.
settings-screens-choose = Choose the desktops that it may show.
settings-screens-most = A screen shows at most 32 desktops.
settings-screens-make = Make the code
settings-screens-adding = Adding…
settings-screens-added = { $name } is added
settings-screens-run = On the machine, run this and type the code in.
settings-screens-enrolled = The machine has enrolled.
settings-screens-once = The code is shown once. It works once, until { $until }.
settings-screens-copy-code = Copy the code
settings-screens-copy-command = Copy the command
settings-screens-copied = Copied
settings-screens-done = Done

## Diagnostics

settings-diagnostics-question = Is something not working?
settings-diagnostics-about = MultiClaw looks at the network, your sign-in, the ways to a cloud desktop, the gateway and this computer, and names what does not work. It sends nothing that it does not send anyway.
settings-diagnostics-run = Run the check
settings-diagnostics-again = Run again
settings-diagnostics-stop = Stop
settings-diagnostics-desktop = Also open a desktop
settings-diagnostics-opened = Desktop that is opened: { $name }
settings-diagnostics-none = None
settings-diagnostics-copy = Copy
settings-diagnostics-copy-note = Copies what was found as text, with the names that are in it.
settings-diagnostics-save = Save a file
settings-diagnostics-save-note = Writes what was found, the settings, the connection log and the last lines of the log. Secrets, names and addresses are taken out.
settings-diagnostics-saving = Saving…
settings-diagnostics-saved = Saved as { $name }.
settings-diagnostics-checking = Checking, { $over } of { $all }
settings-diagnostics-looking = Looking at: { $names }
settings-diagnostics-moment = This takes a moment.
settings-diagnostics-failed = Something does not work
settings-diagnostics-warning = It works, with something to know
settings-diagnostics-well = All is well
settings-diagnostics-stopped = The check was stopped
settings-diagnostics-checked = Checked { $time }
settings-diagnostics-running = Being looked at…
settings-diagnostics-seconds = { $seconds } s
settings-diagnostics-ms = { $ms } ms
# A step, how it is, what was found, what to do.
settings-diagnostics-step = { $name }: { $state }.
settings-diagnostics-step-found = { $name }: { $state }. { $found }.
settings-diagnostics-step-next = { $name }: { $state }. { $found }. { $next }.

## Account

settings-account-name = Name
settings-account-email = E-mail
settings-account-workspace = Workspace
settings-account-role = Role
settings-account-owner = Owner
settings-account-member = Member
settings-password-change = Change password
settings-password-note = Everywhere else where you are signed in, you will be signed out.
settings-password-current = Current password
settings-password-new = New password
settings-password-rule = At least { $least } characters.
settings-password-rule-more = At least { $least } characters: { $more } more.
settings-password-show = Show passwords
settings-password-hide = Hide passwords
settings-password-changing = Changing…
settings-password-changed = Your password is changed.
settings-password-offline = The cloud cannot be reached.
