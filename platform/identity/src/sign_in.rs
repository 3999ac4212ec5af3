//! 登录: password, then second factor. Whoever is not known is answered in the same words and after
//! the same work as whoever mistyped; too many wrong tries lock the account and the address.

use jiff::{SignedDuration, Timestamp};
use ledger::{Actor, Desk, Entry, Ledger};
use store::{FromQueryResult, Statements, StoreError, moment};

use crate::account::Account;
use crate::factor;
use crate::person::Person;
use crate::profile::Profile;
use crate::refusal::{Refusal, refused};
use crate::secret::{password_digest, password_fits, quick_digest};
use crate::session::{BASIS, Origin, Session, Step};
use crate::setting;

/// GB/T 22239-2019 8.1.4.1 b): wrong tries in a row, after which an account is closed for a time.
pub const TRIES: i64 = 5;

/// Wrong tries from one address, whatever the account; an office may share one address.
pub const TRIES_OF_ADDRESS: i64 = 30;

/// How long account or address stay closed.
pub const LOCKED: SignedDuration = SignedDuration::from_mins(15);

/// The same words for every reason, so that nobody learns which logins exist.
pub const REFUSED: &str = "登录名或口令不对，或者因连续输错暂时锁定（15 分钟）。改法: 核对后再试；忘记口令的，请联系安全管理员重置。";

/// The same for the second factor.
const WRONG_CODE: &str =
    "验证码不对或者已经用过。改法: 等验证器显示下一个验证码再输入；手机不在身边的，用一个恢复码。";

impl Profile {
    /// The profile in force.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn in_force(from: &impl Statements) -> Result<Self, StoreError> {
        let word = setting::read(from, setting::PROFILE).await?;
        Ok(word.as_deref().and_then(Self::parse).unwrap_or_default())
    }
}

/// Tries login and password; answers the cookie of a session that waits for its second factor.
///
/// # Errors
/// They do not fit, or too many did not fit before; [`REFUSED`] either way.
pub async fn with_password(
    ledger: &Ledger,
    login: &str,
    password: &str,
    origin: &Origin,
) -> Result<String, Refusal> {
    let now = ledger.clock().now();
    let account = Account::named(ledger.store(), login).await?;
    let kept = account.as_ref().map(|account| account.password.as_str());
    let fits = password_fits(password, kept).await?;
    let tried = [Tried::login(login), Tried::address(origin)];
    if Tried::any_closed(ledger.store(), &tried, now).await? {
        return refused(REFUSED);
    }
    let invented = match &account {
        Some(account) => Person::is_invented(ledger.store(), &account.person).await?,
        None => false,
    };
    let open = |account: &Account| {
        !account.disabled && !is_locked(account.locked_until, now) && (origin.demo || !invented)
    };
    match account {
        Some(account) if fits && open(&account) => admit(ledger, &account, origin).await,
        known => {
            count_failure(ledger, known.as_ref(), &tried, origin).await?;
            refused(REFUSED)
        }
    }
}

/// Whoever a provider of single sign-on has vouched for; the second factor is still asked for.
///
/// # Errors
/// The account is closed, or the database refuses.
pub async fn with_subject(
    ledger: &Ledger,
    account: &Account,
    origin: &Origin,
) -> Result<String, Refusal> {
    if account.disabled || is_locked(account.locked_until, ledger.clock().now()) {
        return refused(REFUSED);
    }
    admit(ledger, account, origin).await
}

fn is_locked(until: Option<Timestamp>, now: Timestamp) -> bool {
    until.is_some_and(|until| now < until)
}

async fn admit(ledger: &Ledger, account: &Account, origin: &Origin) -> Result<String, Refusal> {
    let mut desk = ledger.desk(Actor::Person(account.person.clone())).await?;
    let cookie = Session::begin(&desk, account, origin).await?;
    let clear = "DELETE FROM sign_in_address WHERE address = $1";
    desk.change().run(clear, vec![Tried::login(&account.login).key.into()]).await?;
    let facts = serde_json::json!({ "login": account.login, "address": origin.address });
    desk.record(entry("password_accepted", &account.person, facts)).await?;
    desk.seal().await?;
    Ok(cookie)
}

