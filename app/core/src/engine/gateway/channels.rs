//! The gateway's messaging channels in words. Sans-I/O.

use super::words::one_line;
use crate::model::Channel;
use crate::tr;
use gateway_client::methods::channels::{Account, Channels};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Most channels that are shown; OpenClaw has some thirty.
const MOST: usize = 200;

/// The channels in the gateway's order, then what it names without an order.
pub(super) fn shown(status: &Channels) -> Vec<Arc<Channel>> {
    let mut seen = BTreeSet::new();
    let ordered = status.channel_order.iter();
    let others = status.channels.keys().chain(status.channel_accounts.keys());
    let ids = ordered.chain(others).filter(|id| !id.is_empty() && seen.insert(id.as_str()));
    ids.take(MOST).map(|id| Arc::new(channel(status, id))).collect()
}

fn channel(status: &Channels, id: &str) -> Channel {
    let accounts = status.channel_accounts.get(id).map(Vec::as_slice).unwrap_or_default();
    let own = status.channels.get(id);
    let any = |test: fn(&Account) -> bool| accounts.iter().any(test);
    let configured =
        own.and_then(|own| own.configured) == Some(true) || any(|a| a.configured == Some(true));
    let running = own.and_then(|own| own.running) == Some(true) || any(|a| a.running == Some(true));
    let connected = any(|account| account.connected == Some(true));
    let faults = accounts.iter().map(|account| (account.name.as_ref(), &account.last_error));
    let fault = faults.filter_map(|(name, fault)| Some((name, fault.as_ref()?))).next();
    let problem = match fault {
        Some((Some(name), fault)) if accounts.len() > 1 => Some(format!("{name}: {fault}")),
        Some((_, fault)) => Some(fault.clone()),
        None => own.and_then(|own| own.last_error.clone()),
    };
    let enabled = accounts.is_empty() || any(|account| account.enabled != Some(false));
    let state = match (connected, running) {
        (true, _) => tr!("engine-channel-connected"),
        (false, true) if any(|account| account.connected == Some(false)) => {
            tr!("engine-channel-connecting")
        }
        (false, true) => tr!("engine-channel-running"),
        (false, false) if !configured => tr!("engine-channel-not-set-up"),
        (false, false) if !enabled => tr!("engine-channel-off"),
        (false, false) => tr!("engine-channel-stopped"),
    };
    Channel {
        id: id.to_owned(),
        name: one_line(status.channel_labels.get(id).map_or(id, String::as_str)),
        running,
        state: state.to_owned(),
        problem: problem.map(|said| one_line(&said)).filter(|said| !said.is_empty()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Vec<Channel> {
        let status: Channels = serde_json::from_str(json).unwrap();
        shown(&status).iter().map(|channel| (**channel).clone()).collect()
    }

    #[test]
    fn no_channels_are_an_empty_list() {
        assert!(
            read(r#"{"ts":1,"channelOrder":[],"channels":{},"channelAccounts":{}}"#).is_empty()
        );
    }

    #[test]
    fn states_are_told_apart_and_orders_kept() {
        let channels = read(
            r#"{"channelOrder":["telegram","slack","signal"],"channelLabels":{"telegram":"Telegram"},
            "channels":{"telegram":{"configured":true},"slack":{"configured":false},
                "irc":{"configured":true,"running":true,"lastError":"nick in use"},
                "signal":{"configured":true}},
            "channelAccounts":{
                "telegram":[{"accountId":"a","configured":true,"running":true,"connected":true},
                    {"accountId":"b","name":"Work","configured":true,"lastError":"401"}],
                "signal":[{"accountId":"a","configured":true,"enabled":false}],
                "matrix":[{"accountId":"a","configured":true,"running":true,"connected":false}]}}"#,
        );
        let said: Vec<_> = channels
            .iter()
            .map(|c| (c.name.as_str(), c.state.as_str(), c.running, c.problem.as_deref()))
            .collect();
        assert_eq!(
            said,
            [
                ("Telegram", "Connected", true, Some("Work: 401")),
                ("slack", "Not set up", false, None),
                ("signal", "Switched off", false, None),
                ("irc", "Running", true, Some("nick in use")),
                ("matrix", "Connecting", true, None),
            ]
        );
    }
}
