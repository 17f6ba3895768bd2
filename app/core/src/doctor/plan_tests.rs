use super::*;
use proptest::prelude::*;
use std::time::Duration;

fn state(plan: &Plan, step: Step) -> StepState {
    plan.row(step).unwrap().shown.state
}

/// Runs it through; what `found` says nothing about works.
fn run(found: &[(Step, Finding)]) -> (Plan, DoctorVerdict) {
    let mut plan = Plan::new(&[]);
    let now = Instant::now();
    loop {
        let begun = plan.begin(now);
        if begun.is_empty() {
            break;
        }
        for step in begun {
            let finding = found.iter().find(|(s, _)| *s == step).map(|(_, f)| f.clone());
            plan.ended(step, finding.unwrap_or_else(|| Finding::ok("Well.")), now);
        }
    }
    assert!(plan.is_over());
    let verdict = plan.settle();
    (plan, verdict)
}

fn fails(step: Step) -> (Step, Finding) {
    (step, Finding::failed("It broke.", "Mend it."))
}

#[test]
fn what_does_not_depend_on_each_other_runs_together() {
    let mut plan = Plan::new(&["Files of the system".into()]);
    let now = Instant::now();
    let begun = plan.begin(now);
    for step in [Step::Dns, Step::Proxy, Step::Program, Step::Folders, Step::Extra(0)] {
        assert!(begun.contains(&step), "{step:?}");
    }
    assert!(!begun.contains(&Step::Tls) && !begun.contains(&Step::Gateway));
    assert!(plan.begin(now).is_empty());
    plan.ended(Step::Dns, Finding::ok("Found."), now);
    assert!(plan.begin(now).is_empty(), "the proxy is not through");
    plan.ended(Step::Proxy, Finding::warning("Slow.", ""), now + Duration::from_millis(30));
    assert_eq!(plan.begin(now), [Step::Tls]);
    let shown = plan.shown();
    assert_eq!(shown[1].took_ms, Some(30));
    assert_eq!(shown.last().unwrap().id, "files-of-the-system");
}

#[test]
fn all_is_well() {
    let (_, verdict) = run(&[]);
    assert_eq!((verdict.state, verdict.step), (StepState::Ok, None));
}

#[test]
fn the_cause_is_named_and_what_needs_it_is_skipped() {
    for step in Step::ALL {
        let (plan, verdict) = run(&[fails(step)]);
        let alone = matches!(step, Step::Stun | Step::TurnUdp | Step::TurnTls | Step::TurnTcp);
        let expected = if alone { StepState::Warning } else { StepState::Failed };
        assert_eq!(verdict.state, expected, "{step:?}");
        assert_eq!(verdict.step.as_deref(), Some(step.id()));
        assert!(verdict.text.contains(step.name()) && verdict.next == "Mend it.", "{verdict:?}");
        for other in Step::ALL.into_iter().filter(|other| other.after().contains(&step)) {
            assert_eq!(state(&plan, other), StepState::Skipped, "{other:?} after {step:?}");
        }
    }
}

#[test]
fn no_way_to_a_desktop_is_a_failure() {
    let ways = [Step::Stun, Step::TurnUdp, Step::TurnTls, Step::TurnTcp, Step::Frames].map(fails);
    let (plan, verdict) = run(&ways);
    assert_eq!(verdict.state, StepState::Failed);
    assert_eq!(verdict.step.as_deref(), Some("stun"));
    assert_eq!(state(&plan, Step::TurnTcp), StepState::Failed);
}

#[test]
fn signed_out_is_said() {
    let out = Finding::skipped("You are not signed in.", "Sign in.");
    let (plan, verdict) = run(&[(Step::SignIn, out)]);
    assert_eq!((verdict.state, verdict.step.as_deref()), (StepState::Warning, Some("sign-in")));
    assert!(verdict.text.contains("not signed in"));
    assert_eq!(state(&plan, Step::Frames), StepState::Skipped);
}

#[test]
fn a_step_has_its_time_and_no_more() {
    let mut plan = Plan::new(&[]);
    let now = Instant::now();
    plan.begin(now);
    assert_eq!(plan.deadline(), Some(now + Duration::from_secs(10)));
    assert!(plan.expire(now + Duration::from_secs(9)).is_empty());
    let late = plan.expire(now + Duration::from_secs(12));
    assert!(late.contains(&Step::Dns) && late.contains(&Step::Folders));
    assert!(!late.contains(&Step::Proxy));
    plan.ended(Step::Dns, Finding::ok("Too late."), now);
    assert_eq!(state(&plan, Step::Dns), StepState::Failed);
}

#[test]
fn a_stopped_run_says_so() {
    let mut plan = Plan::new(&[]);
    plan.begin(Instant::now());
    let mut steps = plan.shown();
    assert_eq!(crate::doctor::stopped(&mut steps).state, StepState::Warning);
    assert!(steps.iter().all(|step| step.state == StepState::Skipped && !step.detail.is_empty()));
}

proptest! {
    #[test]
    fn every_run_ends_and_a_failure_is_always_named(seed in prop::collection::vec(0_u8..4, 18)) {
        let found: Vec<_> = Step::ALL.into_iter().zip(seed).map(|(step, n)| (step, match n {
            0 => Finding::failed("F.", ""),
            1 => Finding::warning("W.", ""),
            2 => Finding::skipped("S.", ""),
            _ => Finding::ok("O."),
        })).collect();
        let (plan, verdict) = run(&found);
        let shown = plan.shown();
        let failed = shown.iter().find(|row| row.state == StepState::Failed);
        prop_assert_eq!(verdict.state == StepState::Failed, failed.is_some());
        if let Some(row) = failed {
            prop_assert_eq!(verdict.step.as_deref(), Some(row.id.as_str()));
        }
        prop_assert!(shown.iter().all(|row| !row.detail.is_empty()));
    }
}
