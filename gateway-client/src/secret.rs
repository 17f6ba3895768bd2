//! Secrets of the gateway's trust zone.

use zeroize::{Zeroize, ZeroizeOnDrop};

macro_rules! secret {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
        pub struct $name(String);

        impl $name {
            /// Takes a secret in.
            #[must_use]
            pub fn new(secret: String) -> Self {
                Self(secret)
            }

            /// The secret itself, for what goes to the gateway or into its own file.
            #[must_use]
            pub fn expose(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "([redacted])"))
            }
        }
    };
}

secret! {
    /// The gateway's shared token (or password), from its configuration or its environment.
    GatewayToken
}
secret! {
    /// The token that the gateway issued to this device.
    DeviceToken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_do_not_print_themselves() {
        let text =
            format!("{:?} {:?}", GatewayToken::new("abc".into()), DeviceToken::new("abc".into()));
        assert!(!text.contains("abc"));
    }
}
