//! Secrets of the app's own trust zone that a person types.

use zeroize::Zeroizing;

macro_rules! typed {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq)]
        pub struct $name(Zeroizing<String>);

        impl $name {
            /// Takes the text over.
            #[must_use]
            pub fn new(text: String) -> Self {
                Self(Zeroizing::new(text))
            }

            /// Whether nothing was typed.
            #[must_use]
            pub fn is_empty(&self) -> bool {
                self.0.is_empty()
            }

            /// The text, for the one request that carries it.
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

typed! {
    /// A password on its way from the text field to the sign-in request. Never printed or stored;
    /// its memory is wiped on drop.
    Password
}
typed! {
    /// An LLM provider's API key on its way from the text field to the cloud. Never printed,
    /// never stored on this machine; its memory is wiped on drop.
    ApiKey
}
typed! {
    /// The PIN of an unattended screen on its way from the text field to the check. Never printed or
    /// stored; its memory is wiped on drop.
    Pin
}
typed! {
    /// An invitation's code as it was typed.
    InvitationText
}
typed! {
    /// An enrolment code as it was typed on the machine that is to be a screen.
    EnrolmentText
}
