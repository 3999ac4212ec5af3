//! Pictures: what stands beside the picture itself. What the picture shows is not read.
//!
//! A clean picture keeps the pieces that are needed to draw it, unchanged, and nothing else: no
//! EXIF, XMP, IPTC, comments, previews, colour profiles, and nothing behind its end.

use std::io::Read;
use std::rc::Rc;

use flate2::read::ZlibDecoder;

use super::blocks::Place;
use super::{Collector, strings};
use crate::examining::Refusal;

/// A picture of more pixels than this is not drawn by browsers of the public.
const MOST_PIXELS: u64 = 120_000_000;

/// The kinds that are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Jpeg,
    Png,
    Gif,
    Webp,
    Bmp,
    Tiff,
}

impl Format {
    /// Told by the first bytes.
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some(Self::Png),
            [b'G', b'I', b'F', b'8', ..] => Some(Self::Gif),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::Webp),
            [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => Some(Self::Bmp),
            [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => Some(Self::Tiff),
            _ => None,
        }
    }

    const fn code(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Gif => "gif",
            Self::Webp => "webp",
            Self::Bmp => "bmp",
            Self::Tiff => "tiff",
        }
    }
}

/// A piece of a picture.
struct Piece<'a> {
    /// What it is called where it is kept or dropped.
    name: [u8; 4],
    /// All of it, as it stands in the file.
    whole: &'a [u8],
    /// What it holds.
    data: &'a [u8],
    is_needed: bool,
}

/// Looks through everything that is not the picture itself.
pub(super) fn read(bytes: &[u8], out: &mut Collector) -> Result<(), Refusal> {
    let Some(format) = Format::of(bytes) else {
        return Err(Refusal::damaged("图片", "开头不对"));
    };
    out.unread("图片上的字没有检查，请人工核对");
    if format == Format::Tiff || format == Format::Bmp {
        strings::read(bytes, &place(format, "exif", "图片信息"), out);
        return Ok(());
    }
    let (pieces, tail) = pieces(bytes, format)?;
    for piece in pieces.iter().filter(|piece| !piece.is_needed) {
        note(format, piece, out)?;
    }
    continued(format, &pieces, out);
    if !tail.is_empty() {
        behind(format, tail, out)?;
    }
    out.only_new(true);
    standing(bytes, &place(format, "data", "图片数据里的文字"), out);
    out.only_new(false);
    Ok(())
}

