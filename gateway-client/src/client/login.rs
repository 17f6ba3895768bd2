//! Who this device says it is, and which credential it shows.
//!
//! A device token that has all the rights this program wants is shown first: so the shared token,
//! which is everybody's, is needed once. The other one is tried at once when the first is refused,
//! each once: a shared token that was changed leaves the device's valid, and a device's that was
//! revoked is replaced with the shared one (`gateway/protocol/auth.md`).

use super::Target;
use crate::identity::{Grant, Proof};
use crate::wire;
use serde_json::{Map, Value, json};

/// The protocol that is spoken.
pub(super) const PROTOCOL: u32 = 4;
/// The rights that this program can use.
pub(super) const SCOPES: [&str; 6] = [
    "operator.read",
    "operator.write",
    "operator.admin",
    "operator.approvals",
    "operator.pairing",
    "operator.questions",
];
/// What this program can show. Without `tool-events` no tool's progress comes, and without
/// `exec-approvals` the gateway counts nobody here who could approve a command.
const CAPABILITIES: [&str; 2] = ["tool-events", "exec-approvals"];
const ROLE: &str = "operator";
const MODE: &str = "ui";
/// `client.id` is a closed list; none of it is this program's own name.
const CLIENT: &str = if cfg!(target_os = "linux") {
    "openclaw-linux"
} else if cfg!(target_os = "macos") {
    "openclaw-macos"
} else {
    "gateway-client"
};
const NAME: &str = "MultiClaw Desktop";

/// Which credential is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Credential {
    /// The token of this device.
    Device,
    /// The gateway's shared token.
    Shared,
    /// None: a gateway that wants none, or that will say what it wants.
    None,
}

/// The credentials of one target, and which were refused since it was last let in.
#[derive(Debug)]
pub(super) struct Login {
    target: Target,
    device_refused: bool,
    shared_refused: bool,
}

impl Login {
    pub(super) fn new(target: Target) -> Self {
        Self { target, device_refused: false, shared_refused: false }
    }

    /// Which one to show next.
    pub(super) fn choose(&self) -> Credential {
        let shared = self.target.token.is_some() && !self.shared_refused;
        match &self.target.grant {
            Some(grant) if !self.device_refused && (covers(grant) || !shared) => Credential::Device,
            _ if shared => Credential::Shared,
            _ => Credential::None,
        }
    }

    /// The gateway does not take this credential. Whether there is another to show.
    pub(super) fn refused(&mut self, credential: Credential) -> bool {
        match credential {
            Credential::Device => self.device_refused = true,
            Credential::Shared => self.shared_refused = true,
            Credential::None => {}
        }
        credential != Credential::None && self.choose() != Credential::None
    }

    /// Whether there is a shared token.
    pub(super) fn has_token(&self) -> bool {
        self.target.token.is_some()
    }

    /// The device's token is worth nothing any more. Whether there was one.
    pub(super) fn forget_grant(&mut self) -> bool {
        self.target.grant.take().is_some()
    }

    /// Everything may be tried again.
    pub(super) fn again(&mut self) {
        (self.device_refused, self.shared_refused) = (false, false);
    }

    /// The gateway let this device in, and came with this token. Gives it back when it is news.
    pub(super) fn welcomed(&mut self, grant: Option<Grant>) -> Option<Grant> {
        self.again();
        // The same token stands for what it stood for, also where less was asked for now.
        let known = self.target.grant.as_ref().map(|known| &known.token);
        let grant = grant.filter(|grant| known != Some(&grant.token))?;
        self.target.grant = Some(grant.clone());
        Some(grant)
    }

    /// The `connect` request that answers a challenge.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub(super) fn connect(
        &self,
        credential: Credential,
        nonce: &str,
        signed_at: u64,
    ) -> Result<String, serde_json::Error> {
        let wanted = || SCOPES.map(str::to_owned).to_vec();
        let (field, token, scopes) = match (credential, &self.target.grant, &self.target.token) {
            (Credential::Device, Some(grant), _) => {
                // More than was granted would be refused.
                let scopes = if covers(grant) { wanted() } else { grant.scopes.clone() };
                ("deviceToken", grant.token.expose(), scopes)
            }
            (Credential::Shared, _, Some(token)) => ("token", token.expose(), wanted()),
            _ => ("", "", wanted()),
        };
        let platform = std::env::consts::OS;
        let proof = Proof {
            client_id: CLIENT,
            mode: MODE,
            role: ROLE,
            scopes: &scopes,
            signed_at,
            token,
            nonce,
            platform,
        };
        let key = &self.target.key;
        let mut params = json!({
            "minProtocol": PROTOCOL,
            "maxProtocol": PROTOCOL,
            "client": {
                "id": CLIENT,
                "displayName": NAME,
                "version": self.target.version,
                "platform": platform,
                "mode": MODE,
            },
            "role": ROLE,
            "scopes": scopes,
            "caps": CAPABILITIES,
            "device": {
                "id": key.id(),
                "publicKey": key.public(),
                "signature": key.sign(&proof),
                "signedAt": signed_at,
                "nonce": nonce,
            },
        });
        if !token.is_empty() {
            let auth = Map::from_iter([(field.to_owned(), Value::from(token))]);
            params.as_object_mut().map(|params| params.insert("auth".into(), Value::Object(auth)));
        }
        wire::request(super::machine::CONNECT, "connect", &params)
    }
}

/// Whether a grant stands for everything that this program wants.
fn covers(grant: &Grant) -> bool {
    SCOPES.iter().all(|scope| grant.scopes.iter().any(|granted| granted == scope))
}
