//! Sign-in through the system's browser (RFC 8628), and opening links there.

use super::{Engine, Event};
use crate::links;
use crate::model::{self, BrowserSignIn};
use crate::say;
use crate::scope::Grant;
use cloud_client::ApiError;
use cloud_client::rest::{DevicePoll, Poll};
use cloud_client::wire::{DeviceAuthorization, SignedIn};
use std::time::Instant;
use zeroize::Zeroizing;

/// Opens an address in the system's browser; `false` when there is none.
pub type Browser = Box<dyn Fn(&str) -> bool + Send>;

/// A sign-in that is under way in the browser.
pub(super) struct Device {
    code: Zeroizing<String>,
    poll: DevicePoll,
    address: String,
    asking: bool,
    /// Of the command that began it: who asks again and again asks for that.
    grant: Grant,
}

impl Engine {
    pub(super) fn sign_in_with_browser(&mut self) {
        self.cancel_sign_in();
        self.form(|form| {
            form.busy = true;
            form.problem = None;
        });
        let Some(rest) = self.rest() else { return };
        let generation = self.next_generation();
        let work = self.spawn(async move {
            let result = rest.device_authorize().await;
            Event::Now(Box::new(move |engine| engine.device_began(generation, result)))
        });
        self.account.begin_attempt(generation, work);
    }

    fn device_began(&mut self, generation: u64, result: Result<DeviceAuthorization, ApiError>) {
        if !self.account.is_attempt(generation) {
            return;
        }
        let authorization = match result {
            Ok(authorization) => authorization,
            Err(error) => return self.sign_in_failed(say::sign_in(&error)),
        };
        let whole = authorization.verification_uri_complete.as_ref();
        let address = whole.unwrap_or(&authorization.verification_uri).clone();
        if !self.doors.is_own_page(&address) {
            return self.sign_in_failed(say::strange_page());
        }
        let code: String = authorization.user_code.chars().take(32).collect();
        self.account.device = Some(Device {
            poll: DevicePoll::new(&authorization, Instant::now()),
            code: authorization.device_code,
            address: address.clone(),
            asking: false,
            grant: self.acting,
        });
        self.form(|form| form.browser = Some(BrowserSignIn { code, address }));
        self.open_browser();
    }

    pub(super) fn open_browser(&self) {
        if let Some(device) = &self.account.device
            && !self.doors.browse(self.acting, &device.address)
        {
            tracing::warn!("no browser was opened; the address is shown");
        }
    }

    pub(super) fn open_link(&mut self, link: &str) {
        // What was checked is what is opened: reading a link drops white space from its middle,
        // and the system's opener might not.
        let good = url::Url::parse(link).ok().filter(links::may_open);
        if !good.as_ref().is_some_and(|url| self.doors.browse(self.acting, url.as_str())) {
            self.notice(say::no_browser(good.is_some()));
        }
    }

    pub(super) fn device_deadline(&self) -> Option<Instant> {
        let device = self.account.device.as_ref().filter(|device| !device.asking)?;
        Some(device.poll.next().unwrap_or_else(Instant::now))
    }

    pub(super) fn device_tick(&mut self) {
        if let Some(device) = &self.account.device {
            self.acting = device.grant;
        }
        let rest = self.rest();
        let Some(device) = self.account.device.as_mut().filter(|device| !device.asking) else {
            return;
        };
        match device.poll.next() {
            None => self.sign_in_failed(say::device_expired()),
            Some(at) if Instant::now() >= at => {
                let Some(rest) = rest else { return };
                device.asking = true;
                let code = device.code.clone();
                let generation = self.next_generation();
                let work = self.spawn(async move {
                    let poll = rest.device_token(&code).await;
                    // The token's owner is asked for at once: without a name there is no sign-in.
                    let poll = match poll {
                        Ok(Poll::Token(token)) => match rest.me(&token).await {
                            Ok(me) => {
                                let (user, workspaces) = (me.user, me.workspaces);
                                let signed_in = Ok(SignedIn { token, user, workspaces });
                                return Event::SignedIn(generation, signed_in);
                            }
                            Err(error) => Err(error),
                        },
                        other => other,
                    };
                    Event::Now(Box::new(move |engine| engine.device_answer(generation, &poll)))
                });
                self.account.begin_attempt(generation, work);
            }
            Some(_) => {}
        }
    }

    fn device_answer(&mut self, generation: u64, poll: &Result<Poll, ApiError>) {
        if !self.account.is_attempt(generation) {
            return;
        }
        let Some(device) = &mut self.account.device else { return };
        device.asking = false;
        device.poll.answered(poll, Instant::now());
        match poll {
            Ok(Poll::Denied) => self.sign_in_failed(say::device_denied()),
            Ok(Poll::Expired) => self.sign_in_failed(say::device_expired()),
            _ => {}
        }
    }

    fn sign_in_failed(&mut self, problem: model::Problem) {
        self.cancel_sign_in();
        self.form(|form| form.problem = Some(problem));
    }

    /// Changes the sign-in form, if it is what is shown.
    pub(super) fn form(&mut self, change: impl FnOnce(&mut model::SignIn)) {
        if let model::Account::SignedOut(form) = &mut self.model.account {
            change(form);
        }
    }
}
