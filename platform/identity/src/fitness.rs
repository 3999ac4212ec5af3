//! Which role fits which organ and which person: read from `policy/roles.csv`.

use law::Date;

use crate::powers::Policy;
use crate::refusal::{Refusal, refused};
use crate::{Level, Organ, Role};

/// A role wished for in an organ.
pub(crate) struct Wish<'a> {
    pub role: Role,
    pub organ: &'a Organ,
    pub day: Date,
}

/// What an organ is called in the column `levels`.
fn kinds_of(organ: &Organ) -> &'static [&'static str] {
    let leads = matches!(organ.kind.as_str(), "government" | "office");
    match (organ.level, organ.kind.as_str()) {
        (_, "institution") => &["institution"],
        // A third party is engaged by a government's office and stands in its place.
        (Level::City, _) if leads => &["city", "third_party"],
        (Level::District, _) if leads => &["district", "third_party"],
        (Level::City, _) => &["city_dept"],
        (Level::District, _) => &["district_dept"],
        (Level::Township, _) => &["township"],
        (Level::Village, _) => &["village", "collective"],
    }
}

/// Whether a person who has these roles may have the wished one too.
pub(crate) fn check(wish: &Wish, there: impl Iterator<Item = Role>) -> Result<(), Refusal> {
    let (role, organ) = (wish.role, wish.organ);
    if !role.is_of_a_post() {
        return refused(format!("“{}”不是岗位。改法: 选择工作人员的角色。", role.name()));
    }
    if !organ.stands_on(wish.day) {
        return refused(format!("{}今天不存在。改法: 选择承接它的机关。", organ.name));
    }
    let rules = Policy::of_house().role(role);
    if !kinds_of(organ).iter().any(|kind| rules.levels.iter().any(|level| level == kind)) {
        return refused(format!(
            "{}不设“{}”。改法: 核对角色和机关的层级。",
            organ.name,
            role.name()
        ));
    }
    for other in there {
        if rules.never_at_all.contains(&other) {
            return refused(format!(
                "同一个人不能既是“{}”又是“{}”。改法: 换一个人，或者先收回原来的岗位。",
                other.name(),
                role.name()
            ));
        }
    }
    Ok(())
}
