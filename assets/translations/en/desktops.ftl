## Head of the screen

desktops-title = Cloud desktops
desktops-count =
    { $count ->
        [one] 1 desktop
       *[other] { $count } desktops
    }
# The desktops are those of desktops-count.
desktops-count-online = { $desktops }, { $online } online
desktops-refresh = Refresh
desktops-search = Search desktops

## While there is no list

desktops-loading = Loading desktops…
desktops-none = No cloud desktops yet
desktops-none-why = When your workspace gets a cloud desktop, it appears here.
desktops-nothing-found = Nothing found
desktops-nothing-found-why = No desktop has such a name.

## One desktop

desktops-online = Online
desktops-starting = Starting
desktops-offline = Offline
desktops-offline-since = Offline, last seen { $seen }
desktops-viewers =
    { $count ->
        [one] 1 viewer
       *[other] { $count } viewers
    }
desktops-open = Open
desktops-open-named = Open { $name }
desktops-not-online = It can be opened as soon as it is online.
desktops-start = Start
desktops-start-named = Start { $name }
desktops-may-not-start = You may not start desktops.
desktops-no-cloud = The cloud cannot be reached.
desktops-more = More about { $name }

## Stopping one

desktops-stop = Stop…
desktops-stop-question = Stop { $name }?
desktops-stop-text =
    { $viewers ->
        [0] Everything that runs on it ends.
        [one] Everything that runs on it ends. One viewer is watching it now.
       *[other] Everything that runs on it ends. { $viewers } viewers are watching it now.
    }
desktops-stop-yes = Stop desktop
desktops-cancel = Cancel
