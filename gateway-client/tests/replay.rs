//! Everything that the real gateway was recorded to say is read, and says what it said.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs
)]

#[allow(dead_code)]
mod common;

use common::{readers, recordings};
use gateway_client::events::*;
use gateway_client::methods::*;
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::{BTreeMap, BTreeSet};

/// Events that this program has no use for.
const UNUSED: [&str; 1] = ["connect.challenge"];

fn happening(frame: &Value) -> Happening {
    let raw = RawValue::from_string(frame["payload"].to_string()).unwrap();
    Happening::parse(frame["event"].as_str().unwrap(), &raw)
}

/// What happened in one recording.
fn happenings(file: &str) -> Vec<Happening> {
    let lines = recordings().into_iter().filter(|line| line.file == file);
    lines.filter(|line| line.frame["type"] == "event").map(|line| happening(&line.frame)).collect()
}

/// What a method answered in one recording, in order.
fn answers<M: Method>(file: &str) -> Vec<M::Answer> {
    let mut asked = BTreeSet::new();
    let mut answers = Vec::new();
    for line in recordings().into_iter().filter(|line| line.file == file) {
        let frame = line.frame;
        if frame["type"] == "req" && frame["method"] == M::NAME {
            asked.insert(frame["id"].to_string());
        } else if frame["type"] == "res"
            && frame["ok"] == true
            && asked.contains(&frame["id"].to_string())
        {
            answers.push(serde_json::from_str(&frame["payload"].to_string()).unwrap());
        }
    }
    answers
}

fn chats(file: &str) -> Vec<ChatEvent> {
    happenings(file)
        .into_iter()
        .filter_map(|happening| match happening {
            Happening::Chat(event) => Some(event),
            _ => None,
        })
        .collect()
}

#[test]
fn every_recorded_event_is_read() {
    let mut seen = BTreeSet::new();
    for line in recordings() {
        if line.frame["type"] != "event" {
            continue;
        }
        let name = line.frame["event"].as_str().unwrap();
        let read = happening(&line.frame);
        let other = matches!(&read, Happening::Other(_));
        assert_eq!(other, UNUSED.contains(&name), "{}: {}", line.file, line.frame);
        if let Happening::Chat(event) = &read {
            assert!(!matches!(event.state, ChatState::Other(_)), "{}", line.frame);
        }
        if let Happening::Agent(event) = &read {
            let known = !matches!(&event.stream, Stream::Other(name) if name != "run_status");
            assert!(known, "{}", line.frame);
        }
        seen.insert(name.to_owned());
    }
    for name in ["chat", "agent", "tick", "shutdown", "exec.approval.requested", "health"] {
        assert!(seen.contains(name), "no {name} was recorded");
    }
}

#[test]
fn every_recorded_answer_is_read() {
    let readers: BTreeMap<_, _> = readers().into_iter().collect();
    let mut asked = BTreeMap::new();
    let mut read = BTreeSet::new();
    for line in recordings() {
        let frame = line.frame;
        // Several connections in a recording may use the same id: the newest request counts.
        let id = (line.file, frame["id"].to_string());
        if frame["type"] == "req" {
            asked.insert(id, frame["method"].as_str().unwrap_or_default().to_owned());
        } else if frame["type"] == "res" && frame["ok"] == true {
            let method = &asked[&id];
            let Some(reader) = readers.get(method.as_str()) else {
                assert!(
                    ["connect", "config.set", "agent", "agent.wait"].contains(&method.as_str())
                );
                continue;
            };
            reader(&frame["payload"].to_string())
                .unwrap_or_else(|why| panic!("{method}: {why}: {frame}"));
            read.insert(method.clone());
        }
    }
    assert!(read.len() > 40, "only {read:?}");
}

#[test]
fn the_parts_of_a_turn_joined_are_its_end() {
    let mut ended = 0;
    for file in ["03", "04", "07", "09", "10", "11"] {
        let mut texts: BTreeMap<String, String> = BTreeMap::new();
        for event in chats(file) {
            let text = texts.entry(event.run_id).or_default();
            match event.state {
                ChatState::Delta { text: new, replace, .. } => {
                    if replace {
                        text.clear();
                    }
                    text.push_str(&new);
                }
                ChatState::Final { message: Some(message), .. } if !text.is_empty() => {
                    assert_eq!(*text, message.text(), "{file}");
                    assert_eq!(message.role, chat::Role::Assistant);
                    ended += 1;
                }
                _ => {}
            }
        }
    }
    assert!(ended >= 6, "only {ended}");
}

