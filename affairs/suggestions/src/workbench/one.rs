//! A letter's page: what was written, masked, what happened, and what may be done now by whoever looks.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use identity::{Organ, Unit};
use secrets::Sealer;
use serde::Deserialize;
use store::Store;
use suggestions_rules::{
    Difficulty, Elsewhere, Extension, Likely, SuggestionEvent, SuggestionState,
    petition_notice_due, unanswered_after,
};
use web::components::Tag;
use web::workbench::{REASON, Submitted, Workbench, sent_to};
use web::{Clerk, Fault, Visit};

use super::doing::{called, keep_typed, reason};
use super::offering::{May, Offered, Organs};
use super::{
    ACCEPT, LIST, PERUSE, card_of, card_tag, desk_of, found, signatory, state_tag, tie, titled,
};
use crate::acts::{By, perusal};
use crate::masking::masked;
use crate::portal::{last_day, long_day};
use crate::store::{
    Answer, Assistance, Closing, Event, OrderSlip, Piece, PieceState, Source, Suggestion,
    TakenDown, Written,
};

const SAID: &[(&str, &str)] = &[
    ("acceptance", "已受理。"),
    ("closing_proposal", "已提请，等另一人审批。"),
    ("closing", "已审批。"),
    ("assignment", "已交办。"),
    ("assistance", "已请协办机关说明。"),
    ("extension_proposal", "已提请延期，等另一人审批。"),
    ("extension", "延期已审批。"),
    ("answer_saving", "草稿已保存。本机关办这一件的人看得到，留言人看不到。"),
    ("answer_draft", "已送审，等另一人审核。"),
    ("review", "已审核。"),
    ("answer", "已发出，留言人凭查询码可以看到。"),
    ("piece_submission", "已送审，审查、签发以后公开。"),
    ("piece_withdrawal_proposal", "已提出撤下，等另一人审批。"),
    ("piece_withdrawal", "撤下已审批。"),
];

#[derive(Template)]
#[template(path = "workbench/one.html")]
struct OnePage {
    desk: Workbench,
    letter: Suggestion,
    title: String,
    words: String,
    state: Tag,
    card: Option<Tag>,
    due: String,
    notes: Vec<String>,
    events: Vec<Told>,
    versions: Vec<Version>,
    asked: Vec<(String, String, String, String)>,
    /// What the writer says was not answered; empty where he did not ask again.
    again: String,
    organs: Vec<Organs>,
    units: Vec<String>,
    may: May,
    piece: Option<(Tag, String)>,
    /// What closes it and waits: its key, what it is, the words, whether the letter ends by it.
    closing: Option<Waiting>,
    /// Why it is proposed to take down what is public; empty where it is not.
    away: String,
    offered: Offered,
    here: String,
}

impl OnePage {
    /// Whether an act is the one that waits for whoever looks: its form stands open, the others are folded.
    fn is_first(&self, key: &str) -> bool {
        self.may.first() == key
    }

    /// What was proposed to close it, where it waits for somebody else.
    fn waits(&self) -> Option<&'static str> {
        self.closing.as_ref().filter(|_| !self.may.close).map(|(_, what, ..)| *what)
    }
}

