//! The server held against `cloud-client/openapi.json`, and the file against the server.

use crate::world::{Answer, PASSWORD, World, config, send, uuid};
use cloud::generator::Template;
use cloud::{Cloud, Config};
use cloud_client::screen::{self, ScreenKey};
use cloud_client::wire::EnrolmentCode;
use jsonschema::Validator;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

const FILE: &str = include_str!("../../../../cloud-client/openapi.json");

fn file() -> Value {
    serde_json::from_str(FILE).unwrap()
}

/// Method and path of each operation of the file.
fn described() -> BTreeSet<(String, String)> {
    let mut all = BTreeSet::new();
    for (path, item) in file()["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys() {
            all.insert((method.to_uppercase(), path.clone()));
        }
    }
    all
}

#[test]
fn the_file_and_the_router_have_the_same_routes() {
    let served = Cloud::routes().into_iter().map(|(m, p)| (m.to_owned(), p.to_owned())).collect();
    assert_eq!(described(), served);
}

#[test]
fn each_schema_is_one_and_refers_to_what_there_is() {
    let file = file();
    for name in file["components"]["schemas"].as_object().unwrap().keys() {
        schema(&file, &json!({ "$ref": format!("#/components/schemas/{name}") }));
    }
    let text = file.to_string();
    for reference in text.split("\"$ref\":\"#").skip(1) {
        let pointer = reference.split('"').next().unwrap();
        assert!(file.pointer(pointer).is_some(), "{pointer}");
    }
}

/// A schema of the file, with the components it refers to.
fn schema(file: &Value, schema: &Value) -> Validator {
    let mut whole = schema.clone();
    whole["components"] = file["components"].clone();
    jsonschema::options().should_validate_formats(true).build(&whole).unwrap()
}

/// Asks, and holds request and answer against the file.
struct Checked<'a> {
    w: &'a World,
    file: Value,
    /// `(method, path, status)` of what was answered.
    seen: RefCell<BTreeSet<(String, String, u16)>>,
}

impl Checked<'_> {
    async fn ask(
        &self,
        token: &str,
        (method, path): (&str, &str),
        values: &[(&str, &str)],
        body: Value,
    ) -> Answer {
        let operation = self.operation(method, path);
        if !body.is_null() {
            let wanted = &operation["requestBody"]["content"]["application/json"]["schema"];
            assert!(wanted.is_object(), "{method} {path} takes no JSON");
            self.holds(wanted, &body, &format!("request of {method} {path}"));
        }
        let answer = self.w.call(token, method, &self.filled(path, values), body).await;
        self.check(method, path, &answer);
        answer
    }

    fn filled(&self, path: &str, values: &[(&str, &str)]) -> String {
        let mut filled = path.replace("{workspace}", &self.w.workspace);
        for (name, value) in values {
            filled = match name.strip_prefix('?') {
                Some(name) => format!("{filled}?{name}={value}"),
                None => filled.replace(&format!("{{{name}}}"), value),
            };
        }
        assert!(!filled.contains('{'), "{filled}");
        filled
    }

    fn operation(&self, method: &str, path: &str) -> &Value {
        let operation = &self.file["paths"][path][method.to_lowercase()];
        assert!(operation.is_object(), "{method} {path} is not in the file");
        operation
    }

    fn holds(&self, wanted: &Value, value: &Value, what: &str) {
        let validator = schema(&self.file, wanted);
        let errors: Vec<String> =
            validator.iter_errors(value).map(|e| format!("{}: {e}", e.instance_path)).collect();
        assert!(errors.is_empty(), "{what}: {errors:?} in {value}");
    }

    fn check(&self, method: &str, path: &str, answer: &Answer) {
        let what = format!("answer {} of {method} {path}", answer.status);
        let response = &self.operation(method, path)["responses"][answer.status.to_string()];
        assert!(response.is_object(), "{what} is not in the file: {}", answer.text());
        let response = match response["$ref"].as_str() {
            Some(reference) => self.file.pointer(&reference[1..]).unwrap(),
            None => response,
        };
        match response["content"].as_object() {
            None => assert!(answer.body.is_empty(), "{what} has a body: {}", answer.text()),
            Some(content) => {
                let kind = answer.header("content-type").split(';').next().unwrap();
                let wanted =
                    &content.get(kind).unwrap_or_else(|| panic!("{what}: {kind}"))["schema"];
                if kind == "application/json" {
                    self.holds(wanted, &answer.json(), &what);
                }
            }
        }
        let seen = (method.to_owned(), path.to_owned(), answer.status);
        self.seen.borrow_mut().insert(seen);
    }

    async fn form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let answer = self.w.form(path, fields, &[]).await;
        self.check("POST", path, &answer);
        answer
    }
}

