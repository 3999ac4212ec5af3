//! 抽查 in the demo city: one rule, what it drew, and what was found in one record.

use std::collections::BTreeSet;

use identity::{Organ, Role};
use law::day;
use ledger::Ledger;
use records::acts::check_rule::{self, CheckRuleForm};
use records::acts::{ActError, Hand, check_draw, spot_check};
use records::store::{CheckCase, Finding};
use records_rules::{Amount, FindingKind, Frequency, Severity};

use super::signing::{Staff, desk_of};
use crate::failure::{Exit, Failure};

/// Draws two records of an organ and finds something in the first.
pub(super) async fn load(ledger: &Ledger, organ: &Organ) -> Result<(), Failure> {
    let staff = Staff::of(ledger).await?;
    let by = staff.someone(&organ.code, Role::FoiHead, &mut BTreeSet::new());
    let today = ledger.clock().today();
    let form = CheckRuleForm {
        domain: None,
        genre: None,
        amount: Amount::Number(2),
        frequency: Frequency::Once,
        // What the demo takes over was published from that year on.
        days: Some((day(2024, 1, 1), today)),
    };
    let desk = desk_of(ledger, &by).await?;
    let rule = check_rule::set(desk, &Hand::from(&by), Role::FoiHead, form).await;
    let rule = rule.map_err(refused)?;
    let desk = desk_of(ledger, &by).await?;
    let draw = check_draw::keep(desk, &rule.id).await.map_err(refused)?;
    let cases = CheckCase::of_draw(ledger.store(), &draw.id).await?;
    let own = |case: &&CheckCase| case.checker.as_deref() == Some(&by.person);
    if let Some(case) = cases.iter().find(own) {
        let finding = Finding {
            kind: FindingKind::Incomplete,
            severity: Severity::Notable,
            words: "没有写明咨询的地点（演示）".into(),
        };
        let desk = desk_of(ledger, &by).await?;
        let told = spot_check::tell(desk, &Hand::from(&by), &case.id, vec![finding], "").await;
        told.map_err(refused)?;
    }
    Ok(())
}

/// The data of the demo do not fit the program.
pub(super) fn refused(error: ActError) -> Failure {
    let message = format!("演示资料没有办成: {error}");
    Failure::new(Exit::Failure, message, "请重新取得程序").because(error)
}
