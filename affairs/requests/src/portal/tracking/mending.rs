//! `/shenqing/jindu/buzheng`: what was asked for in the 补正告知书, and what the applicant supplements, all at
//! once: it starts the clock afresh.

use axum::http::HeaderMap;
use axum::response::Response;
use ledger::Actor;
use requests_rules::{Letter, Wanted};
use web::components::{Field, FieldError, FileField, LongField};
use web::workbench::Submitted;
use web::{Fault, FromWhere, OwnUpload, Visit};

use crate::acts::correction::{self, Supplement};
use crate::acts::{ActError, By};
use crate::files::StagedFile;
use crate::portal::step::{StepPage, error_of, wrong};
use crate::portal::{done, frame, long_day, onward, pacing, papers};
use crate::store::{Case, FilingState, IssuedLetter, Particulars, Purpose};

/// The fields for files.
const FILES: [&str; 3] = ["wenjian", "wenjian2", "wenjian3"];

/// The longest description, in letters.
const LONGEST: usize = 3000;

async fn step(
    visit: &Visit,
    case: &Case,
    wanted: &Wanted,
    errors: Vec<FieldError>,
) -> Result<StepPage, Fault> {
    let letters = IssuedLetter::of(visit.house.store(), &case.filing.id).await?;
    let letter = letters.iter().rev().find(|letter| letter.kind == Letter::CorrectionNotice);
    let items = letter.and_then(|letter| letter.facts.get("items")?.as_array().cloned());
    let items: Vec<String> = items
        .unwrap_or_default()
        .iter()
        .filter_map(|item| item.as_str().map(str::to_owned))
        .collect();
    let action = visit.site.link("/shenqing/jindu/buzheng");
    let mut step = StepPage::new(frame(visit, "补正"), "提交补正材料", action);
    if let Some(letter) = letter {
        step = step.telling(format!("{}的补正告知书请您补充：", long_day(letter.issued_on)));
        for (at, item) in items.iter().enumerate() {
            step = step.telling(format!("{}. {item}", at + 1));
        }
    }
    step = step.telling("请一次补全。收到补正的次日起，重新计算答复期限。");
    let text = |part: &Option<String>| part.clone().unwrap_or_default();
    let line = |name: &str, label: &str, value: String| Field {
        name: name.into(),
        label: label.into(),
        value,
        error: error_of(&errors, name),
        optional: true,
        autocomplete: "off",
        ..Field::default()
    };
    step = step
        .asking(line("mingcheng", "信息的名称", text(&wanted.title)))
        .asking(line("wenhao", "文号", text(&wanted.number)))
        .asking(LongField {
            name: "miaoshu".into(),
            label: "其他便于查找的特征".into(),
            hint: "在原来写的后面补充，或者改写。".into(),
            value: text(&wanted.description),
            error: error_of(&errors, "miaoshu"),
            optional: true,
        });
    for (at, name) in FILES.into_iter().enumerate() {
        let own = papers::field(&format!("材料{}", at + 1), error_of(&errors, name));
        let hint = if at == 0 { own.hint } else { String::new() };
        step = step.asking(FileField { name: name.into(), hint, ..own });
    }
    Ok(StepPage { files: true, next: "提交补正", ..step }
        .way("回到进度", visit.site.link("/shenqing/jindu/wode"))
        .wrong(errors))
}

/// The case whose correction is awaited; elsewhere one is led to how it stands.
async fn awaited(visit: &Visit, headers: &HeaderMap) -> Result<Result<Case, Response>, Fault> {
    let found = done::case_of(visit, headers).await?;
    Ok(match found {
        Some((_, case)) if case.filing.state == FilingState::Correction => Ok(case),
        _ => Err(onward(visit, "/shenqing/jindu/wode", vec![])),
    })
}

