//! The table of hostile input, as far as it is about the cloud, the network and messages: each
//! row with the tests that hold it. A test below reads this table and looks each of them up.
//!
//! | row | case | tests | not yet |
//! | --- | --- | --- | --- |
//! | H3 | another program squats the gateway's port | `tests/e2e/tests/e2e/hostile_gateway.rs` `h03_another_user_at_the_gateways_port_gets_no_token` `h03_a_program_that_is_no_gateway_gets_no_token`; `cloud-client/net/tests/net/loopback.rs` `another_users_program_is_told_nothing`; `gateway-client/src/client/tests/handshake.rs` `another_users_program_is_no_gateway_and_hears_nothing` | a program of the same user: it can read the token's file anyway |
//! | H5 | a link, a message or a tool names a gateway | `tests/e2e/tests/e2e/hostile.rs` `h05_a_gateway_that_a_message_names_is_never_opened`; `app/core/src/links.rs` `what_is_no_plain_web_link_is_not_opened`; `tests/e2e/tests/e2e/hostile_gateway.rs` `h05_what_a_gateway_or_a_link_names_is_no_gateway` | |
//! | H6 | `file:`, `smb:`, `javascript:`, user names, look-alikes in links | `app/core/src/links.rs` `what_is_no_plain_web_link_is_not_opened` `any_text_is_looked_through`; `tests/e2e/tests/e2e/hostile.rs` `h06_what_was_checked_is_what_is_opened` | |
//! | H7 | previews of private addresses | `app/core/src/links.rs` `private_addresses_are_told_to_nobody`; `cloud-client/net/tests/net/requests.rs` `redirects_that_are_not_followed` `a_public_name_for_a_private_address_is_refused` | |
//! | H8 | a redirect to another host | `tests/e2e/tests/e2e/hostile_cloud.rs` `h08_a_redirect_to_another_host_gets_no_bearer`; `cloud-client/net/tests/net/requests.rs` `redirects_that_are_not_followed` `an_icon_may_be_elsewhere_but_credentials_stay`; `cloud-client/net/tests/net/websocket.rs` `a_server_that_refuses_the_upgrade`; `tests/e2e/tests/e2e/hostile_gateway.rs` `h08_a_gateway_that_redirects_is_not_followed` | the update server: with self-update |
//! | H9 | a proxy variable is set | `cloud-client/net/tests/net/proxies.rs` `this_machine_is_reached_without_the_proxy`; `cloud-client/net/src/proxy.rs` `this_machine_and_exceptions_need_no_readable_variable`; `tests/e2e/tests/e2e/hostile_gateway.rs` `h09_the_gateway_is_reached_without_the_proxy` | |
//! | H10 | proxies that misbehave | `cloud-client/net/tests/net/hostile_proxies.rs` `answers_that_are_none` `a_proxy_that_closes` `a_proxy_that_closes_after_it_agreed` `a_proxy_that_hangs` `a_proxy_whose_name_is_unknown`; `cloud-client/net/tests/net/proxies.rs` `squid_with_a_password` `a_malformed_variable_is_no_direct_connection`; `cloud-client/net/src/tunnel.rs` `answers_by_what_a_person_can_do`; `cloud-client/net/src/proxy.rs` `values` | |
//! | H11 | inspection of TLS | `cloud-client/net/tests/net/tls.rs` `a_network_that_inspects_is_named` `only_one_connection_is_inspected` `each_connection_has_its_own_fault`; `tests/cloud/tests/cloud/client.rs` `an_unknown_issuer_and_a_wrong_host_are_named` | |
//! | H12 | certificates and handshakes that are not good | `cloud-client/net/tests/net/tls.rs` `a_stranger_with_the_name_of_a_trusted_authority` `certificates_out_of_their_time` `a_certificate_for_another_host` `a_certificate_that_is_not_a_servers` `a_server_that_does_not_speak_tls` `a_connection_that_is_cut_at_the_greeting` `a_server_that_hangs_at_the_greeting` `a_server_with_an_outdated_tls` `a_certificate_that_changes_is_checked_again` `a_connection_that_breaks_in_the_middle_of_an_answer` `a_computer_without_trusted_certificates`; `app/core/src/say/network.rs` `every_fault_has_its_own_sentence` | |
//! | H13 | WebSockets that misbehave | `cloud-client/net/tests/net/websocket.rs` `the_longest_message_and_one_more` `fragments_without_end` `a_flood_of_pings` `text_that_is_none_and_frames_that_are_none` `close_codes_reach_the_caller` `a_connection_that_just_ends` `a_half_open_connection_is_the_callers_to_notice`; `cloud-client/src/realtime/faults.rs` `any_faults_end_in_an_open_connection_without_a_storm` `a_thousand_clients_do_not_come_back_at_once`; `tests/e2e/tests/e2e/faults.rs` `a_half_open_connection_is_noticed_and_what_was_sent_on_it_sent_again` | |
//! | H14 | realtime tokens that are not good | `tests/cloud/src/token.rs` `wrong_claims_are_refused_even_when_they_are_signed` `forged_tokens_are_refused` `good_until_the_end_and_not_after`; `tests/cloud/tests/cloud/tokens.rs` `a_realtime_token_that_was_touched_does_not_open_a_socket` `a_token_of_three_megabytes_is_refused_and_the_cloud_goes_on`; `cloud-client/src/realtime/machine.rs` `a_token_that_the_cloud_refuses_is_fetched_again`; `cloud-client/src/realtime/task.rs` `h14_a_wrong_clock_makes_no_token_good_for_ever`; `cloud-client/src/realtime/faults.rs` `h14_a_sleep_of_five_hours_costs_one_new_token` `h14_a_cloud_that_ends_every_token_at_once_is_no_storm` | |
//! | H15 | the bearer is revoked while connected | `tests/e2e/tests/e2e/hostile.rs` `h15_a_new_password_signs_every_other_computer_out` `h15_a_person_who_is_removed_is_signed_out`; `tests/cloud/tests/cloud/client.rs` `a_revoked_person_is_told_once_and_not_tried_again`; `tests/e2e/tests/e2e/hostile_gateway.rs` `h15_who_is_signed_out_of_the_cloud_keeps_the_gateway` | |
//! | H16 | tokens crossed | `tests/cloud/tests/cloud/tokens.rs` `crossed_tokens_are_refused`; `tests/e2e/tests/e2e/hostile_cloud.rs` `h16_each_token_goes_where_it_belongs`; `tests/e2e/tests/e2e/hostile_gateway.rs` `h16_the_gateways_tokens_and_the_clouds_never_meet` | |
//! | H17 | JSON that no decent server sends | `tests/e2e/tests/e2e/hostile_json.rs` `h17_a_hostile_answer_is_a_typed_error` `h17_a_refusal_that_cannot_be_read_is_told_by_its_status` `h17_a_hundred_megabytes_are_not_read` `h17_what_a_later_version_says_is_understood_as_far_as_it_goes` `h17_hostile_messages_are_skipped_and_the_socket_goes_on`; `cloud-client/src/wire/mod.rs` `parsing_never_panics` `unknown_types_and_kinds_are_kept_apart`; `tests/e2e/tests/e2e/hostile_gateway.rs` `h17_a_gateway_that_raves_is_borne`; `gateway-client/src/client/tests/random.rs` `nothing_breaks_the_machine` | |
//! | H18 | events lost, doubled, reordered, or of another workspace | `app/core/src/sync/list.rs` `it_ends_as_the_server_is`; `app/core/src/sync/feed.rs` `doubled_late_and_lost_events_are_told_apart`; `tests/e2e/tests/e2e/hostile_cloud.rs` `h18_events_of_a_workspace_that_was_left_are_ignored` `h18_a_socket_that_loses_events_is_no_storm_of_loads` `h18_a_cloud_that_always_has_more_is_not_asked_for_ever` `h18_a_desktop_that_appears_while_the_list_is_loaded_stays` | |
//! | H26 | marked secrets, searched for | `tests/e2e/tests/secrets.rs` `h26_no_secret_of_the_gateways_is_ever_said` | the cloud's, and a crash file: with the crash file |

