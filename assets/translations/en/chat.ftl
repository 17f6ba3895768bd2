## The list

chat-chat = Chat
chat-all-agents = All agents
chat-agents-count = { $count } agents
chat-agent-is = Agent: { $agent }
chat-new = New chat
chat-new-tip = New chat (Ctrl+N)
chat-new-with = New chat with…
chat-new-with-head = New chat with
chat-new-with-tip = New chat with an agent of your choice
chat-search = Search conversations
chat-search-clear = Clear search
chat-search-again = Search again
chat-search-none = No conversation has “{ $text }” in it.
chat-searching = Searching…
chat-nothing-found = Nothing found
chat-list-loading = Loading conversations…
chat-list-loading-earlier = Loading earlier conversations…
chat-list-none = No conversations yet
chat-list-none-text = The ones you begin appear here.
chat-row-more = More about this conversation
chat-row-pinned = pinned
chat-row-unread = unread
chat-row-waiting = waiting for your approval
chat-row-running = running
chat-row-approve = Approve
chat-row-empty = No messages yet
chat-running = Running

## No conversation is open

chat-none-title = Begin your first chat
chat-none-text = Your agents run on this computer, and answer here.
chat-not-open-title = No chat is open
chat-not-open-text = Choose one from the list, or begin a new one.
chat-begin = Begin a chat

## What is done with a conversation

chat-pin = Pin to the top
chat-unpin = Unpin
chat-rename = Rename
chat-delete = Delete
chat-empty = Empty
chat-cancel = Cancel
chat-close = Close
chat-copy = Copy
chat-try-again = Try again
chat-menu-find = Find…
chat-menu-rename = Rename…
chat-menu-empty = Empty…
chat-menu-delete = Delete…
chat-compact = Compact
chat-compact-means = summarise
chat-export-markdown = Export as Markdown…
chat-export-json = Export as JSON…
chat-exporting = Exporting…
chat-export-so-far =
    { $count ->
        [one] 1 entry so far
       *[other] { $count } entries so far
    }
chat-exported = Exported to { $file }
chat-delete-question = Delete this conversation?
chat-delete-text = “{ $title }”. It is deleted at the gateway, with all that was said in it. This cannot be undone.
chat-empty-question = Empty this conversation?
chat-empty-text = “{ $title }”. The agent forgets all that was said in it. This cannot be undone.
chat-rename-title = Rename this conversation
chat-title = Title
chat-title-is = Title: { $title }
chat-title-note = Empty: the gateway chooses one.

## The bar above a conversation

chat-back = Back to the list
chat-more = More
chat-more-actions = More actions
chat-with = With { $agent }
chat-model = Model
chat-model-is = Model: { $model }
chat-model-own = The agent's own
chat-model-default = Default model
chat-model-not-available = not available
chat-thinking = Thinking
chat-thinking-is = Thinking: { $level }
chat-thinking-own = The model's own
chat-level-default = Default
chat-level-off = Off
chat-level-minimal = Minimal
chat-level-low = Low
chat-level-medium = Medium
chat-level-high = High
chat-level-very-high = Very high
chat-level-max = Max
chat-level-adaptive = Adaptive
chat-permissions = Permissions
chat-permissions-are = Permissions: { $permissions }
chat-may-default = Default permissions
chat-may-default-means = As the gateway is set up
chat-may-read = Read only
chat-may-read-means = Nothing is changed on this computer
chat-may-ask = Ask first
chat-may-ask-means = You are asked before a command is run
chat-may-checked = Checked by a model
chat-may-checked-means = A model looks at each command first
chat-may-all = Full access
chat-may-all-means = Everything is run without asking
chat-context-short = { $used } of { $all }
chat-context = Context: { $used } of { $all } tokens used

## Finding text

chat-find = Find in this conversation
chat-find-tip = Find in this conversation (Ctrl+F)
chat-find-place = { $at } of { $count }
chat-find-looking = Looking…
chat-find-previous = Previous
chat-find-previous-tip = Previous (Shift+Enter)
chat-find-next = Next
chat-find-next-tip = Next (Enter)
chat-find-close = Close find

## The conversation

chat-conversation = Conversation
chat-loading = Loading messages…
chat-first-title = Write to { $agent }
chat-first-text = Ask something, hand over a task, or drop files here. Commands begin with a slash.
chat-earlier-loading = Loading earlier messages…
chat-earlier-offline = Earlier messages are loaded when the gateway can be reached.
chat-earlier-failed = Earlier messages could not be loaded.
chat-newest = Jump to newest
chat-new-below = { $count } new below
chat-today = Today
chat-you = You
chat-sending = Sending…
chat-steered = Sent into the running turn
chat-send-again = Send again
chat-show-all = Show all of it
chat-show-less = Show less
chat-copy-message = Copy message
chat-copy-answer = Copy answer
chat-change = Change and send again
chat-ask-again = Ask again
chat-retry = Retry
chat-turn-runs = A turn is running.
chat-doing-since = { $doing }  ·  since { $since }
chat-stopping = Stopping…
chat-stopped = Stopped
chat-thinking-now = Thinking…
chat-thinking-now-show = Thinking…: show
chat-thinking-now-hide = Thinking…: hide
chat-thought = Thought
chat-thought-show = Thought: show
chat-thought-hide = Thought: hide

## Tool calls

