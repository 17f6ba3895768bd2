//! The walls of ARCHITECTURE.md, read off the manifests.

use cargo_metadata::{DependencyKind, MetadataCommand, Package};

/// What each shipped crate may depend on of the things that walls are about.
const WATCHED: [&str; 16] = [
    "egui",
    "eframe",
    "egui-wgpu",
    "wgpu",
    "tokio",
    "reqwest",
    "hyper",
    "hyper-util",
    "tokio-socks",
    "tokio-rustls",
    "rustls",
    "tokio-tungstenite",
    "webrtc",
    "rtc",
    "cap-std",
    "socket2",
];

fn allowed(package: &str) -> &'static [&'static str] {
    match package {
        "multiclaw" => &["egui", "eframe", "egui-wgpu", "wgpu", "tokio"],
        "multiclaw-ui" => &["egui"],
        "multiclaw-core" => &["tokio", "cap-std"],
        "cloud-client" => &["tokio"],
        "net" => &[
            "tokio",
            "hyper",
            "hyper-util",
            "tokio-rustls",
            "tokio-socks",
            "rustls",
            "tokio-tungstenite",
            "socket2",
        ],
        "gateway-client" => &["tokio", "cap-std"],
        "stream" => &["tokio", "webrtc", "rtc"],
        "stream-texture" => &["egui", "egui-wgpu", "wgpu"],
        "update" => &["tokio"],
        _ => &[],
    }
}

fn shipped(package: &Package) -> bool {
    !package.manifest_path.as_str().contains("/tests/")
}

#[test]
fn crates_depend_on_what_their_walls_allow() {
    let metadata = MetadataCommand::new()
        .manifest_path(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
        .no_deps()
        .other_options(vec!["--offline".into(), "--locked".into()])
        .exec()
        .unwrap();
    let packages: Vec<&Package> = metadata.packages.iter().filter(|p| shipped(p)).collect();
    assert!(packages.len() >= 8, "{}", packages.len());
    let tests: Vec<String> =
        metadata.packages.iter().filter(|p| !shipped(p)).map(|p| p.name.to_string()).collect();
    assert!(tests.len() >= 4);
    for package in packages {
        for dependency in &package.dependencies {
            if dependency.kind != DependencyKind::Normal {
                continue;
            }
            let (from, to) = (package.name.as_str(), dependency.name.as_str());
            assert!(!tests.iter().any(|t| t == to), "{from} ships and depends on {to}");
            if WATCHED.contains(&to) {
                assert!(allowed(from).contains(&to), "{from} may not depend on {to}");
            }
        }
    }
}

/// The sources of the shipped crates but for tests: where, and what is in them.
fn sources(folders: &[&str]) -> Vec<(String, String)> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut open: Vec<_> = folders.iter().map(|folder| root.join(folder)).collect();
    let mut sources = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
            if path.is_dir() {
                if !name.ends_with("/tests") {
                    open.push(path);
                }
            } else if name.ends_with(".rs") && !name.ends_with("/tests.rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                // What follows is for tests only.
                let shipped = text.split("#[cfg(test)]\nmod tests {").next().unwrap().to_owned();
                sources.push((name, shipped));
            }
        }
    }
    assert!(sources.len() > folders.len(), "{folders:?}");
    sources
}

/// Every shipped crate but `net`.
const ALL: [&str; 7] = [
    "app/src",
    "app/core/src",
    "app/ui/src",
    "app/update/src",
    "cloud-client/src",
    "gateway-client/src",
    "stream/src",
];

/// Where `names` are named.
fn named(folders: &[&str], names: &[&str]) -> std::collections::BTreeSet<String> {
    let all = sources(folders).into_iter();
    all.filter(|(_, text)| names.iter().any(|name| text.contains(name))).map(|(at, _)| at).collect()
}

#[test]
fn only_net_names_sockets_that_go_out() {
    let sockets = ["TcpStream::connect", "TcpListener", "UdpSocket::connect", "UnixStream"];
    // The runtime of the WebRTC crate says no to these in their names.
    let found = named(&ALL, &sockets);
    // The probe tries to listen, and must not be able to.
    let known =
        |at: &String| at.starts_with("stream/src/transport/") || at == "app/src/sandbox/probe.rs";
    assert_eq!(found.iter().filter(|at| !known(at)).collect::<Vec<_>>(), Vec::<&String>::new());
    for quiet in ["gateway-client/src", "app/core/src", "app/ui/src", "app/update/src"] {
        let found = named(&[quiet], &["tokio::net", "TcpStream", "UdpSocket", "TcpSocket"]);
        assert!(found.is_empty(), "{found:?}");
    }
}

#[test]
fn programs_are_started_in_one_place() {
    let found = named(&ALL, &["Command::new", "process::Command", ".spawn()"]);
    let found: Vec<&str> = found.iter().map(String::as_str).collect();
    assert_eq!(
        found,
        [
            // This program again: as its own helper, and by that one when it wants to be started
            // anew. And what a probe must not be able to start.
            "app/src/sandbox/client.rs",
            "app/src/sandbox/helper.rs",
            "app/src/sandbox/probe.rs",
            // Puts a new version in the place of this one.
            "app/src/update.rs",
            // Asks a new version what it is.
            "app/update/src/self_test.rs",
            // The one lets a program outlive this one, the other makes it and reads what it prints.
            "gateway-client/src/program/detached.rs",
            "gateway-client/src/program/run.rs"
        ]
    );
    // And what opens the system's browser.
    let browsers = named(&ALL, &["open::that", "webbrowser::"]);
    assert!(browsers.iter().all(|at| at.starts_with("app/src/")), "{browsers:?}");
}

