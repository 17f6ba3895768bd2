//! The workspace: two people of one workspace, each with the app's engine, and a real cloud.

use cloud::store::NewPerson;
use cloud_client::wire;
use e2e::{App, World};
use multiclaw_core::engine::Config;
use multiclaw_core::model::*;
use multiclaw_core::secret::{ApiKey, InvitationText, Password};
use multiclaw_core::{Command, Model};
use parking_lot::Mutex;
use std::sync::Arc;

const GRACE: &str = "grace@example.com";
const SECRET: &str = "another long password";

/// Another person of the workspace.
async fn grace(world: &World) -> String {
    let new = NewPerson {
        workspace: world.workspace.clone(),
        role: wire::Role::Member,
        name: "Grace Hopper".into(),
        email: GRACE.into(),
        password: SECRET.into(),
    };
    world.cloud.as_ref().unwrap().add_person(new).await.unwrap()
}

fn config(world: &World, folder: &str, sign_in: Option<(&str, &str)>) -> Config {
    Config {
        data: world.folder.path().join(folder),
        openclaw: world.folder.path().join(folder).join("openclaw"),
        sign_in: sign_in.map(|(email, password)| (email.into(), Password::new(password.into()))),
        open: None,
        ..world.app_config()
    }
}

async fn owner(world: &World) -> App {
    let app = world.app(config(world, "app", Some((e2e::EMAIL, e2e::PASSWORD))));
    online(&app).await;
    app
}

async fn member(world: &World) -> App {
    let app = world.app(config(world, "app2", Some((GRACE, SECRET))));
    online(&app).await;
    app
}

async fn online(app: &App) {
    app.until("the workspace", |m| {
        let lists = matches!(m.workspace.agents, Load::Ready(_))
            && matches!(m.workspace.tasks, Load::Ready(_))
            && matches!(m.conversations.list, Load::Ready(_));
        (lists && m.cloud == CloudLink::Online).then_some(())
    })
    .await;
}

fn person(model: &Model) -> Option<Person> {
    match &model.account {
        Account::SignedIn(person) => Some(person.clone()),
        _ => None,
    }
}

async fn done(app: &App, ticket: u64) {
    let work = app
        .until("the act", |m| match m.work.get(&Ticket(ticket)) {
            Some(Work::Busy) | None => None,
            Some(work) => Some(work.clone()),
        })
        .await;
    assert_eq!(work, Work::Done);
}

