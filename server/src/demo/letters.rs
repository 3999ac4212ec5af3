//! 互动交流 in the demo city: letters of the last weeks in all their states, answered by invented persons on their
//! days through the same acts; some answers are published. Whoever writes is invented.

use std::collections::BTreeSet;
use std::path::Path;

use identity::{Organ, Role};
use law::Date;
use ledger::{Actor, Clock, Ledger};
use review::{Signatory, Step, Verdict, publication, step};
use secrets::Sealer;
use suggestions::acts::closing::{self, Ending};
use suggestions::acts::piece::{self, Prepared};
use suggestions::acts::receipt::{self, HandedIn};
use suggestions::acts::{
    ActError, By, acceptance, answer, assistance, extension, transfer, writer,
};
use suggestions::store::{Closing, Source, Suggestion, Written};
use suggestions_rules::{
    Card, DISCLOSURE_OPENING, Difficulty, PetitionWay, Satisfaction, SuggestionKind, answer_due,
};

use super::ago;
use super::signing::{self, Staff, desk_of};
use crate::failure::{Exit, Failure};

/// Who answers: a district's 民政局 and 教育局.
const ORGANS: [&str; 2] = ["XM01023", "XM01025"];

/// An answered letter: how many days ago it came and after how many days it was answered; kind, title, words,
/// answer; whether its writer agrees to publication, and what he says of the answer.
type Answered = (
    i64,
    i64,
    SuggestionKind,
    &'static str,
    &'static str,
    &'static str,
    bool,
    Option<Satisfaction>,
);

