//! 更正申请, 投诉, 申诉 and 建议 as retention sees them: when each was told, whether it still tells who somebody
//! is, 去标识 proposed and decided, and 依法保全 (docs/readings/205).

use law::Date;
use requests_rules::MATTER_RETENTION;
use review::Signatory;
use store::{FromQueryResult, Statements, StoreError, Transaction};

use super::writing::{self, Columns, day, known_day};

/// One that was told and still tells who somebody is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lasting {
    /// rectification:…, complaint:…, suggestion:….
    pub about: String,
    /// Its number.
    pub number: String,
    /// The day its result was told.
    pub told_on: Date,
}

/// 去标识 of one, proposed and decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatterRemoval {
    /// Its key.
    pub id: String,
    /// What of.
    pub about: String,
    /// The organ, by code.
    pub organ: String,
    /// The number of what it is about.
    pub number: String,
    /// Why.
    pub reason: String,
    /// By whom, the key.
    pub proposed_by: String,
    /// For whom he stood in.
    pub proposed_for: Option<String>,
    /// What he is called.
    pub proposed_name: String,
    /// When, as stored.
    pub proposed_at: String,
    /// Whether it was agreed to; none while it waits.
    pub agreed: Option<bool>,
}

/// 依法保全 of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatterHold {
    /// Its key.
    pub id: String,
    /// What of.
    pub about: String,
    /// The number of what it is about.
    pub number: String,
    /// Why.
    pub reason: String,
    /// Since when.
    pub placed_on: Date,
    /// By whom, the key.
    pub placed_by: String,
    /// For whom he stood in.
    pub placed_for: Option<String>,
    /// By whom, the name.
    pub placed_name: String,
}

#[derive(FromQueryResult)]
struct Row {
    about: String,
    number: String,
    told_on: Option<String>,
}

#[derive(FromQueryResult)]
struct RemovalRow {
    id: String,
    about: String,
    organ: String,
    number: String,
    reason: String,
    proposed_by: String,
    proposed_for: Option<String>,
    proposed_name: String,
    proposed_at: String,
    agreed: Option<i64>,
}

#[derive(FromQueryResult)]
struct HoldRow {
    id: String,
    about: String,
    number: String,
    reason: String,
    placed_on: String,
    placed_by: String,
    placed_for: Option<String>,
    placed_name: String,
}

/// What of an organ still tells who somebody is, with the day its result was told. What was told on a request
/// whose names are still there goes with that file.
const LASTING: &str = "
    SELECT 'rectification:' || id AS about, number, told_on
      FROM request_rectification WHERE organ = $1 AND sealed <> ''
    UNION ALL
    SELECT 'complaint:' || c.id, c.number, c.told_on
      FROM request_complaint c WHERE c.organ = $1 AND c.sealed <> ''
       AND NOT EXISTS (SELECT 1 FROM request r WHERE r.id = c.request AND r.nameless_on IS NULL)
    UNION ALL
    SELECT 'suggestion:' || s.id, s.number, s.decided_on
      FROM request_suggestion s WHERE s.organ = $1 AND s.sealed <> ''
       AND NOT EXISTS (SELECT 1 FROM request r WHERE r.number = s.about AND r.nameless_on IS NULL)";

/// What of an organ bears a number, however it stands.
const NUMBERED: &str = "
    SELECT 'rectification:' || id AS about, number, told_on
      FROM request_rectification WHERE organ = $1 AND sealed <> '' AND number = $2
    UNION ALL
    SELECT 'complaint:' || id, number, told_on
      FROM request_complaint WHERE organ = $1 AND sealed <> '' AND number = $2
    UNION ALL
    SELECT 'suggestion:' || id, number, decided_on
      FROM request_suggestion WHERE organ = $1 AND sealed <> '' AND number = $2";

const REMOVAL: &str = "SELECT id, about, organ, number, reason, proposed_by, proposed_for, proposed_name, \
                       proposed_at, agreed FROM request_matter_removal";

