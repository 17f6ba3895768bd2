//! All that the palette finds.

use super::fuzzy::Haystack;
use crate::icons::Icon;
use crate::settings::Page;
use crate::shell::{Ask, Screen};
use multiclaw_core::Command;
use multiclaw_core::model::{
    Agent, ChatAgent, ChatRow, CloudLink, Control, Conversation, Desktop, DesktopState, Desktops,
    Document, Fixed, GatewayLink, Load, Model, Person, Program, Setting, Settings, Task, Theme,
    WebRtcMode, WorkspaceChoice,
};
use multiclaw_core::tr;
use std::sync::Arc;

/// One thing to find.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) icon: Icon,
    pub(super) title: String,
    /// What kind of thing it is, or its shortcut.
    pub(super) hint: &'static str,
    /// What it is found by.
    pub(super) hay: Haystack,
    /// Among those that fit alike, and when nothing is typed.
    pub(super) weight: i32,
    pub(super) act: Act,
}

/// What choosing it does. Small, for there may be ten thousand of them.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Act {
    Ask(Ask),
    Conversation(Arc<Conversation>),
    Task(Arc<Task>),
    Chat(Arc<ChatRow>),
}

impl Act {
    /// In the order they are to be done.
    pub(super) fn asks(&self) -> Vec<Ask> {
        match self {
            Self::Ask(Ask::Send(command @ Command::NewConversation)) => {
                vec![Ask::Go(Screen::Conversations), Ask::Send(command.clone())]
            }
            Self::Ask(Ask::Send(command @ Command::NewChat(_))) => {
                vec![Ask::Go(Screen::Chat), Ask::Send(command.clone())]
            }
            Self::Ask(Ask::Send(command @ Command::CheckForUpdates)) => {
                vec![Ask::Settings(Page::Updates), Ask::Send(command.clone())]
            }
            Self::Ask(ask) => vec![ask.clone()],
            Self::Chat(chat) => {
                vec![Ask::Go(Screen::Chat), Ask::Send(Command::OpenChat(Some(chat.key.clone())))]
            }
            Self::Conversation(c) => vec![
                Ask::Go(Screen::Conversations),
                Ask::Send(Command::OpenConversation(Some(c.id.clone()))),
            ],
            Self::Task(t) => {
                vec![Ask::Go(Screen::Tasks), Ask::Send(Command::OpenTaskLog(Some(t.id.clone())))]
            }
        }
    }
}

/// What the entries were made of. While it is the same, so are they.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sources {
    person: Option<Person>,
    settings: Settings,
    fixed: Fixed,
    offline: bool,
    desktops: Vec<Desktop>,
    agents: Kept<Agent>,
    tasks: Kept<Task>,
    sops: Kept<Document>,
    skills: Kept<Document>,
    conversations: Kept<Conversation>,
    chats: Kept<ChatRow>,
    chat_agents: Kept<ChatAgent>,
    gateway: Gateway,
    /// A turn is running in the open chat, and can be stopped.
    running: bool,
}

/// What can be done with the gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gateway {
    Online,
    /// It can be started.
    Stopped,
    /// Nothing, now.
    Other,
}

impl Gateway {
    fn of(model: &Model) -> Self {
        let gateway = &model.gateway;
        let busy = !matches!(gateway.control, None | Some(Control::Failed(_)));
        let program = matches!(gateway.program, Program::Found { .. });
        match gateway.link {
            GatewayLink::Online if !busy => Self::Online,
            GatewayLink::Stopped if !busy && program => Self::Stopped,
            _ => Self::Other,
        }
    }
}

/// A list, compared by where it is: the same list is not looked through again.
#[derive(Clone, Debug)]
struct Kept<T>(Option<Arc<Vec<Arc<T>>>>);

impl<T> Kept<T> {
    fn of(load: &Load<T>) -> Self {
        match load {
            Load::Ready(items) => Self(Some(Arc::clone(items))),
            Load::Loading | Load::Failed(_) => Self(None),
        }
    }

    fn items(&self) -> &[Arc<T>] {
        self.0.as_ref().map_or(&[], |items| items.as_slice())
    }
}

