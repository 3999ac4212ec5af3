//! 征求意见 of the demo city: one answered, one that waits for its answers, two that are open, one of them for fewer
//! than thirty days, a hearing and a list of decisions; all invented (演示数据), and led through review like a real one.

mod asking;
mod deciding;
mod gathering;
mod interviewing;

use std::collections::BTreeSet;
use std::path::Path;

use identity::{Organ, Role};
use law::Date;
use ledger::{Clock, Ledger};
use participation::acts::answering::{self, Answer, Outcome};
use participation::acts::opinion::{self, Given};
use participation::acts::{ActError, drafting, grouping, shortening};
use participation::store::{Contact, Said};
use participation_rules::{Sender, Source, Way};
use review::{Publishers, Signatory, Step, Unit, Verdict, publication, step};
use secrets::Sealer;

use super::ago;
use super::signing::{self, Staff, desk_of};
use crate::failure::{Exit, Failure};

const WATER: &str = include_str!("../../demo/consultations/water-draft.txt");
const WATER_FINAL: &str = include_str!("../../demo/consultations/water-final.txt");
const SCHOOL: &str = include_str!("../../demo/consultations/school-draft.txt");
const MEALS: &str = include_str!("../../demo/consultations/meals-draft.txt");
const TYPHOON: &str = include_str!("../../demo/consultations/typhoon-draft.txt");

/// An opinion as it is invented: clause, how it came, who, the words; verdict and reason where it is answered.
type Invented = (u32, Source, Sender, &'static str, &'static str, &'static str, &'static str);

/// On the draft about water. Those without an answer of their own say the same as the fourth.
const ON_WATER: [Invented; 12] = [
    (
        3,
        Source::Web,
        Sender::Person,
        "林演示",
        "老小区没有产权人管，水箱没人修。应当写明移交给供水单位以后由谁修。",
        "adopted",
        "第三条增加了移交以后由供水单位负责维护的规定。",
    ),
    (
        4,
        Source::Letter,
        Sender::Person,
        "陈演示",
        "水箱一年洗一次太少，夏天有味道，应当半年一次。",
        "adopted",
        "第四条改为每半年不少于一次，提前三日通知。",
    ),
    (
        5,
        Source::Web,
        Sender::Person,
        "黄演示",
        "检测结果只贴在公告栏，上班的人看不到，请放到网上。",
        "adopted",
        "第五条增加在区政府网站公布，并改为每季度检测一次。",
    ),
    (
        6,
        Source::Web,
        Sender::Person,
        "",
        "提前十二小时太短，早上才知道晚上停水，来不及存水。",
        "adopted",
        "第六条改为提前二十四小时，停水超过十二小时的安排临时供水。",
    ),
    (6, Source::Counter, Sender::Person, "郑演示", "停水通知应当提前一天。", "", ""),
    (6, Source::Meeting, Sender::Person, "叶演示", "停水至少提前一天说，老人要提前准备。", "", ""),
    (
        7,
        Source::Web,
        Sender::Person,
        "许演示",
        "一楼不用加压，不应当分摊加压费。",
        "declined",
        "加压设施是小区的共有设施，共有部分的费用依民法典第二百八十三条由业主分摊；一楼业主可以由业主大会决定少分摊。",
    ),
    (
        7,
        Source::Letter,
        Sender::Organisation,
        "演示某物业服务有限公司",
        "加压电费应当单独计量、单独公示，免得和公共照明混在一起。",
        "partly",
        "电费单独计量写进配套的技术要求，不在本办法里写；公示依物业收费公示的规定办理。",
    ),
    (
        8,
        Source::Web,
        Sender::Person,
        "苏演示",
        "马上施行来不及，物业没有准备。",
        "adopted",
        "第八条改为公布三十日后施行。",
    ),
    (
        0,
        Source::Web,
        Sender::Person,
        "",
        "建议写明投诉电话，出了事知道找谁。",
        "partly",
        "投诉电话经常变动，不写进办法，在区政府网站和小区公告栏公布。",
    ),
    (
        2,
        Source::Web,
        Sender::Person,
        "吴演示",
        "商住楼也应当适用。",
        "declined",
        "商住楼的供水设施按照经营场所的卫生规范管理，要求更高，不适用本办法。",
    ),
    (
        0,
        Source::Telephone,
        Sender::Person,
        "洪演示",
        "支持这个办法，早点施行。",
        "adopted",
        "感谢支持。",
    ),
];

