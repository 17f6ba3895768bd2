//! Signed HTTP end to end: a server that serves with the verifier, the door as its client, and
//! raw sockets for what a page or a stranger would send (cases H1 to H4).

use crate::door;
use bytes::Bytes;
use gateway_client::signed::{
    Key, LONGEST_BODY, Nonce, RESPONSE_HEADER, Request, ResponseError, Session, Verifier,
    sign_request, sign_response, verify_response,
};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use hyper_util::rt::TokioIo;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{SystemTime, UNIX_EPOCH};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

/// What a server of ours does: it looks at the head, reads the body up to the limit, verifies, and
/// signs what it answers.
struct Server {
    key: Key,
    verifier: Mutex<Verifier>,
    served: Mutex<Vec<String>>,
}

impl Server {
    async fn start(folder: &Path) -> (Arc<Self>, PathBuf) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let key = Key::generate();
        let file = folder.join("session.json");
        let session =
            Session { port, pid: std::process::id(), started_at: now(), key: key.clone() };
        session.write(&file).unwrap();
        let verifier = Mutex::new(Verifier::new(key.clone(), port));
        let server = Arc::new(Self { key, verifier, served: Mutex::default() });
        let serving = Arc::clone(&server);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let server = Arc::clone(&serving);
                let service = hyper::service::service_fn(move |request| {
                    let server = Arc::clone(&server);
                    async move { Ok::<_, std::convert::Infallible>(server.serve(request).await) }
                });
                let http = hyper::server::conn::http1::Builder::new()
                    .serve_connection(TokioIo::new(stream), service);
                tokio::spawn(http);
            }
        });
        (server, file)
    }

    async fn serve(&self, request: http::Request<Incoming>) -> http::Response<Full<Bytes>> {
        let (head, body) = request.into_parts();
        let refused = |status| {
            let mut answer = http::Response::new(Full::new(Bytes::new()));
            *answer.status_mut() = status;
            answer
        };
        let seen = self.verifier.lock().unwrap().head(head.method.as_str(), &head.headers);
        if let Err(error) = seen {
            return refused(error.status());
        }
        let body = match Limited::new(body, LONGEST_BODY).collect().await {
            Ok(body) => body.to_bytes(),
            Err(_) => return refused(http::StatusCode::PAYLOAD_TOO_LARGE),
        };
        let path = head.uri.path_and_query().map_or("", |path| path.as_str());
        let verified = self.verifier.lock().unwrap().verify(
            &Request {
                method: head.method.as_str(),
                path_and_query: path,
                headers: &head.headers,
                body: &body,
            },
            now(),
        );
        match verified {
            Err(error) => refused(error.status()),
            Ok(verified) => {
                self.served.lock().unwrap().push(format!("{} {path}", head.method));
                let text = Bytes::from(format!("{} bytes", body.len()));
                let sig = sign_response(&self.key, verified.nonce, 200, &text);
                let answer = http::Response::builder().header(RESPONSE_HEADER, sig);
                answer.body(Full::new(text)).unwrap()
            }
        }
    }

    fn served(&self) -> Vec<String> {
        self.served.lock().unwrap().clone()
    }
}

fn host(session: &Session) -> String {
    format!("127.0.0.1:{}", session.port)
}

fn signed(session: &Session, path: &str, body: &'static [u8]) -> (http::Request<Bytes>, Nonce) {
    let nonce = Nonce::generate();
    let value = sign_request(&session.key, "POST", path, &host(session), body, now(), nonce);
    let request = http::Request::post(path).header("authorization", value);
    (request.body(Bytes::from_static(body)).unwrap(), nonce)
}

#[tokio::test]
async fn both_ends_over_a_real_socket() {
    let folder = tempfile::tempdir().unwrap();
    let (server, file) = Server::start(folder.path()).await;
    let session = Session::read(&file).unwrap();
    let path = "/v1/agents/a1/send?wait=1&b=%20x";
    let (request, nonce) = signed(&session, path, b"{\"text\":\"hi\"}");
    let answer = door().loopback_request(session.port, request.clone()).await.unwrap();
    assert_eq!((answer.status().as_u16(), answer.body().as_ref()), (200, &b"13 bytes"[..]));
    let key = &session.key;
    let believed = verify_response(key, nonce, 200, answer.headers(), answer.body());
    assert_eq!(believed, Ok(()));
    // The same once more is a replay, and what refuses it has nothing to say.
    let again = door().loopback_request(session.port, request).await.unwrap();
    assert_eq!((again.status().as_u16(), again.body().len()), (401, 0));
    let unsigned = verify_response(key, nonce, 401, again.headers(), again.body());
    assert_eq!(unsigned, Err(ResponseError::Unsigned));
    assert_eq!(server.served(), [format!("POST {path}")]);
}

