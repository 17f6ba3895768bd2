//! Conversations.

use crate::Failure;
use cloud_client::rest::Workspace;
use cloud_client::wire::{ConversationDraft, MessageDraft, Speaker};
use jiff::{SignedDuration, Timestamp};

/// A conversation: its title, the number of its agent, how many minutes ago it began, and what
/// was said in turn, a person first.
struct Talk {
    title: &'static str,
    agent: usize,
    by_charles: bool,
    minutes: i64,
    said: &'static [&'static str],
}

const TALKS: &[Talk] = &[
    Talk {
        title: "Which printer for the tables?",
        agent: 0,
        by_charles: true,
        minutes: 3 * 24 * 60,
        said: &[
            "We need to print tables of logarithms without typing errors. What is there?",
            "Printing straight from the engine avoids every copying error. The stereotype \
             apparatus of the *Difference Engine* did that.\n\nI found two drawings in the \
             Science Museum's collection: https://collection.sciencemuseumgroup.org.uk/",
        ],
    },
    Talk {
        title: "Invoices that were billed twice",
        agent: 1,
        by_charles: false,
        minutes: 26 * 60,
        said: &[
            "Is 2026-131 the only invoice that was billed twice?",
            "Yes. I compared supplier, amount and order number of all 43:\n\n- **2026-131** and \
             **2026-127** are the same delivery.\n- 2026-118 is 12.00 € above its order, but was \
             billed once.",
            "Thank you. Write to the supplier, please, and put me in copy.",
            "Done. I asked for a credit note over 318.50 €.",
        ],
    },
    Talk {
        title: "Notes for version 0.3.2",
        agent: 2,
        by_charles: false,
        minutes: 5 * 60,
        said: &[
            "Write the notes for 0.3.2, please. Short.",
            "Here they are:\n\n- The mill carries in one step instead of one for each digit.\n- \
             The store keeps 1000 numbers of 50 digits.\n- Cards may be repeated.",
        ],
    },
    Talk {
        title: "Why is the mill slower since Monday?",
        agent: 2,
        by_charles: false,
        minutes: 64,
        said: &[
            "The test `carries_are_anticipated` takes four times as long since Monday. What \
             changed?",
            "Commit `9f2c1ab` replaced the anticipating carriage by a loop:\n\n```rust\nfn \
             add(a: &mut Column, b: &Column) {\n    let mut carry = false;\n    for (wheel, by) in \
             a.wheels.iter_mut().zip(&b.wheels) {\n        let sum = wheel.digit + by.digit + \
             u8::from(carry);\n        wheel.digit = sum % 10;\n        carry = sum > \
             9;\n    }\n}\n```\n\nIt is right, but every digit waits for the one before it. The \
             version of last week looked for runs of nines first, so that all wheels could turn at \
             once.",
            "Can we have both? The loop is much easier to read.",
            "Yes. Keep the loop as the definition that the tests compare with, and use the fast \
             one in the mill. It is the same trick as in a carry-lookahead adder: \
             https://en.wikipedia.org/wiki/Carry-lookahead_adder\n\nMeasured on build-box, for one \
             addition of 50 digits:\n\n1. The loop: 212 ns\n2. With runs of nines: 49 ns",
            "Good. Open a pull request with a test that compares the two on random numbers.",
            "It is open: https://github.com/example/engine/pull/184\n\n10 000 random pairs agree, \
             and so do all numbers of three digits.",
        ],
    },
    Talk {
        title: "Travel to Turin",
        agent: 0,
        by_charles: false,
        minutes: 12,
        said: &[
            "How do I get from London to Turin by train, on a Monday?",
            "Take the morning train to Paris, cross the city to Gare de Lyon, and go on with the \
             direct train to *Torino Porta Susa*. With an hour to change you are there in the \
             evening.\n\nThe line through Modane was closed after a landslide and may be busy; \
             look here first: https://www.seat61.com/trains-and-routes/london-to-turin.htm",
        ],
    },
];

/// Writes them.
pub(super) async fn fill(
    [ada, charles]: [&Workspace; 2],
    agents: &[String],
) -> Result<(), Failure> {
    let now = Timestamp::now();
    for talk in TALKS {
        let id = uuid::Uuid::new_v4().to_string();
        let agent = agents.get(talk.agent).cloned();
        let who = if talk.by_charles { charles } else { ada };
        who.put_conversation(&id, &ConversationDraft { title: talk.title.into(), agent }).await?;
        let speakers = [Speaker::Person, Speaker::Agent].into_iter().cycle();
        let mut at = now - SignedDuration::from_mins(talk.minutes);
        for (text, speaker) in talk.said.iter().zip(speakers) {
            let draft = MessageDraft {
                id: uuid::Uuid::new_v4().to_string(),
                speaker,
                text: (*text).into(),
                at: at.to_string(),
            };
            who.post_message(&id, &draft).await?;
            at += SignedDuration::from_mins(2);
        }
    }
    Ok(())
}