/// On the draft about schools.
const ON_SCHOOL: [Invented; 4] = [
    (2, Source::Web, Sender::Person, "庄演示", "五十米太短，车都停到五十一米去了。", "", ""),
    (3, Source::Web, Sender::Person, "", "接送区要划线，不然照样堵。", "", ""),
    (
        4,
        Source::Letter,
        Sender::Organisation,
        "演示某小学家长委员会",
        "建议先在车流最大的三所学校装信号灯。",
        "",
        "",
    ),
    (0, Source::Web, Sender::Person, "蔡演示", "请错开各年级放学时间。", "", ""),
];

/// On the draft about meals.
const ON_MEALS: [Invented; 2] = [
    (3, Source::Web, Sender::Person, "王演示", "三元太少，建议五元。", "", ""),
    (
        5,
        Source::Web,
        Sender::Person,
        "",
        "送餐费由助餐点承担，助餐点会不愿意送，建议财政补一点。",
        "",
        "",
    ),
];

/// What is told as a whole of the draft about water.
const SUMMARY: &str = "征求意见期间，通过网站、来信、窗口、座谈会和电话收到意见 12 条，主要集中在停水通知、水箱清洗和水质公布。采纳 8 条，部分采纳 2 条，不采纳 2 条；采纳的已经写进定稿。";

fn said(title: &str, explanation: &str, draft: &str, days: u32) -> Said {
    Said {
        title: format!("演示数据：{title}"),
        explanation: explanation.into(),
        draft: draft.into(),
        days,
        short_reason: String::new(),
        ways: vec![Way::Discussion, Way::Public],
        post: "演示区演示路 1 号 3 楼（演示）".into(),
        telephone: "0592-0000000".into(),
        mail: String::new(),
    }
}

/// Who leads them.
pub(super) struct Leading<'a> {
    ledger: &'a Ledger,
    sealer: &'a Sealer,
    organ: Organ,
    staff: Staff,
    publishers: Publishers,
}

impl<'a> Leading<'a> {
    /// For the organ of the examples; none where there is none.
    pub(super) async fn of(
        ledger: &'a Ledger,
        sealer: &'a Sealer,
        folder: &Path,
    ) -> Result<Option<Self>, Failure> {
        let Some(organ) = super::example(ledger).await? else { return Ok(None) };
        let (staff, publishers) = (Staff::of(ledger).await?, signing::publishers(folder));
        Ok(Some(Self { ledger, sealer, organ, staff, publishers }))
    }

    fn organiser(&self) -> Signatory {
        let role = Role::ParticipationOrganiser;
        self.staff.someone(&self.organ.code, role, &mut BTreeSet::new())
    }

    /// A notice is drafted, reviewed and published; answers its key.
    async fn open(&self, said: &Said) -> Result<String, Failure> {
        let by = self.organiser();
        let desk = desk_of(self.ledger, &by).await?;
        let id = drafting::begin(desk, &by, (&self.organ, true), said).await.map_err(refused)?;
        let desk = desk_of(self.ledger, &by).await?;
        let which = (self.organ.code.as_str(), id.as_str());
        let unit = drafting::submit(desk, &self.publishers, &by, which).await.map_err(refused)?;
        if !said.short_reason.is_empty() {
            let mut before = unit.authors.clone();
            let signer = self.staff.someone(&self.organ.code, Role::Approver, &mut before);
            let desk = desk_of(self.ledger, &signer).await?;
            let agreed =
                shortening::approve(desk, &signer, which, "台风已经生成，等不到三十日（演示）");
            agreed.await.map_err(refused)?;
        }
        self.release(&unit).await?;
        Ok(id)
    }

