//! What subscribers are told of questionnaires: that one can be answered, what came of it, that one is withdrawn.

use ::store::{Statements, StoreError, Transaction};
use ledger::Event;
use web::{Announcement, Became, House, Later, Listener};

use crate::store::Questionnaire;

/// Subscribers are told within the worker's round.
pub(crate) const LISTENERS: &[Listener] = &[Listener {
    name: "participation.questionnaire_announcement",
    acts: &[
        "participation.questionnaire",
        "participation.questionnaire_results",
        "participation.questionnaire_withdrawal",
    ],
    hear,
}];

fn hear<'a>(house: &'a House, event: &'a Event, change: &'a Transaction) -> Later<'a, ()> {
    Box::pin(async move {
        let rest = event.subject.strip_prefix("consultation:questionnaire:");
        match told(change, rest.unwrap_or_default()).await? {
            Some(told) => house.announce(event, told, change).await,
            None => Ok(()),
        }
    })
}

async fn told(from: &impl Statements, rest: &str) -> Result<Option<Announcement>, StoreError> {
    let result = rest.strip_suffix(":result");
    let found = Questionnaire::find(from, result.unwrap_or(rest)).await?;
    Ok(found.map(|of| {
        let (title, path) = match result {
            Some(_) => (format!("问卷结果：{}", of.said.title), of.result_path()),
            None => (format!("问卷：{}", of.said.title), of.path()),
        };
        let gone = of.withdrawn.is_some();
        Announcement {
            became: if gone { Became::Gone } else { Became::Public },
            text: match gone {
                true => title.clone(),
                false => format!("{title} {}", of.said.introduction),
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
