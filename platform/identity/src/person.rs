//! 自然人: one row for one human being. Whatever must be done by different persons is told apart by
//! this key, however many accounts, posts or stand-ins someone has.

use jiff::Timestamp;
use law::Date;
use ledger::{Actor, Desk, Entry, Ledger};
use store::{FromQueryResult, Statements, StoreError, moment, parse_moment};

use crate::account::{self, Account};
use crate::refusal::{Refusal, refused};
use crate::secret::{document_mark, password_digest, random_hex};
use crate::setting;

/// GB/T 22239-2019, 访问控制: who may sign in is registered one by one.
pub(crate) const BASIS: &str = "GB/T 22239-2019 8.1.4.2 访问控制";

/// A person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Its key, uuid v7.
    pub id: String,
    /// What the person is called.
    pub name: String,
    /// When the person was registered.
    pub registered_at: Timestamp,
    /// The last day in service, once it is known.
    pub left_on: Option<Date>,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    name: String,
    registered_at: String,
    left_on: Option<String>,
}

impl From<Row> for Person {
    fn from(row: Row) -> Self {
        Self {
            registered_at: parse_moment(&row.registered_at).unwrap_or(Timestamp::UNIX_EPOCH),
            left_on: row.left_on.and_then(|day| day.parse().ok()),
            id: row.id,
            name: row.name,
        }
    }
}

const COLUMNS: &str = "id, name, registered_at, left_on";

/// What is said of a person who is registered.
#[derive(Debug, Clone)]
pub struct Registration {
    /// The name.
    pub name: String,
    /// The number of the identity document. Only its mark is kept.
    pub document: String,
    /// The name to sign in with.
    pub login: String,
    /// The organ in whose service the person is, for the ledger.
    pub organ: String,
}

/// A person who was registered, and the password to be handed over, which is kept nowhere.
#[derive(Debug, Clone)]
pub struct Registered {
    /// The person's key.
    pub person: String,
    /// The password for the first sign-in; it must be changed there.
    pub password: String,
}

impl Person {
    /// One person by key.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(from: &impl Statements, id: &str) -> Result<Option<Self>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM person WHERE id = $1");
        let row: Option<Row> = from.one(&sql, vec![id.into()]).await?;
        Ok(row.map(Self::from))
    }

    /// Lets no other act on this person's posts come between, until the desk is sealed.
    pub(crate) async fn hold(desk: &Desk, id: &str) -> Result<(), StoreError> {
        desk.change().run("UPDATE person SET id = id WHERE id = $1", vec![id.into()]).await?;
        Ok(())
    }

    /// All persons, by name.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn all(from: &impl Statements) -> Result<Vec<Self>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM person ORDER BY name, id");
        let rows: Vec<Row> = from.all(&sql, vec![]).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// 登记人员并建立账号 (`user.create`).
    ///
    /// # Errors
    /// The person is registered already, the login is taken or unfit, or the database refuses.
    pub async fn register(
        ledger: &Ledger,
        actor: Actor,
        new: &Registration,
    ) -> Result<Registered, Refusal> {
        let password = account::first_password()?;
        let digest = password_digest(&password).await?;
        let person = register_with(ledger, actor, new, &digest, true).await?;
        Ok(Registered { person, password })
    }

    /// 离岗: the person leaves the service; every session and account ends with it.
    ///
    /// # Errors
    /// There is no such person, or the database refuses.
    pub async fn leave(mut desk: Desk, id: &str, reason: &str) -> Result<(), Refusal> {
        let Some(person) = Self::find(desk.change(), id).await? else {
            return refused("没有这个人员。改法: 从人员列表里选择。");
        };
        if reason.trim().is_empty() {
            return refused("没有写停用的理由。改法: 写明理由，如“调离”。");
        }
        let day = desk.today().to_string();
        let change = desk.change();
        change
            .run("UPDATE person SET left_on = $1 WHERE id = $2", vec![day.into(), id.into()])
            .await?;
        change.run("UPDATE account SET disabled = 1 WHERE person = $1", vec![id.into()]).await?;
        change.run("DELETE FROM session WHERE person = $1", vec![id.into()]).await?;
        let entry = Entry {
            room: "identity",
            act: "departure",
            subject: person.id,
            organ: String::new(),
            basis: BASIS.into(),
            facts: serde_json::json!({ "reason": reason.trim() }),
        };
        desk.record(entry).await?;
        Ok(desk.seal().await?)
    }
}

/// An invented person of the demo city, with password and second factor that are published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invented {
    /// The name.
    pub name: String,
    /// The login.
    pub login: String,
    /// The digest of the password.
    pub digest: String,
    /// The secret of the second factor.
    pub secret: String,
}

impl Person {
    /// Whether it is an invented person of the demo city.
    pub(crate) async fn is_invented(from: &impl Statements, id: &str) -> Result<bool, StoreError> {
        let sql = "SELECT count(*) FROM person WHERE id = $1 AND document_mark LIKE 'demo:%'";
        Ok(from.number(sql, vec![id.into()]).await?.unwrap_or_default() > 0)
    }

