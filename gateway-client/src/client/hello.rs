//! Reads `hello-ok` (`gateway/protocol/handshake.md`). What is missing, or is not as expected, is
//! taken for its default: an older or newer gateway is still a gateway.

use crate::DeviceToken;
use crate::identity::Grant;
use crate::methods::Hello;
use serde_json::Value;
use serde_json::value::RawValue;

/// Longest frame that a gateway takes which does not say so (reference client).
const MAX_PAYLOAD: usize = 25 * 1024 * 1024;
/// Its tick, in milliseconds.
const TICK: u64 = 30_000;
/// Most methods and rights that are kept of a list. A gateway of 2026 has 466.
const MOST: usize = 4096;

/// What the gateway says when it lets a device in.
#[derive(Debug)]
pub(super) struct Welcome {
    pub(super) protocol: Option<u64>,
    pub(super) hello: Hello,
    /// A token for this device, when it came with one.
    pub(super) grant: Option<Grant>,
}

/// `None` when it is no `hello-ok`.
pub(super) fn parse(payload: &RawValue) -> Option<Welcome> {
    let all: Value = serde_json::from_str(payload.get()).ok()?;
    if all.get("type").and_then(Value::as_str) != Some("hello-ok") {
        return None;
    }
    let text = |at: &str| all.pointer(at).and_then(Value::as_str).unwrap_or_default().to_owned();
    let number = |at: &str| all.pointer(at).and_then(Value::as_u64);
    let size = |at: &str, default: usize| {
        number(at).and_then(|n| usize::try_from(n).ok()).filter(|n| *n > 0).unwrap_or(default)
    };
    let texts = |at: &str| -> Vec<String> {
        let list = all.pointer(at).and_then(Value::as_array);
        let texts = list.into_iter().flatten().filter_map(Value::as_str);
        texts.take(MOST).map(str::to_owned).collect()
    };
    let scopes = texts("/auth/scopes");
    let token = text("/auth/deviceToken");
    let grant = (!token.is_empty())
        .then(|| Grant { token: DeviceToken::new(token), scopes: scopes.clone() });
    let max_attachment = size("/policy/attachments/maxBytes", 0);
    let hello = Hello {
        version: text("/server/version"),
        boot_id: text("/server/bootId"),
        methods: texts("/features/methods"),
        scopes,
        // More than this program sends at once is of no use to it.
        max_payload: size("/policy/maxPayload", MAX_PAYLOAD).min(MAX_PAYLOAD),
        tick_ms: number("/policy/tickIntervalMs").filter(|ms| *ms > 0).unwrap_or(TICK),
        max_attachment,
        max_image: size("/policy/attachments/maxImageBytes", max_attachment),
        uptime_ms: number("/snapshot/uptimeMs").unwrap_or_default(),
        default_agent: text("/snapshot/sessionDefaults/defaultAgentId"),
        main_session: text("/snapshot/sessionDefaults/mainSessionKey"),
        state_dir: text("/snapshot/stateDir"),
    };
    Some(Welcome { protocol: number("/protocol"), hello, grant })
}
