//! 留言办理: the register, a letter's page with what may be done now, and what other organs ask.
//!
//! Pages show the masked words; how the writer is reached is opened on its own, which is written down first.

mod assistance;
mod doing;
mod list;
mod offering;
mod one;
mod order_table;
mod orders;
mod todos;

use axum::http::Method;
use identity::powers::{Condition, Tie};
use identity::{Organ, Role};
use ledger::Desk;
use review::Signatory;
use suggestions_rules::Card;
use web::components::Tag;
use web::workbench::{DeskEntry, DeskSample, TodoSource};
use web::{Clerk, Fault, House, Later, Route, Visit};

use crate::store::{Event, Page, Query, Suggestion};

pub(crate) const LIST: &str = "/gongzuo/liuyan";
const ONE: &str = "/gongzuo/liuyan/{id}";
const CONTACT: &str = "/gongzuo/liuyan/{id}/lianxi";
pub(crate) const ASSISTANCE: &str = "/gongzuo/xieban";
pub(crate) const ORDERS: &str = "/gongzuo/gongdan";

/// The entries in the menu.
pub(crate) const NAV: &[DeskEntry] = &[
    DeskEntry { heading: "互动", rank: 60, key: "liuyan", words: "留言办理", path: LIST },
    DeskEntry {
        heading: "互动", rank: 61, key: "xieban", words: "请本机关协办", path: ASSISTANCE
    },
    DeskEntry { heading: "互动", rank: 62, key: "gongdan", words: "12345 工单", path: ORDERS },
];

/// What waits.
pub(crate) const TODOS: TodoSource = TodoSource { list: todos::list };

pub(crate) const READ: &str = "suggestion.read";
pub(crate) const ACCEPT: &str = "suggestion.accept";
pub(crate) const PERUSE: &str = "suggestion.read_contact";
pub(crate) const TRANSFER: &str = "suggestion.transfer";
pub(crate) const DRAFT: &str = "suggestion.draft_answer";
pub(crate) const APPROVE: &str = "suggestion.approve_answer";
pub(crate) const ANSWER: &str = "suggestion.answer";
pub(crate) const EXTEND: &str = "suggestion.extend";
pub(crate) const CLOSE: &str = "suggestion.approve_closing";
pub(crate) const PROPOSE_AWAY: &str = "suggestion.withdraw_piece.propose";
pub(crate) const TAKE_AWAY: &str = "suggestion.withdraw_piece.approve";
pub(crate) const INTAKE: &str = "suggestion.order.import";
pub(crate) const EXPORT: &str = "suggestion.order.export";

/// The pages for everybody and, beside them, those at the workbench.
pub(crate) fn beside(mut public: Vec<Route>) -> Vec<Route> {
    let (get, post) = (|| Method::GET, || Method::POST);
    public.extend([
        Route::power(READ, get(), LIST, list::show),
        Route::power(READ, get(), ONE, one::show),
        Route::power(PERUSE, post(), CONTACT, one::contact),
        Route::power(ACCEPT, post(), "/gongzuo/liuyan/{id}/shouli", doing::accept),
        Route::power(TRANSFER, post(), "/gongzuo/liuyan/{id}/zhuanban", doing::transfer),
        Route::power(DRAFT, post(), "/gongzuo/liuyan/{id}/dafu", doing::draft),
        Route::power(APPROVE, post(), "/gongzuo/liuyan/{id}/shenhe", doing::approve),
        Route::power(EXTEND, post(), "/gongzuo/liuyan/{id}/yanqi", doing::extend),
        Route::power(ANSWER, post(), "/gongzuo/liuyan/{id}/fachu", doing::send),
        Route::power(CLOSE, post(), "/gongzuo/liuyan/{id}/banjieshenpi", doing::close),
        Route::power(PROPOSE_AWAY, post(), "/gongzuo/liuyan/{id}/chexia", doing::propose_away),
        Route::power(TAKE_AWAY, post(), "/gongzuo/liuyan/{id}/chexiashenpi", doing::take_away),
        Route::power(READ, get(), ASSISTANCE, assistance::show),
        Route::power(DRAFT, post(), "/gongzuo/xieban/{id}", assistance::reply),
        Route::power(EXPORT, get(), ORDERS, orders::show),
        Route::power(INTAKE, post(), ORDERS, order_table::act),
        Route::power(EXPORT, get(), "/gongzuo/gongdan.csv", orders::give),
        Route::power(EXPORT, get(), "/gongzuo/gongdan/kongbiao.csv", orders::blank),
    ]);
    public
}

