//! 编制和公布指南、目录 (条例第十二条): an organ writes the next version, the review that everything public goes
//! through passes it, and it takes the place of the version before, which stays readable (docs/readings/245).

mod defaults;

use ::store::{Statements, StoreError, Transaction, moment};
use identity::{Level, Organ, PUBLIC_SERVICE};
use law::{Date, Provision, article};
use ledger::{Desk, DeskError, Entry, Event};
use review::{Signatory, Unit, submission};
use serde_json::json;
use sites_rules::{Keeper, Lack, PaperField, PaperKind, fields_of, paper_lacks};
use web::{
    Appeared, Approved, Content as Signed, Fault, House, Later, Listener, Publisher, Publishers,
};

use crate::inscription::{self, subject};
pub use crate::store::papers::{Paper, PaperState, Said};
pub use defaults::usual;

/// 条例第十二条: organs write guide and catalogue and keep them up to date.
const BASIS: Provision = article("政府信息公开条例", 12);

/// The kind of pieces by which review knows versions of papers.
pub const KIND: &str = "site_paper";

/// The longest text of a field, in letters: a decision of ours.
const LONGEST: usize = 5_000;

/// Why an act on a paper was not carried out. Nothing of it was stored.
#[derive(Debug)]
pub enum PaperRefused {
    /// It may not be done as things stand: why, and what to do.
    Standing(&'static str, &'static str),
    /// It does not say all it must.
    Lacks(Vec<Lack>),
    /// A field says too much: its key.
    TooLong(&'static str, &'static str),
    /// Review refuses.
    Review(review::ActError),
    /// The act was not kept.
    Desk(DeskError),
    /// The database refused.
    Store(StoreError),
}

impl From<review::ActError> for PaperRefused {
    fn from(error: review::ActError) -> Self {
        Self::Review(error)
    }
}

impl From<DeskError> for PaperRefused {
    fn from(error: DeskError) -> Self {
        Self::Desk(error)
    }
}

impl From<StoreError> for PaperRefused {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl PaperRefused {
    const NO_DRAFT: Self = Self::Standing("没有正在起草的这一版", "先起草新的一版");
    const OPEN: Self = Self::Standing("已有一版正在起草或者审查", "先办完那一版");
    const OVERTAKEN: Self = Self::Standing("这一版刚才有人改动过", "刷新页面再看");

