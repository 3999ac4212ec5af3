//! A draft as whoever signs it sees it, its hash, and what it makes when it is published.

use std::collections::BTreeSet;
use std::path::Path;

use ledger::Desk;
use records_rules::{Field, Head, Manuscript, Weight};
use store::Statements;
use web::{Appeared, Approved, Content as Signed, ContentHash, Fault, Publisher};

use crate::acts::{ActError, Submission, checks, publication};
use crate::store::{Content, Draft, DraftState, ImpactAssessment, Record};

/// The kind of pieces by which review knows drafts.
pub const KIND: &str = "record";

/// How drafts are reviewed and published.
pub(crate) const PUBLISHER: Publisher = Publisher {
    kind: KIND,
    words: "文件",
    approve: "record.approve",
    release: "record.publish",
    releasers: &["publisher", "approver"],
    content: |from, id| Box::pin(async move { Ok(as_signed(from, id).await?) }),
    standing: |from, id| Box::pin(async move { standing(from, id).await }),
    ready: |ledger, folder, drafts| {
        let ready = checks::ready(ledger, folder, drafts);
        Box::pin(async move { ready.await.map_err(ActError::into_fault) })
    },
    signable: None,
    holds: None,
    laid_out: Publisher::as_signed,
    plain: Publisher::unmarked,
    publish: |desk, folder, approved| Box::pin(publish(desk, folder, approved)),
};

/// The hash of exactly what is signed: particulars, attribute, reach, text, the name, size and digest of
/// each attachment, and what it corrects and why.
pub fn content_hash(draft: &Draft) -> ContentHash {
    signed(draft, vec![]).hash()
}

/// A draft as it is signed.
pub fn signed(draft: &Draft, authors: Vec<String>) -> Signed {
    let head = whole_head(&draft.attribute, &draft.content.head);
    let mut signed = Signed {
        title: draft.title().to_owned(),
        organ: draft.organ.clone(),
        unit: draft.unit.clone(),
        authors,
        normative: draft.content.head.get(Field::Normative) == "是",
        findings: vec![],
        parts: vec![],
    };
    for (field, text) in head.pairs().filter(|(field, _)| *field != Field::Title) {
        signed = signed.part(field.label(), text);
    }
    if let Some(record) = &draft.corrects {
        signed = signed.part("更正", format!("/wenjian/{record}")).part("更正理由", &draft.reason);
    }
    signed = signed.part(Field::Body.label(), draft.content.body.trim());
    for file in &draft.content.files {
        let told = format!("{}，{} 字节，SHA-256 {}", file.name, file.size, file.sha256);
        signed = signed.part("附件", told);
    }
    signed
}

/// The particulars with the attribute as it was decided.
pub(crate) fn whole_head(attribute: &records_rules::Attribute, head: &Head) -> Head {
    let review_on = attribute.review_on().map(|day| day.to_string());
    head.with(Field::Openness, [attribute.openness().to_string()])
        .with(Field::OpennessGround, attribute.ground().map(str::to_owned))
        .with(Field::ReviewOn, review_on)
}

/// What is signed of a draft that may be published; `None` of any other.
async fn as_signed(
    from: &impl Statements,
    id: &str,
) -> Result<Option<Signed>, ::store::StoreError> {
    let Some(draft) = Draft::called(from, id).await? else { return Ok(None) };
    let open = draft.is_open() || draft.state == DraftState::Submitted;
    if !open || !draft.attribute.is_public() {
        return Ok(None);
    }
    let authors = Content::writers(from, id).await?;
    // What reviewers are to see beside it; it is no part of what is signed.
    let assessed = ImpactAssessment::newest(from, id).await?;
    let told = |one: ImpactAssessment| {
        format!(
            "个人信息保护影响评估：{}依法公开（{}）。目的和方式：{}。影响和风险：{}。保护措施：{}",
            one.kinds.join("、"),
            one.basis,
            one.purpose,
            one.impact,
            one.safeguards
        )
    };
    let findings = assessed.map(told).into_iter().collect();
    Ok(Some(Signed { findings, ..signed(&draft, authors) }))
}

