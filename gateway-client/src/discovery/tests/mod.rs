//! Discovery as a whole: a folder, an environment, and what comes out.

mod machine;

use super::folder::{FolderError, FolderMode};
use super::*;
use proptest::prelude::*;
use std::path::Path;

/// A home of its own.
struct Home {
    folder: tempfile::TempDir,
    variables: Vec<(String, String)>,
}

impl Home {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().to_str().unwrap().to_owned();
        Self { folder, variables: vec![("HOME".into(), home)] }
    }

    fn with(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.into(), value.into()));
        self
    }

    fn file(self, name: &str, text: impl AsRef<[u8]>) -> Self {
        let path = self.folder.path().join(".openclaw").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
        }
        self
    }

    fn config(self, text: &str) -> Self {
        self.file("openclaw.json", text)
    }

    fn environment(&self) -> Environment {
        Environment::from_variables(self.variables.clone())
    }

    fn discover(&self) -> Result<Discovery, DiscoveryError> {
        discover(&self.environment())
    }

    fn port(&self) -> (u16, PortSource) {
        let found = self.discover().unwrap();
        (found.endpoint.port(), found.port_source)
    }

    fn token(&self) -> Option<(String, TokenSource)> {
        let found = self.discover().unwrap();
        assert_eq!(found.token.is_some(), found.token_source.is_some());
        Some((found.token?.expose().to_owned(), found.token_source?))
    }
}

fn token(text: &str, source: TokenSource) -> Option<(String, TokenSource)> {
    Some((text.to_owned(), source))
}

#[test]
fn without_a_configuration_the_defaults_hold() {
    let home = Home::new();
    let found = home.discover().unwrap();
    assert_eq!(found.state_dir, home.folder.path().join(".openclaw"));
    assert_eq!(found.config_path, home.folder.path().join(".openclaw/openclaw.json"));
    assert!(!found.config_found && !found.local_mode);
    assert_eq!(found.endpoint, Endpoint::loopback(18789));
    assert_eq!((found.auth, found.token), (AuthMode::Token, None));
    assert_eq!(found.problems, []);
}

#[test]
fn a_configuration_as_the_gateway_takes_it() {
    let text = "// mine\n{gateway: {mode: 'local', port: 0x4b2a, bind: \"loopback\",\n\
        auth: {mode: 'token', token: ' abc-123 ',},},\n models: {x: [[[1e400, 'sk-x']]]}, }";
    let found = Home::new().config(text).discover().unwrap();
    assert!(found.config_found && found.local_mode);
    assert_eq!(found.endpoint.port(), 0x4b2a);
    assert_eq!(found.token.unwrap().expose(), "abc-123");
    assert_eq!(found.problems, []);
    #[cfg(unix)]
    assert_eq!(found.config_mode, Some(0o600));
}

