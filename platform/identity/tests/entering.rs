//! Signing in, on either engine: password, second factor, lockout, idle time, expiry.

use std::time::Instant;

use identity::{
    Account, Origin, Person, Profile, Registered, Registration, Session, Step, factor, secret,
    sign_in,
};
use jiff::{SignedDuration, Timestamp};
use ledger::{Actor, Clock, Ledger};
use store::{Migrations, Place, Statements, Store};

const LOGIN: &str = "lin.xiuying";
const NEW: &str = "Chunjiang-Chaoshui-8";

fn start() -> Timestamp {
    "2026-11-26T02:00:00Z".parse().expect("a moment")
}

async fn at(place: &Place, after: SignedDuration) -> Ledger {
    let all = [jobs::MIGRATIONS, identity::MIGRATIONS, ledger::MIGRATIONS];
    let migrations = Migrations::of(all.into_iter().flatten().copied());
    let store = Store::open(place, &migrations).await.expect("opens");
    Ledger::open(store, Clock::Fixed(start() + after), vec![]).await.expect("a ledger")
}

async fn on_both(check: impl AsyncFn(Place)) {
    store::testing::on_both("entering", check).await;
}

fn origin() -> Origin {
    Origin { address: "192.0.2.7".into(), agent: "test".into(), demo: false }
}

async fn register(ledger: &Ledger) -> Registered {
    let new = Registration {
        name: "林秀英".into(),
        document: "35020319900101001X".into(),
        login: LOGIN.into(),
        organ: String::new(),
    };
    let machine = Actor::Operator("root".into());
    Person::register(ledger, machine, &new).await.expect("registered")
}

async fn session(ledger: &Ledger, cookie: &str) -> Session {
    let now = ledger.clock().now();
    Session::of_cookie(ledger.store(), cookie, now).await.expect("asks").expect("a session")
}

async fn is_known(ledger: &Ledger, cookie: &str) -> bool {
    let now = ledger.clock().now();
    Session::of_cookie(ledger.store(), cookie, now).await.expect("asks").is_some()
}

/// The first sign-in: binding a device, changing the password. Answers the cookie and the secret.
async fn first_time(ledger: &Ledger) -> (String, String, Vec<String>) {
    let handed = register(ledger).await;
    let cookie =
        sign_in::with_password(ledger, LOGIN, &handed.password, &origin()).await.expect("taken");
    let one = session(ledger, &cookie).await;
    assert_eq!(one.step, Step::Enrol);
    assert!(one.prove(ledger, "000000").await.is_err(), "there is no factor to prove yet");
    assert!(one.bind(ledger, "000000").await.is_err());
    let code = factor::code_at(&one.pending, ledger.clock().now()).expect("a code");
    let (next, codes) = one.bind(ledger, &code).await.expect("bound");
    assert!(!is_known(ledger, &cookie).await, "the cookie of before is worth nothing");
    let two = session(ledger, &next).await;
    assert_eq!((two.step, two.mark != one.mark), (Step::Change, true));
    for (old, new, words) in [
        ("wrong", NEW, "原口令不对"),
        (handed.password.as_str(), "short", "至少 12"),
        (handed.password.as_str(), "lin.xiuying-2026A!", "登录名"),
        (handed.password.as_str(), handed.password.as_str(), "用过"),
    ] {
        let refused = two.change_password(ledger, old, new).await.expect_err("refused");
        assert!(refused.to_string().contains(words), "{refused}");
    }
    let open = two.change_password(ledger, &handed.password, NEW).await.expect("changed");
    assert_eq!(session(ledger, &open).await.step, Step::Open);
    (open, one.pending, codes)
}

#[tokio::test]
async fn the_first_sign_in_binds_a_device_and_changes_the_password_and_nothing_less_opens_the_door()
{
    on_both(async |place| {
        let ledger = at(&place, SignedDuration::ZERO).await;
        let (_, secret, codes) = first_time(&ledger).await;
        // A code works once: that of binding is spent.
        let cookie = sign_in::with_password(&ledger, LOGIN, NEW, &origin()).await.expect("taken");
        let waiting = session(&ledger, &cookie).await;
        assert_eq!(waiting.step, Step::Factor);
        let spent = factor::code_at(&secret, ledger.clock().now()).expect("a code");
        assert!(waiting.prove(&ledger, &spent).await.is_err());
        assert!(waiting.change_password(&ledger, NEW, "Haishang-Mingyue-9").await.is_err());
        // A recovery code works, once, however it is typed.
        let typed = codes[0].to_lowercase().replace('-', " ");
        let open = waiting.prove(&ledger, &typed).await.expect("a recovery code");
        assert_eq!(session(&ledger, &open).await.step, Step::Open);
        let cookie = sign_in::with_password(&ledger, LOGIN, NEW, &origin()).await.expect("taken");
        let again = session(&ledger, &cookie).await;
        assert!(again.prove(&ledger, &codes[0]).await.is_err(), "it is spent");
        let kept = "SELECT count(*) FROM account_recovery";
        assert_eq!(ledger.store().number(kept, vec![]).await.expect("asks"), Some(9));
    })
    .await;
}

