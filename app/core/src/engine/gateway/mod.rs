//! The OpenClaw gateway on this machine: one connection that is there as long as the program
//! runs, with or without an account, and what the gateway's page shows.

mod channels;
mod control;
mod devices;
mod facts;
mod line;
mod link;
mod log;
mod look;
mod tail;
mod words;

use super::{Engine, Event};
use crate::model::{GatewayLink, Program};
use crate::say;
use crate::scope::{Standing, Touch};
use crate::storage::StoredDevice;
use gateway_client::events::Happening;
use gateway_client::identity::{DeviceFile, Grant};
use gateway_client::methods::{Hello, Method};
use gateway_client::{Client, LinkState, RequestError, Target};
use std::sync::Arc;
use std::time::Instant;

/// How the gateway is looked for.
#[derive(Clone, Debug, Default)]
pub struct GatewayConfig {
    /// Look for it at all. Tests that have none switch it off.
    pub enabled: bool,
    /// Where the program and the configuration are looked for.
    pub environment: gateway_client::discovery::Environment,
}

impl GatewayConfig {
    /// The gateway of the person who started this program.
    #[must_use]
    pub fn of_this_process() -> Self {
        Self { enabled: true, environment: gateway_client::discovery::Environment::from_process() }
    }
}

/// The gateway's part of the engine.
#[derive(Default)]
pub(super) struct Gateway {
    device: Option<DeviceFile>,
    /// The device's file cannot be used; it is not written over.
    unkept: bool,
    look: look::Look,
    connection: Option<Connection>,
    state: Option<LinkState>,
    hello: Option<Arc<Hello>>,
    /// Counts what was connected and lost: an answer of an earlier connection is no news.
    session: u64,
    /// The devices are being loaded, of this session; and whether they are to be once more.
    devices: Option<(u64, bool)>,
    /// The gateway's page is shown.
    watched: bool,
    facts: facts::Facts,
    log: log::Log,
    control: control::Running,
}

/// A client and what it was made for.
struct Connection {
    client: Client,
    number: u64,
    reach: look::Reach,
}

impl Engine {
    /// Looks for the gateway and connects. Does nothing on the engine's own task.
    pub(super) fn gateway_begin(&mut self) {
        if !self.config.gateway.enabled {
            self.model.gateway.link = GatewayLink::NotInstalled;
            self.model.gateway.program = Program::Missing;
            return;
        }
        self.keeper.load_device(self.acting, self.events(), Self::device_loaded);
        self.gateway_look();
        self.check_folder();
    }

    fn device_loaded(&mut self, file: StoredDevice) {
        match &file {
            StoredDevice::Kept(_) | StoredDevice::New(_) => {}
            StoredDevice::SetAside(_) => self.notice(say::gateway::device_set_aside()),
            StoredDevice::Unkept(_, error) => {
                self.gateway.unkept = true;
                self.notice(say::storage(error));
            }
        }
        self.gateway.device = Some(file.into_device());
        self.gateway_reach(false);
    }

    /// The person asks: everything is looked for anew, and tried at once.
    pub(super) fn connect_gateway(&mut self) {
        if !self.config.gateway.enabled {
            return;
        }
        if matches!(self.model.gateway.link, GatewayLink::NotInstalled) {
            self.model.gateway.link = GatewayLink::Looking;
        }
        self.gateway.look.again = true;
        self.gateway_look();
        self.check_folder();
    }

    /// Connects to what was found, unless that is done already. `now`: without waiting, and
    /// after a refusal too.
    fn gateway_reach(&mut self, now: bool) {
        let Some(device) = &self.gateway.device else { return };
        let Some(reach) = self.gateway.look.reach.clone() else { return };
        if let Some(connection) = &self.gateway.connection
            && connection.reach == reach
        {
            if now {
                connection.client.reconnect_now();
            }
            return;
        }
        let target = Target {
            endpoint: reach.endpoint,
            token: reach.token.clone(),
            key: device.key(),
            grant: device.grant(&reach.name).cloned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        };
        self.gateway_lost();
        let number = self.next_generation();
        let (client, mut happenings) = Client::start(self.doors.net(self.acting), target);
        let events = self.events_of(Standing::Gateway);
        tokio::spawn(async move {
            while let Some(event) = happenings.recv().await {
                if events.send(Event::Gateway(number, event)).await.is_err() {
                    return;
                }
            }
        });
        self.gateway.connection = Some(Connection { client, number, reach });
    }

    /// Closes the connection: what it was made for is not there any more.
    fn gateway_close(&mut self) {
        self.gateway_lost();
        self.gateway.connection = None;
        self.gateway.state = None;
    }

    /// The connection, while it is open.
    pub(super) fn gateway_client(&self) -> Option<Client> {
        self.gateway.hello.as_ref()?;
        let gateway = Touch::Network(net::Purpose::Gateway);
        if !self.doors.allows(self.acting, gateway) {
            return None;
        }
        self.gateway.connection.as_ref().map(|connection| connection.client.clone())
    }

