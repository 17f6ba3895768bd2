//! Who writes SOPs and skills.

use cloud_client::wire::{Document, DocumentKind, Progress};
use std::fmt::Write as _;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

/// Longest text, in bytes (`PROTOCOL.md`, section 1).
pub(crate) const MAX_TEXT: usize = 64 * 1024;

/// What is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// The document: its kind, name and goal.
    pub document: Document,
    /// Of a skill: the text of its SOP.
    pub source: Option<String>,
}

/// Tells how far the work is. Whoever watches sees it at once.
pub type Tell = Box<dyn Fn(Progress) + Send + Sync>;

/// The text in Markdown, at most 64 KiB, or why there is none, as a sentence.
pub type Written = Pin<Box<dyn Future<Output = Result<String, String>> + Send>>;

/// Writes documents.
pub trait Generator: std::fmt::Debug + Send + Sync {
    /// Writes one. The end needs not be told.
    fn write(&self, order: Order, tell: Tell) -> Written;
}

/// Fills in a form. It knows nothing but name and goal, and says so in the text.
#[derive(Clone, Copy, Debug)]
pub struct Template {
    /// Between two steps.
    pub pause: Duration,
}

impl Default for Template {
    fn default() -> Self {
        Self { pause: Duration::from_millis(400) }
    }
}

impl Generator for Template {
    fn write(&self, order: Order, tell: Tell) -> Written {
        let pause = self.pause;
        Box::pin(async move {
            let parts: &[Part] = match order.document.kind {
                DocumentKind::Sop => &[("Reading the goal", purpose), ("Writing the steps", steps)],
                DocumentKind::Skill => {
                    &[("Reading the SOP", purpose), ("Compiling the instructions", compiled)]
                }
            };
            let mut text = format!("# {}\n", order.document.name);
            for (done, (step, part)) in (1_u8..).zip(parts) {
                tell(Progress { percent: done * 30, step: (*step).to_owned(), done: false });
                tokio::time::sleep(pause).await;
                part(&order, &mut text);
            }
            tell(Progress { percent: 90, step: "Checking".into(), done: false });
            tokio::time::sleep(pause).await;
            if text.len() > MAX_TEXT {
                return Err("The text would be longer than 64 KiB.".to_owned());
            }
            Ok(text)
        })
    }
}

/// A step's name, and what it writes.
type Part = (&'static str, fn(&Order, &mut String));

fn purpose(order: &Order, text: &mut String) {
    let goal = match order.document.goal.trim() {
        "" => "No goal was given.",
        goal => goal,
    };
    // Writing to a string does not fail.
    let _ = write!(text, "\n## Purpose\n\n{goal}\n");
}

fn steps(_: &Order, text: &mut String) {
    text.push_str(
        "\n## Steps\n\n1. Check that everything is at hand that the purpose names.\n\
         2. Do what the purpose says, one thing at a time.\n\
         3. Note what was done and what was found.\n\
         4. Compare the result with the purpose. Where they differ, ask before going on.\n\
         \n## Note\n\nThis is a form filled in by the stand-in cloud from name and goal. \
         No model has written it.\n",
    );
}

fn compiled(order: &Order, text: &mut String) {
    let source = order.source.as_deref().unwrap_or_default();
    text.push_str("\n## Instructions\n\n");
    let mut any = false;
    for line in source.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit())) {
        let _ = writeln!(text, "{line}");
        any = true;
    }
    if !any {
        text.push_str("The SOP has no numbered steps.\n");
    }
    text.push_str(
        "\n## Note\n\nThe stand-in cloud has copied the numbered steps of the SOP. \
         No model has written this.\n",
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use cloud_client::wire::DocumentState;
    use parking_lot::Mutex;
    use std::sync::Arc;

    fn order(kind: DocumentKind, goal: &str, source: Option<&str>) -> Order {
        let document = Document {
            id: "doc".into(),
            kind,
            name: "Close the books".into(),
            goal: goal.into(),
            text: String::new(),
            state: DocumentState::Generating,
            source: None,
            problem: None,
            created_by: "u".into(),
            updated_at: String::new(),
        };
        Order { document, source: source.map(Into::into) }
    }

    async fn write(order: Order) -> (Result<String, String>, Vec<u8>) {
        let told = Arc::new(Mutex::new(Vec::new()));
        let tell = {
            let told = Arc::clone(&told);
            Box::new(move |progress: Progress| told.lock().push(progress.percent))
        };
        let text = Template { pause: Duration::ZERO }.write(order, tell).await;
        let told = told.lock().clone();
        (text, told)
    }

    #[tokio::test]
    async fn the_form_is_filled_in_and_progress_grows() {
        let (text, told) = write(order(DocumentKind::Sop, "Every month.", None)).await;
        let text = text.unwrap();
        assert!(text.starts_with("# Close the books\n") && text.contains("Every month."));
        assert!(text.contains("No model has written it."));
        assert_eq!(told, [30, 60, 90]);
        let (skill, _) = write(order(DocumentKind::Skill, "", Some(&text))).await;
        let skill = skill.unwrap();
        assert!(skill.contains("2. Do what the purpose says"), "{skill}");
        assert!(skill.contains("No goal was given."));
    }

    #[tokio::test]
    async fn what_would_be_too_long_fails() {
        let long = "1. step\n".repeat(10_000);
        let (text, _) = write(order(DocumentKind::Skill, "", Some(&long))).await;
        assert_eq!(text, Err("The text would be longer than 64 KiB.".into()));
    }
}