#[tokio::test]
async fn five_wrong_passwords_close_a_login_for_a_quarter_of_an_hour_whether_anybody_has_it_or_not()
{
    on_both(async |place| {
        let ledger = at(&place, SignedDuration::ZERO).await;
        first_time(&ledger).await;
        let later = at(&place, SignedDuration::from_mins(20)).await;
        for login in [LOGIN, "nobody.at.all"] {
            for _ in 0..sign_in::TRIES {
                let refused = sign_in::with_password(&later, login, "wrong", &origin()).await;
                assert_eq!(refused.expect_err("refused").to_string(), sign_in::REFUSED);
            }
        }
        let right = sign_in::with_password(&later, LOGIN, NEW, &origin()).await;
        assert_eq!(right.expect_err("closed").to_string(), sign_in::REFUSED);
        for (minutes, may) in [(34, false), (36, true)] {
            let then = at(&place, SignedDuration::from_mins(minutes)).await;
            let tried = sign_in::with_password(&then, LOGIN, NEW, &origin()).await;
            assert_eq!(tried.is_ok(), may, "after {minutes} minutes");
        }
        let entries = "SELECT count(*) FROM ledger_event WHERE act = 'sign_in_refused'";
        let told = later.store().number(entries, vec![]).await.expect("asks");
        // One wrong old password at the first sign-in, five of each login.
        assert_eq!(told, Some(11));
    })
    .await;
}

