//! 执行情况、决策后评估 (条例第三十四、三十六条): drafted for a decision that was taken, reviewed and published, and with it the
//! milestone (docs/readings/306).

use ::store::{Statements, Transaction};
use identity::Organ;
use law::{Date, Provision};
use ledger::{Desk, Event};
use participation_rules::{ListState, ListStep, Milestone, ReportKind, ReportState};
use review::Signatory;
use serde_json::json;
use web::{Appeared, Approved, Content, Fault, Publisher};

use super::decisions::{has_item, own as own_list};
use super::publication::{
    self, Acts, PLAIN, Publication, Release, StepOf, Steps, acts, appear, begun, blank, draft_acts,
    in_words, kept, tell,
};
use super::{ActError, at, tidy, with_author, within};
use crate::inscription::report as inscribed;
use crate::store::{Announced, DecisionList, DecisionReport, Progress, ReportSaid};

/// The kind of pieces by which review knows reports.
pub const KIND: &str = "decision_report";

/// The longest texts, in letters: decisions of ours.
const LONGEST_LINE: usize = 200;
const LONGEST_TEXT: usize = 50_000;

impl StepOf for ReportState {
    type Of = DecisionReport;
}

impl Publication for DecisionReport {
    // What can be done to one is told by the state it is in.
    type Step = ReportState;
    type Stage = ();

    const KIND: &'static str = KIND;
    const WORK: &'static str = "report:";
    const ACTS: Acts = acts!("decision_report");
    const STEPS: Steps<ReportState> =
        Steps { edit: ReportState::Draft, submit: ReportState::Draft, drop: ReportState::Draft };
    const MISSING: &'static str = "本机关没有这份报告。请从决策目录里重新打开。";

    fn at_step(&self, step: ReportState, _: Date) -> Result<(), ActError> {
        if self.state == step {
            return Ok(());
        }
        let words = format!("这份报告现在是“{}”，不能办。请刷新再看。", self.state.name());
        Err(ActError::Standing(words))
    }

    fn drafted_by(&self) -> Provision {
        self.said.kind.basis()
    }

    fn complete(&self, _: Date) -> Result<(), ActError> {
        match in_words(self.said.account().lacks().iter().map(|lack| (lack.words, lack.basis))) {
            Some(words) => Err(ActError::Standing(format!("还不能送审：{words}。"))),
            None => Ok(()),
        }
    }
}

/// Begins one on a decision; answers its key.
///
/// # Errors
/// The list is not public, it has no such decision, the decision is not taken, or the database refuses.
pub async fn begin(
    desk: Desk,
    by: &Signatory,
    (organ, demo): (&Organ, bool),
    (list, item, kind): (&str, i64, ReportKind),
) -> Result<String, ActError> {
    let found = own_list(&desk, (&organ.code, list), ListStep::Mark).await?;
    let decision = has_item(&found, item)?;
    let known = Progress::of(desk.change(), list).await?;
    let decided = |one: &Progress| one.item == item && one.milestone == Milestone::Decided;
    if !known.iter().any(decided) {
        let words = "这件决策还没有登记“公布决定”。公布以后再写执行情况和后评估。";
        return Err(ActError::standing(words));
    }
    let doer = match kind {
        ReportKind::Execution => decision.undertaker,
        ReportKind::Evaluation => String::new(),
    };
    let said = ReportSaid::of(kind, doer);
    let id = uuid::Uuid::now_v7().to_string();
    let authors = with_author(&[], by);
    let (row, what) = ((id.as_str(), organ, found.unit.as_str()), ((list, item), &said));
    DecisionReport::add(desk.change(), row, what, (&authors, &at(&desk), demo)).await?;
    let facts = json!({ "kind": kind.word(), "list": list, "item": item });
    begun::<DecisionReport>(desk, (&organ.code, &id), facts).await
}

/// Keeps what a draft says; `version` is the one the form was shown in.
///
/// # Errors
/// It is no draft, somebody was first, a field is too long, or the database refuses.
pub async fn keep(
    desk: Desk,
    by: &Signatory,
    which: (&str, &str, i64),
    said: &ReportSaid,
) -> Result<(), ActError> {
    let said = checked(said, desk.today())?;
    kept::<DecisionReport>(desk, by, which, &said).await
}

