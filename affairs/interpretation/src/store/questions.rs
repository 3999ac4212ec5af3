//! 政策问答, each on one paragraph of a published document.

use interpretation_rules::{Answered, Footing, QuestionState};
use law::Date;
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

/// One question with its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Its key.
    pub id: String,
    /// The organ that answers, by code.
    pub organ: String,
    /// That organ's short name.
    pub organ_name: String,
    /// The 科室; empty where there is none.
    pub unit: String,
    /// The division of the organ.
    pub division: String,
    /// The document it rests on: what the ledger calls it, where it stands, and its title.
    pub document: CitedDocument,
    /// What it says, and on which paragraph it rests.
    pub said: Answered,
    /// The natural persons who wrote it.
    pub authors: Vec<String>,
    /// Where it stands.
    pub state: QuestionState,
    /// How often it was saved.
    pub revision: i64,
    /// When it was published, RFC 3339.
    pub published_at: Option<String>,
    /// That day.
    pub published_on: Option<Date>,
    /// What was heard last of its paragraph.
    pub footing: Footing,
    /// Since when nobody may rely on it, and why.
    pub ended: Option<(String, String)>,
    /// When it was saved last.
    pub saved_at: String,
}

/// A published document as it is cited.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CitedDocument {
    /// What the ledger calls it.
    pub subject: String,
    /// Where it stands, below a site.
    pub path: String,
    /// Its title.
    pub title: String,
}

/// Whose a new one is.
pub(crate) struct Owner<'a> {
    pub organ: &'a str,
    pub unit: &'a str,
    pub division: &'a str,
}

/// Which published questions are wanted; what is empty does not narrow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AskedFor {
    /// Lowest and highest division.
    pub range: (String, String),
    /// The organ's code.
    pub organ: String,
    /// Words that stand in the question, the answer or the title of the document.
    pub words: String,
    /// The mark after which the page begins ([`Question::mark`]).
    pub after: String,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    organ: String,
    organ_name: String,
    unit: String,
    division: String,
    subject: String,
    path: String,
    document: String,
    place: String,
    quote: String,
    question: String,
    answer: String,
    authors: String,
    state: String,
    revision: i64,
    published_at: Option<String>,
    published_on: Option<String>,
    footing: String,
    ended_at: Option<String>,
    ended_because: String,
    saved_at: String,
    reviewed: i64,
}

const SELECT: &str = "SELECT q.id, q.organ, o.short_name AS organ_name, q.unit, q.division, q.subject, q.path, q.document,
       q.place, q.quote, q.question, q.answer, q.authors, q.state, q.revision, q.published_at, q.published_on, q.footing, q.ended_at,
       q.ended_because, q.saved_at,
       (SELECT count(*) FROM review_piece p WHERE p.kind = 'policy_question' AND p.id = q.id AND p.open = 1) AS reviewed
  FROM policy_question q JOIN organ o ON o.code = q.organ";

/// So many of an organ, or of a document, are listed at once.
const MOST: i64 = 200;

