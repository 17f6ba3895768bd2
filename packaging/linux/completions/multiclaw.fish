complete -c multiclaw -l cloud -d 'Address of the cloud' -r
complete -c multiclaw -l data -d 'Folder for the sign-in and the settings, instead of ~/.multiclaw' -r -F
complete -c multiclaw -l desktop -d 'Open the desktop of this name as soon as it is online' -r
complete -c multiclaw -l chat -d 'Open this conversation of the gateway on this computer, by its session key' -r
complete -c multiclaw -l relay-only -d 'Reach desktops through a TURN relay only'
complete -c multiclaw -s h -l help -d 'Print help'
complete -c multiclaw -s V -l version -d 'Print version'
