//! 接管: what the site being replaced has published is taken over with its old addresses.
//!
//! What is whole and in which no personal data were found is public at once, as it was before; everything
//! else becomes a draft and waits for a person (docs/readings/085, 086). What was taken is known again, so
//! an import that was killed or is run twice goes on where it was.

use std::collections::HashMap;
use std::path::Path;

use ledger::{Desk, Entry};
use records_rules::{Attribute, Block, Fault, Field, Head, Manuscript, NOT_STATED, Weight};
use store::moment;

use super::examination::examine;
use super::publication::{Published, publish};
use super::{ActError, File, Hand, Submission, drafting};
use crate::files::{self, Shelf};
use crate::hand::AT_THE_MACHINE;
use crate::store::{Attachment, Content, Earlier, Kept, OldPlace, Takeover};
use crate::taking::{Old, OldAddress, Stated};

/// Something to be taken over, with what was found on entry.
#[derive(Debug, Clone)]
pub struct Taken {
    /// What its source says.
    pub old: Old,
    /// The code of the organ under which it stands here.
    pub organ: String,
    /// Its attachments that are kept, each with where it stood.
    pub files: Vec<(File, Option<OldAddress>)>,
    /// Why a person must look at it first, beside what the source's reader doubts.
    pub held: Vec<String>,
}

/// What became of something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is public.
    Public(Published),
    /// It is a draft and waits for a person: its key, and why.
    Held(String, Vec<String>),
    /// The same document is public already, by the same organ, of the same day and text: its address
    /// leads there.
    Joined(String),
    /// It was taken over before; whether the source says something else since.
    Known(bool),
}

/// An import in progress: what it has seen so far, over all its batches.
#[derive(Debug, Default)]
pub struct Takeovers {
    /// Whether nothing is kept.
    trial: bool,
    seen: HashMap<(String, String, String), (String, String)>,
}

/// What taking over rests on: 整合迁移 of a site's content.
const BASIS: &str = "《政府网站发展指引》（国办发〔2017〕47号）";

impl Takeovers {
    /// Begins an import; on `trial` nothing of it is kept.
    pub fn begin(trial: bool) -> Self {
        Self { trial, seen: HashMap::new() }
    }

    /// Takes over a batch, all of it or none; answers what became of each, in order.
    ///
    /// # Errors
    /// A file cannot be kept, or the database refuses.
    pub async fn keep(
        &mut self,
        mut desk: Desk,
        folder: &Path,
        source: &str,
        batch: Vec<Taken>,
    ) -> Result<Vec<Outcome>, ActError> {
        let keys: Vec<_> = batch.iter().map(|taken| taken.old.key.clone()).collect();
        let known = Takeover::known(desk.change(), &keys).await?;
        if !self.trial {
            let new = batch.iter().filter(|taken| !known.contains_key(&taken.old.key));
            let all = new.flat_map(|taken| &taken.files).map(|(file, _)| file.bytes.as_slice());
            files::hold_all(desk.change(), Shelf::Copies, all).await?;
        }
        let mut outcomes = Vec::with_capacity(batch.len());
        let mut counts = [0_usize; 3];
        for taken in batch {
            let digest = taken.old.digest();
            if let Some(before) = known.get(&taken.old.key) {
                outcomes.push(Outcome::Known(*before != digest));
                continue;
            }
            let outcome = self.one(&mut desk, folder, taken, digest).await?;
            let at = match &outcome {
                Outcome::Public(_) => 0,
                Outcome::Held(..) => 1,
                Outcome::Joined(_) | Outcome::Known(_) => 2,
            };
            counts[at] += 1;
            outcomes.push(outcome);
        }
        let [public, held, joined] = counts;
        if self.trial || public + held + joined == 0 {
            return Ok(outcomes);
        }
        desk.record(Entry {
            room: "records",
            act: "takeover",
            subject: format!("takeover:{source}"),
            organ: String::new(),
            basis: BASIS.into(),
            facts: serde_json::json!({ "public": public, "held": held, "joined": joined }),
        })
        .await?;
        desk.seal().await?;
        Ok(outcomes)
    }

