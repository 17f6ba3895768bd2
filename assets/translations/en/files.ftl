## Sizes
files-bytes = { $count } bytes

## Files that are not attached
files-large = { $name } has { $size }; the gateway takes files of at most { $limit }.
files-large-next = Choose a smaller one.
files-large-picture = The picture { $name } has { $size }; the gateway takes pictures of at most { $limit }.
files-large-picture-next = Make it smaller, or choose another.
files-large-together = With this file the message has { $size }; the gateway takes at most { $limit }.
files-large-together-next = Send it with the next message.
files-many = A message has at most { $count } files.
files-many-next = Send these first, and the others with the next message.
files-much = Files that were attached and not sent yet have at most { $limit } in all.
files-much-next = Send the messages that were begun in other conversations, or remove their files.
files-folder = { $name } is a folder.
files-folder-next = Attach the files in it, or an archive of it.
files-no-file = { $name } is a device or a pipe, not a file.
files-no-file-next = Choose a file.
files-gone = { $name } is not there any more.
files-forbidden = You may not open { $name }.
files-no-room = There is no room on the disk for { $name }.
files-unusable = { $name } cannot be used: { $why }.
files-damaged = it is damaged
files-choose-another-next = Choose another file.
files-reading = A file is still being read.
files-reading-next = Send the message when it is there.
files-no-picture-in-clipboard = There is no picture in the clipboard.
files-no-picture-in-clipboard-next = Copy one and try again.
files-no-desktop = No desktop is open.
files-no-desktop-next = Open one to attach its picture.
files-no-picture = There is no picture of { $name } yet.
files-no-picture-next = Wait until the desktop is shown.
files-not-encoded = No file could be made of the picture { $name }.
files-try-again-next = Try again.

## The export of a conversation
files-not-complete = { $name } is not complete.
files-nothing-to-export = No conversation is open.
files-nothing-to-export-next = Open the one that you want to export.

## The system's dialogs, clipboard and notifications
files-no-dialog = This system has nothing that shows file dialogs.
files-no-dialog-next = Install xdg-desktop-portal and a backend for your desktop, for example xdg-desktop-portal-gtk, and sign in to the system again. A file can also be dragged on the conversation.
files-dialog-hangs = The system's service for file dialogs does not answer.
files-dialog-hangs-next = Restart it with "systemctl --user restart xdg-desktop-portal", or sign in to the system again. A file can also be dragged on the conversation.
files-dialog-failed = The file dialog failed.
files-clipboard-unreadable = The clipboard cannot be read.
files-clipboard-unreadable-next = Save the picture and attach the file.
files-no-notifications = Nothing shows notifications here.
files-refused-to-itself = MultiClaw refused this to itself: it is a fault of MultiClaw.
files-refused-to-itself-next = What was refused is listed in the settings under Permissions.
files-not-awake = Nothing keeps the screen awake here.

## Titles of dialogs, and names of files
files-attach-title = Attach files
files-clipboard-name = Clipboard
files-name-of-none = file
files-export-title = Export conversation

## An exported conversation, as Markdown
files-export-agent = Agent: { $agent }
files-export-model = Model: { $model }
files-export-key = Conversation: { $key }
files-export-when = Exported: { $when }
files-export-you = You
files-export-not-sent = Not sent: { $why }
files-export-the-agent = Agent
files-export-stopped = Stopped.
files-export-thinking = Thinking
files-export-failed = Failed
files-export-heading = { $who }, { $when }
files-export-attached = Attached: { $name } ({ $kind })
files-export-tool = Tool { $name }
files-export-exit = exit code { $code }
files-export-facts = { $summary } ({ $facts })
files-export-between = {", "}
files-export-input = Input:
files-export-output = Output:
files-export-cut = { $count } bytes of the output were let go.

## How a tool in an exported conversation ended
files-export-state-running = running
files-export-state-waiting = waiting for approval
files-export-state-done = done
files-export-state-failed = failed
files-export-state-denied = denied
files-export-state-stopped = stopped
