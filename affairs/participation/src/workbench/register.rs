//! `/gongzuo/zhengji/{id}/dengji`: opinions from letters, the counter, meetings, calls and mail come to the same place
//! as those from the web.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use participation_rules::{Clause, Sender, Source, Stage};
use web::components::{ErrorSummary, FieldError};
use web::workbench::{Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::{Done, LIST, REGISTERING, by, own, page_of, seen, sent_to};
use crate::acts::ActError;
use crate::acts::opinion::{self, Given};
use crate::portal::give::number_of;
use crate::portal::handing_in::new_key;
use crate::store::{Consultation, Contact};

#[derive(Template)]
#[template(path = "workbench/register.html")]
struct RegisterPage {
    desk: Workbench,
    errors: ErrorSummary,
    title: String,
    here: String,
    key: String,
    form: Submitted,
    clauses: Vec<Clause>,
    sources: [Source; 5],
    senders: [Sender; 2],
    today: String,
    open: bool,
}

/// The form.
pub(super) async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    let found = own(&visit, &clerk, REGISTERING, &id).await?;
    let page = page(&visit, clerk, found, (Submitted::default(), vec![])).await?;
    let desk = page.desk.saying(&done.done, &[("dengji", "已登记。可以接着登记下一件。")]);
    web::page::answer(&RegisterPage { desk, ..page })
}

async fn page(
    visit: &Visit,
    clerk: Clerk,
    (of, stage): (Consultation, Stage),
    (form, errors): (Submitted, Vec<FieldError>),
) -> Result<RegisterPage, Fault> {
    let clauses = of.clauses(visit.house.store()).await?;
    let desk = Workbench::of(visit, clerk, "zhengji", "登记意见").await?;
    let desk = desk
        .under("征求意见", LIST)
        .under(of.said.title.clone(), &of.desk_path())
        .under("收到的意见", &page_of(&of, "/yijian"));
    let key = match form.words("key") {
        Some(key) => key.to_owned(),
        None => new_key()?,
    };
    Ok(RegisterPage {
        desk: if errors.is_empty() { desk } else { desk.with_errors() },
        errors: ErrorSummary(errors),
        here: visit.site.link(&page_of(&of, "/dengji")),
        title: of.said.title,
        key,
        form,
        clauses,
        sources: Source::REGISTERED,
        senders: Sender::ALL,
        today: visit.house.ledger().clock().today().to_string(),
        open: matches!(stage, Stage::Open | Stage::Closed),
    })
}

/// Registers one.
pub(super) async fn act(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let (of, stage) = own(&visit, &clerk, REGISTERING, &id).await?;
    match register(&visit, &clerk, &of, &form).await {
        Err(ActError::Field(field, message)) => {
            let used = message == opinion::USED;
            let errors = vec![FieldError { field: field.into(), message }];
            let mut page = page(&visit, clerk, (of, stage), (form, errors)).await?;
            if used {
                page.key = new_key()?;
            }
            Ok((StatusCode::UNPROCESSABLE_ENTITY, web::page::answer(&page)?).into_response())
        }
        other => {
            seen(other)?;
            Ok(sent_to(&visit, &page_of(&of, "/dengji?done=dengji")))
        }
    }
}

async fn register(
    visit: &Visit,
    clerk: &Clerk,
    of: &Consultation,
    form: &Submitted,
) -> Result<i64, ActError> {
    let field = |field, words: &str| ActError::Field(field, words.into());
    let source = Source::parse(form.get("laiyuan")).filter(|source| *source != Source::Web);
    let source = source.ok_or_else(|| field("laiyuan", "选怎样收到的"))?;
    let day = form.get("riqi").trim().parse();
    let day = day.map_err(|_| field("riqi", "写收到的日子，例如 2026-11-20"))?;
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
    opinion::register(desk, (sealer, &by(clerk)), which, (source, day), &given).await
}

impl RegisterPage {
    fn chosen(&self, field: &str, value: &str) -> bool {
        self.form.get(field) == value
    }

    fn day(&self) -> &str {
        self.form.words("riqi").unwrap_or(&self.today)
    }
}
