//! The fields of each page, as they were filled in.

use axum::response::Response;
use identity::Organ;
use requests_rules::{ApplicantClass, Application};
use web::components::{Choice, Field, FieldError, LongField, Picker, Radios};
use web::layout::Frame;
use web::workbench::Submitted;
use web::{Fault, Visit};

use super::organs::OrganField;
use super::sheet::{self, FORMS, PROOFS, Sheet, WAYS};
use crate::acts::draft;
use crate::portal::step::{Piece, StepPage, error_of, wrong};
use crate::portal::{APPLY, onward, papers, pass};
use crate::store::{Draft, DraftContent, Purpose};

/// The application of a draft.
pub(super) fn application(draft: &Draft) -> Application {
    sheet::application(&draft.content, draft::shows_authority(draft))
}

/// A page with what was filled in and what is wrong with it.
pub(super) fn step(
    visit: &Visit,
    frame: Frame,
    sheet: Sheet,
    (content, draft): (&DraftContent, Option<&Draft>),
    organs: &[Organ],
    errors: Vec<FieldError>,
) -> StepPage {
    let address = |sheet: Sheet| visit.site.link(&format!("/shenqing/xin/{}", sheet.word()));
    let step = match sheet {
        Sheet::Person => person(frame, address(sheet), content, &errors),
        Sheet::Agent => agent(frame, address(sheet), content, &errors),
        Sheet::Wanted => wanted(frame, address(sheet), (content, organs), &errors),
        Sheet::Ways => ways(frame, address(sheet), content, &errors),
        Sheet::Papers | Sheet::Check => attached(frame, address(sheet), (content, draft), &errors),
    };
    let back = match sheet.before(content) {
        Some(before) => address(before),
        None => visit.site.link(APPLY),
    };
    StepPage { saves: true, ..step.way("上一步", back).wrong(errors) }
}

