//! `/gongzuo/liuyan`: 台账, what waits with the most urgent first, and what ended.

use askama::Template;
use axum::extract::Query as Asked;
use axum::response::{IntoResponse, Response};
use identity::Role;
use identity::powers::{Condition, Tie};
use law::{Date, WorkCalendar};
use serde::Deserialize;
use suggestions_rules::{Card, SuggestionKind, SuggestionState, letter_number};
use web::address::encoded;
use web::components::{Empty, Figure, Filters, Pager, Select, Strip, Tag, Tone};
use web::workbench::{Workbench, sent_to};
use web::{Clerk, Fault, Urged, Visit};

use super::{LIST, READ, card_of, card_tag, state_tag, titled, unit_seen};
use crate::finding::{self, Found, Memory};
use crate::store::{Mark, Page, Query, Suggestion, Tally};

/// Rows on a page.
const ROWS: u16 = 30;

/// The word by which all that ended is asked for.
const ENDED: &str = "banjie";

const SAID: &[(&str, &str)] = &[("transfer", "已转办，留言人在进度里看得到。")];

#[derive(Template)]
#[template(path = "workbench/list.html")]
struct ListPage {
    desk: Workbench,
    strip: Strip,
    filters: Filters,
    rows: Vec<Row>,
    /// What readers urge the organ to publish; answered on a page of its own.
    urged: Vec<Urge>,
    pager: Pager,
    /// Where the letter went that was transferred just now.
    moved: Option<String>,
    /// How far words were looked for; none where none were.
    looked: Option<String>,
    /// Where the same words are looked for in what has ended; empty where they were.
    ended: String,
    narrowed: bool,
    closed: bool,
}

struct Urge {
    name: String,
    href: String,
    asked: String,
    due: String,
    times: i64,
    late: bool,
}

struct Row {
    number: String,
    title: String,
    href: String,
    kind: &'static str,
    state: Tag,
    card: Option<Tag>,
    received: String,
    due: String,
    late: bool,
    demo: bool,
}

/// What is looked for.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct Wish {
    /// A number, or words of title and text.
    pub q: String,
    /// The state, by its word; `banjie` for all that ended.
    pub zt: String,
    /// The kind, by its word.
    pub zl: String,
    /// The card, by its word.
    pub pai: String,
    /// Where the page begins: day and key.
    pub hou: String,
    /// What was done just now.
    pub done: String,
    /// The letter it was done to, by its key.
    pub jian: String,
}

impl Wish {
    fn query(&self, clerk: &Clerk, today: Date, calendar: &WorkCalendar) -> Result<Query, Fault> {
        let state = SuggestionState::parse(&self.zt);
        let due = match Card::parse(&self.pai) {
            Some(card) => Some(card.span(today, calendar).map_err(Fault::inside)?),
            None => None,
        };
        let after = self.hou.split_once('~');
        Ok(Query {
            closed: self.zt == ENDED || state.is_some_and(|state| !state.is_open()),
            state,
            kind: SuggestionKind::parse(&self.zl),
            due,
            number: self.number(),
            unit: unit_seen(clerk),
            after: after.map(|(on, id)| Mark { on: on.to_owned(), id: id.to_owned() }),
        })
    }

    /// The number that is looked for: of a letter, however it is typed, or what can be one of the hotline's, of figures
    /// and letters without a word.
    fn number(&self) -> Option<String> {
        let typed = self.q.trim();
        let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_/.#".contains(letter);
        let of_order = typed.chars().all(plain) && typed.chars().any(|one| one.is_ascii_digit());
        letter_number(typed).or_else(|| of_order.then(|| typed.to_owned()))
    }

    /// The words that are looked for; none where it is a number.
    fn words(&self) -> Option<&str> {
        let words = self.q.trim();
        (!words.is_empty() && self.number().is_none()).then_some(words)
    }

    fn narrows(&self) -> bool {
        [&self.q, &self.zt, &self.zl, &self.pai].iter().any(|one| !one.trim().is_empty())
    }