#[tokio::test]
async fn one_address_cannot_try_many_logins_and_others_are_not_kept_out() {
    on_both(async |place| {
        let ledger = at(&place, SignedDuration::ZERO).await;
        first_time(&ledger).await;
        let later = at(&place, SignedDuration::from_mins(20)).await;
        for number in 0..sign_in::TRIES_OF_ADDRESS {
            let login = format!("guess{number}");
            sign_in::with_password(&later, &login, "wrong", &origin()).await.expect_err("refused");
        }
        let from_there = sign_in::with_password(&later, LOGIN, NEW, &origin()).await;
        assert!(from_there.is_err(), "the address is closed");
        let elsewhere = Origin { address: "198.51.100.9".into(), ..origin() };
        assert!(sign_in::with_password(&later, LOGIN, NEW, &elsewhere).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn wrong_tries_at_the_same_moment_are_all_counted() {
    on_both(async |place| {
        let ledger = at(&place, SignedDuration::ZERO).await;
        first_time(&ledger).await;
        let later = at(&place, SignedDuration::from_mins(20)).await;
        let origin = origin();
        let wrong = || sign_in::with_password(&later, LOGIN, "wrong", &origin);
        let _ = tokio::join!(wrong(), wrong(), wrong(), wrong(), wrong());
        assert!(sign_in::with_password(&later, LOGIN, NEW, &origin).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn five_wrong_codes_close_the_account_and_end_the_session() {
    on_both(async |place| {
        let ledger = at(&place, SignedDuration::ZERO).await;
        let (_, secret, _) = first_time(&ledger).await;
        let later = at(&place, SignedDuration::from_mins(5)).await;
        let cookie = sign_in::with_password(&later, LOGIN, NEW, &origin()).await.expect("taken");
        let one = session(&later, &cookie).await;
        for _ in 0..sign_in::TRIES {
            one.prove(&later, "000000").await.expect_err("refused");
        }
        assert!(!is_known(&later, &cookie).await);
        assert!(sign_in::with_password(&later, LOGIN, NEW, &origin()).await.is_err());
        let then = at(&place, SignedDuration::from_mins(21)).await;
        let cookie = sign_in::with_password(&then, LOGIN, NEW, &origin()).await.expect("taken");
        let code = factor::code_at(&secret, then.clock().now()).expect("a code");
        session(&then, &cookie).await.prove(&then, &code).await.expect("open again");
    })
    .await;
}

#[tokio::test]
async fn sessions_and_passwords_grow_old_by_the_clock() {
    on_both(async |place| {
        let ledger = at(&place, SignedDuration::ZERO).await;
        let (cookie, secret, _) = first_time(&ledger).await;
        for (hours, known) in [(11, true), (12, false)] {
            let then = at(&place, SignedDuration::from_hours(hours)).await;
            assert_eq!(is_known(&then, &cookie).await, known, "after {hours} hours");
        }
        let one = session(&ledger, &cookie).await;
        for (minutes, fresh) in [(0, true), (9, true), (10, false)] {
            assert_eq!(one.is_fresh(start() + SignedDuration::from_mins(minutes)), fresh);
        }
        let month_four = at(&place, SignedDuration::from_hours(24 * 91)).await;
        let cookie =
            sign_in::with_password(&month_four, LOGIN, NEW, &origin()).await.expect("taken");
        let code = factor::code_at(&secret, month_four.clock().now()).expect("a code");
        let next =
            session(&month_four, &cookie).await.prove(&month_four, &code).await.expect("right");
        let changing = session(&month_four, &next).await;
        assert_eq!(changing.step, Step::Change, "ninety days have gone by");
        let old = changing.change_password(&month_four, NEW, NEW).await.expect_err("used before");
        assert!(old.to_string().contains("用过"));
    })
    .await;
}

#[tokio::test]
async fn a_reset_ends_sessions_and_starts_from_the_beginning_and_an_invented_person_has_no_way_in()
{
    on_both(async |place| {
        let ledger = at(&place, SignedDuration::ZERO).await;
        let (cookie, ..) = first_time(&ledger).await;
        let account = Account::named(ledger.store(), LOGIN).await.expect("asks").expect("there");
        let own = Actor::Person(account.person.clone());
        assert!(Account::reset(&ledger, own, &account.id, "忘了").await.is_err(), "not one's own");
        let machine = || Actor::Operator("root".into());
        assert!(Account::reset(&ledger, machine(), &account.id, " ").await.is_err(), "no reason");
        let fresh =
            Account::reset(&ledger, machine(), &account.id, "本人到场").await.expect("reset");
        assert!(!is_known(&ledger, &cookie).await);
        assert!(sign_in::with_password(&ledger, LOGIN, NEW, &origin()).await.is_err());
        let begun = sign_in::with_password(&ledger, LOGIN, &fresh, &origin()).await.expect("taken");
        assert_eq!(session(&ledger, &begun).await.step, Step::Enrol);
        let invented = identity::Invented {
            name: "演".into(),
            login: "yan.shi".into(),
            digest: secret::password_digest(NEW).await.expect("a digest"),
            secret: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ".into(),
        };
        let mut desk = ledger.desk(machine()).await.expect("a desk");
        Person::invent(&mut desk, &[invented]).await.expect("invented");
        desk.seal().await.expect("sealed");
        assert!(sign_in::with_password(&ledger, "yan.shi", NEW, &origin()).await.is_err());
        let demo = Origin { demo: true, ..origin() };
        assert!(sign_in::with_password(&ledger, "yan.shi", NEW, &demo).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn the_database_holds_neither_passwords_nor_cookies_nor_recovery_codes() {
    on_both(async |place| {
        let ledger = at(&place, SignedDuration::ZERO).await;
        let (cookie, _, codes) = first_time(&ledger).await;
        for (table, column, secret) in [
            ("session", "digest", cookie.as_str()),
            ("account", "password", NEW),
            ("account_recovery", "digest", codes[1].as_str()),
            ("ledger_event", "facts", NEW),
            ("ledger_event", "facts", cookie.as_str()),
        ] {
            let sql = format!("SELECT count(*) FROM {table} WHERE {column} LIKE $1");
            let found = ledger.store().number(&sql, vec![format!("%{secret}%").into()]).await;
            assert_eq!(found.expect("asks"), Some(0), "{table}.{column}");
        }
        assert_eq!(Profile::in_force(ledger.store()).await.expect("asks"), Profile::Dengbao3);
    })
    .await;
}

/// Welch's t over the times of signing in with an unknown login and with a wrong password.
#[tokio::test]
async fn a_wrong_password_takes_as_long_as_an_unknown_login() {
    let folder = std::env::temp_dir().join(format!("entering-time-{}", std::process::id()));
    let ledger = at(&Place::File(folder.join("a.db")), SignedDuration::ZERO).await;
    register(&ledger).await;
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for round in 0..24 {
        let place = Origin { address: format!("192.0.2.{round}"), ..origin() };
        for (login, times) in
            [(LOGIN.to_owned(), &mut known), (format!("n{round}.body"), &mut unknown)]
        {
            let clear = ledger.store().begin().await.expect("begins");
            clear.run("DELETE FROM sign_in_address", vec![]).await.expect("cleared");
            clear.commit().await.expect("commits");
            let began = Instant::now();
            sign_in::with_password(&ledger, &login, "wrong", &place).await.expect_err("refused");
            times.push(began.elapsed().as_secs_f64());
        }
    }
    std::fs::remove_dir_all(folder).ok();
    for times in [&mut known, &mut unknown] {
        times.sort_by(f64::total_cmp);
        // Others use this machine: the slowest third says nothing.
        times.truncate(16);
    }
    let mean = |times: &[f64]| times.iter().sum::<f64>() / times.len() as f64;
    let (one, other) = (mean(&known), mean(&unknown));
    assert!((one - other).abs() < 0.5 * one.max(other), "{one} against {other} seconds");
}
