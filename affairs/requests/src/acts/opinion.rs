//! 征求意见 (条例第三十二条、第三十三条第三款、第三十四条): of third parties and of other organs, several at once.
//! No letter says who asks for the information (docs/readings/151).

use ::store::moment;
use law::{Date, article};
use ledger::Desk;
use requests_rules::{
    Consulted, Happening, Letter, Opinion, OpinionEffect, REGULATION, Standing, answer_type,
};
use review::Signatory;
use secrets::Sealer;
use serde_json::json;

use super::course::{self, By, Step};
use super::{ActError, answer_content, intake, reasoned};
use crate::files::StagedFile;
use crate::store::putting::new_key;
use crate::store::{
    self, Asked, Case, Decided, FilingState, IssuedLetter, Judged, OpinionCase, Particulars,
    ThirdParty,
};

/// A letter that went out.
#[derive(Debug, Clone, PartialEq)]
pub struct Inquiry {
    /// The opinion asked for.
    pub opinion: OpinionCase,
    /// The letter.
    pub letter: IssuedLetter,
    /// With this code a third party reads and answers it; printed on its letter and kept nowhere.
    pub code: Option<String>,
}

/// What third parties are called in a file, so that no list and no entry names them.
const LABELS: [&str; 10] = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"];

/// Asks for an opinion; the clock stops from tomorrow.
///
/// # Errors
/// The file is not assigned to whoever asks, the matter tells who applied, the period of reply is over, the
/// same organ is being asked already, or the database refuses.
pub async fn ask(
    mut desk: Desk,
    sealer: &Sealer,
    by: &Signatory,
    request: &str,
    (asked, matter): (Asked, &str),
) -> Result<Inquiry, ActError> {
    let mut case = course::take_open(&desk, by, request).await?;
    let matter = matter.trim().to_owned();
    if matter.is_empty() {
        return Err(ActError::Refused("没有写征求什么意见", "写明拟公开的信息"));
    }
    keeps_quiet(&desk, sealer, request, &matter).await?;
    let earlier = OpinionCase::of(desk.change(), request).await?;
    let (opinion, third) = begun(&desk, request, (asked, matter), &earlier)?;
    let code = third.is_some().then(|| code_of(sealer, &opinion.id)).transpose()?;
    let code_mark = code
        .as_deref()
        .map(|code| intake::code_mark(sealer, "request_opinion", code))
        .transpose()?;
    opinion.add(desk.change(), sealer, (third.as_ref(), code_mark.as_deref())).await?;
    let kind = match opinion.of {
        Consulted::ThirdParty => Letter::ThirdPartyInquiry,
        Consulted::JointMaker | Consulted::OtherOrgan => Letter::OrganInquiry,
    };
    let by = By::Officer(by);
    let facts = json!({ "matter": opinion.matter, "of": opinion.of, "who": opinion.label });
    let letter = course::issue(&desk, &case, by, (kind, &opinion.id, facts)).await?;
    let (of, who) = (opinion.of, opinion.label.clone());
    let step = Step::new("opinion_asked", desk.today())
        .moving(Happening::OpinionAsked { of, who, served: None })
        .saying(json!({ "who": opinion.label, "of": opinion.of.name(), "letter": letter.number }))
        .about(opinion.id.clone());
    course::happen(&desk, &mut case, by, step).await?;
    course::settle(&desk, &mut case).await?;
    let facts = json!({ "opinion": opinion.id, "of": opinion.of, "organ": opinion.organ });
    desk.record(course::entry("opinion_asked", &case, kind.basis(), facts)).await?;
    desk.seal().await?;
    Ok(Inquiry { opinion, letter, code })
}

/// What goes to others tells nobody who applied.
pub(super) async fn keeps_quiet(
    desk: &Desk,
    sealer: &Sealer,
    request: &str,
    text: &str,
) -> Result<(), ActError> {
    let Some(known) = Particulars::open(desk.change(), sealer, request).await? else {
        return Ok(());
    };
    if !store::tells(text, &known.applicant) {
        return Ok(());
    }
    Err(ActError::Refused(
        "这段文字里有申请人的姓名、证件号码或者联系方式",
        "删去以后再提交；致申请人的文书由平台在送达时填写称呼",
    ))
}

