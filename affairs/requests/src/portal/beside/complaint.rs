//! `/shenqing/tousu`: complaints about an organ that does not publish or answer as the law says (条例第四十七条
//! 第二款、第五十一条), and 申诉 about 公共企事业单位 (第五十五条第二款).

use axum::extract::Query;
use axum::response::Response;
use identity::{Division, Organ};
use ledger::Actor;
use requests_rules::ComplaintGround;
use serde::Deserialize;
use web::components::{Choice, FieldError, Radios};
use web::workbench::Submitted;
use web::{Fault, FromWhere, OwnUpload, Visit};

use super::fields::{self, contact, key, line, lines, said, text_faults};
use super::{HandedIn, once, told};
use crate::acts::complaint::{self, Filed};
use crate::portal::enterprises::ground_of;
use crate::portal::pass::Kind;
use crate::portal::step::{StepPage, error_of, wrong};
use crate::portal::{COMPLAINT, long_day, organs};
use crate::store::{Complainant, ComplaintCase, Filing, Tracked};

/// The longest complaint, in letters.
const LONGEST: usize = 3000;

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::portal) struct Asked {
    lei: String,
}

fn word(ground: ComplaintGround) -> String {
    match serde_json::to_value(ground) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

async fn step(
    visit: &Visit,
    form: &Submitted,
    chosen: Option<ComplaintGround>,
    errors: Vec<FieldError>,
) -> Result<StepPage, Fault> {
    let appeal = chosen == Some(ComplaintGround::PublicEnterprise);
    let grounds = ComplaintGround::ALL
        .iter()
        .map(|ground| Choice { value: word(*ground), words: ground.name().into() });
    let ground = Radios {
        name: "leixing".into(),
        label: "投诉什么".into(),
        choices: grounds.collect(),
        chosen: chosen.map(word).unwrap_or_default(),
        error: error_of(&errors, "leixing"),
        ..Radios::default()
    };
    let told = (
        if appeal { "它的主管部门" } else { "投诉哪个机关" },
        "学校的主管部门一般是教育部门，医院是卫生健康部门，供水供气公交等是住房建设、交通等部门。不清楚的选第一个。",
    );
    let organ = fields::organ(visit, form, &errors, &organs(visit).await?, told);
    let words = ("neirong", "怎么回事", "时间、什么信息、哪里不符合规定、您的要求。");
    let step = fields::page(visit, form, ("投诉", "投诉、申诉", COMPLAINT))?
        .telling("对答复不服，也可以依法申请行政复议或者提起行政诉讼；投诉不影响复议和诉讼的期限。写的内容加密保存。")
        .asking(ground)
        .asking(organ)
        .asking(line(form, &errors, ("danwei", "公共企事业单位的名称", "申诉的才写。"), (true, "off")))
        .asking(line(form, &errors, ("bianhao", "登记编号", "与您的一份申请有关的，写它的编号。"), (true, "off")))
        .asking(lines(form, &errors, words))
        .asking(line(form, &errors, ("xingming", "姓名或者名称", ""), (false, "name")))
        .asking(line(form, &errors, ("dianhua", "联系电话", "以后查进度要用它的后4位。"), (true, "tel")))
        .asking(line(form, &errors, ("youxiang", "电子邮箱", "电话、邮箱至少写一项。"), (true, "email")));
    Ok(StepPage { next: "提交", ..step }.wrong(errors))
}

/// The form.
pub(in crate::portal) async fn show(
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    step(&visit, &Submitted::default(), ground_of(&asked.lei), vec![]).await?.answer()
}

/// What is wrong with what was typed.
fn faults(form: &Submitted, ground: Option<ComplaintGround>) -> Vec<FieldError> {
    let mut errors = text_faults(
        form,
        &[
            ("danwei", None, 100),
            ("bianhao", None, 60),
            ("neirong", Some("写明怎么回事"), LONGEST),
            ("xingming", Some("写姓名或者名称"), 100),
            ("dianhua", None, 40),
            ("youxiang", None, 200),
        ],
    );
    if ground.is_none() {
        errors.push(wrong("leixing", "选择投诉什么"));
    }
    if ground == Some(ComplaintGround::PublicEnterprise) && form.words("danwei").is_none() {
        errors.push(wrong("danwei", "写单位的名称"));
    }
    if contact(form).is_empty() {
        errors.push(wrong("dianhua", "电话、邮箱至少写一项"));
    }
    errors
}

/// Takes a complaint.
pub(in crate::portal) async fn send(
    visit: Visit,
    from: FromWhere,
    sent: OwnUpload,
) -> Result<Response, Fault> {
    let (form, untaken) = super::sent(&visit, &from, sent);
    let ground = ComplaintGround::ALL.into_iter().find(|one| word(*one) == form.get("leixing"));
    if let Some(untaken) = untaken {
        return untaken.answer(step(&visit, &form, ground, vec![]).await?, "neirong");
    }
    let mut errors = faults(&form, ground);
    let enterprise = ground == Some(ComplaintGround::PublicEnterprise);
    let contact = contact(&form);
    let organs = organs(&visit).await?;
    let organ = fields::picked(&form, &organs, &mut errors);
    let (Some(organ), Some(ground), true, Some(key)) =
        (organ, ground, errors.is_empty(), key(&form))
    else {
        return step(&visit, &form, ground, errors).await?.answer();
    };
    let name = said(&form, "xingming");
    let complainant = Complainant { name, contact, words: words(&form) };
    // An 申诉 goes to the competent department; a complaint to the office that watches over the organ.
    let (handler, about) = match enterprise {
        true => (Some(organ.code.clone()), said(&form, "danwei")),
        false => (watching(&visit, &organs, &organ.code).await?, organ.code.clone()),
    };
    let Some(handler) = handler else {
        return beyond(&visit, &form, ground, organ).await;
    };
    let key = key.to_owned();
    let request = request(&visit, &form, &about).await?;
    let filed = Filed { organ: handler, about, request, ground, complainant, key };
    hand_in(&visit, filed).await
}

/// Nobody above the organ works in this house: where the complaint goes is told in words, with what was typed
/// to be taken there.
async fn beyond(
    visit: &Visit,
    form: &Submitted,
    ground: ComplaintGround,
    organ: &Organ,
) -> Result<Response, Fault> {
    let above = match Division::province_of(&organ.division) {
        Some(province) => format!("{province}人民政府"),
        None => "上一级人民政府".to_owned(),
    };
    let step = step(visit, form, Some(ground), vec![]).await?;
    let words = format!(
        "对{}的投诉，由{above}的政府信息公开工作主管部门（一般是{above}办公厅）办理，它不在本平台，\
         所以这里没有收下。请向{above}的公开工作机构书面提出，或者在{above}网站的依申请公开、投诉栏目提出；\
         也可以拨打12345，请其转交。您写的内容在下面，可以打印或者复制带去。",
        organ.name
    );
    StepPage { lead: vec![words], ..step }.answer()
}

/// The request of the organ complained of that the number means: while the complaint is open, whoever handles
/// it may read that masked file. Whether there is one, the visitor is not told.
async fn request(visit: &Visit, form: &Submitted, about: &str) -> Result<Option<String>, Fault> {
    let Some(number) = form.words("bianhao") else { return Ok(None) };
    let filing = Filing::numbered(visit.house.store(), number).await?;
    Ok(filing.filter(|filing| filing.organ == about).map(|filing| filing.id))
}

/// The words, with the number of the request they are about before them.
fn words(form: &Submitted) -> String {
    let words = form.get("neirong").trim();
    match form.words("bianhao") {
        Some(number) => format!("登记编号 {number}\n{words}"),
        None => words.to_owned(),
    }
}

/// 政府信息公开工作主管部门 that watches over an organ: the office of its own level, and of the next above over
/// the government and the office themselves.
async fn watching(visit: &Visit, organs: &[Organ], organ: &str) -> Result<Option<String>, Fault> {
    let office = |organs: &[Organ]| {
        let office = organs.iter().find(|organ| organ.role == "office");
        office.map(|office| office.code.clone())
    };
    if let Some(own) = office(organs).filter(|own| own != organ && visit.site.organ != organ) {
        return Ok(Some(own));
    }
    let own = &visit.site.division;
    let above = [9, 6, 4, 2].into_iter().filter_map(|digits| own.get(..digits));
    let above = above.map(|head| format!("{head:0<12}")).filter(|division| division != own);
    let directory = visit.house.directory();
    let Some(site) = above.into_iter().find_map(|division| directory.serving(&division)) else {
        return Ok(None);
    };
    let organs = Organ::serving(visit.house.store(), &site.division).await?;
    Ok(Some(office(&organs).unwrap_or_else(|| site.organ.clone())))
}

async fn hand_in(visit: &Visit, filed: Filed) -> Result<Response, Fault> {
    let house = &visit.house;
    let sealer = house.sealer().map_err(Fault::inside)?;
    let (key, organ) = (filed.key.clone(), filed.organ.clone());
    let desk = house.ledger().desk(Actor::Visitor).await?;
    let taken = complaint::file(desk, sealer, filed).await;
    let filed = taken.map(|taken| HandedIn {
        id: taken.complaint.id,
        number: taken.complaint.number,
        code: taken.code,
    });
    let handed_in = once(visit, sealer, filed, (Tracked::Complaint, &key)).await?;
    let case = ComplaintCase::find(house.store(), &organ, &handed_in.id).await?;
    let next = case.iter().map(|case| format!("最迟{}告知您结果。", long_day(case.decide_by)));
    told(visit, "已经收到", (Kind::Complaint, &organ, handed_in), next.collect())
}
