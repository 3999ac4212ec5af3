//! 内设机构（科室）: the parts of an organ that posts and objects belong to.

use ledger::{Desk, Entry};
use store::{FromQueryResult, Statements, StoreError};

use crate::acting::Acting;
use crate::refusal::Refusal;
use crate::{Organ, refused};

/// A unit of an organ.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Unit {
    /// Its key.
    pub id: String,
    /// The organ it is part of.
    pub organ: String,
    /// 法规科.
    pub name: String,
    /// The person who proposed it; empty where it was done at the machine.
    pub proposed_by: String,
    /// For whom that person stood in.
    pub proposed_for: Option<String>,
    /// The person who confirmed it; empty while it waits.
    pub confirmed_by: String,
}

/// Stands where a unit was established at the machine, by nobody with an account.
const AT_THE_MACHINE: &str = "operator";

const COLUMNS: &str = "id, organ, name, proposed_by, proposed_for, confirmed_by";

impl Unit {
    /// The persons as whom whoever proposed it counts.
    pub fn proposers(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.proposed_by.as_str()).chain(self.proposed_for.as_deref())
    }

    /// The units of an organ, by name.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_organ(from: &impl Statements, organ: &str) -> Result<Vec<Self>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM unit WHERE organ = $1 ORDER BY name, id");
        from.all(&sql, vec![organ.into()]).await
    }

    /// All units, organ by organ.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn all(from: &impl Statements) -> Result<Vec<Self>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM unit ORDER BY organ, name, id");
        from.all(&sql, vec![]).await
    }

    /// Whether posts may be given in it.
    pub fn is_confirmed(&self) -> bool {
        !self.confirmed_by.is_empty()
    }

    /// 设立科室 (`organ.edit`): gives an organ a unit, which a second person confirms. Answers its key.
    ///
    /// # Errors
    /// No reason is given, there is no such organ, it has a unit of that name, or the database refuses.
    pub async fn establish(
        mut desk: Desk,
        organ: &str,
        name: &str,
        reason: &str,
    ) -> Result<String, Refusal> {
        let name = name.trim();
        if name.is_empty() {
            return refused("没有写科室名称。改法: 写上全称，如“法规科”。");
        }
        if reason.trim().is_empty() {
            return refused("没有写设立的理由。改法: 写明理由，如“三定方案文号”。");
        }
        if Organ::find(desk.change(), organ).await?.is_none() {
            return refused(format!("没有代码为 {organ} 的机关。改法: 先核对机关代码。"));
        }
        let there = Self::of_organ(desk.change(), organ).await?;
        if there.iter().any(|unit| unit.name == name) {
            return refused(format!("这个机关已有“{name}”。改法: 直接使用它，或者换一个名称。"));
        }
        let id = uuid::Uuid::now_v7().to_string();
        let by = desk.actor().person().unwrap_or_default().to_owned();
        let confirmed = if by.is_empty() { AT_THE_MACHINE } else { "" };
        let instead_of = Acting::at(&desk, &by).await?.instead_of;
        let row = vec![
            id.clone().into(),
            organ.into(),
            name.into(),
            by.into(),
            instead_of.into(),
            confirmed.into(),
        ];
        let columns = ["id", "organ", "name", "proposed_by", "proposed_for", "confirmed_by"];
        desk.change().insert("unit", &columns, vec![row]).await?;
        let entry = Entry {
            room: "identity",
            act: "unit",
            subject: id.clone(),
            organ: organ.into(),
            basis: "《政府信息公开条例》第十条".into(),
            facts: serde_json::json!({ "name": name, "reason": reason.trim() }),
        };
        desk.record(entry).await?;
        desk.seal().await?;
        Ok(id)
    }

    /// 确认机构变更 (`organ.confirm`) by the natural person `by`: from now on posts may be given in it.
    ///
    /// # Errors
    /// `by` proposed it, it waits no more, no reason is given, or the database refuses.
    pub async fn confirm(mut desk: Desk, by: &str, id: &str, reason: &str) -> Result<(), Refusal> {
        let sql = format!("SELECT {COLUMNS} FROM unit WHERE id = $1 AND confirmed_by = ''");
        let unit: Option<Self> = desk.change().one(&sql, vec![id.into()]).await?;
        let Some(unit) = unit else {
            return refused("没有这个待确认的科室。改法: 刷新列表。");
        };
        if Acting::at(&desk, by).await?.is_among(unit.proposers()) {
            return refused("提出设立的人不能自己确认。改法: 请另一人确认。");
        }
        if reason.trim().is_empty() {
            return refused("没有写确认的理由。改法: 写明依据，如“三定方案文号”。");
        }
        let sql = "UPDATE unit SET confirmed_by = $1 WHERE id = $2 AND confirmed_by = ''";
        desk.change().run(sql, vec![by.into(), id.into()]).await?;
        let entry = Entry {
            room: "identity",
            act: "unit_confirmation",
            subject: id.into(),
            organ: unit.organ,
            basis: "《政府信息公开条例》第十条".into(),
            facts: serde_json::json!({ "name": unit.name, "reason": reason.trim() }),
        };
        desk.record(entry).await?;
        Ok(desk.seal().await?)
    }
}
