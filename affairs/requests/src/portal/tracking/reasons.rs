//! `/shenqing/jindu/liyou`: the reasons an applicant was asked for (条例第三十五条), in words or as papers.
//! Nobody else is asked what the information is for.

use axum::http::HeaderMap;
use axum::response::Response;
use ledger::Actor;
use requests_rules::Letter;
use web::components::{FieldError, FileField, LongField};
use web::workbench::Submitted;
use web::{Fault, FromWhere, OwnUpload, Visit};

use crate::acts::{ActError, By, reasons};
use crate::files::{NewFile, StagedFile};
use crate::portal::step::{StepPage, error_of, wrong};
use crate::portal::{done, frame, long_day, onward, pacing, papers};
use crate::store::{Case, IssuedLetter, Purpose};

/// Its address.
pub(in crate::portal) const PLACE: &str = "/shenqing/jindu/liyou";

/// The field for a paper.
const PAPER: &str = "wenjian";

/// The longest text, in letters.
const LONGEST: usize = 3000;

/// Whether reasons were asked for and are neither given nor judged.
pub(super) fn are_awaited(case: &Case) -> bool {
    let happened = |kind: &str| case.events.iter().any(|event| event.kind == kind);
    may_be_given(case) && !happened("reasons_given")
}

/// Whether reasons were asked for and are not judged.
pub(super) fn may_be_given(case: &Case) -> bool {
    let happened = |kind: &str| case.events.iter().any(|event| event.kind == kind);
    !case.filing.is_closed() && happened("reasons_asked") && !happened("reasons_judged")
}

async fn step(
    visit: &Visit,
    case: &Case,
    words: &str,
    errors: Vec<FieldError>,
) -> Result<StepPage, Fault> {
    let letters = IssuedLetter::of(visit.house.store(), &case.filing.id).await?;
    let letter = letters.iter().rev().find(|letter| letter.kind == Letter::ReasonNotice);
    let mut step =
        StepPage::new(frame(visit, "说明理由"), "说明申请的理由", visit.site.link(PLACE));
    if let Some(letter) = letter {
        let day = long_day(letter.issued_on);
        step = step.telling(format!("{day}的说明理由通知书请您说明为什么提出这些申请。"));
    }
    step = step
        .telling("理由合理的继续办理；不合理的，不予处理，并告知您。答复期限不因此停止。")
        .asking(LongField {
            name: "liyou".into(),
            label: "理由".into(),
            hint: "写在这里，或者在下面上传。".into(),
            value: words.into(),
            error: error_of(&errors, "liyou"),
            optional: true,
        });
    let own = papers::field("材料", error_of(&errors, PAPER));
    step = step.asking(FileField { name: PAPER.into(), ..own });
    Ok(StepPage { files: true, next: "提交理由", ..step }
        .way("回到进度", visit.site.link("/shenqing/jindu/wode"))
        .wrong(errors))
}

/// The case whose reasons were asked for; elsewhere one is led to how it stands.
async fn asked(visit: &Visit, headers: &HeaderMap) -> Result<Result<Case, Response>, Fault> {
    let found = done::case_of(visit, headers).await?;
    Ok(match found {
        Some((_, case)) if may_be_given(&case) => Ok(case),
        _ => Err(onward(visit, "/shenqing/jindu/wode", vec![])),
    })
}

/// The form.
pub(in crate::portal) async fn show(visit: Visit, headers: HeaderMap) -> Result<Response, Fault> {
    match asked(&visit, &headers).await? {
        Ok(case) => step(&visit, &case, "", vec![]).await?.answer(),
        Err(elsewhere) => Ok(elsewhere),
    }
}

/// Takes the reasons.
pub(in crate::portal) async fn send(
    visit: Visit,
    headers: HeaderMap,
    from: FromWhere,
    sent: OwnUpload,
) -> Result<Response, Fault> {
    let case = match asked(&visit, &headers).await? {
        Ok(case) => case,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let OwnUpload::Form(form) = sent else {
        let large = vec![papers::too_large_here()];
        return step(&visit, &case, "", large).await?.answer().map(pacing::too_large);
    };
    if let Err(slowed) = pacing::handing_in(&visit, &from) {
        let page = step(&visit, &case, form.get("liyou"), vec![slowed.at("liyou")]).await?;
        return Ok(slowed.answer(page.answer()?));
    }
    let files = match given(&form) {
        Ok(files) => files,
        Err(errors) => return step(&visit, &case, form.get("liyou"), errors).await?.answer(),
    };
    let house = &visit.house;
    let sealer = house.sealer().map_err(Fault::inside)?;
    let staged = StagedFile::lay_all(house.folder(), sealer, files).await;
    let staged = staged.map_err(ActError::into_fault)?;
    let desk = house.ledger().desk(Actor::Visitor).await?;
    let place = (case.filing.organ.as_str(), case.filing.id.as_str());
    let given = reasons::give(desk, By::Applicant, place, staged).await;
    given.map_err(ActError::into_fault)?;
    Ok(onward(&visit, "/shenqing/jindu/wode", vec![]))
}

/// The papers that are given: the words as one of them.
fn given(form: &Submitted) -> Result<Vec<NewFile>, Vec<FieldError>> {
    let (mut files, mut errors) = (vec![], vec![]);
    if let Some(words) = form.words("liyou") {
        if words.chars().count() > LONGEST {
            let told = format!("写得太长，请不超过{LONGEST}字，或者作为材料上传");
            errors.push(wrong("liyou", told));
        }
        files.push(NewFile {
            name: "说明理由.txt".to_owned(),
            purpose: Purpose::Correction,
            bytes: words.as_bytes().to_vec(),
        });
    }
    if let Some(upload) = form.file(PAPER) {
        match papers::checked(upload, Purpose::Correction) {
            Ok(file) => files.push(file),
            Err(error) => errors.push(wrong(PAPER, error.message)),
        }
    }
    if errors.is_empty() && files.is_empty() {
        errors.push(wrong("liyou", "还没有说明：请写理由，或者上传材料"));
    }
    if errors.is_empty() { Ok(files) } else { Err(errors) }
}
