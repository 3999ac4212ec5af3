//! 解读材料.

use interpretation_rules::{Body, Form, InterpretationState, PullGround};
use law::Date;
use store::{FromQueryResult, Statements, StoreError, Transaction};

use super::Policy;
use super::policies::Act;

/// One interpretation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interpretation {
    /// Its key.
    pub id: String,
    /// The key of the policy it interprets.
    pub policy: String,
    /// The organ that drafts it, by code.
    pub organ: String,
    /// That organ's short name.
    pub organ_name: String,
    /// The 科室; empty where there is none.
    pub unit: String,
    /// The division of the organ.
    pub division: String,
    /// In which form.
    pub form: Form,
    /// Its title.
    pub title: String,
    /// What it says.
    pub body: Body,
    /// Where it stands.
    pub state: InterpretationState,
    /// How often it was saved.
    pub revision: i64,
    /// The published one whose place it takes.
    pub replaces: Option<String>,
    /// The one that took its place.
    pub replaced_by: Option<String>,
    /// When it was published, RFC 3339.
    pub published_at: Option<String>,
    /// That day.
    pub published_on: Option<Date>,
    /// When it was taken down.
    pub down_at: Option<String>,
    /// 撤下 for what it says: proposed, or done.
    pub pull: Option<Pull>,
    /// When it was saved last.
    pub saved_at: String,
}

/// That one is to be taken down for what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pull {
    /// Of which kind the reason is.
    pub ground: PullGround,
    /// Why; everybody reads it where the page was.
    pub reason: String,
    /// Who proposed it.
    pub proposed: Act,
    /// Whether another person agreed, so that it is down for good.
    pub done: bool,
}

/// What is written of one.
pub(crate) struct Written<'a> {
    pub title: &'a str,
    pub form: Form,
    pub body: &'a Body,
    pub at: String,
}

impl Written<'_> {
    /// Whether nothing of its form is missing.
    fn is_whole(&self) -> bool {
        self.body.check(self.form).is_ok()
    }

    /// The file it is made of, by its SHA-256.
    fn digest(&self) -> Option<String> {
        self.body.medium.as_ref().map(|medium| medium.sha256.clone())
    }
}

/// How far the interpretations of a policy have come that are being written.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(crate) struct Begun {
    /// The key of the policy.
    pub policy: String,
    /// How many there are.
    pub number: i64,
    /// Of how many nothing is missing.
    pub whole: i64,
    /// How many are under review.
    pub reviewed: i64,
}

impl Begun {
    /// Of all policies of an organ that wait for one, in one question that reads no text.
    ///
    /// # Errors
    /// The database refuses.
    pub(crate) async fn of_organ(
        from: &impl Statements,
        organ: &str,
    ) -> Result<Vec<Self>, StoreError> {
        let sql = "SELECT i.policy, count(*) AS number,
                          sum(CASE WHEN i.whole = 1 THEN 1 ELSE 0 END) AS whole,
                          sum(CASE WHEN EXISTS (SELECT 1 FROM review_piece p
                                                 WHERE p.kind = 'interpretation' AND p.id = i.id AND p.open = 1)
                                   THEN 1 ELSE 0 END) AS reviewed
                     FROM interpretation i JOIN policy_document d ON d.id = i.policy
                    WHERE d.organ = $1 AND d.state IN ('needed', 'owing') AND i.state = 'drafting'
                    GROUP BY i.policy";
        from.all(sql, vec![organ.into()]).await
    }
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    policy: String,
    organ: String,
    organ_name: String,
    unit: String,
    division: String,
    form: String,
    title: String,
    body: String,
    state: String,
    revision: i64,
    replaces: Option<String>,
    replaced_by: Option<String>,
    published_at: Option<String>,
    published_on: Option<String>,
    down_at: Option<String>,
    pull_reason: Option<String>,
    pull_ground: Option<String>,
    pull_by: Option<String>,
    pull_for: Option<String>,
    pull_name: Option<String>,
    pull_at: Option<String>,
    pulled: i64,
    saved_at: String,
    reviewed: i64,
}