    /// Signs every invented person out: the demo city is served to others now.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn sign_out_invented(ledger: &Ledger, actor: Actor) -> Result<(), Refusal> {
        let of_theirs = "WHERE person IN (SELECT id FROM person WHERE document_mark LIKE 'demo:%')";
        let sql = format!("SELECT count(*) FROM session {of_theirs}");
        if ledger.store().number(&sql, vec![]).await?.unwrap_or_default() == 0 {
            return Ok(());
        }
        let mut desk = ledger.desk(actor).await?;
        desk.change().run(&format!("DELETE FROM session {of_theirs}"), vec![]).await?;
        let entry = Entry {
            room: "identity",
            act: "sign_out",
            subject: "identity:demo".into(),
            organ: String::new(),
            basis: BASIS.into(),
            facts: serde_json::json!({ "why": "not the demo on this machine" }),
        };
        desk.record(entry).await?;
        Ok(desk.seal().await?)
    }

    /// Invents persons for the demo city, in one act at the machine. Answers their keys in order.
    ///
    /// # Errors
    /// A login is taken or unfit, or the database refuses.
    pub async fn invent(desk: &mut Desk, all: &[Invented]) -> Result<Vec<String>, Refusal> {
        let now = moment(desk.now());
        let ids: Vec<String> = all.iter().map(|_| uuid::Uuid::now_v7().to_string()).collect();
        let rows = ids.iter().zip(all).map(|(id, one)| {
            let mark = format!("demo:{}", one.login);
            vec![id.clone().into(), one.name.clone().into(), mark.into(), now.clone().into()]
        });
        let columns = ["id", "name", "document_mark", "registered_at"];
        desk.change().insert("person", &columns, rows.collect()).await?;
        Account::insert_invented(desk, &ids, all).await?;
        let entry = Entry {
            room: "identity",
            act: "invention",
            subject: "identity:demo".into(),
            organ: String::new(),
            basis: "演示数据".into(),
            facts: serde_json::json!({ "persons": ids.len() }),
        };
        desk.record(entry).await?;
        Ok(ids)
    }
}

/// Registers a person with the digest of a password.
pub(crate) async fn register_with(
    ledger: &Ledger,
    actor: Actor,
    new: &Registration,
    digest: &str,
    must_change: bool,
) -> Result<String, Refusal> {
    let name = new.name.trim();
    if name.is_empty() || new.document.trim().is_empty() {
        return refused(
            "没有写姓名或者证件号码。改法: 两样都写上；证件号码只用来识别同一个人，不保存。",
        );
    }
    let salt = salt(ledger).await?;
    let mark = document_mark(&new.document, &salt).await?;
    let mut desk = ledger.desk(actor).await?;
    if setting::read(desk.change(), setting::SALT).await?.is_none() {
        setting::keep(&desk, setting::SALT, &salt).await?;
    }
    let sql = "SELECT count(*) FROM person WHERE document_mark = $1";
    if desk.change().number(sql, vec![mark.clone().into()]).await?.unwrap_or_default() > 0 {
        return refused(
            "这个人已经登记过。改法: 在人员列表里找到本人，给他增加岗位或者账号，不要重复登记。",
        );
    }
    let id = uuid::Uuid::now_v7().to_string();
    let row = vec![id.clone().into(), name.into(), mark.into(), moment(desk.now()).into()];
    let columns = ["id", "name", "document_mark", "registered_at"];
    desk.change().insert("person", &columns, vec![row]).await?;
    Account::insert(&desk, &id, &new.login, digest, must_change).await?;
    let entry = Entry {
        room: "identity",
        act: "person",
        subject: id.clone(),
        organ: new.organ.clone(),
        basis: BASIS.into(),
        facts: serde_json::json!({ "login": new.login.trim() }),
    };
    desk.record(entry).await?;
    desk.seal().await?;
    Ok(id)
}

/// The person of this house who has that identity document, by key.
///
/// # Errors
/// The mark could not be made, or the database refuses.
pub async fn holder_of(from: &impl Statements, document: &str) -> Result<Option<String>, Refusal> {
    #[derive(FromQueryResult)]
    struct Holder {
        id: String,
    }
    if document.trim().is_empty() {
        return Ok(None);
    }
    let Some(salt) = setting::read(from, setting::SALT).await? else { return Ok(None) };
    let mark = document_mark(document, &salt).await?;
    let sql = "SELECT id FROM person WHERE document_mark = $1";
    let holder: Option<Holder> = from.one(sql, vec![mark.into()]).await?;
    Ok(holder.map(|holder| holder.id))
}

/// The salt of this installation, or a fresh one that the caller keeps.
async fn salt(ledger: &Ledger) -> Result<String, Refusal> {
    match setting::read(ledger.store(), setting::SALT).await? {
        Some(salt) => Ok(salt),
        None => Ok(random_hex(16)?),
    }
}
