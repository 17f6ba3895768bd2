//! Devices that are paired with the gateway, and those that ask to be.

use super::words;
use crate::engine::Engine;
use crate::model::{Device, Load, PairingRequest};
use crate::say;
use crate::tr;
use gateway_client::RequestError;
use gateway_client::methods::{Method, device};
use std::sync::Arc;

/// Most devices and requests that are shown; a gateway has a handful.
const MOST: usize = 500;

impl Engine {
    /// Loads the lists, if this device may see them. What changes while they are loaded has them
    /// loaded once more.
    pub(super) fn load_devices(&mut self) {
        if self.gateway.hello.is_none() {
            return;
        }
        let session = self.gateway.session;
        if let Some((_, again)) = self.gateway.devices.as_mut().filter(|(of, _)| *of == session) {
            *again = true;
            return;
        }
        self.gateway.devices = Some((session, false));
        self.gateway_ask(device::PairList::default(), |engine, answer| {
            if engine.gateway.devices.take().is_some_and(|(_, again)| again) {
                engine.load_devices();
            }
            let own = engine.gateway.device.as_ref().map(|device| device.key().id());
            let gateway = &mut engine.model.gateway;
            match answer {
                Ok(list) => {
                    gateway.requests = Arc::new(requests(&list));
                    gateway.devices = Load::Ready(Arc::new(devices(&list, own.as_deref())));
                }
                Err(error) => {
                    gateway.requests = Arc::default();
                    gateway.devices = Load::Failed(say::gateway::request(&error));
                }
            }
        });
    }

    pub(in crate::engine) fn approve_device(&mut self, request: String) {
        self.pair(device::PairApprove { request_id: request });
    }

    pub(in crate::engine) fn reject_device(&mut self, request: String) {
        self.pair(device::PairReject { request_id: request });
    }

    pub(in crate::engine) fn remove_device(&mut self, device: String) {
        self.pair(device::PairRemove { device_id: device });
    }

    /// An act on a device. What came of it is read from the gateway, also after a failure: the
    /// request may have been answered elsewhere.
    fn pair<M: Method + Send + 'static>(&mut self, act: M) {
        self.gateway_act(act, |engine, answer: Result<M::Answer, RequestError>| {
            if let Err(error) = answer {
                engine.notice(say::gateway::request(&error));
            }
            engine.load_devices();
        });
    }
}

fn devices(list: &device::Devices, own: Option<&str>) -> Vec<Arc<Device>> {
    let shown = |device: &device::Device| {
        Arc::new(Device {
            id: device.device_id.clone(),
            name: name(&device.display_name, &device.client_id, &device.platform),
            own: own == Some(device.device_id.as_str()),
            connected: device.connected == Some(true),
            scopes: device.scopes.iter().map(|scope| words::one_line(scope)).collect(),
            approved: words::moment(device.approved_at_ms),
            seen: words::moment(device.last_seen_at_ms),
        })
    };
    let mut devices: Vec<_> = list.paired.iter().take(MOST).map(shown).collect();
    // This one first, then those that are there, then by name.
    devices.sort_by(|a, b| {
        (!a.own, !a.connected, &a.name, &a.id).cmp(&(!b.own, !b.connected, &b.name, &b.id))
    });
    devices
}

fn requests(list: &device::Devices) -> Vec<Arc<PairingRequest>> {
    let shown = |request: &device::PairRequest| {
        Arc::new(PairingRequest {
            id: request.request_id.clone(),
            device: request.device_id.clone(),
            name: name(&request.display_name, &request.client_id, &request.platform),
            from: words::one_line(request.remote_ip.as_deref().unwrap_or_default()),
            scopes: request.scopes.iter().map(|scope| words::one_line(scope)).collect(),
            when: words::moment(request.ts),
        })
    };
    list.pending.iter().take(MOST).map(shown).collect()
}

/// "Ada's laptop", or "openclaw-linux on linux".
fn name(own: &Option<String>, client: &Option<String>, platform: &Option<String>) -> String {
    let text = |text: &Option<String>| words::one_line(text.as_deref().unwrap_or_default());
    let (own, client, platform) = (text(own), text(client), text(platform));
    match (own.as_str(), client.as_str(), platform.as_str()) {
        ("", "", "") => tr!("engine-device").to_owned(),
        ("", "", platform) => tr!("engine-device-on", platform = platform),
        ("", client, "") => client.to_owned(),
        ("", client, platform) => tr!("engine-client-on", client = client, platform = platform),
        (own, ..) => own.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_that_asks_cannot_look_like_another() {
        let list: device::Devices = serde_json::from_str(
            r#"{"pending":[{"requestId":"r\u202e","deviceId":"d","displayName":"\u001b[2K\nAda\u202es",
                "remoteIp":"10.0.0.9\n(this computer)","scopes":["operator.\u200badmin"]}]}"#,
        )
        .unwrap();
        let requests = requests(&list);
        let [request] = &requests[..] else { panic!("{requests:?}") };
        assert_eq!(
            (request.name.as_str(), request.from.as_str()),
            ("[2K Adas", "10.0.0.9 (this computer)")
        );
        assert_eq!(request.scopes, ["operator.admin"]);
        assert_eq!(request.id, "r\u{202e}", "what is sent back is what came");
    }
}