/// What was proposed to close a letter: its key, what it is, the words, whether the letter ends by it.
type Waiting = (String, &'static str, String, bool);

struct Told {
    at: String,
    title: &'static str,
    who: String,
    words: String,
}

struct Version {
    number: i64,
    by: String,
    state: Tag,
    words: String,
}

#[derive(Template)]
#[template(path = "workbench/assign.html")]
struct AssignPage {
    desk: Workbench,
    letter: Suggestion,
    title: String,
    state: Tag,
    due: String,
    units: Vec<String>,
    settle: bool,
    here: String,
}

#[derive(Template)]
#[template(path = "workbench/contact.html")]
struct ContactPage {
    desk: Workbench,
    letter: Suggestion,
    written: Written,
    back: String,
}

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Done {
    done: String,
}

/// Shows it.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Response, Fault> {
    let own = Suggestion::find(visit.house.store(), &clerk.organ.code, &id).await?;
    if own.is_none() && super::gone(&visit, &clerk, &id).await?.is_some() {
        return Ok(sent_to(&visit, &format!("{LIST}?done=transfer&jian={id}")));
    }
    let letter = found(&visit, &clerk, &id).await?;
    // Who only hands letters to units reads what none has yet; of the others he has title and unit.
    let reads = letter.course.state == SuggestionState::Received
        || clerk.may(super::READ, &tie(&letter, &clerk)).is_ok();
    if !reads {
        return assigned(visit, clerk, letter).await;
    }
    let (store, sealer) = (visit.house.store(), visit.house.sealer().map_err(Fault::inside)?);
    let written = letter.open(sealer).map_err(Fault::inside)?;
    let answers = Answer::of(store, &id).await?;
    let piece = Piece::of(store, &id).await?;
    let waits = Closing::of(store, &id).await?;
    let all = Organ::all(store).await?;
    let may = May::of(&letter, &clerk, &answers, (piece.as_ref(), waits.as_ref()));
    let likely = likely(&visit, &letter, &written, &all).await?;
    let desk = Workbench::of(&visit, clerk, "liuyan", letter.number.clone()).await?;
    let whose = (desk.clerk.id.as_str(), may.draft);
    let page = OnePage {
        title: titled(&letter, &visit.house)?,
        words: masked(&written.words, &written),
        state: state_tag(&letter),
        card: card_of(&letter, &visit.house).map(card_tag),
        due: due(&letter),
        notes: notes(&visit, &letter, &written, told_likely(&likely, &all)).await?,
        again: asked_again(&visit, &letter, &written).await?,
        events: events(&visit, &letter, &written, &all).await?,
        asked: asked(&visit, &letter, &all).await?,
        organs: super::offering::organs(&visit, &all, &desk.clerk.organ, &likely).await?,
        units: units(store, &letter.organ).await?,
        offered: Offered::of(&visit, (&letter, &written), &answers, whose).await?,
        versions: versions(&visit, &answers)?,
        piece: piece.as_ref().map(|piece| shown_piece(&visit, piece)),
        closing: waits.map(|waits| closing(sealer, &waits, &written)).transpose()?,
        away: piece.map(|piece| piece.proposed).unwrap_or_default(),
        may,
        here: visit.site.link(&letter.desk_path()),
        desk: desk.under("留言办理", LIST).saying(&done.done, SAID),
        letter,
    };
    Ok(web::page::answer(&page)?.into_response())
}

/// A letter that was given to another unit, for whoever hands letters to units: title, unit, and the form.
async fn assigned(visit: Visit, clerk: Clerk, letter: Suggestion) -> Result<Response, Fault> {
    let desk = Workbench::of(&visit, clerk, "liuyan", letter.number.clone()).await?;
    let settle = desk.clerk.has_power(ACCEPT) && letter.course.state == SuggestionState::InHand;
    let page = AssignPage {
        title: titled(&letter, &visit.house)?,
        state: state_tag(&letter),
        due: due(&letter),
        units: units(visit.house.store(), &letter.organ).await?,
        settle,
        here: visit.site.link(&letter.desk_path()),
        desk: desk.under("留言办理", LIST),
        letter,
    };
    Ok(web::page::answer(&page)?.into_response())
}

fn closing(sealer: &Sealer, waits: &Closing, written: &Written) -> Result<Waiting, Fault> {
    let words = waits.words(sealer).map_err(Fault::inside)?;
    let ends = waits.event != SuggestionEvent::PetitionRegistration;
    Ok((waits.id.clone(), waits.event.name(), masked(&words, written), ends))
}

fn due(letter: &Suggestion) -> String {
    let harder = match letter.difficulty {
        Difficulty::Usual => String::new(),
        other => format!("（{}）", other.name()),
    };
    format!("{}{harder}", last_day(letter))
}

