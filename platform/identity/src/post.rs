//! 岗位: a person in an organ and its unit, in one role, for a time.

use law::Date;
use ledger::{Desk, Entry};
use store::{FromQueryResult, Statements, StoreError, moment};

use crate::Role;
use crate::refusal::{Refusal, refused};

/// A post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// Its key.
    pub id: String,
    /// Who holds it.
    pub person: String,
    /// In which organ, by code.
    pub organ: String,
    /// In which unit; empty for the whole organ.
    pub unit: String,
    /// In which role.
    pub role: Role,
    /// The first day.
    pub from: Date,
    /// The last day; `None` while none is set.
    pub until: Option<Date>,
    /// It was taken back.
    pub revoked: bool,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    person: String,
    organ: String,
    unit: String,
    role: String,
    valid_from: String,
    valid_to: Option<String>,
    revoked_at: Option<String>,
}

impl Row {
    fn post(self) -> Option<Post> {
        Some(Post {
            role: Role::parse(&self.role)?,
            from: self.valid_from.parse().ok()?,
            until: self.valid_to.and_then(|day| day.parse().ok()),
            revoked: self.revoked_at.is_some(),
            id: self.id,
            person: self.person,
            organ: self.organ,
            unit: self.unit,
        })
    }
}

const COLUMNS: &str = "id, person, organ, unit, role, valid_from, valid_to, revoked_at";

impl Post {
    /// Whether it holds on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        !self.revoked && self.from <= day && self.until.is_none_or(|until| day <= until)
    }

    /// Whether it holds on a day or on a later one.
    pub fn is_over(&self, day: Date) -> bool {
        self.revoked || self.until.is_some_and(|until| until < day)
    }

    /// One post by key.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(from: &impl Statements, id: &str) -> Result<Option<Self>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM post WHERE id = $1");
        let row: Option<Row> = from.one(&sql, vec![id.into()]).await?;
        Ok(row.and_then(Row::post))
    }

    /// The posts of a person, past ones too, oldest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_person(from: &impl Statements, person: &str) -> Result<Vec<Self>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM post WHERE person = $1 ORDER BY valid_from, id");
        let rows: Vec<Row> = from.all(&sql, vec![person.into()]).await?;
        Ok(rows.into_iter().filter_map(Row::post).collect())
    }

    /// All posts, past ones too, by organ and role.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn all(from: &impl Statements) -> Result<Vec<Self>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM post ORDER BY organ, role, valid_from, id");
        let rows: Vec<Row> = from.all(&sql, vec![]).await?;
        Ok(rows.into_iter().filter_map(Row::post).collect())
    }

    /// Whether anybody holds a post in this role at an organ of this division on that day.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn is_held_at(
        from: &impl Statements,
        (division, role): (&str, Role),
        day: Date,
    ) -> Result<bool, StoreError> {
        let sql = "SELECT COUNT(*) FROM (
                     SELECT 1 FROM post JOIN organ ON organ.code = post.organ
                      WHERE organ.division = $1 AND post.role = $2 AND post.valid_from <= $3
                        AND (post.valid_to IS NULL OR post.valid_to >= $3) AND post.revoked_at IS NULL
                      LIMIT 1) AS held";
        let values = vec![division.into(), role.word().into(), day.to_string().into()];
        Ok(from.number(sql, values).await? == Some(1))
    }

    pub(crate) async fn insert_all(desk: &Desk, posts: &[Self]) -> Result<(), StoreError> {
        let row = |post: &Self| {
            vec![
                post.id.clone().into(),
                post.person.clone().into(),
                post.organ.clone().into(),
                post.unit.clone().into(),
                post.role.word().into(),
                post.from.to_string().into(),
                post.until.map(|day| day.to_string()).into(),
            ]
        };
        let columns = ["id", "person", "organ", "unit", "role", "valid_from", "valid_to"];
        desk.change().insert("post", &columns, posts.iter().map(row).collect()).await
    }

    /// 收回授权 (`role.revoke`): at once; sessions and stand-ins in the post end with it.
    ///
    /// # Errors
    /// There is no such post, no reason is given, or the database refuses.
    pub async fn revoke(mut desk: Desk, id: &str, reason: &str) -> Result<(), Refusal> {
        let Some(post) = Self::find(desk.change(), id).await?.filter(|post| !post.revoked) else {
            return refused("没有这个岗位，或者已经收回。改法: 从岗位列表里选择。");
        };
        if reason.trim().is_empty() {
            return refused("没有写收回的理由。改法: 写明理由，如“轮岗”。");
        }
        let at = moment(desk.now());
        let values = vec![at.into(), id.into()];
        desk.change().run("UPDATE post SET revoked_at = $1 WHERE id = $2", values).await?;
        let left = "UPDATE session SET post = '', stand_in = '' WHERE post = $1";
        desk.change().run(left, vec![id.into()]).await?;
        let entry = Entry {
            room: "identity",
            act: "revocation",
            subject: post.person,
            organ: post.organ,
            basis: crate::person::BASIS.into(),
            facts: serde_json::json!({
                "post": id, "role": post.role.word(), "reason": reason.trim(),
            }),
        };
        desk.record(entry).await?;
        Ok(desk.seal().await?)
    }
}
