//! `/tingzheng/{id}/baoming`: whoever fits the conditions enrols, without an account.

use participation_rules::HearingStep;
use secrets::Sealer;
use web::layout::Link;
use web::workbench::Submitted;
use web::{Fault, Pace, Visit};

use super::handing_in::{Asked, HandingIn, Taken, Typed, Words};
use super::hearing::found;
use super::{HEARINGS, OWN_ENROLMENT, day_words};
use crate::acts::ActError;
use crate::acts::enrolment::{self, Enrolling};
use crate::store::{Enroller, Enrolment, Hearing};

impl HandingIn for Enrolment {
    const WORDS: Words = Words {
        heading: "报名参加听证",
        crumb: "报名",
        column: ("听证会", HEARINGS),
        rest: "/baoming",
        button: "报名",
        back: "回到听证公告",
        note: "参加人按公告上的办法抽取，先报后报一样。同一个人报几次只算第一次。听证记录公布满一年，报名信息删除。",
        long: "guandian",
        first: "xingming",
        used: enrolment::USED,
    };
    const PACE: Pace = Pace { name: "participation.enrolment", at_once: 30, one_more: 10_000 };

    async fn published(visit: &Visit, id: &str) -> Result<Hearing, Fault> {
        found(visit, id).await
    }

    fn in_time(visit: &Visit, of: &Hearing) -> Result<(), Fault> {
        let stage = of.stage(visit.house.ledger().clock().today());
        let next = stage.after(HearingStep::Enrol);
        next.map(drop).map_err(|refused| Fault::Refused(refused.to_string()))
    }

    fn named(of: &Hearing) -> (String, String) {
        (of.said.title.clone(), of.path())
    }

    async fn asked(visit: &Visit, of: &Hearing, typed: &Typed<'_>) -> Result<Asked, Fault> {
        let sides = of.said.seats();
        let sides: Vec<String> =
            sides.iter().map(|one| format!("{}（{} 人）", one.name, one.seats)).collect();
        let title = &of.said.title;
        let until = of.said.enrol_until.map(day_words).unwrap_or_default();
        let name = "写身份证上的姓名，到会场要核对。选上的公布姓名，没有选上的不公布。";
        let words = "一两句话就行，不超过 500 字。写什么都不影响能不能选上。";
        Ok(Asked {
            described: format!("报名参加“{title}”"),
            intro: format!("报名参加“{title}”，{until}截止。不用注册。"),
            card: of.said.conditions.clone(),
            parts: vec![
                typed.side("您代表哪一方", &sides, ""),
                typed.name(("姓名", name), false),
                typed.contact("加密保存，不公布，只用来通知您。", false),
                typed.text("guandian", ("您想说什么", words), true),
            ],
        })
    }

    async fn take(
        visit: &Visit,
        sealer: &Sealer,
        of: &Hearing,
        (form, key): (&Submitted, String),
    ) -> Result<Taken, ActError> {
        let given = Enrolling {
            side: form.get("fang").parse().unwrap_or_default(),
            who: enroller(form),
            key,
            demo: visit.house.is_demo(),
        };
        let enrolled = enrolment::enrol(visit.house.ledger(), sealer, &of.id, &given).await?;
        let last = of.said.enrol_until.map(day_words).unwrap_or_default();
        Ok(Taken {
            crumb: "已经报名",
            described: "您的报名已经收到",
            heading: "已经报名",
            counted: "报名编号",
            number: enrolled.number,
            code: enrolled.code,
            mark: Some(enrolled.mark),
            told: String::new(),
            next: format!("凭查询码可以看有没有选上，{last}以前可以撤回。请抄下来或者打印。"),
            ways: vec![
                Link::new("回到听证公告", visit.site.link(&of.path())),
                Link::new("查我的报名", visit.site.link(OWN_ENROLMENT)),
            ],
        })
    }
}

/// Who enrols, as it is typed.
pub(super) fn enroller(form: &Submitted) -> Enroller {
    Enroller {
        name: form.get("xingming").to_owned(),
        contact: form.get("lianxi").to_owned(),
        words: form.get("guandian").to_owned(),
    }
}
