//! The unattended screen, sans-I/O: its configuration, which keys it holds, how often a PIN may be
//! tried, and when a picture that does not come is a fault.

pub mod attempts;
pub mod keys;
pub mod watchdog;

use crate::policy::{KioskRules, PinHash};

/// Seconds without movement after which the pointer is hidden, unless the policy says otherwise.
const IDLE_CURSOR: u16 = 5;

/// How the unattended screen runs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kiosk {
    /// Name of the desktop to show.
    pub desktop: String,
    /// What stands at the top of the waiting screen; may be empty.
    pub branding: String,
    /// Hash of the PIN that leaves; `None`: it cannot be left from the keyboard.
    pub pin: Option<PinHash>,
    /// The pointer is hidden after so many seconds without movement; 0: never.
    pub idle_cursor: u16,
    /// Keep the screen awake while a live picture can be seen.
    pub keep_awake: bool,
    /// The desktop is watched, not controlled.
    pub view_only: bool,
    /// Which keys are held here and which not, in sentences.
    pub keys: Vec<String>,
}

impl Kiosk {
    /// By the policy's rules, showing this desktop.
    #[must_use]
    pub fn new(rules: &KioskRules, desktop: String, keys: Vec<String>) -> Self {
        Self {
            desktop,
            branding: rules.branding.clone().unwrap_or_default(),
            pin: rules.pin.clone(),
            idle_cursor: rules.idle_cursor.unwrap_or(IDLE_CURSOR),
            keep_awake: rules.keep_awake.unwrap_or(true),
            view_only: rules.view_only.unwrap_or(false),
            keys,
        }
    }
}
