//! 转主动公开 (条例第四十四条; docs/readings/181): what was given to one who asked is to be published. Told in the
//! ledger with title and text, out of which whoever publishes begins a draft; that goes through its own review.
//! Nothing of it may tell who asked.

use ::store::{Transaction, moment};
use law::article;
use ledger::{Desk, Entry, Event, day_in_china};
use requests_rules::{REGULATION, answer_type};
use review::Signatory;
use secrets::Sealer;
use serde_json::json;
use web::{Fault, Listener};

use super::course::{self, By, Step};
use super::matter_removal::unnaming;
use super::{ActError, reasoned};
use crate::store::putting::new_key;
use crate::store::{
    self, Answer, AnswerContent, AnswerState, Case, CaseError, Conversion, FilingState,
    Particulars, Several, SuggestionCase,
};

/// What is to be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wish<'a> {
    /// Its title.
    pub title: &'a str,
    /// Its text.
    pub text: &'a str,
    /// Why.
    pub reason: &'a str,
}

/// The longest title, in letters: a decision of ours.
const LONGEST_TITLE: usize = 200;

/// The longest text, in letters: a decision of ours.
const LONGEST_TEXT: usize = 50_000;

const TELLS: ActError = ActError::Refused(
    "标题或者正文里有申请人、建议人的姓名、号码或者联系方式",
    "删去，改用不能识别申请人的说法",
);
const BEFORE: ActError =
    ActError::Refused("这项信息已经转为主动公开", "在“转主动公开”里查看它的进展");

/// Turns the answer to a request into a 公开答复.
///
/// # Errors
/// The organ has no such request, it is not answered, it was turned before, title, text or reason is missing,
/// they tell who asked, something cannot be opened, or the database refuses.
pub async fn convert(
    mut desk: Desk,
    sealer: &Sealer,
    by: &Signatory,
    request: &str,
    wish: Wish<'_>,
) -> Result<Conversion, ActError> {
    let mut case = course::take(&desk, &by.organ, request).await?;
    if case.filing.state != FilingState::Answered {
        return Err(ActError::Refused("这份申请还没有答复", "答复印发以后再转为主动公开"));
    }
    let source = format!("request:{request}");
    let kept = keep(&mut desk, sealer, by, (&source, Some(request)), wish).await?;
    let step = Step::new("conversion", desk.today())
        .saying(json!({ "title": kept.title }))
        .about(kept.id.clone());
    course::happen(&desk, &mut case, By::Officer(by), step).await?;
    course::settle(&desk, &mut case).await?;
    desk.seal().await?;
    Ok(kept)
}

/// Keeps what is turned and tells of it, within an act that seals.
pub(super) async fn keep(
    desk: &mut Desk,
    sealer: &Sealer,
    by: &Signatory,
    (source, request): (&str, Option<&str>),
    wish: Wish<'_>,
) -> Result<Conversion, ActError> {
    let reason = reasoned(wish.reason)?;
    let (title, text) = (wish.title.trim(), wish.text.trim());
    let within = |text: &str, most: usize| (1..=most).contains(&text.chars().count());
    if !within(title, LONGEST_TITLE) || !within(text, LONGEST_TEXT) {
        return Err(ActError::Refused("没有写标题或者正文，或者太长", "写明公开什么、内容是什么"));
    }
    let mut anew = None;
    if let Some(request) = request {
        if let Some(before) = Conversion::of_request(desk.change(), request).await? {
            if !before.may_begin_anew() {
                return Err(BEFORE);
            }
            anew = Some(moment(desk.now()));
        }
        if tells_applicant(desk, sealer, request, [title, text]).await? {
            return Err(TELLS);
        }
    }
    let kept = Conversion {
        id: new_key(),
        organ: by.organ.clone(),
        source: source.to_owned(),
        request: request.map(str::to_owned),
        title: title.to_owned(),
        reason,
        name: by.name.clone(),
        decided_on: desk.today(),
        published: None,
        dropped_on: None,
    };
    match kept.add_or_begin_anew(desk.change(), by, anew.as_deref()).await {
        Err(::store::StoreError::Duplicate(_)) | Ok(false) => return Err(BEFORE),
        other => other?,
    };
    // the chain keeps for ever what it is told: the text, which nobody has reviewed yet, lies beside it
    ledger::parcel::enclose(desk.change(), &kept.id, text).await?;
    desk.record(told(&kept, by)).await?;
    Ok(kept)
}

