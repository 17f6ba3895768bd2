# New versions of the program.

## What a new version waits for

update-waits-for-desktop = It is downloaded when you leave the desktop.
update-waits-for-hours = It is downloaded when the quiet hours are over.
update-waits-for-word = It is not downloaded by itself: that is switched off.

## What to do, after many faults

update-nothing-changed = Nothing was changed.
update-ask = Nothing was changed. Try again later. If it goes on, download MultiClaw from its website and tell security@multiclaw.io.
update-other-file = Nothing was changed. Download the file and its signature again.

## Faults

# Who did not answer, at the beginning of a sentence.
update-server = The update server
update-status = The update server answered with status { $status }.
update-status-next = Try again later. If it goes on, a proxy or a firewall may answer in its place.
update-refused = The update was refused: { $why }.
update-too-old = This version is too old for that update, which needs version { $version }.
update-too-old-next = Download MultiClaw from its website and install it over this one.
update-downgrade = Version { $version } was refused: it is not newer than { $floor }.
update-downgrade-next = Nothing was changed. Older versions may have faults that are known.
update-size = The update has { $got } bytes and should have { $signed }.
update-size-next = Nothing was changed. Try again.
update-folder = The folder { $folder } cannot be used for updates: { $why }.
update-folder-next = Remove it, or make it yours alone, and try again.
update-disk-full = There is no room on the disk for the update.
update-disk-full-next = Make room and try again. MultiClaw goes on working.
update-not-kept = The update could not be kept ({ $what }: { $why }).
update-not-kept-next = Check that there is room on the disk and that the folder of the program is yours.
update-changed = The update was changed on this computer after it had been verified.
update-changed-next = It was thrown away. Something on this computer may be tampering with programs.
update-nothing-kept = There is no earlier version to go back to.
update-self-test = The new version does not start on this computer: { $why }.
update-self-test-next = This version goes on working. The new one is not tried again by itself.
update-busy = Another window of MultiClaw is updating.
update-busy-next = Wait until it is done. It is one program on disk.
update-ending = The update was broken off.
update-ending-next = Try again.
update-failed = The update failed.
update-failed-why = The update failed: { $why }.

## Where the program is

update-not-writable = The folder { $folder } cannot be written by you.
update-not-writable-next = Update MultiClaw in the way it was installed, or move it to a folder of your own.
# The value is what installed it, for example: dpkg
update-packaged = This MultiClaw was installed by { $by }.
update-packaged-next = Update it there: two that change the same files would spoil each other's work.
update-no-keys = This MultiClaw was built without keys, so it cannot verify a new version.
update-no-keys-next = Update it in the way it was built.

## Signatures

update-unsigned = The update has no signature.
update-signature-unreadable = The signature of the update cannot be read.
update-signature-outdated = The update is signed in an outdated way, which is not accepted.
update-unknown-key = The update is signed with another key, { $key }.
update-unknown-key-next = Nothing was changed. Only the keys that are listed on this page are accepted. If you did not expect this, tell security@multiclaw.io.
update-signature-wrong = The update is not what was signed: it was changed, or it is not whole.
update-signature-refused = The signature of the update is not accepted: { $why }.

## The list of versions

update-no-target = There is no new version for this kind of computer ({ $target }).
update-no-target-next = Look at the MultiClaw website.
update-list-future = The list of versions is from the future.
update-list-future-next = Check this computer's date and time, and try again.
update-list-older = The list of versions is older than one that was seen before, so it was not used.
update-list-older-next = Try again later. A cache, or somebody on the way, may be holding newer ones back.
update-too-large = The update is too large.
update-list-refused = The list of versions was refused: { $why }.
update-not-unpacked = The update was not unpacked: { $why }.
update-list-expired = The list of versions is too old to be used, so nothing was installed.
update-list-expired-long = Updates have not been checked for more than 30 days: the list of versions is old.
update-list-expired-next = Check this computer's date and time. Else a cache, or somebody on the way, may be holding newer ones back: look at the MultiClaw website.

## How a check went

update-newest = This is the newest version. The list's signature is good.
update-offered = Version { $version } is there. The list's signature is good.
update-offered-failed = Version { $version } is there, which did not work on this computer.
update-verified = Version { $version } was downloaded. Its signature is good.

## What became of a version

update-reason-did-not-start = It did not start twice, and was taken back.
update-reason-self-test = It failed its self-test ({ $why }) and was not installed.
update-reason-taken-back = You went back from it.
update-installed = Version { $version } was installed on { $day }.
update-did-not-start = Version { $version }, { $day }: it did not start twice, and was taken back.
update-self-test-failed = Version { $version }, { $day }: it failed its self-test ({ $why }) and was not installed.
update-taken-back = Version { $version }, { $day }: you went back from it.

## The administrator's rule

update-frozen-up-to = The administrator of this computer allows versions up to { $version }, and none after.
update-frozen = The administrator of this computer keeps MultiClaw at version { $version }.
update-frozen-badly = The administrator of this computer keeps MultiClaw at the version that runs: the rule names "{ $rule }", which is no version.
update-by-rule-next = Ask the administrator if you need another version.

## Updates from files

update-two-files = An update from files is two files: the archive and its signature.
update-two-files-next = Choose both at once: one that ends in .tar.gz and the one that ends in .minisig.
update-no-file = { $name } is no file.
update-no-file-next = Choose the update and its signature.
update-large-file = { $name } is too large for an update.
update-no-dialog-next = Install xdg-desktop-portal and a backend for your desktop, for example xdg-desktop-portal-gtk, and sign in to the system again.
update-dialog-hangs-next = Restart it with "systemctl --user restart xdg-desktop-portal", or sign in to the system again.
