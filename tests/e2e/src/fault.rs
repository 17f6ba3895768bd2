//! A bad network: a TCP relay in front of a server, with a fault that can be changed at any time.

use parking_lot::Mutex;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::Instant;

/// Bytes that are passed on at once.
const PIECE: usize = 4096;
/// Bytes that a throttled direction passes on at once.
const TRICKLE: usize = 64;
/// TCP's shortest wait before it sends again (Linux).
const RETRANSMIT: Duration = Duration::from_millis(200);

/// What is wrong with the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing.
    None,
    /// Every piece comes this much later, each way.
    Delay(Duration),
    /// This part of a hundred pieces is lost, and comes again after a fifth of a second, or two,
    /// or four, as TCP would send it.
    Loss(u64),
    /// Every connection is reset when it is this old.
    Cut(Duration),
    /// Bytes in a second, each way, for each connection.
    Throttle(u64),
    /// What the server sends goes nowhere; what it is sent arrives.
    Deaf,
    /// What the client sends goes nowhere; what the server sends arrives.
    Mute,
    /// Half open: connections are accepted, what is sent is taken and goes nowhere.
    Swallow,
    /// New connections are closed at once and open ones too.
    Refuse,
}

/// The relay. Its tasks end when it is dropped.
pub struct Proxy {
    port: u16,
    fault: watch::Sender<Fault>,
    /// Connections that were swallowed from. They stay dead whatever comes next, as behind a
    /// router that forgot them.
    dead: Arc<Mutex<usize>>,
    _tasks: JoinSet<()>,
}

impl Proxy {
    /// In front of this port of 127.0.0.1.
    pub async fn start(to: u16) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (fault, faults) = watch::channel(Fault::None);
        let (dead, mut tasks) = (Arc::default(), JoinSet::new());
        let counted = Arc::clone(&dead);
        tasks.spawn(async move {
            let mut connections = JoinSet::new();
            loop {
                tokio::select! {
                    Ok((from, _)) = listener.accept() => {
                        let relay = relay(from, to, faults.clone(), Arc::clone(&counted));
                        connections.spawn(relay);
                    }
                    Some(_) = connections.join_next() => {}
                }
            }
        });
        Self { port, fault, dead, _tasks: tasks }
    }

    /// Where it listens.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// From now on, for open connections too.
    pub fn set(&self, fault: Fault) {
        self.fault.send_replace(fault);
    }

    /// Connections that are half open now.
    pub fn half_open(&self) -> usize {
        *self.dead.lock()
    }
}

/// A connection, until an end closes it or the fault does.
async fn relay(
    from: TcpStream,
    to: u16,
    mut faults: watch::Receiver<Fault>,
    dead: Arc<Mutex<usize>>,
) {
    let born = Instant::now();
    let fault = *faults.borrow_and_update();
    if fault == Fault::Refuse {
        reset(&from);
        return;
    }
    if fault == Fault::Swallow {
        swallow(from, &dead).await;
        return;
    }
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, to));
    let Ok(mut there) = TcpStream::connect(address).await else { return };
    let mut from = from;
    let ended = {
        let (mut from_read, mut from_write) = from.split();
        let (mut there_read, mut there_write) = there.split();
        let (up, down) = (faults.clone(), faults.clone());
        tokio::select! {
            () = pump(&mut from_read, &mut there_write, up, Way::Up) => Fault::None,
            () = pump(&mut there_read, &mut from_write, down, Way::Down) => Fault::None,
            fault = ended(born, &mut faults) => fault,
        }
    };
    match ended {
        // The server's end is reset: only the client is left in the dark.
        Fault::Swallow => {
            reset(&there);
            drop(there);
            swallow(from, &dead).await;
        }
        Fault::None => {}
        _ => {
            reset(&from);
            reset(&there);
        }
    }
}

/// Waits until the fault ends a connection that is open.
async fn ended(born: Instant, faults: &mut watch::Receiver<Fault>) -> Fault {
    loop {
        let fault = *faults.borrow_and_update();
        let cut = match fault {
            Fault::Cut(age) => Some(born + age),
            Fault::Swallow | Fault::Refuse => return fault,
            _ => None,
        };
        tokio::select! {
            () = sleep_until(cut) => return fault,
            changed = faults.changed() => if changed.is_err() { return Fault::Refuse },
        }
    }
}

async fn sleep_until(at: Option<Instant>) {
    match at {
        Some(at) => tokio::time::sleep_until(at).await,
        None => std::future::pending().await,
    }
}

/// Takes what comes and never answers, until the other end gives up.
async fn swallow(mut from: TcpStream, dead: &Mutex<usize>) {
    *dead.lock() += 1;
    let mut buffer = [0; PIECE];
    while matches!(from.read(&mut buffer).await, Ok(n) if n > 0) {}
    *dead.lock() -= 1;
}

/// Which way bytes go.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// To the server.
    Up,
    /// From it.
    Down,
}

/// One direction.
async fn pump(
    from: &mut (impl AsyncReadExt + Unpin),
    to: &mut (impl AsyncWriteExt + Unpin),
    faults: watch::Receiver<Fault>,
    way: Way,
) {
    let mut buffer = vec![0; PIECE];
    let mut dice = 1_u64;
    loop {
        let fault = *faults.borrow();
        let most = if matches!(fault, Fault::Throttle(_)) { TRICKLE } else { PIECE };
        let Ok(n) = from.read(&mut buffer[..most]).await else { return };
        if n == 0 {
            let _ = to.shutdown().await;
            return;
        }
        let fault = *faults.borrow();
        let nowhere = match way {
            Way::Up => Fault::Mute,
            Way::Down => Fault::Deaf,
        };
        if fault == nowhere {
            continue;
        }
        match fault {
            Fault::Delay(time) => tokio::time::sleep(time).await,
            Fault::Loss(percent) => {
                let mut again = RETRANSMIT;
                while roll(&mut dice) < percent {
                    tokio::time::sleep(again).await;
                    again *= 2;
                }
            }
            Fault::Throttle(rate) => {
                tokio::time::sleep(Duration::from_secs_f64(n as f64 / rate as f64)).await;
            }
            _ => {}
        }
        if to.write_all(&buffer[..n]).await.is_err() {
            return;
        }
    }
}

/// The next number below a hundred (Knuth's MMIX generator): the same in each run.
fn roll(dice: &mut u64) -> u64 {
    *dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*dice >> 33) % 100
}

/// The other end sees a reset and no orderly end.
fn reset(stream: &TcpStream) {
    let _ = stream.set_zero_linger();
}