/// Acts by which somebody comes, goes or changes his post: nobody outside sees anything of them.
const COMING_AND_GOING: [&str; 8] = [
    "password_accepted",
    "sign_in_refused",
    "factor_begun",
    "factor",
    "factor_refused",
    "password",
    "standing",
    "sign_out",
];

/// Whether an act of this room is one by which somebody only comes, goes or changes his post.
pub fn is_coming_or_going(act: &str) -> bool {
    COMING_AND_GOING.contains(&act)
}

fn entry(act: &'static str, subject: &str, facts: serde_json::Value) -> Entry {
    Entry {
        room: "identity",
        act,
        subject: subject.into(),
        organ: String::new(),
        basis: BASIS.into(),
        facts,
    }
}

/// What wrong tries are counted by: a login, whether anybody has it or not, and an address.
struct Tried {
    key: String,
    most: i64,
}

impl Tried {
    fn login(login: &str) -> Self {
        let digest = quick_digest(&login.trim().to_lowercase());
        Self { key: format!("login:{digest}"), most: TRIES }
    }

    fn address(origin: &Origin) -> Self {
        Self { key: format!("address:{}", origin.address), most: TRIES_OF_ADDRESS }
    }

    async fn any_closed(
        from: &impl Statements,
        tried: &[Self; 2],
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let sql = "SELECT count(*) FROM sign_in_address
                    WHERE address IN ($1, $2) AND locked_until > $3";
        let [login, address] = tried;
        let keys = vec![login.key.clone().into(), address.key.clone().into(), moment(now).into()];
        Ok(from.number(sql, keys).await?.unwrap_or_default() > 0)
    }

    /// One more; whether that was one too many. Counted in the database, so that tries at the same
    /// moment count each.
    async fn count(&self, desk: &Desk) -> Result<bool, StoreError> {
        let change = desk.change();
        let more = "INSERT INTO sign_in_address (address, failures, since) VALUES ($1, 1, $2)
                    ON CONFLICT (address) DO UPDATE SET failures = sign_in_address.failures + 1";
        let key = self.key.clone();
        change.run(more, vec![key.clone().into(), moment(desk.now()).into()]).await?;
        let sql = "SELECT failures FROM sign_in_address WHERE address = $1";
        let failures = change.number(sql, vec![key.clone().into()]).await?.unwrap_or_default();
        let closed = failures >= self.most;
        if closed {
            let until = moment(desk.now() + LOCKED);
            let shut = "UPDATE sign_in_address SET failures = 0, locked_until = $1
                         WHERE address = $2";
            change.run(shut, vec![until.into(), key.into()]).await?;
        }
        Ok(closed)
    }
}

/// One more wrong try of login and address. The same statements run whether anybody has the login.
async fn count_failure(
    ledger: &Ledger,
    account: Option<&Account>,
    tried: &[Tried; 2],
    origin: &Origin,
) -> Result<(), Refusal> {
    let mut desk = ledger.desk(Actor::Visitor).await?;
    let past = moment(desk.now() - LOCKED);
    let now = moment(desk.now());
    let old = "DELETE FROM sign_in_address
                WHERE since < $1 AND (locked_until IS NULL OR locked_until < $2)";
    desk.change().run(old, vec![past.into(), now.into()]).await?;
    let [login, address] = tried;
    let locks = login.count(&desk).await?;
    let closed = address.count(&desk).await?;
    let person = account.map_or("", |account| account.person.as_str());
    let facts = serde_json::json!({
        "login": account.map_or("", |account| account.login.as_str()),
        "address": origin.address, "login_locked": locks, "address_locked": closed,
    });
    desk.record(entry("sign_in_refused", person, facts)).await?;
    desk.seal().await?;
    Ok(())
}

async fn note_failure(desk: &Desk, account: &str, locks: bool) -> Result<(), StoreError> {
    let until = locks.then(|| moment(desk.now() + LOCKED));
    let sql = if locks {
        "UPDATE account SET failures = 0, locked_until = $1 WHERE id = $2"
    } else {
        "UPDATE account SET failures = failures + 1, locked_until = $1 WHERE id = $2"
    };
    desk.change().run(sql, vec![until.into(), account.into()]).await?;
    Ok(())
}

