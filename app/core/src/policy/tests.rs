use super::*;
use crate::model::{DesktopId, TimeOfDay};
use proptest::prelude::*;

const PIN: &str = "428193";

fn hash() -> PinHash {
    PinHash::make(PIN, [7; 16]).unwrap()
}

/// A minute of the day.
fn time(minute: u16) -> TimeOfDay {
    TimeOfDay::new(minute / 60, minute % 60).unwrap()
}

#[test]
fn a_whole_file_is_read() {
    let text = format!(
        r#"
        cloud = "https://cloud.example.com"
        desktop = "lobby"
        theme = "dark"
        language = "chinese"
        scaling = "one-to-one"
        keyboard = "position"
        quality = "low-data"
        webrtc = "turn-relay"
        view_only = true
        link_titles = false
        favicons = false
        live_progress = false
        notifications = false
        stats = false
        [updates]
        stay_at = "0.2.1"
        quiet = "22:00-06:00"
        [kiosk]
        enabled = true
        desktop = "lobby"
        monitor = "HDMI-A-1"
        branding = "Reception"
        pin = "{}"
        idle_cursor = 5
        keep_awake = false
        view_only = true
        "#,
        hash().phc()
    );
    let values = Values::parse(&text).unwrap();
    assert_eq!(values.quality, Some(Quality::LowData));
    let quiet = values.updates.quiet.unwrap().0;
    let covers = |minute| quiet.contains(time(minute));
    assert_eq!((quiet.from.minutes(), quiet.to.minutes()), (22 * 60, 6 * 60));
    assert!(covers(23 * 60) && covers(0) && covers(359));
    assert!(!covers(360) && !covers(12 * 60));
    let kiosk = values.kiosk.clone().unwrap();
    assert_eq!(kiosk.monitor, Some(Monitor::Name("HDMI-A-1".into())));
    assert!(kiosk.pin.as_ref().unwrap().is_of(PIN));
    assert!(!format!("{values:?}").contains("argon2"));
    let policy = Policy::new(values, Values::default());
    for command in [
        Command::SetLanguage(None),
        Command::SetTheme(Theme::Light),
        Command::SetScaling(Scaling::Fit),
        Command::SetKeyboard(Keyboard::Automatic),
        Command::SetQuality(Quality::Sharp),
        Command::SetWebRtcMode(WebRtcMode::Automatic),
        Command::SetViewOnly(false),
        Command::SetLinkTitles(true),
        Command::SetFavicons(true),
        Command::SetLiveProgress(true),
        Command::SetNotifications(true),
        Command::ShowStats(true),
    ] {
        let setting = changes(&command).unwrap();
        assert!(policy.fixed().has(setting), "{setting:?}");
    }
    assert_eq!(changes(&Command::OpenDesktop(DesktopId("d".into()))), None);
}

#[test]
fn a_fault_names_its_line_and_never_quotes_the_hash() {
    let fault = |text: &str| Values::parse(text).unwrap_err();
    assert!(fault("theme = \"dark\"\ntehme = 1\n").starts_with("line 2: unknown field `tehme`"));
    assert!(
        fault("\n\n[kiosk]\nPIN = 1").starts_with("line 4: "),
        "{}",
        fault("\n\n[kiosk]\nPIN = 1")
    );
    assert!(fault("theme = \"sepia\"").starts_with("line 1: "));
    assert!(fault("[updates]\nquiet = \"22-6\"").contains("quiet hours are like"));
    let weak = "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHRzb21l$ZmFrZWhhc2hmYWtlaGFzaA";
    let said = fault(&format!("[kiosk]\npin = \"{weak}\""));
    assert!(said.starts_with("line 2: ") && said.contains("too little"), "{said}");
    let other = "$argon2i$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21l$ZmFrZWhhc2hmYWtlaGFzaA";
    for bad in ["1234", "", "$2b$12$abc", other] {
        let said = fault(&format!("[kiosk]\npin = \"{bad}\""));
        assert!(said.contains("multiclaw kiosk-pin"), "{said}");
        assert!(bad.is_empty() || !said.contains(bad), "{said}");
    }
}

