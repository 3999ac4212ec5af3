//! 提请讨论的材料: what is known of each, as it was noted last.

use law::Date;
use participation_rules::{LegalOpinion, Material, MaterialFact};
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

/// What is known of the materials of decisions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Materials;

impl Materials {
    /// Of one decision, in the order of the article; what nobody has noted is left out.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(
        from: &impl Statements,
        (list, item): (&str, i64),
    ) -> Result<Vec<MaterialFact>, StoreError> {
        #[derive(FromQueryResult)]
        struct Row {
            kind: String,
            there: i64,
            day: Option<String>,
            sent_on: Option<String>,
            opinion: String,
            reason: String,
        }
        let sql = "SELECT kind, there, day, sent_on, opinion, reason FROM decision_material
                    WHERE list = $1 AND item = $2 AND gone = 0";
        let rows: Vec<Row> = from.all(sql, vec![list.into(), item.into()]).await?;
        let date = |text: Option<String>| -> Option<Date> { text.and_then(|day| day.parse().ok()) };
        let fact = |row: Row| {
            Some(MaterialFact {
                material: Material::parse(&row.kind)?,
                there: row.there != 0,
                day: date(row.day),
                sent_on: date(row.sent_on),
                opinion: LegalOpinion::parse(&row.opinion),
                reason: row.reason,
            })
        };
        let mut facts: Vec<MaterialFact> = rows.into_iter().filter_map(fact).collect();
        facts.sort_by_key(|one| Material::ALL.iter().position(|own| *own == one.material));
        Ok(facts)
    }

    /// Notes one; what was noted of it before stands no more.
    pub(crate) async fn note(
        change: &Transaction,
        (list, item): (&str, i64),
        fact: &MaterialFact,
        (person, at): (&str, &str),
    ) -> Result<(), StoreError> {
        let sql = "UPDATE decision_material SET gone = 1
                    WHERE list = $1 AND item = $2 AND kind = $3 AND gone = 0";
        let word = fact.material.word();
        change.run(sql, vec![list.into(), item.into(), word.into()]).await?;
        let columns = [
            "id", "list", "item", "kind", "there", "day", "sent_on", "opinion", "reason",
            "noted_by", "noted_at", "gone",
        ];
        let day = |day: Option<Date>| day.map(|day| day.to_string());
        let row: Vec<Value> = vec![
            uuid::Uuid::now_v7().to_string().into(),
            list.into(),
            item.into(),
            word.into(),
            i64::from(fact.there).into(),
            day(fact.day).into(),
            day(fact.sent_on).into(),
            fact.opinion.map(LegalOpinion::word).unwrap_or_default().into(),
            fact.reason.clone().into(),
            person.into(),
            at.into(),
            0_i64.into(),
        ];
        change.insert("decision_material", &columns, vec![row]).await
    }
}
