//! A refusal in words: what was asked, why not, and who may do it.

use std::collections::BTreeSet;

use super::basis::in_words;
use super::{Condition, Denied, Policy, Relation};
use crate::{Side, Standing};

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
                let missing: Vec<_> = missing.iter().map(|one| why(*one)).collect();
                format!("“{}”没有办理：{}。", act.name, missing.join("；"))
            }
        }];
        words.push(format!("可以办理的是：{}。", self.who_may(policy, standing)));
        words.push(format!("依据：{}。", in_words(&act.basis)));
        words.push(if self.missing.is_empty() {
            "您在别的岗位上有这项权限的，请先在右上角切换身份；需要新的岗位，请向本机关负责人提出，由两名安全管理员授权。".into()
        } else {
            "请先补齐所缺的条件，或者请上面列出的另一位人员办理。".into()
        });
        words
    }

    /// Everyone who may, by organ: 厦门市民政局的初审人、签发人，上级机关的公开工作机构负责人.
    fn who_may(&self, policy: &Policy, standing: &Standing) -> String {
        let all = policy.who_may(&self.act);
        let posts = all.iter().any(|(role, _)| role.is_of_a_post());
        let mut places: Vec<(String, Vec<&str>)> = Vec::new();
        // Where somebody with a post may, nobody is sent to the public or to a program.
        for (role, ties) in all.iter().filter(|(role, _)| role.is_of_a_post() || !posts) {
            let at: BTreeSet<Relation> = ties.iter().copied().collect();
            let at: Vec<String> = match role.side() {
                Side::Admin | Side::Oversight => vec!["平台运营机关".into()],
                _ => at.into_iter().filter_map(|tie| self.place(tie, standing)).collect(),
            };
            let at = at.join("和");
            match places.iter_mut().find(|(place, _)| *place == at) {
                Some((_, roles)) => roles.push(role.name()),
                None => places.push((at, vec![role.name()])),
            }
        }
        let named = places.into_iter().map(|(place, roles)| match place.as_str() {
            "" => roles.join("、"),
            place => format!("{place}的{}", roles.join("、")),
        });
        named.collect::<Vec<_>>().join("，")
    }

    /// The organ of a tie; the own one by its name, where the object is its own or nobody knows better.
    fn place(&self, tie: Relation, standing: &Standing) -> Option<String> {
        use Relation::{OwnObject, OwnOrgan, SameOrganOtherUnit};
        let own = matches!(self.relation, None | Some(OwnOrgan | SameOrganOtherUnit | OwnObject));
        Some(match tie {
            OwnOrgan if own => format!("本机关（{}）", standing.organ.name),
            OwnOrgan => "管这件事的机关".into(),
            SameOrganOtherUnit => "同一机关其他科室".into(),
            Relation::ParentOrgan => "上级机关".into(),
            Relation::ChildOrgan => "收到发函的下级机关".into(),
            Relation::SiblingDistrict => "收到发函的他区机关".into(),
            Relation::SameCityOtherDept => "收到发函的其他机关".into(),
            OwnObject => "事项本人".into(),
            Relation::Public => return None,
        })
    }
}

/// Why a condition stands in the way, to whom it does.
fn why(condition: Condition) -> String {
    match condition {
        Condition::NotAuthor => "这是您自己起草或者提出的，要由另一个人办理".into(),
        Condition::NotPriorReviewer => "前面的环节是您办的，这一步要由另一个人办理".into(),
        Condition::NotApplicant => "您是当事人，应当回避".into(),
        Condition::NotSelf => "这是您自己的账号，要由另一个人办理".into(),
        Condition::OwnDomain => "这不属于您所在机关主管的领域".into(),
        Condition::ReasonRecorded => "没有写明理由".into(),
        other => format!("还不符合“{}”", other.name()),
    }
}
