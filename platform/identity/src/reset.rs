//! 重置: who has lost the device or forgotten the password asks in person; the security administrator
//! gives a first password, and the device is bound anew at the next sign-in.

use ledger::{Actor, Entry, Ledger};
use store::{Statements, StoreError};

use crate::account::{Account, first_password};
use crate::acting::Acting;
use crate::post::Post;
use crate::refusal::{Refusal, refused};
use crate::secret::password_digest;
use crate::{Role, session};

impl Account {
    /// 重置双因素 (`factor.reset`): takes away password and second factor and ends every session.
    /// Answers the password to be handed over. The account of a security administrator is reset at the
    /// machine only, where two are present.
    ///
    /// # Errors
    /// It is one's own account, no reason is given, it is a security administrator's, there is no such
    /// account, or the database refuses.
    pub async fn reset(
        ledger: &Ledger,
        actor: Actor,
        account: &str,
        reason: &str,
    ) -> Result<String, Refusal> {
        let password = first_password()?;
        let digest = password_digest(&password).await?;
        let mut desk = ledger.desk(actor).await?;
        let Some(account) = Self::find(desk.change(), account).await? else {
            return refused("没有这个账号。改法: 从人员的页面上选择。");
        };
        let by = desk.actor().person().map(str::to_owned);
        let acting = Acting::at(&desk, by.as_deref().unwrap_or_default()).await?;
        if acting.is_among([account.person.as_str()]) {
            return refused("不能重置自己的账号。改法: 请另一名安全管理员办理。");
        }
        if reason.trim().is_empty() {
            return refused("没有写重置的理由。改法: 写明本人怎样提出、怎样核对了身份。");
        }
        if by.is_some() && holds(desk.change(), &account.person, Role::SecurityAdmin).await? {
            return refused(
                "安全管理员的账号不能由一个人重置。改法: 两名管理员到场，在服务器上用 gongkai person reset 办理。",
            );
        }
        let change = desk.change();
        let sql = "UPDATE account SET password = $1, password_since = $2, must_change = 1,
                          factor = '', factor_step = 0, failures = 0, locked_until = NULL,
                          disabled = 0
                    WHERE id = $3";
        let day = desk.today().to_string();
        change.run(sql, vec![digest.into(), day.into(), account.id.clone().into()]).await?;
        for sql in [
            "DELETE FROM account_recovery WHERE account = $1",
            "DELETE FROM session WHERE account = $1",
        ] {
            change.run(sql, vec![account.id.clone().into()]).await?;
        }
        let entry = Entry {
            room: "identity",
            act: "reset",
            subject: account.person,
            organ: String::new(),
            basis: session::BASIS.into(),
            facts: serde_json::json!({ "account": account.id, "reason": reason.trim() }),
        };
        desk.record(entry).await?;
        desk.seal().await?;
        Ok(password)
    }
}

async fn holds(from: &impl Statements, person: &str, role: Role) -> Result<bool, StoreError> {
    let posts = Post::of_person(from, person).await?;
    Ok(posts.iter().any(|post| post.role == role && !post.revoked))
}
