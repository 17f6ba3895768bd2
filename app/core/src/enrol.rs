//! Making this machine an unattended screen, with a code that an owner has made.

use crate::say;
use crate::secret::EnrolmentText;
use crate::storage::{Storage, StorageError, StoredScreen};
use cloud_client::rest::Rest;
use cloud_client::screen::ScreenKey;
use cloud_client::wire::EnrolmentCode;

/// Why this machine is no screen. What was there before stays.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EnrolError {
    /// The cloud did not take the code, or could not be asked.
    #[error("{0}")]
    Cloud(Box<Words>),
    /// The key cannot be kept.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// What happened and what to do, as text.
#[derive(Debug)]
pub struct Words(pub crate::model::Problem);

impl std::fmt::Display for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0.next.as_str() {
            "" => f.write_str(&self.0.what),
            next => write!(f, "{} {next}", self.0.what),
        }
    }
}

/// [`enrol`] with a code as it was typed, through this way out.
///
/// # Errors
/// [`EnrolError`].
pub async fn with_code(
    door: net::Door,
    cloud: &str,
    storage: &Storage,
    code: &EnrolmentText,
) -> Result<StoredScreen, EnrolError> {
    let code = EnrolmentCode::new(code.expose().trim().to_owned());
    enrol(&Rest::new(door, cloud), cloud, storage, &code).await
}

/// Makes a key on this machine, gives its public half to the cloud with the code, and keeps it.
/// The disk is tried first, so that a full one does not use the code up.
///
/// # Errors
/// [`EnrolError`].
pub async fn enrol(
    rest: &Rest,
    cloud: &str,
    storage: &Storage,
    code: &EnrolmentCode,
) -> Result<StoredScreen, EnrolError> {
    let mut stored = StoredScreen {
        cloud: cloud.to_owned(),
        screen: String::new(),
        name: String::new(),
        workspace: String::new(),
        control: false,
        key: ScreenKey::generate(),
    };
    stored.try_out(storage)?;
    let who = rest
        .enrol_screen(code, &stored.key)
        .await
        .map_err(|error| EnrolError::Cloud(Box::new(Words(say::enrolment(&error)))))?;
    stored.screen = who.screen.id;
    stored.name = who.screen.name;
    stored.control = who.screen.control;
    stored.workspace = who.workspace.name;
    stored.save(storage)?;
    Ok(stored)
}
