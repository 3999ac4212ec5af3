//! Persons, posts, grants and stand-ins on either engine: what is two persons' work is never one's.

use identity::{
    Account, AuditExport, Grant, Organ, Person, Post, Proposal, Refusal, Registration, Role,
    SettingChange, Stage, StandIn, Standing, Unit, import_divisions, import_organs,
};
use law::{Date, day};
use ledger::{Actor, Clock, Ledger};
use store::{Migrations, Store};

const DIVISIONS: &str = "code,name,level,parent,slug
350200000000,厦门市,city,,xiamen
350203000000,思明区,district,350200000000,siming
";
const ORGANS: &str = "code,name,short_name,kind,role,level,division
S-ZF,厦门市人民政府,市政府,government,government,city,350200000000
A-MZ,思明区民政局,区民政局,department,civil_affairs,district,350203000000
";

/// The day of all these tests.
const TODAY: Date = day(2026, 11, 26);

async fn on_both(check: impl AsyncFn(Ledger)) {
    let all = [jobs::MIGRATIONS, identity::MIGRATIONS, ledger::MIGRATIONS];
    let migrations = Migrations::of(all.into_iter().flatten().copied());
    store::testing::on_both("duties", async |place| {
        let store = Store::open(&place, &migrations).await.expect("opens");
        let at = "2026-11-26T02:00:00Z".parse().expect("a moment");
        let ledger = Ledger::open(store, Clock::Fixed(at), vec![]).await.expect("a ledger");
        let change = ledger.store().begin().await.expect("begins");
        import_divisions(&change, DIVISIONS).await.expect("divisions");
        import_organs(&change, ORGANS).await.expect("organs");
        change.commit().await.expect("commits");
        check(ledger).await;
    })
    .await;
}

fn machine() -> Actor {
    Actor::Operator("root".into())
}

async fn person(ledger: &Ledger, name: &str) -> String {
    let new = Registration {
        name: name.into(),
        document: format!("3502031990{name}"),
        login: format!(
            "login.{}",
            ledger
                .store()
                .number("SELECT count(*) FROM person", vec![])
                .await
                .expect("asks")
                .unwrap_or_default()
        ),
        organ: "S-ZF".into(),
    };
    Person::register(ledger, machine(), &new).await.expect("registered").person
}

fn proposal(person: &str, organ: &str, role: Role) -> Proposal {
    Proposal {
        person: person.into(),
        organ: organ.into(),
        unit: String::new(),
        role,
        from: TODAY,
        until: None,
        reason: "任职文件".into(),
    }
}

/// Two security administrators, appointed at the machine.
async fn administrators(ledger: &Ledger) -> (String, String) {
    let (one, other) = (person(ledger, "安一").await, person(ledger, "安二").await);
    for administrator in [&one, &other] {
        Grant::appoint_first(ledger, machine(), administrator, "S-ZF").await.expect("appointed");
        let again = Grant::appoint_first(ledger, machine(), administrator, "S-ZF").await;
        let again = again.expect_err("one person is not both").to_string();
        assert!(again.contains("另一个人") || again.contains("已经任命两名"), "{again}");
    }
    (one, other)
}

async fn granted(ledger: &Ledger, by: (&str, &str), wish: &Proposal) -> Result<String, Refusal> {
    let desk = ledger.desk(Actor::Person(by.0.into())).await.expect("a desk");
    let id = Grant::propose(desk, by.0, wish).await?;
    let desk = ledger.desk(Actor::Person(by.1.into())).await.expect("a desk");
    Grant::confirm(desk, by.1, &id).await
}

fn said(refusal: Refusal) -> String {
    refusal.to_string()
}

#[tokio::test]
async fn nobody_is_registered_twice_however_the_document_is_written_and_no_number_is_kept() {
    on_both(async |ledger| {
        let new = |name: &str, document: &str, login: &str| Registration {
            name: name.into(),
            document: document.into(),
            login: login.into(),
            organ: "S-ZF".into(),
        };
        let first = new("林秀英", "35020319900101001x", "lin");
        Person::register(&ledger, machine(), &first).await.expect("registered");
        for (again, words) in [
            (new("林秀英", "350203 19900101 001X", "lin2"), "已经登记过"),
            (new("王五", "350203199001010028", "LIN"), "已有人用"),
            (new("", "350203199001010028", "wang"), "没有写姓名"),
            (new("王五", "350203199001010028", "王五"), "登录名不合适"),
        ] {
            let refused = Person::register(&ledger, machine(), &again).await.expect_err("refused");
            assert!(said(refused).contains(words), "{words}");
        }
        let all = Person::all(ledger.store()).await.expect("asks");
        assert_eq!(all.len(), 1, "nothing of what was refused is there");
        let kept = "SELECT count(*) FROM person WHERE document_mark LIKE '%350203%'";
        assert_eq!(ledger.store().number(kept, vec![]).await.expect("asks"), Some(0));
    })
    .await;
}

