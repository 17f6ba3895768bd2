//! A cloud with an owner, a member and a stranger, and a plain client that sends what it is told.

use cloud::store::NewPerson;
use cloud::{Cloud, Config};
use cloud_client::wire::{FromCloud, Role};
use http::{Method, Request};
use net::{CertificateDer, Door, Message, NetError, Policy, Purpose, Trust, WebSocket};
use serde_json::{Value, json};
use std::time::Duration;

pub const PASSWORD: &str = "correct horse battery";
/// Longest wait for anything.
pub const PATIENCE: Duration = Duration::from_secs(20);

pub struct World {
    pub cloud: Cloud,
    pub url: String,
    pub door: Door,
    pub workspace: String,
    pub owner: Person,
    pub member: Person,
    /// The owner of another workspace.
    pub stranger: Person,
    pub desktop: String,
    pub daemon: String,
    pub runner: String,
}

#[derive(Clone)]
pub struct Person {
    pub id: String,
    pub email: String,
    pub token: String,
}

/// An answer, read.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: http::HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }

    /// The body, when the status is this one.
    #[track_caller]
    pub fn ok(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text());
        self.json()
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// `error.code`.
    pub fn code(&self) -> String {
        self.json()["error"]["code"].as_str().unwrap_or_default().to_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

pub fn config() -> Config {
    Config { bcrypt_cost: 4, ..Config::default() }
}

pub fn door(cloud: &Cloud) -> Door {
    let port = cloud.address().port();
    let policy = Policy::default().allow_cloud("localhost", port);
    Door::new(policy, Trust::SystemAnd(vec![CertificateDer::from(cloud.ca_der())])).unwrap()
}

/// One request. `headers` may replace the usual ones.
pub async fn send(
    door: &Door,
    method: &str,
    url: &str,
    headers: &[(&str, &str)],
    body: Vec<u8>,
) -> Result<Answer, NetError> {
    let mut request = Request::builder().method(method.parse::<Method>().unwrap()).uri(url);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let answer = door.request(Purpose::CloudApi, request.body(body).unwrap()).await?;
    let status = answer.status().as_u16();
    Ok(Answer { status, headers: answer.headers().clone(), body: answer.body().to_vec() })
}

impl World {
    pub async fn new() -> Self {
        Self::start(config()).await
    }

    pub async fn start(config: Config) -> Self {
        let cloud = Cloud::start(config).await.unwrap();
        let store = cloud.store();
        let workspace = store.add_workspace("Works").unwrap();
        let elsewhere = store.add_workspace("Others").unwrap();
        let (desktop, daemon) = store.add_desktop(&workspace, "build-box").unwrap();
        let runner = store.add_runner(&workspace).unwrap();
        let (door, url) = (door(&cloud), cloud.url());
        let owner = add(&cloud, &door, &workspace, Role::Owner, "Ada Lovelace").await;
        let member = add(&cloud, &door, &workspace, Role::Member, "Bob Cratchit").await;
        let stranger = add(&cloud, &door, &elsewhere, Role::Owner, "Eve Stranger").await;
        Self { url, door, workspace, owner, member, stranger, desktop, daemon, runner, cloud }
    }

    /// A path of the workspace.
    pub fn path(&self, path: &str) -> String {
        format!("/v1/workspaces/{}/{path}", self.workspace)
    }

    /// One request with a bearer (`""`: none) and a JSON body (`null`: none).
    pub async fn call(&self, token: &str, method: &str, path: &str, body: Value) -> Answer {
        self.call_with(token, method, path, body, &[]).await
    }

    pub async fn call_with(
        &self,
        token: &str,
        method: &str,
        path: &str,
        body: Value,
        more: &[(&str, &str)],
    ) -> Answer {
        let bearer = format!("Bearer {token}");
        let mut headers = more.to_vec();
        if !token.is_empty() {
            headers.push(("authorization", &bearer));
        }
        let body = if body.is_null() {
            Vec::new()
        } else {
            headers.push(("content-type", "application/json"));
            body.to_string().into_bytes()
        };
        send(&self.door, method, &format!("{}{path}", self.url), &headers, body).await.unwrap()
    }

    pub async fn as_owner(&self, method: &str, path: &str, body: Value) -> Answer {
        self.call(&self.owner.token, method, &self.path(path), body).await
    }

    pub async fn as_member(&self, method: &str, path: &str, body: Value) -> Answer {
        self.call(&self.member.token, method, &self.path(path), body).await
    }

    /// A form, as a browser sends it.
    pub async fn form(&self, path: &str, fields: &[(&str, &str)], more: &[(&str, &str)]) -> Answer {
        let mut headers = vec![("content-type", "application/x-www-form-urlencoded")];
        headers.extend(more);
        let body = fields
            .iter()
            .map(|(name, value)| format!("{name}={}", percent(value)))
            .collect::<Vec<_>>()
            .join("&");
        send(&self.door, "POST", &format!("{}{path}", self.url), &headers, body.into_bytes())
            .await
            .unwrap()
    }

    pub async fn sign_in(&self, email: &str, password: &str) -> Answer {
        let body = json!({ "email": email, "password": password });
        self.call("", "POST", "/v1/sign-in", body).await
    }

    /// A person's realtime socket, and what `ready` said.
    pub async fn socket(&self, token: &str) -> Socket {
        let body = json!({ "workspace": self.workspace });
        let answer = self.call(token, "POST", "/v1/realtime/token", body).await.ok(200);
        let mut socket = self.connect(answer["token"].as_str().unwrap()).await.unwrap();
        let FromCloud::Ready { seq, .. } = socket.next().await else { panic!("no ready") };
        socket.ready = seq;
        socket
    }

    pub async fn connect(&self, realtime: &str) -> Result<Socket, NetError> {
        let request = Request::builder()
            .uri(format!("{}/v1/realtime", self.url.replace("https", "wss")))
            .header("authorization", format!("Bearer {realtime}"))
            .body(())
            .unwrap();
        let inner = self.door.websocket(Purpose::CloudRealtime, request).await?;
        Ok(Socket { inner, ready: 0 })
    }

    /// A second bearer of a person.
    pub async fn again(&self, person: &Person) -> String {
        let answer = self.sign_in(&person.email, PASSWORD).await.ok(200);
        answer["token"].as_str().unwrap().to_owned()
    }
}

async fn add(cloud: &Cloud, door: &Door, workspace: &str, role: Role, name: &str) -> Person {
    let email = format!("{}@example.com", name.split(' ').next().unwrap().to_lowercase());
    let new = NewPerson {
        workspace: workspace.into(),
        role,
        name: name.into(),
        email: email.clone(),
        password: PASSWORD.into(),
    };
    let id = cloud.add_person(new).await.unwrap();
    let body = json!({ "email": email, "password": PASSWORD }).to_string().into_bytes();
    let headers = [("content-type", "application/json")];
    let url = format!("{}/v1/sign-in", cloud.url());
    let answer = send(door, "POST", &url, &headers, body).await.unwrap().ok(200);
    Person { id, email, token: answer["token"].as_str().unwrap().to_owned() }
}

/// `application/x-www-form-urlencoded`.
fn percent(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                char::from(byte).to_string()
            }
            other => format!("%{other:02X}"),
        })
        .collect()
}

