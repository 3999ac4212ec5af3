//! Writing a PDF anew: a catalogue, pages, and what the pages need to be shown.
//!
//! Of a page its frame, its content and its resources are taken over, of its annotations the
//! appearance of those that are seen, drawn into the page, and links to addresses. Properties,
//! outlines, forms, scripts, attachments, tags, earlier versions are in the original only.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::fmt::Write as _;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use hayro_syntax::Pdf;
use hayro_syntax::object::{Dict, MaybeRef, Name, Object, ObjectIdentifier, Stream};
use hayro_syntax::page::{Page, Resources};

use super::annotations::Seen;
use super::rewriting::{Edits, rewrite};
use super::scene::{Scene, Source};
use super::{collect, edits, is_content, open};
use crate::examining::{Masking, Refusal};
use crate::files::image;

/// Entries that lead away from what is shown, or say more than is shown.
const DROPPED: &[&[u8]] = &[
    b"Metadata",
    b"PieceInfo",
    b"LastModified",
    b"StructParent",
    b"StructParents",
    b"OC",
    b"OPI",
    b"Alternates",
    b"AF",
    b"Measure",
    b"PtData",
    b"AA",
    b"A",
    b"JS",
    b"Length",
    b"Parent",
    b"P",
    b"Ref",
    b"Private",
    b"Names",
    b"ID",
];
/// The kinds of resources.
const KINDS: [&str; 6] = ["ExtGState", "ColorSpace", "Pattern", "Shading", "XObject", "Font"];
/// The deepest nesting of arrays and dictionaries.
const DEEPEST: usize = 32;

/// The file with nothing but what its pages show, and masked.
pub(in crate::files) fn clean(bytes: &[u8], masking: &Masking) -> Result<Vec<u8>, Refusal> {
    let pdf = open(bytes.to_vec())?;
    if pdf.pages().is_empty() {
        return Err(Refusal::damaged("PDF", "没有页面"));
    }
    let (edits, scene) = edits(&pdf, masking);
    let mut writer = Writer {
        pdf: &pdf,
        masking,
        edits,
        scene,
        objects: Vec::new(),
        face: None,
        numbers: HashMap::new(),
        waiting: VecDeque::new(),
    };
    writer.pages()?;
    while let Some(id) = writer.waiting.pop_front() {
        writer.object(id)?;
    }
    Ok(writer.finish())
}

pub(super) struct Writer<'a, 'm> {
    pub(super) pdf: &'a Pdf,
    pub(super) masking: &'m Masking,
    edits: BTreeMap<Source, Edits>,
    scene: Scene<'a>,
    /// What stands in each object; the first is number 1.
    pub(super) objects: Vec<Vec<u8>>,
    /// The face in which fields without an appearance are drawn, once there is one.
    pub(super) face: Option<usize>,
    numbers: HashMap<ObjectIdentifier, usize>,
    waiting: VecDeque<ObjectIdentifier>,
}

