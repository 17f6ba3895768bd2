//! Tasks in all their states.

use super::{Runner, key};
use crate::Failure;
use cloud_client::rest::Workspace;
use cloud_client::wire::{TaskDraft, TaskReport, TaskState};

/// A task as it is to be in the end.
struct Plan {
    title: &'static str,
    brief: &'static str,
    /// Number of the agent.
    agent: Option<usize>,
    /// Charles made it, not Ada.
    by_charles: bool,
    end: End,
    log: &'static [&'static str],
}

enum End {
    Queued,
    Running(u8),
    Waiting,
    Done(&'static str),
    Failed(&'static str),
    Cancelled,
}

const BUILD: &[&str] = &[
    "Opening the desktop build-box.",
    "$ git pull --ff-only",
    "Already up to date.",
    "$ cargo test --workspace",
    "   Compiling engine v0.4.0",
    "   Compiling store v0.4.0",
    "    Finished test profile in 1m 12s",
    "running 214 tests",
    "test store::bernoulli_numbers ... ok",
    "test mill::carries_are_anticipated ... ok",
];

const PLANS: &[Plan] = &[
    Plan {
        title: "Find three suppliers for brass gears",
        brief: "Wheels of 30 to 120 teeth, module 1. Price for 200, delivery time, and who made the \
                offer.",
        agent: Some(0),
        by_charles: true,
        end: End::Done(
            "Three suppliers deliver within four weeks. The cheapest asks 11.40 € a wheel; the \
             comparison is in the shared folder.",
        ),
        log: &[
            "Looking for makers of brass gears.",
            "Found 14, of which 9 publish prices.",
            "Asked 5 for an offer.",
            "3 answered. Comparing.",
        ],
    },
    Plan {
        title: "Check the invoices of October",
        brief: "All of them, with the SOP “Check an invoice”.",
        agent: Some(1),
        by_charles: false,
        end: End::Done("41 invoices fit. Two differ by more than 5 €: 2026-118 and 2026-131."),
        log: &["43 invoices.", "2026-118: 12.00 € more than ordered.", "2026-131: billed twice."],
    },
    Plan {
        title: "Import the punched cards of 1842",
        brief: "Scan the cards and store the programs as text.",
        agent: Some(2),
        by_charles: true,
        end: End::Failed("Card 77 of 312 could not be read: two holes are torn."),
        log: &["Reading card 1.", "Reading card 50.", "Card 77: no valid row. Giving up."],
    },
    Plan {
        title: "Write a weekly summary of the support inbox",
        brief: "",
        agent: Some(0),
        by_charles: false,
        end: End::Cancelled,
        log: &["Reading 128 messages."],
    },
    Plan {
        title: "Tag version 0.3.2",
        brief: "After the tests pass on build-box.",
        agent: Some(2),
        by_charles: false,
        end: End::Done("0.3.2 is tagged and its notes are published."),
        log: BUILD,
    },
    Plan {
        title: "Order paper for the printer",
        brief: "Not more than last year.",
        agent: Some(1),
        by_charles: true,
        end: End::Waiting,
        log: &[
            "Last year: 12 boxes at 24.90 €.",
            "The price has gone up to 27.40 €. Asking whether that is all right.",
        ],
    },
    Plan {
        title: "Compare the cost of three mail providers",
        brief: "For 25 people, with archiving for ten years. Say what moving would take.",
        agent: Some(0),
        by_charles: false,
        end: End::Running(35),
        log: &["Collecting the price lists.", "Two of three are in euros, one in dollars."],
    },
    Plan {
        title: "Build and test the engine on build-box",
        brief: "Run the whole test suite with the new mill, and say which tests became slower.\n\n\
                1. Pull the newest main.\n2. Run the tests twice.\n3. Compare with the last \
                release.",
        agent: Some(2),
        by_charles: false,
        end: End::Running(70),
        log: BUILD,
    },
    Plan {
        title: "Remind customers of unpaid invoices",
        brief: "Friendly, in their language, and only once.",
        agent: Some(1),
        by_charles: false,
        end: End::Queued,
        log: &[],
    },
    Plan {
        title: "Draw up the agenda for the meeting with the Royal Society",
        brief: "",
        agent: None,
        by_charles: true,
        end: End::Queued,
        log: &[],
    },
    Plan {
        title: "Update the dependencies of the store",
        brief: "One pull request each, so that one that fails holds no other up.",
        agent: Some(2),
        by_charles: false,
        end: End::Queued,
        log: &[],
    },
    Plan {
        title: "Translate the notes on the engine into French",
        brief: "Notes A to G, with the table for the Bernoulli numbers.",
        agent: Some(0),
        by_charles: false,
        end: End::Running(10),
        log: &["Note A.", "Note B."],
    },
];

/// Makes them, and has the runner work on them.
pub(super) async fn fill(
    [ada, charles]: [&Workspace; 2],
    runner: &Runner,
    agents: &[String],
) -> Result<(), Failure> {
    for plan in PLANS {
        let draft = TaskDraft {
            title: plan.title.into(),
            brief: plan.brief.into(),
            agent: plan.agent.and_then(|n| agents.get(n).cloned()),
        };
        let who = if plan.by_charles { charles } else { ada };
        let task = who.create_task(&key(), &draft).await?;
        let state = |state| TaskReport { state: Some(state), ..TaskReport::default() };
        if !matches!(plan.end, End::Queued) {
            let log = plan.log.iter().map(|line| (*line).to_owned()).collect();
            let begun = TaskReport { log, ..state(TaskState::Running) };
            runner.report(&task.id, &begun).await?;
        }
        let outcome = |state, text: &str| TaskReport {
            state: Some(state),
            outcome: Some(text.to_owned()),
            ..TaskReport::default()
        };
        match plan.end {
            End::Queued => {}
            End::Running(percent) => {
                let report = TaskReport { percent: Some(percent), ..TaskReport::default() };
                runner.report(&task.id, &report).await?;
            }
            End::Waiting => runner.report(&task.id, &state(TaskState::Waiting)).await?,
            End::Done(text) => runner.report(&task.id, &outcome(TaskState::Done, text)).await?,
            End::Failed(text) => runner.report(&task.id, &outcome(TaskState::Failed, text)).await?,
            End::Cancelled => {
                who.cancel_task(&key(), &task.id).await?;
            }
        }
    }
    Ok(())
}
