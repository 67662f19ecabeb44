//! Tests of archives.

use proptest::prelude::*;
use tar::Builder;

use super::*;

/// The members as an archive gives them: name, kind and content.
fn members(archive: &[u8]) -> Result<Vec<String>, String> {
    let mut found = Vec::new();
    let mut archive = Archive::new(archive);
    loop {
        match archive.next() {
            Ok(None) => return Ok(found),
            Ok(Some(member)) => {
                let mut content = Vec::new();
                let outcome = archive.content().read_to_end(&mut content);
                let content = match outcome {
                    Ok(_) if content.len() > 20 => format!("{} bytes", content.len()),
                    Ok(_) => String::from_utf8_lossy(&content).into_owned(),
                    Err(error) => return Err(format!("{found:?} {}: {error}", member.name)),
                };
                found.push(format!(
                    "{} {:?} {}: {content}",
                    member.number, member.kind, member.name
                ));
            }
            Err(error) => return Err(format!("{found:?} {error}")),
        }
    }
}

fn header(name: &[u8], size: u64) -> Header {
    let mut header = Header::new_gnu();
    header.as_old_mut().name[..name.len()].copy_from_slice(name);
    header.set_size(size);
    header.set_mode(0o644);
    header.set_cksum();
    header
}

fn build(add: impl FnOnce(&mut Builder<Vec<u8>>)) -> Vec<u8> {
    let mut builder = Builder::new(Vec::new());
    add(&mut builder);
    builder.into_inner().unwrap()
}

