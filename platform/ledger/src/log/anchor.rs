//! Where the chain of the audit ended, told in the public log: whoever rewrites the whole chain, head and
//! all, cannot rewrite what strangers hold.

use serde::{Deserialize, Serialize};
use store::{FromQueryResult, Statements, StoreError};

use super::leaf::AUDIT;
use super::{Leaf, PublicLog, Unsound};
use crate::{Actor, DeskError, Entry, Ledger};

/// What stands behind the leaf.
#[derive(Serialize, Deserialize)]
struct Anchor {
    form: String,
    seq: i64,
    hash: String,
}

const FORM: &str = "gongkai-audit/1";

#[derive(FromQueryResult)]
struct EndRow {
    seq: i64,
    hash: String,
}

#[derive(FromQueryResult)]
struct AnchorRow {
    position: i64,
    content: String,
}

impl Ledger {
    /// Tells the public log where the chain of the audit ends, unless that was told today. Says whether
    /// it was told now.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn anchor_audit(&self) -> Result<bool, DeskError> {
        let today = self.clock().today().to_string();
        let told = "SELECT count(*) FROM ledger_event
                     WHERE room = 'ledger' AND act = 'anchor' AND subject = $1";
        let subject = format!("audit:{today}");
        if self.store().number(told, vec![subject.clone().into()]).await? != Some(0) {
            return Ok(false);
        }
        let sql = "SELECT seq, hash FROM ledger_event ORDER BY seq DESC LIMIT 1";
        let end: Option<EndRow> = self.store().one(sql, vec![]).await?;
        let Some(end) = end else { return Ok(false) };
        let anchor = Anchor { form: FORM.into(), seq: end.seq, hash: end.hash };
        let content = serde_json::to_string(&anchor).unwrap_or_default();
        let mut desk = self.desk(Actor::Timer).await?;
        desk.record(Entry {
            room: "ledger",
            act: "anchor",
            subject,
            organ: String::new(),
            basis: "《互联网政务应用安全管理规定》第二十条".into(),
            facts: serde_json::json!({ "seq": anchor.seq }),
        })
        .await?;
        desk.publish_leaf(Leaf::anchor(content))?;
        desk.seal().await?;
        Ok(true)
    }
}

impl PublicLog {
    /// Where the chain of the audit is not the one that the log tells of.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn check_anchors(&self) -> Result<Vec<Unsound>, StoreError> {
        let sql = "SELECT l.position, o.content FROM log_leaf l
                     JOIN log_opening o ON o.position = l.position
                    WHERE l.subject = $1 ORDER BY l.position";
        let rows: Vec<AnchorRow> = self.store.all(sql, vec![AUDIT.into()]).await?;
        let mut unsound = Vec::new();
        for row in rows {
            let anchor: Option<Anchor> = serde_json::from_str(&row.content).ok();
            let told = anchor.map(|anchor| (anchor.seq, anchor.hash));
            let sql = "SELECT seq, hash FROM ledger_event WHERE seq = $1";
            let seq = told.as_ref().map_or(0, |(seq, _)| *seq);
            let own: Option<EndRow> = self.store.one(sql, vec![seq.into()]).await?;
            if own.map(|own| (own.seq, own.hash)) != told {
                let place = format!("第 {} 条", row.position);
                let what = format!("审计链第 {seq} 条与日志里记下的不同，链被重写过");
                unsound.push(Unsound { place, what });
            }
        }
        Ok(unsound)
    }
}
