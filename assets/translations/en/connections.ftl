## The page

connections-title = Network
connections-subtitle = Every connection of this app, and all that it may make.
connections-tab-log = Log
connections-tab-inventory = What MultiClaw connects to

## The log

connections-time = Time
connections-purpose = Purpose
connections-destination = Destination
connections-proxy = Proxy
connections-result = Result
connections-bytes = Bytes
connections-none = No connections yet
connections-none-text = As soon as MultiClaw connects to something, it is listed here.
connections-nothing = Nothing found
connections-nothing-text = No connection matches. Change the filter to see others.
connections-filter = Filter the log
connections-refused-only = Refused only
connections-copy = Copy
connections-copy-hint = Copies what is listed as text.
connections-when-and-where = { $when } to { $destination }
connections-through = Through { $proxy }

## All there may be

connections-loading = Loading…
connections-takes-a-moment = This takes a moment.
connections-switched-off = Switched off
connections-last = Last:
connections-never = Never
connections-when = When
connections-sends = Sends
connections-if-blocked = If blocked
