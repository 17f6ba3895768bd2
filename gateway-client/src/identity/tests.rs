use super::*;

/// The seed of the first test of RFC 8032, section 7.1.
const SEED: [u8; 32] = [
    0x9d, 0x61, 0xb1, 0x9d, 0xef, 0xfd, 0x5a, 0x60, 0xba, 0x84, 0x4a, 0xf4, 0x92, 0xec, 0x2c, 0xc4,
    0x44, 0x49, 0xc5, 0x69, 0x7b, 0x32, 0x69, 0x19, 0x70, 0x3b, 0xac, 0x03, 0x1c, 0xae, 0x7f, 0x60,
];
const ID: &str = "21fe31dfa154a261626bf854046fd2271b7bed4b6abe45aa58877ef47f9721b9";

fn grant(token: &str) -> Grant {
    Grant { token: DeviceToken::new(token.into()), scopes: vec!["operator.read".into()] }
}

/// The signature was made by another implementation (Python's `cryptography`, over OpenSSL).
#[test]
fn a_signature_is_what_another_implementation_makes_it() {
    let key = DeviceKey::from_seed(&SEED);
    assert_eq!(key.id(), ID);
    assert_eq!(key.public(), "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
    let scopes = ["operator.read".to_owned(), "operator.write".to_owned()];
    let proof = Proof {
        client_id: "openclaw-linux",
        mode: "ui",
        role: "operator",
        scopes: &scopes,
        signed_at: 1_795_229_215_643,
        token: "SHARED-TOKEN",
        nonce: "cf0a3c7d-ccd9-4514-9762-6552a5376862",
        platform: " Linux ",
    };
    assert_eq!(
        *proof.text(ID),
        format!(
            "v3|{ID}|openclaw-linux|ui|operator|operator.read,operator.write|1795229215643|\
             SHARED-TOKEN|cf0a3c7d-ccd9-4514-9762-6552a5376862|linux|"
        )
    );
    assert_eq!(
        key.sign(&proof),
        "r9W_FxkKuCR1h7Rv6R5QbyRgnuOgEV92UObxJAxneQSsXQcHsAybGuZicYsy-mxHoUC4_n0HfqTrOms_s0ncBA"
    );
}

#[test]
fn the_recorded_devices_are_named_after_their_keys() {
    let mut seen = 0;
    for name in ["01-connect-and-reads", "02-connect-cases", "13-pairing"] {
        for (_, frame) in crate::recorded::frames(name) {
            let device = &frame["params"]["device"];
            let (Some(id), Some(public)) = (device["id"].as_str(), device["publicKey"].as_str())
            else {
                continue;
            };
            let public: [u8; 32] = BASE64.decode(public).unwrap().try_into().unwrap();
            let digest = sha2::Sha256::digest(public);
            let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(hex, id);
            seen += 1;
        }
    }
    assert!(seen > 10, "{seen}");
}

#[test]
fn a_device_is_the_same_after_a_restart() {
    let mut file = DeviceFile::new(DeviceKey::generate());
    file.keep("/home/a/.openclaw", grant("one"));
    file.keep("/home/a/.openclaw", grant("two"));
    file.keep("/home/a/.openclaw-work", grant("three"));
    let again = DeviceFile::parse(&file.to_text()).unwrap();
    assert_eq!(again.key().id(), file.key().id());
    assert_eq!(again.grant("/home/a/.openclaw"), Some(&grant("two")));
    assert_eq!(again.grant("/home/a/.openclaw-work"), Some(&grant("three")));
    assert_eq!(again.grant("/elsewhere"), None);
    let mut again = again;
    again.forget("/home/a/.openclaw");
    assert_eq!(DeviceFile::parse(&again.to_text()).unwrap().grants.len(), 1);
}

#[test]
fn what_is_damaged_is_told_apart() {
    use DeviceFileError as E;
    let long = format!("{{\"version\":1,\"x\":\"{}\"}}", "x".repeat(LONGEST));
    for (text, expected) in [
        ("", E::Damaged),
        ("{", E::Damaged),
        ("[]", E::Damaged),
        ("{}", E::Damaged),
        (r#"{"version":"1"}"#, E::Damaged),
        (r#"{"version":0}"#, E::Damaged),
        (r#"{"version":2,"seed":"x"}"#, E::Newer),
        (r#"{"version":1}"#, E::NoKey),
        (r#"{"version":1,"seed":"AAAA"}"#, E::NoKey),
        (r#"{"version":1,"seed":"!"}"#, E::NoKey),
        (long.as_str(), E::TooLong),
    ] {
        assert_eq!(DeviceFile::parse(text).unwrap_err(), expected, "{text:.40}");
    }
    let mut file = DeviceFile::new(DeviceKey::from_seed(&SEED));
    file.keep("good", grant("t"));
    let text = file.to_text().replace(
        r#""grants": {"#,
        r#""new": 1, "grants": {"a": 1, "b": {"token": 2}, "c": {"token": ""},"#,
    );
    let file = DeviceFile::parse(&text).unwrap();
    assert_eq!(file.grants.keys().collect::<Vec<_>>(), ["good"]);
    let without = r#"{"version":1,"grants":[],"seed":""#.to_owned() + &BASE64.encode(SEED) + "\"}";
    assert_eq!(DeviceFile::parse(&without).unwrap().key().id(), ID);
}

#[test]
fn grants_are_not_kept_without_end() {
    let mut file = DeviceFile::new(DeviceKey::from_seed(&SEED));
    for n in 0..100 {
        file.keep(&format!("{:03}", 100 - n), grant("t"));
        assert!(file.grant(&format!("{:03}", 100 - n)).is_some(), "the newest is there");
    }
    assert_eq!(file.grants.len(), GRANTS);
}

#[test]
fn secrets_do_not_print_themselves() {
    let mut file = DeviceFile::new(DeviceKey::from_seed(&SEED));
    file.keep("g", grant("a-secret"));
    let text = format!("{file:?} {:?}", file.key());
    assert!(!text.contains("a-secret") && !text.contains("9d"), "{text}");
}
