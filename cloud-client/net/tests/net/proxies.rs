//! REST, WebSocket and raw TLS through squid, tinyproxy and microsocks.

use crate::peers::{Authority, HIDDEN, echo, get, https, json, own_name, upgrade, wss};
use crate::programs::{Pem, Program, microsocks, squid, tinyproxy};
use net::{Door, Message, NetError, Outcome, Proxies, ProxyFault, Purpose};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// One cloud with the three kinds of servers.
struct World {
    authority: Authority,
    https: u16,
    wss: u16,
    echo: u16,
}

impl World {
    async fn new() -> Self {
        let authority = Authority::new("Test authority");
        let tls = authority.server();
        let https = https(tls.clone(), |_| json("{}")).await;
        Self { https, wss: wss(tls.clone()).await, echo: echo(tls).await, authority }
    }

    fn door(&self, host: &str, proxies: Proxies) -> Door {
        let to = [(host, self.https), (host, self.wss), (host, self.echo)];
        self.authority.door(&to, proxies)
    }

    async fn rest(&self, door: &Door, host: &str) -> Result<(), NetError> {
        let answer = door
            .request(Purpose::CloudApi, get(&format!("https://{host}:{}/", self.https)))
            .await?;
        assert_eq!(&answer.body()[..], b"{}");
        Ok(())
    }

    async fn socket(&self, door: &Door, host: &str) -> Result<(), NetError> {
        let request = upgrade(&format!("wss://{host}:{}/", self.wss));
        let mut socket = door.websocket(Purpose::CloudRealtime, request).await?;
        socket.send("hello".into()).await?;
        assert_eq!(socket.receive().await?, Message::Text("hello".into()));
        socket.close().await;
        Ok(())
    }

    async fn raw(&self, door: &Door, host: &str) -> Result<(), NetError> {
        let mut stream = door.open(Purpose::CloudDesktop, host, self.echo).await?;
        stream.write_all(b"hello").await.unwrap();
        stream.flush().await.unwrap();
        let mut back = [0; 5];
        stream.read_exact(&mut back).await.unwrap();
        assert_eq!(&back, b"hello");
        Ok(())
    }

    /// All three work, and the log says through what.
    async fn works(&self, host: &str, url: &str, program: &Program) {
        let door = self.door(host, Proxies::from_pairs(&[("HTTPS_PROXY", url)]));
        self.rest(&door, host).await.unwrap();
        self.socket(&door, host).await.unwrap();
        self.raw(&door, host).await.unwrap();
        let entries = door.log().entries();
        assert_eq!(entries.len(), 3);
        for entry in entries {
            let proxy = entry.proxy.clone().unwrap();
            assert!(proxy.ends_with(&format!(":{}", program.port)), "{entry:?}");
            assert!(!proxy.contains('@'), "{entry:?}");
            assert!(matches!(entry.outcome, Outcome::Done { .. }), "{entry:?}");
            let traffic = entry.traffic.unwrap();
            assert!(traffic.sent > 200 && traffic.received > 200, "{entry:?}");
            assert_eq!(entry.host, host);
        }
    }

    /// All three fail alike.
    async fn fails(&self, host: &str, url: &str, with: &ProxyFault) {
        let door = self.door(host, Proxies::from_pairs(&[("ALL_PROXY", url)]));
        for result in [
            self.rest(&door, host).await,
            self.socket(&door, host).await,
            self.raw(&door, host).await,
        ] {
            let Err(NetError::Proxy { fault, .. }) = &result else { panic!("{result:?}") };
            assert_eq!(fault, with);
        }
        for entry in door.log().entries() {
            assert!(entry.proxy.is_some() && matches!(entry.outcome, Outcome::Failed(_)));
            assert!(!format!("{entry:?}").contains("s3cret"), "{entry:?}");
        }
    }
}

#[tokio::test]
async fn squid_without_a_password() {
    let world = World::new().await;
    let proxy = squid(None, None);
    let url = format!("http://127.0.0.1:{}", proxy.port);
    world.works(HIDDEN, &url, &proxy).await;
    world.works(HIDDEN, &format!("localhost:{}", proxy.port), &proxy).await;
    world.fails("denied.test", &url, &ProxyFault::Denied).await;
    // Without the proxy nobody knows the name: it was the proxy that resolved it.
    let direct = world.door(HIDDEN, Proxies::none());
    let error = world.rest(&direct, HIDDEN).await.unwrap_err();
    assert_eq!(error, NetError::Dns { host: HIDDEN.into() });
}

/// H10.
#[tokio::test]
async fn squid_with_a_password() {
    let world = World::new().await;
    let proxy = squid(Some(("ada", "s3cret@:/%")), None);
    let url = |login: &str| format!("http://{login}127.0.0.1:{}", proxy.port);
    world.works(HIDDEN, &url("ada:s3cret%40%3A%2F%25@"), &proxy).await;
    world.fails(HIDDEN, &url(""), &ProxyFault::PasswordWanted).await;
    world.fails(HIDDEN, &url("ada:s3cret@"), &ProxyFault::PasswordWrong).await;
}

