//! What a room hands in so that its things are reviewed before they are published: how the content of one
//! reads exactly as it will be signed, and how it is published inside the act that does so.
//!
//! Whoever reviews knows no room; a room knows nothing of steps and signatures.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use identity::powers::Condition;
use ledger::{Desk, Ledger};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::Reading;

use crate::{Companion, Fault, Later, Room, Visit};

/// SHA-256 over the canonical form of exactly what is signed, in lower-case hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ContentHash(String);

/// A text that is no such hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("这不是内容的 SHA-256 摘要")]
pub struct BadHash;

impl ContentHash {
    /// Over parts in their order. Each is told with its length before it, so that no two lists of parts
    /// read the same.
    pub fn of<'a>(parts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut digest = Sha256::new();
        for part in parts {
            digest.update(part.len().to_string());
            digest.update(b":");
            digest.update(part);
        }
        Self(ledger::hex(&digest.finalize()))
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its beginning, by which people compare.
    pub fn short(&self) -> &str {
        self.0.get(..12).unwrap_or(&self.0)
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl FromStr for ContentHash {
    type Err = BadHash;

    fn from_str(text: &str) -> Result<Self, BadHash> {
        let is_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        let whole = text.len() == 64 && text.bytes().all(is_hex);
        if whole { Ok(Self(text.to_owned())) } else { Err(BadHash) }
    }
}

/// One named part of what is signed: 标题, 公开范围, 正文, 附件, a row of a catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// What it is called.
    pub name: String,
    /// What it says; an attachment's name, size and SHA-256.
    pub text: String,
}

/// What will be public, as it is signed: text, metadata, attribute, audience and the attachments' digests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// What it is called in lists.
    pub title: String,
    /// The organ that publishes it, by code.
    pub organ: String,
    /// The 科室 it comes from; empty where there is none.
    pub unit: String,
    /// The natural persons who wrote or changed it.
    pub authors: Vec<String>,
    /// Whether it is 规范性文件, which needs 合法性审核.
    pub normative: bool,
    /// What findings of the checks the reviewers should see, in words.
    pub findings: Vec<String>,
    /// All of it, in order.
    pub parts: Vec<Part>,
}

impl Content {
    /// The hash of what is signed. Who wrote it and what the checks say is no part of it.
    pub fn hash(&self) -> ContentHash {
        let normative = if self.normative { "规范性文件" } else { "" };
        let head = ["gongkai content 1", &self.title, &self.organ, normative];
        let parts = self.parts.iter().flat_map(|part| [part.name.as_str(), part.text.as_str()]);
        ContentHash::of(head.into_iter().chain(parts))
    }

    /// The same with one more part; nothing where there is nothing to say.
    #[must_use]
    pub fn part(mut self, name: &str, text: impl Into<String>) -> Self {
        let text = text.into();
        if !text.is_empty() {
            self.parts.push(Part { name: name.to_owned(), text });
        }
        self
    }
}

/// A piece that may be published now: its review is finished, and its content is what was signed.
#[derive(Debug, Clone)]
pub struct Approved {
    /// Its key in its room.
    pub id: String,
    /// The hash of what was signed.
    pub hash: ContentHash,
    /// The key of the publication, which what becomes of it must name.
    pub publication: String,
}

/// What became of a piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appeared {
    /// What the ledger calls it: `record:…`.
    pub subject: String,
    /// Where it stands, below a site; `None` where it stands on no open page.
    pub path: Option<String>,
}

/// Refuses where a piece may not be signed yet.
pub type Signable = for<'a> fn(&'a Reading<'a>, &'a str) -> Later<'a, ()>;

/// What holds of a piece beyond what its review tells, as the access policy asks.
pub type Holds = for<'a> fn(&'a Reading<'a>, &'a str) -> Later<'a, Vec<Condition>>;