    /// 初审, 保密审查, 签发 and release, by four persons.
    async fn release(&self, unit: &Unit) -> Result<(), Failure> {
        let mut before = unit.authors.clone();
        for (step, role) in [
            (Step::First, Role::Reviewer),
            (Step::Secrecy, Role::SecrecyReviewer),
            (Step::Signature, Role::Approver),
        ] {
            let by = self.staff.someone(&self.organ.code, role, &mut before);
            let desk = desk_of(self.ledger, &by).await?;
            let taken =
                step::keep(desk, &self.publishers, &unit.id, step, &Verdict::Pass, &by).await;
            taken.map_err(signing::refused)?;
        }
        let by = self.staff.someone(&self.organ.code, Role::Publisher, &mut before);
        let desk = desk_of(self.ledger, &by).await?;
        let out = publication::keep(desk, &self.publishers, &unit.id, &by).await;
        out.map(drop).map_err(signing::refused)
    }

    /// Opinions come, by the web and otherwise.
    async fn hear(&self, id: &str, (from, opinions): (usize, &[Invented])) -> Result<(), Failure> {
        for (at, (clause, source, sender, name, words, ..)) in opinions.iter().enumerate() {
            let at = from + at;
            let given = Given {
                clause: *clause,
                sender: *sender,
                words: (*words).into(),
                contact: Contact { name: (*name).into(), contact: String::new() },
                key: format!("yanshi-{id}-{at}"),
                demo: true,
            };
            match source {
                Source::Web => {
                    let taken = opinion::receive(self.ledger, self.sealer, id, &given).await;
                    taken.map_err(refused)?;
                }
                other => {
                    let by = self.organiser();
                    let desk = desk_of(self.ledger, &by).await?;
                    let today: Date = self.ledger.clock().today();
                    let (who, which) = ((self.sealer, &by), (self.organ.code.as_str(), id));
                    let kept = opinion::register(desk, who, which, (*other, today), &given).await;
                    kept.map_err(refused)?;
                }
            }
        }
        Ok(())
    }

    /// Every opinion is answered, and the answers are reviewed and released together.
    async fn answer(&self, id: &str, opinions: &[Invented]) -> Result<(), Failure> {
        let by = self.organiser();
        let organ = self.organ.code.as_str();
        let desk = desk_of(self.ledger, &by).await?;
        grouping::group(desk, &by, (organ, id), (&[4, 5, 6], None)).await.map_err(refused)?;
        for (number, (_, _, sender, name, words, verdict, reason)) in (1_i64..).zip(opinions) {
            if verdict.is_empty() {
                continue;
            }
            // An organisation is named as an officer writes it.
            let named = if *sender == Sender::Organisation { *name } else { "" };
            let given = Answer { named, shown: words, verdict, reason, version: 1 };
            let desk = desk_of(self.ledger, &by).await?;
            let answered = answering::answer(desk, &by, (organ, id, number), given).await;
            answered.map_err(refused)?;
        }
        let found = participation::store::Consultation::find(self.ledger.store(), id).await?;
        let version = found.map(|found| found.version).unwrap_or_default();
        let outcome = Outcome { summary: SUMMARY, final_text: WATER_FINAL, final_path: "/wenjian" };
        let desk = desk_of(self.ledger, &by).await?;
        let kept = answering::keep(desk, &by, (organ, id, version), outcome).await;
        kept.map_err(refused)?;
        let desk = desk_of(self.ledger, &by).await?;
        let unit = answering::submit(desk, &self.publishers, &by, (organ, id)).await;
        self.release(&unit.map_err(refused)?).await
    }
}