fn draft(name: &str) -> AgentDraft {
    AgentDraft {
        name: name.into(),
        provider: "anthropic".into(),
        model: "claude-sonnet-4-5".into(),
        instructions: "Be brief.".into(),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_an_owner_changes_a_member_sees_and_may_not_change() {
    let world = World::start(None).await;
    grace(&world).await;
    let (ada, grace) = (owner(&world).await, member(&world).await);
    assert!(person(&ada.core.model()).unwrap().may(Action::ManageAgents));
    assert!(!person(&grace.core.model()).unwrap().may(Action::ManageAgents));
    let save = |ticket, name| Command::SaveAgent {
        ticket: Ticket(ticket),
        agent: None,
        draft: draft(name),
    };
    ada.core.send(save(1, "Researcher"));
    done(&ada, 1).await;
    let agent = grace.until("the agent", |m| m.workspace.agents.items().first().cloned()).await;
    assert_eq!(agent.name, "Researcher");
    // A key is written once and never comes back.
    ada.core.send(Command::SetApiKey {
        ticket: Ticket(2),
        agent: agent.id.clone(),
        provider: "anthropic".into(),
        key: ApiKey::new("sk-ant-secret-1234".into()),
    });
    done(&ada, 2).await;
    let hint = grace
        .until("the hint", |m| m.workspace.agents.items().first()?.keys.first().cloned())
        .await;
    assert_eq!(hint.last4, "1234");
    assert!(!format!("{:?}", grace.core.model()).contains("sk-ant"));
    // The server refuses what is not offered.
    grace.core.send(save(3, "Intruder"));
    let refused = grace
        .until("the refusal", |m| match m.work.get(&Ticket(3)) {
            Some(Work::Failed(problem)) => Some(problem.clone()),
            _ => None,
        })
        .await;
    assert_eq!(refused.what, "Your role does not allow this.");
    ada.core.send(Command::DeleteAgent(agent.id.clone()));
    grace.until("it to go", |m| m.workspace.agents.items().is_empty().then_some(())).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_task_lives_through_its_states_with_its_log() {
    let world = World::start(None).await;
    let ada = owner(&world).await;
    ada.core.send(Command::SaveAgent { ticket: Ticket(1), agent: None, draft: draft("Builder") });
    done(&ada, 1).await;
    let agent = ada.core.model().workspace.agents.items()[0].id.clone();
    let draft =
        TaskDraft { title: "Tidy up".into(), brief: "All of it".into(), agent: Some(agent) };
    ada.core.send(Command::CreateTask { ticket: Ticket(2), draft });
    done(&ada, 2).await;
    let task = ada.until("the task", |m| m.workspace.tasks.items().first().cloned()).await;
    assert_eq!((task.number, task.state), (1, TaskState::Queued));
    ada.core.send(Command::OpenTaskLog(Some(task.id.clone())));
    let runner = Runner::new(&world);
    runner.report(&task.id, r#"{"state":"running","percent":40,"log":["one","two"]}"#).await;
    ada.until("progress", |m| {
        let task = m.workspace.tasks.items().first()?;
        (task.state == TaskState::Running && task.percent == Some(40)).then_some(())
    })
    .await;
    let lines = |m: &Model| {
        let log = m.workspace.log.as_ref()?;
        Some(log.lines.iter().map(|line| line.text.clone()).collect::<Vec<_>>())
    };
    ada.until("the log", |m| (lines(m)? == ["one", "two"]).then_some(())).await;
    runner.report(&task.id, r#"{"log":["three"]}"#).await;
    ada.until("more", |m| (lines(m)?.len() == 3).then_some(())).await;
    ada.core.send(Command::CancelTask(task.id.clone()));
    let state = |m: &Model| Some(m.workspace.tasks.items().first()?.state);
    ada.until("the end", |m| (state(m)? == TaskState::Cancelled).then_some(())).await;
    assert_eq!(runner.report(&task.id, r#"{"state":"done"}"#).await, 409, "the runner is told");
    ada.core.send(Command::RetryTask(task.id.clone()));
    ada.until("the retry", |m| (state(m)? == TaskState::Queued).then_some(())).await;
}

/// The program that works on tasks, as a stranger would write it.
struct Runner {
    door: net::Door,
    url: String,
    token: String,
}

impl Runner {
    fn new(world: &World) -> Self {
        let store = world.cloud.as_ref().unwrap().store();
        let token = store.add_runner(&world.workspace).unwrap();
        Self { door: world.door(), url: world.url.clone(), token }
    }

    async fn report(&self, task: &str, body: &str) -> u16 {
        let request = http::Request::post(format!("{}/v1/runner/tasks/{task}", self.url))
            .header("authorization", format!("Bearer {}", self.token))
            .header("content-type", "application/json")
            .body(body.as_bytes().to_vec())
            .unwrap();
        let answer = self.door.request(net::Purpose::CloudApi, request).await.unwrap();
        answer.status().as_u16()
    }
}

fn texts(model: &Model) -> Vec<(String, Delivery)> {
    let open = model.conversations.open.as_ref();
    open.into_iter()
        .flat_map(|thread| thread.messages.iter())
        .map(|message| (message.text.clone(), message.delivery))
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_written_offline_is_sent_once_also_across_a_crash() {
    let mut world = World::start(None).await;
    let ada = owner(&world).await;
    ada.core.send(Command::SendMessage("before".into()));
    ada.until("the message there", |m| {
        (texts(m) == [("before".to_owned(), Delivery::Sent)]).then_some(())
    })
    .await;
    let id = ada.core.model().conversations.open.as_ref().unwrap().id.clone();
    world.cloud.take().unwrap().kill().await;
    ada.until("offline", |m| matches!(m.cloud, CloudLink::Waiting { .. }).then_some(())).await;
    ada.core.send(Command::SendMessage("while offline".into()));
    let draft = TaskDraft { title: "Offline task".into(), ..TaskDraft::default() };
    ada.core.send(Command::CreateTask { ticket: Ticket(1), draft });
    ada.until("both kept", |m| {
        (m.conversations.unsent == 2 && m.work.get(&Ticket(1)) == Some(&Work::Queued)).then_some(())
    })
    .await;
    assert_eq!(texts(&ada.core.model())[1], ("while offline".to_owned(), Delivery::Unsent));
    // On disk, and then the program is gone.
    let outbox = world.folder.path().join("app/outbox");
    while std::fs::read_dir(&outbox).unwrap().count() < 2 {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    drop(ada);
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    let ada = world.app(config(&world, "app", None));
    ada.until("the cloud to be missed", |m| match &m.account {
        Account::SignedOut(form) => form.problem.clone(),
        _ => None,
    })
    .await;
    world.restart_cloud().await;
    online(&ada).await;
    ada.until("nothing unsent", |m| (m.conversations.unsent == 0).then_some(())).await;
    ada.core.send(Command::OpenConversation(Some(id.clone())));
    let sent = |text: &str| (text.to_owned(), Delivery::Sent);
    let both = [sent("before"), sent("while offline")];
    ada.until("both there", |m| (texts(m) == both).then_some(())).await;
    let tasks = |m: &Model| m.workspace.tasks.items().len();
    ada.until("the task", |m| (tasks(m) == 1).then_some(())).await;
    // Another machine of the same person sees each once.
    let other = world.app(config(&world, "elsewhere", Some((e2e::EMAIL, e2e::PASSWORD))));
    online(&other).await;
    other.core.send(Command::OpenConversation(Some(id)));
    other.until("both there too", |m| (texts(m) == both).then_some(())).await;
    assert_eq!(tasks(&other.core.model()), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_conversation_begun_without_an_account_syncs_on_joining() {
    let world = World::start(None).await;
    let app = world.app(config(&world, "app", None));
    app.until("the form", |m| matches!(m.account, Account::SignedOut(_)).then_some(())).await;
    app.core.send(Command::ContinueLocally);
    app.until("local", |m| (m.account == Account::Local).then_some(())).await;
    app.core.send(Command::SendMessage("A thought\nwith a second line".into()));
    let row = |m: &Model| m.conversations.list.items().first().cloned();
    let local = app.until("the row", row).await;
    assert_eq!((local.title.as_str(), local.place), ("A thought", Place::Local));
    assert_eq!(texts(&app.core.model())[0].1, Delivery::Local);
    app.core.send(Command::ShowSignIn);
    let password = Password::new(e2e::PASSWORD.into());
    app.core.send(Command::SignIn { email: e2e::EMAIL.into(), password });
    app.until("the sync", |m| (row(m)?.place == Place::Synced).then_some(())).await;
    app.until("all sent", |m| {
        let sent = texts(m).iter().all(|(_, delivery)| *delivery == Delivery::Sent);
        (sent && m.conversations.unsent == 0).then_some(())
    })
    .await;
    app.core.send(Command::SearchConversations("SECOND line".into()));
    let hit =
        app.until("the hit", |m| m.conversations.search.as_ref()?.hits.first().cloned()).await;
    assert_eq!(hit.excerpt, "with a second line");
    // An owner reads a member's conversations, and a member not an owner's.
    grace(&world).await;
    let grace = member(&world).await;
    assert_eq!(grace.core.model().conversations.list.items().len(), 0);
    grace.core.send(Command::SendMessage("From Grace".into()));
    app.until("her row", |m| {
        let rows = m.conversations.list.items();
        rows.iter().any(|row| row.author.as_deref() == Some("Grace Hopper")).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_invited_person_joins_and_a_removed_one_is_out_at_once() {
    let world = World::start(None).await;
    let ada = owner(&world).await;
    ada.core.send(Command::Invite { ticket: Ticket(1), email: GRACE.into(), role: Role::Member });
    done(&ada, 1).await;
    let invitation = ada.core.model().workspace.invitation.clone().unwrap();
    let grace = world.app(config(&world, "app2", None));
    grace.until("the form", |m| matches!(m.account, Account::SignedOut(_)).then_some(())).await;
    grace.core.send(Command::AcceptInvitation {
        code: InvitationText::new(format!(" {} ", invitation.code.expose())),
        name: "Grace Hopper".into(),
        password: Password::new(SECRET.into()),
    });
    online(&grace).await;
    let id = person(&grace.core.model()).unwrap().id;
    ada.until("her row", |m| {
        let people = m.workspace.people.items();
        people.iter().any(|p| p.id == id && !p.invited).then_some(())
    })
    .await;
    // Made an owner, she sees the people.
    ada.core.send(Command::ChangeRole { person: id.clone(), role: Role::Owner });
    grace
        .until("the people", |m| {
            let owner = person(m)?.role == Role::Owner;
            (owner && m.workspace.people.items().len() == 2).then_some(())
        })
        .await;
    ada.core.send(Command::RemovePerson(id));
    let reason = grace
        .until("the form with the reason", |m| match &m.account {
            Account::SignedOut(form) => form.problem.clone(),
            _ => None,
        })
        .await;
    assert_eq!(reason.what, "You were signed out.");
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert!(!world.folder.path().join("app2/session.json").exists());
    // A workspace keeps an owner.
    let own = person(&ada.core.model()).unwrap().id;
    ada.core.send(Command::ChangeRole { person: own, role: Role::Member });
    ada.until("the notice", |m| {
        (m.notice.as_ref()?.what == "A workspace needs an owner.").then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_sop_and_a_skill_are_made_with_live_progress() {
    let world = World::start(None).await;
    let port = world.cloud.as_ref().unwrap().address().port();
    let door = |progress: bool| {
        let policy = match progress {
            true => net::Policy::default().allow_cloud("localhost", port),
            false => net::Policy::default()
                .allow(net::Purpose::CloudApi, "localhost", Some(port))
                .allow(net::Purpose::CloudRealtime, "localhost", Some(port)),
        };
        let roots = world.authorities().into_iter().map(net::CertificateDer::from).collect();
        net::Door::new(policy, net::Trust::SystemAnd(roots)).unwrap()
    };
    let open = door(true);
    let sign_in = Some((e2e::EMAIL, e2e::PASSWORD));
    let app = App::start(config(&world, "app", sign_in), open.clone());
    online(&app).await;
    let draft = SopDraft { name: "Release".into(), goal: "Ship without fear".into() };
    app.core.send(Command::GenerateSop { ticket: Ticket(1), draft: draft.clone() });
    app.until("progress", |m| m.workspace.progress.values().find(|p| p.percent > 0).cloned()).await;
    let ready = |m: &Model| {
        let sop = m.workspace.sops.items().iter().find(|d| d.state == DocumentState::Ready)?;
        m.workspace.progress.is_empty().then(|| sop.clone())
    };
    let sop = app.until("the SOP", ready).await;
    assert!(sop.text.contains("Ship without fear"), "{}", sop.text);
    let pushers = || {
        let entries = open.log().entries();
        entries.into_iter().filter(|e| e.purpose == net::Purpose::Progress).collect::<Vec<_>>()
    };
    app.until("the connection's end", |_| {
        pushers().iter().all(|e| matches!(e.state, net::State::Ended(_))).then_some(())
    })
    .await;
    assert_eq!(pushers().len(), 1);
    app.core.send(Command::CompileSkill(sop.id.clone()));
    app.until("the skill", |m| {
        let skill = m.workspace.skills.items().first()?;
        (skill.state == DocumentState::Ready && skill.source.as_ref() == Some(&sop.id))
            .then_some(())
    })
    .await;
    // Where Pusher is blocked only the progress is missing.
    let app = App::start(config(&world, "app2", sign_in), door(false));
    online(&app).await;
    app.core.send(Command::GenerateSop { ticket: Ticket(1), draft });
    app.until("the second SOP", |m| {
        let ready = |d: &&Arc<Document>| d.state == DocumentState::Ready;
        (m.workspace.sops.items().iter().filter(ready).count() == 2).then_some(())
    })
    .await;
    assert!(app.core.model().workspace.progress.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_browser_signs_in_without_an_inbound_port() {
    let world = World::start(None).await;
    let opened = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&opened);
    let app = world.app(Config {
        browser: Box::new(move |address| {
            seen.lock().push(address.to_owned());
            true
        }),
        ..config(&world, "app", None)
    });
    app.until("the form", |m| matches!(m.account, Account::SignedOut(_)).then_some(())).await;
    app.core.send(Command::SignInWithBrowser);
    let shown = app
        .until("the code", |m| match &m.account {
            Account::SignedOut(form) => form.browser.clone(),
            _ => None,
        })
        .await;
    assert_eq!(opened.lock().as_slice(), std::slice::from_ref(&shown.address));
    assert!(shown.address.starts_with(&world.url), "{}", shown.address);
    // The person, in the browser.
    let door = world.door();
    let post = async |path: &str, fields: &[(&str, &str)]| {
        let body = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish()
            .into_bytes();
        let request = http::Request::post(format!("{}{path}", world.url))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body)
            .unwrap();
        let answer = door.request(net::Purpose::CloudApi, request).await.unwrap();
        String::from_utf8(answer.into_body().to_vec()).unwrap()
    };
    let fields =
        [("user_code", shown.code.as_str()), ("email", e2e::EMAIL), ("password", e2e::PASSWORD)];
    let page = post("/device", &fields).await;
    let ticket = page.split("name=\"ticket\" value=\"").nth(1).unwrap();
    let ticket = ticket.split('"').next().unwrap();
    post("/device/decide", &[("ticket", ticket), ("decision", "agree")]).await;
    let signed_in = app.until("the sign-in", person).await;
    assert_eq!(signed_in.name, "Ada Lovelace");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn workspaces_are_switched_and_remembered() {
    let world = World::start(None).await;
    let store = world.cloud.as_ref().unwrap().store();
    let second = store.add_workspace("Zeppelins").unwrap();
    store.add_member(&second, &world.person, wire::Role::Member).unwrap();
    let ada = owner(&world).await;
    let name = |m: &Model| person(m).map(|p| p.workspace);
    assert_eq!(name(&ada.core.model()).unwrap(), "Works");
    ada.core.send(Command::SwitchWorkspace(second.clone()));
    ada.until("the other", |m| (name(m)? == "Zeppelins").then_some(())).await;
    online(&ada).await;
    assert_eq!(person(&ada.core.model()).unwrap().role, Role::Member);
    let stored = world.folder.path().join("app/session.json");
    while !std::fs::read_to_string(&stored).unwrap_or_default().contains(&second) {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    drop(ada);
    let again = world.app(config(&world, "app", None));
    again.until("the same again", |m| (name(m)? == "Zeppelins").then_some(())).await;
}

/// Two people share a machine, and its files.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_a_shared_machine_each_account_has_its_own_conversations() {
    let world = World::start(None).await;
    grace(&world).await;
    let app = world.app(config(&world, "app", Some((GRACE, SECRET))));
    online(&app).await;
    // A tab in the first line: the title is without it.
    app.core.send(Command::SendMessage("Grace's\tplan".into()));
    app.until("the message there", |m| {
        (texts(m).first()?.1 == Delivery::Sent && m.conversations.unsent == 0).then_some(())
    })
    .await;
    let id = app.core.model().conversations.open.as_ref().unwrap().id.clone();
    app.core.send(Command::SearchConversations("plan".into()));
    app.until("the hit", |m| m.conversations.search.as_ref()?.hits.first().cloned()).await;
    app.core.send(Command::SignOut);
    app.until("the form", |m| matches!(m.account, Account::SignedOut(_)).then_some(())).await;
    let left = app.core.model();
    assert_eq!((left.conversations.list.items().len(), &left.conversations.search), (0, &None));
    // An owner reads it as the workspace's, not as her own, and cannot write in it.
    let password = Password::new(e2e::PASSWORD.into());
    app.core.send(Command::SignIn { email: e2e::EMAIL.into(), password });
    online(&app).await;
    let row = app.until("the row", |m| m.conversations.list.items().first().cloned()).await;
    assert_eq!((row.title.as_str(), row.place), ("Grace's plan", Place::Workspace));
    assert_eq!(row.author.as_deref(), Some("Grace Hopper"));
    app.core.send(Command::OpenConversation(Some(id)));
    app.until("her message", |m| (texts(m).len() == 1).then_some(())).await;
    assert!(!app.core.model().conversations.open.as_ref().unwrap().writable);
    app.core.send(Command::SendMessage("Ada's remark".into()));
    app.until("why not", |m| m.notice.clone()).await;
    assert_eq!(texts(&app.core.model()).len(), 1);
}

/// A conversation that is longer than the outbox takes at once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_long_conversation_syncs_whole_and_in_order() {
    let world = World::start(None).await;
    let app = world.app(config(&world, "app", None));
    app.until("the form", |m| matches!(m.account, Account::SignedOut(_)).then_some(())).await;
    app.core.send(Command::ContinueLocally);
    for n in 0..150 {
        app.core.send(Command::SendMessage(format!("number {n}")));
    }
    app.until("all written", |m| (texts(m).len() == 150).then_some(())).await;
    let id = app.core.model().conversations.open.as_ref().unwrap().id.clone();
    let password = Password::new(e2e::PASSWORD.into());
    app.core.send(Command::SignIn { email: e2e::EMAIL.into(), password });
    online(&app).await;
    app.core.send(Command::SendMessage("the last".into()));
    let wanted: Vec<_> =
        (0..150).map(|n| format!("number {n}")).chain(["the last".into()]).collect();
    let all = |m: &Model| {
        let sent = texts(m).into_iter().filter(|(_, delivery)| *delivery == Delivery::Sent);
        (sent.map(|(text, _)| text).collect::<Vec<_>>() == wanted).then_some(())
    };
    app.until("all sent", all).await;
    let other = world.app(config(&world, "elsewhere", Some((e2e::EMAIL, e2e::PASSWORD))));
    online(&other).await;
    other.core.send(Command::OpenConversation(Some(id)));
    other.until("all of them there", all).await;
}
