//! 公开主体 that is no known organ of the place (条例第十条).

use super::finding::{Finding, Row, Rule};
use crate::reading::text::bare;

/// Names that stand for every body of a kind below: each town, street office or village.
const COLLECTIVE: &[&str] = &[
    "镇人民政府",
    "乡人民政府",
    "乡镇人民政府",
    "乡（镇）人民政府",
    "镇（街）",
    "镇街",
    "街道办事处",
    "乡镇（街道）",
    "镇（街道）",
    "镇人民政府（街道办事处）",
    "乡镇人民政府（街道办事处）",
    "乡镇人民政府、街道办事处",
    "村民委员会",
    "居民委员会",
    "村委会",
    "居委会",
    "村（居）委会",
    "村（居）民委员会",
    "村（社区）",
];

/// What a place's name ends with.
const PLACES: [char; 8] = ['省', '市', '区', '县', '旗', '镇', '乡', '道'];

/// The bodies named that are none of `organs`, by their full and short names.
pub(super) fn check<'a>(row: &'a Row<'a>, organs: &[String]) -> Vec<Finding> {
    let unknown = row.item.subjects.iter().filter(|subject| !is_known(subject, organs));
    unknown
        .map(|subject| {
            let message = format!("“{subject}”不是本级现有的机关");
            let remedy = "写机关表中的名称；已经改名或者撤销的，写承继其职能的机关";
            row.finding(Rule::UnknownBody, message, remedy)
        })
        .collect()
}

fn is_known(subject: &str, organs: &[String]) -> bool {
    let subject = bare(subject);
    let each = subject.strip_prefix('各').unwrap_or(&subject);
    let collective = COLLECTIVE.iter().any(|name| bare(name) == each);
    collective || organs.iter().any(|organ| goes_by(&bare(organ), &subject))
}

/// Whether an organ goes by a name: its own, or its own without the place in front, so that
/// 厦门市思明区民政局 is also 思明区民政局, 区民政局 and 民政局.
fn goes_by(organ: &str, name: &str) -> bool {
    let Some(place) = organ.strip_suffix(name) else { return false };
    let begins_with_place = name.starts_with(PLACES);
    place.is_empty() || place.ends_with(PLACES) || begins_with_place
}

#[cfg(test)]
mod tests {
    use super::is_known;

    #[test]
    fn an_organ_is_known_with_and_without_its_place_and_no_other_is() {
        let organs =
            ["厦门市思明区民政局", "思明区人社局", "厦门市思明区人民政府"].map(String::from);
        for (name, known) in [
            ("厦门市思明区民政局", true),
            ("思明区民政局", true),
            ("区民政局", true),
            ("民政局", true),
            ("思明区人社局", true),
            ("人社局", true),
            ("区人民政府", true),
            ("各镇人民政府（街道办事处）", true),
            ("村(居)委会", true),
            ("政局", false),
            ("湖里区民政局", false),
            ("市民政局", false),
            ("区旅游局", false),
            ("", false),
        ] {
            assert_eq!(is_known(name, &organs), known, "{name}");
        }
    }
}
