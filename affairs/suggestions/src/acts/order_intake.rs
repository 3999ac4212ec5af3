//! 导入 12345 工单: each order becomes a letter by the same receipt as any other, all of them or none. The same order
//! handed in again is no second letter; the same number with other words is refused by its number, and so is the same
//! order with another organ than has it.
//!
//! Whoever takes orders in holds the numbers of their kinds before he looks which are there: of two who hand in the
//! same one at the same moment the second finds what the first has made of it.

use std::collections::HashMap;

use identity::{Organ, PUBLIC_SERVICE};
use law::{Date, WorkCalendar};
use ledger::{Desk, DeskError, Entry};
use secrets::Sealer;
use serde_json::json;
use store::{Statements, StoreError};
use suggestions_rules::{
    Difficulty, NoLastDay, SuggestionKind, UNIFIED_ENTRANCE, answer_due, order_counts_from,
    taken_in_late,
};

use super::order_letters::{self, Entered};
use super::{ActError, receipt};
use crate::orders::{Order, OrderColumn, OrderFault, OrderTable, fewer};
use crate::store::{Suggestion, hold_serials};

/// So many organs of a site at most.
const MOST_ORGANS: usize = 10_000;

/// What is told of an order that was taken in so long ago that its words were taken out.
pub const UNCOMPARED: &str =
    "办结满一年，内容已经删除，只按编号认作收过；内容不同的，请 12345 平台另给编号";

/// What is told of a letter of another organ.
const ELSEWHERE: &str = "由别的机关办理";

/// Why orders were not taken in. Nothing of them was stored.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// Some are not as they must be: all that is wrong, by lines.
    #[error("{}", told(.0))]
    Faults(Vec<OrderFault>),
    /// It could not be done.
    #[error(transparent)]
    Act(#[from] ActError),
}

fn told(faults: &[OrderFault]) -> String {
    faults.iter().map(OrderFault::to_string).collect::<Vec<_>>().join("；")
}

impl From<StoreError> for IntakeError {
    fn from(error: StoreError) -> Self {
        Self::Act(error.into())
    }
}

impl From<DeskError> for IntakeError {
    fn from(error: DeskError) -> Self {
        Self::Act(error.into())
    }
}

/// Where orders are handed in, and to whom they may go.
#[derive(Debug, Clone)]
pub struct Reception {
    /// The address prefix of the site.
    pub base: String,
    /// Who takes what names no organ, by code.
    pub organ: String,
    /// The platform that hands them in, by its key; empty where a person does.
    pub platform: String,
    /// Whether it is 演示数据.
    pub demo: bool,
    organs: Vec<Organ>,
    /// Whether an organ hands in for itself.
    own: bool,
}

impl Reception {
    /// At the workbench of an organ, for itself alone.
    pub fn of_organ(organ: Organ, base: &str, demo: bool) -> Self {
        Self {
            base: base.to_owned(),
            organ: organ.code.clone(),
            platform: String::new(),
            demo,
            organs: vec![organ],
            own: true,
        }
    }

    /// For a site, whose organs stand within a range of divisions on a day; `organ` takes what names none.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_site(
        from: &impl Statements,
        (base, organ): (&str, &str),
        range: (&str, &str),
        today: law::Date,
    ) -> Result<Self, StoreError> {
        let mut organs = Organ::within(from, range, "", MOST_ORGANS).await?;
        organs.retain(|organ| organ.stands_on(today) && organ.kind != PUBLIC_SERVICE);
        Ok(Self {
            base: base.to_owned(),
            organ: organ.to_owned(),
            platform: String::new(),
            demo: false,
            organs,
            own: false,
        })
    }

    /// The number of a letter that an order is already; who hands in for his own organ learns none of another's.
    fn number_of(&self, letter: &Suggestion) -> String {
        if self.is_hidden(letter) { ELSEWHERE.to_owned() } else { letter.number.clone() }
    }

    fn is_hidden(&self, letter: &Suggestion) -> bool {
        self.own && letter.organ != self.organ
    }

    /// Why a number with other words than it had is not taken in.
    fn differs(&self, letter: &Suggestion, order: &Order) -> String {
        let known = match self.is_hidden(letter) {
            true => ELSEWHERE.to_owned(),
            false => format!("留言 {}", letter.number),
        };
        format!(
            "工单 {} 已经收到过，内容或者类型不同（{known}）。去掉这一行；内容确有变化的，请 12345 平台另给编号",
            order.number
        )
    }

    /// Why an order is given to no other organ by being handed in again, and who gives it; `organ` is the one that
    /// has it.
    fn held_by(&self, letter: &Suggestion, order: &Order, organ: &str) -> String {
        let (known, rest) = match self.own {
            true => (String::new(), "去掉这一行".to_owned()),
            false => (
                format!("（留言 {}）", letter.number),
                format!("不用换的，承办单位写{organ}或者留空"),
            ),
        };
        let more = match letter.course.state.is_open() {
            true => format!("要换承办单位的，请{organ}转办"),
            false => "还要办的，请 12345 平台另给编号".to_owned(),
        };
        format!("工单 {} 已经收到过，现在的承办单位是{organ}{known}。{rest}；{more}", order.number)
    }

    /// The organ that an order goes to; why there is none, otherwise.
    fn receiver(&self, told: &str) -> Result<&Organ, String> {
        let named = |organ: &&Organ| match told {
            "" => organ.code == self.organ,
            told => organ.code == told || organ.name == told || organ.short_name == told,
        };
        let mut found = self.organs.iter().filter(named);
        match (found.next(), found.next(), told) {
            (Some(organ), None, _) => Ok(organ),
            (Some(_), Some(_), _) => Err(format!("有几个机关都叫“{told}”，写机关代码")),
            (None, _, "") => Err("没有可以承办的机关，写明承办单位".into()),
            (None, ..) if self.own => {
                Err(format!("“{told}”不是本机关：由该机关导入，或者这一格留空，导入以后转办"))
            }
            (None, ..) => {
                Err(format!("没有叫“{told}”的机关：写机关的全称、简称或者代码，不清楚的留空"))
            }
        }
    }
}