impl Question {
    /// The one with that key.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(from: &impl Statements, id: &str) -> Result<Option<Self>, StoreError> {
        let sql = format!("{SELECT} WHERE q.id = $1");
        let row: Option<Row> = from.one(&sql, vec![id.into()]).await?;
        Ok(row.and_then(read))
    }

    async fn chosen(
        from: &impl Statements,
        which: &str,
        values: Vec<Value>,
    ) -> Result<Vec<Self>, StoreError> {
        let rows: Vec<Row> = from.all(&format!("{SELECT} WHERE {which}"), values).await?;
        Ok(rows.into_iter().filter_map(read).collect())
    }

    /// An organ's, the latest first; none that was deleted.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_organ(from: &impl Statements, organ: &str) -> Result<Vec<Self>, StoreError> {
        let which = "q.organ = $1 AND q.state <> 'dropped' ORDER BY q.id DESC LIMIT $2";
        Self::chosen(from, which, vec![organ.into(), MOST.into()]).await
    }

    /// The published ones that rest on the document at an address below a site, in the order of their writing.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn on(from: &impl Statements, path: &str) -> Result<Vec<Self>, StoreError> {
        let which = "q.path = $1 AND q.state = 'published' ORDER BY q.id LIMIT $2";
        Self::chosen(from, which, vec![path.into(), MOST.into()]).await
    }

    /// Those that rest on documents by what the ledger calls them and that are public or down.
    ///
    /// # Errors
    /// The database refuses.
    pub(crate) async fn resting_on(
        from: &impl Statements,
        subjects: &[String],
    ) -> Result<Vec<Self>, StoreError> {
        if subjects.is_empty() {
            return Ok(vec![]);
        }
        let marks: Vec<String> = (1..=subjects.len()).map(|at| format!("${at}")).collect();
        let which = format!(
            "q.subject IN ({}) AND q.state IN ('published', 'down') ORDER BY q.id",
            marks.join(", ")
        );
        let subjects = subjects.iter().map(|subject| subject.clone().into());
        Self::chosen(from, &which, subjects.collect()).await
    }

    /// So many documents on which something public rests, after one of them, by what the ledger calls them.
    ///
    /// # Errors
    /// The database refuses.
    pub(crate) async fn documents(
        from: &impl Statements,
        after: &str,
        most: i64,
    ) -> Result<Vec<String>, StoreError> {
        #[derive(FromQueryResult)]
        struct Document {
            subject: String,
        }
        let sql = "SELECT DISTINCT subject FROM policy_question
                    WHERE state IN ('published', 'down') AND subject > $1
                    ORDER BY subject LIMIT $2";
        let rows: Vec<Document> = from.all(sql, vec![after.into(), most.into()]).await?;
        Ok(rows.into_iter().map(|row| row.subject).collect())
    }

    /// So many that do not stand as was heard of their paragraph, each with what was heard.
    ///
    /// # Errors
    /// The database refuses.
    pub(crate) async fn astray(
        from: &impl Statements,
        most: i64,
    ) -> Result<Vec<(Self, Footing)>, StoreError> {
        let which = "(q.state = 'published' AND q.footing IN ('hidden', 'changed', 'repealed'))
                OR (q.state = 'down' AND q.footing IN ('stands', 'changed', 'repealed'))
             ORDER BY q.id LIMIT $1";
        let all = Self::chosen(from, which, vec![most.into()]).await?;
        Ok(all
            .into_iter()
            .map(|one| {
                let footing = one.footing;
                (one, footing)
            })
            .collect())
    }

    /// A page of published ones, the latest first; one more than so many tells that there are others.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn page(
        from: &impl Statements,
        asked: &AskedFor,
        most: i64,
    ) -> Result<Vec<Self>, StoreError> {
        let mut which =
            "q.state = 'published' AND q.division >= $1 AND q.division <= $2".to_owned();
        let mut values: Vec<Value> =
            vec![asked.range.0.clone().into(), asked.range.1.clone().into()];
        let mut also = |text: &str, value: Value| {
            values.push(value);
            which.push_str(&text.replace("$n", &format!("${}", values.len())));
        };
        if !asked.organ.is_empty() {
            also(" AND q.organ = $n", asked.organ.clone().into());
        }
        if !asked.words.is_empty() {
            // The engines tell letters apart differently.
            let words = asked.words.to_lowercase();
            let pattern = format!("%{}%", words.replace(['%', '_', '\\'], ""));
            let within = " AND (lower(q.question) LIKE $n OR lower(q.answer) LIKE $n
                               OR lower(q.document) LIKE $n)";
            also(within, pattern.into());
        }
        if let Some((at, id)) = asked.after.split_once(' ') {
            also(" AND (q.published_at < $n", at.into());
            also(" OR (q.published_at = $n", at.into());
            also(" AND q.id < $n))", id.into());
        }
        also(" ORDER BY q.published_at DESC, q.id DESC LIMIT $n", most.into());
        Self::chosen(from, &which, values).await
    }

    /// So many published ones after a key, for indexes.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn after(
        from: &impl Statements,
        after: &str,
        most: i64,
    ) -> Result<Vec<Self>, StoreError> {
        let which = "q.state = 'published' AND q.id > $1 ORDER BY q.id LIMIT $2";
        Self::chosen(from, which, vec![after.into(), most.into()]).await
    }

    /// Published ones of which the public log knows nothing.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn without_leaf(from: &impl Statements, most: i64) -> Result<Vec<Self>, StoreError> {
        let which = "q.state = 'published'
               AND NOT EXISTS (SELECT 1 FROM log_leaf l WHERE l.subject = 'interpretation:wenda:' || q.id)
             ORDER BY q.id LIMIT $1";
        Self::chosen(from, which, vec![most.into()]).await
    }

    /// Its mark, from which a list goes on.
    pub fn mark(&self) -> String {
        format!("{} {}", self.published_at.as_deref().unwrap_or_default(), self.id)
    }

    /// Its page, below a site.
    pub fn path(&self) -> String {
        format!("/wenda/{}", self.id)
    }

    /// Its page at the workbench.
    pub fn desk_path(&self) -> String {
        format!("/gongzuo/wenda/{}", self.id)
    }

    /// What the ledger and the public log call it once it is public.
    pub fn subject(&self) -> String {
        format!("interpretation:wenda:{}", self.id)
    }

    /// Whether it is being written.
    pub fn is_open(&self) -> bool {
        self.state == QuestionState::Drafting
    }

    /// Keeps a new one.
    pub(crate) async fn add(
        change: &Transaction,
        owner: &Owner<'_>,
        (document, said): (&CitedDocument, &Answered),
        (authors, at): (&[String], &str),
    ) -> Result<String, StoreError> {
        let id = super::new_key();
        let sql = "INSERT INTO policy_question (id, organ, unit, division, subject, path, document, place, quote, question,
                                                answer, authors, state, revision, footing, ended_because, created_at, saved_at)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'drafting', 1, 'stands', '', $13, $14)";
        let values = vec![
            id.clone().into(),
            owner.organ.into(),
            owner.unit.into(),
            owner.division.into(),
            document.subject.clone().into(),
            document.path.clone().into(),
            document.title.clone().into(),
            said.place.clone().into(),
            said.quote.clone().into(),
            said.question.clone().into(),
            said.answer.clone().into(),
            serde_json::json!(authors).to_string().into(),
            at.into(),
            at.into(),
        ];
        change.run(sql, values).await?;
        Ok(id)
    }

    /// Keeps what was written over the revision it was shown in; says whether it still was in it.
    pub(crate) async fn write(
        &self,
        change: &Transaction,
        (document, said): (&CitedDocument, &Answered),
        (authors, at): (&[String], &str),
        revision: i64,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE policy_question
                      SET subject = $1, path = $2, document = $3, place = $4, quote = $5, question = $6, answer = $7,
                          authors = $8, saved_at = $9, revision = revision + 1
                    WHERE id = $10 AND state = 'drafting' AND revision = $11";
        let values = vec![
            document.subject.clone().into(),
            document.path.clone().into(),
            document.title.clone().into(),
            said.place.clone().into(),
            said.quote.clone().into(),
            said.question.clone().into(),
            said.answer.clone().into(),
            serde_json::json!(authors).to_string().into(),
            at.into(),
            self.id.clone().into(),
            revision.into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }

    /// It is deleted before anybody saw it.
    pub(crate) async fn drop_it(&self, change: &Transaction) -> Result<bool, StoreError> {
        let sql =
            "UPDATE policy_question SET state = 'dropped' WHERE id = $1 AND state = 'drafting'";
        Ok(change.run(sql, vec![self.id.clone().into()]).await? == 1)
    }

    /// It is published.
    pub(crate) async fn appear(
        &self,
        change: &Transaction,
        publication: &str,
        (at, on): (&str, Date),
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE policy_question SET state = 'published', publication = $1, published_at = $2, published_on = $3
                    WHERE id = $4 AND state = 'drafting'";
        let values =
            vec![publication.into(), at.into(), on.to_string().into(), self.id.clone().into()];
        Ok(change.run(sql, values).await? == 1)
    }

    /// What was heard of its paragraph.
    pub(crate) async fn note_footing(
        &self,
        change: &Transaction,
        footing: Footing,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE policy_question SET footing = $1
                    WHERE id = $2 AND state IN ('published', 'down') AND footing <> $1";
        change.run(sql, vec![footing.word().into(), self.id.clone().into()]).await.map(|_| ())
    }

    /// Its document is not shown, or is shown again; says whether it still stood as it was read.
    pub(crate) async fn show(
        &self,
        change: &Transaction,
        (to, footing): (QuestionState, Footing),
    ) -> Result<bool, StoreError> {
        let sql =
            "UPDATE policy_question SET state = $1, footing = $2 WHERE id = $3 AND state = $4";
        let values = vec![
            to.word().into(),
            footing.word().into(),
            self.id.clone().into(),
            self.state.word().into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }

    /// Nobody may rely on it any more; `by` is nobody where the platform saw it.
    pub(crate) async fn withdraw(
        &self,
        change: &Transaction,
        (by, at): (Option<&str>, &str),
        because: &str,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE policy_question SET state = 'withdrawn', ended_at = $1, ended_by = $2, ended_because = $3
                    WHERE id = $4 AND state IN ('published', 'down')";
        let values =
            vec![at.into(), by.map(str::to_owned).into(), because.into(), self.id.clone().into()];
        Ok(change.run(sql, values).await? == 1)
    }
}

fn read(row: Row) -> Option<Question> {
    let kept = QuestionState::read(&row.state)?;
    let reviewed = row.reviewed > 0 && kept == QuestionState::Drafting;
    Some(Question {
        state: if reviewed { QuestionState::UnderReview } else { kept },
        footing: Footing::read(&row.footing)?,
        authors: serde_json::from_str(&row.authors).unwrap_or_default(),
        published_on: row.published_on.and_then(|day| day.parse().ok()),
        ended: row.ended_at.map(|at| (at, row.ended_because)),
        document: CitedDocument { subject: row.subject, path: row.path, title: row.document },
        said: Answered {
            question: row.question,
            answer: row.answer,
            place: row.place,
            quote: row.quote,
        },
        id: row.id,
        organ: row.organ,
        organ_name: row.organ_name,
        unit: row.unit,
        division: row.division,
        revision: row.revision,
        published_at: row.published_at,
        saved_at: row.saved_at,
    })
}