    /// Makes a request; its answer is dropped when the connection was lost meanwhile.
    fn gateway_ask<M: Method + Send + 'static>(
        &self,
        method: M,
        then: impl FnOnce(&mut Self, Result<M::Answer, RequestError>) + Send + 'static,
    ) {
        let session = self.gateway.session;
        self.gateway_act(method, move |engine, answer| {
            if engine.gateway.session == session {
                then(engine, answer);
            }
        });
    }

    /// Makes a request; its answer comes in any case.
    pub(super) fn gateway_act<M: Method + Send + 'static>(
        &self,
        method: M,
        then: impl FnOnce(&mut Self, Result<M::Answer, RequestError>) + Send + 'static,
    ) {
        let client = self.gateway_client();
        self.spawn(async move {
            let answer = match client {
                Some(client) => client.request(&method).await,
                None => Err(RequestError::NotOpen),
            };
            Event::Now(Box::new(move |engine| then(engine, answer)))
        });
    }

    pub(super) fn gateway_event(&mut self, number: u64, event: gateway_client::Event) {
        if self.gateway.connection.as_ref().is_none_or(|current| current.number != number) {
            return;
        }
        match event {
            gateway_client::Event::State(state) => self.gateway_state(state),
            gateway_client::Event::Granted(grant) => self.granted(grant),
            gateway_client::Event::Revoked => self.revoked(),
            gateway_client::Event::Happened(happening) => {
                self.gateway_happened(&happening);
                self.chat_happened(*happening);
            }
            gateway_client::Event::Missed => {
                self.gateway.facts.soon(Instant::now());
                self.load_devices();
                self.chat_missed();
            }
        }
    }

    fn gateway_state(&mut self, state: LinkState) {
        let online = match &state {
            LinkState::Online(hello) => Some(Arc::clone(hello)),
            _ => None,
        };
        if !link::in_between(self.gateway.state.as_ref(), &state) {
            self.gateway.state = Some(state);
        }
        // First: who is told next looks at it.
        self.show_link();
        match online {
            Some(hello) => self.gateway_online(&hello),
            None => self.gateway_lost(),
        }
        self.control_state();
        self.gateway.look.recheck(&self.model.gateway.link);
    }

    fn gateway_online(&mut self, hello: &Arc<Hello>) {
        self.gateway_lost();
        self.gateway.session += 1;
        self.gateway.facts.begin(hello, Instant::now());
        self.gateway.log.begin();
        self.gateway.hello = Some(Arc::clone(hello));
        self.show_facts();
        self.load_facts();
        self.load_devices();
        self.chat_online(hello);
    }

    /// Nothing can be asked any more; what was shown of lists stays, facts and requests go.
    fn gateway_lost(&mut self) {
        if self.gateway.hello.take().is_none() {
            return;
        }
        self.gateway.session += 1;
        self.gateway.facts.end();
        self.model.gateway.facts = None;
        self.model.gateway.requests = Arc::default();
        self.log_offline();
        self.chat_offline();
    }

    fn show_link(&mut self) {
        let Some(state) = &self.gateway.state else { return };
        let link = link::shown(state, self.gateway.look.found.as_deref(), Instant::now());
        self.model.gateway.link = link;
    }

    fn granted(&mut self, grant: Grant) {
        let (Some(device), Some(connection)) = (&mut self.gateway.device, &self.gateway.connection)
        else {
            return;
        };
        if device.grant(&connection.reach.name) == Some(&grant) {
            return;
        }
        device.keep(&connection.reach.name, grant);
        if !self.gateway.unkept {
            self.keeper.save_device(self.acting, device.clone());
        }
    }

    /// The gateway takes the token that it gave to this device no more.
    fn revoked(&mut self) {
        let (Some(device), Some(connection)) = (&mut self.gateway.device, &self.gateway.connection)
        else {
            return;
        };
        if device.grant(&connection.reach.name).is_none() {
            return;
        }
        device.forget(&connection.reach.name);
        if !self.gateway.unkept {
            self.keeper.save_device(self.acting, device.clone());
        }
    }

    fn gateway_happened(&mut self, happening: &Happening) {
        match happening {
            Happening::Health(_) | Happening::ConfigChanged(_) | Happening::UpdateAvailable(_) => {
                self.gateway.facts.soon(Instant::now());
            }
            Happening::Presence(_) => {
                self.gateway.facts.soon(Instant::now());
                // A device has come or gone.
                self.load_devices();
            }
            Happening::PairRequested(_) | Happening::PairResolved(_) => self.load_devices(),
            Happening::Other(name) if name.starts_with("device.pair.") => self.load_devices(),
            _ => {}
        }
    }

    pub(super) fn watch_gateway(&mut self, on: bool) {
        self.gateway.watched = on;
        if on {
            if self.config.gateway.enabled && self.model.gateway.link == GatewayLink::NotInstalled {
                // It may have been installed since.
                self.gateway_look();
            }
            self.gateway.facts.soon(Instant::now());
            self.begin_log();
        } else {
            self.end_log();
        }
    }

    pub(super) fn gateway_deadline(&self) -> Option<Instant> {
        let link = self.gateway.state.as_ref().and_then(|s| link::deadline(s, Instant::now()));
        let online = self.gateway.hello.is_some() && self.gateway.watched;
        let (facts, log) = (self.gateway.facts.deadline(), self.gateway.log.deadline());
        let watched = facts.into_iter().chain(log).min().filter(|_| online);
        let others = [link, self.gateway.look.deadline(), self.gateway.control.deadline()];
        others.into_iter().flatten().chain(watched).min()
    }

    pub(super) fn gateway_tick(&mut self) {
        if !self.config.gateway.enabled {
            return;
        }
        let now = Instant::now();
        self.show_link();
        self.control_tick(now);
        self.look_tick(now);
        if self.gateway.watched && self.gateway.hello.is_some() {
            self.facts_tick(now);
            self.log_tick(now);
        }
    }
}