use store::Statements;

#[tokio::test]
async fn a_post_is_given_by_two_administrators_neither_of_whom_it_concerns() {
    on_both(async |ledger| {
        let (one, other) = administrators(&ledger).await;
        let third = person(&ledger, "第三").await;
        let refused = Grant::appoint_first(&ledger, machine(), &third, "S-ZF").await;
        assert!(said(refused.expect_err("two are enough")).contains("首任安全管理员已经任命两名"));
        let wish = proposal(&third, "A-MZ", Role::CatalogueEditor);
        // The same person, by whatever account: told apart by the natural person alone.
        Account::open(&ledger, machine(), &one, "an.yi.er").await.expect("a second account");
        let refused = granted(&ledger, (&one, &one), &wish).await.expect_err("refused");
        assert!(said(refused).contains("不能自己批准"));
        let own = proposal(&one, "S-ZF", Role::SecurityAdmin);
        let refused = granted(&ledger, (&one, &other), &own).await.expect_err("refused");
        assert!(said(refused).contains("不能给自己"));
        let theirs = proposal(&other, "S-ZF", Role::SecurityAdmin);
        let refused = granted(&ledger, (&one, &other), &theirs).await.expect_err("refused");
        assert!(said(refused).contains("不能批准给自己"));
        assert!(Standing::all_of(ledger.store(), &third, TODAY).await.expect("asks").is_empty());
        let waiting = Grant::waiting(ledger.store()).await.expect("asks");
        let waits = waiting.iter().find(|grant| grant.proposal == wish).expect("it waits still");
        let desk = ledger.desk(Actor::Person(other.clone())).await.expect("a desk");
        let post = Grant::confirm(desk, &other, &waits.id).await.expect("confirmed");
        let standing = Standing::all_of(ledger.store(), &third, TODAY).await.expect("asks");
        assert_eq!(standing.len(), 1);
        assert_eq!(
            (standing[0].post.as_str(), standing[0].role),
            (post.as_str(), Role::CatalogueEditor)
        );
        let desk = ledger.desk(Actor::Person(other.clone())).await.expect("a desk");
        let again = Grant::confirm(desk, &other, &waits.id).await.expect_err("once only");
        assert!(said(again).contains("已经有人办理"));
        let events = ledger.events_on(&third).await.expect("asks");
        let acts: Vec<&str> = events.iter().map(|event| event.act.as_str()).collect();
        assert_eq!(acts, ["person", "grant_proposal", "grant"]);
        let desk = ledger.desk(Actor::Person(one.clone())).await.expect("a desk");
        Post::revoke(desk, &post, "轮岗").await.expect("one is enough to take back");
        assert!(Standing::all_of(ledger.store(), &third, TODAY).await.expect("asks").is_empty());
    })
    .await;
}