/// The last of them were written to the second organ.
const ANSWERED: [Answered; 17] = [
    (
        33,
        5,
        SuggestionKind::Inquiry,
        "低保怎么申请",
        "家里老人没有收入，想问低保到哪里申请、要带什么。",
        "请到户籍所在地的街道便民服务中心申请，带户口簿、身份证和家庭收入证明；街道会上门核对，结果张榜公示。",
        true,
        Some(Satisfaction::Satisfied),
    ),
    (
        32,
        6,
        SuggestionKind::Inquiry,
        "临时救助多久能批",
        "突然生病花了很多钱，临时救助多久能批下来？",
        "一般情况自受理之日起十五个工作日内办结；情况紧急的可以先行救助，再补手续。",
        true,
        Some(Satisfaction::Satisfied),
    ),
    (
        31,
        4,
        SuggestionKind::Proposal,
        "便民中心中午留人值班",
        "上班族只有中午有空，建议便民中心中午留一个窗口。",
        "您的建议已经采纳，下月起中午留一个窗口，只收件、不出证。",
        true,
        Some(Satisfaction::Mostly),
    ),
    (
        30,
        7,
        SuggestionKind::Complaint,
        "办事窗口让我跑了三趟",
        "办一张证明跑了三趟，每次说的材料都不一样。",
        "已经核实，是窗口没有一次告知。已对当班人员批评教育，并把材料清单贴在窗口。给您添了麻烦，抱歉。",
        false,
        Some(Satisfaction::Satisfied),
    ),
    (
        29,
        6,
        SuggestionKind::Inquiry,
        "残疾人两项补贴标准",
        "想问残疾人生活补贴和护理补贴一个月多少钱。",
        "标准按残疾类别和等级分档，见本站公开的补贴标准文件；到街道可以查到自己的档次。",
        true,
        Some(Satisfaction::Mostly),
    ),
    (
        28,
        5,
        SuggestionKind::Inquiry,
        "高龄津贴什么时候发",
        "老人满八十岁了，高龄津贴从哪个月开始发？",
        "从满八十周岁的当月起发，错过申请的可以补发，最多补十二个月。",
        true,
        None,
    ),
    (
        27,
        8,
        SuggestionKind::Complaint,
        "小区门口长期占道",
        "小区门口的摊位长期占道，晚上走不过去。",
        "已经会同街道到现场处理，划了临时摊位区，以后每天巡查。",
        false,
        Some(Satisfaction::Dissatisfied),
    ),
    (
        26,
        6,
        SuggestionKind::Report,
        "养老机构没有备案",
        "有一家养老机构好像没有备案就在收住老人。",
        "已经核查，该机构已责令限期备案。谢谢您的线索。",
        false,
        None,
    ),
    (
        25,
        5,
        SuggestionKind::Inquiry,
        "婚姻登记要不要预约",
        "想问现在婚姻登记要不要预约，周末能不能办。",
        "可以预约，也可以直接来；周六上午办理，法定节假日除外。",
        true,
        Some(Satisfaction::Satisfied),
    ),
    (
        24,
        6,
        SuggestionKind::Proposal,
        "公示栏字太小",
        "社区公示栏的字太小，老人看不清，建议放大。",
        "已经换成大字版，并在旁边放了老花镜。",
        true,
        Some(Satisfaction::Satisfied),
    ),
    (
        22,
        5,
        SuggestionKind::Inquiry,
        "流浪人员救助站在哪里",
        "看到有流浪人员，想问救助站在哪里、能不能送过去。",
        "救助站全天开放，地址和电话见本站机构页；也可以请民警护送。",
        true,
        None,
    ),
    (
        21,
        6,
        SuggestionKind::Inquiry,
        "公益性公墓怎么买",
        "村里的公益性公墓怎么申请？",
        "凭死亡证明和户口簿到村委会申请，价格公示在墓园门口。",
        true,
        Some(Satisfaction::Mostly),
    ),
    (
        20,
        4,
        SuggestionKind::Complaint,
        "电话没人接",
        "公布的咨询电话打了两天没人接。",
        "电话转接设置有误，已经恢复，并安排了轮值。",
        false,
        Some(Satisfaction::Satisfied),
    ),
    (
        19,
        6,
        SuggestionKind::Inquiry,
        "慈善捐款收据",
        "捐款以后想要收据，找谁开？",
        "请凭捐款凭证到慈善会开具公益捐赠票据，可以抵扣个人所得税。",
        true,
        Some(Satisfaction::Satisfied),
    ),
    (
        18,
        4,
        SuggestionKind::Inquiry,
        "小学报名要什么材料",
        "孩子上小学报名要带什么材料，户口不在学区怎么办？",
        "带户口簿、房产证或者居住证、预防接种证；户口不在学区的由区里统筹安排。",
        false,
        None,
    ),
    (
        17,
        5,
        SuggestionKind::Inquiry,
        "公办幼儿园招生报名",
        "公办幼儿园招生什么时候报名，学区怎么划？",
        "六月网上报名，学区范围见公布的招生方案。",
        false,
        Some(Satisfaction::Satisfied),
    ),
    (
        16,
        6,
        SuggestionKind::Inquiry,
        "转学怎么办",
        "孩子从外地转学回来，学校说没有学位，怎么办？",
        "请到居住地学区的小学登记，没有学位的由区里安排到就近有学位的学校。",
        false,
        None,
    ),
];

/// What waits: which organ, kind, title and words.
type Open = (usize, SuggestionKind, &'static str, &'static str);

const OPEN: [Open; 13] = [
    (
        0,
        SuggestionKind::Inquiry,
        "外地户口能不能申请临时救助",
        "我是外地户口，在这里打工摔伤了，能不能申请临时救助？",
    ),
    (0, SuggestionKind::Complaint, "补贴少发了一个月", "上个月的补贴没有到账，问了说系统在升级。"),
    (
        0,
        SuggestionKind::Inquiry,
        "公租房能不能换房",
        "公租房住三楼，老人腿脚不好，能不能换到一楼？",
    ),
    (
        0,
        SuggestionKind::Inquiry,
        "申请公开拆迁补偿方案",
        "我想看我们那一片的拆迁补偿方案，要申请公开。",
    ),
    (
        0,
        SuggestionKind::Complaint,
        "对处理意见不服，要信访复查",
        "去年的信访处理意见书我不服，要求复查。",
    ),
    (0, SuggestionKind::Inquiry, "幼儿园招生", "想问公办幼儿园什么时候招生。"),
    (
        0,
        SuggestionKind::Inquiry,
        "外地户口能不能申请临时救助",
        "我是外地户口，在这里打工摔伤了，能不能申请临时救助？",
    ),
    (0, SuggestionKind::Proposal, "社区加装休息椅", "建议在社区路边多装几把椅子，老人走累了能坐。"),
    (0, SuggestionKind::Inquiry, "适老化改造补助", "家里做适老化改造，补助怎么领？"),
    (1, SuggestionKind::Inquiry, "教师资格认定时间", "今年下半年教师资格什么时候认定？"),
    (0, SuggestionKind::Report, "有人冒领补贴", "怀疑有人用去世老人的名字领补贴。"),
    (0, SuggestionKind::Complaint, "殡仪馆收费看不懂", "殡仪馆的收费单看不懂，想要一份说明。"),
    (2, SuggestionKind::Inquiry, "公示在哪里看", "想问这一片的公示在哪里看，看到哪天为止？"),
];

