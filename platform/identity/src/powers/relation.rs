//! 关系: the tie between who acts and what is acted on, worked out from organs, units and persons.

use crate::{Level, Organ};

use super::chart::Chart;

/// A tie of the access policy, in the order of `policy/relations.csv`. For two organs exactly one of
/// the first six holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// 本机关（本科室）.
    OwnOrgan,
    /// 本机关其他科室.
    SameOrganOtherUnit,
    /// 上级机关.
    ParentOrgan,
    /// 下级机关.
    ChildOrgan,
    /// 他区.
    SiblingDistrict,
    /// 同市其他机关.
    SameCityOtherDept,
    /// 本人事项.
    OwnObject,
    /// 不涉及隶属关系.
    Public,
}

/// Each tie with its word in the policy and what people call it.
const TABLE: [(Relation, &str, &str); 8] = [
    (Relation::OwnOrgan, "own_organ", "本机关（本科室）"),
    (Relation::SameOrganOtherUnit, "same_organ_other_unit", "本机关其他科室"),
    (Relation::ParentOrgan, "parent_organ", "上级机关"),
    (Relation::ChildOrgan, "child_organ", "下级机关"),
    (Relation::SiblingDistrict, "sibling_district", "他区"),
    (Relation::SameCityOtherDept, "same_city_other_dept", "同市其他机关"),
    (Relation::OwnObject, "own_object", "本人事项"),
    (Relation::Public, "public", "不涉及隶属关系"),
];

impl Relation {
    /// All of them, in the order of the policy.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|(relation, ..)| *relation)
    }

    /// The tie by its word; `None` for any other word.
    pub fn parse(word: &str) -> Option<Self> {
        TABLE.iter().find(|(_, own, _)| *own == word).map(|(relation, ..)| *relation)
    }

    /// Its word in the policy.
    pub fn word(self) -> &'static str {
        TABLE[self as usize].1
    }

    /// What people call it.
    pub fn name(self) -> &'static str {
        TABLE[self as usize].2
    }

    /// The tie of an actor's organ to an object's, by organs and units alone.
    pub fn between(actor: (&Organ, &str), object: (&Organ, &str)) -> Self {
        let ((own, own_unit), (other, other_unit)) = (actor, object);
        if own.code == other.code {
            let within = other_unit.is_empty() || own_unit == other_unit;
            return if within { Self::OwnOrgan } else { Self::SameOrganOtherUnit };
        }
        if is_above(own, other) {
            Self::ParentOrgan
        } else if is_above(other, own) {
            Self::ChildOrgan
        } else if in_two_districts(own, other) {
            Self::SiblingDistrict
        } else {
            Self::SameCityOtherDept
        }
    }

    /// The same for an object whose organ is known by its code; an organ that is unknown is nobody's.
    pub(super) fn to(chart: &Chart, actor: (&Organ, &str), object: (&str, &str)) -> Option<Self> {
        let organ = chart.organ(object.0)?;
        Some(Self::between(actor, (organ, object.1)))
    }
}

/// 上级: above by leadership (a government and its office over all that lies in its division) or by
/// guidance in a domain (the department of the same 职能 one level up or more, or one that leads
/// domains), at any remove. See docs/readings/040.
fn is_above(upper: &Organ, lower: &Organ) -> bool {
    let rank = |organ: &Organ| match organ.role.as_str() {
        "government" => 0,
        "office" => 1,
        _ => 2,
    };
    let leads = rank(upper) < 2;
    if upper.division == lower.division && upper.level == lower.level {
        return leads && rank(upper) < rank(lower);
    }
    let guides = upper.role == lower.role || !upper.remit.is_empty();
    encloses(upper, lower) && (leads || guides)
}

/// Whether the lower organ's division lies within the upper one's, which is larger.
fn encloses(upper: &Organ, lower: &Organ) -> bool {
    let prefix = upper.division.get(..upper.level.digits()).unwrap_or(&upper.division);
    upper.level < lower.level && lower.division.starts_with(prefix)
}

/// Whether they lie in two different districts of one city.
fn in_two_districts(one: &Organ, other: &Organ) -> bool {
    let part =
        |organ: &Organ, level: Level| organ.division.get(..level.digits()).map(str::to_owned);
    let low = |organ: &Organ| organ.level >= Level::District;
    low(one)
        && low(other)
        && part(one, Level::City) == part(other, Level::City)
        && part(one, Level::District) != part(other, Level::District)
}
