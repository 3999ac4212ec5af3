//! Where formats hold text that nobody sees: each value put there is found, and no clean copy holds it. The
//! places are of the formats, not of any list: a new one is a row.

use std::io::{Cursor, Read, Write};

use documents::examining::{Masking, here};
use documents::personal::Kind;
use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// An invented identity number whose check digit is right, another for each number.
fn identity(number: usize) -> String {
    const WEIGHTS: [usize; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let base = format!(
        "35020319{:02}{:02}{:02}{:03}",
        60 + number % 30,
        1 + number % 12,
        1 + number % 28,
        100 + number
    );
    let sum: usize =
        base.bytes().zip(WEIGHTS).map(|(digit, weight)| usize::from(digit - b'0') * weight).sum();
    format!("{base}{}", ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][sum % 11])
}

fn packed(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("an entry");
        zip.write_all(bytes).expect("its bytes");
    }
    zip.finish().expect("an archive").into_inner()
}

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TYPES: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>";

fn relations(list: &str) -> Vec<u8> {
    format!("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{list}</Relationships>").into_bytes()
}

fn relation(id: &str, kind: &str, target: &str) -> String {
    format!("<Relationship Id=\"{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>")
}

/// A document of Word with this in its body, and other parts.
fn word(body: &str, others: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let space = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    let mut parts = vec![
        ("[Content_Types].xml", TYPES.as_bytes().to_vec()),
        ("_rels/.rels", relations(&relation("a", "officeDocument", "word/document.xml"))),
        ("word/_rels/document.xml.rels", relations(&relation("s", "styles", "styles.xml"))),
        (
            "word/document.xml",
            format!("<w:document {space}><w:body><w:p><w:r><w:t>关于公布补助名单的通知，正文若干。</w:t></w:r></w:p>{body}</w:body></w:document>").into_bytes(),
        ),
    ];
    if !others.iter().any(|(name, _)| *name == "word/styles.xml") {
        parts.push(("word/styles.xml", format!("<w:styles {space}/>").into_bytes()));
    }
    parts.extend(others.iter().cloned());
    packed(&parts)
}

fn in_hiding_style(property: &str, value: &str) -> Vec<u8> {
    let styles = "<w:styles xmlns:w=\"w\"><w:style w:type=\"character\" w:styleId=\"Base\"><w:rPr><w:vanish/></w:rPr></w:style>\
                  <w:style w:type=\"character\" w:styleId=\"Hid\"><w:basedOn w:val=\"Base\"/></w:style></w:styles>";
    let signs: String = value
        .chars()
        .map(|c| {
            format!("<w:r><w:t>{c}</w:t></w:r><w:r><w:rPr>{property}</w:rPr><w:t>甲</w:t></w:r>")
        })
        .collect();
    word(&format!("<w:p>{signs}</w:p>"), &[("word/styles.xml", styles.as_bytes().to_vec())])
}

/// A workbook with this in its one sheet behind the cells.
fn workbook(behind: &str) -> Vec<u8> {
    let main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    packed(&[
        ("[Content_Types].xml", TYPES.as_bytes().to_vec()),
        ("_rels/.rels", relations(&relation("a", "officeDocument", "xl/workbook.xml"))),
        ("xl/_rels/workbook.xml.rels", relations(&relation("r1", "worksheet", "worksheets/sheet1.xml"))),
        (
            "xl/workbook.xml",
            format!("<workbook {main} xmlns:r=\"{OFFICE}\"><sheets><sheet name=\"表\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>").into_bytes(),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet {main}><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>树木</t></is></c></row></sheetData>{behind}</worksheet>").into_bytes(),
        ),
    ])
}

fn page(body: &str) -> Vec<u8> {
    format!("<!DOCTYPE html><html><head><title>题</title></head><body><p>正文若干字。</p>{body}</body></html>").into_bytes()
}

/// A small archive whose bytes are cut open: what comes before its list, its list, its last record.
fn cut(bytes: &[u8]) -> (Vec<u8>, Vec<u8>, Vec<u8>) {
    let at = |what: &[u8]| bytes.windows(4).rposition(|four| four == what).expect("a record");
    let (list, end) = (at(b"PK\x01\x02"), at(b"PK\x05\x06"));
    (bytes[..list].to_vec(), bytes[list..end].to_vec(), bytes[end..].to_vec())
}

