//! Running the content of a page: where each sign of its text stands, and what covers it.

use std::collections::HashMap;
use std::rc::Rc;

use hayro_syntax::object::{Array, Dict, Name, Number, Object, ObjectIdentifier};
use hayro_syntax::page::Resources;

use super::content::{Operand, Operation, operations};
use super::font::Font;
use super::rewriting::Spacing;

/// A content stream, by what it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Source {
    /// The content of a page, counted from 0.
    Page(usize),
    /// A form, a pattern or an appearance.
    Object(i32, i32),
    /// A stream nothing refers to.
    Loose(usize),
}

/// A code that is shown.
#[derive(Debug, Clone)]
pub(super) struct Glyph {
    pub(super) text: Rc<str>,
    /// Where it begins and ends on the page.
    pub(super) from: (f64, f64),
    pub(super) to: (f64, f64),
    /// Its height on the page.
    pub(super) size: f64,
    /// The stream, the operation, the string in it, the code in that.
    pub(super) source: Source,
    pub(super) place: (u32, u32, u32),
    /// Whether a reader of the page does not see it.
    pub(super) unseen: Option<Unseen>,
    order: u32,
}

/// Why a sign is not seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unseen {
    /// In a layer that is switched off.
    Layer,
    /// White on white.
    White,
    /// Beside the page.
    OffPage,
    /// Something opaque is drawn over it.
    Covered,
}

/// An area that is filled.
struct Area {
    corners: [f64; 4],
    order: u32,
    is_white: bool,
    is_opaque: bool,
}

/// [a b c d e f] as in PDF.
type Matrix = [f64; 6];
const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

fn times(a: &Matrix, b: &Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

fn apply(m: &Matrix, x: f64, y: f64) -> (f64, f64) {
    (m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5])
}

#[derive(Clone)]
struct State {
    ctm: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    spacing: f64,
    word_spacing: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
    is_white: bool,
    is_opaque: bool,
}

/// How deep forms are followed, and how many signs and operations a page may have.
const DEEPEST: usize = 12;
const MOST_GLYPHS: usize = 3_000_000;
const MOST_OPERATIONS: usize = 6_000_000;

/// Runs content and keeps what it shows.
pub(super) struct Scene<'a> {
    pub(super) glyphs: Vec<Glyph>,
    areas: Vec<Area>,
    fonts: HashMap<ObjectIdentifier, Rc<Font>>,
    hidden_layers: Vec<ObjectIdentifier>,
    /// Forms that were run.
    pub(super) forms: Vec<Source>,
    /// Operations that draw a form in a layer that is off.
    pub(super) hidden_forms: Vec<(Source, u32)>,
    order: u32,
    operations: usize,
    /// The font and spacing of every operation that shows text.
    spacings: HashMap<(Source, u32), Spacing>,
    marker: std::marker::PhantomData<&'a ()>,
}

impl<'a> Scene<'a> {
    pub(super) fn new(hidden_layers: Vec<ObjectIdentifier>) -> Self {
        Self {
            glyphs: Vec::new(),
            areas: Vec::new(),
            fonts: HashMap::new(),
            hidden_layers,
            forms: Vec::new(),
            hidden_forms: Vec::new(),
            order: 0,
            operations: 0,
            spacings: HashMap::new(),
            marker: std::marker::PhantomData,
        }
    }

    /// Whether anything but text was drawn.
    pub(super) fn has_pictures(&self) -> bool {
        !self.areas.is_empty()
    }

    /// Forgets what was shown, keeps the fonts.
    pub(super) fn clear(&mut self) {
        self.glyphs.clear();
        self.areas.clear();
        self.order = 0;
    }

    /// The font and spacing at an operation that shows text.
    pub(super) fn spacing(&self, source: Source, operation: u32) -> Option<Spacing> {
        self.spacings.get(&(source, operation)).cloned()
    }

    /// Runs a content stream in page space.
    pub(super) fn run(&mut self, source: Source, content: &[u8], resources: &Resources<'a>) {
        let state = State {
            ctm: IDENTITY,
            font: None,
            size: 0.0,
            spacing: 0.0,
            word_spacing: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            is_white: false,
            is_opaque: true,
        };
        self.stream(source, content, resources, state, 0, false);
    }

    fn stream(
        &mut self,
        source: Source,
        content: &[u8],
        resources: &Resources<'a>,
        state: State,
        depth: usize,
        is_hidden: bool,
    ) {
        let mut run = Run {
            scene: self,
            source,
            resources,
            state,
            saved: Vec::new(),
            tm: IDENTITY,
            line: IDENTITY,
            path: Vec::new(),
            layers: Vec::new(),
            is_hidden,
            depth,
            local_fonts: HashMap::new(),
        };
        for (index, operation) in operations(content).iter().enumerate() {
            run.scene.operations += 1;
            if run.scene.operations > MOST_OPERATIONS || run.scene.glyphs.len() > MOST_GLYPHS {
                return;
            }
            run.operation(index as u32, operation);
        }
    }

