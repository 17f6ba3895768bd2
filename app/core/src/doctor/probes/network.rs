//! The way out: names, proxy, TLS.

use super::{Finding, Setup};
use crate::say::{self, doctor as words};
use crate::tr;
use net::{NetError, Purpose};

/// The part of a list of allowed destinations that belongs to MultiClaw's own cloud.
const OURS: &str = ".multiclaw.io";

/// Looks the cloud's names up. Where a proxy is used it does that, and this computer need not.
pub(super) async fn names(setup: &Setup) -> Finding {
    let Some((host, port)) = setup.host() else { return words::no_cloud(&setup.cloud) };
    match setup.door.proxies().route(&host, port) {
        Ok(Some(proxy)) => return Finding::ok(words::names_by_proxy(&proxy)),
        // The next step says what is wrong with it.
        Err(_) => return Finding::skipped(tr!("doctor-proxy-unreadable"), ""),
        Ok(None) => {}
    }
    if host.trim_matches(['[', ']']).parse::<std::net::IpAddr>().is_ok() {
        return Finding::ok(tr!("doctor-address"));
    }
    let mut hosts = vec![(Purpose::CloudApi, host.clone(), port)];
    if host.ends_with(OURS) {
        let rows = setup.door.policy().inventory_rows();
        let more = [Purpose::CloudRealtime, Purpose::CloudDesktop];
        for row in rows.into_iter().filter(|row| more.contains(&row.purpose)) {
            if row.host.ends_with(OURS) && hosts.iter().all(|(_, known, _)| *known != row.host) {
                hosts.push((row.purpose, row.host, row.port.unwrap_or(443)));
            }
        }
    }
    let looked =
        hosts.iter().map(|(purpose, host, port)| setup.door.resolve(*purpose, host, *port));
    let mut found = Vec::new();
    for (answer, (purpose, host, _)) in
        futures_util::future::join_all(looked).await.into_iter().zip(&hosts)
    {
        match answer {
            Ok(addresses) => found.push((host.clone(), addresses.len())),
            // Without a relay most things still work.
            Err(error) if *purpose == Purpose::CloudDesktop => {
                let problem = say::network(&error);
                return Finding::warning(problem.what, problem.next);
            }
            Err(error) => return words::failed(&say::network(&error)),
        }
    }
    Finding::ok(words::names(&found))
}

/// Which proxy, and whether it leads to the cloud.
pub(super) async fn proxy(setup: &Setup) -> Finding {
    let Some((host, port)) = setup.host() else { return words::no_cloud(&setup.cloud) };
    let proxies = setup.door.proxies();
    let variable = proxies.variable();
    let name = match (proxies.route(&host, port), variable) {
        (Err(error), _) => return words::failed(&say::network(&error)),
        (Ok(None), None) => return Finding::ok(tr!("doctor-no-proxy")),
        (Ok(None), Some(variable)) => return Finding::ok(words::proxy_not_for(variable, &host)),
        (Ok(Some(name)), variable) => (name, variable.unwrap_or_default().to_owned()),
    };
    // The gateway on this computer must not be looked for behind it.
    if proxies.route("127.0.0.1", 1) != Ok(None) {
        return words::proxy_for_loopback(&name.0);
    }
    match setup.door.open(Purpose::CloudApi, &host, port).await {
        Err(error @ NetError::Proxy { .. }) => words::failed(&say::network(&error)),
        // What is behind it is the next step's.
        _ => Finding::ok(words::proxy(&name.0, &name.1)),
    }
}

/// A connection with TLS, and nothing on it.
pub(super) async fn tls(setup: &Setup) -> Finding {
    let Some((host, port)) = setup.host() else { return words::no_cloud(&setup.cloud) };
    match setup.door.open(Purpose::CloudApi, &host, port).await {
        Ok(connection) => {
            drop(connection);
            Finding::ok(words::tls(&host))
        }
        Err(error) => words::failed(&say::network(&error)),
    }
}
