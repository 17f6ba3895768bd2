## Why the gateway lets nobody in

gateway-device-removed = This device was removed from the gateway, or its token was revoked.
gateway-device-removed-next = Put the gateway's own token into gateway.auth.token of openclaw.json, so that the device is paired anew. Then press Try again.
gateway-too-old = This gateway is too old for MultiClaw: it speaks version { $version } of its protocol.
gateway-too-new = This gateway is too new for MultiClaw: it wants version { $version } of its protocol.
gateway-update-openclaw-and-restart = Update OpenClaw (openclaw update), then restart the gateway.
gateway-update-multiclaw = Update MultiClaw.
gateway-asked-too-often = The gateway was asked too often with a wrong credential and answers nobody for a while.
gateway-asked-too-often-wait =
    { $minutes ->
        [one] Wait a minute, then press Try again.
       *[other] Wait { $minutes } minutes, then press Try again.
    }
gateway-asked-too-often-next = Wait a few minutes, then press Try again.
gateway-not-let-in = The gateway does not let MultiClaw in.
gateway-not-let-in-because = The gateway does not let MultiClaw in: { $why }
gateway-look-at-log = Look at the gateway's log.
gateway-look-at-log-then-connect = Look at the gateway's log, then press Try again.
gateway-foreign-user = A program of another user of this computer (number { $user }) listens at the gateway's port. It was told nothing.
gateway-foreign-user-next = Have it stopped, or give the gateway another port (gateway.port in openclaw.json). A gateway must run as the same user as MultiClaw. Then press Try again.
gateway-unknown-user = The system does not say whose program listens at the gateway's port, so it was told nothing.
gateway-unknown-user-next = Let MultiClaw read /proc/net/tcp. Then press Try again.
gateway-set-token = Set gateway.auth.token in openclaw.json and restart the gateway.
gateway-set-password = Set gateway.auth.password in openclaw.json and restart the gateway.
gateway-check-password = The gateway wants a password: check gateway.auth.password in openclaw.json, then press Try again.
gateway-check-auth = Check gateway.auth in openclaw.json, then press Try again.

## Its token and its password

gateway-token-missing = The gateway wants its token, and none was found.
gateway-token-missing-out-of-reach = The gateway wants its token. The gateway's token is stored where only openclaw can read it ({ $place }).
gateway-token-in-a-file = a file
gateway-token-in-a-program = a program
gateway-token-in-secret-store = its secret store
gateway-token-missing-variable = The gateway wants its token. The gateway's token comes from the variable { $variable }, which is not set here.
gateway-token-missing-unusable = The gateway wants its token. The gateway's token in openclaw.json is not one that can be used.
gateway-token-missing-next = Put the gateway's token into gateway.auth.token of openclaw.json, or into the variable OPENCLAW_GATEWAY_TOKEN and start MultiClaw again. Then press Try again.
gateway-token-wrong = The gateway does not take the gateway token that is set up (gateway.auth.token in openclaw.json, or OPENCLAW_GATEWAY_TOKEN).
gateway-token-wrong-in-file = The gateway does not take the gateway token that is set up (gateway.auth.token in openclaw.json).
gateway-token-wrong-in-variable = The gateway does not take the gateway token that is set up (the variable OPENCLAW_GATEWAY_TOKEN).
gateway-token-wrong-next = It may run with an older configuration: restart it. Or correct the token: a device's token or a setup code is not one. Then press Try again.
gateway-password-wrong = The gateway does not take the gateway password that is set up (gateway.auth.password in openclaw.json, or OPENCLAW_GATEWAY_PASSWORD).
gateway-password-wrong-in-file = The gateway does not take the gateway password that is set up (gateway.auth.password in openclaw.json).
gateway-password-wrong-in-variable = The gateway does not take the gateway password that is set up (the variable OPENCLAW_GATEWAY_PASSWORD).
gateway-password-wrong-next = It may run with an older configuration: restart it. Or correct the password: a device's token or a setup code is not one. Then press Try again.

