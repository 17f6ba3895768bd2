//! The program itself: adding people from the command line, serving, and stopping when told to.

use crate::world::{PASSWORD, send};
use net::{CertificateDer, Door, Policy, Trust};
use serde_json::json;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn run(data: &Path, arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_cloud"))
        .arg("--data")
        .arg(data)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The program may end without reading.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn text(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

fn der(pem: &str) -> Vec<u8> {
    use base64::Engine;
    let body: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
    base64::engine::general_purpose::STANDARD.decode(body).unwrap()
}

#[tokio::test]
async fn a_first_owner_is_made_while_it_serves_and_it_stops_when_told_to() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let mut server = Command::new(env!("CARGO_BIN_EXE_cloud"))
        .arg("--data")
        .arg(&data)
        .args(["--listen", "127.0.0.1:0"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(server.stdout.take().unwrap()).lines();
    let first = said.next().unwrap().unwrap();
    let url = first.split(' ').next().unwrap().to_owned();
    assert!(url.starts_with("https://localhost:"), "{first}");
    let ca = said.next().unwrap().unwrap();
    assert!(ca.contains("ca.pem"), "{ca}");
    let hint: Vec<String> = (0..2).map(|_| said.next().unwrap().unwrap()).collect();
    assert!(hint[1].contains("add-workspace"), "{hint:?}");

    let workspace = text(&run(&data, &["add-workspace", "Works"], ""));
    let add = |password: &str, email| {
        let rest = ["--email", email, "--full-name", "Ada Lovelace", "--role", "owner"];
        let arguments = [&["add-person", "--workspace", "Works"][..], &rest].concat();
        run(&data, &arguments, password)
    };
    assert!(!add("short\n", "ada@example.com").status.success());
    text(&add(&format!("{PASSWORD}\n"), "ada@example.com"));
    assert!(!add(&format!("{PASSWORD}\n"), "ADA@example.com").status.success(), "taken");
    let desktop = text(&run(&data, &["add-desktop", "--workspace", &workspace, "box"], ""));
    assert!(desktop.contains("daemon token"));
    let runner = text(&run(&data, &["add-runner", "--workspace", "Works"], ""));
    assert!(!run(&data, &["add-runner", "--workspace", "Nobody's"], "").status.success());

    let pem = std::fs::read_to_string(data.join("ca.pem")).unwrap();
    let port = url.rsplit(':').next().unwrap().parse().unwrap();
    let trust = Trust::SystemAnd(vec![CertificateDer::from(der(&pem))]);
    let door = Door::new(Policy::default().allow_cloud("localhost", port), trust).unwrap();
    let body = json!({ "email": "ada@example.com", "password": PASSWORD }).to_string();
    let kind = [("content-type", "application/json")];
    let sign_in = format!("{url}/v1/sign-in");
    let answer = send(&door, "POST", &sign_in, &kind, body.into_bytes()).await.unwrap().ok(200);
    assert_eq!(answer["workspaces"][0]["id"], workspace);
    let bearer = [("authorization", &*format!("Bearer {runner}"))];
    let tasks = format!("{url}/v1/runner/tasks");
    send(&door, "GET", &tasks, &bearer, Vec::new()).await.unwrap().ok(200);

    let id = server.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    assert!(server.wait().unwrap().success(), "SIGTERM is a graceful end");
}
