//! 提供、移交和销毁 in the demo city: a batch with its receipt, and a document whose time is over and that
//! waits for a second person.

use std::collections::BTreeSet;
use std::path::Path;

use identity::{Organ, Role};
use ledger::Ledger;
use records::acts::{Hand, deposit, destruction};
use records::store::KeptRecord;
use records_rules::Deposit;

use super::checking::refused;
use super::city::actor;
use super::signing::{Staff, desk_of};
use crate::commands::record;
use crate::failure::Failure;

/// Loads both for an organ.
pub(super) async fn load(ledger: &Ledger, folder: &Path, organ: &Organ) -> Result<(), Failure> {
    let expired = format!(
        "---\n标题：演示数据：关于2012年值班电话调整的通知（示例）\n发布机构：{}\n\
         成文日期：2012-05-08\n主题分类：综合政务/文秘工作\n体裁：通知\n公开属性：主动公开\n\
         原发布日期：2012-05-10\n原发布日期来源：https://example.org/2012/1\n保管期限：10年\n\
         演示数据：是\n---\n\n值班电话自2012年6月1日起调整。\n\n\
         本件为演示数据，内容系编写示例，不具有法律效力。\n",
        organ.code
    );
    record::publish_manuscripts(ledger, folder, actor(), &expired, vec![]).await?;
    let by = Staff::of(ledger).await?.someone(&organ.code, Role::Publisher, &mut BTreeSet::new());
    let hand = Hand::from(&by);
    let today = ledger.clock().today();
    let due = KeptRecord::to_supply(ledger.store(), &organ.code).await?;
    let first: Vec<_> = due.into_iter().take(1).map(|kept| kept.id).collect();
    let desk = desk_of(ledger, &by).await?;
    let batch = deposit::make(desk, &hand, Deposit::Supply, "区档案馆（演示）", &first).await;
    let batch = batch.map_err(refused)?;
    let desk = desk_of(ledger, &by).await?;
    let receipt = ("演示-1", Some(today), "演示接收人");
    deposit::receive(desk, &hand, &batch.id, receipt).await.map_err(refused)?;
    let over = KeptRecord::expired(ledger.store(), &organ.code, today).await?;
    let over: Vec<_> = over.into_iter().map(|kept| kept.id).collect();
    let desk = desk_of(ledger, &by).await?;
    let why = "事务性通知，无继续保存价值（演示）";
    destruction::propose(desk, &hand, &over, why).await.map_err(refused)?;
    Ok(())
}