/// An address of each type of page.
pub(crate) const SAMPLES: &[DeskSample] = &[
    DeskSample { name: "letters desk", path: |_, _| Box::pin(async { Ok(Some(LIST.into())) }) },
    DeskSample { name: "letter desk", path: some_letter },
    DeskSample {
        name: "letters assistance",
        path: |_, _| Box::pin(async { Ok(Some(ASSISTANCE.into())) }),
    },
    DeskSample { name: "letters orders", path: |_, _| Box::pin(async { Ok(Some(ORDERS.into())) }) },
];

/// A letter of the organ: one that waits, otherwise one that ended.
fn some_letter<'a>(house: &'a House, organ: &'a Organ) -> Later<'a, Option<String>> {
    Box::pin(async move {
        for closed in [false, true] {
            let query = Query { closed, ..Query::default() };
            let page = Page::of(house.store(), &organ.code, &query, 1).await?;
            if let Some(letter) = page.rows.first() {
                return Ok(Some(letter.desk_path()));
            }
        }
        Ok(None)
    })
}

/// What the access policy asks about where something is done to a letter.
fn tie(letter: &Suggestion, clerk: &Clerk) -> Tie {
    let given = letter.unit.is_empty() || letter.unit == clerk.unit;
    let tie = Tie::to(&letter.organ).in_unit(letter.unit.clone()).holding([Condition::Masked]);
    if given { tie.holding([Condition::Assigned]) } else { tie }
}

/// Of which 科室 a clerk sees letters, besides those that were given to none; all where none is named. Whoever signs
/// and whoever hands letters to units sees those of all.
fn unit_seen(clerk: &Clerk) -> Option<String> {
    let all = clerk.role == Role::Approver || clerk.has_power(ACCEPT);
    Some(clerk.unit.clone()).filter(|unit| !unit.is_empty() && !all)
}

/// A letter of the clerk's organ that he may look at; whoever hands letters to units sees those of other units.
async fn found(visit: &Visit, clerk: &Clerk, id: &str) -> Result<Suggestion, Fault> {
    let letter = Suggestion::find(visit.house.store(), &clerk.organ.code, id).await?;
    let Some(letter) = letter else {
        return Err(match gone(visit, clerk, id).await? {
            Some(told) => Fault::Refused(told),
            None => Fault::NotFound,
        });
    };
    if clerk.may(READ, &tie(&letter, clerk)).is_err() {
        clerk.may_see(ACCEPT, &tie(&letter, clerk))?;
    }
    Ok(letter)
}

/// Where a letter has gone that the clerk's organ transferred, in words; none where it did not.
async fn gone(visit: &Visit, clerk: &Clerk, id: &str) -> Result<Option<String>, Fault> {
    let store = visit.house.store();
    if id.is_empty() || !Event::is_transferred_by(store, (id, &clerk.organ.code)).await? {
        return Ok(None);
    }
    let letter = Suggestion::with_id(store, id).await?;
    let Some(letter) = letter.filter(|letter| letter.organ != clerk.organ.code) else {
        return Ok(None);
    };
    let organ = Organ::find(store, &letter.organ).await?;
    let organ = organ.map_or(letter.organ, |organ| organ.name);
    let number = letter.number;
    Ok(Some(format!("{number}已转办，现在由{organ}办理，留言人在进度里看得到。本机关不再办理。")))
}

/// A desk at which the clerk acts.
async fn desk_of(visit: &Visit, clerk: &Clerk) -> Result<Desk, Fault> {
    Ok(visit.house.ledger().desk(clerk.actor()).await?)
}

/// The card of a letter that waits.
fn card_of(letter: &Suggestion, house: &House) -> Option<Card> {
    let ledger = house.ledger();
    let (today, calendar) = (ledger.clock().today(), ledger.calendar());
    let card = || Card::on(today, letter.due_on, &calendar).ok().flatten();
    letter.course.state.is_open().then(card).flatten()
}

/// A card as people see it: a mark and a word, so that nobody has to tell colours apart.
fn card_tag(card: Card) -> Tag {
    match card {
        Card::Warning => Tag::info(card.name()),
        Card::Yellow => Tag::warn(card.name()),
        Card::Red => Tag::over(card.name()),
    }
}

/// How a letter stands, as a mark.
fn state_tag(letter: &Suggestion) -> Tag {
    let state = letter.course.state;
    match state {
        _ if state.is_answered() => Tag::good(state.name()),
        _ => Tag::plain(state.name()),
    }
}

/// What a letter is called: its title with what names somebody masked.
fn titled(letter: &Suggestion, visit: &House) -> Result<String, Fault> {
    let sealer = visit.sealer().map_err(Fault::inside)?;
    let written = letter.open(sealer).map_err(Fault::inside)?;
    let title = crate::masking::masked(&written.subject, &written);
    Ok(if title.is_empty() {
        format!("{}（内容已到期删除）", letter.kind.name())
    } else {
        title
    })
}

/// Who acts.
fn signatory(clerk: &Clerk) -> Signatory {
    Signatory::of(clerk)
}