chat-tool-waiting = Waiting for you
chat-tool-done = Done
chat-tool-failed = Failed
chat-tool-denied = Denied
chat-tool-exit = exit { $code }
chat-tool-exit-code = exit code { $code }
chat-tool-input = Input
chat-tool-output = Output
chat-tool-said-nothing = It said nothing.
chat-tool-cut = { $size } more were left out.
chat-tool-load-all = Load all

## Commands that wait for an approval

chat-approval-question = Run this command?
chat-approval-hidden = It has characters that cannot be seen. They are written out, and marked.
chat-approval-folder = Folder
chat-approval-program = Program
chat-approval-runs-on = Runs on
chat-approval-this-computer = This computer
chat-approval-once = Allow once
chat-approval-always = Always allow
chat-approval-deny = Deny
chat-approval-until = Waits until { $time }
chat-approval-sending = Sending the answer…
chat-approval-on-its-way = The answer is on its way.
chat-approval-said = Run this command? { $command }
chat-approval-said-in = Run this command? { $command }, in { $folder }
chat-approval-said-with = Run this command? { $command }, with { $program }
chat-approval-said-in-with = Run this command? { $command }, in { $folder }, with { $program }
chat-waits-command = Waits for you: { $command }
chat-waits-show = Show
chat-waits-elsewhere = A command waits in “{ $title }”
chat-waits-open = Open
chat-waits-more = { $count } more wait in other conversations

## Writing a message

chat-write = Write a message
chat-write-anew = Write it anew
chat-message = Message
chat-changing = Changing a message. What came after it is replaced.
chat-send = Send
chat-send-tip = Send (Enter)
chat-stop = Stop
chat-send-when = When it is sent: { $when }
chat-send-now = Send now
chat-send-now-means = into the running turn
chat-send-after = After this turn
chat-send-after-means = as a turn of its own
chat-foot-command = This is a command for the gateway. Enter sends it.
chat-foot-enter = Enter sends. Shift+Enter starts a new line.
chat-too-long = Too long to send: { $size } of at most { $most }.
chat-too-long-cut-off = Too long to send: { $size } of at most { $most }. The end of what was pasted was cut off.

## Files and pictures

chat-file = File
chat-picture = Picture
chat-attach = Attach files
chat-attach-desktop = Attach desktop picture
chat-attach-desktop-tip = Attach a picture of { $desktop }
chat-limits-both = Files up to { $files }, pictures up to { $pictures }.
chat-limits-files = Files up to { $files }.
chat-limits-none = Attach files and pictures.
chat-attachments-bad = Take away what cannot be sent, then send the message.
chat-attachment-bad = Cannot be sent
chat-attachment-reading = Being read…
chat-attachment-still-read = { $file } is still being read.
chat-attachment-remove = Remove
chat-attachment-remove-named = Remove { $file }
chat-drop = Drop files to send them to { $agent }
chat-bytes =
    { $count ->
        [one] 1 byte
       *[other] { $count } bytes
    }
chat-kilobytes = { $count } KB
chat-megabytes = { $count } MB

## Why nothing can be sent

chat-blocked-not-installed = OpenClaw is not installed on this computer.
chat-blocked-stopped = The gateway is not running.
chat-blocked-refused = The gateway does not let this program in.
chat-blocked-restarting = The gateway restarts. This works again after that.
chat-blocked-connecting = The gateway is being connected.
chat-blocked-waiting = The gateway cannot be reached. This works again as soon as it is back.

## The gateway

chat-gateway-looking = Looking for the gateway…
chat-gateway-connecting = Connecting to the gateway…
chat-gateway-moment = This takes a moment.
chat-gateway-restarts = The gateway restarts
chat-gateway-restarts-text = The connection comes back by itself. It began { $seconds } s ago.
chat-gateway-again-in = Trying again in { $seconds } s.
chat-gateway-not-installed = OpenClaw is not on this computer
chat-gateway-not-installed-text = OpenClaw runs your own agents on this computer, and its gateway is what this screen talks to. Install it, then look again: nothing has to be set up here.
chat-gateway-stopped = The gateway is not running
chat-gateway-stopped-missing = Nothing answers at its port, and the openclaw program is not on the PATH. Start the gateway the way you installed it, or install the program.
chat-gateway-stopped-text = Your agents answer as soon as it runs. What is known of your conversations can be read meanwhile.
chat-gateway-how-install = How to install it
chat-gateway-how-update = How to update it
chat-gateway-about-access = Read about access
chat-gateway-about-settings = Read about settings
chat-gateway-being-started = The gateway is being started.
chat-gateway-being-stopped = The gateway is being stopped.
chat-gateway-being-restarted = The gateway is being restarted.
chat-gateway-start = Start gateway
chat-gateway-starting = Starting…
chat-gateway-now = Try now
chat-gateway-copy = Copy the command

## Code and pictures in a text

chat-code = code
chat-copy-code = Copy code
chat-copied = Copied
chat-wrap = Wrap
chat-wrap-name = Wrap long lines
chat-unwrap = Unwrap
chat-unwrap-name = Do not wrap long lines
chat-image = Image:{" "}

## Beside an open desktop

chat-no-room = The window is too narrow for the chat. Make it wider.

## Links that are followed

chat-link-busy = A link was not followed, because something else is open.
chat-link-busy-next = Leave it, then open the link again.
chat-link-not-reached = What the link names could not be reached.
chat-link-signed-out = The link needs somebody to be signed in.
chat-link-signed-out-next = Sign in, then open it again.
