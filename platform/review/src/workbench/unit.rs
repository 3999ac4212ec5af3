//! `/gongzuo/shencha/{unit}`: what is signed, as it will appear and beside what stood before; who has done
//! what; and what the clerk may do now.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Html;
use identity::Organ;
use law::Date;
use serde::Deserialize;
use web::components::{ErrorSummary, FieldError, Tag};
use web::workbench::Workbench;
use web::{Clerk, Fault, LaidOut, Part, Visit};

use super::QUEUE;
use super::access::{act_of, is_released_here, may_see, release_of, tie};
use super::comparison::{self, Changed, Mark};
use super::names::Names;
use super::words::{minute, state_tag};
use crate::steps::Taking;
use crate::store::Unit;
use crate::{ActError, Signatory, State, Step, Verdict, catalogue_unit_path, unit_path};

#[derive(Template)]
#[template(path = "workbench/unit.html")]
struct UnitPage {
    desk: Workbench,
    title: String,
    tag: Tag,
    urgent: Option<Urgent>,
    steps: Vec<StepLine>,
    pieces: Vec<PieceView>,
    published: bool,
    offers: Vec<Offer>,
    release: Option<Release>,
    /// The clerk may open the urgent path.
    may_hasten: bool,
    /// Where the clerk takes it back, who wrote it.
    withdraw: Option<String>,
    waits: String,
    facts: Facts,
    record: Vec<Entry>,
    path: String,
    /// What was typed into the field that came back.
    typed: String,
    errors: Vec<FieldError>,
}

/// 应急 of the unit.
struct Urgent {
    who: String,
    at: String,
    reason: String,
    due: Option<Date>,
    overdue: bool,
    /// 暂定.
    provisional: bool,
}

/// One step of the way.
struct StepLine {
    name: String,
    done: bool,
    current: bool,
    who: String,
}

/// One piece, as it is signed.
struct PieceView {
    title: String,
    anchor: String,
    parts: Vec<PartView>,
    /// As the portal will show it, with what the checks say; `None` where its parts say all.
    laid_out: Option<LaidOut>,
    findings: Vec<String>,
    compared: &'static str,
    changed: Vec<Changed>,
    href: Option<String>,
}

/// One part in paragraphs.
struct PartView {
    name: String,
    short: bool,
    lines: Vec<String>,
}

/// A step that the clerk may take now.
struct Offer {
    heading: String,
    slug: &'static str,
    partner: String,
    says: &'static str,
    late: bool,
}

/// A release that the clerk may carry out now.
struct Release {
    slug: &'static str,
    scheduled: Option<String>,
    emergency: bool,
}

/// The facts of the submission.
struct Facts {
    who: String,
    at: String,
    organ: String,
    unit: String,
    note: String,
    hash: String,
    ended: Option<(String, String, String)>,
}

/// One line of 办理记录.
struct Entry {
    words: String,
    at: String,
    reason: String,
}

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Done {
    done: String,
}

/// What the page says after an act, by the word in its address.
const SAID: &[(&str, &str)] = &[
    ("submitted", "已送审。办理的人会在待办里看到。"),
    ("passed", "已通过。"),
    ("returned", "已退回，起草人会看到理由。"),
    ("published", "已发布。"),
    ("scheduled", "已定时，到时间自动发布；发布前会再核对一遍内容。"),
    ("unscheduled", "已取消定时。"),
    ("hastened", "已决定应急：保密审查通过以后即可签发并发布，初审在发布以后一个工作日内补。"),
    ("withdrawn", "已撤回送审，可以修改后重新送审。"),
    ("lapsed", "内容在送审以后改动过，这一次审查已经失效。请起草人重新送审。"),
];

/// Shows a unit.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    let unit = Unit::find(visit.house.store(), &id).await?.ok_or(Fault::NotFound)?;
    page(&visit, clerk, &unit, &done.done, Told::default()).await
}

