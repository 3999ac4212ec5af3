//! `/gongzuo/shenqing/{id}`: 案卷, the file with its clock, steps, letters and history; what may be done now.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Html;
use serde::Deserialize;
use web::components::{Meta, MetaValue, Tag};
use web::moments::minute;
use web::workbench::Workbench;
use web::{Clerk, Fault, Visit};

use super::acting;
use super::bar::Bar;
use super::file::File;
use super::history::{self, Line};
use super::list::state_tag;
use super::material;
use super::steps::{self, Step};
use super::{LIST, titled};
use crate::store::{
    AnswerState, Case, CaseFile, Conversion, DueMoved, Filing, IssuedLetter, Particulars, Perusal,
    telling, veiled,
};

#[derive(Template)]
#[template(path = "workbench/case.html")]
struct CasePage {
    desk: Workbench,
    number: String,
    title: String,
    tag: Tag,
    unreceived: Option<String>,
    bar: Option<Bar>,
    steps: Vec<Step>,
    /// What comes first, and the rest in groups.
    first: Option<Offer>,
    offers: Vec<(&'static str, Vec<Offer>)>,
    letters: Vec<LetterLine>,
    files: Vec<material::Line>,
    /// Whether any of them is opened from here.
    opens: bool,
    said: Vec<material::Said>,
    wanted: Meta,
    identity: Option<String>,
    history: Vec<Line>,
    /// How its last day moved with arrangements of holidays: before, after, when.
    moved: Vec<(String, String, String)>,
    /// What it was turned into for everybody, and where that is once it is public.
    converted: Option<(String, Option<String>)>,
    perusals: Vec<Perusal>,
}

/// Something that may be done now.
pub(super) struct Offer {
    pub href: String,
    pub words: &'static str,
}

/// What belongs together, by the acts' paths; the rest is 办理.
const GROUPS: [(&str, &[&str]); 4] = [
    (
        "补正和征求意见",
        &[
            "buzheng",
            "zaibuzheng",
            "shoudao",
            "disanfang",
            "qitajiguan",
            "yijian",
            "rendingyijian",
            "budeng",
            "gaozhi",
            "shuoming",
            "rending",
        ],
    ),
    ("期限和费用", &["yanqi", "yanchi", "shoufei", "jiaofei", "tuifei", "fangqi"]),
    (
        "送达和归档",
        &["songda", "huizheng", "guidang", "zhuangongkai", "quming", "baoquan", "jiebao"],
    ),
    ("复议和诉讼", &["fuyi", "jieguo"]),
];

struct LetterLine {
    title: &'static str,
    number: String,
    on: String,
    href: String,
}

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    done: String,
}

const SAID: &[(&str, &str)] = &[("banli", "已经办理，记录在下面。")];

/// Shows the file.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Fault> {
    let file = File::read_by(&visit, &clerk, &id).await?;
    let (case, letters) = (&file.case, &file.letters);
    let store = visit.house.store();
    let files = material::lines(&visit, &clerk, &file, &CaseFile::of(store, &id).await?);
    let moved = DueMoved::of(store, &id).await?;
    let today = visit.house.ledger().clock().today();
    let calendar = visit.house.ledger().calendar();
    let may_know = clerk.has_power("foi.read_identity") && case.filing.nameless_on.is_none();
    let base = format!("{LIST}/{id}");
    let (first, offers) = offers(&visit, &clerk, &file, &base);
    let page = CasePage {
        number: case.filing.number.clone(),
        title: titled(&case.filing),
        tag: state_tag(&case.filing, today),
        unreceived: unreceived(case),
        bar: Bar::of(case, today, &calendar).map_err(Fault::inside)?,
        steps: steps::of(case, letters),
        first,
        offers,
        letters: letters.iter().map(|letter| line(&visit, letter, case)).collect(),
        opens: files.iter().any(|one| one.href.is_some()),
        files,
        said: material::opinions(&visit, &file).await?,
        wanted: helped(&visit, case, wanted(&case.filing)).await?,
        identity: may_know.then(|| visit.site.link(&format!("{base}/shenfen"))),
        history: history::of(&case.events),
        moved: moved.iter().map(moved_line).collect(),
        converted: file.conversion.as_ref().map(|one| converted(&visit, one)),
        perusals: Perusal::of(store, &id).await?,
        desk: Workbench::of(&visit, clerk, "shenqing", format!("申请 {}", case.filing.number))
            .await?
            .under("依申请公开", LIST)
            .saying(&asked.done, SAID),
    };
    web::page::answer(&page)
}

