use super::*;
use std::collections::BTreeSet;
use std::time::Duration;

fn well_said(said: &Problem) {
    let Problem { what, next } = said;
    assert!(what.ends_with(['.', '!', '?', '…']), "{what}");
    assert!(next.is_empty() || next.ends_with('.'), "{next}");
    assert!(!what.contains('\n') && what.len() < 500, "{what}");
}

fn pairing_needed(request: &str, reason: &str) -> Refusal {
    Refusal::PairingNeeded { request: request.into(), reason: reason.into() }
}

#[test]
fn what_shares_a_kind_has_its_own_sentence() {
    let removed = refusal(&Refusal::DeviceRemoved, None);
    assert_eq!(removed.0, GatewayRefusal::DeviceRefused);
    let foreign = refusal(&Refusal::ForeignUser { user: Some(1001) }, None);
    let unknown = refusal(&Refusal::ForeignUser { user: None }, None);
    assert_eq!((&foreign.0, &unknown.0), (&GatewayRefusal::Other, &GatewayRefusal::Other));
    assert!(foreign.1.what.contains("1001") && foreign.1 != unknown.1);
    for said in [&removed.1, &foreign.1, &unknown.1] {
        well_said(said);
    }
}

#[test]
fn every_refusal_has_its_own_kind_and_sentence() {
    let all = [
        pairing_needed("817e5151-9af0-4295-94f5-6e0eaa1065e1", "not-paired"),
        Refusal::TokenMissing,
        Refusal::TokenWrong,
        Refusal::DeviceRefused { code: "DEVICE_AUTH_SIGNATURE_INVALID".into() },
        Refusal::TooOld { gateway: 3 },
        Refusal::TooNew { gateway: 5 },
        Refusal::RateLimited { retry_after: None },
        Refusal::Other { code: "AUTH_UNAUTHORIZED".into(), message: "no".into() },
    ];
    let (mut kinds, mut sentences, mut nexts) = (vec![], BTreeSet::new(), BTreeSet::new());
    for refused in &all {
        let (kind, said) = refusal(refused, None);
        well_said(&said);
        assert!(!kinds.contains(&kind), "{kind:?} again");
        kinds.push(kind);
        assert!(sentences.insert(said.what), "{refused:?} sounds like another");
        assert!(nexts.insert(said.next), "{refused:?} is solved like another");
    }
}

#[test]
fn the_credential_is_named() {
    let said = |refused: &Refusal| refusal(refused, None).1;
    let wrong = said(&Refusal::TokenWrong);
    assert!(wrong.what.contains("gateway.auth.token") && wrong.what.contains("openclaw.json"));
    assert!(said(&Refusal::TokenMissing).next.contains("OPENCLAW_GATEWAY_TOKEN"));
    let device = |code: &str| said(&Refusal::DeviceRefused { code: code.into() });
    let codes = [
        "DEVICE_AUTH_SIGNATURE_EXPIRED",
        "AUTH_DEVICE_TOKEN_MISMATCH",
        "AUTH_SCOPE_MISMATCH",
        "DEVICE_IDENTITY_REQUIRED",
        "DEVICE_AUTH_PUBLIC_KEY_INVALID",
        "DEVICE_AUTH_NONCE_MISMATCH",
    ];
    let sentences: BTreeSet<_> = codes.map(|code| device(code).what).into();
    assert_eq!(sentences.len(), codes.len());
    assert!(device("AUTH_DEVICE_TOKEN_MISMATCH").what.contains("device token"));
    let password = Refusal::Other {
        code: "AUTH_PASSWORD_MISMATCH".into(),
        message: "unauthorized: password mismatch".into(),
    };
    assert!(said(&password).next.contains("gateway.auth.password"));
    let wait = Refusal::RateLimited { retry_after: Some(Duration::from_secs(121)) };
    assert!(said(&wait).next.contains("3 minutes"));
}

#[test]
fn the_command_is_the_exact_one_and_nothing_slips_into_it() {
    let command = |request: &str| match refusal(&pairing_needed(request, "not-paired"), None) {
        (GatewayRefusal::PairingNeeded { command }, said) => {
            assert!(said.next.contains(&command));
            command
        }
        other => panic!("{other:?}"),
    };
    assert_eq!(command("0b1f-22"), "openclaw devices approve 0b1f-22");
    for bad in ["", "a; rm -rf ~", "$(x)", "a\nb", "--all", "a b", &"a".repeat(200)] {
        assert_eq!(command(bad), "openclaw devices list", "{bad}");
    }
    let what = |reason| refusal(&pairing_needed("a", reason), None).1.what;
    let reasons = ["not-paired", "scope-upgrade", "role-upgrade", "metadata-upgrade"];
    assert_eq!(BTreeSet::from(reasons.map(what)).len(), reasons.len());
}