const SELECT: &str = "SELECT i.id, i.policy, i.organ, o.short_name AS organ_name, i.unit, i.division, i.form, i.title,
       i.body, i.state, i.revision, i.replaces, i.replaced_by, i.published_at, i.published_on, i.down_at,
       i.pull_reason, i.pull_ground, i.pull_by, i.pull_for, i.pull_name, i.pull_at, i.pulled, i.saved_at,
       (SELECT count(*) FROM review_piece p WHERE p.kind = 'interpretation' AND p.id = i.id AND p.open = 1) AS reviewed
  FROM interpretation i JOIN organ o ON o.code = i.organ";

impl Interpretation {
    /// The one with that key.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(from: &impl Statements, id: &str) -> Result<Option<Self>, StoreError> {
        let row: Option<Row> =
            from.one(&format!("{SELECT} WHERE i.id = $1"), vec![id.into()]).await?;
        Ok(row.and_then(read))
    }

    /// Those of which a condition holds that asks for one thing, the oldest first.
    pub(super) async fn chosen(
        from: &impl Statements,
        which: &str,
        asked: &str,
    ) -> Result<Vec<Self>, StoreError> {
        let sql = format!("{SELECT} WHERE {which} ORDER BY i.id LIMIT 100");
        let rows: Vec<Row> = from.all(&sql, vec![asked.into()]).await?;
        Ok(rows.into_iter().filter_map(read).collect())
    }

    /// All of a policy that are not deleted, in the order in which they were begun.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_policy(from: &impl Statements, policy: &str) -> Result<Vec<Self>, StoreError> {
        let sql = format!("{SELECT} WHERE i.policy = $1 AND i.state <> 'dropped' ORDER BY i.id");
        let rows: Vec<Row> = from.all(&sql, vec![policy.into()]).await?;
        Ok(rows.into_iter().filter_map(read).collect())
    }

    /// Those of a policy that are published and shown, in the order in which they were begun.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn shown_of(from: &impl Statements, policy: &str) -> Result<Vec<Self>, StoreError> {
        let all = Self::of_policy(from, policy).await?;
        Ok(all.into_iter().filter(|one| one.state == InterpretationState::Published).collect())
    }

    /// So many published ones after a key, for indexes; and so of whatever state, where `all` says so.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn after(
        from: &impl Statements,
        after: &str,
        most: i64,
    ) -> Result<Vec<Self>, StoreError> {
        let sql =
            format!("{SELECT} WHERE i.state = 'published' AND i.id > $1 ORDER BY i.id LIMIT $2");
        let rows: Vec<Row> = from.all(&sql, vec![after.into(), most.into()]).await?;
        Ok(rows.into_iter().filter_map(read).collect())
    }

    /// Published ones of which the public log knows nothing.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn without_leaf(from: &impl Statements, most: i64) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "{SELECT} WHERE i.state = 'published'
                AND NOT EXISTS (SELECT 1 FROM log_leaf l WHERE l.subject = 'interpretation:' || i.id)
              ORDER BY i.id LIMIT $1"
        );
        let rows: Vec<Row> = from.all(&sql, vec![most.into()]).await?;
        Ok(rows.into_iter().filter_map(read).collect())
    }

    /// Whether one that is being written is to take the place of another.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn is_being_replaced(from: &impl Statements, old: &str) -> Result<bool, StoreError> {
        let sql = "SELECT count(*) FROM interpretation WHERE replaces = $1 AND state = 'drafting'";
        Ok(from.number(sql, vec![old.into()]).await?.unwrap_or_default() > 0)
    }

    /// The natural persons who wrote it.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn authors(&self, from: &impl Statements) -> Result<Vec<String>, StoreError> {
        #[derive(FromQueryResult)]
        struct Person {
            person: String,
        }
        let sql =
            "SELECT person FROM interpretation_author WHERE interpretation = $1 ORDER BY person";
        let rows: Vec<Person> = from.all(sql, vec![self.id.clone().into()]).await?;
        Ok(rows.into_iter().map(|row| row.person).collect())
    }

    /// The natural persons who wrote these, each by the key of the interpretation, in one question.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn authors_of_all(
        from: &impl Statements,
        all: &[Self],
    ) -> Result<Vec<(String, String)>, StoreError> {
        #[derive(FromQueryResult)]
        struct Person {
            interpretation: String,
            person: String,
        }
        if all.is_empty() {
            return Ok(vec![]);
        }
        let places: Vec<String> = (1..=all.len()).map(|at| format!("${at}")).collect();
        let sql = format!(
            "SELECT interpretation, person FROM interpretation_author WHERE interpretation IN ({})",
            places.join(", ")
        );
        let values = all.iter().map(|one| one.id.clone().into()).collect();
        let rows: Vec<Person> = from.all(&sql, values).await?;
        Ok(rows.into_iter().map(|row| (row.interpretation, row.person)).collect())
    }

    /// Its page, below a site.
    pub fn path(&self) -> String {
        format!("/jiedu/{}", self.id)
    }

    /// Its page at the workbench.
    pub fn desk_path(&self) -> String {
        format!("/gongzuo/jiedu-cailiao/{}", self.id)
    }

    /// What the ledger and the public log call it once it is public.
    pub fn subject(&self) -> String {
        format!("interpretation:{}", self.id)
    }

    /// Whether it is being written.
    pub fn is_open(&self) -> bool {
        self.state == InterpretationState::Drafting
    }

    /// Keeps a new one.
    pub(crate) async fn add(
        change: &Transaction,
        policy: &Policy,
        written: &Written<'_>,
        replaces: Option<&str>,
    ) -> Result<String, StoreError> {
        let id = super::new_key();
        let sql = "INSERT INTO interpretation (id, policy, organ, unit, division, form, title, body, plain, whole,
                                               state, revision, replaces, created_at, saved_at, lead, medium)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'drafting', 1, $11, $12, $13, $14, $15)";
        let values = vec![
            id.clone().into(),
            policy.id.clone().into(),
            policy.organ.clone().into(),
            policy.unit.clone().into(),
            policy.division.clone().into(),
            written.form.word().into(),
            written.title.into(),
            serde_json::to_string(written.body).unwrap_or_default().into(),
            written.body.whole_text().into(),
            i64::from(written.is_whole()).into(),
            replaces.map(str::to_owned).into(),
            written.at.clone().into(),
            written.at.clone().into(),
            written.body.lead.clone().into(),
            written.digest().into(),
        ];
        change.run(sql, values).await?;
        Ok(id)
    }

    /// Keeps what was written over the revision it was shown in; says whether it still was in it.
    pub(crate) async fn write(
        &self,
        change: &Transaction,
        written: &Written<'_>,
        revision: i64,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE interpretation
                      SET form = $1, title = $2, body = $3, plain = $4, whole = $5, revision = revision + 1, saved_at = $6,
                          lead = $9, medium = $10
                    WHERE id = $7 AND state = 'drafting' AND revision = $8";
        let values = vec![
            written.form.word().into(),
            written.title.into(),
            serde_json::to_string(written.body).unwrap_or_default().into(),
            written.body.whole_text().into(),
            i64::from(written.is_whole()).into(),
            written.at.clone().into(),
            self.id.clone().into(),
            revision.into(),
            written.body.lead.clone().into(),
            written.digest().into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }

    /// These persons wrote it.
    pub(crate) async fn note_authors<'a>(
        change: &Transaction,
        id: &str,
        persons: impl Iterator<Item = &'a str>,
    ) -> Result<(), StoreError> {
        for person in persons {
            let sql = "INSERT INTO interpretation_author (interpretation, person) VALUES ($1, $2)
                       ON CONFLICT DO NOTHING";
            change.run(sql, vec![id.into(), person.into()]).await?;
        }
        Ok(())
    }

    /// It is deleted before anybody saw it.
    pub(crate) async fn drop_it(&self, change: &Transaction) -> Result<bool, StoreError> {
        let sql =
            "UPDATE interpretation SET state = 'dropped' WHERE id = $1 AND state = 'drafting'";
        Ok(change.run(sql, vec![self.id.clone().into()]).await? == 1)
    }

    /// It is published, in the domains of its policy.
    pub(crate) async fn appear(
        &self,
        change: &Transaction,
        publication: &str,
        (at, on): (&str, Date),
        domains: &[String],
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE interpretation SET state = 'published', publication = $1, published_at = $2, published_on = $3
                    WHERE id = $4 AND state = 'drafting'";
        let values =
            vec![publication.into(), at.into(), on.to_string().into(), self.id.clone().into()];
        if change.run(sql, values).await? != 1 {
            return Ok(false);
        }
        for domain in domains {
            let sql = "INSERT INTO interpretation_domain (domain, interpretation) VALUES ($1, $2)
                       ON CONFLICT DO NOTHING";
            change.run(sql, vec![domain.clone().into(), self.id.clone().into()]).await?;
        }
        Ok(true)
    }

    /// Another took its place; says whether it still stood.
    pub(crate) async fn replace(
        change: &Transaction,
        old: &str,
        by: &str,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE interpretation SET state = 'replaced', replaced_by = $1
                    WHERE id = $2 AND state = 'published'";
        Ok(change.run(sql, vec![by.into(), old.into()]).await? == 1)
    }

    /// What it interprets is shown no more, or again; says whether anything changed.
    pub(crate) async fn show(
        &self,
        change: &Transaction,
        (from, to): (InterpretationState, InterpretationState),
        down_at: Option<&str>,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE interpretation SET state = $1, down_at = $2 WHERE id = $3 AND state = $4";
        let values = vec![
            to.word().into(),
            down_at.map(str::to_owned).into(),
            self.id.clone().into(),
            from.word().into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }
}