/// What is too long for one piece goes on in the next of the same kind: extended XMP, profiles.
fn continued(format: Format, pieces: &[Piece<'_>], out: &mut Collector) {
    const XMP: (&[u8], usize) = (b"http://ns.adobe.com/xmp/extension/\0", 75);
    let mut joined = std::collections::BTreeMap::<[u8; 4], Vec<u8>>::new();
    for piece in pieces.iter().filter(|piece| !piece.is_needed && piece.name.starts_with(b"APP")) {
        let head = if piece.data.starts_with(XMP.0) { XMP.1 } else { 0 };
        let data = piece.data.get(head..).unwrap_or_default();
        joined.entry(piece.name).or_default().extend_from_slice(data);
    }
    let place = place(format, "exif", "图片EXIF或者XMP信息");
    for data in joined.values() {
        strings::read(data, &place, out);
        marked(data, &place, out);
    }
}

/// The shortest run of plain signs in a picture's own data that is looked at.
const RUN: usize = 11;

/// Plain signs in a row anywhere in a picture, of 8 or 16 bits: no picture is drawn with them, but its tables
/// and packed data may be made to hold them.
fn standing(bytes: &[u8], place: &Rc<Place>, out: &mut Collector) {
    let is_plain = |byte: &u8| (0x20..0x7f).contains(byte);
    let mut look = |run: &[u8]| {
        if run.len() >= RUN && run.iter().filter(|byte| byte.is_ascii_digit()).count() >= RUN {
            let text = String::from_utf8_lossy(run);
            out.passage(&crate::personal::Passage::plain(text.as_ref()), place);
        }
    };
    bytes.split(|byte| !is_plain(byte)).for_each(&mut look);
    for offset in 0..2 {
        let mut run = Vec::new();
        for pair in bytes.get(offset..).unwrap_or_default().chunks_exact(2) {
            match pair {
                [sign, 0] if is_plain(sign) => run.push(*sign),
                _ => look(&std::mem::take(&mut run)),
            }
        }
        look(&run);
    }
}

fn place(format: Format, what: &str, words: &str) -> Rc<Place> {
    Place::new(format!("{}.{what}", format.code()), words.to_owned(), false)
}

fn note(format: Format, piece: &Piece<'_>, out: &mut Collector) -> Result<(), Refusal> {
    let place = match &piece.name {
        b"tEXt" | b"zTXt" | b"iTXt" => place(format, "text", "图片文字说明"),
        b"COM\0" => place(format, "comment", "图片注释"),
        b"APPD" => place(format, "iptc", "图片IPTC信息"),
        _ => place(format, "exif", "图片EXIF或者XMP信息"),
    };
    strings::read(piece.data, &place, out);
    if matches!(&piece.name, b"zTXt" | b"iTXt" | b"iCCP" | b"zXIf") {
        for at in 0..piece.data.len().min(120) {
            if piece.data[at] == 0x78 {
                let mut text = Vec::new();
                // a wrong guess ends at once
                let _ = ZlibDecoder::new(&piece.data[at..]).take(8 << 20).read_to_end(&mut text);
                if text.len() > 8 {
                    out.unpack(text.len() as u64)?;
                    strings::read(&text, &place, out);
                    marked(&text, &place, out);
                    break;
                }
            }
        }
    }
    marked(piece.data, &place, out);
    Ok(())
}

/// XMP once more as marked text, where tags may stand inside a number.
fn marked(data: &[u8], place: &Rc<Place>, out: &mut Collector) {
    let text = String::from_utf8_lossy(data);
    let Some(from) = text.find('<') else { return };
    if let Ok(markup) = super::markup::Markup::xml(text[from..].to_owned()) {
        let places = super::walk::OnePlace(place.clone());
        out.blocks(&super::walk::blocks(&markup, place.clone(), &places, &|_| false));
        out.blocks(&super::walk::asides(&markup, &places));
    }
}

/// What stands behind the picture's end: text, or another file.
fn behind(format: Format, tail: &[u8], out: &mut Collector) -> Result<(), Refusal> {
    strings::read(tail, &place(format, "trailer", "图片末尾之后的内容"), out);
    if super::is_known_binary(tail) {
        out.nested(
            tail,
            "",
            &format!("{}.trailer.", format.code()),
            "图片末尾之后的文件 › ",
            true,
        )?;
    }
    Ok(())
}

/// The picture without anything that is not needed to draw it.
pub(super) fn clean(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    let Some(format) = Format::of(bytes) else {
        return Err(Refusal::damaged("图片", "开头不对"));
    };
    match format {
        Format::Tiff => {
            return Err(Refusal::not_cleanable("TIFF图片", "请另存为PNG或者JPG后再上传"));
        }
        Format::Bmp => return bitmap(bytes).and_then(|clean| without_numbers(format, clean)),
        _ => {}
    }
    let (pieces, _) = pieces(bytes, format)?;
    let mut out: Vec<u8> = pieces
        .iter()
        .filter(|piece| piece.is_needed)
        .flat_map(|piece| piece.whole)
        .copied()
        .collect();
    if format == Format::Webp {
        webp_head(&mut out);
    }
    without_numbers(format, out)
}

/// What is needed to draw a picture is kept as it is: it may say nothing.
fn without_numbers(format: Format, clean: Vec<u8>) -> Result<Vec<u8>, Refusal> {
    let mut out = Collector::default();
    standing(&clean, &place(format, "data", ""), &mut out);
    if out.finish().0.block() {
        let remedy = "请用看图或者画图软件打开，另存为新的PNG图片后再上传";
        return Err(Refusal::not_cleanable("数据里藏有号码的图片", remedy));
    }
    Ok(clean)
}

/// A bitmap ends where its header says.
fn bitmap(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    let size = bytes
        .get(2..6)
        .map(|size| u32::from_le_bytes([size[0], size[1], size[2], size[3]]) as usize);
    let whole = size.and_then(|size| bytes.get(..size)).filter(|whole| whole.len() > 54);
    whole.map(<[u8]>::to_vec).ok_or_else(|| Refusal::damaged("图片", "长度不对"))
}

/// The size in the head of a shortened WebP, and the marks for pieces that are gone.
fn webp_head(bytes: &mut [u8]) {
    let size = (bytes.len().saturating_sub(8) as u32).to_le_bytes();
    if let Some(head) = bytes.get_mut(4..8) {
        head.copy_from_slice(&size);
    }
    if bytes.get(12..16) == Some(b"VP8X")
        && let Some(flags) = bytes.get_mut(20)
    {
        *flags &= !0b0010_1100; // profile, EXIF, XMP
    }
}

type Pieces<'a> = (Vec<Piece<'a>>, &'a [u8]);

fn pieces(bytes: &[u8], format: Format) -> Result<Pieces<'_>, Refusal> {
    let cut = || Refusal::damaged("图片", "内容不完整");
    match format {
        Format::Jpeg => {
            let found = jpeg(bytes).ok_or_else(cut)?;
            // the frame's head: precision, height, width
            for piece in
                found.0.iter().filter(|piece| matches!(piece.whole.get(1), Some(0xc0..=0xc3)))
            {
                if let [_, a, b, c, d, ..] = piece.data {
                    check_pixels(
                        u16::from_be_bytes([*c, *d]).into(),
                        u16::from_be_bytes([*a, *b]).into(),
                    )?;
                }
            }
            Ok(found)
        }
        Format::Png => png(bytes)?.ok_or_else(cut),
        Format::Gif => gif(bytes).ok_or_else(cut),
        _ => webp(bytes).ok_or_else(cut),
    }
}