    /// The next page of the same list.
    fn beyond(&self, base: &str, mark: &Mark) -> String {
        let word = |text: &str| -> String {
            let plain = |letter: &char| letter.is_ascii_lowercase() || *letter == '_';
            text.chars().filter(plain).collect()
        };
        let (zt, zl, pai) = (word(&self.zt), word(&self.zl), word(&self.pai));
        let words = match self.words() {
            Some(words) => format!("&q={}", encoded(words)),
            None => String::new(),
        };
        format!("{base}?zt={zt}&zl={zl}&pai={pai}&hou={}~{}{words}", mark.on, mark.id)
    }
}

/// Shows the register.
pub async fn show(visit: Visit, clerk: Clerk, Asked(wish): Asked<Wish>) -> Result<Response, Fault> {
    // Who supervises reads no letters but one that is complained of; the numbers are everybody's.
    if clerk.role == Role::SupervisionOffice {
        return Ok(sent_to(&visit, crate::portal::STATISTICS));
    }
    let tie = Tie::to(&clerk.organ.code).holding([Condition::Masked, Condition::Assigned]);
    clerk.may(READ, &tie)?;
    let (store, ledger) = (visit.house.store(), visit.house.ledger());
    let (today, calendar) = (ledger.clock().today(), ledger.calendar());
    let query = wish.query(&clerk, today, &calendar)?;
    let found = listed(&visit, &clerk, &query, wish.words()).await?;
    let (_, near) = Card::Yellow.span(today, &calendar).map_err(Fault::inside)?;
    let near = near.unwrap_or(today);
    let tally = Tally::of(store, (&clerk.organ.code, query.unit.as_deref()), (today, near)).await?;
    let base = visit.site.link(LIST);
    let rows = found.rows.iter().map(|letter| row(&visit, letter, today));
    let rows = rows.collect::<Result<Vec<_>, _>>()?;
    let urged = match wish.narrows() {
        true => Vec::new(),
        false => urged(&visit, &clerk, today).await?,
    };
    let moved = match wish.done.as_str() {
        "transfer" => super::gone(&visit, &clerk, &wish.jian).await?,
        _ => None,
    };
    let done = if moved.is_some() { "" } else { wish.done.as_str() };
    let page = ListPage {
        urged,
        strip: strip(&base, tally),
        filters: filters(&base, &wish),
        rows,
        pager: Pager {
            previous: None,
            next: found.next.as_ref().map(|mark| wish.beyond(&base, mark)),
        },
        looked: wish.words().map(|words| looked(words, &found)),
        ended: match wish.words().filter(|_| !query.closed) {
            Some(words) => format!("{base}?zt={ENDED}&q={}", encoded(words)),
            None => String::new(),
        },
        narrowed: wish.narrows(),
        closed: query.closed,
        desk: Workbench::of(&visit, clerk, "liuyan", "留言办理").await?.saying(done, SAID),
        moved,
    };
    Ok(web::page::answer(&page)?.into_response())
}

/// The letters of the list, or those of them in which words stand.
async fn listed(
    visit: &Visit,
    clerk: &Clerk,
    query: &Query,
    words: Option<&str>,
) -> Result<Found, Fault> {
    let (store, organ) = (visit.house.store(), clerk.organ.code.as_str());
    let Some(words) = words else {
        let page = Page::of(store, organ, query, ROWS).await?;
        return Ok(Found { rows: page.rows, next: page.next, walked: 0 });
    };
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let memory = visit.house.memory::<Memory>();
    let asked = (words, usize::from(ROWS));
    let found = finding::find(store, (sealer, &memory), (organ, query), asked).await;
    found.map_err(Fault::inside)
}

/// How far words were looked for.
fn looked(words: &str, found: &Found) -> String {
    let more = match found.next {
        Some(_) => "还有没看的，按“下一页”接着找。",
        None => "都看过了。",
    };
    let walked = found.walked;
    format!(
        "在标题和内容里找“{words}”，这一次看了 {walked} 件，{more}姓名、电话、证件号已经隐去，不能这样找。"
    )
}