/// What the clerk has filled in, and what was wrong with it.
#[derive(Default)]
pub(super) struct Told {
    /// What was typed into the field.
    pub typed: String,
    /// The field and what is wrong with it.
    pub error: Option<(&'static str, String)>,
}

/// The page of a unit.
pub(super) async fn page(
    visit: &Visit,
    clerk: Clerk,
    unit: &Unit,
    done: &str,
    told: Told,
) -> Result<Html<String>, Fault> {
    may_see(unit, &clerk)?;
    let by = Signatory::of(&clerk);
    let partner = |demand: &crate::Demand| demand.partner.clone();
    let partners: Vec<String> = unit.course.demands().iter().map(partner).collect();
    let names = Names::of(visit.house.store(), &unit.organ, &partners).await?;
    let mut offers = offers(visit, &clerk, unit, &by, &names)?;
    let release = release(visit, &clerk, unit, &by)?;
    // What has passed its 初审 has nothing that might follow: it is signed and published like anything else.
    let hasten = unit.review().waits_for() == Some(Step::First)
        && unit.review().hasten(&by, "理由").is_ok()
        && clerk.has_power("record.publish_emergency");
    let path = match clerk.has_power("record.submit") {
        true => unit_path(&unit.id),
        false => catalogue_unit_path(&unit.id),
    };
    let may = clerk.has_power("record.submit") || clerk.has_power("catalogue.row.edit");
    let withdraw = (may && unit.review().withdraw(&by).is_ok())
        .then(|| visit.site.link(&format!("{path}/chehui")));
    let late_over = late_over(unit, visit.house.ledger().clock().today());
    offers.retain(|offer| !(offer.late && late_over));
    let today = visit.house.ledger().clock().today();
    let organ = Organ::find(visit.house.store(), &unit.organ).await?;
    let mut desk = Workbench::of(visit, clerk, "shencha", unit.title.clone()).await?;
    desk = desk.under("审查与发布", QUEUE).saying(done, SAID);
    let errors: Vec<FieldError> = told
        .error
        .into_iter()
        .map(|(field, message)| FieldError { field: field.into(), message })
        .collect();
    if !errors.is_empty() {
        desk = desk.with_errors();
    }
    let mut pieces = pieces(visit, unit).await?;
    if let Some(organ) = &organ {
        pieces.iter_mut().flat_map(|piece| &mut piece.parts).for_each(|part| part.naming(organ));
    }
    web::page::answer(&UnitPage {
        title: unit.title.clone(),
        tag: state_tag(unit.state),
        published: unit.state == State::Published,
        urgent: urgent(unit, today),
        steps: steps(unit, &names),
        offers,
        release,
        may_hasten: hasten,
        withdraw,
        waits: waits(unit),
        facts: facts(unit, organ, &names),
        record: record(unit),
        path: visit.site.link(&unit_path(&unit.id)),
        typed: told.typed,
        errors,
        pieces,
        desk,
    })
}

fn late_over(unit: &Unit, today: Date) -> bool {
    let due = unit.urgency.as_ref().and_then(|urgency| urgency.late_due);
    unit.state == State::Published && due.is_some_and(|due| due < today)
}

/// The steps that the clerk may take: the rules allow it, and so does the access policy, but for the second
/// factor, which is asked for when he does.
fn offers(
    visit: &Visit,
    clerk: &Clerk,
    unit: &Unit,
    by: &Signatory,
    names: &Names,
) -> Result<Vec<Offer>, Fault> {
    let (review, publishers) = (unit.review(), visit.house.publishers());
    let mut offers = Vec::new();
    for at in review.open() {
        let Some(demand) = unit.course.demands().get(at) else { continue };
        let (step, partner) = (demand.step, demand.partner.as_str());
        let taking = Taking { step, partner, verdict: &Verdict::Pass };
        if review.clone().take(&taking, by, &unit.hash).is_err() {
            continue;
        }
        let urgent_signature = step == Step::Signature && review.owes_first();
        let act = act_of(&publishers, unit, step)?;
        if urgent_signature || !clerk.has_power(act) {
            continue;
        }
        let late = unit.state == State::Published;
        let words = if late { format!("补{step}") } else { step.to_string() };
        let heading = match partner {
            "" => words,
            partner => format!("{words}（{}）", names.get(partner)),
        };
        let slug = if late { "bushen" } else { step.slug() };
        offers.push(Offer { heading, slug, partner: partner.to_owned(), says: says(step), late });
    }
    Ok(offers)
}

/// What is looked at in a step.
fn says(step: Step) -> &'static str {
    match step {
        Step::First => "核对内容是否准确、要素是否齐全、公开属性和范围是否恰当。",
        Step::CoSign => "核对涉及本科室的内容。",
        Step::Concert => "核对涉及本机关的内容是否一致。",
        Step::Legal => "核对制定权限、依据、程序和内容是否合法。",
        Step::Secrecy => {
            "逐项核对：国家秘密、工作秘密，商业秘密、个人隐私，危及国家安全、公共安全、经济安全、社会稳定的内容，以及附件里的个人信息。"
        }
        Step::Referral => "按规定要经批准才能公开的，写明是否批准。",
        Step::Signature => "签发的就是下面这份内容，改一个字都要重新送审。",
    }
}

