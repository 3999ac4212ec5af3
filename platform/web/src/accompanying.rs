//! What goes with something of another room: pieces that are signed and published together with a piece of another
//! kind or not at all, and what explains a page that everybody can read (厦府办〔2020〕67号三（四）: 解读方案、解读材料
//! 与政策文件同步组织、同步审签、同步部署).
//!
//! Whoever keeps documents knows nothing of interpretations, and the other way round: both know a kind of pieces by
//! its word, and a page by its address below a site.

use store::Reading;

use crate::{Clerk, Content, Fault, House, Later, Publishers, Site, Visit};

/// Pieces, each by its kind and its key.
pub type Companions = Vec<(&'static str, String)>;

/// Says what must be signed and published together with a piece of another room's kind. One level alone: what goes
/// with a companion is not taken up.
#[derive(Clone, Copy)]
pub struct Companion {
    /// The kind it goes with: `record`.
    pub of: &'static str,
    /// The pieces that go with the one of that key, as its content is now, in the order in which they are
    /// published after it; refused in words where something must go with it and is not ready, or nobody has
    /// decided yet whether it must.
    pub pieces: for<'a> fn(&'a Reading<'a>, &'a str, &'a Content) -> Later<'a, Companions>,
    /// What whoever drafts the piece of that key sees of this beside it, as finished HTML; `None` where there is
    /// nothing to say.
    pub beside: for<'a> fn(&'a Visit, &'a Clerk, &'a str) -> Later<'a, Option<String>>,
}

/// One thing that explains another; also one that tells what became of what people said before it ([`OutcomeSource`]).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// Its title.
    pub title: String,
    /// Its address below the site.
    pub path: String,
    /// What it is and since when, in few words: 图解 · 2026-11-26.
    pub told: String,
}

/// What explains a page; where nothing does, why.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Explanations {
    /// In the order in which they are read.
    pub list: Vec<Explanation>,
    /// Why there is none, or until when there will be one; `None` where nobody has said.
    pub none_because: Option<String>,
}

/// Who explains pages of other rooms.
#[derive(Clone, Copy)]
pub struct ExplanationSource {
    /// What explains the page at an address below the site.
    pub of: for<'a> fn(&'a House, path: &'a str) -> Later<'a, Explanations>,
}

/// Who tells what became of what people said before a page of another room was decided (厦府办〔2020〕67号三（三）:
/// 采纳情况).
#[derive(Clone, Copy)]
pub struct OutcomeSource {
    /// What tells it of the page at an address below a site, the newest first.
    pub of: for<'a> fn(&'a House, &'a Site, path: &'a str) -> Later<'a, Vec<Explanation>>,
}

impl Publishers {
    /// What must go with a piece, by what its content says now, in the order in which it is published after it.
    ///
    /// # Errors
    /// In words of the room whose pieces they are, where they are not ready; or the database refuses.
    pub async fn companions(
        &self,
        from: &Reading<'_>,
        (kind, id): (&str, &str),
        content: &Content,
    ) -> Result<Companions, Fault> {
        let mut all = Companions::new();
        for companion in self.companions.iter().filter(|one| one.of == kind) {
            all.extend((companion.pieces)(from, id, content).await?);
        }
        Ok(all)
    }

    /// Refuses where something must go with one of these pieces that is not among them.
    ///
    /// # Errors
    /// In words of the room whose pieces they are; or the database refuses.
    pub async fn accompanied(
        &self,
        from: &Reading<'_>,
        pieces: &[(&str, &str)],
    ) -> Result<(), Fault> {
        for (kind, id) in pieces {
            if !self.companions.iter().any(|one| one.of == *kind) {
                continue;
            }
            let Some(content) = (self.get(kind)?.content)(from, id).await? else { continue };
            for (other, key) in self.companions(from, (kind, id), &content).await? {
                if !pieces.contains(&(other, key.as_str())) {
                    let words = self.get(other)?.words;
                    return Err(Fault::Refused(format!(
                        "“{}”的{words}没有一起送审，不能签发、发布。请退回，由起草人一起送审。",
                        content.title
                    )));
                }
            }
        }
        Ok(())
    }
}

impl Visit {
    /// What rooms show beside a draft of a kind to whoever writes it, as finished HTML.
    ///
    /// # Errors
    /// A room could not draw its part.
    pub async fn beside_draft(
        &self,
        clerk: &Clerk,
        (kind, id): (&str, &str),
    ) -> Result<Vec<String>, Fault> {
        let mut drawn = Vec::new();
        let all = self.house.rooms().iter().flat_map(|room| room.companions.iter());
        for companion in all.filter(|one| one.of == kind) {
            drawn.extend((companion.beside)(self, clerk, id).await?);
        }
        Ok(drawn)
    }
}

impl House {
    /// What explains the page at an address below its site; nothing where no room explains any.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn explanations(&self, path: &str) -> Result<Explanations, Fault> {
        let mut all = Explanations::default();
        for source in self.rooms().iter().filter_map(|room| room.explaining) {
            let found = (source.of)(self, path).await?;
            all.list.extend(found.list);
            all.none_because = all.none_because.or(found.none_because);
        }
        Ok(all)
    }

    /// What became of what people said before the page at an address below a site was decided.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn outcomes(&self, site: &Site, path: &str) -> Result<Vec<Explanation>, Fault> {
        let mut all = Vec::new();
        for source in self.rooms().iter().filter_map(|room| room.outcomes) {
            all.extend((source.of)(self, site, path).await?);
        }
        Ok(all)
    }
}