#[tokio::test]
async fn roles_that_never_meet_in_one_person_do_not_meet_by_grant_nor_as_stand_in() {
    on_both(async |ledger| {
        let (one, other) = administrators(&ledger).await;
        let by = (one.as_str(), other.as_str());
        for (role, organ, words) in [
            (Role::SystemAdmin, "S-ZF", "不能既是"),
            (Role::AuditAdmin, "S-ZF", "不能既是"),
            (Role::Approver, "S-ZF", "不能既是"),
        ] {
            let third = person(&ledger, &format!("审{}", role.word())).await;
            granted(&ledger, by, &proposal(&third, "S-ZF", Role::Auditor)).await.expect("auditor");
            let refused = granted(&ledger, by, &proposal(&third, organ, role)).await;
            if role == Role::AuditAdmin {
                refused.expect("an auditor may keep the audit as well");
            } else {
                assert!(said(refused.expect_err("refused")).contains(words), "{role}");
            }
        }
        let editor = person(&ledger, "编").await;
        for (role, organ, words) in [
            (Role::SystemAdmin, "A-MZ", "不设"),
            (Role::Visitor, "A-MZ", "不是岗位"),
            (Role::VillageClerk, "A-MZ", "不设"),
        ] {
            let refused = granted(&ledger, by, &proposal(&editor, organ, role)).await;
            assert!(said(refused.expect_err("refused")).contains(words), "{role}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_stand_in_is_agreed_to_by_a_third_person_holds_for_its_period_and_ends_with_the_post() {
    on_both(async |ledger| {
        let (one, other) = administrators(&ledger).await;
        let by = (one.as_str(), other.as_str());
        let holder = person(&ledger, "签").await;
        let colleague = person(&ledger, "同").await;
        let head = person(&ledger, "另签").await;
        let post = granted(&ledger, by, &proposal(&holder, "A-MZ", Role::Approver)).await;
        let post = post.expect("a post");
        granted(&ledger, by, &proposal(&colleague, "A-MZ", Role::FoiHead)).await.expect("a post");
        granted(&ledger, by, &proposal(&head, "A-MZ", Role::Approver)).await.expect("a post");
        let desk = async |who: &str| ledger.desk(Actor::Person(who.into())).await.expect("a desk");
        let period = (day(2026, 11, 27), day(2026, 11, 30));
        for (by, to, period, reason, words) in [
            (&colleague, &colleague, period, "外出", "只能为本人的岗位"),
            (&holder, &holder, period, "外出", "不能代理本人"),
            (&holder, &one, period, "外出", "须是本机关"),
            (&holder, &colleague, (day(2026, 11, 25), day(2026, 11, 30)), "外出", "期限不对"),
            (&holder, &colleague, (day(2026, 11, 28), day(2026, 11, 27)), "外出", "期限不对"),
            (&holder, &colleague, period, "  ", "没有写代理的理由"),
        ] {
            let asked = StandIn::propose(desk(by).await, by, (&post, to), period, reason).await;
            assert!(said(asked.expect_err("refused")).contains(words), "{words}");
        }
        let to = (post.as_str(), colleague.as_str());
        let id = StandIn::propose(desk(&holder).await, &holder, to, period, "外出").await;
        let id = id.expect("proposed");
        for involved in [&holder, &colleague] {
            let decided = StandIn::decide(desk(involved).await, involved, &id, true, "同意").await;
            assert!(said(decided.expect_err("refused")).contains("不能自己批准"));
        }
        let on = async |day| Standing::all_of(ledger.store(), &colleague, day).await.expect("asks");
        assert_eq!(on(day(2026, 11, 28)).await.len(), 1, "it waits");
        StandIn::decide(desk(&head).await, &head, &id, true, "同意").await.expect("agreed");
        for (day, posts) in [
            (day(2026, 11, 26), 1),
            (day(2026, 11, 27), 2),
            (day(2026, 11, 30), 2),
            (day(2026, 12, 1), 1),
        ] {
            assert_eq!(on(day).await.len(), posts, "{day}");
        }
        let standing = on(day(2026, 11, 28)).await;
        let instead = standing.iter().find(|one| one.stands_in_for.is_some()).expect("stands in");
        let bound: Vec<&str> = instead.persons().collect();
        assert_eq!(
            (instead.role, bound),
            (Role::Approver, vec![colleague.as_str(), holder.as_str()])
        );
        Post::revoke(desk(&one).await, &post, "调离").await.expect("taken back");
        assert_eq!(on(day(2026, 11, 28)).await.len(), 1, "the stand-in ends with the post");
        let found = StandIn::find(ledger.store(), &id).await.expect("asks").expect("is kept");
        assert_eq!(found.stage, Stage::Confirmed);
    })
    .await;
}

#[tokio::test]
async fn units_settings_and_exports_need_a_second_person_too() {
    on_both(async |ledger| {
        let (one, other) = administrators(&ledger).await;
        let desk = async |who: &str| ledger.desk(Actor::Person(who.into())).await.expect("a desk");
        let unit =
            Unit::establish(desk(&one).await, "A-MZ", "法规科", "三定方案").await.expect("a unit");
        let refused = Unit::confirm(desk(&one).await, &one, &unit, "三定方案").await;
        assert!(said(refused.expect_err("refused")).contains("不能自己确认"));
        let third = person(&ledger, "三").await;
        let wish = Proposal { unit: unit.clone(), ..proposal(&third, "A-MZ", Role::Drafter) };
        let refused = granted(&ledger, (&one, &other), &wish).await.expect_err("not confirmed");
        assert!(said(refused).contains("还没有确认"));
        Unit::confirm(desk(&other).await, &other, &unit, "三定方案").await.expect("confirmed");
        granted(&ledger, (&one, &other), &wish).await.expect("a post in the unit");
        let change = SettingChange::propose(desk(&one).await, &one, "asvs", "按单位制度").await;
        let change = change.expect("proposed");
        let refused = SettingChange::decide(desk(&one).await, &one, &change, true).await;
        assert!(said(refused.expect_err("refused")).contains("不能自己批准"));
        let profile = async || identity::Profile::in_force(ledger.store()).await.expect("asks");
        assert_eq!(profile().await, identity::Profile::Dengbao3);
        SettingChange::decide(desk(&other).await, &other, &change, true).await.expect("agreed");
        assert_eq!(profile().await, identity::Profile::Asvs);
        let period = (day(2026, 1, 1), day(2026, 12, 31));
        let export = AuditExport::request(desk(&third).await, &third, period, "审计").await;
        let export = export.expect("asked for");
        let refused = AuditExport::decide(desk(&third).await, &third, &export, true).await;
        assert!(said(refused.expect_err("refused")).contains("不能自己批准"));
        AuditExport::decide(desk(&one).await, &one, &export, true).await.expect("agreed");
        let found = AuditExport::find(ledger.store(), &export).await.expect("asks");
        assert_eq!(found.expect("is kept").agreed, Some(true));
    })
    .await;
}

#[tokio::test]
async fn what_is_proposed_in_the_stead_of_another_is_agreed_to_by_neither_of_the_two() {
    on_both(async |ledger| {
        let (one, other) = administrators(&ledger).await;
        let (third, whom) = (person(&ledger, "代").await, person(&ledger, "受").await);
        let posts = Post::of_person(ledger.store(), &one).await.expect("asks");
        let post = posts[0].id.as_str();
        let at = async |who: &str, post: &str| {
            let actor = match post {
                "" => Actor::Person(who.into()),
                post => Actor::Officer { person: who.into(), post: post.into() },
            };
            ledger.desk(actor).await.expect("a desk")
        };
        let own = proposal(&one, "A-MZ", Role::SecurityAdmin);
        let own = Grant::propose(at(&third, post).await, &third, &own).await;
        assert!(said(own.expect_err("refused")).contains("不能给自己"));
        let wish = proposal(&whom, "A-MZ", Role::Drafter);
        let grant = Grant::propose(at(&third, post).await, &third, &wish).await.expect("proposed");
        let change = SettingChange::propose(at(&third, post).await, &third, "asvs", "按单位制度");
        let change = change.await.expect("proposed");
        let unit = Unit::establish(at(&third, post).await, "A-MZ", "法规科", "三定方案").await;
        let unit = unit.expect("a unit");
        let period = (day(2026, 1, 1), day(2026, 12, 31));
        let export = AuditExport::request(at(&third, post).await, &third, period, "审计").await;
        let export = export.expect("asked for");
        for (who, post) in [(&one, ""), (&third, ""), (&other, post)] {
            let desk = async || at(who, post).await;
            for refused in [
                Grant::confirm(desk().await, who, &grant).await.map(|_| ()),
                Grant::turn_down(desk().await, who, &grant).await,
                SettingChange::decide(desk().await, who, &change, true).await,
                Unit::confirm(desk().await, who, &unit, "三定方案").await,
                AuditExport::decide(desk().await, who, &export, true).await,
            ] {
                assert!(said(refused.expect_err("refused")).contains("不能自己"), "{who} {post}");
            }
        }
        let desk = async || at(&other, "").await;
        Grant::confirm(desk().await, &other, &grant).await.expect("confirmed");
        SettingChange::decide(desk().await, &other, &change, true).await.expect("agreed");
        Unit::confirm(desk().await, &other, &unit, "三定方案").await.expect("confirmed");
        AuditExport::decide(desk().await, &other, &export, true).await.expect("agreed");
    })
    .await;
}

#[tokio::test]
async fn two_administrators_at_the_same_moment_confirm_once() {
    on_both(async |ledger| {
        let (one, other) = administrators(&ledger).await;
        let organ = Organ::find(ledger.store(), "A-MZ").await.expect("asks").expect("an organ");
        for round in 0..5 {
            let third = person(&ledger, &format!("并{round}")).await;
            let desk = ledger.desk(Actor::Person(one.clone())).await.expect("a desk");
            let wish = proposal(&third, &organ.code, Role::Drafter);
            let id = Grant::propose(desk, &one, &wish).await.expect("proposed");
            let confirm = async || {
                let desk = ledger.desk(Actor::Person(other.clone())).await.expect("a desk");
                Grant::confirm(desk, &other, &id).await.is_ok()
            };
            let (first, second) = tokio::join!(confirm(), confirm());
            assert!(first ^ second, "one of two");
            let posts = Post::of_person(ledger.store(), &third).await.expect("asks");
            assert_eq!(posts.len(), 1);
        }
    })
    .await;
}
