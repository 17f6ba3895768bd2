sign-in-title = Sign in to MultiClaw