#[test]
fn a_turn_and_its_history() {
    let sent = answers::<chat::Send>("03");
    assert!(sent.iter().all(|sent| sent.status == "started" && !sent.run_id.is_empty()));
    let pages = answers::<chat::History>("03");
    let page = &pages[0];
    assert_eq!(page.total_messages, Some(2));
    assert!(!page.has_more);
    assert!(page.in_flight_run.is_none());
    assert_eq!(page.messages[0].role, chat::Role::User);
    assert_eq!(page.messages[0].text(), "hello brave new world");
    let key = page.messages[0].idempotency_key.clone().unwrap();
    assert_eq!(key, format!("{}:user", sent[0].run_id));
    let answer = &page.messages[1];
    assert_eq!(answer.text(), "echo: hello brave new world");
    assert_eq!(answer.model.as_deref(), Some("echo-1"));
    assert_eq!(answer.stop_reason.as_deref(), Some("stop"));
    assert_eq!(answer.openclaw.run_id.as_ref(), Some(&sent[0].run_id));
    assert_eq!(answer.openclaw.seq, Some(2));
    let row = page.session_info.as_ref().unwrap();
    assert_eq!(row.key, "agent:main:main");
    assert_eq!(row.context_tokens, Some(128_000));

    let added = happenings("03").into_iter().find_map(|happening| match happening {
        Happening::SessionMessage(message) => Some(message),
        _ => None,
    });
    let added = added.unwrap();
    assert_eq!(added.session_key, "agent:main:main");
    assert_eq!(added.message.text(), "hello brave new world");
    assert_eq!(added.message_id, added.message.openclaw.id);
}

#[test]
fn a_tool_call_with_its_phases_and_its_history() {
    let mut phases = Vec::new();
    let mut printed = String::new();
    for happening in happenings("04") {
        let Happening::Agent(event) = happening else { continue };
        match event.stream {
            Stream::Tool { call_id, name, phase } => {
                assert_eq!((call_id.as_str(), name.as_str()), ("call_3", "exec"));
                phases.push(match phase {
                    ToolPhase::Start { args } => {
                        assert_eq!(args["command"], "echo hi-from-exec");
                        "start"
                    }
                    ToolPhase::Update { partial } => {
                        assert_eq!(partial.content.text(), "hi-from-exec\n");
                        "update"
                    }
                    ToolPhase::Result { output, is_error, meta } => {
                        assert_eq!(output.content.text(), "hi-from-exec");
                        let details = output.details.unwrap();
                        assert_eq!(details.exit_code, Some(0));
                        assert_eq!(details.duration_ms, Some(85));
                        assert_eq!(meta.as_deref(), Some("print text"));
                        assert!(!is_error);
                        "result"
                    }
                    _ => panic!(),
                });
            }
            Stream::CommandOutput { output, exit_code, phase, .. } => {
                assert_eq!(phase == "end", exit_code == Some(0));
                printed = output;
            }
            _ => {}
        }
    }
    assert_eq!(phases, ["start", "update", "result"]);
    assert_eq!(printed, "hi-from-exec");

    let pages = answers::<chat::History>("04");
    let messages = &pages[0].messages;
    let call =
        messages.iter().flat_map(|message| &message.content.0).find_map(|block| match block {
            chat::Block::ToolCall { id, name, arguments } => Some((id, name, arguments)),
            _ => None,
        });
    let (id, name, arguments) = call.unwrap();
    assert_eq!(name, "exec");
    assert_eq!(arguments["command"], "echo hi-from-exec");
    let result = messages.iter().find(|message| message.role == chat::Role::ToolResult).unwrap();
    assert_eq!(result.tool_call_id.as_ref(), Some(id));
    assert_eq!(result.tool_name.as_deref(), Some("exec"));
    assert_eq!(result.text(), "hi-from-exec");
}