fn line(
    (name, label): (&str, &str),
    value: &str,
    errors: &[FieldError],
    (hint, autocomplete): (&str, &'static str),
) -> Field {
    Field {
        name: name.into(),
        label: label.into(),
        hint: hint.into(),
        value: value.into(),
        error: error_of(errors, name),
        optional: false,
        autocomplete,
    }
}

fn optional(field: Field) -> Field {
    Field { optional: true, ..field }
}

fn one(words: &str, value: &str) -> Choice {
    Choice { value: value.into(), words: words.into() }
}

fn proofs(name: &str, label: &str, chosen: &str, errors: &[FieldError], persons: bool) -> Picker {
    let shown = PROOFS.iter().filter(|(.., person)| !persons || *person);
    let mut all = vec![one("请选择", "")];
    all.extend(shown.map(|(word, words, _)| one(words, word)));
    Picker {
        name: name.into(),
        label: label.into(),
        hint: String::new(),
        choices: all,
        chosen: chosen.into(),
        error: error_of(errors, name),
    }
}

fn person(frame: Frame, action: String, content: &DraftContent, errors: &[FieldError]) -> StepPage {
    let classes = ApplicantClass::ALL.iter().map(|class| match class {
        ApplicantClass::NaturalPerson => one("个人（自然人）", class.name()),
        ApplicantClass::Other => one("其他单位或者组织", class.name()),
        class => one(class.name(), class.name()),
    });
    let class = Radios {
        name: "leibie".into(),
        label: "以什么名义申请".into(),
        choices: classes.collect(),
        chosen: content.class.clone(),
        error: error_of(errors, "leibie"),
        ..Radios::default()
    };
    let agency = Radios {
        name: "daili".into(),
        label: "替谁申请".into(),
        hint: "替别人申请的，上面写对方的情况，下一页写您自己的情况。".into(),
        choices: vec![
            one("替自己或者本单位", "self"),
            one("受委托替别人", "authorised"),
            one("我是监护人，替未成年人等申请", "guardian"),
        ],
        chosen: content.agency.clone(),
        error: error_of(errors, "daili"),
    };
    let step = StepPage::new(frame, "谁来申请", action)
        .telling("只填办理申请必须的内容。这些内容加密保存，只有办理这份申请的工作人员能看。")
        .asking(class)
        .asking(line(("xingming", "姓名或者单位名称"), &content.name, errors, ("", "name")))
        .asking(proofs("zhengjian", "证件", &content.proof, errors, false))
        .asking(line(("haoma", "证件号码"), &content.number, errors, ("", "off")))
        .asking(optional(line(
            ("dianhua", "联系电话"),
            &content.telephone,
            errors,
            ("以后查进度要用它的后4位。电话、地址、邮箱至少写一项。", "tel"),
        )))
        .asking(optional(line(
            ("dizhi", "通信地址"),
            &content.address,
            errors,
            ("", "address-line1"),
        )))
        .asking(optional(line(("youxiang", "电子邮箱"), &content.email, errors, ("", "email"))))
        .asking(agency);
    StepPage { stage: 2, ..step }
}

fn agent(frame: Frame, action: String, content: &DraftContent, errors: &[FieldError]) -> StepPage {
    let step = StepPage::new(frame, "您自己的情况", action)
        .telling("您替别人申请，写您自己的姓名和证件。后面还要传授权委托书，或者监护关系的证明。")
        .asking(line(("dlxingming", "您的姓名"), &content.agent_name, errors, ("", "name")))
        .asking(proofs("dlzhengjian", "您的证件", &content.agent_proof, errors, true))
        .asking(line(("dlhaoma", "您的证件号码"), &content.agent_number, errors, ("", "off")));
    StepPage { stage: 2, ..step }
}

fn wanted(
    frame: Frame,
    action: String,
    (content, organs): (&DraftContent, &[Organ]),
    errors: &[FieldError],
) -> StepPage {
    let organ = OrganField::of(organs, &content.organ, error_of(errors, "jiguan"));
    let title = line(
        ("mingcheng", "信息的名称"),
        &content.title,
        errors,
        ("例如：2025年某路改造工程征收补偿方案", "off"),
    );
    let number =
        line(("wenhao", "文号"), &content.doc_number, errors, ("例如：厦府办〔2020〕67号", "off"));
    let description = LongField {
        name: "miaoshu".into(),
        label: "其他便于查找的特征".into(),
        hint: "时间、地点、谁做的、说的是什么事。一份申请写一件事，答复会更快。不用写用途。".into(),
        value: content.description.clone(),
        error: error_of(errors, "miaoshu"),
        optional: true,
    };
    let step = StepPage::new(frame, "您要申请哪些信息", action)
        .telling("名称、文号、其他特征，知道哪项写哪项，至少写一项。")
        .asking(organ)
        .asking(optional(title))
        .asking(optional(number))
        .asking(description);
    StepPage { stage: 3, ..step }
}

fn ways(frame: Frame, action: String, content: &DraftContent, errors: &[FieldError]) -> StepPage {
    let form = Radios {
        name: "xingshi".into(),
        label: "要什么形式".into(),
        choices: FORMS.iter().map(|(_, word, words)| one(words, word)).collect(),
        chosen: content.form.clone(),
        error: error_of(errors, "xingshi"),
        ..Radios::default()
    };
    let way = Radios {
        name: "tujing".into(),
        label: "用什么方式拿到".into(),
        choices: WAYS.iter().map(|(_, word, words)| one(words, word)).collect(),
        chosen: content.way.clone(),
        error: error_of(errors, "tujing"),
        ..Radios::default()
    };
    let help = line(
        ("bangzhu", "需要的帮助"),
        &content.assistance,
        errors,
        ("阅读、听力、视力等方面有困难的，写明需要怎样帮您，例如：请打电话读给我听。", "off"),
    );
    let step =
        StepPage::new(frame, "怎样给您", action).asking(form).asking(way).asking(optional(help));
    StepPage { stage: 3, ..step }
}

/// The purposes of what is uploaded with an application.
const PURPOSES: [(Purpose, &str, &str); 3] = [
    (Purpose::Identity, "shenfen", "身份证明"),
    (Purpose::Authority, "shouquan", "授权委托书或者监护关系证明"),
    (Purpose::Application, "qita", "其他材料"),
];

/// What a paper is called.
pub(super) fn purpose_words(purpose: Purpose) -> &'static str {
    PURPOSES.iter().find(|(own, ..)| *own == purpose).map_or("其他材料", |(.., words)| words)
}

