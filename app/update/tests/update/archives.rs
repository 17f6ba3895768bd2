//! U17 to U19: what is in an archive, and who may touch it once it was verified.

use crate::signer::{archive, gzip, put, script, tar};
use crate::world::{Release, World, version};
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use tar::{EntryType, Header};
use update::{UnpackError, UpdateError};

/// An entry whose header says what the crate would not write.
fn raw(tar: &mut tar::Builder<&mut Vec<u8>>, name: &[u8], kind: EntryType, content: &[u8]) {
    let mut header = Header::new_gnu();
    header.as_old_mut().name[..name.len()].copy_from_slice(name);
    header.set_size(content.len() as u64);
    header.set_mode(0o644);
    header.set_entry_type(kind);
    if matches!(kind, EntryType::Symlink | EntryType::Link) {
        header.set_link_name("/tmp").unwrap();
    }
    header.set_cksum();
    tar.append(&header, content).unwrap();
}

/// An archive with a good program and this beside it.
fn with(fill: impl FnOnce(&mut tar::Builder<&mut Vec<u8>>)) -> Vec<u8> {
    gzip(&tar(|tar| {
        put(tar, "multiclaw", 0o755, script("1.1.0").as_bytes());
        fill(tar);
    }))
}

/// What becomes of an archive that is properly signed.
async fn unpacked(world: &World, archive: Vec<u8>) -> Result<(), UpdateError> {
    world.publish(&Release::new("1.1.0", 140).with(archive));
    world.download().await.map(|_| ())
}

#[tokio::test]
async fn u17_archives_that_lead_elsewhere() {
    let world = World::new().await;
    let name = |name: &str| UpdateError::Unpack(UnpackError::Name(name.into()));
    let kind = |name: &str| UpdateError::Unpack(UnpackError::Kind(name.into()));
    let file = EntryType::Regular;
    let cases: Vec<(Vec<u8>, UpdateError)> = vec![
        (with(|tar| raw(tar, b"../evil", file, b"x")), name("../evil")),
        (with(|tar| raw(tar, b"a/../../evil", file, b"x")), name("a/../../evil")),
        (with(|tar| raw(tar, b"/tmp/evil", file, b"x")), name("/tmp/evil")),
        (with(|tar| raw(tar, b"a\\b", file, b"x")), name("a\\\\b")),
        (with(|tar| raw(tar, b"link", EntryType::Symlink, b"")), kind("link")),
        (with(|tar| raw(tar, b"link", EntryType::Link, b"")), kind("link")),
        (with(|tar| raw(tar, b"node", EntryType::Char, b"")), kind("node")),
        (with(|tar| raw(tar, b"node", EntryType::Block, b"")), kind("node")),
        (with(|tar| raw(tar, b"pipe", EntryType::Fifo, b"")), kind("pipe")),
        (with(|tar| raw(tar, b"long", EntryType::GNULongName, b"x")), kind("long")),
        (with(|tar| raw(tar, b"long", EntryType::GNULongLink, b"x")), kind("long")),
        (with(|tar| raw(tar, b"pax", EntryType::XHeader, b"x")), kind("pax")),
        (with(|tar| raw(tar, b"pax", EntryType::XGlobalHeader, b"x")), kind("pax")),
        (with(|tar| raw(tar, b"odd", EntryType::new(b'Z'), b"")), kind("odd")),
        (
            with(|tar| {
                raw(tar, b"dir", EntryType::Symlink, b"");
                raw(tar, b"dir/evil", file, b"x");
            }),
            kind("dir"),
        ),
        (
            with(|tar| put(tar, "suid", 0o4755, b"x")),
            UpdateError::Unpack(UnpackError::Mode("suid".into())),
        ),
        (
            with(|tar| put(tar, "multiclaw", 0o755, b"another")),
            UpdateError::Unpack(UnpackError::Repeated("multiclaw".into())),
        ),
        (
            with(|tar| put(tar, "./multiclaw", 0o755, b"another")),
            UpdateError::Unpack(UnpackError::Repeated("multiclaw".into())),
        ),
        (
            gzip(&tar(|tar| put(tar, "other", 0o755, b"x"))),
            UpdateError::Unpack(UnpackError::NoProgram),
        ),
        (
            gzip(&tar(|tar| put(tar, "bin/multiclaw", 0o755, b"x"))),
            UpdateError::Unpack(UnpackError::NoProgram),
        ),
        (
            gzip(&tar(|tar| put(tar, "multiclaw", 0o755, b""))),
            UpdateError::Unpack(UnpackError::NoProgram),
        ),
        (
            gzip(&tar(|tar| raw(tar, b"multiclaw", EntryType::Directory, b""))),
            UpdateError::Unpack(UnpackError::NoProgram),
        ),
    ];
    for (archive, expected) in cases {
        assert_eq!(unpacked(&world, archive).await, Err(expected));
        assert_eq!(world.left(), [""; 0], "the download is gone");
        assert_eq!(world.start().notes, [""; 0]);
        assert_eq!(world.left(), [""; 0]);
    }
    for bad in [b"not gzip".to_vec(), gzip(b"not tar"), gzip(&[7; 5000]), gzip(b"")] {
        let error = unpacked(&world, bad).await.unwrap_err();
        assert!(matches!(error, UpdateError::Unpack(_)), "{error:?}");
    }
    let cut = archive(&script("1.1.0"));
    let error = unpacked(&world, cut[..cut.len() / 2].to_vec()).await.unwrap_err();
    assert!(matches!(error, UpdateError::Unpack(UnpackError::Malformed(_))), "{error:?}");
    assert!(!world.folder().join("evil").exists() && !world.folder().join("app/evil").exists());
    world.assert_untouched();
}