    async fn one(
        &mut self,
        desk: &mut Desk,
        folder: &Path,
        taken: Taken,
        digest: String,
    ) -> Result<Outcome, ActError> {
        let head = taken.old.head(&taken.organ);
        let body = taken.old.whole_body();
        let mut held = [taken.old.doubts.clone(), taken.held.clone()].concat();
        held.extend(taken.old.undated());
        let read = Manuscript::read(&head.manuscript(&body), desk.today());
        let manuscript = match read {
            Ok(manuscript) => Some(manuscript),
            Err(faults) => {
                let told = |fault: &Fault| fault.field != Field::MadeOn || held.is_empty();
                let faults = faults.into_iter().filter(told).collect();
                held.extend(said(faults));
                None
            }
        };
        let mut joined = None;
        if let Some(manuscript) = &manuscript {
            match self.same(desk, manuscript).await? {
                Some((record, text)) if text == manuscript.text && taken.files.is_empty() => {
                    joined = Some(record);
                }
                Some((record, _)) => {
                    held.push(format!("同一机关同一天已有同题文件（/wenjian/{record}），内容不同"));
                }
                None => {}
            }
        }
        let outcome = match (joined, manuscript) {
            (Some(record), _) if held.is_empty() => Outcome::Joined(record),
            (_, Some(manuscript)) if held.is_empty() => {
                self.shown(desk, folder, &taken, manuscript, &head, &body).await?
            }
            _ => {
                let draft = self.held(desk, folder, &taken, head, body).await?;
                Outcome::Held(draft, held)
            }
        };
        self.note(desk, &taken, digest, &outcome).await?;
        Ok(outcome)
    }

    /// The same document as it is public already: its key and its text.
    async fn same(
        &self,
        desk: &Desk,
        manuscript: &Manuscript,
    ) -> Result<Option<(String, String)>, ActError> {
        let metadata = &manuscript.metadata;
        let own = (
            metadata.publisher.as_str().to_owned(),
            metadata.made_on.0.to_string(),
            metadata.title.clone(),
        );
        if let Some(found) = self.seen.get(&own) {
            return Ok(Some(found.clone()));
        }
        Ok(Earlier::titled(desk.change(), &own.0, &own.1, &own.2).await?)
    }

    /// It is public, unless something stands against it after all.
    async fn shown(
        &mut self,
        desk: &mut Desk,
        folder: &Path,
        taken: &Taken,
        manuscript: Manuscript,
        head: &Head,
        body: &str,
    ) -> Result<Outcome, ActError> {
        let metadata = &manuscript.metadata;
        let own = (
            metadata.publisher.as_str().to_owned(),
            metadata.made_on.0.to_string(),
            metadata.title.clone(),
        );
        let text = manuscript.text.clone();
        let files = taken.files.iter().map(|(file, _)| file.clone()).collect();
        let submission = Submission::drafted(manuscript, vec![], vec![]).with(files);
        let given = std::slice::from_ref(&submission);
        let found = examine(desk.change(), given, desk.today(), desk.calendar()).await?;
        let why = said(found.into_iter().map(|(_, fault)| fault).collect());
        if !why.is_empty() {
            let draft = self.held(desk, folder, taken, head.clone(), body.to_owned()).await?;
            return Ok(Outcome::Held(draft, why));
        }
        let submission = if self.trial { submission.with(vec![]) } else { submission };
        let published = publish(desk, folder, submission, None).await?;
        self.seen.insert(own, (published.id.clone(), text));
        Ok(Outcome::Public(published))
    }

    /// It becomes a draft; its key.
    async fn held(
        &self,
        desk: &mut Desk,
        folder: &Path,
        taken: &Taken,
        head: Head,
        body: String,
    ) -> Result<String, ActError> {
        let files: Vec<Attachment> = match self.trial {
            true => vec![],
            false => {
                let files = taken.files.iter().map(|(file, _)| file.clone()).collect();
                super::publication::keep_files(desk.change(), folder, files).await?
            }
        };
        let word = desk.actor().word();
        let hand = Hand {
            person: word,
            name: AT_THE_MACHINE.to_owned(),
            organ: taken.organ.clone(),
            unit: String::new(),
            stands_in_for: None,
        };
        let content = Content { head, body, items: vec![], files };
        let draft =
            drafting::begin_within(desk, &hand, Attribute::Proactive, content, None).await?;
        Ok(draft.id)
    }