## This device at the gateway

gateway-pairing-needed = This device is not paired with the gateway.
gateway-pairing-rights = This device is paired, but not for all that MultiClaw does.
gateway-pairing-role = This device is paired, but not as an operator's.
gateway-pairing-changed = This device has changed since it was paired.
gateway-pairing-next = On the gateway's computer, run: { $command }. Then press Try again.
gateway-signature-expired = The gateway does not take this device's signature: it is too old.
gateway-signature-expired-next = Check this computer's date and time. Then press Try again.
gateway-device-token-wrong = The gateway does not take the device token that it gave to this device.
gateway-device-token-wrong-next = The device was removed or its token was changed. Put the gateway's own token into gateway.auth.token of openclaw.json. Then press Try again.
gateway-device-rights = This device's token stands for fewer rights than MultiClaw asks for.
gateway-device-rights-next = Remove the device (openclaw devices list) and pair it again. Then press Try again.
gateway-device-key-unseen = The gateway did not see this device's key.
gateway-device-key-unseen-next = Update MultiClaw. If that does not help, look at the gateway's log.
gateway-device-key-refused = The gateway does not take this device's key ({ $code }).
gateway-device-key-refused-next = Remove this device at the gateway (openclaw devices list), so that it is paired anew. Then press Try again.
gateway-device-file-damaged = The file with this device's key for the gateway was damaged.
gateway-device-file-damaged-next = It was kept as gateway-device.json.damaged, and a new key was made: the gateway sees a new device. Remove the old one on the gateway's page.

## The connection to the gateway

gateway-closed-too-long = The gateway closed the connection: what it was sent was too long for it.
gateway-closed = The gateway closed the connection (code { $code }).
gateway-closed-because = The gateway closed the connection (code { $code }): { $why }
gateway-tried-again = It is tried again.
gateway-is-starting = The gateway is starting.
gateway-some-seconds = This takes some seconds.
gateway-silent = The gateway fell silent.
gateway-silent-next = It may be busy, or the computer was asleep. It is tried again.
gateway-port-not-a-gateway = What answers at the gateway's port is no OpenClaw gateway: { $why }
gateway-port-of-another-program = Another program may use the port. Stop it, or give the gateway another one (gateway.port in openclaw.json).
gateway-refused = The gateway refused: { $why }
gateway-connection-failed = The connection to the gateway failed.
gateway-connection-broke = The connection to the gateway broke.
gateway-port-nothing = Nothing answers at the gateway's port.
gateway-port-nothing-next = Start the gateway, or look at its log when it should run.
gateway-does-not-answer = The gateway took the connection, but does not answer.
gateway-does-not-answer-next = It may be busy. It is tried again; if it goes on, restart it.
gateway-not-ready = The gateway is not ready yet.
gateway-taken-for-proxy = The gateway takes this connection for one of a proxy and refuses it (status 403).
gateway-taken-for-proxy-next = Check gateway.trustedProxies in openclaw.json.
gateway-no-live-connection = What answers at the gateway's port opens no live connection (status { $status }).
gateway-sent-too-much = The gateway sent more than it should.
gateway-only-this-computer = MultiClaw only connects to a gateway on this computer.
gateway-check-port = Check the gateway's port in openclaw.json.

## A request to the gateway

gateway-not-connected = The gateway is not connected.
gateway-not-connected-next = Try again when it is connected.
gateway-no-answer-in-time = The gateway did not answer in time.
gateway-no-answer-in-time-next = It may be busy. Try again in a moment.
gateway-unknown-method = This gateway does not know how to do this ({ $method }).
gateway-forbidden = This device may not do this.
gateway-forbidden-right = This device may not do this: it lacks the right { $scope }.
gateway-approve-rights = Approve its rights at the gateway: openclaw devices list.
gateway-answer-unreadable = The gateway's answer could not be read ({ $method }).
gateway-answer-unreadable-next = Update MultiClaw: the gateway may be newer.
gateway-message-too-long = This is too long for the gateway: { $size } of at most { $most }.
gateway-message-too-long-next = Shorten it, or send less at once.
gateway-bytes = { $count } bytes
gateway-not-done = The gateway did not do this.
gateway-try-again-sentence = Try again.
gateway-log-offline = The log is shown as it was: the gateway is not connected.
gateway-log-offline-next = It goes on when the gateway is back.

