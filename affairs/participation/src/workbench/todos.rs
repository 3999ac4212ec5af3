//! 待办: what ends soon, answers that are due, what came back, a short time to agree to, something to hide.

use std::collections::BTreeSet;

use participation_rules::{HearingStage, Stage, answers_due};
use review::Unit;
use web::workbench::{Clock, Todo};
use web::{Clerk, Fault, House, Later};

use super::{
    AGREE, ANSWER, DRAFT, HEARING_CONFIRM, HEARING_RECORD, HEARING_SELECT, HIDE, OPEN, PUBLISH,
    READ, TAKE_DOWN, decision, gathering, hearing, interview, page_of, tie, withdrawal,
};
use crate::acts::{answering, drafting};
use crate::store::{Consultation, Hearing, Hiding};

/// So many days before the last one is reminded.
const SOON: i32 = 5;

pub(super) fn list<'a>(house: &'a House, clerk: &'a Clerk) -> Later<'a, Vec<Todo>> {
    Box::pin(async move {
        let powers = [DRAFT, AGREE, ANSWER, OPEN, PUBLISH];
        let mut todos = Vec::new();
        if powers.iter().any(|act| clerk.has_power(act)) {
            let releases = clerk.has_power(OPEN) || clerk.has_power(PUBLISH);
            let signed = match releases {
                true => Unit::signed_of(house.store(), &clerk.organ.code).await?,
                false => BTreeSet::new(),
            };
            for of in Consultation::going_on(house.store(), &clerk.organ.code).await? {
                let stage = of.stage(house.ledger().clock().today());
                if clerk.may(READ, &tie(&of, stage)).is_ok() {
                    todos.extend(of_one(house, clerk, &of, &signed));
                }
            }
        }
        if clerk.has_power(HIDE) {
            for (id, number, title) in Hiding::waiting(house.store(), &clerk.organ.code).await? {
                todos.push(Todo {
                    entry: "zhengji",
                    kind: "审定屏蔽",
                    title: format!("第 {number} 条意见"),
                    detail: title,
                    clock: Clock::Open,
                    path: format!("/gongzuo/zhengji/{id}/yijian/{number}/shending"),
                    act: "去审定",
                });
            }
        }
        if clerk.has_power(TAKE_DOWN.1) {
            todos.extend(withdrawal::waiting(house, clerk).await?);
        }
        todos.extend(of_hearings(house, clerk).await?);
        todos.extend(super::questionnaires::todos::list(house, clerk).await?);
        todos.extend(gathering::todos(house, clerk).await?);
        todos.extend(decision::todos(house, clerk).await?);
        todos.extend(interview::todos(house, clerk).await?);
        Ok(todos)
    })
}

/// What waits of hearings.
async fn of_hearings(house: &House, clerk: &Clerk) -> Result<Vec<Todo>, Fault> {
    let powers = [DRAFT, HEARING_SELECT, HEARING_CONFIRM, HEARING_RECORD];
    if !powers.iter().any(|act| clerk.has_power(act)) {
        return Ok(vec![]);
    }
    let today = house.ledger().clock().today();
    let all = Hearing::going_on(house.store(), &clerk.organ.code).await?;
    Ok(all.iter().filter_map(|of| of_hearing(clerk, of, today)).collect())
}

fn of_hearing(clerk: &Clerk, of: &Hearing, today: law::Date) -> Option<Todo> {
    let (stage, said) = (of.stage(today), &of.said);
    let own = |act: &str| clerk.may(act, &hearing::tie(of, stage).because("看")).is_ok();
    let todo = |kind: &'static str, day: Option<law::Date>, rest: &str, act: &'static str| Todo {
        entry: "zhengji",
        kind,
        title: said.title.clone(),
        detail: stage.name().to_owned(),
        clock: day.map_or(Clock::Open, Clock::Due),
        path: hearing::below(of, rest),
        act,
    };
    match stage {
        HearingStage::Draft if !of.returned.is_empty() && own(DRAFT) => {
            Some(todo("听证公告退回", None, "", "去修改"))
        }
        HearingStage::Closed if own(HEARING_SELECT) => {
            // The list is bound the day before the value is known at the latest.
            let last = said.value_on.and_then(|day| day.yesterday().ok());
            Some(todo("固定听证名单", last, "/baoming", "去固定"))
        }
        HearingStage::Listed if own(HEARING_SELECT) && said.value_on <= Some(today) => Some(todo(
            "抽取听证参加人",
            said.days().map(|days| days.papers_by()),
            "/chouqu",
            "去抽取",
        )),
        HearingStage::Drawn if clerk.has_power(HEARING_CONFIRM) => {
            let by = said.days().map(|days| days.papers_by());
            let drew = clerk.is_among(of.drawn_by.iter().map(String::as_str));
            (!drew).then(|| todo("确认听证参加人", by, "/queren", "去确认"))
        }
        HearingStage::Confirmed if own(HEARING_RECORD) && of.papers_on.is_none() => {
            Some(todo("送达听证材料", said.days().map(|days| days.papers_by()), "/jilu", "去登记"))
        }
        HearingStage::Confirmed if own(HEARING_RECORD) && said.held_on <= Some(today) => {
            Some(todo("写听证记录", None, "/jilu", "去写"))
        }
        _ => None,
    }
}

/// What waits of one.
fn of_one(
    house: &House,
    clerk: &Clerk,
    of: &Consultation,
    signed: &BTreeSet<(String, String)>,
) -> Option<Todo> {
    let signed = |kind: &str| signed.contains(&(kind.to_owned(), of.id.clone()));
    let today = house.ledger().clock().today();
    let todo = |kind: &'static str, clock: Clock, rest: &str, act: &'static str| Todo {
        entry: "zhengji",
        kind,
        title: of.said.title.clone(),
        detail: format!("收到 {} 条意见", of.opinions),
        clock,
        path: page_of(of, rest),
        act,
    };
    let bare = |todo: Todo| Some(Todo { detail: of.stage(today).name().to_owned(), ..todo });
    match of.stage(today) {
        Stage::Draft if clerk.has_power(DRAFT) && !of.returned.is_empty() => {
            bare(todo("公告退回", Clock::Open, "", "去修改"))
        }
        Stage::InReview if waits_for_consent(clerk, of) => {
            bare(todo("批准缩短期限", Clock::Open, "/suoduan", "去批准"))
        }
        Stage::InReview if clerk.has_power(OPEN) && signed(drafting::KIND) => {
            bare(todo("公布征求意见", Clock::Open, "/gongbu", "去公布"))
        }
        Stage::Open if clerk.has_power(DRAFT) => {
            let last = of.ends_on.filter(|last| (*last - today).get_days() <= SOON);
            last.map(|last| todo("征求意见将截止", Clock::Due(last), "/yijian", "去看意见"))
        }
        Stage::Closed if clerk.has_power(ANSWER) => {
            let calendar = house.ledger().calendar();
            let due = of.ends_on.and_then(|last| answers_due(last, &calendar).ok());
            Some(todo("答复意见", due.map_or(Clock::Open, Clock::Due), "/jieguo", "去答复"))
        }
        Stage::AnswersInReview if clerk.has_power(PUBLISH) && signed(answering::KIND) => {
            Some(todo("公布采纳情况", Clock::Open, "/jieguo/gongbu", "去公布"))
        }
        _ => None,
    }
}

fn waits_for_consent(clerk: &Clerk, of: &Consultation) -> bool {
    let short = !of.said.short_reason.is_empty() && !of.is_shortened();
    short && clerk.has_power(AGREE) && !clerk.is_among(of.authors.iter().map(String::as_str))
}
