//! Keeping a draft: its row, and its versions.

use law::Date;
use records_rules::{Attribute, Field};
use store::{Statements, StoreError, Transaction, Value};

use super::{Content, Draft, DraftState};
use crate::hand::Hand;

/// A save: who, when, what, and whether the page saved by itself.
pub(crate) struct Saved<'a> {
    pub content: &'a Content,
    pub hash: String,
    pub hand: &'a Hand,
    pub at: &'a str,
    pub itself: bool,
    pub due_on: Option<Date>,
}

impl Saved<'_> {
    fn day(&self) -> Value {
        let written = self.content.head.get(Field::MadeOn).parse::<Date>().ok();
        written.map(|day| day.to_string()).into()
    }

    fn title(&self) -> Value {
        self.content.head.get(Field::Title).into()
    }
}

impl Draft {
    /// Keeps a new draft with its first version.
    pub(crate) async fn add(
        &self,
        change: &Transaction,
        saved: &Saved<'_>,
    ) -> Result<(), StoreError> {
        let (openness, ground, review_on) = columns(&self.attribute);
        let columns: Vec<(&'static str, Value)> = vec![
            ("id", self.id.clone().into()),
            ("organ", self.organ.clone().into()),
            ("unit", self.unit.clone().into()),
            ("author", self.author.clone().into()),
            ("author_name", self.author_name.clone().into()),
            ("state", self.state.word().into()),
            ("revision", self.revision.into()),
            ("version", self.version.into()),
            ("title", saved.title()),
            ("openness", openness),
            ("ground", ground),
            ("review_on", review_on),
            ("made_on", saved.day()),
            ("due_on", saved.due_on.map(|day| day.to_string()).into()),
            ("corrects", self.corrects.clone().into()),
            ("reason", self.reason.clone().into()),
            ("returned", "".into()),
            ("created_at", saved.at.into()),
            ("changed_at", saved.at.into()),
        ];
        let (names, values) = columns.into_iter().unzip::<_, _, Vec<_>, Vec<_>>();
        change.insert("record_draft", &names, vec![values]).await?;
        version(change, &self.id, self.version, saved).await
    }

    /// Keeps what was written over the revision that was seen; `false`, and nothing changed, where
    /// somebody else has changed it since. What a page saved by itself is replaced when the same
    /// person goes on, for the same person where that is 代理.
    pub(crate) async fn save(
        &self,
        change: &Transaction,
        seen: i64,
        saved: &Saved<'_>,
    ) -> Result<Option<i64>, StoreError> {
        let replaces = change
            .number(
                "SELECT COUNT(*) FROM record_draft_version
                  WHERE draft = $1 AND number = $2 AND itself = 1 AND person = $3
                    AND COALESCE(stands_in_for, '') = $4",
                vec![
                    self.id.clone().into(),
                    self.version.into(),
                    saved.hand.person.clone().into(),
                    saved.hand.stands_in_for.clone().unwrap_or_default().into(),
                ],
            )
            .await?;
        let number = self.version + i64::from(replaces != Some(1));
        let sql = "UPDATE record_draft SET revision = revision + 1, version = $1, title = $2,
                          made_on = $3, due_on = $4, changed_at = $5
                    WHERE id = $6 AND revision = $7 AND state IN ('draft', 'returned')";
        let values: Vec<Value> = vec![
            number.into(),
            saved.title(),
            saved.day(),
            saved.due_on.map(|day| day.to_string()).into(),
            saved.at.into(),
            self.id.clone().into(),
            seen.into(),
        ];
        if change.run(sql, values).await? == 0 {
            return Ok(None);
        }
        let old = vec![self.id.clone().into(), number.into()];
        let sql = "DELETE FROM record_draft_version WHERE draft = $1 AND number = $2";
        change.run(sql, old).await?;
        version(change, &self.id, number, saved).await?;
        Ok(Some(number))
    }

    /// Moves it on to another state, if it is in the one that was seen.
    pub(crate) async fn move_to(
        &self,
        change: &Transaction,
        state: DraftState,
        returned: &str,
        at: &str,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE record_draft SET state = $1, returned = $2, changed_at = $3,
                          revision = revision + 1
                    WHERE id = $4 AND state = $5 AND revision = $6";
        let values: Vec<Value> = vec![
            state.word().into(),
            returned.into(),
            at.into(),
            self.id.clone().into(),
            self.state.word().into(),
            self.revision.into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }

    /// Keeps the attribute as it holds from now on, with the state that follows from it; `false` where
    /// the draft was changed in between.
    pub(crate) async fn keep_attribute(
        &self,
        change: &Transaction,
        attribute: &Attribute,
        state: DraftState,
        clock: (Option<Date>, Option<Date>),
        at: &str,
    ) -> Result<bool, StoreError> {
        let (openness, ground, review_on) = columns(attribute);
        let day = |day: Option<Date>| Value::from(day.map(|day| day.to_string()));
        let sql = "UPDATE record_draft SET openness = $1, ground = $2, review_on = $3, state = $4,
                          clock_from = $5, due_on = $6, changed_at = $7, revision = revision + 1
                    WHERE id = $8 AND state = $9 AND revision = $10";
        let values: Vec<Value> = vec![
            openness,
            ground,
            review_on,
            state.word().into(),
            day(clock.0),
            day(clock.1),
            at.into(),
            self.id.clone().into(),
            self.state.word().into(),
            self.revision.into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }

    /// Keeps as what it was published.
    pub(crate) async fn keep_record(
        &self,
        change: &Transaction,
        record: &str,
        at: &str,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE record_draft SET record = $1, state = 'published', changed_at = $2,
                          revision = revision + 1
                    WHERE id = $3";
        let values = vec![record.into(), at.into(), self.id.clone().into()];
        change.run(sql, values).await.map(|_| ())
    }
}

/// 公开属性, 属性依据 and 复核日期 as columns.
pub(crate) fn columns(attribute: &Attribute) -> (Value, Value, Value) {
    let review_on = attribute.review_on().map(|day| day.to_string());
    let ground = attribute.ground().unwrap_or_default();
    (attribute.openness().to_string().into(), ground.into(), review_on.into())
}

async fn version(
    change: &Transaction,
    draft: &str,
    number: i64,
    saved: &Saved<'_>,
) -> Result<(), StoreError> {
    let json = |value: serde_json::Value| Value::from(value.to_string());
    let content = saved.content;
    let columns: Vec<(&'static str, Value)> = vec![
        ("draft", draft.into()),
        ("number", number.into()),
        ("saved_at", saved.at.into()),
        ("person", saved.hand.person.clone().into()),
        ("stands_in_for", saved.hand.stands_in_for.clone().into()),
        ("name", saved.hand.name.clone().into()),
        ("itself", i64::from(saved.itself).into()),
        ("head", json(serde_json::json!(content.head))),
        ("body", content.body.clone().into()),
        ("items", json(serde_json::json!(content.items))),
        ("files", json(serde_json::json!(content.files))),
        ("hash", saved.hash.clone().into()),
    ];
    let (names, values) = columns.into_iter().unzip::<_, _, Vec<_>, Vec<_>>();
    change.insert("record_draft_version", &names, vec![values]).await
}
