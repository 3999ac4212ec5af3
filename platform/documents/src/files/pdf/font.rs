//! What the codes of a font stand for, and how wide they are.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use hayro_cmap::{BfString, CMap, CMapName, CidFamily, load_embedded};
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream};

/// A code as it is shown.
#[derive(Debug, Clone)]
pub(super) struct Shown {
    /// What it stands for; empty where the font does not tell.
    pub(super) text: Rc<str>,
    /// Its width in thousandths of the size.
    pub(super) width: f64,
}

/// A font.
pub(super) struct Font {
    to_unicode: Option<CMap>,
    codes: Codes,
    /// Thousandths of the size to a unit of width: Type 3 fonts have their own.
    unit: f64,
    known: RefCell<HashMap<u32, Shown>>,
    star: OnceCell<Option<(Vec<u8>, f64)>>,
}

enum Codes {
    /// One byte each.
    Simple { names: HashMap<u8, String>, widths: Vec<f64>, first: i64, missing: f64 },
    /// Several bytes, by a map to character ids.
    Composite {
        map: Option<Box<CMap>>,
        ucs2: Option<Box<CMap>>,
        widths: HashMap<u32, f64>,
        default: f64,
    },
}

fn embedded(name: CMapName<'_>) -> Option<&'static [u8]> {
    load_embedded(name)
}

fn map_of(stream: &Stream<'_>) -> Option<CMap> {
    CMap::parse(&stream.decoded().ok()?, embedded)
}

impl Font {
    pub(super) fn of(dict: &Dict<'_>) -> Self {
        let to_unicode = dict.get::<Stream<'_>>("ToUnicode").and_then(|stream| map_of(&stream));
        let is_composite =
            dict.get::<Name<'_>>("Subtype").is_some_and(|name| name.as_ref() == b"Type0");
        let codes = if is_composite { composite(dict) } else { simple(dict) };
        let unit = match dict.get::<Array<'_>>("FontMatrix") {
            Some(matrix) => {
                matrix.iter::<Number>().next().map_or(1.0, |scale| scale.as_f64() * 1000.0)
            }
            None => 1.0,
        };
        Self { to_unicode, codes, unit, known: RefCell::default(), star: OnceCell::new() }
    }

    /// The codes of a string: how many bytes each takes, and what it shows.
    pub(super) fn codes(&self, text: &[u8]) -> Vec<(usize, Shown)> {
        let mut at = 0;
        let mut codes = Vec::with_capacity(text.len());
        while at < text.len() {
            let length = self.length(&text[at..]).clamp(1, text.len() - at);
            let code =
                text[at..at + length].iter().fold(0_u32, |code, byte| code << 8 | u32::from(*byte));
            codes.push((length, self.shown(code, length)));
            at += length;
        }
        codes
    }

    /// The code of a star and its width, where the font is known to have one: what a font says of
    /// its signs is what it holds of them.
    pub(super) fn star(&self) -> Option<(Vec<u8>, f64)> {
        self.star.get_or_init(|| self.find_star()).clone()
    }

    fn find_star(&self) -> Option<(Vec<u8>, f64)> {
        let map = self.to_unicode.as_ref()?;
        let is_star = |code: &u32| map.lookup_bf_string(*code) == Some(BfString::Char('*'));
        let (code, bytes) = match &self.codes {
            Codes::Simple { .. } => (0..=255).find(is_star).map(|code| (code, vec![code as u8]))?,
            Codes::Composite { map: None, .. } => (0..=65_535)
                .find(is_star)
                .map(|code| (code, vec![(code >> 8) as u8, code as u8]))?,
            Codes::Composite { .. } => return None,
        };
        Some((bytes.clone(), self.width(code, bytes.len()) * self.unit))
    }

    /// How many bytes the next code takes.
    fn length(&self, text: &[u8]) -> usize {
        let Codes::Composite { map: Some(map), .. } = &self.codes else {
            return if matches!(self.codes, Codes::Composite { .. }) { 2 } else { 1 };
        };
        let mut code = 0_u32;
        for (index, byte) in text.iter().take(4).enumerate() {
            code = code << 8 | u32::from(*byte);
            if map.lookup_cid_code(code, index as u8 + 1).is_some() {
                return index + 1;
            }
        }
        2
    }

    fn shown(&self, code: u32, length: usize) -> Shown {
        if let Some(shown) = self.known.borrow().get(&code) {
            return shown.clone();
        }
        let shown = Shown {
            text: self.text(code, length).into(),
            width: self.width(code, length) * self.unit,
        };
        self.known.borrow_mut().insert(code, shown.clone());
        shown
    }

    fn text(&self, code: u32, length: usize) -> String {
        let told = self.to_unicode.as_ref().and_then(|map| map.lookup_bf_string(code)).map(written);
        if let Some(text) =
            told.filter(|text| !text.is_empty() && text != "\u{fffd}" && text != "\0")
        {
            return text;
        }
        match &self.codes {
            Codes::Simple { names, .. } => {
                let byte = (code & 0xff) as u8;
                match names.get(&byte) {
                    Some(name) => named(name),
                    None => encoding_rs::WINDOWS_1252
                        .decode_without_bom_handling(&[byte])
                        .0
                        .into_owned(),
                }
            }
            Codes::Composite { map, ucs2, .. } => {
                let cid =
                    map.as_ref().map_or(Some(code), |map| map.lookup_cid_code(code, length as u8));
                let told =
                    ucs2.as_ref().zip(cid).and_then(|(ucs2, cid)| ucs2.lookup_bf_string(cid));
                told.map(written).unwrap_or_default()
            }
        }
    }

    fn width(&self, code: u32, length: usize) -> f64 {
        match &self.codes {
            Codes::Simple { widths, first, missing, .. } => {
                let index = usize::try_from(i64::from(code) - first).ok();
                index.and_then(|index| widths.get(index)).copied().unwrap_or(*missing)
            }
            Codes::Composite { map, widths, default, .. } => {
                let cid =
                    map.as_ref().map_or(Some(code), |map| map.lookup_cid_code(code, length as u8));
                cid.and_then(|cid| widths.get(&cid)).copied().unwrap_or(*default)
            }
        }
    }
}

