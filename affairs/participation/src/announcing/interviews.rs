//! What subscribers are told of interviews: that questions are taken, that the transcript is there; of what is cancelled or
//! withdrawn nothing more.

use ::store::{Statements, StoreError, Transaction};
use ledger::Event;
use web::{Announcement, Became, House, Later, Listener};

use crate::store::Interview;

/// Subscribers are told within the worker's round.
pub(crate) const LISTENERS: &[Listener] = &[Listener {
    name: "participation.interview_announcement",
    acts: &[
        "participation.interview",
        "participation.interview_transcript",
        "participation.interview_cancellation",
        "participation.interview_withdrawal",
    ],
    hear,
}];

fn hear<'a>(house: &'a House, event: &'a Event, change: &'a Transaction) -> Later<'a, ()> {
    Box::pin(async move {
        let rest = event.subject.strip_prefix("consultation:interview:");
        match told(change, rest.unwrap_or_default()).await? {
            Some(told) => house.announce(event, told, change).await,
            None => Ok(()),
        }
    })
}

async fn told(from: &impl Statements, rest: &str) -> Result<Option<Announcement>, StoreError> {
    let id = rest.split(':').next().unwrap_or_default();
    let found = Interview::find(from, id).await?;
    Ok(found.map(|of| {
        let day = of.said.held_on.map(|day| day.to_string()).unwrap_or_default();
        let title = match of.published_on {
            Some(_) => format!("访谈实录：{}", of.said.title),
            None => format!("在线访谈：{}", of.said.title),
        };
        let gone = of.cancelled.is_some() || of.withdrawn.is_some();
        Announcement {
            became: if gone { Became::Gone } else { Became::Public },
            text: match gone {
                true => title.clone(),
                false => format!("{title} {day} {}", of.said.topic),
            },
            title,
            path: of.path(),
            organ_name: of.organ_name,
            organ: of.organ,
            division: of.division,
            domains: vec![],
            items: vec![],
        }
    }))
}
