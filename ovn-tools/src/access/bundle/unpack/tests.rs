//! Tests of unpacking.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use lzma_rust2::{XzOptions, XzWriter};
use proptest::prelude::*;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

use super::*;
use crate::access::bundle::content::Content;
use crate::access::bundle::limit::Limits;

const PACKINGS: [Packing; 3] = [Packing::Gzip, Packing::Xz, Packing::Zstd];

fn pack(packing: Packing, bytes: &[u8]) -> Vec<u8> {
    match packing {
        Packing::Gzip => {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
            encoder.write_all(bytes).unwrap();
            encoder.finish().unwrap()
        }
        Packing::Xz => {
            let mut writer = XzWriter::new(Vec::new(), XzOptions::with_preset(0)).unwrap();
            writer.write_all(bytes).unwrap();
            writer.finish().unwrap()
        }
        Packing::Zstd => compress_to_vec(bytes, CompressionLevel::Fastest),
    }
}

fn plain(packing: Packing, packed: &[u8]) -> io::Result<Vec<u8>> {
    let meter = Meter::default();
    let mut bytes = Vec::new();
    unpack(packing, packed, &meter).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn text() -> Vec<u8> {
    let lines = (0..20_000).map(|line| format!("line {line} of something\n"));
    lines.collect::<String>().into_bytes()
}

#[test]
fn what_was_packed_is_unpacked() {
    for packing in PACKINGS {
        for bytes in [text(), Vec::new(), b"x".to_vec()] {
            let packed = pack(packing, &bytes);
            assert_eq!(Content::of(&packed), Content::Packed(packing));
            assert_eq!(plain(packing, &packed).unwrap(), bytes, "{packing:?}");
            // Packed files may stand one after the other.
            let twice = [packed.as_slice(), &packed].concat();
            assert_eq!(
                plain(packing, &twice).unwrap(),
                bytes.repeat(2),
                "{packing:?}"
            );
        }
    }
}

#[test]
fn skippable_frames_are_skipped() {
    let mut packed = b"\x50\x2a\x4d\x18\x03\0\0\0abc".to_vec();
    packed.extend(pack(Packing::Zstd, b"after it"));
    assert_eq!(plain(Packing::Zstd, &packed).unwrap(), b"after it");
    let claims_more = b"\x50\x2a\x4d\x18\xff\xff\xff\xffabc";
    insta::assert_snapshot!(plain(Packing::Zstd, claims_more).unwrap_err(), @"the packed file ends early: it was cut off");
}

#[test]
fn a_file_that_was_cut_off_says_so_whenever_it_is_read() {
    for packing in PACKINGS {
        let packed = pack(packing, &text());
        let cut = &packed[..packed.len() / 2];
        let meter = Meter::default();
        let mut reader = unpack(packing, cut, &meter);
        let mut bytes = Vec::new();
        let error = reader.read_to_end(&mut bytes).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the packed file ends early: it was cut off",
            "{packing:?}"
        );
        assert!(text().starts_with(&bytes), "{packing:?}");
        let error = reader.read_to_end(&mut bytes).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the packed file ends early: it was cut off"
        );
    }
}

#[test]
fn a_wrong_checksum_is_an_error() {
    for packing in PACKINGS {
        let packed = pack(packing, &text());
        let wrong = (1..packed.len()).step_by(997).filter(|from_end| {
            let mut packed = packed.clone();
            let at = packed.len() - from_end;
            packed[at] ^= 0x55;
            plain(packing, &packed).is_ok_and(|bytes| bytes != text())
        });
        assert_eq!(wrong.count(), 0, "{packing:?}");
    }
}

#[test]
fn a_dictionary_that_takes_too_much_memory_is_refused() {
    // A frame that claims a window of 2 GiB.
    let zstd = b"\x28\xb5\x2f\xfd\x00\xa8\x01\x00\x00";
    insta::assert_snapshot!(plain(Packing::Zstd, zstd).unwrap_err(), @"the packed file asks for more than 128 MiB of memory to be unpacked");
    // The first block of an xz file says how large its dictionary is, in one byte.
    let packed = pack(Packing::Xz, &text());
    let mut header = packed[12..24].to_vec();
    assert_eq!(header[2], 0x21, "the filter is LZMA2");
    header[4] = 40;
    let mut hasher = flate2::Crc::new();
    hasher.update(&header[..8]);
    header[8..12].copy_from_slice(&hasher.sum().to_le_bytes());
    let claims = [&packed[..12], &header, &packed[24..]].concat();
    insta::assert_snapshot!(plain(Packing::Xz, &claims).unwrap_err(), @"the packed file asks for more than 128 MiB of memory to be unpacked");
}

#[test]
fn bombs_are_stopped() {
    let zeros = vec![0; 8 << 20];
    for packing in PACKINGS {
        let packed = pack(packing, &zeros);
        let stopped = |limits: Limits| {
            let meter = Meter::new(limits);
            let mut bytes = Vec::new();
            let outcome = unpack(packing, packed.as_slice(), &meter).read_to_end(&mut bytes);
            (outcome.map_err(|error| error.to_string()), bytes.len())
        };
        let (outcome, given) = stopped(Limits {
            ratio_from: 1 << 20,
            ..Limits::default()
        });
        assert_eq!(
            outcome.unwrap_err(),
            "it unpacks to more than 250 times its size, which no recording does",
            "{packing:?}"
        );
        assert!(given <= 3 << 20, "{packing:?} {given}");
        let (outcome, given) = stopped(Limits {
            unpacked: 2 << 20,
            ..Limits::default()
        });
        assert_eq!(
            outcome.unwrap_err(),
            "more than 2 MiB are unpacked; the rest is not looked at",
            "{packing:?}"
        );
        assert!(given <= 2 << 20, "{packing:?} {given}");
        assert_eq!(stopped(Limits::default()).0, Ok(8 << 20));
    }
}

#[test]
fn a_reader_that_nobody_waits_for_ends() {
    let packed = pack(Packing::Gzip, &text());
    let meter = Meter::default();
    let mut reader = unpack(Packing::Gzip, packed.as_slice(), &meter);
    reader.read_exact(&mut [0; 10]).unwrap();
    meter.cancel();
    let error = reader.read_to_end(&mut Vec::new()).unwrap_err();
    assert_eq!(error.to_string(), "reading was broken off");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn damage_never_panics(
        packing in prop::sample::select(PACKINGS.to_vec()),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        size in 0_usize..3000,
    ) {
        let mut packed = pack(packing, &text()[..size]);
        for (at, byte) in changes {
            let at = at.index(packed.len());
            packed[at] = byte;
        }
        let _ = plain(packing, &packed);
    }

    #[test]
    fn noise_never_panics(
        packing in prop::sample::select(PACKINGS.to_vec()),
        noise in prop::collection::vec(any::<u8>(), 0..500),
    ) {
        let lead = match packing {
            Packing::Gzip => &b"\x1f\x8b\x08"[..],
            Packing::Xz => b"\xfd7zXZ\0\0\x04\xe6\xd6\xb4\x46",
            Packing::Zstd => b"\x28\xb5\x2f\xfd",
        };
        let _ = plain(packing, &[lead, &noise].concat());
    }
}