    /// Marks what is beside the page or covered, once all is drawn. `page` is left, bottom, right,
    /// top.
    pub(super) fn judge(&mut self, page: Option<[f64; 4]>) {
        let covers = |area: &Area, x: f64, y: f64| {
            (area.corners[0]..=area.corners[2]).contains(&x)
                && (area.corners[1]..=area.corners[3]).contains(&y)
        };
        // many areas and many signs: a table has both, and nothing in it is covered
        let later: Vec<&Area> =
            self.areas.iter().filter(|area| area.is_opaque).take(4_000).collect();
        let grounds: Vec<&Area> =
            self.areas.iter().filter(|area| !area.is_white).take(4_000).collect();
        for glyph in &mut self.glyphs {
            let (x, y) = (
                (glyph.from.0 + glyph.to.0) / 2.0,
                (glyph.from.1 + glyph.to.1) / 2.0 + glyph.size * 0.3,
            );
            if glyph.unseen == Some(Unseen::White)
                && grounds.iter().any(|area| area.order < glyph.order && covers(area, x, y))
            {
                glyph.unseen = None;
            }
            if glyph.unseen.is_some() {
                continue;
            }
            let is_off = page.is_some_and(|page| {
                x < page[0] || x > page[2] || y < page[1] - glyph.size || y > page[3] + glyph.size
            });
            if is_off {
                glyph.unseen = Some(Unseen::OffPage);
            } else if later.iter().any(|area| area.order > glyph.order && covers(area, x, y)) {
                glyph.unseen = Some(Unseen::Covered);
            }
        }
    }
}

struct Run<'s, 'a> {
    scene: &'s mut Scene<'a>,
    source: Source,
    resources: &'s Resources<'a>,
    state: State,
    saved: Vec<State>,
    tm: Matrix,
    line: Matrix,
    /// Rectangles of the path being built.
    path: Vec<[f64; 4]>,
    /// For each open mark whether it is a layer that is off.
    layers: Vec<bool>,
    is_hidden: bool,
    depth: usize,
    local_fonts: HashMap<Vec<u8>, Rc<Font>>,
}