use cloud_client::rest::Rest;
use cloud_client::wire;
use cloud_client::wire::{MessageDraft, Speaker};
use e2e::{App, World};
use multiclaw_core::Command;
use multiclaw_core::engine::Config;
use multiclaw_core::model::{Account, CloudLink, Load, Ticket};
use multiclaw_core::secret::Password;
use parking_lot::Mutex;
use std::path::Path;
use std::sync::Arc;

/// Whether a source file has a test of this name.
fn has_test(source: &str, name: &str) -> bool {
    let lines: Vec<&str> = source.lines().map(str::trim).collect();
    let start = format!("fn {name}(");
    let function = |line: &str| line.strip_prefix("async ").unwrap_or(line).starts_with(&start);
    lines.iter().enumerate().any(|(at, line)| {
        function(line)
            && lines[at.saturating_sub(3)..at]
                .iter()
                .any(|line| line.starts_with("#[test]") || line.starts_with("#[tokio::test"))
    })
}

#[test]
fn each_row_of_the_table_has_its_tests() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut rows = Vec::new();
    for line in include_str!("hostile.rs").lines() {
        let Some(line) = line.strip_prefix("//! | H") else { continue };
        let columns: Vec<&str> = line.split(" | ").collect();
        let (row, mut source, mut tests) = (columns[0].trim(), String::new(), 0);
        for name in columns[2].split('`').skip(1).step_by(2) {
            if name.ends_with(".rs") {
                source = std::fs::read_to_string(root.join(name))
                    .unwrap_or_else(|error| panic!("H{row}: {name}: {error}"));
            } else {
                assert!(has_test(&source, name), "H{row}: there is no test {name}");
                tests += 1;
            }
        }
        assert!(tests > 0, "H{row} has no test");
        rows.push(row.parse::<u32>().unwrap());
    }
    assert_eq!(rows, [3].into_iter().chain(5..=18).chain([26]).collect::<Vec<_>>());
    assert!(!has_test("    #[test]\n    fn another() {", "other"));
    assert!(!has_test("fn no_test() {", "no_test"));
}

