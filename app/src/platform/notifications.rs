//! Notifications of a Linux desktop (Desktop Notifications Specification 1.3).

use super::bus::{Fault, System};
use std::collections::HashMap;
use zbus::zvariant::Value;

const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";

/// What the service can do.
///
/// # Errors
/// When there is none, or it does not answer.
pub(super) async fn can(system: &System) -> Result<Vec<String>, Fault> {
    let bus = system.bus().await?;
    let asked = bus.call_method(Some(NAME), PATH, Some(NAME), "GetCapabilities", &());
    let answer = system.in_time(asked).await?;
    answer.body().deserialize().map_err(Fault::from)
}

/// Shows one. Both are plain text.
///
/// # Errors
/// When there is no service for it, or it does not answer.
pub(super) async fn show(system: &System, title: &str, text: &str) -> Result<(), Fault> {
    let can = can(system).await?;
    let bus = system.bus().await?;
    // Where the text is markup, what somebody wrote must not become a link or a picture.
    let text = if can.iter().any(|can| can == "body-markup") { escape(text) } else { text.into() };
    let hints: HashMap<&str, Value<'_>> =
        HashMap::from([("desktop-entry", "io.multiclaw.Desktop".into()), ("urgency", 1_u8.into())]);
    let actions: [&str; 0] = [];
    let body = ("MultiClaw", 0_u32, "", title, text.as_str(), actions.as_slice(), hints, -1_i32);
    system.in_time(bus.call_method(Some(NAME), PATH, Some(NAME), "Notify", &body)).await?;
    Ok(())
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