fn archive_with_gap(value: &str) -> Vec<u8> {
    let (mut whole, list, mut end) = cut(&packed(&[("a.txt", b"plain".to_vec())]));
    whole.extend_from_slice(value.as_bytes());
    end[16..20].copy_from_slice(&(whole.len() as u32).to_le_bytes());
    [whole, list, end].concat()
}

fn archive_with_other_local_name(value: &str) -> Vec<u8> {
    let (mut whole, list, end) = cut(&packed(&[("aaaaaaaaaaaaaaaaaa", b"plain".to_vec())]));
    whole[30..48].copy_from_slice(value.as_bytes());
    [whole, list, end].concat()
}

fn tar(field: (usize, usize), text: &str, data: &[u8], behind: &str) -> Vec<u8> {
    let mut head = vec![0_u8; 512];
    head[..5].copy_from_slice(b"a.txt");
    head[124..135].copy_from_slice(format!("{:011o}", data.len()).as_bytes());
    head[156] = b'0';
    head[257..265].copy_from_slice(b"ustar\x0000");
    let text = &text.as_bytes()[..text.len().min(field.1)];
    head[field.0..field.0 + text.len()].copy_from_slice(text);
    let mut block = data.to_vec();
    block.extend_from_slice(behind.as_bytes());
    block.resize(512, 0);
    [head, block, vec![0; 1_024]].concat()
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("packs");
    encoder.finish().expect("packed")
}

fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut sum = flate2::Crc::new();
    sum.update(name);
    sum.update(data);
    [&(data.len() as u32).to_be_bytes()[..], name, data, &sum.sum().to_be_bytes()].concat()
}

/// A picture of one white pixel, with more chunks and with this behind its packed data.
fn png(more: &[Vec<u8>], behind: &[u8]) -> Vec<u8> {
    let head = [&1_u32.to_be_bytes()[..], &1_u32.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    let data = [zlib(&[0, 255, 255, 255]), behind.to_vec()].concat();
    let signature = vec![0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a];
    let mut all = vec![signature, chunk(b"IHDR", &head)];
    all.extend_from_slice(more);
    all.extend([chunk(b"IDAT", &data), chunk(b"IEND", b"")]);
    all.concat()
}

fn segment(marker: u8, data: &[u8]) -> Vec<u8> {
    [&[0xff, marker][..], &((data.len() + 2) as u16).to_be_bytes(), data].concat()
}

/// The frame of a photograph with these segments in it.
fn jpeg(segments: &[Vec<u8>]) -> Vec<u8> {
    let table = [&[0][..], &[7; 64]].concat();
    let frame = [8, 0, 1, 0, 1, 1, 1, 0x11, 0];
    let mut all = vec![vec![0xff, 0xd8]];
    all.extend_from_slice(segments);
    all.extend([
        segment(0xdb, &table),
        segment(0xc0, &frame),
        segment(0xda, &[1, 1, 0, 0, 63, 0]),
        vec![0x12, 0x34, 0xff, 0xd9],
    ]);
    all.concat()
}

fn extended_xmp(value: &str) -> Vec<u8> {
    let text = format!("<x>{value}</x>");
    let head = [&b"http://ns.adobe.com/xmp/extension/\0"[..], &[b'A'; 32]].concat();
    let part = |at: usize, text: &str| {
        let place = [(value.len() as u32 + 7).to_be_bytes(), (at as u32).to_be_bytes()].concat();
        segment(0xe1, &[&head[..], &place, text.as_bytes()].concat())
    };
    jpeg(&[part(0, &text[..10]), part(10, &text[10..])])
}

fn gif(extension: &[u8]) -> Vec<u8> {
    let head = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff";
    let image = b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0";
    [&head[..], extension, image, b"\x3b"].concat()
}

/// A file of one page with this content and these further objects, from number 5 on.
fn pdf(content: &[u8], more: &[&str], page: &str) -> Vec<u8> {
    let content =
        [b"BT /F1 12 Tf 50 700 Td (a plain page of text) Tj ET\n".as_slice(), content].concat();
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>{page}>>").into_bytes(),
        [format!("<</Length {}>>\nstream\n", content.len()).as_bytes(), &content, b"\nendstream"].concat(),
    ];
    objects.extend(more.iter().map(|object| object.as_bytes().to_vec()));
    let (mut out, mut places) = (b"%PDF-1.7\n".to_vec(), Vec::new());
    for (number, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend_from_slice(format!("{} 0 obj\n", number + 1).as_bytes());
        out.extend_from_slice(object);
        out.extend_from_slice(b"\nendobj\n");
    }
    let start = out.len();
    out.extend_from_slice(
        format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).as_bytes(),
    );
    for place in &places {
        out.extend_from_slice(format!("{place:010} 00000 n \n").as_bytes());
    }
    let size = places.len() + 1;
    out.extend_from_slice(
        format!("trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n").as_bytes(),
    );
    out
}

