//! 公开主体: which organs the words of a catalogue mean.
//!
//! Words are resolved only where exactly one organ of the place fits, or all its towns are meant;
//! where none of an item's words can be resolved, the organ whose catalogue it is answers for it.

use super::contract::Answerable;
use crate::reading::text::outside_brackets;

/// An organ that words may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownOrgan {
    /// Its code.
    pub code: String,
    /// Its full name.
    pub name: String,
    /// The name people use.
    pub short_name: String,
    /// The division it serves.
    pub division: String,
    /// Whether it is the government itself.
    pub is_government: bool,
    /// Whether it is a town government or a street office.
    pub is_town: bool,
}

/// Where a catalogue is at home.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home {
    /// The organ whose catalogue it is.
    pub organ: String,
    /// The division that organ serves.
    pub division: String,
    /// The names of that division and of those above it: 厦门市, 思明区.
    pub places: Vec<String>,
}

/// The organs that answer for an item, in the order of the words; the catalogue's own organ where
/// the words name none that is known. `organs` are those of the catalogue's division and, below a
/// district, its towns.
pub fn responsible(subjects: &[String], home: &Home, organs: &[KnownOrgan]) -> Vec<Answerable> {
    let mut found: Vec<Answerable> = Vec::new();
    for subject in subjects {
        for organ in meant(subject, home, organs) {
            let answerable =
                Answerable { organ: organ.code.clone(), division: organ.division.clone() };
            if !found.contains(&answerable) {
                found.push(answerable);
            }
        }
    }
    if found.is_empty() {
        found.push(Answerable { organ: home.organ.clone(), division: home.division.clone() });
    }
    found
}

fn meant<'a>(subject: &str, home: &Home, organs: &'a [KnownOrgan]) -> Vec<&'a KnownOrgan> {
    let subject = subject.trim();
    let exact = |organ: &&KnownOrgan| organ.name == subject || organ.short_name == subject;
    if let Some(organ) = organs.iter().find(exact) {
        return vec![organ];
    }
    let words = bare(&outside_brackets(subject), &home.places);
    if words.is_empty() {
        return Vec::new();
    }
    if is_any_town(&words) {
        return towns(home, organs);
    }
    let at_home = || organs.iter().filter(|organ| organ.division == home.division);
    if matches!(words.as_str(), "人民政府" | "政府") {
        return at_home().filter(|organ| organ.is_government).take(1).collect();
    }
    let same = |organ: &&KnownOrgan| {
        [&organ.name, &organ.short_name].iter().any(|name| bare(name, &home.places) == words)
    };
    let fitting: Vec<_> = at_home().filter(same).collect();
    let fitting = if fitting.is_empty() { departments(&words, home, at_home()) } else { fitting };
    match fitting.as_slice() {
        [only] => vec![*only],
        _ => Vec::new(),
    }
}

/// 教育部门, 教育行政主管部门: the organs whose names begin so.
fn departments<'a>(
    words: &str,
    home: &Home,
    organs: impl Iterator<Item = &'a KnownOrgan>,
) -> Vec<&'a KnownOrgan> {
    let ends = ["行政主管部门", "主管部门", "行政部门", "管理部门", "部门"];
    let Some(stem) = ends.iter().find_map(|end| words.strip_suffix(end)) else {
        return Vec::new();
    };
    if stem.chars().count() < 2 {
        return Vec::new();
    }
    let begins = |organ: &&KnownOrgan| bare(&organ.name, &home.places).starts_with(stem);
    organs.filter(|organ| !organ.is_town && !organ.is_government).filter(begins).collect()
}

/// A name without the places in front: 厦门市思明区教育局, 思明区教育局 and 区教育局 are 教育局.
fn bare(name: &str, places: &[String]) -> String {
    let mut rest = name.trim();
    loop {
        let cut = places.iter().filter(|place| !place.is_empty());
        match cut.filter_map(|place| rest.strip_prefix(place.as_str())).next() {
            Some(shorter) => rest = shorter,
            None => break,
        }
    }
    rest = rest.strip_prefix("本级").or_else(|| rest.strip_prefix('本')).unwrap_or(rest);
    // 市政园林局, 市场监督管理局 and 市容局 begin with a 市 of their own
    let own = ["市政", "市场", "市容"].iter().any(|own| rest.starts_with(own));
    if !own {
        rest = rest.strip_prefix(['区', '县', '市', '州']).unwrap_or(rest);
    }
    rest.strip_prefix('级').unwrap_or(rest).to_owned()
}