/// What would become of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// The order.
    pub order: Order,
    /// The organ that is to answer, by code.
    pub organ: String,
    /// Its name.
    pub organ_name: String,
    /// The number of the letter that it is already, or that another organ has it; none where it would be a new one.
    pub before: Option<String>,
    /// Whether that letter's words were taken out, so that they were not compared.
    pub erased: bool,
}

/// What would become of its term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlook {
    /// The last day for an answer.
    pub due: Date,
    /// What whoever takes it in should know.
    pub warning: Option<String>,
}

impl Planned {
    /// What would become of its term, were it taken in on a day.
    ///
    /// # Errors
    /// There is no last day.
    pub fn outlook(&self, today: Date, calendar: &WorkCalendar) -> Result<Outlook, NoLastDay> {
        let from = order_counts_from(self.order.dispatched_on(), today);
        let due = answer_due(from, Difficulty::Usual, calendar)?.date;
        let late = taken_in_late(from, today, calendar)?;
        let warning = match late {
            _ if due < today => Some(format!("按派单那天算，最迟 {due} 答复，已经超期")),
            Some(days) => Some(format!("派单以后过了 {} 个工作日，最迟 {due} 答复", days.0)),
            None => None,
        };
        Ok(Outlook { due, warning })
    }

    /// What whoever looks at it before it is taken in should know: of a new one its term, of one that was taken in
    /// before that its words were not compared, where they were not.
    ///
    /// # Errors
    /// There is no last day.
    pub fn warning(
        &self,
        today: Date,
        calendar: &WorkCalendar,
    ) -> Result<Option<String>, NoLastDay> {
        Ok(match &self.before {
            Some(_) => self.erased.then(|| UNCOMPARED.to_owned()),
            None => self.outlook(today, calendar)?.warning,
        })
    }
}

/// What became of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// 工单编号.
    pub order_number: String,
    /// The letter's number.
    pub number: String,
    /// Whether it was taken in before.
    pub before: bool,
    /// What whoever took it in should know.
    pub warning: Option<String>,
}

/// Says what would become of each order of a table, and changes nothing.
///
/// # Errors
/// Something is wrong with the table, or some cannot be taken in: all of it is told at once; the keys cannot be used,
/// or the database refuses.
pub async fn plan_table(
    from: &impl Statements,
    sealer: &Sealer,
    table: &OrderTable,
    reception: &Reception,
) -> Result<Vec<Planned>, IntakeError> {
    let (planned, mut faults) = looked_at(from, sealer, &table.orders, reception).await?;
    faults.extend(table.faults.iter().cloned());
    if faults.is_empty() { Ok(planned) } else { Err(IntakeError::Faults(fewer(faults))) }
}

/// Says what would become of each, and changes nothing.
///
/// # Errors
/// Some cannot be taken in, the keys cannot be used, or the database refuses.
pub async fn plan(
    from: &impl Statements,
    sealer: &Sealer,
    orders: &[Order],
    reception: &Reception,
) -> Result<Vec<Planned>, IntakeError> {
    let (planned, faults) = looked_at(from, sealer, orders, reception).await?;
    if faults.is_empty() { Ok(planned) } else { Err(IntakeError::Faults(fewer(faults))) }
}

