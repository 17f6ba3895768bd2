//! TURN over TLS through a real squid that wants a password.

use crate::turn_refused;
use crate::turn_world::{Coturn, HOUR, Papers, Squid, free_port, turn};
use desktop::Choice;
use e2e::{App, World};
use multiclaw_core::engine::Config;
use multiclaw_core::model::{PathKind, ViewerState};
use net::{CertificateDer, Door, NetError, Policy, Proxies, ProxyFault, Purpose, Trust};
use stream::transport::{IceServer, TurnCredential};
use stream::viewer::{End, RelayFault};

fn proxies(squid: &Squid, login: &str) -> Proxies {
    Proxies::from_pairs(&[("HTTPS_PROXY", &format!("http://{login}127.0.0.1:{}", squid.port))])
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_picture_comes_through_a_proxy_with_a_password() {
    let squid = Squid::start("ada", "s3cret word");
    let papers = Papers::new("relay.test");
    let coturn = Coturn::tls(&papers, free_port());
    // Only the proxy knows this name.
    let url = format!("turns:relay.test:{}?transport=tcp", coturn.port);
    let mut world = World::start(Some(turn(&[url], HOUR))).await;
    world.trusted.push(papers.authority.clone());
    let _daemon = world.daemon(Choice::Painted { size: (640, 480), motion_fps: 10 }).await;
    let port = world.cloud.as_ref().unwrap().address().port();
    let policy = Policy::default().allow_cloud("localhost", port).allow(
        Purpose::CloudDesktop,
        "relay.test",
        None,
    );
    let authorities = world.authorities().into_iter().map(CertificateDer::from).collect();
    let proxies = proxies(&squid, "ada:s3cret%20word@");
    let door = Door::with_proxies(policy, Trust::SystemAnd(authorities), proxies).unwrap();
    let app = App::start(Config { relay_only: true, ..world.app_config() }, door.clone());
    app.until("a relayed picture", |m| {
        let state = &m.viewer.as_ref()?.state;
        (*state == ViewerState::Live { path: PathKind::Relay }).then_some(())
    })
    .await;
    let entry = door.log().last(Purpose::CloudDesktop).unwrap();
    assert_eq!(entry.host, "relay.test");
    assert!(entry.proxy.unwrap().ends_with(&squid.port.to_string()));
    assert!(entry.traffic.unwrap().received > 1000);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_proxy_wants_is_told() {
    let squid = Squid::start("ada", "s3cret");
    let papers = Papers::new("relay.test");
    let server = IceServer {
        urls: vec!["turns:relay.test:443".into()],
        username: "u".into(),
        credential: TurnCredential::new("p".into()),
    };
    for (login, expected) in
        [("", ProxyFault::PasswordWanted), ("ada:wrong@", ProxyFault::PasswordWrong)]
    {
        let end = turn_refused::end(&papers, vec![server.clone()], proxies(&squid, login)).await;
        let End::Relay(RelayFault::Connect(NetError::Proxy { fault, .. })) = &end else {
            panic!("{end:?}")
        };
        assert_eq!(*fault, expected);
    }
}
