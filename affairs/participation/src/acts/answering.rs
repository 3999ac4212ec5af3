//! 采纳情况: each opinion is answered with a reason, all answers are reviewed by others and released together (条例第
//! 十八、三十二条; 67号三（三）).

use ::store::{Statements, Transaction};
use identity::powers::Condition;
use law::{Provision, article, document};
use ledger::{Desk, Event};
use participation_rules::{
    AnswerLack, DECISIONS, NOTICE_2020, OpinionStep, Sender, Step, Verdict, about, clauses,
    is_masked_name,
};
use review::{Signatory, Unit};
use serde_json::json;
use std::collections::BTreeMap;
use web::{Appeared, Approved, Content, Fault, House, Later, Listener, Publisher, Publishers};

use super::drafting::{KIND as NOTICE_KIND, MOST_CLAUSES};
use super::publication::{self, PLAIN, Release, appear, blank, due, ended, handed_in, tell};
use super::{ActError, at, entry, entry_of, hearing, taken, tidy, unnamed, with_author, within};
use crate::inscription;
use crate::store::{Announced, Consultation, Hiding, Opinion, OpinionState, State, announced};

/// 第十八条: what was said is studied.
const STUDIED: Provision = article(DECISIONS, 18);

/// 三（三）: people are told.
const TOLD: Provision = document(NOTICE_2020);

/// The kind of pieces by which review knows answers.
pub const KIND: &str = "consultation_answers";

/// The longest texts, in letters: decisions of ours.
const LONGEST_REASON: usize = 2_000;
const LONGEST_SUMMARY: usize = 5_000;
const LONGEST_TEXT: usize = 100_000;
const LONGEST_PATH: usize = 300;

/// An answer as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer<'a> {
    /// Who gave it, as everybody will read it; as it stands where nothing is told.
    pub named: &'a str,
    /// The words as everybody will read them.
    pub shown: &'a str,
    /// The word of a verdict.
    pub verdict: &'a str,
    /// Why.
    pub reason: &'a str,
    /// The version of the opinion that the form was shown in.
    pub version: i64,
}

/// Answers one opinion, and with it those that say the same.
///
/// # Errors
/// The time is not over, it does not count or says the same as another, somebody answered it first, verdict or
/// reason is missing, what everybody will read names a person, or the database refuses.
pub async fn answer(
    mut desk: Desk,
    by: &Signatory,
    (organ, id, number): (&str, &str, i64),
    given: Answer<'_>,
) -> Result<(), ActError> {
    let (found, _) = taken(&desk, organ, id, Step::Answer).await?;
    let opinion = Opinion::find(desk.change(), id, number).await?;
    let opinion =
        opinion.ok_or_else(|| ActError::standing("没有这条意见。请从列表里重新打开。"))?;
    opinion.state.after(OpinionStep::Answer)?;
    if !opinion.is_own() {
        return Err(ActError::standing("这条意见归并到别的一条，不单独答复。"));
    }
    let (verdict, reason) =
        Verdict::given(given.verdict, given.reason).map_err(|lack| match lack {
            AnswerLack::Verdict => ActError::Field("caina", lack.to_string()),
            AnswerLack::Reason => ActError::Field("liyou", lack.to_string()),
        })?;
    let (named, shown) = public_words(&opinion, &given)?;
    within("liyou", &reason, LONGEST_REASON)?;
    let reason = tidy(&reason);
    unnamed("liyou", &reason)?;
    let kept = ((named.as_str(), shown.as_str()), verdict, reason.as_str());
    if opinion.version != given.version || !opinion.keep_answer(desk.change(), kept).await? {
        return Err(ActError::overtaken());
    }
    found.keep_authors(desk.change(), &with_author(&found.answer_authors, by)).await?;
    let facts = json!({ "verdict": verdict.word() });
    desk.record(entry_of("opinion_answer", (&found, number), STUDIED, facts)).await?;
    Ok(desk.seal().await?)
}

/// Who gave it and what it says, as everybody will read it: of a person the family name alone, and nothing that is
/// somebody's number or address (docs/readings/273).
fn public_words(opinion: &Opinion, given: &Answer<'_>) -> Result<(String, String), ActError> {
    let shown = tidy(given.shown);
    if shown.is_empty() {
        return Err(ActError::Field("gongbu", "写明公布时怎样写这条意见".into()));
    }
    let named = match given.named.trim() {
        "" => opinion.masked.clone(),
        named => named.split_whitespace().collect::<Vec<_>>().join(" "),
    };
    within("mingcheng", &named, super::opinion::LONGEST_LINE)?;
    within("gongbu", &shown, super::opinion::LONGEST)?;
    let own = named == opinion.masked || opinion.sender == Sender::Organisation;
    if !own && !is_masked_name(&named) {
        let words = "个人的姓名公布时只写姓，例如“朱**”；没有写姓名的写“匿名”";
        return Err(ActError::Field("mingcheng", words.into()));
    }
    unnamed("gongbu", &shown)?;
    Ok((named, shown))
}

