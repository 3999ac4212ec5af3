//! What subscribers are told: that opinions are asked for and what became of them, that a hearing is called; of what was
//! withdrawn or cancelled nothing more.

pub(crate) mod interviews;
pub(crate) mod questionnaires;

use ::store::{Statements, StoreError, Transaction};
use ledger::Event;
use web::{Announcement, Became, House, Later, Listener};

use crate::store::{Consultation, Gathering, Hearing};

/// Subscribers are told within the worker's round.
pub(crate) const LISTENERS: &[Listener] = &[Listener {
    name: "participation.announcement",
    acts: &[
        "participation.consultation",
        "participation.answers",
        "participation.withdrawal",
        "participation.gathering",
        "participation.gathering_cancellation",
        "participation.gathering_withdrawal",
        "participation.hearing",
        "participation.hearing_cancellation",
        "participation.hearing_withdrawal",
        "participation.answers_withdrawal",
    ],
    hear,
}];

fn hear<'a>(house: &'a House, event: &'a Event, change: &'a Transaction) -> Later<'a, ()> {
    Box::pin(async move {
        let rest = event.subject.strip_prefix("consultation:").unwrap_or_default();
        let Some(told) = told(change, rest).await? else { return Ok(()) };
        if event.act == "withdrawal" {
            // The answers go with their notice: nobody is led to them by what was not sent yet.
            let answers = Announcement { path: format!("{}/jieguo", told.path), ..told.clone() };
            house.announce(event, answers, change).await?;
        }
        house.announce(event, told, change).await
    })
}

async fn told(from: &impl Statements, rest: &str) -> Result<Option<Announcement>, StoreError> {
    if let Some(rest) = rest.strip_prefix("gathering:") {
        let found = Gathering::find(from, rest.split(':').next().unwrap_or_default()).await?;
        return Ok(found.map(planned));
    }
    if let Some(rest) = rest.strip_prefix("hearing:") {
        let found = Hearing::find(from, rest.split(':').next().unwrap_or_default()).await?;
        return Ok(found.map(called));
    }
    let result = rest.strip_suffix(":result");
    let found = Consultation::find(from, result.unwrap_or(rest)).await?;
    Ok(found.map(|of| {
        let (title, path) = match result {
            Some(_) => (format!("意见采纳情况：{}", of.said.title), of.result_path()),
            None => (format!("征求意见：{}", of.said.title), of.path()),
        };
        let gone = of.withdrawn.is_some() || result.is_some() && of.answered_on.is_none();
        Announcement {
            became: if gone { Became::Gone } else { Became::Public },
            text: match gone {
                true => title.clone(),
                false => format!("{title} {} {}", of.said.explanation, of.said.draft),
            },
            title,
            path,
            organ: of.organ,
            organ_name: of.organ_short,
            division: of.division,
            domains: vec![],
            items: vec![],
        }
    }))
}

/// A hearing that is called, or that is not held.
fn called(of: Hearing) -> Announcement {
    let day = of.said.held_on.map(|day| day.to_string()).unwrap_or_default();
    let last = of.said.enrol_until.map(|day| day.to_string()).unwrap_or_default();
    let title = format!("听证会：{}", of.said.title);
    let gone = of.cancelled.is_some() || of.withdrawn.is_some();
    Announcement {
        became: if gone { Became::Gone } else { Became::Public },
        text: match of.withdrawn {
            Some(_) => title.clone(),
            None => format!("{title} {day} 开，{last} 报名截止 {}", of.said.matters),
        },
        title,
        path: of.path(),
        organ_name: of.organ_name,
        organ: of.organ,
        division: of.division,
        domains: vec![],
        items: vec![],
    }
}

/// A gathering that one may come to, or that is not held.
fn planned(of: Gathering) -> Announcement {
    let gone = of.cancelled.is_some() || of.withdrawn_on.is_some();
    let day = of.said.held_on.map(|day| day.to_string()).unwrap_or_default();
    let title = format!("{}：{}", of.said.kind.name(), of.said.title);
    Announcement {
        became: if gone { Became::Gone } else { Became::Public },
        text: match of.withdrawn_on {
            Some(_) => title.clone(),
            None => format!("{title} {day} {} {}", of.said.who, of.said.matters),
        },
        title,
        path: of.path(),
        organ_name: of.organ_name,
        organ: of.organ,
        division: of.division,
        domains: vec![],
        items: vec![],
    }
}