#[test]
fn aborted_failed_and_sent_again() {
    let chats = chats("05");
    let aborted = chats.iter().find_map(|event| match &event.state {
        ChatState::Aborted { message, stop_reason } => Some((message, stop_reason)),
        _ => None,
    });
    let (message, reason) = aborted.unwrap();
    assert_eq!(message.as_ref().unwrap().text(), "word1 word2 word3");
    assert_eq!(reason.as_deref(), Some("rpc"));
    let errors: Vec<_> = chats
        .iter()
        .filter_map(|event| match &event.state {
            ChatState::Error { message, detail, .. } => Some((message, detail)),
            _ => None,
        })
        .collect();
    assert!(errors[0].0.starts_with("LLM request failed"), "{errors:?}");
    assert_eq!(errors[0].1.failover_reason.as_deref(), Some("format"));
    let stops = answers::<chat::Abort>("05");
    assert!(stops[0].aborted && stops[0].run_ids.len() == 1);
    assert!(!stops[1].aborted && stops[1].run_ids.is_empty());
    let states: Vec<_> = answers::<chat::Send>("05").into_iter().map(|sent| sent.status).collect();
    assert!(states.contains(&"in_flight".into()) && states.contains(&"ok".into()), "{states:?}");
}

#[test]
fn a_steered_message_ends_without_one() {
    let ends: Vec<_> = chats("06")
        .into_iter()
        .filter_map(|event| match event.state {
            ChatState::Final { message, .. } => Some((event.run_id, message.is_some())),
            _ => None,
        })
        .collect();
    let sent = answers::<chat::Send>("06");
    assert!(ends.contains(&(sent[0].run_id.clone(), true)), "{ends:?}");
    assert!(ends.contains(&(sent[1].run_id.clone(), false)), "{ends:?}");
}

#[test]
fn conversations() {
    let made = &answers::<sessions::Create>("07")[0];
    assert!(made.ok && made.key.starts_with("agent:main:dashboard:"));
    assert_eq!(made.entry.label.as_deref(), Some("Lab notes"));
    assert_eq!(made.session_id, made.entry.session_id);
    let page = &answers::<sessions::List>("07")[0];
    assert_eq!((page.total_count, page.next_offset, page.has_more), (Some(6), Some(3), true));
    let row = &page.sessions[0];
    assert_eq!(row.key, made.key);
    assert_eq!(row.label, Change::Set("Renamed notes".into()));
    assert_eq!(row.last_message_preview.as_deref(), Some("echo: hello from the lab"));
    assert_eq!((row.pinned, row.unread, row.is_main), (Some(true), Some(true), Some(false)));
    assert_eq!(row.has_active_run, Some(false));
    assert_eq!(row.active_run_ids, Change::Set(Vec::new()));
    assert_eq!(row.thinking_levels.as_ref().unwrap()[0].id, "off");
    let described = answers::<sessions::Describe>("07");
    assert!(described[0].session.is_some() && described[1].session.is_none());
    assert_eq!(answers::<sessions::Search>("07")[0].results[0].snippet, "hello brave new world");
    let previews = &answers::<sessions::Preview>("07")[0].previews;
    assert_eq!(previews[0].items[0].text, "hello from the lab");
    assert!(answers::<sessions::Compact>("07")[0].result.as_ref().unwrap().tokens_before > Some(0));
    assert!(answers::<sessions::Delete>("07")[0].deleted);
    let history = &answers::<chat::History>("07")[0];
    assert_eq!(history.messages[0].role, chat::Role::System);
    assert_eq!(history.messages[0].openclaw.kind.as_deref(), Some("reset"));
    let phases: Vec<_> = happenings("07")
        .into_iter()
        .filter_map(|happening| match happening {
            Happening::SessionOperation(operation) => Some(operation.phase),
            _ => None,
        })
        .collect();
    assert_eq!(phases, ["start", "end"]);
}

#[test]
fn the_configuration_and_the_agents() {
    let config = &answers::<config::Get>("08")[0];
    assert!(config.valid && config.exists && !config.hash.is_empty());
    assert_eq!(config.parsed["gateway"]["auth"]["token"], "__OPENCLAW_REDACTED__");
    let written = &answers::<config::Patch>("08")[0];
    assert_eq!(written.changed_paths, ["logging.level"]);
    let changed = happenings("08").into_iter().find_map(|happening| match happening {
        Happening::ConfigChanged(changed) => Some(changed.hash),
        _ => None,
    });
    assert_eq!(changed, written.hash);

    let agents = answers::<agents::List>("09");
    assert_eq!(agents[0].default_id, "main");
    let main = &agents[0].agents[0];
    assert_eq!(main.model.primary.as_deref(), Some("fake/echo-1"));
    assert_eq!(main.default_permission_mode, Some(sessions::PermissionMode::Full));
    let files = &answers::<agents::FilesList>("09")[0].files;
    assert!(files.iter().any(|file| file.name == "SOUL.md"));
    let file = &answers::<agents::FilesGet>("09")[0].file;
    assert_eq!(file.content.as_deref(), Some("# calm\n"));
    let models = &answers::<models::List>("01")[0].models;
    assert_eq!(models[1].full_id(), "fake/echo-2");
    assert!(models[1].reasoning);
}

