//! `/gongzuo/shenqing/{id}/shenfen`: who asked, and what third parties and other organs wrote as they wrote it, for
//! whoever works on the file. Who looked, when and why is
//! written down before anything is shown.

use askama::Template;
use axum::extract::Path;
use axum::response::{Html, IntoResponse, Response};
use requests_rules::IdentityProof;
use review::Signatory;
use secrets::Sealer;
use web::moments::minute;
use web::workbench::{Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::file::File;
use super::{LIST, matters, seen};
use crate::acts::looking;
use crate::store::{Looked, Particulars};

#[derive(Template)]
#[template(path = "workbench/identity.html")]
struct IdentityPage {
    desk: Workbench,
    number: String,
    /// What is shown; none before the reason is written.
    said: Option<Vec<(&'static str, String)>>,
    /// What third parties and other organs wrote, as they wrote it.
    opinions: Vec<Written>,
    /// Whether whoever reads this may open it.
    allowed: bool,
    looked: Vec<Looked>,
}

/// An opinion as it was written, by whom: the page of the file has it masked.
struct Written {
    who: String,
    reached: String,
    what: &'static str,
    on: String,
    words: String,
}

/// What was written to this file, unmasked: opened with who asked, and written down with it.
fn written(file: &File, sealer: &Sealer) -> Result<Vec<Written>, Fault> {
    let mut all = Vec::new();
    for one in file.opinions.iter().filter(|one| one.given_on.is_some()) {
        let third = one.third_party(sealer).map_err(Fault::inside)?;
        let (who, reached) = match third {
            Some(third) => {
                (format!("第三方{} {}", one.label, third.name), matters::reached(&third.contact))
            }
            None => (one.label.clone(), String::new()),
        };
        all.push(Written {
            who,
            reached,
            what: one.opinion.map_or("", requests_rules::Opinion::name),
            on: one.given_on.map(|day| day.to_string()).unwrap_or_default(),
            words: one.said(sealer).map_err(Fault::inside)?,
        });
    }
    Ok(all)
}

/// Asks for the reason.
pub async fn ask(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
) -> Result<Html<String>, Fault> {
    let (file, allowed) = known(&visit, &clerk, &id).await?;
    page(visit, clerk, (&file, allowed), None).await
}

/// The file, and whether who asked may be opened once it is said why: by whoever works on it, the head, the
/// counter that took it in today, which may not read the file itself. Whoever reads the file sees who looked.
async fn known(visit: &Visit, clerk: &Clerk, id: &str) -> Result<(File, bool), Fault> {
    let found = File::find(&visit.house, &clerk.organ.code, id).await?;
    let file = found.ok_or(Fault::NotFound)?;
    let tie = file.tie(clerk);
    let reads = clerk.may("foi.read_case", &tie).is_ok();
    let allowed = clerk.may("foi.read_identity", &tie.because("查看")).is_ok();
    if reads || allowed { Ok((file, allowed)) } else { Err(Fault::NotFound) }
}

/// Writes down who looks and why, and shows who asked.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let (file, _) = known(&visit, &clerk, &id).await?;
    let reason = form.get("liyou").trim().to_owned();
    clerk.may("foi.read_identity", &file.tie(&clerk).because(reason.as_str()))?;
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    let looked = looking::look(desk, sealer, &Signatory::of(&clerk), &id, &reason).await;
    let particulars = seen(looked, "liyou")?;
    let opinions = match clerk.has_power("foi.read_case") {
        true => written(&file, sealer)?,
        false => Vec::new(),
    };
    let shown = (&particulars, opinions);
    Ok(page(visit, clerk, (&file, true), Some(shown)).await?.into_response())
}

async fn page(
    visit: Visit,
    clerk: Clerk,
    (file, allowed): (&File, bool),
    shown: Option<(&Particulars, Vec<Written>)>,
) -> Result<Html<String>, Fault> {
    let (filing, reads) = (&file.case.filing, clerk.has_power("foi.read_case"));
    let looked = Looked::of(visit.house.store(), &filing.id).await?;
    let (said, opinions) = match shown {
        Some((particulars, opinions)) => (Some(said(particulars)), opinions),
        None => (None, Vec::new()),
    };
    let desk = Workbench::of(&visit, clerk, "shenqing", "申请人身份").await?;
    let back = format!("{LIST}/{}", filing.id);
    let words = format!("申请 {}", filing.number);
    web::page::answer(&IdentityPage {
        // The counter has no way back to a file it may not read.
        desk: if reads { desk.under("依申请公开", LIST).under(words, &back) } else { desk },
        number: filing.number.clone(),
        said,
        opinions,
        allowed,
        looked,
    })
}

fn said(particulars: &Particulars) -> Vec<(&'static str, String)> {
    let applicant = &particulars.applicant;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let proof = |proof: &Option<IdentityProof>| {
        proof.as_ref().map(|one| format!("{} {}", one.name(), one.number())).unwrap_or_default()
    };
    let agent = applicant.agent.as_ref();
    let lines = [
        ("姓名或者名称", applicant.name.clone()),
        ("类别", applicant.class.name().to_owned()),
        ("身份证明", proof(&applicant.proof)),
        ("联系电话", text(&applicant.contact.telephone)),
        ("通信地址", text(&applicant.contact.address)),
        ("电子邮箱", text(&applicant.contact.email)),
        ("代理人", agent.map(|one| one.name.clone()).unwrap_or_default()),
        ("代理人证件", agent.map(|one| proof(&one.proof)).unwrap_or_default()),
        ("无障碍协助", text(&particulars.assistance)),
    ];
    lines.into_iter().filter(|(_, words)| !words.is_empty()).collect()
}

impl IdentityPage {
    fn at(looked: &Looked) -> String {
        minute(&looked.looked_at)
    }
}
