//! What of a bundle is read, when, and how.

use std::fs;
use std::sync::{Arc, Mutex};

use tokio::runtime::Builder;

use super::scene::{Scene, gz, nb, sb, tar, xz, zst};
use crate::access::bundle::{Bundle, Limits, Progress, Stage};
use crate::access::{Source, read_telling};
use crate::database::Database;
use crate::snapshot::Needs;
use crate::tool::recording;

fn text(text: &str) -> Vec<u8> {
    text.as_bytes().to_vec()
}

#[test]
fn copies_are_read_once_and_rivals_stay_apart() {
    let scene = Scene::of(&[
        ("a/nb.db", nb("a", "")),
        ("copy/nb.db", nb("a", "")),
        (
            "packed.tar",
            tar(&[("nb.db", nb("a", "")), ("nb.db", nb("a", "later"))]),
        ),
        ("ovnkube-node-x_nbdb", nb("a", "")),
    ]);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("a/nb.db", scene.at("link.db")).unwrap();
        fs::hard_link(scene.at("a/nb.db"), scene.at("hard.db")).unwrap();
    }
    insta::assert_snapshot!(scene.shown(""), @"
    B/a/nb.db nb of a (NB_Global.name)
    B/packed.tar!nb.db nb of a (NB_Global.name)
    gap: B/ovnkube-node-x_nbdb: it has the very content of B/a/nb.db and is not shown again
    gap: nb of node a: several different databases claim to be it, each of which is shown on its own: B/a/nb.db, B/packed.tar!nb.db
    ");
    let bundle = Bundle::open(scene.path()).unwrap();
    let copies = bundle.databases[0].copies.iter().map(ToString::to_string);
    insta::assert_snapshot!(copies.collect::<Vec<String>>().join("\n"), @"
    copy/nb.db
    hard.db
    ovnkube-node-x_nbdb
    packed.tar!nb.db
    ");
}

#[test]
fn only_what_is_needed_is_read() {
    let mut damaged = sb("a", &["a"]);
    let last = damaged.len() - 3;
    damaged[last] ^= 1;
    let scene = Scene::of(&[("nb.db", nb("a", "")), ("sb.db", damaged)]);
    let only = |of| scene.shown_within("", Limits::default(), &[of]);
    insta::assert_snapshot!(only(Database::Nb), @"B/nb.db nb of a (NB_Global.name)");
    insta::assert_snapshot!(only(Database::Sb), @"error: cannot read B/sb.db: the file is damaged: record 1 at byte 393: the checksum does not fit the record");
    insta::assert_snapshot!(only(Database::Ovs), @"");
    insta::assert_snapshot!(scene.shown(""), @"
    B/nb.db nb of a (NB_Global.name)
    gap: B/sb.db: the file is damaged: record 1 at byte 393: the checksum does not fit the record
    ");
    insta::assert_snapshot!(scene.shown("sb.db"), @"error: the file is damaged: record 1 at byte 393: the checksum does not fit the record");
}

#[test]
fn a_file_that_ends_within_a_record_is_read_up_to_it_with_a_gap() {
    let mut torn = sb("a", &["a"]);
    torn.truncate(torn.len() - 3);
    let scene = Scene::of(&[("nb.db", nb("a", "")), ("sb.db", torn)]);
    insta::assert_snapshot!(scene.shown(""), @"
    B/sb.db sb of - (-)
    B/nb.db nb of a (NB_Global.name)
    gap: B/sb.db: record 1 at byte 393: the file ends within it, as one does that is copied while its server writes: the rows are those that the records before it left
    ");
    insta::assert_snapshot!(scene.shown("sb.db"), @"
    B/sb.db sb of - (-)
    gap: B/sb.db: record 1 at byte 393: the file ends within it, as one does that is copied while its server writes: the rows are those that the records before it left
    ");
}

#[test]
fn what_does_not_fit_into_memory_is_unpacked_again() {
    let store = tar(&[
        ("first", text("no database")),
        ("n1_nbdb", nb("n1", "")),
        ("n2_nbdb.gz", gz(&nb("n2", ""))),
        ("n1_sbdb", sb("n1", &["n1"])),
    ]);
    let scene = Scene::of(&[("all.tar.zst", zst(&tar(&[("store.tar.xz", xz(&store))])))]);
    let expected = scene.shown("all.tar.zst");
    for kept in [0, 1000] {
        let limits = Limits {
            kept,
            // As many as there are, so that counting them once more would be too many.
            files: 6,
            ..Limits::default()
        };
        let all = [Database::Nb, Database::Sb, Database::Ovs];
        assert_eq!(scene.shown_within("all.tar.zst", limits, &all), expected);
    }
    insta::assert_snapshot!(expected, @"
    B/all.tar.zst!store.tar.xz!n1_nbdb nb of n1 (NB_Global.name)
    B/all.tar.zst!store.tar.xz!n1_sbdb sb of n1 (SB_Global.options:name)
    B/all.tar.zst!store.tar.xz!n2_nbdb.gz nb of n2 (NB_Global.name)
    ");
}

#[test]
fn a_database_read_at_two_moments_belongs_to_one_node() {
    let mut named_later = nb("", "1");
    let later = serde_json::json!({
        "NB_Global": {"00000001-0000-4000-8000-000000000000": {"name": "a"}},
    });
    named_later.extend(recording::file(&[later]));
    let scene = Scene::of(&[("x.db", named_later), ("y.db", nb("", "2"))]);
    let needs = Needs::default()
        .database(Database::Nb)
        .at(Some("record:1".parse().unwrap()))
        .at(None);
    let read = scene.read_needs("", Limits::default(), &needs).unwrap();
    let names = read.databases.iter().map(|read| {
        let address = read.address.rsplit('/').next().unwrap();
        let at = read.at.map_or("-".to_owned(), |at| at.to_string());
        format!("{address} {at} {:?}", read.node)
    });
    insta::assert_snapshot!(names.collect::<Vec<String>>().join("\n"), @r#"
    x.db record:1 Some("a")
    x.db - Some("a")
    y.db record:1 None
    y.db - None
    "#);
    assert!(read.gaps.is_empty(), "{:?}", read.gaps);
}

#[cfg(unix)]
#[test]
fn a_folder_that_must_not_be_written_is_read_and_stays_as_it_was() {
    use std::os::unix::fs::PermissionsExt;

    let scene = Scene::of(&[
        ("a/nb.db", nb("a", "")),
        ("b.tar.gz", gz(&tar(&[("sb.db", sb("b", &["b"]))]))),
    ]);
    let listing = || {
        let mut files = Vec::new();
        let mut folders = vec![scene.path().to_path_buf()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                let meta = fs::metadata(&path).unwrap();
                if meta.is_dir() {
                    folders.push(path);
                } else {
                    files.push((fs::read(&path).unwrap(), meta.modified().unwrap(), path));
                }
            }
        }
        files.sort();
        files
    };
    let before = listing();
    let mode = |mode| {
        for path in ["a/nb.db", "b.tar.gz"] {
            fs::set_permissions(scene.at(path), fs::Permissions::from_mode(mode & 0o644)).unwrap();
        }
        for path in ["a", ""] {
            fs::set_permissions(scene.at(path), fs::Permissions::from_mode(mode)).unwrap();
        }
    };
    mode(0o555);
    let shown = scene.shown("");
    let after = listing();
    mode(0o755);
    assert_eq!(before, after);
    insta::assert_snapshot!(shown, @"
    B/a/nb.db nb of a (NB_Global.name)
    B/b.tar.gz!sb.db sb of b (SB_Global.options:name)
    ");
}

/// Keeps what it is told.
#[derive(Default)]
struct Told(Mutex<Vec<String>>);

impl Progress for Told {
    fn reached(&self, stage: Stage<'_>) {
        self.0.lock().unwrap().push(match stage {
            Stage::Reading { done, of, place } => format!("{done} of {of}: {place}"),
            Stage::Finished => "finished".to_owned(),
            _ => return,
        });
    }
}

#[test]
fn progress_tells_of_each_database_that_is_read() {
    let scene = Scene::of(&[
        (
            "a.tar",
            tar(&[("nb.db", nb("a", "")), ("sb.db", sb("a", &[]))]),
        ),
        ("b.db", nb("b", "")),
    ]);
    let told = Arc::new(Told::default());
    let progress: Arc<dyn Progress> = Arc::clone(&told) as Arc<dyn Progress>;
    let sources = [Source::Recorded(scene.path().to_path_buf())];
    let needs = Needs::default().database(Database::Nb);
    let runtime = Builder::new_current_thread().build().unwrap();
    let read = runtime.block_on(read_telling(&sources, &needs, &progress));
    let snapshot = read.unwrap();
    assert_eq!(snapshot.databases.len(), 2);
    let mut told = told.0.lock().unwrap().clone();
    assert_eq!(told.pop().as_deref(), Some("finished"));
    let numbers: Vec<&str> = told
        .iter()
        .filter_map(|told| told.split(':').next())
        .collect();
    assert_eq!(numbers.len(), 2, "{told:?}");
    assert!(
        numbers.contains(&"1 of 2") && numbers.contains(&"2 of 2"),
        "{told:?}"
    );
    assert!(
        told.iter().any(|told| told.ends_with(": a.tar!nb.db")),
        "{told:?}"
    );
}
