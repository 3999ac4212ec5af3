//! How much of what each rule asks about was looked at.

use law::day;
use sites_rules::inspection::{Logged, Material, Rule, Unread};

use super::{found, message, sound};

#[test]
fn of_every_rule_it_is_told_how_much_was_looked_at_and_what_was_passed_over() {
    let told = |seen: &Material, id: &str| {
        let counted = found(seen).counted.into_iter().find(|one| one.id == id);
        let one = counted.unwrap_or_else(|| panic!("nothing is told of {id}"));
        (one.looked, one.what, one.skipped, one.why)
    };
    let sound = sound();
    let ids: Vec<String> = found(&sound).counted.into_iter().map(|one| one.id).collect();
    assert!(Rule::all().all(|rule| ids.contains(&rule.id())), "{ids:?}");
    for (id, looked, what) in [
        ("V1.wording", 1, "件公开的信息"),
        ("V1.date.shown", 1, "件公开的信息"),
        ("V4.stale", 2, "个栏目"),
        ("V4.long", 1, "个栏目"),
        ("V4.blank", 3, "个栏目"),
        ("V5.unanswered", 1, "件网上咨询"),
        ("guide.name", 6, "份办事指南"),
        ("M2.stale", 1, "个新媒体账号"),
        ("tag.SiteName", 3, "个页面"),
        ("tag.ColumnName", 2, "个页面"),
        ("tag.PubDate", 1, "个页面"),
        ("footer.mark", 3, "个页面"),
        ("link.inside", 12, "条站内链接"),
        ("link.outside", 5, "条站外链接"),
        ("answer.late", 2, "件留言"),
    ] {
        assert_eq!(told(&sound, id), (looked, what, 0, ""), "{id}");
    }
    assert_eq!(told(&sound, "column.own"), (0, "个栏目", 3, "没有另定更新期限"));
    let mut taken_in = sound.published[0].clone();
    (taken_in.logged, taken_in.made_on) = (Logged::TakenIn, None);
    taken_in.address = "/wenjian/2".into();
    let partly = Material {
        published: vec![sound.published[0].clone(), taken_in],
        guides: None,
        messages: vec![message("m1", day(2026, 11, 24), None)],
        tried_outside: false,
        unread: Unread { pages: 7, inside: 120, outside: 3 },
        ..sound
    };
    for (id, looked, skipped, why) in [
        ("V1.date.log", 1, 1, "公开日志里没有它发布的时刻"),
        ("V1.date.made", 1, 1, "没有写成文日期"),
        ("V1.date.shown", 1, 1, "它的页面这次没有读"),
        ("guide.name", 0, 1, "还没有登记办事指南"),
        ("footer.mark", 3, 7, "这次没有轮到，以后几天接着查"),
        ("link.inside", 12, 120, "这次没有轮到，以后几天接着查"),
        ("link.outside", 0, 8, "没有一条有应答，这台机器可能连不上站外"),
        ("answer.late", 1, 1, "没有写答复期限"),
    ] {
        let (seen, _, left, because) = told(&partly, id);
        assert_eq!((seen, left, because), (looked, skipped, why), "{id}");
    }
}
