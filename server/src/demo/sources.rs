//! 来源 of the demo's rows, said plainly: the files in `server/demo` keep what their collector noted
//! beside a place and a row; the portal shows the place alone.

use catalogue_rules::Item;

/// The column in which a row says what is peculiar to it.
pub(super) const NOTE: &str = "说明";

/// The column that names the place a row was taken from.
const PLACE: &str = "来源地区";

/// What stands for a place that is not known.
const UNKNOWN: &str = "地点未载明";

/// Leaves of a row's source the place alone.
pub(super) fn plainly(item: &mut Item) {
    item.extra.remove(NOTE);
    if let Some(place) = item.extra.get_mut(PLACE) {
        *place = place_alone(place);
    }
}

/// A place without what was noted beside it; the name of the site it was found on stays.
fn place_alone(noted: &str) -> String {
    let mut alone = String::new();
    for (at, part) in noted.split('（').enumerate() {
        let (note, rest) = match part.split_once('）') {
            Some((note, rest)) if at > 0 => (note, rest),
            _ => ("", part),
        };
        if !note.is_empty() && note.is_ascii() {
            alone.push_str(&format!("（{note}）"));
        }
        alone.push_str(rest);
    }
    if alone.trim().is_empty() { UNKNOWN.into() } else { alone }
}

#[cfg(test)]
mod tests {
    use super::place_alone;
    use crate::demo::files;

    #[test]
    fn a_place_stands_without_the_collectors_remarks() {
        for (noted, place) in [
            ("汕头市潮阳区（被劫持镜像）", "汕头市潮阳区"),
            ("（文库PDF）", "地点未载明"),
            ("（文库）廉庄镇试点领域目录汇编.doc", "廉庄镇试点领域目录汇编.doc"),
            ("云南某县某乡（ynfq.gov.cn）", "云南某县某乡（ynfq.gov.cn）"),
            ("永州市（样板）/宁远县", "永州市/宁远县"),
            ("盖州市", "盖州市"),
        ] {
            assert_eq!(place_alone(noted), place);
        }
    }

    #[test]
    fn no_place_in_the_files_keeps_a_remark() {
        let mut rows = 0;
        for (name, text) in files::CATALOGUES {
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            let at = reader.headers().expect("headings").iter().position(|one| one == super::PLACE);
            let at = at.expect("the column");
            for row in reader.records() {
                let place = place_alone(&row.expect("a row")[at]);
                for word in ["镜像", "劫持", "文库", "路径", "脱敏"] {
                    assert!(!place.contains(word), "{name}: {place}");
                }
                rows += 1;
            }
        }
        assert!(rows > 500, "{rows}");
    }
}
