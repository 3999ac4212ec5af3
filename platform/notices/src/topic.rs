//! 订阅内容: what of a site somebody wants to hear of.

use serde::{Deserialize, Serialize};
use web::Announcement;

/// What kind of thing is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Everything a site publishes.
    Site,
    /// 领域.
    Domain,
    /// 机关.
    Organ,
    /// 村（居）.
    Village,
    /// 事项 of the catalogue.
    Item,
    /// A saved search.
    Search,
    /// 人群, to which officers push.
    Group,
}

impl Kind {
    const ALL: [(Self, &'static str, &'static str); 7] = [
        (Self::Site, "site", "全部"),
        (Self::Domain, "domain", "领域"),
        (Self::Organ, "organ", "机关"),
        (Self::Village, "village", "村（居）"),
        (Self::Item, "item", "事项"),
        (Self::Search, "search", "检索词"),
        (Self::Group, "group", "人群"),
    ];

    /// As a column keeps it.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(kind, ..)| *kind == self).map_or("", |(_, word, _)| word)
    }

    /// As people call it.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(kind, ..)| *kind == self).map_or("", |(.., name)| name)
    }

    /// The one kept as this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, own, _)| *own == word).map(|(kind, ..)| *kind)
    }
}

/// One thing that is followed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic {
    /// What kind of thing.
    pub kind: Kind,
    /// Which one: a slug, a code, words.
    pub key: String,
    /// What it is called.
    pub words: String,
}

impl Topic {
    /// A topic.
    pub fn new(kind: Kind, key: impl Into<String>, words: impl Into<String>) -> Self {
        Self { kind, key: key.into(), words: words.into() }
    }

    /// As people read it: 领域“就业”.
    pub fn named(&self) -> String {
        match self.kind {
            Kind::Site => format!("{}公开的全部信息", self.words),
            kind => format!("{}“{}”", kind.name(), self.words),
        }
    }

    /// Whether an announcement is of it, within the divisions of the site where it was chosen.
    pub fn hears(&self, (low, high): (&str, &str), told: &Announcement) -> bool {
        if !(low..=high).contains(&told.division.as_str()) {
            return false;
        }
        match self.kind {
            Kind::Site => true,
            Kind::Domain => told.domains.contains(&self.key),
            Kind::Organ => told.organ == self.key,
            Kind::Village => {
                told.division == self.key
                    || (lies_within(&self.key, &told.division) && told.text.contains(&self.words))
            }
            Kind::Item => told.items.contains(&self.key),
            Kind::Search => {
                let text = folded(&told.text);
                let mut words = self.key.split_whitespace().peekable();
                words.peek().is_some() && words.all(|word| text.contains(&folded(word)))
            }
            // Nothing but a push is for a group of people.
            Kind::Group => false,
        }
    }
}

/// Letters as they are compared: of one case and width.
fn folded(text: &str) -> String {
    let narrow = |letter: char| match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        '〔' => '[',
        '〕' => ']',
        other => other,
    };
    text.chars().map(narrow).flat_map(char::to_lowercase).collect()
}

/// Whether a division lies within another, by their codes.
fn lies_within(inner: &str, outer: &str) -> bool {
    let stem = outer.trim_end_matches('0');
    // A nought at the end of a level's digits belongs to the stem: 350210 is a district.
    let digits = [4, 6, 9, 12].into_iter().find(|digits| *digits >= stem.len()).unwrap_or(12);
    outer.get(..digits).is_some_and(|stem| inner.starts_with(stem))
}

#[cfg(test)]
mod tests {
    use web::Became;

    use super::*;

    fn told() -> Announcement {
        Announcement {
            became: Became::Public,
            title: "关于鸿山社区居委会困难老年人补助的公告".into(),
            path: "/wenjian/1".into(),
            organ: "XM01101".into(),
            organ_name: "厦港街道".into(),
            division: "350203001000".into(),
            domains: vec!["shehuijiuzhu".into()],
            items: vec!["shehuijiuzhu/00000002".into()],
            text: "关于鸿山社区居委会困难老年人补助的公告 厦港办〔２０２６〕７号 高龄津贴ABC"
                .into(),
        }
    }

    #[test]
    fn an_announcement_is_heard_by_who_follows_what_it_is_of() {
        let district = ("350203000000", "350203999999");
        for (kind, key, words, hears) in [
            (Kind::Site, "350203000000", "思明区", true),
            (Kind::Domain, "shehuijiuzhu", "社会救助", true),
            (Kind::Domain, "jiuye", "就业", false),
            (Kind::Organ, "XM01101", "厦港街道", true),
            (Kind::Organ, "XM01102", "中华街道", false),
            (Kind::Village, "350203001000", "厦港", true),
            (Kind::Village, "350203001001", "鸿山社区居委会", true),
            (Kind::Village, "350203001002", "沙坡尾社区居委会", false),
            (Kind::Village, "350203002001", "鸿山社区居委会", false),
            (Kind::Item, "shehuijiuzhu/00000002", "特困救助", true),
            (Kind::Item, "shehuijiuzhu/00000003", "低保", false),
            (Kind::Search, "老年人 补助", "老年人 补助", true),
            (Kind::Search, "abc", "abc", true),
            (Kind::Search, "厦港办[2026]7号", "厦港办[2026]7号", true),
            (Kind::Search, "老年人 就业", "老年人 就业", false),
            (Kind::Search, "  ", "", false),
            (Kind::Group, "laonianren", "老年人", false),
        ] {
            let topic = Topic::new(kind, key, words);
            assert_eq!(topic.hears(district, &told()), hears, "{topic:?}");
        }
        let elsewhere = ("350206000000", "350206999999");
        assert!(!Topic::new(Kind::Site, "", "湖里区").hears(elsewhere, &told()));
    }

    #[test]
    fn a_village_lies_within_its_town_its_district_and_its_city() {
        for (inner, outer, within) in [
            ("350203001001", "350203001000", true),
            ("350203001001", "350203000000", true),
            ("350203001001", "350200000000", true),
            ("350203001001", "350206000000", false),
            ("350210001001", "350210000000", true),
            ("350203010001", "350203001000", false),
        ] {
            assert_eq!(lies_within(inner, outer), within, "{inner} {outer}");
        }
    }
}
