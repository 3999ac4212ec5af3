//! A refusal in words: what was asked, why not, and who may do it.

use super::{Denied, Policy, Relation};
use crate::Standing;

impl Denied {
    /// A refusal by role alone, before any object was looked at.
    pub fn of_role(act: &str) -> Self {
        Self { act: act.to_owned(), relation: None, missing: vec![] }
    }

    /// The refusal, a paragraph each: what is refused to whom and why, who may do it, what to do now.
    pub fn words(&self, standing: &Standing) -> Vec<String> {
        let policy = Policy::of_house();
        let Some(act) = policy.act(&self.act) else {
            return vec!["没有登记这项操作的权限，任何人都不能办理。请联系系统管理员。".into()];
        };
        let as_whom = format!("{}　{}", standing.organ.name, standing.role.name());
        let mut words = vec![match (&self.missing[..], self.relation) {
            ([], Some(relation)) => format!(
                "“{}”没有办理：您现在的身份是“{as_whom}”，对这件事是“{}”，没有这项权限。",
                act.name,
                relation.name()
            ),
            ([], None) => {
                format!("“{}”没有办理：您现在的身份是“{as_whom}”，没有这项权限。", act.name)
            }
            (missing, _) => {
                let missing: Vec<_> = missing.iter().map(|one| one.name()).collect();
                format!("“{}”没有办理：还不符合“{}”。", act.name, missing.join("”“"))
            }
        }];
        words.push(format!("可以办理的是：{}。依据：{}。", who_may(policy, &self.act), act.basis));
        words.push(if self.missing.is_empty() {
            "您在别的岗位上有这项权限的，请先在右上角切换身份；需要新的岗位，请向本机关负责人提出，由两名安全管理员授权。".into()
        } else {
            "请先补齐所缺的条件，或者请上面列出的另一位人员办理。".into()
        });
        words
    }
}

/// Everyone who may, each with where: 本机关的签发人.
fn who_may(policy: &Policy, act: &str) -> String {
    let named = policy.who_may(act).into_iter().map(|(role, ties)| {
        let wheres: Vec<_> = ties.iter().filter_map(|tie| place(*tie)).collect();
        let wheres =
            if wheres.is_empty() { String::new() } else { format!("（{}）", wheres.join("、")) };
        format!("{}{wheres}", role.name())
    });
    named.collect::<Vec<_>>().join("，")
}

fn place(tie: Relation) -> Option<&'static str> {
    Some(match tie {
        Relation::OwnOrgan => "本机关",
        Relation::SameOrganOtherUnit => "本机关各科室",
        Relation::ParentOrgan => "上级机关",
        Relation::ChildOrgan => "收到发函的下级机关",
        Relation::SiblingDistrict => "收到发函的他区机关",
        Relation::SameCityOtherDept => "收到发函的其他机关",
        Relation::OwnObject => "本人的事项",
        Relation::Public => return None,
    })
}
