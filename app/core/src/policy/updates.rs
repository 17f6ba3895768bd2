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
        let quiet = self.quiet.map(|quiet| quiet.0);
        model::UpdateRules { stay_at: self.stay_at.clone(), quiet }
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self { stay_at: self.stay_at.or(other.stay_at), quiet: self.quiet.or(other.quiet) }
    }
}

/// Hours of the local day, as a policy writes them. They may go over midnight; never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct QuietHours(pub model::QuietHours);

impl TryFrom<String> for QuietHours {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        const FORM: &str = "quiet hours are like \"22:00-06:00\"";
        let time = |text: &str| text.trim().parse().map_err(|model::NoTimeOfDay| FORM);
        let (from, to) = text.split_once('-').ok_or(FORM)?;
        let hours = model::QuietHours { from: time(from)?, to: time(to)? };
        if hours.from == hours.to { Err(FORM) } else { Ok(Self(hours)) }
    }
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
