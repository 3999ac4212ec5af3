//! 政策文件, and what is settled of its interpretation.

use interpretation_rules::{Form, PolicyState};
use law::Date;
use review::Signatory;
use serde::{Deserialize, Serialize};
use store::{FromQueryResult, Statements, StoreError, Transaction};
use web::{Content, ContentHash};

/// 解读方案.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// In which forms it is interpreted.
    pub forms: Vec<Form>,
    /// 解读重点.
    pub points: String,
    /// 解读责任人: unit and post.
    pub responsible: String,
    /// 发布渠道, besides the portal.
    pub channels: String,
    /// 咨询电话, for whoever still has a question.
    pub phone: String,
}

/// One policy document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Its key.
    pub id: String,
    /// The kind of piece under which it is reviewed, and its key there.
    pub piece: (String, String),
    /// The organ that drafts it, by code.
    pub organ: String,
    /// That organ's short name.
    pub organ_name: String,
    /// The 科室; empty where there is none.
    pub unit: String,
    /// The division of the organ.
    pub division: String,
    /// Its title.
    pub title: String,
    /// The domains it belongs to, by slug.
    pub domains: Vec<String>,
    /// The hash of the draft as it read when it was judged.
    pub hash: String,
    /// Where it stands.
    pub state: PolicyState,
    /// Why it is not interpreted, or later.
    pub reason: String,
    /// Who judged: the person, for whom he stood in, his name, and when.
    pub proposed: Act,
    /// Who agreed.
    pub decided: Option<Act>,
    /// Why somebody did not agree.
    pub returned: String,
    /// 解读方案.
    pub plan: Option<Plan>,
    /// The address of the document whose place it takes; empty where it takes none.
    pub former: String,
    /// What became of it, once published: its subject and where it stands, below a site.
    pub appeared: Option<(String, Option<String>)>,
    /// The day of its publication.
    pub published_on: Option<Date>,
    /// The last day for an interpretation that follows, and whether it is provisional.
    pub due: Option<(Date, bool)>,
    /// Whether the document is shown.
    pub shown: bool,
    /// Since when it has an interpretation.
    pub interpreted_at: Option<String>,
    /// Since when it stands corrected and nobody has said whether its interpretations still fit.
    pub corrected_at: Option<String>,
}

/// Something a person settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// The natural person.
    pub person: String,
    /// For whom he stood in.
    pub stands_in_for: Option<String>,
    /// What he is called.
    pub name: String,
    /// When.
    pub at: String,
}

/// What is kept when a document is judged.
pub(crate) struct Judged<'a> {
    pub state: PolicyState,
    pub reason: &'a str,
    pub title: &'a str,
    pub domains: &'a [String],
    pub unit: &'a str,
    pub hash: &'a str,
    pub former: &'a str,
    pub by: &'a Signatory,
    pub at: String,
}

/// What became of a document when it was published.
pub(crate) struct Appearance<'a> {
    pub state: PolicyState,
    pub became: &'a super::interpretations::Became,
    pub publication: &'a str,
    pub at: String,
    pub on: Date,
    pub due: Option<(Date, bool)>,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    kind: String,
    piece: String,
    organ: String,
    organ_name: String,
    unit: String,
    division: String,
    title: String,
    domains: String,
    hash: String,
    state: String,
    reason: String,
    proposed_by: String,
    proposed_for: Option<String>,
    proposed_name: String,
    proposed_at: String,
    decided_by: Option<String>,
    decided_for: Option<String>,
    decided_name: Option<String>,
    decided_at: Option<String>,
    returned: String,
    plan: String,
    former: String,
    subject: Option<String>,
    path: Option<String>,
    published_on: Option<String>,
    due_on: Option<String>,
    provisional: i64,
    shown: i64,
    interpreted_at: Option<String>,
    corrected_at: Option<String>,
}

const SELECT: &str = "SELECT d.id, d.kind, d.piece, d.organ, o.short_name AS organ_name, d.unit, d.division, d.title,
       d.domains, d.hash, d.state, d.reason, d.proposed_by, d.proposed_for, d.proposed_name, d.proposed_at, d.decided_by,
       d.decided_for, d.decided_name, d.decided_at, d.returned, d.plan, d.former, d.subject, d.path, d.published_on,
       d.due_on, d.provisional, d.shown, d.interpreted_at, d.corrected_at
  FROM policy_document d JOIN organ o ON o.code = d.organ";

/// So many policies of an organ are listed at once, the latest first.
pub(super) const MOST: i64 = 100;