fn id(value: &Value) -> String {
    value["id"].as_str().unwrap().to_owned()
}

macro_rules! workspace {
    ($path:literal) => {
        concat!("/v1/workspaces/{workspace}/", $path)
    };
}

#[tokio::test]
async fn what_the_server_answers_is_what_the_file_says() {
    let generator = Arc::new(Template { pause: Duration::from_millis(1) });
    let w = World::start(Config { generator, ..config() }).await;
    let c = Checked { w: &w, file: file(), seen: RefCell::default() };
    account(&c).await;
    device(&c).await;
    people(&c).await;
    screens(&c).await;
    let agent = agents(&c).await;
    tasks(&c, &agent).await;
    documents(&c).await;
    conversations(&c).await;
    desktops(&c).await;
    sockets(&c).await;
    let seen = c.seen.into_inner();
    let good: BTreeSet<(String, String)> = seen
        .into_iter()
        .filter(|(_, _, status)| *status < 400)
        .map(|(method, path, _)| (method, path))
        .collect();
    let missing: Vec<_> = described().difference(&good).cloned().collect();
    assert!(missing.is_empty(), "never answered well: {missing:?}");
}

async fn account(c: &Checked<'_>) {
    let w = c.w;
    let body = json!({ "email": w.owner.email, "password": PASSWORD });
    let signed_in = c.ask("", ("POST", "/v1/sign-in"), &[], body).await.ok(200);
    let token = signed_in["token"].as_str().unwrap();
    let wrong = json!({ "email": w.owner.email, "password": "wrong" });
    c.ask("", ("POST", "/v1/sign-in"), &[], wrong).await.ok(401);
    c.ask(token, ("GET", "/v1/me"), &[], Value::Null).await.ok(200);
    let body = json!({ "workspace": w.workspace });
    c.ask(token, ("POST", "/v1/realtime/token"), &[], body).await.ok(200);
    c.ask(&w.daemon, ("POST", "/v1/realtime/token"), &[], json!({})).await.ok(200);
    c.ask(&w.runner, ("POST", "/v1/realtime/token"), &[], json!({})).await.ok(403);
    let body = json!({ "current": PASSWORD, "new": "another password" });
    c.ask(&w.stranger.token, ("POST", "/v1/password"), &[], body).await.ok(204);
    c.ask(token, ("POST", "/v1/sign-out"), &[], Value::Null).await.ok(204);
    c.ask(token, ("GET", "/v1/me"), &[], Value::Null).await.ok(401);
}

