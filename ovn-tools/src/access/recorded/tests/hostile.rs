//! Bundles that are damaged, that lie, or that mean harm.

use std::fs;

use proptest::prelude::*;
use sha1::{Digest, Sha1};
use tar::{EntryType, Header};

use super::scene::{Scene, gz, nb, ovs, sb, tar, xz, zst};
use crate::access::bundle::Limits;
use crate::database::Database;

const ALL: [Database; 3] = Database::ALL;

#[test]
fn what_is_no_database_says_what_is_there_and_what_is_expected() {
    let scene = Scene::of(&[
        ("text", b"hello".to_vec()),
        ("empty", Vec::new()),
        ("binary", vec![0, 1, 2]),
        ("many/a", b"hello".to_vec()),
        (
            "many/b.tar.gz",
            gz(&tar(&[("c", b"hello".to_vec()), ("d", Vec::new())])),
        ),
        ("many/ovnnb_db.db", b"hello".to_vec()),
        ("many/b.zip", b"PK\x03\x04".to_vec()),
    ]);
    fs::create_dir(scene.at("nothing")).unwrap();
    let errors = ["text", "empty", "binary", "many", "nothing", "absent"];
    let errors = errors.map(|path| scene.shown(path));
    insta::assert_snapshot!(errors.join("\n"), @"
    error: it is text and no database; expected an OVSDB file (standalone, cluster member, or from `ovsdb-client backup` or `ovsdb-client dump -f json`), or a folder or archive (.tar, .gz, .xz, .zst) with such files in it, like a must-gather or a sosreport
    error: it is empty; expected an OVSDB file (standalone, cluster member, or from `ovsdb-client backup` or `ovsdb-client dump -f json`), or a folder or archive (.tar, .gz, .xz, .zst) with such files in it, like a must-gather or a sosreport
    error: it is neither a database nor anything that may hold one; expected an OVSDB file (standalone, cluster member, or from `ovsdb-client backup` or `ovsdb-client dump -f json`), or a folder or archive (.tar, .gz, .xz, .zst) with such files in it, like a must-gather or a sosreport
    error: no database is in it, but 3 texts, 1 empty file, 1 other file; b.zip: it is a zip archive, which is not read: unpack it, or pack it with gzip, xz or zstd; ovnnb_db.db: it is named like a database and holds text; expected an OVSDB file (standalone, cluster member, or from `ovsdb-client backup` or `ovsdb-client dump -f json`), or a folder or archive (.tar, .gz, .xz, .zst) with such files in it, like a must-gather or a sosreport
    error: no database is in it, nor any other file; expected an OVSDB file (standalone, cluster member, or from `ovsdb-client backup` or `ovsdb-client dump -f json`), or a folder or archive (.tar, .gz, .xz, .zst) with such files in it, like a must-gather or a sosreport
    error: No such file or directory (os error 2)
    ");
}

#[test]
fn a_database_that_none_of_the_tools_knows() {
    let other = crate::tool::recording::file(&[
        serde_json::json!({"name": "hardware_vtep", "version": "1.0.0", "tables": {}}),
    ]);
    let scene = Scene::of(&[("vtep.db", other), ("nb.db", nb("a", ""))]);
    insta::assert_snapshot!(scene.shown("vtep.db"), @"error: the file holds the database hardware_vtep, which the tools do not know (version 1.0.0)");
    insta::assert_snapshot!(scene.shown(""), @"
    B/nb.db nb of a (NB_Global.name)
    gap: B/vtep.db: it holds the database hardware_vtep, which the tools do not know
    ");
}

#[test]
fn one_bad_file_does_not_lose_the_others() {
    let join = b"{\"name\":\"OVN_Northbound\",\"remote_addresses\":[\"tcp:127.0.0.1:17641\"],\"server_id\":\"d4ceade0-1369-45bd-ba16-11da5f7ad036\",\"local_address\":\"tcp:127.0.0.1:17642\"}\n";
    let sha1 = "39f19c0b07bdefaa8689731ccf141aacfdbe2c4c";
    let joining = [
        format!("OVSDB CLUSTER {} {sha1}\n", join.len()).as_bytes(),
        join,
    ]
    .concat();
    let mut damaged = nb("damaged", "");
    let at = damaged.len() - 10;
    damaged[at] ^= 1;
    let mut no_schema = nb("no-schema", "");
    no_schema[60] ^= 1;
    let cut_gz = gz(&nb("cut", &"x".repeat(9000)));
    let archive = gz(&tar(&[
        ("in/nb.db", nb("in", "")),
        ("out/nb.db", nb("out", &"y".repeat(3000))),
    ]));
    let cut_tar = tar(&[("in/sb.db", sb("in", &[])), ("out/sb.db", sb("out", &[]))]);
    let scene = Scene::of(&[
        ("good.db", nb("good", "")),
        ("joining.db", joining),
        ("damaged.db", damaged),
        ("header.db", b"OVSDB JSON 12 nonsense\n".to_vec()),
        ("no-schema.db", no_schema),
        (
            "manifest.json",
            b"{\"ovnscope_recording\":7,\"databases\":[]}".to_vec(),
        ),
        (
            "claims.db",
            format!(
                "OVSDB JSON 10737418240 {}\n{{\"name\":\"OVN_Northbound\"",
                "0".repeat(40)
            )
            .into_bytes(),
        ),
        ("cut.db.gz", cut_gz[..cut_gz.len() / 2].to_vec()),
        ("cut.tar.gz", archive[..archive.len() - 40].to_vec()),
        ("cut.tar", cut_tar[..cut_tar.len() - 2000].to_vec()),
    ]);
    insta::assert_snapshot!(scene.shown(""), @"
    B/good.db nb of good (NB_Global.name)
    B/cut.tar.gz!in/nb.db nb of in (NB_Global.name)
    B/cut.tar!in/sb.db sb of in (SB_Global.options:name)
    gap: B/claims.db: the file is damaged: record 0 at byte 0: the file ends within the record: 24 of 10737418240 bytes are there
    gap: B/damaged.db: the file is damaged: record 1 at byte 311: the checksum does not fit the record
    gap: B/header.db: the file is no OVSDB database: it does not begin with a record header
    gap: B/joining.db: the file is that of a server that has not joined its cluster yet (OVN_Northbound at tcp:127.0.0.1:17641): it holds no data
    gap: B/no-schema.db: the file is damaged: record 0 at byte 0: the checksum does not fit the record
    gap: B/cut.db.gz: the packed file ends early: it was cut off
    gap: B/cut.tar!out/sb.db: the archive ends early: it was cut off
    gap: B/cut.tar.gz!out/nb.db: the packed file ends early: it was cut off
    gap: B/manifest.json: manifest.json is of form 7; this version reads form 1
    ");
}

#[test]
fn bombs_end_early_and_cost_little() {
    let zeros = vec![b'0'; 4 << 20];
    let database = [b"OVSDB JSON 1 0".as_slice(), &zeros].concat();
    let small = Limits {
        ratio_from: 1 << 20,
        database: 2 << 20,
        ..Limits::default()
    };
    for pack in [gz, xz, zst] {
        let files = [
            ("bomb.db", pack(&database)),
            ("bomb", pack(&zeros)),
            ("bomb.tar", tar(&[("nb.db", database.clone())])),
            ("good.db", nb("good", "")),
        ];
        let scene = Scene::of(&files);
        let shown = scene.shown_within("", small, &ALL);
        assert!(shown.contains("B/good.db nb of good"), "{shown}");
        assert!(
            shown.contains("B/bomb.db: it unpacks to more than 250 times its size"),
            "{shown}"
        );
        assert!(
            shown.contains("nb.db: it is larger than 2 MiB, the most that is read of one database"),
            "{shown}"
        );
    }
}

#[test]
fn layers_files_and_bytes_are_counted() {
    let mut deep = nb("deep", "");
    for _ in 0..9 {
        deep = gz(&deep);
    }
    let mut nested = tar(&[("nb.db", nb("nested", ""))]);
    for _ in 0..9 {
        nested = tar(&[("x.tar", nested)]);
    }
    let scene = Scene::of(&[
        ("deep.gz", deep),
        ("nested.tar", nested),
        ("good.db", nb("good", "")),
    ]);
    insta::assert_snapshot!(scene.shown(""), @"
    B/good.db nb of good (NB_Global.name)
    gap: B/deep.gz: it is packed more than 8 times over
    gap: B/nested.tar!x.tar!x.tar!x.tar!x.tar!x.tar!x.tar!x.tar!x.tar: it is packed more than 8 times over
    ");
    let many: Vec<(String, Vec<u8>)> = (0..50).map(|at| (format!("f{at}"), vec![b'x'])).collect();
    let many: Vec<(&str, Vec<u8>)> = many
        .iter()
        .map(|(name, content)| (name.as_str(), content.clone()))
        .collect();
    let scene = Scene::of(&[
        ("a.db", nb("good", "")),
        ("b.tar.gz", gz(&tar(&[("inner.tar", tar(&many))]))),
    ]);
    let limits = Limits {
        files: 20,
        ..Limits::default()
    };
    insta::assert_snapshot!(scene.shown_within("", limits, &ALL), @"
    B/a.db nb of good (NB_Global.name)
    gap: B: there are more than 20 files; the rest is not looked at
    ");
    let limits = Limits {
        unpacked: 4000,
        ..Limits::default()
    };
    insta::assert_snapshot!(scene.shown_within("", limits, &ALL), @"
    B/a.db nb of good (NB_Global.name)
    gap: B: more than 3.9 KiB are unpacked; the rest is not looked at
    ");
}

#[cfg(unix)]
#[test]
fn links_loops_and_pipes_are_harmless() {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;

    let outside = Scene::of(&[("nb.db", nb("outside", ""))]);
    let scene = Scene::of(&[("in/nb.db", nb("inside", ""))]);
    symlink(scene.path(), scene.at("in/loop")).unwrap();
    symlink("self", scene.at("self")).unwrap();
    symlink(outside.path(), scene.at("in/folder")).unwrap();
    symlink(outside.at("nb.db"), scene.at("in/ovnnb_db.db")).unwrap();
    symlink("nowhere", scene.at("in/conf.db")).unwrap();
    let name = std::ffi::OsStr::from_bytes(b"bad-\xff.db");
    fs::write(scene.path().join(name), sb("bytes", &[])).unwrap();
    let pipe = scene.at("sb.db");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success(), "mkfifo makes a pipe");
    insta::assert_snapshot!(scene.shown(""), @"
    B/bad-�.db sb of bytes (SB_Global.options:name)
    B/in/nb.db nb of inside (NB_Global.name)
    gap: B/in/ovnnb_db.db: it is a link that leads out of the folder, which is not followed: name its target as a source of its own
    gap: B/in/conf.db: it is a link that leads nowhere
    ");
    insta::assert_snapshot!(scene.shown("sb.db"), @"error: it is neither a file nor a folder: for a running server write unix:PATH");
    let link = scene.shown("in/ovnnb_db.db");
    assert!(
        link.contains("nb of outside"),
        "a link that is named is followed: {link}"
    );
}

#[cfg(unix)]
#[test]
fn what_must_not_be_read_is_a_gap() {
    use std::os::unix::fs::PermissionsExt;

    let scene = Scene::of(&[
        ("good.db", nb("good", "")),
        ("closed.db", ovs("closed")),
        ("closed/nb.db", nb("closed", "")),
    ]);
    let mode = |mode| {
        for path in ["closed.db", "closed"] {
            fs::set_permissions(scene.at(path), fs::Permissions::from_mode(mode)).unwrap();
        }
    };
    mode(0);
    let shown = scene.shown("");
    let is_root = fs::read(scene.at("closed.db")).is_ok();
    mode(0o755);
    // Whoever may read everything has no gap here.
    if is_root {
        assert!(shown.contains("B/closed/nb.db nb of closed"), "{shown}");
    } else {
        insta::assert_snapshot!(shown, @"
        B/good.db nb of good (NB_Global.name)
        gap: B/closed: Permission denied (os error 13)
        gap: B/closed.db: Permission denied (os error 13)
        ");
    }
}

/// A member of an archive as its header tells of it, whatever is true.
fn member(name: &str, kind: EntryType, size: usize, content: &[u8]) -> Vec<u8> {
    let mut header = Header::new_gnu();
    header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
    header.set_entry_type(kind);
    header.set_size(u64::try_from(size).unwrap());
    header.set_mode(0o777);
    if kind != EntryType::Regular {
        header.set_link_name_literal("/etc/passwd").unwrap();
    }
    header.set_cksum();
    let mut bytes = header.as_bytes().to_vec();
    bytes.extend(content);
    bytes.resize(bytes.len().next_multiple_of(512), 0);
    bytes
}

#[test]
fn what_an_archive_says_of_paths_links_and_sizes_leads_nowhere() {
    let file = |name, content: Vec<u8>| member(name, EntryType::Regular, content.len(), &content);
    let good = || nb("good", "");
    let mut not_utf8 = b"{\"name\": \"\xff\"}".to_vec();
    let sha1: String = Sha1::digest(&not_utf8)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    not_utf8.splice(
        ..0,
        format!("OVSDB JSON {} {sha1}\n", not_utf8.len()).into_bytes(),
    );
    let mut wrong = gz(&nb("wrong", &"x".repeat(900)));
    let at = wrong.len() - 8;
    wrong[at] ^= 1;
    let ten_gigabytes = 10 << 30;
    let harm = [
        file("../../../nb.db", good()),
        file("/etc/nb.db", nb("absolute", "")),
        member("etc", EntryType::Symlink, 0, b""),
        file("etc/nb.db", nb("through", "")),
        member("conf.db", EntryType::Link, 0, b""),
        file("bytes.db", not_utf8.clone()),
        file("wrong.db.gz", wrong.clone()),
        member(
            "sb.db",
            EntryType::Regular,
            ten_gigabytes,
            &sb("claims", &[]),
        ),
    ]
    .concat();
    let scene = Scene::of(&[
        ("harm.tar", harm.clone()),
        ("harm.tgz", gz(&harm)),
        ("bytes.db", not_utf8),
        ("wrong.gz", wrong),
    ]);
    insta::assert_snapshot!(scene.shown("harm.tar"), @"
    B/harm.tar!/etc/nb.db nb of absolute (NB_Global.name)
    B/harm.tar!../../../nb.db nb of good (NB_Global.name)
    B/harm.tar!etc/nb.db nb of through (NB_Global.name)
    gap: B/harm.tar!bytes.db: the file is damaged: record 0 at byte 0: the record is not UTF-8
    gap: B/harm.tar!wrong.db.gz: the packed file is damaged: corrupt gzip stream does not have a matching checksum
    gap: B/harm.tar!sb.db: the archive ends early: it was cut off
    ");
    let packed = scene.shown("harm.tgz").replace("harm.tgz", "harm.tar");
    assert_eq!(
        packed.replace("the packed file ends early", "the archive ends early"),
        scene.shown("harm.tar")
    );
    insta::assert_snapshot!(scene.shown("bytes.db"), @"error: the file is damaged: record 0 at byte 0: the record is not UTF-8");
    insta::assert_snapshot!(scene.shown("wrong.gz"), @"error: no database is in it, nor any other file; wrong.gz: the packed file is damaged: corrupt gzip stream does not have a matching checksum; expected an OVSDB file (standalone, cluster member, or from `ovsdb-client backup` or `ovsdb-client dump -f json`), or a folder or archive (.tar, .gz, .xz, .zst) with such files in it, like a must-gather or a sosreport");
}

/// What bundles are made of.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        Just(nb("n", "")),
        Just(sb("n", &["c"])),
        Just(ovs("n")[40..].to_vec()),
        Just(b"{\"caption\":\"x table\",\"data\":[],\"headings\":[]}".to_vec()),
        Just(br#"{"ovnscope_recording":1,"databases":[{"path":"nb.db"}]}"#.to_vec()),
        prop::collection::vec(any::<u8>(), 0..600),
    ]
}

fn bundle() -> impl Strategy<Value = Vec<u8>> {
    piece().prop_recursive(4, 12, 3, |inner| {
        let name = prop::sample::select(vec![
            "nb.db",
            "manifest.json",
            "x_nbdb.gz",
            "a",
            "s/conf.db",
        ]);
        let files = prop::collection::vec((name, inner.clone()), 0..3);
        prop_oneof![
            inner.clone().prop_map(|bytes| gz(&bytes)),
            inner.clone().prop_map(|bytes| xz(&bytes)),
            inner.prop_map(|bytes| zst(&bytes)),
            files.prop_map(|files| tar(&files)),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_bundle_makes_reading_panic(
        bytes in bundle(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..3),
        kept in prop::sample::select(vec![0, 1 << 20]),
    ) {
        let mut bytes = bytes;
        for (at, byte) in changes {
            if !bytes.is_empty() {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
        }
        let scene = Scene::of(&[("x", bytes)]);
        let limits = Limits { kept, ..Limits::default() };
        for path in ["x", ""] {
            let _ = scene.shown_within(path, limits, &ALL);
        }
    }
}