#[test]
fn a_port_comes_from_the_environment_then_the_file_then_the_profile() {
    use PortSource::*;
    let set = "{gateway:{port:19000}}";
    type Row =
        (Option<&'static str>, Option<&'static str>, Option<&'static str>, (u16, PortSource));
    let table: [Row; 14] = [
        (None, None, None, (18789, Default)),
        (None, None, Some("default"), (18789, Default)),
        (None, None, Some("no/name"), (18789, Default)),
        // What `openclaw gateway status` said for these two names.
        (None, None, Some("dev"), (38556, Profile)),
        (None, None, Some("work"), (41984, Profile)),
        (None, Some(set), Some("work"), (19000, Configuration)),
        (Some("19001"), Some(set), Some("work"), (19001, Environment)),
        (Some(" 19001 "), None, None, (19001, Environment)),
        (Some("0.0.0.0:19001"), None, None, (19001, Environment)),
        (Some("[::1]:19001"), None, None, (19001, Environment)),
        (Some(""), Some(set), None, (19000, Configuration)),
        (Some("x"), Some(set), None, (19000, Configuration)),
        (Some("70000"), Some(set), None, (19000, Configuration)),
        (Some("0"), None, None, (18789, Default)),
    ];
    for (variable, file, profile, expected) in table {
        let mut home = Home::new();
        for (name, value) in [("OPENCLAW_GATEWAY_PORT", variable), ("OPENCLAW_PROFILE", profile)] {
            home = value.into_iter().fold(home, |home, value| home.with(name, value));
        }
        home = file.into_iter().fold(home, Home::config);
        assert_eq!(home.port(), expected, "{variable:?} {file:?} {profile:?}");
        let odd = matches!(variable, Some("x" | "70000" | "0"));
        let problems = home.discover().unwrap().problems;
        assert_eq!(problems.contains(&Oddity::PortVariable), odd, "{variable:?}");
    }
    for port in ["0", "-1", "70000", "18789.5", "'18789'", "1e400", "NaN", "[]", "null"] {
        let home = Home::new().config(&format!("{{gateway:{{port:{port}}}}}"));
        assert_eq!(home.discover(), Err(DiscoveryError::Port), "{port}");
    }
}

#[test]
fn a_token_comes_from_the_file_then_from_the_environment() {
    use TokenSource::*;
    let file = "{gateway:{auth:{token:'in-file'}}}";
    let both = Home::new().config(file).with("OPENCLAW_GATEWAY_TOKEN", "in-env");
    assert_eq!(both.token(), token("in-file", Configuration));
    let env = Home::new().config("{}").with("OPENCLAW_GATEWAY_TOKEN", "in-env\n");
    assert_eq!(env.token(), token("in-env", Environment));
    let dotenv = Home::new().config("{}").file(".env", "OPENCLAW_GATEWAY_TOKEN=in-dotenv\n");
    assert_eq!(dotenv.token(), token("in-dotenv", Environment));
    let over = dotenv.with("OPENCLAW_GATEWAY_TOKEN", "in-env");
    assert_eq!(over.token(), token("in-env", Environment));
    assert_eq!(Home::new().config("{gateway:{auth:{token:' '}}}").token(), None);
    assert_eq!(Home::new().token(), None);
    // A token of a gateway elsewhere is not for this one.
    assert_eq!(Home::new().config("{gateway:{remote:{token:'far'}}}").token(), None);
}

#[test]
fn a_token_may_be_named_instead_of_written() {
    use TokenSource::Configuration;
    let home = |text: &str| {
        Home::new()
            .config(&format!("{{gateway:{{auth:{{token:{text}}}}}, env:{{vars:{{IN_FILE:'f'}}}}}}"))
            .with("SET", "value")
            .with("OPENCLAW_GATEWAY_TOKEN", "not-this")
    };
    for (text, expected) in [
        ("'${SET}'", "value"),
        ("'$SET'", "value"),
        ("'a-${SET}-${SET}-b'", "a-value-value-b"),
        ("'$${SET}'", "${SET}"),
        ("'${lower}'", "${lower}"),
        ("'${'", "${"),
        ("'${IN_FILE}'", "f"),
        ("{source:'env',provider:'default',id:'SET'}", "value"),
        ("{source:'env',id:'IN_FILE'}", "f"),
    ] {
        assert_eq!(home(text).token(), token(expected, Configuration), "{text}");
    }
    for (text, oddity) in [
        ("'${UNSET}'", Oddity::TokenVariableUnset("UNSET".into())),
        ("{source:'env',id:'UNSET'}", Oddity::TokenVariableUnset("UNSET".into())),
        ("{source:'file',id:'/x'}", Oddity::TokenOutOfReach("a file")),
        ("{source:'exec',id:'x'}", Oddity::TokenOutOfReach("a program")),
        ("{source:'store',id:'x'}", Oddity::TokenOutOfReach("its secret store")),
        ("{source:'env',id:'lower'}", Oddity::TokenUnusable),
        ("{}", Oddity::TokenUnusable),
        ("7", Oddity::TokenUnusable),
        ("['x']", Oddity::TokenUnusable),
        ("'two\\nlines'", Oddity::TokenUnusable),
    ] {
        // The variable is not taken instead: the gateway would not take it either.
        let found = home(text).discover().unwrap();
        assert_eq!((found.token, found.problems), (None, vec![oddity]), "{text}");
    }
}

#[test]
fn modes_of_signing_in() {
    let found = |text: &str, variable: &str| {
        let home = Home::new().config(text).with(variable, "secret");
        let found = home.discover().unwrap();
        (found.auth, found.token.map(|token| token.expose().to_owned()))
    };
    let none = "OTHER";
    let password = "{gateway:{auth:{mode:'password',password:'p',token:'t'}}}";
    assert_eq!(found(password, none), (AuthMode::Password, Some("p".into())));
    let both = "{gateway:{auth:{password:'p',token:'t'}}}";
    assert_eq!(found(both, none), (AuthMode::Token, Some("t".into())));
    let only = "{gateway:{auth:{password:'p'}}}";
    assert_eq!(found(only, none), (AuthMode::Password, Some("p".into())));
    let variable = "OPENCLAW_GATEWAY_PASSWORD";
    assert_eq!(found("{}", variable), (AuthMode::Password, Some("secret".into())));
    let token = "OPENCLAW_GATEWAY_TOKEN";
    assert_eq!(found("{gateway:{auth:{mode:'none'}}}", token), (AuthMode::None, None));
    let proxy = "{gateway:{auth:{mode:'trusted-proxy'}}}";
    assert_eq!(found(proxy, token), (AuthMode::TrustedProxy, None));
    let odd = Home::new().config("{gateway:{auth:{mode:'magic',token:'t'}}}").discover().unwrap();
    assert_eq!((odd.auth, odd.problems), (AuthMode::Token, vec![Oddity::AuthMode]));
}

#[test]
fn only_this_computer_is_ever_named() {
    let file = "{gateway:{port:19000,auth:{token:'in-file'}}}";
    for url in [
        "ws://evil.example:18789",
        "http://evil",
        "wss://127.0.0.1:18789",
        "https://127.0.0.1:18789",
        "ws://127.0.0.1.evil.example:18789",
        "ws://127.0.0.1@evil.example:18789",
        "ws://a:b@127.0.0.1:18789",
        "ws://10.0.0.1:18789",
        "ws://0.0.0.0:18789",
        "ws://[::ffff:10.0.0.1]:18789",
        "ws://127.0.0.1:0",
        "ws://127.0.0.1",
        "ws://127.0.0.1:18789/?gatewayUrl=ws://evil",
        "ws://127.0.0.1:18789/path",
        "file:///etc/passwd",
        "127.0.0.1:18789",
        "\u{202e}",
    ] {
        let home = Home::new().config(file).with("OPENCLAW_GATEWAY_URL", url);
        let refused = DiscoveryError::NotLoopback(RemoteSource::Url);
        assert_eq!(home.discover(), Err(refused), "{url}");
    }
    for url in ["ws://127.0.0.1:19555", "http://localhost:19555/"] {
        let home = Home::new().config(file).with("OPENCLAW_GATEWAY_URL", url);
        assert_eq!(home.port(), (19555, PortSource::Url));
        // The file's token is not for an address that the file does not name.
        assert_eq!(home.token(), None);
        let home = home.with("OPENCLAW_GATEWAY_TOKEN", "in-env");
        assert_eq!(home.token(), token("in-env", TokenSource::Environment));
    }
    let remote = "{gateway:{mode:'remote',remote:{url:'wss://evil.example',token:'t'}}}";
    let refused = DiscoveryError::NotLoopback(RemoteSource::Mode);
    assert_eq!(Home::new().config(remote).discover(), Err(refused));
    let tls = "{gateway:{tls:{enabled:true}}}";
    assert_eq!(Home::new().config(tls).discover(), Err(DiscoveryError::Tls));
    assert!(Home::new().config("{gateway:{tls:{enabled:false}}}").discover().is_ok());
    let wide = Home::new().config("{gateway:{bind:'lan'}}").discover().unwrap();
    assert_eq!(wide.problems, [Oddity::OpenToNetwork("lan".into())]);
}

#[test]
fn folders_come_from_the_environment_and_are_absolute() {
    let at = |variables: &[(&str, &str)]| {
        let environment = Environment::from_variables(variables.iter().copied());
        let state = environment.state_dir()?;
        let config = environment.config_path(&state)?;
        Ok((state.to_str().unwrap().to_owned(), config.to_str().unwrap().to_owned()))
    };
    let pair = |a: &str, b: &str| Ok((a.to_owned(), b.to_owned()));
    let home = ("HOME", "/h");
    let of_home = pair("/h/.openclaw", "/h/.openclaw/openclaw.json");
    assert_eq!(at(&[home]), of_home);
    assert_eq!(at(&[home, ("OPENCLAW_HOME", "undefined")]), of_home);
    assert_eq!(at(&[home, ("OPENCLAW_STATE_DIR", "  ")]), of_home);
    // Measured: the name of a profile alone does not move the folder.
    assert_eq!(at(&[home, ("OPENCLAW_PROFILE", "work")]), of_home);
    let moved = pair("/o/.openclaw", "/o/.openclaw/openclaw.json");
    assert_eq!(at(&[home, ("OPENCLAW_HOME", "/o")]), moved);
    let below = pair("/h/o/.openclaw", "/h/o/.openclaw/openclaw.json");
    assert_eq!(at(&[home, ("OPENCLAW_HOME", "~/o")]), below);
    let state = pair("/s", "/s/openclaw.json");
    assert_eq!(at(&[("OPENCLAW_STATE_DIR", "/s")]), state);
    let both = pair("/h/s", "/c.json");
    let set = [home, ("OPENCLAW_STATE_DIR", "~/s"), ("OPENCLAW_CONFIG_PATH", "/c.json")];
    assert_eq!(at(&set), both);
    assert_eq!(at(&[]), Err(DiscoveryError::NoHome));
    assert_eq!(at(&[("HOME", "relative")]), Err(DiscoveryError::NoHome));
    let relative = at(&[home, ("OPENCLAW_STATE_DIR", "s")]);
    assert_eq!(relative, Err(DiscoveryError::NotAbsolute("OPENCLAW_STATE_DIR")));
    let config = at(&[home, ("OPENCLAW_CONFIG_PATH", "./c.json")]);
    assert_eq!(config, Err(DiscoveryError::NotAbsolute("OPENCLAW_CONFIG_PATH")));
}

#[test]
fn broken_files_are_named_and_never_quoted() {
    let of = |text: &[u8]| Home::new().file("openclaw.json", text).discover();
    let fault = |error| Err(DiscoveryError::Configuration(error));
    let broken = of(b"{\n  gateway: {\n    auth: {token: 'hush' oops\n");
    assert_eq!(broken, fault(ConfigError::Syntax { line: Some(3) }));
    assert!(!broken.unwrap_err().to_string().contains("hush"));
    assert!(matches!(of(b""), Err(DiscoveryError::Configuration(ConfigError::Syntax { .. }))));
    let bytes = of(b"{}\n\n\xff");
    assert_eq!(bytes, fault(ConfigError::Syntax { line: Some(3) }));
    for shape in ["[]", "7", "null", "'x'", "{gateway:[]}", "{gateway:7}"] {
        assert_eq!(of(shape.as_bytes()), fault(ConfigError::Shape), "{shape}");
    }
    for (open, close) in [("[", "]"), ("{a:", "}"), ("{gateway:", "}")] {
        let deep = format!("{{x:{}1{}}}", open.repeat(100_000), close.repeat(100_000));
        assert_eq!(of(deep.as_bytes()), fault(ConfigError::TooDeep), "{open}");
        let unclosed = format!("{{x:{}", open.repeat(300_000));
        assert_eq!(of(unclosed.as_bytes()), fault(ConfigError::TooDeep), "{open}");
    }
    let long = vec![b' '; 4 * 1024 * 1024 + 1];
    assert_eq!(of(&long), fault(ConfigError::TooLong));
    let home = Home::new();
    std::fs::create_dir_all(home.folder.path().join(".openclaw/openclaw.json")).unwrap();
    assert_eq!(home.discover(), fault(ConfigError::NotAFile));
}

#[cfg(unix)]
#[test]
fn a_pipe_does_not_hold_it_up_and_open_permissions_are_told() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::new();
    let folder = home.folder.path().join(".openclaw");
    std::fs::create_dir(&folder).unwrap();
    let made = std::process::Command::new("mkfifo").arg(folder.join("openclaw.json")).status();
    assert!(made.unwrap().success());
    let fault = DiscoveryError::Configuration(ConfigError::NotAFile);
    assert_eq!(home.discover(), Err(fault));

    let home = Home::new().config("{}");
    let file = home.folder.path().join(".openclaw/openclaw.json");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
    let found = home.discover().unwrap();
    assert_eq!(found.problems, [Oddity::ConfigReadable(0o644)]);
    assert_eq!(found.config_mode, Some(0o644));
}

