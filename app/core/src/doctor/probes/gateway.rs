//! The OpenClaw gateway on this computer.

use super::{Finding, Setup, Shared};
use crate::say::{self, doctor as words};
use crate::storage::paired_with;
use crate::tr;
use gateway_client::discovery::{self, Environment};
use net::NetError;

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    tokio::task::spawn_blocking(work).await.ok()
}

fn environment(setup: &Setup) -> Environment {
    setup.gateway.environment.clone()
}

/// The program and its version.
pub(super) async fn program(setup: &Setup) -> Finding {
    if !setup.gateway.enabled {
        return Finding::skipped(tr!("doctor-gateway-not-looked-for"), "");
    }
    let of = environment(setup);
    let looked = blocking(move || (discovery::find_program(&of), discovery::discover(&of))).await;
    let Some((program, found)) = looked else { return words::broke() };
    let configured = found.as_ref().map_or(true, |found| found.config_found);
    let Some(program) = program else {
        let problem = say::gateway::no_program();
        return match configured {
            // It may run without its program being where programs are.
            true => Finding::warning(problem.what, problem.next),
            false => Finding::skipped(tr!("doctor-no-openclaw"), tr!("doctor-no-openclaw-next")),
        };
    };
    match setup.platform.openclaw_version(&program, &environment(setup)).await {
        Ok(version) => match say::gateway::version(&version) {
            Some(problem) => Finding::warning(problem.what, problem.next),
            None => Finding::ok(words::openclaw(&version)),
        },
        Err(error) => words::failed(&say::gateway::program(&error)),
    }
}

/// Its configuration, and who may read it.
pub(super) async fn configuration(setup: &Setup, shared: &Shared) -> Finding {
    let of = environment(setup);
    match blocking(move || discovery::discover(&of)).await {
        None => words::broke(),
        Some(Err(error)) => words::failed(&say::gateway::discovery(&error).1),
        Some(Ok(found)) => {
            let odd = found.problems.first().map(ToString::to_string);
            let finding = match odd {
                _ if !found.config_found => Finding::warning(
                    tr!("doctor-no-configuration"),
                    tr!("doctor-no-configuration-next"),
                ),
                Some(odd) => Finding::warning(odd, tr!("doctor-configuration-odd-next")),
                None => Finding::ok(words::configuration(&found)),
            };
            *shared.found.lock() = Some(found);
            finding
        }
    }
}

/// Whether it answers, whose it is, and whether it knows this device.
pub(super) async fn answers(setup: &Setup, shared: &Shared) -> Finding {
    let Some(found) = shared.found.lock().clone() else { return words::broke() };
    let port = found.endpoint.port();
    match setup.door.loopback_get(port, "/healthz").await {
        Ok(answer) if answer.status().is_success() => {}
        Ok(answer) => return words::no_gateway(port, answer.status().as_u16()),
        Err(NetError::Connect { .. } | NetError::Timeout { .. }) => {
            return words::gateway_silent(port);
        }
        Err(error @ (NetError::ForeignUser { .. } | NetError::UnknownUser { .. })) => {
            return words::foreign(&error);
        }
        Err(error) => return words::no_gateway_at(port, &error),
    }
    let (data, name) = (setup.data.clone(), found.state_dir.display().to_string());
    match blocking(move || paired_with(&data, &name)).await.flatten() {
        Some(true) => Finding::ok(words::gateway(port)),
        Some(false) => words::not_paired(port),
        None => words::device_unreadable(port),
    }
}
