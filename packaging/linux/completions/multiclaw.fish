# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_multiclaw_global_optspecs
    string join \n cloud= data= desktop= chat= relay-only kiosk monitor= policy= no-sandbox h/help V/version
end

function __fish_multiclaw_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_multiclaw_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_multiclaw_using_subcommand
    set -l cmd (__fish_multiclaw_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c multiclaw -n "__fish_multiclaw_needs_command" -l cloud -d 'Address of the cloud. [default: https://api.multiclaw.io]' -r
complete -c multiclaw -n "__fish_multiclaw_needs_command" -l data -d 'Folder for the sign-in and the settings, instead of ~/.multiclaw' -r -F
complete -c multiclaw -n "__fish_multiclaw_needs_command" -l desktop -d 'Open the desktop of this name as soon as it is online' -r
complete -c multiclaw -n "__fish_multiclaw_needs_command" -l chat -d 'Open this conversation of the gateway on this computer, by its session key' -r
complete -c multiclaw -n "__fish_multiclaw_needs_command" -l monitor -d 'The unattended screen\'s monitor, by its number from 1 or by its name' -r
complete -c multiclaw -n "__fish_multiclaw_needs_command" -l policy -d 'A policy file of your own. It counts where the administrator\'s is silent' -r -F
complete -c multiclaw -n "__fish_multiclaw_needs_command" -l relay-only -d 'Reach desktops through a TURN relay only'
complete -c multiclaw -n "__fish_multiclaw_needs_command" -l kiosk -d 'Run as an unattended screen: one desktop, full screen, for ever'
complete -c multiclaw -n "__fish_multiclaw_needs_command" -l no-sandbox -d 'Give up none of this process\'s rights. Only to find out whether that is what does not work'
complete -c multiclaw -n "__fish_multiclaw_needs_command" -s h -l help -d 'Print help'
complete -c multiclaw -n "__fish_multiclaw_needs_command" -s V -l version -d 'Print version'
complete -c multiclaw -n "__fish_multiclaw_needs_command" -a "enroll" -d 'Make this machine an unattended screen, with the code that an owner of the workspace has made. The code is asked for, or read from standard input'
complete -c multiclaw -n "__fish_multiclaw_needs_command" -a "doctor" -d 'Check everything that has to work, and say what does not. Ends with 0 when nothing failed, with 1 when something did'
complete -c multiclaw -n "__fish_multiclaw_needs_command" -a "kiosk-pin" -d 'Make the hash of a PIN for an unattended screen\'s policy'
complete -c multiclaw -n "__fish_multiclaw_needs_command" -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c multiclaw -n "__fish_multiclaw_using_subcommand enroll" -l cloud -d 'Address of the cloud. [default: https://api.multiclaw.io]' -r
complete -c multiclaw -n "__fish_multiclaw_using_subcommand enroll" -l data -d 'Folder for the sign-in and the settings, instead of ~/.multiclaw' -r -F
complete -c multiclaw -n "__fish_multiclaw_using_subcommand enroll" -l policy -d 'A policy file of your own. It counts where the administrator\'s is silent' -r -F
complete -c multiclaw -n "__fish_multiclaw_using_subcommand enroll" -l forget -d 'Forget that this machine is a screen'
complete -c multiclaw -n "__fish_multiclaw_using_subcommand enroll" -l relay-only -d 'Reach desktops through a TURN relay only'
complete -c multiclaw -n "__fish_multiclaw_using_subcommand enroll" -s h -l help -d 'Print help'
complete -c multiclaw -n "__fish_multiclaw_using_subcommand doctor" -l desktop -d 'Open the desktop of this name to see whether its picture comes, and close it again' -r
complete -c multiclaw -n "__fish_multiclaw_using_subcommand doctor" -l bundle -d 'Write a text file for whoever helps; secrets, names and addresses are taken out of it' -r -F
complete -c multiclaw -n "__fish_multiclaw_using_subcommand doctor" -l cloud -d 'Address of the cloud. [default: https://api.multiclaw.io]' -r
complete -c multiclaw -n "__fish_multiclaw_using_subcommand doctor" -l data -d 'Folder for the sign-in and the settings, instead of ~/.multiclaw' -r -F
complete -c multiclaw -n "__fish_multiclaw_using_subcommand doctor" -l policy -d 'A policy file of your own. It counts where the administrator\'s is silent' -r -F
complete -c multiclaw -n "__fish_multiclaw_using_subcommand doctor" -l json -d 'Print one JSON object instead of text'
complete -c multiclaw -n "__fish_multiclaw_using_subcommand doctor" -l relay-only -d 'Reach desktops through a TURN relay only'
complete -c multiclaw -n "__fish_multiclaw_using_subcommand doctor" -s h -l help -d 'Print help'
complete -c multiclaw -n "__fish_multiclaw_using_subcommand kiosk-pin" -l cloud -d 'Address of the cloud. [default: https://api.multiclaw.io]' -r
complete -c multiclaw -n "__fish_multiclaw_using_subcommand kiosk-pin" -l data -d 'Folder for the sign-in and the settings, instead of ~/.multiclaw' -r -F
complete -c multiclaw -n "__fish_multiclaw_using_subcommand kiosk-pin" -l policy -d 'A policy file of your own. It counts where the administrator\'s is silent' -r -F
complete -c multiclaw -n "__fish_multiclaw_using_subcommand kiosk-pin" -l relay-only -d 'Reach desktops through a TURN relay only'
complete -c multiclaw -n "__fish_multiclaw_using_subcommand kiosk-pin" -s h -l help -d 'Print help'
complete -c multiclaw -n "__fish_multiclaw_using_subcommand help; and not __fish_seen_subcommand_from enroll doctor kiosk-pin help" -f -a "enroll" -d 'Make this machine an unattended screen, with the code that an owner of the workspace has made. The code is asked for, or read from standard input'
complete -c multiclaw -n "__fish_multiclaw_using_subcommand help; and not __fish_seen_subcommand_from enroll doctor kiosk-pin help" -f -a "doctor" -d 'Check everything that has to work, and say what does not. Ends with 0 when nothing failed, with 1 when something did'
complete -c multiclaw -n "__fish_multiclaw_using_subcommand help; and not __fish_seen_subcommand_from enroll doctor kiosk-pin help" -f -a "kiosk-pin" -d 'Make the hash of a PIN for an unattended screen\'s policy'
complete -c multiclaw -n "__fish_multiclaw_using_subcommand help; and not __fish_seen_subcommand_from enroll doctor kiosk-pin help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
