//! `/shenqing/xin/{ye}`: an application, one thing a page. Each page is kept when it is sent; the last reads
//! everything back, and only then it is handed in.

mod check;
mod filling;
mod organs;
pub(super) mod resume;
mod sheet;

use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use web::components::FieldError;
use web::workbench::Submitted;
use web::{Fault, FromWhere, OwnUpload, Visit};

use self::sheet::Sheet;
use super::pass::{self, Kind, Pass};
use super::{frame, onward, organs, pacing, papers};
use crate::acts::draft;
use crate::store::{Draft, DraftContent};

/// What the address says besides.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// What was searched for.
    q: String,
    /// The organ from whose page somebody came.
    jiguan: String,
}

impl Asked {
    /// As the first page sends it along.
    fn of(form: &Submitted) -> Self {
        Self { q: form.get("q").to_owned(), jiguan: form.get("jiguan").to_owned() }
    }
}

/// Shows a page.
pub(super) async fn show(
    visit: Visit,
    headers: HeaderMap,
    Path(ye): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let sheet = Sheet::at(&ye).ok_or(Fault::NotFound)?;
    // What was handed in is nobody's draft any more: the next visitor at this browser begins anew.
    let draft = pass::draft_of(&visit.house, &headers).await?;
    let Some((_, draft)) = draft.filter(|(_, draft)| draft.became.is_none()) else {
        return match sheet {
            // The first page needs no draft: nothing is kept before something is sent.
            Sheet::Person => {
                page(&visit, sheet, None, DraftContent::default(), &asked, vec![]).await
            }
            Sheet::Check => nothing_left(&visit, &headers),
            _ => resume::lost(&visit),
        };
    };
    match sheet {
        Sheet::Check => check::page(&visit, &draft, vec![]).await,
        _ => page(&visit, sheet, Some(&draft), draft.content.clone(), &asked, vec![]).await,
    }
}

/// Keeps what a page says and leads on, or shows what is wrong with it.
pub(super) async fn send(
    visit: Visit,
    headers: HeaderMap,
    from: FromWhere,
    Path(ye): Path<String>,
    sent: OwnUpload,
) -> Result<Response, Fault> {
    let sheet = Sheet::at(&ye).ok_or(Fault::NotFound)?;
    let draft = pass::draft_of(&visit.house, &headers).await?;
    if let (Sheet::Check, Some((_, Draft { became: Some(became), .. }))) = (sheet, &draft) {
        // Sent twice by a double click: the cookie went along before the first answer took it away.
        return handed_in(&visit, draft.as_ref().map(|(_, draft)| draft), became.clone());
    }
    let draft = draft.filter(|(_, draft)| draft.became.is_none());
    let form = match sent {
        OwnUpload::Form(form) => form,
        OwnUpload::TooLarge => {
            let Some((_, draft)) = &draft else { return resume::lost(&visit) };
            let errors = vec![papers::too_large()];
            let (content, asked) = (draft.content.clone(), Asked::default());
            let page = page(&visit, Sheet::Papers, Some(draft), content, &asked, errors).await;
            return page.map(pacing::too_large);
        }
    };
    let pace = match sheet {
        Sheet::Check => pacing::handing_in(&visit, &from),
        _ => pacing::writing(&visit, &from),
    };
    if let Err(slowed) = pace {
        let draft = draft.as_ref().map(|(_, draft)| draft);
        return slow_down(&visit, sheet, draft, &form, &slowed).await;
    }
    let address = from.0.as_str();
    match (sheet, draft) {
        (Sheet::Check, Some((_, draft))) => hand_in(&visit, draft).await,
        (Sheet::Check, None) => nothing_left(&visit, &headers),
        (Sheet::Papers, Some((code, draft))) => {
            filling::papers(&visit, (code, draft), (&form, address)).await
        }
        (Sheet::Person, None) => fill(&visit, sheet, None, (&form, address)).await,
        (_, None) => resume::lost(&visit),
        (_, Some(kept)) => fill(&visit, sheet, Some(kept), (&form, address)).await,
    }
}

/// Handed in, or gone back to, where no draft is left: the second press of a double click comes after the first
/// answer took the draft's cookie away and gave the pass, and leads to the same receipt.
fn nothing_left(visit: &Visit, headers: &HeaderMap) -> Result<Response, Fault> {
    match Pass::of(&visit.house, headers)? {
        Some(pass) if pass.kind == Kind::Request => Ok(onward(visit, "/shenqing/wancheng", vec![])),
        _ => resume::lost(visit),
    }
}

/// The page with what was typed, and how long to wait.
async fn slow_down(
    visit: &Visit,
    sheet: Sheet,
    draft: Option<&Draft>,
    form: &Submitted,
    slowed: &pacing::Slowed,
) -> Result<Response, Fault> {
    if let (Sheet::Check, Some(draft)) = (sheet, draft) {
        let errors = vec![slowed.at(Sheet::Person.word())];
        return Ok(slowed.answer(check::page(visit, draft, errors).await?));
    }
    let mut content = draft.map(|draft| draft.content.clone()).unwrap_or_default();
    sheet.read(form, &mut content);
    let (asked, errors) = (Asked::of(form), vec![slowed.at(sheet.first_field())]);
    Ok(slowed.answer(page(visit, sheet, draft, content, &asked, errors).await?))
}

