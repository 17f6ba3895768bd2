//! Secrets of the cloud's trust zone, each its own type. None converts into another, none is
//! printed, each is wiped on drop.

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

macro_rules! secret {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Zeroizing<String>);

        impl $name {
            /// Takes the text over.
            #[must_use]
            pub fn new(text: String) -> Self {
                Self(Zeroizing::new(text))
            }

            /// The text, for the one place that sends or stores it.
            #[must_use]
            pub fn expose(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    };
}

secret! {
    /// The app's bearer token, from sign-in to sign-out.
    BearerToken
}
secret! {
    /// A short-lived token for one realtime socket. Kept in memory only.
    RealtimeToken
}
secret! {
    /// A daemon's own bearer.
    DaemonToken
}
secret! {
    /// A screen's short-lived bearer. Kept in memory only. It is no person's: it opens only what
    /// a screen may see, and does not convert into a [`BearerToken`].
    ScreenBearer
}
secret! {
    /// A time-limited TURN password.
    RelayCredential
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_printed() {
        let all = format!(
            "{:?}{:?}{:?}{:?}{:?}",
            BearerToken::new("hunter2".into()),
            RealtimeToken::new("hunter2".into()),
            DaemonToken::new("hunter2".into()),
            ScreenBearer::new("hunter2".into()),
            RelayCredential::new("hunter2".into())
        );
        assert!(!all.contains("hunter2"));
    }
}