impl<'a> Run<'_, 'a> {
    fn operation(&mut self, index: u32, operation: &Operation) {
        let n = |at: usize| operation.number(at);
        match operation.operator.as_slice() {
            b"q" if self.saved.len() < 512 => self.saved.push(self.state.clone()),
            b"Q" => {
                if let Some(state) = self.saved.pop() {
                    self.state = state;
                }
            }
            b"cm" => self.state.ctm = times(&[n(0), n(1), n(2), n(3), n(4), n(5)], &self.state.ctm),
            b"gs" => self.graphics_state(operation),
            b"BT" => {
                self.tm = IDENTITY;
                self.line = IDENTITY;
            }
            b"Tf" => self.font(operation),
            b"Tc" => self.state.spacing = n(0),
            b"Tw" => self.state.word_spacing = n(0),
            b"Tz" => self.state.stretch = n(0) / 100.0,
            b"TL" => self.state.leading = n(0),
            b"Ts" => self.state.rise = n(0),
            b"Td" => self.next_line(n(0), n(1)),
            b"TD" => {
                self.state.leading = -n(1);
                self.next_line(n(0), n(1));
            }
            b"Tm" => {
                self.line = [n(0), n(1), n(2), n(3), n(4), n(5)];
                self.tm = self.line;
            }
            b"T*" => self.next_line(0.0, -self.state.leading),
            b"Tj" | b"TJ" | b"'" | b"\"" => self.show(index, operation),
            b"Do" => self.form(index, operation),
            b"BDC" | b"BMC" => {
                let is_off = self.is_layer_off(operation);
                self.layers.push(is_off);
            }
            b"EMC" => {
                self.layers.pop();
            }
            operator => self.paint(operator, operation),
        }
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = times(&[1.0, 0.0, 0.0, 1.0, x, y], &self.line);
        self.tm = self.line;
    }

    fn paint(&mut self, operator: &[u8], operation: &Operation) {
        let n = |at: usize| operation.number(at);
        match operator {
            b"re" => {
                let (a, b) = (
                    apply(&self.state.ctm, n(0), n(1)),
                    apply(&self.state.ctm, n(0) + n(2), n(1) + n(3)),
                );
                self.path.push([a.0.min(b.0), a.1.min(b.1), a.0.max(b.0), a.1.max(b.1)]);
            }
            b"m" | b"l" => {
                // a box may be drawn as lines: its corners are those of its points
                let (x, y) = apply(&self.state.ctm, n(0), n(1));
                match self.path.last_mut() {
                    Some(area) if operator == b"l" => {
                        *area = [area[0].min(x), area[1].min(y), area[2].max(x), area[3].max(y)];
                    }
                    _ => self.path.push([x, y, x, y]),
                }
            }
            b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*" => self.fill(),
            b"S" | b"s" | b"n" => self.path.clear(),
            b"g" | b"rg" | b"k" | b"sc" | b"scn" => {
                let numbers = operation.numbers();
                self.state.is_white = match numbers.as_slice() {
                    [c, m, y, k] => c + m + y + k < 0.02,
                    [] => false,
                    lights => lights.iter().all(|light| *light > 0.98),
                };
            }
            _ => {}
        }
    }

    fn fill(&mut self) {
        self.scene.order += 1;
        let (order, is_white, is_opaque) =
            (self.scene.order, self.state.is_white, self.state.is_opaque);
        let is_hidden = self.is_off();
        for corners in self.path.drain(..) {
            // a rule of a table covers nothing
            let is_wide = corners[2] - corners[0] > 3.0 && corners[3] - corners[1] > 3.0;
            if is_wide && !is_hidden && self.scene.areas.len() < 20_000 {
                self.scene.areas.push(Area { corners, order, is_white, is_opaque });
            }
        }
    }

    fn graphics_state(&mut self, operation: &Operation) {
        let Some(dict) = operation
            .name(0)
            .and_then(|name| self.resources.get_ext_g_state(&Name::new_unescaped(name)))
        else {
            return;
        };
        if let Some(alpha) = dict.get::<Number>("ca") {
            self.state.is_opaque = alpha.as_f64() > 0.95;
        }
        if let Some(blend) = dict.get::<Name<'_>>("BM") {
            self.state.is_opaque &= matches!(blend.as_ref(), b"Normal" | b"Compatible");
        }
        if let Some(font) = dict.get::<Array<'_>>("Font") {
            let size = font.iter::<Object<'_>>().nth(1).and_then(Object::into_number);
            if let Some(dict) = font.iter::<Dict<'_>>().next() {
                self.state.font = Some(self.known(&dict));
                self.state.size = size.map_or(self.state.size, |size| size.as_f64());
            }
        }
    }

    fn font(&mut self, operation: &Operation) {
        self.state.size = operation.number(1);
        let Some(name) = operation.name(0) else { return };
        if let Some(font) = self.local_fonts.get(name) {
            self.state.font = Some(font.clone());
            return;
        }
        let dict = self.resources.get_font(&Name::new_unescaped(name)).unwrap_or_default();
        let font = self.known(&dict);
        self.local_fonts.insert(name.to_vec(), font.clone());
        self.state.font = Some(font);
    }

    fn known(&mut self, dict: &Dict<'a>) -> Rc<Font> {
        match dict.obj_id() {
            Some(id) => {
                self.scene.fonts.entry(id).or_insert_with(|| Rc::new(Font::of(dict))).clone()
            }
            None => Rc::new(Font::of(dict)),
        }
    }

    fn is_layer_off(&self, operation: &Operation) -> bool {
        if operation.name(0) != Some(b"OC") {
            return false;
        }
        let Some(name) = operation.name(1) else { return false };
        let mut resources = Some(self.resources);
        while let Some(one) = resources {
            if let Some(id) = one.properties.get_ref(name) {
                return self.scene.is_off(
                    ObjectIdentifier::from(id),
                    one.properties.get::<Dict<'_>>(name).as_ref(),
                );
            }
            resources = one.parent();
        }
        false
    }

    fn is_off(&self) -> bool {
        self.is_hidden || self.layers.contains(&true)
    }

    fn show(&mut self, index: u32, operation: &Operation) {
        match operation.operator.as_slice() {
            b"'" => self.next_line(0.0, -self.state.leading),
            b"\"" => {
                self.state.word_spacing = operation.number(0);
                self.state.spacing = operation.number(1);
                self.next_line(0.0, -self.state.leading);
            }
            _ => {}
        }
        match operation.operands.last() {
            Some(Operand::Text(text)) => self.text(index, 0, text),
            Some(Operand::Array(items)) => {
                for (element, item) in items.iter().enumerate() {
                    match item {
                        Operand::Text(text) => self.text(index, element as u32, text),
                        Operand::Number(number) => {
                            let x = -number / 1000.0 * self.state.size * self.state.stretch;
                            self.tm = times(&[1.0, 0.0, 0.0, 1.0, x, 0.0], &self.tm);
                        }
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, operation: u32, element: u32, text: &[u8]) {
        let Some(font) = self.state.font.clone() else { return };
        self.scene.order += 1;
        let spacing = Spacing {
            font: font.clone(),
            size: self.state.size,
            spacing: self.state.spacing,
            word_spacing: self.state.word_spacing,
        };
        self.scene.spacings.insert((self.source, operation), spacing);
        let unseen = match () {
            () if self.is_off() => Some(Unseen::Layer),
            () if self.state.is_white => Some(Unseen::White),
            () => None,
        };
        let mut at = 0;
        for (number, (length, shown)) in font.codes(text).into_iter().enumerate() {
            let is_blank = length == 1 && text[at] == b' ';
            at += length;
            let space = self.state.spacing + if is_blank { self.state.word_spacing } else { 0.0 };
            let own = shown.width / 1000.0 * self.state.size * self.state.stretch;
            let all = times(&self.tm, &self.state.ctm);
            let height = (all[2].powi(2) + all[3].powi(2)).sqrt() * self.state.size.abs();
            self.scene.glyphs.push(Glyph {
                text: shown.text,
                from: apply(&all, 0.0, self.state.rise),
                to: apply(&all, own, self.state.rise),
                size: height,
                source: self.source,
                place: (operation, element, number as u32),
                unseen,
                order: self.scene.order,
            });
            self.tm = times(&[1.0, 0.0, 0.0, 1.0, own + space * self.state.stretch, 0.0], &self.tm);
        }
    }

    fn form(&mut self, index: u32, operation: &Operation) {
        let Some(name) = operation.name(0) else { return };
        let Some(stream) = self.resources.get_x_object(&Name::new_unescaped(name)) else { return };
        let dict = stream.dict().clone();
        let layer = dict.get_ref("OC").map(ObjectIdentifier::from);
        let is_off = self.is_off()
            || layer.is_some_and(|id| self.scene.is_off(id, dict.get::<Dict<'_>>("OC").as_ref()));
        if is_off {
            self.scene.hidden_forms.push((self.source, index));
        }
        if dict.get::<Name<'_>>("Subtype").is_none_or(|kind| kind.as_ref() != b"Form") {
            self.picture();
            return;
        }
        let id = stream.obj_id();
        let source = Source::Object(id.obj_number, id.gen_number);
        if self.depth >= DEEPEST {
            return;
        }
        let Ok(content) = stream.decoded() else { return };
        self.scene.forms.push(source);
        let matrix: Vec<f64> = dict
            .get::<Array<'_>>("Matrix")
            .iter()
            .flat_map(|list| list.iter::<Number>())
            .map(|number| number.as_f64())
            .collect();
        let mut state = self.state.clone();
        if let [a, b, c, d, e, f] = matrix[..] {
            state.ctm = times(&[a, b, c, d, e, f], &state.ctm);
        }
        let own = dict.get::<Dict<'_>>("Resources").unwrap_or_default();
        let resources = Resources::from_parent(own, self.resources.clone());
        self.scene.stream(source, &content, &resources, state, self.depth + 1, is_off);
    }

    /// A picture is a ground on which white text can be read.
    fn picture(&mut self) {
        self.scene.order += 1;
        let (a, b) = (apply(&self.state.ctm, 0.0, 0.0), apply(&self.state.ctm, 1.0, 1.0));
        let corners = [a.0.min(b.0), a.1.min(b.1), a.0.max(b.0), a.1.max(b.1)];
        self.scene.areas.push(Area {
            corners,
            order: self.scene.order,
            is_white: false,
            is_opaque: false,
        });
    }
}

impl Scene<'_> {
    /// Whether a layer, or every layer of a membership, is switched off.
    fn is_off(&self, id: ObjectIdentifier, dict: Option<&Dict<'_>>) -> bool {
        if self.hidden_layers.contains(&id) {
            return true;
        }
        let Some(dict) = dict else { return false };
        if let Some(id) = dict.get_ref("OCGs") {
            let id = ObjectIdentifier::from(id);
            if self.hidden_layers.contains(&id) {
                return true;
            }
        }
        let Some(members) = dict.get::<Array<'_>>("OCGs") else { return false };
        let members: Vec<_> = members
            .raw_iter()
            .filter_map(|item| item.as_obj_ref())
            .map(ObjectIdentifier::from)
            .collect();
        !members.is_empty() && members.iter().all(|id| self.hidden_layers.contains(id))
    }
}
