//! What waits at the register of standards.

use catalogue_rules::standard::Succession;
use identity::Organ;
use law::Date;
use web::address::with_query;
use web::workbench::{Clock, Todo};

use crate::acts::standard;
use crate::store::Holding;
use crate::store::standards::{Conformance, Standard};

/// What waits at the register: catalogues that were held against what has been replaced since, and for
/// a keeper what stands in the place of its standards and is not registered.
pub fn list(
    organ: &Organ,
    own: &[&Holding],
    said: &[Conformance],
    register: &[Standard],
    today: Date,
) -> Vec<Todo> {
    let state = |code: &str| {
        register.iter().find(|one| one.code == code).map(|standard| standard.state(today))
    };
    let todo = |title, detail, path, act| Todo {
        entry: "biaozhun",
        kind: "标准",
        title,
        detail,
        clock: Clock::Open,
        path,
        act,
    };
    let mut todos: Vec<Todo> = Vec::new();
    for one in said.iter().filter(|one| own.iter().any(|own| own.catalogue.id == one.catalogue)) {
        let Succession::By(next) = Succession::of(&one.standard, state) else { continue };
        let again =
            |other: &Conformance| other.catalogue == one.catalogue && other.standard == next;
        if said.iter().any(again) {
            continue;
        }
        let title = format!("{}目录：对照 {next}", one.domain_name);
        let detail = format!("{} 已被代替", one.standard);
        let path = with_query(super::standard::PATH, &[("hao", &next), ("lingyu", &one.domain)]);
        if !todos.iter().any(|known| known.path == path) {
            todos.push(todo(title, detail, path, "去对照"));
        }
    }
    if standard::may_keep(organ, today) {
        for one in register.iter().filter(|one| one.keeper == organ.code) {
            let Succession::Awaited(next) = Succession::of(&one.code, state) else { continue };
            if state(&next).is_none() {
                let path = with_query(super::standards::PATH, &[("dengji", &next)]);
                let detail = format!("代替 {}", one.code);
                todos.push(todo(format!("登记 {next}"), detail, path, "去登记"));
            }
        }
    }
    todos
}

#[cfg(test)]
mod tests {
    use catalogue_rules::standard::{Extent, StandardRank};
    use identity::Level;
    use law::{Date, day};

    use super::*;
    use crate::store::Catalogue;

    fn organ(code: &str, role: &str) -> Organ {
        Organ {
            code: code.into(),
            name: code.into(),
            short_name: code.into(),
            kind: "department".into(),
            role: role.into(),
            level: Level::District,
            division: "350203000000".into(),
            valid_from: None,
            valid_to: None,
            successor: None,
            remit: vec![],
            address: None,
            postcode: None,
            hours: None,
            phone: None,
            note: None,
        }
    }

    fn holding(id: &str) -> Holding {
        let catalogue = Catalogue {
            id: id.into(),
            organ: "A".into(),
            division: "350203000000".into(),
            domain: "jiuye".into(),
            template: None,
            demo: false,
        };
        Holding {
            catalogue,
            domain_name: "就业".into(),
            organ_name: "A".into(),
            place: String::new(),
            live: None,
            items: 0,
            draft: None,
            open: 0,
            open_since: None,
        }
    }

    fn said(catalogue: &str, standard: &str) -> Conformance {
        Conformance {
            standard: standard.into(),
            title: String::new(),
            catalogue: catalogue.into(),
            domain: "jiuye".into(),
            domain_name: "就业".into(),
            organ: "A".into(),
            division: "350203000000".into(),
            extent: Extent::Full,
            note: None,
            assessed_on: "2020-01-01".into(),
        }
    }

    fn standard(code: &str, last: Option<Date>, successor: Option<&str>) -> Standard {
        Standard {
            code: code.into(),
            title: code.into(),
            rank: StandardRank::Local,
            issuer: None,
            valid_from: None,
            valid_to: last,
            successor: successor.map(str::to_owned),
            keeper: "M".into(),
            note: None,
        }
    }

    #[test]
    fn a_replaced_standard_is_a_to_do_of_who_kept_to_it_from_the_day_after_until_they_say_again() {
        let last = day(2026, 11, 24);
        let register = [
            standard("GB 1-2008", Some(last), Some("GB 1-2026")),
            standard("GB 1-2026", None, None),
        ];
        let (ours, theirs) = (holding("ours"), holding("theirs"));
        let old = [said("ours", "GB 1-2008"), said("theirs", "GB 1-2008")];
        let again = [said("ours", "GB 1-2008"), said("ours", "GB 1-2026")];
        let (organ, none) = (organ("A", "employment"), Vec::<String>::new());
        for (own, said, today, titles) in [
            (&ours, &old, day(2026, 11, 24), &none),
            (&ours, &old, day(2026, 11, 25), &vec!["就业目录：对照 GB 1-2026".to_owned()]),
            (&ours, &again, day(2026, 11, 25), &none),
            (&theirs, &again, day(2026, 11, 25), &none),
        ] {
            let todos = list(&organ, &[own], said, &register, today);
            let found: Vec<_> = todos.into_iter().map(|todo| todo.title).collect();
            assert_eq!(&found, titles, "{today}");
        }
    }

    #[test]
    fn a_keeper_is_told_to_register_what_stands_in_the_place_of_its_standard() {
        let register = [standard("GB 1-2008", Some(day(2026, 11, 24)), Some("GB 1-2026"))];
        let today = day(2026, 11, 25);
        for (organ, count) in [("M", 1), ("N", 0)].map(|(code, n)| (organ(code, "market"), n)) {
            let todos = list(&organ, &[], &[], &register, today);
            assert_eq!(todos.len(), count);
            let address = "/gongzuo/biaozhun?dengji=GB%201-2026";
            assert!(todos.iter().all(|todo| todo.path == address), "{todos:?}");
        }
    }
}