fn written(text: BfString) -> String {
    match text {
        BfString::Char(c) => c.to_string(),
        BfString::String(text) => text,
    }
}

fn simple(dict: &Dict<'_>) -> Codes {
    let mut names = HashMap::new();
    if let Some(encoding) = dict.get::<Dict<'_>>("Encoding")
        && let Some(differences) = encoding.get::<Array<'_>>("Differences")
    {
        let mut code = 0_i64;
        for item in differences.iter::<Object<'_>>() {
            match item {
                Object::Number(number) => code = number.as_i64(),
                Object::Name(name) => {
                    if let Ok(code) = u8::try_from(code) {
                        names.insert(code, name.as_str().to_owned());
                    }
                    code += 1;
                }
                _ => {}
            }
        }
    }
    let widths = dict.get::<Array<'_>>("Widths").map(|widths| {
        widths
            .iter::<Object<'_>>()
            .take(256)
            .map(|width| width.into_number().map_or(0.0, |width| width.as_f64()))
            .collect()
    });
    let missing =
        dict.get::<Dict<'_>>("FontDescriptor").and_then(|one| one.get::<Number>("MissingWidth"));
    Codes::Simple {
        names,
        widths: widths.unwrap_or_default(),
        first: dict.get::<Number>("FirstChar").map_or(0, |first| first.as_i64()),
        missing: missing.map_or(500.0, |width| width.as_f64()),
    }
}

