//! The check of everything, as the page asks for it: one run at a time, and the file of the last.

use super::{Engine, Event, Events};
use crate::doctor::{self, Report, Setup, Who, bundle};
use crate::model::{Account, DesktopId, Desktops, Doctor as Shown, DoctorStep, Export, WebRtcMode};
use crate::say;
use crate::tr;
use std::sync::Arc;
use stream::transport::ConnectionMode;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// The check's part of the engine.
#[derive(Default)]
pub(super) struct Doctor {
    /// The run that goes on, and its number.
    running: Option<(u64, JoinHandle<()>)>,
    last: Option<Arc<Report>>,
}

impl Engine {
    pub(super) fn run_doctor(&mut self, desktop: Option<&DesktopId>) {
        if self.doctor.running.is_some() {
            return;
        }
        let number = self.next_generation();
        let setup = Arc::new(self.doctor_setup(desktop));
        let export = self.model.doctor.export.take().filter(|e| matches!(e, Export::Busy(_)));
        self.model.doctor = Shown { running: true, export, ..Shown::default() };
        let events = self.events();
        let task = tokio::spawn(async move {
            let (told, hears) = watch::channel(Vec::new());
            let show = show(number, hears, events.clone());
            let run = async {
                let report = doctor::run(setup, |steps| {
                    // Nobody hears it any more when the engine is gone.
                    told.send_replace(steps);
                });
                let report = Box::pin(report).await;
                drop(told);
                report
            };
            let (report, ()) = tokio::join!(run, show);
            let ended = Event::Now(Box::new(move |engine| engine.doctor_ended(number, report)));
            if events.send(ended).await.is_err() {
                tracing::debug!("the engine is gone");
            }
        });
        self.doctor.running = Some((number, task));
    }

    fn doctor_setup(&self, desktop: Option<&DesktopId>) -> Setup {
        let workspace = self.account.workspace_id().map(str::to_owned);
        let who = match self.account.bearer() {
            Some(bearer) => Who::Person { bearer, workspace },
            // One that could not be checked yet is tried too: why is what the check is for.
            None => Who::stored(self.keeper.session(self.acting), &self.config.cloud),
        };
        Setup {
            cloud: self.config.cloud.clone(),
            door: self.doors.net(self.acting),
            who,
            desktop: desktop.map(|id| id.0.clone()),
            mode: match self.model.settings.webrtc {
                WebRtcMode::Automatic => ConnectionMode::Automatic,
                WebRtcMode::TurnRelay => ConnectionMode::Relay,
            },
            relay_only: self.config.relay_only,
            loopback: self.config.loopback,
            agent: self.config.agent.clone(),
            data: self.config.data.clone(),
            gateway: self.config.gateway.clone(),
            platform: self.doors.services(self.acting),
            facts: self.config.doctor.clone(),
        }
    }

    fn doctor_told(&mut self, number: u64, steps: Vec<DoctorStep>) {
        if self.doctor.running.as_ref().is_some_and(|(current, _)| *current == number) {
            self.model.doctor.steps = Arc::new(steps);
        }
    }

    fn doctor_ended(&mut self, number: u64, report: Report) {
        if self.doctor.running.take_if(|(current, _)| *current == number).is_none() {
            return;
        }
        let doctor = &mut self.model.doctor;
        doctor.running = false;
        doctor.steps = Arc::new(report.steps.clone());
        doctor.verdict = Some(report.verdict.clone());
        doctor.when = crate::local_time::minute(&jiff::Timestamp::now().to_string());
        self.doctor.last = Some(Arc::new(report));
    }

    pub(super) fn stop_doctor(&mut self) {
        let Some((_, task)) = self.doctor.running.take() else { return };
        // What it opened is closed with it.
        task.abort();
        let mut steps = self.model.doctor.steps.to_vec();
        let verdict = doctor::stopped(&mut steps);
        let report = Report { steps, verdict, private: self.doctor_private() };
        let doctor = &mut self.model.doctor;
        doctor.running = false;
        doctor.steps = Arc::new(report.steps.clone());
        doctor.verdict = Some(report.verdict.clone());
        self.doctor.last = Some(Arc::new(report));
    }

    /// Names of people and their things that the program knows.
    fn doctor_private(&self) -> Vec<String> {
        let person = self.account.person();
        let mut words: Vec<String> =
            person.iter().flat_map(|p| [p.name.clone(), p.email.clone(), p.id.clone()]).collect();
        if let Account::SignedIn(person) = &self.model.account {
            words.push(person.workspace.clone());
        }
        if let Desktops::Ready(list) = &self.model.desktops {
            words.extend(list.iter().map(|desktop| desktop.name.clone()));
        }
        words
    }

    pub(super) fn export_doctor(&mut self) {
        if matches!(self.model.doctor.export, Some(Export::Busy(_))) {
            return;
        }
        let Some(report) = self.doctor.last.clone() else {
            let problem = say::doctor::nothing_to_export();
            self.model.doctor.export = Some(Export::Failed(problem));
            return;
        };
        let mut private = self.doctor_private();
        private.extend(bundle::names_here());
        let about = bundle::About {
            agent: &self.config.agent,
            settings: &self.model.settings,
            connections: &self.doors.closed().log(),
            log: self.config.doctor.log.as_ref(),
            private: &private,
            home: &bundle::home(),
        };
        let text = bundle::text(&report, &about);
        let started = self.save_report(
            tr!("engine-save-check"),
            "multiclaw-check.txt",
            text,
            |engine, ended| {
                engine.model.doctor.export = ended;
            },
        );
        if started {
            self.model.doctor.export = Some(Export::Busy(0));
        }
    }
}

/// Hands the newest state on, one at a time.
async fn show(number: u64, mut hears: watch::Receiver<Vec<DoctorStep>>, events: Events) {
    while hears.changed().await.is_ok() {
        let steps = hears.borrow_and_update().clone();
        let told = Event::Now(Box::new(move |engine| engine.doctor_told(number, steps)));
        if events.send(told).await.is_err() {
            return;
        }
    }
}