/// How a last day was and is; a day that may still move says so.
fn moved_line(one: &DueMoved) -> (String, String, String) {
    let told = |due: Option<law::Counted>| match due {
        Some(due) if due.provisional => format!("{}（暂定）", due.date),
        Some(due) => due.date.to_string(),
        None => "计时停止".to_owned(),
    };
    (told(one.before), told(one.after), minute(&one.moved_at))
}

fn converted(visit: &Visit, one: &Conversion) -> (String, Option<String>) {
    let mut words = format!("{} {} 决定转为主动公开：{}", one.decided_on, one.name, one.title);
    if let Some(day) = one.dropped_on {
        words.push_str(&format!("（稿件 {day} 已经删去，可以重新转）"));
    }
    let published = one.published.as_ref();
    (words, published.map(|(record, _)| visit.site.link(&format!("/wenjian/{record}"))))
}

impl CasePage {
    fn at(text: &str) -> String {
        minute(text)
    }
}

/// What may be done to the file now, by whoever looks at it.
fn offers(
    visit: &Visit,
    clerk: &Clerk,
    file: &File,
    base: &str,
) -> (Option<Offer>, Vec<(&'static str, Vec<Offer>)>) {
    let may = |act: &&acting::Acting| {
        File::is_offered(clerk, act.power, &super::act::tie(file, clerk, act).because("查看"))
    };
    let mut ways: Vec<(&str, &'static str)> = Vec::new();
    let state = file.answer.as_ref().map(|one| one.answer.state);
    let signed = state == Some(AnswerState::Signed) && file.is_assigned(clerk);
    if signed {
        ways.push(("shencha", "编号印发"));
    }
    let written = matches!(state, Some(AnswerState::Submitted | AnswerState::Signed));
    if acting::answers(file)
        && !written
        && clerk.may("foi.draft_reply", &file.tie_of_draft(clerk)).is_ok()
    {
        ways.push(("dafu", "拟答复"));
    }
    if acting::may_be_put_right(file)
        && clerk.may("foi.draft_reply", &file.tie_of_draft(clerk)).is_ok()
    {
        ways.push(("dafu", "更正答复"));
    }
    if written && !signed {
        ways.push(("dafu", "看答复和在谁那里"));
    }
    if file.answer.is_some() && !signed {
        ways.push(("shencha", "审查和签发"));
    }
    ways.extend(acting::offered(file).filter(may).map(|act| (act.path(), act.words)));
    let offer = |(path, words): (&str, &'static str)| Offer {
        href: visit.site.link(&format!("{base}/{path}")),
        words,
    };
    let mut ways = ways.into_iter();
    let first = ways.next().map(offer);
    let mut groups: Vec<(&'static str, Vec<Offer>)> = Vec::new();
    for way in ways {
        let own = GROUPS.iter().find(|(_, paths)| paths.contains(&way.0));
        let heading = own.map_or("办理", |(heading, _)| *heading);
        match groups.iter_mut().find(|(known, _)| *known == heading) {
            Some((_, offers)) => offers.push(offer(way)),
            None => groups.push((heading, vec![offer(way)])),
        }
    }
    (first, groups)
}

/// Two receipts of one request are told apart: the one before it was confirmed, and the one that says from which
/// day is counted.
pub(crate) fn titled_apart(letter: &IssuedLetter, case: &Case) -> &'static str {
    let unconfirmed = case.filing.received_on.is_none_or(|day| letter.issued_on < day);
    let open = case.filing.arrival.confirmed.is_some() || case.filing.received_on.is_none();
    match letter.kind {
        requests_rules::Letter::Receipt if open && unconfirmed => "登记回执（等待确认收到）",
        kind => kind.title(),
    }
}

fn line(visit: &Visit, letter: &IssuedLetter, case: &Case) -> LetterLine {
    let path = format!("{LIST}/{}/wenshu/{}", letter.request, letter.id);
    LetterLine {
        title: titled_apart(letter, case),
        number: letter.number.clone(),
        on: letter.issued_on.to_string(),
        href: visit.site.link(&path),
    }
}

fn unreceived(case: &Case) -> Option<String> {
    let filing = &case.filing;
    if filing.received_on.is_some() {
        return None;
    }
    let by = filing.confirm_by.map(|day| format!("，最迟 {day} 与申请人联系确认"));
    Some(format!("还没有收到之日：等待双方确认{}。确认之日是收到之日。", by.unwrap_or_default()))
}

/// The same with what help the applicant asked for, in his words and without who he is.
async fn helped(visit: &Visit, case: &Case, wanted: Meta) -> Result<Meta, Fault> {
    if !case.filing.asks_help || case.filing.nameless_on.is_some() {
        return Ok(wanted);
    }
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let known = Particulars::open(visit.house.store(), sealer, &case.filing.id).await;
    let known = known.map_err(Fault::inside)?;
    let words = known.and_then(|known| {
        let words = known.assistance.as_deref()?;
        Some(veiled(words, &telling(&known.applicant)))
    });
    Ok(match words.filter(|words| !words.trim().is_empty()) {
        Some(words) => wanted.with_wide("需要的协助", MetaValue::Text(words)),
        None => wanted,
    })
}

/// What is asked for, with the applicant masked.
pub(super) fn wanted(filing: &Filing) -> Meta {
    let said = |text: &Option<String>| text.clone().unwrap_or_default();
    let mut meta = Meta::default();
    for (term, text) in [
        ("信息名称", said(&filing.wanted.title)),
        ("文号", said(&filing.wanted.number)),
        ("其他描述", said(&filing.wanted.description)),
    ] {
        if !text.is_empty() {
            meta = meta.with_wide(term, MetaValue::Text(text));
        }
    }
    let applicant = match (filing.nameless_on, filing.has_agent) {
        (Some(_), _) => format!("{}（已去标识）", filing.class.name()),
        (None, true) => format!("{}（有代理人）", filing.class.name()),
        (None, false) => filing.class.name().to_owned(),
    };
    let day = |day: Option<law::Date>| match day {
        Some(day) => MetaValue::Text(day.to_string()),
        None => MetaValue::Missing,
    };
    let officer = if filing.officer.is_empty() { "未分办" } else { &filing.officer_name };
    let help = if filing.asks_help { "需要" } else { "不需要" };
    let form = filing.form.map(|form| form.to_string());
    let way = filing.by.map(|way| way.name().to_owned());
    let asked = |said: Option<String>| said.map_or(MetaValue::Missing, MetaValue::Text);
    // One under the other: the box stands in the narrow column beside the work.
    meta.with_wide("申请人", MetaValue::Text(applicant))
        .with_wide("件数", MetaValue::Text(filing.items.to_string()))
        .with_wide("提供方式", asked(form))
        .with_wide("获取途径", asked(way))
        .with_wide("渠道", MetaValue::Text(filing.arrival.channel.name().to_owned()))
        .with_wide("提交", day(Some(filing.arrival.submitted)))
        .with_wide("确认", day(filing.arrival.confirmed))
        .with_wide("收到之日", day(filing.received_on))
        .with_wide("无障碍协助", MetaValue::Text(help.to_owned()))
        .with_wide("经办人", MetaValue::Text(officer.to_owned()))
}
