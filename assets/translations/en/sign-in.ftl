## With a password

sign-in-title = Sign in to MultiClaw
sign-in-email = E-mail
sign-in-email-hint = you@company.com
sign-in-password = Password
sign-in-password-show = Show password
sign-in-password-hide = Hide password
sign-in-password-once = Your password is sent once and never stored.
sign-in-act = Sign in
sign-in-busy = Signing in…
sign-in-cancel = Cancel
# Between the password and the browser.
sign-in-or = or
sign-in-browser = Continue in the browser
sign-in-invited = I have an invitation
sign-in-invited-why = Join a workspace with the code that you were given.
sign-in-locally = Use without an account
sign-in-locally-why = Talk to the agents on this computer. Everything stays here.
sign-in-restoring = Signing you in…

## In the browser

sign-in-browser-title = Continue in your browser
sign-in-browser-code = Go on only if the browser shows this code:
sign-in-browser-address-open = If no browser opened, open this address:
sign-in-browser-address = Address
sign-in-browser-copy = Copy the address
sign-in-browser-again = Open the browser again
sign-in-browser-waits = This page goes on by itself as soon as you have signed in there.

## With an invitation

sign-in-join-title = Join a workspace
sign-in-join-code = Invitation code
sign-in-join-code-hint = As in the invitation
sign-in-join-name = Full name
sign-in-join-password = At least { $shortest } characters. If you have an account, use its password.
sign-in-join-password-short = At least { $shortest } characters: { $missing } more.
sign-in-join = Join
sign-in-join-busy = Joining…
sign-in-join-back = Back to sign-in