fn checked(said: &ReportSaid, today: Date) -> Result<ReportSaid, ActError> {
    let said = ReportSaid {
        by: said.by.split_whitespace().collect::<Vec<_>>().join(" "),
        body: tidy(&said.body),
        heard: tidy(&said.heard),
        used: tidy(&said.used),
        ..said.clone()
    };
    if said.until.is_some_and(|until| until > today) {
        return Err(ActError::Field("jiezhi", "情况截至的日子不能在今天以后".into()));
    }
    for (field, text, most) in [
        ("danwei", &said.by, LONGEST_LINE),
        ("zhengwen", &said.body, LONGEST_TEXT),
        ("tingqu", &said.heard, LONGEST_TEXT),
        ("yunyong", &said.used, LONGEST_TEXT),
    ] {
        within(field, text, most)?;
    }
    Ok(said)
}

draft_acts!(DecisionReport);

/// How a report becomes public.
static RELEASE: Release<DecisionReport> = Release {
    step: ReportState::Review,
    piece: DecisionReport::NOTICE,
    fits: |_, _| Ok(()),
    told: |of| {
        let (kind, (list, item)) = (of.said.kind, &of.decision);
        let facts = json!({ "kind": kind.word(), "list": list, "item": item });
        ("decision_report", kind.basis(), facts)
    },
    subject: inscribed::subject,
    path: DecisionReport::path,
};

/// How reports are reviewed and published.
pub const PUBLISHER: Publisher = Publisher {
    kind: KIND,
    words: "决策执行情况和后评估",
    release: "decision_list.publish",
    content: |from, id| Box::pin(as_signed(from, id)),
    publish: |desk, _, approved| Box::pin(publish(desk, approved)),
    ..PLAIN
};

async fn as_signed(from: &impl Statements, id: &str) -> Result<Option<Content>, Fault> {
    let found = DecisionReport::find(from, id).await?;
    let Some(found) = found.filter(|found| found.published_on.is_none()) else { return Ok(None) };
    let list = DecisionList::find(from, &found.decision.0).await?;
    let title = list.and_then(|list| has_item(&list, found.decision.1).ok());
    Ok(Some(signed(&found, &title.map(|item| item.title).unwrap_or_default())))
}

fn signed(of: &DecisionReport, decision: &str) -> Content {
    let said = &of.said;
    let empty = blank(of, format!("{decision}：{}", said.kind.name()));
    let whole = empty
        .part("情况截至", said.until.map(|day| day.to_string()).unwrap_or_default())
        .part("单位", &said.by)
        .part("正文", &said.body);
    match said.ground {
        Some(ground) => whole
            .part("为什么评估", ground.name())
            .part("怎样听取公众意见", &said.heard)
            .part("结果怎样运用", &said.used),
        None => whole,
    }
}

async fn publish(desk: &mut Desk, approved: &Approved) -> Result<Appeared, Fault> {
    let found = DecisionReport::find(desk.change(), &approved.id).await?.ok_or(Fault::NotFound)?;
    let (list, item) = (found.decision.0.as_str(), found.decision.1);
    let of_list = DecisionList::find(desk.change(), list).await?.ok_or(Fault::NotFound)?;
    if of_list.state != ListState::Published {
        return Err(Fault::Refused("决策事项目录已经撤下，这份报告不能公布。".into()));
    }
    appear(desk, approved, &RELEASE, None).await?;
    let (on, at) = (desk.today(), at(desk));
    let (kind, path) = (found.said.kind, found.path());
    let person = found.authors.first().map(String::as_str).unwrap_or_default();
    let what = (kind.milestone(), on, path.as_str());
    Progress::add(desk.change(), (list, item), what, (person, &at)).await?;
    let (now, appeared) = tell(desk, approved, &RELEASE).await?;
    desk.publish_leaf(inscribed::leaf(&now)).map_err(Fault::inside)?;
    Ok(appeared)
}

/// What was handed in comes back as soon as its review has ended without a publication.
pub(super) async fn comes_back(
    change: &Transaction,
    id: &str,
    told: (&str, &Event),
) -> Result<(), Fault> {
    let piece = DecisionReport::NOTICE;
    publication::comes_back::<DecisionReport>(change, (KIND, id), piece, told).await
}
