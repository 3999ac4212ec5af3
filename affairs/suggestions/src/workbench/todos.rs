//! 待办: letters by their last day with their cards; extensions and answers that wait for another person; what other
//! organs ask.

use suggestions_rules::{Extension, SuggestionState};
use web::workbench::{Clock, Todo};
use web::{Clerk, Fault, House, Later};

use super::{
    APPROVE, ASSISTANCE, CLOSE, DRAFT, EXTEND, LIST, TAKE_AWAY, card_of, titled, unit_seen,
};
use crate::store::{Answer, Assistance, Page, Piece, Query, Suggestion};

/// The most that are told, the most urgent first: the register has them all.
const MOST: u16 = 200;

pub(super) fn list<'a>(house: &'a House, clerk: &'a Clerk) -> Later<'a, Vec<Todo>> {
    Box::pin(async move {
        let (handles, approves, extends) =
            (clerk.has_power(DRAFT), clerk.has_power(APPROVE), clerk.has_power(EXTEND));
        let mut todos = Vec::new();
        if clerk.has_power(TAKE_AWAY) {
            let waiting =
                Piece::proposed_away(house.store(), &clerk.organ.code, MOST.into()).await?;
            let others =
                |piece: &&Piece| !clerk.is_among(piece.proposers.iter().map(String::as_str));
            todos.extend(waiting.iter().filter(others).map(away_todo));
        }
        if clerk.has_power(CLOSE) {
            let letters =
                Suggestion::closing(house.store(), &clerk.organ.code, MOST.into()).await?;
            for letter in &letters {
                todos.push(todo(house, letter, "办结待审批", "去审批")?);
            }
        }
        if !handles && !approves && !extends {
            return Ok(todos);
        }
        let query = Query { unit: unit_seen(clerk), ..Query::default() };
        let page = Page::of(house.store(), &clerk.organ.code, &query, MOST).await?;
        let own = match approves {
            true => own_drafts(house, clerk).await?,
            false => vec![],
        };
        for letter in page.rows.iter().filter(|letter| !own.contains(&letter.id)) {
            if let Some((kind, act)) = wanted(letter, clerk, (handles, approves, extends)) {
                todos.push(todo(house, letter, kind, act)?);
            }
        }
        if handles {
            let asked = Assistance::asked_of(house.store(), &clerk.organ.code, MOST.into()).await?;
            todos.extend(asked.iter().filter(|one| one.is_open()).map(asked_todo));
        }
        Ok(todos)
    })
}

/// Letters whose answer waits for another than this clerk, who wrote it.
async fn own_drafts(house: &House, clerk: &Clerk) -> Result<Vec<String>, Fault> {
    let drafts = Answer::drafted(house.store(), &clerk.organ.code).await?;
    let own = drafts
        .into_iter()
        .filter(|(_, writers)| clerk.is_among(writers.iter().map(String::as_str)));
    Ok(own.map(|(letter, _)| letter).collect())
}

/// What is wanted of whoever looks; nothing where it is somebody else's turn.
fn wanted(
    letter: &Suggestion,
    clerk: &Clerk,
    (handles, approves, extends): (bool, bool, bool),
) -> Option<(&'static str, &'static str)> {
    let proposed = letter.course.extension == Extension::Proposed;
    let own = clerk.is_among(letter.proposer.iter().map(String::as_str));
    // What was given to another unit is that unit's to answer.
    let given = letter.unit.is_empty() || letter.unit == clerk.unit;
    match letter.course.state {
        SuggestionState::InHand if extends && proposed && !own => Some(("延期待审批", "去审批")),
        SuggestionState::Drafted if approves => Some(("答复待审核", "去审核")),
        SuggestionState::Received if handles => Some(("留言待受理", "去受理")),
        SuggestionState::InHand if handles && given => Some(("留言待答复", "去答复")),
        SuggestionState::Approved if handles && given => Some(("答复待发出", "去发出")),
        _ => None,
    }
}

fn todo(
    house: &House,
    letter: &Suggestion,
    kind: &'static str,
    act: &'static str,
) -> Result<Todo, Fault> {
    let provisional = if letter.provisional { "，期限暂定" } else { "" };
    let card = card_of(letter, house).map(|card| format!("，{}", card.name()));
    Ok(Todo {
        entry: "liuyan",
        kind,
        title: titled(letter, house)?,
        detail: format!("{}{}{provisional}", letter.number, card.unwrap_or_default()),
        clock: Clock::Due(letter.due_on),
        path: letter.desk_path(),
        act,
    })
}

fn asked_todo(asked: &Assistance) -> Todo {
    Todo {
        entry: "xieban",
        kind: "协办",
        title: format!("请本机关协办 {}", asked.number),
        detail: String::new(),
        clock: asked.due_on.parse().map_or(Clock::Open, Clock::Due),
        path: ASSISTANCE.into(),
        act: "去回复",
    }
}

fn away_todo(piece: &Piece) -> Todo {
    Todo {
        entry: "liuyan",
        kind: "撤下待审批",
        title: piece.title.clone(),
        detail: String::new(),
        clock: Clock::Open,
        path: format!("{LIST}/{}", piece.suggestion),
        act: "去审批",
    }
}
