//! 实时文字: on the day, one enters what is said and another releases it, each by name in the notice that was reviewed. What
//! was released is seen at once; a mistake is corrected or struck by two persons, and everybody sees that it was
//! (docs/readings/304).

use ::store::StoreError;
use identity::any_is;
use law::{Provision, article};
use ledger::Desk;
use participation_rules::{InterviewStep, LiveChange, LiveEntry, Voice};
use review::Signatory;
use serde_json::json;

use super::interview::{BASIS, interview_entry, taken_interview};
use super::{ActError, at, public_reason, tidy, within};
use crate::inscription::interview as inscribed;
use crate::store::{Change, Deciding, Entered, HandedIn, Interview, InterviewQuestion, NewChange};

/// 第六条: what is wrong is put right in time.
const PUT_RIGHT: Provision = article("政府信息公开条例", 6);

/// The longest of what is entered, in letters: decisions of ours.
const LONGEST: usize = 5_000;
const LONGEST_LINE: usize = 60;

/// The most utterances of an interview: an afternoon has a few hundred.
const MOST: i64 = 2_000;

/// What is entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entering<'a> {
    /// Who speaks; none where it was not chosen.
    pub voice: Option<Voice>,
    /// What he is called.
    pub speaker: &'a str,
    /// What he says.
    pub words: &'a str,
    /// The question that is put; 0 where none is.
    pub question: i64,
    /// What the form drew, so that the same form sent twice is one utterance.
    pub form: &'a str,
}

/// What is wrong with an utterance, and how it is put right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amending<'a> {
    /// The utterance.
    pub number: i64,
    /// As it should read; none where it is struck.
    pub words: Option<&'a str>,
    /// Why, as everybody reads it.
    pub reason: &'a str,
    /// What the form drew.
    pub form: &'a str,
}

/// Refuses whoever was not named in the notice.
fn named(names: &[String], by: &Signatory, does: &str) -> Result<(), ActError> {
    match names.contains(&by.name) {
        true => Ok(()),
        false => Err(ActError::Standing(format!(
            "公布的预告上写明由{}{does}，没有您。要换人的，取消以后另行预告。",
            names.join("、")
        ))),
    }
}

/// Begins it, on its day.
///
/// # Errors
/// It is another day, whoever begins it is not named, or the database refuses.
pub async fn start(
    mut desk: Desk,
    by: &Signatory,
    (organ, id): (&str, &str),
) -> Result<(), ActError> {
    let (found, _) = taken_interview(&desk, organ, id, InterviewStep::Start).await?;
    named(&found.said.enterers(), by, "录入")?;
    if found.said.held_on != Some(desk.today()) {
        let words = "今天不是预告的日子。当天开始；改期的，取消以后另行预告。";
        return Err(ActError::standing(words));
    }
    if !Interview::start(desk.change(), id, &at(&desk)).await? {
        return Err(ActError::overtaken());
    }
    let mut told = interview_entry("interview_start", &found, BASIS, json!({}));
    told.subject = inscribed::subject(id, "");
    desk.record(told).await?;
    Ok(desk.seal().await?)
}

/// Enters an utterance; nobody sees it before it is released.
///
/// # Errors
/// It is not live, whoever enters is not named, a field is not as it must be, or the database refuses.
pub async fn enter(
    desk: Desk,
    by: &Signatory,
    (organ, id): (&str, &str),
    given: &Entering<'_>,
) -> Result<(), ActError> {
    let (found, _) = taken_interview(&desk, organ, id, InterviewStep::Enter).await?;
    named(&found.said.enterers(), by, "录入")?;
    let voice = given.voice.ok_or_else(|| ActError::Field("shui", "选谁说的".into()))?;
    let (speaker, question) = match voice {
        Voice::Question => asker(&desk, id, given).await?,
        _ => (given.speaker.split_whitespace().collect::<Vec<_>>().join(" "), 0),
    };
    let words = tidy(given.words);
    if speaker.is_empty() {
        return Err(ActError::Field("mingzi", "写明说话的人，例如“张演示（局长）”".into()));
    }
    if words.is_empty() {
        return Err(ActError::Field("hua", "写下说的话".into()));
    }
    within("mingzi", &speaker, LONGEST_LINE)?;
    within("hua", &words, LONGEST)?;
    let number = Interview::next_entry(desk.change(), id).await?;
    if number > MOST {
        return Err(ActError::Standing(format!("一次访谈不超过 {MOST} 条发言。请结束这一次。")));
    }
    let what = Entered::Text(LiveChange::Spoken { voice, speaker, words });
    add(desk, by, &found, (number, question), (&what, given.form)).await
}

