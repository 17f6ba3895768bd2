## What the gateway answers
engine-gateway-not-open = The gateway is not connected.
engine-gateway-not-open-next = Try again when it is back.
engine-gateway-timeout = The gateway did not answer in time.
engine-gateway-timeout-next = It may be busy. Try again.
engine-gateway-unsupported = This gateway cannot do that.
engine-gateway-unsupported-next = Update OpenClaw on this machine.
engine-gateway-forbidden = The gateway does not let this device do that: it lacks { $scope }.
engine-gateway-forbidden-next = Pair this device again on the gateway's page.
engine-gateway-too-large = This is more than the gateway takes at once.
engine-gateway-too-large-next = Send less, or smaller files.
engine-gateway-refused = The gateway refused: { $message }
engine-gateway-unreadable = The gateway's answer could not be read.
engine-gateway-unreadable-next = Try again. If it goes on, update MultiClaw and OpenClaw.

## Messages to an agent
engine-message-kept-next = Your message is still here: send it again.
engine-message-too-long = The message is longer than { $size } KB.
engine-message-too-long-next = Shorten it, or attach it as a file.
engine-attachment-too-large = { $name } is larger than the { $size } MB that the gateway takes.
engine-attachment-too-large-next = Take it away, or attach a smaller one.
engine-too-many-wait = Too many messages wait to be sent.
engine-too-many-wait-next = Wait until the gateway is back.

## Conversations with an agent
engine-command-waits = A command waits for your word: { $command }
engine-command-gone = This command does not wait any more.
engine-command-gone-next = It was answered elsewhere, or the time was over.
engine-model-unusable = The gateway cannot use the model { $model } now.
engine-model-unusable-next = Choose another one, or set it up in the gateway.
engine-emptying = Emptying…
engine-compacting = Compacting…
engine-nothing-to-summarise = There is nothing to summarise.
engine-main-not-deleted = The main conversation of an agent cannot be deleted.
engine-main-not-deleted-next = It can be emptied.
engine-provider-said = { $problem } The provider said: { $words }
engine-message-not-whole = The gateway does not have the whole of this any more.
engine-message-not-whole-next = What is shown is all that is left of it.
engine-turn-ended = The turn has ended.
engine-gateway-works = The gateway works on it…

## What an agent does
engine-doing-waiting = Waiting for your word
engine-doing-command = Running a command
engine-doing-reading-files = Reading files
engine-doing-writing-files = Writing files
engine-doing-searching = Searching the web
engine-doing-page = Reading a page
engine-doing-tool = Using { $tool }
engine-doing-result = Reading the result
engine-doing-thinking = Thinking
engine-doing-writing = Writing
engine-doing-workspace = Preparing the workspace
engine-doing-context = Preparing the context
engine-doing-model = Starting the model
engine-doing-worktree = Preparing a work tree
engine-doing-setup = Running the set-up
engine-doing-environment = Preparing the environment
engine-doing-working = Working

## Conversations and their names
engine-new-conversation = New conversation
engine-gateway-restarts = The gateway restarts
engine-waiting-for-gateway = Waiting for the gateway
engine-main-conversation = Main conversation
engine-a-conversation = Conversation
engine-message-had-files = This message had files with it.
engine-message-had-files-next = Attach them again, and send the message once more.
engine-agent-still-works = The agent is still working.
engine-agent-still-works-next = Stop it first, or wait.
engine-going-back = Going back…
engine-conversation-deleted = This conversation was deleted in the workspace.
engine-conversation-deleted-next = The copy on this computer stays.
engine-task-not-created-title = A task that could not be created
engine-task-not-created = The task "{ $title }" could not be created.
engine-task-not-created-next = Its text was kept as a conversation.
engine-message-not-sent-title = A message that could not be sent
engine-not-taken = The workspace did not take what you wrote.
engine-not-taken-next = It stays on this computer.
engine-message-over-128 = The message is longer than 128 KiB.
engine-message-over-128-next = Send it in parts.
engine-not-yours = Somebody else began this conversation: you can only read it.
engine-not-yours-next = Begin one of your own.