## Its configuration on this computer

gateway-not-loopback = The gateway that is set up is not on this computer ({ $source }).
gateway-not-loopback-next = MultiClaw only speaks to a gateway on this computer: it sends the gateway's token nowhere else. Set it up here (openclaw setup), then press Try again.
gateway-tls = The gateway is set up with TLS, which this program does not use on this computer.
gateway-tls-next = Switch gateway.tls off in openclaw.json: nothing leaves this computer. Then restart the gateway and press Try again.
gateway-no-home = This user's home folder is not known.
gateway-path-not-absolute = { $variable } is not an absolute path.
gateway-correct-variable = Correct the variable and start MultiClaw again.
gateway-port-invalid = gateway.port in openclaw.json is not a port number.
gateway-port-invalid-next = Set it to a number from 1 to 65535, for example 18789. Then press Try again.
gateway-correct-file = Correct the file (openclaw doctor helps). Then press Try again.
gateway-config-not-a-file = openclaw.json is not a regular file.
gateway-config-too-long = openclaw.json, or a file that it includes, is too long to be one.
gateway-config-unreadable = openclaw.json cannot be read: { $why }.
gateway-config-broken = openclaw.json is broken.
gateway-config-broken-in-line = openclaw.json is broken in line { $line }.
gateway-config-too-deep = openclaw.json is nested too deep.
gateway-config-shape = openclaw.json is not laid out as a configuration of OpenClaw.
gateway-config-include = A file that openclaw.json includes cannot be read.
gateway-config-include-outside = openclaw.json includes a file outside of its folder.

## Its program on this computer

gateway-openclaw-too-old = OpenClaw { $version } is too old for MultiClaw, which needs { $oldest }.
gateway-openclaw-too-old-next = Update it: openclaw update.
gateway-openclaw-untried = OpenClaw { $version } is newer than this MultiClaw, which knows { $tried }.
gateway-openclaw-untried-next = If something does not work, update MultiClaw.
gateway-program-not-run = The openclaw program could not be run: { $why }.
gateway-program-not-run-next = Check that it works in a terminal: openclaw --version.
gateway-program-too-slow = The openclaw program did not finish in { $seconds } seconds.
gateway-program-too-slow-saying = The openclaw program did not finish in { $seconds } seconds: { $said }
gateway-program-too-slow-next = Look at the gateway's log, or try it in a terminal: openclaw gateway status.
gateway-program-configuration = The gateway cannot run with this configuration.
gateway-program-configuration-saying = The gateway cannot run with this configuration: { $said }
gateway-program-configuration-next = Set it up in a terminal: openclaw setup. Or its port is another program's: openclaw doctor.
gateway-program-failed = The openclaw program failed.
gateway-program-failed-saying = The openclaw program failed: { $said }
gateway-try-in-terminal = Try it in a terminal: openclaw gateway status.
gateway-program-unreadable = What the openclaw program said makes no sense here.
gateway-program-unreadable-saying = What the openclaw program said makes no sense here: { $said }
gateway-program-unreadable-next = Update OpenClaw (openclaw update), or MultiClaw.
gateway-finishing-turn = The gateway is still finishing a turn.
gateway-finishing-turn-next = It ends by itself within five minutes.
gateway-process-not-a-gateway = The process { $pid } holds the gateway's folder and is no gateway of yours.
gateway-process-not-a-gateway-next = It was left alone. Look at it, and end it yourself if it is not wanted.
gateway-output-file = The file for what the gateway prints could not be made: { $why }.
gateway-output-file-next = Check that there is room on the disk and that the folder ~/.multiclaw is yours.
gateway-stop-unsupported = On this system the gateway can only be stopped where it was started.
gateway-stop-unsupported-next = Press Ctrl+C in its terminal, or stop its service.
gateway-no-program = The openclaw program is not on the PATH, so the gateway cannot be started or stopped here.
gateway-no-program-next = Install OpenClaw, or start MultiClaw where openclaw works. Then press Try again.
gateway-looking-still = The gateway is still being looked for.
gateway-looking-still-next = Try again in a moment.
gateway-stop-too-long = The gateway was told to stop, and still runs.
gateway-restart-too-long = The gateway was told to restart, and did not come back in time.
gateway-start-too-long = The gateway was started, and does not answer in time.
gateway-too-long-next = Look at its log. A running turn may hold it up.

