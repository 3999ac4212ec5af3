//! `/liexi/{id}/baoming`: whoever may come enrols, without an account, and is told at once whether he has a place.

use participation_rules::{GatheringStep, Placing, Queued};
use secrets::Sealer;
use web::layout::Link;
use web::workbench::Submitted;
use web::{Fault, Pace, Visit};

use super::enrol::enroller;
use super::gathering::found;
use super::gatherings::TITLE;
use super::handing_in::{Asked, HandingIn, Taken, Typed, Words};
use super::{GATHERINGS, OWN_PLACE, day_words};
use crate::acts::ActError;
use crate::acts::enrolment::USED;
use crate::acts::gathering::places::{self, Came, Coming};
use crate::store::{Gathering, Place};

impl HandingIn for Place {
    const WORDS: Words = Words {
        heading: "报名",
        crumb: "报名",
        column: (TITLE, GATHERINGS),
        rest: "/baoming",
        button: "报名",
        back: "回到公告",
        note: "同一个人只算一次。活动满一年，报名信息删除。",
        long: "guandian",
        first: "xingming",
        used: USED,
    };
    const PACE: Pace = Pace { name: "participation.place", at_once: 30, one_more: 10_000 };

    async fn published(visit: &Visit, id: &str) -> Result<Gathering, Fault> {
        found(visit, id).await
    }

    fn in_time(visit: &Visit, of: &Gathering) -> Result<(), Fault> {
        let stage = of.stage(visit.house.ledger().clock().today());
        let next = stage.after(GatheringStep::Enrol);
        next.map(drop).map_err(|refused| Fault::Refused(refused.to_string()))
    }

    fn named(of: &Gathering) -> (String, String) {
        (of.said.title.clone(), of.path())
    }

    async fn asked(visit: &Visit, of: &Gathering, typed: &Typed<'_>) -> Result<Asked, Fault> {
        let queue = Place::queue(visit.house.store(), &of.id).await?;
        let groups = offered(of, &queue);
        // Where there is one group there is nothing to choose.
        let first = if groups.len() == 1 { "1" } else { "" };
        let (title, placing) = (&of.said.title, of.said.placing.name());
        let until = of.said.enrol_until.map(day_words).unwrap_or_default();
        let contact = "加密保存，不公布，只用来通知您递补、选定或者取消。";
        let words = ("您想说什么、问什么", "一两句话就行，不超过 500 字。");
        Ok(Asked {
            described: format!("报名“{title}”"),
            intro: format!("报名“{title}”，{until}截止。不用注册。名额{placing}，报满的排候补。"),
            card: of.said.who.clone(),
            parts: vec![
                typed.side("您以什么身份来", &groups, first),
                typed.name(("姓名", "到会场要核对。加密保存，不公布。"), false),
                typed.contact(contact, false),
                typed.text("guandian", words, true),
            ],
        })
    }

    async fn take(
        visit: &Visit,
        sealer: &Sealer,
        of: &Gathering,
        (form, key): (&Submitted, String),
    ) -> Result<Taken, ActError> {
        let given = Coming {
            group: form.get("fang").parse().unwrap_or_default(),
            who: enroller(form),
            key,
            demo: visit.house.is_demo(),
        };
        let came = places::enrol(visit.house.ledger(), sealer, &of.id, &given).await?;
        let (heading, told) = settled(of, &came);
        let next = "凭查询码可以看有没有名额；来不了的，在活动以前撤回，名额让给候补的人。请抄下来或者打印。";
        Ok(Taken {
            crumb: heading,
            described: "您的报名已经收到",
            heading,
            counted: "报名编号",
            number: came.number,
            code: came.code,
            mark: None,
            told,
            next: next.into(),
            ways: vec![
                Link::new("回到公告", visit.site.link(&of.path())),
                Link::new("查我的报名", visit.site.link(OWN_PLACE)),
            ],
        })
    }
}

/// The groups, and what may be had of each.
fn offered(of: &Gathering, queue: &[Queued]) -> Vec<String> {
    let seats = of.said.seats();
    let one = |(at, name, many): (usize, &str, u32)| match of.said.placing {
        Placing::Chosen => format!("{name}（{many} 人）"),
        Placing::Arrival => match Queued::free(&seats, queue, at) {
            0 => format!("{name}（{many} 人，已经报满，现在报名排候补）"),
            free => format!("{name}（{many} 人，还有 {free} 个名额）"),
        },
    };
    (1..).zip(&seats).map(|(at, own)| one((at, own.name.as_str(), own.seats))).collect()
}

/// Whether who came has a place, in words.
fn settled(of: &Gathering, came: &Came) -> (&'static str, String) {
    match (came.placed, came.waits, of.said.placing) {
        (true, ..) => {
            let held = of.said.held_on.map(day_words).unwrap_or_default();
            let words =
                format!("您有名额。{held} {}，{}，请带身份证。", of.said.held_at, of.said.place);
            ("已经报名，有名额", words)
        }
        (_, Some(at), Placing::Arrival) => {
            let words = format!(
                "名额已经报满，您排候补第 {at} 位。有人撤回就按先后递补，递补了由工作人员通知您。"
            );
            ("已经报名，排候补", words)
        }
        _ => ("已经报名", "报名截止以后按公告的办法选定，选定了由工作人员通知您。".to_owned()),
    }
}