/// Whether the clerk may release it, and how.
fn release(
    visit: &Visit,
    clerk: &Clerk,
    unit: &Unit,
    by: &Signatory,
) -> Result<Option<Release>, Fault> {
    let (review, publishers) = (unit.review(), visit.house.publishers());
    let kinds: Vec<String> = unit.pieces.iter().map(|piece| piece.kind.clone()).collect();
    let roles = publishers.releasers_of(&kinds);
    if review.owes_first() && unit.state == State::InReview {
        let taking = Taking { step: Step::Signature, partner: "", verdict: &Verdict::Pass };
        let signs = review.clone().take(&taking, by, &unit.hash).is_ok();
        let may = signs && clerk.has_power("record.publish_emergency");
        return Ok(may.then_some(Release { slug: "jifa", scheduled: None, emergency: true }));
    }
    let act = release_of(&publishers, unit)?;
    if review.owes_first() || review.clone().publish(by, &roles, &unit.hash).is_err() {
        return Ok(None);
    }
    // What a room decides on a page of its own is not released here.
    if !is_released_here(act) || !clerk.has_power(act) {
        return Ok(None);
    }
    let slug = if act == "catalogue.release" { "shixing" } else { "fabu" };
    let scheduled = unit.release.as_ref().map(|release| minute(&release.at));
    Ok(Some(Release { slug, scheduled, emergency: false }))
}

fn urgent(unit: &Unit, today: Date) -> Option<Urgent> {
    let urgency = unit.urgency.as_ref()?;
    let owes = unit.review().owes_first() && unit.state == State::Published;
    let due = urgency.late_due.filter(|_| owes);
    Some(Urgent {
        who: urgency.name.clone(),
        at: minute(&urgency.at),
        reason: urgency.reason.clone(),
        overdue: due.is_some_and(|due| due < today),
        provisional: urgency.late_provisional,
        due,
    })
}

fn steps(unit: &Unit, names: &Names) -> Vec<StepLine> {
    let review = unit.review();
    let open = review.open();
    let line = |(at, demand): (usize, &crate::Demand)| {
        let at_step = |step: &&crate::store::TakenStep| usize::try_from(step.demand) == Ok(at);
        let taken = unit.steps.iter().filter(at_step).find(|step| step.verdict == "pass");
        let name = match demand.partner.as_str() {
            "" => demand.step.to_string(),
            partner => format!("{}（{}）", demand.step, names.get(partner)),
        };
        StepLine {
            name,
            done: taken.is_some(),
            current: open.contains(&at) && !unit.state.is_ended(),
            who: taken.map(|step| step.name.clone()).unwrap_or_default(),
        }
    };
    let mut lines: Vec<_> = unit.course.demands().iter().enumerate().map(line).collect();
    lines.push(StepLine {
        name: "发布".into(),
        done: unit.state == State::Published,
        current: matches!(unit.state, State::Signed | State::Scheduled),
        who: String::new(),
    });
    lines
}

fn waits(unit: &Unit) -> String {
    match (unit.state, unit.review().waits_for()) {
        (State::InReview, Some(step)) => format!("等待{step}，由{}办理。", step.who()),
        (State::Signed, _) => "已经签发，等待发布。".into(),
        (State::Scheduled, _) => {
            let at = unit.release.as_ref().map(|release| minute(&release.at));
            format!("定于 {} 发布。", at.unwrap_or_default())
        }
        (state, _) => format!("{}。", state.name()),
    }
}

fn facts(unit: &Unit, organ: Option<Organ>, names: &Names) -> Facts {
    let ending = unit.ending.as_ref().map(|ending| {
        let reason = ending.reason.clone().unwrap_or_default();
        (ending.name.clone(), minute(&ending.at), reason)
    });
    Facts {
        who: unit.submitted_name.clone(),
        at: minute(&unit.submitted_at),
        organ: organ.map_or_else(|| unit.organ.clone(), |organ| organ.name),
        unit: names.get(&unit.unit).to_owned(),
        note: unit.note.clone().unwrap_or_default(),
        hash: unit.hash.to_string(),
        ended: ending,
    }
}

/// 办理记录, the newest first.
fn record(unit: &Unit) -> Vec<Entry> {
    let mut entries = vec![Entry {
        words: format!("{} 送审", unit.submitted_name),
        at: minute(&unit.submitted_at),
        reason: unit.note.clone().unwrap_or_default(),
    }];
    if let Some(urgency) = &unit.urgency {
        let words = format!("{} 决定应急发布", urgency.name);
        entries.push(Entry { words, at: minute(&urgency.at), reason: urgency.reason.clone() });
    }
    for step in &unit.steps {
        let name = step.step.parse::<Step>().map(Step::name).unwrap_or_default();
        let verdict = if step.verdict == "pass" { "通过" } else { "退回" };
        let stands_in = if step.stands_in_for.is_some() { "（代理）" } else { "" };
        entries.push(Entry {
            words: format!("{}{stands_in} {name}{verdict}", step.name),
            at: minute(&step.taken_at),
            reason: step.reason.clone().unwrap_or_default(),
        });
    }
    if let Some(ending) = unit.ending.as_ref().filter(|_| unit.state != State::Returned) {
        let words = format!("{} {}", ending.name, unit.state.name());
        let reason = ending.reason.clone().unwrap_or_default();
        entries.push(Entry { words, at: minute(&ending.at), reason });
    }
    // They are told to the minute; within one, the later act was added later.
    entries.sort_by(|one, other| one.at.cmp(&other.at));
    entries.reverse();
    entries
}

