//! `/gongzuo/gaojian`: 我的稿件, the clerk's own drafts first and then those of the organ, by title and
//! by how far they have come.

use askama::Template;
use axum::extract::Query;
use axum::response::Html;
use law::{Date, WorkCalendar};
use serde::Deserialize;
use web::components::{Empty, Tag, Tone};
use web::layout::Link;
use web::workbench::Workbench;
use web::{Clerk, Fault, Visit, icons};

use super::begin::DRAFTING;
use super::minute;
use crate::hand::called;
use crate::store::{DraftLine, DraftState, titled};

#[derive(Template)]
#[template(path = "workbench/list.html")]
struct ListPage {
    desk: Workbench,
    may_create: bool,
    groups: Vec<(&'static str, Vec<Row>)>,
    begin: Link,
    /// What is looked for.
    wish: Wish,
    /// Whether there is any draft to look for.
    any: bool,
}

struct Row {
    title: String,
    href: String,
    tag: Tag,
    openness: String,
    /// The mark, the day, and whether it is 暂定.
    due: Option<(Tag, Date, bool)>,
    author: String,
    changed: String,
    note: String,
    act: &'static str,
    preview: String,
}

/// What was done just now, and what is looked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wish {
    done: String,
    q: String,
    zt: String,
}

/// How far a draft may have come, by the words of the address.
const STATES: [(&str, DraftState); 5] = [
    ("tuihui", DraftState::Returned),
    ("caogao", DraftState::Draft),
    ("shencha", DraftState::Submitted),
    ("dinggao", DraftState::Kept),
    ("fabu", DraftState::Published),
];

impl Wish {
    fn is_plain(&self) -> bool {
        self.q.trim().is_empty() && self.zt.is_empty()
    }

    fn wants(&self, line: &DraftLine) -> bool {
        let words = self.q.trim().to_lowercase();
        let state = STATES.iter().find(|(word, _)| *word == self.zt).map(|(_, state)| *state);
        titled(&line.title).to_lowercase().contains(&words)
            && state.is_none_or(|state| line.state == state)
    }
}

const SAID: &[(&str, &str)] =
    &[("shanqu", "稿件已删去。"), ("songshen", "已送审。审完或者退回时，这里会变。")];

/// Shows the drafts.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Query(wish): Query<Wish>,
) -> Result<Html<String>, Fault> {
    let lines = DraftLine::of_organ(visit.house.store(), &clerk.organ.code).await?;
    let today = visit.house.ledger().clock().today();
    let visible: Vec<_> = lines.into_iter().filter(|line| may_see(&clerk, line)).collect();
    let any = !visible.is_empty();
    let visible = visible.into_iter().filter(|line| wish.wants(line));
    let (own, others): (Vec<_>, Vec<_>) = visible.partition(|line| line.author == clerk.id);
    let calendar = visit.house.ledger().calendar();
    let row = |line: &DraftLine| row(&visit, line, today, &calendar);
    let rows = |lines: Vec<DraftLine>| lines.iter().map(row).collect();
    let groups = vec![("我起草的", rows(own)), ("本机关其他人起草的", rows(others))];
    let groups = groups.into_iter().filter(|(_, rows): &(_, Vec<Row>)| !rows.is_empty()).collect();
    let may_create = clerk.has_power(DRAFTING.act);
    let desk = Workbench::of(&visit, clerk, "gaojian", "我的稿件").await?.saying(&wish.done, SAID);
    let begin = Link::new(DRAFTING.words, visit.site.link(DRAFTING.path));
    web::page::answer(&ListPage { desk, may_create, groups, begin, wish, any })
}

/// Reading a draft of the own organ is asked line by line, as its page asks it.
pub(super) fn may_see(clerk: &Clerk, line: &DraftLine) -> bool {
    let tie = identity::powers::Tie::to(&clerk.organ.code).in_unit(&line.unit).by(&line.author);
    let tie = match line.state {
        DraftState::Submitted => tie.holding([identity::powers::Condition::InReview]),
        _ => tie,
    };
    let withheld = line.state == DraftState::Kept;
    clerk.may("record.read_draft", &tie).is_ok()
        || withheld && clerk.may("record.read_withheld", &tie).is_ok()
}

fn row(visit: &Visit, line: &DraftLine, today: Date, calendar: &WorkCalendar) -> Row {
    let open = matches!(line.state, DraftState::Draft | DraftState::Returned);
    let published = line.state == DraftState::Published;
    let due = line.due_on.filter(|_| !published).map(|day| {
        let tag = if day < today { Tag::over("已逾期") } else { Tag::plain("应公开") };
        (tag, day, calendar.is_working_day(day).is_ok_and(|known| known.provisional))
    });
    let review = line.review_on.map(|day| format!("复核日期 {day}")).unwrap_or_default();
    let corrects = if line.corrects { "更正稿" } else { "" };
    let notes = [corrects.to_owned(), line.returned.clone(), review];
    let notes: Vec<_> = notes.into_iter().filter(|note| !note.is_empty()).collect();
    Row {
        title: titled(&line.title).to_owned(),
        href: visit.site.link(&format!("/gongzuo/gaojian/{}", line.id)),
        preview: visit.site.link(&format!("/gongzuo/gaojian/{}/yulan", line.id)),
        tag: state_tag(line.state),
        openness: line.openness.clone(),
        due,
        author: called(&line.author_name).to_owned(),
        changed: minute(&line.changed_at),
        note: notes.join("；"),
        act: if line.state == DraftState::Returned {
            "去修改"
        } else if open {
            "继续写"
        } else {
            "查看"
        },
    }
}

/// How far a draft has come, as a mark.
pub(super) fn state_tag(state: DraftState) -> Tag {
    match state {
        DraftState::Returned => Tag::warn(state.name()),
        DraftState::Submitted => Tag::marked(Tone::Info, icons::CLOCK, state.name()),
        DraftState::Published => Tag::good(state.name()),
        DraftState::Draft | DraftState::Kept | DraftState::Dropped => Tag::plain(state.name()),
    }
}

impl ListPage {
    /// How many are listed.
    fn shown(&self) -> usize {
        self.groups.iter().map(|(_, rows)| rows.len()).sum()
    }

    fn states(&self) -> impl Iterator<Item = (&'static str, &'static str, bool)> {
        STATES.iter().map(|(word, state)| (*word, state.name(), *word == self.wish.zt))
    }

    fn empty(&self) -> Empty {
        if !self.wish.is_plain() {
            return Empty::new("没有这样的稿件")
                .because("换几个字，或者改选状态再找。")
                .way("全部稿件", self.desk.here());
        }
        let empty = Empty::new("还没有稿件");
        if self.may_create {
            empty
                .because("先认定公开属性，再写正文，写好以后送审。")
                .begin(&self.begin.words, &self.begin.href)
        } else {
            empty.because("本机关的起草人起草以后，这里会列出来。")
        }
    }
}
