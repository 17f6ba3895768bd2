//! U20: the disk is full, or the work is cut off, before each step. Old or new starts, never none.
//! The test program `power` does the same with real processes and `kill -9`.

use crate::signer::version_of;
use crate::world::{NOW, Release, World, at, version};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use update::boot::{Next, begin_with, healthy};
use update::{Reason, Step, Tuning, UpdateError};

/// What happens before a step.
#[derive(Clone, Copy, Debug)]
enum Trouble {
    Full,
    Cut,
}

fn with(tuning: &Tuning, at: Step, trouble: Trouble) -> Tuning {
    let before = move |step| match trouble {
        _ if step != at => Ok(()),
        Trouble::Full => Err(io::ErrorKind::StorageFull.into()),
        // Nothing runs after this but what ends with the process.
        Trouble::Cut => panic!("the power fails before {step:?}"),
    };
    Tuning { before: Arc::new(before), ..tuning.clone() }
}

/// Starts the program that is there in this trouble; whether it came to run or was replaced.
fn start(world: &World, tuning: &Tuning) -> bool {
    let config = world.config(&version_of(&world.program()));
    let next = catch_unwind(AssertUnwindSafe(|| begin_with(&config, at(NOW), tuning)));
    matches!(next, Ok(Next::Run(_) | Next::Exec(_)))
}

#[tokio::test]
async fn u20_while_it_is_downloaded_and_unpacked() {
    for step in [Step::Write, Step::Sync, Step::Unpack, Step::Stage] {
        for trouble in [Trouble::Full, Trouble::Cut] {
            let mut world = World::new().await;
            let release = Release::new("1.1.0", 140);
            world.publish(&release);
            let offer = world.offer().await;
            let usual = world.tuning.clone();
            world.tuning = with(&usual, step, trouble);
            let error = world.updater().download(&offer, |_, _| {}).await.unwrap_err();
            match trouble {
                Trouble::Full => {
                    let full = matches!(error, UpdateError::Disk { full: true, .. });
                    assert!(full, "{step:?}: {error:?}");
                }
                Trouble::Cut => assert_eq!(error, UpdateError::Ending, "{step:?}"),
            }
            world.tuning = usual;
            assert_eq!(world.installed(), "1.0.0");
            assert_eq!(world.updater().status().staged, None);
            assert_eq!(world.start().notes, [""; 0], "{step:?}");
            assert_eq!(world.installed(), "1.0.0");
            // Afterwards it works, and what was downloaded is not downloaded again.
            world.server.heads();
            world.updater().download(&offer, |_, _| {}).await.unwrap();
            let asked = usize::from(step == Step::Write);
            assert_eq!(world.server.heads().len(), asked, "{step:?}, {trouble:?}");
            world.start();
            assert_eq!(world.installed(), "1.1.0");
        }
    }
}

#[tokio::test]
async fn u20_while_it_is_put_in_place() {
    for step in [
        Step::Copy,
        Step::Verify,
        Step::SelfTest,
        Step::Mark,
        Step::Exchange,
        Step::Last,
        Step::Keep,
        Step::Start,
        Step::Count,
    ] {
        for trouble in [Trouble::Full, Trouble::Cut] {
            let world = World::new().await;
            world.stage(&Release::new("1.1.0", 140)).await;
            let cut = with(&world.tuning, step, trouble);
            let ran = start(&world, &cut) && start(&world, &cut);
            assert_eq!(ran, matches!(trouble, Trouble::Full), "{step:?}: the trouble came");
            let installed = world.installed();
            let placed = matches!(step, Step::Last | Step::Keep | Step::Start | Step::Count);
            assert_eq!(installed == "1.1.0", placed, "{step:?}, {trouble:?}: {installed}");
            // The next start makes up for it.
            let boot = world.start();
            assert_eq!((world.installed().as_str(), boot.is_on_trial()), ("1.1.0", true));
            assert!(boot.notes.is_empty(), "{step:?}: {:?}", boot.notes);
            healthy(&boot);
            let status = world.updater().status();
            assert_eq!(status.previous, Some(version("1.0.0")), "{step:?}, {trouble:?}");
            drop(boot);
            assert!(!world.start().is_on_trial());
            assert_eq!(world.left(), ["kept/previous"], "{step:?}, {trouble:?}");
            assert_eq!(version_of(&world.kept("previous/program")), "1.0.0");
        }
    }
}