## What a transcript says
engine-emptied = The conversation was emptied.
engine-summarised = The conversation was summarised.
engine-changed = The gateway changed the conversation.
engine-turn-failed = The turn failed.
engine-turn-failed-next = Try again, or choose another model.

## How long something took
engine-took-milliseconds = { $count } ms
engine-took-seconds = { $seconds } s
engine-took-minutes = { $minutes } min { $seconds } s

## How a connection went
engine-not-allowed = Not allowed: { $why }
engine-connection-cancelled = Cancelled
engine-connection-connecting = Connecting
engine-connection-open = Open
engine-connection-ended = Ended
engine-connection-socket-opened = Socket opened
engine-connection-socket-closed = Socket closed
engine-connection-status = Status { $status }
engine-traffic = { $received } received, { $sent } sent
engine-through-proxy = The cloud is reached through the proxy { $proxy }.
engine-no-proxy = The cloud is reached without a proxy.

## The check of everything
engine-save-check = Save the check
engine-group-network = Network
engine-group-account = Account
engine-group-desktop = Cloud desktops
engine-group-gateway = OpenClaw gateway
engine-group-computer = This computer

## The gateway: channels, devices, log
engine-channel-connected = Connected
engine-channel-connecting = Connecting
engine-channel-running = Running
engine-channel-not-set-up = Not set up
engine-channel-off = Switched off
engine-channel-stopped = Stopped
engine-device-on = A device on { $platform }
engine-device = A device
engine-client-on = { $client } on { $platform }
engine-log-lines-left-out = Lines were left out here: there were too many at once.
engine-log-bytes-left-out = { $count } bytes of the log were left out here: too many at once.

## How long the gateway runs
engine-uptime-short = less than a minute
engine-uptime-minutes =
    { $count ->
        [one] 1 minute
       *[other] { $count } minutes
    }
engine-uptime-hours =
    { $count ->
        [one] 1 hour
       *[other] { $count } hours
    }
engine-uptime-days =
    { $count ->
        [one] 1 day
       *[other] { $count } days
    }

## Settings and the disk
engine-settings-unread = Some settings could not be read: { $faults }.
engine-settings-unread-next = Their defaults are used.
engine-between = {", "}
engine-settings-no-object = it is not a JSON object
engine-settings-unknown = "{ $name }" has a value that is not known
engine-disk-behind = The last changes could not be saved: the disk does not keep up.
engine-disk-behind-next = Copy what you have just written before you close MultiClaw.

## A desktop
engine-no-threads = { $name } could not be opened: the system gives no more threads.
engine-no-threads-next = Close other programs and try again.

## What an unattended screen waits for
engine-kiosk-again = This screen tries again by itself.
engine-kiosk-signing-in = Signing in.
engine-kiosk-signed-out = This screen is not signed in.
engine-kiosk-enrol-next = An administrator has to run multiclaw enroll on this computer.
engine-kiosk-no-cloud = The cloud cannot be reached.
engine-kiosk-not-added = This screen was not added yet.
engine-kiosk-no-workspace-next = An administrator has to add it to a workspace.
engine-kiosk-no-workspace = This screen's account belongs to no workspace.
engine-kiosk-connecting = Connecting to MultiClaw.
engine-kiosk-looking = Looking for { $name }.
engine-kiosk-no-desktop-next = It shows here as soon as a desktop has this name.
engine-kiosk-no-desktop = There is no desktop named { $name }.
engine-kiosk-off-next = It shows here as soon as it is on.
engine-kiosk-off = { $name } is off.
engine-kiosk-starting = { $name } is starting.
engine-kiosk-unstable = The connection to { $name } is unstable.
engine-kiosk-opening = Connecting to { $name }.

## Updates
engine-update-later-next = It is tried again later.
engine-update-choose = Choose an update and its signature (.minisig)
engine-update-signs-versions = Signs new versions
engine-update-signs-list = Signs the list of versions