/// 镇人民政府, 乡镇人民政府, 各镇（街道）, 街道办事处: whichever town.
fn is_any_town(words: &str) -> bool {
    let words = words.strip_prefix('各').unwrap_or(words);
    matches!(
        words,
        "镇人民政府"
            | "乡人民政府"
            | "乡镇人民政府"
            | "乡（镇）人民政府"
            | "镇政府"
            | "乡镇政府"
            | "乡镇"
            | "镇"
            | "镇街"
            | "街道"
            | "街道办"
            | "街道办事处"
            | "镇人民政府街道办事处"
            | "乡镇街道"
    )
}

/// The town whose catalogue it is, or all towns below it.
fn towns<'a>(home: &Home, organs: &'a [KnownOrgan]) -> Vec<&'a KnownOrgan> {
    if let Some(own) = organs.iter().find(|organ| organ.code == home.organ && organ.is_town) {
        return vec![own];
    }
    organs.iter().filter(|organ| organ.is_town).collect()
}

#[cfg(test)]
mod tests {
    use super::{Home, KnownOrgan, responsible};

    const SIMING: &str = "350203000000";

    fn organ(code: &str, name: &str, short: &str, division: &str) -> KnownOrgan {
        KnownOrgan {
            code: code.into(),
            name: name.into(),
            short_name: short.into(),
            division: division.into(),
            is_government: short == "区政府",
            is_town: short.ends_with("办事处") || short.ends_with("镇政府"),
        }
    }

    fn organs() -> Vec<KnownOrgan> {
        vec![
            organ("XM01001", "厦门市思明区人民政府", "区政府", SIMING),
            organ("XM01015", "厦门市思明区建设局", "区建设局", SIMING),
            organ("XM01020", "厦门市思明区市场监督管理局", "区市场监管局", SIMING),
            organ("XM01025", "厦门市思明区教育局", "区教育局", SIMING),
            organ(
                "XM01101",
                "厦门市思明区人民政府厦港街道办事处",
                "厦港街道办事处",
                "350203001000",
            ),
            organ(
                "XM01102",
                "厦门市思明区人民政府中华街道办事处",
                "中华街道办事处",
                "350203003000",
            ),
        ]
    }

    fn told(subjects: &[&str]) -> String {
        let home = Home {
            organ: "XM01001".into(),
            division: SIMING.into(),
            places: vec!["厦门市".into(), "思明区".into()],
        };
        let subjects: Vec<String> = subjects.iter().map(|one| (*one).to_owned()).collect();
        let found = responsible(&subjects, &home, &organs());
        found.iter().map(|one| one.organ.clone()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_words_of_a_catalogue_are_resolved_to_organs_of_its_place() {
        for (subjects, codes) in [
            (&["厦门市思明区教育局"][..], "XM01025"),
            (&["思明区教育局"], "XM01025"),
            (&["区教育局"], "XM01025"),
            (&["教育局"], "XM01025"),
            (&["县级教育行政部门"], "XM01025"),
            (&["区教育主管部门"], "XM01025"),
            (&["区建设（住房）部门"], "XM01015"),
            (&["区市场监督管理局"], "XM01020"),
            (&["市场监管部门"], "XM01001"),
            (&["区人民政府"], "XM01001"),
            (&["镇人民政府（街道办事处）"], "XM01101 XM01102"),
            (&["中华街道办事处"], "XM01102"),
            (&["区教育局", "镇人民政府（街道办事处）"], "XM01025 XM01101 XM01102"),
            (&["区教育局", "村（居）民委员会"], "XM01025"),
            (&["公共法律服务中心"], "XM01001"),
            (&["区政府有关部门"], "XM01001"),
            (&[], "XM01001"),
        ] {
            assert_eq!(told(subjects), codes, "{subjects:?}");
        }
    }

    #[test]
    fn a_towns_own_catalogue_means_that_town() {
        let home = Home {
            organ: "XM01102".into(),
            division: "350203003000".into(),
            places: vec!["厦门市".into(), "思明区".into(), "中华街道".into()],
        };
        let found = responsible(&["镇人民政府（街道办事处）".into()], &home, &organs());
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].organ, "XM01102");
    }
}
