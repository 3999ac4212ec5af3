//! 必备内容: whether an answer contains all that one of its kind must, and tells nobody who applied.

use law::{Date, Provision, article};
use ledger::Desk;
use requests_rules::{
    AnswerClass, AnswerType, Consulted, Fact, Happening, ItemAnswer, Opinion, OpinionEffect,
    REGULATION, RedactionFault, answer_type, combined, divided,
};
use secrets::Sealer;

use super::ActError;
use crate::store::{
    self, AnswerContent, AnswerItem, Case, CaseFile, GivenAnswer, KeptSearch, OpinionCase,
    Particulars, ReviewStep,
};

/// What of the file an answer may rest on.
struct Grounds {
    searches: Vec<KeptSearch>,
    opinions: Vec<OpinionCase>,
    files: Vec<CaseFile>,
    /// What was answered to this applicant before; none where he is not known by a proof.
    given: Option<Vec<GivenAnswer>>,
}

/// Whether it may go into review and out: all faults at once.
pub(super) async fn check(
    desk: &Desk,
    sealer: &Sealer,
    case: &Case,
    content: &AnswerContent,
) -> Result<(), ActError> {
    let request = case.filing.id.as_str();
    let identity = store::identity_of(desk.change(), request).await?;
    let about = (case.filing.organ.as_str(), identity.as_str(), request);
    let given = GivenAnswer::to_applicant(desk.change(), about).await?;
    let grounds = Grounds {
        given: (!identity.is_empty()).then_some(given),
        searches: KeptSearch::of(desk.change(), request).await?,
        opinions: OpinionCase::of(desk.change(), request).await?,
        files: CaseFile::of(desk.change(), request).await?,
    };
    let mut faults = Vec::new();
    if content.items.is_empty() {
        faults.push("一项也没有答复。改法: 逐项答复".to_owned());
    }
    for (at, item) in content.items.iter().enumerate() {
        let missing = item_faults(desk, case, &grounds, item);
        faults.extend(missing.into_iter().map(|fault| format!("第{}项: {fault}", at + 1)));
    }
    if content.body.trim().is_empty() {
        faults.push("没有写答复正文。改法: 写明答复内容".to_owned());
    }
    let provided = |id: &str, sha256: &str| {
        let is_it = |file: &&CaseFile| file.id == id && file.sha256 == sha256;
        grounds.files.iter().find(is_it).is_some_and(CaseFile::is_clean_copy)
    };
    if content.files.iter().any(|file| !provided(&file.id, &file.sha256)) {
        let fault = "提供的文件不是平台写成的干净副本，或者已经换过。改法: 重新放入要提供的文件";
        faults.push(fault.to_owned());
    }
    faults.extend(unjudged(&grounds.opinions, content, desk.today()));
    faults.extend(against(&grounds.opinions, content, desk.today()));
    faults.extend(undivided(desk, content).map(|fault| fault.to_string()));
    if tells_who(desk, sealer, request, content).await? {
        let fault = "文中有申请人的姓名、证件号码或者联系方式。改法: 删去，称呼由平台在送达时填写";
        faults.push(fault.to_owned());
    }
    if faults.is_empty() { Ok(()) } else { Err(ActError::Faults(faults)) }
}

/// What is wrong between the kind of the whole and what was taken out of its files.
fn undivided(desk: &Desk, content: &AnswerContent) -> Option<RedactionFault> {
    let item =
        |item: &AnswerItem| ItemAnswer { asked: item.asked.clone(), code: item.code.clone() };
    let items: Vec<ItemAnswer> = content.items.iter().map(item).collect();
    let kind = combined(&items, desk.today()).ok()?;
    let together = items.iter().any(|item| item.code != kind.code);
    let removed: Vec<usize> = content.files.iter().map(|file| file.removals.len()).collect();
    divided(kind, together, &removed)
}

fn item_faults(desk: &Desk, case: &Case, grounds: &Grounds, item: &AnswerItem) -> Vec<String> {
    let today = desk.today();
    let Some(kind) = answer_type(&item.code, today) else {
        return vec!["答复类型不认识。改法: 从答复类型中选一种".to_owned()];
    };
    if kind.class == AnswerClass::Otherwise {
        return vec!["这一类不是答复。改法: 用不再处理、合并，或者由申请人撤回".to_owned()];
    }
    let said = item.facts.iter().filter(|(_, text)| !text.trim().is_empty());
    let mut contained: Vec<Fact> = said.map(|(fact, _)| *fact).collect();
    let received = case.filing.received_on.unwrap_or(today);
    if grounds.searches.iter().any(|kept| kept.record.faults(received, today).is_empty()) {
        contained.push(Fact::SearchRecord);
    } else {
        contained.retain(|fact| *fact != Fact::SearchRecord);
    }
    let missing = kind.missing(&contained);
    let mut faults: Vec<String> = missing
        .iter()
        .map(|fact| {
            let mend = match fact {
                Fact::SearchRecord => "在案卷里办“登记检索”，登记的内容会写进答复书，不用再填",
                _ => "补上",
            };
            format!("“{}”缺“{}”。改法: {mend}", kind.name, fact.label())
        })
        .collect();
    faults.extend(ungrounded(case, grounds, kind.code).map(str::to_owned));
    if kind.code == "N2" && missing.is_empty() {
        faults.extend(unrepeated(case, grounds, item));
    }
    faults
}