fn begun(
    desk: &Desk,
    request: &str,
    (asked, matter): (Asked, String),
    earlier: &[OpinionCase],
) -> Result<(OpinionCase, Option<ThirdParty>), ActError> {
    let (of, label, organ, third) = match asked {
        Asked::ThirdParty(third) => {
            if third.name.trim().is_empty() || third.contact.is_empty() {
                return Err(ActError::Refused("第三方没有写名称或者联系方式", "补上以后再发"));
            }
            let before = earlier.iter().filter(|one| one.of == Consulted::ThirdParty).count();
            let label =
                LABELS.get(before).map_or(format!("第{}方", before + 1), |one| (*one).into());
            (Consulted::ThirdParty, label, None, Some(third))
        }
        Asked::Organ { code, name, jointly } => {
            let of = if jointly { Consulted::JointMaker } else { Consulted::OtherOrgan };
            (of, organ_label(name.trim(), earlier)?, code, None)
        }
    };
    let opinion = OpinionCase {
        id: new_key(),
        request: request.to_owned(),
        of,
        label,
        organ,
        matter,
        asked_on: desk.today(),
        served_on: None,
        given_on: None,
        opinion: None,
        told_on: None,
        judged: None,
        decided: None,
        sealed: String::new(),
        words: String::new(),
    };
    Ok((opinion, third))
}

/// The name of an organ; whoever is asked again after an answer is told apart.
fn organ_label(name: &str, earlier: &[OpinionCase]) -> Result<String, ActError> {
    if name.is_empty() {
        return Err(ActError::Refused("没有写征求哪个机关的意见", "选一个机关或者写明名称"));
    }
    let is_its =
        |one: &&OpinionCase| one.label == name || one.label.starts_with(&format!("{name}（"));
    let before: Vec<&OpinionCase> = earlier.iter().filter(is_its).collect();
    if before.iter().any(|one| one.given_on.is_none()) {
        return Err(ActError::Refused("已经在征求这个机关的意见", "等待意见，或者催办"));
    }
    Ok(match before.len() {
        0 => name.to_owned(),
        times => format!("{name}（第{}次）", times + 1),
    })
}

/// The code on the letter to a third party; made anew from the keys, and kept nowhere.
pub(crate) fn code_of(sealer: &Sealer, opinion: &str) -> Result<String, ActError> {
    intake::query_code(sealer, &format!("opinion:{opinion}"))
}

/// The opinion whose letter names a code.
///
/// # Errors
/// The keys or the database refuse.
pub async fn with_code(
    from: &impl ::store::Statements,
    sealer: &Sealer,
    code: &str,
) -> Result<Option<OpinionCase>, ActError> {
    Ok(OpinionCase::with_code(from, &intake::code_mark(sealer, "request_opinion", code)?).await?)
}

/// Takes the opinion of a third party from its own page, or of an organ of this house from its head.
///
/// # Errors
/// No such letter is open to whoever answers, or the database refuses.
pub async fn give(
    desk: Desk,
    sealer: &Sealer,
    by: By<'_>,
    about: (&str, &str),
    said: (Opinion, &str),
) -> Result<(), ActError> {
    give_with(desk, sealer, by, about, said, vec![]).await
}

/// The same with papers that show it.
///
/// # Errors
/// As without them.
pub async fn give_with(
    desk: Desk,
    sealer: &Sealer,
    by: By<'_>,
    (organ, opinion): (&str, &str),
    (said, words): (Opinion, &str),
    papers: Vec<StagedFile>,
) -> Result<(), ActError> {
    let found = OpinionCase::find(desk.change(), opinion).await?;
    let addressed = |one: &OpinionCase| match by {
        By::ThirdParty => one.of.is_third_party(),
        By::Officer(by) => one.organ.as_deref() == Some(by.organ.as_str()) && by.organ != organ,
        By::Applicant | By::Timer => false,
    };
    let asked = found
        .filter(addressed)
        .ok_or(ActError::Refused("没有发给您的这份征求意见函", "核对函上的编号和查询码"))?;
    if said == Opinion::Silent {
        return Err(ActError::Refused("没有写意见", "写明同意或者不同意"));
    }
    for paper in &papers {
        let row = paper.row(&asked.id, &moment(desk.now()));
        row.add(desk.change(), (&asked.request, by.person())).await?;
    }
    let today = desk.today();
    keep(desk, sealer, (by, organ), &asked, (said, words, today), "opinion").await?;
    papers.into_iter().for_each(StagedFile::taken);
    Ok(())
}

/// Writes down an opinion that came on paper, with the paper.
///
/// # Errors
/// The file is not assigned to whoever writes it down, the day is not between the letter and today, or the
/// database refuses.
pub async fn register(
    desk: Desk,
    sealer: &Sealer,
    by: &Signatory,
    opinion: &str,
    (said, words, on): (Opinion, &str, Date),
    paper: StagedFile,
) -> Result<(), ActError> {
    let asked = OpinionCase::find(desk.change(), opinion).await?.ok_or(ActError::NO_CASE)?;
    let case = course::take_open(&desk, by, &asked.request).await?;
    if on < asked.asked_on || on > desk.today() {
        return Err(ActError::Refused("收到意见的日子不在发函之日和今天之间", "核对日期"));
    }
    let row = paper.row(&asked.id, &moment(desk.now()));
    row.add(desk.change(), (&case.filing.id, &by.person)).await?;
    let by = (By::Officer(by), case.filing.organ.as_str());
    keep(desk, sealer, by, &asked, (said, words, on), "opinion").await?;
    paper.taken();
    Ok(())
}