impl Policy {
    /// The one with that key.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(from: &impl Statements, id: &str) -> Result<Option<Self>, StoreError> {
        Self::one(from, "d.id = $1", vec![id.into()]).await
    }

    /// The one under that kind and key of a piece.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_piece(
        from: &impl Statements,
        (kind, piece): (&str, &str),
    ) -> Result<Option<Self>, StoreError> {
        Self::one(from, "d.kind = $1 AND d.piece = $2", vec![kind.into(), piece.into()]).await
    }

    /// The one whose document stands at an address below a site.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn at(from: &impl Statements, path: &str) -> Result<Option<Self>, StoreError> {
        Self::one(from, "d.path = $1", vec![path.into()]).await
    }

    /// The one whose document the ledger calls so.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn called(from: &impl Statements, subject: &str) -> Result<Option<Self>, StoreError> {
        Self::one(from, "d.subject = $1", vec![subject.into()]).await
    }

    async fn one(
        from: &impl Statements,
        which: &str,
        values: Vec<store::Value>,
    ) -> Result<Option<Self>, StoreError> {
        let row: Option<Row> = from.one(&format!("{SELECT} WHERE {which}"), values).await?;
        Ok(row.and_then(read))
    }

    /// Those of which a condition holds, as many as it says.
    pub(super) async fn chosen(
        from: &impl Statements,
        which: &str,
        values: Vec<store::Value>,
    ) -> Result<Vec<Self>, StoreError> {
        let rows: Vec<Row> = from.all(&format!("{SELECT} WHERE {which}"), values).await?;
        Ok(rows.into_iter().filter_map(read).collect())
    }

    /// An organ's, the latest first: those that are on their way, or those that are published; none whose draft is
    /// deleted or is not to be public.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_organ(
        from: &impl Statements,
        organ: &str,
        published: bool,
    ) -> Result<Vec<Self>, StoreError> {
        let which = if published { "IS NOT NULL" } else { "IS NULL" };
        let sql = format!(
            "{SELECT} WHERE d.organ = $1 AND d.shelved = 0 AND d.published_on {which} ORDER BY d.id DESC LIMIT {MOST}"
        );
        let rows: Vec<Row> = from.all(&sql, vec![organ.into()]).await?;
        Ok(rows.into_iter().filter_map(read).collect())
    }

    /// Those of an organ in these states whose draft may be published, the oldest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn in_state(
        from: &impl Statements,
        organ: &str,
        states: &[PolicyState],
    ) -> Result<Vec<Self>, StoreError> {
        let words: Vec<String> = states.iter().map(|one| format!("'{}'", one.word())).collect();
        let sql = format!(
            "{SELECT} WHERE d.organ = $1 AND d.shelved = 0 AND d.state IN ({}) ORDER BY d.id LIMIT {MOST}",
            words.join(", ")
        );
        let rows: Vec<Row> = from.all(&sql, vec![organ.into()]).await?;
        Ok(rows.into_iter().filter_map(read).collect())
    }

    /// The natural persons who drafted it or settled something of it as drafters.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn authors(&self, from: &impl Statements) -> Result<Vec<String>, StoreError> {
        #[derive(FromQueryResult)]
        struct Person {
            person: String,
        }
        let sql = "SELECT person FROM policy_author WHERE policy = $1 ORDER BY person";
        let rows: Vec<Person> = from.all(sql, vec![self.id.clone().into()]).await?;
        Ok(rows.into_iter().map(|row| row.person).collect())
    }

    /// The natural persons who drafted these policies, each by the key of the policy, in one question.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn authors_of_all(
        from: &impl Statements,
        policies: &[Self],
    ) -> Result<Vec<(String, String)>, StoreError> {
        #[derive(FromQueryResult)]
        struct Person {
            policy: String,
            person: String,
        }
        if policies.is_empty() {
            return Ok(vec![]);
        }
        let places: Vec<String> = (1..=policies.len()).map(|at| format!("${at}")).collect();
        let sql = format!(
            "SELECT policy, person FROM policy_author WHERE policy IN ({})",
            places.join(", ")
        );
        let values = policies.iter().map(|policy| policy.id.clone().into()).collect();
        let rows: Vec<Person> = from.all(&sql, values).await?;
        Ok(rows.into_iter().map(|row| (row.policy, row.person)).collect())
    }

    /// By which a form says what plan it was shown over; empty where there was none.
    pub fn plan_mark(&self) -> String {
        let told = self.plan.as_ref().and_then(|plan| serde_json::to_string(plan).ok());
        told.map(|told| ContentHash::of([told.as_str()]).short().to_owned()).unwrap_or_default()
    }

    /// Whether what was settled was settled of this content.
    pub(crate) fn is_of(&self, content: &Content) -> bool {
        self.hash == content.hash().as_str()
    }

    /// Whether somebody who agreed that it goes without, or first, is among these persons.
    pub(crate) fn was_decided_by_one_of(&self, persons: &[String]) -> bool {
        let decided = self.decided.as_ref();
        decided.is_some_and(|act| {
            let own = [Some(&act.person), act.stands_in_for.as_ref()];
            own.into_iter().flatten().any(|own| persons.contains(own))
        })
    }

    /// Its page at the workbench.
    pub fn desk_path(&self) -> String {
        format!("/gongzuo/jiedu/{}", self.id)
    }

    /// What the ledger calls it.
    pub fn subject(&self) -> String {
        format!("policy_document:{}", self.id)
    }

    /// Where its document stands, once it is published and shown.
    pub fn path(&self) -> Option<&str> {
        self.appeared.as_ref().filter(|_| self.shown).and_then(|(_, path)| path.as_deref())
    }

    /// Whether its document is published and stands on no page that everybody can open.
    pub fn is_for_a_group(&self) -> bool {
        self.appeared.as_ref().is_some_and(|(_, path)| path.is_none())
    }

    /// Holds it: whoever else would change it waits, and what is read of it then is so until this act is sealed.
    pub(crate) async fn hold(change: &Transaction, id: &str) -> Result<(), StoreError> {
        let sql = "UPDATE policy_document SET state = state WHERE id = $1";
        change.run(sql, vec![id.into()]).await.map(|_| ())
    }

    /// Keeps a document that is judged for the first time.
    pub(crate) async fn add(
        change: &Transaction,
        piece: (&str, &str),
        (organ, unit, division): (&str, &str, &str),
        judged: &Judged<'_>,
    ) -> Result<String, StoreError> {
        let id = super::new_key();
        let sql = "INSERT INTO policy_document (id, kind, piece, organ, unit, division, title, domains, state, reason,
                          proposed_by, proposed_for, proposed_name, proposed_at, returned, plan, former, hash,
                          provisional, shown)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, '', '', $15, $16, 0, 1)";
        let values = vec![
            id.clone().into(),
            piece.0.into(),
            piece.1.into(),
            organ.into(),
            unit.into(),
            division.into(),
            judged.title.into(),
            serde_json::json!(judged.domains).to_string().into(),
            judged.state.word().into(),
            judged.reason.into(),
            judged.by.person.clone().into(),
            judged.by.stands_in_for.clone().into(),
            judged.by.name.clone().into(),
            judged.at.clone().into(),
            judged.former.into(),
            judged.hash.into(),
        ];
        change.run(sql, values).await?;
        Ok(id)
    }

    /// Judges it anew; what was agreed to before no longer counts.
    pub(crate) async fn judge(
        &self,
        change: &Transaction,
        judged: &Judged<'_>,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE policy_document
                      SET shelved = 0, state = $1, reason = $2, title = $3, domains = $4, former = $5, proposed_by = $6,
                          proposed_for = $7, proposed_name = $8, proposed_at = $9, hash = $10, unit = $11,
                          decided_by = NULL, decided_for = NULL, decided_name = NULL, decided_at = NULL,
                          returned = ''
                    WHERE id = $12 AND state = $13 AND publication IS NULL";
        let values = vec![
            judged.state.word().into(),
            judged.reason.into(),
            judged.title.into(),
            serde_json::json!(judged.domains).to_string().into(),
            judged.former.into(),
            judged.by.person.clone().into(),
            judged.by.stands_in_for.clone().into(),
            judged.by.name.clone().into(),
            judged.at.clone().into(),
            judged.hash.into(),
            judged.unit.into(),
            self.id.clone().into(),
            self.state.word().into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }

    /// Another person agreed, or did not.
    pub(crate) async fn decide(
        &self,
        change: &Transaction,
        (state, returned): (PolicyState, &str),
        (by, at): (&Signatory, String),
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE policy_document
                      SET state = $1, returned = $2, decided_by = $3, decided_for = $4, decided_name = $5,
                          decided_at = $6
                    WHERE id = $7 AND state = $8";
        let values = vec![
            state.word().into(),
            returned.into(),
            by.person.clone().into(),
            by.stands_in_for.clone().into(),
            by.name.clone().into(),
            at.into(),
            self.id.clone().into(),
            self.state.word().into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }

    /// 解读方案.
    pub(crate) async fn set_plan(
        &self,
        change: &Transaction,
        plan: &Plan,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE policy_document SET plan = $1 WHERE id = $2";
        let plan = serde_json::to_string(plan).unwrap_or_default();
        change.run(sql, vec![plan.into(), self.id.clone().into()]).await.map(|_| ())
    }

    /// These persons had a hand in it.
    pub(crate) async fn note_authors<'a>(
        change: &Transaction,
        policy: &str,
        persons: impl Iterator<Item = &'a str>,
    ) -> Result<(), StoreError> {
        for person in persons {
            let sql =
                "INSERT INTO policy_author (policy, person) VALUES ($1, $2) ON CONFLICT DO NOTHING";
            change.run(sql, vec![policy.into(), person.into()]).await?;
        }
        Ok(())
    }

    /// It is published.
    pub(crate) async fn appear(
        &self,
        change: &Transaction,
        became: &Appearance<'_>,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE policy_document
                      SET state = $1, subject = $2, path = $3, publication = $4, published_at = $5,
                          published_on = $6, due_on = $7, provisional = $8, title = $9
                    WHERE id = $10 AND publication IS NULL";
        let values = vec![
            became.state.word().into(),
            became.became.subject.clone().into(),
            became.became.path.clone().into(),
            became.publication.into(),
            became.at.clone().into(),
            became.on.to_string().into(),
            became.due.map(|(day, _)| day.to_string()).into(),
            i64::from(became.due.is_some_and(|(_, provisional)| provisional)).into(),
            became.became.title.clone().into(),
            self.id.clone().into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }

    /// An interpretation of it is published.
    pub(crate) async fn interpreted(
        &self,
        change: &Transaction,
        (state, at): (PolicyState, &str),
    ) -> Result<(), StoreError> {
        let sql =
            "UPDATE policy_document SET state = $1, interpreted_at = COALESCE(interpreted_at, $2), corrected_at = NULL
                    WHERE id = $3";
        let values = vec![state.word().into(), at.into(), self.id.clone().into()];
        change.run(sql, values).await.map(|_| ())
    }

    /// Its only interpretation is taken down: another is owed by a day that is told with whether it is provisional, and
    /// what was said of an earlier one does not count.
    pub(crate) async fn owe_again(
        &self,
        change: &Transaction,
        state: PolicyState,
        (due, provisional): (Date, bool),
    ) -> Result<(), StoreError> {
        let sql = "UPDATE policy_document
                      SET state = $1, interpreted_at = NULL, due_on = $2, provisional = $3, alarmed_at = NULL
                    WHERE id = $4";
        let values = vec![
            state.word().into(),
            due.to_string().into(),
            i64::from(provisional).into(),
            self.id.clone().into(),
        ];
        change.run(sql, values).await.map(|_| ())
    }

    /// Its draft is deleted or is not to be public, or may be published again after all.
    pub(crate) async fn shelve(
        &self,
        change: &Transaction,
        shelved: bool,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE policy_document SET shelved = $1 WHERE id = $2 AND publication IS NULL";
        change.run(sql, vec![i64::from(shelved).into(), self.id.clone().into()]).await.map(|_| ())
    }

    /// Its document is shown, or is not.
    pub(crate) async fn show(&self, change: &Transaction, shown: bool) -> Result<(), StoreError> {
        let sql = "UPDATE policy_document SET shown = $1 WHERE id = $2";
        change.run(sql, vec![i64::from(shown).into(), self.id.clone().into()]).await.map(|_| ())
    }
}

fn read(row: Row) -> Option<Policy> {
    let day = |text: Option<String>| text.and_then(|day| day.parse::<Date>().ok());
    let decided = |row: &Row| {
        Some(Act {
            person: row.decided_by.clone()?,
            stands_in_for: row.decided_for.clone(),
            name: row.decided_name.clone().unwrap_or_default(),
            at: row.decided_at.clone().unwrap_or_default(),
        })
    };
    Some(Policy {
        decided: decided(&row),
        state: PolicyState::read(&row.state)?,
        domains: serde_json::from_str(&row.domains).unwrap_or_default(),
        hash: row.hash,
        plan: serde_json::from_str(&row.plan).ok(),
        appeared: row.subject.map(|subject| (subject, row.path)),
        published_on: day(row.published_on),
        due: day(row.due_on).map(|due| (due, row.provisional != 0)),
        proposed: Act {
            person: row.proposed_by,
            stands_in_for: row.proposed_for,
            name: row.proposed_name,
            at: row.proposed_at,
        },
        id: row.id,
        piece: (row.kind, row.piece),
        organ: row.organ,
        organ_name: row.organ_name,
        unit: row.unit,
        division: row.division,
        title: row.title,
        reason: row.reason,
        returned: row.returned,
        former: row.former,
        shown: row.shown != 0,
        interpreted_at: row.interpreted_at,
        corrected_at: row.corrected_at,
    })
}