#[test]
fn included_files_are_read_below_the_folder_only() {
    let home = Home::new()
        .config(
            "{gateway:{$include:['./a.json5','sub/b.json5'],port:19003}, agents:{$include:'no'}}",
        )
        .file("a.json5", "{port:19001,auth:{mode:'token',token:'a'}}")
        .file("sub/b.json5", "{auth:{$include:'./c.json5'}}")
        .file("sub/c.json5", "{token:'c'}");
    assert_eq!(home.port(), (19003, PortSource::Configuration));
    assert_eq!(home.token(), token("c", TokenSource::Configuration));
    let top = Home::new().config("{$include:'x.json5'}").file("x.json5", "{gateway:{port:19009}}");
    assert_eq!(top.port().0, 19009);

    let fault = |error| Err(DiscoveryError::Configuration(error));
    let of = |text: &str| Home::new().config(&format!("{{gateway:{text}}}")).discover();
    assert_eq!(of("{$include:'missing.json5'}"), fault(ConfigError::Include));
    assert_eq!(of("{$include:7}"), fault(ConfigError::Include));
    assert_eq!(of("{$include:''}"), fault(ConfigError::Include));
    assert_eq!(of("{$include:'a\\0b'}"), fault(ConfigError::Include));
    assert_eq!(of("{$include:'/etc/hostname'}"), fault(ConfigError::IncludeOutside));
    assert_eq!(of("{$include:'../../../../../../etc/passwd'}"), fault(ConfigError::IncludeOutside));
    let own = Home::new().config("{$include:'openclaw.json'}").discover();
    assert_eq!(own, fault(ConfigError::Include));
    let broken = Home::new().config("{$include:'x'}").file("x", "{\n{").discover();
    assert_eq!(broken, fault(ConfigError::Syntax { line: Some(2) }));
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_folder_is_not_included() {
    let other = tempfile::tempdir().unwrap();
    std::fs::write(other.path().join("x"), "{port:1}").unwrap();
    let home = Home::new().config("{gateway:{$include:'x'}}");
    let link = home.folder.path().join(".openclaw/x");
    std::os::unix::fs::symlink(other.path().join("x"), link).unwrap();
    let fault = DiscoveryError::Configuration(ConfigError::IncludeOutside);
    assert_eq!(home.discover(), Err(fault));
}

#[test]
fn secrets_of_others_are_read_over_and_nothing_prints_itself() {
    let home = Home::new()
        .config("{models:{apiKey:'sk-hush'},gateway:{auth:{token:'hush'}}}")
        .with("OPENAI_API_KEY", "hush-hush");
    let text = format!("{:?} {:?}", home.discover().unwrap(), home.environment());
    assert!(!text.contains("hush"), "{text}");
    let names: Vec<_> = home.environment().passed_on().map(|(name, _)| name).collect();
    assert_eq!(names, ["HOME"]);
    let node = document::parse(b"{models:{apiKey:'sk-hush'},gateway:{}}", document::Keep::Top);
    assert!(node.is_ok_and(|node| node.get("models").is_none() && node.get("gateway").is_some()));
}

/// Text that is often nearly JSON5.
fn nearly() -> impl Strategy<Value = Vec<u8>> {
    let words = prop::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "'",
        "\"",
        "gateway",
        "auth",
        "token",
        "port",
        "$include",
        "env",
        "${A}",
        "$",
        "\\u",
        "\\",
        "//",
        "/*",
        "*/",
        "\n",
        "0x",
        "1e9",
        "-",
        "+",
        ".",
        "NaN",
        "-Infinity",
        "null",
        "true",
        " ",
        "\u{2028}",
        "\u{feff}",
        "0",
        "9",
        "source",
        "mode",
    ]);
    prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..80),
        proptest::collection::vec(words, 0..60).prop_map(|words| words.concat().into_bytes()),
    ]
}

proptest! {
    #[test]
    fn no_file_makes_it_panic(text in nearly(), inner in nearly()) {
        let mut wrapped = b"{gateway:{auth:{token:".to_vec();
        wrapped.extend(&inner);
        wrapped.extend(b"}}}");
        for text in [text, wrapped] {
            let home = Home::new().file("openclaw.json", &text).with("A", "b");
            if let Ok(found) = home.discover() {
                prop_assert!(found.endpoint.port() != 0);
                prop_assert!(found.token.is_none_or(|token| !token.expose().contains('\n')));
            }
        }
    }

    #[test]
    fn no_environment_makes_it_panic(port in ".{0,12}", url in ".{0,24}", profile in ".{0,70}") {
        let home = Home::new()
            .with("OPENCLAW_GATEWAY_PORT", &port)
            .with("OPENCLAW_GATEWAY_URL", &url)
            .with("OPENCLAW_PROFILE", &profile);
        if let Ok(found) = home.discover() {
            prop_assert!(found.endpoint.port() != 0);
        }
        let _ = Version::parse(&profile);
    }
}