    /// What became of it, and what is answered at its old addresses.
    async fn note(
        &self,
        desk: &Desk,
        taken: &Taken,
        digest: String,
        outcome: &Outcome,
    ) -> Result<(), ActError> {
        let kept = match outcome {
            Outcome::Public(published) => Kept::Public(published.id.clone()),
            Outcome::Held(draft, why) => Kept::Held(draft.clone(), why.clone()),
            Outcome::Joined(record) => Kept::Joined(record.clone()),
            Outcome::Known(_) => return Ok(()),
        };
        let own = taken.old.addresses.iter().map(|address| (address.clone(), 0));
        let files = taken.files.iter().enumerate();
        let files = files.filter_map(|(at, (_, address))| Some((address.clone()?, at as i64 + 1)));
        let places = own.chain(files);
        let places = places.map(|(address, attachment)| OldPlace { address, attachment });
        let takeover =
            Takeover { key: taken.old.key.clone(), digest, kept, at: moment(desk.now()) };
        Ok(takeover.add(desk.change(), places.collect()).await?)
    }
}

impl Old {
    /// The head of the manuscript it makes for an organ. Where the source states no 成文日期, the day of
    /// its publication there stands for it (docs/readings/085).
    fn head(&self, organ: &str) -> Head {
        let own = |field: Field| {
            let of_field = self.particulars.iter().find(|(own, _)| *own == field);
            of_field.map(|(_, text)| text.clone())
        };
        let original = match &self.day {
            Stated::On(day) => day.to_string(),
            _ => NOT_STATED.to_owned(),
        };
        let made = self.made_on.or(match &self.day {
            Stated::On(day) => Some(*day),
            _ => None,
        });
        let made = made.map(|day| day.to_string()).unwrap_or_default();
        let genre = own(Field::Genre).unwrap_or_else(|| self.genre().to_owned());
        Head::of([
            (Field::Title, self.title.clone()),
            (Field::Number, own(Field::Number).unwrap_or_default()),
            (Field::Index, own(Field::Index).unwrap_or_default()),
            (Field::Publisher, organ.to_owned()),
            (Field::MadeOn, made),
            (Field::OriginalDay, original),
            (Field::OriginalSource, self.day_source.clone()),
            (Field::Theme, own(Field::Theme).unwrap_or_else(|| "其他".to_owned())),
            (Field::Genre, genre),
            (Field::Openness, "主动公开".to_owned()),
            (Field::Source, own(Field::Source).unwrap_or_default()),
        ])
    }

    /// Why a day must be looked up. A source that says nothing of when it published is one that does not
    /// state it; one whose day cannot be read states it, and a person reads it (docs/readings/085).
    fn undated(&self) -> Option<String> {
        match (&self.day, self.made_on) {
            (Stated::On(_), _) | (Stated::Not, Some(_)) => None,
            (Stated::Partly(text), Some(_)) => {
                Some(format!("原发布日期“{text}”不是完整的日期，请查来源补正"))
            }
            (Stated::Partly(text), None) => {
                Some(format!("来源的日期只写了“{text}”，请查原件补成文日期"))
            }
            (Stated::Not, None) => Some("来源没有写日期，请查原件补成文日期".to_owned()),
        }
    }

    /// Its text; where the source has none, a sentence that says so.
    fn whole_body(&self) -> String {
        if !self.body.trim().is_empty() {
            return self.body.clone();
        }
        let address = self.addresses.first().map(|address| address.text());
        let at = address.map(|address| format!("原网址：{address}。")).unwrap_or_default();
        let lines = match self.files.is_empty() {
            true => format!("来源只载明标题和日期，没有载明正文。{at}"),
            false => format!("正文见附件。{at}"),
        };
        Block::write(&[Block::Paragraph { text: lines }])
    }
}

/// What stands in the way, a sentence each.
fn said(faults: Vec<Fault>) -> Vec<String> {
    let errors = faults.into_iter().filter(|fault| fault.weight == Weight::Error);
    errors.map(|fault| format!("{}：{}", fault.field, fault.message)).collect()
}
