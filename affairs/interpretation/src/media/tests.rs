//! Files as small as they can be, made here: what each is, how long it plays, and that nothing of its makers is left.

use std::path::PathBuf;

use interpretation_rules::{Form, Medium, MediumKind};

use super::{BadMedium, examine};

/// What a maker wrote into every file, and must not be published.
const MAKER: &[u8] = b"Zhang San, Xiamen 24.48N 118.09E";

/// A file of these bytes, looked into; and what it holds afterwards.
fn looked(bytes: &[u8], form: Form) -> (Result<Medium, BadMedium>, Vec<u8>) {
    let folder = store::testing::Folder::new("medium");
    std::fs::create_dir_all(folder.path()).expect("a folder");
    let path: PathBuf = folder.path().join("file");
    std::fs::write(&path, bytes).expect("writes");
    let seen = examine(&path, form, "解读.bin");
    (seen, std::fs::read(&path).expect("reads"))
}

/// The same where it is taken: of the kind, of that length, and without what its maker wrote.
fn taken(bytes: &[u8], form: Form) -> (MediumKind, Option<u32>) {
    let (seen, after) = looked(bytes, form);
    let seen = seen.expect("is taken");
    assert_eq!((seen.size, after.len()), (bytes.len() as u64, bytes.len()));
    assert!(bytes.windows(MAKER.len()).any(|part| part == MAKER), "the example names its maker");
    assert!(!after.windows(MAKER.len()).any(|part| part == MAKER), "{:?}", seen.kind);
    // What was made clean is taken again as it is.
    let (again, same) = looked(&after, form);
    assert_eq!((again.expect("is taken again").sha256, same), (seen.sha256, after));
    (seen.kind, seen.seconds)
}

fn refused(bytes: &[u8], form: Form) -> String {
    looked(bytes, form).0.expect_err("is refused").to_string()
}

/// A box of MP4.
fn boxed(kind: &[u8], body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len() + 8).expect("small").to_be_bytes();
    [&length[..], kind, body].concat()
}

fn track(handler: &[u8], codec: &[u8]) -> Vec<u8> {
    let head = boxed(b"hdlr", &[&[0; 8][..], handler, &[0; 12]].concat());
    let entry = boxed(codec, &[0; 8]);
    let table = boxed(b"stsd", &[&[0, 0, 0, 0, 0, 0, 0, 1][..], &entry].concat());
    let media = boxed(b"minf", &boxed(b"stbl", &table));
    boxed(b"trak", &[boxed(b"mdia", &[head, media].concat()), boxed(b"udta", MAKER)].concat())
}

fn mp4(brand: &[u8], tracks: &[Vec<u8>]) -> Vec<u8> {
    let times = [&[0; 12][..], &1000_u32.to_be_bytes(), &2500_u32.to_be_bytes(), &[0; 80]].concat();
    let movie = [boxed(b"mvhd", &times), tracks.concat(), boxed(b"udta", MAKER)].concat();
    let head = boxed(b"ftyp", &[brand, &[0; 4]].concat());
    [head, boxed(b"moov", &movie), boxed(b"mdat", &[7; 100]), boxed(b"uuid", MAKER)].concat()
}

#[test]
fn a_film_and_sound_in_mp4_are_told_by_their_tracks() {
    let (film, sound) = (track(b"vide", b"avc1"), track(b"soun", b"mp4a"));
    let both = mp4(b"isom", &[sound.clone(), film]);
    assert_eq!(taken(&both, Form::Video), (MediumKind::Mp4, Some(3)));
    assert_eq!(taken(&mp4(b"M4A ", &[sound]), Form::Audio), (MediumKind::M4a, Some(3)));
    assert!(refused(&both, Form::Audio).contains("不是音频"));
    let other = mp4(b"isom", &[track(b"vide", b"hvc1")]);
    assert!(refused(&other, Form::Video).contains("H.265"));
    assert!(refused(&mp4(b"qt  ", &[track(b"vide", b"avc1")]), Form::Video).contains("MOV"));
    let cut = both.get(..both.len() - 60).unwrap_or_default();
    assert!(refused(cut, Form::Video).contains("不完整"));
}

/// An element of WebM.
fn element(id: &[u8], body: &[u8]) -> Vec<u8> {
    let length = u64::try_from(body.len()).expect("small") | (1 << 56);
    [id, &length.to_be_bytes(), body].concat()
}

fn webm(kind: &[u8], codec: &[u8], open: bool) -> Vec<u8> {
    let head = element(&[0x1a, 0x45, 0xdf, 0xa3], &element(&[0x42, 0x82], kind));
    let info = element(&[0x44, 0x89], &61_500.0_f64.to_be_bytes());
    let info = element(&[0x15, 0x49, 0xa9, 0x66], &info);
    let track = element(&[0xae], &element(&[0x86], codec));
    let tracks = element(&[0x16, 0x54, 0xae, 0x6b], &track);
    let tags = element(&[0x12, 0x54, 0xc3, 0x67], MAKER);
    let cluster = match open {
        // As browsers record: nobody knew how long it would be.
        true => [&[0x1f, 0x43, 0xb6, 0x75, 0xff][..], &element(&[0xa3], &[7; 40])].concat(),
        false => element(&[0x1f, 0x43, 0xb6, 0x75], &element(&[0xa3], &[7; 40])),
    };
    let all = [info, tracks, cluster, tags].concat();
    [head, element(&[0x18, 0x53, 0x80, 0x67], &all)].concat()
}