impl<T> PartialEq for Kept<T> {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Some(a), Some(b)) => Arc::ptr_eq(a, b),
            (None, None) => true,
            _ => false,
        }
    }
}

impl Sources {
    pub(super) fn of(person: Option<&Person>, model: &Model) -> Self {
        let desktops = match &model.desktops {
            Desktops::Ready(list) => list.clone(),
            Desktops::Loading | Desktops::Failed(_) => Vec::new(),
        };
        Self {
            person: person.cloned(),
            settings: model.settings,
            fixed: model.fixed,
            offline: matches!(model.cloud, CloudLink::Waiting { .. }),
            desktops,
            agents: Kept::of(&model.workspace.agents),
            tasks: Kept::of(&model.workspace.tasks),
            sops: Kept::of(&model.workspace.sops),
            skills: Kept::of(&model.workspace.skills),
            conversations: Kept::of(&model.conversations.list),
            chats: Kept::of(&model.chat.list),
            chat_agents: Kept::of(&model.chat.agents),
            gateway: Gateway::of(model),
            running: model
                .chat
                .open
                .as_ref()
                .and_then(|open| open.run.as_ref())
                .is_some_and(|run| !run.stopping),
        }
    }

    /// Everything, what is wanted most often first.
    pub(super) fn entries(&self) -> Vec<Entry> {
        let mut all = Vec::with_capacity(64 + self.conversations.items().len());
        self.screens(&mut all);
        self.actions(&mut all);
        self.gateway(&mut all);
        if self.person.as_ref().is_some_and(|p| !p.workspace.is_empty()) {
            self.workspace(&mut all);
        }
        for c in self.conversations.items() {
            let act = Act::Conversation(Arc::clone(c));
            all.push(entry(Icon::Chat, c.title.clone(), tr!("shell-kind-conversation"), 0, act));
        }
        for chat in self.chats.items() {
            let act = Act::Chat(Arc::clone(chat));
            all.push(entry(Icon::Spark, chat.title.clone(), tr!("shell-kind-chat"), 0, act));
        }
        all
    }

    /// What is done with the agents on this computer.
    fn gateway(&self, all: &mut Vec<Entry>) {
        let mut add = |icon, title: String, weight, command| {
            let act = Act::Ask(Ask::Send(command));
            all.push(entry(icon, title, tr!("shell-kind-action"), weight, act));
        };
        match self.gateway {
            Gateway::Online => {
                if self.running {
                    let title = tr!("shell-stop-turn").to_owned();
                    add(Icon::Stop, title, 70, Command::StopChat);
                }
                add(Icon::Plus, tr!("shell-new-chat").to_owned(), 55, Command::NewChat(None));
                let agents = self.chat_agents.items();
                for agent in agents.iter().filter(|_| agents.len() > 1) {
                    let title = tr!("shell-new-chat-with", agent = agent.name.as_str());
                    add(Icon::Plus, title, 35, Command::NewChat(Some(agent.id.clone())));
                }
                let title = tr!("shell-restart-gateway").to_owned();
                add(Icon::Refresh, title, 10, Command::RestartGateway);
            }
            Gateway::Stopped => {
                add(Icon::Here, tr!("shell-start-gateway").to_owned(), 65, Command::StartGateway);
            }
            Gateway::Other => {}
        }
    }

    fn screens(&self, all: &mut Vec<Entry>) {
        for screen in Screen::ALL.into_iter().filter(|s| s.offered(self.person.as_ref())) {
            let title = tr!("shell-go-to", screen = screen.name());
            let act = Act::Ask(Ask::Go(screen));
            all.push(entry(screen.icon(), title, screen.shortcut(), 60, act));
        }
        for page in Page::ALL.into_iter().filter(|p| p.offered(self.person.as_ref())) {
            let title = tr!("shell-settings-page", page = page.name());
            all.push(entry(
                page.icon(),
                title,
                tr!("shell-kind-settings"),
                20,
                Act::Ask(Ask::Settings(page)),
            ));
        }
    }