/// What listeners begin a draft with; the text lies in the parcel it names. `path` is where the matter lies at the workbench.
fn told(kept: &Conversion, by: &Signatory) -> Entry {
    let path = match &kept.request {
        Some(request) => format!("/gongzuo/shenqing/{request}"),
        None => "/gongzuo/zhuangongkai".to_owned(),
    };
    let paragraph = if kept.source.starts_with("suggestion:") { 2 } else { 1 };
    Entry {
        room: "requests",
        act: "conversion",
        subject: kept.source.clone(),
        organ: kept.organ.clone(),
        basis: article(REGULATION, 44).paragraph(paragraph).to_string(),
        facts: json!({
            "publish": true,
            "title": kept.title,
            "parcel": kept.id,
            "path": path,
            "unit": by.unit,
            "stands_in_for": by.stands_in_for,
        }),
    }
}

/// Whether one of these texts tells who asked, a person or not: what is published names no applicant.
async fn tells_applicant(
    desk: &Desk,
    sealer: &Sealer,
    request: &str,
    [title, text]: [&str; 2],
) -> Result<bool, ActError> {
    let Some(known) = Particulars::open(desk.change(), sealer, request).await? else {
        return Ok(false);
    };
    Ok([title, text].into_iter().any(|text| store::tells(text, &known.applicant)))
}

