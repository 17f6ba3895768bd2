//! What suits the person's eyes and the machine's strength.

/// How large everything is, in percent of what the system says: one of [`Scale::STEPS`].
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(into = "u16", try_from = "u16")]
pub struct Scale(u16);

impl Scale {
    /// All that can be chosen.
    pub const STEPS: [Self; 7] =
        [Self(100), Self(125), Self(150), Self(175), Self(200), Self(250), Self(300)];

    /// Percent.
    #[must_use]
    pub fn percent(self) -> u16 {
        self.0
    }

    /// As a factor, 1.0 to 3.0.
    #[must_use]
    pub fn factor(self) -> f32 {
        f32::from(self.0) / 100.0
    }

    /// The next larger one; the largest stays.
    #[must_use]
    pub fn larger(self) -> Self {
        Self::STEPS.into_iter().find(|step| *step > self).unwrap_or(self)
    }

    /// The next smaller one; the smallest stays.
    #[must_use]
    pub fn smaller(self) -> Self {
        Self::STEPS.into_iter().rev().find(|step| *step < self).unwrap_or(self)
    }
}

impl Default for Scale {
    fn default() -> Self {
        Self(100)
    }
}

impl From<Scale> for u16 {
    fn from(scale: Scale) -> Self {
        scale.0
    }
}

impl TryFrom<u16> for Scale {
    type Error = &'static str;

    fn try_from(percent: u16) -> Result<Self, Self::Error> {
        Self::STEPS.into_iter().find(|step| step.0 == percent).ok_or("no scale that is offered")
    }
}

/// Whether this machine is spared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Power {
    /// When it is weak.
    #[default]
    Automatic,
    /// Never.
    Full,
    /// Always.
    Low,
}

/// What is known of this machine's strength.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Machine {
    /// Cores that this program may use; 0: not known.
    pub cores: usize,
    /// A CPU plays the graphics device.
    pub software_graphics: bool,
}

impl Machine {
    /// Thirty pictures a second would take what the person's other work needs: a core paints them
    /// and there is at most one other, or there is one core in all. `tests/compare` prints what
    /// painting costs on a software device.
    #[must_use]
    pub fn is_weak(self) -> bool {
        self.cores == 1 || (self.software_graphics && self.cores <= 2)
    }
}

impl Power {
    /// Whether fewer pictures are asked for on this machine.
    #[must_use]
    pub fn is_low(self, machine: Machine) -> bool {
        match self {
            Self::Automatic => machine.is_weak(),
            Self::Full => false,
            Self::Low => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_are_steps_with_ends() {
        let mut scale = Scale::default();
        let mut seen = vec![scale.percent()];
        while scale.larger() != scale {
            scale = scale.larger();
            seen.push(scale.percent());
        }
        assert_eq!(seen, [100, 125, 150, 175, 200, 250, 300]);
        assert_eq!(Scale::default().smaller(), Scale::default());
        assert_eq!(scale.smaller().percent(), 250);
        for bad in ["0", "99", "110", "301", "-1", "1e9", "\"100\""] {
            assert!(serde_json::from_str::<Scale>(bad).is_err(), "{bad}");
        }
        assert_eq!(serde_json::from_str::<Scale>("150").unwrap().percent(), 150);
    }

    #[test]
    fn a_weak_machine_is_spared_unless_the_person_says_otherwise() {
        let machine = |cores, software_graphics| Machine { cores, software_graphics };
        for (of, weak) in [
            (machine(0, false), false),
            (machine(1, false), true),
            (machine(2, false), false),
            (machine(2, true), true),
            (machine(4, true), false),
        ] {
            assert_eq!(Power::Automatic.is_low(of), weak, "{of:?}");
            assert!(!Power::Full.is_low(of) && Power::Low.is_low(of));
        }
    }
}