/// 不再等待 an organ's opinion, for which the law sets no limit.
///
/// # Errors
/// It is no organ's, it came already, no reason is given, or the database refuses.
pub async fn give_up(
    desk: Desk,
    sealer: &Sealer,
    by: &Signatory,
    opinion: &str,
    reason: &str,
) -> Result<(), ActError> {
    let asked = OpinionCase::find(desk.change(), opinion).await?.ok_or(ActError::NO_CASE)?;
    let case = course::take_open(&desk, by, &asked.request).await?;
    if asked.of != Consulted::OtherOrgan {
        return Err(ActError::Refused(
            "这份意见有法定期限",
            "等期限届满；届满以后期限自动继续计算",
        ));
    }
    let reason = reasoned(reason)?;
    let today = desk.today();
    let by = (By::Officer(by), case.filing.organ.as_str());
    keep(desk, sealer, by, &asked, (Opinion::Silent, &reason, today), "opinion_given_up").await
}

async fn keep(
    mut desk: Desk,
    sealer: &Sealer,
    (by, organ): (By<'_>, &str),
    asked: &OpinionCase,
    (said, words, on): (Opinion, &str, Date),
    act: &'static str,
) -> Result<(), ActError> {
    let mut case = course::take(&desk, organ, &asked.request).await?;
    if !asked.give(desk.change(), sealer, (said, words, on)).await? {
        return Err(ActError::DECIDED);
    }
    let (of, who) = (asked.of, asked.label.clone());
    let step = Step::new(act, on)
        .saying(json!({ "who": asked.label, "of": asked.of.name(), "opinion": said.name() }))
        .about(asked.id.clone());
    // what comes after the reply is kept, and moves no clock
    let step = if case.filing.is_closed() {
        step
    } else {
        step.moving(Happening::OpinionGiven { of, who })
    };
    course::happen(&desk, &mut case, by, step).await?;
    course::settle(&desk, &mut case).await?;
    let basis = said.effect(asked.of, None, false).basis(asked.of);
    let facts = json!({ "opinion": asked.id, "said": said });
    desk.record(course::entry(act, &case, basis, facts)).await?;
    desk.seal().await?;
    Ok(())
}

/// 认定第三方的理由 (第三十二条; docs/readings/218): what it says it says; whether its reason is 合理 is for the
/// organ to judge, before an answer rests on it.
///
/// # Errors
/// It gave no reason, the file is closed or not assigned to whoever judges, no ground is given, or the database
/// refuses.
pub async fn judge(
    mut desk: Desk,
    by: &Signatory,
    opinion: &str,
    (holds, because): (bool, &str),
) -> Result<(), ActError> {
    let asked = OpinionCase::find(desk.change(), opinion).await?.ok_or(ActError::NO_CASE)?;
    let mut case = course::take_open(&desk, by, &asked.request).await?;
    // the file is held now: what it was before may have changed
    let asked = OpinionCase::find(desk.change(), opinion).await?.ok_or(ActError::NO_CASE)?;
    if !asked.of.is_third_party() || !asked.opinion.is_some_and(Opinion::gives_reason) {
        return Err(ActError::Refused(
            "这份意见没有写不公开的理由",
            "只有第三方写了理由的才要认定",
        ));
    }
    let judged = Judged { holds, because: reasoned(because)? };
    OpinionCase::judge(desk.change(), opinion, &judged).await?;
    let told = if holds { "理由合理" } else { "理由不合理" };
    let step = Step::new("opinion_judged", desk.today())
        .saying(json!({ "who": asked.label, "judged": told }))
        .about(asked.id.clone());
    course::happen(&desk, &mut case, By::Officer(by), step).await?;
    course::settle(&desk, &mut case).await?;
    let facts = json!({ "opinion": asked.id, "holds": holds });
    desk.record(course::entry("opinion_judged", &case, article(REGULATION, 32), facts)).await?;
    desk.seal().await?;
    Ok(())
}

/// 公开决定告知第三方 (第三十二条; docs/readings/195): what is disclosed against its will, and why. Decided before the
/// answer goes out, and told with it; told at once where the answer is out.
///
/// # Errors
/// The third party does not object, it was told before, the file is closed without disclosing anything, no reason
/// is given, or the database refuses.
pub async fn tell_decision(
    mut desk: Desk,
    sealer: &Sealer,
    by: &Signatory,
    opinion: &str,
    (disclosed, reason): (&str, &str),
) -> Result<Option<IssuedLetter>, ActError> {
    let asked = OpinionCase::find(desk.change(), opinion).await?.ok_or(ActError::NO_CASE)?;
    let mut case = course::take(&desk, &by.organ, &asked.request).await?;
    course::assigned(&case, by)?;
    // the file is held now: what it was before may have changed
    let asked = OpinionCase::find(desk.change(), opinion).await?.ok_or(ActError::NO_CASE)?;
    if asked.effect(true) != Some(OpinionEffect::DiscloseAndTell) {
        return Err(ActError::Refused(
            "第三方没有不同意公开",
            "只有违背第三方意见公开的才另行告知",
        ));
    }
    if asked.told_on.is_some() {
        return Err(ActError::Refused("公开决定已经告知过这个第三方", "在案卷的文书里查看"));
    }
    let answered = case.filing.state == FilingState::Answered;
    if case.filing.is_closed() && !answered {
        return Err(ActError::Refused("这份申请没有答复就办结了，没有公开什么", "不用告知"));
    }
    let decided = Decided { disclosed: disclosed.trim().to_owned(), reason: reasoned(reason)? };
    if decided.disclosed.is_empty() {
        return Err(ActError::Refused("没有写决定公开的内容", "写明公开什么"));
    }
    let told = format!("{}{}", decided.disclosed, decided.reason);
    keeps_quiet(&desk, sealer, &case.filing.id, &told).await?;
    OpinionCase::decide(desk.change(), opinion, &decided).await?;
    let step = Step::new("decision_against", desk.today())
        .saying(json!({ "who": asked.label }))
        .about(asked.id.clone());
    course::happen(&desk, &mut case, By::Officer(by), step).await?;
    let code = case.filing.result.clone().unwrap_or_default();
    let gave = answered && answer_type(&code, desk.today()).is_some_and(answer_content::gives);
    let letter = if gave {
        Some(tell_one(&desk, &mut case, By::Officer(by), (&asked, &decided)).await?)
    } else {
        None
    };
    course::settle(&desk, &mut case).await?;
    let act = if gave { "decision_told" } else { "decision_against" };
    let facts = json!({ "opinion": asked.id, "letter": letter.as_ref().map(|one| &one.number) });
    desk.record(course::entry(act, &case, article(REGULATION, 32), facts)).await?;
    desk.seal().await?;
    Ok(letter)
}

/// The letter to one third party against whose will something is disclosed, within an act that records it.
async fn tell_one(
    desk: &Desk,
    case: &mut Case,
    by: By<'_>,
    (asked, decided): (&OpinionCase, &Decided),
) -> Result<IssuedLetter, ActError> {
    let facts = json!({
        "disclosed": decided.disclosed, "reason": decided.reason, "who": asked.label
    });
    let letter =
        course::issue(desk, case, by, (Letter::DecisionToThirdParty, &asked.id, facts)).await?;
    OpinionCase::tell(desk.change(), &asked.id, desk.today()).await?;
    let step = Step::new("decision_told", desk.today())
        .saying(json!({ "who": asked.label, "letter": letter.number }))
        .about(asked.id.clone());
    course::happen(desk, case, by, step).await?;
    Ok(letter)
}

/// With an answer that discloses something: everybody is told against whom it was decided.
pub(super) async fn tell_all(desk: &mut Desk, case: &mut Case, by: By<'_>) -> Result<(), ActError> {
    for asked in OpinionCase::of(desk.change(), &case.filing.id).await? {
        let Some(decided) = asked.decided.clone().filter(|_| asked.told_on.is_none()) else {
            continue;
        };
        let letter = tell_one(desk, case, by, (&asked, &decided)).await?;
        let facts = json!({ "opinion": asked.id, "letter": letter.number });
        let entry = course::entry("decision_told", case, article(REGULATION, 32), facts);
        desk.record(entry).await?;
    }
    Ok(())
}

/// Every opinion asked for has come, or its time has run out.
pub(super) fn all_over(desk: &Desk, case: &Case) -> Result<(), ActError> {
    let standing = case.standing(desk.today(), desk.calendar())?;
    if let Some(Standing::Stopped { waiting, .. }) = standing
        && waiting.iter().any(|one| matches!(one.what, requests_rules::Awaited::Opinion { .. }))
    {
        return Err(ActError::Refused(
            "还在等待征求的意见",
            "等意见来到或者期限届满；其他机关迟迟不复的，写明理由不再等待",
        ));
    }
    Ok(())
}
