//! 同一信息: earlier requests for the same, and what several applicants make of it (第三十六条第（六）项、第四十四条).

use law::Date;
use requests_rules::Earlier;
use store::{FromQueryResult, Statements, StoreError, Transaction};

use super::writing::{self, Columns, day, known_day};

/// 多个申请人要同一信息: a proposal to publish it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Several {
    /// Its key.
    pub id: String,
    /// The organ.
    pub organ: String,
    /// The request with whom it became several.
    pub request: String,
    /// What is wanted, masked; empty where nothing was named.
    pub title: String,
    /// How many applicants ask for it by now.
    pub applicants: i64,
    /// Since when it is proposed.
    pub proposed_on: Date,
    /// Whether to publish it; none while it waits.
    pub publish: Option<bool>,
    /// Why.
    pub reason: String,
    /// When that was decided.
    pub decided_on: Option<Date>,
    /// By whom, the name.
    pub name: String,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    organ: String,
    request: String,
    title: String,
    description: String,
    applicants: i64,
    proposed_on: String,
    publish: Option<i64>,
    reason: String,
    decided_on: Option<String>,
    name: String,
}

#[derive(FromQueryResult)]
struct Same {
    id: String,
    number: String,
    identity_mark: Option<String>,
    received_on: Option<String>,
    submitted_on: String,
    closed_on: Option<String>,
    result: Option<String>,
    answer: Option<String>,
}

/// The earlier requests of an organ for the same. An applicant without a proof of identity counts as
/// himself in each request.
///
/// # Errors
/// The database refuses.
pub(crate) async fn earlier(
    from: &impl Statements,
    (organ, wish_mark, but): (&str, &str, &str),
) -> Result<Vec<Earlier>, StoreError> {
    if wish_mark.is_empty() {
        return Ok(Vec::new());
    }
    let sql = "
SELECT r.id, r.number, r.received_on, r.submitted_on, r.closed_on, r.result,
       (SELECT a.identity_mark FROM request_applicant a WHERE a.request = r.id ORDER BY a.id DESC LIMIT 1)
           AS identity_mark,
       (SELECT l.number FROM request_letter l WHERE l.request = r.id AND l.kind = 'answer'
         ORDER BY l.id DESC LIMIT 1) AS answer
  FROM request r
 WHERE r.organ = $1 AND r.wish_mark = $2 AND r.id <> $3
 ORDER BY r.id DESC LIMIT 500";
    let rows: Vec<Same> = from.all(sql, vec![organ.into(), wish_mark.into(), but.into()]).await?;
    Ok(rows.into_iter().map(|row| row.earlier(wish_mark)).collect())
}

impl Several {
    /// The proposals of an organ, those that wait first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_organ(from: &impl Statements, organ: &str) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "{SELECT} WHERE s.organ = $1
              ORDER BY CASE WHEN s.publish IS NULL THEN 0 ELSE 1 END, s.id DESC LIMIT 200"
        );
        let rows: Vec<Row> = from.all(&sql, vec![organ.into()]).await?;
        Ok(rows.into_iter().map(Row::several).collect())
    }

    /// A proposal of an organ.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(
        from: &impl Statements,
        organ: &str,
        id: &str,
    ) -> Result<Option<Self>, StoreError> {
        let sql = format!("{SELECT} WHERE s.organ = $1 AND s.id = $2");
        let row: Option<Row> = from.one(&sql, vec![organ.into(), id.into()]).await?;
        Ok(row.map(Row::several))
    }

    /// Proposes it, or counts the applicants of what is proposed already; says whether it is new.
    pub(crate) async fn propose(
        change: &Transaction,
        (organ, wish_mark, request): (&str, &str, &str),
        applicants: usize,
        on: Date,
    ) -> Result<bool, StoreError> {
        let applicants = i64::try_from(applicants).unwrap_or(i64::MAX);
        let sql = "UPDATE request_several SET applicants = $1 WHERE organ = $2 AND wish_mark = $3";
        let values = vec![applicants.into(), organ.into(), wish_mark.into()];
        if change.run(sql, values).await? > 0 {
            return Ok(false);
        }
        let columns: Columns = vec![
            ("id", writing::new_key().into()),
            ("organ", organ.into()),
            ("wish_mark", wish_mark.into()),
            ("request", request.into()),
            ("applicants", applicants.into()),
            ("proposed_on", on.to_string().into()),
            ("reason", "".into()),
            ("name", "".into()),
        ];
        writing::add(change, "request_several", columns).await?;
        Ok(true)
    }

    /// Keeps the decision; `false` where it was decided already.
    pub(crate) async fn decide(
        &self,
        change: &Transaction,
        (publish, reason): (bool, &str),
        (name, on): (&str, Date),
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE request_several SET publish = $1, reason = $2, name = $3, decided_on = $4
                    WHERE id = $5 AND publish IS NULL";
        let values = vec![
            i64::from(publish).into(),
            reason.into(),
            name.into(),
            on.to_string().into(),
            self.id.clone().into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }
}

const SELECT: &str = "
SELECT s.id, s.organ, s.request, r.title, r.description, s.applicants, s.proposed_on, s.publish, s.reason,
       s.decided_on, s.name
  FROM request_several s JOIN request r ON r.id = s.request";

impl Row {
    fn several(self) -> Several {
        Several {
            title: if self.title.is_empty() { self.description } else { self.title },
            proposed_on: known_day(&self.proposed_on),
            decided_on: day(&self.decided_on),
            publish: self.publish.map(|publish| publish != 0),
            id: self.id,
            organ: self.organ,
            request: self.request,
            applicants: self.applicants,
            reason: self.reason,
            name: self.name,
        }
    }
}

impl Same {
    fn earlier(self, wish_mark: &str) -> Earlier {
        let known = self.identity_mark.filter(|mark| !mark.is_empty());
        Earlier {
            applicant: known.unwrap_or_else(|| format!("request:{}", self.id)),
            essence: wish_mark.to_owned(),
            received: known_day(self.received_on.as_deref().unwrap_or(&self.submitted_on)),
            // what was withdrawn, given up or joined has no answer
            dropped: self.closed_on.is_some()
                && self.result.as_deref().is_some_and(|code| code.starts_with('O')),
            answered: self.answer,
            number: self.number,
        }
    }
}