async fn device(c: &Checked<'_>) {
    let client = ("client_id", "multiclaw-desktop");
    let grant = c.form("/v1/device/authorize", &[client]).await.ok(200);
    c.form("/v1/device/authorize", &[]).await.ok(400);
    let page = c.ask("", ("GET", "/device"), &[], Value::Null).await;
    assert_eq!(page.status, 200);
    let user_code = grant["user_code"].as_str().unwrap();
    let fields = [("user_code", user_code), ("email", &*c.w.member.email), ("password", PASSWORD)];
    let page = c.form("/device", &fields).await.text();
    let ticket = page.split("name=\"ticket\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    c.form("/device/decide", &[("ticket", ticket), ("decision", "agree")]).await;
    let grant_type = ("grant_type", "urn:ietf:params:oauth:grant-type:device_code");
    let code = ("device_code", grant["device_code"].as_str().unwrap());
    c.form("/v1/device/token", &[grant_type, client, code]).await.ok(200);
    c.form("/v1/device/token", &[grant_type, client, code]).await.ok(400);
}

async fn people(c: &Checked<'_>) {
    let owner = &c.w.owner.token;
    let body = json!({ "email": "cy@example.com", "role": "member" });
    let invited = c.ask(owner, ("POST", workspace!("people")), &[], body.clone()).await.ok(201);
    c.ask(owner, ("POST", workspace!("people")), &[], body).await.ok(409);
    c.ask(owner, ("GET", workspace!("people")), &[], Value::Null).await.ok(200);
    c.ask(&c.w.member.token, ("GET", workspace!("people")), &[], Value::Null).await.ok(403);
    let body = json!({ "code": invited["code"], "name": "Cy", "password": PASSWORD });
    let path = ("POST", "/v1/invitations/accept");
    let cy = c.ask("", path, &[], body.clone()).await.ok(200);
    c.ask("", path, &[], body).await.ok(410);
    let cy = id(&cy["user"]);
    let one = workspace!("people/{id}");
    c.ask(owner, ("PATCH", one), &[("id", &cy)], json!({ "role": "owner" })).await.ok(200);
    c.ask(owner, ("DELETE", one), &[("id", &cy)], Value::Null).await.ok(204);
    c.ask(owner, ("DELETE", one), &[("id", &cy)], Value::Null).await.ok(404);
    c.ask(owner, ("DELETE", one), &[("id", &c.w.owner.id)], Value::Null).await.ok(409);
}

async fn screens(c: &Checked<'_>) {
    let (w, owner) = (c.w, &c.w.owner.token);
    let key = ScreenKey::generate();
    let host = w.url.strip_prefix("https://").unwrap();
    let (all, one) = (workspace!("screens"), workspace!("screens/{id}"));
    let body = json!({ "name": "Lobby", "desktops": [w.desktop], "control": true });
    let made = c.ask(owner, ("POST", all), &[], body.clone()).await.ok(201);
    c.ask(&w.member.token, ("POST", all), &[], body).await.ok(403);
    c.ask(owner, ("GET", all), &[], Value::Null).await.ok(200);
    let code = made["code"].as_str().unwrap();
    let signed = screen::enrolment(host, &EnrolmentCode::new(code.into()).bare(), &key.public());
    let enrol = ("POST", "/v1/screens/enrol");
    let body = json!({ "code": code, "public_key": key.public(), "signature": key.sign(&signed) });
    let who = c.ask("", enrol, &[], body.clone()).await.ok(201);
    c.ask("", enrol, &[], body.clone()).await.ok(410);
    let other = json!({ "code": "K7QM", "public_key": key.public(), "signature": key.sign(&[]) });
    c.ask("", enrol, &[], other).await.ok(400);
    let id = id(&who["screen"]);
    let asked = json!({ "screen": id });
    let given = c.ask("", ("POST", "/v1/screens/challenge"), &[], asked).await.ok(200);
    let (challenge, end) = (given["challenge"].as_str().unwrap(), &given["expires_at"]);
    let signed = screen::sign_in(host, &id, challenge, end.as_str().unwrap());
    let body = json!({ "screen": id, "challenge": challenge, "signature": key.sign(&signed) });
    let sign_in = ("POST", "/v1/screens/sign-in");
    let token = c.ask("", sign_in, &[], body.clone()).await.ok(200);
    c.ask("", sign_in, &[], body).await.ok(401);
    let token = token["token"].as_str().unwrap();
    c.ask(token, ("GET", "/v1/screen"), &[], Value::Null).await.ok(200);
    c.ask(token, ("GET", "/v1/screen/desktops"), &[], Value::Null).await.ok(200);
    c.ask(token, ("GET", "/v1/me"), &[], Value::Null).await.ok(403);
    c.ask(owner, ("GET", "/v1/screen"), &[], Value::Null).await.ok(403);
    c.ask(token, ("POST", "/v1/realtime/token"), &[], json!({})).await.ok(200);
    c.ask(owner, ("GET", all), &[], Value::Null).await.ok(200);
    c.ask(owner, ("DELETE", one), &[("id", &id)], Value::Null).await.ok(204);
    c.ask(owner, ("DELETE", one), &[("id", &id)], Value::Null).await.ok(404);
    c.ask(token, ("GET", "/v1/screen"), &[], Value::Null).await.ok(401);
}

async fn agents(c: &Checked<'_>) -> String {
    let owner = &c.w.owner.token;
    let body = json!({ "name": "A", "provider": "openai", "model": "m", "instructions": "" });
    let agent = c.ask(owner, ("POST", workspace!("agents")), &[], body.clone()).await.ok(201);
    let other = c.ask(owner, ("POST", workspace!("agents")), &[], body.clone()).await.ok(201);
    let one = [("id", &*id(&agent)), ("provider", "openai")];
    let path = workspace!("agents/{id}");
    c.ask(owner, ("PUT", path), &one, body).await.ok(200);
    let key = workspace!("agents/{id}/keys/{provider}");
    c.ask(owner, ("PUT", key), &one, json!({ "key": "sk-12345678" })).await.ok(200);
    c.ask(owner, ("GET", workspace!("agents")), &[], Value::Null).await.ok(200);
    c.ask(owner, ("DELETE", key), &one, Value::Null).await.ok(200);
    c.ask(owner, ("DELETE", path), &[("id", &id(&other))], Value::Null).await.ok(204);
    id(&agent)
}

async fn tasks(c: &Checked<'_>, agent: &str) {
    let (member, runner) = (&c.w.member.token, &c.w.runner);
    let body = json!({ "title": "T", "brief": "b" });
    let task = c.ask(member, ("POST", workspace!("tasks")), &[], body).await.ok(201);
    let one = [("id", &*id(&task))];
    let path = |what| match what {
        "assign" => workspace!("tasks/{id}/assign"),
        "cancel" => workspace!("tasks/{id}/cancel"),
        _ => workspace!("tasks/{id}/retry"),
    };
    c.ask(member, ("POST", path("assign")), &one, json!({ "agent": agent })).await.ok(200);
    c.ask(runner, ("GET", "/v1/runner/tasks"), &[], Value::Null).await.ok(200);
    c.ask(member, ("GET", "/v1/runner/tasks"), &[], Value::Null).await.ok(403);
    let report = ("POST", "/v1/runner/tasks/{id}");
    let body = json!({ "state": "running", "percent": 40, "log": ["one", "two"] });
    c.ask(runner, report, &one, body).await.ok(200);
    let body = json!({ "state": "done", "outcome": "Good." });
    c.ask(runner, report, &one, body.clone()).await.ok(200);
    c.ask(runner, report, &one, body).await.ok(409);
    c.ask(member, ("POST", path("retry")), &one, Value::Null).await.ok(200);
    c.ask(member, ("POST", path("cancel")), &one, Value::Null).await.ok(200);
    c.ask(member, ("POST", path("cancel")), &one, Value::Null).await.ok(409);
    let log = ("GET", workspace!("tasks/{id}/log"));
    c.ask(member, log, &one, Value::Null).await.ok(200);
    c.ask(member, log, &[one[0], ("?after", "x")], Value::Null).await.ok(400);
    c.ask(member, log, &[("id", "t-none")], Value::Null).await.ok(404);
    c.ask(member, ("GET", workspace!("tasks")), &[], Value::Null).await.ok(200);
}

async fn documents(c: &Checked<'_>) {
    let member = &c.w.member.token;
    let body = json!({ "name": "N", "goal": "G" });
    let made = c.ask(member, ("POST", workspace!("sops")), &[], body).await.ok(202);
    let sop = id(&made["document"]);
    let ready = async {
        loop {
            let list = c.ask(member, ("GET", workspace!("sops")), &[], Value::Null).await.ok(200);
            if list["items"][0]["state"] == "ready" {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(crate::world::PATIENCE, ready).await.unwrap();
    let body = json!({ "source": sop });
    let made_skill = c.ask(member, ("POST", workspace!("skills")), &[], body).await.ok(202);
    c.ask(member, ("GET", workspace!("skills")), &[], Value::Null).await.ok(200);
    let body = json!({ "socket_id": "1.2", "channel_name": made["progress"]["channel"] });
    c.ask(member, ("POST", "/v1/pusher/auth"), &[], body).await.ok(200);
    let one = [("id", &*id(&made_skill["document"]))];
    c.ask(member, ("DELETE", workspace!("skills/{id}")), &one, Value::Null).await.ok(204);
    let one = [("id", &*sop)];
    c.ask(member, ("DELETE", workspace!("sops/{id}")), &one, Value::Null).await.ok(204);
    c.ask(member, ("DELETE", workspace!("sops/{id}")), &one, Value::Null).await.ok(404);
}

async fn conversations(c: &Checked<'_>) {
    let member = &c.w.member.token;
    let conversation = uuid();
    let one = [("id", &*conversation)];
    let path = workspace!("conversations/{id}");
    c.ask(member, ("PUT", path), &one, json!({ "title": "T", "agent": null })).await.ok(201);
    c.ask(member, ("PUT", path), &one, json!({ "title": "U" })).await.ok(200);
    let messages = workspace!("conversations/{id}/messages");
    let body =
        json!({ "id": uuid(), "speaker": "agent", "text": "hi", "at": "2026-11-21T14:03:22Z" });
    c.ask(member, ("POST", messages), &one, body.clone()).await.ok(201);
    c.ask(member, ("POST", messages), &one, body).await.ok(200);
    c.ask(member, ("GET", messages), &one, Value::Null).await.ok(200);
    c.ask(member, ("GET", messages), &[one[0], ("?limit", "501")], Value::Null).await.ok(400);
    c.ask(member, ("GET", workspace!("conversations")), &[], Value::Null).await.ok(200);
    c.ask(member, ("DELETE", path), &one, Value::Null).await.ok(204);
    c.ask(member, ("GET", messages), &one, Value::Null).await.ok(404);
}

async fn desktops(c: &Checked<'_>) {
    let (w, owner) = (c.w, &c.w.owner.token);
    let one = [("id", &*w.desktop)];
    c.ask(owner, ("POST", workspace!("desktops/{id}/start")), &one, Value::Null).await.ok(202);
    c.ask(owner, ("POST", workspace!("desktops/{id}/start")), &one, Value::Null).await.ok(409);
    c.ask(owner, ("GET", workspace!("desktops")), &[], Value::Null).await.ok(200);
    c.ask(owner, ("POST", workspace!("desktops/{id}/stop")), &one, Value::Null).await.ok(202);
    let thumbnail = ("GET", workspace!("desktops/{id}/thumbnail"));
    c.ask(owner, thumbnail, &one, Value::Null).await.ok(404);
    let jpeg = vec![0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8, 0, 100, 1, 64, 1, 1, 0x11, 0];
    let bearer = format!("Bearer {}", w.daemon);
    let headers = [("authorization", &*bearer), ("content-type", "image/jpeg")];
    let path = "/v1/daemon/thumbnail";
    for status in [204, 429] {
        let url = format!("{}{path}", w.url);
        let put = send(&w.door, "PUT", &url, &headers, jpeg.clone()).await.unwrap();
        assert_eq!(put.status, status);
        c.check("PUT", path, &put);
    }
    let shown = c.ask(owner, thumbnail, &one, Value::Null).await;
    assert_eq!(shown.body, jpeg);
}

/// The two upgrades: asked without one they say so in words; with one they open.
async fn sockets(c: &Checked<'_>) {
    let w = c.w;
    c.ask(&w.owner.token, ("GET", "/v1/realtime"), &[], Value::Null).await.ok(401);
    let body = json!({ "workspace": w.workspace });
    let token = w.call(&w.owner.token, "POST", "/v1/realtime/token", body).await.ok(200);
    let token = token["token"].as_str().unwrap();
    c.ask(token, ("GET", "/v1/realtime"), &[], Value::Null).await;
    w.connect(token).await.unwrap();
    c.ask("", ("GET", "/app/{key}"), &[("key", "x")], Value::Null).await;
    let url = format!("{}/app/x?protocol=7", w.url.replace("https", "wss"));
    let request = http::Request::builder().uri(url).body(()).unwrap();
    w.door.websocket(net::Purpose::CloudRealtime, request).await.unwrap();
    for path in ["/v1/realtime", "/app/{key}"] {
        assert!(c.operation("GET", path)["responses"]["101"].is_object());
        c.seen.borrow_mut().insert(("GET".into(), path.into(), 101));
    }
}