impl<'a> Writer<'a, '_> {
    pub(super) fn allot(&mut self) -> usize {
        self.objects.push(Vec::new());
        self.objects.len()
    }

    pub(super) fn number(&mut self, id: ObjectIdentifier) -> usize {
        if let Some(number) = self.numbers.get(&id) {
            return *number;
        }
        let number = self.allot();
        self.numbers.insert(id, number);
        self.waiting.push_back(id);
        number
    }

    fn pages(&mut self) -> Result<(), Refusal> {
        let (catalog, tree) = (self.allot(), self.allot());
        let pdf = self.pdf;
        let mut kids = String::new();
        for (number, page) in pdf.pages().iter().enumerate() {
            let kid = self.page(number, page, tree)?;
            let _ = write!(kids, "{kid} 0 R ");
        }
        let root: Dict<'_> = pdf.xref().get(pdf.xref().root_id()).unwrap_or_default();
        let language = root
            .get::<hayro_syntax::object::String<'_>>("Lang")
            .filter(|language| language.as_bytes().len() < 20);
        let mut head = format!("<</Type/Catalog/Pages {tree} 0 R").into_bytes();
        if let Some(language) = language {
            head.extend_from_slice(b"/Lang");
            text(language.as_bytes(), &mut head);
        }
        head.extend_from_slice(b">>");
        self.objects[catalog - 1] = head;
        self.objects[tree - 1] =
            format!("<</Type/Pages/Count {}/Kids[{kids}]>>", pdf.pages().len()).into_bytes();
        Ok(())
    }

    fn page(&mut self, number: usize, page: &Page<'a>, tree: usize) -> Result<usize, Refusal> {
        let kid = self.allot();
        let content = page.page_stream().unwrap_or_default();
        let mut content = self.rewritten(Source::Page(number), content);
        let Seen { drawn, links, forms: extra, has_fields } = self.annotations(page);
        if !drawn.is_empty() {
            // whatever the page has left open is closed before more is drawn
            let mut whole = b"q\n".to_vec();
            whole.append(&mut content);
            whole.extend_from_slice(b"\nQ\n");
            whole.extend_from_slice(drawn.as_bytes());
            content = whole;
        }
        let stream = self.allot();
        self.objects[stream - 1] = packed(b"", &content);
        let frame = page.media_box();
        let crop = page.crop_box();
        let raw = page.raw();
        let mut out = format!(
            "<</Type/Page/Parent {tree} 0 R/MediaBox[{} {} {} {}]/CropBox[{} {} {} {}]/Contents {stream} 0 R",
            frame.x0, frame.y0, frame.x1, frame.y1, crop.x0, crop.y0, crop.x1, crop.y1
        )
        .into_bytes();
        let turned = match page.rotation() {
            hayro_syntax::page::Rotation::None => 0,
            hayro_syntax::page::Rotation::Horizontal => 90,
            hayro_syntax::page::Rotation::Flipped => 180,
            hayro_syntax::page::Rotation::FlippedHorizontal => 270,
        };
        let _ = write!(out, "/Rotate {turned}");
        for key in ["Group", "UserUnit"] {
            if let Some(value) = raw.get_raw::<Object<'_>>(key) {
                out.extend_from_slice(format!("/{key} ").as_bytes());
                self.either(value, &mut out, 0);
            }
        }
        out.extend_from_slice(b"/Resources");
        let face = self.face.filter(|_| has_fields);
        self.resources(page.resources(), &extra, face, &mut out);
        if !links.is_empty() {
            let _ = write!(out, "/Annots[{links}]");
        }
        out.extend_from_slice(b">>");
        self.objects[kid - 1] = out;
        Ok(kid)
    }

    /// The resources of a page, those it inherits among them.
    fn resources(
        &mut self,
        resources: &Resources<'a>,
        extra: &[(String, usize)],
        face: Option<usize>,
        out: &mut Vec<u8>,
    ) {
        let mut chain = vec![resources];
        while let Some(parent) = chain.last().and_then(|last| last.parent()) {
            chain.push(parent);
        }
        out.extend_from_slice(b"<<");
        for kind in KINDS {
            let mut all: BTreeMap<Vec<u8>, MaybeRef<Object<'a>>> = BTreeMap::new();
            for one in chain.iter().rev() {
                let dict = match kind {
                    "ExtGState" => &one.ext_g_states,
                    "ColorSpace" => &one.color_spaces,
                    "Pattern" => &one.patterns,
                    "Shading" => &one.shadings,
                    "XObject" => &one.x_objects,
                    _ => &one.fonts,
                };
                all.extend(dict.entries().map(|(name, value)| (name.to_vec(), value)));
            }
            let face: Vec<(String, usize)> =
                face.iter().map(|number| ("GkF".to_owned(), *number)).collect();
            let added = match kind {
                "XObject" => extra,
                "Font" => &face,
                _ => &[],
            };
            if all.is_empty() && added.is_empty() {
                continue;
            }
            out.extend_from_slice(format!("/{kind}<<").as_bytes());
            for (name, value) in all {
                named(&name, out);
                self.either(value, out, 0);
            }
            for (name, number) in added {
                out.extend_from_slice(format!("/{name} {number} 0 R").as_bytes());
            }
            out.extend_from_slice(b">>");
        }
        out.extend_from_slice(b">>");
    }

    /// A stream's content without what is masked or unseen in it.
    fn rewritten(&self, source: Source, content: &[u8]) -> Vec<u8> {
        rewrite(content, self.edits.get(&source), |operation| self.scene.spacing(source, operation))
    }

    fn object(&mut self, id: ObjectIdentifier) -> Result<(), Refusal> {
        let Some(number) = self.numbers.get(&id).copied() else { return Ok(()) };
        let pdf = self.pdf;
        let mut out = Vec::new();
        match pdf.xref().get::<Object<'_>>(id) {
            Some(Object::Stream(stream)) => out = self.stream(&stream)?,
            Some(other) => self.value(other, &mut out, 0),
            None => out.extend_from_slice(b"null"),
        }
        self.objects[number - 1] = out;
        Ok(())
    }

    fn stream(&mut self, stream: &Stream<'a>) -> Result<Vec<u8>, Refusal> {
        let dict = stream.dict();
        let is_picture =
            dict.get::<Name<'_>>("Subtype").is_some_and(|name| name.as_ref() == b"Image");
        let mut head = Vec::new();
        if is_content(stream) {
            self.entries(dict, &[b"Filter", b"DecodeParms", b"F", b"Resources"], &mut head, 0);
            if let Some(own) = dict.get::<Dict<'_>>("Resources") {
                let base = self.pdf.pages()[0].resources().clone();
                let resources = Resources::from_parent(own, base);
                head.extend_from_slice(b"/Resources");
                self.own_resources(&resources, &mut head);
            }
            let content =
                stream.decoded().map_err(|error| Refusal::damaged("PDF", format!("{error:?}")))?;
            return Ok(packed(&head, &self.form(stream, &content)));
        }
        let data = stream.raw_data();
        let data = if is_picture && image::Format::of(&data) == Some(image::Format::Jpeg) {
            // a picture that cannot be taken apart is kept only if it has nothing beside it
            image::clean(&data).unwrap_or_else(|_| data.to_vec())
        } else {
            data.to_vec()
        };
        self.entries(dict, &[], &mut head, 0);
        Ok(bare(&head, &data))
    }

    /// A form's own resources; what it inherits stays with the page.
    fn own_resources(&mut self, resources: &Resources<'a>, out: &mut Vec<u8>) {
        out.extend_from_slice(b"<<");
        for (kind, dict) in [
            ("ExtGState", &resources.ext_g_states),
            ("ColorSpace", &resources.color_spaces),
            ("Pattern", &resources.patterns),
            ("Shading", &resources.shadings),
            ("XObject", &resources.x_objects),
            ("Font", &resources.fonts),
        ] {
            if dict.is_empty() {
                continue;
            }
            out.extend_from_slice(format!("/{kind}<<").as_bytes());
            for (name, value) in dict.entries() {
                named(&name, out);
                self.either(value, out, 0);
            }
            out.extend_from_slice(b">>");
        }
        out.extend_from_slice(b">>");
    }

    /// A form's content. One that no page has run is run by itself first.
    fn form(&mut self, stream: &Stream<'a>, content: &[u8]) -> Vec<u8> {
        let id = stream.obj_id();
        let source = Source::Object(id.obj_number, id.gen_number);
        if !self.scene.forms.contains(&source) {
            let own = stream.dict().get::<Dict<'_>>("Resources").unwrap_or_default();
            let resources = Resources::from_parent(own, self.pdf.pages()[0].resources().clone());
            self.scene.clear();
            self.scene.run(source, content, &resources);
            self.scene.judge(None);
            collect(&self.scene, self.masking, &mut self.edits);
            self.scene.forms.push(source);
        }
        self.rewritten(source, content)
    }

    fn entries(&mut self, dict: &Dict<'a>, without: &[&[u8]], out: &mut Vec<u8>, depth: usize) {
        for (name, value) in dict.entries() {
            let key: &[u8] = &name;
            if DROPPED.contains(&key) || without.contains(&key) {
                continue;
            }
            named(key, out);
            self.either(value, out, depth);
        }
    }

    fn either(&mut self, value: MaybeRef<Object<'a>>, out: &mut Vec<u8>, depth: usize) {
        match value {
            MaybeRef::Ref(reference) => {
                let number = self.number(reference.into());
                out.extend_from_slice(format!(" {number} 0 R").as_bytes());
            }
            MaybeRef::NotRef(value) => self.value(value, out, depth),
        }
    }

    fn value(&mut self, value: Object<'a>, out: &mut Vec<u8>, depth: usize) {
        match value {
            _ if depth > DEEPEST => out.extend_from_slice(b" null"),
            Object::Null(_) | Object::Stream(_) => out.extend_from_slice(b" null"),
            Object::Boolean(value) => {
                out.extend_from_slice(if value { b" true" } else { b" false" })
            }
            Object::Number(number) => {
                out.extend_from_slice(format!(" {}", number.as_f64()).as_bytes())
            }
            Object::String(value) => text(value.as_bytes(), out),
            Object::Name(name) => named(&name, out),
            Object::Dict(dict) => {
                out.extend_from_slice(b"<<");
                self.entries(&dict, &[], out, depth + 1);
                out.extend_from_slice(b">>");
            }
            Object::Array(list) => {
                out.push(b'[');
                for item in list.raw_iter() {
                    self.either(item, out, depth + 1);
                }
                out.push(b']');
            }
        }
    }

    fn finish(self) -> Vec<u8> {
        let mut out = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
        let mut starts = Vec::with_capacity(self.objects.len());
        for (index, body) in self.objects.iter().enumerate() {
            starts.push(out.len());
            out.extend_from_slice(format!("{} 0 obj\n", index + 1).as_bytes());
            out.extend_from_slice(if body.is_empty() { b"null" } else { body });
            out.extend_from_slice(b"\nendobj\n");
        }
        let table = out.len();
        out.extend_from_slice(
            format!("xref\n0 {}\n0000000000 65535 f \n", starts.len() + 1).as_bytes(),
        );
        for start in &starts {
            out.extend_from_slice(format!("{start:010} 00000 n \n").as_bytes());
        }
        let tail = format!(
            "trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n",
            starts.len() + 1
        );
        out.extend_from_slice(tail.as_bytes());
        out
    }
}

