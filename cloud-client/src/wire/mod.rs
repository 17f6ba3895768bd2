//! Wire types of `PROTOCOL.md`, sections 1 and 2. Unknown members are skipped, unknown types and
//! states have a variant of their own.

mod agents;
mod conversations;
mod device;
mod documents;
mod events;
mod people;
mod screens;
mod tasks;

pub use agents::{Agent, AgentDraft, ApiKey, KeyHint};
pub use conversations::{
    ChatMessage, Conversation, ConversationDraft, ConversationPage, MessageDraft, MessagePage,
    Speaker,
};
pub use device::{
    CLIENT_ID, DeviceAuthorization, DeviceError, DeviceErrorCode, DeviceToken, GRANT_TYPE,
};
pub use documents::{
    Document, DocumentKind, DocumentState, Generation, Progress, ProgressChannel, PusherAuth,
    PusherSignature, SkillDraft, SopDraft,
};
pub use events::{Item, ItemKind, List};
pub use people::{
    AcceptInvitation, Action, ChangePassword, ChangeRole, InvitationCode, Invite, Invited, Member,
};
pub use screens::{
    ChallengeRequest, EnrolScreen, Enrolment, EnrolmentCode, OwnScreen, SCREEN_DESKTOPS, Screen,
    ScreenChallenge, ScreenDraft, ScreenIdentity, ScreenList, ScreenSignIn, ScreenSignedIn,
    ScreenWorkspace,
};
pub use tasks::{Assign, LogLine, Task, TaskDraft, TaskLog, TaskReport, TaskState};

use crate::{BearerToken, RealtimeToken, RelayCredential};
use serde::{Deserialize, Serialize};

/// Body of `POST /v1/sign-in`.
#[derive(Serialize)]
pub struct SignIn<'a> {
    /// E-mail address.
    pub email: &'a str,
    /// Password.
    pub password: &'a str,
}

/// Answer to `POST /v1/sign-in`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedIn {
    /// The bearer.
    pub token: BearerToken,
    /// Who.
    pub user: User,
    /// Workspaces of this person.
    pub workspaces: Vec<Workspace>,
}

/// Answer to `GET /v1/me`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    /// Who.
    pub user: User,
    /// Workspaces of this person.
    pub workspaces: Vec<Workspace>,
}

/// A person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// Id.
    pub id: String,
    /// Full name.
    pub name: String,
    /// E-mail address.
    pub email: String,
}

/// A workspace, as one of its people sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Workspace {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// This person's role.
    pub role: Role,
}

/// A role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// May manage.
    Owner,
    /// May use.
    Member,
    /// A role of a later version: the least there is.
    #[serde(other)]
    Unknown,
}

/// Answer to `GET /v1/workspaces/{workspace}/desktops`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DesktopList {
    /// All of them.
    pub desktops: Vec<Desktop>,
}

/// A cloud desktop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Desktop {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// State.
    pub state: DesktopState,
    /// Viewers now.
    #[serde(default)]
    pub viewers: u32,
    /// RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_seen: Option<String>,
    /// RFC 3339: when its thumbnail was taken. Absent when there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thumbnail_at: Option<String>,
}

/// State of a cloud desktop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DesktopState {
    /// Its daemon is connected.
    Online,
    /// Its machine starts.
    Starting,
    /// Its daemon is not connected.
    Offline,
    /// A state of a later version; counts as offline.
    #[serde(other)]
    Unknown,
}

/// Body of `POST /v1/realtime/token`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenRequest {
    /// Of a person; absent for a daemon.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workspace: Option<String>,
}

/// Answer to `POST /v1/realtime/token`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenAnswer {
    /// For one socket.
    pub token: RealtimeToken,
    /// RFC 3339.
    pub expires_at: String,
}

/// Body of every answer with a status of 400 or more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// What went wrong.
    pub error: FailureBody,
}

/// The inside of [`Failure`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailureBody {
    /// What a client decides by.
    pub code: String,
    /// For a log.
    #[serde(default)]
    pub message: String,
    /// RFC 3339, with `locked`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
}

/// A STUN or TURN server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IceServer {
    /// `stun:`, `turn:` or `turns:` URLs.
    pub urls: Vec<String>,
    /// With TURN.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// With TURN.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credential: Option<RelayCredential>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_false(is: &bool) -> bool {
    !is
}

/// A signal between the ends of a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Signal {
    /// The viewer's description.
    Offer {
        /// SDP.
        sdp: String,
    },
    /// The daemon's description.
    Answer {
        /// SDP.
        sdp: String,
    },
    /// A candidate.
    Candidate {
        /// RFC 8839 section 5.1.
        candidate: String,
        /// Media section by name.
        #[serde(default)]
        mid: Option<String>,
        /// Media section by number.
        #[serde(default)]
        line: Option<u16>,
    },
    /// No more candidates.
    EndOfCandidates,
    /// A kind of a later version.
    #[serde(other)]
    Unknown,
}

