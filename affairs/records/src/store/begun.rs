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

/// Where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BegunState {
    /// 草稿: not handed in yet.
    Draft,
    /// 退回修改.
    Returned,
    /// 提出: another person decides.
    Proposed,
    /// 紧急撤下，待追认.
    Alone,
    /// 已撤下.
    Stands,
    /// 已恢复.
    Restored,
    /// 已确认、已核准.
    Holds,
    /// 未同意.
    Refused,
    /// 已撤回, by whoever proposed it.
    Withdrawn,
    /// 已销毁.
    Done,
}

impl BegunKind {
    const WORDS: [(Self, &'static str); 5] = [
        (Self::Correction, "correction"),
        (Self::Withdrawal, "withdrawal"),
        (Self::Attribute, "attribute"),
        (Self::Wording, "wording"),
        (Self::Destruction, "destruction"),
    ];
}

impl BegunState {
    const WORDS: [(Self, &'static str); 10] = [
        (Self::Draft, "draft"),
        (Self::Returned, "returned"),
        (Self::Proposed, "proposed"),
        (Self::Alone, "alone"),
        (Self::Stands, "stands"),
        (Self::Restored, "restored"),
        (Self::Holds, "holds"),
        (Self::Refused, "refused"),
        (Self::Withdrawn, "withdrawn"),
        (Self::Done, "done"),
    ];
}

/// One thing that a person has set going.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begun {
    /// What kind of thing it is.
    pub kind: BegunKind,
    /// Its key; of a correction that of its draft, of a withdrawal that of the record.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// Where it stands.
    pub state: BegunState,
    /// When it was proposed or decided, as stored.
    pub since: String,
    /// Who decided; empty while nobody has.
    pub decided_by: String,
}

#[derive(FromQueryResult)]
struct Row {
    kind: String,
    id: String,
    title: String,
    state: String,
    since: String,
    decided_by: String,
}

/// A desk lists so many.
const MOST: i64 = 100;

/// What person `$1` has proposed in organ `$4` and waits, or was decided after the moment `$2`. The list of
/// words is the house's: its changes are told at the desk of its operator, organ `$5`.
const BEGUN: &str = "
SELECT kind, id, title, state, since, decided_by FROM (
    SELECT 'correction' AS kind, d.id, d.title, d.state, d.changed_at AS since, '' AS decided_by,
           0 AS ended
      FROM record_draft d
     WHERE d.author = $1 AND d.organ = $4 AND d.corrects IS NOT NULL
       AND d.state IN ('draft', 'returned')
    UNION ALL
    SELECT 'withdrawal', w.record, r.title, w.state, COALESCE(w.decided_at, w.proposed_at),
           COALESCE(w.decided_name, ''), CASE WHEN w.decided_at IS NULL THEN 0 ELSE 1 END
      FROM record_withdrawal w JOIN record r ON r.id = w.record
     WHERE w.proposed_by = $1 AND w.organ = $4 AND (w.decided_at IS NULL OR w.decided_at >= $2)
    UNION ALL
    SELECT 'attribute', a.draft, d.title,
           CASE WHEN a.agreed IS NULL THEN 'proposed' WHEN a.agreed = 1 THEN 'holds' ELSE 'refused' END,
           COALESCE(a.decided_at, a.proposed_at), COALESCE(a.decided_name, ''),
           CASE WHEN a.decided_at IS NULL THEN 0 ELSE 1 END
      FROM record_attribute a JOIN record_draft d ON d.id = a.draft
     WHERE a.proposed_by = $1 AND a.organ = $4 AND (a.decided_at IS NULL OR a.decided_at >= $2)
    UNION ALL
    SELECT 'wording', '', '', v.state, COALESCE(v.decided_at, v.proposed_at),
           COALESCE(v.decided_name, ''), CASE WHEN v.decided_at IS NULL THEN 0 ELSE 1 END
      FROM record_wording v
     WHERE v.proposed_by = $1 AND CAST($4 AS TEXT) = CAST($5 AS TEXT)
       AND (v.decided_at IS NULL OR v.decided_at >= $2)
    UNION ALL
    SELECT 'destruction', x.id, x.reason, x.state, COALESCE(x.decided_at, x.proposed_at),
           COALESCE(x.decided_name, ''), CASE WHEN x.decided_at IS NULL THEN 0 ELSE 1 END
      FROM record_destruction x
     WHERE x.proposed_by = $1 AND x.organ = $4 AND (x.decided_at IS NULL OR x.decided_at >= $2)
) begun ORDER BY ended, since DESC LIMIT $3";

/// At whose desk it is asked.
#[derive(Debug, Clone, Copy)]
pub struct AtDesk<'a> {
    /// The natural person, by key.
    pub person: &'a str,
    /// The code of the organ of the post acted in: what was begun in another is told there.
    pub organ: &'a str,
    /// The code of the organ that operates the house.
    pub operator: &'a str,
}

impl Begun {
    /// What a natural person has set going in an organ and waits, or was decided after a moment; what waits
    /// first, then the newest. One query.
    ///
    /// # Errors
    /// The database refuses, or a state is none this program knows.
    pub async fn by(
        from: &impl Statements,
        desk: AtDesk<'_>,
        after: &str,
    ) -> Result<Vec<Self>, StoreError> {
        let AtDesk { person, organ, operator } = desk;
        let values = vec![person.into(), after.into(), MOST.into(), organ.into(), operator.into()];
        let rows: Vec<Row> = from.all(BEGUN, values).await?;
        rows.into_iter().map(Row::begun).collect()
    }
}

impl Row {
    fn begun(self) -> Result<Begun, StoreError> {
        let kind = BegunKind::WORDS.iter().find(|(_, word)| *word == self.kind);
        let state = BegunState::WORDS.iter().find(|(_, word)| *word == self.state);
        let (Some((kind, _)), Some((state, _))) = (kind, state) else {
            let cause = format!("{} {}", self.kind, self.state);
            return Err(StoreError::Unreadable { what: "发起的事", cause });
        };
        Ok(Begun {
            kind: *kind,
            id: self.id,
            title: self.title,
            state: *state,
            since: self.since,
            decided_by: self.decided_by,
        })
    }
}
