//! 12345 平台: orders come in by program, one at a time, and how they stand is told, to whoever holds the credential
//! of a platform (docs/orders.md). Nothing of who called is told again.

use serde::Deserialize;
use serde_json::{Value, json};
use suggestions_rules::{Satisfaction, SuggestionState, order_kinds};
use web::api::{Call, Field, Operation, Reply, Resource, Shape};
use web::components::FieldError;
use web::moments::in_china;
use web::{Fault, House, Later, Site};

use crate::acts::order_intake::{self, IntakeError, Reception};
use crate::acts::platform;
use crate::orders::{Order, OrderColumn, OrderFault, answer_of, reasons_of};
use crate::store::{OrderLine, OrderQuery, Platform};

const PATH: &str = "/api/v1/work-orders";

/// Everything that can be asked.
pub(crate) fn operations() -> Vec<Operation> {
    let resources = (wanted(), taken());
    let handing_in = Operation::taking(PATH, "hand_in_work_order", resources, |call| {
        Box::pin(async move { hand_in(call).await })
    });
    let listing = Operation::list(PATH, "list_work_orders", line(), |call| {
        Box::pin(async move { list(call).await })
    });
    vec![
        handing_in
            .known_by(known)
            .titled("12345 工单", "交办一件工单")
            .about(
                "只对接入的 12345 平台开放，要带 Authorization: Bearer 凭证，凭证由本站的运行单位发给。一次一件；同一个编号、同样内容再送，\
                 不重复收；同一个编号换了内容、换了承办单位的不收，答复 422。写了派单时间的，答复期限从派单那天算，没有写的从收进那天算。",
            ),
        listing
            .known_by(known)
            .titled("12345 工单", "工单办理情况")
            .about(
                "只对接入的 12345 平台开放，要带 Authorization: Bearer 凭证。只有这个平台用程序交办的工单，先收的在前；不含诉求人的姓名、电话和来电内容。",
            )
            .query("number", "只要这个编号的", Shape::Text(60))
            .query("since", "只要这一天和以后收进的", Shape::Day),
    ]
}

fn wanted() -> Resource {
    let kinds = order_kinds().collect();
    let fields = vec![
        Field::new("number", "工单编号", Shape::Text(60)),
        Field::new("called_at", "来电时间，例如 2026-11-02 09:30", Shape::Text(30)),
        Field::new("kind", "类型", Shape::Word(kinds)),
        Field::new("subject", "标题，不超过 60 字", Shape::Text(60)),
        Field::new("words", "内容，不超过 3000 字", Shape::Prose),
        Field::or_null("name", "诉求人，加密保存", Shape::Text(50)),
        Field::or_null("phone", "联系电话，加密保存", Shape::Text(50)),
        Field::or_null("organ", "承办单位：机关的代码、全称或者简称", Shape::Text(60)),
        Field::or_null("term", "平台的办理时限，照样保存", Shape::Text(20)),
        Field::or_null(
            "dispatched_at",
            "派单时间，例如 2026-11-02 10:00；不能在今天以后、早于来电",
            Shape::Text(30),
        ),
    ];
    Resource { name: "WorkOrderWanted", about: "交办的工单", fields }
}

fn taken() -> Resource {
    let fields = vec![
        Field::new("number", "工单编号", Shape::Prose),
        Field::new("letter", "本站的留言编号", Shape::Prose),
        Field::new("again", "以前收过，这一次没有再收", Shape::Flag),
        Field::or_null("warning", "提醒：派单以后过了很久才送来", Shape::Prose),
    ];
    Resource { name: "WorkOrderTaken", about: "工单收下了", fields }
}

fn line() -> Resource {
    let states = SuggestionState::ALL.map(SuggestionState::name).to_vec();
    let ratings = Satisfaction::ALL.map(Satisfaction::name).to_vec();
    let fields = vec![
        Field::new("number", "工单编号", Shape::Prose),
        Field::new("letter", "本站的留言编号", Shape::Prose),
        Field::new("received_on", "收进的日期", Shape::Day),
        Field::or_null("accepted_at", "受理时间", Shape::Moment),
        Field::new("organ", "承办单位的代码", Shape::Code),
        Field::new("organ_name", "承办单位", Shape::Prose),
        Field::new("state", "状态", Shape::Word(states)),
        Field::or_null("answered_at", "答复时间", Shape::Moment),
        Field::or_null("answer", "答复内容", Shape::Prose),
        Field::new("overdue", "是否超期", Shape::Flag),
        Field::or_null("satisfaction", "满意度", Shape::Word(ratings)),
        Field::new("due_on", "最迟答复的日子", Shape::Day),
        Field::or_null("extension_reason", "延期的理由", Shape::Prose),
        Field::or_null("transfer_reason", "转给了谁、为什么；几次转办的是最后一次", Shape::Prose),
        Field::or_null("ending_reason", "不予受理、按信访告知、告知依申请公开的说明", Shape::Prose),
        Field::or_null("handed_to", "按信访告知的，由谁办理", Shape::Prose),
    ];
    Resource { name: "WorkOrder", about: "一件工单的办理情况", fields }
}

/// The platform whose credential it is, by its key.
fn known<'a>(house: &'a House, site: &'a Site, credential: &'a str) -> Later<'a, Option<String>> {
    Box::pin(async move {
        let sealer = house.sealer().map_err(Fault::inside)?;
        let (of, today) = ((site.base(), credential), house.ledger().clock().today());
        let found = Platform::known(house.store(), sealer, of, today).await;
        let found = found.map_err(Fault::inside)?;
        Ok(found.map(|platform| platform.id))
    })
}

