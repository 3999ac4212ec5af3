//! What a clerk does at the command line beside the portal of the demo city.

use std::process::Command;

use journeys::{Portal, program};

#[test]
fn the_demo_city_has_twenty_six_domains_and_every_division_of_xiamen() {
    let portal = Portal::start("stats").unwrap_or_else(|error| panic!("{error:#}"));
    let output = Command::new(program().expect("the portal runs, so it is built"))
        .args(["catalogue", "stats", "--json", "--data"])
        .arg(portal.folder())
        .output()
        .expect("the program starts");
    let said = String::from_utf8_lossy(&output.stdout);
    let stats: serde_json::Value =
        serde_json::from_str(&said).unwrap_or_else(|error| panic!("{error}: {said}"));
    assert_eq!(stats["domains"], 26, "{said}");
    assert_eq!(stats["divisions"], 616, "{said}");
}
