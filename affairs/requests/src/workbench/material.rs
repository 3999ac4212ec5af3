//! `/gongzuo/shenqing/{id}/cailiao/{file}`: what the applicant or a third party sent, for whoever the file is assigned
//! to. Papers tell who somebody is: that they were opened is written down before anything is given.

use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use review::Signatory;
use web::{Clerk, Fault, Visit};

use super::file::File;
use super::{LIST, saved, seen};
use crate::acts::{ActError, looking};
use crate::files;
use crate::store::{CaseFile, OpinionCase, Particulars, telling, veiled};

/// A paper of the file, as the page of the file lists it.
pub(super) struct Line {
    pub words: String,
    pub on: String,
    /// Where it is opened; none for whoever may not.
    pub href: Option<String>,
}

/// The papers of a file, for a clerk.
pub(super) fn lines(visit: &Visit, clerk: &Clerk, file: &File, files: &[CaseFile]) -> Vec<Line> {
    let may = clerk.may("foi.read_identity", &file.tie(clerk)).is_ok() && file.is_assigned(clerk);
    let open = may && file.case.filing.nameless_on.is_none();
    let line = |one: &CaseFile| Line {
        words: one.purpose.name().to_owned(),
        on: web::moments::minute(&one.added_at),
        href: open.then(|| {
            visit.site.link(&format!("{LIST}/{}/cailiao/{}", file.case.filing.id, one.id))
        }),
    };
    files.iter().map(line).collect()
}

/// What was said to an opinion that was asked for.
pub(super) struct Said {
    pub who: String,
    pub what: &'static str,
    /// How the organ judged its reason.
    pub judged: Option<String>,
    pub on: String,
    /// The words, without who asks and without who says so.
    pub words: String,
}

/// The opinions that came, masked like the file.
///
/// # Errors
/// The database refuses, or something cannot be opened.
pub(super) async fn opinions(visit: &Visit, file: &File) -> Result<Vec<Said>, Fault> {
    let given = |one: &&OpinionCase| one.given_on.is_some();
    if !file.opinions.iter().any(|one| given(&one)) {
        return Ok(Vec::new());
    }
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let known = Particulars::open(visit.house.store(), sealer, &file.case.filing.id).await;
    let known = known.map_err(Fault::inside)?;
    let asks = known.map(|known| telling(&known.applicant)).unwrap_or_default();
    let mut all = Vec::new();
    for one in file.opinions.iter().filter(given) {
        let mut hidden = asks.clone();
        if let Some(third) = one.third_party(sealer).map_err(Fault::inside)? {
            let contact = third.contact;
            let its = [Some(third.name), contact.telephone, contact.address, contact.email];
            hidden.extend(its.into_iter().flatten());
        }
        let who = if one.of.is_third_party() { "第三方" } else { "" };
        all.push(Said {
            who: format!("{who}{}", one.label),
            what: one.opinion.map_or("", requests_rules::Opinion::name),
            judged: one.judged.as_ref().map(|judged| {
                let told = if judged.holds { "理由合理" } else { "理由不合理" };
                format!("本机关认定：{told}。{}", veiled(&judged.because, &hidden))
            }),
            on: one.given_on.map(|day| day.to_string()).unwrap_or_default(),
            words: veiled(&one.said(sealer).map_err(Fault::inside)?, &hidden),
        });
    }
    Ok(all)
}

/// Writes down that a paper is opened, and gives it.
pub(super) async fn give(
    visit: Visit,
    clerk: Clerk,
    Path((id, paper)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let file = File::read_by(&visit, &clerk, &id).await?;
    clerk.may("foi.read_identity", &file.tie(&clerk).because("打开材料"))?;
    let store = visit.house.store();
    let found = CaseFile::find(store, &id, &paper).await?.ok_or(Fault::NotFound)?;
    let reason = format!("打开材料：{}", found.purpose.name());
    if !file.is_assigned(&clerk) {
        return Err(Fault::Refused("材料由经办人打开。需要的，请先分办给自己。".into()));
    }
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    seen(looking::look(desk, sealer, &Signatory::of(&clerk), &id, &reason).await, "cailiao")?;
    let bytes = files::read(visit.house.folder(), sealer, &found).await;
    let bytes = bytes.map_err(ActError::into_fault)?;
    let name = found.name(sealer).map_err(Fault::inside)?;
    let mut response = saved(bytes, "application/octet-stream", &name);
    let media = HeaderValue::try_from(&found.media_type).map_err(Fault::inside)?;
    response.headers_mut().insert(header::CONTENT_TYPE, media);
    Ok(response)
}