/// Days before today on which the draft about water is put to the public, on which others speak about it, and on which
/// all are answered: before anything else of the demo.
const LONG_AGO: [i64; 3] = [290, 272, 245];

/// The clock on which the demo's past begins.
pub(super) fn long_ago() -> Clock {
    ago(LONG_AGO[0])
}

/// A draft about water is put to the public, twelve speak about it, and all are answered.
pub(super) async fn answered(
    ledger: &Ledger,
    sealer: &Sealer,
    folder: &Path,
) -> Result<(), Failure> {
    let Some(leading) = Leading::of(ledger, sealer, folder).await? else { return Ok(()) };
    let later = ago(LONG_AGO[1]);
    let why = "居民小区的水箱、水泵归谁管、多久洗一次、停水怎样通知，一直没有统一的规定。依据城市供水条例起草本办法，共四章八条。";
    let id = leading.open(&said("居民小区二次供水管理办法（草案）", why, WATER, 30)).await?;
    let (early, late) = ON_WATER.split_at(5);
    leading.hear(&id, (0, early)).await?;
    let asked = leading.ask_on_water(&id).await?;
    let talk = leading.plan_talk(later.today()).await?;
    let ledger = ledger.clone().with_clock(later);
    let Some(leading) = Leading::of(&ledger, sealer, folder).await? else { return Ok(()) };
    leading.hear(&id, (early.len(), late)).await?;
    leading.hold_talk(&talk).await?;
    let ledger = ledger.clone().with_clock(ago(LONG_AGO[2]));
    let Some(leading) = Leading::of(&ledger, sealer, folder).await? else { return Ok(()) };
    leading.write_talk_down(&talk).await?;
    leading.answer(&id, &ON_WATER).await?;
    leading.tell_of_water(&asked).await
}

/// Weeks ago: a draft about schools is put to the public.
pub(super) async fn ask_earlier(
    ledger: &Ledger,
    sealer: &Sealer,
    folder: &Path,
) -> Result<(), Failure> {
    let Some(leading) = Leading::of(ledger, sealer, folder).await? else { return Ok(()) };
    let why = "上学、放学时段校门口拥堵，学生在车缝里走。公安、教育和街道一起提出三项措施，先试行一个学期。";
    let id = leading.open(&said("校园周边交通管理措施（征求意见稿）", why, SCHOOL, 30)).await?;
    leading.hear(&id, (0, &ON_SCHOOL)).await?;
    leading.invite_earlier(&id).await
}

/// Today: two more, one of them for ten days; on the other a hearing is called, and both stand in the list of decisions.
pub(super) async fn ask_now(
    ledger: &Ledger,
    sealer: &Sealer,
    folder: &Path,
) -> Result<(), Failure> {
    let Some(leading) = Leading::of(ledger, sealer, folder).await? else { return Ok(()) };
    let why = "老年人吃饭难，助餐点补多少、谁能补、钱怎样公开，需要有规矩。共七条。";
    let id = leading.open(&said("老年人助餐服务补助办法（草案）", why, MEALS, 30)).await?;
    leading.hear(&id, (0, &ON_MEALS)).await?;
    leading.ask_on_meals(&id).await?;
    leading.plan(&id).await?;
    leading.call(&id).await?;
    leading.plan_next_talk().await?;
    leading.invite().await?;
    let why = "台风季节户外广告牌、脚手架坠落多发，需要明确谁来加固、多久加固好。共三条。";
    let short = Said {
        short_reason: "台风季节已经开始，第一个台风预计两周内影响本区，等三十日会错过防御。".into(),
        ..said("台风期间户外广告牌和脚手架安全管理措施（草案）", why, TYPHOON, 10)
    };
    leading.open(&short).await.map(drop)
}

/// The data of the demo do not fit the program.
fn refused(error: ActError) -> Failure {
    let message = format!("演示资料没有通过: {error}");
    Failure::new(Exit::Failure, message, "请重新取得程序").because(error)
}
