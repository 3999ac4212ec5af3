//! 公开范围: whether what is published of an item goes to the open web by itself, and which levels of
//! government an item concerns (docs/readings/022, docs/readings/024).
//!
//! An item for 特定群体 alone, or one that is shown nowhere but on notice boards, at people's homes or
//! by messages to the persons concerned, is held: that the matter exists, whom it concerns and where
//! it can be seen is said to everybody; what is published of it is not put on the web unless someone
//! says so and why.

use serde::{Deserialize, Serialize};

use crate::{Audience, Channel, Item};

/// Whether what is published of an item goes to the open web by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Exposure {
    /// To everybody.
    Open,
    /// Only where the item says, unless someone decides otherwise.
    Held(Held),
}

/// An item that does not go to the open web by itself: why, whom it concerns, where it can be seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Why, in the order of the columns; at least one.
    pub grounds: Vec<HeldFor>,
    /// 公开对象 in words, such as 拟征收土地所在地的村集体成员; `None` where the catalogue does not say.
    pub concerns: Option<String>,
    /// 公开渠道和载体, as they are named; empty where the catalogue ticks none.
    pub seen_at: Vec<String>,
}

/// Why an item is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HeldFor {
    /// 公开对象 is 特定群体 and not 全社会.
    CertainGroup,
    /// 公开渠道 are only 公示栏（电子屏）, 入户/现场 or 精准推送.
    OffTheWeb,
}

/// 层级: a level of government or of self-government as catalogues distinguish them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// 市级.
    City,
    /// 县级, 区级.
    District,
    /// 乡级, 镇街级.
    Township,
    /// 村级, 社区.
    Village,
}

/// The standard channels that reach only those who are there or are written to.
const OFF_THE_WEB: [&str; 3] = ["入户/现场", "社区/企事业单位/村公示栏（电子屏）", "精准推送"];

/// Words by which a channel of another name is one of these.
const BOARDS: [&str; 8] =
    ["公示栏", "公告栏", "公开栏", "宣传栏", "电子屏", "入户", "现场张贴", "精准推送"];

impl HeldFor {
    /// The ground in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::CertainGroup => "只面向特定群体",
            Self::OffTheWeb => "只在公示栏、入户或者现场公开，或者精准推送",
        }
    }
}

impl Held {
    /// All grounds in words.
    pub fn words(&self) -> String {
        let words: Vec<&str> = self.grounds.iter().map(|ground| ground.words()).collect();
        words.join("，")
    }
}

impl Item {
    /// Whether what is published of it goes to the open web by itself.
    pub fn exposure(&self) -> Exposure {
        let grounds = [
            (self.is_for_a_group(), HeldFor::CertainGroup),
            (self.is_off_the_web(), HeldFor::OffTheWeb),
        ];
        let grounds: Vec<HeldFor> =
            grounds.into_iter().filter(|(holds, _)| *holds).map(|(_, ground)| ground).collect();
        if grounds.is_empty() {
            return Exposure::Open;
        }
        Exposure::Held(Held { grounds, concerns: self.concerned(), seen_at: self.channel_names() })
    }

    /// Whether an organ of this level owes it. An item without level columns, without a tick in
    /// them, or with labels nobody understands is owed by every level: a duty is never dropped
    /// because its row cannot be read.
    pub fn concerns(&self, tier: Tier) -> bool {
        let labels = || self.levels.iter().flatten().map(|level| level.0.as_str());
        let named: Vec<Tier> = labels().flat_map(Tier::named_in).collect();
        let owed_above = labels().any(is_above_the_city);
        named.contains(&tier) || named.is_empty() && !owed_above
    }

    fn is_for_a_group(&self) -> bool {
        let group = self.audience.contains(&Audience::CertainGroup);
        group && !self.audience.contains(&Audience::WholeSociety)
    }

    fn is_off_the_web(&self) -> bool {
        let names = self.channel_names();
        !names.is_empty() && names.iter().all(|name| is_off_the_web(name))
    }

    fn concerned(&self) -> Option<String> {
        let note = self.audience_note.clone().filter(|note| !note.trim().is_empty());
        note.or_else(|| self.is_for_a_group().then(|| "特定群体".to_owned()))
    }

    /// The channels by name, those behind 其他 by their own.
    fn channel_names(&self) -> Vec<String> {
        let others = self.channels_other.iter().flat_map(|names| names.split('、'));
        let others: Vec<&str> = others.map(str::trim).filter(|name| !name.is_empty()).collect();
        let ticked =
            self.channels.iter().filter(|channel| !channel.is_other() || others.is_empty());
        ticked.map(Channel::name).chain(others.iter().copied()).map(str::to_owned).collect()
    }
}

fn is_off_the_web(name: &str) -> bool {
    let standard = Channel::named(name);
    let name = standard.as_ref().map_or(name, Channel::name);
    OFF_THE_WEB.contains(&name) || BOARDS.iter().any(|word| name.contains(word))
}

/// Whether a label names a level above those this platform serves.
fn is_above_the_city(label: &str) -> bool {
    ["国家", "中央", "省", "自治区"].iter().any(|word| label.contains(word))
}

impl Tier {
    /// All levels, from above.
    pub const ALL: [Self; 4] = [Self::City, Self::District, Self::Township, Self::Village];

    /// The level of a division, by its twelve digits: 4 of a city, 6 of a district, 9 of a township are
    /// its own.
    pub fn of_division(code: &str) -> Self {
        let zeros = |from: usize| code.bytes().skip(from).all(|digit| digit == b'0');
        let levels = [(4, Self::City), (6, Self::District), (9, Self::Township)];
        let found = levels.into_iter().find(|(digits, _)| zeros(*digits));
        found.map_or(Self::Village, |(_, tier)| tier)
    }

    /// The level in the words of the domain guides (54号).
    pub const fn name(self) -> &'static str {
        match self {
            Self::City => "市级",
            Self::District => "县级",
            Self::Township => "乡级",
            Self::Village => "村级",
        }
    }

    /// The levels a label names: 县级或乡级 names two.
    pub fn named_in(label: &str) -> impl Iterator<Item = Self> {
        let words: [(Self, &[&str]); 4] = [
            (Self::City, &["市"]),
            (Self::District, &["县", "区", "旗"]),
            (Self::Township, &["乡", "镇", "街"]),
            (Self::Village, &["村", "社区", "居"]),
        ];
        // A 社区 is no 区, a 县级市 no 市.
        let plain = label.replace("县级市", "县").replace("自治区", "");
        let without = plain.replace("社区", "");
        words.into_iter().filter_map(move |(tier, words)| {
            let text = if tier == Self::Village { &plain } else { &without };
            words.iter().any(|word| text.contains(word)).then_some(tier)
        })
    }
}

#[cfg(test)]
mod tests;