impl Session {
    /// 第二因素: a code or a recovery code. Answers the cookie of the next step.
    ///
    /// # Errors
    /// The code does not fit or was used; after too many the account is closed for a time.
    pub async fn prove(&self, ledger: &Ledger, code: &str) -> Result<String, Refusal> {
        let mut desk = ledger.desk(Actor::Person(self.person.clone())).await?;
        let account = self.account(&desk).await?;
        let kind = match self.accepted(&desk, &account, code).await? {
            Some(kind) => kind,
            None => {
                let locks = account.failures + 1 >= TRIES;
                note_failure(&desk, &account.id, locks).await?;
                if locks {
                    let gone = "DELETE FROM session WHERE id = $1";
                    desk.change().run(gone, vec![self.id.clone().into()]).await?;
                }
                let facts = serde_json::json!({ "account_locked": locks });
                desk.record(self.entry("factor_refused", "", facts)).await?;
                desk.seal().await?;
                return refused(if locks { REFUSED } else { WRONG_CODE });
            }
        };
        let clear = "UPDATE account SET failures = 0, locked_until = NULL WHERE id = $1";
        desk.change().run(clear, vec![account.id.clone().into()]).await?;
        let next = next_step(&desk, &account).await?;
        let cookie = self.go_on(&desk, next, true).await?;
        let act = if self.step == Step::Open { "factor_renewed" } else { "sign_in" };
        desk.record(self.entry(act, "", serde_json::json!({ "by": kind }))).await?;
        desk.seal().await?;
        Ok(cookie)
    }

    async fn account(&self, desk: &Desk) -> Result<Account, Refusal> {
        let account = Account::find(desk.change(), &self.account).await?;
        let now = desk.now();
        let open = |account: &Account| !account.disabled && !is_locked(account.locked_until, now);
        match account.filter(open) {
            Some(account) => Ok(account),
            None => refused(REFUSED),
        }
    }