fn named(name: &[u8], out: &mut Vec<u8>) {
    out.push(b'/');
    for byte in name {
        if byte.is_ascii_alphanumeric() || b"-_.+*:!@$&',;=^`|~?\"".contains(byte) {
            out.push(*byte);
        } else {
            out.extend_from_slice(format!("#{byte:02X}").as_bytes());
        }
    }
    out.push(b' ');
}

pub(super) fn text(bytes: &[u8], out: &mut Vec<u8>) {
    out.push(b'<');
    for byte in bytes {
        out.extend_from_slice(format!("{byte:02X}").as_bytes());
    }
    out.push(b'>');
}

/// A stream as it is.
fn bare(head: &[u8], data: &[u8]) -> Vec<u8> {
    let mut out = b"<<".to_vec();
    out.extend_from_slice(head);
    out.extend_from_slice(format!("/Length {}>>\nstream\n", data.len()).as_bytes());
    out.extend_from_slice(data);
    out.extend_from_slice(b"\nendstream");
    out
}

/// A stream, packed.
fn packed(head: &[u8], data: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    // writing to memory does not fail
    let done = encoder.write_all(data).and_then(|()| encoder.finish());
    match done {
        Ok(packed) => bare(&[head, b"/Filter/FlateDecode"].concat(), &packed),
        Err(_) => bare(head, data),
    }
}
