//! Which way the arrows between crates run (ARCHITECTURE.md).

use super::finding::Finding;
use super::graph::{Dependency, Floor, Graph, Member};
use super::house::House;

/// What a crate of the two lowest floors may build on besides each other. Rules are shown to
/// courts: nothing in them may read a file, a clock or a network.
const PURE: &[&str] = &["jiff", "serde", "thiserror"];

/// `law` may besides take apart the text of an arrangement that it is handed as JSON.
const PURE_IN_LAW: &[&str] = &["serde_json"];

/// Every crate stands on a floor and uses only what lies below it.
pub fn check(house: &House) -> Vec<Finding> {
    let mut findings = Vec::new();
    for member in &house.graph.members {
        let Some(floor) = Floor::of(&member.folder) else {
            findings.push(Finding::broken(
                &member.folder,
                "不在任何楼层上",
                "放进 law, affairs/名字, affairs/名字/rules, platform/名字 之一",
            ));
            continue;
        };
        for dependency in &member.dependencies {
            findings.extend(arrow(&house.graph, member, floor, dependency));
        }
    }
    findings
}

fn arrow(graph: &Graph, from: &Member, floor: Floor, dependency: &Dependency) -> Option<Finding> {
    let Some(to) = graph.member(&dependency.name) else {
        return impure(from, floor, dependency);
    };
    let place = format!("{}/Cargo.toml", from.folder);
    let words = format!("{} → {}", from.name, to.name);
    let lower = Floor::of(&to.folder)?;
    if floor == Floor::Room && lower == Floor::Room {
        return Some(Finding::broken(
            place,
            format!("房间提到了房间 {words}"),
            "把发生的事记进 ledger, 让另一个房间去听; 几个房间共有的页面由 server 拼成",
        ));
    }
    (!may_use(floor, lower)).then(|| {
        Finding::broken(place, format!("箭头反了 {words}"), "只依赖下面的楼层, 见 ARCHITECTURE.md")
    })
}

fn may_use(from: Floor, to: Floor) -> bool {
    match from {
        Floor::Law => false,
        Floor::Rules => matches!(to, Floor::Law | Floor::Rules),
        Floor::Platform => matches!(to, Floor::Law | Floor::Platform),
        Floor::Room => to < Floor::Room,
        Floor::Server => to < Floor::Server,
        Floor::Outside => true,
    }
}

/// Tests of the pure floors may use more: they are not shown to a court.
fn impure(from: &Member, floor: Floor, dependency: &Dependency) -> Option<Finding> {
    let pure = floor > Floor::Rules
        || dependency.kind.as_deref() == Some("dev")
        || PURE.contains(&dependency.name.as_str())
        || floor == Floor::Law && PURE_IN_LAW.contains(&dependency.name.as_str());
    (!pure).then(|| {
        Finding::broken(
            format!("{}/Cargo.toml", from.folder),
            format!("{} 用了 {}", from.name, dependency.name),
            "law 和 rules 只用 law, jiff, serde, thiserror; 需要读写的事放到房间里",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `cargo metadata` would print for a house with one arrow.
    fn findings(from: &str, to: &str, kind: Option<&str>) -> Vec<Finding> {
        let row = |folder: &str, dependencies: serde_json::Value| {
            serde_json::json!({
                "name": folder.replace('/', "-"), "version": "0.1.0", "license": "Apache-2.0",
                "source": null, "manifest_path": format!("/house/{folder}/Cargo.toml"),
                "dependencies": dependencies,
            })
        };
        let dependency = serde_json::json!([{ "name": to.replace('/', "-"), "kind": kind }]);
        let mut packages = vec![row(from, dependency)];
        if to.contains('/') || ["law", "server", "journeys"].contains(&to) {
            packages.push(row(to, serde_json::json!([])));
        }
        let json = serde_json::json!({ "workspace_root": "/house", "packages": packages });
        let graph = Graph::read(&json.to_string()).expect("a fixture is valid metadata");
        check(&House { graph, ..House::default() })
    }

    #[test]
    fn an_arrow_that_points_upwards_or_across_is_a_broken_rule() {
        for (from, to) in [
            ("law", "platform/store"),
            ("affairs/catalogue/rules", "platform/store"),
            ("affairs/catalogue/rules", "affairs/catalogue"),
            ("platform/web", "affairs/sites"),
            ("platform/web", "affairs/sites/rules"),
            ("affairs/sites", "affairs/catalogue"),
            ("affairs/sites", "server"),
            ("server", "journeys"),
            ("affairs/catalogue/rules", "tokio"),
            ("affairs/catalogue/rules", "serde_json"),
            ("law", "sea-orm"),
            ("elsewhere", "law"),
        ] {
            assert!(!findings(from, to, None).is_empty(), "{from} → {to} passed");
        }
    }

    #[test]
    fn an_arrow_that_points_downwards_is_fine() {
        for (from, to) in [
            ("affairs/catalogue/rules", "law"),
            ("affairs/village/rules", "affairs/catalogue/rules"),
            ("platform/ledger", "platform/store"),
            ("affairs/sites", "affairs/sites/rules"),
            ("affairs/sites", "platform/web"),
            ("affairs/sites", "tokio"),
            ("server", "affairs/sites"),
            ("journeys", "server"),
            ("law", "jiff"),
            ("law", "serde_json"),
        ] {
            let found = findings(from, to, None);
            assert!(found.is_empty(), "{from} → {to}: {found:?}");
        }
    }

    #[test]
    fn a_test_of_a_rule_may_use_a_test_tool_but_not_a_room() {
        assert!(findings("law", "proptest", Some("dev")).is_empty());
        assert!(!findings("law", "affairs/sites", Some("dev")).is_empty());
    }
}