/// A UUID that a client makes.
pub fn uuid() -> String {
    uuid::Uuid::new_v4().to_string()
}

pub struct Socket {
    inner: WebSocket,
    /// `seq` of `ready`.
    pub ready: u64,
}

impl Socket {
    async fn receive(&mut self) -> Message {
        tokio::time::timeout(PATIENCE, self.inner.receive())
            .await
            .expect("nothing came")
            .expect("the socket broke")
    }

    /// The next message.
    pub async fn next(&mut self) -> FromCloud {
        loop {
            match self.receive().await {
                Message::Text(text) => return serde_json::from_str(&text).unwrap(),
                Message::Alive => {}
                Message::Closed(close) => panic!("closed with {}", close.code),
            }
        }
    }

    /// The next message of a kind.
    pub async fn until<T>(&mut self, want: impl Fn(&FromCloud) -> Option<T>) -> T {
        loop {
            let message = self.next().await;
            if let Some(found) = want(&message) {
                return found;
            }
        }
    }

    /// The next event: `(seq, before)` and what it says, as JSON.
    pub async fn event(&mut self) -> (u64, u64, Value) {
        self.until(|message| match message {
            FromCloud::Changed { seq, before, .. } | FromCloud::Removed { seq, before, .. } => {
                Some((*seq, *before, serde_json::to_value(message).unwrap()))
            }
            _ => None,
        })
        .await
    }

    /// The code that the cloud closes with; messages before it are skipped.
    pub async fn closed(&mut self) -> u16 {
        loop {
            if let Message::Closed(close) = self.receive().await {
                return close.code;
            }
        }
    }

    pub async fn send(&mut self, text: &str) {
        self.inner.send(text.into()).await.unwrap();
    }
}

/// The status of an upgrade that was refused.
pub fn refused(result: Result<Socket, NetError>) -> u16 {
    match result {
        Err(NetError::Upgrade { status }) => status,
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("the socket opened"),
    }
}