#[tokio::test]
async fn a_stranger_on_the_port_is_not_believed() {
    // H3: another program took the port; the file is of a run that is over.
    let folder = tempfile::tempdir().unwrap();
    let (stranger, file) = Server::start(folder.path()).await;
    let of_the_file = Session { key: Key::from_bytes(&[9; 32]), ..Session::read(&file).unwrap() };
    let (request, nonce) = signed(&of_the_file, "/v1/status", b"");
    let authorization = request.headers()["authorization"].to_str().unwrap().to_owned();
    let answer = door().loopback_request(of_the_file.port, request).await.unwrap();
    assert_eq!(answer.status(), 401);
    let error = verify_response(&of_the_file.key, nonce, 401, answer.headers(), answer.body());
    assert_eq!(error, Err(ResponseError::Unsigned));
    // It saw a signature, and no key (32 nines in base64url).
    assert!(!authorization.contains("CQkJ"));
    assert!(stranger.served().is_empty());
}

/// Sends bytes as they are and gives the answer's head and body.
async fn raw(port: u16, text: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    stream.write_all(text.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

#[tokio::test]
async fn pages_rebinding_and_tampering_are_refused_on_the_wire() {
    let folder = tempfile::tempdir().unwrap();
    let (server, file) = Server::start(folder.path()).await;
    let session = Session::read(&file).unwrap();
    let (port, own) = (session.port, host(&session));
    let sign = |method: &str, path: &str, host: &str, at: u64| {
        sign_request(&session.key, method, path, host, b"x=1", at, Nonce::generate())
    };
    let send = async |method: &str, path: &str, host: &str, rest: &str| {
        let text = format!(
            "{method} {path} HTTP/1.1\r\nhost: {host}\r\n{rest}content-length: 3\r\n\
             connection: close\r\n\r\nx=1"
        );
        let answer = raw(port, &text).await;
        // No page may read anything, whatever it was told.
        assert!(!answer.to_ascii_lowercase().contains("access-control-"), "{answer}");
        answer.get(9..12).unwrap_or_default().parse::<u16>().unwrap()
    };
    let auth = |value: &str| format!("authorization: {value}\r\n");

    let right = auth(&sign("POST", "/a", &own, now()));
    // H1: a page posts a form.
    let page = format!("origin: https://evil.example\r\n{right}");
    assert_eq!(send("POST", "/a", &own, &page).await, 403);
    assert_eq!(send("POST", "/a", &own, "sec-fetch-site: cross-site\r\n").await, 403);
    assert_eq!(send("OPTIONS", "/a", &own, "").await, 403);
    // H2: a name of the page's own that leads here.
    let evil = format!("evil.example:{port}");
    let rebound = auth(&sign("POST", "/a", &evil, now()));
    assert_eq!(send("POST", "/a", &evil, &rebound).await, 403);
    let two = format!("host: {own}\r\n{right}");
    assert_eq!(send("POST", "/a", &own, &two).await, 403);
    let passed_on = format!("x-forwarded-for: 10.0.0.1\r\n{right}");
    assert_eq!(send("POST", "/a", &own, &passed_on).await, 403);
    // H4: another method, path, order of the query, time; no signature, two of them.
    assert_eq!(send("PUT", "/a", &own, &right).await, 401);
    assert_eq!(send("POST", "/b", &own, &right).await, 401);
    let query = auth(&sign("POST", "/a?x=1&y=2", &own, now()));
    assert_eq!(send("POST", "/a?y=2&x=1", &own, &query).await, 401);
    for at in [now() - 3_600, now() + 3_600] {
        let old = auth(&sign("POST", "/a", &own, at));
        assert_eq!(send("POST", "/a", &own, &old).await, 401);
    }
    assert_eq!(send("POST", "/a", &own, "").await, 401);
    assert_eq!(send("POST", "/a", &own, &format!("{right}{right}")).await, 401);
    assert!(server.served().is_empty());
    // And the one that was right all along is served, once.
    assert_eq!(send("POST", "/a", &own, &right).await, 200);
    assert_eq!(send("POST", "/a", &own, &right).await, 401);
    assert_eq!(server.served(), ["POST /a"]);
}