/// What is told beside the answers: how it went as a whole, the final text, where the decision is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome<'a> {
    /// 总体情况.
    pub summary: &'a str,
    /// The final text; may be empty.
    pub final_text: &'a str,
    /// An address of this platform; may be empty.
    pub final_path: &'a str,
}

/// Keeps it; `version` is the one the form was shown in.
///
/// # Errors
/// The time is not over, somebody was first, a field is not as it must be, or the database refuses.
pub async fn keep(
    mut desk: Desk,
    by: &Signatory,
    (organ, id, version): (&str, &str, i64),
    told: Outcome<'_>,
) -> Result<(), ActError> {
    let (found, _) = taken(&desk, organ, id, Step::Answer).await?;
    let (summary, final_text) = (tidy(told.summary), tidy(told.final_text));
    let final_path = told.final_path.trim();
    within("zongti", &summary, LONGEST_SUMMARY)?;
    unnamed("zongti", &summary)?;
    within("dinggao", &final_text, LONGEST_TEXT)?;
    within("wangzhi", final_path, LONGEST_PATH)?;
    if clauses(&final_text).len() > MOST_CLAUSES {
        let words = format!("定稿分出来超过 {MOST_CLAUSES} 条，请只贴征求过意见的部分");
        return Err(ActError::Field("dinggao", words));
    }
    let ours = final_path.starts_with('/') && !final_path.starts_with("//");
    if !final_path.is_empty() && !ours {
        let words = "写本平台的网址，从“/”开始，例如 /wenjian/…；还没有公布的先空着";
        return Err(ActError::Field("wangzhi", words.into()));
    }
    let authors = with_author(&found.answer_authors, by);
    let at = at(&desk);
    let kept = (summary.as_str(), final_text.as_str(), final_path);
    if found.version != version || !found.keep_result(desk.change(), kept, (&authors, &at)).await? {
        return Err(ActError::overtaken());
    }
    desk.record(entry("answers_text", &found, STUDIED, json!({}))).await?;
    Ok(desk.seal().await?)
}

/// Hands all answers in for review.
///
/// # Errors
/// The time is not over, an opinion has no answer, a proposal to hide one waits, or the database refuses.
pub async fn submit(
    mut desk: Desk,
    publishers: &Publishers,
    by: &Signatory,
    (organ, id): (&str, &str),
) -> Result<Unit, ActError> {
    let (found, _) = taken(&desk, organ, id, Step::SubmitAnswers).await?;
    if let Some(open) = Opinion::unanswered(desk.change(), id).await? {
        let words =
            format!("第 {} 条意见还没有答复。每一条都答复了，再一起送审（{TOLD}）。", open.number);
        return Err(ActError::Standing(words));
    }
    if let Some(number) = Hiding::waits_in(desk.change(), id).await? {
        let words = format!("第 {number} 条意见的屏蔽还没有审定。等保密审查员审定以后再送审。");
        return Err(ActError::Standing(words));
    }
    if found.summary.is_empty() {
        return Err(ActError::Field(
            "zongti",
            "写明征求意见的总体情况，没有收到意见的也写明".into(),
        ));
    }
    let on = (Consultation::ANSWERS.written, Consultation::ANSWERS.reviewed);
    if !announced::turn::<Consultation>(desk.change(), id, on, ("", &at(&desk))).await? {
        return Err(ActError::overtaken());
    }
    desk.record(entry("answers_submission", &found, TOLD, json!({}))).await?;
    handed_in(desk, publishers, by, (KIND, id)).await
}

/// How answers become public.
static RELEASE: Release<Consultation> = Release {
    step: Step::PublishAnswers,
    piece: Consultation::ANSWERS,
    fits: |_, _| Ok(()),
    told: |of| ("answers", TOLD, json!({ "opinions": of.opinions })),
    subject: inscription::result_subject,
    path: Consultation::result_path,
};

/// How answers are reviewed and published.
pub const PUBLISHER: Publisher = Publisher {
    kind: KIND,
    words: "意见采纳情况",
    approve: "opinion.answers.approve",
    release: "opinion.answers.publish",
    content: |from, id| Box::pin(as_signed(from, id)),
    holds: Some(|from, id| Box::pin(holds(from, id))),
    publish: |desk, _, approved| Box::pin(publish(desk, approved)),
    ..PLAIN
};