/// What would become of those that can be taken in, and what is wrong with the others.
async fn looked_at(
    from: &impl Statements,
    sealer: &Sealer,
    orders: &[Order],
    reception: &Reception,
) -> Result<(Vec<Planned>, Vec<OrderFault>), IntakeError> {
    let numbers: Vec<&str> = orders.iter().map(|order| order.number.as_str()).collect();
    let known = Suggestion::with_orders(from, &reception.base, &numbers).await?;
    let own = |letter: Suggestion| (letter.order_number.clone().unwrap_or_default(), letter);
    let known: HashMap<String, Suggestion> = known.into_iter().map(own).collect();
    let (mut planned, mut faults) = (Vec::with_capacity(orders.len()), Vec::new());
    for order in orders {
        let fault = |column, words| OrderFault { line: order.line, column: Some(column), words };
        let before = known.get(&order.number);
        if let Some(letter) = before
            && !is_of(sealer, order, letter)?
        {
            faults.push(fault(OrderColumn::Number, reception.differs(letter, order)));
            continue;
        }
        let organ = match reception.receiver(&order.organ) {
            Ok(organ) => organ,
            Err(words) => {
                faults.push(fault(OrderColumn::Organ, words));
                continue;
            }
        };
        if let Some(letter) = before
            && !order.organ.is_empty()
            && letter.organ != organ.code
        {
            let has = Organ::find(from, &letter.organ).await?;
            let has = has.map_or_else(|| letter.organ.clone(), |organ| organ.name);
            faults.push(fault(OrderColumn::Organ, reception.held_by(letter, order, &has)));
            continue;
        }
        planned.push(Planned {
            order: order.clone(),
            organ: organ.code.clone(),
            organ_name: organ.name.clone(),
            before: before.map(|letter| reception.number_of(letter)),
            erased: before.is_some_and(Suggestion::is_erased),
        });
    }
    Ok((planned, faults))
}

/// Whether a letter is that order. What was written is taken out a year after it ended, and the mark of its words with it:
/// then its number and its kind say that it was taken in (docs/readings/275).
fn is_of(sealer: &Sealer, order: &Order, letter: &Suggestion) -> Result<bool, ActError> {
    if letter.is_erased() || letter.kind != order.kind {
        return Ok(letter.kind == order.kind);
    }
    Ok(letter.words_mark == receipt::words_mark(sealer, &order.written)?)
}

/// Takes them in.
///
/// # Errors
/// Some cannot be taken in, there is no last day, the keys cannot be used, or the database refuses.
pub async fn take_in(
    mut desk: Desk,
    sealer: &Sealer,
    orders: &[Order],
    reception: &Reception,
) -> Result<Vec<Taken>, IntakeError> {
    let taken = within(&mut desk, sealer, orders, reception).await?;
    // An act that changes nothing has nothing to seal.
    if taken.iter().any(|one| !one.before) {
        desk.seal().await?;
    }
    Ok(taken)
}

/// The same inside another act, which seals where anything was taken in.
pub(crate) async fn within(
    desk: &mut Desk,
    sealer: &Sealer,
    orders: &[Order],
    reception: &Reception,
) -> Result<Vec<Taken>, IntakeError> {
    let kinds: Vec<SuggestionKind> = orders.iter().map(|one| one.kind).collect();
    hold_serials(desk.change(), &kinds, desk.today().year()).await?;
    let planned = plan(desk.change(), sealer, orders, reception).await?;
    let fresh: Vec<&Planned> = planned.iter().filter(|one| one.before.is_none()).collect();
    if fresh.is_empty() {
        return Ok(planned.iter().map(|one| taken(one, None)).collect());
    }
    let Some(written) = order_letters::write(desk, sealer, &fresh, reception).await? else {
        // Somebody handed one of these numbers in as another kind at the same moment: that is told as it is now.
        plan(desk.change(), sealer, orders, reception).await?;
        return Err(ActError::overtaken().into());
    };
    let many = fresh.len();
    let mut written = written.into_iter();
    let each = planned.iter().map(|one| match one.before {
        Some(_) => taken(one, None),
        None => taken(one, written.next()),
    });
    let became: Vec<Taken> = each.collect();
    let facts = json!({ "orders": many, "platform": reception.platform, "base": reception.base });
    desk.record(Entry {
        room: "suggestions",
        act: "order_intake",
        subject: "suggestions:orders".into(),
        organ: reception.organ.clone(),
        basis: UNIFIED_ENTRANCE.to_string(),
        facts,
    })
    .await?;
    Ok(became)
}

/// What became of an order; `entered` where it is a new letter.
fn taken(planned: &Planned, entered: Option<Entered>) -> Taken {
    let order_number = planned.order.number.clone();
    match entered {
        Some(Entered { number, warning, .. }) => {
            Taken { order_number, number, before: false, warning }
        }
        None => {
            let number = planned.before.clone().unwrap_or_default();
            let warning = planned.erased.then(|| UNCOMPARED.to_owned());
            Taken { order_number, number, before: true, warning }
        }
    }
}
