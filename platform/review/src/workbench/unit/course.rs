//! Where a unit is on its way: its steps, what it waits for, who has done what.

use identity::Organ;
use law::Date;

use super::super::names::Names;
use super::super::words::minute;
use crate::store::Unit;
use crate::{State, Step};

/// 应急 of the unit.
pub(super) struct Urgent {
    pub(super) who: String,
    pub(super) at: String,
    pub(super) reason: String,
    pub(super) due: Option<Date>,
    pub(super) overdue: bool,
    /// 暂定.
    pub(super) provisional: bool,
}

/// One step of the way.
pub(super) struct StepLine {
    pub(super) name: String,
    pub(super) done: bool,
    pub(super) current: bool,
    pub(super) who: String,
}

/// The facts of the submission.
pub(super) struct Facts {
    pub(super) who: String,
    pub(super) at: String,
    pub(super) organ: String,
    pub(super) unit: String,
    pub(super) note: String,
    pub(super) hash: String,
    pub(super) ended: Option<(String, String, String)>,
}

/// One line of 办理记录.
pub(super) struct Entry {
    pub(super) words: String,
    pub(super) at: String,
    pub(super) reason: String,
}

pub(super) fn urgent(unit: &Unit, today: Date) -> Option<Urgent> {
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

pub(super) fn steps(unit: &Unit, names: &Names) -> Vec<StepLine> {
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

pub(super) fn waits(unit: &Unit) -> String {
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

pub(super) fn facts(unit: &Unit, organ: Option<Organ>, names: &Names) -> Facts {
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
pub(super) fn record(unit: &Unit) -> Vec<Entry> {
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
