# The check of everything that has to work (page "Diagnostics", and multiclaw doctor).

## What is looked at

doctor-step-dns = Name look-up
doctor-step-proxy = Proxy
doctor-step-tls = Secure connection
doctor-step-sign-in = Sign-in
doctor-step-realtime = Live connection
doctor-step-session = Desktop session
doctor-step-stun = UDP (STUN)
doctor-step-turn-udp = Relay over UDP
doctor-step-turn-tls = Relay over TLS
doctor-step-turn-tcp = Relay over TCP
doctor-step-frames = Desktop picture
doctor-step-openclaw = OpenClaw program
doctor-step-openclaw-configuration = OpenClaw set-up
doctor-step-gateway = Gateway
doctor-step-folders = Folders and disk
doctor-step-graphics = Graphics
doctor-step-file-dialogs = File dialogs
doctor-step-notifications = Notifications

## The run and what it comes to

doctor-run-again = Run the check again.
doctor-broke = This could not be looked at.
doctor-too-long = Nothing came of it within { $seconds } seconds.
doctor-needs-failed = This needs “{ $step }”, which failed.
doctor-needs-skipped = This needs “{ $step }”, which was skipped.
doctor-stopped-before = The check was stopped before this.
doctor-stopped = The check was stopped before it was through.
doctor-stopped-next = Run it again.
doctor-verdict-good = Everything that was checked works.
doctor-verdict-not-all = Everything that was checked works. { $detail }
doctor-verdict-warning = What is needed works. { $step }: { $detail }
doctor-verdict-skipped = What could be checked works. { $step } was skipped, and what needs it: { $detail }
doctor-verdict-failed = { $step } failed: { $detail }

## The file for whoever helps

doctor-file-title = MultiClaw check, { $time }
doctor-file-system = { $system } on { $arch }
doctor-file-private = Private things were taken out: [secret], [private], [e-mail], addresses.
doctor-file-settings = Settings
doctor-file-connections = Connections, newest last: time, purpose, destination, result
doctor-file-log = Last lines of the log
doctor-nothing-to-export = There is nothing to write yet.
doctor-nothing-to-export-next = Run the check first.

## Network

doctor-no-cloud = { $cloud } is not the address of a cloud.
doctor-no-cloud-next = It is like https://cloud.example.com.
doctor-proxy-unreadable = The proxy would look names up, and it is not usable.
doctor-address = The cloud is named by its address, so no name is looked up.
doctor-names-by-proxy = The proxy { $proxy } looks names up, so this computer need not.
doctor-name =
    { $count ->
        [one] { $host } has 1 address
       *[other] { $host } has { $count } addresses
    }
# Between two of the above.
doctor-names-between = ,{" "}
# A list of the above.
doctor-names = { $hosts }.
doctor-no-proxy = No proxy is set, so connections are direct.
doctor-proxy = { $proxy }, from the variable { $variable }, leads to the cloud. It is not used for this computer itself.
doctor-proxy-not-for = { $variable } is set, and NO_PROXY leaves { $host } out, so connections are direct.
doctor-proxy-for-loopback = The proxy { $proxy } would be used for this computer itself.
doctor-proxy-for-loopback-next = Add 127.0.0.1 to the NO_PROXY variable.
doctor-tls = { $host } shows a certificate that this computer trusts, and its clock fits.

## Account

doctor-signed-in = The cloud accepts the stored sign-in.
doctor-signed-out = You are not signed in.
doctor-signed-out-next = Sign in, and run the check again.
doctor-session-unreadable = The stored sign-in cannot be read: { $why }.
doctor-session-unreadable-next = Sign in again.
doctor-online = The live connection to the cloud opens, and the cloud greets.

## Session with a desktop

doctor-session =
    { $servers ->
        [0] The cloud opens a session with { $desktop } and names no relay.
        [one] The cloud opens a session with { $desktop } and names 1 relay.
       *[other] The cloud opens a session with { $desktop } and names { $servers } relays.
    }
doctor-no-session = The cloud does not answer the request for a session.
doctor-no-session-next = Try again in a few minutes. If it goes on, tell whoever runs the cloud.
doctor-none-online = No cloud desktop is online, and the cloud names its relays only with one.
doctor-none-online-next = Start a desktop, and run the check again.
doctor-no-such-desktop = There is no cloud desktop called { $name } in this workspace.
doctor-no-such-desktop-next = Check the name in the list of desktops.
doctor-desktop-offline = { $name } is offline.
doctor-desktop-offline-next = Start it, or check that its daemon runs and reaches the cloud.

## Relays