#[test]
fn a_pin_has_a_length_and_a_hash_of_its_own() {
    assert_eq!(PinHash::make("12345", [0; 16]), Err(PinError::Length));
    assert_eq!(PinHash::make(&"1".repeat(65), [0; 16]), Err(PinError::Length));
    let (one, other) = (hash(), PinHash::make(PIN, [8; 16]).unwrap());
    assert_ne!(one, other);
    assert!(one.is_of(PIN) && other.is_of(PIN) && !one.is_of("428194") && !one.is_of(""));
    assert_eq!(PinHash::try_from(one.phc().to_owned()).unwrap(), one);
}

#[test]
fn mandatory_beats_own_beats_defaults_and_is_never_kept_as_a_choice() {
    let language = Some(Language::Chinese);
    let mandatory = Values { theme: Some(Theme::Dark), language, ..Values::default() };
    let defaults = Values {
        theme: Some(Theme::Light),
        stats: Some(true),
        view_only: Some(true),
        ..Values::default()
    };
    let policy = Policy::new(mandatory, defaults);
    let begin = policy.initial();
    assert_eq!((begin.theme, begin.stats), (Theme::Light, true));
    let shown = policy.apply(begin);
    assert_eq!((shown.theme, shown.language), (Theme::Dark, language));
    let changed = Settings { stats: false, ..shown };
    let kept = policy.own(changed, begin);
    assert_eq!((kept.theme, kept.stats, kept.language), (Theme::Light, false, None));
    assert!(policy.view_only());
    assert!(!policy.fixed().has(Setting::ViewOnly), "a default fixes nothing");
}

#[test]
fn a_second_file_adds_and_does_not_weaken() {
    let kiosk = |pin| KioskRules { enabled: Some(true), pin, ..KioskRules::default() };
    let system = Values { theme: Some(Theme::Dark), kiosk: Some(kiosk(None)), ..Values::default() };
    let second = Values {
        theme: Some(Theme::Light),
        quality: Some(Quality::Sharp),
        kiosk: Some(kiosk(Some(hash()))),
        ..Values::default()
    };
    let both = system.and(second.clone());
    assert_eq!((both.theme, both.quality), (Some(Theme::Dark), Some(Quality::Sharp)));
    assert_eq!(both.kiosk.unwrap().pin, None, "a PIN that is added would be a way out");
    assert!(Values::default().and(second).kiosk.unwrap().pin.is_some());
}

#[cfg(unix)]
mod files {
    use super::*;
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

    fn mode(path: &Path, mode: u32) {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    }

    fn write(path: &Path, text: &str) {
        std::fs::write(path, text).unwrap();
        mode(path, 0o644);
    }

    #[test]
    fn only_what_the_administrator_alone_can_write_is_read() {
        let top = tempfile::tempdir().unwrap();
        let me = top.path().metadata().unwrap().uid();
        let folder = top.path().join("etc/multiclaw");
        let read = || Policy::read(&folder, me, top.path());
        assert_eq!(read().unwrap(), Policy::default(), "no folder, no rules");
        std::fs::create_dir_all(&folder).unwrap();
        for path in [top.path().join("etc"), folder.clone()] {
            mode(&path, 0o755);
        }
        assert_eq!(read().unwrap(), Policy::default(), "no file, no rules");
        let file = folder.join(POLICY_FILE);
        write(&file, "theme = \"dark\"");
        assert_eq!(read().unwrap().mandatory().theme, Some(Theme::Dark));

        let refused = |what: &str| match read() {
            Err(PolicyError::Untrusted { why, .. }) => assert!(why.contains(what), "{why}"),
            other => panic!("{what}: {other:?}"),
        };
        for open in [0o664, 0o646, 0o666] {
            mode(&file, open);
            refused("others may write it");
        }
        mode(&file, 0o644);
        for above in [folder.clone(), top.path().join("etc")] {
            mode(&above, 0o777);
            refused("others may write it");
            mode(&above, 0o755);
        }
        let foreign = Policy::read(&folder, me + 1, top.path());
        assert!(matches!(foreign, Err(PolicyError::Untrusted { .. })), "{foreign:?}");

        let kept = folder.join("kept");
        std::fs::rename(&file, &kept).unwrap();
        symlink(&kept, &file).unwrap();
        assert!(matches!(read(), Err(PolicyError::Read { .. })), "a link");
        std::fs::remove_file(&file).unwrap();
        std::fs::create_dir(&file).unwrap();
        refused("not a regular file");
        std::fs::remove_dir(&file).unwrap();
        rustix::fs::mknodat(
            rustix::fs::CWD,
            &file,
            rustix::fs::FileType::Fifo,
            rustix::fs::Mode::from_raw_mode(0o644),
            0,
        )
        .unwrap();
        refused("not a regular file");
        std::fs::remove_file(&file).unwrap();
        write(&file, &"#".repeat(70_000));
        let long = read().unwrap_err().to_string();
        assert!(long.contains("too long"), "{long}");
        std::fs::write(&file, b"\xff\xfe").unwrap();
        assert!(read().unwrap_err().to_string().contains("not UTF-8"));
        write(&file, "theme = \"dark\"\nnope = 1");
        assert!(read().unwrap_err().to_string().contains("line 2: unknown field `nope`"));
        std::fs::remove_file(&file).unwrap();
        write(&folder.join(DEFAULTS_FILE), "[kiosk]\nenabled = true");
        assert!(read().unwrap_err().to_string().contains("belong into policy.toml"));
    }

