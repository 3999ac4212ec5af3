//! `/shenqing/gengzheng`: somebody shows that a record of himself is wrong, and asks for it to be put right
//! (条例第四十一条).

use axum::response::Response;
use identity::Organ;
use ledger::Actor;
use web::components::{Choice, FieldError, Radios};
use web::workbench::Submitted;
use web::{Fault, FromWhere, OwnUpload, Visit};

use super::fields::{self, contact, key, line, lines, person_proof, said, text_faults};
use super::{HandedIn, once, told};
use crate::acts::rectification;
use crate::portal::pass::Kind;
use crate::portal::step::{StepPage, wrong};
use crate::portal::{RECTIFICATION, long_day, organs};
use crate::store::{RectificationCase, RectificationWish, Tracked};

/// The longest text, in letters.
const LONGEST: usize = 2000;

async fn step(visit: &Visit, form: &Submitted, errors: Vec<FieldError>) -> Result<StepPage, Fault> {
    let told = ("哪个机关的记录", "不归它更正的，会转送有权更正的机关，或者告诉您找谁。");
    let organ = fields::organ(visit, form, &errors, &organs(visit).await?, told);
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
    let heading = "与自己有关的记录不准确，申请更正";
    let step = fields::page(visit, form, ("更正申请", heading, RECTIFICATION))?
        .telling("您有证据证明机关提供的与您自己有关的政府信息记录不准确的，可以要求更正。写的内容加密保存，只有办理的工作人员能看。")
        .asking(organ)
        .asking(lines(form, &errors, ("jilu", "哪一条记录", "例如：2024年某村危房改造名单中我家的面积。")))
        .asking(lines(form, &errors, ("cuozai", "哪里不对，应当是什么", "")))
        .asking(lines(form, &errors, ("zhengju", "有什么证据", "证据材料可以在答复以前当面或者邮寄提交。")))
        .asking(line(form, &errors, ("xingming", "姓名", ""), (false, "name")))
        .asking(proof)
        .asking(line(form, &errors, ("haoma", "证件号码", "核对是不是您自己的记录要用。"), (false, "off")))
        .asking(line(form, &errors, ("dianhua", "联系电话", "以后查进度要用它的后4位。"), (true, "tel")))
        .asking(line(form, &errors, ("dizhi", "通信地址", "电话、地址至少写一项。"), (true, "address-line1")));
    Ok(StepPage { next: "提交更正申请", ..step }.wrong(errors))
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
    let (form, untaken) = super::sent(&visit, &from, sent);
    if let Some(untaken) = untaken {
        return untaken.answer(step(&visit, &form, vec![]).await?, "jilu");
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
    let contact = contact(&form);
    if contact.is_empty() {
        errors.push(wrong("dianhua", "电话、通信地址至少写一项"));
    }
    let organs = organs(&visit).await?;
    let organ = fields::picked(&form, &organs, &mut errors);
    let (Some(organ), Ok(proof), true, Some(key)) = (organ, proof, errors.is_empty(), key(&form))
    else {
        return step(&visit, &form, errors).await?.answer();
    };
    let wish = RectificationWish {
        name: said(&form, "xingming"),
        proof,
        contact,
        record: said(&form, "jilu"),
        wrong: said(&form, "cuozai"),
        evidence: said(&form, "zhengju"),
    };
    hand_in(&visit, (organ, key), wish).await
}

async fn hand_in(
    visit: &Visit,
    (organ, key): (&Organ, &str),
    wish: RectificationWish,
) -> Result<Response, Fault> {
    let house = &visit.house;
    let sealer = house.sealer().map_err(Fault::inside)?;
    let desk = house.ledger().desk(Actor::Visitor).await?;
    let taken = rectification::file(desk, sealer, (&organ.code, key), wish).await;
    let filed = taken.map(|taken| HandedIn {
        id: taken.demand.id,
        number: taken.demand.number,
        code: taken.code,
    });
    let handed_in = once(visit, sealer, filed, (Tracked::Rectification, key)).await?;
    let case = RectificationCase::find(house.store(), &organ.code, &handed_in.id).await?;
    let words = |case: &RectificationCase| {
        format!("{}审核后，最迟{}答复您。", organ.name, long_day(case.due_on))
    };
    let next = case.iter().map(words).collect();
    told(visit, "更正申请已经收到", (Kind::Rectification, &organ.code, handed_in), next)
}
