//! The `openclaw` program: starting, stopping and restarting the gateway with it.
