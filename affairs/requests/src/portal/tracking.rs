//! `/shenqing/jindu`: how a request stands: the last day and why it is that day, with the stretches in which
//! time stood still; what happened; letters; what the applicant can do now.

pub(super) mod entry;
pub(super) mod mending;
mod others;
pub(super) mod reasons;
pub(super) mod withdrawal;

use askama::Template;
use axum::http::HeaderMap;
use axum::response::Response;
use law::{Date, WorkCalendar};
use requests_rules::{Happening, Letter, Recipient, Standing, TrackKind, TrackStretch};
use web::components::Tag;
use web::layout::{Frame, Link};
use web::{Fault, Visit};

use super::pass::{Kind, Pass};
use super::{COMPLAINT, SUGGESTION, TRACK, frame, fresh, long_day, onward, reading};
use crate::store::{Case, CaseEvent, FilingState, IssuedLetter};

#[derive(Template)]
#[template(path = "portal/tracking.html")]
struct TrackingPage {
    frame: Frame,
    tag: Tag,
    number: String,
    submitted: String,
    /// 最迟 … 答复, or what is awaited.
    headline: String,
    remark: String,
    bar: Vec<Bar>,
    ends: (String, String),
    /// Why it is that day.
    why: Vec<String>,
    documents: Vec<String>,
    provisional: bool,
    line: Vec<Happened>,
    wanted: Vec<String>,
    /// What the applicant does or reads first, now.
    first: Option<Link>,
    letters: Vec<(Link, String)>,
    provided: Vec<Link>,
    ways: Vec<Link>,
    /// What may be done against the organ, now that it is over or late.
    recourse: bool,
    complaint: String,
    leave: String,
}

/// A piece of the bar, in thousandths of its length.
struct Bar {
    from: i64,
    length: i64,
    class: &'static str,
}

/// A step of the story.
struct Happened {
    title: String,
    words: String,
    done: bool,
    now: bool,
}

/// Shows how what the pass opens stands.
pub(super) async fn show(visit: Visit, headers: HeaderMap) -> Result<Response, Fault> {
    let Some(pass) = Pass::of(&visit.house, &headers)? else {
        return Ok(onward(&visit, TRACK, vec![]));
    };
    match pass.kind {
        Kind::Request => {}
        Kind::Complaint => return others::complaint(&visit, &pass).await,
        Kind::Rectification => return others::rectification(&visit, &pass).await,
        Kind::Inquiry => return Ok(onward(&visit, "/shenqing/disanfang/yijian", vec![])),
        Kind::Suggestion => return others::suggestion(&visit, &pass).await,
    }
    let store = visit.house.store();
    let found = Case::find(store, &pass.organ, &pass.id).await?;
    let case = found.ok_or(Fault::NotFound)?;
    let letters = IssuedLetter::of(store, &case.filing.id).await?;
    let provided = reading::provided(&visit, &case).await?;
    fresh(&TrackingPage::of(&visit, &case, letters, provided)?)
}

