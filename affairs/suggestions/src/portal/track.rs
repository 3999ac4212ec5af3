//! `/zixun/jindu`: how a letter stands, for whoever has its query code; and what its writer may do about it.

use askama::Template;
use axum::response::Response;
use identity::Organ;
use serde::Deserialize;
use suggestions_rules::{Difficulty, Satisfaction, SuggestionState};
use web::components::{Choice, ErrorSummary, Field, FieldError, LongField, Radios, Tag};
use web::layout::{Frame, Link};
use web::page::Page;
use web::{Fault, FromWhere, OwnForm, Pace, Visit};

use super::{ENTRANCE, TRACK, WRITE, error_of, framed, fresh, last_day, long_day};
use crate::acts::receipt::{with_code, writers_desk};
use crate::acts::{ActError, writer};
use crate::store::{Answer, AnswerState, Event, Suggestion};

/// Query codes that are tried from one address.
const TRYING: Pace = Pace { name: "suggestions.code", at_once: 20, one_more: 10_000 };

#[derive(Template)]
#[template(path = "portal/track.html")]
struct TrackPage {
    frame: Frame,
    errors: ErrorSummary,
    action: String,
    code: Field,
    tail: Field,
    found: Option<Found>,
    write: String,
}

/// A letter as its writer reads it.
struct Found {
    number: String,
    tag: Tag,
    headline: String,
    said: Option<&'static str>,
    /// What he wrote: the title and the text; nothing where it was taken out.
    wrote: Option<(String, String)>,
    /// Which organ handles it, in full.
    organ: String,
    line: Vec<Happened>,
    answers: Vec<(String, String)>,
    /// The first letter's answer, of a duplicate.
    first: Option<(String, String)>,
    ways: Vec<Link>,
    rating: Option<Radios>,
    again: Option<LongField>,
    may_withdraw: bool,
    /// Whether publication is agreed to; none where it is never published.
    consent: Option<bool>,
    /// Carried by each form.
    typed: (String, String),
}

/// What each form on the page carries along, so that no cookie is needed.
#[derive(Template)]
#[template(
    source = "<input type=\"hidden\" name=\"ma\" value=\"{{ code }}\"><input type=\"hidden\" name=\"weihao\" value=\"{{ tail }}\">",
    ext = "html"
)]
struct Carried<'a> {
    code: &'a str,
    tail: &'a str,
}

impl askama::filters::HtmlSafe for Carried<'_> {}

impl Found {
    fn carried(&self) -> Carried<'_> {
        Carried { code: &self.typed.0, tail: &self.typed.1 }
    }
}

struct Happened {
    title: &'static str,
    on: String,
    words: String,
    done: bool,
}

/// What is sent from this page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    ma: String,
    weihao: String,
    #[serde(rename = "do")]
    what: String,
    pingjia: String,
    zaiwen: String,
}

/// Where a code is typed.
pub async fn show(visit: Visit) -> Result<Response, Fault> {
    fresh(&page(&visit, &Sent::default(), vec![]), false)
}

fn page(visit: &Visit, sent: &Sent, errors: Vec<FieldError>) -> TrackPage {
    let mut frame = framed(visit, "查进度、看答复", "凭查询码看留言办到哪一步、答复是什么");
    frame.has_errors = !errors.is_empty();
    let field = |name: &str, label: &str, hint: &str, value: &str, optional| Field {
        name: name.into(),
        label: label.into(),
        hint: hint.into(),
        value: value.into(),
        error: error_of(&errors, name),
        optional,
        autocomplete: "off",
    };
    TrackPage {
        action: visit.site.link(TRACK),
        code: field("ma", "查询码", "回执上的 12 位字母和数字。", &sent.ma, false),
        tail: field("weihao", "电话尾号后四位", "留了电话的才要写。", &sent.weihao, true),
        found: None,
        write: visit.site.link(WRITE),
        errors: ErrorSummary(errors),
        frame,
    }
}