const HOLD: &str = "SELECT id, about, number, reason, placed_on, placed_by, placed_for, placed_name \
                    FROM request_matter_hold";

impl Lasting {
    /// Those of an organ whose retention is over on a day, the earliest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn over(
        from: &impl Statements,
        organ: &str,
        today: Date,
    ) -> Result<Vec<Self>, StoreError> {
        let Some(year) = MATTER_RETENTION.over_through(today) else { return Ok(Vec::new()) };
        let sql = format!(
            "SELECT about, number, told_on FROM ({LASTING}) l
              WHERE told_on <= $2 ORDER BY told_on, about LIMIT 200"
        );
        let last = format!("{year:04}-12-31");
        let rows: Vec<Row> = from.all(&sql, vec![organ.into(), last.into()]).await?;
        Ok(rows.into_iter().filter_map(Row::lasting).collect())
    }

    /// One of an organ; none where it is not told, tells nobody any more, or goes with the file of a request.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(
        from: &impl Statements,
        organ: &str,
        about: &str,
    ) -> Result<Option<Self>, StoreError> {
        let sql = format!("SELECT about, number, told_on FROM ({LASTING}) l WHERE about = $2");
        let row: Option<Row> = from.one(&sql, vec![organ.into(), about.into()]).await?;
        Ok(row.and_then(Row::lasting))
    }

    /// What of an organ bears a number: its key.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn numbered(
        from: &impl Statements,
        organ: &str,
        number: &str,
    ) -> Result<Option<String>, StoreError> {
        let row: Option<Row> = from.one(NUMBERED, vec![organ.into(), number.into()]).await?;
        Ok(row.map(|row| row.about))
    }

    /// Takes who it tells of out for good; `false` where nothing was there any more.
    pub(crate) async fn remove_names(&self, change: &Transaction) -> Result<bool, StoreError> {
        let Some((kind, id)) = self.about.split_once(':') else { return Ok(false) };
        let sql = match kind {
            "rectification" => {
                "UPDATE request_rectification SET sealed = '', tail_mark = NULL
                  WHERE id = $1 AND sealed <> ''"
            }
            "complaint" => {
                "UPDATE request_complaint SET sealed = '', tail_mark = NULL
                  WHERE id = $1 AND sealed <> ''"
            }
            _ => {
                "UPDATE request_suggestion SET sealed = '', tail_mark = NULL
                  WHERE id = $1 AND sealed <> ''"
            }
        };
        Ok(change.run(sql, vec![id.into()]).await? == 1)
    }
}

impl MatterRemoval {
    /// What waits for a decision of an organ.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn waiting(from: &impl Statements, organ: &str) -> Result<Vec<Self>, StoreError> {
        let sql = format!("{REMOVAL} WHERE organ = $1 AND agreed IS NULL ORDER BY id");
        let rows: Vec<RemovalRow> = from.all(&sql, vec![organ.into()]).await?;
        Ok(rows.into_iter().map(RemovalRow::removal).collect())
    }

    /// One of an organ.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(
        from: &impl Statements,
        organ: &str,
        id: &str,
    ) -> Result<Option<Self>, StoreError> {
        let sql = format!("{REMOVAL} WHERE organ = $1 AND id = $2");
        let row: Option<RemovalRow> = from.one(&sql, vec![organ.into(), id.into()]).await?;
        Ok(row.map(RemovalRow::removal))
    }

    /// Whether somebody counts as whoever proposed it.
    pub fn is_by(&self, by: &Signatory) -> bool {
        let proposers = [Some(self.proposed_by.as_str()), self.proposed_for.as_deref()];
        proposers.into_iter().flatten().any(|one| by.counts_as(one))
    }

    pub(crate) async fn add(&self, change: &Transaction) -> Result<(), StoreError> {
        let columns: Columns = vec![
            ("id", self.id.clone().into()),
            ("about", self.about.clone().into()),
            ("organ", self.organ.clone().into()),
            ("number", self.number.clone().into()),
            ("reason", self.reason.clone().into()),
            ("proposed_by", self.proposed_by.clone().into()),
            ("proposed_for", self.proposed_for.clone().into()),
            ("proposed_name", self.proposed_name.clone().into()),
            ("proposed_at", self.proposed_at.clone().into()),
            ("words", "".into()),
        ];
        writing::add(change, "request_matter_removal", columns).await
    }

    /// Keeps the decision; `false` where it was decided already.
    pub(crate) async fn decide(
        &self,
        change: &Transaction,
        by: &Signatory,
        (agreed, words, at): (bool, &str, &str),
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE request_matter_removal SET agreed = $1, words = $2, decided_by = $3,
                          decided_for = $4, decided_name = $5, decided_at = $6
                    WHERE id = $7 AND agreed IS NULL";
        let values = vec![
            i64::from(agreed).into(),
            words.into(),
            by.person.clone().into(),
            by.stands_in_for.clone().into(),
            by.name.clone().into(),
            at.into(),
            self.id.clone().into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }
}