fn attached(
    frame: Frame,
    action: String,
    (content, draft): (&DraftContent, Option<&Draft>),
    errors: &[FieldError],
) -> StepPage {
    let files = draft.map(|draft| draft.files.as_slice()).unwrap_or_default();
    let kind = Radios {
        name: "yongtu".into(),
        label: "这是什么材料".into(),
        choices: PURPOSES.iter().map(|(_, word, words)| one(words, word)).collect(),
        chosen: if content.agency == "self" { "shenfen" } else { "shouquan" }.into(),
        ..Radios::default()
    };
    let lead = match content.agency.as_str() {
        "self" => "可以传身份证明的照片和其他材料。没有的，直接到下一步。",
        _ => "您替别人申请，请传授权委托书，或者监护关系的证明。其他材料有就传，没有不用传。",
    };
    let mut step = StepPage::new(frame, "要附的材料", action).telling(lead);
    if !files.is_empty() {
        let rows = files.iter().map(|file| super::check::FileRow::of(file, true)).collect();
        step.pieces.push(Piece::of(super::check::FileRows(rows)));
    }
    step.pieces.push(Piece::of(kind));
    let label = if files.is_empty() { "选择文件" } else { "再选一个文件" };
    step.pieces.push(Piece::of(papers::field(label, error_of(errors, "wenjian"))));
    step.pieces.push(Piece::of(super::check::AddFile));
    StepPage { stage: 3, files: true, next: "下一步：核对", ..step }
}

/// Takes a paper in or out, or goes on.
pub(super) async fn papers(
    visit: &Visit,
    (code, draft): (String, Draft),
    (form, address): (&Submitted, &str),
) -> Result<Response, Fault> {
    let house = &visit.house;
    let (ledger, sealer) = (house.ledger(), house.sealer().map_err(Fault::inside)?);
    if let Some(file) = form.words("qudiao") {
        let removed = draft::remove_file(ledger, house.folder(), &draft.id, file).await;
        removed.map_err(crate::acts::ActError::into_fault)?;
        return Ok(onward(visit, HERE, vec![]));
    }
    let again = async |errors: Vec<FieldError>| {
        let asked = super::Asked::default();
        super::page(visit, Sheet::Papers, Some(&draft), draft.content.clone(), &asked, errors).await
    };
    if let Some(upload) = form.file("wenjian") {
        let chosen = PURPOSES.iter().find(|(_, word, _)| *word == form.get("yongtu"));
        let purpose = chosen.map_or(Purpose::Application, |(purpose, ..)| *purpose);
        let new = match papers::checked(upload, purpose) {
            Ok(new) => new,
            Err(error) => return again(vec![error]).await,
        };
        match draft::add_file(ledger, sealer, house.folder(), (&draft, address), new).await {
            Ok(()) => {}
            Err(error @ crate::acts::ActError::Refused(..)) => {
                return again(vec![wrong("wenjian", format!("{error}。{}", error.remedy()))]).await;
            }
            Err(error) => return Err(error.into_fault()),
        }
        if form.has("tianjia") {
            return Ok(onward(visit, HERE, vec![]));
        }
    } else if form.has("tianjia") {
        return again(vec![wrong("wenjian", "还没有选文件")]).await;
    }
    if form.has("baocun") {
        return super::resume::saved(visit, &code).await;
    }
    let mut content = draft.content.clone();
    if !content.done.iter().any(|done| done == Sheet::Papers.word()) {
        content.done.push(Sheet::Papers.word().to_owned());
        let kept = draft::keep(ledger, sealer, &draft.id, &content).await;
        kept.map_err(crate::acts::ActError::into_fault)?;
    }
    let next = format!("/shenqing/xin/{}", Sheet::Papers.next(&content).word());
    Ok(onward(visit, &next, vec![pass::keep_draft(&code)]))
}

const HERE: &str = "/shenqing/xin/cailiao";
