//! An unattended screen: its key, what it signs, and how it stays signed in (`PROTOCOL.md`,
//! section 1, "Unattended screens").

mod key;
mod login;
mod renewal;

pub use key::{Malformed, ScreenKey, enrolment, sign_in};
pub use login::ScreenLogin;
pub use renewal::Renewal;
