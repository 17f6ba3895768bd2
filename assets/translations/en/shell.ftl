## Screens

shell-chat = Chat
shell-conversations = Conversations
shell-tasks = Tasks
shell-agents = Agents
shell-documents = SOPs & skills
shell-desktops = Cloud desktops
shell-users = Users
shell-gateway = Gateway
shell-settings = Settings

## Sidebar

shell-sidebar-expand = Expand the sidebar
shell-sidebar-collapse = Collapse the sidebar
shell-workspace = Workspace
shell-workspace-named = Workspace { $name }
shell-no-workspace = No workspace
shell-this-machine-only = On this machine only
shell-find = Find anything
shell-update-ready = An update is ready
shell-commands-wait =
    { $count ->
        [one] 1 command waits for you
       *[other] { $count } commands wait for you
    }
shell-sign-in = Sign in
shell-unsent = { $count } unsent
shell-unsent-why = Kept on this machine, and sent when the cloud can be reached.
shell-cloud-off = Not connected
shell-cloud-connecting = Connecting…
shell-cloud-online = Online
shell-cloud-offline = Offline, retry in { $seconds } s
# The state is one of those above.
shell-cloud-unsent = { $state }, { $count } unsent
shell-cloud-reconnect = { $state }: reconnect
# The problem is a whole sentence.
shell-cloud-try-now = { $problem } Click to try now.

## Menus of the workspace and of the account

shell-workspaces = Workspaces
shell-workspaces-none = You belong to no workspace. An owner can invite you.
shell-waits-for-cloud = The cloud cannot be reached. This can be done when it can.
shell-account = Account
shell-owner = Owner
shell-member = Member
shell-owner-of = Owner of { $workspace }
shell-member-of = Member of { $workspace }
shell-settings-open = Settings…
shell-change-password-open = Change password…
shell-sign-out = Sign out
shell-sign-out-question = Sign out now?
shell-sign-out-text =
    { $count ->
        [one] One thing that you wrote here has not reached the workspace yet. It stays on this computer, and is sent when you sign in again.
       *[other] { $count } things that you wrote here have not reached the workspace yet. They stay on this computer, and are sent when you sign in again.
    }
shell-sign-out-anyway = Sign out anyway
shell-cancel = Cancel

## While the cloud cannot be reached

shell-try-now = Try now
shell-trying-again = Trying again in { $seconds } s.
shell-offline = Offline
shell-offline-why = The cloud cannot be reached. This is what was known last.
shell-works-again = The cloud cannot be reached. This works again as soon as it is back.
shell-continues = This continues as soon as the cloud can be reached.

## A link to a place in the program that cannot be followed

shell-link-no-page = The link names a page of the settings that is not here.
shell-link-no-workspace = Cloud desktops belong to a workspace.
shell-link-sign-in = Sign in, then open the link again.
shell-link-desktop-offline = The desktop of the link is not online.
shell-link-desktop-start = Start it first.
shell-link-no-desktop = This workspace has no desktop, or more than one, of the link's name.
shell-link-no-chat = The gateway on this computer lists no conversation of the link's name.
shell-link-no-gateway = The gateway on this computer does not run.
shell-link-start-gateway = Start it, then open the link again.
shell-link-no-conversation = The conversation of the link is not in the list.

## Command palette

shell-palette = Command palette
shell-palette-find = Find anything and go there
shell-palette-none = Nothing has such a name.
shell-kind-action = Action
shell-kind-settings = Settings
shell-kind-conversation = Conversation
shell-kind-chat = Chat
shell-kind-desktop = Cloud desktop
shell-kind-desktop-starting = Cloud desktop, starting
shell-kind-desktop-offline = Cloud desktop, offline
shell-kind-agent = Agent
shell-kind-sop = SOP
shell-kind-skill = Skill
shell-kind-task = Task
shell-go-to = Go to { $screen }
shell-settings-page = Settings: { $page }
shell-stop-turn = Stop the running turn
shell-new-chat = New chat
shell-new-chat-with = New chat with { $agent }
shell-restart-gateway = Restart gateway
shell-start-gateway = Start gateway
shell-new-conversation = New conversation
shell-new-task = New task
shell-theme-system = Theme: System
shell-theme-light = Theme: Light
shell-theme-dark = Theme: Dark
shell-webrtc-automatic = WebRTC connection mode: Automatic
shell-webrtc-relay = WebRTC connection mode: TURN relay
shell-check-updates = Check for updates
shell-refresh = Refresh
shell-reconnect = Reconnect to the cloud
shell-switch-to = Switch to { $workspace }
shell-change-password = Change password
shell-open-desktop = Open { $name }

## Parts of several screens

shell-moment = This takes a moment.
shell-try-again = Try again
shell-close = Close
shell-dismiss = Dismiss
shell-hide-note = Hide this note
# How much is typed, and how much can be sent.
shell-field-size = { $size } of { $most } KiB

## Unattended screen

shell-unattended-title = Set up this screen
shell-unattended-how = An owner of the workspace adds the screen under Settings, Unattended screens, and is shown a code.
shell-unattended-code = Enrolment code
shell-unattended-code-hint = As it was shown to the owner
shell-unattended-enrol = Enrol this machine
shell-unattended-enrolling = Enrolling…
shell-unattended-key = This machine keeps a key of its own, and nobody's password.
shell-unattended-name = This screen
shell-unattended-anew = Type a new code in
shell-unattended-retry =
    { $seconds ->
        [one] It is tried again in 1 second.
       *[other] It is tried again in { $seconds } seconds.
    }
shell-unattended-connecting = Connecting to { $server }…
shell-unattended-none = Nothing to show
shell-unattended-none-why = The owner of the workspace chooses what this screen shows.
shell-unattended-show = Show { $name }
shell-unattended-online = Online
shell-unattended-starting = Starting
shell-unattended-offline = Offline