    async fn accepted(
        &self,
        desk: &Desk,
        account: &Account,
        code: &str,
    ) -> Result<Option<&'static str>, StoreError> {
        let last = account.factor_step;
        if let Some(step) = factor::step_of(&account.factor, code, last, desk.now()) {
            // Of two sessions with one code only one comes through.
            let sql = "UPDATE account SET factor_step = $1 WHERE id = $2 AND factor_step < $1";
            let taken =
                desk.change().run(sql, vec![step.into(), account.id.clone().into()]).await?;
            return Ok((taken == 1).then_some("totp"));
        }
        let plain = factor::plain_recovery(code);
        let digest = quick_digest(&format!("{}:{plain}", account.id));
        let sql = "DELETE FROM account_recovery WHERE digest = $1 AND account = $2";
        let taken = desk.change().run(sql, vec![digest.into(), account.id.clone().into()]).await?;
        Ok((taken == 1).then_some("recovery"))
    }

    /// 绑定第二因素: a code shows that the device has the secret. Answers the cookie of the next step
    /// and the recovery codes, which are shown once and kept as digests only.
    ///
    /// # Errors
    /// The code does not fit.
    pub async fn bind(
        &self,
        ledger: &Ledger,
        code: &str,
    ) -> Result<(String, Vec<String>), Refusal> {
        let mut desk = ledger.desk(Actor::Person(self.person.clone())).await?;
        let account = self.account(&desk).await?;
        let bindable = self.step == Step::Enrol || self.step == Step::Open;
        let step = factor::step_of(&self.pending, code, 0, desk.now()).filter(|_| bindable);
        let Some(step) = step else { return refused(WRONG_CODE) };
        let sql = "UPDATE account SET factor = $1, factor_step = $2 WHERE id = $3";
        let values = vec![self.pending.clone().into(), step.into(), account.id.clone().into()];
        desk.change().run(sql, values).await?;
        let codes = keep_recovery_codes(&desk, &account.id).await?;
        let next = next_step(&desk, &account).await?;
        let cookie = self.go_on(&desk, next, true).await?;
        desk.record(self.entry("factor", "", serde_json::json!({ "kind": "totp" }))).await?;
        desk.seal().await?;
        Ok((cookie, codes))
    }

    /// 修改口令. Answers the cookie of the next step; every other session of the person ends.
    ///
    /// # Errors
    /// The old password is wrong, the new one is unfit or was used before, or the second factor has
    /// not been given.
    pub async fn change_password(
        &self,
        ledger: &Ledger,
        old: &str,
        new: &str,
    ) -> Result<String, Refusal> {
        if !matches!(self.step, Step::Change | Step::Open) {
            return refused("请先完成第二步验证。");
        }
        let store = ledger.store();
        let (account, person) =
            (Account::find(store, &self.account).await?, Person::find(store, &self.person).await?);
        let (Some(account), Some(person)) = (account, person) else { return refused(REFUSED) };
        let (address, agent) = (self.address.clone(), self.agent.clone());
        let origin = Origin { address, agent, demo: false };
        let tried = [Tried::login(&account.login), Tried::address(&origin)];
        let now = ledger.clock().now();
        let closed = Tried::any_closed(store, &tried, now).await?;
        if closed || is_locked(account.locked_until, now) {
            return refused(REFUSED);
        }
        if !password_fits(old, Some(&account.password)).await? {
            count_failure(ledger, Some(&account), &tried, &origin).await?;
            return refused("原口令不对。改法: 核对后再填；连续输错会锁定。");
        }
        let profile = Profile::in_force(store).await?;
        if let Some(fault) = profile.fault(new, &[&account.login, &person.name]) {
            return refused(format!("{fault}。改法: {}", profile.hint()));
        }
        let past = past_passwords(store, &account.id).await?;
        let used =
            std::iter::once(account.password.as_str()).chain(past.iter().map(String::as_str));
        if old == new || profile.is_old(new, used).await? {
            return refused("这个口令用过。改法: 换一个没有用过的。");
        }
        let digest = password_digest(new).await?;
        self.keep_password(ledger, &account, &digest).await
    }

    async fn keep_password(
        &self,
        ledger: &Ledger,
        account: &Account,
        digest: &str,
    ) -> Result<String, Refusal> {
        let mut desk = ledger.desk(Actor::Person(self.person.clone())).await?;
        let id = uuid::Uuid::now_v7().to_string();
        let row = vec![id.into(), account.id.clone().into(), account.password.clone().into()];
        let columns = ["id", "account", "password"];
        desk.change().insert("account_past_password", &columns, vec![row]).await?;
        let sql = "UPDATE account SET password = $1, password_since = $2, must_change = 0,
                          failures = 0 WHERE id = $3";
        let since = desk.today().to_string();
        let values = vec![digest.into(), since.into(), account.id.clone().into()];
        desk.change().run(sql, values).await?;
        let others = "DELETE FROM session WHERE account = $1 AND id <> $2";
        let values = vec![account.id.clone().into(), self.id.clone().into()];
        desk.change().run(others, values).await?;
        let cookie = self.go_on(&desk, Step::Open, false).await?;
        desk.record(self.entry("password", "", serde_json::json!({}))).await?;
        desk.seal().await?;
        Ok(cookie)
    }
}

/// What comes after the second factor.
async fn next_step(desk: &Desk, account: &Account) -> Result<Step, StoreError> {
    let profile = Profile::in_force(desk.change()).await?;
    let old = profile.has_expired(account.password_since, desk.today());
    let by_password = !account.password.is_empty();
    let change = by_password && (account.must_change || old);
    Ok(if change { Step::Change } else { Step::Open })
}

pub(crate) async fn keep_recovery_codes(
    desk: &Desk,
    account: &str,
) -> Result<Vec<String>, Refusal> {
    let codes = factor::recovery_codes()?;
    let gone = "DELETE FROM account_recovery WHERE account = $1";
    desk.change().run(gone, vec![account.into()]).await?;
    let row = |code: &String| {
        let digest = quick_digest(&format!("{account}:{}", factor::plain_recovery(code)));
        vec![digest.into(), account.into()]
    };
    let rows = codes.iter().map(row).collect();
    desk.change().insert("account_recovery", &["digest", "account"], rows).await?;
    Ok(codes)
}

async fn past_passwords(from: &impl Statements, account: &str) -> Result<Vec<String>, StoreError> {
    #[derive(FromQueryResult)]
    struct Past {
        password: String,
    }
    let sql = "SELECT password FROM account_past_password WHERE account = $1 ORDER BY id DESC";
    let rows: Vec<Past> = from.all(sql, vec![account.into()]).await?;
    Ok(rows.into_iter().map(|row| row.password).collect())
}
