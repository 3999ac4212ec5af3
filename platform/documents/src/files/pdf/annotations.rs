//! What annotations show of a page: appearances, fields that have none, links.

use std::fmt::Write as _;

use hayro_syntax::object::{Array, Dict, Name, Number, Object, ObjectIdentifier, Stream};
use hayro_syntax::page::Page;

use super::objects::decoded;
use super::writing::{Writer, text};
use crate::files::masked_text;

/// What is seen of a page's annotations.
#[derive(Default)]
pub(super) struct Seen {
    /// Operations that draw it.
    pub(super) drawn: String,
    /// Links to addresses, as references.
    pub(super) links: String,
    /// The forms that are drawn, by name and number.
    pub(super) forms: Vec<(String, usize)>,
    /// Whether fields are drawn in a face of ours.
    pub(super) has_fields: bool,
}

impl<'a> Writer<'a, '_> {
    /// What annotations show, drawn into the page; and links.
    pub(super) fn annotations(&mut self, page: &Page<'a>) -> Seen {
        let mut seen = Seen::default();
        let list = page.raw().get::<Array<'_>>("Annots");
        for dict in list.iter().flat_map(|list| list.iter::<Dict<'_>>()).take(5_000) {
            let subtype =
                dict.get::<Name<'_>>("Subtype").map(|name| name.to_vec()).unwrap_or_default();
            let flags = dict.get::<i32>("F").unwrap_or(0);
            if subtype == b"Link"
                && let Some(link) = self.link(&dict)
            {
                let _ = write!(seen.links, "{link} 0 R ");
            }
            // hidden, not to be seen; and notes that are opened by a click
            let is_note = matches!(
                subtype.as_slice(),
                b"Text"
                    | b"Popup"
                    | b"FileAttachment"
                    | b"Sound"
                    | b"Movie"
                    | b"Screen"
                    | b"RichMedia"
                    | b"3D"
                    | b"Link"
            );
            if flags & (2 | 32) != 0 || is_note {
                continue;
            }
            if let Some((call, number)) = self.appearance(&dict, seen.forms.len()) {
                seen.forms.push((format!("GkA{}", seen.forms.len()), number));
                seen.drawn.push_str(&call);
            } else if let Some(call) = self.field(&dict).filter(|_| subtype == b"Widget") {
                seen.has_fields = true;
                seen.drawn.push_str(&call);
            }
        }
        seen
    }

    fn link(&mut self, dict: &Dict<'a>) -> Option<usize> {
        let action = dict.get::<Dict<'_>>("A")?;
        let address = action.get::<hayro_syntax::object::String<'_>>("URI")?;
        let address =
            crate::files::masked_text(&super::objects::decoded(address.as_bytes()), self.masking);
        let corners = corners(&dict.get::<Array<'_>>("Rect")?)?;
        let mut out = format!(
            "<</Type/Annot/Subtype/Link/Border[0 0 0]/Rect[{} {} {} {}]/A<</S/URI/URI",
            corners[0], corners[1], corners[2], corners[3]
        )
        .into_bytes();
        text(address.as_bytes(), &mut out);
        out.extend_from_slice(b">>>>");
        let number = self.allot();
        self.objects[number - 1] = out;
        Some(number)
    }

    /// The operations that draw an annotation's appearance, and its stream.
    fn appearance(&mut self, dict: &Dict<'a>, index: usize) -> Option<(String, usize)> {
        let normal = dict.get::<Dict<'_>>("AP").filter(|all| all.contains_key("N"))?;
        let id = match normal.get::<Object<'_>>("N")? {
            Object::Stream(_) => ObjectIdentifier::from(normal.get_ref("N")?),
            Object::Dict(states) => {
                let state = dict.get::<Name<'_>>("AS")?;
                ObjectIdentifier::from(states.get_ref(state.as_ref())?)
            }
            _ => return None,
        };
        let stream: Stream<'_> = self.pdf.xref().get(id)?;
        let area = corners(&dict.get::<Array<'_>>("Rect")?)?;
        let own = corners(&stream.dict().get::<Array<'_>>("BBox")?)?;
        let matrix: Vec<f64> = stream
            .dict()
            .get::<Array<'_>>("Matrix")
            .iter()
            .flat_map(|list| list.iter::<Number>())
            .map(|number| number.as_f64())
            .collect();
        let own = turned(own, &matrix);
        let (width, height) = (own[2] - own[0], own[3] - own[1]);
        if width <= 0.0 || height <= 0.0 {
            return None;
        }
        let (x, y) = ((area[2] - area[0]) / width, (area[3] - area[1]) / height);
        let number = self.number(id);
        let call = format!(
            "q {x:.5} 0 0 {y:.5} {:.3} {:.3} cm /GkA{index} Do Q\n",
            area[0] - own[0] * x,
            area[1] - own[1] * y
        );
        Some((call, number))
    }

    /// The operations that write a field's value: viewers draw fields without an appearance
    /// themselves.
    fn field(&mut self, dict: &Dict<'a>) -> Option<String> {
        let parent = dict.get::<Dict<'_>>("Parent").unwrap_or_default();
        let kind = dict.get::<Name<'_>>("FT").or(parent.get::<Name<'_>>("FT"))?;
        let value = dict
            .get::<hayro_syntax::object::String<'_>>("V")
            .or(parent.get::<hayro_syntax::object::String<'_>>("V"))?;
        if !matches!(kind.as_ref(), b"Tx" | b"Ch") {
            return None;
        }
        let area = corners(&dict.get::<Array<'_>>("Rect")?)?;
        let value = masked_text(&decoded(value.as_bytes()), self.masking);
        let size = (area[3] - area[1]).clamp(4.0, 12.0) * 0.8;
        self.face();
        let mut call = format!("BT 0 g /GkF {size:.1} Tf {:.2} ", area[0] + 2.0);
        let _ = write!(call, "{:.2} Td ", area[3] - size * 1.1);
        let _ = write!(call, "{:.1} TL ", size * 1.2);
        for line in value.lines() {
            let hex: String = line.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
            let _ = write!(call, "<{hex}> Tj T* ");
        }
        call.push_str("ET\n");
        Some(call)
    }

    /// A Chinese face that every viewer has or replaces.
    fn face(&mut self) {
        if self.face.is_some() {
            return;
        }
        let number = self.allot();
        self.objects[number - 1] = b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H\
            /DescendantFonts[<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/CIDSystemInfo\
            <</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light\
            /Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>>>]>>"
            .to_vec();
        self.face = Some(number);
    }
}

fn corners(list: &Array<'_>) -> Option<[f64; 4]> {
    let numbers: Vec<f64> = list.iter::<Number>().take(4).map(|number| number.as_f64()).collect();
    let [a, b, c, d] = numbers[..] else { return None };
    Some([a.min(c), b.min(d), a.max(c), b.max(d)])
}

/// The corners of an area after a matrix.
fn turned(area: [f64; 4], matrix: &[f64]) -> [f64; 4] {
    let [a, b, c, d, e, f] = *matrix else { return area };
    let points = [(area[0], area[1]), (area[2], area[1]), (area[0], area[3]), (area[2], area[3])];
    let moved = points.map(|(x, y)| (a * x + c * y + e, b * x + d * y + f));
    moved.iter().fold([f64::MAX, f64::MAX, f64::MIN, f64::MIN], |all, (x, y)| {
        [all[0].min(*x), all[1].min(*y), all[2].max(*x), all[3].max(*y)]
    })
}
