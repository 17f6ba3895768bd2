use super::View;
use crate::parts::fixtures::*;
use egui::Key;
use egui::accesskit::Role as Node;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use multiclaw_core::Command;
use multiclaw_core::model::*;

type H = Harness<'static, State<View>>;

fn full() -> Model {
    let mut model = online();
    model.workspace.agents = agents();
    model
}

fn see(model: Model, role: Role) -> H {
    stage(View::show, model, person(role), &WIDE)
}

#[test]
fn every_state_of_the_list_is_said() {
    see(online(), Role::Member).get_by_label("Loading agents…");
    let mut model = online();
    model.workspace.agents = ready(vec![]);
    let member = see(model.clone(), Role::Member);
    member.get_by_label("No agents yet");
    assert!(!has(&member, "Make the first agent"));
    let mut owner = see(model, Role::Owner);
    click(&mut owner, Node::Button, "Make the first agent");
    owner.get_by_role_and_label(Node::Dialog, "New agent");
    let mut model = online();
    model.workspace.agents = Load::Failed(problem());
    let mut h = see(model, Role::Member);
    h.get_by_label("The cloud does not answer. Check the network.");
    click(&mut h, Node::Button, "Try again");
    assert_eq!(h.state().commands, [Command::RefreshWorkspace]);
}

#[test]
fn members_read_and_owners_write() {
    let acts = ["New agent", "Edit", "Delete", "Set a key", "Remove the OpenAI key"];
    let mut member = see(full(), Role::Member);
    member.get_by_label("Only owners can change agents.");
    open(&mut member, "Research");
    member.get_by_label("Anthropic key …x4Qz, Set 3 Nov 2026");
    member.get_by_label_contains("Say which sources you used");
    assert!(acts.iter().all(|act| !has(&member, act)));
    let mut owner = see(full(), Role::Owner);
    open(&mut owner, "Research");
    assert!(acts.iter().all(|act| can(&owner, act)));
    let mut away = see(offline(full()), Role::Owner);
    open(&mut away, "Research");
    away.get_by_label("claude-sonnet-4-5");
    assert!(acts.iter().all(|act| has(&away, act) && !can(&away, act)));
}

#[test]
fn an_agent_is_made_with_the_keyboard() {
    let mut h = see(full(), Role::Owner);
    click(&mut h, Node::Button, "New agent");
    typed(&mut h, "Sorter");
    assert!(!can(&h, "Create agent"), "it has no model yet");
    click(&mut h, Node::RadioButton, "Anthropic");
    click(&mut h, Node::Button, "Use claude-haiku-4-5");
    h.get_by_role_and_label(Node::TextInput, "Name").focus();
    h.run_steps(2);
    press(&mut h, Key::Enter);
    let last = h.state().commands.last().cloned();
    let Some(Command::SaveAgent { ticket, agent: None, draft }) = last else { panic!("{last:?}") };
    assert_eq!(
        (draft.name.as_str(), draft.provider.as_str(), draft.model.as_str()),
        ("Sorter", "anthropic", "claude-haiku-4-5")
    );
    answer(&mut h, ticket, Work::Failed(problem()));
    h.get_by_label("The cloud does not answer. Check the network.");
    let name = h.get_by_role_and_label(Node::TextInput, "Name");
    assert_eq!(name.accesskit_node().value().as_deref(), Some("Sorter"));
    press(&mut h, Key::Escape);
    assert!(h.query_by_role(Node::Dialog).is_none());
    assert_eq!(h.state().commands.last(), Some(&Command::Forget(ticket)));
}

#[test]
fn an_agent_is_edited_with_what_it_has() {
    let mut h = see(full(), Role::Owner);
    open(&mut h, "Translator");
    click(&mut h, Node::Button, "Edit");
    let other = h.get_by_role_and_label(Node::TextInput, "Name of the provider");
    assert_eq!(other.accesskit_node().value().as_deref(), Some("mistral"));
    click(&mut h, Node::Button, "Save");
    let last = h.state().commands.last().cloned();
    let Some(Command::SaveAgent { ticket, agent, draft }) = last else { panic!("{last:?}") };
    assert_eq!((agent.as_deref(), draft.provider.as_str()), (Some("a-3"), "mistral"));
    answer(&mut h, ticket, Work::Done);
    assert!(h.query_by_role(Node::Dialog).is_none());
}

