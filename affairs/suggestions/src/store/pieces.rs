//! 答复选登: question and answer as they are reviewed and published.

use law::Date;
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};
use suggestions_rules::SuggestionKind;

use super::{kept_persons, persons_of};

/// How far a piece has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PieceState {
    /// 审查中.
    Submitted,
    /// 退回.
    Returned,
    /// 已公开.
    Published,
    /// 已撤下.
    Withdrawn,
}

impl PieceState {
    const ALL: [(Self, &'static str, &'static str); 4] = [
        (Self::Submitted, "submitted", "审查中"),
        (Self::Returned, "returned", "已退回"),
        (Self::Published, "published", "已公开"),
        (Self::Withdrawn, "withdrawn", "已撤下"),
    ];

    /// As people read it.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(own, ..)| *own == self).map_or("", |(.., name)| name)
    }
}

/// Why a published piece was taken down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TakenDown {
    /// 留言人不再同意公开.
    Consent,
    /// 公开有误.
    InError,
    /// 再次答复以后，另行公开.
    Replaced,
}

impl TakenDown {
    const ALL: [(Self, &'static str); 3] =
        [(Self::Consent, "consent"), (Self::InError, "in_error"), (Self::Replaced, "replaced")];

    /// As a column keeps it.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(own, _)| *own == self).map_or("", |(_, word)| word)
    }
}

/// A question with its answer, for everybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Its key.
    pub id: String,
    /// The letter it was made from.
    pub suggestion: String,
    /// The answer it was made from: 1, and 2 where the writer asked again.
    pub round: i64,
    /// The organ that answered, by code.
    pub organ: String,
    /// That organ's division.
    pub division: String,
    /// What kind of letter it was.
    pub kind: SuggestionKind,
    /// Its title.
    pub title: String,
    /// The question, masked.
    pub question: String,
    /// The answer, masked.
    pub answer: String,
    /// The day it was asked.
    pub asked_on: String,
    /// The day it was answered.
    pub answered_on: String,
    /// How far it has come.
    pub state: PieceState,
    /// The natural persons who wrote answer or piece.
    pub authors: Vec<String>,
    /// Why it came back from review; empty where it did not.
    pub returned: String,
    /// The day from which it is public.
    pub published_on: Option<String>,
    /// The moment, as stored.
    pub published_at: Option<String>,
    /// The day it was taken down.
    pub withdrawn_on: Option<String>,
    /// Why; none while it stands.
    pub withdrawal: Option<TakenDown>,
    /// In error: the reason as people read it. Replaced: the key of the piece by which.
    pub why: String,
    /// The natural persons who propose to take it down; nobody where nothing is proposed.
    pub proposers: Vec<String>,
    /// Their reason.
    pub proposed: String,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    suggestion: String,
    round: i64,
    organ: String,
    division: String,
    kind: String,
    title: String,
    question: String,
    answer: String,
    asked_on: String,
    answered_on: String,
    state: String,
    authors: String,
    returned: String,
    published_on: Option<String>,
    published_at: Option<String>,
    withdrawn_on: Option<String>,
    withdrawal: String,
    why: String,
    proposers: String,
    proposed: String,
}

const SELECT: &str =
    "SELECT id, suggestion, round, organ, division, kind, title, question, answer, asked_on,
        answered_on, state, authors, returned, published_on, published_at, withdrawn_on, withdrawal,
        why, proposers, proposed
   FROM suggestion_piece";

/// Where a page of the list ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PieceMark {
    /// The moment of the last one, as stored.
    pub at: String,
    /// Its key.
    pub id: String,
}

impl From<Row> for Piece {
    fn from(row: Row) -> Self {
        let state = PieceState::ALL.iter().find(|(_, word, _)| *word == row.state);
        Self {
            kind: SuggestionKind::parse(&row.kind).unwrap_or(SuggestionKind::Inquiry),
            state: state.map_or(PieceState::Returned, |(state, ..)| *state),
            authors: persons_of(&row.authors),
            withdrawal: TakenDown::ALL
                .iter()
                .find(|(_, word)| *word == row.withdrawal)
                .map(|(own, _)| *own),
            why: row.why,
            proposers: persons_of(&row.proposers),
            proposed: row.proposed,
            id: row.id,
            suggestion: row.suggestion,
            round: row.round,
            organ: row.organ,
            division: row.division,
            title: row.title,
            question: row.question,
            answer: row.answer,
            asked_on: row.asked_on,
            answered_on: row.answered_on,
            returned: row.returned,
            published_on: row.published_on,
            published_at: row.published_at,
            withdrawn_on: row.withdrawn_on,
        }
    }
}

