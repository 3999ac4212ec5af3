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

/// A question with its answer, for everybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Its key.
    pub id: String,
    /// The letter it was made from.
    pub suggestion: String,
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
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    suggestion: String,
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
}

const SELECT: &str =
    "SELECT id, suggestion, organ, division, kind, title, question, answer, asked_on,
        answered_on, state, authors, returned, published_on, published_at, withdrawn_on
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
            id: row.id,
            suggestion: row.suggestion,
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
            narrower.push_str(&format!(
                " AND (published_at < ${at} OR (published_at = ${at} AND id < ${id}))"
            ));
        }
        let sql = format!(
            "{SELECT} WHERE state = 'published' AND division >= $1 AND division <= $2{narrower}
              ORDER BY published_at DESC, id DESC LIMIT $3"
        );
        let rows: Vec<Row> = from.all(&sql, values).await?;
        Ok(rows.into_iter().map(Self::from).collect())
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
                          answer, asked_on, answered_on, state, authors, returned, changed_at)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'submitted', $11, '', $12)";
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
        ];
        change.run(sql, values).await.map(|_| ())
    }

    /// It came back from review.
    pub(crate) async fn give_back(
        change: &Transaction,
        id: &str,
        (reason, at): (&str, &str),
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE suggestion_piece SET state = 'returned', returned = $1, changed_at = $2
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

    /// It is taken down: what it said goes, that it was there stays.
    pub(crate) async fn withdraw(
        &self,
        change: &Transaction,
        (on, at): (Date, &str),
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE suggestion_piece SET state = 'withdrawn', title = '', question = '', answer = '',
                          withdrawn_on = $1, changed_at = $2
                    WHERE id = $3 AND state = 'published'";
        let values: Vec<Value> = vec![on.to_string().into(), at.into(), self.id.clone().into()];
        Ok(change.run(sql, values).await? == 1)
    }
}
