//! Links to a place in the program: `multiclaw://desktop/NAME`. Anybody can make one, and a click
//! on any page opens it, so a link is a place to show and nothing else: it names no server, no
//! gateway and no act, and one with anything in it that is not understood is refused whole.

use crate::tr;
use percent_encoding::percent_decode_str;

/// Longest link, in bytes.
pub const LONGEST: usize = 512;

/// What a link shows. The text is only ever compared with what the program lists already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A cloud desktop, by its name or the cloud's id.
    Desktop(String),
    /// A conversation of the gateway on this machine, by its session key.
    Chat(String),
    /// A conversation of the workspace, by its id.
    Conversation(String),
    /// A page of the settings, by its word: lower-case letters and `-`.
    Settings(String),
}

/// Why a link is refused. The sentences do not repeat it: it may be made to look like something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LinkError {
    /// More than [`LONGEST`] bytes.
    #[error("The link is too long, so it was not followed.")]
    TooLong,
    /// Another scheme.
    #[error("The link does not begin with multiclaw://, so it was not followed.")]
    Scheme,
    /// Not one of the places, with exactly one name behind it.
    #[error(
        "The link names no part of MultiClaw, so it was not followed. It has to be one to a \
         desktop, a chat, a conversation or a page of the settings."
    )]
    Place,
    /// Options, a part of a page, or a character that a name in a link cannot have.
    #[error("The link holds more than the name of a place, so it was not followed.")]
    Extra,
}

impl LinkError {
    /// The sentence in the person's language; `Display` is for logs.
    #[must_use]
    pub fn said(self) -> &'static str {
        match self {
            Self::TooLong => tr!("engine-link-too-long"),
            Self::Scheme => tr!("engine-link-scheme"),
            Self::Place => tr!("engine-link-place"),
            Self::Extra => tr!("engine-link-extra"),
        }
    }
}

impl Target {
    /// Reads a link.
    ///
    /// # Errors
    /// [`LinkError`], for every link that is not exactly `multiclaw://PLACE/NAME`.
    pub fn parse(link: &str) -> Result<Self, LinkError> {
        if link.len() > LONGEST {
            return Err(LinkError::TooLong);
        }
        let rest = link.strip_prefix("multiclaw://").ok_or(LinkError::Scheme)?;
        if rest.contains(['?', '#', '\\']) || rest.contains(char::is_whitespace) {
            return Err(LinkError::Extra);
        }
        let (place, name) = rest.split_once('/').ok_or(LinkError::Place)?;
        let make = match place {
            "desktop" => Self::Desktop,
            "chat" => Self::Chat,
            "conversation" => Self::Conversation,
            "settings" => Self::Settings,
            _ => return Err(LinkError::Place),
        };
        let name = decode(name)?;
        if name.is_empty() {
            return Err(LinkError::Place);
        }
        let plain = |allowed: fn(char) -> bool| name.chars().all(allowed);
        let fits = match place {
            // Ids of the cloud.
            "conversation" => plain(|c| c.is_ascii_alphanumeric() || c == '-'),
            "settings" => plain(|c| c.is_ascii_lowercase() || c == '-'),
            _ => plain(|c| !c.is_control() && !turns(c) && !"/\\?#%@".contains(c)),
        };
        // A name that spaces surround could pass for another one.
        if !fits || name.trim() != name || name == "." || name == ".." {
            return Err(LinkError::Extra);
        }
        Ok(make(name))
    }
}

/// Percent-decoded, exactly once.
fn decode(name: &str) -> Result<String, LinkError> {
    let bytes = name.as_bytes();
    let broken = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'%').any(|(at, _)| {
        let digits = bytes.get(at + 1..at + 3);
        !digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    });
    if broken {
        return Err(LinkError::Extra);
    }
    let text = percent_decode_str(name).decode_utf8().map_err(|_| LinkError::Extra)?;
    Ok(text.into_owned())
}

