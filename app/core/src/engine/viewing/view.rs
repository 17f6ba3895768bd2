//! What is asked of the desktop: how many pictures, and how fine.

use super::{Link, Viewing};
use crate::engine::Engine;
use crate::model::Quality;
use stream::viewer::View;

/// Most pictures a second on a machine that is spared.
const LOW_POWER_FPS: u8 = 12;

pub(super) fn of(quality: Quality, low_power: bool, visible: bool) -> View {
    let (max_fps, quality) = match quality {
        Quality::LowData => (10, 45),
        Quality::Balanced => (30, 75),
        Quality::Sharp => (60, 92),
    };
    let max_fps = if low_power { max_fps.min(LOW_POWER_FPS) } else { max_fps };
    View { max_fps: if visible { max_fps } else { 0 }, quality }
}

impl Engine {
    pub(in crate::engine) fn send_view(&self) {
        if let Some(Viewing { link: Link::Open { viewer, .. }, visible, .. }) = &self.viewing
            && viewer.view(of(self.model.settings.quality, self.model.low_power, *visible)).is_err()
        {
            tracing::debug!("a change of view was dropped");
        }
    }

    /// The machine is to be spared, or not any more.
    pub(in crate::engine) fn power_changed(&mut self) {
        self.model.low_power = self.model.settings.power.is_low(self.config.machine);
        self.send_view();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_that_is_spared_gets_fewer_pictures_and_a_hidden_picture_none() {
        let fps = |quality, low, visible| of(quality, low, visible).max_fps;
        for (quality, full, low) in
            [(Quality::LowData, 10, 10), (Quality::Balanced, 30, 12), (Quality::Sharp, 60, 12)]
        {
            assert_eq!(fps(quality, false, true), full);
            assert_eq!(fps(quality, true, true), low);
            assert_eq!(fps(quality, false, false), 0);
        }
        assert_eq!(of(Quality::Sharp, true, true).quality, 92, "as fine as was chosen");
    }
}
