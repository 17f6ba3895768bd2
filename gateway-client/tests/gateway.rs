//! The connection with a real OpenClaw gateway.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use gateway_client::discovery::Endpoint;
use gateway_client::identity::{DeviceFile, DeviceKey, Grant};
use gateway_client::methods::{Hello, Method, chat};
use gateway_client::{
    Client, DeviceToken, Event, GatewayToken, LinkState, Refusal, RequestError, Target,
};
use net::{Door, Policy, Proxies, Trust};
use openclaw::{Options, Peer};
use serde::Serialize;
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc::Receiver;

/// Far longer than anything here takes: what does not come by then never will.
const NEVER: Duration = Duration::from_secs(120);

macro_rules! method {
    ($name:ident, $wire:literal) => {
        #[derive(Serialize, Default)]
        struct $name {
            #[serde(skip_serializing_if = "Option::is_none")]
            reason: Option<String>,
        }
        impl Method for $name {
            const NAME: &'static str = $wire;
            type Answer = Value;
        }
    };
}
method!(Health, "health");
method!(PairList, "device.pair.list");
method!(Restart, "gateway.restart.request");
method!(Unknown, "no.such.method");

/// Takes a device's pairing away.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Remove {
    device_id: String,
}

impl Method for Remove {
    const NAME: &'static str = "device.pair.remove";
    type Answer = Value;
}

fn door() -> Door {
    Door::with_proxies(Policy::inventory(), Trust::System, Proxies::from_env()).unwrap()
}

/// A client, and what it says.
struct Link {
    client: Client,
    events: Receiver<Event>,
    granted: Option<Grant>,
    revoked: usize,
    missed: usize,
    states: Vec<LinkState>,
}

impl Link {
    fn open(peer: &Peer, key: &Arc<DeviceKey>, token: Option<&str>, grant: Option<Grant>) -> Self {
        let target = Target {
            endpoint: Endpoint::loopback(peer.port),
            token: token.map(|token| GatewayToken::new(token.to_owned())),
            key: Arc::clone(key),
            grant,
            version: "0.1.0".into(),
        };
        let (client, events) = Client::start(door(), target);
        Self { client, events, granted: None, revoked: 0, missed: 0, states: Vec::new() }
    }

    /// Waits for the next state that this finds something in.
    async fn until<T>(&mut self, find: impl Fn(&LinkState) -> Option<T>) -> T {
        let waiting = async {
            loop {
                match self.events.recv().await.expect("the client goes on") {
                    Event::State(state) => {
                        let found = find(&state);
                        self.states.push(state);
                        if let Some(found) = found {
                            return found;
                        }
                    }
                    Event::Granted(grant) => self.granted = Some(grant),
                    Event::Revoked => self.revoked += 1,
                    Event::Missed => self.missed += 1,
                    Event::Happened(_) => {}
                }
            }
        };
        let found = tokio::time::timeout(NEVER, waiting).await;
        found.unwrap_or_else(|_| panic!("it never came: {:?}", self.states))
    }

    async fn online(&mut self) -> Arc<Hello> {
        self.until(|state| match state {
            LinkState::Online(hello) => Some(Arc::clone(hello)),
            LinkState::Refused(refusal) => panic!("{refusal:?}"),
            _ => None,
        })
        .await
    }

    async fn refused(&mut self) -> Refusal {
        self.until(|state| match state {
            LinkState::Refused(refusal) => Some(refusal.clone()),
            LinkState::Online(_) => panic!("it was let in"),
            _ => None,
        })
        .await
    }

    /// Takes what is there already.
    fn drain(&mut self) {
        while let Ok(event) = self.events.try_recv() {
            match event {
                Event::Missed => self.missed += 1,
                Event::State(state) => self.states.push(state),
                _ => {}
            }
        }
    }

    async fn health(&self) -> Result<Value, RequestError> {
        self.client.request(&Health::default()).await
    }
}

/// One gateway for everything: it takes half a minute and 800 MB.
#[tokio::test(flavor = "multi_thread")]
async fn a_real_gateway() {
    let mut peer = Peer::start(Options::default()).unwrap();
    let mut file = DeviceFile::new(DeviceKey::generate());
    let grant = first_pairing(&peer, &file.key()).await;
    file.keep("peer", grant);
    let file = DeviceFile::parse(&file.to_text()).unwrap();
    let (key, grant) = (file.key(), file.grant("peer").unwrap().clone());
    with_the_grant_alone(&peer, &key, &grant).await;
    refusals(&peer).await;
    one_credential_stands_in_for_the_other(&peer, &key, &grant).await;
    requests_that_do_not_go_through(&peer, &key, &grant).await;
    what_is_not_on_the_list(&peer, &key, &grant).await;
    a_device_is_removed(&peer).await;
    restart_and_stop(&mut peer, &key, &grant).await;
}