#[tokio::test]
async fn squid_over_tls() {
    let world = World::new().await;
    let (certificate, key) = world.authority.leaf(&["localhost"], |_| {});
    let pem = Pem::new(&certificate, &key);
    let proxy = squid(Some(("ada", "s3cret")), Some(&pem));
    let url = |login: &str| format!("https://{login}localhost:{}", proxy.port);
    world.works(HIDDEN, &url("ada:s3cret@"), &proxy).await;
    world.fails(HIDDEN, &url("ada:wrong@"), &ProxyFault::PasswordWrong).await;
    let stranger = format!("https://127.0.0.1:{}", proxy.port);
    let door = world.door(HIDDEN, Proxies::from_pairs(&[("HTTPS_PROXY", &stranger)]));
    let error = world.rest(&door, HIDDEN).await.unwrap_err();
    let NetError::Proxy { fault: ProxyFault::Tls { fault }, .. } = &error else {
        panic!("{error:?}")
    };
    assert!(matches!(fault, net::TlsFault::WrongHost { .. }), "{error:?}");
}

#[tokio::test]
async fn tinyproxy_with_and_without_a_password() {
    let (world, host) = (World::new().await, own_name());
    let proxy = tinyproxy(None);
    world.works(&host, &format!("http://127.0.0.1:{}", proxy.port), &proxy).await;
    let proxy = tinyproxy(Some(("ada", "s3cret")));
    let url = |login: &str| format!("http://{login}127.0.0.1:{}", proxy.port);
    world.works(&host, &url("ada:s3cret@"), &proxy).await;
    world.fails(&host, &url(""), &ProxyFault::PasswordWanted).await;
    world.fails(&host, &url("ada:s3crets@"), &ProxyFault::PasswordWrong).await;
}

#[tokio::test]
async fn microsocks_with_and_without_a_password() {
    let (world, host) = (World::new().await, own_name());
    let proxy = microsocks(None);
    for scheme in ["socks5", "socks5h"] {
        world.works(&host, &format!("{scheme}://127.0.0.1:{}", proxy.port), &proxy).await;
    }
    let proxy = microsocks(Some(("ada", "s3cret@:/%")));
    let url = |login: &str| format!("socks5h://{login}127.0.0.1:{}", proxy.port);
    world.works(&host, &url("ada:s3cret%40%3A%2F%25@"), &proxy).await;
    world.fails(&host, &url(""), &ProxyFault::PasswordWanted).await;
    world.fails(&host, &url("ada:s3cret@"), &ProxyFault::PasswordWrong).await;
    // A name of no machine: RFC 6761.
    let door = world.door(
        "name.invalid",
        Proxies::from_pairs(&[("ALL_PROXY", &url("ada:s3cret%40%3A%2F%25@"))]),
    );
    let error = world.rest(&door, "name.invalid").await.unwrap_err();
    let reached = matches!(&error, NetError::Proxy { fault: ProxyFault::NotReached { .. }, .. });
    assert!(reached, "{error:?}");
}

#[tokio::test]
async fn a_proxy_that_is_gone_is_not_gone_around() {
    let (world, host) = (World::new().await, own_name());
    let proxy = tinyproxy(None);
    let url = format!("http://127.0.0.1:{}", proxy.port);
    let door = world.door(&host, Proxies::from_pairs(&[("http_proxy", &url)]));
    world.raw(&door, &host).await.unwrap();
    drop(proxy);
    let error = world.raw(&door, &host).await.unwrap_err();
    let gone = matches!(&error, NetError::Proxy { fault: ProxyFault::Unreachable { .. }, .. });
    assert!(gone, "{error:?}");
    let direct =
        world.door(&host, Proxies::from_pairs(&[("http_proxy", &url), ("no_proxy", &host)]));
    world.raw(&direct, &host).await.unwrap();
    assert_eq!(direct.log().entries()[0].proxy, None);
}

/// H9.
#[tokio::test]
async fn this_machine_is_reached_without_the_proxy() {
    let world = World::new().await;
    // Nothing listens there.
    let proxies =
        Proxies::from_pairs(&[("HTTPS_PROXY", "http://127.0.0.1:9"), ("HTTP_PROXY", "x")]);
    for host in ["localhost", "127.0.0.1"] {
        let door = world.door(host, proxies.clone());
        world.rest(&door, host).await.unwrap();
        world.socket(&door, host).await.unwrap();
        world.raw(&door, host).await.unwrap();
        assert!(door.log().entries().iter().all(|entry| entry.proxy.is_none()));
    }
}

/// H10.
#[tokio::test]
async fn a_malformed_variable_is_no_direct_connection() {
    let (world, host) = (World::new().await, own_name());
    for value in ["http://", "http://s3cret:pass/word@proxy:3128", "socks4://proxy:1", "::::"] {
        let door = world.door(&host, Proxies::from_pairs(&[("HTTPS_PROXY", value)]));
        for error in [
            world.rest(&door, &host).await.unwrap_err(),
            world.socket(&door, &host).await.unwrap_err(),
            world.raw(&door, &host).await.unwrap_err(),
        ] {
            let NetError::Proxy { proxy, fault } = &error else { panic!("{error:?}") };
            assert_eq!(proxy, "HTTPS_PROXY");
            assert_eq!(matches!(fault, ProxyFault::Scheme { .. }), value.starts_with("socks4"));
            assert!(!format!("{error:?} {error}").contains("pass/word"));
        }
    }
}
