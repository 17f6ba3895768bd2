//! A network that drops UDP: a network namespace whose only way out is TCP.

use crate::turn_world::{Coturn, HOUR, Papers, free_port, turn, turn_tcp, turns};
use desktop::Choice;
use e2e::World;
use e2e::alone::{Alone, Order, Said};
use std::path::{Path, PathBuf};
use tokio::net::{TcpStream, UnixListener};
use tokio::process::Command;

/// Packets for anywhere else leave by a device that nobody listens at, without an error.
pub(crate) const NETWORK: &str = "
    set -e
    ip link set lo up
    ip link add v0 type veth peer name v1
    ip address add 198.51.100.2/24 dev v0
    ip link set v0 up
    ip link set v1 up
    ip neighbour add 198.51.100.1 lladdr 02:00:00:00:00:01 dev v0 nud permanent
    ip route add default via 198.51.100.1
    exec \"$0\"";

/// Leads a Unix socket, which a network namespace does not hold back, to a port.
pub(crate) fn lead_out(folder: &Path, port: u16) -> (u16, PathBuf) {
    let path = folder.join(port.to_string());
    let listener = UnixListener::bind(&path).unwrap();
    tokio::spawn(async move {
        while let Ok((mut near, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut far = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
                // Either end may close.
                let _ = tokio::io::copy_bidirectional(&mut near, &mut far).await;
            });
        }
    });
    (port, path)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn automatic_mode_finds_tls_where_udp_is_dropped() {
    let papers = Papers::new("localhost");
    let coturn = Coturn::tls(&papers, free_port());
    finds(&coturn, turns(coturn.port), &papers).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn automatic_mode_finds_tcp_where_udp_is_dropped() {
    let coturn = Coturn::tcp(free_port());
    finds(&coturn, turn_tcp(coturn.port), &Papers::new("localhost")).await;
}

/// In automatic mode a picture comes through this relay.
async fn finds(coturn: &Coturn, url: String, papers: &Papers) {
    // The address of UDP is one that the namespace swallows.
    let urls = ["turn:198.51.100.1:3478?transport=udp".to_owned(), url];
    let mut world = World::start(Some(turn(&urls, HOUR))).await;
    world.trusted.push(papers.authority.clone());
    let _daemon = world.daemon(Choice::Painted { size: (640, 480), motion_fps: 10 }).await;
    let port = world.cloud.as_ref().unwrap().address().port();
    let folder = tempfile::tempdir().unwrap();
    let order = Order {
        cloud: world.url.clone(),
        port,
        data: world.folder.path().join("app"),
        authorities: world.authorities(),
        relay_only: false,
        forward: vec![lead_out(folder.path(), port), lead_out(folder.path(), coturn.port)],
    };
    let mut command = Command::new("unshare");
    command.args(["--map-root-user", "--net", "sh", "-c", NETWORK]);
    command.arg(env!("CARGO_BIN_EXE_viewer"));
    let mut alone = Alone::start(command, &order).await;
    let said = alone.live().await;
    let Said::Live { relay, udp_sockets, .. } = said else { panic!("{said:?}") };
    assert!(relay && udp_sockets > 0, "{said:?}");
    alone.end().await;
}