fn mail(head: &str, body: &str) -> Vec<u8> {
    format!("From: a@b.cn\r\nTo: c@d.cn\r\nSubject: x\r\nMIME-Version: 1.0\r\n{head}\r\n\r\n{body}")
        .into_bytes()
}

fn in_parts(before: &str, parts: &str, behind: &str) -> Vec<u8> {
    let kind = "Content-Type: multipart/mixed; boundary=bb";
    mail(kind, &format!("{before}\r\n--bb\r\n{parts}\r\n--bb--\r\n{behind}"))
}

fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let sign = |bits: u32| char::from(SIGNS[(bits & 63) as usize]);
    let of = |three: &[u8]| {
        let bits = three.iter().fold(0_u32, |all, byte| all << 8 | u32::from(*byte))
            << (24 - 8 * three.len());
        (0..4)
            .map(|at| if at <= three.len() { sign(bits >> (18 - 6 * at)) } else { '=' })
            .collect::<String>()
    };
    bytes.chunks(3).map(of).collect()
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Each place: the file's name, and the file with a value hidden there.
type Place = (&'static str, fn(&str) -> Vec<u8>);

const PLACES: &[Place] = &[
    ("页面块.docx", |v| {
        word("", &[("word/chunk.html", page(&format!("<p>{}<b>{}</b></p>", &v[..6], &v[6..])))])
    }),
    ("邮件块.docx", |v| {
        let body = base64(format!("<html><p>{v}</p></html>").as_bytes());
        let mail = mail("Content-Type: text/html\r\nContent-Transfer-Encoding: base64", &body);
        word("", &[("word/chunk.mht", mail)])
    }),
    ("字符样式.docx", |v| in_hiding_style("<w:rStyle w:val=\"Hid\"/>", v)),
    ("拼音.docx", |v| {
        word(
            &format!(
                "<w:p><w:r><w:t>{}</w:t></w:r><w:ruby><w:rt><w:r><w:t>甲</w:t></w:r></w:rt></w:ruby><w:r><w:t>{}</w:t></w:r></w:p>",
                &v[..9],
                &v[9..]
            ),
            &[],
        )
    }),
    ("符号字体.docx", |v| {
        let signs: String = v
            .bytes()
            .map(|sign| format!("<w:r><w:sym w:font=\"宋体\" w:char=\"F0{sign:02X}\"/></w:r>"))
            .collect();
        word(&format!("<w:p>{signs}</w:p>"), &[])
    }),
    ("部件名.docx", |v| word("", &[(&*format!("word/media/{v}.bin"), b"xx".to_vec())])),
    ("倒写.docx", |v| {
        let turned: String = v.chars().rev().collect();
        word(&format!("<w:p><w:r><w:t>\u{202e}{turned}\u{202c}</w:t></w:r></w:p>"), &[])
    }),
    ("包内数据.docx", |v| {
        let inner = packed(&[
            (
                "word/document.xml",
                format!("<w:document><w:p><w:t>{v}</w:t></w:p></w:document>").into_bytes(),
            ),
            ("[Content_Types].xml", TYPES.as_bytes().to_vec()),
        ]);
        word(
            "",
            &[(
                "customXml/item1.xml",
                format!("<DataMashup>{}</DataMashup>", base64(&inner)).into_bytes(),
            )],
        )
    }),
    ("文件之后.docx", |v| [word("", &[]), v.as_bytes().to_vec()].concat()),
    ("首页页眉.xlsx", |v| {
        workbook(&format!("<headerFooter><firstHeader>&amp;L{v}</firstHeader></headerFooter>"))
    }),
    ("偶页页脚.xlsx", |v| {
        workbook(&format!(
            "<headerFooter><evenFooter>&amp;C&amp;\"宋体,常规\"&amp;K000000{v}</evenFooter></headerFooter>"
        ))
    }),
    ("条件格式.xlsx", |v| {
        workbook(&format!(
            "<conditionalFormatting sqref=\"A1\"><cfRule type=\"expression\" priority=\"1\"><formula>A1=\"{v}\"</formula></cfRule></conditionalFormatting>"
        ))
    }),
    ("数据有效性.xlsx", |v| {
        workbook(&format!(
            "<dataValidations><dataValidation type=\"list\" sqref=\"A1\"><formula1>\"{}\"&amp;\"{}\"</formula1></dataValidation></dataValidations>",
            &v[..6],
            &v[6..]
        ))
    }),
    ("夹缝.zip", archive_with_gap),
    ("另一个名称.zip", archive_with_other_local_name),
    ("文件之后.zip", |v| {
        [packed(&[("a.txt", b"plain".to_vec())]), v.as_bytes().to_vec()].concat()
    }),
    ("系统杂物.zip", |v| {
        packed(&[
            ("a.txt", b"plain".to_vec()),
            ("__MACOSX/._a.txt", [b"\0\x05\x16\x07".as_slice(), v.as_bytes()].concat()),
        ])
    }),
    ("链接.tar", |v| tar((157, 100), v, b"plain", "")),
    ("属主.tar", |v| tar((265, 32), v, b"plain", "")),
    ("块尾.tar", |v| tar((0, 5), "a.txt", b"plain", v)),
    ("末尾之后.tar", |v| [tar((0, 5), "a.txt", b"plain", ""), v.as_bytes().to_vec()].concat()),
    ("包中包.tgz", |v| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(&tar((0, 5), "a.txt", v.as_bytes(), "")).expect("packs");
        encoder.finish().expect("packed")
    }),
    ("数据末尾.png", |v| png(&[], v.as_bytes())),
    ("未知块.png", |v| png(&[chunk(b"ABCD", v.as_bytes())], &[])),
    ("过长的块.png", |v| png(&[chunk(b"sBIT", v.as_bytes())], &[])),
    ("压缩的标记.png", |v| {
        let text = zlib(format!("<x>{}<!-- -->{}</x>", &v[..4], &v[4..]).as_bytes());
        png(&[chunk(b"zTXt", &[b"a\0\0".as_slice(), &text].concat())], &[])
    }),
    ("段间.jpg", |v| jpeg(&[segment(0xfe, b"x"), v.as_bytes().to_vec()])),
    ("量化表.jpg", |v| jpeg(&[segment(0xdb, v.as_bytes())])),
    ("保留段.jpg", |v| jpeg(&[segment(0xc8, v.as_bytes())])),
    ("分段的标记.jpg", extended_xmp),
    ("循环次数.gif", |v| {
        gif(&[b"\x21\xff\x0bNETSCAPE2.0".as_slice(), &[18], v.as_bytes(), &[0]].concat())
    }),
    ("注释里的网页.html", |v| {
        page(&format!("<!--[if mso]><p>{}<b>{}</b></p><![endif]-->", &v[..5], &v[5..]))
    }),
    ("注音.html", |v| page(&format!("<ruby>{}<rt>a</rt></ruby>{}", &v[..9], &v[9..]))),
    ("倒写.html", |v| {
        page(&format!("<bdo dir=rtl>{}</bdo>", v.chars().rev().collect::<String>()))
    }),
    ("倒写样式.html", |v| {
        page(&format!(
            "<i style=\"direction:rtl;unicode-bidi:bidi-override\">{}</i>",
            v.chars().rev().collect::<String>()
        ))
    }),
    ("内嵌图片.svg", |v| {
        let picture = png(&[chunk(b"tEXt", &[b"a\0".as_slice(), v.as_bytes()].concat())], &[]);
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\"><image href=\"data:image/png;base64,{}\"/></svg>", base64(&picture)).into_bytes()
    }),
    ("转义.json", |v| {
        format!(
            "{{\"a\":\"{}\"}}",
            v.bytes().map(|sign| format!("\\u{sign:04x}")).collect::<String>()
        )
        .into_bytes()
    }),
    ("各部分之前.eml", |v| in_parts(v, "Content-Type: text/plain\r\n\r\nx", "")),
    ("各部分之后.eml", |v| in_parts("", "Content-Type: text/plain\r\n\r\nx", v)),
    ("没有结束.eml", |v| {
        mail(
            "Content-Type: multipart/mixed; boundary=bb",
            &format!(
                "--bb\r\nContent-Type: text/plain\r\n\r\nx\r\n--bb\r\nContent-Type: text/plain\r\n\r\n{v}\r\n"
            ),
        )
    }),
    ("分段的文件名.eml", |v| {
        in_parts(
            "",
            &format!(
                "Content-Type: text/plain\r\nContent-Disposition: attachment; filename*0=\"{}\"; filename*1=\"{}.txt\"\r\n\r\nx",
                &v[..8],
                &v[8..]
            ),
            "",
        )
    }),
    ("嵌入对象.rtf", |v| {
        let inner = word(&format!("<w:p><w:r><w:t>{v}</w:t></w:r></w:p>"), &[]);
        format!("{{\\rtf1{{\\object\\objemb{{\\*\\objdata 0105{}}}}}x}}", hexadecimal(&inner))
            .into_bytes()
    }),
    ("标记的替代文字.pdf", |v| {
        pdf(format!("/Span <</ActualText ({v})>> BDC EMC").as_bytes(), &[], "")
    }),
    ("内容的注释.pdf", |v| pdf(format!("% {v}\n").as_bytes(), &[], "")),
    ("行内图片.pdf", |v| {
        pdf(format!("BI /W 6 /H 1 /CS /RGB /BPC 8 ID {v} EI").as_bytes(), &[], "")
    }),
    ("富文本批注.pdf", |v| {
        pdf(
            b"",
            &[&format!(
                "<</Type/Annot/Subtype/FreeText/Rect[0 0 9 9]/RC(<body><p>{}<b>{}</b></p></body>)>>",
                &v[..5],
                &v[5..]
            )],
            "/Annots[5 0 R]",
        )
    }),
    ("文件之后.pdf", |v| [pdf(b"", &[], ""), v.as_bytes().to_vec()].concat()),
];

