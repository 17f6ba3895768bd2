desktops-count =
    { $count ->
        [one] 1 desktop
       *[other] { $count } desktops
    }