fn check_pixels(width: u64, height: u64) -> Result<(), Refusal> {
    if width.saturating_mul(height) > MOST_PIXELS {
        return Err(Refusal::Bomb { what: format!("图片有{width}×{height}个像素") });
    }
    Ok(())
}

fn jpeg(bytes: &[u8]) -> Option<Pieces<'_>> {
    let mut pieces =
        vec![Piece { name: *b"SOI\0", whole: bytes.get(..2)?, data: &[], is_needed: true }];
    let mut at = 2;
    loop {
        let from = at;
        while *bytes.get(at)? != 0xff || *bytes.get(at + 1)? == 0xff {
            at += 1;
        }
        if at > from {
            let between = &bytes[from..at];
            pieces.push(Piece { name: *b"GAP\0", whole: between, data: between, is_needed: false });
        }
        let marker = bytes[at + 1];
        if marker == 0xd9 {
            pieces.push(Piece {
                name: *b"EOI\0",
                whole: bytes.get(at..at + 2)?,
                data: &[],
                is_needed: true,
            });
            return Some((pieces, &bytes[at + 2..]));
        }
        let length = usize::from(u16::from_be_bytes([*bytes.get(at + 2)?, *bytes.get(at + 3)?]));
        let mut end = at + 2 + length.max(2);
        let data = bytes.get(at + 4..end)?;
        if marker == 0xda {
            // the scan runs until a marker that is neither stuffing nor a restart
            while !matches!((bytes.get(end)?, bytes.get(end + 1)?), (0xff, next) if *next != 0 && !(0xd0..=0xd7).contains(next) && *next != 0xff)
            {
                end += 1;
            }
        }
        let name = match marker {
            0xe0..=0xef => [b'A', b'P', b'P', b"0123456789ABCDEF"[usize::from(marker & 15)]],
            0xfe => *b"COM\0",
            _ => *b"DATA",
        };
        // APP14 says how the colours are coded, APP0 the density
        let is_needed = match &name {
            b"APP0" => data.starts_with(b"JFIF\0") && length == 16,
            b"APPE" => data.starts_with(b"Adobe") && length == 14,
            b"DATA" => is_of_jpeg(marker, data),
            _ => false,
        };
        pieces.push(Piece { name, whole: bytes.get(at..end)?, data, is_needed });
        at = end;
    }
}

/// Whether a segment is one by which the picture is drawn, and no longer than that takes.
fn is_of_jpeg(marker: u8, data: &[u8]) -> bool {
    let count = |at: usize| data.get(at).copied().map_or(0, usize::from);
    match marker {
        // a table of codes: their counts by length, then the codes
        0xc4 => are_tables(data, |table| {
            let codes: usize = table.get(1..17)?.iter().copied().map(usize::from).sum();
            Some(17 + codes)
        }),
        0xdb => are_tables(data, |table| Some(if table[0] >> 4 == 0 { 65 } else { 129 })),
        0xcc => data.len().is_multiple_of(2) && data.len() <= 64,
        0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => data.len() == 6 + 3 * count(5),
        0xda => data.len() == 4 + 2 * count(0),
        0xdc | 0xdd => data.len() == 2,
        _ => false,
    }
}

/// Whether bytes are whole tables, one after the other.
fn are_tables(mut data: &[u8], length: impl Fn(&[u8]) -> Option<usize>) -> bool {
    while !data.is_empty() {
        match length(data).and_then(|length| data.get(length..)) {
            Some(rest) => data = rest,
            None => return false,
        }
    }
    true
}

/// Whether a chunk is one by which a PNG is drawn, and no longer than that takes. `colours` is how its
/// colours are coded.
fn is_of_png(name: &[u8; 4], length: usize, colours: u8) -> bool {
    match name {
        b"IHDR" => length == 13,
        b"PLTE" => colours == 3 && length <= 768 && length.is_multiple_of(3),
        b"IDAT" | b"fdAT" => true,
        b"IEND" => length == 0,
        b"tRNS" => length <= if colours == 3 { 256 } else { 6 },
        b"gAMA" | b"sBIT" => length <= 4,
        b"cHRM" => length == 32,
        b"sRGB" => length == 1,
        b"pHYs" => length == 9,
        b"bKGD" => length <= 6,
        b"acTL" => length == 8,
        b"fcTL" => length == 26,
        _ => false,
    }
}