#[test]
fn every_lost_connection_has_its_own_sentence() {
    let host = || "127.0.0.1".to_owned();
    let all = [
        ConnectError::Net(NetError::Connect { host: host(), why: "refused".into() }),
        ConnectError::Net(NetError::Timeout { host: host() }),
        ConnectError::Net(NetError::Upgrade { status: 503 }),
        ConnectError::Net(NetError::Upgrade { status: 403 }),
        ConnectError::Net(NetError::Upgrade { status: 404 }),
        ConnectError::Net(NetError::Flood),
        ConnectError::Net(NetError::Protocol("x".into())),
        ConnectError::Closed { code: 1009, reason: String::new() },
        ConnectError::Closed { code: 1006, reason: String::new() },
        ConnectError::Closed { code: 1008, reason: "policy".into() },
        ConnectError::Starting,
        ConnectError::Silent,
        ConnectError::NotAGateway("no challenge".into()),
        ConnectError::Other("later".into()),
    ];
    let mut sentences = BTreeSet::new();
    for error in all {
        let said = connect(&error);
        well_said(&said);
        assert!(sentences.insert(said.what), "{error:?} sounds like another");
    }
}

#[test]
fn every_failed_request_has_its_own_sentence() {
    let refused = |message: &str| RequestError::Refused {
        code: "INVALID_REQUEST".into(),
        message: message.into(),
        details: None,
    };
    let all = [
        RequestError::NotOpen,
        RequestError::Timeout,
        RequestError::Unsupported("logs.tail"),
        RequestError::Forbidden { scope: String::new() },
        RequestError::Forbidden { scope: "operator.pairing".into() },
        refused("unknown requestId"),
        refused(""),
        refused(&"long ".repeat(1_000)),
        RequestError::Answer { method: "status", why: "w".into() },
        RequestError::TooLarge { bytes: 30_000_000, most: 26_214_400 },
    ];
    let mut sentences = BTreeSet::new();
    for error in all {
        let said = request(&error);
        well_said(&said);
        assert!(sentences.insert(said.what), "{error:?} sounds like another");
    }
    let long = request(&RequestError::TooLarge { bytes: 30_000_000, most: 26_214_400 });
    assert!(long.what.contains("30.0 MB of at most 26.2 MB"), "{}", long.what);
    assert_eq!(sentence("two\nlines\u{7}"), "two lines.");
}

#[test]
fn every_fault_of_this_machine_has_its_own_sentence() {
    use gateway_client::discovery::{ConfigError, RemoteSource};
    let tail = || "it said no".to_owned();
    let programs = [
        ProgramError::Spawn(std::io::ErrorKind::PermissionDenied),
        ProgramError::Timeout { seconds: 5, tail: String::new() },
        ProgramError::Failed { code: Some(78), tail: tail() },
        ProgramError::Failed { code: Some(1), tail: tail() },
        ProgramError::Unreadable { tail: tail() },
        ProgramError::StillRunning { pid: 7 },
        ProgramError::NotAGateway { pid: 7 },
        ProgramError::Log(std::io::ErrorKind::PermissionDenied),
        ProgramError::Unsupported,
    ];
    let configurations = [
        DiscoveryError::NoHome,
        DiscoveryError::NotAbsolute("OPENCLAW_STATE_DIR"),
        DiscoveryError::Configuration(ConfigError::Shape),
        DiscoveryError::Port,
        DiscoveryError::NotLoopback(RemoteSource::Url),
        DiscoveryError::NotLoopback(RemoteSource::Mode),
        DiscoveryError::Tls,
    ];
    let folders =
        [FolderError::Link, FolderError::Foreign, FolderError::NotAFolder, FolderError::Unchanged];
    let said = programs.iter().map(program);
    let said = said.chain(configurations.iter().map(|error| discovery(error).1));
    let said = said.chain(folders.iter().map(folder)).chain([
        no_program(),
        looking(),
        log_offline(),
        device_set_aside(),
        open_folder("drwxr-xr-x"),
        too_long(&Control::Starting),
        too_long(&Control::Stopping),
        too_long(&Control::Restarting),
    ]);
    let mut sentences = BTreeSet::new();
    for problem in said {
        well_said(&problem);
        assert!(sentences.insert(problem.what.clone()), "{problem:?} sounds like another");
    }
}