/// So many of the answered letters were written to the second organ.
const OF_SECOND: usize = 3;

/// To whom an answered letter was written.
const fn answerer(at: usize) -> &'static str {
    if at + OF_SECOND < ANSWERED.len() { ORGANS[0] } else { ORGANS[1] }
}

/// Who acts for an organ in a role; the same person for the same role.
struct Bench<'a> {
    sealer: &'a Sealer,
    staff: Staff,
}

impl Bench<'_> {
    fn someone(&self, organ: &str, role: Role) -> Signatory {
        self.staff.someone(organ, role, &mut BTreeSet::new())
    }
}

fn handed(
    organ: &str,
    kind: SuggestionKind,
    title: &str,
    words: &str,
    at: usize,
    consent: bool,
) -> HandedIn {
    HandedIn {
        kind,
        base: "/siming".into(),
        organ: organ.to_owned(),
        source: (Source::Web, None),
        written: Written {
            subject: format!("演示：{title}"),
            words: words.to_owned(),
            name: String::new(),
            phone: String::new(),
        },
        consent,
        key: format!("demo-letter-{at}-{title}"),
        demo: true,
    }
}

/// Letters that wait so long that they bear a card: which, and title and words.
const CARDS: [(Card, &str, &str); 2] = [
    (Card::Yellow, "养老院床位补贴", "想问养老院的床位补贴怎么申请，问了两次没有回音。"),
    (Card::Warning, "困境儿童探访", "社区里有个孩子没人管，能不能安排探访？"),
];

/// The letters that have their answer, each on its days, and those that wait long enough for a card; gives back
/// the ledger with the clock of today.
pub(super) async fn past(ledger: Ledger, sealer: &Sealer) -> Result<Ledger, Failure> {
    let bench = Bench { sealer, staff: Staff::of(&ledger).await? };
    let organ = ORGANS[0];
    let mut waiting: Vec<(i64, usize, String)> = Vec::new();
    let today = Clock::Wall.today();
    let cards = CARDS.map(|(card, title, words)| (with_card(&ledger, today, card), title, words));
    let mut ledger = ledger;
    for back in (0..=33).rev() {
        ledger = ledger.with_clock(ago(back));
        for (at, one) in ANSWERED.iter().enumerate().filter(|(_, one)| one.0 == back) {
            let letter = handed(answerer(at), one.2, one.3, one.4, at, one.6);
            let desk = ledger.desk(Actor::Visitor).await?;
            let came = receipt::receive(desk, sealer, &letter).await.map_err(refused)?;
            waiting.push((back - one.1, at, came.id));
        }
        for (at, (_, title, words)) in cards.iter().enumerate().filter(|(_, one)| one.0 == back) {
            let kind = SuggestionKind::Inquiry;
            let letter = handed(organ, kind, title, words, 50 + at, false);
            let desk = ledger.desk(Actor::Visitor).await?;
            receipt::receive(desk, sealer, &letter).await.map_err(refused)?;
        }
        for (_, at, id) in waiting.iter().filter(|(day, ..)| *day == back) {
            answered(&ledger, &bench, answerer(*at), id, ANSWERED[*at].5).await?;
            if let Some(rating) = ANSWERED[*at].7 {
                rated(&ledger, &bench, (answerer(*at), id), rating).await?;
            }
        }
    }
    Ok(ledger.with_clock(Clock::Wall))
}