    /// The same as a page.
    pub fn into_fault(self) -> Fault {
        match self {
            Self::Standing(what, remedy) => Fault::Refused(format!("{what}。{remedy}。")),
            Self::Lacks(lacks) => {
                let names: Vec<_> = lacks.iter().map(|lack| lack.what).collect();
                let names = names.join("、");
                Fault::Refused(format!("还不能送审，缺少：{names}。请补齐后保存，再送审。"))
            }
            Self::TooLong(key, label) => {
                Fault::field(key, format!("“{label}”超过{LONGEST}字。请写短一些。"))
            }
            Self::Review(refused) => refused.into(),
            Self::Desk(error) => Fault::inside(error),
            Self::Store(error) => Fault::inside(error),
        }
    }
}

/// What an organ is, as far as its columns differ.
pub fn keeper_of(organ: &Organ) -> Keeper {
    match organ.level {
        _ if organ.kind == PUBLIC_SERVICE => Keeper::PublicService,
        Level::Township | Level::Village => Keeper::Town,
        _ if matches!(organ.role.as_str(), "government" | "office") => Keeper::Government,
        _ => Keeper::Department,
    }
}

/// Begins the next version: with what is public, otherwise with what is usual.
///
/// # Errors
/// One is open already, or the database refuses.
pub async fn begin(
    mut desk: Desk,
    by: &Signatory,
    organ: &Organ,
    kind: PaperKind,
) -> Result<Paper, PaperRefused> {
    if Paper::open(desk.change(), &organ.code, kind).await?.is_some() {
        return Err(PaperRefused::OPEN);
    }
    let before = Paper::now(desk.change(), &organ.code, kind).await?;
    let said = before.map_or_else(|| usual(kind, organ, desk.today()), |paper| paper.said);
    let paper = Paper {
        id: uuid::Uuid::now_v7().to_string(),
        organ: organ.code.clone(),
        kind,
        number: 0,
        state: PaperState::Draft,
        said,
        authors: by.persons().map(str::to_owned).collect(),
        returned: String::new(),
        published_on: None,
    };
    match paper.add(desk.change(), &moment(desk.now())).await {
        Err(StoreError::Duplicate(_)) => return Err(PaperRefused::OPEN),
        other => other?,
    }
    desk.record(entry("paper_draft", &paper)).await?;
    desk.seal().await?;
    Ok(paper)
}

/// Keeps what the draft says; fields that are not given stay as they are.
///
/// # Errors
/// There is no draft, a field is too long, or the database refuses.
pub async fn keep(
    mut desk: Desk,
    by: &Signatory,
    (organ, kind): (&Organ, PaperKind),
    given: &Said,
) -> Result<Paper, PaperRefused> {
    let mut paper = draft_of(&desk, organ, kind).await?;
    for field in fields_of(kind, keeper_of(organ)) {
        let Some(text) = given.get(field.key) else { continue };
        let text = text.replace("\r\n", "\n").trim().to_owned();
        if text.chars().count() > LONGEST {
            return Err(PaperRefused::TooLong(field.key, field.label));
        }
        paper.said.insert(field.key.to_owned(), text);
    }
    for person in by.persons() {
        if !paper.authors.iter().any(|author| author == person) {
            paper.authors.push(person.to_owned());
        }
    }
    if !paper.keep(desk.change(), &moment(desk.now())).await? {
        return Err(PaperRefused::OVERTAKEN);
    }
    desk.record(entry("paper_text", &paper)).await?;
    desk.seal().await?;
    Ok(paper)
}

/// Hands the draft in for review.
///
/// # Errors
/// There is no draft, it does not say what it must, or the database refuses.
pub async fn submit(
    mut desk: Desk,
    publishers: &Publishers,
    by: &Signatory,
    (organ, kind): (&Organ, PaperKind),
) -> Result<Unit, PaperRefused> {
    let paper = draft_of(&desk, organ, kind).await?;
    let lacks = lacks_of(organ, &paper);
    if !lacks.is_empty() {
        return Err(PaperRefused::Lacks(lacks));
    }
    let at = moment(desk.now());
    let on = (PaperState::Draft, PaperState::Submitted);
    if !Paper::turn(desk.change(), &paper.id, on, "", &at).await? {
        return Err(PaperRefused::OVERTAKEN);
    }
    desk.record(entry("paper_submission", &paper)).await?;
    let pieces = [(KIND, paper.id.as_str())];
    let given = submission::Submitted {
        pieces: &pieces,
        note: None,
        added: vec![],
        for_another: false,
        by,
    };
    let unit = submission::within(&mut desk, publishers, given).await?;
    desk.seal().await?;
    Ok(unit)
}

/// Gives the draft up.
///
/// # Errors
/// There is none, or the database refuses.
pub async fn drop(mut desk: Desk, organ: &Organ, kind: PaperKind) -> Result<(), PaperRefused> {
    let paper = draft_of(&desk, organ, kind).await?;
    let at = moment(desk.now());
    let off = (PaperState::Draft, PaperState::Dropped);
    if !Paper::turn(desk.change(), &paper.id, off, "", &at).await? {
        return Err(PaperRefused::OVERTAKEN);
    }
    desk.record(entry("paper_drop", &paper)).await?;
    Ok(desk.seal().await?)
}

/// What a paper of an organ does not say and must.
pub fn lacks_of(organ: &Organ, paper: &Paper) -> Vec<Lack> {
    paper_lacks(paper.kind, keeper_of(organ), &organ.role, &|key| paper.field(key))
}

async fn draft_of(desk: &Desk, organ: &Organ, kind: PaperKind) -> Result<Paper, PaperRefused> {
    let found = Paper::open(desk.change(), &organ.code, kind).await?;
    found.filter(|paper| paper.state == PaperState::Draft).ok_or(PaperRefused::NO_DRAFT)
}

/// How papers are reviewed and published.
pub const PUBLISHER: Publisher = Publisher {
    kind: KIND,
    words: "指南和目录",
    approve: "record.approve",
    release: "record.publish",
    releasers: &["publisher", "approver"],
    content: |from, id| Box::pin(async move { Ok(as_signed(from, id).await?) }),
    standing: |from, id| Box::pin(async move { Ok(standing(from, id).await?) }),
    ready: |_, _, _| Box::pin(async { Ok(()) }),
    signable: None,
    holds: None,
    laid_out: Publisher::as_signed,
    plain: Publisher::unmarked,
    publish: |desk, _, approved| Box::pin(publish(desk, approved)),
};

async fn as_signed(from: &impl Statements, id: &str) -> Result<Option<Signed>, StoreError> {
    let found = Paper::find(from, id).await?;
    match found.filter(|paper| paper.state == PaperState::Submitted) {
        Some(paper) => signed(from, &paper).await,
        None => Ok(None),
    }
}

/// What is public in its place.
async fn standing(from: &impl Statements, id: &str) -> Result<Option<Signed>, StoreError> {
    let Some(paper) = Paper::find(from, id).await? else { return Ok(None) };
    match Paper::now(from, &paper.organ, paper.kind).await? {
        Some(before) if before.id != paper.id => signed(from, &before).await,
        _ => Ok(None),
    }
}

async fn signed(from: &impl Statements, paper: &Paper) -> Result<Option<Signed>, StoreError> {
    let Some(organ) = Organ::find(from, &paper.organ).await? else { return Ok(None) };
    let empty = Signed {
        title: format!("{}{}", organ.name, paper.kind.name()),
        organ: paper.organ.clone(),
        unit: String::new(),
        authors: paper.authors.clone(),
        normative: false,
        findings: vec![],
        parts: vec![],
    };
    let fields: Vec<PaperField> = fields_of(paper.kind, keeper_of(&organ));
    let part = |signed: Signed, field: &PaperField| {
        signed.part(field.label, paper.field(field.key).unwrap_or_default())
    };
    Ok(Some(fields.iter().fold(empty, part)))
}

async fn publish(desk: &mut Desk, approved: &Approved) -> Result<Appeared, Fault> {
    let mut paper = Paper::find(desk.change(), &approved.id).await?.ok_or(Fault::NotFound)?;
    let (on, at): (Date, String) = (desk.today(), moment(desk.now()));
    if !Paper::publish(desk.change(), &paper.id, &approved.publication, on, &at).await? {
        return Err(PaperRefused::OVERTAKEN.into_fault());
    }
    desk.record(entry("paper", &paper)).await.map_err(Fault::inside)?;
    paper.published_on = Some(on.to_string());
    desk.publish_leaf(inscription::leaf(&paper)).map_err(Fault::inside)?;
    Ok(Appeared { subject: subject(&paper), path: Some(paper.path()) })
}

fn entry(act: &'static str, paper: &Paper) -> Entry {
    Entry {
        room: "sites",
        act,
        subject: subject(paper),
        organ: paper.organ.clone(),
        basis: BASIS.to_string(),
        facts: json!({ "kind": paper.kind.word() }),
    }
}

/// A version comes back as soon as its review has ended without a publication.
pub(crate) const LISTENERS: &[Listener] = &[Listener {
    name: "sites.review",
    acts: &["review.step", "review.withdrawal", "review.lapse"],
    hear,
}];

fn hear<'a>(_: &'a House, event: &'a Event, change: &'a Transaction) -> Later<'a, ()> {
    Box::pin(async move {
        let fact = |name: &str| event.facts.get(name).and_then(serde_json::Value::as_str);
        if event.act == "step" && fact("verdict") != Some("return") {
            return Ok(());
        }
        let reason = fact("reason").unwrap_or("已撤回送审");
        let pieces = event.facts.get("pieces").cloned().unwrap_or_default();
        let pieces: Vec<[String; 2]> = serde_json::from_value(pieces).unwrap_or_default();
        for [kind, id] in pieces {
            // Hearing twice changes nothing: it has come back, or was handed in anew.
            if kind == KIND && Unit::open_with(change, KIND, &id).await?.is_none() {
                let back = (PaperState::Submitted, PaperState::Draft);
                Paper::turn(change, &id, back, reason, &moment(event.happened_at)).await?;
            }
        }
        Ok(())
    })
}