impl MatterHold {
    /// What of an organ is held, the oldest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn standing(from: &impl Statements, organ: &str) -> Result<Vec<Self>, StoreError> {
        let sql = format!("{HOLD} WHERE organ = $1 AND lifted_on IS NULL ORDER BY id");
        let rows: Vec<HoldRow> = from.all(&sql, vec![organ.into()]).await?;
        Ok(rows.into_iter().map(HoldRow::hold).collect())
    }

    /// Whether one is held.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn is_on(from: &impl Statements, about: &str) -> Result<bool, StoreError> {
        let sql = "SELECT COUNT(*) FROM request_matter_hold WHERE about = $1 AND lifted_on IS NULL";
        Ok(from.number(sql, vec![about.into()]).await?.unwrap_or_default() > 0)
    }

    pub(crate) async fn add(&self, change: &Transaction, organ: &str) -> Result<(), StoreError> {
        let columns: Columns = vec![
            ("id", self.id.clone().into()),
            ("about", self.about.clone().into()),
            ("organ", organ.into()),
            ("number", self.number.clone().into()),
            ("reason", self.reason.clone().into()),
            ("placed_on", self.placed_on.to_string().into()),
            ("placed_by", self.placed_by.clone().into()),
            ("placed_for", self.placed_for.clone().into()),
            ("placed_name", self.placed_name.clone().into()),
            ("lifted_reason", "".into()),
        ];
        writing::add(change, "request_matter_hold", columns).await
    }

    /// Lifts it; `false` where it is lifted already.
    pub(crate) async fn lift(
        &self,
        change: &Transaction,
        by: &Signatory,
        (on, reason): (Date, &str),
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE request_matter_hold SET lifted_on = $1, lifted_by = $2, lifted_for = $3,
                          lifted_name = $4, lifted_reason = $5 WHERE id = $6 AND lifted_on IS NULL";
        let values = vec![
            on.to_string().into(),
            by.person.clone().into(),
            by.stands_in_for.clone().into(),
            by.name.clone().into(),
            reason.into(),
            self.id.clone().into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }
}

impl Row {
    fn lasting(self) -> Option<Lasting> {
        let told_on = day(&self.told_on)?;
        Some(Lasting { about: self.about, number: self.number, told_on })
    }
}

impl RemovalRow {
    fn removal(self) -> MatterRemoval {
        MatterRemoval {
            agreed: self.agreed.map(|agreed| agreed != 0),
            id: self.id,
            about: self.about,
            organ: self.organ,
            number: self.number,
            reason: self.reason,
            proposed_by: self.proposed_by,
            proposed_for: self.proposed_for,
            proposed_name: self.proposed_name,
            proposed_at: self.proposed_at,
        }
    }
}

impl HoldRow {
    fn hold(self) -> MatterHold {
        MatterHold {
            placed_on: known_day(&self.placed_on),
            id: self.id,
            about: self.about,
            number: self.number,
            reason: self.reason,
            placed_by: self.placed_by,
            placed_for: self.placed_for,
            placed_name: self.placed_name,
        }
    }
}
