//! `/gongzuo/shenqing/{id}/chayue` and `/gongzuo/anjuan/{id}`: one masked file for whoever supervises, while a
//! complaint about it is open, and for audit. The reason is written down before anything is shown; drafts, what
//! was withheld and who worked on it are not shown (docs/readings/180).

use ::identity::powers::{Condition, Tie};
use ::identity::{Organ, Role};
use askama::Template;
use axum::extract::Path;
use axum::response::{Html, IntoResponse, Response};
use documents::writing::Article;
use requests_rules::Recipient;
use review::Signatory;
use web::components::{Meta, Tag};
use web::moments::minute;
use web::workbench::{Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::bar::Bar;
use super::case::wanted;
use super::history::{self, Line};
use super::letter::letter_by;
use super::list::state_tag;
use super::steps::{self, Step};
use super::{AUDIT, LIST, seen, sent_to, titled};
use crate::acts::perusal;
use crate::store::{Case, ComplaintCase, Filing, IssuedLetter, Looked, Perusal};

#[derive(Template)]
#[template(path = "workbench/peruse.html")]
struct PerusePage {
    desk: Workbench,
    number: String,
    organ: String,
    /// What is shown; none before the reason is written.
    shown: Option<Shown>,
    perusals: Vec<Perusal>,
}

/// The masked file.
struct Shown {
    title: String,
    tag: Tag,
    bar: Option<Bar>,
    steps: Vec<Step>,
    wanted: Meta,
    letters: Vec<(String, Option<Article>)>,
    history: Vec<Line>,
    /// Who looked at who asked: for audit.
    looked: Option<Vec<Looked>>,
}

/// For whoever supervises: asks for the reason.
pub async fn ask(visit: Visit, clerk: Clerk, Path(id): Path<String>) -> Result<Response, Fault> {
    let filing = filing(&visit, &id).await?;
    if filing.organ == clerk.organ.code {
        return Ok(sent_to(&visit, &format!("{LIST}/{id}")));
    }
    clerk.may_see("foi.read_case", &tie(&visit, &clerk, &filing).await?.because("查看"))?;
    Ok(page(&visit, clerk, &filing, None).await?.into_response())
}

/// Writes the reason down and shows the masked file.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let filing = filing(&visit, &id).await?;
    let known = tie(&visit, &clerk, &filing).await?;
    clerk.may_see("foi.read_case", &known.clone().because("查看"))?;
    let reason = form.get("liyou").trim();
    clerk.may("foi.read_case", &known.because(reason))?;
    perused(&visit, clerk, &filing, reason).await
}

/// For audit: asks for the reason.
pub async fn ask_audited(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let filing = filing(&visit, &id).await?;
    let known = tie(&visit, &clerk, &filing).await?;
    clerk.may_see("foi.audit.read_case", &known.because("查看"))?;
    Ok(page(&visit, clerk, &filing, None).await?.into_response())
}

/// For audit: writes the reason down and shows the masked file.
pub async fn show_audited(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let filing = filing(&visit, &id).await?;
    let known = tie(&visit, &clerk, &filing).await?;
    clerk.may_see("foi.audit.read_case", &known.clone().because("查看"))?;
    let reason = form.get("liyou").trim();
    clerk.may("foi.audit.read_case", &known.because(reason))?;
    perused(&visit, clerk, &filing, reason).await
}

async fn filing(visit: &Visit, id: &str) -> Result<Filing, Fault> {
    Filing::of_any(visit.house.store(), id).await?.ok_or(Fault::NotFound)
}

async fn tie(visit: &Visit, clerk: &Clerk, filing: &Filing) -> Result<Tie, Fault> {
    let tie = Tie::to(&filing.organ).holding([Condition::Masked]);
    let own = clerk.organ.code.as_str();
    let open = ComplaintCase::is_open_on(visit.house.store(), own, &filing.id).await?;
    Ok(if open { tie.holding([Condition::OnComplaint]) } else { tie })
}

async fn perused(
    visit: &Visit,
    clerk: Clerk,
    filing: &Filing,
    reason: &str,
) -> Result<Response, Fault> {
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    let by = Signatory::of(&clerk);
    let read = perusal::of_file(desk, sealer, &by, (&filing.id, reason)).await;
    let case = seen(read, "liyou")?;
    Ok(page(visit, clerk, filing, Some(&case)).await?.into_response())
}

async fn page(
    visit: &Visit,
    clerk: Clerk,
    filing: &Filing,
    case: Option<&Case>,
) -> Result<Html<String>, Fault> {
    let store = visit.house.store();
    let audits = clerk.role == Role::Auditor;
    let organ = Organ::find(store, &filing.organ).await?;
    let organ = organ.map_or_else(|| filing.organ.clone(), |organ| organ.name);
    let shown = match case {
        Some(case) => Some(shown(visit, (case, &organ), audits).await?),
        None => None,
    };
    let (key, list, words) = match audits {
        true => ("anjuan", AUDIT, "申请案卷（审计）"),
        false => ("shenqing", LIST, "下级机关的申请"),
    };
    let desk = Workbench::of(visit, clerk, key, format!("查阅 {}", filing.number)).await?;
    web::page::answer(&PerusePage {
        desk: desk.under(words, list),
        number: filing.number.clone(),
        organ,
        shown,
        perusals: Perusal::of(store, &filing.id).await?,
    })
}

async fn shown(visit: &Visit, (case, organ): (&Case, &str), audits: bool) -> Result<Shown, Fault> {
    let store = visit.house.store();
    let today = visit.house.ledger().clock().today();
    let calendar = visit.house.ledger().calendar();
    let issued = IssuedLetter::of(store, &case.filing.id).await?;
    let mut letters = Vec::new();
    for one in issued.iter().filter(|one| one.kind.to() == Recipient::Applicant) {
        let sender = (case.filing.organ.as_str(), organ);
        let written = letter_by(visit, sender, case, one).await.ok();
        let head = format!("{}（{}）{}", one.kind.title(), one.number, one.issued_on);
        letters.push((head, written.map(|letter| letter.article)));
    }
    let looked = match audits {
        true => Some(Looked::of(store, &case.filing.id).await?),
        false => None,
    };
    Ok(Shown {
        title: titled(&case.filing),
        tag: state_tag(&case.filing, today),
        bar: Bar::of(case, today, &calendar).map_err(Fault::inside)?,
        steps: steps::of(case, &issued),
        wanted: wanted(&case.filing),
        letters,
        history: history::without_details(&case.events),
        looked,
    })
}

impl PerusePage {
    fn at(text: &str) -> String {
        minute(text)
    }

    fn as_what(role: &str) -> &str {
        match Role::parse(role) {
            Some(role) => role.name(),
            None => role,
        }
    }
}