/// Who asked the question that is put, as everybody reads it, and its number.
async fn asker(desk: &Desk, id: &str, given: &Entering<'_>) -> Result<(String, i64), ActError> {
    if given.question == 0 {
        let speaker = given.speaker.split_whitespace().collect::<Vec<_>>().join(" ");
        return Ok((if speaker.is_empty() { "网友".to_owned() } else { speaker }, 0));
    }
    let found = InterviewQuestion::find(desk.change(), id, given.question).await?;
    let found = found.filter(|found| !found.retracted);
    let found = found
        .ok_or_else(|| ActError::Field("tihao", "没有这个编号的提问，或者本人已经撤回".into()))?;
    Ok((found.masked, found.number))
}

/// Proposes to correct or to strike an utterance that everybody saw.
///
/// # Errors
/// The transcript is under review or public, whoever proposes is not named, there is no such utterance, a field is not as
/// it must be, or the database refuses.
pub async fn amend(
    desk: Desk,
    by: &Signatory,
    (organ, id): (&str, &str),
    given: &Amending<'_>,
) -> Result<(), ActError> {
    let (found, _) = taken_interview(&desk, organ, id, InterviewStep::Amend).await?;
    named(&found.said.enterers(), by, "录入")?;
    let reason = public_reason(given.reason)?;
    let text = Change::text(desk.change(), id).await?;
    let entry = standing(&text, given.number)?;
    let what = match given.words {
        None => LiveChange::Struck { reason },
        Some(words) => {
            let words = tidy(words);
            if words.is_empty() || words == entry.words {
                let told = "写下改正以后的话；整条不要的，选删去";
                return Err(ActError::Field("hua", told.into()));
            }
            within("hua", &words, LONGEST)?;
            LiveChange::Corrected { words, reason }
        }
    };
    let what = Entered::Text(what);
    add(desk, by, &found, (given.number, 0), (&what, given.form)).await
}

/// The utterance of this number, where everybody reads it.
fn standing(text: &[LiveEntry], number: i64) -> Result<&LiveEntry, ActError> {
    let found = text.iter().find(|entry| entry.number == number && entry.struck.is_none());
    found.ok_or_else(|| ActError::standing("没有这一条，或者已经删去。请刷新再看。"))
}

async fn add(
    mut desk: Desk,
    by: &Signatory,
    of: &Interview,
    (number, question): (i64, i64),
    (what, form): (&Entered, &str),
) -> Result<(), ActError> {
    let new = NewChange {
        interview: &of.id,
        number,
        what,
        question,
        form: &format!("{}:{form}", of.id),
        by: &by.person,
        stands_in_for: by.stands_in_for.as_deref().unwrap_or_default(),
        name: &by.name,
        at: &at(&desk),
    };
    match new.add(desk.change()).await {
        // The same form was sent twice: what it brought waits already.
        Err(StoreError::Duplicate(_)) => return Ok(()),
        other => other?,
    }
    let facts = json!({ "number": number, "what": what.word() });
    desk.record(interview_entry("interview_entry", of, BASIS, facts)).await?;
    Ok(desk.seal().await?)
}