## Its folder on this computer

gateway-folder-open = Others on this computer can look into the gateway's folder ({ $mode }).
gateway-folder-open-next = It holds tokens and conversations. Repair makes it readable for you only (drwx------).
gateway-folder-link = The gateway's folder cannot be used: it is a link to another folder.
gateway-folder-link-next = Make the folder it leads to private yourself: chmod 700.
gateway-folder-foreign = The gateway's folder cannot be used: it belongs to another user.
gateway-folder-foreign-next = Give it to your own user: chown.
gateway-folder-is-none = The gateway's folder cannot be used: it is not a folder.
gateway-folder-is-none-next = Move the file of that name away.
gateway-folder-unchanged = The gateway's folder cannot be used: its permissions did not change.
gateway-folder-unchanged-next = Its file system may not keep permissions: move it to one that does.
gateway-folder-system = The gateway's folder cannot be used: the system refused: { $why }.
gateway-folder-unusable = The gateway's folder cannot be used: { $why }.
gateway-folder-check = Check the folder's owner and permissions.

## The page of the gateway

gateway-title = Gateway
gateway-subtitle = OpenClaw on this computer
gateway-tab-overview = Overview
gateway-tab-devices = Devices
gateway-tab-log = Log
gateway-copy = Copy
gateway-cancel = Cancel
gateway-restart = Restart
gateway-stop = Stop
gateway-start = Start gateway
gateway-try-again = Try again
gateway-being-started = The gateway is being started.
gateway-being-stopped = The gateway is being stopped.
gateway-being-restarted = The gateway is being restarted.
gateway-program-looking = The openclaw program is being looked for.
gateway-program-missing = The openclaw program is not on the PATH of this computer.
gateway-stop-question = Stop the gateway?
gateway-stop-text = Turns that are running end, scheduled tasks do not run, and its channels fall silent until it is started again.

## How the gateway is

gateway-brief-starting = Gateway starting
gateway-brief-stopping = Gateway stopping
gateway-brief-running = Gateway running
gateway-brief-connecting = Gateway connecting
gateway-brief-restarting = Gateway restarting
gateway-brief-not-reached = Gateway not reached
gateway-brief-refuses = Gateway refuses
gateway-brief-stopped = Gateway stopped
gateway-takes-a-moment = This takes a moment.
gateway-state-looking = Looking for OpenClaw…
gateway-state-not-installed = OpenClaw is not on this computer
gateway-state-not-installed-text = With it, agents run on this computer, and you talk to them here. Once it is installed, MultiClaw finds it by itself.
gateway-state-starting = Starting…
gateway-state-stopping = Stopping…
gateway-state-stopped = The gateway is not running
gateway-state-stopped-text = Start it to talk to the agents on this computer.
gateway-state-connecting = Connecting…
gateway-state-running = Running
gateway-state-running-text = MultiClaw is connected. It is reached from this computer only.
gateway-state-restarting = Restarting…
gateway-state-restarting-text =
    { $seconds ->
        [one] For 1 second. The connection comes back by itself.
       *[other] For { $seconds } seconds. The connection comes back by itself.
    }
