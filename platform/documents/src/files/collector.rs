//! Takes in the text of a file, looks for personal data, and watches the limits that hold for a
//! file and everything packed in it together.

use std::rc::Rc;

use super::blocks::{Block, Place};
use crate::examining::{Finding, Findings, Masking, Refusal};
use crate::personal::{self, Passage, shown};

/// Archives and embedded files are followed so deep.
pub(super) const DEEPEST: usize = 4;
/// Archives in archives are followed so deep.
pub(super) const DEEPEST_ARCHIVE: usize = 2;
/// The most bytes a file may unpack to, everything in it together.
pub(super) const MOST_UNPACKED: u64 = 200 * 1024 * 1024;
/// The most files packed in a file, all levels together.
pub(super) const MOST_ENTRIES: usize = 2_000;
/// The most text that is kept for search.
const MOST_TEXT: usize = 8 * 1024 * 1024;

/// What has been found so far, and how much may still be unpacked.
#[derive(Default)]
pub(crate) struct Collector {
    findings: Findings,
    text: String,
    /// Where nested files stand, for programs and for people.
    code: String,
    words: String,
    depth: usize,
    archives: usize,
    unpacked: u64,
    entries: usize,
    /// Files in data: addresses so far.
    inlined: usize,
    pub(super) is_hidden: bool,
    is_only_new: bool,
    /// Passages that must not stand anywhere, and the first place where one does.
    sought: Option<Masking>,
    met: Option<String>,
}

impl Collector {
    /// One that looks for the passages of a masking, too, seen or unseen.
    pub(crate) fn seeking(masking: &Masking) -> Self {
        Self { sought: Some(masking.clone()), ..Self::default() }
    }

    /// Where one of the passages was met.
    pub(crate) fn met(&self) -> Option<&str> {
        self.met.as_deref()
    }

    fn seek(&mut self, text: &str, place: Option<&Rc<Place>>) {
        let Some(sought) = self.sought.as_ref().filter(|_| self.met.is_none()) else { return };
        if !sought.within(text).is_empty() {
            let words = place.map(|place| place.words.as_str()).unwrap_or_default();
            self.met = Some(format!("{}{words}", self.words));
        }
    }

    /// The findings and the visible text.
    pub(crate) fn finish(self) -> (Findings, String) {
        (self.findings, self.text)
    }

    /// Looks through blocks.
    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    /// Looks through a block.
    pub(super) fn block(&mut self, block: &Block) {
        self.seek(block.passage.text(), block.place(0));
        for found in personal::find(&block.passage) {
            let Some(place) = block.place(found.from) else { continue };
            let place = place.clone();
            self.add(found, block.passage.text(), &place);
        }
        if !self.is_hidden && self.text.len() < MOST_TEXT {
            for text in block.visible() {
                self.text.push_str(&text.replace(personal::BREAK, "\n"));
            }
            self.text.push('\n');
        }
    }

    /// Looks through a passage that all stands in one place.
    pub(super) fn passage(&mut self, passage: &Passage, place: &Rc<Place>) {
        self.seek(passage.text(), Some(place));
        for found in personal::find(passage) {
            self.add(found, passage.text(), place);
        }
        if place.is_visible && !self.is_hidden && self.text.len() < MOST_TEXT {
            self.text.push_str(passage.text());
            self.text.push('\n');
        }
    }

    /// Notes what could not be looked through.
    pub(super) fn unread(&mut self, words: &str) {
        if !self.is_hidden {
            self.findings.note(format!("{}{words}", self.words));
        }
    }

    /// The number of the next file in a data: address.
    pub(super) fn inline(&mut self) -> usize {
        self.inlined += 1;
        self.inlined
    }

    /// Notes a file that was looked through as bytes alone, wherever it stands.
    pub(super) fn not_understood(&mut self, words: &str) {
        self.findings.note(format!("{}{words}", self.words));
    }

    /// From here on only values are noted that have not been seen anywhere in the file.
    pub(super) fn only_new(&mut self, only_new: bool) {
        self.is_only_new = only_new;
    }

    fn add(&mut self, found: personal::Found, text: &str, place: &Place) {
        let masked = shown(found, text);
        let is_known = |finding: &Finding| finding.kind == found.kind && finding.masked == masked;
        if self.is_only_new && self.findings.list.iter().any(is_known) {
            return;
        }
        self.findings.add(Finding {
            kind: found.kind,
            grade: found.kind.grade(),
            masked,
            place: format!("{}{}", self.words, place.words),
            part: format!("{}{}", self.code, place.code),
            times: 1,
        });
    }

    /// Looks at the name of the file itself.
    pub(crate) fn name(&mut self, name: &str) {
        let place = Place::new("name", "文件名", false);
        self.passage(&Passage::plain(name), &place);
    }

    /// Looks through a text of our own.
    pub(crate) fn own(&mut self, passage: &Passage, words: &str) {
        self.passage(passage, &Place::new("text", words, true));
    }

    /// Notes that something packed is unpacked.
    pub(super) fn unpack(&mut self, bytes: u64) -> Result<(), Refusal> {
        self.unpacked = self.unpacked.saturating_add(bytes);
        self.entries += 1;
        if self.unpacked > MOST_UNPACKED {
            return Err(Refusal::Bomb {
                what: format!("解压后超过{}MB", MOST_UNPACKED >> 20)
            });
        }
        if self.entries > MOST_ENTRIES {
            return Err(Refusal::Bomb { what: format!("含有的文件超过{MOST_ENTRIES}个") });
        }
        Ok(())
    }

    /// Reads a file that stands in this one. What cannot be read in it is refused like the whole.
    pub(super) fn nested(
        &mut self,
        bytes: &[u8],
        name: &str,
        code: &str,
        words: &str,
        is_hidden: bool,
    ) -> Result<(), Refusal> {
        if self.depth >= DEEPEST {
            return Err(Refusal::TooDeep { levels: DEEPEST });
        }
        let (old_code, old_words, was_hidden) = (self.code.len(), self.words.len(), self.is_hidden);
        self.code.push_str(code);
        self.words.push_str(words);
        self.is_hidden |= is_hidden;
        self.depth += 1;
        let result = super::read(bytes, name, self);
        self.depth -= 1;
        self.is_hidden = was_hidden;
        self.code.truncate(old_code);
        self.words.truncate(old_words);
        match result {
            Err(Refusal::Empty) => Ok(()),
            other => other,
        }
    }

    /// Enters an archive.
    pub(super) fn enter_archive(&mut self) -> Result<(), Refusal> {
        self.archives += 1;
        if self.archives > DEEPEST_ARCHIVE {
            return Err(Refusal::TooDeep { levels: DEEPEST_ARCHIVE });
        }
        Ok(())
    }

    /// Leaves an archive.
    pub(super) fn leave_archive(&mut self) {
        self.archives -= 1;
    }
}
