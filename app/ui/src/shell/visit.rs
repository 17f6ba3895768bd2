//! Following a link to a place in the program. It goes where a click in the program would go, to
//! what is listed already, and does nothing else.

use super::{Ask, Screen, Shell};
use crate::settings;
use multiclaw_core::Command;
use multiclaw_core::deep_link::Target;
use multiclaw_core::model::{DesktopState, Desktops, GatewayLink, Load, Model, Person, Problem};
use multiclaw_core::tr;

/// How far it came.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Visit {
    /// It is shown.
    Done,
    /// Not everything is known yet.
    Wait,
    /// It cannot be shown. The nearest screen is.
    Failed(Problem),
}

fn failed(what: &str, next: &str) -> Visit {
    Visit::Failed(Problem { what: what.into(), next: next.into() })
}

impl Shell {
    /// Follows it.
    pub(crate) fn visit(
        &mut self,
        target: &Target,
        person: Option<&Person>,
        model: &Model,
        commands: &mut Vec<Command>,
    ) -> Visit {
        let mut go = |ask| self.obey(ask, person, model, commands);
        match target {
            Target::Settings(word) => {
                let page = settings::Page::of_word(word).filter(|page| page.offered(person));
                go(Ask::Settings(page.unwrap_or_default()));
                match page {
                    Some(_) => Visit::Done,
                    None => failed(tr!("shell-link-no-page"), ""),
                }
            }
            Target::Desktop(_) if person.is_none_or(|p| p.workspace.is_empty()) => {
                failed(tr!("shell-link-no-workspace"), tr!("shell-link-sign-in"))
            }
            Target::Desktop(name) => match &model.desktops {
                Desktops::Ready(list) => {
                    go(Ask::Go(Screen::Desktops));
                    let named = || {
                        let mut named = list.iter().filter(|desktop| desktop.name == *name);
                        // Two of one name: the person chooses.
                        named.next().filter(|_| named.next().is_none())
                    };
                    match list.iter().find(|desktop| desktop.id.0 == *name).or_else(named) {
                        Some(desktop) if desktop.state == DesktopState::Online => {
                            go(Ask::Send(Command::OpenDesktop(desktop.id.clone())));
                            Visit::Done
                        }
                        Some(_) => failed(
                            tr!("shell-link-desktop-offline"),
                            tr!("shell-link-desktop-start"),
                        ),
                        None => failed(tr!("shell-link-no-desktop"), ""),
                    }
                }
                Desktops::Failed(problem) => Visit::Failed(problem.clone()),
                Desktops::Loading => Visit::Wait,
            },
            Target::Chat(key) => {
                go(Ask::Go(Screen::Chat));
                match (&model.chat.list, &model.gateway.link) {
                    (Load::Ready(list), GatewayLink::Online) => {
                        if list.iter().any(|row| row.key == *key) {
                            go(Ask::Send(Command::OpenChat(Some(key.clone()))));
                            return Visit::Done;
                        }
                        failed(tr!("shell-link-no-chat"), "")
                    }
                    (Load::Failed(problem), GatewayLink::Online) => Visit::Failed(problem.clone()),
                    (_, GatewayLink::NotInstalled | GatewayLink::Stopped) => {
                        failed(tr!("shell-link-no-gateway"), tr!("shell-link-start-gateway"))
                    }
                    _ => Visit::Wait,
                }
            }
            Target::Conversation(id) => {
                go(Ask::Go(Screen::Conversations));
                match &model.conversations.list {
                    Load::Ready(list) if list.iter().any(|row| row.id == *id) => {
                        go(Ask::Send(Command::OpenConversation(Some(id.clone()))));
                        Visit::Done
                    }
                    Load::Ready(_) => failed(tr!("shell-link-no-conversation"), ""),
                    Load::Failed(problem) => Visit::Failed(problem.clone()),
                    Load::Loading => Visit::Wait,
                }
            }
        }
    }
}
