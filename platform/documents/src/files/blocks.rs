//! Stretches of a file's text, with where each part stands and which bytes it was written with.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::markup::{Changes, escape};
use crate::examining::Masking;
use crate::personal::{self, BREAK, CELL, LINE, Passage};

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// For programs: `docx.comment`.
    pub(super) code: String,
    /// For people: 批注.
    pub(super) words: String,
    /// Whether a reader of the document sees it.
    pub(super) is_visible: bool,
}

impl Place {
    pub(super) fn new(
        code: impl Into<String>,
        words: impl Into<String>,
        is_visible: bool,
    ) -> Rc<Self> {
        Rc::new(Self { code: code.into(), words: words.into(), is_visible })
    }
}

/// How a slot's text is written in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// With references, between tags or in an attribute.
    Escaped,
    /// As it stands.
    Raw,
    /// As the number of one sign of a symbol font, in four hexadecimal digits.
    Code,
}

/// Text that stands in one piece of the file.
#[derive(Debug, Clone)]
pub(super) struct Slot {
    /// Where it begins and ends in the passage.
    pub(super) at: usize,
    pub(super) to: usize,
    /// Where it stands in the file: bytes of the source, or what the reader of the format needs.
    pub(super) source: (usize, usize),
    form: Form,
}

/// A stretch of text.
#[derive(Debug, Default, Clone)]
pub(super) struct Block {
    pub(super) passage: Passage,
    places: Vec<(usize, Rc<Place>)>,
    pub(super) slots: Vec<Slot>,
}

impl Block {
    /// Where the byte at `at` of the passage stands.
    pub(super) fn place(&self, at: usize) -> Option<&Rc<Place>> {
        let next = self.places.partition_point(|(from, _)| *from <= at);
        self.places.get(next.checked_sub(1)?).map(|(_, place)| place)
    }

    /// The parts a reader sees.
    pub(super) fn visible(&self) -> impl Iterator<Item = &str> {
        let text = self.passage.text();
        self.places.iter().enumerate().filter(|(_, (_, place))| place.is_visible).map(
            move |(index, (from, _))| {
                let to = self.places.get(index + 1).map_or(text.len(), |(at, _)| *at);
                &text[*from..to]
            },
        )
    }

    /// The new text of every slot that holds something to be masked.
    pub(super) fn masked(&self, masking: &Masking) -> Vec<(&Slot, String)> {
        let text = self.passage.text();
        let mut changes: BTreeMap<usize, Option<char>> = personal::find(&self.passage)
            .into_iter()
            .filter(|found| masking.masks(found.kind))
            .flat_map(|found| personal::masking(found, text))
            .collect();
        changes.extend(masking.within(text).into_iter().map(|at| (at, Some('*'))));
        let touched =
            self.slots.iter().filter(|slot| changes.range(slot.at..slot.to).next().is_some());
        touched
            .map(|slot| {
                let signs = text[slot.at..slot.to].char_indices().map(|(at, c)| (slot.at + at, c));
                let kept = signs.filter_map(|(at, c)| changes.get(&at).copied().unwrap_or(Some(c)));
                (slot, kept.map(|c| if c == BREAK { '\n' } else { c }).collect())
            })
            .collect()
    }
}

/// Masks every block in the source it was read from.
pub(super) fn mask(blocks: &[Block], masking: &Masking, changes: &mut Changes) {
    for block in blocks {
        for (slot, text) in block.masked(masking) {
            let text = match slot.form {
                Form::Escaped => escape(&text),
                Form::Raw => text,
                Form::Code => format!("{:04X}", text.chars().next().map_or(0x20, u32::from)),
            };
            changes.replace(slot.source, text);
        }
    }
}

/// What separates two pieces of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Joint {
    None,
    Blank,
    Break,
    Cell,
    Line,
}

/// A passage longer than this ends at the next line.
const LONG: usize = 16 * 1024;

/// Puts blocks together.
pub(super) struct Builder {
    blocks: Vec<Block>,
    current: Block,
    joint: Joint,
    place: Rc<Place>,
    heading: Option<String>,
}

impl Builder {
    pub(super) fn new(place: Rc<Place>) -> Self {
        Self {
            blocks: Vec::new(),
            current: Block::default(),
            joint: Joint::None,
            place,
            heading: None,
        }
    }

    /// Separates what comes from what came, at least so far.
    pub(super) fn joint(&mut self, joint: Joint) {
        self.joint = self.joint.max(joint);
    }

    /// From here on the text stands in another place.
    pub(super) fn place(&mut self, place: Rc<Place>) {
        self.place = place;
    }

    /// The next text begins a cell with this above it.
    pub(super) fn heading(&mut self, heading: &str) {
        self.heading = Some(heading.to_owned());
    }

    /// Adds text.
    pub(super) fn text(&mut self, text: &str, source: (usize, usize), form: Form) {
        if text.is_empty() {
            return;
        }
        let joint = std::mem::replace(&mut self.joint, Joint::None);
        if joint == Joint::Line && self.current.passage.text().len() > LONG {
            self.flush();
        }
        if !self.current.passage.text().is_empty() {
            match joint {
                Joint::None => {}
                Joint::Blank => self.current.passage.push(" "),
                Joint::Break => self.current.passage.push(BREAK.encode_utf8(&mut [0; 4])),
                Joint::Cell => self.current.passage.push(CELL.encode_utf8(&mut [0; 4])),
                Joint::Line => self.current.passage.push(LINE.encode_utf8(&mut [0; 4])),
            }
        }
        if let Some(heading) = self.heading.take() {
            self.current.passage.set_heading(&heading);
        } else if joint == Joint::Line {
            self.current.passage.set_heading("");
        }
        let at = self.current.passage.text().len();
        if self.current.places.last().is_none_or(|(_, place)| *place != self.place) {
            self.current.places.push((at, self.place.clone()));
        }
        self.current.passage.push(text);
        self.current.slots.push(Slot { at, to: at + text.len(), source, form });
    }

    /// Ends the passage: what comes has nothing to do with what came.
    pub(super) fn flush(&mut self) {
        self.joint = Joint::None;
        let block = std::mem::take(&mut self.current);
        if !block.slots.is_empty() {
            self.blocks.push(block);
        }
    }

    /// Adds a passage of its own: an attribute, a comment.
    pub(super) fn alone(
        &mut self,
        place: Rc<Place>,
        heading: &str,
        text: &str,
        source: (usize, usize),
        form: Form,
    ) {
        if text.is_empty() {
            return;
        }
        let slots = vec![Slot { at: 0, to: text.len(), source, form }];
        let passage = Passage::under(heading, text);
        self.blocks.push(Block { passage, places: vec![(0, place)], slots });
    }

    pub(super) fn finish(mut self) -> Vec<Block> {
        self.flush();
        self.blocks
    }
}
