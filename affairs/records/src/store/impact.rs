//! 个人信息保护影响评估 of a draft that publishes personal data by law.

use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

/// One assessment (个人信息保护法第五十六条).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImpactAssessment {
    /// Its key.
    pub id: String,
    /// The draft.
    pub draft: String,
    /// The organ whose it is.
    pub organ: String,
    /// What it covers, by the names of the kinds: 身份证号, 人员名单.
    pub kinds: Vec<String>,
    /// The provision by which it is published.
    pub basis: String,
    /// 处理目的、处理方式等是否合法、正当、必要.
    pub purpose: String,
    /// 对个人权益的影响及安全风险.
    pub impact: String,
    /// 所采取的保护措施是否合法、有效并与风险程度相适应.
    pub safeguards: String,
    /// Who made it, by key.
    pub person: String,
    /// What that person is called.
    pub person_name: String,
    /// When, as stored.
    pub made_at: String,
    /// The first day on which it need no longer be kept.
    pub keep_until: String,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    draft: String,
    organ: String,
    kinds: String,
    basis: String,
    purpose: String,
    impact: String,
    safeguards: String,
    person: String,
    person_name: String,
    made_at: String,
    keep_until: String,
}

const ASSESSMENT: &str = "
SELECT id, draft, organ, kinds, basis, purpose, impact, safeguards, person, person_name, made_at,
       keep_until
  FROM record_assessment";

impl ImpactAssessment {
    /// The assessment of a draft made last.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn newest(from: &impl Statements, draft: &str) -> Result<Option<Self>, StoreError> {
        let sql = format!("{ASSESSMENT} WHERE draft = $1 ORDER BY made_at DESC, id DESC LIMIT 1");
        let row: Option<Row> = from.one(&sql, vec![draft.into()]).await?;
        Ok(row.map(|row| Self {
            kinds: serde_json::from_str(&row.kinds).unwrap_or_default(),
            id: row.id,
            draft: row.draft,
            organ: row.organ,
            basis: row.basis,
            purpose: row.purpose,
            impact: row.impact,
            safeguards: row.safeguards,
            person: row.person,
            person_name: row.person_name,
            made_at: row.made_at,
            keep_until: row.keep_until,
        }))
    }

    pub(crate) async fn add(&self, change: &Transaction) -> Result<(), StoreError> {
        let columns: Vec<(&'static str, Value)> = vec![
            ("id", self.id.clone().into()),
            ("draft", self.draft.clone().into()),
            ("organ", self.organ.clone().into()),
            ("kinds", serde_json::json!(self.kinds).to_string().into()),
            ("basis", self.basis.clone().into()),
            ("purpose", self.purpose.clone().into()),
            ("impact", self.impact.clone().into()),
            ("safeguards", self.safeguards.clone().into()),
            ("person", self.person.clone().into()),
            ("person_name", self.person_name.clone().into()),
            ("made_at", self.made_at.clone().into()),
            ("keep_until", self.keep_until.clone().into()),
        ];
        let (names, values) = columns.into_iter().unzip::<_, _, Vec<_>, Vec<_>>();
        change.insert("record_assessment", &names, vec![values]).await
    }
}