/// Shows what became of a letter, after doing what its writer wants done.
pub async fn act(
    visit: Visit,
    from: FromWhere,
    OwnForm(sent): OwnForm<Sent>,
) -> Result<Response, Fault> {
    let wrong = |field: &str, message: String| vec![FieldError { field: field.into(), message }];
    if let Err(slow) = visit.house.pace(TRYING, &from) {
        let words = format!("查得太快，请过{}秒再查", slow.seconds);
        return fresh(&page(&visit, &sent, wrong("ma", words)), true);
    }
    let (store, sealer) = (visit.house.store(), visit.house.sealer().map_err(Fault::inside)?);
    let Some(letter) = with_code(store, sealer, (&sent.ma, &sent.weihao)).await? else {
        // The same words for a wrong code and a wrong number: neither tells what is right.
        let words = "查询码或者电话尾号不对，请对照回执再写一次".to_owned();
        return fresh(&page(&visit, &sent, wrong("ma", words)), true);
    };
    let (letter, errors, said) = match done(&visit, letter, &sent).await? {
        Done::Nothing(letter) => (letter, vec![], None),
        Done::Said(letter, said) => (letter, vec![], Some(said)),
        Done::Wrong(letter, field, words) => (letter, wrong(field, words), None),
    };
    let failed = !errors.is_empty();
    let found = found(&visit, &letter, &sent, (&errors, said)).await?;
    let page = TrackPage {
        found: Some(found),
        errors: ErrorSummary(errors),
        ..page(&visit, &Sent::default(), vec![])
    };
    fresh(&page, failed)
}

