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
        "stream" => &["tokio", "webrtc", "rtc"],
        "stream-texture" => &["egui", "egui-wgpu", "wgpu"],
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

#[test]
fn only_net_names_sockets_that_go_out() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for folder in ["app/src", "app/core/src", "app/ui/src", "cloud-client/src", "stream/src"] {
        let mut folders = vec![root.join(folder)];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let text = std::fs::read_to_string(&path).unwrap();
                for name in ["TcpStream::connect", "TcpListener::bind", "UdpSocket::connect"] {
                    assert!(!text.contains(name), "{} names {name}", path.display());
                }
            }
        }
    }
}
