//! `/gongzuo/tingzheng/{id}`: the notice of a hearing: drafted, handed in, and what waits of it now.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{Html, Response};
use identity::powers::{Condition, Tie};
use participation_rules::{HearingLack, HearingStage, HearingStep};
use review::unit_path;
use web::components::{ErrorSummary, FieldError, Tag};
use web::layout::Link;
use web::workbench::{SHOWN, Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::{
    DRAFT, Done, HEARING_CANCEL, HEARING_CONFIRM, HEARING_RECORD, HEARING_SELECT, LIST, READ,
    TAKE_DOWN, by, desk_of, drafts, own, page_of, review_of, seen, sent_to, withdrawal,
};
use crate::acts::{hearing, record};
use crate::portal::day_words;
use crate::store::{Hearing, HearingSaid, Withdrawable};

const SAID: &[(&str, &str)] = &[
    ("qicao", "已起草。写好以后保存，再送审。"),
    ("baocun", "已保存。"),
    ("songshen", "已送审。审查、签发以后公布，公布以后开始报名。"),
    ("guding", "名单已经固定，登记到公开日志。公开数值开出以后抽取。"),
    ("chouqu", "已抽取，由另一人确认。"),
    ("songda", "已登记材料送达。"),
    ("jilu", "听证记录已送审。"),
];

#[derive(Template)]
#[template(path = "workbench/hearings.html")]
struct HearingsPage {
    desk: Workbench,
    title: String,
    rows: Vec<(Link, Tag, String)>,
    here: String,
    begins: bool,
}

#[derive(Template)]
#[template(path = "workbench/hearing.html")]
struct HearingPage {
    desk: Workbench,
    errors: ErrorSummary,
    of: Hearing,
    /// What the form shows, or what was said.
    said: HearingSaid,
    tag: Tag,
    here: String,
    drafts: bool,
    lacks: Vec<HearingLack>,
    days: Vec<(&'static str, String)>,
    ways: Vec<Link>,
}

/// How far one has come, as a mark.
fn tag(stage: HearingStage) -> Tag {
    match stage {
        HearingStage::Open => Tag::info(stage.name()),
        HearingStage::Closed | HearingStage::Drawn => Tag::warn(stage.name()),
        HearingStage::Recorded => Tag::good(stage.name()),
        other => Tag::plain(other.name()),
    }
}

/// What holds of a hearing at its stage, as the access policy asks.
pub(super) fn tie(of: &Hearing, stage: HearingStage) -> Tie {
    let tie = Tie::to(&of.organ).in_unit(of.unit.clone()).holding([Condition::Masked]);
    match stage {
        HearingStage::Draft => tie.holding([Condition::DraftState]),
        HearingStage::InReview => tie.holding([Condition::InReview]),
        HearingStage::Open => tie.holding([Condition::WhileOpen]),
        HearingStage::RecordInReview => tie.holding([Condition::InReview, Condition::AfterClose]),
        _ => tie.holding([Condition::AfterClose]),
    }
}

/// The organ's hearing at an address, as it stands today; the caller asks the policy.
pub(super) async fn of_organ(
    visit: &Visit,
    clerk: &Clerk,
    id: &str,
) -> Result<(Hearing, HearingStage), Fault> {
    let found = Hearing::find(visit.house.store(), id).await?;
    let found = found.filter(|found| found.organ == clerk.organ.code).ok_or(Fault::NotFound)?;
    let stage = found.stage(visit.house.ledger().clock().today());
    Ok((found, stage))
}

/// A page of one hearing, below it.
pub(super) fn below(of: &Hearing, rest: &str) -> String {
    format!("{}{rest}", of.desk_path())
}

/// A workbench page below a hearing.
pub(super) async fn desk_below(
    visit: &Visit,
    clerk: Clerk,
    of: &Hearing,
    words: &str,
) -> Result<Workbench, Fault> {
    let desk = Workbench::of(visit, clerk, "zhengji", words.to_owned()).await?;
    Ok(desk.under("征求意见", LIST).under(of.said.title.clone(), &of.desk_path()))
}

/// The hearings on a draft.
pub(super) async fn list(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
) -> Result<Html<String>, Fault> {
    let (of, stage) = own(&visit, &clerk, READ, &id).await?;
    let today = visit.house.ledger().clock().today();
    let all = Hearing::on(visit.house.store(), &id, false).await?;
    let row = |one: &Hearing| {
        let day = one.said.held_on.map(|day| day.to_string()).unwrap_or_default();
        let link = Link::new(&one.said.title, visit.site.link(&one.desk_path()));
        (link, tag(one.stage(today)), day)
    };
    let begins = stage.is_public() && clerk.has_power(DRAFT);
    let desk = Workbench::of(&visit, clerk, "zhengji", "听证会").await?;
    let page = HearingsPage {
        desk: desk.under("征求意见", LIST).under(of.said.title.clone(), &of.desk_path()),
        rows: all.iter().map(row).collect(),
        here: visit.site.link(&page_of(&of, "/tingzheng")),
        begins,
        title: of.said.title,
    };
    web::page::answer(&page)
}

/// Begins one.
pub(super) async fn begin(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    _form: Submitted,
) -> Result<Response, Fault> {
    let tie = Tie::to(&clerk.organ.code).in_unit(clerk.unit.clone());
    clerk.may(DRAFT, &tie.holding([Condition::DraftState]))?;
    let desk = desk_of(&visit, &clerk).await?;
    let of = (&clerk.organ, visit.house.is_demo());
    let begun = seen(hearing::begin(desk, &by(&clerk), of, &id).await)?;
    Ok(sent_to(&visit, &format!("/gongzuo/tingzheng/{begun}?done=qicao")))
}

/// Shows one.
pub(super) async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    let (of, stage) = of_organ(&visit, &clerk, &id).await?;
    clerk.may_see(READ, &tie(&of, stage))?;
    let page = page(&visit, clerk, (of, stage), None).await?;
    let desk = page.desk.saying(&done.done, SAID);
    web::page::answer(&HearingPage { desk, ..page })
}

async fn page(
    visit: &Visit,
    clerk: Clerk,
    (of, stage): (Hearing, HearingStage),
    refused: Option<(HearingSaid, Vec<FieldError>)>,
) -> Result<HearingPage, Fault> {
    let today = visit.house.ledger().clock().today();
    let drafts = stage == HearingStage::Draft && clerk.may(DRAFT, &tie(&of, stage)).is_ok();
    let ways = ways(visit, &clerk, &of, stage).await?;
    let (said, errors) = refused.unwrap_or_else(|| (of.said.clone(), vec![]));
    let desk = Workbench::of(visit, clerk, "zhengji", of.said.title.clone()).await?;
    let desk = desk
        .under("征求意见", LIST)
        .under("听证会", &format!("/gongzuo/zhengji/{}/tingzheng", of.consultation));
    Ok(HearingPage {
        desk: if errors.is_empty() { desk } else { desk.with_errors() },
        errors: ErrorSummary(errors),
        said,
        tag: tag(stage),
        here: visit.site.link(&of.desk_path()),
        drafts,
        lacks: if drafts { hearing::lacks(&of.said, today) } else { vec![] },
        days: days(&of),
        ways,
        of,
    })
}

fn days(of: &Hearing) -> Vec<(&'static str, String)> {
    let said = &of.said;
    let days = [
        ("公布公告", of.opened_on),
        ("报名截止", said.enrol_until),
        ("固定名单", of.list_on),
        ("公开数值开出", said.value_on),
        ("公布参加人", of.confirmed_on),
        ("材料最晚送到", said.days().map(|days| days.papers_by())),
        ("材料送到", of.papers_on),
        ("开听证会", said.held_on),
        ("公布记录", of.recorded_on),
        ("取消", of.cancelled.as_ref().map(|(day, _)| *day)),
        ("撤下", of.withdrawn.as_ref().map(|(day, _)| *day)),
    ];
    days.into_iter().filter_map(|(name, day)| day.map(|day| (name, day_words(day)))).collect()
}

/// Where one goes on from here, as far as the clerk may.
async fn ways(
    visit: &Visit,
    clerk: &Clerk,
    of: &Hearing,
    stage: HearingStage,
) -> Result<Vec<Link>, Fault> {
    let mut ways = Vec::new();
    let mut way = |words: &str, path: String| ways.push(Link::new(words, visit.site.link(&path)));
    let kind = match stage {
        HearingStage::InReview => Some(hearing::KIND),
        HearingStage::RecordInReview => Some(record::KIND),
        _ => None,
    };
    if let Some(kind) = kind
        && let Some((unit, _)) = review_of(visit, kind, &of.id).await?
    {
        way("看审查", unit_path(&unit.id));
    }
    if stage.is_public() {
        way("门户上的样子", of.path());
    }
    let follows = |step: HearingStep| stage.after(step).is_ok();
    let selects = clerk.may(HEARING_SELECT, &tie(of, stage).because("看")).is_ok();
    if selects && stage.is_public() && stage != HearingStage::Cancelled {
        way("报名的人", below(of, "/baoming"));
    }
    if selects && follows(HearingStep::Draw) {
        way("抽取参加人", below(of, "/chouqu"));
    }
    if follows(HearingStep::Confirm) && clerk.has_power(HEARING_CONFIRM) {
        way("确认参加人", below(of, "/queren"));
    }
    if follows(HearingStep::Deliver) && clerk.may(HEARING_RECORD, &tie(of, stage)).is_ok() {
        way("材料送达和听证记录", below(of, "/jilu"));
    }
    if follows(HearingStep::Cancel) && clerk.has_power(HEARING_CANCEL) {
        way("取消听证", below(of, "/quxiao"));
    }
    let takes_down = clerk.may(TAKE_DOWN.0, &tie(of, stage).because("看")).is_ok();
    if takes_down && follows(HearingStep::Withdraw) {
        way("公布错了，撤下", withdrawal::path(Withdrawable::Hearing, &of.id));
    }
    Ok(ways)
}

/// What a form says.
fn read(form: &Submitted) -> HearingSaid {
    let text = |name: &str| form.get(name).to_owned();
    let day = |name: &str| form.get(name).trim().parse().ok();
    HearingSaid {
        title: text("mingcheng"),
        matters: text("shixiang"),
        place: text("didian"),
        held_on: day("kaihui"),
        held_at: text("shijian"),
        enrol_until: day("jiezhi"),
        conditions: text("tiaojian"),
        sides: text("geifang"),
        value_source: text("shuzhi"),
        value_on: day("kaichu"),
        telephone: text("dianhua"),
    }
}

/// Keeps, hands in or gives up a draft.
pub(super) async fn act(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let (of, stage) = of_organ(&visit, &clerk, &id).await?;
    clerk.may(DRAFT, &tie(&of, stage))?;
    let (who, here, organ) = (by(&clerk), of.desk_path(), of.organ.clone());
    if form.get("zuo") == "fangqi" {
        let to = format!("/gongzuo/zhengji/{}/tingzheng", of.consultation);
        return drafts::given_up::<Hearing>(&visit, &clerk, &id, &to).await;
    }
    let said = read(&form);
    let version = drafts::version(&form);
    let which = (organ.as_str(), id.as_str(), version);
    let kept = hearing::keep(desk_of(&visit, &clerk).await?, &who, which, &said).await;
    let errors = drafts::wrong(kept)?;
    if !errors.is_empty() {
        // The form stays that of the version it was shown in.
        let mut shown = of;
        shown.version = version;
        let page = page(&visit, clerk, (shown, stage), Some((said, errors))).await?;
        return drafts::refused(&page);
    }
    drafts::on::<Hearing>(&visit, &clerk, &form, (&id, &here, "")).await
}

impl HearingPage {
    fn shown(&self) -> &'static str {
        SHOWN
    }

    fn error(&self, field: &str) -> Option<&str> {
        self.errors.0.iter().find(|one| one.field == field).map(|one| one.message.as_str())
    }

    fn day(&self, field: &str) -> String {
        let day = match field {
            "kaihui" => self.said.held_on,
            "jiezhi" => self.said.enrol_until,
            _ => self.said.value_on,
        };
        day.map(|day| day.to_string()).unwrap_or_default()
    }
}
