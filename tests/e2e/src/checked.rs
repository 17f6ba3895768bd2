//! The check of everything, as a test starts it.

use cloud_client::BearerToken;
use multiclaw_core::doctor::{FactState, Facts, Graphics, Report, Setup, Who};
use multiclaw_core::engine::{GatewayConfig, NoPlatform};
use multiclaw_core::model::{DoctorStep, StepState};
use net::Door;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::sync::Arc;
use stream::transport::ConnectionMode;

/// How to start it in a process of its own. One line on its standard input.
#[derive(Serialize, Deserialize)]
pub struct Order {
    /// URL of the cloud.
    pub cloud: String,
    /// Port of the cloud.
    pub port: u16,
    /// Trusted CAs, as DER.
    pub authorities: Vec<Vec<u8>>,
    /// The person's token.
    pub bearer: String,
    /// TCP ports of the loopback device that lead to these Unix sockets.
    pub forward: Vec<(u16, PathBuf)>,
}

/// Everything but the network and the account is well.
pub fn setup(cloud: &str, door: Door, who: Who, data: PathBuf) -> Setup {
    let graphics =
        Graphics { name: "painted".into(), backend: "none".into(), software: false, largest: 8192 };
    let extra = vec![("Sandbox".into(), FactState::Ok, "It is on.".into())];
    Setup {
        cloud: cloud.into(),
        door,
        who,
        desktop: None,
        mode: ConnectionMode::Automatic,
        relay_only: false,
        loopback: true,
        agent: "e2e".into(),
        data,
        gateway: GatewayConfig::default(),
        platform: Arc::new(NoPlatform),
        facts: Facts { graphics: Some(Some(graphics)), extra, log: None },
    }
}

/// Somebody with this token.
pub fn person(bearer: &str) -> Who {
    Who::Person { bearer: BearerToken::new(bearer.into()), workspace: None }
}

/// A step of a report.
pub fn step<'a>(report: &'a Report, id: &str) -> &'a DoctorStep {
    let found = report.steps.iter().find(|step| step.id == id);
    found.unwrap_or_else(|| panic!("no step {id} in {report:#?}"))
}

/// How a step stands.
pub fn state(report: &Report, id: &str) -> StepState {
    step(report, id).state
}