#[test]
fn approvals() {
    let mut asked = Vec::new();
    let mut decided = Vec::new();
    for happening in happenings("10") {
        match happening {
            Happening::ApprovalRequested(request) => asked.push(request),
            Happening::ApprovalResolved(resolved) => decided.push(resolved),
            _ => {}
        }
    }
    let first = &asked[0];
    assert_eq!(first.command, "touch allow-once.txt && echo made");
    assert_eq!(first.resolved_path.as_deref(), Some("/usr/bin/touch"));
    assert_eq!(first.cwd.as_deref(), Some("/PEER/workspace"));
    assert_eq!(first.host.as_deref(), Some("gateway"));
    assert_eq!(first.allowed_decisions, [exec::Decision::AllowOnce, exec::Decision::Deny]);
    assert_eq!(first.analysis.command_count, Some(2));
    assert_eq!(first.session_key.as_deref(), Some("agent:main:appr"));
    assert_eq!(first.tool_call_id.as_deref(), Some("call_12"));
    assert_eq!(first.expires_at_ms.unwrap() - first.created_at_ms.unwrap(), 30 * 60 * 1000);
    let decisions: Vec<_> = decided.iter().map(|one| (&one.id, one.decision.clone())).collect();
    assert_eq!(
        decisions,
        [
            (&asked[0].id, Some(exec::Decision::AllowOnce)),
            (&asked[1].id, Some(exec::Decision::Deny))
        ]
    );
    let waiting = answers::<exec::ApprovalList>("10");
    assert_eq!(waiting[0].0[0], **first);
    let denied = happenings("10").into_iter().any(|happening| {
        matches!(happening, Happening::Agent(AgentEvent {
            stream: Stream::Approval { phase: ApprovalPhase::Resolved { status }, .. }, ..
        }) if status == "denied")
    });
    assert!(denied);
}

#[test]
fn pictures_jobs_and_the_log() {
    let history = &answers::<chat::History>("11")[0];
    let media = history.messages.iter().find_map(|message| message.openclaw.media.first());
    let media = media.unwrap();
    assert!(media.url.as_ref().unwrap().starts_with("media://inbound/"));
    assert_eq!(media.content_type.as_deref(), Some("image/png"));

    let job = &answers::<cron::Add>("12")[0];
    assert_eq!(job.schedule, cron::Schedule::Every { every_ms: 3_600_000 });
    assert!(job.state.next_run_at_ms.is_some());
    let run = &answers::<cron::Runs>("12")[0].entries[0];
    assert_eq!(run.status.as_deref(), Some("error"));
    assert_eq!(run.duration_ms, Some(8014));
    assert!(answers::<cron::Remove>("12")[0].removed);
    let log = answers::<logs::Tail>("12");
    assert!(log[0].truncated && log[0].cursor > 0);
    assert_eq!(answers::<exec::ApprovalsGet>("12")[0].file.version, 1);
}

#[test]
fn devices_and_a_restart() {
    let asked = happenings("13").into_iter().find_map(|happening| match happening {
        Happening::PairRequested(request) => Some(request),
        _ => None,
    });
    let asked = asked.unwrap();
    assert_eq!(asked.remote_ip.as_deref(), Some("203.0.113.9"));
    assert_eq!(asked.scopes, ["operator.read", "operator.write"]);
    let decisions: Vec<_> = happenings("13")
        .into_iter()
        .filter_map(|happening| match happening {
            Happening::PairResolved(resolved) => Some(resolved.decision),
            _ => None,
        })
        .collect();
    assert_eq!(decisions, ["approved", "rejected"]);
    let devices = &answers::<device::PairList>("13")[0];
    assert_eq!(devices.pending[0].request_id, asked.request_id);
    let approved = &answers::<device::PairApprove>("13")[0];
    assert_eq!(approved.device.device_id, asked.device_id);

    assert!(answers::<gateway::RestartPreflight>("14")[0].safe);
    assert!(answers::<gateway::RestartRequest>("14")[0].ok);
    let restart = happenings("14").into_iter().find_map(|happening| match happening {
        Happening::Shutdown { restart_expected_ms, .. } => Some(restart_expected_ms),
        _ => None,
    });
    assert_eq!(restart, Some(Some(1500)));
}