/// Messages from the cloud.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum FromCloud {
    /// First message.
    Ready {
        /// This socket's id.
        id: String,
        /// The workspace's last event number. To people.
        #[serde(default)]
        seq: u64,
    },
    /// Something in the workspace changed or appeared.
    Changed {
        /// Counts up in the workspace; what this person may not see leaves no gap, because
        /// `before` names the number that was sent to this socket last.
        seq: u64,
        /// The number of the event that was sent to this socket before this one.
        before: u64,
        /// In which workspace.
        workspace: String,
        /// What it is now.
        item: Box<Item>,
    },
    /// Something in the workspace is gone.
    Removed {
        /// As with `changed`.
        seq: u64,
        /// As with `changed`.
        before: u64,
        /// In which workspace.
        workspace: String,
        /// What it was.
        kind: ItemKind,
        /// Which.
        id: String,
    },
    /// Lines were added to a task's log. Not numbered: a gap shows in the lines' own numbers.
    TaskLog {
        /// In which workspace.
        workspace: String,
        /// Which task.
        task: String,
        /// The new lines.
        lines: Vec<LogLine>,
    },
    /// To a daemon: its desktop is to be shut down.
    Shutdown,
    /// A desktop changed or appeared.
    Desktop {
        /// As in the list.
        desktop: Desktop,
    },
    /// A desktop is gone.
    DesktopRemoved {
        /// Which.
        id: String,
    },
    /// A session begins.
    SessionOpened {
        /// Its id.
        session: String,
        /// Of which desktop.
        desktop: String,
        /// STUN and TURN servers.
        #[serde(default)]
        ice_servers: Vec<IceServer>,
        /// To the viewer: its request.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        request: Option<String>,
        /// To the daemon: the viewer's name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        viewer: Option<String>,
        /// The viewer may only watch: the daemon plays none of its input.
        #[serde(default, skip_serializing_if = "is_false")]
        view_only: bool,
    },
    /// A session was refused.
    SessionRefused {
        /// Of which desktop.
        desktop: String,
        /// Why, to decide by.
        code: String,
        /// Why, for a log.
        #[serde(default)]
        message: String,
        /// The viewer's request.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        request: Option<String>,
    },
    /// From the other end.
    Signal {
        /// In which session.
        session: String,
        /// What.
        signal: Signal,
    },
    /// Fresh relay credentials, as asked for.
    RelayRenewed {
        /// In which session.
        session: String,
        /// All STUN and TURN servers.
        #[serde(default)]
        ice_servers: Vec<IceServer>,
    },
    /// A session is over.
    SessionClosed {
        /// Which.
        session: String,
        /// Why, to decide by.
        code: String,
        /// Why, for a log.
        #[serde(default)]
        message: String,
    },
    /// Something this end sent was refused.
    Error {
        /// To decide by.
        code: String,
        /// For a log.
        #[serde(default)]
        message: String,
        /// Where it is about one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        session: Option<String>,
    },
    /// A type of a later version.
    #[serde(other)]
    Unknown,
}

/// Messages to the cloud.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum ToCloud {
    /// Asks for a desktop.
    SessionOpen {
        /// Which.
        desktop: String,
        /// Returned in the answer.
        request: String,
    },
    /// To the other end.
    Signal {
        /// In which session.
        session: String,
        /// What.
        signal: Signal,
    },
    /// Asks for relay credentials that live longer than those of the session.
    RelayRenew {
        /// In which session.
        session: String,
    },
    /// Ends a session.
    SessionClose {
        /// Which.
        session: String,
        /// For a log.
        reason: String,
    },
    /// A type of a later version.
    #[serde(other)]
    Unknown,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_what_the_protocol_shows() {
        let signal: FromCloud = serde_json::from_str(
            r#"{"type":"signal","session":"s","signal":{"kind":"candidate","candidate":"candidate:1 1 udp","mid":null,"line":0,"x":1}}"#,
        )
        .unwrap();
        let FromCloud::Signal { signal: Signal::Candidate { line, mid, .. }, .. } = signal else {
            panic!("not a candidate")
        };
        assert_eq!((mid, line), (None, Some(0)));
        let list: DesktopList = serde_json::from_str(
            r#"{"desktops":[{"id":"d","name":"n","state":"hibernating"}],"more":[]}"#,
        )
        .unwrap();
        assert_eq!(list.desktops[0].state, DesktopState::Unknown);
    }

    #[test]
    fn writes_what_the_protocol_shows() {
        let open = ToCloud::SessionOpen { desktop: "d1".into(), request: "r".into() };
        assert_eq!(
            serde_json::to_string(&open).unwrap(),
            r#"{"type":"session-open","desktop":"d1","request":"r"}"#
        );
        let signal = ToCloud::Signal { session: "s".into(), signal: Signal::EndOfCandidates };
        assert_eq!(
            serde_json::to_string(&signal).unwrap(),
            r#"{"type":"signal","session":"s","signal":{"kind":"end-of-candidates"}}"#
        );
    }

    /// H17.
    #[test]
    fn unknown_types_and_kinds_are_kept_apart() {
        let read = |text| serde_json::from_str::<FromCloud>(text).unwrap();
        assert_eq!(read(r#"{"type":"weather","sun":true}"#), FromCloud::Unknown);
        let signal = read(r#"{"type":"signal","session":"s","signal":{"kind":"smoke","n":2}}"#);
        let expected = FromCloud::Signal { session: "s".into(), signal: Signal::Unknown };
        assert_eq!(signal, expected);
    }

    proptest! {
        /// H17.
        #[test]
        fn parsing_never_panics(text in ".{0,200}") {
            let _ = serde_json::from_str::<FromCloud>(&text);
            let _ = serde_json::from_str::<ToCloud>(&text);
        }
    }
}
