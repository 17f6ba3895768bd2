//! Keeping the screen awake: `org.freedesktop.portal.Inhibit`, else `org.freedesktop.ScreenSaver`.
//!
//! The Wayland protocol for it (idle-inhibit) is out of reach of a `winit` window. Under the
//! compositor cage nothing sends the screen to sleep; on a bare X server `xset` does it
//! (`packaging/kiosk/`).

use super::bus::{Fault, System};
use std::collections::HashMap;
use zbus::zvariant::{OwnedObjectPath, Value};

const PORTAL: &str = "org.freedesktop.portal.Desktop";
const PORTAL_PATH: &str = "/org/freedesktop/portal/desktop";
const INHIBIT: &str = "org.freedesktop.portal.Inhibit";
const REQUEST: &str = "org.freedesktop.portal.Request";
const SAVER: &str = "org.freedesktop.ScreenSaver";
const SAVER_PATH: &str = "/org/freedesktop/ScreenSaver";
/// The portal's flag for "the session is idle".
const IDLE: u32 = 8;
const REASON: &str = "A cloud desktop is shown";

/// Who keeps the screen awake for us.
#[derive(Debug)]
pub(super) enum Held {
    /// The portal, until this request is closed.
    Portal(OwnedObjectPath),
    /// The screen saver, by this cookie.
    Saver(u32),
}

/// Asks for it.
pub(super) async fn begin(system: &System) -> Result<Held, Fault> {
    let bus = system.bus().await?;
    let options: HashMap<&str, Value<'_>> = HashMap::from([("reason", REASON.into())]);
    let body = ("", IDLE, options);
    let asked = bus.call_method(Some(PORTAL), PORTAL_PATH, Some(INHIBIT), "Inhibit", &body);
    let portal = match system.in_time(asked).await {
        Ok(answer) => return Ok(Held::Portal(answer.body().deserialize().map_err(Fault::from)?)),
        Err(fault) => fault,
    };
    tracing::debug!(?portal, "the portal does not keep the screen awake");
    let body = ("MultiClaw", REASON);
    let asked = bus.call_method(Some(SAVER), SAVER_PATH, Some(SAVER), "Inhibit", &body);
    let answer = system.in_time(asked).await?;
    Ok(Held::Saver(answer.body().deserialize().map_err(Fault::from)?))
}

/// Lets it sleep again. When the connection is gone, so is what was held.
pub(super) async fn end(system: &System, held: Held) -> Result<(), Fault> {
    let bus = system.bus().await?;
    match held {
        Held::Portal(request) => {
            let asked =
                bus.call_method(Some(PORTAL), request.as_str(), Some(REQUEST), "Close", &());
            system.in_time(asked).await?;
        }
        Held::Saver(cookie) => {
            let body = (cookie,);
            let asked = bus.call_method(Some(SAVER), SAVER_PATH, Some(SAVER), "UnInhibit", &body);
            system.in_time(asked).await?;
        }
    }
    Ok(())
}