    #[test]
    fn a_linked_folder_is_refused() {
        let top = tempfile::tempdir().unwrap();
        let me = top.path().metadata().unwrap().uid();
        let (real, linked) = (top.path().join("real"), top.path().join("linked"));
        std::fs::create_dir(&real).unwrap();
        mode(&real, 0o755);
        write(&real.join(POLICY_FILE), "stats = true");
        symlink(&real, &linked).unwrap();
        assert!(Policy::read(&real, me, top.path()).is_ok());
        let refused = Policy::read(&linked, me, top.path());
        assert!(matches!(refused, Err(PolicyError::Untrusted { .. })), "{refused:?}");
    }

    #[test]
    fn the_persons_own_file_is_checked_too() {
        let top = tempfile::tempdir().unwrap();
        let path = top.path().join("more.toml");
        write(&path, "stats = true");
        assert_eq!(file::of_person(&path).unwrap().stats, Some(true));
        mode(&path, 0o666);
        assert!(matches!(file::of_person(&path), Err(PolicyError::Untrusted { .. })));
        assert!(file::of_person(&top.path().join("none")).is_err(), "named and not there");
    }
}

fn any_values() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        Just("theme = \"dark\"".to_owned()),
        Just("stats = true".to_owned()),
        Just("[kiosk]".to_owned()),
        Just("[updates]".to_owned()),
        "[a-z_]{1,12} = (true|false|[0-9]{1,4}|\"[ -~]{0,8}\")",
        "idle_cursor = -?[0-9]{1,6}",
        "quiet = \"[0-9:\\- ]{0,12}\"",
        "monitor = (\"[A-Z0-9-]{0,8}\"|-?[0-9]{1,3})",
        "\\PC{0,24}",
    ];
    proptest::collection::vec(line, 0..12).prop_map(|lines| lines.join("\n"))
}

proptest! {
    /// Whatever is in the file: no panic, and a fault is one line that names where it is.
    #[test]
    fn any_text_is_understood_or_refused(text in any_values()) {
        match Values::parse(&text) {
            Ok(values) => prop_assert_eq!(values.clone().and(values.clone()), values),
            Err(why) => prop_assert!(!why.is_empty() && why.len() < 2000, "{}", why),
        }
    }

    #[test]
    fn quiet_hours_cover_what_they_say(from in 0_u16..1440, until in 0_u16..1440, at in 0_u16..1440) {
        let text = format!("{:02}:{:02}-{:02}:{:02}", from / 60, from % 60, until / 60, until % 60);
        match QuietHours::try_from(text) {
            Err(_) => prop_assert_eq!(from, until),
            Ok(quiet) => {
                // Walk from the first minute to the end, over midnight.
                let length = (until + 1440 - from) % 1440;
                prop_assert_eq!(quiet.0.contains(time(at)), (at + 1440 - from) % 1440 < length);
            }
        }
    }

    #[test]
    fn keeping_and_applying_is_stable(dark in any::<bool>(), stats in proptest::option::of(any::<bool>())) {
        let own = Settings { stats: dark, ..Settings::default() };
        let policy = Policy::new(
            Values { stats, theme: dark.then_some(Theme::Dark), ..Values::default() },
            Values::default(),
        );
        let shown = policy.apply(own);
        prop_assert_eq!(policy.own(shown, own), own);
        prop_assert_eq!(policy.apply(shown), shown);
    }
}
