//! The client held against `cloud-client/openapi.json`: what it sends, recorded byte for byte.

use cloud_client::rest::{Key, Rest};
use cloud_client::screen::ScreenKey;
use cloud_client::wire::*;
use cloud_client::{BearerToken, DaemonToken, ScreenBearer};
use net::{CertificateDer, Door, Policy, Trust};
use parking_lot::Mutex;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// What was sent.
struct Sent {
    method: String,
    path: String,
    head: String,
    body: Vec<u8>,
}

/// A server that writes everything down and has a fault every time.
async fn recorder() -> (Rest, Arc<Mutex<Vec<Sent>>>) {
    let own = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let certificate = own.cert.der().clone();
    let key = rustls::pki_types::PrivateKeyDer::try_from(own.signing_key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.clone()], key)
        .unwrap();
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let sent = Arc::new(Mutex::new(Vec::new()));
    let record = Arc::clone(&sent);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let mut stream = acceptor.accept(stream).await.unwrap();
            let mut bytes = Vec::new();
            let (head, length) = loop {
                let mut chunk = [0; 4096];
                let count = stream.read(&mut chunk).await.unwrap();
                bytes.extend_from_slice(&chunk[..count]);
                let Some(end) = bytes.windows(4).position(|w| w == b"\r\n\r\n") else { continue };
                let head = String::from_utf8(bytes.drain(..end + 4).collect()).unwrap();
                let lower = head.to_lowercase();
                let length = lower.split("content-length: ").nth(1);
                let length = length.map_or(0, |l| l.split('\r').next().unwrap().parse().unwrap());
                break (head, length);
            };
            while bytes.len() < length {
                let mut chunk = [0; 4096];
                let count = stream.read(&mut chunk).await.unwrap();
                bytes.extend_from_slice(&chunk[..count]);
            }
            let mut words = head.split(' ');
            let (method, path) = (words.next().unwrap().into(), words.next().unwrap().into());
            record.lock().push(Sent { method, path, head: head.clone(), body: bytes });
            let answer = "HTTP/1.1 503 Fault\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
            stream.write_all(answer.as_bytes()).await.unwrap();
            let _ = stream.shutdown().await;
        }
    });
    let policy = Policy::default().allow_cloud("localhost", port);
    let trust = Trust::SystemAnd(vec![CertificateDer::from(certificate.to_vec())]);
    let door = Door::with_proxies(policy, trust, net::Proxies::none()).unwrap();
    (Rest::new(door, &format!("https://localhost:{port}")), sent)
}

/// Every request that the client can make, once.
async fn everything(rest: &Rest) {
    let bearer = BearerToken::new("bearer".into());
    let key = || Key::new("5f0c9a9e-8a7e-4f0e-9a53-0f5f6a0d9c11".into());
    let id = "5f0c9a9e-8a7e-4f0e-9a53-0f5f6a0d9c11";
    let _ = rest.sign_in("ada@example.com", "correct horse").await;
    let _ = rest.sign_out(&bearer).await;
    let _ = rest.me(&bearer).await;
    let code = InvitationCode::new("code".into());
    let password = || "correct horse battery".to_owned().into();
    let accept = AcceptInvitation { code, name: "Ada".into(), password: password() };
    let _ = rest.accept_invitation(&accept).await;
    let change = ChangePassword { current: password(), new: password() };
    let _ = rest.change_password(&bearer, &change).await;
    let auth = PusherAuth { socket_id: "1.2".into(), channel_name: "private-generation-1".into() };
    let _ = rest.pusher_auth(&bearer, &auth).await;
    let _ = rest.token_for_person(&bearer, "w-1").await;
    let _ = rest.token_for_daemon(&DaemonToken::new("daemon".into())).await;
    let _ = rest.device_authorize().await;
    let _ = rest.device_token(&"device".to_owned().into()).await;
    let screen = ScreenBearer::new("bearer".into());
    let code = EnrolmentCode::new("K7QM-2XAB-9B01".into());
    let _ = rest.enrol_screen(&code, &ScreenKey::generate()).await;
    let _ = rest.screen_challenge("k-1").await;
    let text = |count| "A".repeat(count);
    let signed = ScreenSignIn { screen: "k-1".into(), challenge: text(43), signature: text(86) };
    let _ = rest.screen_sign_in(&signed).await;
    let _ = rest.screen(&screen).await;
    let _ = rest.screen_desktops(&screen).await;
    let _ = rest.token_for_screen(&screen).await;
    let w = rest.workspace(bearer, "w-1".into());
    let draft = ScreenDraft { name: "Lobby".into(), desktops: vec!["d".into()], control: false };
    let _ = w.screens().await;
    let _ = w.add_screen(&key(), &draft).await;
    let _ = w.remove_screen("k-1").await;
    let _ = w.people().await;
    let invite = Invite { email: "g@example.com".into(), role: Role::Member };
    let _ = w.invite(&key(), &invite).await;
    let _ = w.change_role("p", Role::Owner).await;
    let _ = w.remove_person("p").await;
    let agent = AgentDraft {
        name: "Researcher".into(),
        provider: "anthropic".into(),
        model: "m".into(),
        instructions: "Be brief.".into(),
    };
    let _ = w.agents().await;
    let _ = w.create_agent(&key(), &agent).await;
    let _ = w.change_agent("a", &agent).await;
    let _ = w.delete_agent("a").await;
    let _ = w.set_key("a", "anthropic", &ApiKey::new("sk-12345678".into())).await;
    let _ = w.remove_key("a", "anthropic").await;
    let task = TaskDraft { title: "T".into(), brief: "B".into(), agent: Some("a".into()) };
    let _ = w.tasks().await;
    let _ = w.create_task(&key(), &task).await;
    let _ = w.assign_task(&key(), "t", None).await;
    let _ = w.cancel_task(&key(), "t").await;
    let _ = w.retry_task(&key(), "t").await;
    let _ = w.task_log("t", 7).await;
    for kind in [DocumentKind::Sop, DocumentKind::Skill] {
        let _ = w.documents(kind).await;
        let _ = w.delete_document(kind, "d").await;
    }
    let sop = SopDraft { name: "S".into(), goal: "G".into() };
    let _ = w.generate_sop(&key(), &sop).await;
    let _ = w.compile_skill(&key(), &SkillDraft { source: "d".into() }).await;
    let _ = w.conversations(None).await;
    let _ = w.conversations(Some("cursor")).await;
    let draft = ConversationDraft { title: "T".into(), agent: None };
    let _ = w.put_conversation(id, &draft).await;
    let _ = w.delete_conversation(id).await;
    let _ = w.messages_before(id, Some(9)).await;
    let _ = w.messages_after(id, 9).await;
    let message = MessageDraft {
        id: id.into(),
        speaker: Speaker::Person,
        text: "Hello".into(),
        at: "2026-11-21T14:03:22Z".into(),
    };
    let _ = w.post_message(id, &message).await;
    let _ = w.desktops().await;
    let _ = w.start_desktop(&key(), "d").await;
    let _ = w.stop_desktop(&key(), "d").await;
    let _ = w.thumbnail("d").await;
}