/// What the system's browser was asked to open.
type Opened = Arc<Mutex<Vec<String>>>;

async fn app(world: &World, folder: &str, sign_in: (&str, &str)) -> (App, Opened) {
    let opened = Opened::default();
    let seen = Arc::clone(&opened);
    let app = world.app(Config {
        data: world.folder.path().join(folder),
        sign_in: Some((sign_in.0.into(), Password::new(sign_in.1.into()))),
        open: None,
        browser: Box::new(move |address| {
            seen.lock().push(address.to_owned());
            true
        }),
        ..world.app_config()
    });
    app.until("the workspace", |m| {
        (m.cloud == CloudLink::Online && matches!(m.workspace.tasks, Load::Ready(_))).then_some(())
    })
    .await;
    (app, opened)
}

const ADA: (&str, &str) = (e2e::EMAIL, e2e::PASSWORD);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn h05_a_gateway_that_a_message_names_is_never_opened() {
    let world = World::start(None).await;
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let port = listener.local_addr().unwrap().port();
    let (ada, opened) = app(&world, "app", ADA).await;
    for on in [Command::SetLinkTitles(true), Command::SetFavicons(true)] {
        ada.core.send(on);
    }
    let bad = [
        format!("multiclaw://connect?gatewayUrl=ws://127.0.0.1:{port}&token=x"),
        format!("openclaw://connect?gatewayUrl=ws://127.0.0.1:{port}"),
        format!("ws://127.0.0.1:{port}/"),
        format!("wss://localhost:{port}/"),
    ];
    let web = format!("http://127.0.0.1:{port}/?gatewayUrl=ws://127.0.0.1:{port}");
    let text = format!("Your gateway: {} or {web}", bad.join(" or "));
    ada.core.send(Command::SendMessage(text.clone()));
    let id = ada.until("the thread", |m| Some(m.conversations.open.as_ref()?.id.clone())).await;
    ada.until("it sent", |m| (m.conversations.unsent == 0).then_some(())).await;
    // The same from an agent.
    let rest = Rest::new(world.door(), &world.url);
    let bearer = rest.sign_in(ADA.0, ADA.1).await.unwrap().token;
    let draft = MessageDraft {
        id: "6f2c1c1e-58a5-4f5f-9d55-0000000000aa".into(),
        speaker: Speaker::Agent,
        text,
        at: "2026-01-01T00:00:00Z".into(),
    };
    let api = rest.workspace(bearer, world.workspace.clone());
    api.post_message(&id, &draft).await.unwrap();
    ada.until("the agent's", |m| {
        (m.conversations.open.as_ref()?.messages.len() == 2).then_some(())
    })
    .await;
    for link in &bad {
        ada.core.send(Command::DismissNotice);
        ada.core.send(Command::OpenLink(link.clone()));
        ada.until("the refusal", |m| m.notice.clone()).await;
    }
    assert_eq!(*opened.lock(), Vec::<String>::new());
    // Nobody looked there, for a preview or for anything else.
    assert_eq!(listener.accept().unwrap_err().kind(), std::io::ErrorKind::WouldBlock);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn h06_what_was_checked_is_what_is_opened() {
    let world = World::start(None).await;
    let (ada, opened) = app(&world, "app", ADA).await;
    for link in [" https://example.com/a\tb\n", "ht\ntps://example.com/c", "https://аpple.com"] {
        ada.core.send(Command::OpenLink(link.into()));
    }
    ada.until("all opened", |_| (opened.lock().len() == 3).then_some(())).await;
    let expected = ["https://example.com/ab", "https://example.com/c", "https://xn--pple-43d.com/"];
    assert_eq!(*opened.lock(), expected);
}

/// Waits for the form with its reason, and checks that nothing of the sign-in is left on disk.
async fn is_signed_out(world: &World, app: &App, folder: &str, bearer: &str) {
    let reason = app
        .until("the form with the reason", |m| match &m.account {
            Account::SignedOut(form) => form.problem.clone(),
            _ => None,
        })
        .await;
    assert_eq!(reason.what, "You were signed out.");
    let folder = world.folder.path().join(folder);
    app.until("the session file to go", |_| (!folder.join("session.json").exists()).then_some(()))
        .await;
    let model = app.core.model();
    assert_eq!(model.cloud, CloudLink::Off);
    assert!(model.workspace.tasks.items().is_empty() && model.conversations.open.is_none());
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let bytes = std::fs::read(&path).unwrap();
                assert!(!String::from_utf8_lossy(&bytes).contains(bearer), "{}", path.display());
            }
        }
    }
}

