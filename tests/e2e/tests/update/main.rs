//! A real update of the real program, from version to version and back. A program of its own: it
//! builds the program with keys and versions of its own.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]
#![cfg(target_os = "linux")]

mod program;
mod site;

use net::{CertificateDer, Door, Policy, Trust};
use program::{Computer, Running, build};
use semver::Version;
use site::{Keys, Site, TARGET};
use std::path::Path;
use std::time::{Duration, SystemTime};
use update::{Check, Config, LastResult, Reason, Status, Updater};

/// For anything to happen: two cores may have other things to do.
const PATIENCE: Duration = Duration::from_secs(180);

fn version(text: &str) -> Version {
    text.parse().unwrap()
}

/// What a program of this version would hold of the folders.
fn updater(computer: &Computer, keys: &Keys, site: &Site, running: &str) -> Updater {
    let config = Config {
        keys: update::Keys::parse(&keys.list).unwrap(),
        version: version(running),
        target: TARGET.into(),
        product: "multiclaw".into(),
        channel: "stable".into(),
        base: site.base().parse().unwrap(),
        program: computer.program.clone(),
        state: computer.home.join(".multiclaw/update"),
        min_seq: 0,
        newest: None,
    };
    let policy = Policy::default().allow_updates("localhost", site.port);
    let trust = Trust::SystemAnd(vec![CertificateDer::from(site.authority.clone())]);
    Updater::open(config, Door::new(policy, trust).unwrap())
}

/// Waits until the folders are as wanted, while the program runs.
async fn until(what: &str, updater: &Updater, want: impl Fn(&Status) -> bool) {
    let wait = async {
        while !want(&updater.status()) {
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    };
    if tokio::time::timeout(PATIENCE, wait).await.is_err() {
        panic!("waited in vain for {what}: {:#?}", updater.status());
    }
}

/// Waits until the program has ended by itself.
async fn ended(mut running: Running) -> std::process::ExitStatus {
    let wait = async {
        loop {
            if let Some(status) = running.ended() {
                return status;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(PATIENCE, wait).await.expect("the program does not end")
}

fn installed(status: &Status, wanted: &str) -> bool {
    matches!(&status.last, Some(LastResult::Installed { version: v, .. }) if *v == version(wanted))
}

/// Downloads what is offered, as a running program would; faster than waiting for one to do so.
async fn stage(updater: &Updater, wanted: &str) {
    let Check::Offer(offer) = updater.check(SystemTime::now()).await.unwrap() else { panic!() };
    assert_eq!(offer.version, version(wanted));
    let staged = updater.download(&offer, |_, _| {}).await.unwrap();
    assert_eq!(staged.version, version(wanted));
}

/// U21, U25.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_real_program_is_updated_taken_back_and_gone_back_from() {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::start().await;
    let keys = Keys::make(folder.path());
    let (old, new) = tokio::task::block_in_place(|| {
        let build = |version| build(version, &keys, &site, folder.path());
        (build("9.0.0"), build("9.1.0"))
    });
    let computer = Computer::new(folder.path(), &keys, &site, &old);
    let is = |wanted: &str| assert_eq!(computer.version(), format!("multiclaw {wanted}"));
    is("9.0.0");
    site.publish(&keys, "9.1.0", 10, &new);

    // It finds the new version by itself and keeps it for the next start.
    let running = computer.start();
    let at_old = updater(&computer, &keys, &site, "9.0.0");
    until("a staged 9.1.0", &at_old, |status| status.staged == Some(version("9.1.0"))).await;
    is("9.0.0");
    drop(running);
    let heads = site.heads();
    let host = format!("localhost:{}", site.port);
    for (head, path) in heads.iter().zip([
        "/desktop/stable/latest.json?version=9.0.0&target=linux-x86_64",
        "/desktop/stable/latest.json.minisig",
        "/desktop/9.1.0/MultiClaw-9.1.0-linux-x86_64.tar.gz",
    ]) {
        let expected = format!(
            "GET {path} HTTP/1.1\r\nuser-agent: MultiClaw-Updater\r\nhost: {host}\r\n\
             accept: */*\r\n\r\n"
        );
        assert_eq!(*head, expected, "not a byte that tells anything else");
    }
    assert_eq!(heads.len(), 3, "{heads:?}");

    // The next start is the new version.
    let running = computer.start();
    let at_new = updater(&computer, &keys, &site, "9.1.0");
    until("a healthy 9.1.0", &at_new, |status| installed(status, "9.1.0")).await;
    is("9.1.0");
    assert!(running.is(&computer.program), "and not the file that was taken away");
    assert_eq!(at_new.status().previous, Some(version("9.0.0")));
    drop(running);

    // One step back, because the person wants it.
    at_new.roll_back().unwrap();
    is("9.1.0");
    let running = computer.start();
    let back = |status: &Status| status.failed.get(&version("9.1.0")) == Some(&Reason::TakenBack);
    until("9.0.0", &at_old, back).await;
    is("9.0.0");
    drop(running);
    let again = at_old.check(SystemTime::now()).await.unwrap();
    assert!(matches!(again, Check::Failed { reason: Reason::TakenBack, .. }), "{again:?}");

    // And forward, because the person asks for it all the same.
    at_old.forget_failed(&version("9.1.0")).unwrap();
    stage(&at_old, "9.1.0").await;
    let running = computer.start();
    until("a healthy 9.1.0", &at_new, |status| installed(status, "9.1.0")).await;
    drop(running);
    is("9.1.0");

    // A version that ends right after its first lines is taken back after two starts.
    site.publish(&keys, "9.2.0", 11, Path::new(env!("CARGO_BIN_EXE_broken")));
    stage(&at_new, "9.2.0").await;
    for _ in 0..2 {
        assert_eq!(ended(computer.start()).await.code(), Some(1));
    }
    let (asked, downloads) = (site.count("version=9.1.0"), site.count("/9.2.0/"));
    let mut running = computer.start();
    let failed =
        |status: &Status| status.failed.get(&version("9.2.0")) == Some(&Reason::DidNotStart);
    until("9.1.0 back", &at_new, failed).await;
    is("9.1.0");
    // It runs, asks, is offered it again, and leaves it.
    let wait = async {
        while site.count("version=9.1.0") == asked {
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    };
    tokio::time::timeout(PATIENCE, wait).await.expect("the program asks again");
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(running.ended(), None);
    assert_eq!(site.count("/9.2.0/"), downloads, "not downloaded again");
    assert_eq!(at_new.status().staged, None);
}
