//! 词表: the list of wrong and sensitive words, version by version.

use documents::wording::List;
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

use crate::hand::Hand;

/// One version of the list, as it was proposed and decided.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct WordingVersion {
    /// 1, 2, 3 …
    pub number: i64,
    /// The whole list, as CSV.
    pub text: String,
    /// Why it was changed.
    pub reason: String,
    /// proposed, holds, refused, withdrawn.
    pub state: String,
    /// Who proposed it, by key.
    pub proposed_by: String,
    /// For whom that person stood in, by key.
    pub proposed_for: Option<String>,
    /// What that person is called.
    pub proposed_name: String,
    /// When, as stored.
    pub proposed_at: String,
    /// What the decider said.
    pub words: String,
    /// Who decided it; `None` while it waits.
    pub decided_name: Option<String>,
    /// When, as stored.
    pub decided_at: Option<String>,
}

const VERSION: &str = "
SELECT number, text, reason, state, proposed_by, proposed_for, proposed_name, proposed_at, words,
       decided_name, decided_at
  FROM record_wording";

/// The list that holds, and its number; 0 is the list the program comes with.
#[derive(Debug, Clone)]
pub struct Wording {
    /// The number of its version.
    pub number: i64,
    /// Its text, as CSV.
    pub text: String,
    /// The list, ready to be looked for.
    pub list: List,
}

impl Wording {
    /// The list that holds now.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn now(from: &impl Statements) -> Result<Self, StoreError> {
        let sql = format!("{VERSION} WHERE state = 'holds' ORDER BY number DESC LIMIT 1");
        let row: Option<WordingVersion> = from.one(&sql, vec![]).await?;
        // A version was read before it was kept; the program's own list stands for one that is not.
        let held = row.and_then(|row| Some((List::read(&row.text).ok()?, row)));
        Ok(match held {
            Some((list, row)) => Self { number: row.number, text: row.text, list },
            None => {
                Self { number: 0, text: List::built_in_text().to_owned(), list: List::built_in() }
            }
        })
    }
}

impl WordingVersion {
    /// The persons as whom whoever proposed it counts.
    pub fn proposers(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.proposed_by.as_str()).chain(self.proposed_for.as_deref())
    }

    /// The version that waits for a decision.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn waiting(from: &impl Statements) -> Result<Option<Self>, StoreError> {
        let sql = format!("{VERSION} WHERE state = 'proposed' ORDER BY number DESC LIMIT 1");
        from.one(&sql, vec![]).await
    }

    /// The versions that were decided, the newest first; at most fifty.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn decided(from: &impl Statements) -> Result<Vec<Self>, StoreError> {
        let sql = format!("{VERSION} WHERE state <> 'proposed' ORDER BY number DESC LIMIT 50");
        from.all(&sql, vec![]).await
    }

    /// Keeps a proposal; its number.
    pub(crate) async fn propose(
        change: &Transaction,
        text: &str,
        reason: &str,
        hand: &Hand,
        at: &str,
    ) -> Result<i64, StoreError> {
        let sql = "SELECT COALESCE(MAX(number), 0) FROM record_wording";
        let last = change.number(sql, vec![]).await?;
        let number = last.unwrap_or_default() + 1;
        let columns: Vec<(&'static str, Value)> = vec![
            ("number", number.into()),
            ("text", text.into()),
            ("reason", reason.into()),
            ("state", "proposed".into()),
            ("proposed_by", hand.person.clone().into()),
            ("proposed_for", hand.stands_in_for.clone().into()),
            ("proposed_name", hand.name.clone().into()),
            ("proposed_at", at.into()),
            ("words", "".into()),
        ];
        let (names, values) = columns.into_iter().unzip::<_, _, Vec<_>, Vec<_>>();
        change.insert("record_wording", &names, vec![values]).await?;
        Ok(number)
    }

    /// Whoever proposed it takes it back; `false` where it was decided already.
    pub(crate) async fn withdraw(
        change: &Transaction,
        number: i64,
        words: &str,
        hand: &Hand,
        at: &str,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE record_wording SET state = 'withdrawn', words = $1, decided_name = $2,
                          decided_at = $3
                    WHERE number = $4 AND state = 'proposed'";
        let values: Vec<Value> =
            vec![words.into(), hand.name.clone().into(), at.into(), number.into()];
        Ok(change.run(sql, values).await? == 1)
    }

    /// Keeps the decision; `false` where it was decided already.
    pub(crate) async fn decide(
        change: &Transaction,
        number: i64,
        agreed: bool,
        words: &str,
        hand: &Hand,
        at: &str,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE record_wording SET state = $1, words = $2, decided_by = $3,
                          decided_for = $4, decided_name = $5, decided_at = $6
                    WHERE number = $7 AND state = 'proposed'";
        let values: Vec<Value> = vec![
            if agreed { "holds" } else { "refused" }.into(),
            words.into(),
            hand.person.clone().into(),
            hand.stands_in_for.clone().into(),
            hand.name.clone().into(),
            at.into(),
            number.into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }
}
