//! `/fangtan/{id}/tiwen`: a question before an interview, without an account and without a name.

use participation_rules::InterviewStep;
use secrets::Sealer;
use web::layout::Link;
use web::workbench::Submitted;
use web::{Fault, Pace, Visit};

use super::handing_in::{Asked, HandingIn, Taken, Typed, Words};
use super::interview::found;
use super::{INTERVIEWS, OWN_QUESTION, day_words, interviews};
use crate::acts::ActError;
use crate::acts::asking::{self, Asking};
use crate::store::{Asker, Interview, InterviewQuestion};

impl HandingIn for InterviewQuestion {
    const WORDS: Words = Words {
        heading: "提问",
        crumb: "提问",
        column: ("在线访谈", INTERVIEWS),
        rest: "/tiwen",
        button: "提交问题",
        back: "回到访谈",
        note: "提问只有组织访谈的人看得到，选出来的在访谈里问。实录公布满一年，名字和原话删除。",
        long: "wenti",
        first: "wenti",
        used: asking::USED,
    };
    const PACE: Pace = Pace { name: "participation.question", at_once: 30, one_more: 10_000 };

    async fn published(visit: &Visit, id: &str) -> Result<Interview, Fault> {
        found(visit, id).await
    }

    fn in_time(visit: &Visit, of: &Interview) -> Result<(), Fault> {
        let stage = of.stage(visit.house.ledger().clock().today());
        let next = stage.after(InterviewStep::Ask);
        next.map(drop).map_err(|refused| Fault::Refused(refused.to_string()))
    }

    fn named(of: &Interview) -> (String, String) {
        (of.said.title.clone(), of.path())
    }

    async fn asked(visit: &Visit, of: &Interview, typed: &Typed<'_>) -> Result<Asked, Fault> {
        let (title, when) = (&of.said.title, interviews::when(of));
        let until = of.said.ask_until.map(day_words).unwrap_or_default();
        let words = "一次问一件事，不超过 500 字。请不要写身份证号、电话、住址。";
        let name = "加密保存。问到您的问题时只写“朱**”；不写的写“网友”。";
        Ok(Asked {
            described: format!("向在线访谈“{title}”提问"),
            intro: format!(
                "向在线访谈“{title}”提问，{until}截止。访谈 {when} 开始。不用注册，不用写名字。"
            ),
            card: String::new(),
            parts: vec![
                typed.text("wenti", ("您想问什么", words), false),
                typed.name(("怎么称呼您", name), true),
            ],
        })
    }

    async fn take(
        visit: &Visit,
        sealer: &Sealer,
        of: &Interview,
        (form, key): (&Submitted, String),
    ) -> Result<Taken, ActError> {
        let given = Asking {
            who: Asker {
                name: form.get("xingming").to_owned(),
                words: form.get("wenti").to_owned(),
            },
            key,
            demo: visit.house.is_demo(),
        };
        let taken = asking::receive(visit.house.ledger(), sealer, &of.id, &given).await?;
        let (site, when) = (&visit.site, interviews::when(of));
        Ok(Taken {
            crumb: "已经收到",
            described: "您的提问已经收到",
            heading: "已经收到您的问题",
            counted: "这次访谈的第几个问题",
            number: taken.number,
            code: taken.code,
            mark: None,
            told: String::new(),
            next: format!(
                "访谈 {when} 开始，时间有限，不一定每个都问到。凭查询码可以看有没有问到，开始以前可以撤回。请抄下来或者打印。"
            ),
            ways: vec![
                Link::new("再问一个", site.link(&format!("{}/tiwen", of.path()))),
                Link::new("回到访谈", site.link(&of.path())),
                Link::new("查我的提问", site.link(OWN_QUESTION)),
            ],
        })
    }
}
