//! The access policy: every cell of the table, by the real guard.

use std::path::PathBuf;
use std::process::Command;

use identity::powers::trial::{Stage, cells_of, proposed_cells};
use identity::powers::{Asking, Chart, Condition, Policy, Relation, TEXTS, Tie, Verdict};
use identity::{Level, Organ, Role};

/// The policy as it was written, where it lies beside the repository.
fn shared() -> Option<PathBuf> {
    let place = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/access-policy");
    let found = PathBuf::from(place);
    if found.is_dir() {
        return Some(found);
    }
    store::testing::skipped("没有 ../shared/data/access-policy, 没有与原表比较");
    None
}

#[test]
fn the_tables_are_those_that_were_written_from_the_law() {
    assert!(Policy::read(TEXTS).is_ok());
    let Some(shared) = shared() else { return };
    for (name, own) in [
        ("acts.csv", TEXTS.acts),
        ("roles.csv", TEXTS.roles),
        ("policy.csv", TEXTS.policy),
        ("sod.csv", TEXTS.separations),
        ("never.csv", TEXTS.never),
        ("relations.csv", include_str!("../policy/relations.csv")),
        ("conditions.csv", include_str!("../policy/conditions.csv")),
    ] {
        let theirs = std::fs::read_to_string(shared.join(name)).expect("a table");
        assert!(own == theirs, "policy/{name} differs from the table that was given");
    }
}

#[test]
fn nobody_may_what_the_table_refuses_and_everybody_may_what_it_allows() {
    let Some(shared) = shared() else { return };
    let told = Command::new("python3").arg(shared.join("check.py")).arg("--cells").output();
    let told = told.expect("python3 runs").stdout;
    let mut cells = cells_of(&String::from_utf8(told).expect("text")).expect("cells");
    assert_eq!(cells.len(), 252 * 29 * 8);
    cells.extend(proposed_cells());
    let stage = Stage::default();
    let mut outcome = stage.try_cells(&cells);
    stage.try_pairs(&mut outcome);
    let empty = Vec::<String>::new();
    assert_eq!((&outcome.unexpected_allow, &outcome.unexpected_deny), (&empty, &empty));
    assert!(outcome.broken >= 9_657 && outcome.broken == outcome.refused_when_broken);
    assert_eq!(outcome.pairs, Policy::of_house().separations().len());
}

#[test]
fn what_nobody_may_do_is_no_act() {
    let policy = Policy::of_house();
    assert_eq!(policy.never().len(), 16);
    for (word, _) in policy.never() {
        assert!(policy.act(word).is_none(), "{word}");
        assert!(Role::all().all(|role| !policy.ever(word, role)), "{word}");
    }
}

#[test]
fn an_act_that_is_in_no_table_is_refused_to_everybody() {
    let policy = Policy::of_house();
    for role in Role::all() {
        for relation in Relation::all() {
            assert_eq!(policy.decide("record.improvise", role, relation), Verdict::Refused);
        }
    }
}

fn organ(code: &str, role: &str, level: Level, division: &str, remit: &[&str]) -> Organ {
    Organ {
        code: code.into(),
        name: code.into(),
        short_name: code.into(),
        kind: "department".into(),
        role: role.into(),
        level,
        division: division.into(),
        valid_from: None,
        valid_to: None,
        successor: None,
        remit: remit.iter().map(|domain| (*domain).to_owned()).collect(),
        address: None,
        postcode: None,
        hours: None,
        phone: None,
        note: None,
    }
}

