//! `/gongzuo/shenqing/{id}/…`: one act on a file as a form. What the rules refuse is told at its field, with
//! what was typed.

use ::identity::powers::Tie;
use askama::Template;
use axum::extract::Path;
use axum::response::{Html, IntoResponse, Response};
use law::{CalendarGap, WorkCalendar};
use requests_rules::{CORRECTION_PERIOD, Clock, EXTENSION_LIMIT};
use web::workbench::{SHOWN, Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::acting::{self, Acting, Kind, Pick};
use super::bar::Bar;
use super::choices::{self, Choice};
use super::doing::{self, Done};
use super::file::File;
use super::letter::looked_at;
use super::{LIST, back_to, titled};
use crate::acts::conversion::text_of;
use crate::letters::Letter;
use crate::store::{Proposal, ProposalKind};

#[derive(Template)]
#[template(path = "workbench/act.html")]
struct ActPage {
    desk: Workbench,
    act: &'static Acting,
    title: String,
    fields: Vec<FieldView>,
    /// The very days and numbers the law leaves in this file.
    limit: Option<String>,
    /// What is proposed, where this decides it.
    proposed: Vec<(&'static str, String)>,
    bar: Option<Bar>,
    back: String,
    files: bool,
    /// Where the applicant's telephone is looked at, where he is called.
    calls: Option<String>,
    /// Whether the letter it sends may be looked at first, and that letter.
    tells: bool,
    letter: Option<Letter>,
    /// The revision of the file as it is shown.
    shown: i64,
}

struct FieldView {
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    kind: Kind,
    /// The choices, in groups; one without a heading where they are all of a kind.
    choices: Vec<(&'static str, Vec<Choice>)>,
    /// What stands in it at first.
    value: String,
}

#[derive(Template)]
#[template(path = "workbench/acted.html")]
struct ActedPage {
    desk: Workbench,
    words: &'static str,
    said: String,
    code: String,
    case: String,
}

/// Shows the form.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
) -> Result<Html<String>, Fault> {
    let act = acting::at(&visit.path).ok_or(Fault::NotFound)?;
    let file = File::read_by(&visit, &clerk, &id).await?;
    let told = tie(&file, &clerk, act).because("查看");
    if !File::is_offered(&clerk, act.power, &told) {
        clerk.may(act.power, &told)?;
    }
    in_its_time(&file, act)?;
    page(visit, clerk, (&file, act), (None, None)).await
}

/// The page of an act: with what was typed, and the letter as it would read, where that is looked at.
async fn page(
    visit: Visit,
    clerk: Clerk,
    (file, act): (&File, &'static Acting),
    (typed, letter): (Option<&Submitted>, Option<Letter>),
) -> Result<Html<String>, Fault> {
    let today = visit.house.ledger().clock().today();
    let calendar = visit.house.ledger().calendar();
    let clock = file.case.clock(&calendar).map_err(Fault::inside)?;
    let limit = match &clock {
        Some(clock) => limit(clock, act, &calendar).map_err(Fault::inside)?,
        None => None,
    };
    let mut fields = Vec::with_capacity(act.asks.len());
    for ask in act.asks {
        let choices = match ask.kind {
            Kind::Pick(Pick::Letters) => choices::letters(file),
            Kind::Pick(pick) => vec![("", choices::of(&visit, &clerk, file, pick).await?)],
            _ => Vec::new(),
        };
        let (name, label, hint, kind) = (ask.name, ask.label, ask.hint, ask.kind);
        let value = match name {
            _ if typed.is_some() => typed.map_or("", |form| form.get(name)).to_owned(),
            "tianshu" => match (act.path(), &clock) {
                ("yanqi", Some(clock)) => clock.extendable().0.to_string(),
                _ => usual(act, today),
            },
            "biaoti" => file.case.filing.wanted.title.clone().unwrap_or_default(),
            "zhengwen" => text_of(visit.house.store(), &file.case, today).await?,
            _ => String::new(),
        };
        fields.push(FieldView { name, label, hint, kind, choices, value });
    }
    let base = format!("{LIST}/{}", file.case.filing.id);
    let desk = Workbench::of(&visit, clerk, "shenqing", act.words).await?;
    let page = ActPage {
        desk: desk
            .under("依申请公开", LIST)
            .under(format!("申请 {}", file.case.filing.number), &base),
        title: titled(&file.case.filing),
        files: fields.iter().any(|field| field.kind == Kind::File),
        fields,
        limit,
        proposed: proposed(file, act),
        calls: acting::calls(act).then(|| visit.site.link(&format!("{base}/shenfen"))),
        tells: doing::tells(act),
        letter,
        bar: Bar::of(&file.case, today, &calendar).map_err(Fault::inside)?,
        back: visit.site.link(&base),
        shown: file.case.filing.revision,
        act,
    };
    web::page::answer(&page)
}

/// Does it.
pub async fn act(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let act = acting::at(&visit.path).ok_or(Fault::NotFound)?;
    let file = File::read_by(&visit, &clerk, &id).await?;
    if form.get("do") == "kan" && doing::tells(act) {
        return look_ahead(visit, clerk, (&file, act), &form).await;
    }
    let reason = form.get("liyou").trim();
    clerk.may(act.power, &tie(&file, &clerk, act).because(reason))?;
    if !(act.offered)(&file) {
        let words = format!("现在不能{}。案卷刚才有变动，请看现在可以办什么。", act.words);
        return Err(Fault::Refused(words));
    }
    let done = doing::carry_out(&visit, &clerk, &file, (act, &form)).await?;
    let base = format!("{LIST}/{id}");
    match done {
        Done::Kept => back_to(&visit, &clerk, &id, &format!("{base}?done=banli")).await,
        Done::Code(code) => {
            let page = ActedPage {
                words: act.words,
                said: "查询码已经印在送达用的函上（案卷、文书、带收件人的 PDF）。第三方凭它在网上查看、答复，以后看决定。"
                    .into(),
                code,
                case: visit.site.link(&base),
                desk: Workbench::of(&visit, clerk, "shenqing", act.words)
                    .await?
                    .under("依申请公开", LIST)
                    .under(format!("申请 {}", file.case.filing.number), &base),
            };
            Ok(web::page::answer(&page)?.into_response())
        }
    }
}

/// Shows the letter as it would read; nothing goes out and nothing is kept.
async fn look_ahead(
    visit: Visit,
    clerk: Clerk,
    (file, act): (&File, &'static Acting),
    form: &Submitted,
) -> Result<Response, Fault> {
    clerk.may(act.power, &tie(file, &clerk, act).because("查看"))?;
    in_its_time(file, act)?;
    let told = doing::look_ahead(&visit, &clerk, file, (act, form)).await?;
    let letter = match told {
        Some((case, letter)) => Some(looked_at(&visit, &clerk, (&case, &letter)).await?),
        None => None,
    };
    Ok(page(visit, clerk, (file, act), (Some(form), letter)).await?.into_response())
}

/// A form tells days and sums of a step that can be taken now; of any other they would mislead.
fn in_its_time(file: &File, act: &Acting) -> Result<(), Fault> {
    match (act.offered)(file) {
        true => Ok(()),
        false => Err(Fault::Refused(format!("现在不能{}。现在可以办的，看案卷。", act.words))),
    }
}

/// What the policy is told: of a decision, who proposed it.
pub(super) fn tie(file: &File, clerk: &Clerk, act: &Acting) -> Tie {
    match act.decides() {
        Some(kind) => file.tie_of_proposal(clerk, kind),
        // Who wrote the answer is no author of what the act itself is about.
        None => {
            let beside = act.path() == "jiansuo";
            let tie = if beside { file.tie_of_draft(clerk) } else { file.tie(clerk) };
            Tie { authors: Vec::new(), ..tie }
        }
    }
}

/// What the law leaves in this file: until which day, how many days.
fn limit(
    clock: &Clock,
    act: &Acting,
    calendar: &WorkCalendar,
) -> Result<Option<String>, CalendarGap> {
    Ok(match act.path() {
        "buzheng" => {
            let by = clock.correction_told_by(calendar)?;
            by.map(|by| format!("这份申请最迟 {by} 告知补正。"))
        }
        "yanqi" => Some(format!(
            "已经延长 {} 个工作日，还可以延长 {} 个工作日。",
            clock.extended().0,
            clock.extendable().0
        )),
        _ => None,
    })
}

/// How many days are usual: the period the rules have for it.
fn usual(act: &Acting, today: law::Date) -> String {
    let period = if act.path() == "yanqi" { &EXTENSION_LIMIT } else { &CORRECTION_PERIOD };
    period.on(today).map(|period| period.value.0.to_string()).unwrap_or_default()
}

fn proposed(file: &File, act: &Acting) -> Vec<(&'static str, String)> {
    let waiting = act.decides().and_then(|kind| file.waiting(kind));
    waiting.map(told).unwrap_or_default()
}

fn told(proposal: &Proposal) -> Vec<(&'static str, String)> {
    let mut lines = vec![("提请", proposal.kind.name().to_owned())];
    match &proposal.kind {
        ProposalKind::Extension { days } => lines.push(("延长", days.to_string())),
        ProposalKind::Delay { until } => lines.push(("最迟答复", until.to_string())),
        ProposalKind::Fee { method, shown, .. } => {
            lines.push(("计费方式", method.name().to_owned()));
            lines.push(("数额", shown.clone()));
        }
        ProposalKind::SecondCorrection { items, .. } => {
            lines.push(("补正事项", items.join("；")));
        }
        ProposalKind::Abandonment | ProposalKind::Removal => {}
    }
    lines.push(("理由", proposal.reason.clone()));
    lines.push(("提请人", proposal.proposed_name.clone()));
    lines.push(("提请时间", web::moments::minute(&proposal.proposed_at)));
    lines
}
