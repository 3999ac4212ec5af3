//! What happened to a letter, in order.

use secrets::{Place, Refused, Sealer};
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};
use suggestions_rules::SuggestionEvent;

use super::Suggestion;

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Event {
    id: String,
    /// `receipt`, the word of a [`SuggestionEvent`], `contact`, `consent`, `assistance_reply`, `publication`.
    pub act: String,
    /// When, as stored.
    pub made_at: String,
    /// Who, by name; empty for the writer.
    pub name: String,
    /// For which organ, by code.
    pub organ: String,
    sealed: String,
}

/// One thing on its way into the table.
pub(crate) struct NewEvent<'a> {
    pub suggestion: &'a str,
    pub act: &'a str,
    pub at: &'a str,
    pub person: &'a str,
    pub name: &'a str,
    pub organ: &'a str,
    pub words: &'a str,
}

fn place(id: &str) -> Place<'_> {
    Place::new("suggestion_event", id, "sealed")
}

/// What was said with an event, by its key; nothing where nothing was, or it was taken out.
pub(super) fn open_said(sealer: &Sealer, id: &str, sealed: &str) -> Result<String, Refused> {
    if sealed.is_empty() {
        return Ok(String::new());
    }
    sealer.open_text(place(id), sealed)
}

impl Event {
    /// As people read it.
    pub fn title(&self) -> &'static str {
        match self.act.as_str() {
            "receipt" => "收到",
            "contact" => "查看联系方式",
            "consent" => "改变是否同意公开",
            "assistance_reply" => "协办机关回复",
            "recount" => "重算答复期限",
            "closing_proposal" => "提请办结",
            "closing_denial" => "不同意办结",
            "referral_reason" => "判为申请公开的理由",
            "piece_submission" => "答复公开送审",
            "piece_withdrawal_proposal" => "提出撤下公开的答复",
            "piece_withdrawal_denial" => "不同意撤下公开的答复",
            "piece_withdrawal" => "撤下公开的答复",
            other => SuggestionEvent::parse(other).map_or("办理", SuggestionEvent::name),
        }
    }

    /// What was said.
    ///
    /// # Errors
    /// What is sealed cannot be opened.
    pub fn words(&self, sealer: &Sealer) -> Result<String, Refused> {
        open_said(sealer, &self.id, &self.sealed)
    }

    /// Whether an organ has transferred a letter to another.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn is_transferred_by(
        from: &impl Statements,
        (suggestion, organ): (&str, &str),
    ) -> Result<bool, StoreError> {
        let sql = "SELECT CAST(1 AS BIGINT) FROM suggestion_event
                    WHERE suggestion = $1 AND act = 'transfer' AND organ = $2 LIMIT 1";
        Ok(from.number(sql, vec![suggestion.into(), organ.into()]).await?.is_some())
    }

    /// What happened to a letter, in order.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(from: &impl Statements, suggestion: &str) -> Result<Vec<Self>, StoreError> {
        let sql = "SELECT id, act, made_at, name, organ, sealed FROM suggestion_event
                    WHERE suggestion = $1 ORDER BY ordinal";
        from.all(sql, vec![suggestion.into()]).await
    }
}

/// Writes one down.
pub(crate) async fn add_event(
    change: &Transaction,
    sealer: &Sealer,
    new: NewEvent<'_>,
) -> Result<(), super::KeepError> {
    // One after the other: the places of events are counted.
    Suggestion::hold(change, new.suggestion).await?;
    let id = uuid::Uuid::now_v7().to_string();
    let sealed = match new.words {
        "" => String::new(),
        words => sealer.seal_text(place(&id), words)?,
    };
    let sql =
        "INSERT INTO suggestion_event (id, suggestion, ordinal, act, made_at, person, name, organ,
                                             sealed)
               SELECT $1, $2, COALESCE(MAX(ordinal), 0) + 1, $3, $4, $5, $6, $7, $8
                 FROM suggestion_event WHERE suggestion = $2";
    let values: Vec<Value> = vec![
        id.into(),
        new.suggestion.into(),
        new.act.into(),
        new.at.into(),
        new.person.into(),
        new.name.into(),
        new.organ.into(),
        sealed.into(),
    ];
    change.run(sql, values).await?;
    Ok(())
}

/// Writes down that letters came, each told by its key and its organ: of each it is the first thing that happened.
pub(crate) async fn add_receipts(
    change: &Transaction,
    letters: &[(&str, &str)],
    at: &str,
) -> Result<(), StoreError> {
    let columns =
        ["id", "suggestion", "ordinal", "act", "made_at", "person", "name", "organ", "sealed"];
    let row = |(letter, organ): &(&str, &str)| -> Vec<Value> {
        vec![
            uuid::Uuid::now_v7().to_string().into(),
            (*letter).into(),
            1_i64.into(),
            "receipt".into(),
            at.into(),
            "".into(),
            "".into(),
            (*organ).into(),
            "".into(),
        ]
    };
    let rows = letters.iter().map(row).collect();
    change.insert("suggestion_event", &columns, rows).await
}
