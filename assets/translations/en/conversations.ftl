## The list

conversations-conversations = Conversations
conversations-new = New conversation
conversations-new-tip = New conversation (Ctrl+N)
conversations-search = Search conversations
conversations-search-clear = Clear search
conversations-search-none = No conversation has “{ $text }” in it.
conversations-searching = Searching…
conversations-nothing-found = Nothing found
conversations-list-loading = Loading conversations…
conversations-list-loading-earlier = Loading earlier conversations…
conversations-list-none = No conversations yet
conversations-list-none-text = The ones you begin appear here.
conversations-needs-cloud = This needs MultiClaw Cloud, which cannot be reached now.
conversations-row-by = by { $author }
conversations-row-empty = No messages yet
conversations-place-local = Only on this computer
conversations-place-synced = On this computer and in the workspace
conversations-place-workspace = In the workspace

## No conversation is open

conversations-none-title = Begin your first conversation
conversations-live-workspace = Conversations stay on this computer, and sync to your workspace.
conversations-live-local = Conversations stay on this computer. When you join a workspace, they sync to it.
conversations-not-open-title = No conversation is open
conversations-not-open-text = Choose one from the list, or begin a new one.

## What is done with a conversation

conversations-open = Open
conversations-rename = Rename
conversations-title = Title
conversations-menu-delete = Delete…
conversations-delete = Delete
conversations-cancel = Cancel
conversations-delete-question = Delete this conversation?
conversations-delete-local = “{ $title }”. It is deleted on this computer. This cannot be undone.
conversations-delete-synced = “{ $title }”. It is deleted on this computer and in the workspace. This cannot be undone.
conversations-try-again = Try again

## The bar above a conversation

conversations-back = Back to conversations
conversations-more = More
conversations-more-actions = More actions
conversations-with = With { $agent }
conversations-begun-by = Begun by { $author }

## Finding text

conversations-find = Find in this conversation
conversations-find-tip = Find in this conversation (Ctrl+F)
conversations-find-place = { $at } of { $count }
conversations-find-looking = Looking…
conversations-find-previous = Previous
conversations-find-previous-tip = Previous (Shift+Enter)
conversations-find-next = Next
conversations-find-next-tip = Next (Enter)
conversations-find-close = Close find

## The messages

conversations-messages = Messages
conversations-message = Message
conversations-you = You
conversations-agent = Agent
conversations-today = Today
conversations-loading = Loading messages…
conversations-empty = Nothing here yet
conversations-first = Write the first message below.
conversations-first-agent = Write to { $agent } below.
conversations-earlier-loading = Loading earlier messages…
conversations-earlier-offline = Earlier messages are loaded when MultiClaw Cloud can be reached.
conversations-earlier-failed = Earlier messages could not be loaded.
conversations-newest = Go to the newest message
conversations-new-messages =
    { $count ->
        [one] 1 new message
       *[other] { $count } new messages
    }
conversations-copy-message = Copy message
conversations-show-all = Show all { $size }
conversations-show-less = Show less
conversations-unsent = Not sent yet
conversations-unsent-because = Not sent yet. { $problem }
conversations-unsent-connecting = Not sent yet. Connecting to MultiClaw Cloud…

## Writing a message

conversations-write = Write a message
conversations-send = Send
conversations-send-tip = Send (Enter)
conversations-foot-enter = Enter sends. Shift+Enter starts a new line.
conversations-foot-offline = Not connected. What you send waits on this computer.
conversations-only-read = You can read this conversation, but not write in it.
conversations-only-author = { $author } began this conversation. Only they can write in it.
conversations-too-long = Too long to send: { $size } of at most { $most }.
conversations-too-long-cut-off = Too long to send: { $size } of at most { $most }. The end of what was pasted was cut off.
conversations-bytes = { $count } bytes
conversations-kilobytes = { $count } KB
conversations-megabytes = { $count } MB
