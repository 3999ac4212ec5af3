//! Proposals that stand in the row of the piece they are about: at most one, gone once it is refused.

use law::Date;
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

use super::{Withdrawable, Withdrawal};
use crate::store::announced::list_of;
use crate::store::{Deciding, words_of};

/// A proposal to withdraw what should not have been public; it waits for another person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed {
    /// Why, as everybody will read it.
    pub reason: String,
    /// The natural persons who propose it: who does, and who is stood in for.
    pub by: Vec<String>,
    /// What he is called.
    pub name: String,
}

impl Proposed {
    /// As the columns `withdraw_reason`, `withdraw_by` and `withdraw_name` have it; none where no reason stands there.
    pub(crate) fn read(reason: String, by: &str, name: String) -> Option<Self> {
        Some(Self { reason, by: list_of(by), name }).filter(|one| !one.reason.is_empty())
    }
}

/// What is proposed of a piece, and whether it was withdrawn.
pub(super) async fn of(
    from: &impl Statements,
    (what, piece): (Withdrawable, &str),
) -> Result<Vec<Withdrawal>, StoreError> {
    #[derive(FromQueryResult)]
    struct Row {
        withdraw_reason: String,
        withdraw_by: String,
        withdraw_name: String,
        withdrawn_on: Option<String>,
    }
    let sql = format!(
        "SELECT withdraw_reason, withdraw_by, withdraw_name, withdrawn_on FROM {} WHERE id = $1",
        what.table()
    );
    let row: Option<Row> = from.one(&sql, vec![piece.into()]).await?;
    let told = |row: Row| {
        let one = Proposed::read(row.withdraw_reason, &row.withdraw_by, row.withdraw_name)?;
        let withdrawn = row.withdrawn_on.is_some();
        Some(Withdrawal {
            id: String::new(),
            what,
            piece: piece.to_owned(),
            reason: one.reason,
            proposers: one.by,
            proposed_name: one.name,
            decided_name: String::new(),
            decided_reason: String::new(),
            waits: !withdrawn,
            withdrawn,
        })
    };
    Ok(row.and_then(told).into_iter().collect())
}

/// Keeps a proposal, or takes it off again; `false` where something else is proposed.
pub(super) async fn keep(
    change: &Transaction,
    (what, piece): (Withdrawable, &str),
    proposed: Option<&Proposed>,
    at: &str,
) -> Result<bool, StoreError> {
    let nothing = Proposed { reason: String::new(), by: vec![], name: String::new() };
    let (new, before) = match proposed {
        Some(new) => (new, "withdraw_reason = ''"),
        None => (&nothing, "withdraw_reason <> ''"),
    };
    let sql = format!(
        "UPDATE {} SET withdraw_reason = $1, withdraw_by = $2, withdraw_name = $3, changed_at = $4, version = version + 1
          WHERE id = $5 AND {before} AND withdrawn_on IS NULL",
        what.table()
    );
    let values: Vec<Value> = vec![
        new.reason.clone().into(),
        words_of(&new.by).into(),
        new.name.clone().into(),
        at.into(),
        piece.into(),
    ];
    Ok(change.run(&sql, values).await? == 1)
}

/// It is public no more; `false` where nothing is proposed, or somebody was first.
pub(super) async fn withdraw(
    change: &Transaction,
    (what, piece): (Withdrawable, &str),
    on: Date,
    deciding: &Deciding<'_>,
) -> Result<bool, StoreError> {
    let sql = format!(
        "UPDATE {} SET state = 'withdrawn', withdrawn_by = $1, withdrawn_on = $2, changed_at = $3, version = version + 1
          WHERE id = $4 AND withdraw_reason <> '' AND withdrawn_on IS NULL",
        what.table()
    );
    let values = vec![deciding.by.into(), on.to_string().into(), deciding.at.into(), piece.into()];
    Ok(change.run(&sql, values).await? == 1)
}
