//! 内设机构（科室）: the parts of an organ that posts and objects belong to.

use ledger::{Desk, Entry};
use store::{FromQueryResult, Statements, StoreError};

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
}

impl Unit {
    /// The units of an organ, by name.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_organ(from: &impl Statements, organ: &str) -> Result<Vec<Self>, StoreError> {
        let sql = "SELECT id, organ, name FROM unit WHERE organ = $1 ORDER BY name, id";
        from.all(sql, vec![organ.into()]).await
    }

    /// All units, organ by organ.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn all(from: &impl Statements) -> Result<Vec<Self>, StoreError> {
        from.all("SELECT id, organ, name FROM unit ORDER BY organ, name, id", vec![]).await
    }

    /// 设立科室: gives an organ a unit. Answers its key.
    ///
    /// # Errors
    /// There is no such organ, it has a unit of that name, or the database refuses.
    pub async fn establish(mut desk: Desk, organ: &str, name: &str) -> Result<String, Refusal> {
        let name = name.trim();
        if name.is_empty() {
            return refused("没有写科室名称。改法: 写上全称，如“法规科”。");
        }
        if Organ::find(desk.change(), organ).await?.is_none() {
            return refused(format!("没有代码为 {organ} 的机关。改法: 先核对机关代码。"));
        }
        let there = Self::of_organ(desk.change(), organ).await?;
        if there.iter().any(|unit| unit.name == name) {
            return refused(format!("这个机关已有“{name}”。改法: 直接使用它，或者换一个名称。"));
        }
        let id = uuid::Uuid::now_v7().to_string();
        let row = vec![id.clone().into(), organ.into(), name.into()];
        desk.change().insert("unit", &["id", "organ", "name"], vec![row]).await?;
        let entry = Entry {
            room: "identity",
            act: "unit",
            subject: id.clone(),
            organ: organ.into(),
            basis: "《政府信息公开条例》第十条".into(),
            facts: serde_json::json!({ "name": name }),
        };
        desk.record(entry).await?;
        desk.seal().await?;
        Ok(id)
    }
}