fn read(row: Row) -> Option<Interpretation> {
    let kept = InterpretationState::read(&row.state)?;
    let reviewed = row.reviewed > 0 && kept == InterpretationState::Drafting;
    let ground = row.pull_ground.as_deref().and_then(PullGround::read);
    let pull = row.pull_by.map(|person| Pull {
        ground: ground.unwrap_or(PullGround::Personal),
        reason: row.pull_reason.unwrap_or_default(),
        proposed: Act {
            person,
            stands_in_for: row.pull_for,
            name: row.pull_name.unwrap_or_default(),
            at: row.pull_at.unwrap_or_default(),
        },
        done: row.pulled != 0,
    });
    Some(Interpretation {
        pull,
        state: if reviewed { InterpretationState::UnderReview } else { kept },
        form: Form::read(&row.form)?,
        body: serde_json::from_str(&row.body).unwrap_or_default(),
        published_on: row.published_on.and_then(|day| day.parse().ok()),
        id: row.id,
        policy: row.policy,
        organ: row.organ,
        organ_name: row.organ_name,
        unit: row.unit,
        division: row.division,
        title: row.title,
        revision: row.revision,
        replaces: row.replaces,
        replaced_by: row.replaced_by,
        published_at: row.published_at,
        down_at: row.down_at,
        saved_at: row.saved_at,
    })
}

/// What became of a piece that is published beside another.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(crate) struct Became {
    /// What the ledger calls it.
    pub subject: String,
    /// Where it stands.
    pub path: Option<String>,
    /// What it was called when it was signed.
    pub title: String,
}

/// What became of the piece of a kind and key in the unit of a publication.
pub(crate) async fn beside_in_unit(
    from: &impl Statements,
    publication: &str,
    (kind, piece): (&str, &str),
) -> Result<Option<Became>, StoreError> {
    let sql = "SELECT p.subject, p.path, p.title FROM publication q
                 JOIN review_piece p ON p.unit = q.unit AND p.kind = $2 AND p.id = $3
                WHERE q.id = $1 AND p.subject IS NOT NULL";
    from.one(sql, vec![publication.into(), kind.into(), piece.into()]).await
}