/// What waits of an interview, held with it.
async fn waiting(
    desk: &Desk,
    by: &Signatory,
    (organ, id, change): (&str, &str, &str),
) -> Result<(Interview, Change), ActError> {
    let (found, _) = taken_interview(desk, organ, id, InterviewStep::Release).await?;
    named(&found.said.releasers(), by, "放行")?;
    let waiting = Change::find(desk.change(), change).await?;
    let own = waiting
        .filter(|one| one.interview == id && one.waits && matches!(one.what, Entered::Text(_)));
    let own = own.ok_or_else(|| ActError::standing("这一条已经放行或者不放行。请刷新再看。"))?;
    if any_is(by.persons(), own.enterers.iter().map(String::as_str)) {
        return Err(ActError::standing("录入的人不能放行。请预告上写明的另一人放行。"));
    }
    Ok((found, own))
}

/// Releases what waits: everybody sees it from now on. Answers its place among what was seen.
///
/// # Errors
/// It waits no more, whoever releases entered it or is not named, the interview is over, or the database refuses.
pub async fn release(
    mut desk: Desk,
    by: &Signatory,
    (organ, id, change): (&str, &str, &str),
) -> Result<i64, ActError> {
    let (found, own) = waiting(&desk, by, (organ, id, change)).await?;
    if !matches!(own.what, Entered::Text(LiveChange::Spoken { .. })) {
        standing(&Change::text(desk.change(), id).await?, own.number)?;
    }
    let place = Interview::next_place(desk.change(), id).await?;
    let deciding = Deciding { by: &by.person, name: &by.name, at: &at(&desk), reason: "" };
    if !own.release(desk.change(), place, &deciding).await? {
        return Err(ActError::overtaken());
    }
    if own.question != 0 {
        InterviewQuestion::pick(desk.change(), (id, own.question), own.number).await?;
    }
    let basis = match own.what {
        Entered::Text(LiveChange::Spoken { .. }) => BASIS,
        _ => PUT_RIGHT,
    };
    let facts = json!({ "number": own.number, "what": own.what.word(), "place": place });
    desk.record(interview_entry("interview_release", &found, basis, facts)).await?;
    desk.seal().await?;
    Ok(place)
}

/// Does not release what waits: nobody sees it.
///
/// # Errors
/// As [`release`].
pub async fn refuse(
    mut desk: Desk,
    by: &Signatory,
    (organ, id, change): (&str, &str, &str),
    reason: &str,
) -> Result<(), ActError> {
    let (found, own) = waiting(&desk, by, (organ, id, change)).await?;
    let reason = tidy(reason);
    within(web::workbench::REASON, &reason, LONGEST_LINE)?;
    let deciding = Deciding { by: &by.person, name: &by.name, at: &at(&desk), reason: &reason };
    if !own.refuse(desk.change(), &deciding).await? {
        return Err(ActError::overtaken());
    }
    let facts = json!({ "number": own.number, "what": own.what.word() });
    desk.record(interview_entry("interview_refusal", &found, BASIS, facts)).await?;
    Ok(desk.seal().await?)
}

/// Ends it.
///
/// # Errors
/// It is not live, something waits, whoever ends it is not named, or the database refuses.
pub async fn end(
    mut desk: Desk,
    by: &Signatory,
    (organ, id): (&str, &str),
) -> Result<(), ActError> {
    let (found, _) = taken_interview(&desk, organ, id, InterviewStep::End).await?;
    named(&found.said.enterers(), by, "录入")?;
    nothing_waits(&desk, id).await?;
    if !Interview::end(desk.change(), id, &at(&desk)).await? {
        return Err(ActError::overtaken());
    }
    let mut told =
        interview_entry("interview_end", &found, BASIS, json!({ "places": found.places }));
    told.subject = inscribed::subject(id, "");
    desk.record(told).await?;
    Ok(desk.seal().await?)
}

/// Refuses where something waits to be released.
pub(super) async fn nothing_waits(desk: &Desk, id: &str) -> Result<(), ActError> {
    match Change::waiting(desk.change(), id).await?.len() {
        0 => Ok(()),
        many => Err(ActError::Standing(format!(
            "还有 {many} 条没有放行。请放行的人放行或者不放行以后再办。"
        ))),
    }
}
