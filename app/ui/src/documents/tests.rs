use super::View;
use crate::parts::fixtures::*;
use egui::Key;
use egui::accesskit::Role as Node;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use multiclaw_core::Command;
use multiclaw_core::model::*;

type H = Harness<'static, State<View>>;

fn see(model: Model, role: Role) -> H {
    stage(View::show, model, person(role), &WIDE)
}

#[test]
fn every_state_of_the_lists_is_said() {
    let mut h = see(online(), Role::Member);
    h.get_by_label("Loading SOPs…");
    click(&mut h, Node::Tab, "Skills");
    h.get_by_label("Loading skills…");
    let mut model = online();
    model.workspace.sops = ready(vec![]);
    model.workspace.skills = ready(vec![]);
    let mut h = see(model, Role::Member);
    h.get_by_label("No SOPs yet");
    click(&mut h, Node::Tab, "Skills, 0");
    h.get_by_label("No skills yet");
    click(&mut h, Node::Button, "Show the SOPs");
    click(&mut h, Node::Button, "Generate the first SOP");
    h.get_by_role_and_label(Node::Dialog, "Generate SOP");
    let mut model = online();
    model.workspace.sops = Load::Failed(problem());
    let mut h = see(model, Role::Member);
    h.get_by_label("The cloud does not answer. Check the network.");
    click(&mut h, Node::Button, "Try again");
    assert_eq!(h.state().commands, [Command::RefreshWorkspace]);
}

#[test]
fn a_text_is_read_without_its_marks() {
    let mut h = see(documents(), Role::Member);
    open(&mut h, "Checking an invoice");
    h.get_by_label("Before you begin");
    h.get_by_label("An invoice is checked before it is paid. This takes about five minutes.");
    h.get_by_label("Paper notes are in the blue folder");
    h.get_by_role_and_label(Node::Button, "Copy text").click();
    h.step();
    assert_eq!(copied(&h).as_deref(), Some(TEXT));
    press(&mut h, Key::Escape);
    assert!(!has(&h, "Close the SOP"));
}

#[test]
fn what_is_being_made_says_how_far_it_is() {
    let mut h = see(documents(), Role::Member);
    open(&mut h, "Closing the month, Being made 60%");
    h.get_by_label("Writing the steps, 60%");
    assert!(!has(&h, "Compile skill"));
    h.state_mut().model.workspace.progress.clear();
    h.run_steps(2);
    h.get_by_label("Being made…");
    h.get_by_role_and_label(Node::ListBoxOption, "Closing the month, Being made…, 20 Nov, 10:00");
    assert!(rests(&mut h));
}

#[test]
fn what_failed_says_why_and_can_be_deleted() {
    let mut h = see(documents(), Role::Member);
    open(&mut h, "Be good, Failed");
    h.get_by_role_and_label(
        Node::Alert,
        "The goal was too vague to make steps of. Delete it, and try again with a clearer goal.",
    );
    assert!(!has(&h, "Compile skill") && !has(&h, "Copy text"));
    click(&mut h, Node::Button, "Delete");
    h.get_by_role_and_label(Node::Dialog, "Delete “Be good”?");
    press(&mut h, Key::Enter);
    assert!(h.state().commands.is_empty() && h.query_by_role(Node::Dialog).is_none());
    click(&mut h, Node::Button, "Delete");
    // From the way out one step back: the keyboard reaches it, on purpose only.
    h.key_press_modifiers(egui::Modifiers::SHIFT, Key::Tab);
    h.run_steps(2);
    press(&mut h, Key::Enter);
    let delete = Command::DeleteDocument { kind: DocumentKind::Sop, id: "d-3".into() };
    assert_eq!(h.state().commands, [delete]);
}

#[test]
fn a_member_deletes_only_what_is_their_own() {
    for (role, of_others) in [(Role::Member, false), (Role::Owner, true)] {
        let mut h = see(documents(), role);
        open(&mut h, "Checking an invoice");
        assert!(can(&h, "Delete"));
        open(&mut h, "Onboarding a customer");
        assert_eq!(can(&h, "Delete"), of_others);
        assert!(can(&h, "Compile skill"));
    }
}

#[test]
fn a_skill_is_compiled_once_at_a_time() {
    let mut h = see(documents(), Role::Member);
    open(&mut h, "Checking an invoice");
    click(&mut h, Node::Button, "Compile skill");
    assert_eq!(h.state().commands, [Command::CompileSkill("d-1".into())]);
    h.get_by_label_contains("Check an invoice, Ready");
    let making = document("k-2", DocumentKind::Skill, "Another", DocumentState::Generating);
    h.state_mut().model.workspace.skills = ready(vec![making]);
    h.run_steps(2);
    click(&mut h, Node::Tab, "SOPs, 4");
    assert!(has(&h, "Compile skill") && !can(&h, "Compile skill"));
}

#[test]
fn a_skill_leads_to_its_source_and_back() {
    let mut h = see(documents(), Role::Member);
    click(&mut h, Node::Tab, "Skills, 1");
    open(&mut h, "Check an invoice");
    click(&mut h, Node::Link, "Compiled from Checking an invoice");
    assert!(has(&h, "Close the SOP"));
    click(&mut h, Node::Link, "Skill Check an invoice");
    assert!(has(&h, "Close the skill"));
    h.state_mut().model.workspace.sops = ready(vec![]);
    h.run_steps(2);
    h.get_by_label("an SOP that was deleted");
}

#[test]
fn an_sop_is_asked_for_with_the_keyboard() {
    let mut h = see(documents(), Role::Member);
    click(&mut h, Node::Button, "Generate SOP");
    typed(&mut h, "Packing");
    assert!(has(&h, "Generate") && !can(&h, "Generate"));
    press(&mut h, Key::Tab);
    typed(&mut h, "Nothing breaks.");
    h.key_press_modifiers(egui::Modifiers::COMMAND, Key::Enter);
    h.run_steps(3);
    let last = h.state().commands.last().cloned();
    let Some(Command::GenerateSop { ticket, draft }) = last else { panic!("{last:?}") };
    assert_eq!(draft, SopDraft { name: "Packing".into(), goal: "Nothing breaks.".into() });
    answer(&mut h, ticket, Work::Failed(problem()));
    let goal = h.get_by_role_and_label(Node::MultilineTextInput, "Goal");
    assert_eq!(goal.accesskit_node().value().as_deref(), Some("Nothing breaks."));
    answer(&mut h, ticket, Work::Done);
    assert!(h.query_by_role(Node::Dialog).is_none());
    assert_eq!(h.state().commands.last(), Some(&Command::Forget(ticket)));
}

#[test]
fn offline_the_texts_stay_and_acts_are_off() {
    let mut h = see(offline(documents()), Role::Owner);
    open(&mut h, "Checking an invoice");
    h.get_by_label("Before you begin");
    for act in ["Generate SOP", "Compile skill", "Delete"] {
        assert!(has(&h, act) && !can(&h, act), "{act}");
    }
    assert!(can(&h, "Copy text"));
}
