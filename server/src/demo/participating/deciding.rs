//! A hearing that one enrols for, and the list of decisions in which its draft stands; both invented (演示数据).

use jiff::ToSpan;
use law::Date;
use participation::acts::enrolment::{self, Enrolling};
use participation::acts::{decision_report, decisions, hearing};
use participation::store::{DecisionSaid, Enroller, HearingSaid, ReportSaid};
use participation_rules::{Milestone, ReportKind};

use super::super::signing::desk_of;
use super::{Leading, refused};
use crate::failure::Failure;

/// Who enrols: the side, and the name.
const ENROLLED: [(usize, &str); 4] = [(1, "叶演示"), (1, "邱演示"), (1, "江演示"), (2, "范演示")];

const ITEMS: &str = "老年人助餐服务补助办法｜演示区民政局｜四季度｜向社会征求意见、听证会
居民小区二次供水管理办法｜演示区建设局｜一季度｜向社会征求意见、座谈会
校园周边交通管理措施｜演示区公安分局｜四季度｜向社会征求意见";

const MECHANISM: &str = "目录里的每一件，决定以前都向社会征求意见，一般不少于三十日；直接关系居民花钱、出行、上学的，还开座谈会或者听证会。
网上、来信、窗口、电话都可以提意见，不用注册、不用写名字；截止以后逐条答复，采纳没有、为什么，一起公布。
执行满一年的，公布执行情况，听大家说哪里还不行。";

const EXECUTED: &str = "全区登记二次供水设施 312 处，已经移交供水单位统一维护 180 处。
水箱半年清洗一次的小区 168 个，检测结果每季度在区政府网站公布。
还有 132 处产权不清，没有移交；明年上半年逐个小区协商，先修漏得最多的二十个。";

impl Leading<'_> {
    fn today(&self) -> Date {
        self.ledger.clock().today()
    }

    /// A hearing on a draft is called, and some enrol.
    pub(super) async fn call(&self, consultation: &str) -> Result<(), Failure> {
        let (by, organ) = (self.organiser(), self.organ.code.as_str());
        let later = |days: i32| Some(self.today().saturating_add(days.days()));
        let said = HearingSaid {
            title: "演示数据：老年人助餐补助标准听证会".into(),
            matters: "每餐补多少、哪些老人能补、送餐费由谁出。".into(),
            place: "演示区演示路 1 号 3 楼会议室（演示）".into(),
            held_on: later(45),
            held_at: "上午 9:00".into(),
            enrol_until: later(28),
            conditions: "住在演示区、年满十八周岁的居民，或者在演示区开办助餐点的单位的负责人。"
                .into(),
            sides: "居民代表 10\n助餐点代表 3".into(),
            value_source: "演示用的公开数值：听证报名截止后第二天的演示开奖号码".into(),
            value_on: later(31),
            telephone: "0592-0000000".into(),
        };
        let desk = desk_of(self.ledger, &by).await?;
        let of = (&self.organ, true);
        let id = hearing::begin(desk, &by, of, consultation).await.map_err(refused)?;
        let desk = desk_of(self.ledger, &by).await?;
        let kept = hearing::keep(desk, &by, (organ, &id, 1), &said).await;
        kept.map_err(refused)?;
        let desk = desk_of(self.ledger, &by).await?;
        let unit = hearing::submit(desk, &self.publishers, &by, (organ, &id)).await;
        self.release(&unit.map_err(refused)?).await?;
        for (side, name) in ENROLLED {
            let given = Enrolling {
                side,
                who: Enroller {
                    name: name.into(),
                    contact: "0592-0000000".into(),
                    words: String::new(),
                },
                key: format!("yanshi-{id}-{name}"),
                demo: true,
            };
            let enrolled = enrolment::enrol(self.ledger, self.sealer, &id, &given).await;
            enrolled.map_err(refused)?;
        }
        Ok(())
    }

    /// This year's list of decisions, with what became public of the first.
    pub(super) async fn plan(&self, consultation: &str) -> Result<(), Failure> {
        let (by, organ) = (self.organiser(), self.organ.code.as_str());
        let (today, year) = (self.today(), self.today().year());
        let said = DecisionSaid {
            year,
            title: format!("演示数据：{year} 年度重大行政决策事项目录"),
            approved_by: "演示区委，演示委〔今年〕1 号".into(),
            approved_on: Some(today),
            mechanism: MECHANISM.into(),
            items: ITEMS.into(),
        };
        let desk = desk_of(self.ledger, &by).await?;
        let id = decisions::begin(desk, &by, (&self.organ, true)).await.map_err(refused)?;
        let desk = desk_of(self.ledger, &by).await?;
        let kept = decisions::keep(desk, &by, (organ, &id, 1), &said).await;
        kept.map_err(refused)?;
        let desk = desk_of(self.ledger, &by).await?;
        let unit = decisions::submit(desk, &self.publishers, &by, (organ, &id)).await;
        self.release(&unit.map_err(refused)?).await?;
        let path = format!("/yijian/{consultation}");
        for (milestone, path) in [(Milestone::Begun, ""), (Milestone::Consulted, path.as_str())] {
            let desk = desk_of(self.ledger, &by).await?;
            let what = (Some(milestone), Some(today), path);
            decisions::mark(desk, &by, (organ, &id, 1), what).await.map_err(refused)?;
        }
        let desk = desk_of(self.ledger, &by).await?;
        let what = (Some(Milestone::Decided), Some(today), "");
        decisions::mark(desk, &by, (organ, &id, 2), what).await.map_err(refused)?;
        self.account(&id).await
    }

    /// How the second decision of a list is executed, reviewed and published.
    async fn account(&self, list: &str) -> Result<(), Failure> {
        let (by, organ) = (self.organiser(), self.organ.code.as_str());
        let said = ReportSaid {
            until: Some(self.today()),
            body: EXECUTED.into(),
            ..ReportSaid::of(ReportKind::Execution, "演示区建设局".into())
        };
        let desk = desk_of(self.ledger, &by).await?;
        let what = (list, 2, ReportKind::Execution);
        let begun = decision_report::begin(desk, &by, (&self.organ, true), what).await;
        let id = begun.map_err(refused)?;
        let desk = desk_of(self.ledger, &by).await?;
        let kept = decision_report::keep(desk, &by, (organ, &id, 1), &said).await;
        kept.map_err(refused)?;
        let desk = desk_of(self.ledger, &by).await?;
        let unit = decision_report::submit(desk, &self.publishers, &by, (organ, &id)).await;
        self.release(&unit.map_err(refused)?).await
    }
}