/// What whoever handles it should know first.
async fn notes(
    visit: &Visit,
    letter: &Suggestion,
    written: &Written,
    likely: Option<String>,
) -> Result<Vec<String>, Fault> {
    let mut notes = Vec::new();
    if letter.source == Source::Hotline
        && let Some(slip) = OrderSlip::of(visit.house.store(), &letter.id).await?
    {
        notes.push(slip.words());
    }
    if !letter.course.state.is_open() {
        return Ok(notes);
    }
    if letter.course.again {
        notes.push("留言人不满意，要求再次答复；这是最后一次。".to_owned());
    }
    if letter.course.extension == Extension::Proposed {
        notes.push("已提请延期，等另一人审批。".to_owned());
    }
    if let Some(first) = letter.same_before(visit.house.store()).await? {
        notes.push(format!("和{}写的一样，可能是重复件。", first.number));
    }
    let words = format!("{}\n{}", written.subject, written.words);
    let personal = crate::masking::kinds_in(&words);
    if !personal.is_empty() {
        let personal = personal.join("、");
        notes.push(format!("留言里有{personal}，这一页上已经隐去；答复、公开、协办里不要写出来。"));
    }
    notes.extend(likely);
    // What was answered once is answered again here: it goes nowhere else.
    let elsewhere = Elsewhere::hinted_by(&words).filter(|_| !letter.course.again);
    if let Some(elsewhere) = elsewhere {
        notes.push(format!("从字面看可能属于{}，请判断。", elsewhere.name()));
    }
    if let Ok(last) = petition_notice_due(letter.received_on)
        && !letter.course.again
        && letter.handed_to.is_empty()
    {
        let sooner = if last < letter.due_on { "，比答复的期限早" } else { "" };
        let last = long_day(last);
        notes.push(format!("判为信访事项的，{last}以前书面告知留言人{sooner}。"));
    }
    if let Ok(last) = unanswered_after(letter.counted_from).as_ref() {
        notes.push(format!("{}以后仍未答复的，按网站检查指标单项否决。", long_day(*last)));
    }
    Ok(notes)
}

/// To whom a letter that nobody took in yet is likely to belong, of the organs of the site's own division.
async fn likely(
    visit: &Visit,
    letter: &Suggestion,
    written: &Written,
    organs: &[Organ],
) -> Result<Vec<Likely>, Fault> {
    if letter.course.state != SuggestionState::Received {
        return Ok(Vec::new());
    }
    let words = format!("{}\n{}", written.subject, written.words);
    let today = visit.house.ledger().clock().today();
    let own = |organ: &&Organ| organ.code == letter.organ;
    let near = |organ: &&Organ| {
        organ.division == visit.site.division && organ.kind != identity::PUBLIC_SERVICE
    };
    let among = organs.iter().filter(|organ| own(organ) || near(organ) && organ.stands_on(today));
    let among: Vec<&str> = among.map(|organ| organ.code.as_str()).collect();
    crate::routing::likely(&visit.house, &among, &words).await
}

/// The same in words; none where nothing is likely.
fn told_likely(likely: &[Likely], organs: &[Organ]) -> Option<String> {
    let told = |one: &Likely| format!("{} {:.0}%", short(organs, &one.organ), one.share);
    let told: Vec<String> = likely.iter().map(told).collect();
    let told = (!told.is_empty()).then(|| told.join("、"));
    told.map(|told| format!("从机关职责和已经答复的留言看，像是：{told}。请判断。"))
}

/// What the writer says was not answered, masked; empty where he did not ask again.
async fn asked_again(
    visit: &Visit,
    letter: &Suggestion,
    written: &Written,
) -> Result<String, Fault> {
    if !letter.course.again {
        return Ok(String::new());
    }
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let events = Event::of(visit.house.store(), &letter.id).await?;
    let asked = events.iter().rfind(|event| event.act == "asking_again");
    let words = asked.map(|event| event.words(sealer)).transpose().map_err(Fault::inside)?;
    Ok(masked(&words.unwrap_or_default(), written))
}

async fn events(
    visit: &Visit,
    letter: &Suggestion,
    written: &Written,
    organs: &[Organ],
) -> Result<Vec<Told>, Fault> {
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let told = |event: Event| -> Result<Told, Fault> {
        let who = match event.name.as_str() {
            "" if event.act == "receipt" => letter.source.name().to_owned(),
            "" if event.act == "recount" => "平台".to_owned(),
            "" => "留言人".to_owned(),
            name => format!("{} {name}", short(organs, &event.organ)),
        };
        let words = event.words(sealer).map_err(Fault::inside)?;
        let at = web::moments::minute(&event.made_at);
        Ok(Told { at, title: event.title(), who, words: masked(&words, written) })
    };
    Event::of(visit.house.store(), &letter.id).await?.into_iter().map(told).collect()
}

