//! 账号: a way for a person to sign in. A person may have several; they count as one.

use jiff::Timestamp;
use law::Date;
use ledger::{Actor, Desk, Entry, Ledger};
use store::{FromQueryResult, Statements, StoreError, parse_moment};

use crate::person::{BASIS, Person};
use crate::refusal::{Refusal, refused};
use crate::secret::{SecretError, password_digest, random};

/// Letters of a first password: none that is mistaken for another when read aloud or copied by hand.
const LETTERS: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789";

/// How long a first password is.
const FIRST: usize = 16;

/// The columns of an account that was just opened.
const COLUMNS_OF_NEW: [&str; 10] = [
    "id",
    "person",
    "login",
    "password",
    "password_since",
    "must_change",
    "factor",
    "factor_step",
    "failures",
    "disabled",
];

/// An account, without its secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its key.
    pub id: String,
    /// Whose it is.
    pub person: String,
    /// The name to sign in with.
    pub login: String,
    /// The day since which its password holds.
    pub password_since: Option<Date>,
    /// Somebody else set the password; it must be changed first.
    pub must_change: bool,
    /// It has a second factor.
    pub has_factor: bool,
    /// Too many wrong tries: nobody enters before this moment.
    pub locked_until: Option<Timestamp>,
    /// Nobody enters any more.
    pub disabled: bool,
    pub(crate) password: String,
    pub(crate) factor: String,
    pub(crate) factor_step: i64,
    pub(crate) failures: i64,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    person: String,
    login: String,
    password: String,
    password_since: String,
    must_change: i64,
    factor: String,
    factor_step: i64,
    failures: i64,
    locked_until: Option<String>,
    disabled: i64,
}

impl From<Row> for Account {
    fn from(row: Row) -> Self {
        Self {
            password_since: row.password_since.parse().ok(),
            must_change: row.must_change == 1,
            has_factor: !row.factor.is_empty(),
            locked_until: row.locked_until.as_deref().and_then(parse_moment),
            disabled: row.disabled == 1,
            id: row.id,
            person: row.person,
            login: row.login,
            password: row.password,
            factor: row.factor,
            factor_step: row.factor_step,
            failures: row.failures,
        }
    }
}

const COLUMNS: &str =
    "id, person, login, password, password_since, must_change, factor, factor_step,
    failures, locked_until, disabled";

impl Account {
    /// The account of a login name; capital letters make no difference.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn named(from: &impl Statements, login: &str) -> Result<Option<Self>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM account WHERE login = $1");
        let row: Option<Row> = from.one(&sql, vec![login.trim().to_lowercase().into()]).await?;
        Ok(row.map(Self::from))
    }

    /// One account by key.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(from: &impl Statements, id: &str) -> Result<Option<Self>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM account WHERE id = $1");
        let row: Option<Row> = from.one(&sql, vec![id.into()]).await?;
        Ok(row.map(Self::from))
    }

    /// The accounts of a person, oldest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_person(from: &impl Statements, person: &str) -> Result<Vec<Self>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM account WHERE person = $1 ORDER BY id");
        let rows: Vec<Row> = from.all(&sql, vec![person.into()]).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// All accounts, person by person.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn all(from: &impl Statements) -> Result<Vec<Self>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM account ORDER BY person, id");
        let rows: Vec<Row> = from.all(&sql, vec![]).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    pub(crate) async fn insert(
        desk: &Desk,
        person: &str,
        login: &str,
        digest: &str,
        must_change: bool,
    ) -> Result<String, Refusal> {
        let login = fit_login(login)?;
        if Self::named(desk.change(), &login).await?.is_some() {
            return refused(format!("登录名 {login} 已有人用。改法: 换一个登录名。"));
        }
        let id = uuid::Uuid::now_v7().to_string();
        let row = vec![
            id.clone().into(),
            person.into(),
            login.into(),
            digest.into(),
            desk.today().to_string().into(),
            i64::from(must_change).into(),
            "".into(),
            0i64.into(),
            0i64.into(),
            0i64.into(),
        ];
        desk.change().insert("account", &COLUMNS_OF_NEW, vec![row]).await?;
        Ok(id)
    }

    pub(crate) async fn insert_invented(
        desk: &Desk,
        persons: &[String],
        all: &[crate::person::Invented],
    ) -> Result<(), StoreError> {
        let today = desk.today().to_string();
        let row = |(person, one): (&String, &crate::person::Invented)| {
            vec![
                uuid::Uuid::now_v7().to_string().into(),
                person.clone().into(),
                one.login.clone().into(),
                one.digest.clone().into(),
                today.clone().into(),
                0i64.into(),
                one.secret.clone().into(),
                0i64.into(),
                0i64.into(),
                0i64.into(),
            ]
        };
        let rows = persons.iter().zip(all).map(row).collect();
        desk.change().insert("account", &COLUMNS_OF_NEW, rows).await
    }

    /// 增设账号: one more account of the same person. Answers the password to be handed over.
    ///
    /// # Errors
    /// There is no such person, the login is taken or unfit, or the database refuses.
    pub async fn open(
        ledger: &Ledger,
        actor: Actor,
        person: &str,
        login: &str,
    ) -> Result<String, Refusal> {
        let password = first_password()?;
        let digest = password_digest(&password).await?;
        let mut desk = ledger.desk(actor).await?;
        if Person::find(desk.change(), person).await?.is_none() {
            return refused("没有这个人员。改法: 从人员列表里选择。");
        }
        let id = Self::insert(&desk, person, login, &digest, true).await?;
        let entry = Entry {
            room: "identity",
            act: "account",
            subject: id,
            organ: String::new(),
            basis: BASIS.into(),
            facts: serde_json::json!({ "person": person, "login": login.trim() }),
        };
        desk.record(entry).await?;
        desk.seal().await?;
        Ok(password)
    }
}

