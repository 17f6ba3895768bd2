//! What keeps the program within its bounds, in the model; and the crash log.

use super::Engine;
use crate::crash;

impl Engine {
    pub(super) fn safety_begin(&mut self) {
        self.model.safety.sandbox = self.config.sandbox.clone();
        crash::keep(self.model.settings.crash_log);
        self.look_at_crash_log(false);
    }

    fn look_at_crash_log(&mut self, delete: bool) {
        self.keeper.crash_log(self.acting, self.events(), delete, |engine, facts| {
            engine.model.safety.crash_log = facts;
        });
    }

    pub(super) fn set_crash_log(&mut self, on: bool) {
        self.model.settings.crash_log = on;
        crash::keep(on);
    }

    pub(super) fn delete_crash_log(&mut self) {
        self.look_at_crash_log(true);
    }

    /// Something may have been refused.
    pub(super) fn show_safety(&mut self) {
        let refused = self.doors.refused();
        if self.model.safety.refused != refused {
            self.model.safety.refused = refused;
        }
    }
}