/// What a correction would replace.
async fn standing(from: &impl Statements, id: &str) -> Result<Option<Signed>, Fault> {
    let Some(draft) = Draft::called(from, id).await? else { return Ok(None) };
    let Some(corrects) = &draft.corrects else { return Ok(None) };
    let Some(record) = Record::of_organ(from, &draft.organ, corrects).await? else {
        return Ok(None);
    };
    let items: Vec<_> = record.items.iter().map(|item| item.words.clone()).collect();
    let content = Content {
        head: Head::stating(&record.metadata, &items),
        body: record.text,
        items: vec![],
        files: record.attachments,
    };
    let before = Draft { corrects: None, content, ..draft };
    Ok(Some(signed(&before, vec![])))
}

async fn publish(desk: &mut Desk, folder: &Path, approved: &Approved) -> Result<Appeared, Fault> {
    let draft = Draft::called(desk.change(), &approved.id).await?.ok_or(Fault::NotFound)?;
    let done = publication::of_draft(desk, folder, &draft, Some(&approved.publication)).await;
    let done = done.map_err(ActError::into_fault)?;
    let path = done.reach.is_open().then_some(done.path);
    Ok(Appeared { subject: format!("record:{}", done.id), path })
}

impl Draft {
    /// What it makes when it is published, with what was found for the items it names.
    ///
    /// # Errors
    /// Its particulars or its text have faults; all of them.
    pub fn submission(&self, today: law::Date) -> Result<Submission, ActError> {
        let text = whole_head(&self.attribute, &self.content.head).manuscript(&self.content.body);
        let manuscript = Manuscript::read(&text, today).map_err(unplaced)?;
        if let Some(fault) = self.closes_nothing(manuscript.closes) {
            return Err(ActError::Faults(vec![fault]));
        }
        Ok(Submission::drafted(manuscript, self.content.items.clone(), self.content.files.clone()))
    }

    /// What it lacks to be finished without being published: what every document says of itself.
    pub(crate) fn unfinished(&self, today: law::Date) -> Vec<records_rules::Fault> {
        let text = whole_head(&self.attribute, &self.content.head).manuscript(&self.content.body);
        let faults = Manuscript::read(&text, today).err().unwrap_or_default();
        standing_in_the_way(faults)
    }

    /// What it would make as far as it is filled in, and everything that stands in the way by itself; and the
    /// particulars that cannot be judged further. It is for looking at, never for publishing.
    ///
    /// # Errors
    /// It cannot be read at all.
    pub(crate) fn read_through(
        &self,
        today: law::Date,
    ) -> Result<(Submission, Vec<records_rules::Fault>, BTreeSet<Field>), ActError> {
        let text = whole_head(&self.attribute, &self.content.head).manuscript(&self.content.body);
        let read = Manuscript::read_through(&text, today).map_err(unplaced)?;
        let (items, files) = (self.content.items.clone(), self.content.files.clone());
        let nothing = self.closes_nothing(read.manuscript.closes);
        let given = Submission::drafted(read.manuscript, items, files);
        let errors = read.errors.into_iter();
        let errors = errors.map(|fault| records_rules::Fault { line: None, ..fault });
        Ok((given, errors.chain(nothing).collect(), read.unread))
    }

    /// Only a correction has a text before it that might be shown no more.
    fn closes_nothing(&self, closes: bool) -> Option<records_rules::Fault> {
        let remedy = "删去“原来的文本”这一项";
        let fault = || {
            records_rules::Fault::error(Field::Former, "这份稿件不是更正稿，没有原来的文本", remedy)
        };
        (closes && self.corrects.is_none()).then(fault)
    }
}

/// Faults of a draft have no lines: there is no file.
fn unplaced(faults: Vec<records_rules::Fault>) -> ActError {
    ActError::Faults(standing_in_the_way(faults))
}

fn standing_in_the_way(faults: Vec<records_rules::Fault>) -> Vec<records_rules::Fault> {
    let faults = faults.into_iter().filter(|fault| fault.weight == Weight::Error);
    faults.map(|fault| records_rules::Fault { line: None, ..fault }).collect()
}