/// Everything in a file, packed parts unpacked.
fn laid_open(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut all = vec![bytes.to_vec()];
    if let Ok(mut zip) = ZipArchive::new(Cursor::new(bytes)) {
        for index in 0..zip.len() {
            let mut entry = zip.by_index(index).expect("an entry");
            let mut part = entry.name_raw().to_vec();
            entry.read_to_end(&mut part).expect("its bytes");
            all.push(part);
        }
    }
    all
}

/// Whether a value can be read in bytes: as it stands, or between tags.
fn holds(bytes: &[u8], value: &str) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let mut plain = String::new();
    let mut in_tag = false;
    for c in text.chars() {
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            c if !in_tag && c.is_ascii_alphanumeric() => plain.push(c),
            _ => {}
        }
    }
    text.contains(value) || plain.contains(value)
}

#[test]
fn a_value_is_found_wherever_a_format_can_hide_it_and_no_clean_copy_holds_it() {
    let mut missed = Vec::new();
    for (number, (name, hide)) in PLACES.iter().enumerate() {
        let value = identity(number);
        let file = hide(&value);
        match here::scan(&file, name) {
            Ok((found, _)) => {
                let is_it = found.list.iter().any(|finding| {
                    finding.kind == Kind::IdNumber
                        && value.ends_with(&finding.masked[finding.masked.len() - 4..])
                });
                if !is_it {
                    missed.push(format!("{name}: {value} is not among {:?}", found.list));
                }
            }
            Err(refusal) => missed.push(format!("{name} is refused: {refusal}")),
        }
        if let Ok(copy) = here::clean(&file, name, &Masking::default())
            && laid_open(&copy).iter().any(|part| holds(part, &value))
        {
            missed.push(format!("{name}: the clean copy holds {value}"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn the_same_files_with_a_number_of_no_meaning_are_let_through() {
    for (name, hide) in PLACES {
        let file = hide("350203198913411230");
        let (found, _) = here::scan(&file, name).expect(name);
        assert!(!found.block(), "{name}: {:?}", found.list);
    }
}

#[test]
fn a_7z_archive_is_looked_into_and_one_that_is_locked_is_refused() {
    let two = include_bytes!("data/two.7z");
    let (found, text) = here::scan(two, "名单.7z").expect("reads");
    let found: Vec<_> = found.list.iter().map(|one| (one.kind, one.place.as_str())).collect();
    assert_eq!(found, [(Kind::IdNumber, "压缩包里的名单/补助.csv › 第2行")]);
    assert!(text.contains("关于公布名单的通知"), "{text}");
    let value = identity(1);
    let behind = [two.as_slice(), value.as_bytes()].concat();
    let (found, _) = here::scan(&behind, "名单.7z").expect("reads");
    assert!(found.list.iter().any(|one| one.part == "7z.note"), "{:?}", found.list);
    let refusal = here::clean(two, "名单.7z", &Masking::default()).expect_err("no copy");
    assert!(refusal.remedy().contains("ZIP"), "{refusal}");
    for locked in
        [include_bytes!("data/locked.7z").as_slice(), include_bytes!("data/locked_names.7z")]
    {
        let refusal = here::scan(locked, "a.7z").expect_err("it is locked");
        assert_eq!(refusal, documents::Refusal::Encrypted);
    }
}

#[test]
fn a_file_written_into_a_page_is_refused_as_it_would_be_alone_unless_it_is_broken() {
    let locked = include_bytes!("data/locked.7z").as_slice();
    let cut = &include_bytes!("data/two.7z")[..60];
    let rows: [(&[u8], &str); 6] = [
        (locked, "打开密码"),
        (include_bytes!("data/zeros.7z"), "恶意文件"),
        (b"Rar!\x1a\x07\x01\0 and what is in it", "RAR压缩包"),
        (b"MZ\x90\0\x03 and what it does", "程序"),
        (cut, ""),
        (b"%PDF-1.7 nothing follows", ""),
    ];
    for (file, wanted) in rows {
        let packed = base64(file);
        let page =
            format!("<html><body><a href=\"data:a/b;base64,{packed}\">附件下载</a></body></html>");
        let said = here::scan(page.as_bytes(), "a.html").err().map(|refusal| refusal.to_string());
        let said = said.unwrap_or_default();
        assert!(said.contains(wanted) && said.is_empty() == wanted.is_empty(), "{wanted}: {said}");
    }
    let digits: String = locked.iter().map(|byte| format!("{byte:02x}")).collect();
    let rtf = format!("{{\\rtf1 text {{\\object {{\\*\\objdata {digits}}}}}}}");
    let refusal = here::scan(rtf.as_bytes(), "a.rtf").expect_err("it is locked");
    assert_eq!(refusal, documents::Refusal::Encrypted);
}

#[test]
fn a_7z_archive_that_says_something_else_than_it_holds_is_refused() {
    let two = include_bytes!("data/two.7z");
    let mut taken = 0;
    for at in 0..two.len() {
        for change in [0x01, 0xff] {
            let mut bytes = two.to_vec();
            bytes[at] ^= change;
            // whatever it is by now: an answer or a refusal, and nothing falls
            taken += usize::from(here::scan(&bytes, "a.7z").is_ok());
        }
    }
    assert!(taken < two.len() / 4, "sums tell of nearly every change: {taken}");
    let refusal = here::scan(&two[..two.len() - 9], "a.7z").expect_err("cut");
    assert!(!refusal.remedy().is_empty());
}
