//! Between the cloud's words for a connection and the stream's. The two do not convert by
//! themselves: they belong to different parts of the program.

use cloud_client::wire;
use stream::signalling::{Candidate, Signal};
use stream::transport::{IceServer, TurnCredential};

pub(crate) fn ice_server(server: wire::IceServer) -> IceServer {
    IceServer {
        urls: server.urls,
        username: server.username.unwrap_or_default(),
        // The wire's and the stream's types do not convert by themselves; this is the one place.
        credential: TurnCredential::new(
            server.credential.as_ref().map(|c| c.expose().to_owned()).unwrap_or_default(),
        ),
    }
}

/// `None` for a kind of a later version.
pub(crate) fn to_stream(signal: wire::Signal) -> Option<Signal> {
    Some(match signal {
        wire::Signal::Offer { sdp } => Signal::Offer(sdp),
        wire::Signal::Answer { sdp } => Signal::Answer(sdp),
        wire::Signal::Candidate { candidate, mid, line } => {
            Signal::Candidate(Candidate { candidate, mid, line })
        }
        wire::Signal::EndOfCandidates => Signal::EndOfCandidates,
        _ => return None,
    })
}

pub(crate) fn from_stream(signal: Signal) -> wire::Signal {
    match signal {
        Signal::Offer(sdp) => wire::Signal::Offer { sdp },
        Signal::Answer(sdp) => wire::Signal::Answer { sdp },
        Signal::Candidate(Candidate { candidate, mid, line }) => {
            wire::Signal::Candidate { candidate, mid, line }
        }
        Signal::EndOfCandidates => wire::Signal::EndOfCandidates,
    }
}