/// What became of what the writer wanted.
enum Done {
    Nothing(Suggestion),
    Said(Suggestion, &'static str),
    Wrong(Suggestion, &'static str, String),
}

async fn done(visit: &Visit, letter: Suggestion, sent: &Sent) -> Result<Done, Fault> {
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let desk = async || writers_desk(visit.house.ledger()).await;
    let (kept, said, field) = match sent.what.as_str() {
        "pingjia" => {
            let Some(rating) = Satisfaction::parse(&sent.pingjia) else {
                return Ok(Done::Wrong(letter, "pingjia", "选一个评价".into()));
            };
            let kept = writer::rate(desk().await?, sealer, &letter, rating).await;
            (kept, "谢谢您的评价，已经记下。", "pingjia")
        }
        "zaiwen" => {
            let kept = writer::ask_again(desk().await?, sealer, &letter, &sent.zaiwen).await;
            (kept, "已经请机关再答一次，答复期限从今天重新算。", "zaiwen")
        }
        "chehui" => (
            writer::withdraw(desk().await?, sealer, &letter).await,
            "已经撤回，这件事不再办理。",
            "ma",
        ),
        "tongyi" | "butongyi" => {
            let agrees = sent.what == "tongyi";
            let said = match agrees {
                true => "记下了：您同意公开。公开以前，先隐去您的称呼和电话。",
                false => "记下了：您不同意公开。如果以前公开过，现在已经撤下，别人看不到了。",
            };
            (writer::consent(desk().await?, sealer, &letter, agrees).await, said, "ma")
        }
        _ => return Ok(Done::Nothing(letter)),
    };
    match kept {
        Ok(now) => {
            let now = Suggestion::with_id(visit.house.store(), &now.id).await?;
            Ok(Done::Said(now.ok_or(Fault::NotFound)?, said))
        }
        Err(ActError::Field(field, words)) => Ok(Done::Wrong(letter, field, words)),
        Err(ActError::Refused(words)) => Ok(Done::Wrong(letter, field, words)),
        Err(error) => Err(error.into_fault()),
    }
}

async fn found(
    visit: &Visit,
    letter: &Suggestion,
    sent: &Sent,
    (errors, said): (&[FieldError], Option<&'static str>),
) -> Result<Found, Fault> {
    let (store, sealer) = (visit.house.store(), visit.house.sealer().map_err(Fault::inside)?);
    let state = letter.course.state;
    let events = Event::of(store, &letter.id).await?;
    let mut line = Vec::new();
    for event in events.iter().filter(|event| is_told(event)) {
        let words = match is_read(event) {
            true => event.words(sealer).map_err(Fault::inside)?,
            false => String::new(),
        };
        let on = web::moments::day(&event.made_at);
        line.push(Happened { title: event.title(), on, words, done: true });
    }
    if state.is_open() {
        line.push(Happened {
            title: "答复",
            on: String::new(),
            words: format!("最迟 {}", last_day(letter)),
            done: false,
        });
    }
    let first = match &letter.first {
        Some(id) => first_answer(visit, id, &mut line).await?,
        None => None,
    };
    let may_ask = state == SuggestionState::Answered && !letter.is_erased();
    let written = letter.open(sealer).map_err(Fault::inside)?;
    let organ = Organ::find(store, &letter.organ).await?;
    Ok(Found {
        wrote: (!letter.is_erased()).then_some((written.subject, written.words)),
        organ: organ.map(|organ| organ.name).unwrap_or_default(),
        number: letter.number.clone(),
        tag: tag(letter, visit.house.ledger().clock().today()),
        headline: headline(letter),
        said,
        line,
        answers: answers(visit, &letter.id).await?,
        first,
        ways: ways(visit, state),
        rating: (state.is_answered() && !letter.course.rated).then(|| rating(errors)),
        again: may_ask.then(|| again(sent, errors)),
        may_withdraw: state.is_open(),
        consent: letter.kind.may_be_published().then_some(letter.consent),
        typed: (sent.ma.clone(), sent.weihao.clone()),
    })
}

/// Whether an event is the writer's to know: what the office does with itself is not.
fn is_told(event: &Event) -> bool {
    !matches!(
        event.act.as_str(),
        "contact"
            | "assistance"
            | "assistance_reply"
            | "assignment"
            | "answer_draft"
            | "answer_return"
            | "answer_approval"
            | "extension_proposal"
            | "extension_denial"
            | "closing_proposal"
            | "closing_denial"
            | "referral_reason"
            | "piece_submission"
            | "piece_withdrawal_proposal"
            | "piece_withdrawal_denial"
    )
}

/// Whether what was said is the writer's to read.
fn is_read(event: &Event) -> bool {
    matches!(
        event.act.as_str(),
        "refusal"
            | "transfer"
            | "extension"
            | "petition_handover"
            | "petition_registration"
            | "disclosure_referral"
            | "joining"
            | "reopening"
            | "recount"
            | "asking_again"
            | "rating"
            | "consent"
            | "piece_withdrawal"
    )
}

async fn answers(visit: &Visit, id: &str) -> Result<Vec<(String, String)>, Fault> {
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let mut told = Vec::new();
    let all = Answer::of(visit.house.store(), id).await?;
    for answer in all.iter().rev().filter(|one| one.state == AnswerState::Sent) {
        let on = answer.sent_at.as_deref().map(web::moments::day).unwrap_or_default();
        let words = answer.words(sealer).map_err(Fault::inside)?;
        let words = if words.is_empty() { "到期已经删除。".to_owned() } else { words };
        told.push((on, words));
    }
    Ok(told)
}

/// When and what the first letter was answered. What names its writer is masked: this one is somebody else.
/// While it waits, the last line says until when.
async fn first_answer(
    visit: &Visit,
    id: &str,
    line: &mut Vec<Happened>,
) -> Result<Option<(String, String)>, Fault> {
    let first = Suggestion::with_id(visit.house.store(), id).await?.ok_or(Fault::NotFound)?;
    if first.course.state.is_open() {
        line.push(Happened {
            title: "第一件的答复",
            on: String::new(),
            words: format!("最迟 {}", last_day(&first)),
            done: false,
        });
    }
    let Some((on, words)) = answers(visit, id).await?.pop() else { return Ok(None) };
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let written = first.open(sealer).map_err(Fault::inside)?;
    Ok(Some((on, crate::masking::masked_answer(&words, &written))))
}

fn ways(visit: &Visit, state: SuggestionState) -> Vec<Link> {
    let applying = visit.house.rooms().iter().find_map(|room| room.applying);
    match (state, applying) {
        (SuggestionState::Disclosure, Some(path)) => {
            vec![Link::new("去申请公开", visit.site.link(path))]
        }
        _ => vec![Link::new("回互动交流", visit.site.link(ENTRANCE))],
    }
}

fn tag(letter: &Suggestion, today: law::Date) -> Tag {
    match letter.course.state {
        state if state.is_open() && letter.due_on < today => Tag::over("已超过期限"),
        state if state.is_open() => Tag::warn("办理中"),
        state if state.is_answered() => Tag::good(state.name()),
        state => Tag::plain(state.name()),
    }
}

fn headline(letter: &Suggestion) -> String {
    let state = letter.course.state;
    if state.is_open() {
        let longer = letter.difficulty == Difficulty::Complex;
        let longer = if longer { "情况复杂，已经延长；" } else { "" };
        return format!("{longer}最迟{}答复", last_day(letter));
    }
    let on = letter.ended_on.map(long_day).unwrap_or_default();
    format!("{on}{}", state.name())
}

fn rating(errors: &[FieldError]) -> Radios {
    let choice = |one: Satisfaction| Choice { value: one.word().into(), words: one.name().into() };
    Radios {
        name: "pingjia".into(),
        label: "这次答复，您满意吗".into(),
        hint: "选一个，按“提交评价”。每次答复评价一次，交了不能改。不评价也可以。".into(),
        choices: Satisfaction::ALL.map(choice).to_vec(),
        error: error_of(errors, "pingjia"),
        ..Radios::default()
    }
}

fn again(sent: &Sent, errors: &[FieldError]) -> LongField {
    LongField {
        name: "zaiwen".into(),
        label: "哪里没有答清楚".into(),
        hint: "写清楚还要问什么。机关会再答一次，期限从今天重新算。只能要求一次。".into(),
        value: sent.zaiwen.clone(),
        error: error_of(errors, "zaiwen"),
        optional: false,
    }
}

impl Page for TrackPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let field =
            |name: &str| Field { name: name.into(), label: name.into(), ..Field::default() };
        let page = |found| Self {
            frame: Frame::sample("查进度").at("查进度"),
            errors: ErrorSummary::default(),
            action: "/linhu/zixun/jindu".into(),
            code: field("ma"),
            tail: field("weihao"),
            found,
            write: "/linhu/zixun/xie".into(),
        };
        let found = Found {
            number: "咨询〔2026〕1号".into(),
            tag: Tag::good("已答复"),
            headline: "2026年11月26日（星期四）已答复".into(),
            wrote: Some(("居住证在哪里办".into(), "我住在厦港街道，要带什么？".into())),
            organ: "思明区人民政府厦港街道办事处".into(),
            said: Some("谢谢您的评价。"),
            line: vec![Happened {
                title: "收到",
                on: "2026-11-20".into(),
                words: String::new(),
                done: true,
            }],
            answers: vec![("2026-11-26".into(), "请带身份证到社区登记。".into())],
            first: None,
            ways: vec![Link::new("回互动交流", "/linhu/zixun")],
            rating: Some(rating(&[])),
            again: Some(again(&Sent::default(), &[])),
            may_withdraw: true,
            consent: Some(true),
            typed: ("7K2M-9QXR-4D8A".into(), "1234".into()),
        };
        vec![("空表", page(None)), ("已答复", page(Some(found)))]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_page_is_sound() {
        assert_eq!(web::page::faults::<super::TrackPage>(), Vec::<String>::new());
    }
}
