//! The rows of a great city's register.

use law::Date;
use ledger::Ledger;
use requests_rules::{ANSWER_TYPES, ApplicantClass};
use store::Value;

/// Names of columns with what stands there.
pub type Columns = Vec<(&'static str, Value)>;

/// How many rows go into one transaction.
const AT_ONCE: usize = 2_000;

/// The day on which one was received: spread over the year before today.
fn received(at: usize, today: Date) -> Date {
    today.saturating_sub(jiff::Span::new().days((at % 340) as i64 + 1))
}

/// A request, open or answered after twenty days.
fn request(at: usize, organ: &str, today: Date, open: bool) -> anyhow::Result<Columns> {
    let received = received(at, today);
    let due = received.saturating_add(jiff::Span::new().days(28));
    let answers = ANSWER_TYPES.on(today)?.value;
    let kind = answers[at % answers.len()];
    let closed = (!open).then(|| received.saturating_add(jiff::Span::new().days(20)));
    let class = ApplicantClass::ALL[at % ApplicantClass::ALL.len()];
    let serial = i64::try_from(at)? + 100_000;
    let state = match closed {
        None => "running",
        Some(_) => "answered",
    };
    let text = |words: &str| Value::from(words);
    let flag = |flag: bool| Value::from(i64::from(flag));
    Ok(vec![
        ("id", format!("0199-measured-{at:08}").into()),
        ("organ", text(organ)),
        ("year", i64::from(received.year()).into()),
        ("serial", serial.into()),
        ("number", format!("{organ}-{}-{serial}", received.year()).into()),
        ("channel", text("online")),
        ("entered_at", format!("{received}T02:00:00.000Z").into()),
        ("submitted_on", received.to_string().into()),
        ("misdirected", flag(false)),
        ("by_submission", flag(false)),
        ("received_on", received.to_string().into()),
        ("class", text(class.name())),
        ("has_agent", flag(false)),
        ("asks_help", flag(false)),
        ("title", format!("第{at}号地块征收补偿方案和资金拨付凭证").into()),
        ("doc_number", text("")),
        ("description", "关于补偿标准、评估报告、资金到位情况的文件。".repeat(4).into()),
        ("items", 1i64.into()),
        ("provided_form", text("paper")),
        ("delivery_way", text("post")),
        ("wish_mark", format!("wish-{}", at % 5_000).into()),
        ("code_mark", format!("measured-{at}").into()),
        ("taken_by", text("")),
        ("unit", text("政务公开科")),
        ("officer", format!("officer-{}", at % 12).into()),
        ("officer_name", text("测量员")),
        ("revision", 3i64.into()),
        ("state", text(state)),
        ("due_on", open.then(|| due.to_string()).into()),
        ("provisional", flag(false)),
        ("open", flag(open)),
        ("sort_on", closed.unwrap_or(due).to_string().into()),
        ("closed_on", closed.map(|day| day.to_string()).into()),
        ("result", closed.map(|_| kind.code.to_owned()).into()),
        ("held", flag(false)),
    ])
}

/// What happened to it: received, an opinion asked and given, and extended.
fn events(at: usize, today: Date) -> Vec<Columns> {
    let received = received(at, today);
    let after = |days: i64| received.saturating_add(jiff::Span::new().days(days));
    let who = r#""of":"other_organ","who":"甲局""#;
    [
        (received, "receipt", r#"{"what":"received"}"#.to_owned()),
        (after(3), "opinion_asked", format!(r#"{{"what":"opinion_asked",{who},"served":null}}"#)),
        (after(9), "opinion_given", format!(r#"{{"what":"opinion_given",{who}}}"#)),
    ]
    .into_iter()
    .filter(|(on, ..)| *on <= today)
    .enumerate()
    .map(|(place, (on, kind, happening))| -> Columns {
        vec![
            ("id", format!("measured-{at:08}-{place}").into()),
            ("request", format!("0199-measured-{at:08}").into()),
            ("ordinal", (place as i64 + 1).into()),
            ("kind", kind.into()),
            ("happened_on", on.to_string().into()),
            ("happening", happening.into()),
            ("facts", "{}".into()),
            ("subject", "".into()),
            ("recorded_at", format!("{on}T02:00:00.000Z").into()),
            ("person", "".into()),
            ("name", "".into()),
        ]
    })
    .collect()
}

/// Fills the register of an organ; `is_open` tells which are.
pub async fn fill(
    ledger: &Ledger,
    organ: &str,
    number: usize,
    is_open: impl Fn(usize) -> bool,
) -> anyhow::Result<()> {
    let today = ledger.clock().today();
    for from in (0..number).step_by(AT_ONCE) {
        let some = from..number.min(from + AT_ONCE);
        let change = ledger.store().begin().await?;
        let rows = some.clone().map(|at| request(at, organ, today, is_open(at)));
        put(&change, "request", rows.collect::<anyhow::Result<_>>()?).await?;
        put(&change, "request_event", some.flat_map(|at| events(at, today)).collect()).await?;
        change.commit().await?;
    }
    let change = ledger.store().begin().await?;
    change.run("ANALYZE", vec![]).await?;
    change.commit().await?;
    Ok(())
}

/// Puts rows into a table.
pub async fn put(
    change: &store::Transaction,
    table: &'static str,
    rows: Vec<Columns>,
) -> anyhow::Result<()> {
    let Some(first) = rows.first() else { return Ok(()) };
    let names: Vec<&'static str> = first.iter().map(|(name, _)| *name).collect();
    let rows = rows.into_iter().map(|row| row.into_iter().map(|(_, value)| value).collect());
    change.insert(table, &names, rows.collect()).await?;
    Ok(())
}
