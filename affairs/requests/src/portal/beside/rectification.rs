//! `/shenqing/gengzheng`: somebody shows that a record of himself is wrong, and asks for it to be put right
//! (条例第四十一条).

use axum::response::Response;
use identity::Organ;
use ledger::Actor;
use requests_rules::Contact;
use web::components::{Choice, FieldError, LongField, Picker, Radios};
use web::workbench::Submitted;
use web::{Fault, FromWhere, OwnUpload, Visit};

use super::{TOO_LONG, contact, key, line, person_proof, text_faults, told};
use crate::acts::{ActError, rectification, tracking};
use crate::portal::pass::{Kind, Pass};
use crate::portal::step::{StepPage, error_of, wrong};
use crate::portal::{choices, frame, long_day, organs, pacing};
use crate::store::{RectificationCase, RectificationWish, Tracked};

/// The longest text, in letters.
const LONGEST: usize = 2000;

async fn step(visit: &Visit, form: &Submitted, errors: Vec<FieldError>) -> Result<StepPage, Fault> {
    let organ = Picker {
        name: "jiguan".into(),
        label: "哪个机关的记录".into(),
        hint: "不归它更正的，会转送有权更正的机关，或者告诉您找谁。".into(),
        choices: choices(&organs(visit).await?),
        chosen: form.words("jiguan").unwrap_or(&visit.site.organ).to_owned(),
        error: error_of(&errors, "jiguan"),
    };
    let long = |name: &str, label: &str, hint: &str| LongField {
        name: name.into(),
        label: label.into(),
        hint: hint.into(),
        value: form.get(name).into(),
        error: error_of(&errors, name),
        optional: false,
    };
    let proof = Radios {
        name: "zhengjian".into(),
        label: "您的证件".into(),
        choices: vec![
            Choice { value: "resident_card".into(), words: "居民身份证".into() },
            Choice { value: "other".into(), words: "其他证件".into() },
        ],
        chosen: form.words("zhengjian").unwrap_or("resident_card").to_owned(),
        ..Radios::default()
    };
    let key = form.words("_jian").map_or_else(key, |key| Ok(key.to_owned()))?;
    let action = visit.site.link("/shenqing/gengzheng");
    let step = StepPage::new(frame(visit, "更正申请"), "与自己有关的记录不准确，申请更正", action)
        .telling("您有证据证明机关提供的与您自己有关的政府信息记录不准确的，可以要求更正。写的内容加密保存，只有办理的工作人员能看。")
        .asking(organ)
        .asking(long("jilu", "哪一条记录", "例如：2024年某村危房改造名单中我家的面积。"))
        .asking(long("cuozai", "哪里不对，应当是什么", ""))
        .asking(long("zhengju", "有什么证据", "证据材料可以在答复以前当面或者邮寄提交。"))
        .asking(line(form, &errors, ("xingming", "姓名", ""), (false, "name")))
        .asking(proof)
        .asking(line(form, &errors, ("haoma", "证件号码", "核对是不是您自己的记录要用。"), (false, "off")))
        .asking(line(form, &errors, ("dianhua", "联系电话", "以后查进度要用它的后4位。"), (true, "tel")))
        .asking(line(form, &errors, ("dizhi", "通信地址", "电话、地址至少写一项。"), (true, "street-address")));
    Ok(StepPage { next: "提交更正申请", hidden: vec![("_jian", key)], ..step }.wrong(errors))
}

/// The form.
pub(in crate::portal) async fn show(visit: Visit) -> Result<Response, Fault> {
    step(&visit, &Submitted::default(), vec![]).await?.answer()
}

/// Takes a demand.
pub(in crate::portal) async fn send(
    visit: Visit,
    from: FromWhere,
    sent: OwnUpload,
) -> Result<Response, Fault> {
    let OwnUpload::Form(form) = sent else {
        let errors = vec![wrong("jilu", TOO_LONG)];
        let page = step(&visit, &Submitted::default(), errors).await?.answer();
        return page.map(pacing::too_large);
    };
    if let Err(slowed) = pacing::handing_in(&visit, &from) {
        let errors = vec![slowed.at("jilu")];
        return Ok(slowed.answer(step(&visit, &form, errors).await?.answer()?));
    }
    let mut errors = text_faults(
        &form,
        &[
            ("jilu", Some("写明是哪一条记录"), LONGEST),
            ("cuozai", Some("写明哪里不对"), LONGEST),
            ("zhengju", Some("写明有什么证据"), LONGEST),
            ("xingming", Some("写姓名"), 100),
            ("haoma", Some("写证件号码"), 60),
            ("dianhua", None, 40),
            ("dizhi", None, 200),
        ],
    );
    let proof = person_proof(&form);
    if let Err(bad) = &proof
        && !errors.iter().any(|error| error.field == "haoma")
    {
        errors.push(wrong("haoma", format!("证件号码不对。{bad}").replace("改法: ", "")));
    }
    let contact: Contact = contact(&form);
    if contact.is_empty() {
        errors.push(wrong("dianhua", "电话、通信地址至少写一项"));
    }
    let organs = organs(&visit).await?;
    let organ = organs.iter().find(|organ| organ.code == form.get("jiguan"));
    if organ.is_none() {
        errors.push(wrong("jiguan", "选择机关"));
    }
    let (Some(organ), Ok(proof), true, Some(key)) =
        (organ, proof, errors.is_empty(), form.words("_jian"))
    else {
        return step(&visit, &form, errors).await?.answer();
    };
    let said = |name: &str| form.get(name).trim().to_owned();
    let wish = RectificationWish {
        name: said("xingming"),
        proof,
        contact,
        record: said("jilu"),
        wrong: said("cuozai"),
        evidence: said("zhengju"),
    };
    hand_in(&visit, (organ, key), wish).await
}

/// Hands it in; a double click leads to what came of the first.
async fn hand_in(
    visit: &Visit,
    (organ, key): (&Organ, &str),
    wish: RectificationWish,
) -> Result<Response, Fault> {
    let house = &visit.house;
    let (ledger, sealer) = (house.ledger(), house.sealer().map_err(Fault::inside)?);
    let desk = ledger.desk(Actor::Visitor).await?;
    let taken = match rectification::file(desk, sealer, (&organ.code, key), wish).await {
        Ok(taken) => Ok((taken.demand.id, taken.demand.number, taken.code)),
        Err(error) => {
            let before = tracking::of_form(ledger, sealer, (Tracked::Rectification, key)).await;
            let before = before.map_err(ActError::into_fault)?;
            before.map(|(coded, code)| (coded.id, coded.number, code)).ok_or(error)
        }
    };
    let (id, number, code) = taken.map_err(ActError::into_fault)?;
    let case = RectificationCase::find(house.store(), &organ.code, &id).await?;
    let words = |case: &RectificationCase| {
        format!("{}审核后，最迟{}答复您。", organ.name, long_day(case.due_on))
    };
    let next = case.iter().map(words).collect();
    let pass = Pass::new(house, Kind::Rectification, (organ.code.clone(), id), None);
    told(visit, "更正申请已经收到", (number, Some(code)), next, Some(pass.set(sealer)?))
}