#[tokio::test]
async fn u17_archives_that_are_too_much() {
    let world = World::new().await;
    let many = with(|tar| {
        for n in 0..2000 {
            put(tar, &format!("{n}"), 0o644, b"");
        }
    });
    assert_eq!(unpacked(&world, many).await, Err(UpdateError::Unpack(UnpackError::TooMany)));
    // 100 GiB that are said to follow, in the numbers that a tar has for that.
    let mut header = Header::new_gnu();
    header.set_path("sparse").unwrap();
    header.set_size(100 * 1024 * 1024 * 1024);
    header.set_mode(0o644);
    header.set_cksum();
    let claims = gzip(&[header.as_bytes(), &[0; 1024][..]].concat());
    let too_large = Err(UpdateError::Unpack(UnpackError::TooLarge));
    assert_eq!(unpacked(&world, claims).await, too_large);
    let mut sparse = Header::new_gnu();
    sparse.set_path("sparse").unwrap();
    sparse.set_entry_type(EntryType::GNUSparse);
    sparse.as_gnu_mut().unwrap().realsize = *b"77777777777\0";
    sparse.set_size(0);
    sparse.set_mode(0o644);
    sparse.set_cksum();
    let sparse = with(|tar| tar.append(&sparse, &b""[..]).unwrap());
    let kind = UnpackError::Kind("sparse".into());
    assert_eq!(unpacked(&world, sparse).await, Err(UpdateError::Unpack(kind)));
    assert_eq!(world.installed(), "1.0.0");
}

/// The rights of a program are those of anybody's program, and it can be started by its owner.
#[tokio::test]
async fn u17_rights_that_a_program_gets() {
    for mode in [0o777, 0o600, 0o755, 0o000] {
        let world = World::new().await;
        let archive = gzip(&tar(|tar| put(tar, "multiclaw", mode, script("1.1.0").as_bytes())));
        unpacked(&world, archive).await.unwrap();
        world.start();
        let rights = fs::metadata(world.program()).unwrap().permissions().mode() & 0o7777;
        assert_eq!((world.installed().as_str(), rights), ("1.1.0", mode & 0o755 | 0o700));
    }
}

#[tokio::test]
async fn u18_what_waits_is_replaced() {
    let evil = || script("1.1.0").replace("echo", "true evil; echo");
    for file in ["archive", "signature", "info.json"] {
        for how in ["bytes", "link", "removed", "pipe"] {
            let world = World::new().await;
            world.stage(&Release::new("1.1.0", 140)).await;
            let path = world.work("staged").join(file);
            let elsewhere = world.folder().join("elsewhere");
            fs::copy(&path, &elsewhere).unwrap();
            match (how, file) {
                ("bytes", "archive") => fs::write(&path, archive(&evil())).unwrap(),
                ("bytes", "info.json") => fs::write(&path, "{\"version\":\"1.2.0\"}").unwrap(),
                ("bytes", _) => fs::write(&path, "evil").unwrap(),
                (how, _) => {
                    fs::remove_file(&path).unwrap();
                    match how {
                        "link" => symlink(&elsewhere, &path).unwrap(),
                        "pipe" => {
                            let pipe = std::process::Command::new("mkfifo").arg(&path).status();
                            assert!(pipe.unwrap().success());
                        }
                        _ => {}
                    }
                }
            }
            let boot = world.start();
            assert_eq!(world.installed(), "1.0.0", "{file}, {how}");
            assert!(!boot.is_on_trial());
            // Not the version's fault: it may be downloaded again.
            assert!(world.updater().status().failed.is_empty());
            assert!(matches!(world.check().await, Ok(update::Check::Offer(_))));
        }
    }
    // Signed, but an older one, or for another computer.
    for other in [Release::new("0.9.0", 1), Release::new("1.1.0", 1).sign("target", "other")] {
        let world = World::new().await;
        world.stage(&Release::new("1.1.0", 140)).await;
        fs::write(world.work("staged/archive"), &other.archive).unwrap();
        fs::write(world.work("staged/signature"), other.signature()).unwrap();
        let boot = world.start();
        assert_eq!(
            (world.installed().as_str(), boot.notes.len()),
            ("1.0.0", 1),
            "{:?}",
            boot.notes
        );
        assert!(boot.notes[0].contains("1.1.0 was not installed"));
        assert_eq!(world.left(), [""; 0]);
        let info = format!("{{\"version\":\"{}\"}}", other.version);
        world.stage(&Release::new("1.1.0", 140)).await;
        fs::write(world.work("staged/info.json"), info).unwrap();
        world.start();
        assert_eq!(world.installed(), if other.version == "1.1.0" { "1.1.0" } else { "1.0.0" });
    }
}