/// The pieces as they are signed, each beside what is public in its place, or else beside what was
/// submitted before.
async fn pieces(visit: &Visit, unit: &Unit) -> Result<Vec<PieceView>, Fault> {
    let (store, publishers) = (visit.house.store(), visit.house.publishers());
    let mut views = Vec::with_capacity(unit.pieces.len());
    for piece in &unit.pieces {
        let publisher = publishers.get(&piece.kind)?;
        let standing = (publisher.standing)(&store.reading(), &piece.id).await?;
        let before = Unit::submitted_before(store, piece, &unit.id).await?;
        let (compared, old): (_, Vec<Part>) = match (standing, before) {
            (Some(standing), _) => ("与现行公开的内容相比", standing.parts),
            (None, Some((_, snapshot))) => ("与上一次送审相比", snapshot.parts),
            (None, None) => ("", vec![]),
        };
        let changed = match compared {
            "" => vec![],
            _ => comparison::between(&old, &piece.body.parts, publisher.plain),
        };
        let anchor = format!("neirong-{}", piece.ordinal);
        let mut laid_out = (publisher.laid_out)(visit, &piece.id, &piece.body.parts).await?;
        if let Some(out) = &mut laid_out {
            // Several pieces stand on one page.
            out.text = out.text.replace("<h2 id=\"s", &format!("<h2 id=\"{anchor}-s"));
        }
        let covered = |part: &&Part| {
            laid_out.as_ref().is_some_and(|out| out.covers.contains(&part.name.as_str()))
        };
        let bare = piece.body.parts.iter().filter(|part| !covered(part));
        views.push(PieceView {
            title: piece.title.clone(),
            anchor,
            parts: bare.map(PartView::of).collect(),
            laid_out,
            findings: piece.body.findings.clone(),
            compared,
            changed,
            href: piece.path.as_ref().map(|path| visit.site.link(path)),
        });
    }
    Ok(views)
}

impl PartView {
    /// What is signed names the organ by its code; people read its name before it.
    fn naming(&mut self, organ: &Organ) {
        if self.lines == [organ.code.as_str()] {
            self.lines = vec![format!("{}（{}）", organ.name, organ.code)];
        }
    }

    fn of(part: &Part) -> Self {
        let lines: Vec<String> = part
            .text
            .lines()
            .map(str::trim_end)
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect();
        Self { name: part.name.clone(), short: lines.len() < 2, lines }
    }
}

impl UnitPage {
    fn summary(&self) -> ErrorSummary {
        ErrorSummary(self.errors.clone())
    }

    fn wrong(&self, field: &str) -> Option<&str> {
        let found = self.errors.iter().find(|error| error.field == field);
        found.map(|error| error.message.as_str())
    }

    /// What was typed into a field that came back.
    fn typed(&self, field: &str) -> &str {
        self.wrong(field).map(|_| self.typed.as_str()).unwrap_or_default()
    }

    /// What the pieces are called together.
    fn heading(&self) -> &'static str {
        if self.published { "公开的内容" } else { "将要公开的内容" }
    }

    fn may_act(&self) -> bool {
        !self.offers.is_empty()
            || self.release.is_some()
            || self.may_hasten
            || self.withdraw.is_some()
    }
}

/// What a clerk is told of an act that was not carried out; what failed inside is none of his.
///
/// # Errors
/// It failed inside, or there is no such unit.
pub(super) fn words_of(error: ActError) -> Result<String, Fault> {
    match error {
        ActError::Store(_) | ActError::Desk(_) | ActError::NoUnit => Err(error.into()),
        ActError::Room(Fault::Refused(words) | Fault::BadInput(words)) => Ok(words),
        ActError::Room(Fault::Fields(errors)) => {
            Ok(errors.into_iter().map(|error| error.message).collect())
        }
        ActError::Room(fault) => Err(fault),
        refused => Ok(format!("{refused}。{}。", refused.remedy())),
    }
}

/// Makes sure that the access policy lets the clerk do this to the unit.
///
/// # Errors
/// It does not: a page that says who may.
pub(super) fn admit(
    clerk: &Clerk,
    unit: &Unit,
    act: &str,
    reason: Option<&str>,
) -> Result<(), Fault> {
    let mut tie = tie(unit, clerk);
    if let Some(reason) = reason {
        tie = tie.because(reason);
    }
    clerk.may(act, &tie).map(|_| ())
}
