//! The pages of the connection log and of the inventory, while one of them is open.

use super::Engine;
use super::purposes::words;
use crate::model::{Connections, InventoryRow, LogEntry, Outcome as Kind, Settings};
use crate::say;
use crate::tr;
use net::{Door, Entry, Outcome, Policy, Purpose, State};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Between two looks at the log.
const LOOK: Duration = Duration::from_secs(1);

/// The pages' part of the engine.
#[derive(Default)]
pub(super) struct Page {
    look_at: Option<Instant>,
    /// The log's generation that is shown.
    shown: Option<u64>,
}

impl Engine {
    pub(super) fn watch_connections(&mut self, on: bool) {
        self.connections = Page { look_at: on.then(Instant::now), shown: None };
        if on {
            self.connections_tick();
        } else {
            self.model.connections = Connections::default();
        }
    }

    pub(super) fn connections_deadline(&self) -> Option<Instant> {
        self.connections.look_at
    }

    pub(super) fn connections_tick(&mut self) {
        let Some(at) = self.connections.look_at else { return };
        let now = Instant::now();
        if now < at {
            return;
        }
        self.connections.look_at = Some(now + LOOK);
        let door = self.doors.closed();
        let log = door.log();
        let generation = Some(log.generation());
        if self.connections.shown == generation {
            return;
        }
        self.connections.shown = generation;
        let rows: Vec<LogEntry> = log.entries().iter().rev().map(entry).collect();
        self.model.connections = Connections {
            log: Arc::new(rows),
            inventory: Arc::new(inventory(&door, &self.model.settings)),
            proxy: proxy(&door, &self.config.cloud),
        };
    }
}

fn entry(entry: &Entry) -> LogEntry {
    let (result, outcome) = match (&entry.outcome, entry.state) {
        (Outcome::Failed(error @ net::NetError::Refused { .. }), _)
        | (Outcome::Failed(error @ net::NetError::PrivateAddress { .. }), _) => {
            (tr!("engine-not-allowed", why = error.to_string()), Kind::Refused)
        }
        (Outcome::Failed(error), _) => (error.to_string(), Kind::Failed),
        (Outcome::Cancelled, _) => (tr!("engine-connection-cancelled").to_owned(), Kind::Done),
        (Outcome::Pending, _) => (tr!("engine-connection-connecting").to_owned(), Kind::Open),
        (_, State::Open) => (tr!("engine-connection-open").to_owned(), Kind::Open),
        (Outcome::Done { status: Some(status) }, _) => {
            (tr!("engine-connection-status", status = status.to_string()), Kind::Done)
        }
        (Outcome::Done { status: None }, _) => {
            (tr!("engine-connection-ended").to_owned(), Kind::Done)
        }
        (Outcome::Opened, State::Unwatched) => {
            (tr!("engine-connection-socket-opened").to_owned(), Kind::Open)
        }
        (Outcome::Opened, State::Ended(_)) => {
            (tr!("engine-connection-socket-closed").to_owned(), Kind::Done)
        }
    };
    let bytes = entry.traffic.map_or_else(String::new, |traffic| {
        tr!("engine-traffic", received = bytes(traffic.received), sent = bytes(traffic.sent))
    });
    LogEntry {
        when: say::moment(entry.at),
        purpose: words(entry.purpose).name.to_owned(),
        host: entry.host.clone(),
        port: entry.port,
        proxy: entry.proxy.clone().unwrap_or_default(),
        result,
        outcome,
        bytes,
    }
}

/// 999 B, 1.2 KB, 3.4 MB.
fn bytes(count: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "one decimal is shown")]
    let count_f = count as f64;
    match count {
        0..1_000 => format!("{count} B"),
        1_000..1_000_000 => format!("{:.1} KB", count_f / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} MB", count_f / 1e6),
        _ => format!("{:.1} GB", count_f / 1e9),
    }
}

fn inventory(door: &Door, settings: &Settings) -> Vec<InventoryRow> {
    let log = door.log();
    let row = |purpose: Purpose| {
        let words = words(purpose);
        InventoryRow {
            name: words.name.to_owned(),
            hosts: hosts(door.policy(), purpose),
            protocol: words.protocol.to_owned(),
            when: words.when.to_owned(),
            sends: words.sent.to_owned(),
            blocked: words.blocked.to_owned(),
            last: log.last(purpose).map(|entry| say::moment(entry.at)).unwrap_or_default(),
            off: match purpose {
                Purpose::LinkTitle => !settings.link_titles,
                Purpose::Favicon => !settings.favicons,
                Purpose::Progress => !settings.live_progress,
                _ => false,
            },
        }
    };
    Purpose::ALL.into_iter().map(row).collect()
}

/// What the policy allows for a purpose: "ws.multiclaw.io, cloud.example.com:8443".
fn hosts(policy: &Policy, purpose: Purpose) -> String {
    let mut hosts: Vec<String> = Vec::new();
    for row in policy.inventory_rows().into_iter().filter(|row| row.purpose == purpose) {
        let host = match row.port {
            Some(443) | None => row.host,
            Some(port) => format!("{}:{port}", row.host),
        };
        if !hosts.contains(&host) {
            hosts.push(host);
        }
    }
    hosts.join(", ")
}

fn proxy(door: &Door, cloud: &str) -> String {
    let url = url::Url::parse(cloud).ok();
    let host = url.as_ref().and_then(url::Url::host_str).unwrap_or_default();
    let port = url.as_ref().and_then(url::Url::port_or_known_default).unwrap_or(443);
    match door.proxies().route(host, port) {
        Ok(Some(proxy)) => tr!("engine-through-proxy", proxy = proxy.to_string()),
        Ok(None) => tr!("engine-no-proxy").to_owned(),
        Err(error) => {
            let said = say::network(&error);
            say::both(&said.what, &said.next)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_short() {
        let said: Vec<_> = [0, 999, 1_250, 3_400_000, 2_000_000_000].map(bytes).into();
        assert_eq!(said, ["0 B", "999 B", "1.2 KB", "3.4 MB", "2.0 GB"]);
    }

    #[test]
    fn the_inventory_has_every_purpose_with_its_hosts() {
        let policy = Policy::inventory().allow_cloud("cloud.example.com", 8443);
        let door = Door::new(policy, net::Trust::System).unwrap();
        let settings = Settings { favicons: false, ..Settings::default() };
        let rows = inventory(&door, &settings);
        assert_eq!(rows.len(), Purpose::ALL.len());
        let api = rows.iter().find(|row| row.name == "MultiClaw Cloud (API)").unwrap();
        assert!(api.hosts.contains("api.multiclaw.io"), "{}", api.hosts);
        assert!(api.hosts.ends_with("cloud.example.com:8443"), "{}", api.hosts);
        assert_eq!(rows.iter().filter(|row| row.off).count(), 1);
        assert!(rows.iter().all(|row| row.last.is_empty() && !row.blocked.is_empty()));
    }
}
