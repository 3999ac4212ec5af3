//! 核对: everything is read back, and each part leads to the page where it is mended.

use askama::{Template, filters::HtmlSafe};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use identity::Organ;
use law::Date;
use web::components::{ErrorSummary, FieldError};
use web::layout::Frame;
use web::{Fault, Visit};

use super::filling::purpose_words;
use super::sheet::{FORMS, PROOFS, Sheet, WAYS};
use crate::acts::draft;
use crate::portal::step::{STAGES, wrong};
use crate::portal::{frame, fresh, organs, papers};
use crate::store::{Draft, DraftContent, DraftFile};

#[derive(Template)]
#[template(path = "portal/apply/check.html")]
struct CheckPage {
    frame: Frame,
    stages: [&'static str; 4],
    errors: ErrorSummary,
    groups: Vec<Group>,
    action: String,
    back: String,
}

/// A part of the application, with where it is mended.
struct Group {
    title: &'static str,
    /// The id to which errors lead.
    id: &'static str,
    edit: String,
    rows: Vec<(&'static str, String)>,
}

/// Files in a list, each with a button that takes it out again.
#[derive(Template)]
#[template(path = "portal/apply/files.html")]
pub(super) struct FileRows(pub Vec<FileRow>);

impl HtmlSafe for FileRows {}

pub(super) struct FileRow {
    id: String,
    words: String,
    removable: bool,
}

impl FileRow {
    pub(super) fn of(file: &DraftFile, removable: bool) -> Self {
        let purpose = purpose_words(file.purpose);
        let words = format!("{}（{purpose}，{}）", file.name, papers::size(file.size));
        Self { id: file.id.clone(), words, removable }
    }
}

/// The button that adds the chosen file and stays on the page.
#[derive(Template)]
#[template(
    source = r#"<p class="row"><button class="btn alt" name="tianjia" value="1">上传这个文件</button></p>"#,
    ext = "html"
)]
pub(super) struct AddFile;

impl HtmlSafe for AddFile {}

/// What is wrong with the whole, each leading to the part where it is mended.
pub(super) fn faults(draft: &Draft, organs: &[Organ], today: Date) -> Vec<FieldError> {
    let content = &draft.content;
    let mut faults = Vec::new();
    for sheet in [Sheet::Person, Sheet::Agent, Sheet::Wanted, Sheet::Ways] {
        let of_sheet = sheet.faults(content, organs, today);
        faults.extend(of_sheet.into_iter().map(|fault| wrong(sheet.word(), fault.message)));
    }
    if content.agency != "self" && !draft::shows_authority(draft) {
        let words = "替别人申请的，还要传授权委托书或者监护关系的证明";
        faults.push(wrong(Sheet::Papers.word(), words));
    }
    faults
}

/// Shows the application as it will be handed in.
pub(super) async fn page(
    visit: &Visit,
    draft: &Draft,
    errors: Vec<FieldError>,
) -> Result<Response, Fault> {
    let organs = organs(visit).await?;
    let address = |sheet: Sheet| visit.site.link(&format!("/shenqing/xin/{}", sheet.word()));
    let mut frame = frame(visit, "在线申请").titled("核对并提交");
    frame.has_errors = !errors.is_empty();
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = CheckPage {
        frame,
        stages: STAGES,
        errors: ErrorSummary(errors),
        groups: groups(draft, &organs, address),
        action: address(Sheet::Check),
        back: address(Sheet::Papers),
    };
    Ok((status, fresh(&page)?).into_response())
}

fn groups(draft: &Draft, organs: &[Organ], address: impl Fn(Sheet) -> String) -> Vec<Group> {
    let content = &draft.content;
    let group =
        |title, sheet: Sheet, rows| Group { title, id: sheet.word(), edit: address(sheet), rows };
    let mut groups = vec![group("申请人", Sheet::Person, person(content))];
    if content.agency != "self" {
        groups.push(group("代理人", Sheet::Agent, agent(content)));
    }
    groups.push(group("要什么信息", Sheet::Wanted, wanted(content, organs)));
    groups.push(group("怎样给您", Sheet::Ways, ways(content)));
    let files: Vec<(&str, String)> =
        draft.files.iter().map(|file| ("材料", FileRow::of(file, false).words)).collect();
    let files =
        if files.is_empty() { vec![("材料", "没有附材料".to_owned())] } else { files };
    groups.push(group("要附的材料", Sheet::Papers, files));
    groups
}

/// The rows that say something.
fn said(rows: Vec<(&'static str, String)>) -> Vec<(&'static str, String)> {
    rows.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

fn proof_words(kind: &str) -> String {
    PROOFS.iter().find(|(word, ..)| *word == kind).map_or("", |(_, words, _)| words).to_owned()
}

fn person(content: &DraftContent) -> Vec<(&'static str, String)> {
    let agency = match content.agency.as_str() {
        "authorised" => "受委托替别人申请",
        "guardian" => "监护人代为申请",
        _ => "",
    };
    said(vec![
        ("类别", content.class.clone()),
        ("姓名或者名称", content.name.clone()),
        ("证件", proof_words(&content.proof)),
        ("证件号码", content.number.clone()),
        ("联系电话", content.telephone.clone()),
        ("通信地址", content.address.clone()),
        ("电子邮箱", content.email.clone()),
        ("替谁申请", agency.to_owned()),
    ])
}

fn agent(content: &DraftContent) -> Vec<(&'static str, String)> {
    said(vec![
        ("姓名", content.agent_name.clone()),
        ("证件", proof_words(&content.agent_proof)),
        ("证件号码", content.agent_number.clone()),
    ])
}

fn wanted(content: &DraftContent, organs: &[Organ]) -> Vec<(&'static str, String)> {
    let organ = organs.iter().find(|organ| organ.code == content.organ);
    said(vec![
        ("向哪个机关", organ.map(|organ| organ.name.clone()).unwrap_or_default()),
        ("名称", content.title.clone()),
        ("文号", content.doc_number.clone()),
        ("其他特征", content.description.clone()),
    ])
}

fn ways(content: &DraftContent) -> Vec<(&'static str, String)> {
    let form = FORMS.iter().find(|(_, word, _)| *word == content.form);
    let way = WAYS.iter().find(|(_, word, _)| *word == content.way);
    said(vec![
        ("形式", form.map_or("", |(.., words)| words).to_owned()),
        ("方式", way.map_or("", |(.., words)| words).to_owned()),
        ("需要的帮助", content.assistance.clone()),
    ])
}

impl web::page::Page for CheckPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let content = DraftContent {
            class: "自然人".into(),
            name: "申请人".into(),
            agency: "guardian".into(),
            description: "很长的描述".repeat(50),
            ..DraftContent::default()
        };
        let draft = Draft {
            id: String::new(),
            content,
            expires_on: law::day(2026, 12, 26),
            became: None,
            files: vec![],
        };
        let page = |errors| Self {
            frame: Frame::sample("核对并提交").at("在线申请"),
            stages: STAGES,
            errors: ErrorSummary(errors),
            groups: groups(&draft, &[], |sheet| format!("/linhu/shenqing/xin/{}", sheet.word())),
            action: "/linhu/shenqing/xin/hedui".into(),
            back: "/linhu/shenqing/xin/cailiao".into(),
        };
        let errors = faults(&draft, &[], law::day(2026, 11, 26));
        vec![("齐全", page(vec![])), ("有错误", page(errors))]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_reading_back_is_sound() {
        assert_eq!(web::page::faults::<super::CheckPage>(), Vec::<String>::new());
    }
}