#[tokio::test]
async fn u19_folders_that_others_can_reach() {
    for name in [".mc-update", ".mc-kept"] {
        folder_that_others_can_reach(name).await;
    }
}

async fn folder_that_others_can_reach(name: &str) {
    let work = |world: &World| world.program().parent().unwrap().join(name);
    let world = World::new().await;
    world.publish(&Release::new("1.1.0", 140));
    let offer = world.offer().await;
    let refused = async |why: &str| {
        let error = world.updater().download(&offer, |_, _| {}).await.unwrap_err();
        let UpdateError::Folder { folder, .. } = &error else { panic!("{why}: {error:?}") };
        assert!(folder.ends_with(name), "{folder}");
        assert_eq!(world.start().notes.len(), 1, "{why}: the program says so and runs");
        assert_eq!(world.installed(), "1.0.0");
    };
    let elsewhere = world.folder().join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    fs::set_permissions(&elsewhere, fs::Permissions::from_mode(0o700)).unwrap();
    symlink(&elsewhere, work(&world)).unwrap();
    refused("a link").await;
    assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 0);
    fs::remove_file(work(&world)).unwrap();
    fs::write(work(&world), "x").unwrap();
    refused("a file").await;
    fs::remove_file(work(&world)).unwrap();
    for mode in [0o777, 0o701, 0o720, 0o1777] {
        fs::create_dir(work(&world)).unwrap();
        fs::set_permissions(work(&world), fs::Permissions::from_mode(mode)).unwrap();
        refused("open to others").await;
        fs::remove_dir(work(&world)).unwrap();
    }
    // As it should be.
    world.updater().download(&offer, |_, _| {}).await.unwrap();
    let mode = |name| fs::metadata(world.work(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(""), mode("staged"), mode("staged/archive")), (0o700, 0o700, 0o600));
    let kept = fs::metadata(world.kept("")).unwrap().permissions().mode() & 0o777;
    assert_eq!(kept, 0o700);
    // One inside is opened to others later.
    fs::set_permissions(world.work("staged"), fs::Permissions::from_mode(0o777)).unwrap();
    assert_eq!(world.start().notes.len(), 1);
    assert_eq!(world.installed(), "1.0.0");
    fs::set_permissions(world.work("staged"), fs::Permissions::from_mode(0o700)).unwrap();
    world.start();
    assert_eq!(world.installed(), "1.1.0");
}

/// A folder of another person. Only root can make one.
#[tokio::test]
async fn u19_a_folder_of_somebody_else() {
    let world = World::new().await;
    world.publish(&Release::new("1.1.0", 140));
    let offer = world.offer().await;
    let work = world.program().parent().unwrap().join(".mc-update");
    fs::create_dir(&work).unwrap();
    fs::set_permissions(&work, fs::Permissions::from_mode(0o700)).unwrap();
    let given_away = std::os::unix::fs::chown(&work, Some(65_534), None).is_ok();
    let downloaded = world.updater().download(&offer, |_, _| {}).await;
    if given_away {
        assert!(
            matches!(&downloaded, Err(UpdateError::Folder { why, .. })
            if why == "it belongs to somebody else"),
            "{downloaded:?}"
        );
        assert_eq!(world.installed(), "1.0.0");
        assert_eq!(world.start().notes.len(), 1);
    } else {
        // Somebody who cannot give folders away: then it is theirs, and good.
        assert_eq!(downloaded.unwrap().version, version("1.1.0"));
    }
}