/// Answers are under review after the last day alone, and what is signed of an opinion is what everybody will read:
/// the name hidden, the words as an officer checked them.
async fn holds(from: &impl Statements, id: &str) -> Result<Vec<Condition>, Fault> {
    let found = Consultation::find(from, id).await?;
    Ok(match found.map(|found| found.state()) {
        Some(State::AnswersReview | State::Answered) => {
            vec![Condition::AfterClose, Condition::Masked]
        }
        _ => vec![],
    })
}

async fn as_signed(from: &impl Statements, id: &str) -> Result<Option<Content>, Fault> {
    let found = Consultation::find(from, id).await?;
    let Some(found) = found.filter(|found| found.opened_on.is_some()) else { return Ok(None) };
    let opinions = Opinion::all(from, id).await?;
    let clauses = found.clauses(from).await?;
    let empty = Content {
        authors: found.answer_authors.clone(),
        findings: edited(&opinions),
        ..blank(&found, format!("{}：意见采纳情况", found.said.title))
    };
    let told = empty.part("总体情况", &found.summary);
    let told = answered(&opinions).into_iter().fold(told, |told, (one, with)| {
        let verdict = one.verdict.map_or("", Verdict::name);
        let name = format!(
            "意见 {}（{}）{}",
            one.number,
            about(one.clause, &clauses),
            senders(one, with.len())
        );
        told.part(&name, format!("{}\n{verdict}：{}", one.shown, one.reason))
    });
    let hidden = opinions.iter().filter(|one| one.state == OpinionState::Hidden).count();
    let hidden = if hidden == 0 { String::new() } else { format!("{hidden} 条") };
    Ok(Some(
        told.part("屏蔽的违法内容", hidden)
            .part("定稿", &found.final_text)
            .part("定稿网址", &found.final_path),
    ))
}

/// What whoever signs should look at: where the words that will be public are not those that came.
fn edited(opinions: &[Opinion]) -> Vec<String> {
    let edited = opinions.iter().filter(|one| one.is_own() && one.edited);
    let numbers: Vec<String> = edited.map(|one| one.number.to_string()).collect();
    if numbers.is_empty() {
        return vec![];
    }
    vec![format!(
        "第 {} 条意见公布的写法改过，核对只隐去个人信息、没有改意思。",
        numbers.join("、")
    )]
}

/// Each opinion that is answered for itself, with those that say the same.
pub(crate) fn answered(opinions: &[Opinion]) -> Vec<(&Opinion, Vec<&Opinion>)> {
    let mut with: BTreeMap<&str, Vec<&Opinion>> = BTreeMap::new();
    for one in opinions.iter().filter(|one| one.state == OpinionState::Open) {
        if let Some(first) = &one.first {
            with.entry(first).or_default().push(one);
        }
    }
    let own = opinions.iter().filter(|one| one.is_own());
    own.map(|one| (one, with.remove(one.id.as_str()).unwrap_or_default())).collect()
}

/// Who said it: 朱**, 林** 等 5 人.
pub(crate) fn senders(one: &Opinion, others: usize) -> String {
    match others {
        0 => one.masked.clone(),
        _ => format!("{} 等 {} 人（件）", one.masked, others + 1),
    }
}

async fn publish(desk: &mut Desk, approved: &Approved) -> Result<Appeared, Fault> {
    due(desk, approved, &RELEASE).await?;
    appear(desk, approved, &RELEASE, None).await?;
    let (now, appeared) = tell(desk, approved, &RELEASE).await?;
    let opinions = Opinion::all(desk.change(), &now.id).await?;
    desk.publish_leaf(inscription::result_leaf(&now, &opinions)).map_err(Fault::inside)?;
    Ok(appeared)
}

/// What was handed in comes back as soon as its review has ended without a publication.
pub(crate) const LISTENERS: &[Listener] = &[Listener {
    name: "participation.review",
    acts: &["review.step", "review.withdrawal", "review.lapse"],
    hear,
}];

fn hear<'a>(_: &'a House, event: &'a Event, change: &'a Transaction) -> Later<'a, ()> {
    Box::pin(async move {
        let Some((reason, pieces)) = ended(event) else { return Ok(()) };
        for [kind, id] in pieces {
            let (which, told) = ((kind.as_str(), id.as_str()), (reason, event));
            let piece = match kind.as_str() {
                NOTICE_KIND => Consultation::NOTICE,
                KIND => Consultation::ANSWERS,
                _ => {
                    hearing::comes_back(change, which, told).await?;
                    continue;
                }
            };
            publication::comes_back::<Consultation>(change, which, piece, told).await?;
        }
        Ok(())
    })
}