/// Changes the direction of writing, or cannot be seen.
fn turns(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
    use proptest::prelude::*;

    #[test]
    fn the_four_places_are_understood() {
        let parse = |link| Target::parse(link).unwrap();
        assert_eq!(parse("multiclaw://desktop/Build%20box"), Target::Desktop("Build box".into()));
        assert_eq!(parse("multiclaw://desktop/B%C3%BCro"), Target::Desktop("Büro".into()));
        assert_eq!(parse("multiclaw://desktop/Büro"), Target::Desktop("Büro".into()));
        assert_eq!(
            parse("multiclaw://chat/agent:main:main"),
            Target::Chat("agent:main:main".into())
        );
        assert_eq!(
            parse("multiclaw://chat/agent%3Amain%3Amain"),
            Target::Chat("agent:main:main".into())
        );
        let id = "0d3f4a6e-1c4b-4f0e-9a51-1f6b8f1f2a3b";
        let link = format!("multiclaw://conversation/{id}");
        assert_eq!(Target::parse(&link), Ok(Target::Conversation(id.into())));
        assert_eq!(parse("multiclaw://settings/network"), Target::Settings("network".into()));
    }

    #[test]
    fn h5_a_link_names_no_gateway_no_server_and_no_act() {
        use LinkError::{Extra, Place, Scheme};
        for (link, why) in [
            ("multiclaw://chat/agent:main:main?gatewayUrl=ws://evil.example", Extra),
            ("multiclaw://chat/agent:main:main#token=1", Extra),
            ("multiclaw://chat/agent:main:main%3FgatewayUrl=ws:%2F%2Fevil.example", Extra),
            ("multiclaw://?gatewayUrl=ws://evil.example", Extra),
            ("multiclaw://settings/network?proxy=evil.example", Extra),
            ("multiclaw://gateway/ws:evil.example", Place),
            ("multiclaw://connect/evil.example", Place),
            ("multiclaw://send/hello", Place),
            ("multiclaw://approve/1", Place),
            ("multiclaw://sign-in/ada", Place),
            ("multiclaw://evil.example/desktop/box", Place),
            ("multiclaw://evil.example", Place),
            ("multiclaw://ada:secret@desktop/box", Place),
            ("multiclaw://desktop:8443/box", Place),
            ("multiclaw://desktop", Place),
            ("multiclaw://desktop/", Place),
            ("multiclaw://", Place),
            ("multiclaw:desktop/box", Scheme),
            ("multiclaw:///desktop/box", Place),
            ("MULTICLAW://desktop/box", Scheme),
            (" multiclaw://desktop/box", Scheme),
            ("https://desktop/box", Scheme),
            ("--data=/", Scheme),
            ("", Scheme),
            ("multiclaw://desktop/a/b", Extra),
            ("multiclaw://desktop/box/", Extra),
            ("multiclaw://desktop/..", Extra),
            ("multiclaw://desktop/%2e%2e", Extra),
            ("multiclaw://desktop/a%2Fb", Extra),
            ("multiclaw://desktop/a%5Cb", Extra),
            ("multiclaw://desktop/a\\b", Extra),
            ("multiclaw://desktop/a%252Fb", Extra),
            ("multiclaw://desktop/a%00", Extra),
            ("multiclaw://desktop/a%0D%0Ab", Extra),
            ("multiclaw://desktop/a\nb", Extra),
            ("multiclaw://desktop/a b", Extra),
            ("multiclaw://desktop/%20box", Extra),
            ("multiclaw://desktop/a%zz", Extra),
            ("multiclaw://desktop/a%", Extra),
            ("multiclaw://desktop/a%2", Extra),
            ("multiclaw://desktop/%C0%AF", Extra),
            ("multiclaw://desktop/%FF", Extra),
            ("multiclaw://desktop/box%E2%80%AEgnp", Extra),
            ("multiclaw://desktop/evil@box", Extra),
            ("multiclaw://desktop/%40box", Extra),
            ("multiclaw://conversation/one:two", Extra),
            ("multiclaw://settings/Network", Extra),
            ("multiclaw://settings/network%21", Extra),
        ] {
            assert_eq!(Target::parse(link), Err(why), "{link}");
        }
        let long = format!("multiclaw://desktop/{}", "a".repeat(LONGEST));
        assert_eq!(Target::parse(&long), Err(LinkError::TooLong));
    }

    #[test]
    fn a_refusal_does_not_repeat_the_link() {
        for link in ["evil", "multiclaw://evil/evil", "multiclaw://desktop/evil?evil"] {
            let error = Target::parse(link).unwrap_err();
            let said = error.to_string();
            assert_eq!(said, error.said());
            assert!(!said.contains("evil") && said.ends_with('.'), "{said}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(link in "\\PC*") {
            let _ = Target::parse(&link);
            let _ = Target::parse(&format!("multiclaw://desktop/{link}"));
        }

        #[test]
        fn what_is_read_is_one_plain_name(
            place in "desktop|chat|conversation|settings",
            name in "[ -~äé%/?#@\\\\\u{202e}\u{0}]{0,40}",
        ) {
            let link = format!("multiclaw://{place}/{name}");
            if let Ok(
                Target::Desktop(name) | Target::Chat(name)
                | Target::Conversation(name) | Target::Settings(name)
            ) = Target::parse(&link) {
                prop_assert!(!name.is_empty() && name.trim() == name);
                let tricks = ['/', '\\', '?', '#', '%', '@', '\0', '\u{202e}'];
                prop_assert!(!name.contains(tricks));
            }
        }

        #[test]
        fn every_usual_name_can_be_linked_to(name in "[A-Za-z0-9äöü._:+-][A-Za-z0-9äöü ._:+()-]{1,30}[a-z0-9]") {
            let link = format!("multiclaw://desktop/{}", utf8_percent_encode(&name, NON_ALPHANUMERIC));
            prop_assert_eq!(Target::parse(&link), Ok(Target::Desktop(name)));
        }
    }
}
