//! `/gongzuo/huodong/{id}/jiyao` and `…/yijian`: what is published after a gathering, and what was said there about a draft.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use participation_rules::{Clause, GatheringStage, GatheringStep, Sender, record_due};
use web::components::{ErrorSummary, FieldError};
use web::workbench::{Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::super::{Done, HEARING_RECORD, REGISTERING, by, desk_of, seen, sent_to};
use super::{below, desk_below, of_organ, tie};
use crate::acts::ActError;
use crate::acts::gathering::{minutes, saying};
use crate::acts::opinion::{Given, USED};
use crate::portal::day_words;
use crate::portal::give::number_of;
use crate::portal::handing_in::new_key;
use crate::store::{Consultation, Contact, Gathering, Noted};

#[derive(Template)]
#[template(path = "workbench/gathering/record.html")]
struct RecordPage {
    desk: Workbench,
    errors: ErrorSummary,
    of: Gathering,
    name: &'static str,
    says: &'static str,
    here: String,
    due: String,
    record: String,
    attended: String,
    records: bool,
}

#[derive(Template)]
#[template(path = "workbench/gathering/saying.html")]
struct SayingPage {
    desk: Workbench,
    errors: ErrorSummary,
    title: String,
    here: String,
    key: String,
    form: Submitted,
    clauses: Vec<Clause>,
    senders: [Sender; 2],
    /// The numbers of those registered.
    noted: Vec<i64>,
    open: bool,
}

async fn page(
    visit: &Visit,
    clerk: Clerk,
    (of, stage): (Gathering, GatheringStage),
    (typed, errors): (Option<(String, String)>, Vec<FieldError>),
) -> Result<RecordPage, Fault> {
    let terms = of.said.kind.terms();
    let desk = desk_below(visit, clerk, &of, terms.record).await?;
    let calendar = visit.house.ledger().calendar();
    let due = of.said.held_on.and_then(|held| record_due(held, &calendar).ok());
    let kept = || {
        let attended = if of.record.is_empty() { String::new() } else { of.attended.to_string() };
        (of.record.clone(), attended)
    };
    let (record, attended) = typed.unwrap_or_else(kept);
    Ok(RecordPage {
        desk: if errors.is_empty() { desk } else { desk.with_errors() },
        errors: ErrorSummary(errors),
        here: visit.site.link(&below(&of, "/jiyao")),
        name: terms.record,
        says: terms.record_says,
        due: due.map(day_words).unwrap_or_default(),
        record,
        attended,
        records: stage.after(GatheringStep::Record).is_ok(),
        of,
    })
}

/// Shows what is written down.
pub(super) async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
) -> Result<Html<String>, Fault> {
    let (of, stage) = of_organ(&visit, &clerk, &id).await?;
    clerk.may(HEARING_RECORD, &tie(&of, stage))?;
    web::page::answer(&page(&visit, clerk, (of, stage), (None, vec![])).await?)
}

/// Hands the record in.
pub(super) async fn act(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let (of, stage) = of_organ(&visit, &clerk, &id).await?;
    clerk.may(HEARING_RECORD, &tie(&of, stage))?;
    let publishers = visit.house.publishers();
    let desk = desk_of(&visit, &clerk).await?;
    let (who, which) = (by(&clerk), (of.organ.as_str(), id.as_str()));
    let attended = form.get("renshu").trim().parse().ok();
    let written = (form.get("jiyao"), attended);
    match minutes::submit(desk, &publishers, &who, which, written).await {
        Err(ActError::Field(field, message)) => {
            let errors = vec![FieldError { field: field.into(), message }];
            let typed = (form.get("jiyao").to_owned(), form.get("renshu").to_owned());
            let page = page(&visit, clerk, (of, stage), (Some(typed), errors)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, web::page::answer(&page)?).into_response())
        }
        other => {
            seen(other)?;
            Ok(sent_to(&visit, &format!("{}?done=jiyao", of.desk_path())))
        }
    }
}

/// Shows where what was said is registered.
pub(super) async fn saying(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    let (of, stage) = of_organ(&visit, &clerk, &id).await?;
    clerk.may(REGISTERING, &tie(&of, stage))?;
    let page = saying_page(&visit, clerk, (of, stage), (Submitted::default(), vec![])).await?;
    let desk = page.desk.saying(&done.done, &[("dengji", "已登记。可以接着登记下一条。")]);
    web::page::answer(&SayingPage { desk, ..page })
}

async fn saying_page(
    visit: &Visit,
    clerk: Clerk,
    (of, stage): (Gathering, GatheringStage),
    (form, errors): (Submitted, Vec<FieldError>),
) -> Result<SayingPage, Fault> {
    let store = visit.house.store();
    let draft = Consultation::find(store, &of.said.consultation).await?;
    let clauses = match &draft {
        Some(draft) => draft.clauses(store).await?,
        None => vec![],
    };
    let noted = Noted::at(store, &of.id).await?;
    let desk = desk_below(visit, clerk, &of, "登记会上的意见").await?;
    let key = match form.words("key") {
        Some(key) => key.to_owned(),
        None => new_key()?,
    };
    Ok(SayingPage {
        desk: if errors.is_empty() { desk } else { desk.with_errors() },
        errors: ErrorSummary(errors),
        here: visit.site.link(&below(&of, "/yijian")),
        key,
        form,
        clauses,
        senders: Sender::ALL,
        noted,
        open: draft.is_some() && stage.after(GatheringStep::Note).is_ok(),
        title: of.said.title,
    })
}

/// Registers one.
pub(super) async fn say(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let (of, stage) = of_organ(&visit, &clerk, &id).await?;
    clerk.may(REGISTERING, &tie(&of, stage))?;
    match said(&visit, &clerk, &of, &form).await {
        Err(ActError::Field(field, message)) => {
            let used = message == USED;
            let errors = vec![FieldError { field: field.into(), message }];
            let mut page = saying_page(&visit, clerk, (of, stage), (form, errors)).await?;
            if used {
                page.key = new_key()?;
            }
            Ok((StatusCode::UNPROCESSABLE_ENTITY, web::page::answer(&page)?).into_response())
        }
        other => {
            seen(other)?;
            Ok(sent_to(&visit, &below(&of, "/yijian?done=dengji")))
        }
    }
}

async fn said(
    visit: &Visit,
    clerk: &Clerk,
    of: &Gathering,
    form: &Submitted,
) -> Result<i64, ActError> {
    let field = |field, words: &str| ActError::Field(field, words.into());
    let sender = Sender::parse(form.get("shenfen"));
    let given = Given {
        clause: number_of(form),
        sender: sender.ok_or_else(|| field("shenfen", "选个人还是单位"))?,
        words: form.get("yijian").to_owned(),
        contact: Contact {
            name: form.get("xingming").to_owned(),
            contact: form.get("lianxi").to_owned(),
        },
        key: form.words("key").ok_or_else(|| field("yijian", "请刷新页面再登记"))?.to_owned(),
        demo: visit.house.is_demo(),
    };
    let sealer = visit.house.sealer()?;
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    let which = (of.organ.as_str(), of.id.as_str());
    saying::register(desk, (sealer, &by(clerk)), which, &given).await
}

impl RecordPage {
    fn error(&self, field: &str) -> Option<&str> {
        self.errors.0.iter().find(|one| one.field == field).map(|one| one.message.as_str())
    }
}

impl SayingPage {
    fn chosen(&self, field: &str, value: &str) -> bool {
        self.form.get(field) == value
    }

    fn error(&self, field: &str) -> Option<&str> {
        self.errors.0.iter().find(|one| one.field == field).map(|one| one.message.as_str())
    }
}
