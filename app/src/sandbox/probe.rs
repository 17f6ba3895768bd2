//! What a process can still do after it gave up what it does not need: tried, not believed. For
//! tests and for who wants to know (`multiclaw --sandbox-probe FOLDER`).

use super::Entered;
use multiclaw_core::engine::Platform;
use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;

/// Tries each thing and says how it went: "ok", or the system's answer. `outside` is a folder that
/// none of the rules names, with the files `file` and `.hidden/file` in it.
#[must_use]
pub fn run(entered: &Entered, data: &Path, openclaw: &Path, outside: &Path) -> String {
    let mut found = BTreeMap::new();
    let mut note = |name: &str, result: io::Result<()>| {
        let said = result.map_or_else(|error| error.kind().to_string(), |()| "ok".to_owned());
        found.insert(name.to_owned(), said);
    };
    let write = |path: &Path| File::create(path.join("probe")).map(drop);
    note("write our own folder", write(data));
    note("write the gateway's folder", write(openclaw));
    note("write the temporary folder", write(&std::env::temp_dir()));
    note("write elsewhere", write(outside));
    note("read elsewhere", File::open(outside.join("file")).map(drop));
    note("list elsewhere", std::fs::read_dir(outside).map(drop));
    note("read the certificates", std::fs::read_dir("/etc/ssl").map(drop));
    note("read a library", std::fs::read_dir("/usr/lib").map(drop));
    note("write the system", write(Path::new("/etc")));
    let program = std::env::current_exe();
    if let Some(beside) = program.as_ref().ok().and_then(|program| program.parent()) {
        let (work, kept) = (beside.join(".mc-update"), beside.join(".mc-kept"));
        note("write what waits for the next start", write(&work));
        note("read what a start believes", std::fs::read_dir(&kept).map(drop));
        note("write what a start believes", write(&kept));
        let made = work.join("probe");
        note("link something there", std::fs::hard_link(&made, kept.join("linked")));
        note("move something there", std::fs::rename(&made, kept.join("moved")));
        note("put another folder there", std::fs::rename(&kept, work.join("kept")));
    }
    note("listen", TcpListener::bind("127.0.0.1:0").map(drop));
    note("start a program", Command::new("/bin/true").status().map(drop));
    let copy = data.join("program");
    let copied = std::fs::copy("/bin/true", &copy).map(drop);
    note(
        "start a program of our own folder",
        copied.and_then(|()| Command::new(&copy).status().map(drop)),
    );
    note("change the root", rustix::process::chroot("/").map_err(Into::into));
    if let Some(helper) = &entered.helper {
        note("helper: a dropped file", helper.open_picked(&outside.join("file")).map(drop));
        note("helper: a hidden file", helper.open_picked(&outside.join(".hidden/file")).map(drop));
        note(
            "helper: write what was not picked",
            helper.create_picked(&outside.join("new")).map(drop),
        );
        let browsed = helper.browse("file:///etc/passwd");
        let browsed = if browsed { Ok(()) } else { Err(io::ErrorKind::PermissionDenied.into()) };
        note("helper: open a file in the browser", browsed);
    }
    note("remove elsewhere", std::fs::remove_file(outside.join("file")));
    let limit = rustix::process::getrlimit(rustix::process::Resource::Core);
    let answer = serde_json::json!({
        "tried": found,
        "core": limit.maximum,
        "facts": entered.facts,
    });
    answer.to_string()
}