/// The form, with the wish as it was written.
pub(in crate::portal) async fn show(visit: Visit, headers: HeaderMap) -> Result<Response, Fault> {
    let case = match awaited(&visit, &headers).await? {
        Ok(case) => case,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let kept = Particulars::open(visit.house.store(), sealer, &case.filing.id).await?;
    let wanted = kept.map_or_else(|| case.filing.wanted.clone(), |kept| kept.wanted);
    step(&visit, &case, &wanted, vec![]).await?.answer()
}

/// Takes what is supplemented.
pub(in crate::portal) async fn send(
    visit: Visit,
    headers: HeaderMap,
    from: FromWhere,
    sent: OwnUpload,
) -> Result<Response, Fault> {
    let case = match awaited(&visit, &headers).await? {
        Ok(case) => case,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let house = &visit.house;
    let sealer = house.sealer().map_err(Fault::inside)?;
    let kept = Particulars::open(house.store(), sealer, &case.filing.id).await?;
    let OwnUpload::Form(form) = sent else {
        let wanted = kept.map_or_else(|| case.filing.wanted.clone(), |kept| kept.wanted);
        let page = step(&visit, &case, &wanted, vec![papers::too_large_here()]).await?.answer();
        return page.map(pacing::too_large);
    };
    let wanted = wanted_in(&form);
    if let Err(slowed) = pacing::handing_in(&visit, &from) {
        let errors = vec![slowed.at("miaoshu")];
        return Ok(slowed.answer(step(&visit, &case, &wanted, errors).await?.answer()?));
    }
    let (files, errors) = taken(&form, &wanted, kept.as_ref());
    if !errors.is_empty() {
        return step(&visit, &case, &wanted, errors).await?.answer();
    }
    let application = kept.filter(|kept| kept.wanted != wanted).map(|kept| {
        let filing = &case.filing;
        requests_rules::Application {
            applicant: kept.applicant,
            wanted,
            form: filing.form,
            by: filing.by,
            channel: filing.arrival.channel,
            read_back: true,
            assistance: kept.assistance,
        }
    });
    let staged = StagedFile::lay_all(house.folder(), sealer, files).await;
    let supplement = Supplement {
        application,
        files: staged.map_err(ActError::into_fault)?,
        arrived_on: None,
        excuse: None,
    };
    let desk = house.ledger().desk(Actor::Visitor).await?;
    let place = (case.filing.organ.as_str(), case.filing.id.as_str());
    let received = correction::receive(desk, sealer, By::Applicant, place, supplement).await;
    received.map_err(ActError::into_fault)?;
    Ok(onward(&visit, "/shenqing/jindu/wode", vec![]))
}

fn wanted_in(form: &Submitted) -> Wanted {
    Wanted {
        title: form.words("mingcheng").map(str::to_owned),
        number: form.words("wenhao").map(str::to_owned),
        description: form.words("miaoshu").map(str::to_owned),
    }
}

/// The files that came, and what is wrong.
fn taken(
    form: &Submitted,
    wanted: &Wanted,
    kept: Option<&Particulars>,
) -> (Vec<crate::files::NewFile>, Vec<FieldError>) {
    let (mut files, mut errors) = (vec![], vec![]);
    if wanted.is_empty() {
        errors.push(wrong("mingcheng", "名称、文号、其他特征至少写一项"));
    }
    let parts = [&wanted.title, &wanted.number, &wanted.description];
    let letters: usize = parts.into_iter().flatten().map(|part| part.chars().count()).sum();
    if letters > LONGEST {
        errors.push(wrong("miaoshu", format!("写得太长，请不超过{LONGEST}字，或者作为材料上传")));
    }
    for name in FILES {
        let Some(upload) = form.file(name) else { continue };
        match papers::checked(upload, Purpose::Correction) {
            Ok(file) => files.push(file),
            Err(error) => errors.push(wrong(name, error.message)),
        }
    }
    let same = kept.is_some_and(|kept| kept.wanted == *wanted);
    if errors.is_empty() && files.is_empty() && same {
        errors.push(wrong("miaoshu", "还没有补充：请按补正告知书改写，或者上传材料"));
    }
    (files, errors)
}
