//! 我发起的: what somebody proposed on files, and the answers he handed in for review.

use review::Signatory;
use store::{FromQueryResult, Statements, StoreError};

use super::writing::read;
use super::{AnswerState, Proposal};

/// Something proposed, with what is wanted in its file, masked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed {
    /// What was proposed.
    pub proposal: Proposal,
    /// The number of the request, and what is wanted.
    pub title: String,
}

/// An answer somebody handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedIn {
    /// The request.
    pub request: String,
    /// Its number, and what is wanted, masked.
    pub title: String,
    /// Where the answer stands.
    pub state: AnswerState,
    /// 保密审查 is done.
    pub secrecy: bool,
    /// 合法性审核 is done.
    pub legal: bool,
    /// The moment of the newest version or step.
    pub since: String,
}

#[derive(FromQueryResult)]
struct Titled {
    number: String,
    title: String,
    description: String,
}

#[derive(FromQueryResult)]
struct Row {
    request: String,
    number: String,
    title: String,
    description: String,
    state: String,
    secrecy: i64,
    legal: i64,
    since: String,
}

/// The answers of organ `$1` that `$2` (or whom he stands in for, `$3`) wrote and handed in, those that went out
/// since `$4` among them.
const HANDED_IN: &str = "
SELECT r.id AS request, r.number, r.title, r.description, a.state,
       (SELECT COUNT(*) FROM request_answer_step s WHERE s.answer = a.id AND s.version = a.version
           AND s.agreed = 1 AND s.step = 'secrecy') AS secrecy,
       (SELECT COUNT(*) FROM request_answer_step s WHERE s.answer = a.id AND s.version = a.version
           AND s.agreed = 1 AND s.step = 'legal') AS legal,
       COALESCE((SELECT MAX(s.taken_at) FROM request_answer_step s WHERE s.answer = a.id),
                (SELECT MAX(v.saved_at) FROM request_answer_version v WHERE v.answer = a.id), '') AS since
  FROM request_answer a JOIN request r ON r.id = a.request
 WHERE r.organ = $1
   AND EXISTS (SELECT 1 FROM request_answer_version v WHERE v.answer = a.id
                  AND (v.person IN ($2, $3) OR COALESCE(v.person_for, '') IN ($2, $3)))
   AND (a.state IN ('submitted', 'signed')
        OR (a.state = 'draft' AND EXISTS (SELECT 1 FROM request_answer_step s
                                           WHERE s.answer = a.id AND s.agreed = 0))
        OR (a.state = 'issued' AND EXISTS (SELECT 1 FROM request_answer_step s
                                            WHERE s.answer = a.id AND s.taken_at >= $4)))
 ORDER BY a.id DESC LIMIT 200";

impl Proposed {
    /// What somebody proposed in his organ: what waits, and what was decided since a moment.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn by(
        from: &impl Statements,
        by: &Signatory,
        since: &str,
    ) -> Result<Vec<Self>, StoreError> {
        let proposals = Proposal::by(from, by, since).await?;
        let mut all = Vec::with_capacity(proposals.len());
        for proposal in proposals {
            let sql = "SELECT number, title, description FROM request WHERE id = $1";
            let row: Option<Titled> = from.one(sql, vec![proposal.request.as_str().into()]).await?;
            let title = row
                .map_or_else(String::new, |row| titled(&row.number, &row.title, &row.description));
            all.push(Self { proposal, title });
        }
        Ok(all)
    }
}

impl HandedIn {
    /// What somebody handed in, in his organ.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn by(
        from: &impl Statements,
        by: &Signatory,
        since: &str,
    ) -> Result<Vec<Self>, StoreError> {
        let other = by.stands_in_for.as_deref().unwrap_or(&by.person);
        let values =
            vec![by.organ.as_str().into(), by.person.as_str().into(), other.into(), since.into()];
        let rows: Vec<Row> = from.all(HANDED_IN, values).await?;
        Ok(rows.into_iter().filter_map(Row::handed_in).collect())
    }
}

impl Row {
    fn handed_in(self) -> Option<HandedIn> {
        Some(HandedIn {
            state: read(&self.state)?,
            title: titled(&self.number, &self.title, &self.description),
            request: self.request,
            secrecy: self.secrecy > 0,
            legal: self.legal > 0,
            since: self.since,
        })
    }
}

fn titled(number: &str, title: &str, description: &str) -> String {
    let words = if title.is_empty() { description } else { title };
    format!("{number} {}", words.chars().take(60).collect::<String>())
}
