use super::View;
use crate::parts::fixtures::*;
use egui::accesskit::Role as Node;
use egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{By, NodeT, Queryable};
use multiclaw_core::Command;
use multiclaw_core::model::*;
use std::sync::Arc;

type H = Harness<'static, State<View>>;

fn full() -> Model {
    let mut model = online();
    model.workspace.agents = agents();
    model.workspace.tasks = tasks();
    model
}

fn see(model: Model, role: Role, size: &Stage) -> H {
    stage(View::show, model, person(role), size)
}

fn row<'a>(h: &'a H, text: &'a str) -> egui_kittest::Node<'a> {
    h.get(By::new().role(Node::ListBoxOption).label_contains(text))
}

fn rows(h: &H) -> usize {
    h.query_all_by_role(Node::ListBoxOption).count()
}

fn texts(h: &H, text: &str) -> usize {
    h.query_all_by_label_contains(text).count()
}

#[test]
fn every_state_of_the_list_is_said() {
    see(online(), Role::Member, &WIDE).get_by_label("Loading tasks…");
    let mut model = online();
    model.workspace.tasks = ready(vec![]);
    let mut h = see(model, Role::Member, &WIDE);
    h.get_by_label("No tasks yet");
    click(&mut h, Node::Button, "Write the first task");
    h.get_by_role_and_label(Node::Dialog, "New task");
    let mut model = offline(online());
    model.workspace.tasks = Load::Failed(problem());
    let mut h = see(model, Role::Member, &WIDE);
    h.get_by_label("The cloud does not answer. Check the network.");
    h.get_by_label("Offline");
    click(&mut h, Node::Button, "Try again");
    assert_eq!(h.state().commands, [Command::RefreshWorkspace]);
}

#[test]
fn a_row_says_all_that_it_shows() {
    let h = see(full(), Role::Member, &WIDE);
    let whole = "#128 Compare the three supplier offers, Running 40%, Research, \
                 by Ada Lovelace, 21 Nov, 18:03";
    h.get_by_role_and_label(Node::ListBoxOption, whole);
    row(&h, "Queued, No agent, by Grace Hopper");
}

#[test]
fn filters_narrow_the_list_and_count() {
    let mut h = see(full(), Role::Member, &WIDE);
    assert_eq!(rows(&h), 7);
    for (tab, count) in [("Open, 3", 3), ("Running, 1", 1), ("Waiting, 1", 1), ("Done, 2", 2)] {
        click(&mut h, Node::Tab, tab);
        assert_eq!(rows(&h), count, "{tab}");
    }
    click(&mut h, Node::Tab, "Failed, 1");
    row(&h, "#125");
    click(&mut h, Node::Tab, "All, 7");
    click(&mut h, Node::RadioButton, "Mine");
    assert_eq!(rows(&h), 4);
    h.get_by_role_and_label(Node::Tab, "Failed, 0");
    click(&mut h, Node::Button, "Agent");
    click(&mut h, Node::MenuItem, "No agent");
    h.get_by_label("Nothing found");
    click(&mut h, Node::Button, "Show all tasks");
    assert_eq!(rows(&h), 7);
}

#[test]
fn tasks_are_found_by_title_and_number() {
    for (text, number) in [("MANUAL", "#126"), ("#124", "#124"), ("123", "#123")] {
        let mut h = see(full(), Role::Member, &WIDE);
        h.key_press_modifiers(Modifiers::COMMAND, Key::F);
        h.run_steps(2);
        typed(&mut h, text);
        assert_eq!(rows(&h), 1, "{text}");
        row(&h, number);
    }
}

#[test]
fn a_task_opens_beside_the_list_or_in_its_place() {
    for (size, beside) in [(&WIDE, 7), (&NARROW, 0)] {
        let mut h = see(full(), Role::Member, size);
        open(&mut h, "#128");
        assert_eq!(h.state().commands, [Command::OpenTaskLog(Some("t-128".into()))]);
        assert_eq!(rows(&h), beside);
        h.get_by_label("Loading the log…");
        let back = if beside == 0 { "Back to the tasks" } else { "Close the task" };
        click(&mut h, Node::Button, back);
        assert_eq!(h.state().commands.last(), Some(&Command::OpenTaskLog(None)));
        assert!(rows(&h) > 0 && !has(&h, back));
    }
}

#[test]
fn the_list_is_used_with_the_keyboard_alone() {
    let mut h = see(full(), Role::Member, &WIDE);
    h.get_by_role_and_label(Node::ListBox, "Tasks").focus();
    h.run_steps(2);
    for key in [Key::ArrowDown, Key::ArrowDown, Key::ArrowUp, Key::Enter] {
        press(&mut h, key);
    }
    assert_eq!(h.state().commands, [Command::OpenTaskLog(Some("t-127".into()))]);
    press(&mut h, Key::Escape);
    assert_eq!(h.state().commands.last(), Some(&Command::OpenTaskLog(None)));
}

