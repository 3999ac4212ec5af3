//! 会话: who is signed in, how far, and in which post. The cookie is kept nowhere, only its digest.

use jiff::{SignedDuration, Timestamp};
use ledger::{Actor, Desk, Entry};
use store::{FromQueryResult, Statements, StoreError, moment, parse_moment};

use crate::account::Account;
use crate::refusal::{Refusal, refused};
use crate::secret::{SecretError, quick_digest, random_hex};
use crate::{Standing, factor};

/// GB/T 22239-2019 8.1.4.1 b): a session ends when nothing is done for a time.
pub const IDLE: SignedDuration = SignedDuration::from_mins(30);

/// However busy, a session ends after so long.
pub const LONGEST: SignedDuration = SignedDuration::from_hours(12);

/// How long a second factor counts as given for what is done now (重新双因素认证).
pub const FRESH: SignedDuration = SignedDuration::from_mins(10);

/// What acts on sessions rest on.
pub(crate) const BASIS: &str = "GB/T 22239-2019 8.1.4.1 身份鉴别";

/// How far somebody has got in signing in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The password was right; a second factor must be bound.
    Enrol,
    /// The password was right; the second factor is asked for.
    Factor,
    /// Both were right; the password must be changed.
    Change,
    /// Signed in.
    Open,
}

impl Step {
    fn word(self) -> &'static str {
        match self {
            Self::Enrol => "enrol",
            Self::Factor => "factor",
            Self::Change => "change",
            Self::Open => "open",
        }
    }

    fn parse(word: &str) -> Option<Self> {
        [Self::Enrol, Self::Factor, Self::Change, Self::Open]
            .into_iter()
            .find(|step| step.word() == word)
    }
}

/// A session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its public name.
    pub id: String,
    /// Whose it is.
    pub person: String,
    /// By which account.
    pub account: String,
    /// What every form carries.
    pub mark: String,
    /// How far signing in has got.
    pub step: Step,
    /// The post acted in; empty while none is chosen.
    pub post: String,
    /// The stand-in acted as; empty for a post of one's own.
    pub stand_in: String,
    /// When it began.
    pub begun_at: Timestamp,
    /// When the second factor was last given.
    pub factor_at: Option<Timestamp>,
    /// From which address.
    pub address: String,
    /// With which program.
    pub agent: String,
    /// A second factor that is being bound.
    pub pending: String,
    digest: String,
}

#[derive(FromQueryResult)]
struct Row {
    digest: String,
    id: String,
    person: String,
    account: String,
    mark: String,
    stage: String,
    post: String,
    stand_in: String,
    begun_at: String,
    factor_at: Option<String>,
    address: String,
    agent: String,
    pending: String,
}

impl Row {
    fn session(self) -> Option<Session> {
        Some(Session {
            step: Step::parse(&self.stage)?,
            begun_at: parse_moment(&self.begun_at)?,
            factor_at: self.factor_at.as_deref().and_then(parse_moment),
            digest: self.digest,
            id: self.id,
            person: self.person,
            account: self.account,
            mark: self.mark,
            post: self.post,
            stand_in: self.stand_in,
            address: self.address,
            agent: self.agent,
            pending: self.pending,
        })
    }
}

const COLUMNS: &str =
    "digest, id, person, account, mark, stage, post, stand_in, begun_at, factor_at,
    address, agent, pending";

/// From where and with what somebody signs in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// The address; empty where it is unknown.
    pub address: String,
    /// What the program says of itself.
    pub agent: String,
    /// Whether invented persons may sign in: at the demo on one's own machine only.
    pub demo: bool,
}

