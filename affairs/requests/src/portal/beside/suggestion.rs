//! `/shenqing/jianyi`: 建议主动公开 (条例第四十四条第二款).

use axum::response::Response;
use web::components::{FieldError, LongField, Picker};
use web::workbench::Submitted;
use web::{Fault, FromWhere, OwnUpload, Visit};

use super::{TOO_LONG, key, line, text_faults, told};
use crate::acts::{ActError, suggestion};
use crate::portal::pass::{Kind, Pass};
use crate::portal::step::{StepPage, error_of, wrong};
use crate::portal::{choices, frame, organs, pacing};
use crate::store::Suggested;

/// The longest suggestion, in letters.
const LONGEST: usize = 2000;

async fn step(visit: &Visit, form: &Submitted, errors: Vec<FieldError>) -> Result<StepPage, Fault> {
    let organ = Picker {
        name: "jiguan".into(),
        label: "向哪个机关建议".into(),
        hint: "给您答复的那个机关。".into(),
        choices: choices(&organs(visit).await?),
        chosen: form.words("jiguan").unwrap_or(&visit.site.organ).to_owned(),
        error: error_of(&errors, "jiguan"),
    };
    let words = LongField {
        name: "jianyi".into(),
        label: "建议公开什么，为什么".into(),
        hint: "写明信息的名称或者文号。".into(),
        value: form.get("jianyi").into(),
        error: error_of(&errors, "jianyi"),
        optional: false,
    };
    let key = form.words("_jian").map_or_else(key, |key| Ok(key.to_owned()))?;
    let action = visit.site.link("/shenqing/jianyi");
    let step = StepPage::new(frame(visit, "建议主动公开"), "建议主动公开", action)
        .telling("申请得到的信息，您认为大家都应当看到的，可以建议机关主动公开。机关审核后认为可以公开的，会及时公开。")
        .asking(organ)
        .asking(line(form, &errors, ("bianhao", "登记编号", "您那份申请的编号。"), (true, "off")))
        .asking(words)
        .asking(line(form, &errors, ("xingming", "怎么称呼您", ""), (true, "name")))
        .asking(line(form, &errors, ("lianxi", "联系方式", "想知道结果的，写电话或者邮箱。"), (true, "off")));
    Ok(StepPage { next: "提交建议", hidden: vec![("_jian", key)], ..step }.wrong(errors))
}

/// The form.
pub(in crate::portal) async fn show(visit: Visit) -> Result<Response, Fault> {
    step(&visit, &Submitted::default(), vec![]).await?.answer()
}

/// Takes a suggestion.
pub(in crate::portal) async fn send(
    visit: Visit,
    from: FromWhere,
    sent: OwnUpload,
) -> Result<Response, Fault> {
    let OwnUpload::Form(form) = sent else {
        let errors = vec![wrong("jianyi", TOO_LONG)];
        let page = step(&visit, &Submitted::default(), errors).await?.answer();
        return page.map(pacing::too_large);
    };
    if let Err(slowed) = pacing::handing_in(&visit, &from) {
        let errors = vec![slowed.at("jianyi")];
        return Ok(slowed.answer(step(&visit, &form, errors).await?.answer()?));
    }
    let mut errors = text_faults(
        &form,
        &[
            ("bianhao", None, 60),
            ("jianyi", Some("写明建议公开什么"), LONGEST),
            ("xingming", None, 100),
            ("lianxi", None, 200),
        ],
    );
    let organs = organs(&visit).await?;
    let Some(organ) = organs.iter().find(|organ| organ.code == form.get("jiguan")) else {
        errors.push(wrong("jiguan", "选择机关"));
        return step(&visit, &form, errors).await?.answer();
    };
    if !errors.is_empty() || form.words("_jian").is_none() {
        return step(&visit, &form, errors).await?.answer();
    }
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let said = |name: &str| form.get(name).trim().to_owned();
    let suggested =
        Suggested { name: said("xingming"), contact: said("lianxi"), words: said("jianyi") };
    let place = (organ.code.as_str(), form.get("bianhao"), form.get("_jian"));
    let taken = suggestion::suggest(visit.house.ledger(), sealer, place, &suggested).await;
    let taken = taken.map_err(ActError::into_fault)?;
    let next = vec![
        format!("{}会审核您的建议。可以公开的，会及时公开。", organ.name),
        "凭查询码和编号可以查到结果和理由。".to_owned(),
    ];
    let pass = Pass::new(&visit.house, Kind::Suggestion, (organ.code.clone(), taken.id), None);
    let pass = pass.set(sealer)?;
    told(&visit, "建议已经收到", (taken.number, Some(taken.code)), next, Some(pass))
}
