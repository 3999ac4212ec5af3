//! 提供和移交: a batch with its list goes to an archive or a library, and its receipt comes back
//! (条例第二十五条; 档案法第十五条; docs/readings/081).

use ::store::moment;
use law::Date;
use ledger::{Change, Desk, Entry};
use records_rules::Deposit;
use serde_json::json;

use super::{ActError, Hand};
use crate::store::{DepositBatch, KeptRecord, Record, is_destroyed};

/// The longest name of an archive or a receipt, in letters: a decision of ours.
const LONGEST_NAME: usize = 60;

/// Makes up a batch of an organ's records.
///
/// # Errors
/// Nothing is in it, one record is not the organ's, was destroyed, went there already or is not
/// public; or the database refuses.
pub async fn make(
    mut desk: Desk,
    hand: &Hand,
    kind: Deposit,
    receiver: &str,
    records: &[String],
) -> Result<DepositBatch, ActError> {
    let receiver = named(receiver, "没有写移交给谁", "写档案馆、图书馆的名称")?;
    if records.is_empty() {
        return Err(ActError::Refused("没有选文件", "勾选文件再提交"));
    }
    let mut list = Vec::with_capacity(records.len());
    for id in records {
        list.push(fitting(&desk, hand, id).await?);
    }
    let batch = DepositBatch {
        id: uuid::Uuid::now_v7().to_string(),
        organ: hand.organ.clone(),
        kind,
        receiver,
        made_at: moment(desk.now()),
        made_name: hand.name.clone(),
        number: i64::try_from(list.len()).unwrap_or(i64::MAX),
        receipt: None,
    };
    match batch.add(desk.change(), hand, &list).await {
        Err(::store::StoreError::Duplicate(_)) => {
            let again = ActError::Refused("有的文件已经列入另一批", "刷新页面再选");
            return Err(again);
        }
        kept => kept?,
    }
    let change = Change {
        before: json!(null),
        after: json!({ "kind": kind.name(), "receiver": batch.receiver, "records": records }),
    };
    desk.record_change(entry("deposit", &batch), change).await?;
    desk.seal().await?;
    Ok(batch)
}

/// 回执: enters the receipt of a batch.
///
/// # Errors
/// There is no such batch or it has a receipt, the receipt says too little or lies in the future, or the
/// database refuses.
pub async fn receive(
    mut desk: Desk,
    hand: &Hand,
    id: &str,
    receipt: (&str, Option<Date>, &str),
) -> Result<(), ActError> {
    let batch = DepositBatch::find(desk.change(), id).await?;
    let batch = batch.filter(|batch| batch.organ == hand.organ).ok_or(ActError::NO_PROPOSAL)?;
    let number = named(receipt.0, "没有写回执编号", "写回执上的编号；没有编号的写“无”")?;
    let from = named(receipt.2, "没有写接收人", "写在回执上签字的人")?;
    let on = receipt.1.filter(|day| *day <= desk.today());
    let on = on.ok_or(ActError::Refused("接收日期没有写，或者在今天以后", "核对回执上的日期"))?;
    let at = moment(desk.now());
    if !batch.receive(desk.change(), (&number, on, &from), hand, &at).await? {
        return Err(ActError::DECIDED);
    }
    let change = Change {
        before: json!({ "receipt": null }),
        after: json!({ "receipt": number, "received_on": on, "from": from }),
    };
    desk.record_change(entry("deposit_receipt", &batch), change).await?;
    Ok(desk.seal().await?)
}

async fn fitting(desk: &Desk, hand: &Hand, id: &str) -> Result<KeptRecord, ActError> {
    let kept = KeptRecord::find(desk.change(), &hand.organ, id).await?;
    let kept = kept.ok_or(ActError::NO_RECORD)?;
    if is_destroyed(desk.change(), id).await? {
        return Err(ActError::Refused("选的文件里有已经销毁的", "刷新页面再选"));
    }
    match Record::find(desk.change(), id).await? {
        Some(_) => Ok(kept),
        None => Err(ActError::Refused("选的文件里有不向社会公开的", "刷新页面再选")),
    }
}

fn named(text: &str, missing: &'static str, remedy: &'static str) -> Result<String, ActError> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.chars().count() {
        1..=LONGEST_NAME => Ok(text),
        _ => Err(ActError::Refused(missing, remedy)),
    }
}

fn entry(act: &'static str, batch: &DepositBatch) -> Entry {
    Entry {
        room: "records",
        act,
        subject: format!("deposit:{}", batch.id),
        organ: batch.organ.clone(),
        basis: batch.kind.basis().to_string(),
        facts: json!({ "receiver": batch.receiver, "number": batch.number }),
    }
}