/// The login name as it is kept: small letters, digits, `.`, `-`, `_`, from 3 to 40 of them.
fn fit_login(login: &str) -> Result<String, Refusal> {
    let login = login.trim().to_lowercase();
    let fits = |one: u8| one.is_ascii_lowercase() || one.is_ascii_digit() || b".-_@".contains(&one);
    if (3..=40).contains(&login.len()) && login.bytes().all(fits) {
        return Ok(login);
    }
    refused("登录名不合适。改法: 用 3 到 40 个英文字母、数字或 . - _ @。")
}

/// A password that nobody chose, for the first sign-in: of every kind of character a profile asks for.
pub(crate) fn first_password() -> Result<String, SecretError> {
    loop {
        let password = drawn()?;
        let has = |kind: fn(&u8) -> bool| password.as_bytes().iter().any(kind);
        if has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase) && has(u8::is_ascii_digit) {
            return Ok(password);
        }
    }
}

/// So many characters, each as likely as any other.
fn drawn() -> Result<String, SecretError> {
    let mut password = String::new();
    while password.len() < FIRST {
        for byte in random(FIRST)? {
            // Bytes above the last whole multiple would favour the first letters.
            let most = 256 - 256 % LETTERS.len();
            if usize::from(byte) < most && password.len() < FIRST {
                password.push(char::from(LETTERS[usize::from(byte) % LETTERS.len()]));
            }
        }
    }
    Ok(password)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_name_is_plain_and_of_one_spelling() {
        for (written, kept) in [
            (" Lin.XiuYing ", Some("lin.xiuying")),
            ("chen@smq.gov", Some("chen@smq.gov")),
            ("ab", None),
            ("林秀英", None),
            ("a b c", None),
            ("a\u{0}bc", None),
        ] {
            assert_eq!(fit_login(written).ok().as_deref(), kept, "{written}");
        }
    }

    #[test]
    fn first_passwords_are_long_and_never_the_same() {
        let (one, other) = (first_password().expect("one"), first_password().expect("other"));
        assert!(one.len() == FIRST && one != other);
        assert!(!one.contains(['0', 'O', '1', 'l', 'I', 'o']), "{one}");
        for _ in 0..200 {
            let password = first_password().expect("one");
            assert!(password.contains(|one: char| one.is_ascii_digit()), "{password}");
        }
    }
}
