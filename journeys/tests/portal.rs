//! What a person does at the portal of the demo city.

use journeys::walk;

#[test]
fn who_looks_for_the_notice_finds_it_and_takes_the_catalogue_home_without_script() {
    walk("notice", "notice.mjs", &[]);
}

#[test]
fn who_walks_away_from_a_machine_in_the_hall_leaves_nothing_behind() {
    walk("kiosk", "kiosk.mjs", &[]);
}

#[test]
fn every_type_of_page_is_open_to_everyone_in_every_mode() {
    walk("barriers", "barriers.mjs", &[]);
}

#[test]
fn other_peoples_validators_find_nothing_on_any_type_of_page_feed_or_site_map() {
    walk("outside", "outside.mjs", &[]);
}

/// Pictures for the README, made anew only when asked for: `just screenshots`.
#[test]
fn screenshots_of_the_main_page_types() {
    if std::env::var_os("GONGKAI_SCREENSHOTS").is_some() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/screenshots");
        walk("screenshots", "screenshots.mjs", &[folder]);
    }
}
