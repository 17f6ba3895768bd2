//! How often may be asked.

use crate::world::{PASSWORD, World, config};
use cloud::Config;
use cloud::limits::{Limits, Rate};
use serde_json::{Value, json};

fn slow(bearer: u32, address: u32) -> Config {
    let rate = |burst| Rate { per_minute: 1, burst };
    Config { limits: Limits { bearer: rate(bearer), address: rate(address) }, ..config() }
}

#[tokio::test]
async fn a_bearer_that_asks_too_often_waits_and_others_do_not() {
    let w = World::start(slow(3, 100)).await;
    let me = async |token: &str| w.call(token, "GET", "/v1/me", Value::Null).await;
    for _ in 0..3 {
        me(&w.owner.token).await.ok(200);
    }
    let refused = me(&w.owner.token).await;
    assert_eq!((refused.status, &*refused.code()), (429, "rate_limited"));
    let wait: u64 = refused.header("retry-after").parse().unwrap();
    assert!((1..=60).contains(&wait), "{wait}");
    me(&w.member.token).await.ok(200);
    let again = w.again(&w.owner).await;
    me(&again).await.ok(200);
}

#[tokio::test]
async fn an_address_without_a_bearer_waits_on_all_open_routes_together() {
    // Three are used up by the sign-ins of the world.
    let w = World::start(slow(100, 8)).await;
    for n in 0..5 {
        let email = format!("nobody{n}@example.com");
        assert_eq!(w.sign_in(&email, PASSWORD).await.code(), "wrong_credentials");
    }
    let accept = json!({ "code": "x", "name": "n", "password": PASSWORD });
    let refusals = [
        w.sign_in(&w.owner.email, PASSWORD).await,
        w.call("", "POST", "/v1/invitations/accept", accept).await,
        w.form("/v1/device/authorize", &[("client_id", "multiclaw-desktop")], &[]).await,
        w.form("/v1/device/token", &[], &[]).await,
        w.form("/device", &[], &[]).await,
        w.form("/device/decide", &[], &[]).await,
    ];
    for refused in refusals {
        assert_eq!((refused.status, &*refused.code()), (429, "rate_limited"));
        assert!(!refused.header("retry-after").is_empty());
    }
    w.call(&w.owner.token, "GET", "/v1/me", Value::Null).await.ok(200);
}
