//! Files made to harm whoever opens them: each is refused with a word that says why, in time, and
//! whoever asked neither grows nor falls.

use std::fs;
use std::io::{Cursor, Write};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use documents::Refusal;
use documents::examining::Examiner;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

fn examiner() -> Examiner {
    Examiner {
        program: PathBuf::from(env!("CARGO_BIN_EXE_examine")),
        timeout: Duration::from_secs(20),
    }
}

/// The memory of this process, in KiB.
fn resident() -> u64 {
    let status = fs::read_to_string("/proc/self/status").expect("the system tells its memory");
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).expect("a line on memory");
    line.split_ascii_whitespace().nth(1).and_then(|number| number.parse().ok()).expect("a number")
}

type Files = Vec<(String, Vec<u8>)>;

fn packed(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in entries {
        zip.start_file(*name, options).expect("an entry");
        zip.write_all(bytes).expect("its bytes");
    }
    zip.finish().expect("an archive").into_inner()
}

/// Text that repeats, packed without ever being held: a head, a unit so many times, a tail. The
/// pieces are packed apart and put one behind the other.
struct Packed {
    deflated: Vec<u8>,
    sum: u32,
    size: u32,
}

impl Packed {
    fn new(head: &[u8], unit: &[u8], times: usize, tail: &[u8]) -> Self {
        let piece = |bytes: &[u8]| {
            let mut encoder =
                flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
            encoder.write_all(bytes).and_then(|()| encoder.flush()).expect("a piece");
            encoder.get_ref().clone()
        };
        let mut sum = flate2::Crc::new();
        let mut deflated = piece(head);
        sum.update(head);
        let one = piece(unit);
        for _ in 0..times {
            deflated.extend_from_slice(&one);
            sum.update(unit);
        }
        deflated.extend_from_slice(&piece(tail));
        sum.update(tail);
        // an empty last block
        deflated.extend_from_slice(&[3, 0]);
        Self { deflated, sum: sum.sum(), size: sum.amount() }
    }

    /// So many megabytes of noughts.
    fn noughts(megabytes: usize) -> Self {
        Self::new(b"", &zeros(1), megabytes, b"")
    }
}

/// An archive of things packed already.
fn archive(entries: &[(&str, &Packed)]) -> Vec<u8> {
    let (mut out, mut list) = (Vec::new(), Vec::new());
    for (name, packed) in entries {
        let start = out.len() as u32;
        let mut common = vec![20, 0, 0, 8, 8, 0, 0, 0, 0x21, 0];
        common.extend_from_slice(&packed.sum.to_le_bytes());
        common.extend_from_slice(&(packed.deflated.len() as u32).to_le_bytes());
        common.extend_from_slice(&packed.size.to_le_bytes());
        common.extend_from_slice(&(name.len() as u16).to_le_bytes());
        common.extend_from_slice(&[0, 0]);
        out.extend_from_slice(b"PK\x03\x04");
        out.extend_from_slice(&common);
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(&packed.deflated);
        list.extend_from_slice(b"PK\x01\x02\x14\0");
        list.extend_from_slice(&common);
        list.extend_from_slice(&[0; 10]);
        list.extend_from_slice(&start.to_le_bytes());
        list.extend_from_slice(name.as_bytes());
    }
    let (at, size, count) =
        (out.len() as u32, list.len() as u32, (entries.len() as u16).to_le_bytes());
    out.append(&mut list);
    out.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    out.extend_from_slice(&count);
    out.extend_from_slice(&count);
    out.extend_from_slice(&size.to_le_bytes());
    out.extend_from_slice(&at.to_le_bytes());
    out.extend_from_slice(&[0, 0]);
    out
}

const TYPES: &[u8] =
    b"<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";

fn document(body: &[u8]) -> Vec<u8> {
    packed(&[("[Content_Types].xml", TYPES), ("word/document.xml", body)])
}