/// Keeps the fields of a page.
async fn fill(
    visit: &Visit,
    sheet: Sheet,
    kept: Option<(String, Draft)>,
    (form, address): (&Submitted, &str),
) -> Result<Response, Fault> {
    let (ledger, today) = (visit.house.ledger(), visit.house.ledger().clock().today());
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let mut content = kept.as_ref().map(|(_, draft)| draft.content.clone()).unwrap_or_default();
    let asked = Asked::of(form);
    if kept.is_none() {
        content.description = asked.q.clone();
        let named = organs(visit).await?.into_iter().find(|one| one.code == asked.jiguan.trim());
        content.organ = named.map_or_else(|| visit.site.organ.clone(), |organ| organ.code);
    }
    sheet.read(form, &mut content);
    let saving = form.has("baocun");
    // Only where an organ is chosen need they be known.
    let organs = if sheet == Sheet::Wanted { organs(visit).await? } else { vec![] };
    let errors = sheet.faults(&content, &organs, today);
    if errors.is_empty() && !content.done.iter().any(|done| done == sheet.word()) {
        content.done.push(sheet.word().to_owned());
    }
    // What is wrong is kept too when somebody breaks off here; otherwise the page comes back with it.
    if !errors.is_empty() && !saving {
        let draft = kept.as_ref().map(|(_, draft)| draft);
        return page(visit, sheet, draft, content, &asked, errors).await;
    }
    let code = match kept {
        None => draft::begin(ledger, sealer, address, &content)
            .await
            .map_err(crate::acts::ActError::into_fault)?,
        Some((code, draft)) => {
            let kept = draft::keep(ledger, sealer, &draft.id, &content).await;
            kept.map_err(crate::acts::ActError::into_fault)?;
            code
        }
    };
    if saving {
        return resume::saved(visit, &code).await;
    }
    let next = format!("/shenqing/xin/{}", sheet.next(&content).word());
    Ok(onward(visit, &next, vec![pass::keep_draft(&code)]))
}

async fn page(
    visit: &Visit,
    sheet: Sheet,
    draft: Option<&Draft>,
    content: DraftContent,
    asked: &Asked,
    errors: Vec<FieldError>,
) -> Result<Response, Fault> {
    let organs = organs(visit).await?;
    let step =
        filling::step(visit, frame(visit, "在线申请"), sheet, (&content, draft), &organs, errors);
    // Only the first page carries the organ along: a later one asks for it.
    let organ = if sheet == Sheet::Person { asked.jiguan.trim() } else { "" };
    let along = [("q", asked.q.trim()), ("jiguan", organ)];
    let along = along.into_iter().filter(|(_, value)| !value.is_empty());
    let hidden = along.map(|(name, value)| (name, value.to_owned())).collect();
    super::step::StepPage { hidden, ..step }.answer()
}

/// Hands the application in; a second time leads to what came of the first.
async fn hand_in(visit: &Visit, draft: Draft) -> Result<Response, Fault> {
    let house = &visit.house;
    let (ledger, today) = (house.ledger(), house.ledger().clock().today());
    let sealer = house.sealer().map_err(Fault::inside)?;
    let errors = check::faults(&draft, &organs(visit).await?, today);
    if !errors.is_empty() {
        return check::page(visit, &draft, errors).await;
    }
    let application = filling::application(&draft);
    let told = draft::hand_in(ledger, sealer, house.folder(), (&draft, application)).await;
    let told = match told {
        Ok(told) => told,
        // Sent twice at the same moment: the other has taken the files with it.
        Err(error) => match draft::again(ledger, sealer, &draft.id).await {
            Ok(Some(draft)) if draft.became.is_some() => {
                let became = draft.became.clone().unwrap_or_default();
                return handed_in(visit, Some(&draft), became);
            }
            _ => return Err(error.into_fault()),
        },
    };
    let pass = Pass::new(
        house,
        Kind::Request,
        (draft.content.organ.clone(), told.request),
        Some(told.code),
    );
    Ok(onward(visit, "/shenqing/wancheng", vec![pass.set(sealer)?, pass::drop_draft()]))
}

/// To the receipt of a draft that was handed in.
fn handed_in(
    visit: &Visit,
    draft: Option<&Draft>,
    became: (String, String),
) -> Result<Response, Fault> {
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let code = draft.map(|draft| draft::query_code(sealer, draft)).transpose();
    let code = code.map_err(Fault::inside)?;
    let pass = Pass::new(&visit.house, Kind::Request, became, code);
    Ok(onward(visit, "/shenqing/wancheng", vec![pass.set(sealer)?, pass::drop_draft()]))
}
