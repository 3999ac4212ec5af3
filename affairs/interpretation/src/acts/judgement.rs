//! 认定: whoever drafts a policy document says whether it is interpreted with it, later or not at all; the last two
//! hold when another person has agreed.

use identity::Organ;
use interpretation_rules::{PolicyEvent, PolicyState};
use ledger::Desk;
use review::{Publishers, Signatory, Unit};
use serde_json::json;
use store::moment;
use web::Content;

use super::{ActError, line, needed};
use crate::checks;
use crate::drafts::{self, PLAN};
use crate::store::{Judged, Policy};

/// What is said of a document.
#[derive(Debug, Clone, Copy, Default)]
pub struct Said<'a> {
    /// 需要解读, 不解读 or 随后解读, by the event's word.
    pub verdict: &'a str,
    /// Why not, or why later.
    pub reason: &'a str,
    /// The address of the document whose place it takes.
    pub former: &'a str,
}

/// The words by which forms say what is judged.
pub const VERDICTS: [(&str, PolicyEvent, PolicyState); 3] = [
    ("xuyao", PolicyEvent::Judge, PolicyState::Needed),
    ("buxuyao", PolicyEvent::ProposeWaiver, PolicyState::WaiverProposed),
    ("suihou", PolicyEvent::ProposeDeferral, PolicyState::DeferralProposed),
];

/// Judges the document under that kind and key of a piece; `domains` names the domains of readers by what the
/// catalogue calls them.
///
/// # Errors
/// There is no such draft of the organ, it is under review, a reason is missing, or the database refuses.
pub async fn keep(
    mut desk: Desk,
    publishers: &Publishers,
    by: &Signatory,
    piece: (&str, &str),
    said: Said<'_>,
    domains: &[(String, String)],
) -> Result<Policy, ActError> {
    let content = draft_of(&desk, publishers, by, piece).await?;
    let verdict = VERDICTS.iter().find(|(word, ..)| *word == said.verdict);
    let (_, event, state) =
        *verdict.ok_or_else(|| ActError::field("rending", "没有选是否解读。请选一项。"))?;
    let reason = match event {
        PolicyEvent::Judge => String::new(),
        _ => public_reason(said.reason)?,
    };
    let former = former(said.former)?;
    let domains = drafts::domains_of(&content, domains);
    let hash = content.hash();
    let judged = Judged {
        state,
        reason: &reason,
        title: &content.title,
        domains: &domains,
        unit: &content.unit,
        hash: hash.as_str(),
        former: &former,
        by,
        at: moment(desk.now()),
    };
    let id = match Policy::of_piece(desk.change(), piece).await? {
        Some(before) => {
            before.state.after(event)?;
            may_change(&desk, &before).await?;
            if !before.judge(desk.change(), &judged).await? {
                return Err(ActError::OVERTAKEN);
            }
            before.id
        }
        None => {
            let organ = Organ::find(desk.change(), &content.organ).await?;
            let division = organ.map(|organ| organ.division).unwrap_or_default();
            let place = (content.organ.as_str(), content.unit.as_str(), division.as_str());
            Policy::add(desk.change(), piece, place, &judged).await?
        }
    };
    let authors = content.authors.iter().map(String::as_str).chain(by.persons());
    Policy::note_authors(desk.change(), &id, authors).await?;
    let policy = Policy::find(desk.change(), &id).await?.ok_or(ActError::NO_POLICY)?;
    let facts = json!({ "piece": piece, "verdict": state.word(), "reason": reason });
    desk.record(super::entry("judgement", &policy, facts)).await?;
    desk.seal().await?;
    Ok(policy)
}

/// The organ's draft as it would be signed now.
async fn draft_of(
    desk: &Desk,
    publishers: &Publishers,
    by: &Signatory,
    (kind, id): (&str, &str),
) -> Result<Content, ActError> {
    let content = (publishers.get(kind)?.content)(&desk.change().reading(), id).await?;
    let content = content.filter(|content| content.organ == by.organ);
    let content = content.ok_or(ActError::Refused(
        "本机关没有这份可以送审公开的稿件",
        "不公开的稿件不用解读；其他的请在“我的稿件”中打开",
    ))?;
    if Unit::open_with(desk.change(), kind, id).await?.is_some() {
        return Err(ActError::UNDER_REVIEW);
    }
    if drafts::corrected(desk.change(), &content).await?.is_some() {
        return Err(ActError::Refused(
            "更正沿用原来文件的认定，不再认定",
            "原来的解读要改的，在“政策解读”里打开那份文件，另写一份代替",
        ));
    }
    Ok(content)
}

/// Refuses what is under review with its document.
pub(super) async fn may_change(desk: &Desk, policy: &Policy) -> Result<(), ActError> {
    match Unit::open_with(desk.change(), PLAN, &policy.id).await? {
        Some(_) => Err(ActError::UNDER_REVIEW),
        None => Ok(()),
    }
}

/// Why it goes without, or first: everybody will read it.
fn public_reason(text: &str) -> Result<String, ActError> {
    let reason = needed(web::workbench::REASON, "理由", text)?;
    match checks::stopping_line(&reason) {
        Some(words) => {
            let words = format!("理由会公布，{words}。请删去或者遮盖。");
            Err(ActError::field(web::workbench::REASON, words))
        }
        None => Ok(reason),
    }
}

/// The address of another document of ours; nothing else is linked to.
fn former(text: &str) -> Result<String, ActError> {
    let text = line("yuanzhengce", text)?;
    if text.is_empty() {
        return Ok(text);
    }
    let at = text.find("/wenjian/").map(|at| text[at..].to_owned()).unwrap_or_default();
    let key = at.trim_start_matches("/wenjian/").split(['?', '#', '/', '.']).next();
    let key = key.unwrap_or_default();
    let sound = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if !sound {
        let words = "不是本平台上一份文件的网址。从门户上打开原政策，复制它的网址；没有的留空。";
        return Err(ActError::field("yuanzhengce", words));
    }
    Ok(format!("/wenjian/{key}"))
}

#[cfg(test)]
mod tests {
    use super::former;

    #[test]
    fn the_former_policy_is_a_document_of_this_platform_or_none() {
        for (given, kept) in [
            ("", Some("")),
            ("/wenjian/0199-ab", Some("/wenjian/0199-ab")),
            ("https://city.example/siming/wenjian/0199ab?x=1", Some("/wenjian/0199ab")),
            ("https://elsewhere.example/a", None),
            ("/wenjian/", None),
            ("/wenjian/\"><script>", None),
        ] {
            assert_eq!(former(given).ok().as_deref(), kept, "{given}");
        }
    }
}
