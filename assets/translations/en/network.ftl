## Signing in and the account
network-wrong-credentials = The e-mail address or the password is wrong.
network-wrong-credentials-next = Check both and try again.
network-stays-signed-in = You stay signed in: this is tried again by itself.
network-signed-out = You were signed out.
network-signed-out-next = Your password was changed, or an owner removed you from the workspace. Sign in again.
network-no-workspace = Your account belongs to no workspace.
network-no-workspace-next = Ask the owner of a workspace to invite you.
network-left-workspace = You are no longer in that workspace.
network-left-workspace-next = An owner removed you from it.
network-device-denied = The sign-in was refused in the browser.
network-device-denied-next = Try again if that was a mistake.
network-device-expired = The sign-in in the browser took too long.
network-device-expired-next = Begin again.
network-strange-page = The cloud named a sign-in page that is not its own.
network-strange-page-next = Nothing was opened. Check the server address.

## Links
network-no-browser = No web browser could be started.
network-no-browser-next = Copy the link and open it yourself.
network-link-not-opened = This link is not opened.
network-link-not-opened-next = Only plain http and https links are.

## The disk
network-storage-folder = The folder { $path } cannot be used: { $why }.
network-storage-file = The file { $name } cannot be used: { $why }.
network-storage-damaged = The file { $name } is damaged: { $why }.
network-storage-next = Check that there is room on the disk and that the folder is yours.

## What the cloud answers
network-locked = This account is locked after too many failed sign-ins.
network-locked-until = Try again after { $until }.
network-locked-next = Try again in 15 minutes.
network-forbidden = Your role does not allow this.
network-forbidden-next = Ask an owner of the workspace.
network-not-found = The cloud does not know this.
network-not-found-next = Refresh the list.
network-conflict = This cannot be done now.
network-conflict-next = It has changed meanwhile: look at its state and try again.
network-last-owner = A workspace needs an owner.
network-last-owner-next = Make somebody else an owner first.
network-taken = This address is in the workspace already.
network-invitation-gone = This invitation was used or has ended.
network-invitation-gone-next = Ask an owner of the workspace for a new one.
network-too-long = This is too long.
network-too-long-next = Shorten it and try again.
network-bad-request = The cloud did not accept what was entered.
network-bad-request-next = Check it and try again.
network-rate-limited = The cloud asks to slow down.
network-rate-limited-next = Wait a minute and try again.
network-cloud-fault = MultiClaw Cloud has a fault.
network-cloud-fault-next = Try again in a few minutes.
network-unreadable = The cloud's answer could not be read.
network-unreadable-next = Try again. If it goes on, update MultiClaw.

## A desktop that is opened
network-desktop-no-answer = { $name } did not answer.
network-desktop-no-answer-next = It may be starting or busy.
network-desktop-no-path = No network path to { $name } was found.
network-desktop-no-path-next = A firewall may block it. Set WebRTC connection mode to TURN relay in Settings, Gateway, Browser Automation.
network-desktop-lost = The connection to { $name } was lost.
network-no-relay = No relay could be reached.
network-no-relay-next = Ask your IT team to allow TCP port 443 to turn.multiclaw.io.
network-desktop-bye = { $name } closed the connection.
network-desktop-version = { $name } speaks another version of the protocol.
network-desktop-version-next = Update MultiClaw, or the desktop's daemon.
network-credentials-expired = The relay did not accept the credentials that the cloud gave.
network-credentials-expired-next = New ones are asked for.
network-desktop-failed = The connection to { $name } failed.
network-desktop-gone = { $name } is no longer in this workspace.
network-desktop-gone-next = Go back to the list.
network-desktop-offline = { $name } is offline.
network-desktop-offline-next = It is opened as soon as it is back.
network-desktop-busy = { $name } has too many viewers.
network-desktop-busy-next = Ask one of them to leave.
network-desktop-refused = The cloud refused to open { $name }.
network-cloud-offline = The cloud cannot be reached.
network-cloud-offline-next = The desktop is opened as soon as it is back.

## Who did not answer, at the beginning of a sentence
network-the-cloud = The cloud
network-the-relay = The relay