#[test]
fn members_come_with_their_names_and_contents() {
    let long = format!("{}/deep.db", "folder".repeat(40));
    let archive = build(|builder| {
        builder
            .append(&header(b"a.db", 3), b"abc".as_slice())
            .unwrap();
        builder
            .append(&header(b"empty", 0), b"".as_slice())
            .unwrap();
        let mut deep = header(b"", 2);
        builder
            .append_data(&mut deep, &long, b"de".as_slice())
            .unwrap();
        builder
            .append_pax_extensions([
                ("path", "pax/näme".as_bytes()),
                ("mtime", b"1.5".as_slice()),
            ])
            .unwrap();
        builder
            .append(&header(b"short", 700), [7; 700].as_slice())
            .unwrap();
    });
    let shown = members(&archive)
        .unwrap()
        .join("\n")
        .replace(&"folder".repeat(40), "FOLDERS");
    insta::assert_snapshot!(shown, @"
    0 File a.db: abc
    1 File empty: 
    2 File FOLDERS/deep.db: de
    3 File pax/näme: 700 bytes
    ");
}

#[test]
fn names_that_lead_elsewhere_and_links_are_no_more_than_names() {
    let archive = build(|builder| {
        builder
            .append(&header(b"../../etc/passwd", 1), b"x".as_slice())
            .unwrap();
        builder
            .append(&header(b"/abs", 1), b"y".as_slice())
            .unwrap();
        builder
            .append(&header(b"\xff\xfe", 1), b"z".as_slice())
            .unwrap();
        for (kind, target) in [(EntryType::Symlink, "/etc"), (EntryType::Link, "../x")] {
            let mut link = header(b"link", 0);
            link.set_entry_type(kind);
            builder.append_link(&mut link, "link", target).unwrap();
        }
    });
    insta::assert_snapshot!(members(&archive).unwrap().join("\n"), @"
    0 File ../../etc/passwd: x
    1 File /abs: y
    2 File ��: z
    3 Other link: 
    4 Other link:
    ");
}

#[test]
fn an_archive_that_was_cut_off_gives_what_is_there_and_says_so() {
    let archive = build(|builder| {
        builder.append(&header(b"a", 3), b"abc".as_slice()).unwrap();
        builder
            .append(&header(b"b", 600), [0; 600].as_slice())
            .unwrap();
    });
    insta::assert_snapshot!(members(&archive[..1024]).unwrap().join("\n"), @"0 File a: abc");
    insta::assert_snapshot!(members(&archive[..1300]).unwrap_err(), @r#"["0 File a: abc"] the archive ends early: it was cut off"#);
    insta::assert_snapshot!(members(&archive[..1800]).unwrap_err(), @r#"["0 File a: abc"] b: the archive ends early: it was cut off"#);
    let mut wrong = archive.clone();
    wrong[1024] = b'c';
    insta::assert_snapshot!(members(&wrong).unwrap_err(), @r#"["0 File a: abc"] the archive is damaged: the checksum of a member's header is wrong"#);
}

#[test]
fn claims_allocate_nothing_and_are_found_out() {
    let huge = header(b"huge", 10 << 30);
    insta::assert_snapshot!(members(huge.as_bytes()).unwrap_err(), @"[] huge: the archive ends early: it was cut off");
    let mut impossible = header(b"impossible", u64::MAX);
    impossible.set_cksum();
    insta::assert_snapshot!(members(impossible.as_bytes()).unwrap_err(), @"[] the archive is damaged: a member claims an impossible size");
    let mut name = header(b"././@LongLink", 1 << 30);
    name.set_entry_type(EntryType::GNULongName);
    name.set_cksum();
    let archive = [name.as_bytes().as_slice(), &[b'x'; 1 << 20]].concat();
    insta::assert_snapshot!(members(&archive).unwrap_err(), @"[] a member's extended header is longer than 64 KiB");
    let wrong = build(|builder| {
        builder
            .append_pax_extensions([("size", b"many".as_slice())])
            .unwrap();
        builder.append(&header(b"a", 0), b"".as_slice()).unwrap();
    });
    insta::assert_snapshot!(members(&wrong).unwrap_err(), @"[] the archive is damaged: a member's size is no number");
}

#[test]
fn an_extended_header_may_state_the_size() {
    let archive = build(|builder| {
        builder
            .append_pax_extensions([("size", b"3".as_slice())])
            .unwrap();
        builder.append(&header(b"a", 0), b"".as_slice()).unwrap();
    });
    // The builder wrote no content for a size of 0; it goes before the end of the archive.
    let (before, _) = archive.split_at(archive.len() - 1024);
    let mut content = [0; 512];
    content[..3].copy_from_slice(b"abc");
    let archive = [before, &content, &[0; 1024]].concat();
    insta::assert_snapshot!(members(&archive).unwrap().join("\n"), @"0 File a: abc");
}

#[test]
fn sparse_members_are_told_from_others() {
    let archive = build(|builder| {
        let mut sparse = header(b"sparse", 4);
        sparse.set_entry_type(EntryType::GNUSparse);
        sparse.as_gnu_mut().unwrap().set_is_extended(true);
        sparse.set_cksum();
        // One block in which the header goes on stands before the content.
        let mut blocks = vec![0; 512];
        blocks.extend(b"abcd");
        blocks.resize(1024, 0);
        builder.get_mut().extend(sparse.as_bytes());
        builder.get_mut().extend(blocks);
        builder
            .append_pax_extensions([("GNU.sparse.major", b"1".as_slice())])
            .unwrap();
        builder.append(&header(b"pax", 1), b"x".as_slice()).unwrap();
        builder
            .append(&header(b"last", 1), b"y".as_slice())
            .unwrap();
    });
    insta::assert_snapshot!(members(&archive).unwrap().join("\n"), @"
    0 Sparse sparse: abcd
    1 Sparse pax: x
    2 File last: y
    ");
}

proptest! {
    #[test]
    fn members_read_back(
        files in prop::collection::vec(
            ("[a-z]{1,12}(/[a-z]{1,120}){0,3}", prop::collection::vec(any::<u8>(), 0..1500)),
            0..6,
        ),
    ) {
        let bytes = build(|builder| {
            for (name, content) in &files {
                let mut header = header(b"", u64::try_from(content.len()).unwrap());
                builder.append_data(&mut header, name, content.as_slice()).unwrap();
            }
        });
        let mut archive = Archive::new(bytes.as_slice());
        for (name, content) in &files {
            let member = archive.next().unwrap().unwrap();
            prop_assert_eq!(&member.name, name);
            let mut read = Vec::new();
            archive.content().read_to_end(&mut read).unwrap();
            prop_assert_eq!(&read, content);
        }
        prop_assert_eq!(archive.next().unwrap(), None);
    }

    #[test]
    fn damage_never_panics(
        changes in prop::collection::vec((0_usize..3072, any::<u8>()), 0..20),
        is_sound in any::<bool>(),
        length in 0_usize..4096,
    ) {
        let mut bytes = build(|builder| {
            builder.append_pax_extensions([("path", b"a/b".as_slice())]).unwrap();
            builder.append(&header(b"a", 3), b"abc".as_slice()).unwrap();
        });
        for (at, byte) in changes {
            if let Some(place) = bytes.get_mut(at) {
                *place = byte;
            }
        }
        if is_sound {
            // So that damage gets past the checksums.
            for at in [0, 1024] {
                let mut header = Header::new_old();
                header.as_mut_bytes().copy_from_slice(&bytes[at..at + 512]);
                header.set_cksum();
                bytes[at..at + 512].copy_from_slice(header.as_bytes());
            }
        }
        bytes.truncate(length);
        let _ = members(&bytes);
    }
}