async fn answered(
    ledger: &Ledger,
    bench: &Bench<'_>,
    organ: &str,
    id: &str,
    words: &str,
) -> Result<(), Failure> {
    let handler = bench.someone(organ, Role::SuggestionHandler);
    let reviewer = bench.someone(organ, Role::Reviewer);
    let (by, other) =
        (By { who: &handler, sealer: bench.sealer }, By { who: &reviewer, sealer: bench.sealer });
    let desk = || desk_of(ledger, &handler);
    acceptance::accept(desk().await?, by, id, (false, "")).await.map_err(refused)?;
    answer::draft(desk().await?, by, id, words).await.map_err(refused)?;
    let looking = desk_of(ledger, &reviewer).await?;
    answer::review(looking, other, (id, 1), (true, "")).await.map_err(refused)?;
    answer::send(desk().await?, by, id).await.map_err(refused)?;
    Ok(())
}

async fn rated(
    ledger: &Ledger,
    bench: &Bench<'_>,
    (organ, id): (&str, &str),
    rating: Satisfaction,
) -> Result<(), Failure> {
    let letter = found(ledger, organ, id).await?;
    let desk = ledger.desk(Actor::Visitor).await?;
    writer::rate(desk, bench.sealer, &letter, rating).await.map_err(refused)?;
    Ok(())
}

async fn found(ledger: &Ledger, organ: &str, id: &str) -> Result<Suggestion, Failure> {
    let letter = Suggestion::find(ledger.store(), organ, id).await?;
    letter.ok_or_else(|| super::layers::missing("留言"))
}

/// How many days ago a letter came that bears a card on a day; none where there is no such day.
fn with_card(ledger: &Ledger, today: Date, card: Card) -> i64 {
    let calendar = ledger.calendar();
    let bears = |back: &i64| {
        let from = today.saturating_sub(jiff::Span::new().days(*back));
        let due = answer_due(from, Difficulty::Usual, &calendar).ok();
        due.is_some_and(|due| Card::on(today, due.date, &calendar) == Ok(Some(card)))
    };
    (0..20).find(bears).unwrap_or(0)
}

/// Letters that came today, each in a state of its own; and answers that are published.
pub(super) async fn load(
    ledger: &Ledger,
    (sealer, folder): (&Sealer, &Path),
    example: &Organ,
) -> Result<(), Failure> {
    let bench = Bench { sealer, staff: Staff::of(ledger).await? };
    let mut ids = Vec::with_capacity(OPEN.len());
    for (at, (organ, kind, title, words)) in OPEN.iter().enumerate() {
        let organ = ORGANS.get(*organ).copied().unwrap_or(&example.code);
        let letter = handed(organ, *kind, title, words, 100 + at, at % 3 == 0);
        let desk = ledger.desk(Actor::Visitor).await?;
        ids.push(receipt::receive(desk, sealer, &letter).await.map_err(refused)?.id);
    }
    handled(ledger, &bench, &ids).await?;
    published(ledger, &bench, folder).await
}