/// 重复申请 (第三十六条第（六）项; docs/readings/219): the answer that is named was given to this applicant, and to the
/// same.
fn unrepeated(case: &Case, grounds: &Grounds, item: &AnswerItem) -> Option<String> {
    let Some(given) = &grounds.given else {
        return Some(
            "申请人没有身份证明，认不出以前的申请是不是他的。改法: 先补身份证明，或者改选别的答复种类"
                .into(),
        );
    };
    let bare = |text: &str| -> String {
        text.chars().filter(|one| one.is_alphanumeric()).collect::<String>().to_lowercase()
    };
    let named = bare(item.facts.get(&Fact::EarlierAnswer).map_or("", String::as_str));
    let named = given.iter().find(|one| named.ends_with(&bare(&one.number)));
    let Some(named) = named else {
        return Some(
            "写的文号不是本机关给这个申请人的答复。改法: 写以前给他的答复书的文号；没有答复过的，不是重复申请，\
             改选别的答复种类"
                .into(),
        );
    };
    let wish = &case.filing.wish_mark;
    let same = !wish.is_empty() && *wish == named.wish_mark;
    if same || named.asked.iter().any(|asked| bare(asked) == bare(&item.asked)) {
        return None;
    }
    Some(format!(
        "{}答复的是“{}”，与这一项不同。改法: 确是同一项的，“答复的是哪一项”照那份答复书写；不是同一项的，改选别的\
         答复种类",
        named.number,
        named.asked.join("”“")
    ))
}

/// Whether a third party's reason holds is judged before an answer gives something or keeps it back for that
/// (第三十二条; docs/readings/218).
fn unjudged(opinions: &[OpinionCase], content: &AnswerContent, on: Date) -> Vec<String> {
    let rests =
        |item: &AnswerItem| protects(item) || answer_type(&item.code, on).is_some_and(gives);
    if !content.items.iter().any(rests) {
        return Vec::new();
    }
    let fault = |one: &OpinionCase| {
        format!(
            "第三方{}写了不公开的理由，还没有认定是不是合理。改法: 先办“认定第三方的理由”",
            one.label
        )
    };
    opinions.iter().filter(|one| one.is_to_be_judged()).map(fault).collect()
}

/// Disclosed against a third party whose reasons hold: nobody may without a decision (第三十二条;
/// docs/readings/195). What is withheld to protect it respects what it said.
fn against(opinions: &[OpinionCase], content: &AnswerContent, on: Date) -> Vec<String> {
    let gives = |item: &AnswerItem| answer_type(&item.code, on).is_some_and(gives);
    let kept = content.items.iter().any(protects);
    if kept || !content.items.iter().any(gives) {
        return Vec::new();
    }
    let binds = |one: &&OpinionCase| {
        one.effect(false) == Some(OpinionEffect::Withhold)
            && one.decided.is_none()
            && one.told_on.is_none()
    };
    let fault = |one: &OpinionCase| {
        format!(
            "第三方{}不同意公开，本机关认定理由合理。改法: 这一部分以“保护第三方合法权益”不予公开；不公开可能对公共利益\
             造成重大影响的，先在“公开决定告知第三方”里写明公开的内容和理由",
            one.label
        )
    };
    opinions.iter().filter(binds).map(fault).collect()
}

/// Whether it withholds something to protect a third party: all of it, or a part by the provisions it names.
fn protects(item: &AnswerItem) -> bool {
    let names = |said: &String| said.contains("第十五条") || said.contains("第三十二条");
    item.code == "D4" || (item.code == "P1" && item.facts.values().any(names))
}

/// Whether an answer of that kind gives something.
pub(super) fn gives(kind: &AnswerType) -> bool {
    matches!(kind.class, AnswerClass::Disclosed | AnswerClass::InPart)
}

/// What must have happened before an answer of that kind, and has not.
fn ungrounded(case: &Case, grounds: &Grounds, code: &str) -> Option<&'static str> {
    let happened = |what: fn(&Happening) -> bool| {
        case.events.iter().filter_map(|event| event.happening.as_ref()).any(what)
    };
    let corrected = happened(|one| matches!(one, Happening::CorrectionReceived { .. }));
    let judged = case
        .events
        .iter()
        .any(|event| event.kind == "reasons_judged" && event.facts["judged"] == "unreasonable");
    let third = || grounds.opinions.iter().filter(|one| one.of == Consulted::ThirdParty);
    let asked = third().next().is_some();
    let agreed = third().all(|one| one.opinion == Some(Opinion::Agrees));
    match code {
        "U3" if !corrected => Some("没有补正过，不能答复补正后仍不明确。改法: 先发补正告知"),
        "N4" if !judged => Some("没有要求说明理由并认定不合理。改法: 先发说明理由通知书，再作认定"),
        "D4" if !asked => Some("没有征求第三方意见。改法: 先征求第三方意见"),
        "D4" if agreed => {
            Some("征求过的第三方都同意公开，不能以保护第三方合法权益不予公开。改法: 另选答复种类")
        }
        _ => None,
    }
}

/// Whether anything it says tells who applied.
async fn tells_who(
    desk: &Desk,
    sealer: &Sealer,
    request: &str,
    content: &AnswerContent,
) -> Result<bool, ActError> {
    let Some(known) = Particulars::open(desk.change(), sealer, request).await? else {
        return Ok(false);
    };
    // an organisation's name is no personal data, and an answer may have to name it
    if !known.applicant.class.is_person() {
        return Ok(false);
    }
    let facts = content.items.iter().flat_map(|item| item.facts.values());
    let texts = facts.map(String::as_str).chain([content.body.as_str()]);
    let texts: Vec<&str> = texts.collect();
    Ok(store::tells(&texts.join("\n"), &known.applicant))
}

/// What a step of review rests on.
pub(super) const fn step_basis(step: ReviewStep) -> Provision {
    match step {
        ReviewStep::Secrecy => article(REGULATION, 17),
        ReviewStep::Legal | ReviewStep::Signature => article(REGULATION, 45),
    }
}
