//! What happens at the gateway, typed. Unknown events and fields are skipped, never fatal.

/// An event.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Happening {
    /// An event that this program has no use for, by name.
    Other(String),
}