fn composite(dict: &Dict<'_>) -> Codes {
    let map = match dict.get::<Object<'_>>("Encoding") {
        Some(Object::Name(name)) => match name.as_ref() {
            b"Identity-H" | b"Identity-V" => None,
            name => {
                embedded(CMapName::from_bytes(name)).and_then(|data| CMap::parse(data, embedded))
            }
        },
        Some(Object::Stream(stream)) => map_of(&stream),
        _ => None,
    };
    let descendant =
        dict.get::<Array<'_>>("DescendantFonts").and_then(|fonts| fonts.iter::<Dict<'_>>().next());
    let descendant = descendant.unwrap_or_default();
    let ucs2 = descendant.get::<Dict<'_>>("CIDSystemInfo").and_then(|info| {
        let text = |key: &str| {
            info.get::<hayro_syntax::object::String<'_>>(key).map(|text| text.as_bytes().to_vec())
        };
        let family = CidFamily::from_registry_ordering(&text("Registry")?, &text("Ordering")?);
        CMap::parse(embedded(family.ucs2_cmap()?)?, embedded)
    });
    Codes::Composite {
        map: map.map(Box::new),
        ucs2: ucs2.map(Box::new),
        widths: cid_widths(&descendant),
        default: descendant.get::<Number>("DW").map_or(1000.0, |width| width.as_f64()),
    }
}

/// The widths of a composite font: `first [w w w]` or `first last w`.
fn cid_widths(font: &Dict<'_>) -> HashMap<u32, f64> {
    const MOST: usize = 70_000;
    let mut widths = HashMap::new();
    let mut pending: Vec<f64> = Vec::new();
    for item in font.get::<Array<'_>>("W").iter().flat_map(|list| list.iter::<Object<'_>>()) {
        match item {
            Object::Number(number) => pending.push(number.as_f64()),
            Object::Array(list) => {
                let first = pending.pop().unwrap_or(0.0) as u32;
                for (at, width) in list.iter::<Number>().take(MOST).enumerate() {
                    widths.insert(first.saturating_add(at as u32), width.as_f64());
                }
                pending.clear();
            }
            _ => {}
        }
        if let [first, last, width] = pending[..] {
            for cid in (first as u32..=last as u32).take(MOST) {
                widths.insert(cid, width);
            }
            pending.clear();
        }
        if widths.len() > MOST {
            break;
        }
    }
    widths
}

/// What the name of a glyph stands for.
fn named(name: &str) -> String {
    const NAMES: [(&str, &str); 44] = [
        ("zero", "0"),
        ("one", "1"),
        ("two", "2"),
        ("three", "3"),
        ("four", "4"),
        ("five", "5"),
        ("six", "6"),
        ("seven", "7"),
        ("eight", "8"),
        ("nine", "9"),
        ("space", " "),
        ("hyphen", "-"),
        ("minus", "-"),
        ("period", "."),
        ("comma", ","),
        ("colon", ":"),
        ("semicolon", ";"),
        ("slash", "/"),
        ("plus", "+"),
        ("asterisk", "*"),
        ("parenleft", "("),
        ("parenright", ")"),
        ("at", "@"),
        ("underscore", "_"),
        ("numbersign", "#"),
        ("percent", "%"),
        ("equal", "="),
        ("endash", "–"),
        ("emdash", "—"),
        ("bullet", "•"),
        ("periodcentered", "·"),
        ("bracketleft", "["),
        ("bracketright", "]"),
        ("bar", "|"),
        ("ampersand", "&"),
        ("quotesingle", "'"),
        ("quotedbl", "\""),
        ("less", "<"),
        ("greater", ">"),
        ("question", "?"),
        ("exclam", "!"),
        ("backslash", "\\"),
        ("fi", "fi"),
        ("fl", "fl"),
    ];
    let base = name.split('.').next().unwrap_or(name);
    if let Some((_, text)) = NAMES.iter().find(|(one, _)| *one == base) {
        return (*text).to_owned();
    }
    if base.chars().count() == 1 {
        return base.to_owned();
    }
    let hex = base.strip_prefix("uni").or(base.strip_prefix('u')).filter(|hex| hex.len() >= 4);
    let code = hex.and_then(|hex| u32::from_str_radix(&hex[..hex.len().min(6)], 16).ok());
    code.and_then(char::from_u32).map(String::from).unwrap_or_default()
}
