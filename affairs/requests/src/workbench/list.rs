//! `/gongzuo/shenqing`: 台账, open requests with the most urgent first, and closed ones. What is overdue stands
//! at the top until it is answered.

use ::identity::powers::{Condition, Tie};
use askama::Template;
use axum::extract::Query as Asked;
use axum::response::Html;
use law::{Date, WorkCalendar};
use requests_rules::{Alarm, DUE_SOON};
use serde::Deserialize;
use web::components::{Empty, Figure, Filters, Pager, Select, Strip, Tag, Tone};
use web::workbench::Workbench;
use web::{Clerk, Fault, Visit, icons};

use super::{INTAKE, LIST, oversight, titled};
use crate::store::{Filing, FilingState, Mark, Page, Query, Tally};

/// Rows on a page.
const ROWS: u16 = 50;

#[derive(Template)]
#[template(path = "workbench/list.html")]
struct ListPage {
    desk: Workbench,
    strip: Strip,
    filters: Filters,
    rows: Vec<Row>,
    pager: Pager,
    intake: Option<String>,
    export: String,
    /// Whether anything narrows the list.
    narrowed: bool,
    closed: bool,
}

struct Row {
    number: String,
    title: String,
    href: String,
    tag: Tag,
    class: &'static str,
    channel: &'static str,
    due: Option<(String, bool)>,
    received: String,
    officer: String,
}

/// What is looked for.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct Wish {
    /// Words of number or title.
    pub q: String,
    /// The state, by its word; `yuqi` for overdue, `banjie` for closed.
    pub zt: String,
    /// `wo` for those of whoever looks.
    pub shui: String,
    /// Where the page begins: day and key.
    pub hou: String,
    /// What was done just now.
    pub done: String,
    /// The organ, for whoever supervises several.
    pub jiguan: String,
}

impl Wish {
    /// The query it means.
    pub(super) fn query(&self, clerk: &Clerk, today: Date) -> Query {
        let state = FilingState::of(&self.zt);
        let after = self.hou.split_once('~');
        Query {
            theirs: None,
            closed: self.zt == "banjie" || state.is_some_and(FilingState::is_closed),
            state,
            overdue_on: (self.zt == "yuqi").then_some(today),
            officer: (self.shui == "wo").then(|| clerk.id.clone()),
            words: Some(self.q.clone()).filter(|words| !words.trim().is_empty()),
            after: after.map(|(on, id)| Mark { on: on.to_owned(), id: id.to_owned() }),
        }
    }

    fn narrows(&self) -> bool {
        !(self.q.trim().is_empty() && self.zt.is_empty() && self.shui.is_empty())
    }

    /// The same list, from elsewhere.
    fn address(&self, base: &str, after: Option<&Mark>) -> String {
        let words: String = self
            .q
            .bytes()
            .map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
                other => format!("%{other:02X}"),
            })
            .collect();
        let after = after.map(|mark| format!("&hou={}~{}", mark.on, mark.id)).unwrap_or_default();
        format!("{base}?q={words}&zt={}&shui={}{after}", word(&self.zt), word(&self.shui))
    }
}

fn word(text: &str) -> String {
    text.chars().filter(|letter| letter.is_ascii_lowercase() || *letter == '_').collect()
}

/// Said to whoever signed and does not see the file any more.
const SAID: &[(&str, &str)] = &[("shencha", "已经记下，由经办人编号印发。")];

/// Shows the register.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Asked(wish): Asked<Wish>,
) -> Result<Html<String>, Fault> {
    if oversight::supervises(&clerk) {
        let Wish { jiguan, zt, hou, .. } = wish;
        return oversight::supervised(visit, clerk, oversight::Wish { jiguan, zt, hou }).await;
    }
    clerk.may("foi.read_list", &Tie::to(&clerk.organ.code).holding([Condition::Masked]))?;
    let store = visit.house.store();
    let today = visit.house.ledger().clock().today();
    let calendar = visit.house.ledger().calendar();
    let query = wish.query(&clerk, today);
    let soon = calendar.nth_working_day_after(today, DUE_SOON).map_err(Fault::inside)?.date;
    let page = Page::of(store, &clerk.organ.code, &query, ROWS).await?;
    let tally = Page::tally(store, &clerk.organ.code, (today, soon)).await?;
    let intake = clerk.has_power("foi.register").then(|| visit.site.link(INTAKE));
    let base = visit.site.link(LIST);
    let next = page.next.as_ref().map(|mark| wish.address(&base, Some(mark)));
    let rows = page.lines.iter().map(|line| row(&visit, line, today, &calendar)).collect();
    web::page::answer(&ListPage {
        strip: strip(&base, tally),
        filters: filters(&base, &wish),
        rows,
        pager: Pager { previous: None, next },
        intake,
        export: wish.address(&visit.site.link("/gongzuo/shenqing.csv"), None),
        narrowed: wish.narrows(),
        closed: query.closed,
        desk: Workbench::of(&visit, clerk, "shenqing", "依申请公开")
            .await?
            .saying(&wish.done, SAID),
    })
}

