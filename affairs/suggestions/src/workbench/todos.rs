//! 待办: letters by their last day with their cards; petitions by the day for their notice; extensions and answers that
//! wait for another person; what other organs ask.

use law::Date;
use suggestions_rules::{Extension, SuggestionState};
use web::workbench::{Clock, Todo};
use web::{Clerk, Fault, House, Later};

use super::{
    APPROVE, ASSISTANCE, CLOSE, DRAFT, EXTEND, LIST, TAKE_AWAY, TRANSFER, card_of, titled,
    unit_seen,
};
use crate::noticing::{may_pass, notice_owed};
use crate::store::{Answer, Assistance, Closing, Page, Piece, Query, Suggestion};

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
        let closing = match clerk.has_power(CLOSE) || clerk.has_power(TRANSFER) {
            true => Suggestion::closing(house.store(), &clerk.organ.code, MOST.into()).await?,
            false => vec![],
        };
        if clerk.has_power(CLOSE) {
            for letter in &closing {
                todos.push(closing_todo(house, letter).await?);
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
            // What is proposed of it already waits for another.
            if clerk.has_power(TRANSFER) && !closing.iter().any(|one| one.id == letter.id) {
                todos.extend(notice_todo(house, letter)?);
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

/// A closing that waits: where it tells the writer of a petition, by the day for that.
async fn closing_todo(house: &House, letter: &Suggestion) -> Result<Todo, Fault> {
    let plain = todo(house, letter, "办结待审批", "去审批")?;
    let Some(day) = may_pass(letter) else { return Ok(plain) };
    let waits = Closing::of(house.store(), &letter.id).await?;
    Ok(match waits.is_some_and(|waits| waits.way.is_some()) {
        true => noticed(plain, "信访告知待审批", day),
        false => plain,
    })
}

/// What may be a petition, where its writer is to be told before he is to be answered.
fn notice_todo(house: &House, letter: &Suggestion) -> Result<Option<Todo>, Fault> {
    if may_pass(letter).is_none() {
        return Ok(None);
    }
    let written = letter.open(house.sealer().map_err(Fault::inside)?).map_err(Fault::inside)?;
    let Some(day) = notice_owed(letter, &written) else { return Ok(None) };
    let plain = todo(house, letter, "像信访，待判断", "去判断")?;
    Ok(Some(noticed(plain, "像信访，待判断", day)))
}

/// The same by the day for the notice.
fn noticed(todo: Todo, kind: &'static str, day: Date) -> Todo {
    let detail = format!("{}，是信访的，{day} 以前告知留言人", todo.detail);
    Todo { kind, detail, clock: Clock::Due(day), ..todo }
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