/// The path of the file that this one is, if it is one.
fn template<'a>(file: &'a Value, path: &str) -> Option<&'a String> {
    let path: Vec<&str> = path.split('?').next().unwrap().split('/').collect();
    file["paths"].as_object().unwrap().keys().find(|known| {
        let known: Vec<&str> = known.split('/').collect();
        let same = |(a, b): (&&str, &&str)| a.starts_with('{') || a == b;
        known.len() == path.len() && known.iter().zip(&path).all(same)
    })
}

#[tokio::test]
async fn what_the_client_sends_is_described_and_all_that_is_its_own_is_sent() {
    let file: Value =
        serde_json::from_str(include_str!("../../../../cloud-client/openapi.json")).unwrap();
    let (rest, sent) = recorder().await;
    everything(&rest).await;
    let mut seen = BTreeSet::new();
    for Sent { method, path, head, body } in sent.lock().iter() {
        let known = template(&file, path).unwrap_or_else(|| panic!("{method} {path}"));
        let operation = &file["paths"][known][method.to_lowercase()];
        assert!(operation.is_object(), "{method} {known} is not described");
        seen.insert((method.to_lowercase(), known.clone()));
        let content = &operation["requestBody"]["content"];
        if body.is_empty() {
            assert!(operation["requestBody"]["required"] != json!(true), "{method} {known}");
            continue;
        }
        if head.to_lowercase().contains("application/x-www-form-urlencoded") {
            assert!(content["application/x-www-form-urlencoded"].is_object(), "{known}");
            continue;
        }
        let mut schema = content["application/json"]["schema"].clone();
        assert!(schema.is_object(), "{method} {known} takes no JSON");
        schema["components"] = file["components"].clone();
        let schema = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
        let body: Value = serde_json::from_slice(body).unwrap();
        let errors: Vec<String> = schema.iter_errors(&body).map(|e| e.to_string()).collect();
        assert!(errors.is_empty(), "{method} {known}: {errors:?}");
        assert!(!path.contains("bearer") && !path.contains("sk-"), "a secret in {path}");
    }
    // Others' business: the daemon's, the runner's, the browser's, and the two sockets.
    let others = ["/v1/daemon/", "/v1/runner/", "/device", "/app/", "/v1/realtime"];
    for (path, item) in file["paths"].as_object().unwrap() {
        let theirs = others.iter().any(|p| path.starts_with(p)) && path != "/v1/realtime/token";
        for method in item.as_object().unwrap().keys().filter(|_| !theirs) {
            assert!(seen.contains(&(method.clone(), path.clone())), "{method} {path} is not sent");
        }
    }
}