async fn units(store: &Store, organ: &str) -> Result<Vec<String>, Fault> {
    let units = Unit::of_organ(store, organ).await?.into_iter().filter(Unit::is_confirmed);
    Ok(units.map(|unit| unit.name).collect())
}

fn short(organs: &[Organ], code: &str) -> String {
    let own = organs.iter().find(|organ| organ.code == code);
    own.map_or_else(|| code.to_owned(), |organ| organ.short_name.clone())
}

async fn asked(
    visit: &Visit,
    letter: &Suggestion,
    organs: &[Organ],
) -> Result<Vec<(String, String, String, String)>, Fault> {
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let told = |one: Assistance| -> Result<_, Fault> {
        let asked = one.asked(sealer).map_err(Fault::inside)?;
        let reply = one.reply(sealer).map_err(Fault::inside)?;
        Ok((web::moments::day(&one.asked_at), short(organs, &one.organ), asked, reply))
    };
    Assistance::of(visit.house.store(), &letter.id).await?.into_iter().map(told).collect()
}

fn versions(visit: &Visit, answers: &[Answer]) -> Result<Vec<Version>, Fault> {
    use crate::store::AnswerState as A;
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let version = |answer: &Answer| -> Result<Version, Fault> {
        let looked = match answer.reviewer_name.as_str() {
            "" => String::new(),
            name => format!("，{name}审核"),
        };
        let state = match answer.state {
            A::Drafted => Tag::warn("待审核"),
            A::Returned => Tag::plain("已退回"),
            A::Approved => Tag::info("审核通过，待发出"),
            A::Sent => Tag::good("已发出"),
        };
        let words = answer.words(sealer).map_err(Fault::inside)?;
        let by = format!("{}起草{looked}", answer.writer_name);
        Ok(Version { number: answer.version, by, state, words })
    };
    answers.iter().map(version).collect()
}

fn shown_piece(visit: &Visit, piece: &Piece) -> (Tag, String) {
    let tag = match piece.state {
        PieceState::Published => Tag::good(piece.state.name()),
        PieceState::Submitted => Tag::info(piece.state.name()),
        PieceState::Returned | PieceState::Withdrawn => Tag::plain(piece.state.name()),
    };
    let more = match (piece.state, piece.withdrawal) {
        (PieceState::Published, _) => visit.site.link(&piece.path()),
        (_, Some(TakenDown::InError)) => piece.why.clone(),
        (_, Some(TakenDown::Consent)) => "留言人不再同意公开".to_owned(),
        (_, Some(TakenDown::Replaced)) => "再次答复以后，另行公开".to_owned(),
        _ => piece.returned.clone(),
    };
    (tag, more)
}

/// Opens how the writer is reached; who opened it and why is written down before.
pub async fn contact(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let letter = found(&visit, &clerk, &id).await?;
    let (field, why) = reason(&form, "lianxiliyou");
    let placed = |fault: Fault| called(fault, &[(REASON, field)]);
    clerk.may(PERUSE, &tie(&letter, &clerk).because(why)).map_err(placed)?;
    keep_typed(&visit, &clerk, &letter, &form).await?;
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let who = signatory(&clerk);
    let desk = desk_of(&visit, &clerk).await?;
    let by = By { who: &who, sealer };
    let opened = perusal::peruse(desk, by, &id, why).await;
    let (letter, written) = opened.map_err(|error| placed(error.into_fault()))?;
    let desk = Workbench::of(&visit, clerk, "liuyan", format!("{}联系方式", letter.number)).await?;
    let page = ContactPage {
        desk: desk.under("留言办理", LIST).under(letter.number.clone(), &letter.desk_path()),
        back: visit.site.link(&letter.desk_path()),
        letter,
        written,
    };
    let mut response = web::page::answer(&page)?.into_response();
    let never = HeaderValue::from_static("no-store, private");
    response.headers_mut().insert(header::CACHE_CONTROL, never);
    Ok(response)
}