#[derive(Deserialize)]
struct Sent {
    number: String,
    called_at: String,
    kind: String,
    subject: String,
    words: String,
    name: Option<String>,
    phone: Option<String>,
    organ: Option<String>,
    term: Option<String>,
    dispatched_at: Option<String>,
}

impl Sent {
    fn get(&self, column: OrderColumn) -> &str {
        match column {
            OrderColumn::Number => &self.number,
            OrderColumn::CalledAt => &self.called_at,
            OrderColumn::Kind => &self.kind,
            OrderColumn::Subject => &self.subject,
            OrderColumn::Words => &self.words,
            OrderColumn::Name => self.name.as_deref().unwrap_or_default(),
            OrderColumn::Phone => self.phone.as_deref().unwrap_or_default(),
            OrderColumn::Organ => self.organ.as_deref().unwrap_or_default(),
            OrderColumn::Term => self.term.as_deref().unwrap_or_default(),
            OrderColumn::Dispatched => self.dispatched_at.as_deref().unwrap_or_default(),
        }
    }
}

/// Which platform calls.
async fn caller(call: &Call) -> Result<Platform, Fault> {
    let id = call.caller.as_deref().unwrap_or_default();
    Platform::find(call.visit.house.store(), id).await?.ok_or(Fault::NotFound)
}

async fn hand_in(call: Call) -> Result<Reply, Fault> {
    let (house, site) = (&call.visit.house, &call.visit.site);
    let platform = caller(&call).await?;
    let sent: Sent = serde_json::from_value(call.body.clone()).map_err(Fault::inside)?;
    let today = house.ledger().clock().today();
    let order = Order::read(0, today, |column| sent.get(column)).map_err(|found| wrong(&found))?;
    let range = (site.range.0.as_str(), site.range.1.as_str());
    let own = (site.base(), platform.organ.as_str());
    let mut reception = Reception::of_site(house.store(), own, range, today).await?;
    (reception.platform, reception.demo) = (platform.id.clone(), house.is_demo());
    let sealer = house.sealer().map_err(Fault::inside)?;
    let mut desk = house.ledger().desk(ledger::Actor::Machine(reception.platform.clone())).await?;
    let taken = order_intake::within(&mut desk, sealer, &[order], &reception).await;
    let taken = taken.map_err(refused)?.into_iter().next();
    let taken = taken.ok_or(Fault::NotFound)?;
    let answer = json!({ "number": taken.order_number, "letter": taken.number,
                         "again": taken.before, "warning": taken.warning });
    // What was taken in before is known by its number; nothing is changed, and nothing is sealed.
    if !taken.before {
        if let Some(once) = &call.once {
            once.keep(house, &desk, &answer).await?;
        }
        desk.seal().await.map_err(Fault::inside)?;
    }
    Ok(Reply::One(answer))
}

fn refused(error: IntakeError) -> Fault {
    match error {
        IntakeError::Faults(found) => wrong(&found),
        IntakeError::Act(error) => error.into_fault(),
    }
}

fn wrong(found: &[OrderFault]) -> Fault {
    let one = |fault: &OrderFault| FieldError {
        field: fault.column.map_or(String::new(), |column| format!("/{}", column.field())),
        message: fault.words.clone(),
    };
    Fault::Fields(found.iter().map(one).collect())
}

async fn list(call: Call) -> Result<Reply, Fault> {
    let house = &call.visit.house;
    let limit = call.limit();
    let after = call.after().and_then(|mark| mark.split_once('~'));
    let platform = caller(&call).await?;
    platform::read(house.ledger(), &platform).await?;
    let query = OrderQuery {
        platform: Some(platform.id),
        base: Some(call.visit.site.base().to_owned()),
        number: call.text("number"),
        since: call.get("since").and_then(|day| day.parse().ok()),
        after: after.map(|(on, id)| (on.to_owned(), id.to_owned())),
        ..OrderQuery::default()
    };
    let mut lines = OrderLine::of(house.store(), &query, limit + 1).await?;
    let more = lines.len() > limit;
    lines.truncate(limit);
    let next = lines.last().filter(|_| more);
    let next = next.map(|last| format!("{}~{}", last.received_on, last.id));
    let rows = lines.iter().map(|line| row(house, line)).collect::<Result<Vec<_>, _>>()?;
    Ok(Reply::page(rows, next))
}

fn row(house: &House, line: &OrderLine) -> Result<Value, Fault> {
    let today = house.ledger().clock().today();
    let sealer = house.sealer().map_err(Fault::inside)?;
    let answer = answer_of(line, sealer).map_err(Fault::inside)?;
    let reasons = reasons_of(line, sealer).map_err(Fault::inside)?;
    let told = |words: &str| Some(words.to_owned()).filter(|words| !words.is_empty());
    Ok(json!({
        "number": line.order_number,
        "letter": line.number,
        "received_on": line.received_on,
        "accepted_at": line.accepted_at.as_deref().map(in_china),
        "organ": line.organ,
        "organ_name": line.organ_name,
        "state": line.state.name(),
        "answered_at": line.answered_at.as_deref().map(in_china),
        "answer": told(&answer),
        "overdue": line.term.is_overdue(today),
        "satisfaction": line.rating.map(Satisfaction::name),
        "due_on": line.term.due.to_string(),
        "extension_reason": told(&reasons.extension),
        "transfer_reason": told(&reasons.transfer),
        "ending_reason": told(&reasons.ending),
        "handed_to": told(&line.handed_to),
    }))
}