#[test]
fn only_the_platform_names_the_systems_dialogs_clipboard_and_notifications() {
    let names = ["rfd::", "zbus::", "arboard::", "notify_rust::"];
    let found = named(&ALL, &names);
    // Links find the window that is open by its name on the session bus.
    let known = |at: &String| at.starts_with("app/src/platform/") || at == "app/src/link.rs";
    assert!(found.iter().all(known), "{found:?}");
    assert!(found.len() >= 4, "{found:?}");
}

#[test]
fn secrets_of_different_zones_do_not_convert() {
    let gateway = ["GatewayToken", "DeviceToken", "DeviceKey"];
    let cloud = ["BearerToken", "RealtimeToken", "DaemonToken", "RelayCredential"];
    // A crate of one zone does not know that there is another.
    assert_eq!(
        named(&["gateway-client/src"], &cloud),
        named(&["gateway-client/src"], &["cloud_client"])
    );
    assert!(named(&["gateway-client/src"], &["cloud_client"]).is_empty());
    assert!(named(&["cloud-client/src", "cloud-client/net/src"], &["gateway_client"]).is_empty());
    // Its `DeviceToken` is an answer of RFC 8628, and none of the gateway's.
    assert!(named(&["cloud-client/src"], &["GatewayToken", "DeviceKey"]).is_empty());
    for (at, text) in sources(&ALL) {
        for secret in gateway.iter().chain(&cloud) {
            for way in [
                format!("From<{secret}>"),
                format!("for {secret} {{\n    fn fmt(&self, f: &mut Formatter"),
                format!("Display for {secret}"),
                format!("Serialize for {secret}"),
                format!("Deref for {secret}"),
            ] {
                assert!(!text.contains(&way), "{at}: {way}");
            }
        }
        // Where one zone's secret is taken out, the other's is not put in.
        let both = gateway.iter().any(|s| text.contains(&format!("{s}::new(")))
            && cloud.iter().any(|s| text.contains(&format!("{s}::new(")));
        assert!(!both, "{at} makes secrets of both zones");
    }
    // Taken out only for the handshake, the device's file and what must not be shown.
    let exposed: Vec<String> =
        named(&["gateway-client/src"], &["token.expose()", ".expose()"]).into_iter().collect();
    for at in &exposed {
        let known = ["client/login.rs", "identity.rs", "discovery/"];
        assert!(known.iter().any(|part| at.contains(part)), "{at} takes a secret out");
    }
    let core = named(&["app/core/src/engine/gateway", "app/core/src/engine/chat"], &[".expose()"]);
    assert!(core.is_empty(), "{core:?}");
}

/// Everything of ours is opened through `cap-std` folders. These name the files themselves:
#[test]
fn few_files_name_files_without_a_folder() {
    let known = [
        // This computer's name, which is taken out of what is written.
        "app/core/src/doctor/bundle.rs",
        // Folders and files that a person picked or dropped, opened once, and who hands them on.
        "app/core/src/engine/doors.rs",
        "app/core/src/engine/files/export/mod.rs",
        "app/core/src/engine/files/open.rs",
        "app/core/src/engine/platform.rs",
        "app/core/src/engine/update/file.rs",
        "app/core/src/engine/update/guarded.rs",
        "app/core/src/engine/update/source.rs",
        // The administrator's files, looked at before they are believed.
        "app/core/src/policy/file.rs",
        // Makes the two folders, which `cap-std` opens then.
        "app/core/src/storage/mod.rs",
        // The file that the command line names for whoever helps; the programs above this one.
        "app/src/doctor.rs",
        "app/src/kiosk/above.rs",
        // The other end of an opened file; the devices that rules are made for; what is tried.
        "app/src/sandbox/client.rs",
        "app/src/sandbox/files.rs",
        "app/src/sandbox/helper.rs",
        "app/src/sandbox/probe.rs",
        // The gateway's configuration, wherever its environment says that it is, and its includes;
        // who may read the folder; where the program is.
        "gateway-client/src/discovery/files.rs",
        "gateway-client/src/discovery/folder.rs",
        "gateway-client/src/discovery/include.rs",
        "gateway-client/src/discovery/locate.rs",
        // What the gateway prints, the lock that says that it runs, and its process.
        "gateway-client/src/program/detached.rs",
        "gateway-client/src/program/lock.rs",
        // Recorded conversations, for tests only.
        "gateway-client/src/recorded.rs",
        // The one file that hands a key from one program of ours to another.
        "gateway-client/src/signed/session.rs",
    ];
    let folders = ["app/src", "app/core/src", "app/ui/src", "gateway-client/src"];
    let names = ["std::fs", "File::open(", "File::create("];
    let found: Vec<String> = named(&folders, &names).into_iter().collect();
    assert_eq!(found, known);
}

#[test]
fn the_engine_reaches_the_system_only_through_its_doors() {
    let engine = ["app/core/src/engine"];
    // The doors and the keeper ask for a grant; nobody else has what they have.
    let platform = named(&engine, &["config.platform", "config.browser"]);
    assert_eq!(platform.into_iter().collect::<Vec<_>>(), ["app/core/src/engine/mod.rs"]);
    let storage = named(&engine, &["Storage::open"]);
    assert_eq!(storage.into_iter().collect::<Vec<_>>(), ["app/core/src/engine/mod.rs"]);
    let network = named(&engine, &["Rest::new"]);
    assert_eq!(network.into_iter().collect::<Vec<_>>(), ["app/core/src/engine/doors.rs"]);
    // Grants are made of the table only, by the engine's own loop.
    let grants = named(&["app/core/src"], &["scope::grant(", "scope::standing("]);
    assert_eq!(grants.into_iter().collect::<Vec<_>>(), ["app/core/src/engine/mod.rs"]);
}