#[test]
fn for_two_organs_exactly_one_tie_holds_and_it_is_the_mirror_of_the_other() {
    use Level::{City, District, Township};
    let (city, siming, haicang) = ("350200000000", "350203000000", "350205000000");
    let (xiagang, songyu) = ("350203001000", "350205010000");
    let all = [
        organ("市政府", "government", City, city, &[]),
        organ("市府办", "office", City, city, &[]),
        organ("市民政局", "civil_affairs", City, city, &["yanglaofuwu"]),
        organ("市档案馆", "archive", City, city, &[]),
        organ("思明区政府", "government", District, siming, &[]),
        organ("思明区民政局", "civil_affairs", District, siming, &[]),
        organ("思明区财政局", "finance", District, siming, &[]),
        organ("海沧区民政局", "civil_affairs", District, haicang, &[]),
        organ("厦港街道", "town", Township, xiagang, &[]),
        organ("嵩屿街道", "town", Township, songyu, &[]),
    ];
    let find = |name: &str| all.iter().find(|organ| organ.name == name).expect("an organ");
    let tie = |one: &str, other: &str| Relation::between((find(one), ""), (find(other), ""));
    for (one, other, expected) in [
        ("市政府", "思明区财政局", Relation::ParentOrgan),
        ("市政府", "市府办", Relation::ParentOrgan),
        ("市府办", "市民政局", Relation::ParentOrgan),
        ("市府办", "市府办", Relation::OwnOrgan),
        ("市民政局", "思明区民政局", Relation::ParentOrgan),
        ("市民政局", "厦港街道", Relation::ParentOrgan),
        ("市民政局", "市档案馆", Relation::SameCityOtherDept),
        ("市档案馆", "思明区民政局", Relation::SameCityOtherDept),
        ("思明区政府", "思明区民政局", Relation::ParentOrgan),
        ("思明区政府", "厦港街道", Relation::ParentOrgan),
        ("思明区政府", "嵩屿街道", Relation::SiblingDistrict),
        ("思明区民政局", "海沧区民政局", Relation::SiblingDistrict),
        ("思明区民政局", "思明区财政局", Relation::SameCityOtherDept),
        ("厦港街道", "嵩屿街道", Relation::SiblingDistrict),
        ("思明区民政局", "市政府", Relation::ChildOrgan),
    ] {
        assert_eq!(tie(one, other), expected, "{one} {other}");
    }
    for one in &all {
        for other in &all {
            let (there, back) = (tie(&one.name, &other.name), tie(&other.name, &one.name));
            let mirror = match there {
                Relation::ParentOrgan => Relation::ChildOrgan,
                Relation::ChildOrgan => Relation::ParentOrgan,
                same => same,
            };
            assert_eq!(back, mirror, "{} {}", one.name, other.name);
        }
    }
}

#[test]
fn a_stand_in_is_bound_by_what_either_of_the_two_has_done() {
    let stage = Stage::default();
    let tie = |by: &str| stage.object("record.approve", Relation::OwnOrgan, &[]).0.by(by);
    for (instead_of, author, may) in [
        (None, "wang", true),
        (None, "person-of-the-trial", false),
        (Some("li"), "wang", true),
        (Some("li"), "li", false),
        (Some("li"), "person-of-the-trial", false),
    ] {
        let standing = stage.standing(Role::Approver, instead_of);
        assert_eq!(stage.may(&standing, true, "record.approve", &tie(author)), may, "{author}");
    }
}

#[test]
fn a_refusal_says_who_may_and_on_what_basis() {
    let stage = Stage::default();
    let standing = stage.standing(Role::Drafter, None);
    let chart = Chart::of(vec![standing.organ.clone()], None);
    let asking = Asking { standing: &standing, fresh: true };
    let tie = Tie::to(standing.organ.code.clone());
    let denied = asking.may(&chart, "catalogue.approve", &tie).expect_err("refused");
    let said = denied.words(&standing).join("\n");
    for words in [
        "审定或退回目录版本",
        "经办人",
        "本机关（A-MZ）和同一机关其他科室的签发人（负责人）",
        "依据：厦府办〔2020〕67号第一部分第（二）点",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let standing = stage.standing(Role::Approver, None);
    let asking = Asking { standing: &standing, fresh: false };
    let denied = asking.may(&chart, "catalogue.approve", &tie).expect_err("refused");
    assert_eq!(denied.missing, [Condition::Reauth]);
    assert!(denied.words(&standing)[0].contains("重新双因素认证"));
}
