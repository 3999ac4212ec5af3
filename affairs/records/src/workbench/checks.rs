//! 送审前检查: what stands in the way of handing a draft in, and what is to be looked at.

use records_rules::{Fault as Fact, Field, Weight};
use web::components::Tone;
use web::icons::{self, Icon};
use web::{Fault, Visit};

use super::form::id_of;
use crate::acts::checks::remarks;
use crate::acts::{ActError, examine};
use crate::store::Draft;

/// One thing the check says.
pub(super) struct Said {
    pub tone: Tone,
    pub icon: Icon,
    pub words: String,
    pub remedy: String,
    /// The field it concerns.
    pub href: String,
}

/// Everything the check says, what stands in the way first.
pub(super) struct Checks {
    pub list: Vec<Said>,
}

impl Checks {
    /// Checks a draft as it stands.
    ///
    /// # Errors
    /// The database refuses.
    pub(super) async fn of(visit: &Visit, draft: &Draft) -> Result<Self, Fault> {
        let today = visit.house.ledger().clock().today();
        let mut facts = particulars(visit, draft).await?;
        facts.extend(remarks(visit.house.store(), draft, today).await?);
        facts.sort_by_key(|fact| std::cmp::Reverse(fact.weight));
        Ok(Self { list: facts.into_iter().map(Said::of).collect() })
    }

    /// What is said first of the field with this name, what stands in the way before the rest.
    pub(super) fn of_field(&self, name: &str) -> Option<String> {
        let said = self.list.iter().find(|said| said.href.strip_prefix('#') == Some(name));
        said.map(|said| format!("{}。{}", said.words.trim_end_matches('。'), said.remedy))
    }

    /// Whether something personal was found.
    pub(super) fn personal(&self) -> bool {
        self.list.iter().any(|said| said.words.contains("疑似") || said.words.contains("人员名单"))
    }

    /// How many stand in the way.
    pub(super) fn errors(&self) -> usize {
        self.list.iter().filter(|said| said.tone == Tone::Over).count()
    }
}

impl Said {
    fn of(fact: Fact) -> Self {
        let stands = fact.weight == Weight::Error;
        Self {
            tone: if stands { Tone::Over } else { Tone::Warn },
            icon: icons::ALERT,
            words: fact.message,
            remedy: fact.remedy,
            href: format!("#{}", id_of(fact.field)),
        }
    }

    /// The class that colours it.
    pub(super) fn class(&self) -> &'static str {
        self.tone.class()
    }
}

/// What is wrong with the particulars, the reach and the items, as at publication.
async fn particulars(visit: &Visit, draft: &Draft) -> Result<Vec<Fact>, Fault> {
    let ledger = visit.house.ledger();
    let today = ledger.clock().today();
    if !draft.attribute.is_public() {
        // Such a draft is finished without review: what it lacks for that.
        return Ok(match draft.is_open() {
            true => draft.unfinished(today).into_iter().map(of_form).collect(),
            false => Vec::new(),
        });
    }
    let (given, faults, unread) = match draft.read_through(today) {
        Ok(read) => read,
        Err(ActError::Faults(faults)) => return Ok(faults.into_iter().map(of_form).collect()),
        Err(other) => return Err(other.into_fault()),
    };
    let calendar = ledger.calendar();
    let found =
        examine(visit.house.store(), std::slice::from_ref(&given), today, &calendar).await?;
    let found = found.into_iter().map(|(_, fault)| fault);
    let found = found.filter(|fault| !unread.contains(&fault.field));
    let facts = faults.into_iter().chain(found).map(of_form);
    let own = |fact: &Fact| {
        draft.corrects.is_some() && matches!(fact.field, Field::Number | Field::Title)
    };
    Ok(facts.filter(|fact| !(own(fact) && fact.message.contains("已经"))).collect())
}

/// Remedies speak of lines of a file, which a manuscript is; on the page there are fields and buttons.
pub(super) fn of_form(fact: Fact) -> Fact {
    let remedy = if fact.remedy.starts_with("在开头的各项中加一行") {
        match fact.field {
            Field::Theme | Field::Genre => format!("选“{}”", fact.field),
            field => format!("填写“{field}”"),
        }
    } else {
        match fact.field {
            Field::Body if fact.remedy.contains("---") => {
                "在“正文”里写；已有 Word、WPS 或网页文件的，在“附件”下面读入".to_owned()
            }
            Field::OriginalDay => fact.remedy.replace("写“来源未载明”", "留空"),
            Field::OriginalSource if fact.remedy.contains("加一行") => {
                "填写“原发布日期来源”，或者把“原发布日期”留空".to_owned()
            }
            Field::Item => "按“选目录事项”，从列表里选；不属于任何一项的取消勾选".to_owned(),
            Field::Statutory => "在“法定主动公开事项”里勾选".to_owned(),
            Field::Reach if fact.remedy.contains("加一行") => {
                "在“公开范围”里选全社会或者特定群体；事项只面向特定群体的写出理由".to_owned()
            }
            Field::ReachReason if fact.remedy.contains("加一行") => {
                "写出“公开理由”；不该上网的选“特定群体，不上网”".to_owned()
            }
            _ => {
                let remedy = fact.remedy.replace("删去这一行", "留空");
                remedy.replace("没有文号的写“无”", "没有文号的留空")
            }
        }
    };
    Fact { line: None, remedy, ..fact }
}

#[cfg(test)]
mod tests {
    use law::day;
    use records_rules::{Head, Manuscript};

    use super::*;

    /// Words that make sense only to whoever writes a manuscript as a file.
    const OF_A_FILE: [&str; 6] = ["加一行", "加两行", "这一行", "---", "第二行", "开头"];

    #[test]
    fn an_empty_draft_is_told_what_to_do_on_the_page() {
        let text = Head::default().manuscript("");
        let faults = Manuscript::read(&text, day(2026, 11, 26)).expect_err("it is empty");
        assert!(faults.iter().any(|fault| fault.field == Field::Body), "{faults:?}");
        assert!(faults.iter().any(|fault| fault.field == Field::Title), "{faults:?}");
        for fact in faults.into_iter().map(of_form) {
            let alien = OF_A_FILE.iter().find(|words| fact.remedy.contains(**words));
            assert_eq!(alien, None, "{}: {}", fact.message, fact.remedy);
        }
    }

    #[test]
    fn a_fault_of_any_field_is_mended_on_the_page() {
        for (field, remedy) in [
            (Field::Theme, "在开头的各项中加一行“主题分类：……”"),
            (Field::Item, "写成“领域 > 一级事项 > 二级事项”"),
            (Field::Item, "照目录写领域和各级事项的名称；目录尚未发布的先发布目录，或者删去这一行"),
            (Field::Reach, "写明公开范围：不上网的加一行“公开范围：特定群体（村民）”"),
            (Field::ReachReason, "加一行“公开理由：……”；不该上网的，公开范围改为特定群体"),
            (Field::LastDay, "核对日期，或者删去这一行"),
            (Field::OriginalSource, "加一行“原发布日期来源：……”，或者把原发布日期写成“来源未载明”"),
        ] {
            let told = of_form(Fact::error(field, "", remedy)).remedy;
            let alien = OF_A_FILE.iter().find(|words| told.contains(**words));
            assert_eq!(alien, None, "{field}: {told}");
        }
    }
}