/// Decides whether what several ask for is published.
///
/// # Errors
/// The organ has no such proposal, it is decided, no reason is given, title or text is missing or tells who
/// asked, or the database refuses.
pub async fn decide_several(
    mut desk: Desk,
    sealer: &Sealer,
    by: &Signatory,
    id: &str,
    (publish, wish): (bool, Wish<'_>),
) -> Result<(), ActError> {
    let found = Several::find(desk.change(), &by.organ, id).await?;
    let several = found.ok_or(ActError::Refused("没有这项建议", "刷新页面再看"))?;
    let reason = reasoned(wish.reason)?;
    let (today, name) = (desk.today(), by.name.as_str());
    if !several.decide(desk.change(), (publish, &reason), (name, today)).await? {
        return Err(ActError::DECIDED);
    }
    if publish {
        let source = (format!("several:{id}"), several.request.clone());
        keep(&mut desk, sealer, by, (&source.0, Some(&source.1)), wish).await?;
    } else {
        let facts = json!({ "publish": false, "applicants": several.applicants });
        desk.record(refusal(&several.organ, format!("several:{id}"), 1, facts)).await?;
    }
    Ok(desk.seal().await?)
}

/// Decides a suggestion to publish, and tells the suggester: by the query code, and as is said.
///
/// # Errors
/// The organ has no such suggestion, it was decided, the reason is missing, title or text is missing or tells
/// who suggests or asked, or the database refuses.
pub async fn decide_suggestion(
    mut desk: Desk,
    sealer: &Sealer,
    by: &Signatory,
    id: &str,
    (adopted, told_by, wish): (bool, &str, Wish<'_>),
) -> Result<(), ActError> {
    let found = SuggestionCase::find(desk.change(), &by.organ, id).await?;
    let case = found.ok_or(ActError::Refused("本机关没有这件建议", "核对编号"))?;
    let source = format!("suggestion:{id}");
    let reason = unnaming(&desk, sealer, &source, wish.reason).await?;
    let told_by = told_by.trim();
    if !told_by.is_empty() {
        unnaming(&desk, sealer, &source, told_by).await?;
    }
    let decided = (adopted, reason.as_str(), told_by, desk.today());
    let (key, who) = ((by.organ.as_str(), id), (by.person.as_str(), by.name.as_str()));
    if !SuggestionCase::decide(desk.change(), key, decided, who).await? {
        return Err(ActError::DECIDED);
    }
    let facts = json!({ "publish": adopted, "number": case.number });
    desk.record(refusal(&by.organ, source.clone(), 2, facts)).await?;
    if adopted {
        let said = case.open(sealer)?;
        let words = [said.name.trim(), said.contact.trim()];
        let mut words = words.into_iter().filter(|word| word.chars().count() > 1);
        if words.any(|word| wish.title.contains(word) || wish.text.contains(word)) {
            return Err(TELLS);
        }
        let request = request_of(&desk, &by.organ, &case.about).await?;
        keep(&mut desk, sealer, by, (&source, request.as_deref()), wish).await?;
    }
    Ok(desk.seal().await?)
}

/// The request of the organ with that number, unless it was turned already.
async fn request_of(desk: &Desk, organ: &str, number: &str) -> Result<Option<String>, ActError> {
    let Some(filing) = store::Filing::numbered(desk.change(), number.trim()).await? else {
        return Ok(None);
    };
    let before = Conversion::of_request(desk.change(), &filing.id).await?;
    let free = before.is_none_or(|before| before.may_begin_anew());
    Ok(Some(filing.id).filter(|_| filing.organ == organ && free))
}

fn refusal(organ: &str, subject: String, paragraph: u16, facts: serde_json::Value) -> Entry {
    let act = if paragraph == 2 { "suggestion_decision" } else { "several_refusal" };
    Entry {
        room: "requests",
        act,
        subject,
        organ: organ.to_owned(),
        basis: article(REGULATION, 44).paragraph(paragraph).to_string(),
        facts,
    }
}

/// What a 公开答复 may say: what was wanted, masked, and what was answered; empty where nothing was.
///
/// # Errors
/// The database refuses.
pub async fn text_of(
    from: &impl ::store::Statements,
    case: &Case,
    on: law::Date,
) -> Result<String, CaseError> {
    let answers = Answer::of(from, &case.filing.id).await?;
    let issued = answers.into_iter().rfind(|one| one.state == AnswerState::Issued);
    let Some(issued) = issued else { return Ok(String::new()) };
    let newest = issued.newest(from).await?;
    Ok(newest.map(|version| written(case, &version.content, on)).unwrap_or_default())
}

fn written(case: &Case, content: &AnswerContent, on: law::Date) -> String {
    let wanted = &case.filing.wanted;
    let mut lines = vec!["# 申请内容".to_owned(), String::new()];
    let wishes = [&wanted.title, &wanted.number, &wanted.description].into_iter().flatten();
    lines.extend(wishes.filter(|one| !one.trim().is_empty()).cloned());
    lines.extend([String::new(), "# 答复".to_owned(), String::new()]);
    for item in &content.items {
        let kind = answer_type(&item.code, on).map_or("", |kind| kind.name);
        lines.push(format!("{}：{kind}", item.asked));
        lines.extend(item.facts.values().cloned());
    }
    lines.push(content.body.clone());
    lines.join("\n")
}

/// Hears of what was published out of a draft that was begun here, and of such a draft that was thrown away.
pub(crate) const LISTENERS: &[Listener] = &[
    Listener {
        name: "requests.converted",
        acts: &["records.converted"],
        hear: |_, event, change| Box::pin(published(event, change)),
    },
    Listener {
        name: "requests.unconverted",
        acts: &["records.deletion"],
        hear: |_, event, change| Box::pin(dropped(event, change)),
    },
];

/// The draft is gone: what it was begun out of may be turned anew.
async fn dropped(event: &Event, change: &Transaction) -> Result<(), Fault> {
    let source = event.facts.get("source").and_then(serde_json::Value::as_str);
    let Some(source) = source else { return Ok(()) };
    let (on, at) = (day_in_china(event.happened_at), moment(event.happened_at));
    Ok(Conversion::dropped(change, source, (on, &at)).await?)
}

/// The record that came of something turned here; hearing twice changes nothing.
async fn published(event: &Event, change: &Transaction) -> Result<(), Fault> {
    let fact = |name: &str| event.facts.get(name).and_then(serde_json::Value::as_str);
    let (Some(source), Some(record)) = (fact("source"), event.subject.strip_prefix("record:"))
    else {
        return Ok(());
    };
    let on = day_in_china(event.happened_at);
    Ok(Conversion::publish(change, source, (record, on)).await?)
}