#[test]
fn a_film_in_webm_is_told_by_its_codecs() {
    for open in [false, true] {
        let film = webm(b"webm", b"V_VP9", open);
        assert_eq!(taken(&film, Form::Video), (MediumKind::Webm, Some(62)));
    }
    assert!(refused(&webm(b"matroska", b"V_VP9", false), Form::Video).contains("MKV"));
    let other = webm(b"webm", b"V_MPEG4/ISO/AVC", false);
    assert!(refused(&other, Form::Video).contains("V_MPEG4"));
    assert!(refused(&webm(b"webm", b"A_OPUS", false), Form::Video).contains("只有声音"));
}

fn chunk(kind: &[u8], body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).expect("small").to_le_bytes();
    [kind, &length, body].concat()
}

#[test]
fn sound_in_wav_lasts_as_long_as_its_bytes() {
    let mut format = vec![1, 0, 1, 0];
    format.extend_from_slice(&8000_u32.to_le_bytes());
    format.extend_from_slice(&8000_u32.to_le_bytes());
    format.extend_from_slice(&[1, 0, 8, 0]);
    let (head, sound) = (chunk(b"fmt ", &format), chunk(b"data", &[128; 16_000]));
    let all = [b"WAVE".to_vec(), head, chunk(b"LIST", MAKER), sound].concat();
    assert_eq!(taken(&chunk(b"RIFF", &all), Form::Audio), (MediumKind::Wav, Some(2)));
    assert!(refused(&chunk(b"RIFF", b"WAVE"), Form::Audio).contains("不完整"));
}

#[test]
fn mp3_and_aac_are_told_by_frames_that_follow_one_another() {
    // MPEG 1, layer III, 128 kbit/s, 44,100 samples a second: frames of 417 bytes.
    let frame = [&[0xff, 0xfb, 0x90, 0x00][..], &[0; 413]].concat();
    let length = u8::try_from(MAKER.len()).expect("short");
    let before = [&[b'I', b'D', b'3', 3, 0, 0, 0, 0, 0, length][..], MAKER].concat();
    let behind = [&b"TAG"[..], MAKER, &[0; 93]].concat();
    let sound = [before.clone(), frame.repeat(77), behind].concat();
    assert_eq!(taken(&sound, Form::Audio), (MediumKind::Mp3, Some(3)));
    // AAC, 48,000 samples a second: frames of 100 bytes.
    let frame = [&[0xff, 0xf1, 0x4c, 0x80, 0x0c, 0x80, 0x00][..], &[0; 93]].concat();
    let sound = [before, frame.repeat(94)].concat();
    assert_eq!(taken(&sound, Form::Audio), (MediumKind::Aac, Some(3)));
    assert!(
        refused(b"ID3\x03\x00\x00\x00\x00\x00\x00 no sound at all", Form::Audio).contains("看不出")
    );
}

/// A page of OGG with packets that end in it; its sum is not told, for nobody asks for it before it is written anew.
fn page(ticks: u64, packets: &[&[u8]]) -> Vec<u8> {
    let mut table = Vec::new();
    for packet in packets {
        table.extend(std::iter::repeat_n(255, packet.len() / 255));
        table.push(u8::try_from(packet.len() % 255).expect("less than 255"));
    }
    let count = [u8::try_from(table.len()).expect("few")];
    let (start, middle) = ([b'O', b'g', b'g', b'S', 0, 0], [0; 12]);
    [&start[..], &ticks.to_le_bytes(), &middle, &count, &table, &packets.concat()].concat()
}

#[test]
fn sound_in_ogg_is_told_by_its_head_and_its_last_page() {
    let head = b"OpusHead\x01\x01\x38\x01\x80\xbb\x00\x00\x00\x00\x00";
    let length = u32::try_from(MAKER.len() + 7).expect("short").to_le_bytes();
    let vendor = [&b"OpusTags"[..], &4_u32.to_le_bytes(), b"made"].concat();
    let tags = [&vendor[..], &1_u32.to_le_bytes(), &length, b"ARTIST=", MAKER].concat();
    let sound = [page(0, &[head]), page(0, &[&tags]), page(96_312, &[&[7; 300]])].concat();
    assert_eq!(taken(&sound, Form::Audio), (MediumKind::Ogg, Some(2)));
    let flac = [page(0, &[b"\x7fFLAC"]), page(0, &[&tags])].concat();
    assert!(refused(&flac, Form::Audio).contains("Opus"));
}

#[test]
fn what_is_nothing_of_the_kind_is_refused_by_what_is_in_it() {
    for bytes in [&b"%PDF-1.7"[..], b"PK\x03\x04", b"<html><body>", b"", b"MZ"] {
        assert!(refused(bytes, Form::Video).contains("看不出"), "{bytes:?}");
    }
}

#[test]
fn nothing_that_breaks_off_anywhere_is_more_than_refused() {
    let whole = mp4(b"isom", &[track(b"vide", b"avc1")]);
    let film = webm(b"webm", b"V_VP9", false);
    for bytes in [&whole, &film] {
        for end in (0..bytes.len()).step_by(3) {
            let _ = looked(&bytes[..end], Form::Video);
        }
    }
}
