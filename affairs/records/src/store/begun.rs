//! What a person has set going that no review carries: proposals that another person decides, and
//! corrections that are not handed in yet.

use store::{FromQueryResult, Statements, StoreError};

/// What kind of thing it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BegunKind {
    /// 更正: a draft that corrects a record.
    Correction,
    /// 撤下.
    Withdrawal,
    /// 公开属性的变更.
    Attribute,
    /// 词表的改动.
    Wording,
    /// 销毁鉴定.
    Destruction,
}

/// One thing that a person has set going.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Begun {
    kind: String,
    /// Its key; of a correction that of its draft, of a withdrawal that of the record.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// The state as it is stored.
    pub state: String,
    /// When it was proposed or decided, as stored.
    pub since: String,
    /// Who decided; empty while nobody has.
    pub decided_by: String,
}

/// A desk lists so many.
const MOST: i64 = 100;

/// What person `$1` has proposed and waits, or was decided after the moment `$2`.
const BEGUN: &str = "
SELECT kind, id, title, state, since, decided_by FROM (
    SELECT 'correction' AS kind, d.id, d.title, d.state, d.changed_at AS since, '' AS decided_by
      FROM record_draft d
     WHERE d.author = $1 AND d.corrects IS NOT NULL AND d.state IN ('draft', 'returned')
    UNION ALL
    SELECT 'withdrawal', w.record, r.title, w.state, COALESCE(w.decided_at, w.proposed_at),
           COALESCE(w.decided_name, '')
      FROM record_withdrawal w JOIN record r ON r.id = w.record
     WHERE w.proposed_by = $1 AND (w.decided_at IS NULL OR w.decided_at >= $2)
    UNION ALL
    SELECT 'attribute', a.draft, d.title,
           CASE WHEN a.agreed IS NULL THEN 'proposed' WHEN a.agreed = 1 THEN 'holds' ELSE 'refused' END,
           COALESCE(a.decided_at, a.proposed_at), COALESCE(a.decided_name, '')
      FROM record_attribute a JOIN record_draft d ON d.id = a.draft
     WHERE a.proposed_by = $1 AND (a.decided_at IS NULL OR a.decided_at >= $2)
    UNION ALL
    SELECT 'wording', '', '', v.state, COALESCE(v.decided_at, v.proposed_at),
           COALESCE(v.decided_name, '')
      FROM record_wording v
     WHERE v.proposed_by = $1 AND (v.decided_at IS NULL OR v.decided_at >= $2)
    UNION ALL
    SELECT 'destruction', x.id, x.reason, x.state, COALESCE(x.decided_at, x.proposed_at),
           COALESCE(x.decided_name, '')
      FROM record_destruction x
     WHERE x.proposed_by = $1 AND (x.decided_at IS NULL OR x.decided_at >= $2)
) begun ORDER BY since DESC LIMIT $3";

impl Begun {
    /// What a natural person has set going and waits, or was decided after a moment; the newest first. One
    /// query.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn by(
        from: &impl Statements,
        person: &str,
        after: &str,
    ) -> Result<Vec<Self>, StoreError> {
        from.all(BEGUN, vec![person.into(), after.into(), MOST.into()]).await
    }

    /// What kind of thing it is.
    pub fn kind(&self) -> BegunKind {
        match self.kind.as_str() {
            "withdrawal" => BegunKind::Withdrawal,
            "attribute" => BegunKind::Attribute,
            "wording" => BegunKind::Wording,
            "destruction" => BegunKind::Destruction,
            _ => BegunKind::Correction,
        }
    }
}