## A connection that failed
network-dns = The name { $host } could not be found.
network-dns-next = Check that this computer is connected to a network.
network-connect = { $whom } cannot be reached.
network-connect-next = Check the network connection, or whether a firewall blocks it.
network-timeout = { $whom } does not answer.
network-check-and-retry = Check the network connection and try again.
network-no-roots = This computer has no trusted certificates, so no secure connection can be made.
network-no-roots-next = Install the system's certificates (on Debian and Ubuntu: ca-certificates).
network-refused = MultiClaw does not connect to { $host }, port { $port }.
network-refused-next = It only connects to its cloud and to the services on its list. Check the server address.
network-private-address = The name { $host } leads into this local network, so it was not used.
network-private-address-next = Check the name server of this network.
network-captive = The network answered instead of the cloud.
network-captive-next = Open a web browser: this network may want you to sign in first.
network-upgrade = { $whom } did not open the live connection (status { $status }).
network-upgrade-next = A proxy or a firewall may block WebSockets. Ask your IT team to allow them.
network-too-much = { $whom } sent more than it should.
network-tell-whoever-runs-it = Try again. If it goes on, tell whoever runs it.
network-not-secure = This is not a secure address.
network-not-secure-next = Use one that begins with https://.
network-broke = The connection broke.
network-failed = The connection failed.

## Certificates
network-exclude-next = Ask your IT team to exclude *.multiclaw.io and turn.multiclaw.io from TLS inspection.
network-expired-on = The certificate ended on { $when }.
network-expired = The certificate has ended.
network-not-yet-valid-before = The certificate begins on { $when } only.
network-not-yet-valid = The certificate is not valid yet.
network-wrong-host = Another server answered instead of { $host }.
network-wrong-host-next = Open a web browser: this network may want you to sign in first. Or check the server address.
network-inspected = Your network inspects encrypted traffic. Its certificate is from { $issuer }.
network-unknown-issuer = This computer does not trust the certificate. Your network may inspect encrypted traffic.
network-revoked = { $whom }'s certificate was revoked.
network-revoked-next = Try again later. If it goes on, tell whoever runs it.
network-not-for-servers = The certificate is not one for servers.
network-not-for-servers-next = Tell whoever runs the server.
network-old-protocol = The server, or something on the way to it, only speaks an outdated version of TLS.
network-old-protocol-next = Tell whoever runs it: MultiClaw needs TLS 1.2.
network-plain-http = Something answered without encryption.
network-plain-http-next = Open a web browser: this network may want you to sign in first. Or check the port.
network-cut = The connection was cut as it began.
network-cut-next = A firewall may block it. Ask your IT team to allow *.multiclaw.io, port 443.
network-tls-refused = The secure connection was refused: { $fault }.
network-tls-refused-next = Check this computer's date and time, and try again.
network-clock-says = This computer's clock says { $now }. If that is wrong, correct it.
network-check-clock = Check this computer's date and time.

## Proxies
network-proxy-variable-next = Check the HTTPS_PROXY variable and start MultiClaw again.
network-proxy-malformed = The variable { $proxy } is not the address of a proxy.
network-proxy-malformed-next = It is like http://user:password@proxy.example.com:3128.
network-proxy-scheme = Proxies of the kind { $scheme } are not supported.
network-proxy-scheme-next = Use one of http, https, socks5 or socks5h.
network-proxy-password-wanted = The proxy { $proxy } wants a name and a password.
network-proxy-password-wanted-next = Put them into the HTTPS_PROXY variable, as in http://user:password@proxy:3128.
network-proxy-password-wrong = The proxy { $proxy } does not accept the name and the password.
network-proxy-sign-in = The proxy { $proxy } wants a sign-in with { $offered }, which is not supported.
network-proxy-sign-in-next = Ask your IT team for a proxy with a password, or a local helper such as cntlm.
network-proxy-denied = The proxy { $proxy } does not allow the connection.
network-proxy-denied-next = Ask your IT team to allow *.multiclaw.io, port 443.
network-proxy-failed = The proxy { $proxy } does not work: { $fault }.

## The relay
network-relay-refused = The relay has no room for this connection (code { $code }).
network-tried-again = It is tried again.
network-relay-closed = The relay closed the connection at once.
network-relay-closed-next = Something on the way may answer in its place. Ask your IT team to allow TCP port 443 to turn.multiclaw.io.
network-relay-silent = The relay does not answer.

## Unattended screens
network-code-gone = This code is not good any more.
network-code-gone-next = A code works once and for ten minutes. Ask the owner of the workspace for a new one.
network-screen-key-refused = The cloud did not take this machine's key.
network-screen-key-refused-next = Check the address of the cloud: it must be the one that the owner uses.
network-screen-removed = The owner of the workspace has removed this screen.
network-screen-removed-next = To use it again, ask the owner for a new code and run multiclaw enroll on this machine. It begins by itself then.
network-screen-of-another-cloud = This machine is a screen of { $cloud }, not of this cloud.
network-screen-of-another-cloud-next = Start it with that address, or enrol it here with a new code.

## Two sentences, one after the other
network-both = { $first } { $second }
