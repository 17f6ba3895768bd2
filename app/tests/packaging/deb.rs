//! The Debian package.

use super::{as_root, refused, run, said, script};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use x11rb::connection::Connection;
use x11rb::protocol::xproto::{AtomEnum, ConnectionExt};

const ID: &str = "io.multiclaw.Desktop";

/// Removed when the test ends, however it ends.
struct Installed;

impl Drop for Installed {
    fn drop(&mut self) {
        let _ = as_root("dpkg").args(["--purge", "multiclaw"]).output();
    }
}

struct Ends(Child);

impl Drop for Ends {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn text_of(file: impl AsRef<Path>) -> String {
    std::fs::read_to_string(file).unwrap()
}

#[test]
fn the_package_installs_runs_and_leaves_nothing_behind() {
    let known = Command::new("dpkg-query").args(["-W", "-f", "${Status}", "multiclaw"]).output();
    let known = String::from_utf8(known.unwrap().stdout).unwrap();
    assert!(!known.contains("ok installed"), "multiclaw is installed here; remove it first");

    let folder = tempfile::tempdir().unwrap();
    let made = run(script("deb")
        .args(["--quick", "--binary", env!("CARGO_BIN_EXE_multiclaw")])
        .arg("--out")
        .arg(folder.path()));
    let deb = PathBuf::from(made.trim());
    lint(&deb);

    // Its directory has to be open to the user that apt reads packages as.
    run(Command::new("chmod").arg("755").arg(folder.path()));
    let installed = Installed;
    run(as_root("apt-get")
        .env("DEBIAN_FRONTEND", "noninteractive")
        .args(["install", "--yes", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=120"])
        .arg(&deb));
    let files: Vec<PathBuf> = run(Command::new("dpkg").args(["--listfiles", "multiclaw"]))
        .lines()
        .map(PathBuf::from)
        .filter(|path| path.is_file())
        .collect();
    assert!(files.contains(&PathBuf::from("/usr/bin/multiclaw")), "{files:?}");

    let version = run(Command::new("/usr/bin/multiclaw").arg("--version"));
    assert_eq!(version.trim(), concat!("multiclaw ", env!("CARGO_PKG_VERSION")));
    run(Command::new("desktop-file-validate").arg(format!("/usr/share/applications/{ID}.desktop")));
    run(Command::new("appstreamcli")
        .args(["validate", "--no-net"])
        .arg(format!("/usr/share/metainfo/{ID}.metainfo.xml")));
    manual();
    completions();
    icons(&files);
    starts(folder.path());

    run(as_root("dpkg").args(["--remove", "multiclaw"]));
    run(as_root("dpkg").args(["--purge", "multiclaw"]));
    let left: Vec<_> = files.iter().filter(|file| file.exists()).collect();
    assert!(left.is_empty(), "left behind: {left:?}");
    assert!(!Path::new("/usr/share/doc/multiclaw").exists());
    refused(Command::new("dpkg").args(["--status", "multiclaw"]));
    std::mem::forget(installed);
}

/// Lintian finds no error in it.
fn lint(deb: &Path) {
    let output = Command::new("lintian")
        .args(["--fail-on", "error"])
        .arg(deb)
        .output()
        .expect("lintian is needed");
    assert!(output.status.success(), "{}", said(&output));
}

/// The manual page is found and can be read.
fn manual() {
    let page = run(Command::new("man")
        .args(["--local-file", "--encoding=utf-8", "/usr/share/man/man1/multiclaw.1.gz"])
        .env("MANWIDTH", "100"));
    for part in ["NAME", "--desktop", "--relay-only", "multiclaw://", "EXIT STATUS"] {
        assert!(page.contains(part), "{part} is not in the manual page:\n{page}");
    }
    let warnings = run(Command::new("sh")
        .args(["-c", "zcat /usr/share/man/man1/multiclaw.1.gz | groff -man -Tutf8 -ww -z 2>&1"]));
    assert_eq!(warnings, "");
}

/// Bash completes options and values after it has read the file.
fn completions() {
    let file = "/usr/share/bash-completion/completions/multiclaw";
    let completed = run(Command::new("bash").args(["--norc", "-c"]).arg(format!(
        "set -e; source {file}; COMP_WORDS=(multiclaw --rel); COMP_CWORD=1; \
         _multiclaw multiclaw --rel multiclaw; echo \"${{COMPREPLY[@]}}\""
    )));
    assert_eq!(completed.trim(), "--relay-only");
    for (file, word) in [
        ("/usr/share/zsh/vendor-completions/_multiclaw", "#compdef multiclaw"),
        ("/usr/share/fish/vendor_completions.d/multiclaw.fish", "complete -c multiclaw"),
    ] {
        assert!(text_of(file).contains(word), "{file}");
    }
}

/// Each size is there, and is that size.
fn icons(files: &[PathBuf]) {
    for size in [16_u32, 22, 24, 32, 48, 64, 128, 256, 512] {
        let file = format!("/usr/share/icons/hicolor/{size}x{size}/apps/{ID}.png");
        assert!(files.contains(&PathBuf::from(&file)), "{file}");
        let png = std::fs::read(&file).unwrap();
        let side = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
        assert_eq!((side(16), side(20)), (size, size), "{file}");
    }
}

/// It opens a window that the desktop can match with the entry and that has an icon.
fn starts(folder: &Path) {
    let mut server = Command::new("Xvfb")
        .args(["-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("xvfb is needed");
    let mut number = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut number).unwrap();
    let _server = Ends(server);
    let display = format!(":{}", number.trim());
    let log = folder.join("log");
    let program = Command::new("/usr/bin/multiclaw")
        .arg("--data")
        .arg(folder.join("data"))
        .env("DISPLAY", &display)
        .env("HOME", folder)
        .env_remove("WAYLAND_DISPLAY")
        .stderr(std::fs::File::create(&log).unwrap())
        .spawn()
        .unwrap();
    let mut program = Ends(program);
    let (x, screen) = x11rb::connect(Some(&display)).unwrap();
    let root = x.setup().roots[screen].root;
    let icon = x.intern_atom(false, b"_NET_WM_ICON").unwrap().reply().unwrap().atom;
    let begun = Instant::now();
    loop {
        for window in x.query_tree(root).unwrap().reply().unwrap().children {
            let property = |atom, kind| {
                let cookie = x.get_property(false, window, atom, kind, 0, 1 << 16).unwrap();
                cookie.reply().map(|reply| reply.value).unwrap_or_default()
            };
            let class = property(AtomEnum::WM_CLASS.into(), AtomEnum::STRING);
            if class.split(|byte| *byte == 0).any(|name| name == ID.as_bytes())
                && property(icon, AtomEnum::CARDINAL).len() == 4 * (2 + 64 * 64)
            {
                return;
            }
        }
        let ended = program.0.try_wait().unwrap();
        assert!(ended.is_none(), "it ended: {ended:?}\n{}", text_of(&log));
        assert!(begun.elapsed() < Duration::from_secs(60), "no window\n{}", text_of(&log));
        std::thread::sleep(Duration::from_millis(100));
    }
}
