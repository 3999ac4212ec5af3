//! 安全设置: changed by two security administrators, one who proposes and one who confirms. Resetting
//! the second factor of a security administrator goes the same way.

use ledger::{Desk, Entry};
use store::{FromQueryResult, Statements, StoreError, moment};

use crate::Profile;
use crate::acting::Acting;
use crate::refusal::{Refusal, refused};
use crate::setting;

/// GB/T 22239-2019, 三员.
const BASIS: &str = "GB/T 22239-2019 8.1.5 安全管理中心（三员分立）";

/// A change that waits for a second administrator.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct SettingChange {
    /// Its key.
    pub id: String,
    /// What is to be changed.
    pub name: String,
    /// To what.
    pub value: String,
    /// Why.
    pub reason: String,
    /// Who proposed it.
    pub proposed_by: String,
    /// For whom that person stood in.
    pub proposed_for: Option<String>,
}

/// The only setting that is changed in this way.
pub const PASSWORD_PROFILE: &str = setting::PROFILE;

const COLUMNS: &str = "id, name, value, reason, proposed_by, proposed_for";

impl SettingChange {
    /// The persons as whom whoever proposed it counts.
    pub fn proposers(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.proposed_by.as_str()).chain(self.proposed_for.as_deref())
    }

    /// Those that wait, oldest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn waiting(from: &impl Statements) -> Result<Vec<Self>, StoreError> {
        let sql =
            format!("SELECT {COLUMNS} FROM setting_change WHERE outcome = '' ORDER BY proposed_at");
        from.all(&sql, vec![]).await
    }

    /// One that waits.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find_waiting(
        from: &impl Statements,
        id: &str,
    ) -> Result<Option<Self>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM setting_change WHERE id = $1 AND outcome = ''");
        from.one(&sql, vec![id.into()]).await
    }

    /// 提请修改 (`settings.security.propose`): another password profile.
    ///
    /// # Errors
    /// It is no profile, it is in force already, no reason is given, or the database refuses.
    pub async fn propose(
        mut desk: Desk,
        by: &str,
        profile: &str,
        reason: &str,
    ) -> Result<String, Refusal> {
        let Some(wanted) = Profile::parse(profile) else {
            return refused("没有这种口令规则。改法: 选择 dengbao3 或 asvs。");
        };
        if Profile::in_force(desk.change()).await? == wanted {
            return refused("现在用的就是这种口令规则。改法: 不需要修改。");
        }
        if reason.trim().is_empty() {
            return refused("没有写修改的理由。改法: 写明理由。");
        }
        let id = uuid::Uuid::now_v7().to_string();
        let row = vec![
            id.clone().into(),
            PASSWORD_PROFILE.into(),
            wanted.word().into(),
            reason.trim().into(),
            by.into(),
            Acting::at(&desk, by).await?.instead_of.into(),
            moment(desk.now()).into(),
            "".into(),
        ];
        let columns = [
            "id",
            "name",
            "value",
            "reason",
            "proposed_by",
            "proposed_for",
            "proposed_at",
            "outcome",
        ];
        desk.change().insert("setting_change", &columns, vec![row]).await?;
        let facts =
            serde_json::json!({ "change": id, "value": wanted.word(), "reason": reason.trim() });
        desk.record(entry("setting_proposal", facts)).await?;
        desk.seal().await?;
        Ok(id)
    }

    /// 批准修改 (`settings.security.approve`), or turning it down.
    ///
    /// # Errors
    /// `by` proposed it, it waits no more, or the database refuses.
    pub async fn decide(mut desk: Desk, by: &str, id: &str, agreed: bool) -> Result<(), Refusal> {
        let Some(change) = Self::find_waiting(desk.change(), id).await? else {
            return refused("没有这件待批的修改，或者已经有人办理。改法: 刷新列表。");
        };
        if Acting::at(&desk, by).await?.is_among(change.proposers()) {
            return refused("提请修改的人不能自己批准。改法: 请另一名安全管理员批准。");
        }
        let outcome = if agreed { "confirmed" } else { "refused" };
        let sql = "UPDATE setting_change SET outcome = $1, decided_by = $2
                    WHERE id = $3 AND outcome = ''";
        let values = vec![outcome.into(), by.into(), id.into()];
        if desk.change().run(sql, values).await? != 1 {
            return refused("这件修改已经有人办理。改法: 刷新列表。");
        }
        if agreed {
            setting::keep(&desk, &change.name, &change.value).await?;
        }
        let facts = serde_json::json!({
            "change": id, "value": change.value, "outcome": outcome,
            "proposed_by": change.proposed_by,
        });
        desk.record(entry("setting", facts)).await?;
        Ok(desk.seal().await?)
    }
}

fn entry(act: &'static str, facts: serde_json::Value) -> Entry {
    Entry {
        room: "identity",
        act,
        subject: PASSWORD_PROFILE.into(),
        organ: String::new(),
        basis: BASIS.into(),
        facts,
    }
}