#[test]
fn instructions_that_are_too_long_are_not_sent() {
    let mut model = online();
    let mut long = agent("a-1", "Long", "openai", "gpt-5");
    long.instructions = "x".repeat(16 * 1024 + 1);
    model.workspace.agents = ready(vec![long]);
    let mut h = see(model, Role::Owner);
    open(&mut h, "Long");
    click(&mut h, Node::Button, "Edit");
    h.get_by_label("16.1 of 16 KiB");
    assert!(has(&h, "Save") && !can(&h, "Save"));
}

#[test]
fn a_key_is_written_once_and_its_field_is_emptied() {
    let mut h = see(full(), Role::Owner);
    open(&mut h, "Invoices");
    h.get_by_label("No key for OpenAI yet");
    click(&mut h, Node::Button, "Set a key");
    h.get_by_label_contains("Written once, never shown again.");
    assert!(has(&h, "Set key") && !can(&h, "Set key"));
    typed(&mut h, "sk-hunter2");
    press(&mut h, Key::Enter);
    let commands = &h.state().commands;
    let Some(Command::SetApiKey { ticket, agent, provider, key }) = commands.last().cloned() else {
        panic!("{commands:?}")
    };
    assert_eq!((agent.as_str(), provider.as_str(), key.expose()), ("a-2", "openai", "sk-hunter2"));
    assert!(!format!("{commands:?}").contains("hunter2"));
    answer(&mut h, ticket, Work::Failed(problem()));
    h.get_by_label("The cloud does not answer. Check the network.");
    let field = h.get_by_role_and_label(Node::PasswordInput, "API key");
    assert_eq!(field.accesskit_node().value().unwrap_or_default(), "");
    // What was typed is not brought back by undo either.
    field.focus();
    h.run_steps(2);
    h.key_press_modifiers(egui::Modifiers::COMMAND, Key::Z);
    h.run_steps(3);
    assert!(!can(&h, "Set key"));
}

#[test]
fn a_key_is_replaced_and_removed() {
    let mut h = see(full(), Role::Owner);
    open(&mut h, "Research");
    click(&mut h, Node::Button, "Replace the OpenAI key");
    typed(&mut h, "new");
    click(&mut h, Node::Button, "Set key");
    let last = h.state().commands.last().cloned();
    let Some(Command::SetApiKey { ticket, provider, .. }) = last else { panic!("{last:?}") };
    assert_eq!(provider, "openai");
    answer(&mut h, ticket, Work::Done);
    click(&mut h, Node::Button, "Remove the OpenAI key");
    h.get_by_role_and_label(Node::Dialog, "Remove the OpenAI key?");
    press(&mut h, Key::Enter);
    assert!(h.query_by_role(Node::Dialog).is_none(), "Enter does no harm");
    assert!(!h.state().commands.iter().any(|c| matches!(c, Command::RemoveApiKey { .. })));
    click(&mut h, Node::Button, "Remove the OpenAI key");
    click(&mut h, Node::Button, "Remove key");
    let remove = Command::RemoveApiKey { agent: "a-1".into(), provider: "openai".into() };
    assert_eq!(h.state().commands.last(), Some(&remove));
}

#[test]
fn deleting_asks_first_and_says_what_becomes_of_the_tasks() {
    let mut h = see(full(), Role::Owner);
    open(&mut h, "Research");
    click(&mut h, Node::Button, "Delete");
    h.get_by_label_contains("Its tasks become unassigned");
    click(&mut h, Node::Button, "Keep it");
    assert!(h.state().commands.is_empty());
    click(&mut h, Node::Button, "Delete");
    click(&mut h, Node::Button, "Delete agent");
    assert_eq!(h.state().commands, [Command::DeleteAgent("a-1".into())]);
    h.state_mut().model.workspace.agents = ready(vec![]);
    h.run_steps(3);
    h.get_by_label("No agents yet");
    assert!(rests(&mut h));
}
