//! Tests of recognition.

use proptest::prelude::*;

use super::*;

#[track_caller]
fn check(head: &[u8], expected: Content) {
    assert_eq!(Content::of(head), expected, "{}", head.escape_ascii());
}

const HEADER: &str = "OVSDB JSON 12 0123456789abcdef0123456789ABCDEF01234567";

#[test]
fn the_first_bytes_tell_what_a_file_is() {
    check(b"", Content::Empty);
    check(format!("{HEADER}\n{{}}").as_bytes(), Content::Log);
    check(b"OVSDB CLUSTER what a header", Content::Log);
    check(b"\x1f\x8b\x08\x00", Content::Packed(Packing::Gzip));
    check(b"\xfd7zXZ\x00\x00\x04", Content::Packed(Packing::Xz));
    check(b"\x28\xb5\x2f\xfd", Content::Packed(Packing::Zstd));
    check(b"\x5f\x2a\x4d\x18\0\0\0\0", Content::Packed(Packing::Zstd));
    check(b"BZh91AY&SY\x01", Content::Unreadable("a bzip2 file"));
    check(b"BZhang wrote this", Content::Text);
    check(b"PK\x03\x04", Content::Unreadable("a zip archive"));
    check(b"-----BEGIN PGP PUBLIC KEY BLOCK-----\n", Content::Text);
    check(br#"{"caption":"ACL table","data":[]}"#, Content::Dump);
    check(b"\n { \"caption\": \"ACL table\"", Content::Dump);
    check(br#"{"data":[[["uuid","#, Content::Tables);
    check(br#"{"headings":["_uuid"],"#, Content::Tables);
    check(br#"{"items":[]}"#, Content::Text);
    check(b"kind: Pod\n\xc3\xbc\x1b[0m", Content::Text);
    check(b"\x7fELF\x02\x01\x01\0", Content::Other);
}

#[test]
fn the_end_of_a_log_is_told_from_text_that_speaks_of_logs() {
    check(
        format!("rest\"}}\n{HEADER}\n{{}}").as_bytes(),
        Content::Tail,
    );
    for text in [
        format!("see {HEADER}\n"),
        format!("line\n{HEADER} more\n"),
        format!("line\n{HEADER}"),
        "line\nOVSDB JSON 12 abc\n".to_owned(),
        "line\nOVSDB JSON  0123456789abcdef0123456789ABCDEF01234567\n".to_owned(),
    ] {
        check(text.as_bytes(), Content::Text);
    }
}

#[test]
fn archives_of_all_kinds_are_recognised_by_their_checksum() {
    for mut header in [Header::new_old(), Header::new_ustar(), Header::new_gnu()] {
        header.set_path("a").unwrap();
        header.set_size(3);
        header.set_cksum();
        check(header.as_bytes(), Content::Archive);
        let mut wrong = header.as_bytes().to_vec();
        wrong[1] = b'x';
        assert_ne!(Content::of(&wrong), Content::Archive);
    }
    check(&[0; 512], Content::Other);
}

proptest! {
    #[test]
    fn recognition_never_panics(head in prop::collection::vec(any::<u8>(), 0..2000)) {
        Content::of(&head);
    }

    #[test]
    fn recognition_never_panics_at_what_begins_well(
        lead in prop::sample::select(vec![
            &b"OVSDB "[..], b"{\"caption\":", b"{", b"\x1f\x8b", b"BZh", b"x\nOVSDB JSON ", b"\x28\xb5\x2f\xfd",
        ]),
        rest in prop::collection::vec(any::<u8>(), 0..700),
    ) {
        Content::of(&[lead, &rest].concat());
    }
}
