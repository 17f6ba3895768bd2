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
    model.workspace.people = people();
    model
}

fn see(model: Model, role: Role) -> H {
    stage(View::show, model, person(role), &WIDE)
}

#[test]
fn every_state_of_the_table_is_said() {
    see(online(), Role::Owner).get_by_label("Loading users…");
    let mut model = online();
    model.workspace.people = ready(vec![]);
    see(model, Role::Owner).get_by_label("Nobody here yet");
    let mut model = online();
    model.workspace.people = Load::Failed(problem());
    let mut h = see(model, Role::Owner);
    click(&mut h, Node::Button, "Try again");
    assert_eq!(h.state().commands, [Command::RefreshWorkspace]);
}

#[test]
fn members_see_nobody() {
    let mut h = see(full(), Role::Member);
    h.get_by_label("Only owners can see the users");
    assert!(!has(&h, "Invite") && h.query_by_label_contains("Grace").is_none());
    assert!(rests(&mut h));
}

#[test]
fn rows_say_who_and_since_when() {
    let h = see(full(), Role::Owner);
    h.get_by_label("3 people, 1 invited");
    h.get_by_label("Ada Lovelace (you), ada@example.com, Owner, 21 Nov, 18:03");
    h.get_by_label("charles@example.com, charles@example.com, Member, Invitation open");
    let slim = stage(View::show, full(), person(Role::Owner), &NARROW);
    slim.get_by_label("Alan Turing, alan@example.com, Member, 21 Nov, 18:03");
}

#[test]
fn a_role_is_changed_but_not_ones_own() {
    let mut h = see(full(), Role::Owner);
    assert!(!can(&h, "Role of Ada Lovelace") && !can(&h, "Remove Ada Lovelace"));
    click(&mut h, Node::Button, "Role of Alan Turing");
    click(&mut h, Node::MenuItem, "Member");
    assert!(h.state().commands.is_empty(), "it is that already");
    click(&mut h, Node::Button, "Role of Alan Turing");
    click(&mut h, Node::MenuItem, "Owner");
    let change = Command::ChangeRole { person: "u-alan".into(), role: Role::Owner };
    assert_eq!(h.state().commands, [change]);
}

#[test]
fn the_last_owner_stays_one() {
    let mut model = online();
    // The person's own row may not be there yet.
    let mut invited = member("i-1", "Charles", true);
    invited.invited = true;
    model.workspace.people =
        ready(vec![member("u-grace", "Grace Hopper", true), invited, member("u-x", "X", false)]);
    let h = see(model, Role::Owner);
    assert!(!can(&h, "Role of Grace Hopper") && !can(&h, "Remove Grace Hopper"));
    assert!(can(&h, "Role of X") && can(&h, "Remove X"));
    let two = see(full(), Role::Owner);
    assert!(can(&two, "Role of Grace Hopper") && can(&two, "Remove Grace Hopper"));
}

#[test]
fn removing_asks_first() {
    let mut h = see(full(), Role::Owner);
    click(&mut h, Node::Button, "Remove Alan Turing");
    h.get_by_label_contains("Their sessions end at once.");
    press(&mut h, Key::Escape);
    assert!(h.state().commands.is_empty() && h.query_by_role(Node::Dialog).is_none());
    click(&mut h, Node::Button, "Remove Alan Turing");
    press(&mut h, Key::Enter);
    assert!(h.state().commands.is_empty() && h.query_by_role(Node::Dialog).is_none());
    click(&mut h, Node::Button, "Remove Alan Turing");
    click(&mut h, Node::Button, "Remove");
    assert_eq!(h.state().commands, [Command::RemovePerson("u-alan".into())]);
    click(&mut h, Node::Button, "Withdraw the invitation of charles@example.com");
    h.get_by_label("Its code stops working.");
    click(&mut h, Node::Button, "Withdraw");
    assert_eq!(h.state().commands.last(), Some(&Command::RemovePerson("i-1".into())));
}

#[test]
fn somebody_is_invited_and_the_code_is_shown_once() {
    let mut h = see(full(), Role::Owner);
    click(&mut h, Node::Button, "Invite");
    typed(&mut h, "charles");
    assert!(has(&h, "Make the invitation") && !can(&h, "Make the invitation"));
    typed(&mut h, "@example.com");
    press(&mut h, Key::Enter);
    let last = h.state().commands.last().cloned();
    let Some(Command::Invite { ticket, email, role }) = last else { panic!("{last:?}") };
    assert_eq!((email.as_str(), role), ("charles@example.com", Role::Member));
    answer(&mut h, ticket, Work::Failed(problem()));
    let email = h.get_by_role_and_label(Node::TextInput, "E-mail");
    assert_eq!(email.accesskit_node().value().as_deref(), Some("charles@example.com"));
    click(&mut h, Node::RadioButton, "Owner");
    click(&mut h, Node::Button, "Make the invitation");
    let last = h.state().commands.last().cloned();
    let Some(Command::Invite { ticket, role: Role::Owner, .. }) = last else { panic!("{last:?}") };
    h.state_mut().model.workspace.invitation = Some(invitation());
    answer(&mut h, ticket, Work::Done);
    h.get_by_label("Give this code to charles@example.com; it is shown once.");
    h.get_by_label("MCLW-7F3K-Q2ZX-91TB");
    h.get_by_label("They type it in at sign-in. It works until 28 Nov, 18:03.");
    h.get_by_role_and_label(Node::Button, "Copy the code").click();
    h.step();
    assert_eq!(copied(&h).as_deref(), Some("MCLW-7F3K-Q2ZX-91TB"));
    h.run_steps(2);
    assert!(has(&h, "Copied"));
    click(&mut h, Node::Button, "Done");
    assert_eq!(h.state().commands.last(), Some(&Command::DismissInvitation));
    h.state_mut().model.workspace.invitation = None;
    h.run_steps(3);
    assert!(h.query_by_role(Node::Dialog).is_none(), "the form does not come back");
    assert!(rests(&mut h));
}

#[test]
fn offline_the_table_stays_and_acts_are_off() {
    let h = see(offline(full()), Role::Owner);
    h.get_by_label_contains("Alan Turing, alan@example.com");
    for act in ["Invite", "Role of Alan Turing", "Remove Alan Turing"] {
        assert!(has(&h, act) && !can(&h, act), "{act}");
    }
}
