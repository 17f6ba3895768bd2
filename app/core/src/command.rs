//! Everything a person can ask for. What is not here cannot be done from the user interface.

use crate::model::{DesktopId, Keyboard, Scaling, Theme};
use crate::secret::Password;
pub use stream::protocol::input::{Button, Input};
pub use stream::protocol::keycode::KeyCode;

/// One act of a person. [`crate::scope::scope_of`] names what each may touch.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Sign in to the cloud with an e-mail address and a password.
    SignIn {
        /// As typed; trimmed by core.
        email: String,
        /// Held in memory until the request is sent.
        password: Password,
    },
    /// Stop a sign-in that is under way.
    CancelSignIn,
    /// Forget the account on this machine and end its session at the cloud.
    SignOut,
    /// Load the list of desktops again.
    RefreshDesktops,
    /// Connect now instead of waiting for the next attempt (cloud connection).
    ReconnectCloud,
    /// Open a desktop and show it.
    OpenDesktop(DesktopId),
    /// Leave the desktop that is open and show the list.
    CloseDesktop,
    /// Try to reach the open desktop now instead of waiting for the countdown.
    ReconnectNow,
    /// Stop trying to reach the open desktop. The last picture stays.
    CancelReconnect,
    /// Pass an input event to the open desktop. Dropped when it is not live or view-only is on.
    Input(Input),
    /// Ask the desktop for a whole new picture.
    RefreshPicture,
    /// The picture can or cannot be seen (window minimised or covered by another screen).
    PictureVisible(bool),
    /// Watch without sending input, or take control.
    SetViewOnly(bool),
    /// Trade sharpness for bandwidth.
    SetQuality(crate::model::Quality),
    /// Show or hide the stats overlay.
    ShowStats(bool),
    /// Fit the picture to the window or show it pixel for pixel.
    SetScaling(Scaling),
    /// How keys are passed on.
    SetKeyboard(Keyboard),
    /// Choose the look.
    SetTheme(Theme),
    /// Take the notice away.
    DismissNotice,
}
