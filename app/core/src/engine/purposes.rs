//! What connections are for, in the person's language ([`Purpose::facts`] is English).

use crate::tr;
use net::Purpose;

/// A purpose in words: whole sentences, but for `name` and `protocol`.
pub(super) struct Words {
    pub(super) name: &'static str,
    pub(super) protocol: &'static str,
    pub(super) when: &'static str,
    pub(super) sent: &'static str,
    pub(super) blocked: &'static str,
}

pub(super) fn words(purpose: Purpose) -> Words {
    match purpose {
        Purpose::CloudApi => Words {
            name: tr!("engine-purpose-api"),
            protocol: "HTTPS",
            when: tr!("engine-purpose-api-when"),
            sent: tr!("engine-purpose-api-sent"),
            blocked: tr!("engine-purpose-api-blocked"),
        },
        Purpose::CloudRealtime => Words {
            name: tr!("engine-purpose-realtime"),
            protocol: "WSS",
            when: tr!("engine-purpose-realtime-when"),
            sent: tr!("engine-purpose-realtime-sent"),
            blocked: tr!("engine-purpose-realtime-blocked"),
        },
        Purpose::CloudDesktop => Words {
            name: tr!("engine-purpose-desktop"),
            protocol: tr!("engine-purpose-desktop-protocol"),
            when: tr!("engine-purpose-desktop-when"),
            sent: tr!("engine-purpose-desktop-sent"),
            blocked: tr!("engine-purpose-desktop-blocked"),
        },
        Purpose::Updater => Words {
            name: tr!("engine-purpose-updates"),
            protocol: "HTTPS",
            when: tr!("engine-purpose-updates-when"),
            sent: tr!("engine-purpose-updates-sent"),
            blocked: tr!("engine-purpose-updates-blocked"),
        },
        Purpose::Progress => Words {
            name: tr!("engine-purpose-progress"),
            protocol: "WSS",
            when: tr!("engine-purpose-progress-when"),
            sent: tr!("engine-purpose-progress-sent"),
            blocked: tr!("engine-purpose-progress-blocked"),
        },
        Purpose::LinkTitle => Words {
            name: tr!("engine-purpose-titles"),
            protocol: "HTTPS",
            when: tr!("engine-purpose-titles-when"),
            sent: tr!("engine-purpose-titles-sent"),
            blocked: tr!("engine-purpose-titles-blocked"),
        },
        Purpose::Favicon => Words {
            name: tr!("engine-purpose-icons"),
            protocol: "HTTPS",
            when: tr!("engine-purpose-icons-when"),
            sent: tr!("engine-purpose-icons-sent"),
            blocked: tr!("engine-purpose-icons-blocked"),
        },
        Purpose::Gateway => Words {
            name: tr!("engine-purpose-gateway"),
            protocol: "WS, HTTP",
            when: tr!("engine-purpose-gateway-when"),
            sent: tr!("engine-purpose-gateway-sent"),
            blocked: tr!("engine-purpose-gateway-blocked"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_is_what_the_way_out_says() {
        for purpose in Purpose::ALL {
            let (said, facts) = (words(purpose), purpose.facts());
            assert_eq!((said.name, said.protocol), (facts.name, facts.protocol));
            assert_eq!(
                (said.when, said.sent, said.blocked),
                (facts.when, facts.sent, facts.blocked)
            );
        }
    }
}
