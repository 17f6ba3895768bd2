//! What the tests of methods and events share: every method, and the recordings.

use gateway_client::methods::*;
use serde_json::Value;
use std::path::Path;

/// Calls `$each::<M>()` for every method and gathers what it returns.
#[macro_export]
macro_rules! every_method {
    ($each:ident) => {{
        use gateway_client::methods::*;
        vec![
            $each::<Health>(),
            $each::<Status>(),
            $each::<SystemPresence>(),
            $each::<system::Info>(),
            $each::<agents::List>(),
            $each::<agents::Create>(),
            $each::<agents::Update>(),
            $each::<agents::Delete>(),
            $each::<agents::FilesList>(),
            $each::<agents::FilesGet>(),
            $each::<agents::FilesSet>(),
            $each::<agent::IdentityGet>(),
            $each::<models::List>(),
            $each::<models::AuthStatus>(),
            $each::<sessions::List>(),
            $each::<sessions::Subscribe>(),
            $each::<sessions::MessagesSubscribe>(),
            $each::<sessions::MessagesUnsubscribe>(),
            $each::<sessions::Describe>(),
            $each::<sessions::Preview>(),
            $each::<sessions::Search>(),
            $each::<sessions::Create>(),
            $each::<sessions::Patch>(),
            $each::<sessions::Reset>(),
            $each::<sessions::Compact>(),
            $each::<sessions::Delete>(),
            $each::<sessions::Abort>(),
            $each::<sessions::Rewind>(),
            $each::<sessions::Fork>(),
            $each::<chat::Send>(),
            $each::<chat::History>(),
            $each::<chat::Abort>(),
            $each::<chat::Inject>(),
            $each::<chat::MessageGet>(),
            $each::<exec::ApprovalList>(),
            $each::<exec::ApprovalResolve>(),
            $each::<exec::ApprovalsGet>(),
            $each::<exec::ApprovalsSet>(),
            $each::<config::Get>(),
            $each::<config::Patch>(),
            $each::<config::SchemaLookup>(),
            $each::<skills::Status>(),
            $each::<skills::Update>(),
            $each::<cron::List>(),
            $each::<cron::Add>(),
            $each::<cron::Update>(),
            $each::<cron::Remove>(),
            $each::<cron::Run>(),
            $each::<cron::Runs>(),
            $each::<cron::Status>(),
            $each::<logs::Tail>(),
            $each::<channels::Status>(),
            $each::<channels::Start>(),
            $each::<channels::Stop>(),
            $each::<device::PairList>(),
            $each::<device::PairApprove>(),
            $each::<device::PairReject>(),
            $each::<device::PairRemove>(),
            $each::<device::TokenRotate>(),
            $each::<device::TokenRevoke>(),
            $each::<gateway::RestartPreflight>(),
            $each::<gateway::RestartRequest>(),
            $each::<update::Status>(),
            $each::<commands::List>(),
            $each::<usage::Status>(),
            $each::<usage::Cost>(),
        ]
    }};
}

/// A method's name and how its answer is read.
pub type Reader = (&'static str, fn(&str) -> Result<(), String>);

fn reader<M: Method>() -> Reader {
    (M::NAME, |json| serde_json::from_str::<M::Answer>(json).map(drop).map_err(|e| e.to_string()))
}

/// How the answer of each method is read.
pub fn readers() -> Vec<Reader> {
    every_method!(reader)
}

/// One line of a recording.
#[derive(Clone, Debug)]
pub struct Line {
    /// The recording's number.
    pub file: String,
    /// `client`, `gateway`, `close`, ...
    pub from: String,
    /// The frame.
    pub frame: Value,
}

/// All recordings, line by line.
pub fn recordings() -> Vec<Line> {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/peers/openclaw/transcripts");
    let folder = folder.canonicalize().expect("the recordings of the real gateway are missing");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= 14, "only {} recordings", files.len());
    let mut lines = Vec::new();
    for file in files {
        let name = file.file_name().unwrap().to_str().unwrap()[..2].to_owned();
        for line in std::fs::read_to_string(&file).unwrap().lines() {
            let mut line: Value = serde_json::from_str(line).unwrap();
            let from = line["from"].as_str().unwrap_or_default().to_owned();
            lines.push(Line { file: name.clone(), from, frame: line["frame"].take() });
        }
    }
    lines
}