impl Piece {
    /// Where it is read, below a site.
    pub fn path(&self) -> String {
        format!("{}/{}", crate::portal::PUBLISHED, self.id)
    }

    /// One by its key.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(from: &impl Statements, id: &str) -> Result<Option<Self>, StoreError> {
        let row: Option<Row> =
            from.one(&format!("{SELECT} WHERE id = $1"), vec![id.into()]).await?;
        Ok(row.map(Self::from))
    }

    /// The newest that was made from a letter.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(from: &impl Statements, suggestion: &str) -> Result<Option<Self>, StoreError> {
        let sql =
            format!("{SELECT} WHERE suggestion = $1 ORDER BY changed_at DESC, id DESC LIMIT 1");
        let row: Option<Row> = from.one(&sql, vec![suggestion.into()]).await?;
        Ok(row.map(Self::from))
    }

    /// Those of a letter that are under review or public.
    pub(crate) async fn living(
        from: &impl Statements,
        suggestion: &str,
    ) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "{SELECT} WHERE suggestion = $1 AND state IN ('submitted', 'published') ORDER BY id"
        );
        let rows: Vec<Row> = from.all(&sql, vec![suggestion.into()]).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// What is under review of letters that ended before a day.
    pub(crate) async fn waiting_before(
        from: &impl Statements,
        day: Date,
    ) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "{SELECT} WHERE state = 'submitted'
                AND suggestion IN (SELECT s.id FROM suggestion s
                                    WHERE s.ended_on < $1 AND s.sealed <> '')
              ORDER BY id"
        );
        let rows: Vec<Row> = from.all(&sql, vec![day.to_string().into()]).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// What an organ has published and somebody proposes to take down; at most so many.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn proposed_away(
        from: &impl Statements,
        organ: &str,
        most: i64,
    ) -> Result<Vec<Self>, StoreError> {
        let sql = format!("{SELECT} WHERE organ = $1 AND proposers <> '[]' ORDER BY id LIMIT $2");
        let rows: Vec<Row> = from.all(&sql, vec![organ.into(), most.into()]).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// What is public of organs within a range of divisions, the newest first; at most so many.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn published(
        from: &impl Statements,
        (low, high): (&str, &str),
        kind: Option<SuggestionKind>,
        after: Option<&PieceMark>,
        most: u16,
    ) -> Result<Vec<Self>, StoreError> {
        let mut values: Vec<Value> = vec![low.into(), high.into(), i64::from(most).into()];
        let mut narrower = String::new();
        if let Some(kind) = kind {
            values.push(kind.word().into());
            narrower.push_str(&format!(" AND kind = ${}", values.len()));
        }
        if let Some(mark) = after {
            values.push(mark.at.clone().into());
            let at = values.len();
            values.push(mark.id.clone().into());
            let id = values.len();
            narrower.push_str(&format!(" AND (published_at, id) < (${at}, ${id})"));
        }
        let sql = format!(
            "{SELECT} WHERE state = 'published' AND division >= $1 AND division <= $2{narrower}
              ORDER BY published_at DESC, id DESC LIMIT $3"
        );
        let rows: Vec<Row> = from.all(&sql, values).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// Where what was taken down since a day stood, and when, of organs within a range of divisions, the newest first;
    /// at most so many.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn gone(
        from: &impl Statements,
        (low, high): (&str, &str),
        since: Date,
        most: u16,
    ) -> Result<Vec<(String, String)>, StoreError> {
        #[derive(FromQueryResult)]
        struct Gone {
            id: String,
            changed_at: String,
        }
        let sql = "SELECT id, changed_at FROM suggestion_piece
                    WHERE state = 'withdrawn' AND withdrawn_on >= $1
                      AND division >= $2 AND division <= $3
                    ORDER BY changed_at DESC, id LIMIT $4";
        let values =
            vec![since.to_string().into(), low.into(), high.into(), i64::from(most).into()];
        let rows: Vec<Gone> = from.all(sql, values).await?;
        let stood =
            |row: Gone| (format!("{}/{}", crate::portal::PUBLISHED, row.id), row.changed_at);
        Ok(rows.into_iter().map(stood).collect())
    }

    /// What is public, by key; for whoever reads all of it in batches.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn batch(
        from: &impl Statements,
        after: &str,
        most: i64,
    ) -> Result<Vec<Self>, StoreError> {
        let sql = format!("{SELECT} WHERE state = 'published' AND id > $1 ORDER BY id LIMIT $2");
        let rows: Vec<Row> = from.all(&sql, vec![after.into(), most.into()]).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// What is public and has no leaf in the public log.
    pub(crate) async fn without_leaf(
        from: &impl Statements,
        most: i64,
    ) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "{SELECT} WHERE state = 'published'
                AND NOT EXISTS (SELECT 1 FROM log_leaf l
                                 WHERE l.subject = 'suggestion_piece:' || suggestion_piece.id)
              ORDER BY id LIMIT $1"
        );
        let rows: Vec<Row> = from.all(&sql, vec![most.into()]).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// Takes it in, handed in for review.
    pub(crate) async fn add(&self, change: &Transaction, at: &str) -> Result<(), StoreError> {
        let sql =
            "INSERT INTO suggestion_piece (id, suggestion, organ, division, kind, title, question,
                          answer, asked_on, answered_on, state, authors, returned, changed_at, round,
                          withdrawal, why, proposers, proposed)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'submitted', $11, '', $12, $13,
                           '', '', '[]', '')";
        let values: Vec<Value> = vec![
            self.id.clone().into(),
            self.suggestion.clone().into(),
            self.organ.clone().into(),
            self.division.clone().into(),
            self.kind.word().into(),
            self.title.clone().into(),
            self.question.clone().into(),
            self.answer.clone().into(),
            self.asked_on.clone().into(),
            self.answered_on.clone().into(),
            kept_persons(&self.authors).into(),
            at.into(),
            self.round.into(),
        ];
        change.run(sql, values).await.map(|_| ())
    }

    /// It came back from review, and says nothing any more: who prepares it anew has the letter and the answer.
    pub(crate) async fn give_back(
        change: &Transaction,
        id: &str,
        (reason, at): (&str, &str),
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE suggestion_piece SET state = 'returned', title = '', question = '', answer = '',
                          returned = $1, changed_at = $2
                    WHERE id = $3 AND state = 'submitted'";
        Ok(change.run(sql, vec![reason.into(), at.into(), id.into()]).await? == 1)
    }

    /// It is public from now on; `false` where it is not waiting for that.
    pub(crate) async fn publish(
        change: &Transaction,
        id: &str,
        (publication, on, at): (&str, Date, &str),
    ) -> Result<bool, StoreError> {
        let sql =
            "UPDATE suggestion_piece SET state = 'published', publication = $1, published_on = $2,
                          published_at = $3, changed_at = $3
                    WHERE id = $4 AND state = 'submitted'";
        let values: Vec<Value> =
            vec![publication.into(), on.to_string().into(), at.into(), id.into()];
        Ok(change.run(sql, values).await? == 1)
    }

    /// It is taken down: what it said goes, that it was there stays. `why` is the reason as people read it, or the
    /// key of the piece that stands in its place.
    pub(crate) async fn withdraw(
        &self,
        change: &Transaction,
        (on, at): (Date, &str),
        (withdrawal, why): (TakenDown, &str),
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE suggestion_piece SET state = 'withdrawn', title = '', question = '', answer = '',
                          withdrawn_on = $1, changed_at = $2, withdrawal = $3, why = $4,
                          proposers = '[]', proposed = ''
                    WHERE id = $5 AND state = 'published'";
        let values: Vec<Value> = vec![
            on.to_string().into(),
            at.into(),
            withdrawal.word().into(),
            why.into(),
            self.id.clone().into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }

    /// Somebody proposes to take it down, or, with nobody named, it stays; `false` where somebody was first.
    pub(crate) async fn propose_away(
        &self,
        change: &Transaction,
        persons: &[String],
        reason: &str,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE suggestion_piece SET proposers = $1, proposed = $2
                    WHERE id = $3 AND state = 'published' AND proposers = $4";
        let values: Vec<Value> = vec![
            kept_persons(persons).into(),
            reason.into(),
            self.id.clone().into(),
            kept_persons(&self.proposers).into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }
}