impl Session {
    /// The session of a cookie, unless it has lasted too long.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_cookie(
        from: &impl Statements,
        cookie: &str,
        now: Timestamp,
    ) -> Result<Option<Self>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM session WHERE digest = $1");
        let row: Option<Row> = from.one(&sql, vec![quick_digest(cookie).into()]).await?;
        let session = row.and_then(Row::session);
        Ok(session.filter(|session| now.duration_since(session.begun_at) < LONGEST))
    }

    /// The sessions of a person, newest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_person(from: &impl Statements, person: &str) -> Result<Vec<Self>, StoreError> {
        let sql =
            format!("SELECT {COLUMNS} FROM session WHERE person = $1 ORDER BY begun_at DESC, id");
        let rows: Vec<Row> = from.all(&sql, vec![person.into()]).await?;
        Ok(rows.into_iter().filter_map(Row::session).collect())
    }

    /// A session of nobody, for samples and tests.
    pub fn sample(begun_at: Timestamp, step: Step) -> Self {
        Self {
            id: "session-1".into(),
            person: "person-1".into(),
            account: "account-1".into(),
            mark: "0".repeat(32),
            step,
            post: String::new(),
            stand_in: String::new(),
            begun_at,
            factor_at: None,
            address: "192.0.2.1".into(),
            agent: String::new(),
            pending: String::new(),
            digest: String::new(),
        }
    }

    /// Who acts in it, for the ledger: the person, in the post if one is chosen.
    pub fn actor(&self) -> Actor {
        let person = self.person.clone();
        match self.post.as_str() {
            "" => Actor::Person(person),
            post => Actor::Officer { person, post: post.to_owned() },
        }
    }

    /// Whether the second factor was given for what is done now.
    pub fn is_fresh(&self, now: Timestamp) -> bool {
        self.factor_at.is_some_and(|at| now.duration_since(at) < FRESH)
    }

    /// Begins a session for an account; answers its cookie.
    pub(crate) async fn begin(
        desk: &Desk,
        account: &Account,
        origin: &Origin,
    ) -> Result<String, Refusal> {
        let (cookie, mark) = (random_hex(32)?, random_hex(16)?);
        let step = if account.has_factor { Step::Factor } else { Step::Enrol };
        let pending = if account.has_factor { String::new() } else { factor::fresh()? };
        let short = |text: &str| text.chars().take(200).collect::<String>();
        let row = vec![
            quick_digest(&cookie).into(),
            uuid::Uuid::now_v7().to_string().into(),
            account.person.clone().into(),
            account.id.clone().into(),
            mark.into(),
            step.word().into(),
            "".into(),
            "".into(),
            moment(desk.now()).into(),
            short(&origin.address).into(),
            short(&origin.agent).into(),
            pending.into(),
        ];
        let columns = [
            "digest", "id", "person", "account", "mark", "stage", "post", "stand_in", "begun_at",
            "address", "agent", "pending",
        ];
        desk.change().insert("session", &columns, vec![row]).await?;
        Ok(cookie)
    }

    /// Goes on to the next step under a new cookie and a new mark; answers the cookie. A second factor
    /// counts as given now where `factor` says so.
    pub(crate) async fn go_on(
        &self,
        desk: &Desk,
        step: Step,
        factor: bool,
    ) -> Result<String, Refusal> {
        let cookie = self.renewed(desk).await?;
        let at = if factor { Some(desk.now()) } else { self.factor_at };
        let sql = "UPDATE session SET stage = $1, factor_at = $2, pending = '' WHERE id = $3";
        let values = vec![step.word().into(), at.map(moment).into(), self.id.clone().into()];
        desk.change().run(sql, values).await?;
        if step == Step::Open && self.post.is_empty() {
            let own = Standing::all_of(desk.change(), &self.person, desk.today()).await?;
            if let [only] = own.as_slice() {
                self.stand(desk, only).await?;
            }
        }
        Ok(cookie)
    }

    async fn renewed(&self, desk: &Desk) -> Result<String, Refusal> {
        let (cookie, mark): (String, String) = (random_hex(32)?, random_hex(16)?);
        let sql = "UPDATE session SET digest = $1, mark = $2 WHERE digest = $3";
        let values = vec![quick_digest(&cookie).into(), mark.into(), self.digest.clone().into()];
        match desk.change().run(sql, values).await? {
            1 => Ok(cookie),
            _ => refused("登录已经结束。改法: 重新登录。"),
        }
    }

    async fn stand(&self, desk: &Desk, standing: &Standing) -> Result<(), StoreError> {
        let sql = "UPDATE session SET post = $1, stand_in = $2 WHERE id = $3";
        let stand_in = standing.stand_in.clone().unwrap_or_default();
        let values = vec![standing.post.clone().into(), stand_in.into(), self.id.clone().into()];
        desk.change().run(sql, values).await?;
        Ok(())
    }

    /// 切换身份: acts in another post from now on, under a new cookie. Answers the cookie.
    ///
    /// # Errors
    /// The person has no such post today, the session has ended, or the database refuses.
    pub async fn switch(
        &self,
        mut desk: Desk,
        post: &str,
        stand_in: &str,
    ) -> Result<String, Refusal> {
        let all = Standing::all_of(desk.change(), &self.person, desk.today()).await?;
        let wanted = |one: &&Standing| {
            one.post == post && one.stand_in.as_deref().unwrap_or_default() == stand_in
        };
        let Some(standing) = all.iter().find(wanted) else {
            return refused("您今天没有这个岗位。改法: 从列出的岗位里选择。");
        };
        let cookie = self.renewed(&desk).await?;
        self.stand(&desk, standing).await?;
        let facts = serde_json::json!({
            "post": post, "stand_in": stand_in, "role": standing.role.word(),
        });
        desk.record(self.entry("standing", &standing.organ.code, facts)).await?;
        desk.seal().await?;
        Ok(cookie)
    }

    /// Ends sessions of one person: the one with this public name, or all others with `None`.
    ///
    /// # Errors
    /// There is none, or the database refuses.
    pub async fn end(&self, mut desk: Desk, id: Option<&str>, why: &str) -> Result<(), Refusal> {
        let (sql, name) = match id {
            Some(id) => ("DELETE FROM session WHERE person = $1 AND id = $2", id),
            None => ("DELETE FROM session WHERE person = $1 AND id <> $2", self.id.as_str()),
        };
        let gone = desk.change().run(sql, vec![self.person.clone().into(), name.into()]).await?;
        if gone == 0 {
            return refused("没有要结束的登录。改法: 刷新列表。");
        }
        let facts = serde_json::json!({ "session": id, "why": why, "ended": gone });
        desk.record(self.entry("sign_out", "", facts)).await?;
        Ok(desk.seal().await?)
    }

    pub(crate) fn entry(
        &self,
        act: &'static str,
        organ: &str,
        mut facts: serde_json::Value,
    ) -> Entry {
        facts["address"] = self.address.clone().into();
        Entry {
            room: "identity",
            act,
            subject: self.person.clone(),
            organ: organ.into(),
            basis: BASIS.into(),
            facts,
        }
    }

    /// Begins binding a second factor anew.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn bind_anew(&self, mut desk: Desk) -> Result<(), Refusal> {
        let secret: Result<String, SecretError> = factor::fresh();
        let sql = "UPDATE session SET pending = $1 WHERE id = $2";
        desk.change().run(sql, vec![secret?.into(), self.id.clone().into()]).await?;
        desk.record(self.entry("factor_begun", "", serde_json::json!({}))).await?;
        Ok(desk.seal().await?)
    }
}
