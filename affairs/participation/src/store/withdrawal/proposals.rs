//! The tables of proposals: each proposal a row, decided once.

use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

use super::{NewWithdrawal, Withdrawable, Withdrawal};
use crate::store::Deciding;

/// One table of proposals, and what of it is about one kind.
pub(super) struct Proposals {
    table: &'static str,
    /// The column of the piece.
    piece: &'static str,
    /// The word of the kind, where the table is about several.
    kind: Option<&'static str>,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    reason: String,
    proposed_by: String,
    proposed_for: String,
    proposed_name: String,
    decided_by: String,
    decided_name: String,
    decided_reason: String,
    withdrawn: i64,
}

impl Row {
    fn of(self, (what, piece): (Withdrawable, &str)) -> Withdrawal {
        let proposers = [self.proposed_by, self.proposed_for].into_iter();
        Withdrawal {
            what,
            piece: piece.to_owned(),
            proposers: proposers.filter(|person| !person.is_empty()).collect(),
            waits: self.decided_by.is_empty(),
            withdrawn: self.withdrawn != 0,
            id: self.id,
            reason: self.reason,
            proposed_name: self.proposed_name,
            decided_name: self.decided_name,
            decided_reason: self.decided_reason,
        }
    }
}

impl Proposals {
    pub(super) const CONSULTATION: Self =
        Self { table: "consultation_withdrawal", piece: "consultation", kind: None };
    pub(super) const QUESTIONNAIRE: Self =
        Self { table: "questionnaire_withdrawal", piece: "questionnaire", kind: None };

    /// Those of a kind in the table that is about several.
    pub(super) const fn among(kind: &'static str) -> Self {
        Self { table: "participation_withdrawal", piece: "piece", kind: Some(kind) }
    }

    /// All of a piece, in the order they were proposed.
    pub(super) async fn of(
        &self,
        from: &impl Statements,
        of: (Withdrawable, &str),
    ) -> Result<Vec<Withdrawal>, StoreError> {
        let and = self.kind.map_or("", |_| " AND kind = $2");
        let sql = format!(
            "SELECT id, reason, proposed_by, proposed_for, proposed_name, decided_by, decided_name, decided_reason, withdrawn
               FROM {} WHERE {} = $1{and} ORDER BY id",
            self.table, self.piece
        );
        let mut values: Vec<Value> = vec![of.1.into()];
        values.extend(self.kind.map(Value::from));
        let rows: Vec<Row> = from.all(&sql, values).await?;
        Ok(rows.into_iter().map(|row| row.of(of)).collect())
    }

    /// Takes a new one in.
    pub(super) async fn add(
        &self,
        change: &Transaction,
        new: NewWithdrawal<'_>,
    ) -> Result<(), StoreError> {
        let mut row: Vec<(&'static str, Value)> = vec![
            ("id", uuid::Uuid::now_v7().to_string().into()),
            (self.piece, new.of.1.into()),
            ("reason", new.reason.into()),
            ("proposed_by", new.by.into()),
            ("proposed_for", new.stands_in_for.into()),
            ("proposed_name", new.name.into()),
            ("proposed_at", new.at.into()),
            ("withdrawn", 0_i64.into()),
        ];
        row.extend(self.kind.map(|kind| ("kind", Value::from(kind))));
        let undecided = ["decided_by", "decided_name", "decided_at", "decided_reason"];
        row.extend(undecided.map(|column| (column, Value::from(""))));
        let (columns, values): (Vec<&'static str>, Vec<Value>) = row.into_iter().unzip();
        change.insert(self.table, &columns, vec![values]).await
    }

    /// Notes what was decided; `false` where somebody was first.
    pub(super) async fn decide(
        &self,
        change: &Transaction,
        id: &str,
        withdraw: bool,
        deciding: &Deciding<'_>,
    ) -> Result<bool, StoreError> {
        let sql = format!(
            "UPDATE {} SET decided_by = $1, decided_name = $2, decided_at = $3, decided_reason = $4, withdrawn = $5
              WHERE id = $6 AND decided_by = ''",
            self.table
        );
        let values: Vec<Value> = vec![
            deciding.by.into(),
            deciding.name.into(),
            deciding.at.into(),
            deciding.reason.into(),
            i64::from(withdraw).into(),
            id.into(),
        ];
        Ok(change.run(&sql, values).await? == 1)
    }
}

/// Those of an organ that wait in any of the tables: what it is about, its key and its title.
pub(super) async fn waiting(
    from: &impl Statements,
    organ: &str,
) -> Result<Vec<(Withdrawable, String, String)>, StoreError> {
    #[derive(FromQueryResult)]
    struct Waiting {
        kind: String,
        piece: String,
        title: String,
    }
    let sql = "SELECT w.id AS proposal, 'consultation' AS kind, c.id AS piece, c.title AS title
                 FROM consultation_withdrawal w JOIN consultation c ON c.id = w.consultation
                WHERE w.decided_by = '' AND c.organ = $1
                UNION ALL
               SELECT w.id AS proposal, 'questionnaire' AS kind, q.id AS piece, q.title AS title
                 FROM questionnaire_withdrawal w JOIN questionnaire q ON q.id = w.questionnaire
                WHERE w.decided_by = '' AND q.organ = $1
                UNION ALL
               SELECT w.id AS proposal, w.kind AS kind, w.piece AS piece, COALESCE(h.title, d.title, c.title) AS title
                 FROM participation_withdrawal w
                 LEFT JOIN hearing h ON w.kind = 'hearing' AND h.id = w.piece
                 LEFT JOIN decision_list d ON w.kind = 'decision_list' AND d.id = w.piece
                 LEFT JOIN consultation c ON w.kind = 'answers' AND c.id = w.piece
                WHERE w.decided_by = '' AND COALESCE(h.organ, d.organ, c.organ) = $1
                ORDER BY proposal LIMIT 150";
    let rows: Vec<Waiting> = from.all(sql, vec![organ.into()]).await?;
    let known = |row: Waiting| {
        let (what, _) = Withdrawable::WORDS.into_iter().find(|(_, word)| *word == row.kind)?;
        Some((what, row.piece, row.title))
    };
    Ok(rows.into_iter().filter_map(known).collect())
}