    fn actions(&self, all: &mut Vec<Entry>) {
        let mut add = |icon, title: String, weight, ask| {
            all.push(entry(icon, title, tr!("shell-kind-action"), weight, Act::Ask(ask)));
        };
        let person = self.person.as_ref();
        let new = Ask::Send(Command::NewConversation);
        add(Icon::Plus, tr!("shell-new-conversation").to_owned(), 50, new);
        if Screen::Tasks.offered(person) {
            add(Icon::Plus, tr!("shell-new-task").to_owned(), 50, Ask::Go(Screen::Tasks));
        }
        for (theme, name) in [
            (Theme::System, tr!("shell-theme-system")),
            (Theme::Light, tr!("shell-theme-light")),
            (Theme::Dark, tr!("shell-theme-dark")),
        ] {
            if theme != self.settings.theme && !self.fixed.has(Setting::Theme) {
                let ask = Ask::Send(Command::SetTheme(theme));
                add(Icon::Palette, name.to_owned(), 30, ask);
            }
        }
        for (mode, name) in [
            (WebRtcMode::Automatic, tr!("shell-webrtc-automatic")),
            (WebRtcMode::TurnRelay, tr!("shell-webrtc-relay")),
        ] {
            if mode != self.settings.webrtc && !self.fixed.has(Setting::WebRtc) {
                let ask = Ask::Send(Command::SetWebRtcMode(mode));
                add(Icon::Link, name.to_owned(), 30, ask);
            }
        }
        let check = Ask::Send(Command::CheckForUpdates);
        add(Icon::Refresh, tr!("shell-check-updates").to_owned(), 10, check);
        let Some(person) = person else {
            add(Icon::Person, tr!("shell-sign-in").to_owned(), 40, Ask::Send(Command::ShowSignIn));
            return;
        };
        add(Icon::Refresh, tr!("shell-refresh").to_owned(), 30, Ask::Refresh);
        if self.offline {
            let ask = Ask::Send(Command::ReconnectCloud);
            add(Icon::Refresh, tr!("shell-reconnect").to_owned(), 40, ask);
        }
        for WorkspaceChoice { id, name, current } in &person.workspaces {
            if !current && !self.offline {
                let ask = Ask::Send(Command::SwitchWorkspace(id.clone()));
                add(Icon::UpDown, tr!("shell-switch-to", workspace = name.as_str()), 25, ask);
            }
        }
        add(Icon::Key, tr!("shell-change-password").to_owned(), 10, Ask::Settings(Page::Account));
        add(Icon::SignOut, tr!("shell-sign-out").to_owned(), 10, Ask::SignOut);
    }

    fn workspace(&self, all: &mut Vec<Entry>) {
        for desktop in &self.desktops {
            let open = desktop.state == DesktopState::Online && !self.offline;
            let act = if open {
                Ask::Send(Command::OpenDesktop(desktop.id.clone()))
            } else {
                Ask::Go(Screen::Desktops)
            };
            let hint = match desktop.state {
                DesktopState::Online => tr!("shell-kind-desktop"),
                DesktopState::Starting => tr!("shell-kind-desktop-starting"),
                DesktopState::Offline => tr!("shell-kind-desktop-offline"),
            };
            let title = if open {
                tr!("shell-open-desktop", name = desktop.name.as_str())
            } else {
                desktop.name.clone()
            };
            all.push(entry(Icon::Desktop, title, hint, 15, Act::Ask(act)));
        }
        let go = |screen| Act::Ask(Ask::Go(screen));
        for agent in self.agents.items() {
            let act = go(Screen::Agents);
            all.push(entry(Icon::Agent, agent.name.clone(), tr!("shell-kind-agent"), 5, act));
        }
        for (list, hint) in
            [(&self.sops, tr!("shell-kind-sop")), (&self.skills, tr!("shell-kind-skill"))]
        {
            for document in list.items() {
                let act = go(Screen::Documents);
                all.push(entry(Icon::Document, document.name.clone(), hint, 5, act));
            }
        }
        for task in self.tasks.items() {
            let title = format!("#{} {}", task.number, task.title);
            all.push(entry(
                Icon::Task,
                title,
                tr!("shell-kind-task"),
                3,
                Act::Task(Arc::clone(task)),
            ));
        }
    }
}

fn entry(icon: Icon, title: String, hint: &'static str, weight: i32, act: Act) -> Entry {
    let hay = Haystack::new(&title);
    Entry { icon, title, hint, hay, weight, act }
}
