//! `[updates]`: to which version, and when not.

use crate::model;
use serde::Deserialize;

/// When and to what the program updates itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct UpdateRules {
    /// The version to stay at, for example `0.2.1`; no other is installed.
    pub stay_at: Option<String>,
    /// No check and no download in these hours, for example `"22:00-06:00"`.
    pub quiet: Option<QuietHours>,
}

impl UpdateRules {
    /// In the words of the part that acts on them.
    #[must_use]
    pub fn to_model(&self) -> model::UpdateRules {
        let time = |minute: u16| model::TimeOfDay::new(minute / 60, minute % 60);
        let quiet = self.quiet.and_then(|quiet| {
            Some(model::QuietHours { from: time(quiet.from)?, to: time(quiet.until)? })
        });
        model::UpdateRules { stay_at: self.stay_at.clone(), quiet }
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self { stay_at: self.stay_at.or(other.stay_at), quiet: self.quiet.or(other.quiet) }
    }
}

/// Hours of the local day. They may go over midnight; never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct QuietHours {
    /// First minute of the day, from 0 to 1439.
    pub from: u16,
    /// The minute after the last one, from 0 to 1439.
    pub until: u16,
}

impl TryFrom<String> for QuietHours {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        const FORM: &str = "quiet hours are like \"22:00-06:00\"";
        let (from, until) = text.split_once('-').ok_or(FORM)?;
        let (from, until) = (minute(from).ok_or(FORM)?, minute(until).ok_or(FORM)?);
        if from == until { Err(FORM) } else { Ok(Self { from, until }) }
    }
}

impl QuietHours {
    /// Whether a minute of the local day, from 0 to 1439, is one of them.
    #[must_use]
    pub fn cover(self, minute: u16) -> bool {
        if self.from < self.until {
            (self.from..self.until).contains(&minute)
        } else {
            minute >= self.from || minute < self.until
        }
    }
}

fn minute(text: &str) -> Option<u16> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let part = |text: &str, most: u16| {
        let digits = text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
        text.parse::<u16>().ok().filter(|n| digits && *n <= most)
    };
    Some(part(hours, 23)? * 60 + part(minutes, 59)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_are_the_same_in_both_forms() {
        let quiet = QuietHours::try_from("22:30-06:05".to_owned()).unwrap();
        let rules = UpdateRules { stay_at: Some("1.2.3".into()), quiet: Some(quiet) }.to_model();
        let hours = rules.quiet.unwrap();
        assert_eq!(
            (hours.from.to_string(), hours.to.to_string()),
            ("22:30".into(), "06:05".into())
        );
        assert_eq!(rules.stay_at.as_deref(), Some("1.2.3"));
        assert_eq!(UpdateRules::default().to_model(), model::UpdateRules::default());
    }
}