fn strip(base: &str, tally: Tally) -> Strip {
    let figure = |number: i64, words: &str, zt: &str| {
        Figure::new(number, words).leading_to(format!("{base}?zt={zt}"))
    };
    let overdue = figure(tally.overdue, "已逾期", "yuqi");
    let overdue = if tally.overdue > 0 { overdue.meant(Tone::Over) } else { overdue };
    let soon = Figure::new(tally.soon, "三个工作日内到期").leading_to(base);
    let soon = if tally.soon > 0 { soon.meant(Tone::Warn) } else { soon };
    Strip(vec![
        figure(tally.open, "在办", ""),
        overdue,
        soon,
        figure(tally.unconfirmed, "待确认收到", "unconfirmed"),
        Figure::new(tally.stopped, "计时已停").leading_to(format!("{base}?zt=opinion")),
        figure(tally.lapsed, "申请人逾期，待决定", "lapsed"),
    ])
}

fn filters(base: &str, wish: &Wish) -> Filters {
    let mut states = Select::new("zt", "状态", "在办", wish.zt.as_str()).choice("yuqi", "已逾期");
    for state in FilingState::all() {
        states = states.choice(state.word(), state.name());
    }
    let states = states.choice("banjie", "全部已办结");
    let whose =
        Select::new("shui", "经办", "本机关全部", wish.shui.as_str()).choice("wo", "我经办的");
    Filters {
        action: base.to_owned(),
        label: "编号或者信息名称".into(),
        name: "q".into(),
        words: wish.q.clone(),
        selects: vec![states, whose],
        carried: Vec::new(),
    }
}

fn row(visit: &Visit, filing: &Filing, today: Date, calendar: &WorkCalendar) -> Row {
    let due = filing.due.map(|due| {
        let near = Alarm::ALL
            .into_iter()
            .rev()
            .find(|alarm| alarm.raised_on(due, calendar).is_ok_and(|day| day <= today));
        let words = near.map(|alarm| format!("，{}", alarm.name())).unwrap_or_default();
        let mark = if due.provisional { "（暂定）" } else { "" };
        (format!("{}{mark}{words}", due.date), due.date < today)
    });
    Row {
        number: filing.number.clone(),
        title: titled(filing),
        href: visit.site.link(&format!("{LIST}/{}", filing.id)),
        tag: state_tag(filing, today),
        class: filing.class.name(),
        channel: filing.arrival.channel.name(),
        due,
        received: filing.received_on.map(|day| day.to_string()).unwrap_or_default(),
        officer: if filing.officer.is_empty() {
            "未分办".to_owned()
        } else {
            filing.officer_name.clone()
        },
    }
}

/// How a request stands, as a mark.
pub(super) fn state_tag(filing: &Filing, today: Date) -> Tag {
    let name = filing.state.name();
    match filing.state {
        _ if filing.is_overdue(today) => Tag::over("已逾期"),
        FilingState::Unconfirmed if filing.confirm_by.is_some_and(|day| day < today) => {
            Tag::over("超过一个工作日未确认")
        }
        FilingState::Unconfirmed | FilingState::Lapsed => Tag::warn(name),
        FilingState::Running => Tag::marked(Tone::Info, icons::CLOCK, name),
        FilingState::Opinion | FilingState::Correction | FilingState::Payment => {
            Tag::marked(Tone::Plain, icons::PAUSE, name)
        }
        FilingState::Answered if filing.was_late() => Tag::warn("已答复（逾期）"),
        FilingState::Answered => Tag::good(name),
        FilingState::Abandoned | FilingState::Withdrawn | FilingState::Joined => Tag::plain(name),
    }
}

impl ListPage {
    fn empty(&self) -> Empty {
        if self.narrowed {
            return Empty::new("没有符合条件的申请")
                .because("改一改上面的条件，或者选“在办”“全部已办结”。");
        }
        Empty::new("没有在办的申请").because("收到申请后点“登记申请”；网上提交的会自动出现在这里。")
    }
}
