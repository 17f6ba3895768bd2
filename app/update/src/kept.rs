//! Where `state.json` is.

use crate::folder::{Folder, Held};
use crate::state::{MOST, State};
use crate::{Config, UpdateError};
use std::time::Duration;

const FILE: &str = "state.json";
const LOCK: &str = "lock";
/// How often, and how long in between, a change waits for the change of another copy.
const TRIES: u32 = 100;
const PAUSE: Duration = Duration::from_millis(10);

/// Reads the state; and whether it was damaged. What cannot be read is like what is not there.
pub(crate) fn load(config: &Config, now: u64) -> (State, bool) {
    let bytes = Folder::own(&config.state).map(|folder| folder.read(FILE, MOST));
    match bytes {
        Ok(Ok(bytes)) => State::read(bytes.as_deref(), config, now),
        Ok(Err(error)) => {
            tracing::warn!(%error, "the updater's state cannot be read");
            (State::new(config), true)
        }
        Err(error) => {
            tracing::warn!(%error, "the updater's state cannot be read");
            (State::new(config), true)
        }
    }
}

/// Changes the state, if `change` does, with no other copy of the program in between.
///
/// # Errors
/// [`UpdateError::Folder`], [`UpdateError::Disk`], [`UpdateError::Busy`].
pub(crate) fn change(
    config: &Config,
    now: u64,
    change: impl FnOnce(&mut State),
) -> Result<State, UpdateError> {
    let disk = UpdateError::disk("the updater's state cannot be kept");
    let folder = Folder::own(&config.state)?;
    let _lock = lock(&folder)?;
    let bytes = folder.read(FILE, MOST).unwrap_or_default();
    let (before, damaged) = State::read(bytes.as_deref(), config, now);
    let mut state = before.clone();
    change(&mut state);
    if state != before || damaged {
        let bytes = serde_json::to_vec_pretty(&state).map_err(|e| disk(e.into()))?;
        folder.write(FILE, &bytes).map_err(&disk)?;
    }
    Ok(state)
}

fn lock(folder: &Folder) -> Result<Held, UpdateError> {
    for _ in 0..TRIES {
        match folder
            .hold(LOCK)
            .map_err(UpdateError::disk("the updater's state cannot be locked"))?
        {
            Some(held) => return Ok(held),
            None => std::thread::sleep(PAUSE),
        }
    }
    Err(UpdateError::Busy)
}