/// How pieces of one kind are read and published.
#[derive(Clone, Copy)]
pub struct Publisher {
    /// The kind, `record`.
    pub kind: &'static str,
    /// What people call it, 文件.
    pub words: &'static str,
    /// The act of the access policy by which it is signed.
    pub approve: &'static str,
    /// The act of the access policy by which it is released once it is signed.
    pub release: &'static str,
    /// The roles in which it is released, by their ids in the access policy.
    pub releasers: &'static [&'static str],
    /// The content of a piece as it is now; `None` where there is no such piece to publish.
    pub content: for<'a> fn(&'a Reading<'a>, &'a str) -> Later<'a, Option<Content>>,
    /// What is public now in its place, for comparison; `None` where it is new.
    pub standing: for<'a> fn(&'a Reading<'a>, &'a str) -> Later<'a, Option<Content>>,
    /// Does beforehand, outside of any act, what takes time and must be done when these pieces are published,
    /// such as looking through their attachments.
    pub ready: for<'a> fn(&'a Ledger, &'a Path, &'a [String]) -> Later<'a, ()>,
    /// What is still to be done in the room before a piece may be signed, refused in words; `None` where
    /// there is never anything.
    pub signable: Option<Signable>,
    /// What of the access policy's conditions holds of a piece that its room alone can tell; `None` where the
    /// policy asks for nothing but what the review knows.
    pub holds: Option<Holds>,
    /// How the piece of that key looks to those who review it, by its parts as they are signed; `None`
    /// where these read well as they are.
    pub laid_out: for<'a> fn(&'a Visit, &'a str, &'a [Part]) -> Later<'a, Option<LaidOut>>,
    /// What a part says without the marks it is written with, for comparison.
    pub plain: fn(&Part) -> String,
    /// Publishes a piece inside an act; files are kept in the folder.
    pub publish: for<'a> fn(&'a mut Desk, &'a Path, &'a Approved) -> Later<'a, Appeared>,
}

impl Publisher {
    /// For pieces whose parts read well as they are signed.
    pub fn as_signed<'a>(_: &'a Visit, _: &'a str, _: &'a [Part]) -> Later<'a, Option<LaidOut>> {
        Box::pin(async { Ok(None) })
    }

    /// For parts written without marks.
    pub fn unmarked(part: &Part) -> String {
        part.text.clone()
    }
}

/// A piece as whoever reviews it sees it: what the portal will show, and what the checks say of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LaidOut {
    /// The running text as HTML, written by the room's own templates.
    pub text: String,
    /// The parts that are shown by it and not once more as they are signed.
    pub covers: Vec<&'static str>,
    /// The attachments.
    pub files: Vec<FileSeen>,
    /// What the checks say now, what stands in the way first; `None` where the content is no longer what
    /// was submitted, or they have nothing to look at.
    pub checks: Option<Vec<Remark>>,
}

/// An attachment as whoever reviews sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileSeen {
    /// Its name.
    pub name: String,
    /// Its size and the digest that is signed.
    pub told: String,
    /// Where its clean copy is given, a full path; `None` where it is no longer.
    pub href: Option<String>,
}

/// One thing the checks say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// It stands in the way of publication.
    pub stands: bool,
    /// What was found.
    pub words: String,
    /// What to do.
    pub remedy: String,
}

/// How everything is published that can be, and where files are kept.
#[derive(Clone)]
pub struct Publishers {
    list: Vec<Publisher>,
    pub(crate) companions: Vec<Companion>,
    folder: PathBuf,
}

impl Publishers {
    /// What these rooms hand in.
    pub fn of(rooms: &[Room], folder: &Path) -> Self {
        let list = rooms.iter().flat_map(|room| room.publishers.iter().copied()).collect();
        let companions = rooms.iter().flat_map(|room| room.companions.iter().copied()).collect();
        Self { list, companions, folder: folder.to_owned() }
    }