#[test]
fn escape_in_the_search_field_leaves_only_that() {
    let mut h = see(full(), Role::Member, &WIDE);
    open(&mut h, "#128");
    h.get_by_role_and_label(Node::TextInput, "Search tasks").focus();
    h.run_steps(2);
    press(&mut h, Key::Escape);
    assert!(has(&h, "Close the task"));
    assert_eq!(h.state().commands.last(), Some(&Command::OpenTaskLog(Some("t-128".into()))));
    press(&mut h, Key::Escape);
    assert!(!has(&h, "Close the task"));
    assert_eq!(h.state().commands.last(), Some(&Command::OpenTaskLog(None)));
}

#[test]
fn a_task_that_is_gone_is_closed() {
    let mut h = see(full(), Role::Member, &WIDE);
    open(&mut h, "#128");
    h.state_mut().model.workspace.tasks = ready(vec![task(1, "Another", TaskState::Done)]);
    h.run_steps(3);
    assert_eq!(h.state().commands.last(), Some(&Command::OpenTaskLog(None)));
    assert!(!has(&h, "Close the task"));
}

#[test]
fn acts_are_offered_by_role_and_state() {
    let offered = |role, number: &str| {
        let mut h = see(full(), role, &WIDE);
        open(&mut h, number);
        ["Assign to an agent", "Cancel task", "Try again"].map(|label| has(&h, label))
    };
    // 127, 125 and 123 are somebody else's.
    assert_eq!(offered(Role::Owner, "#127"), [true, true, false]);
    assert_eq!(offered(Role::Owner, "#125"), [false, false, true]);
    assert_eq!(offered(Role::Owner, "#128"), [false, true, false]);
    assert_eq!(offered(Role::Member, "#127"), [false; 3]);
    assert_eq!(offered(Role::Member, "#125"), [false; 3]);
    assert_eq!(offered(Role::Member, "#126"), [false, true, false]);
    assert_eq!(offered(Role::Member, "#124"), [false, false, true]);
    let mut h = see(full(), Role::Member, &WIDE);
    open(&mut h, "#127");
    h.get_by_label("Only who made this task, or an owner, can change it.");
}

#[test]
fn a_task_is_assigned_and_tried_again() {
    let mut h = see(full(), Role::Owner, &WIDE);
    open(&mut h, "#127");
    click(&mut h, Node::Button, "Assign to an agent");
    click(&mut h, Node::MenuItem, "Invoices");
    let assign = Command::AssignTask { task: "t-127".into(), agent: Some("a-2".into()) };
    assert_eq!(h.state().commands.last(), Some(&assign));
    open(&mut h, "#125");
    click(&mut h, Node::Button, "Try again");
    assert_eq!(h.state().commands.last(), Some(&Command::RetryTask("t-125".into())));
}

#[test]
fn cancelling_asks_first() {
    let mut h = see(full(), Role::Owner, &WIDE);
    open(&mut h, "#128");
    click(&mut h, Node::Button, "Cancel task");
    h.get_by_role_and_label(Node::Dialog, "Cancel task #128?");
    press(&mut h, Key::Escape);
    assert!(h.query_by_role(Node::Dialog).is_none());
    // Escape went to the question, not to the detail behind it.
    assert!(has(&h, "Close the task"));
    click(&mut h, Node::Button, "Cancel task");
    press(&mut h, Key::Enter);
    assert!(!h.state().commands.contains(&Command::CancelTask("t-128".into())));
    click(&mut h, Node::Button, "Cancel task");
    h.key_press_modifiers(Modifiers::SHIFT, Key::Tab);
    h.run_steps(2);
    press(&mut h, Key::Enter);
    assert_eq!(h.state().commands.last(), Some(&Command::CancelTask("t-128".into())));
    assert!(h.query_by_role(Node::Dialog).is_none());
}

#[test]
fn offline_the_tasks_stay_and_acts_are_off() {
    let mut h = see(offline(full()), Role::Owner, &WIDE);
    open(&mut h, "#128");
    assert!(has(&h, "Cancel task") && !can(&h, "Cancel task"));
    assert!(can(&h, "New task"));
}

fn written() -> (H, Ticket) {
    let mut h = see(full(), Role::Member, &WIDE);
    h.key_press_modifiers(Modifiers::COMMAND, Key::N);
    h.run_steps(4);
    assert!(has(&h, "Create task") && !can(&h, "Create task"));
    typed(&mut h, "  Count the sheep ");
    press(&mut h, Key::Enter);
    let last = h.state().commands.last().cloned();
    let Some(Command::CreateTask { ticket, draft }) = last else { panic!("{last:?}") };
    let wanted = TaskDraft { title: "Count the sheep".into(), ..TaskDraft::default() };
    assert_eq!(draft, wanted);
    h.get_by_role_and_label(Node::Button, "Creating…");
    (h, ticket)
}

#[test]
fn a_task_is_written_with_the_keyboard_alone() {
    let (mut h, ticket) = written();
    answer(&mut h, ticket, Work::Busy);
    h.get_by_role_and_label(Node::Button, "Creating…");
    answer(&mut h, ticket, Work::Done);
    assert_eq!(h.state().commands.last(), Some(&Command::Forget(ticket)));
    assert!(h.query_by_role(Node::Dialog).is_none());
}