/// The bearer of a running app, from its file.
async fn stored_bearer(world: &World, app: &App, folder: &str) -> String {
    let path = world.folder.path().join(folder).join("session.json");
    let token = |_: &_| {
        let session: serde_json::Value =
            serde_json::from_slice(&std::fs::read(&path).ok()?).ok()?;
        session["token"].as_str().map(str::to_owned)
    };
    app.until("the session file", token).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn h15_a_new_password_signs_every_other_computer_out() {
    let world = World::start(None).await;
    let (here, _) = app(&world, "here", ADA).await;
    let (there, _) = app(&world, "there", ADA).await;
    there.core.send(Command::SendMessage("Before".into()));
    there.until("it sent", |m| (m.conversations.unsent == 0).then_some(())).await;
    let bearer = stored_bearer(&world, &there, "there").await;
    here.core.send(Command::ChangePassword {
        ticket: Ticket(1),
        current: Password::new(e2e::PASSWORD.into()),
        new: Password::new("another long password".into()),
    });
    is_signed_out(&world, &there, "there", &bearer).await;
    assert!(matches!(here.core.model().account, Account::SignedIn(_)));
    let rest = Rest::new(world.door(), &world.url);
    let gone = rest.me(&cloud_client::BearerToken::new(bearer)).await.unwrap_err();
    assert_eq!(gone, cloud_client::ApiError::SignedOut);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn h15_a_person_who_is_removed_is_signed_out() {
    let world = World::start(None).await;
    let (email, password) = ("grace@example.com", "another long password");
    let new = cloud::store::NewPerson {
        workspace: world.workspace.clone(),
        role: wire::Role::Member,
        name: "Grace Hopper".into(),
        email: email.into(),
        password: password.into(),
    };
    let id = world.cloud.as_ref().unwrap().add_person(new).await.unwrap();
    let (ada, _) = app(&world, "ada", ADA).await;
    let (grace, _) = app(&world, "grace", (email, password)).await;
    let bearer = stored_bearer(&world, &grace, "grace").await;
    ada.core.send(Command::RemovePerson(id));
    is_signed_out(&world, &grace, "grace", &bearer).await;
}