impl TrackingPage {
    fn of(
        visit: &Visit,
        case: &Case,
        letters: Vec<IssuedLetter>,
        provided: Vec<(String, String)>,
    ) -> Result<Self, Fault> {
        let ledger = visit.house.ledger();
        let (today, calendar) = (ledger.clock().today(), ledger.calendar());
        let standing = case.standing(today, &calendar).map_err(Fault::inside)?;
        let explanation = case.explanation(today, &calendar).map_err(Fault::inside)?;
        let track = case.track(today, &calendar).map_err(Fault::inside)?;
        let (headline, mut remark) = told(case, standing.as_ref());
        let fee = letters.iter().rev().find(|letter| letter.kind == Letter::FeeNotice);
        let fee = fee.and_then(|letter| letter.facts["amount"].as_u64());
        if let Some(amount) = fee.filter(|_| case.filing.state == FilingState::Payment) {
            remark = format!("{remark}，缴纳{amount}元，办法见收费通知书");
        }
        let link = |path: &str| visit.site.link(path);
        let mut own = letters;
        own.retain(|letter| letter.kind.to() == Recipient::Applicant);
        let first = first(case, &own, link);
        let letter = |letter: IssuedLetter| {
            let href = link(&format!("/shenqing/jindu/wenshu/{}", letter.id));
            (
                Link::new(crate::workbench::titled_apart(&letter, case), href),
                long_day(letter.issued_on),
            )
        };
        let provided = provided
            .into_iter()
            .map(|(name, id)| Link::new(name, link(&format!("/shenqing/jindu/wenjian/{id}"))));
        Ok(Self {
            frame: frame(visit, "申请进度").titled("申请办到哪一步了"),
            tag: tag(case, standing.as_ref()),
            number: case.filing.number.clone(),
            submitted: long_day(case.filing.arrival.submitted),
            headline,
            remark,
            ends: ends(&track),
            bar: bar(&track),
            // Where no day is told there is none to explain.
            why: explanation
                .iter()
                .filter(|_| standing.as_ref().is_some_and(|one| one.due().is_some()))
                .flat_map(|one| one.for_applicant().map(str::to_owned))
                .collect(),
            // What is answered has no day that could still move.
            provisional: explanation
                .as_ref()
                .is_some_and(|one| one.provisional && !case.filing.is_closed()),
            documents: explanation.map(|one| one.documents).unwrap_or_default(),
            line: line(case, standing.as_ref()),
            wanted: super::done::wanted(case),
            first,
            letters: own.into_iter().map(letter).collect(),
            provided: provided.collect(),
            ways: [
                ways(case, link),
                vec![Link::new("下载平台保存的我的资料", link("/shenqing/jindu/ziliao"))],
            ]
            .concat(),
            recourse: case.filing.is_closed() || matches!(standing, Some(Standing::Overdue { .. })),
            complaint: link(COMPLAINT),
            leave: link("/shenqing/jindu/likai"),
        })
    }
}

fn tag(case: &Case, standing: Option<&Standing>) -> Tag {
    let words = case.filing.state.name();
    match (case.filing.state, standing) {
        (_, Some(Standing::Overdue { .. })) => Tag::over("已超过期限"),
        (FilingState::Answered, _) => Tag::good(words),
        (FilingState::Correction | FilingState::Payment, _) => Tag::warn(words),
        _ => Tag::plain(words),
    }
}

/// What the applicant must know first, and a remark beside it.
fn told(case: &Case, standing: Option<&Standing>) -> (String, String) {
    let filing = &case.filing;
    match (filing.state, filing.closed_on) {
        (FilingState::Withdrawn, Some(on)) => {
            return (format!("您在{}撤回了申请", long_day(on)), String::new());
        }
        (FilingState::Joined, Some(on)) => {
            let words = "与您更早的一份相同申请一起办理、一起答复".to_owned();
            return (format!("{}合并办理", long_day(on)), words);
        }
        _ => {}
    }
    let Some(standing) = standing else {
        let by = filing.confirm_by.map(long_day).unwrap_or_default();
        return (format!("最迟{by}与您确认收到"), "确认收到以后开始计算答复期限".into());
    };
    match standing {
        Standing::Running { due, left } => {
            let anew = anew(case).map(|words| format!("；{words}")).unwrap_or_default();
            (format!("最迟{}答复", long_day(due.date)), format!("还剩{left}{anew}"))
        }
        Standing::Overdue { due, over } => {
            (format!("应当在{}以前答复", long_day(due.date)), format!("已经超过{over}"))
        }
        Standing::Stopped { waiting, .. } => {
            let what: Vec<&str> = waiting.iter().map(|one| one.what.anonymous()).collect();
            let until = waiting.iter().filter_map(|one| one.until).min();
            let until = until.map(|day| format!("最迟{}", long_day(day)));
            (format!("正在等{}", what.join("、")), until.unwrap_or("这段时间不计入期限".into()))
        }
        Standing::Replied { on, .. } => (format!("{}已经答复", long_day(*on)), String::new()),
        Standing::Abandoned { on, awaited } => {
            let words = format!("到{}没有等到{}", long_day(*on), awaited.anonymous());
            (words, "仍然需要的，可以重新申请".into())
        }
        Standing::Withdrawn { on } => (format!("您在{}撤回了申请", long_day(*on)), String::new()),
    }
}