#[test]
fn a_task_that_could_not_be_made_stays_in_its_form() {
    let (mut h, ticket) = written();
    answer(&mut h, ticket, Work::Failed(problem()));
    h.get_by_label("The cloud does not answer. Check the network.");
    let title = h.get_by_role_and_label(Node::TextInput, "Title");
    assert_eq!(title.accesskit_node().value().as_deref(), Some("  Count the sheep "));
    click(&mut h, Node::Button, "Create task");
    let [.., Command::Forget(old), Command::CreateTask { ticket: new, .. }] =
        h.state().commands.as_slice()
    else {
        panic!("{:?}", h.state().commands)
    };
    assert_eq!(*old, ticket);
    assert_ne!(*new, ticket);
}

#[test]
fn a_task_written_offline_is_kept_and_that_is_said() {
    let (mut h, ticket) = written();
    let model = h.state().model.clone();
    h.state_mut().model = offline(model);
    answer(&mut h, ticket, Work::Queued);
    assert!(h.query_by_role(Node::Dialog).is_none());
    h.get_by_label("Kept on this computer; sent when the cloud can be reached.");
    h.state_mut().model.cloud = CloudLink::Online;
    h.run_steps(3);
    assert!(h.query_by_label_contains("Kept on this computer").is_none());
}

fn watching(lines: u64) -> H {
    let mut h = see(full(), Role::Member, &WIDE);
    h.state_mut().model.workspace.log = Some(log("t-128", lines));
    open(&mut h, "#128");
    h.run_steps(3);
    h
}

#[test]
fn a_log_stays_at_its_end_while_it_is_there() {
    let mut h = watching(20_000);
    h.get_by_label("the newest 20,000 lines");
    assert_eq!(texts(&h, "(20000)"), 1);
    assert_eq!(texts(&h, "(1)"), 0, "what cannot be seen is not painted");
    h.state_mut().model.workspace.log = Some(log("t-128", 20_050));
    h.run_steps(3);
    assert_eq!(texts(&h, "(20050)"), 1);
    // Scrolled away from the end, it stays where it is.
    let at = h.get_by_label_contains("(20050)").rect().center();
    h.hover_at(at);
    h.run_steps(2);
    h.event(Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: egui::vec2(0.0, 2000.0),
        modifiers: Modifiers::NONE,
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Unknown,
    });
    h.run_steps(12);
    assert_eq!(texts(&h, "(20050)"), 0);
    h.state_mut().model.workspace.log = Some(log("t-128", 20_100));
    h.run_steps(3);
    assert_eq!(texts(&h, "(20100)"), 0);
}

#[test]
fn a_log_is_copied_whole() {
    let mut h = watching(500);
    h.get_by_label("Copy the whole log").click();
    h.step();
    let copied = copied(&h).unwrap();
    assert_eq!(copied.lines().count(), 500);
    assert!(copied.starts_with("2026-11-21T18:00:01Z Found 3 files"));
    assert!(copied.contains(" ok prices read (3)\n"), "without control sequences");
}

#[test]
fn every_state_of_a_log_is_said() {
    let with = |change: fn(&mut TaskLog)| {
        let mut model = full();
        let mut log = log("t-128", 0);
        change(&mut log);
        model.workspace.log = Some(log);
        let mut h = see(model, Role::Member, &WIDE);
        open(&mut h, "#128");
        h
    };
    with(|log| log.loading = true).get_by_label("Loading the log…");
    with(|_| {}).get_by_label("Nothing yet. Lines appear while an agent works on it.");
    with(|log| log.task = "t-1".into()).get_by_label("Loading the log…");
    let mut h = with(|log| log.problem = Some(problem()));
    click(&mut h, Node::Button, "Load the log again");
    assert_eq!(h.state().commands.last(), Some(&Command::OpenTaskLog(Some("t-128".into()))));
}

#[test]
fn of_ten_thousand_tasks_only_the_visible_are_painted() {
    let mut model = full();
    let many = (1..=10_000).rev().map(|n| task(n, "One of many", TaskState::Done)).collect();
    model.workspace.tasks = ready(many);
    let mut h = see(model, Role::Member, &WIDE);
    assert!(rows(&h) < 20, "{}", rows(&h));
    row(&h, "#10000 ");
    let before = h.state().view.found.get(0).map(Arc::as_ptr);
    h.get_by_role_and_label(Node::ListBox, "Tasks").focus();
    h.run_steps(2);
    press(&mut h, Key::End);
    row(&h, "#1 ");
    press(&mut h, Key::Enter);
    assert_eq!(h.state().commands, [Command::OpenTaskLog(Some("t-1".into()))]);
    assert_eq!(h.state().view.found.get(0).map(Arc::as_ptr), before);
}

#[test]
fn a_screen_at_rest_asks_for_no_repaint() {
    let mut dialog = see(full(), Role::Member, &WIDE);
    click(&mut dialog, Node::Button, "New task");
    for (name, mut h) in
        [("list", see(full(), Role::Member, &WIDE)), ("log", watching(300)), ("form", dialog)]
    {
        assert!(rests(&mut h), "{name} repaints");
    }
}
