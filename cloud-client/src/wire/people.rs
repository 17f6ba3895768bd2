//! People, roles and what they may do; invitations and passwords (`PROTOCOL.md`, section 1).

use super::Role;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// Something that a role may or may not do (article "Security overview", roles; the matrix stands
/// in `PROTOCOL.md`). The server enforces it; a client does not offer what is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// See the Users page, invite, change roles, remove.
    ManagePeople,
    /// Create, edit and delete agents, and set their API keys.
    ManageAgents,
    /// Start a cloud desktop, open it, and watch it.
    UseDesktops,
    /// Stop a cloud desktop under everybody.
    StopDesktops,
    /// Create a task, and cancel, retry or assign one's own.
    UseTasks,
    /// Cancel, retry and assign anybody's task.
    ManageTasks,
    /// Generate SOPs and compile skills.
    UseDocuments,
    /// Delete SOPs and skills of others.
    ManageDocuments,
    /// Write conversations, and read and delete one's own.
    UseConversations,
    /// Read and delete everybody's conversations.
    ManageConversations,
    /// See, add and remove unattended screens.
    ManageScreens,
}

impl Action {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::ManagePeople,
        Self::ManageAgents,
        Self::UseDesktops,
        Self::StopDesktops,
        Self::UseTasks,
        Self::ManageTasks,
        Self::UseDocuments,
        Self::ManageDocuments,
        Self::UseConversations,
        Self::ManageConversations,
        Self::ManageScreens,
    ];
}

impl Role {
    /// Whether this role may do that. A role of a later version may do what a member may.
    #[must_use]
    pub fn may(self, action: Action) -> bool {
        match action {
            Action::UseDesktops
            | Action::UseTasks
            | Action::UseDocuments
            | Action::UseConversations => true,
            Action::ManagePeople
            | Action::ManageAgents
            | Action::StopDesktops
            | Action::ManageTasks
            | Action::ManageDocuments
            | Action::ManageConversations
            | Action::ManageScreens => self == Self::Owner,
        }
    }
}

/// A person of a workspace, as the Users page shows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Id of the person; of the invitation while it is open.
    pub id: String,
    /// Full name; empty while the invitation is open.
    #[serde(default)]
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Exactly one.
    pub role: Role,
    /// The invitation was not accepted yet.
    #[serde(default)]
    pub invited: bool,
    /// RFC 3339; absent for who was never seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_seen: Option<String>,
}

/// Body of `POST …/people`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invite {
    /// E-mail address.
    pub email: String,
    /// As what.
    pub role: Role,
}

/// Answer to `POST …/people`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invited {
    /// The open invitation.
    pub member: Member,
    /// What the invited person types in at sign-in. Shown once.
    pub code: InvitationCode,
    /// RFC 3339: until when.
    pub expires_at: String,
}

/// A secret that lets one person into a workspace once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct InvitationCode(Zeroizing<String>);

impl InvitationCode {
    /// Takes the text over.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The text, for the person who passes it on.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for InvitationCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("InvitationCode(…)")
    }
}

/// Body of `PATCH …/people/{person}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeRole {
    /// The new one.
    pub role: Role,
}

/// Body of `POST /v1/invitations/accept`. The answer is that of a sign-in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AcceptInvitation {
    /// From the invitation.
    pub code: InvitationCode,
    /// Full name.
    pub name: String,
    /// At least ten characters.
    pub password: Zeroizing<String>,
}

/// Body of `POST /v1/password`. Ends every other bearer of the person.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangePassword {
    /// The one until now.
    pub current: Zeroizing<String>,
    /// At least ten characters.
    pub new: Zeroizing<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_may_use_and_an_owner_may_everything() {
        for action in Action::ALL {
            assert!(Role::Owner.may(action));
            let uses = format!("{action:?}").starts_with("Use");
            assert_eq!(Role::Member.may(action), uses, "{action:?}");
            assert_eq!(Role::Unknown.may(action), uses, "{action:?}");
        }
    }

    #[test]
    fn codes_are_not_printed() {
        assert!(!format!("{:?}", InvitationCode::new("hunter2".into())).contains("hunter2"));
    }
}