async fn first_pairing(peer: &Peer, key: &Arc<DeviceKey>) -> Grant {
    let token = peer.token.clone();
    let mut link = Link::open(peer, key, Some(&token), None);
    assert_eq!(link.health().await, Err(RequestError::NotOpen), "not yet");
    let hello = link.online().await;
    assert!(hello.version.starts_with("20"), "{hello:?}");
    assert!(hello.methods.len() > 400 && !hello.boot_id.is_empty());
    assert_eq!(hello.scopes.len(), 6, "{:?}", hello.scopes);
    assert_eq!((hello.max_payload, hello.tick_ms), (26_214_400, 30_000));
    assert_eq!(
        (hello.default_agent.as_str(), hello.main_session.as_str()),
        ("main", "agent:main:main")
    );
    assert_eq!(std::path::Path::new(&hello.state_dir), peer.state());
    assert!(hello.max_image > 0 && hello.max_attachment > hello.max_image && hello.uptime_ms > 0);
    assert!(matches!(
        link.states[..],
        [LinkState::Connecting, LinkState::Handshake, LinkState::Online(_)]
    ));
    assert_eq!(link.health().await.unwrap()["ok"], true);
    // Many at once, answered in any order.
    let all = (0..100).map(|_| {
        let client = link.client.clone();
        tokio::spawn(async move { client.request(&PairList::default()).await })
    });
    for answer in all.collect::<Vec<_>>() {
        let answer = answer.await.unwrap().unwrap();
        let paired = answer["paired"].as_array().unwrap();
        assert!(paired.iter().any(|device| device["deviceId"] == key.id().as_str()), "{answer}");
    }
    link.drain();
    assert_eq!(link.missed, 0, "the numbers of events have no gaps");
    let grant = link.granted.expect("a token of its own");
    assert_eq!(grant.scopes.len(), 6);
    grant
}

