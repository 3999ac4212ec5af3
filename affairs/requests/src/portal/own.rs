//! `/shenqing/jindu/ziliao`: what is kept of an applicant, as a file for himself (个人信息保护法第四十五条;
//! docs/readings/186). Whoever holds the pass may have found the receipt, so numbers keep their ends alone.

use axum::http::HeaderMap;
use axum::response::Response;
use ledger::Actor;
use requests_rules::Recipient;
use serde_json::json;
use web::{Fault, Visit};

use super::{TRACK, done, onward, reading};
use crate::acts::{ActError, tracking};
use crate::store::{CaseFile, IssuedLetter, Particulars};

/// Gives it.
pub(super) async fn give(visit: Visit, headers: HeaderMap) -> Result<Response, Fault> {
    let Some((_, case)) = done::case_of(&visit, &headers).await? else {
        return Ok(onward(&visit, TRACK, vec![]));
    };
    let (house, filing) = (&visit.house, &case.filing);
    let (store, sealer) = (house.store(), house.sealer().map_err(Fault::inside)?);
    let desk = house.ledger().desk(Actor::Visitor).await?;
    tracking::copied(desk, &case).await.map_err(ActError::into_fault)?;
    let known = Particulars::open(store, sealer, &filing.id).await?;
    let letters = IssuedLetter::of(store, &filing.id).await?;
    let files = CaseFile::of(store, &filing.id).await?;
    let events = case.events.iter().map(|event| {
        let name = crate::ledger_words::name_of(&event.kind);
        json!({ "日期": event.happened_on, "事项": name })
    });
    let to_him = letters.iter().filter(|letter| letter.kind.to() == Recipient::Applicant);
    let own = json!({
        "登记编号": filing.number,
        "提交日期": filing.arrival.submitted,
        "收到之日": filing.received_on,
        "渠道": filing.arrival.channel.name(),
        "状态": filing.state.name(),
        "申请人": known.as_ref().map(who),
        "申请内容": known.as_ref().map(|known| &known.wanted),
        "经过": events.collect::<Vec<_>>(),
        "文书": to_him.map(|letter| json!({
            "名称": letter.kind.title(), "文号": letter.number, "日期": letter.issued_on,
        })).collect::<Vec<_>>(),
        "材料": files.iter().filter(|file| file.is_personal()).map(|file| file.purpose.name()).collect::<Vec<_>>(),
        "说明": "证件号码、电话只写两端；要完整的，带身份证明到受理机关的公开工作机构查阅、复制。",
    });
    let bytes = serde_json::to_vec_pretty(&own).map_err(Fault::inside)?;
    reading::saved(bytes, "application/json", &format!("{}.json", filing.number))
}

/// Who asked, numbers with their ends alone; of an agent his name.
fn who(known: &Particulars) -> serde_json::Value {
    let applicant = &known.applicant;
    let proof = applicant.proof.as_ref();
    json!({
        "姓名或者名称": applicant.name,
        "类别": applicant.class.name(),
        "证件": proof.map(|proof| proof.name()),
        "证件号码": proof.map(|proof| ends(proof.number())),
        "电话": applicant.contact.telephone.as_deref().map(ends),
        "地址": applicant.contact.address,
        "邮箱": applicant.contact.email,
        "代理人": applicant.agent.as_ref().map(|agent| &agent.name),
        "无障碍协助": known.assistance,
    })
}

/// 1101**********002X, 139****2345.
fn ends(number: &str) -> String {
    let letters: Vec<char> = number.chars().collect();
    let (head, tail) = match letters.len() {
        12.. => (4, 4),
        8.. => (3, 4),
        _ => (0, 2),
    };
    let hidden = |at: usize| at >= head && at + tail < letters.len();
    letters.iter().enumerate().map(|(at, one)| if hidden(at) { '*' } else { *one }).collect()
}

#[cfg(test)]
mod tests {
    use super::ends;

    #[test]
    fn numbers_keep_their_ends_alone() {
        for (number, shown) in [
            ("11010519491231002X", "1101**********002X"),
            ("13950012345", "139****2345"),
            ("A12345", "****45"),
            ("", ""),
        ] {
            assert_eq!(ends(number), shown);
        }
    }
}