## What keeps the program within its bounds
engine-safety-core-dumps = No memory dumps
engine-safety-core-dumps-text = When MultiClaw crashes, the system writes none of its memory to disk.
engine-safety-helper = A helper of its own
engine-safety-helper-text = A small second process starts openclaw and your browser, shows the file dialog and opens what you choose. It takes nothing else from MultiClaw.
engine-safety-files = Files
engine-safety-files-text = MultiClaw writes only in its own folders and reads only there and in the system's. Your documents, keys and other programs' data are out of its reach.
engine-safety-programs = No other programs
engine-safety-programs-text = MultiClaw itself cannot start any program.
engine-safety-ports = No open ports
engine-safety-ports-text = MultiClaw cannot wait for TCP connections from outside.
engine-safety-signals = No signals to others
engine-safety-signals-text = MultiClaw cannot end or disturb your other programs.
engine-safety-calls = No unneeded system calls
engine-safety-calls-text = MultiClaw cannot look into other programs, mount, load kernel modules and the like.

## What connections are for
engine-purpose-api = MultiClaw Cloud (API)
engine-purpose-api-when = When you sign in, and while you are signed in.
engine-purpose-api-sent = Your sign-in, and what you ask the cloud to show or change.
engine-purpose-api-blocked = You cannot sign in, and nothing of your workspace can be shown.
engine-purpose-realtime = MultiClaw Cloud (realtime)
engine-purpose-realtime-when = While you are signed in.
engine-purpose-realtime-sent = A short-lived token, and the messages that set up a cloud desktop.
engine-purpose-realtime-blocked = Status does not update by itself, and no cloud desktop can be opened.
engine-purpose-desktop = Cloud desktop
engine-purpose-desktop-protocol = UDP, or TLS over TCP
engine-purpose-desktop-when = When you open a cloud desktop, until you leave it.
engine-purpose-desktop-sent = The desktop's picture, and your keyboard and pointer, end to end encrypted.
engine-purpose-desktop-blocked = A cloud desktop may fail to open where the network also blocks the direct way to it.
engine-purpose-updates = Updates
engine-purpose-updates-when = When the program starts, once a day, and when you check for updates. Never while you are at a desktop, and never in a build without keys.
engine-purpose-updates-sent = The program's version, the operating system and the kind of processor. No account, no usage data.
engine-purpose-updates-blocked = The program goes on working, and you update it by hand from the MultiClaw website.
engine-purpose-progress = Live progress (Pusher)
engine-purpose-progress-when = While an SOP is generated or a skill is compiled.
engine-purpose-progress-sent = The name of the progress channel. No task content.
engine-purpose-progress-blocked = No live progress is shown. The work still completes in the background.
engine-purpose-titles = Link titles
engine-purpose-titles-when = When a chat message contains a web address.
engine-purpose-titles-sent = That web address.
engine-purpose-titles-blocked = Web addresses in chat messages are shown without the title of the page.
engine-purpose-icons = Favicons
engine-purpose-icons-when = When a chat message shows a tool call with a web address.
engine-purpose-icons-sent = The domain of that web address.
engine-purpose-icons-blocked = Tool calls in chat messages are shown without the icon of the site.
engine-purpose-gateway = OpenClaw gateway (this computer)
engine-purpose-gateway-when = While the program runs, when OpenClaw is on this computer.
engine-purpose-gateway-sent = Your messages to your own agents. It never leaves this computer.
engine-purpose-gateway-blocked = You cannot talk to the agents on this computer.

## Dates and times
engine-day-and-time = { $day } { $month }, { $time }
engine-date = { $day } { $month } { $year }
engine-date-and-time = { $day } { $month } { $year }, { $time }
engine-short-january = Jan
engine-short-february = Feb
engine-short-march = Mar
engine-short-april = Apr
engine-short-may = May
engine-short-june = Jun
engine-short-july = Jul
engine-short-august = Aug
engine-short-september = Sep
engine-short-october = Oct
engine-short-november = Nov
engine-short-december = Dec
engine-january = January
engine-february = February
engine-march = March
engine-april = April
engine-may = May
engine-june = June
engine-july = July
engine-august = August
engine-september = September
engine-october = October
engine-november = November
engine-december = December

## Links into the program
engine-link-too-long = The link is too long, so it was not followed.
engine-link-scheme = The link does not begin with multiclaw://, so it was not followed.
engine-link-place = The link names no part of MultiClaw, so it was not followed. It has to be one to a desktop, a chat, a conversation or a page of the settings.
engine-link-extra = The link holds more than the name of a place, so it was not followed.