    /// Where files are kept.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Refuses where one of these pieces, each a kind and a key, may not be signed yet, or something that must go
    /// with one is not among them.
    ///
    /// # Errors
    /// In words of its room, or the database refuses.
    pub async fn signable<'a>(
        &self,
        from: &Reading<'_>,
        pieces: impl Iterator<Item = (&'a str, &'a str)>,
    ) -> Result<(), Fault> {
        let pieces: Vec<(&str, &str)> = pieces.collect();
        self.accompanied(from, &pieces).await?;
        for (kind, id) in pieces {
            if let Some(signable) = self.get(kind)?.signable {
                signable(from, id).await?;
            }
        }
        Ok(())
    }

    /// What holds of every one of these pieces, each a kind and a key, as their rooms tell it.
    ///
    /// # Errors
    /// No room publishes anything of a kind, or the database refuses.
    pub async fn holding<'a>(
        &self,
        from: &Reading<'_>,
        pieces: impl Iterator<Item = (&'a str, &'a str)>,
    ) -> Result<Vec<Condition>, Fault> {
        let mut all: Option<Vec<Condition>> = None;
        for (kind, id) in pieces {
            let own = match self.get(kind)?.holds {
                Some(holds) => holds(from, id).await?,
                None => vec![],
            };
            all = Some(match all {
                Some(before) => before.into_iter().filter(|one| own.contains(one)).collect(),
                None => own,
            });
        }
        Ok(all.unwrap_or_default())
    }

    /// The roles in which pieces of all these kinds may be released together.
    pub fn releasers_of(&self, kinds: &[String]) -> Vec<&'static str> {
        let own = |kind: &String| {
            let found = self.list.iter().find(|publisher| publisher.kind == *kind);
            found.map(|publisher| publisher.releasers).unwrap_or_default()
        };
        let Some((first, rest)) = kinds.split_first() else { return Vec::new() };
        let all = |role: &&&str| rest.iter().all(|kind| own(kind).contains(role));
        own(first).iter().filter(all).copied().collect()
    }

    /// Each kind that is published, and what people call it.
    pub fn kinds(&self) -> Vec<(&'static str, &'static str)> {
        self.list.iter().map(|publisher| (publisher.kind, publisher.words)).collect()
    }

    /// Whether pieces of a kind may have to wait for something before they are signed: for their own room, or for what
    /// must go with them.
    pub fn may_wait(&self, kind: &str) -> bool {
        self.companions.iter().any(|one| one.of == kind)
            || self.get(kind).is_ok_and(|one| one.signable.is_some())
    }

    /// How pieces of a kind are published.
    ///
    /// # Errors
    /// No room publishes anything of that kind.
    pub fn get(&self, kind: &str) -> Result<Publisher, Fault> {
        let found = self.list.iter().find(|publisher| publisher.kind == kind).copied();
        found.ok_or_else(|| Fault::Refused(format!("没有哪一类内容叫“{kind}”，不能审查发布。")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content() -> Content {
        let bare = Content {
            title: "通知".into(),
            organ: "XM00002".into(),
            unit: "秘书科".into(),
            authors: vec!["a".into()],
            normative: false,
            findings: vec![],
            parts: vec![],
        };
        bare.part("正文", "一").part("附件", "名册.csv 12 字节 00ff")
    }

    #[test]
    fn one_changed_character_anywhere_in_what_is_signed_changes_its_hash() {
        let hash = content().hash();
        let changes: [fn(&mut Content); 7] = [
            |content| content.title.push('。'),
            |content| content.organ = "XM00003".into(),
            |content| content.normative = true,
            |content| content.parts[0].text = "二".into(),
            |content| content.parts[1].name = "附件二".into(),
            |content| content.parts.swap(0, 1),
            |content| drop(content.parts.pop()),
        ];
        for change in changes {
            let mut changed = content();
            change(&mut changed);
            assert_ne!(changed.hash(), hash, "{changed:?}");
        }
        assert_eq!(content().hash(), hash);
    }

    #[test]
    fn who_wrote_it_is_no_part_of_what_is_signed() {
        let other = Content { authors: vec!["b".into()], ..content() };
        assert_eq!(other.hash(), content().hash());
    }

    #[test]
    fn letters_moved_from_one_part_to_the_next_are_another_content() {
        assert_ne!(ContentHash::of(["ab", "c"]), ContentHash::of(["a", "bc"]));
        assert_ne!(ContentHash::of(["ab"]), ContentHash::of(["a", "b"]));
    }

    #[test]
    fn only_a_whole_hash_reads_as_one() {
        let hash = content().hash();
        assert_eq!(hash.as_str().parse(), Ok(hash.clone()));
        for other in ["", "00", &hash.as_str().to_uppercase(), &format!("{hash} ")] {
            assert_eq!(other.parse::<ContentHash>(), Err(BadHash), "{other}");
        }
    }
}
