//! What this crate may name.

use std::path::{Path, PathBuf};

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(sources(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            all.push(path);
        }
    }
    all
}

#[test]
fn the_user_interface_names_no_file_socket_process_or_clock() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = sources(&root.join("src"));
    assert!(files.len() > 10);
    let forbidden = [
        "std::fs",
        "std::net",
        "std::process",
        "std::env",
        "SystemTime",
        "Instant",
        "tokio",
        "reqwest",
        "wgpu",
        "std::thread",
    ];
    for path in files {
        let text = std::fs::read_to_string(&path).unwrap();
        for name in forbidden {
            assert!(!text.contains(name), "{} names {name}", path.display());
        }
        let tokens = path.ends_with("tokens.rs");
        for colour in ["Color32::from_", "Rgba::from_"] {
            assert!(tokens || !text.contains(colour), "{} has a raw colour", path.display());
        }
    }
}

#[test]
fn the_user_interface_depends_on_egui_core_and_what_reads_text_only() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")).unwrap();
    let (_, dependencies) = text.split_once("[dependencies]").unwrap();
    let (dependencies, _) = dependencies.split_once("\n[").unwrap();
    let names: Vec<&str> = dependencies
        .lines()
        .filter_map(|l| l.split(['.', ' ', '=']).next())
        .filter(|n| !n.is_empty())
        .collect();
    assert_eq!(names, ["egui", "multiclaw-core", "pulldown-cmark", "unicode-bidi"]);
}
