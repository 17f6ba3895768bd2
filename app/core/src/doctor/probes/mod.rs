//! One function for each step. They are short: what they try is done by the parts of the program
//! that do it anyway.

mod cloud;
mod gateway;
mod machine;
mod network;
mod picture;
mod relay;

use super::plan::Finding;
use super::setup::Setup;
use super::step::Step;
use cloud_client::realtime::{Event, Realtime};
use cloud_client::wire::ToCloud;
use gateway_client::discovery::Discovery;
use parking_lot::Mutex as Quick;
use stream::transport::IceServer;
use tokio::sync::{Mutex, mpsc};

/// What later steps need of earlier ones.
#[derive(Default)]
pub(super) struct Shared {
    /// The realtime socket; held by the step that listens to it.
    line: Mutex<Option<Line>>,
    /// The person's token was good for this workspace.
    workspace: Quick<Option<String>>,
    session: Quick<Option<Session>>,
    found: Quick<Option<Discovery>>,
    private: Quick<Vec<String>>,
}

/// An open realtime socket.
struct Line {
    realtime: Realtime,
    events: mpsc::Receiver<Event>,
}

/// A session with a desktop.
#[derive(Clone)]
struct Session {
    id: String,
    desktop: String,
    servers: Vec<IceServer>,
}

impl Shared {
    /// Words that must not leave this computer.
    pub(super) fn private(&self) -> Vec<String> {
        self.private.lock().clone()
    }

    fn keep_private(&self, words: impl IntoIterator<Item = String>) {
        self.private.lock().extend(words.into_iter().filter(|word| !word.is_empty()));
    }

    /// Ends the session with the desktop, and the socket.
    pub(super) async fn close(&self) {
        let session = self.session.lock().take();
        let Some(mut line) = self.line.lock().await.take() else { return };
        if let Some(session) = session {
            let message = ToCloud::SessionClose { session: session.id, reason: "checked".into() };
            if line.realtime.send(message).is_ok() {
                // The cloud answers with the end of the session; then it was heard.
                while let Some(event) = line.events.recv().await {
                    if cloud::is_end(&event) {
                        break;
                    }
                }
            }
        }
    }
}

/// Tries one thing.
pub(super) async fn probe(step: Step, setup: &Setup, shared: &Shared) -> Finding {
    match step {
        Step::Dns => network::names(setup).await,
        Step::Proxy => network::proxy(setup).await,
        Step::Tls => network::tls(setup).await,
        Step::SignIn => cloud::sign_in(setup, shared).await,
        Step::Realtime => cloud::realtime(setup, shared).await,
        Step::Session => cloud::session(setup, shared).await,
        Step::Stun => relay::stun(setup, shared).await,
        Step::TurnUdp | Step::TurnTls | Step::TurnTcp => relay::turn(step, setup, shared).await,
        Step::Frames => Box::pin(picture::first(setup, shared)).await,
        Step::Program => gateway::program(setup).await,
        Step::Configuration => gateway::configuration(setup, shared).await,
        Step::Gateway => gateway::answers(setup, shared).await,
        Step::Folders => machine::folders(setup).await,
        Step::Graphics => machine::graphics(setup),
        Step::Dialogs => machine::dialogs(setup).await,
        Step::Notifications => machine::notifications(setup).await,
        Step::Extra(n) => machine::extra(setup, n),
    }
}