async fn handled(ledger: &Ledger, bench: &Bench<'_>, ids: &[String]) -> Result<(), Failure> {
    let organ = ORGANS[0];
    let (handler, reviewer) =
        (bench.someone(organ, Role::SuggestionHandler), bench.someone(organ, Role::Reviewer));
    let by = By { who: &handler, sealer: bench.sealer };
    let other = By { who: &reviewer, sealer: bench.sealer };
    let desk = || desk_of(ledger, &handler);
    let [_, complaint, moving, disclosure, petition, school, again, bench_of, home, ..] = ids
    else {
        return Ok(());
    };
    for id in [complaint, moving, home] {
        acceptance::accept(desk().await?, by, id, (false, "")).await.map_err(refused)?;
    }
    acceptance::accept(desk().await?, by, bench_of, (true, "")).await.map_err(refused)?;
    let words = "请说明公租房调换的条件和排队情况。";
    assistance::ask(desk().await?, by, moving, (ORGANS[1], words)).await.map_err(refused)?;
    extension::propose(desk().await?, by, complaint, "要与银行核对发放记录（演示）")
        .await
        .map_err(refused)?;
    let looking = desk_of(ledger, &reviewer).await?;
    let seen = (complaint.as_str(), found(ledger, organ, complaint).await?.revision());
    extension::decide(looking, other, seen, (true, "同意（演示）")).await.map_err(refused)?;
    extension::propose(desk().await?, by, moving, "要等协办机关说明（演示）")
        .await
        .map_err(refused)?;
    let words = "补助在完工验收以后由街道发放，带发票和验收单。";
    answer::draft(desk().await?, by, home, words).await.map_err(refused)?;
    let (both, upper) =
        (((by, &handler), (other, &reviewer)), "作出信访处理意见的机关的上一级机关");
    let referred = (Ending::Disclosure(DISCLOSURE_OPENING), "要的是没有公开的文件（演示）");
    closed(ledger, disclosure, referred, both).await?;
    let handed = Ending::Petition(PetitionWay::Outside, upper, "");
    closed(ledger, petition, (handed, "不服信访处理意见（演示）"), both).await?;
    let to = (ORGANS[1], "幼儿园招生由教育部门答复");
    transfer::transfer(desk().await?, by, school, to).await.map_err(refused)?;
    let first = found(ledger, organ, &ids[0]).await?;
    closed(ledger, again, (Ending::Joining(&first.number), ""), both).await
}

/// Who closes something, with his keys.
type Closer<'a> = (By<'a>, &'a Signatory);

/// A letter is closed without an answer by two persons: one proposes, the other decides.
async fn closed(
    ledger: &Ledger,
    id: &str,
    (ending, reason): (Ending<'_>, &str),
    ((by, handler), (other, reviewer)): (Closer<'_>, Closer<'_>),
) -> Result<(), Failure> {
    let desk = desk_of(ledger, handler).await?;
    closing::propose(desk, by, id, (ending, reason)).await.map_err(refused)?;
    let waits = Closing::of(ledger.store(), id).await?;
    let waits = waits.ok_or_else(|| super::layers::missing("留言"))?;
    let (desk, seen) = (desk_of(ledger, reviewer).await?, (id, waits.id.as_str()));
    closing::decide(desk, other, seen, (true, "同意（演示）")).await.map_err(refused)?;
    Ok(())
}

/// Some answers go through review and are published.
async fn published(ledger: &Ledger, bench: &Bench<'_>, folder: &Path) -> Result<(), Failure> {
    let (organ, publishers) = (ORGANS[0], signing::publishers(folder));
    let handler = bench.someone(organ, Role::SuggestionHandler);
    let by = By { who: &handler, sealer: bench.sealer };
    let answered = Suggestion::answered(ledger.store(), 100).await?;
    for letter in answered.into_iter().filter(|one| one.consent && one.organ == organ).take(6) {
        let written = letter.open(bench.sealer).map_err(|error| refused(error.into()))?;
        let own = ANSWERED.iter().find(|one| written.words == one.4);
        let prepared = Prepared {
            title: written.subject,
            question: written.words,
            answer: own.map(|one| one.5.to_owned()).unwrap_or_default(),
        };
        let desk = desk_of(ledger, &handler).await?;
        let unit = piece::submit(desk, &publishers, by, (&letter.id, &prepared)).await;
        let unit = unit.map_err(refused)?;
        let mut before = unit.authors.clone();
        for (step, role) in [
            (Step::First, Role::Reviewer),
            (Step::Secrecy, Role::SecrecyReviewer),
            (Step::Signature, Role::Approver),
        ] {
            let who = bench.staff.someone(organ, role, &mut before);
            let desk = desk_of(ledger, &who).await?;
            let taken = step::keep(desk, &publishers, &unit.id, step, &Verdict::Pass, &who).await;
            taken.map_err(signing::refused)?;
        }
        let who = bench.staff.someone(organ, Role::Publisher, &mut before);
        let desk = desk_of(ledger, &who).await?;
        publication::keep(desk, &publishers, &unit.id, &who).await.map_err(signing::refused)?;
    }
    Ok(())
}

/// The data of the demo do not fit the program.
fn refused(error: ActError) -> Failure {
    let message = format!("演示资料没有通过: {error}");
    Failure::new(Exit::Failure, message, "请重新取得程序").because(error)
}
