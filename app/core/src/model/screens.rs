//! Unattended screens: the owners' list of them, and what a screen itself shows.

use super::{DesktopId, Load, Problem};
use cloud_client::wire::EnrolmentCode;

/// The workspace's unattended screens, for owners.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Screens {
    /// By name.
    pub list: Load<UnattendedScreen>,
    /// One that was just added: its code is shown once.
    pub enrolment: Option<ScreenEnrolment>,
}

/// A screen, as an owner sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnattendedScreen {
    /// The cloud's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The desktops it may show.
    pub desktops: Vec<DesktopId>,
    /// It may send input, not only watch.
    pub control: bool,
    /// Its machine has given the code.
    pub enrolled: bool,
    /// Who added it.
    pub creator: String,
    /// When it was seen last, in words; empty for never.
    pub last_seen: String,
    /// Until when its code is good, in words; empty once it is enrolled.
    pub until: String,
}

/// A screen that was just added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScreenEnrolment {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What is typed in on the machine.
    pub code: EnrolmentCode,
    /// Until when, in words.
    pub until: String,
    /// What is started on the machine. It holds no secret.
    pub command: String,
    /// The machine has given the code.
    pub done: bool,
}

/// What a new screen is to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScreenDraft {
    /// Its name.
    pub name: String,
    /// The desktops it may show.
    pub desktops: Vec<DesktopId>,
    /// It may send input, not only watch.
    pub control: bool,
}

/// This machine as an unattended screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScreenAccount {
    /// What the owner calls it; empty before it is enrolled.
    pub name: String,
    /// Name of the workspace; empty before it is enrolled.
    pub workspace: String,
    /// Host of the cloud.
    pub server: String,
    /// It may send input, not only watch.
    pub control: bool,
    /// Where it stands.
    pub state: ScreenState,
}

/// Where an unattended screen stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScreenState {
    /// It waits for somebody to type a code in.
    NotEnrolled {
        /// The code is being checked.
        busy: bool,
        /// Why the last one was not taken, or why what is kept here cannot be used.
        problem: Option<Problem>,
    },
    /// It signs in, or waits until the cloud can be reached (`Model::cloud` says which).
    SigningIn,
    /// It is signed in.
    Ready,
    /// The owner has removed it.
    Removed(Problem),
}
