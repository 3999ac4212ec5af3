//! `/yijian/{id}/tijiao`: an opinion is given, on one clause or the whole, without an account and without a name.

use axum::extract::{Path, Query};
use axum::response::Response;
use participation_rules::{Clause, Sender, Stage, Step, WHOLE};
use secrets::Sealer;
use serde::Deserialize;
use web::components::Choice;
use web::layout::Link;
use web::workbench::Submitted;
use web::{Fault, Pace, Visit};

use super::handing_in::{Asked, HandingIn, Taken, Typed, Words, shown};
use super::{LIST, OWN, day_words, found};
use crate::acts::ActError;
use crate::acts::opinion::{self, Given};
use crate::store::{Consultation, Contact, Opinion};

/// Which clause one comes for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    tiao: String,
}

/// The form.
pub(crate) async fn show(
    visit: Visit,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Fault> {
    shown::<Opinion>(&visit, &id, &Submitted::of(&[("tiao", &wanted.tiao)])).await
}

/// The clause that a form names; what cannot be read is no clause of any draft.
pub(crate) fn number_of(form: &Submitted) -> u32 {
    match form.get("tiao").trim() {
        "" => WHOLE,
        typed => typed.parse().unwrap_or(u32::MAX),
    }
}

impl HandingIn for Opinion {
    const WORDS: Words = Words {
        heading: "提意见",
        crumb: "提意见",
        column: ("征求意见", LIST),
        rest: "/tijiao",
        button: "提交意见",
        back: "回到草案",
        note: "每一条有效的意见都会答复，采纳没有、为什么，截止以后一起公布。违法的内容经两个人审定以后不公布；不同意草案，不会因此不公布。",
        long: "yijian",
        first: "yijian",
        used: opinion::USED,
    };
    const PACE: Pace = Pace { name: "participation.opinion", at_once: 30, one_more: 10_000 };

    async fn published(visit: &Visit, id: &str) -> Result<Consultation, Fault> {
        found(visit, id).await
    }

    fn in_time(visit: &Visit, of: &Consultation) -> Result<(), Fault> {
        let stage = of.stage(visit.house.ledger().clock().today());
        match stage.after(Step::Opinion) {
            Ok(Stage::Open) => Ok(()),
            Ok(_) => Err(Fault::NotFound),
            Err(refused) => Err(Fault::Refused(refused.to_string())),
        }
    }

    fn named(of: &Consultation) -> (String, String) {
        (of.said.title.clone(), of.path())
    }

    async fn asked(visit: &Visit, of: &Consultation, typed: &Typed<'_>) -> Result<Asked, Fault> {
        let clauses = of.clauses(visit.house.store()).await?;
        let chosen = number_of(typed.form);
        let text = clauses.iter().find(|one| one.number == chosen).map(|one| one.text.clone());
        let told = |clause: &Clause| (clause.number, clause.mark.clone());
        let title = &of.said.title;
        let until = of.ends_on.map(day_words).unwrap_or_default();
        Ok(Asked {
            described: format!("对“{title}”提意见"),
            intro: format!("对“{title}”提意见，{until}截止。不用注册，不用写名字。"),
            card: text.unwrap_or_default(),
            parts: vec![
                typed.clause(clauses.iter().map(told).collect(), chosen),
                typed.text("yijian", ("您的意见", WORDS_HINT), false),
                typed.one_of(("shenfen", "以什么名义"), senders(), Sender::Person.word()),
                typed.name(("姓名或者单位名称", NAME_HINT), true),
                typed.contact("加密保存，不公布，只在要问清楚您的意见时用。", true),
            ],
        })
    }

    async fn take(
        visit: &Visit,
        sealer: &Sealer,
        of: &Consultation,
        (form, key): (&Submitted, String),
    ) -> Result<Taken, ActError> {
        let sender = form.words("shenfen").unwrap_or(Sender::Person.word());
        let Some(sender) = Sender::parse(sender) else {
            return Err(ActError::Field("shenfen", "选以什么名义提意见".into()));
        };
        let given = Given {
            clause: number_of(form),
            sender,
            words: form.get("yijian").to_owned(),
            contact: Contact {
                name: form.get("xingming").to_owned(),
                contact: form.get("lianxi").to_owned(),
            },
            key,
            demo: visit.house.is_demo(),
        };
        let receipt = opinion::receive(visit.house.ledger(), sealer, &of.id, &given).await?;
        let (site, last) = (&visit.site, of.ends_on.map(day_words).unwrap_or_default());
        Ok(Taken {
            crumb: "已经收到",
            described: "您的意见已经收到",
            heading: "已经收到，谢谢您的意见",
            counted: "这次征求的第几条意见",
            number: receipt.number,
            code: receipt.code,
            mark: None,
            told: String::new(),
            next: format!("凭查询码可以看这条意见和答复，{last}以前可以撤回。请抄下来或者打印。"),
            ways: vec![
                Link::new("再提一条", site.link(&format!("{}/tijiao", of.path()))),
                Link::new("回到草案", site.link(&of.path())),
                Link::new("查我提的意见", site.link(OWN)),
            ],
        })
    }
}

const WORDS_HINT: &str =
    "写哪里要改、改成什么、为什么。不超过 3000 字。请不要写身份证号、电话、住址。";

const NAME_HINT: &str =
    "加密保存。公布采纳情况时，个人只写“朱**”，单位写单位名称；不写的写“匿名”。";

fn senders() -> Vec<Choice> {
    let choice = |one: Sender| Choice { value: one.word().into(), words: one.name().into() };
    Sender::ALL.map(choice).to_vec()
}

#[cfg(test)]
mod tests {
    use participation_rules::WHOLE;
    use web::workbench::Submitted;

    #[test]
    fn a_clause_that_cannot_be_read_is_not_taken_for_the_whole_draft() {
        for (typed, number) in [("", WHOLE), ("0", WHOLE), (" 3 ", 3), ("三", u32::MAX)] {
            assert_eq!(super::number_of(&Submitted::of(&[("tiao", typed)])), number, "{typed}");
        }
    }
}