fn workbook(sheet: &[u8]) -> Vec<u8> {
    packed(&[
        ("[Content_Types].xml", TYPES),
        ("xl/workbook.xml", b"<workbook><sheets><sheet name=\"a\"/></sheets></workbook>"),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

fn zeros(megabytes: usize) -> Vec<u8> {
    vec![b'0'; megabytes << 20]
}

/// Archives that unpack to too much, in every place an archive can stand.
fn archives(files: &mut Files) {
    let (big, small) = (Packed::noughts(230), Packed::new(b"<a/>", b"", 0, b""));
    let flat = archive(&[("a.txt", &big)]);
    for (name, entries) in [
        ("flat.zip", vec![("a.txt", &big)]),
        ("flat.docx", vec![("word/document.xml", &big)]),
        ("flat.ofd", vec![("OFD.xml", &big)]),
        ("sheet.xlsx", vec![("xl/workbook.xml", &small), ("xl/worksheets/sheet1.xml", &big)]),
        ("strings.xlsx", vec![("xl/workbook.xml", &small), ("xl/sharedStrings.xml", &big)]),
        ("media.pptx", vec![("ppt/presentation.xml", &small), ("ppt/media/a.png", &big)]),
        ("media.docx", vec![("word/document.xml", &small), ("word/media/a.emf", &big)]),
        ("properties.docx", vec![("word/document.xml", &small), ("docProps/core.xml", &big)]),
        ("content.odt", vec![("mimetype", &small), ("content.xml", &big)]),
        (
            "picture.ods",
            vec![("mimetype", &small), ("content.xml", &small), ("Pictures/a.png", &big)],
        ),
        ("page.ofd", vec![("OFD.xml", &small), ("Doc_0/Pages/Page_0/Content.xml", &big)]),
    ] {
        files.push((name.to_owned(), archive(&entries)));
    }
    let mut nested = flat;
    for level in 0..6 {
        nested = packed(&[("inner.zip", &nested)]);
        files.push((format!("nested{level}.zip"), nested.clone()));
    }
    let ten = Packed::noughts(12);
    let names: Vec<String> = (0..20).map(|at| format!("{at}.txt")).collect();
    let many: Vec<(&str, &Packed)> = names.iter().map(|name| (name.as_str(), &ten)).collect();
    files.push(("together.zip".to_owned(), archive(&many)));
    let names: Vec<String> = (0..2_100).map(|at| format!("{at}.txt")).collect();
    let many: Vec<(&str, &Packed)> = names.iter().map(|name| (name.as_str(), &small)).collect();
    files.push(("entries.zip".to_owned(), archive(&many)));
    files.push(("deep.docx".to_owned(), deep_embeddings()));
}

/// A document in a document in a document.
fn deep_embeddings() -> Vec<u8> {
    let mut inner = document(b"<w:document/>");
    for _ in 0..8 {
        inner =
            packed(&[("word/document.xml", b"<w:document/>"), ("word/embeddings/a.docx", &inner)]);
    }
    inner
}

/// gzip and tar, and headers that lie.
fn streams(files: &mut Files) {
    let big = Packed::noughts(230);
    let mut gzip = b"\x1f\x8b\x08\0\0\0\0\0\0\xff".to_vec();
    gzip.extend_from_slice(&big.deflated);
    gzip.extend_from_slice(&big.sum.to_le_bytes());
    gzip.extend_from_slice(&big.size.to_le_bytes());
    files.push(("big.gz".to_owned(), gzip));
    let mut tar = vec![0_u8; 1024];
    tar[..5].copy_from_slice(b"a.txt");
    tar[124..135].copy_from_slice(b"77777777777");
    tar[257..262].copy_from_slice(b"ustar");
    files.push(("size.tar".to_owned(), tar));
    let honest = packed(&[("a.txt", &[b'0'; 5_000])]);
    let mut liar = honest.clone();
    lie_about_size(&mut liar, 10);
    files.push(("small.zip".to_owned(), liar));
    let mut overlapping = packed(&[("a.txt", b"0123456789"), ("b.txt", b"0123456789")]);
    overlap(&mut overlapping);
    files.push(("overlap.zip".to_owned(), overlapping));
    let mut secret = honest;
    encrypt(&mut secret);
    files.push(("secret.zip".to_owned(), secret));
}

fn positions(bytes: &[u8], what: &[u8]) -> Vec<usize> {
    bytes
        .windows(what.len())
        .enumerate()
        .filter(|(_, window)| *window == what)
        .map(|(at, _)| at)
        .collect()
}

/// Writes another unpacked size into every header.
fn lie_about_size(zip: &mut [u8], size: u32) {
    for at in positions(zip, b"PK\x03\x04") {
        zip[at + 22..at + 26].copy_from_slice(&size.to_le_bytes());
    }
    for at in positions(zip, b"PK\x01\x02") {
        zip[at + 24..at + 28].copy_from_slice(&size.to_le_bytes());
    }
}

/// Lets the second entry begin where the first does.
fn overlap(zip: &mut [u8]) {
    if let Some(second) = positions(zip, b"PK\x01\x02").get(1) {
        zip[second + 42..second + 46].copy_from_slice(&0_u32.to_le_bytes());
    }
}

fn encrypt(zip: &mut [u8]) {
    for at in positions(zip, b"PK\x03\x04") {
        zip[at + 6] |= 1;
    }
    for at in positions(zip, b"PK\x01\x02") {
        zip[at + 8] |= 1;
    }
}

/// XML that grows, nests or repeats.
fn markup(files: &mut Files) {
    let mut laughs = String::from("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY l0 \"ha\">");
    for level in 1..30 {
        laughs.push_str(&format!("<!ENTITY l{level} \"&l{0};&l{0};&l{0};&l{0};\">", level - 1));
    }
    laughs.push_str("]><w:document><w:t>&l29;</w:t></w:document>");
    let mut quadratic =
        format!("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"{}\">]><a>", "x".repeat(50_000));
    quadratic.push_str(&"&b;".repeat(50_000));
    quadratic.push_str("</a>");
    let outside =
        "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><a>&f;</a>";
    for (name, text) in
        [("laughs", laughs.as_str()), ("quadratic", quadratic.as_str()), ("outside", outside)]
    {
        files.push((format!("{name}.docx"), document(text.as_bytes())));
        files.push((format!("{name}.xlsx"), workbook(text.as_bytes())));
        files.push((format!("{name}.ofd"), packed(&[("OFD.xml", text.as_bytes())])));
        files.push((
            format!("{name}.odt"),
            packed(&[("mimetype", b"x"), ("content.xml", text.as_bytes())]),
        ));
        files.push((format!("{name}.pptx"), packed(&[("ppt/presentation.xml", text.as_bytes())])));
    }
    let deep = format!("{}x{}", "<a>".repeat(200_000), "</a>".repeat(200_000));
    files.push(("deep.xlsx".to_owned(), workbook(deep.as_bytes())));
    files.push(("nest.docx".to_owned(), document(deep.as_bytes())));
    files.push(("nest.ofd".to_owned(), packed(&[("OFD.xml", deep.as_bytes())])));
    files.push((
        "nest.html".to_owned(),
        format!("<html><body>{}", "<div>".repeat(100_000)).into_bytes(),
    ));
    let tags = Packed::new(b"<a>", "<b/>".repeat(10_000).as_bytes(), 700, b"</a>");
    files.push(("tags.docx".to_owned(), archive(&[("word/document.xml", &tags)])));
    let cells = "<table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell \
                 table:number-columns-repeated=\"16384\"><text:p>1</text:p></table:table-cell></table:table-row>";
    let sheet =
        format!("<office:spreadsheet><table:table>{cells}</table:table></office:spreadsheet>");
    files.push((
        "repeats.ods".to_owned(),
        packed(&[("mimetype", b"x"), ("content.xml", sheet.as_bytes())]),
    ));
    files.push(("nest.rtf".to_owned(), format!("{{\\rtf1 {}", "{".repeat(100_000)).into_bytes()));
}

/// Pictures that claim to be huge, or end in the middle.
fn pictures(files: &mut Files) {
    let png = |width: u32, height: u32| {
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
        bytes.extend_from_slice(&width.to_be_bytes());
        bytes.extend_from_slice(&height.to_be_bytes());
        bytes.extend_from_slice(b"\x08\x02\0\0\0\0\0\0\0\0\0\0\0IEND\xaeB`\x82");
        bytes
    };
    files.push(("pixels.png".to_owned(), png(60_000, 60_000)));
    files.push((
        "pixels.docx".to_owned(),
        packed(&[("word/document.xml", b"<a/>"), ("word/media/a.png", &png(65_000, 65_000))]),
    ));
    let jpeg = |width: u16, height: u16| {
        let mut bytes = b"\xff\xd8\xff\xc0\0\x11\x08".to_vec();
        bytes.extend_from_slice(&height.to_be_bytes());
        bytes.extend_from_slice(&width.to_be_bytes());
        bytes.extend_from_slice(b"\x03\x01\x11\0\x02\x11\0\x03\x11\0\xff\xd9");
        bytes
    };
    files.push(("pixels.jpg".to_owned(), jpeg(65_000, 65_000)));
    files.push(("cut.png".to_owned(), png(10, 10)[..30].to_vec()));
    files.push(("cut.jpg".to_owned(), jpeg(10, 10)[..12].to_vec()));
    files.push(("cut.gif".to_owned(), b"GIF89a\x01\0\x01\0\x80\0\0".to_vec()));
    let mut length = png(10, 10);
    length[8..12].copy_from_slice(&0xffff_fff0_u32.to_be_bytes());
    files.push(("length.png".to_owned(), length));
}

/// PDF files of a million pages, in circles, and packed to burst.
fn pages(files: &mut Files) {
    let pdf = |objects: &[String]| {
        let mut out = b"%PDF-1.7\n".to_vec();
        let mut starts = Vec::new();
        for (index, body) in objects.iter().enumerate() {
            starts.push(out.len());
            out.extend_from_slice(format!("{} 0 obj\n{body}\nendobj\n", index + 1).as_bytes());
        }
        let table = out.len();
        out.extend_from_slice(
            format!("xref\n0 {}\n0000000000 65535 f \n", starts.len() + 1).as_bytes(),
        );
        for start in &starts {
            out.extend_from_slice(format!("{start:010} 00000 n \n").as_bytes());
        }
        out.extend_from_slice(
            format!(
                "trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF",
                starts.len() + 1
            )
            .as_bytes(),
        );
        out
    };
    let catalog = "<</Type/Catalog/Pages 2 0 R>>".to_owned();
    let kids = "3 0 R ".repeat(1_000_000);
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>".to_owned();
    files.push((
        "claims.pdf".to_owned(),
        pdf(&[
            catalog.clone(),
            format!("<</Type/Pages/Count 1000000/Kids[{kids}]>>"),
            page.clone(),
        ]),
    ));
    files.push((
        "kids.pdf".to_owned(),
        pdf(&[catalog.clone(), format!("<</Type/Pages/Count 1/Kids[{kids}]>>"), page]),
    ));
    let circle = "<</Type/Pages/Count 1/Kids[2 0 R]>>".to_owned();
    files.push(("circle.pdf".to_owned(), pdf(&[catalog.clone(), circle])));
    let deep = format!("<</Type/Pages/Count 1/Kids[{}]>>", "[".repeat(500_000));
    files.push(("deep.pdf".to_owned(), pdf(&[catalog, deep])));
    files.push(("cut.pdf".to_owned(), b"%PDF-1.7\n1 0 obj\n<</Type".to_vec()));
    files.push(("nothing.pdf".to_owned(), b"%PDF-1.7\n%%EOF".to_vec()));
    files.push(("stream.pdf".to_owned(), burst()));
}

/// A page whose content unpacks to a gigabyte.
fn burst() -> Vec<u8> {
    let data = [b"\x78\x9c".as_slice(), &Packed::noughts(1024).deflated].concat();
    let mut out = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Count 1/Kids[3 0 R]>>\n\
                    endobj\n3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>\nendobj\n"
        .to_vec();
    out.extend_from_slice(
        format!("4 0 obj\n<</Filter/FlateDecode/Length {}>>\nstream\n", data.len()).as_bytes(),
    );
    out.extend_from_slice(&data);
    out.extend_from_slice(b"\nendstream\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF");
    out
}

/// Compound files in circles, mails in mails, and what is no document at all.
fn others(files: &mut Files) {
    files.push(("circle.doc".to_owned(), compound_circle()));
    files.push(("cut.xls".to_owned(), vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]));
    let mut mail = String::from("From: a@b\r\nTo: c@d\r\nMIME-Version: 1.0\r\n");
    mail.push_str(&"Content-Type: message/rfc822\r\n\r\n".repeat(200));
    files.push(("nest.eml".to_owned(), mail.into_bytes()));
    let mut parts = String::from(
        "From: a@b\r\nTo: c@d\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n",
    );
    parts.push_str(&"--x\r\nContent-Type: text/plain\r\n\r\na\r\n".repeat(5_000));
    files.push(("parts.eml".to_owned(), parts.into_bytes()));
    // in two pieces, so that no scanner takes this source for one
    let trial =
        ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$", "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"].concat();
    files.push(("trial.txt".to_owned(), trial.clone().into_bytes()));
    files.push(("trial.zip".to_owned(), packed(&[("a.txt", trial.as_bytes())])));
    for (name, head) in [
        ("a.rar", b"Rar!\x1a\x07\x01\0".as_slice()),
        ("a.7z", b"7z\xbc\xaf\x27\x1c"),
        ("a.exe", b"MZ\x90\0"),
        ("a.bz2", b"BZh91AY"),
    ] {
        files.push((name.to_owned(), [head, &[0; 200]].concat()));
    }
    for (name, bytes) in [
        ("zeros.7z", include_bytes!("data/zeros.7z").as_slice()),
        ("greedy.7z", include_bytes!("data/greedy.7z")),
        ("many.7z", include_bytes!("data/many.7z")),
        ("locked.7z", include_bytes!("data/locked.7z")),
    ] {
        files.push((name.to_owned(), bytes.to_vec()));
        files.push((format!("{name}.zip"), packed(&[(name, bytes)])));
    }
    files.push((
        "noise.bin".to_owned(),
        (0..60_000_u32).flat_map(|at| (at.wrapping_mul(2_654_435_761)).to_le_bytes()).collect(),
    ));
    files.push(("empty.docx".to_owned(), Vec::new()));
    files.push(("blank.txt".to_owned(), vec![b' '; 1_000]));
    files.push(("large.txt".to_owned(), vec![b'x'; (50 << 20) + 1]));
    files.push(("cut.docx".to_owned(), document(b"<a/>")[..60].to_vec()));
    files.push(("a.mp4".to_owned(), b"\0\0\0\x18ftypmp42\0\0\0\0".to_vec()));
}

/// A compound file whose stream leads back to its beginning.
fn compound_circle() -> Vec<u8> {
    let mut bytes = vec![0_u8; 512 * 4];
    bytes[..8].copy_from_slice(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    let mut put = |at: usize, value: u32| bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
    put(24, 0x0003_003e);
    put(28, 0x0009_fffe);
    put(32, 6);
    put(44, 1);
    put(48, 1);
    put(56, 0);
    put(60, 0xffff_fffe);
    put(68, 0xffff_fffe);
    for at in 0..109 {
        put(76 + at * 4, if at == 0 { 0 } else { 0xffff_ffff });
    }
    // the table: the directory ends, the stream follows itself
    put(512, 0xffff_fffd);
    put(516, 0xffff_fffe);
    put(520, 2);
    for (entry, (name, start, size)) in
        [("Root Entry", 0xffff_fffe_u32, 0_u32), ("WordDocument", 2, 9_000)].into_iter().enumerate()
    {
        let at = 1024 + entry * 128;
        for (index, unit) in name.encode_utf16().enumerate() {
            bytes[at + index * 2..at + index * 2 + 2].copy_from_slice(&unit.to_le_bytes());
        }
        bytes[at + 64] = ((name.len() + 1) * 2) as u8;
        bytes[at + 66] = if entry == 0 { 5 } else { 2 };
        bytes[at + 116..at + 120].copy_from_slice(&start.to_le_bytes());
        bytes[at + 120..at + 124].copy_from_slice(&size.to_le_bytes());
    }
    bytes
}

fn corpus() -> Files {
    let mut files = Vec::new();
    archives(&mut files);
    streams(&mut files);
    markup(&mut files);
    pictures(&mut files);
    pages(&mut files);
    others(&mut files);
    files
}

#[test]
fn every_harmful_file_is_refused_with_a_word_in_time_and_costs_the_parent_little() {
    let files = corpus();
    assert!(files.len() >= 75, "{} files", files.len());
    let on_disk: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
    let examiner = examiner();
    let before = resident();
    let mut wrong = Vec::new();
    let mut slowest = (Duration::ZERO, String::new());
    for (name, bytes) in &files {
        let begun = Instant::now();
        let answer = examiner.examine(bytes, name, &documents::examining::Masking::default());
        let taken = begun.elapsed();
        slowest = slowest.max((taken, name.clone()));
        match answer {
            Err(Refusal::Died { detail }) => wrong.push(format!("{name}: died: {detail}")),
            Err(refusal) if refusal.remedy().is_empty() => wrong.push(format!("{name}: no remedy")),
            Err(_) => {}
            Ok(_) => wrong.push(format!("{name}: was taken")),
        }
        // starting and ending a child on a busy machine is not the file's doing
        if taken > Duration::from_secs(21) {
            wrong.push(format!("{name}: took {taken:?}"));
        }
    }
    let grown = resident().saturating_sub(before);
    println!(
        "{} files, {on_disk} bytes, slowest {slowest:?}, parent grew by {grown} KiB",
        files.len()
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(grown <= 64 * 1024, "the parent grew by {grown} KiB");
}