async fn with_the_grant_alone(peer: &Peer, key: &Arc<DeviceKey>, grant: &Grant) {
    let mut link = Link::open(peer, key, None, Some(grant.clone()));
    assert_eq!(link.online().await.scopes.len(), 6);
    assert_eq!(link.granted, None, "nothing new");
    assert_eq!(link.health().await.unwrap()["ok"], true);
    // Its owner drops it: the gateway sees it go.
    let id = key.id();
    let other = Arc::new(DeviceKey::generate());
    let mut watcher = Link::open(peer, &other, Some(&peer.token), None);
    watcher.online().await;
    drop(link);
    let gone = async {
        loop {
            let list = watcher.client.request(&PairList::default()).await.unwrap();
            let device = list["paired"].as_array().unwrap().iter().find(|d| d["deviceId"] == *id);
            if device.unwrap()["connected"] == false {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(NEVER, gone).await.expect("the connection is closed");
}

async fn refusals(peer: &Peer) {
    let key = Arc::new(DeviceKey::generate());
    let mut link = Link::open(peer, &key, None, None);
    assert_eq!(link.refused().await, Refusal::TokenMissing);
    assert_eq!(link.health().await, Err(RequestError::NotOpen));
    link.client.reconnect_now();
    assert_eq!(link.refused().await, Refusal::TokenMissing, "asked again, refused again");
    let mut link = Link::open(peer, &key, Some("wrong"), None);
    assert_eq!(link.refused().await, Refusal::TokenWrong);
    let grant = Grant { token: DeviceToken::new("wrong".into()), scopes: vec![] };
    let mut link = Link::open(peer, &key, None, Some(grant));
    let refusal = link.refused().await;
    assert_eq!((refusal, link.revoked), (Refusal::DeviceRemoved, 1));
}

async fn one_credential_stands_in_for_the_other(peer: &Peer, key: &Arc<DeviceKey>, grant: &Grant) {
    // The shared token was changed; the device's is shown second, since it stands for less.
    let less = Grant { scopes: vec!["operator.read".into()], ..grant.clone() };
    let mut link = Link::open(peer, key, Some("wrong"), Some(less));
    assert_eq!(link.online().await.scopes, ["operator.read"]);
    let refused = link.client.request(&PairList::default()).await;
    assert_eq!(refused, Err(RequestError::Forbidden { scope: "operator.pairing".into() }));
    // The device's token was revoked; the shared one brings another.
    let revoked = Grant { token: DeviceToken::new("revoked".into()), ..grant.clone() };
    let mut link = Link::open(peer, key, Some(&peer.token), Some(revoked));
    assert_eq!(link.online().await.scopes.len(), 6);
    assert!(link.granted.is_some());
}

async fn requests_that_do_not_go_through(peer: &Peer, key: &Arc<DeviceKey>, grant: &Grant) {
    let mut link = Link::open(peer, key, None, Some(grant.clone()));
    link.online().await;
    let unknown = link.client.request(&Unknown::default()).await;
    assert_eq!(unknown, Err(RequestError::Unsupported("no.such.method")));
    let long = Health { reason: Some("x".repeat(26 * 1024 * 1024)) };
    let refused = link.client.request(&long).await;
    assert!(matches!(refused, Err(RequestError::TooLarge { most: 26_214_400, .. })), "{refused:?}");
    let bad = PairList { reason: Some("x".repeat(20 * 1024 * 1024)) };
    let refused = link.client.request(&bad).await;
    let Err(RequestError::Refused { code, .. }) = refused else { panic!("{refused:?}") };
    assert_eq!(code, "INVALID_REQUEST");
    assert_eq!(link.health().await.unwrap()["ok"], true, "the connection bears all of it");
}

/// `chat.inject` works, and `features.methods` does not name it.
async fn what_is_not_on_the_list(peer: &Peer, key: &Arc<DeviceKey>, grant: &Grant) {
    let mut link = Link::open(peer, key, None, Some(grant.clone()));
    let hello = link.online().await;
    assert!(!hello.methods.iter().any(|name| name == chat::Inject::NAME), "it is listed now");
    let inject = chat::Inject {
        session_key: hello.main_session.clone(),
        message: "A remark.".into(),
        ..chat::Inject::default()
    };
    // Refused or not, it is known.
    let answer = link.client.request(&inject).await;
    assert!(!matches!(answer, Err(RequestError::Unsupported(_))), "{answer:?}");
}

async fn a_device_is_removed(peer: &Peer) {
    let admin = Arc::new(DeviceKey::generate());
    let mut admin = Link::open(peer, &admin, Some(&peer.token), None);
    admin.online().await;
    // One with the shared token is paired anew; one without is told.
    for token in [Some(peer.token.as_str()), None] {
        let key = Arc::new(DeviceKey::generate());
        let mut first = Link::open(peer, &key, Some(&peer.token), None);
        first.online().await;
        let grant = first.granted.clone().expect("a token of its own");
        drop(first);
        let mut link = Link::open(peer, &key, token, Some(grant.clone()));
        link.online().await;
        admin.client.request(&Remove { device_id: key.id() }).await.unwrap();
        if token.is_some() {
            link.online().await;
            assert_ne!(link.granted.as_ref(), Some(&grant));
            assert!(link.granted.is_some());
        } else {
            assert_eq!(link.refused().await, Refusal::DeviceRemoved);
        }
        assert_eq!(link.revoked, 1, "{:?}", link.states);
    }
}

async fn restart_and_stop(peer: &mut Peer, key: &Arc<DeviceKey>, grant: &Grant) {
    let mut link = Link::open(peer, key, None, Some(grant.clone()));
    let before = link.online().await;
    let reason = Some("a test".to_owned());
    let scheduled = link.client.request(&Restart { reason }).await.unwrap();
    assert_eq!(scheduled["ok"], true, "{scheduled}");
    link.until(|s| matches!(s, LinkState::Restarting { .. }).then_some(())).await;
    assert_eq!(link.health().await, Err(RequestError::NotOpen));
    let after = link.online().await;
    assert_ne!(before.boot_id, after.boot_id);
    assert_eq!(link.health().await.unwrap()["ok"], true);
    link.drain();
    assert_eq!(link.missed, 1, "what happened in between");
    let states: Vec<_> =
        link.states.iter().skip_while(|s| !matches!(s, LinkState::Restarting { .. })).collect();
    assert!(
        matches!(states[..], [LinkState::Restarting { .. }, LinkState::Online(_)]),
        "{states:?}"
    );

    peer.stop().unwrap();
    link.until(|s| matches!(s, LinkState::Stopped { .. }).then_some(())).await;
    assert_eq!(link.health().await, Err(RequestError::NotOpen));
    link.until(|s| matches!(s, LinkState::Stopped { .. }).then_some(())).await;
    peer.start_again().unwrap();
    let again = link.online().await;
    assert_ne!(again.boot_id, after.boot_id);
    assert_eq!(link.health().await.unwrap()["ok"], true);
    link.drain();
    assert_eq!(link.missed, 2);
}
