//! `/gongzuo/shencha`: what waits for the clerk, what he has submitted, and what else is under way.

use askama::Template;
use axum::response::Html;
use web::components::{Empty, Figure, Strip, Tag, Tone};
use web::layout::SiteFrame;
use web::workbench::Workbench;
use web::{Clerk, Fault, Visit};

use super::access::{all_held_up, is_released_here};
use super::names::Names;
use super::words::{minute, state_tag};
use super::{ADDITIONS, HISTORY, PACE, additions};
use crate::steps::Taking;
use crate::store::{Asked, Listed};
use crate::{Signatory, State, Step, Verdict, unit_path};

#[derive(Template)]
#[template(path = "workbench/queue.html")]
struct QueuePage {
    desk: Workbench,
    strip: Strip,
    mine: Vec<Row>,
    submitted: Vec<Row>,
    others: Vec<Row>,
    history: String,
    additions: Option<String>,
}

struct Row {
    title: String,
    href: String,
    tag: Tag,
    /// What it waits for, or what the clerk may do.
    waits: String,
    since: String,
    from: String,
    urgent: bool,
    act: &'static str,
}

/// Shows them.
pub async fn show(visit: Visit, clerk: Clerk) -> Result<Html<String>, Fault> {
    let by = Signatory::of(&clerk);
    let asked = Asked::UnderWay(&clerk.organ.code);
    let units = Listed::all(visit.house.store(), asked).await?;
    let publishers = visit.house.publishers();
    let held = all_held_up(&visit.house, &units).await?;
    let names = Names::of(visit.house.store(), &clerk.organ.code, &[]).await?;
    let desk = Workbench::of(&visit, clerk, "shencha", "审查与发布").await?;
    let (mut mine, mut submitted, mut others) = (vec![], vec![], vec![]);
    for unit in &units {
        let own = by.persons().any(|person| unit.review.authors.contains(person));
        match offered(unit, &by, &publishers).filter(|_| !held.contains(&unit.id)) {
            Some(Offered { words, act, .. }) => {
                mine.push(Row::of(unit, &visit.site.frame, &names, (words, act)));
            }
            None => {
                let waits = unit.waits();
                let row = Row::of(unit, &visit.site.frame, &names, (waits, "查看"));
                if own { submitted.push(row) } else { others.push(row) }
            }
        }
    }
    let figure = |rows: &Vec<Row>, words: &str, tone: Tone| {
        let figure = Figure::new(rows.len(), words);
        if rows.is_empty() { figure } else { figure.meant(tone) }
    };
    let strip = Strip(vec![
        figure(&mine, "等我办", Tone::Warn),
        figure(&submitted, "我送审的", Tone::Plain),
        figure(&others, "本机关其他在办的", Tone::Plain),
    ]);
    let history = desk.href(HISTORY);
    let additions = desk.clerk.has_power(additions::READ).then(|| desk.href(ADDITIONS));
    web::page::answer(&QueuePage { desk, strip, mine, submitted, others, history, additions })
}

/// What a person may do with a unit now.
pub(super) struct Offered {
    /// What it is called.
    pub words: String,
    /// The verb for it.
    pub act: &'static str,
    /// The step; `None` for the release.
    pub step: Option<Step>,
}

/// What a person may do with a unit now; nothing where it is another's turn.
pub(super) fn offered(
    unit: &Listed,
    by: &Signatory,
    publishers: &web::Publishers,
) -> Option<Offered> {
    let review = &unit.review;
    for at in review.open() {
        let Some(demand) = review.course.demands().get(at) else { continue };
        let taking =
            Taking { step: demand.step, partner: &demand.partner, verdict: &Verdict::Pass };
        if review.clone().take(&taking, by, &review.hash).is_ok() {
            let late = review.state == State::Published;
            let words = if late { "补初审".to_owned() } else { demand.step.to_string() };
            return Some(Offered { words, act: "去审查", step: Some(demand.step) });
        }
    }
    let roles = publishers.releasers_of(&unit.kinds);
    let may =
        review.state == State::Signed && review.clone().publish(by, &roles, &review.hash).is_ok();
    let here = |kind: &String| publishers.get(kind).is_ok_and(|one| is_released_here(one.release));
    (may && unit.kinds.iter().all(here)).then(|| Offered {
        words: "发布".to_owned(),
        act: "去发布",
        step: None,
    })
}

impl Listed {
    /// What it waits for, in words.
    pub(super) fn waits(&self) -> String {
        match (self.review.state, self.review.waits_for()) {
            (State::Published, Some(_)) => "等待补初审".into(),
            (State::Published, None) => String::new(),
            (State::Scheduled, _) => {
                let at = self.release_at.as_deref().map(minute).unwrap_or_default();
                format!("定于 {at} 发布")
            }
            (State::Signed, _) => "等待发布".into(),
            (_, Some(step)) => format!("等待{step}"),
            (_, None) => String::new(),
        }
    }
}

impl Row {
    fn of(
        unit: &Listed,
        site: &SiteFrame,
        names: &Names,
        (waits, act): (String, &'static str),
    ) -> Self {
        Self {
            title: unit.title.clone(),
            href: site.href(&unit_path(&unit.id)),
            tag: state_tag(unit.review.state),
            waits,
            since: minute(&unit.submitted_at),
            from: [names.get(&unit.unit), unit.submitted_name.as_str()]
                .into_iter()
                .filter(|words| !words.is_empty())
                .collect::<Vec<_>>()
                .join(" "),
            urgent: unit.review.is_urgent(),
            act,
        }
    }
}

impl QueuePage {
    fn groups(&self) -> [(&'static str, &Vec<Row>); 3] {
        [("等我办", &self.mine), ("我送审的", &self.submitted), ("本机关其他在办的", &self.others)]
    }

    fn is_empty(&self) -> bool {
        self.mine.is_empty() && self.submitted.is_empty() && self.others.is_empty()
    }

    fn empty(&self) -> Empty {
        Empty::new("没有正在审查的内容")
            .because("稿件或者目录送审以后，会出现在要办理的人这里。")
            .way("看办结的", self.history.clone())
            .way("回待办", self.desk.href("/gongzuo"))
    }
}
