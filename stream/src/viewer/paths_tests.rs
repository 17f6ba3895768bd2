use super::*;
use crate::transport::{IceServer, TurnCredential};
use net::TlsFault;

fn plan(mode: ConnectionMode, relay_only: bool, urls: &[&str]) -> Plan {
    let server = IceServer {
        urls: urls.iter().map(ToString::to_string).collect(),
        username: "u".into(),
        credential: TurnCredential::new("p".into()),
    };
    Plan::new(mode, relay_only, &[server])
}

fn automatic(memory: &PathMemory, now: Instant) -> Paths {
    let plan = plan(ConnectionMode::Automatic, false, &["turn:a", "turns:a:443"]);
    Paths::new(&plan, ConnectionMode::Automatic, memory.clone(), now)
}

fn relay(now: Instant) -> Paths {
    let plan = plan(ConnectionMode::Relay, false, &["turn:a", "turns:a:443"]);
    Paths::new(&plan, ConnectionMode::Relay, PathMemory::default(), now)
}

fn steps(paths: &mut Paths) -> Vec<String> {
    std::iter::from_fn(|| paths.step()).map(|step| format!("{step:?}")).collect()
}

fn live(mut paths: Paths) -> Paths {
    paths.connected(Some(Route::RelayTcp));
    steps(&mut paths);
    paths
}

fn timeout() -> NetError {
    NetError::Timeout { host: "a".into() }
}

fn wrong_host() -> NetError {
    NetError::Tls { fault: TlsFault::WrongHost { expected: "a".into(), presented: Vec::new() } }
}

const MS: Duration = Duration::from_millis(1);

#[test]
fn silence_of_udp_opens_tls_within_two_seconds_and_is_remembered() {
    let now = Instant::now();
    let memory = PathMemory::default();
    let mut paths = automatic(&memory, now);
    assert!(steps(&mut paths).is_empty());
    let at = paths.deadline().unwrap();
    assert!(at <= now + Duration::from_secs(2));
    paths.tick(at - MS);
    assert!(steps(&mut paths).is_empty() && !memory.udp_is_dead());
    paths.tick(at);
    assert_eq!(steps(&mut paths), ["StartStream"]);
    assert!(memory.udp_is_dead());
    assert_eq!(paths.deadline(), None);
    // The next connection does not wait.
    assert_eq!(steps(&mut automatic(&memory, at)), ["StartStream"]);
}

#[test]
fn udp_that_answers_gets_time_and_tls_is_tried_beside_it() {
    let now = Instant::now();
    let memory = PathMemory::default();
    let mut paths = automatic(&memory, now);
    paths.event(PathEvent::UdpHeard, None, now + 50 * MS);
    paths.tick(now + SILENCE);
    paths.answered(now + SILENCE);
    assert!(steps(&mut paths).is_empty());
    paths.tick(now + SILENCE + NO_PAIR);
    assert_eq!(steps(&mut paths), ["StartStream"]);
    assert!(!memory.udp_is_dead());
}

#[test]
fn a_direct_path_leaves_tls_alone() {
    let now = Instant::now();
    let mut paths = automatic(&PathMemory::default(), now);
    paths.event(PathEvent::UdpHeard, None, now);
    paths.connected(Some(Route::Direct));
    assert_eq!(paths.deadline(), None);
    paths.tick(now + HOLD);
    assert!(steps(&mut paths).is_empty());
}

#[test]
fn without_udp_servers_the_clock_starts_at_the_answer() {
    let now = Instant::now();
    let plan = plan(ConnectionMode::Automatic, false, &["turns:a"]);
    let memory = PathMemory::default();
    let mut paths = Paths::new(&plan, ConnectionMode::Automatic, memory.clone(), now);
    assert_eq!(paths.deadline(), None);
    paths.answered(now);
    paths.tick(now + NO_PAIR);
    assert_eq!(steps(&mut paths), ["StartStream"]);
    assert!(!memory.udp_is_dead());
}

#[test]
fn relay_mode_opens_tls_at_once_and_says_why_it_cannot() {
    let now = Instant::now();
    let mut paths = relay(now);
    assert_eq!(steps(&mut paths), ["StartStream"]);
    paths.event(PathEvent::RelayDown { error: timeout(), all: false }, None, now);
    assert!(steps(&mut paths).is_empty());
    let fault = wrong_host();
    paths.event(PathEvent::RelayDown { error: fault.clone(), all: true }, None, now);
    let Some(Step::End(End::Relay(why))) = paths.step() else { panic!() };
    assert_eq!(why, RelayFault::Connect(fault));
}

#[test]
fn a_relay_that_cannot_be_reached_is_tried_for_a_while() {
    let now = Instant::now();
    let down = || PathEvent::RelayDown { error: timeout(), all: true };
    let mut paths = relay(now);
    paths.event(down(), None, now + GRACE - MS);
    assert_eq!(steps(&mut paths), ["StartStream"]);
    paths.event(down(), None, now + GRACE);
    let Some(Step::End(End::Relay(why))) = paths.step() else { panic!() };
    assert_eq!(why, RelayFault::Connect(timeout()));
}