/// What waits of what readers urge, for whoever may see it.
async fn urged(visit: &Visit, clerk: &Clerk, today: Date) -> Result<Vec<Urge>, Fault> {
    let source = visit.house.urging().filter(|source| clerk.has_power(source.opens));
    let Some(source) = source else { return Ok(Vec::new()) };
    let waiting = (source.waiting)(&visit.house, &clerk.organ.code).await?;
    let shown = |one: Urged| Urge {
        href: visit.site.link(&one.path),
        asked: one.asked_on.to_string(),
        due: format!("{}{}", one.due_on, if one.provisional { "（暂定）" } else { "" }),
        times: one.times,
        late: one.due_on < today,
        name: one.name,
    };
    Ok(waiting.into_iter().map(shown).collect())
}

fn row(visit: &Visit, letter: &Suggestion, today: Date) -> Result<Row, Fault> {
    let open = letter.course.state.is_open();
    Ok(Row {
        number: letter.number.clone(),
        title: titled(letter, &visit.house)?,
        href: visit.site.link(&letter.desk_path()),
        kind: letter.kind.name(),
        state: state_tag(letter),
        card: card_of(letter, &visit.house).map(card_tag),
        received: letter.received_on.to_string(),
        due: match (open, letter.provisional) {
            (true, false) => letter.due_on.to_string(),
            (true, true) => format!("{}（暂定）", letter.due_on),
            (false, _) => String::new(),
        },
        late: open && letter.due_on < today,
        demo: letter.demo,
    })
}

fn strip(base: &str, tally: Tally) -> Strip {
    let figure = |number: i64, words: &str, rest: &str| {
        Figure::new(number, words).leading_to(format!("{base}{rest}"))
    };
    let meant = |figure: Figure, number: i64, tone| {
        if number > 0 { figure.meant(tone) } else { figure }
    };
    Strip(vec![
        figure(tally.open, "在办", ""),
        meant(figure(tally.red, "红牌", "?pai=hongpai"), tally.red, Tone::Over),
        meant(figure(tally.near, "黄牌", "?pai=huangpai"), tally.near, Tone::Warn),
        figure(tally.received, "待受理", "?zt=received"),
        figure(tally.drafted, "答复待审核", "?zt=drafted"),
    ])
}

fn filters(base: &str, wish: &Wish) -> Filters {
    let mut states = Select::new("zt", "状态", "在办", wish.zt.as_str());
    for state in SuggestionState::ALL {
        states = states.choice(state.word(), state.name());
    }
    let mut kinds = Select::new("zl", "种类", "全部种类", wish.zl.as_str());
    for kind in SuggestionKind::ALL {
        kinds = kinds.choice(kind.word(), kind.name());
    }
    let mut cards = Select::new("pai", "亮牌", "不限", wish.pai.as_str());
    for card in Card::ALL.into_iter().rev() {
        cards = cards.choice(card.word(), card.name());
    }
    Filters {
        action: base.to_owned(),
        label: "编号、12345 工单编号，或者标题、内容里的词".into(),
        name: "q".into(),
        words: wish.q.clone(),
        selects: vec![states.choice(ENDED, "全部已办结"), kinds, cards],
        carried: Vec::new(),
    }
}

impl ListPage {
    fn empty(&self) -> Empty {
        match self.narrowed {
            true if self.looked.is_some() => Empty::new("没有找到").because("换几个字再找。"),
            true => Empty::new("没有符合条件的留言").because("改一改上面的条件。"),
            false => Empty::new("没有在办的留言")
                .because("门户“互动交流”提交的、别的机关转来的，会出现在这里。"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Wish;

    #[test]
    fn what_is_typed_is_a_number_or_words() {
        let told = |typed: &str| {
            let wish = Wish { q: typed.into(), ..Wish::default() };
            (wish.number(), wish.words().map(str::to_owned))
        };
        let (number, none) = (Some("咨询〔2026〕1号".to_owned()), None);
        assert_eq!(told(" 咨询[2026] 1号 "), (number, none.clone()));
        assert_eq!(told("XM20261127-08"), (Some("XM20261127-08".into()), none.clone()));
        assert_eq!(told("路灯 LED"), (none.clone(), Some("路灯 LED".into())));
        assert_eq!(told("led"), (none.clone(), Some("led".into())));
        assert_eq!(told("  "), (none.clone(), none));
    }
}