/// That an extension told before no longer counts, since the period began anew (docs/readings/115).
fn anew(case: &Case) -> Option<String> {
    let at = |what: fn(&Happening) -> bool| {
        case.events.iter().rposition(|event| event.happening.as_ref().is_some_and(what))
    };
    let began = at(|one| matches!(one, Happening::FeePaid | Happening::CorrectionReceived { .. }))?;
    let extended = at(|one| matches!(one, Happening::Extended { .. }))?;
    let event = case.events.get(began).filter(|_| extended < began)?;
    let what = match event.happening {
        Some(Happening::FeePaid) => "缴清费用",
        _ => "收到补正",
    };
    let on = long_day(event.happened_on);
    Some(format!("{on}{what}，期限从次日重新计算，以前告知您的延长后的日子不再适用"))
}

fn days(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

fn bar(track: &[TrackStretch]) -> Vec<Bar> {
    let (Some(first), Some(last)) = (track.first(), track.last()) else { return vec![] };
    let whole = days(first.after, last.through).max(1);
    let part = |stretch: &TrackStretch| {
        let class = match stretch.kind {
            TrackKind::Running => "c-used",
            TrackKind::Stopped { .. } => "c-hold",
            TrackKind::Overdue => "c-over",
            TrackKind::Left => return None,
        };
        let from = days(first.after, stretch.after) * 1000 / whole;
        let length = days(stretch.after, stretch.through) * 1000 / whole;
        Some(Bar { from, length, class })
    };
    track.iter().filter_map(part).collect()
}

fn ends(track: &[TrackStretch]) -> (String, String) {
    let short = |day: Date| format!("{}月{}日", day.month(), day.day());
    let first = track.first().map(|one| format!("收到 {}", short(one.after)));
    let last = track.last().map(|one| short(one.through));
    (first.unwrap_or_default(), last.unwrap_or_default())
}

/// The story for the applicant: no officer's and no third party's name.
fn line(case: &Case, standing: Option<&Standing>) -> Vec<Happened> {
    let submitted = Happened {
        title: "提交申请".into(),
        words: format!(
            "{}，{}。",
            long_day(case.filing.arrival.submitted),
            case.filing.arrival.channel.name()
        ),
        done: true,
        now: false,
    };
    let mut line = vec![submitted];
    line.extend(case.events.iter().filter_map(happened));
    let next = match standing {
        _ if case.filing.is_closed() => None,
        None => Some(("确认收到", "等双方确认。".to_owned())),
        Some(Standing::Running { .. } | Standing::Overdue { .. }) => {
            Some(("办理", "正在检索、审查和拟写答复。".to_owned()))
        }
        Some(Standing::Stopped { waiting, .. }) => {
            let what: Vec<&str> = waiting.iter().map(|one| one.what.anonymous()).collect();
            Some(("暂停计时", format!("等到{}以后接着办理。", what.join("、"))))
        }
        Some(_) => None,
    };
    if let Some((title, words)) = next {
        line.push(Happened { title: title.into(), words, done: false, now: true });
        if standing.is_some() {
            let words = "答复以后在这里看答复书。";
            line.push(Happened {
                title: "答复".into(),
                words: words.into(),
                done: false,
                now: false,
            });
        }
    }
    line
}

fn happened(event: &CaseEvent) -> Option<Happened> {
    let what = event.happening.as_ref()?;
    let more = match what {
        Happening::CorrectionAsked { .. } => "请按补正告知书补充，收到补正的次日重新计算期限。",
        Happening::OpinionAsked { .. } => "征求意见的时间不计入答复期限。",
        Happening::Extended { .. } => "原因和新的期限见告知书。",
        Happening::Delayed { .. } => "原因和答复的日子见告知书。",
        Happening::FeeNoticed { .. } => "数额、算法和缴纳办法见收费通知书。",
        Happening::Served { .. } => return None,
        _ => "",
    };
    let words = format!("{}。{more}", long_day(event.happened_on));
    Some(Happened { title: what.name().into(), words, done: true, now: false })
}

/// What comes first: to mend what was asked for, or to read the answer.
fn first(case: &Case, letters: &[IssuedLetter], link: impl Fn(&str) -> String) -> Option<Link> {
    match case.filing.state {
        FilingState::Correction => Some(Link::new("提交补正材料", link("/shenqing/jindu/buzheng"))),
        _ if reasons::are_awaited(case) => Some(Link::new("说明理由", link(reasons::PLACE))),
        FilingState::Answered => {
            let answer = letters.iter().rev().find(|letter| letter.kind == Letter::Answer)?;
            let href = link(&format!("/shenqing/jindu/wenshu/{}", answer.id));
            Some(Link::new("看答复书", href))
        }
        _ => None,
    }
}

/// What else the applicant can do now.
fn ways(case: &Case, link: impl Fn(&str) -> String) -> Vec<Link> {
    let mut ways = vec![Link::new("看登记编号和回执", link("/shenqing/wancheng"))];
    if reasons::may_be_given(case) && !reasons::are_awaited(case) {
        ways.push(Link::new("补充说明理由", link(reasons::PLACE)));
    }
    if !case.filing.is_closed() {
        ways.push(Link::new("撤回申请", link("/shenqing/jindu/chehui")));
    }
    if case.filing.state == FilingState::Answered {
        ways.push(Link::new("建议把它主动公开", link(SUGGESTION)));
    }
    ways
}

impl web::page::Page for TrackingPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let day = law::day(2026, 11, 2);
        let track = [
            TrackStretch { after: day, through: law::day(2026, 11, 9), kind: TrackKind::Running },
            TrackStretch {
                after: law::day(2026, 11, 9),
                through: law::day(2026, 11, 16),
                kind: TrackKind::Stopped { waiting: vec![] },
            },
            TrackStretch {
                after: law::day(2026, 11, 16),
                through: law::day(2026, 12, 7),
                kind: TrackKind::Left,
            },
        ];
        let step = |title: &str, done, now| Happened {
            title: title.into(),
            words: "11月2日。".into(),
            done,
            now,
        };
        let page = |track: &[TrackStretch], closed: bool| Self {
            frame: Frame::sample("申请办到哪一步了").at("申请进度"),
            tag: Tag::plain("办理中"),
            number: "XM00001-2026-00001".into(),
            submitted: long_day(day),
            headline: "最迟2026年12月7日（星期一）答复".into(),
            remark: "还剩7个工作日".into(),
            ends: ends(track),
            bar: bar(track),
            why: vec!["我们在2026年11月2日收到您的申请，从次日起算".into()],
            documents: vec!["国务院办公厅关于2026年部分节假日安排的通知".into()],
            provisional: true,
            line: vec![step("收到申请", true, false), step("办理", false, true)],
            wanted: vec!["征收补偿方案".into()],
            first: closed.then(|| Link::new("看答复书", "/linhu/shenqing/jindu/wenshu/1")),
            letters: vec![(
                Link::new("政府信息公开申请答复书", "/linhu/shenqing/jindu/wenshu/1"),
                long_day(day),
            )],
            provided: vec![Link::new("方案.pdf", "/linhu/shenqing/jindu/wenjian/1")],
            ways: vec![Link::new("撤回申请", "/linhu/shenqing/jindu/chehui")],
            recourse: closed,
            complaint: "/linhu/shenqing/tousu".into(),
            leave: "/linhu/shenqing/jindu/likai".into(),
        };
        vec![("办理中", page(&track, false)), ("等待确认", page(&[], true))]
    }
}

/// The working calendar, for pages beside this one.
pub(super) fn calendar(visit: &Visit) -> std::sync::Arc<WorkCalendar> {
    visit.house.ledger().calendar()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_tracking_page_is_sound() {
        assert_eq!(web::page::faults::<super::TrackingPage>(), Vec::<String>::new());
    }
}