#[test]
fn what_is_wrong_with_tls_is_not_hidden_by_a_plain_relay_after_it() {
    let now = Instant::now();
    let mut paths = relay(now);
    steps(&mut paths);
    paths.event(PathEvent::RelayDown { error: wrong_host(), all: false }, None, now);
    let plain = || PathEvent::RelayDown { error: timeout(), all: true };
    paths.event(plain(), None, now);
    assert!(steps(&mut paths).is_empty(), "the plain one may come back");
    paths.event(plain(), None, now + GRACE);
    let Some(Step::End(End::Relay(why))) = paths.step() else { panic!() };
    assert_eq!(why, RelayFault::Connect(wrong_host()));
}

#[test]
fn refused_credentials_end_an_attempt_and_are_told_while_live() {
    let now = Instant::now();
    let refused = PathEvent::Refused(Refusal::Credentials(401));
    let mut paths = relay(now);
    steps(&mut paths);
    paths.event(refused.clone(), None, now);
    assert_eq!(steps(&mut paths), ["End(CredentialsExpired)"]);

    let mut paths = live(relay(now));
    paths.event(refused.clone(), Some(Route::RelayTcp), now);
    paths.event(refused, Some(Route::RelayTcp), now);
    assert_eq!(steps(&mut paths), ["CredentialsExpired"]);
    paths.renewed();
    assert_eq!(steps(&mut paths), ["Restart"]);
    // Renewed in time: nothing to do.
    paths.renewed();
    assert!(steps(&mut paths).is_empty());
}

#[test]
fn in_automatic_mode_refused_credentials_matter_when_nothing_else_works() {
    let now = Instant::now();
    let mut paths = automatic(&PathMemory::default(), now);
    paths.event(PathEvent::Refused(Refusal::Credentials(401)), None, now);
    assert!(steps(&mut paths).is_empty());
    assert!(matches!(paths.failed(SignallingError::NoPath), End::CredentialsExpired));
}

#[test]
fn a_short_outage_is_healed_by_a_restart_and_a_long_one_by_a_new_connection() {
    let now = Instant::now();
    let mut paths = live(relay(now));
    paths.event(PathEvent::RelayLost, Some(Route::RelayTcp), now);
    assert_eq!(steps(&mut paths), ["Unstable"]);
    paths.event(PathEvent::RelayDown { error: timeout(), all: true }, None, now);
    assert!(steps(&mut paths).is_empty());
    paths.event(PathEvent::RelayBack, None, now + SHORT);
    assert_eq!(steps(&mut paths), ["Restart"]);

    let mut paths = live(relay(now));
    paths.event(PathEvent::RelayLost, Some(Route::RelayTcp), now);
    paths.event(PathEvent::RelayBack, None, now + SHORT + MS);
    assert_eq!(steps(&mut paths), ["Unstable", "End(PathBack)"]);
}

#[test]
fn an_outage_is_not_waited_out_for_ever() {
    let now = Instant::now();
    let mut paths = live(relay(now));
    paths.event(PathEvent::RelayLost, Some(Route::RelayTcp), now);
    assert_eq!(paths.deadline(), Some(now + HOLD));
    paths.tick(now + HOLD);
    assert_eq!(steps(&mut paths), ["Unstable", "End(Signalling(Lost))"]);
}

#[test]
fn another_certificate_after_an_outage_is_not_waited_out() {
    let now = Instant::now();
    let mut paths = live(relay(now));
    paths.event(PathEvent::RelayLost, Some(Route::RelayTcp), now);
    steps(&mut paths);
    let error = wrong_host();
    paths.event(PathEvent::RelayDown { error, all: true }, None, now);
    assert!(matches!(paths.step(), Some(Step::End(End::Relay(RelayFault::Connect(_))))));
}

#[test]
fn what_a_person_must_put_right_is_hopeless() {
    let proxy = |fault| NetError::Proxy { proxy: "p:1".into(), fault };
    assert!(hopeless(&proxy(ProxyFault::PasswordWrong)));
    assert!(!hopeless(&proxy(ProxyFault::NotFound)));
    assert!(hopeless(&wrong_host()));
    assert!(!hopeless(&NetError::Tls { fault: TlsFault::ClosedInHandshake }));
    assert!(!hopeless(&timeout()));
}

#[test]
fn a_relay_that_is_not_in_use_may_come_and_go() {
    let now = Instant::now();
    let mut paths = automatic(&PathMemory::default(), now);
    paths.connected(Some(Route::Direct));
    for event in [PathEvent::RelayUp, PathEvent::RelayLost, PathEvent::RelayBack] {
        paths.event(event, Some(Route::Direct), now);
    }
    assert!(steps(&mut paths).is_empty());
}

#[test]
fn a_relay_that_hangs_up_or_is_silent_is_said() {
    let now = Instant::now();
    let mut paths = relay(now);
    paths.event(PathEvent::RelayUp, None, now);
    paths.event(PathEvent::RelayLost, None, now);
    assert_eq!(steps(&mut paths), ["StartStream", "End(Relay(Closed))"]);
    let mut paths = relay(now);
    paths.gathered(0);
    assert_eq!(steps(&mut paths), ["StartStream", "End(Relay(Silent))"]);
    let mut paths = relay(now);
    paths.event(PathEvent::Refused(Refusal::Allocation(486)), None, now);
    assert_eq!(steps(&mut paths), ["StartStream", "End(Relay(Refused(486)))"]);
    let mut paths = relay(now);
    paths.gathered(1);
    assert_eq!(steps(&mut paths), ["StartStream"]);
}