doctor-mode-without-udp = WebRTC connection mode is set to TURN relay, which uses no UDP.
doctor-no-udp-server = The cloud names no server that is reached over UDP.
# Over UDP, TCP or TLS.
doctor-no-relay = The cloud names no relay that is reached over { $way }.
# A server in the sentences below, for example: turn.multiclaw.io, UDP port 3478
doctor-server = { $host }, { $way } port { $port }
doctor-milliseconds = { $count } ms
doctor-bound = { $server }, answers after { $time }.
doctor-relayed = { $server }, carries a packet there and back in { $time }.
doctor-allocated = { $server }, gives an allocation after { $time }. It does not send to itself, so no packet was sent.
doctor-udp-silent = Nothing comes back from { $server }.
doctor-udp-silent-next = A firewall may drop UDP. Ask your IT team to allow UDP port { $port } to { $host }, or set WebRTC connection mode to TURN relay in Settings, Gateway, Browser Automation.
doctor-silent = { $server }, takes the connection and then says nothing.
doctor-server-broke = { $server }, broke the connection.
doctor-in-its-place = Something on the way may answer in its place. Ask your IT team not to inspect it.
doctor-credentials-refused = { $server }, does not accept the credentials that the cloud gave (code { $code }).
doctor-credentials-refused-next = Check this computer's date and time. If they are right, tell whoever runs the cloud: its relay secret may not be the relay's.
doctor-allocation-refused = { $server }, has no room for a connection (code { $code }).
doctor-allocation-refused-next = Try again later. If it goes on, tell whoever runs the relay.

## The picture of a desktop

doctor-not-opened = No desktop was named, so none was opened.
doctor-not-opened-next = Choose a desktop to see whether its picture comes.
doctor-no-thread = The system gives no thread for the decoder: { $why }.
# A desktop and the size of its picture, in the three sentences below.
doctor-desktop-size = { $desktop } ({ $width } × { $height })
doctor-picture = The first picture of { $desktop } came after { $time }.
doctor-picture-relayed = The first picture of { $desktop } came after { $time } through a relay.
doctor-picture-direct = The first picture of { $desktop } came after { $time } on the direct way.
doctor-round-trip = A round trip takes { $time }.
doctor-no-round-trip = No round trip was measured in time.
doctor-no-picture = { $desktop } answers, and no picture comes.
doctor-no-picture-next = Look at the log of the desktop's daemon.
doctor-desktop-left = { $desktop } left while it was being opened.
doctor-desktop-left-next = Check that its daemon runs, and run the check again.

## OpenClaw

doctor-gateway-not-looked-for = The gateway is not looked for here.
doctor-no-openclaw = OpenClaw is not on this computer.
doctor-no-openclaw-next = Install it to talk to agents of your own.
doctor-openclaw = OpenClaw { $version } is installed.
doctor-no-configuration = OpenClaw has no configuration yet.
doctor-no-configuration-next = Set it up in a terminal: openclaw setup.
doctor-configuration-odd-next = Look at it with: openclaw doctor.
doctor-configuration = openclaw.json is good: port { $port } of this computer, without a token.
doctor-configuration-token = openclaw.json is good: port { $port } of this computer, with a token.
doctor-gateway-silent = Nothing answers at port { $port } of this computer.
doctor-gateway-silent-next = Start the gateway on its page, or in a terminal: openclaw gateway start.
doctor-gateway-status = What answers at port { $port } of this computer is no gateway, or not well (status { $status }).
doctor-gateway-status-next = Look at the gateway's log, or see what uses the port: openclaw gateway status.
doctor-no-gateway = What answers at port { $port } of this computer is no gateway: { $why }.
doctor-no-gateway-next = See what uses the port: openclaw gateway status.
# The value is a sentence: what belongs to somebody else.
doctor-foreign = { $what } It was told nothing.
doctor-foreign-next = End that program, or choose another port: gateway.port in openclaw.json.
doctor-gateway-answers = It answers at port { $port }, belongs to you, and knows this device.
doctor-not-paired = It answers at port { $port } and belongs to you. This device is not paired yet.
doctor-not-paired-next = Open the gateway's page: it says what to do.
doctor-device-unreadable = It answers at port { $port }. The file with this device's key cannot be read.
doctor-device-unreadable-next = The device is paired anew when the program connects.

## This computer

doctor-folder-open = Others on this computer can look into { $name } ({ $mode }).
doctor-folder-open-next = It holds tokens and conversations. Make it yours only: chmod 700 { $name }.
doctor-folder = The folder { $name } cannot be used: { $why }.
doctor-folder-next = Check the folder's owner and permissions.
doctor-folder-foreign-next = Give it to your own user: chown.
doctor-folder-file-next = Move the file of that name away.
doctor-folders = The folders are open to you only.
doctor-folders-free = The folders are open to you only. { $size } are free.
doctor-disk-full = Only { $size } are free where ~/.multiclaw is.
doctor-disk-full-next = Make room on the disk.
doctor-graphics-not-looked-at = The graphics device was not looked at.
doctor-no-graphics = No graphics device was found, not even one in software.
doctor-no-graphics-next = Install a driver (on Debian and Ubuntu: mesa-vulkan-drivers).
doctor-graphics = { $name } ({ $backend }), pictures up to { $pixels } pixels a side.
doctor-graphics-small-next = Larger desktops cannot be shown. Update the driver.
doctor-graphics-software = { $name } ({ $backend }), pictures up to { $pixels } pixels a side. The processor plays the graphics device.
doctor-graphics-software-next = Pictures cost more of the processor. Install the driver of your graphics device.
doctor-dialogs-shown = The system shows file dialogs.
doctor-notifications-shown = The system shows notifications.
doctor-no-window = There is no desktop here to ask.
