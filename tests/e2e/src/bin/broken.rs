//! A new version with the first lines of the real one, that ends right after them: what the real
//! one does when something that it cannot do without is broken. For the tests of updates.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use std::os::unix::process::CommandExt;
use std::time::SystemTime;
use update::boot::{Next, begin};

fn main() {
    let variable = |name| std::env::var(name).unwrap();
    let home = std::path::PathBuf::from(variable("HOME"));
    let config = update::Config {
        keys: update::Keys::parse(&variable("BROKEN_KEYS")).unwrap(),
        version: variable("BROKEN_VERSION").parse().unwrap(),
        target: format!("{}-{}", std::env::consts::OS, std::env::consts::ARCH),
        product: "multiclaw".into(),
        channel: "stable".into(),
        base: variable("BROKEN_BASE").parse().unwrap(),
        program: std::env::current_exe().unwrap(),
        state: home.join(".multiclaw/update"),
        min_seq: 0,
        newest: None,
    };
    if std::env::args().nth(1).as_deref() == Some("--self-test") {
        println!("{}", config.self_test_line());
        return;
    }
    match begin(&config, SystemTime::now()) {
        Next::Exec(program) => {
            let error = std::process::Command::new(program).args(std::env::args().skip(1)).exec();
            panic!("{error}");
        }
        Next::Run(_) => std::process::exit(1),
    }
}
