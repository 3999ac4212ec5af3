//! 导入 12345 工单: each order becomes a letter by the same receipt as any other, all of them or none. The same order
//! handed in again is no second letter; the same number with other words is refused by its number, and so is the same
//! order with another organ than has it.

use std::collections::HashMap;

use identity::{Organ, PUBLIC_SERVICE};
use ledger::{Desk, DeskError, Entry};
use secrets::Sealer;
use serde_json::json;
use store::{Statements, StoreError};
use suggestions_rules::UNIFIED_ENTRANCE;

use super::ActError;
use super::receipt::{self, HandedIn, Received};
use crate::orders::{Order, OrderColumn, OrderFault, fewer};
use crate::store::{NewOrder, Source, Suggestion};

/// So many organs of a site at most.
const MOST_ORGANS: usize = 10_000;

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
        });
    }
    if faults.is_empty() { Ok(planned) } else { Err(IntakeError::Faults(fewer(faults))) }
}

/// Whether a letter is that order.
fn is_of(sealer: &Sealer, order: &Order, letter: &Suggestion) -> Result<bool, ActError> {
    let mark = receipt::words_mark(sealer, &order.written)?;
    Ok(letter.kind == order.kind && letter.words_mark == mark)
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
    let planned = plan(desk.change(), sealer, orders, reception).await?;
    let (mut taken, mut slips) = (Vec::with_capacity(planned.len()), Vec::new());
    for one in &planned {
        let order_number = one.order.number.clone();
        if let Some(number) = one.before.clone() {
            taken.push(Taken { order_number, number, before: true });
            continue;
        }
        let handed = handed_in(one, reception);
        let Received::Anew(receipt) = receipt::within(desk, sealer, &handed).await? else {
            return Err(ActError::overtaken().into());
        };
        slips.push(NewOrder {
            suggestion: receipt.id,
            called_at: &one.order.called_at,
            term: &one.order.term,
            platform: &reception.platform,
        });
        taken.push(Taken { order_number, number: receipt.number, before: false });
    }
    if slips.is_empty() {
        return Ok(taken);
    }
    let many = slips.len();
    NewOrder::keep(desk.change(), slips).await?;
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
    Ok(taken)
}

/// An order as a letter. Its writer agreed to nothing, so nothing of it is published; no form of a page can have
/// its key.
fn handed_in(planned: &Planned, reception: &Reception) -> HandedIn {
    let order = &planned.order;
    HandedIn {
        kind: order.kind,
        base: reception.base.clone(),
        organ: planned.organ.clone(),
        source: (Source::Hotline, Some(order.number.clone())),
        written: order.written.clone(),
        consent: false,
        key: format!("12345 {}", uuid::Uuid::now_v7()),
        demo: reception.demo,
    }
}
