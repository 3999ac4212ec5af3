//! 导出审计记录: an auditor asks, the audit administrator agrees; only then is there a file.

use law::Date;
use ledger::{Desk, Entry};
use store::{FromQueryResult, Statements, StoreError, moment};

use crate::acting::Acting;
use crate::refusal::{Refusal, refused};

/// GB/T 22239-2019 8.1.4.3.
const BASIS: &str = "GB/T 22239-2019 8.1.4.3 安全审计";

/// An export that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditExport {
    /// Its key.
    pub id: String,
    /// Who asked.
    pub requested_by: String,
    /// For whom that person stood in.
    pub requested_for: Option<String>,
    /// The first day of the entries.
    pub from: Date,
    /// The last day.
    pub until: Date,
    /// Why.
    pub reason: String,
    /// `None` while it waits, then whether it was agreed to.
    pub agreed: Option<bool>,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    requested_by: String,
    requested_for: Option<String>,
    first_day: String,
    last_day: String,
    reason: String,
    outcome: String,
}

impl Row {
    fn export(self) -> Option<AuditExport> {
        Some(AuditExport {
            from: self.first_day.parse().ok()?,
            until: self.last_day.parse().ok()?,
            agreed: (!self.outcome.is_empty()).then_some(self.outcome == "confirmed"),
            id: self.id,
            requested_by: self.requested_by,
            requested_for: self.requested_for,
            reason: self.reason,
        })
    }
}

const COLUMNS: &str = "id, requested_by, requested_for, first_day, last_day, reason, outcome";

impl AuditExport {
    /// The persons as whom whoever asked counts.
    pub fn requesters(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.requested_by.as_str()).chain(self.requested_for.as_deref())
    }

    /// The latest hundred, newest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn latest(from: &impl Statements) -> Result<Vec<Self>, StoreError> {
        let sql =
            format!("SELECT {COLUMNS} FROM audit_export ORDER BY requested_at DESC LIMIT 100");
        let rows: Vec<Row> = from.all(&sql, vec![]).await?;
        Ok(rows.into_iter().filter_map(Row::export).collect())
    }

    /// One by key.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(from: &impl Statements, id: &str) -> Result<Option<Self>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM audit_export WHERE id = $1");
        let row: Option<Row> = from.one(&sql, vec![id.into()]).await?;
        Ok(row.and_then(Row::export))
    }

    /// 提请导出 (`audit.export.request`). Answers its key.
    ///
    /// # Errors
    /// The days are in the wrong order, no reason is given, or the database refuses.
    pub async fn request(
        mut desk: Desk,
        by: &str,
        (from, until): (Date, Date),
        reason: &str,
    ) -> Result<String, Refusal> {
        if until < from {
            return refused("终止日早于起始日。改法: 核对两个日期。");
        }
        if reason.trim().is_empty() {
            return refused("没有写导出的理由。改法: 写明用途。");
        }
        let id = uuid::Uuid::now_v7().to_string();
        let row = vec![
            id.clone().into(),
            by.into(),
            Acting::at(&desk, by).await?.instead_of.into(),
            moment(desk.now()).into(),
            from.to_string().into(),
            until.to_string().into(),
            reason.trim().into(),
            "".into(),
        ];
        let columns = [
            "id",
            "requested_by",
            "requested_for",
            "requested_at",
            "first_day",
            "last_day",
            "reason",
            "outcome",
        ];
        desk.change().insert("audit_export", &columns, vec![row]).await?;
        let facts = serde_json::json!({
            "from": from.to_string(), "until": until.to_string(), "reason": reason.trim(),
        });
        desk.record(entry("audit_export_request", &id, facts)).await?;
        desk.seal().await?;
        Ok(id)
    }

    /// 批准导出 (`audit.export.approve`) by the natural person `by`, or turning it down.
    ///
    /// # Errors
    /// `by` asked for it, it waits no more, or the database refuses.
    pub async fn decide(mut desk: Desk, by: &str, id: &str, agreed: bool) -> Result<(), Refusal> {
        let waiting = Self::find(desk.change(), id).await?.filter(|one| one.agreed.is_none());
        let Some(export) = waiting else {
            return refused("没有这件待批的导出，或者已经有人办理。改法: 刷新列表。");
        };
        if Acting::at(&desk, by).await?.is_among(export.requesters()) {
            return refused("提请导出的人不能自己批准。改法: 请审计管理员批准。");
        }
        let outcome = if agreed { "confirmed" } else { "refused" };
        let sql = "UPDATE audit_export SET outcome = $1, decided_by = $2, decided_at = $3
                    WHERE id = $4 AND outcome = ''";
        let at = moment(desk.now());
        let values = vec![outcome.into(), by.into(), at.into(), id.into()];
        if desk.change().run(sql, values).await? != 1 {
            return refused("这件导出已经有人办理。改法: 刷新列表。");
        }
        desk.record(entry("audit_export", id, serde_json::json!({ "outcome": outcome }))).await?;
        Ok(desk.seal().await?)
    }
}

fn entry(act: &'static str, id: &str, facts: serde_json::Value) -> Entry {
    Entry {
        room: "identity",
        act,
        subject: id.into(),
        organ: String::new(),
        basis: BASIS.into(),
        facts,
    }
}