fn png(bytes: &[u8]) -> Result<Option<Pieces<'_>>, Refusal> {
    let mut pieces = vec![Piece { name: *b"head", whole: &bytes[..8], data: &[], is_needed: true }];
    let (mut at, mut colours) = (8, 0);
    while let Some(head) = bytes.get(at..at + 8) {
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        let name = [head[4], head[5], head[6], head[7]];
        let Some(whole) = at.checked_add(12 + length).and_then(|end| bytes.get(at..end)) else {
            return Ok(None);
        };
        let data = &whole[8..8 + length];
        if let (b"IHDR", [a, b, c, d, e, f, g, h, _, coded, ..]) = (&name, data) {
            colours = *coded;
            check_pixels(
                u32::from_be_bytes([*a, *b, *c, *d]).into(),
                u32::from_be_bytes([*e, *f, *g, *h]).into(),
            )?;
        }
        let is_needed = is_of_png(&name, length, colours);
        pieces.push(Piece { name, whole, data, is_needed });
        at += whole.len();
        if &name == b"IEND" {
            return Ok(Some((pieces, &bytes[at..])));
        }
    }
    Ok(None)
}

fn gif(bytes: &[u8]) -> Option<Pieces<'_>> {
    let flags = *bytes.get(10)?;
    let table = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) };
    let mut at = 13 + table(flags);
    let mut pieces =
        vec![Piece { name: *b"head", whole: bytes.get(..at)?, data: &[], is_needed: true }];
    let blocks = |mut at: usize| {
        while *bytes.get(at)? != 0 {
            at += 1 + usize::from(bytes[at]);
        }
        Some(at + 1)
    };
    loop {
        let (from, mut is_needed) = (at, true);
        match *bytes.get(at)? {
            0x3b => {
                pieces.push(Piece {
                    name: *b"end ",
                    whole: bytes.get(at..=at)?,
                    data: &[],
                    is_needed: true,
                });
                return Some((pieces, &bytes[at + 1..]));
            }
            0x2c => at = blocks(at + 10 + table(*bytes.get(at + 9)?) + 1)?,
            0x21 => {
                let label = *bytes.get(at + 1)?;
                let end = blocks(at + 2)?;
                is_needed = label == 0xf9 && end - at == 8
                    || label == 0xff
                        && end - at == 19
                        && bytes.get(at + 3..at + 14) == Some(b"NETSCAPE2.0");
                at = end;
            }
            _ => return None,
        }
        let whole = bytes.get(from..at)?;
        pieces.push(Piece { name: *b"blok", whole, data: whole, is_needed });
    }
}

fn webp(bytes: &[u8]) -> Option<Pieces<'_>> {
    let mut pieces =
        vec![Piece { name: *b"head", whole: bytes.get(..12)?, data: &[], is_needed: true }];
    let size = u32::from_le_bytes([bytes[4], bytes[5], bytes[6], bytes[7]]) as usize;
    let end = (size + 8).min(bytes.len());
    let mut at = 12;
    while at + 8 <= end {
        let head = &bytes[at..at + 8];
        let name = [head[0], head[1], head[2], head[3]];
        let length = u32::from_le_bytes([head[4], head[5], head[6], head[7]]) as usize;
        let to = at.checked_add(8 + length + (length & 1))?;
        let whole = bytes.get(at..to.min(end))?;
        let is_needed = matches!(&name, b"VP8 " | b"VP8L" | b"VP8X" | b"ALPH" | b"ANIM" | b"ANMF");
        pieces.push(Piece { name, whole, data: &whole[8..], is_needed });
        at = to;
    }
    Some((pieces, &bytes[end..]))
}

/// What a picture is called, and how its name may end.
pub(super) fn endings(bytes: &[u8]) -> (&'static str, &'static [&'static str]) {
    match Format::of(bytes) {
        Some(Format::Jpeg) => ("JPEG图片", &["jpg", "jpeg"]),
        Some(Format::Png) => ("PNG图片", &["png"]),
        Some(Format::Gif) => ("GIF图片", &["gif"]),
        Some(Format::Webp) => ("WebP图片", &["webp"]),
        Some(Format::Bmp) => ("BMP图片", &["bmp"]),
        Some(Format::Tiff) => ("TIFF图片", &["tif", "tiff"]),
        None => ("图片", &[]),
    }
}
