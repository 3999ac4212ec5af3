//! 审查中的答复: what waits for a step, for the desks of those who take it.

use law::{Counted, Date};
use review::Signatory;
use store::{FromQueryResult, Statements, StoreError};

use super::writing::day;

/// An answer under review, with which steps on its newest version are taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnderReview {
    /// The request.
    pub request: String,
    /// Its number.
    pub number: String,
    /// What is wanted, masked.
    pub title: String,
    /// The last day for the reply.
    pub due: Option<Counted>,
    /// 保密审查 is done.
    pub secrecy: bool,
    /// 合法性审核 is done.
    pub legal: bool,
    /// Whoever asks has written it or taken a step on this version.
    pub had_a_hand: bool,
}

#[derive(FromQueryResult)]
struct Row {
    request: String,
    number: String,
    title: String,
    description: String,
    due_on: Option<String>,
    provisional: i64,
    secrecy: i64,
    legal: i64,
    hand: i64,
}

/// The answers of organ `$1` under review, the most urgent first; `$2` and `$3` are the natural persons whose
/// hand is looked for.
const WAITING: &str = "
SELECT r.id AS request, r.number, r.title, r.description, r.due_on, r.provisional,
       (SELECT COUNT(*) FROM request_answer_step s WHERE s.answer = a.id AND s.version = a.version
           AND s.agreed = 1 AND s.step = 'secrecy') AS secrecy,
       (SELECT COUNT(*) FROM request_answer_step s WHERE s.answer = a.id AND s.version = a.version
           AND s.agreed = 1 AND s.step = 'legal') AS legal,
       (SELECT COUNT(*) FROM request_answer_version v WHERE v.answer = a.id
           AND (v.person IN ($2, $3) OR COALESCE(v.person_for, '') IN ($2, $3)))
     + (SELECT COUNT(*) FROM request_answer_step s WHERE s.answer = a.id AND s.version = a.version
           AND (s.person IN ($2, $3) OR COALESCE(s.person_for, '') IN ($2, $3))) AS hand
  FROM request_answer a JOIN request r ON r.id = a.request
 WHERE r.organ = $1 AND a.state = 'submitted'
 ORDER BY r.sort_on, r.id LIMIT 200";

impl UnderReview {
    /// What of an organ waits for a step, as somebody finds it.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(from: &impl Statements, by: &Signatory) -> Result<Vec<Self>, StoreError> {
        let other = by.stands_in_for.as_deref().unwrap_or(&by.person);
        let values = vec![by.organ.as_str().into(), by.person.as_str().into(), other.into()];
        let rows: Vec<Row> = from.all(WAITING, values).await?;
        Ok(rows.into_iter().map(Row::under_review).collect())
    }
}

impl Row {
    fn under_review(self) -> UnderReview {
        let due: Option<Date> = day(&self.due_on);
        UnderReview {
            due: due.map(|date| Counted { date, provisional: self.provisional != 0 }),
            title: if self.title.is_empty() { self.description } else { self.title },
            secrecy: self.secrecy > 0,
            legal: self.legal > 0,
            had_a_hand: self.hand > 0,
            request: self.request,
            number: self.number,
        }
    }
}
