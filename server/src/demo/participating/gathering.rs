//! Gatherings: one that was held and whose record is public, one that people enrol for now, with somebody who waits for a
//! place; all invented (演示数据).

use jiff::ToSpan;
use participation::acts::gathering::places::{self, Coming};
use participation::acts::gathering::{self, minutes};
use participation::store::{Enroller, Gathering, GatheringSaid};
use participation_rules::{GatheringKind, GatheringStage, Placing};

use super::super::signing::desk_of;
use super::{Leading, refused};
use crate::failure::Failure;

/// Who enrols: the group, and the name. The third of the first group waits.
const ENROLLED: [(usize, &str); 4] = [(1, "高演示"), (1, "梁演示"), (1, "谢演示"), (2, "宋演示")];

const RECORD: &str = "时间、地点照公告。区公安分局、区教育局和三个街道参加，家长、商户、学校代表发言。
家长代表：五十米太短，车都停到五十一米去了，建议一百米。公安分局答复：按各校门口的路口重新划定，最短不少于八十米。
商户代表：接送时段不能停车装卸，请错开时间。区教育局答复：各校放学时间错开十五分钟，试行以后再看。
会上的意见和网上的意见一起研究，采纳没有、为什么，随采纳情况公布。";

impl Leading<'_> {
    /// A notice is drafted, reviewed and published; answers its key.
    async fn convene(&self, said: &GatheringSaid) -> Result<String, Failure> {
        let (by, organ) = (self.organiser(), self.organ.code.as_str());
        let desk = desk_of(self.ledger, &by).await?;
        let of = (&self.organ, true);
        let id = gathering::begin(desk, &by, of, said.kind).await.map_err(refused)?;
        let desk = desk_of(self.ledger, &by).await?;
        let kept = gathering::keep(desk, &by, (organ, &id, 1), said).await;
        kept.map_err(refused)?;
        let desk = desk_of(self.ledger, &by).await?;
        let unit = gathering::submit(desk, &self.publishers, &by, (organ, &id)).await;
        self.release(&unit.map_err(refused)?).await?;
        Ok(id)
    }

    /// Weeks ago: people are invited to talk about a draft.
    pub(super) async fn invite_earlier(&self, consultation: &str) -> Result<(), Failure> {
        let later = |days: i32| Some(self.ledger.clock().today().saturating_add(days.days()));
        let said = GatheringSaid {
            title: "演示数据：校园周边交通管理措施座谈会".into(),
            matters: "校门口多长的路不准停车、接送区怎样划、放学时间要不要错开。".into(),
            place: "演示区演示路 1 号 3 楼会议室（演示）".into(),
            held_on: later(14),
            held_at: "下午 3:00".into(),
            groups: "家长代表 6\n商户代表 3\n学校代表 3".into(),
            placing: Placing::Chosen,
            rule: "三所学校的家长各两位，先照顾住在校门口两百米以内的。".into(),
            enrol_until: later(7),
            consultation: consultation.into(),
            ..GatheringSaid::of(GatheringKind::Discussion, "0592-0000000".into())
        };
        self.convene(&said).await.map(drop)
    }

    /// Today: what was said there is published, and people enrol to sit in on a meeting.
    pub(super) async fn invite(&self) -> Result<(), Failure> {
        self.tell().await?;
        let later = |days: i32| Some(self.ledger.clock().today().saturating_add(days.days()));
        let said = GatheringSaid {
            title: "演示数据：区政府常务会议列席（老年人助餐补助）".into(),
            matters: "审议老年人助餐服务补助办法。".into(),
            place: "演示区演示路 1 号 2 楼（演示）".into(),
            held_on: later(28),
            held_at: "上午 9:00".into(),
            groups: "群众代表 2\n媒体 1".into(),
            enrol_until: later(21),
            ..GatheringSaid::of(GatheringKind::Attendance, "0592-0000000".into())
        };
        let id = self.convene(&said).await?;
        for (group, name) in ENROLLED {
            let given = Coming {
                group,
                who: Enroller {
                    name: name.into(),
                    contact: "0592-0000000".into(),
                    words: String::new(),
                },
                key: format!("yanshi-{id}-{name}"),
                demo: true,
            };
            let came = places::enrol(self.ledger, self.sealer, &id, &given).await;
            came.map_err(refused)?;
        }
        Ok(())
    }

    async fn tell(&self) -> Result<(), Failure> {
        let (by, organ) = (self.organiser(), self.organ.code.as_str());
        let today = self.ledger.clock().today();
        let all = Gathering::of_organ(self.ledger.store(), organ).await?;
        let held = |of: &&Gathering| of.stage(today) == GatheringStage::Held;
        let Some(of) = all.iter().find(held) else { return Ok(()) };
        let desk = desk_of(self.ledger, &by).await?;
        let written = (RECORD, Some(11));
        let unit = minutes::submit(desk, &self.publishers, &by, (organ, &of.id), written).await;
        self.release(&unit.map_err(refused)?).await
    }
}