#[tokio::test]
async fn u20_while_a_trial_is_ended() {
    for trouble in [Trouble::Full, Trouble::Cut] {
        let world = World::new().await;
        world.stage(&Release::new("1.1.0", 140)).await;
        healthy(&world.start());
        // However often that happens, it was healthy.
        for _ in 0..4 {
            let ran = start(&world, &with(&world.tuning, Step::Confirm, trouble));
            assert_eq!(ran, matches!(trouble, Trouble::Full), "the trouble came");
            let word = ["healthy.json", "kept/marker.json", "kept/previous"];
            assert_eq!(
                (world.installed().as_str(), world.left()),
                ("1.1.0", word.map(String::from).into())
            );
        }
        let boot = world.start();
        assert!(!boot.is_on_trial() && boot.notes.is_empty());
        assert_eq!(world.left(), ["kept/previous"]);
    }
}

#[tokio::test]
async fn u20_while_it_is_taken_back() {
    for person in [false, true] {
        for step in [Step::Remember, Step::ExchangeBack, Step::CleanUp] {
            for trouble in [Trouble::Full, Trouble::Cut] {
                let world = World::new().await;
                world.stage(&Release::new("1.1.0", 140)).await;
                let boot = world.start();
                if person {
                    healthy(&boot);
                    drop(boot);
                    world.updater().roll_back().unwrap();
                } else {
                    drop(boot);
                    drop(world.start());
                }
                let cut = with(&world.tuning, step, trouble);
                let ran = start(&world, &cut);
                assert_eq!(ran, matches!(trouble, Trouble::Full), "{step:?}: the trouble came");
                let back = world.installed() == "1.0.0";
                // A full disk keeps nobody from going back, if only it can be remembered later.
                let full = matches!(trouble, Trouble::Full);
                let expected = step == Step::CleanUp || (step == Step::Remember && full);
                assert_eq!(back, expected, "{step:?}, {trouble:?}");
                // By itself it is tried again at the next start; a person asks again.
                if person && step == Step::ExchangeBack && full {
                    assert!(!world.updater().status().going_back);
                    world.updater().roll_back().unwrap();
                }
                let boot = world.start();
                assert_eq!(world.installed(), "1.0.0", "{step:?}, {trouble:?}");
                assert!(!boot.is_on_trial() && boot.notes.is_empty());
                assert_eq!(world.left(), [""; 0], "{step:?}, {trouble:?}");
                let reason = if person { Reason::TakenBack } else { Reason::DidNotStart };
                let failed = world.updater().status().failed;
                if step != Step::Remember || !full {
                    assert_eq!(failed, [(version("1.1.0"), reason)].into());
                }
                assert_eq!(world.updater().status().previous, None);
            }
        }
    }
}

/// The old program cannot be put in order, and is found where it is.
#[tokio::test]
async fn u20_the_disk_is_in_disorder_after_the_exchange() {
    for taken_back in [false, true] {
        let world = World::new().await;
        world.stage(&Release::new("1.1.0", 140)).await;
        assert!(!start(&world, &with(&world.tuning, Step::Keep, Trouble::Cut)));
        assert_eq!(world.installed(), "1.1.0");
        // In this folder's place there is something that cannot be removed.
        std::fs::create_dir_all(world.kept("previous/in/the/way")).unwrap();
        let boot = world.start();
        assert!(boot.is_on_trial() && boot.notes.is_empty());
        assert_eq!(version_of(&world.kept("new/program")), "1.0.0");
        // The next version does not lay itself over the only copy of it.
        world.stage(&Release::new("1.2.0", 141)).await;
        if !taken_back {
            healthy(&boot);
        }
        drop(boot);
        let boot = world.start();
        assert_eq!((world.installed().as_str(), boot.is_on_trial()), ("1.1.0", taken_back));
        assert_eq!(boot.notes.len(), usize::from(!taken_back), "{:?}", boot.notes);
        assert_eq!(version_of(&world.kept("new/program")), "1.0.0");
        drop(boot);
        if taken_back {
            let boot = world.start();
            assert_eq!((world.installed().as_str(), boot.is_on_trial()), ("1.0.0", false));
            assert_eq!(world.updater().status().failed.len(), 1);
        } else {
            std::fs::remove_dir_all(world.kept("previous")).unwrap();
            assert!(world.start().notes.is_empty());
            assert_eq!(world.installed(), "1.2.0");
            assert_eq!(version_of(&world.kept("previous/program")), "1.1.0");
        }
    }
}