gateway-state-waiting-text =
    { $seconds ->
        [one] It is tried again in 1 second.
       *[other] It is tried again in { $seconds } seconds.
    }
gateway-state-waiting-next =
    { $seconds ->
        [one] It is tried again in 1 second. { $next }
       *[other] It is tried again in { $seconds } seconds. { $next }
    }

## What solves it

gateway-how-to-install = How to install OpenClaw
gateway-how-to-update = How to update OpenClaw
gateway-copy-command = Copy the command
gateway-make-private = Make it private
gateway-make-private-modes = Now { $mode }, then drwx------.

## Facts

gateway-fact-version = Version
gateway-fact-version-and-newer = { $version } ({ $newer } is available)
gateway-fact-version-unknown = version unknown
gateway-fact-uptime = Running for
gateway-fact-uptime-since = { $uptime }, since { $since }
gateway-fact-address = Address
gateway-fact-address-port = 127.0.0.1, port { $port }
gateway-fact-process = Process
gateway-fact-process-memory = { $pid }, { $memory } of memory
gateway-fact-folder = Folder
gateway-fact-program = Program
gateway-fact-program-missing = openclaw is not on the PATH
gateway-fact-rights = Rights
gateway-fact-rights-talk-only = MultiClaw may talk to agents, and not change the gateway's settings

## Channels

gateway-channels = Channels
gateway-channels-loading = Loading…
gateway-channels-none = No messaging channel is set up. With one, you can write to your agents from a messenger. Set one up with “openclaw channels add”.

## Devices

gateway-devices-offline = No devices to show
gateway-devices-offline-text = They are shown while the gateway is connected.
gateway-devices-loading = Loading devices…
gateway-devices-paired = Paired devices
gateway-devices-none = No device is paired with this gateway.
gateway-no-right-to-manage = MultiClaw has no right to manage this gateway.
gateway-request-title = { $name } asks to be paired
gateway-request-facts = { $when }. Device { $device }.
gateway-request-facts-from = { $when } from { $from }. Device { $device }.
gateway-request-wants = It wants: { $rights }.
gateway-no-rights = no rights
gateway-approve = Approve
gateway-approve-device = Approve { $name }
gateway-refuse = Refuse
gateway-refuse-device = Refuse { $name }
gateway-approve-hint = Approve only a device that you have just set up yourself.
gateway-device-row = { $name }, not connected
gateway-device-row-connected = { $name }, connected
gateway-device-connected = Connected
gateway-device-approved = Approved { $when }
gateway-device-seen = Last seen { $when }
gateway-device-rights-are = Rights: { $rights }
gateway-this-app = This app
gateway-device-remove = Remove
gateway-device-remove-name = Remove { $name }
gateway-device-remove-question = Remove { $name }?
gateway-device-remove-text = It loses its rights at once. To come back it must be approved again.
gateway-device-remove-own-text = This is MultiClaw on this computer. It loses its rights, and asks for them again when it next connects.

## The log

gateway-log-loading = Loading the log…
gateway-log-empty = The log is empty
gateway-log-empty-text = Lines appear here as the gateway writes them.
gateway-log-nothing = Nothing found
gateway-log-nothing-text = No line matches. Change the filter.
gateway-log-filter = Filter the log
gateway-log-which = Which lines are shown
gateway-log-everything = Everything
gateway-log-info = Info and worse
gateway-log-warnings = Warnings and errors
gateway-log-errors = Errors
gateway-log-lines =
    { $count ->
        [one] 1 line
       *[other] { $count } lines
    }
gateway-log-lines-and-older =
    { $count ->
        [one] 1 line; { $older } older ones are in the file
       *[other] { $count } lines; { $older } older ones are in the file
    }
gateway-log-copy = Copy the lines that are shown
gateway-log-copy-line = Click to copy this line.
gateway-level-debug = debug
gateway-level-info = info
gateway-level-warning = warning
gateway-level-error = error
