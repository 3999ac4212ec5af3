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
    if !tail.is_empty() {
        behind(format, tail, out)?;
    }
    Ok(())
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
        Format::Bmp => return bitmap(bytes),
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
    Ok(out)
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
        while *bytes.get(at)? != 0xff || *bytes.get(at + 1)? == 0xff {
            at += 1;
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
            b"DATA" => true,
            _ => false,
        };
        pieces.push(Piece { name, whole: bytes.get(at..end)?, data, is_needed });
        at = end;
    }
}

fn png(bytes: &[u8]) -> Result<Option<Pieces<'_>>, Refusal> {
    let mut pieces = vec![Piece { name: *b"head", whole: &bytes[..8], data: &[], is_needed: true }];
    let mut at = 8;
    while let Some(head) = bytes.get(at..at + 8) {
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        let name = [head[4], head[5], head[6], head[7]];
        let Some(whole) = at.checked_add(12 + length).and_then(|end| bytes.get(at..end)) else {
            return Ok(None);
        };
        let data = &whole[8..8 + length];
        if let (b"IHDR", [a, b, c, d, e, f, g, h, ..]) = (&name, data) {
            check_pixels(
                u32::from_be_bytes([*a, *b, *c, *d]).into(),
                u32::from_be_bytes([*e, *f, *g, *h]).into(),
            )?;
        }
        let is_needed = name[0].is_ascii_uppercase()
            || matches!(
                &name,
                b"tRNS"
                    | b"gAMA"
                    | b"cHRM"
                    | b"sRGB"
                    | b"pHYs"
                    | b"bKGD"
                    | b"sBIT"
                    | b"acTL"
                    | b"fcTL"
                    | b"fdAT"
            );
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
                is_needed = label == 0xf9
                    || label == 0xff && bytes.get(at + 3..at + 14) == Some(b"NETSCAPE2.0");
                at = blocks(at + 2)?;
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
