//! `/gongzuo/gaojian/{id}`: writing a draft, beside what the check says of it.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use records_rules::Block;
use review::Signatory;
use serde::Deserialize;
use web::components::{InPlace, Tag, Tone, asked_in_place, checked_in_place, size_words};
use web::workbench::{Submitted, Workbench};
use web::{Clerk, Fault, Visit, icons};

use super::checks::Checks;
use super::diff::{Differing, FILES, Line, differing, file_told, lines};
use super::form::{DraftForm, filled};
use super::list::state_tag;
use super::{draft_for, hand, masking, minute, seen, sent_to, told};
use crate::acts::drafting::{Kept, drop_draft, save};
use crate::acts::handing_in;
use crate::store::{
    AttributeProposal, Content, ConvertedDraft, Draft, DraftState, HeldBack, Original,
};

#[derive(Template)]
#[template(path = "workbench/edit.html")]
struct EditPage {
    desk: Workbench,
    draft: Draft,
    form: DraftForm,
    open: bool,
    tag: Tag,
    saved: String,
    /// The parts as the editor has them, and the pictures it may show.
    document: String,
    pictures: String,
    checks: Checks,
    /// Whether one press masks anything.
    maskable: bool,
    files: Vec<FileLine>,
    organ: identity::Organ,
    /// What stands there now, where somebody else has saved since.
    overtaken: Option<Both>,
    /// The day by which it is to be public rests on a year whose holidays have not been arranged.
    provisional: bool,
    /// What other rooms say beside it, as finished HTML.
    beside: Vec<String>,
    /// The page shows what was checked and not saved.
    unsaved: bool,
    proposal: Option<AttributeProposal>,
    /// Where it stood and why it was held back, where it was taken over.
    held: Option<HeldBack>,
    /// Where it was begun because something was asked for: where that is, and the provision.
    asked: Option<(String, String)>,
    base: String,
    list: String,
    today: law::Date,
}

/// What is kept and what was typed, beside one another.
struct Both {
    particulars: Vec<Differing>,
    /// The lines of both texts; none where the texts are the same.
    lines: Vec<Line>,
}

impl Both {
    fn files_differ(&self) -> bool {
        self.particulars.iter().any(|one| one.label == FILES)
    }
}

struct FileLine {
    number: usize,
    name: String,
    /// As the page names it when it is sent back.
    told: String,
    href: String,
    size: String,
    /// The file as it came, for whoever may see it.
    original: Option<String>,
}

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Done {
    done: String,
}

const SAID: &[(&str, &str)] = &[
    ("xinjian", "稿件已建立，公开属性已认定。"),
    ("baocun", "已保存，成为新的一稿。"),
    ("fujian", "附件已上传，存的是重新写成的干净副本。"),
    ("zhegai", "附件已上传。里面的个人信息已遮盖，请打开核对。"),
    ("shanfujian", "附件已移除。"),
    ("daoru", "文件的正文已读入，请核对。"),
    ("shixiang", "目录事项已选好。"),
    ("zheyan", "个人信息已遮盖，成为新的一稿。请核对。"),
    ("meizhe", "正文里没有要遮盖的个人信息。"),
    ("pinggu", "影响评估已存入。"),
    ("shuxing", "公开属性的意见已提出，等另一人确认。"),
];

/// Shows a draft.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    let draft = draft_for(&visit, &clerk, "record.read_draft", &id).await?;
    page(&visit, clerk, draft, Shown::Kept(&done.done)).await
}

/// What of a draft the page shows.
enum Shown<'a> {
    /// What is kept, after this was done.
    Kept(&'a str),
    /// What was typed and is only checked.
    Checked,
    /// What was typed, beside what somebody else has kept meanwhile.
    Overtaken(Both),
}

async fn page(
    visit: &Visit,
    clerk: Clerk,
    draft: Draft,
    shown: Shown<'_>,
) -> Result<Html<String>, Fault> {
    let unsaved = matches!(shown, Shown::Checked);
    let (done, overtaken) = match shown {
        Shown::Kept(done) => (done, None),
        Shown::Checked => ("", None),
        Shown::Overtaken(both) => ("", Some(both)),
    };
    let today = visit.house.ledger().clock().today();
    let base = format!("/gongzuo/gaojian/{}", draft.id);
    let calendar = visit.house.ledger().calendar();
    let beside = visit.beside_draft(&clerk, (crate::draft::KIND, &draft.id)).await?;
    let mut desk = Workbench::of(visit, clerk, "gaojian", draft.title()).await?;
    desk = desk.under("我的稿件", "/gongzuo/gaojian").saying(done, SAID);
    if overtaken.is_some() {
        desk = desk.with_errors();
    }
    let writers = Content::writers(visit.house.store(), &draft.id).await?;
    let tie = super::tie(&draft, &writers);
    let open = draft.is_open() && desk.clerk.may("record.edit_draft", &tie).is_ok();
    let checks = Checks::of(visit, &draft).await?;
    let proposal = AttributeProposal::waiting(visit.house.store(), &draft.id).await?;
    let held = HeldBack::of_draft(visit.house.store(), &draft.id).await?;
    let asked = ConvertedDraft::of_draft(visit.house.store(), &draft.id).await?;
    let mut files = files(visit, &draft, &base);
    if desk.clerk.may("attachment.download_original", &tie).is_ok() {
        originals(visit, &draft, &base, &mut files).await?;
    }
    let shown = |file: &&FileLine| is_picture(&file.name);
    let pictures =
        files.iter().filter(shown).map(|file| (file.name.clone(), file.href.clone().into()));
    let pictures: serde_json::Map<String, serde_json::Value> = pictures.collect();
    let page = EditPage {
        form: DraftForm::of(&draft.content),
        open,
        tag: state_tag(draft.state),
        saved: minute(&draft.changed_at),
        document: crate::tree::document_of(&Block::read(&draft.content.body)).to_string(),
        pictures: serde_json::Value::Object(pictures).to_string(),
        maskable: open && checks.personal() && masking::has_any(&draft.content),
        checks,
        files,
        organ: desk.clerk.organ.clone(),
        overtaken,
        provisional: draft
            .due_on
            .is_some_and(|day| calendar.is_working_day(day).is_ok_and(|known| known.provisional)),
        beside,
        unsaved,
        proposal,
        held,
        asked: asked.map(|one| (visit.site.link(&one.path), one.basis)),
        base: visit.site.link(&base),
        list: visit.site.link("/gongzuo/gaojian"),
        today,
        desk,
        draft,
    };
    web::page::answer(&page)
}

fn files(visit: &Visit, draft: &Draft, base: &str) -> Vec<FileLine> {
    let line = |(at, file): (usize, &crate::store::Attachment)| FileLine {
        number: at + 1,
        name: file.name.clone(),
        told: file_told(file),
        href: visit.site.link(&format!("{base}/fujian/{}", at + 1)),
        size: size_words(file.size),
        original: None,
    };
    draft.content.files.iter().enumerate().map(line).collect()
}

/// Where the originals lie that are kept.
async fn originals(
    visit: &Visit,
    draft: &Draft,
    base: &str,
    lines: &mut [FileLine],
) -> Result<(), Fault> {
    let copies: Vec<&str> = draft.content.files.iter().map(|file| file.sha256.as_str()).collect();
    let kept = Original::kept_of(visit.house.store(), &draft.organ, &copies).await?;
    for (line, file) in lines.iter_mut().zip(&draft.content.files) {
        let path = format!("{base}/yuanjian/{}", line.number);
        line.original = kept.contains(&file.sha256).then(|| visit.site.link(&path));
    }
    Ok(())
}

/// Whether a file's name says that it is a picture pages show.
fn is_picture(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| matches!(ending.as_str(), "png" | "jpg" | "jpeg" | "gif"))
}

/// Saves the draft. Where somebody else has saved since, both texts are shown and what was typed stays.
pub async fn act(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let draft = draft_for(&visit, &clerk, "record.edit_draft", &id).await?;
    let content = filled(&visit.house, &clerk, &form, &draft.content).await?;
    let to = match form.get("do") {
        "items" => format!("/gongzuo/gaojian/{id}/shixiang"),
        "preview" => format!("/gongzuo/gaojian/{id}/yulan"),
        _ => format!("/gongzuo/gaojian/{id}?done=baocun"),
    };
    match keep(&visit, &clerk, &form, &draft.id, content.clone(), false).await? {
        Kept::Kept(_) => Ok(sent_to(&visit, &to)),
        Kept::Overtaken(now) => {
            let named: Vec<&str> = form.all("fujian").collect();
            let mut both = Both {
                particulars: differing(&now.content, &content, &named),
                lines: lines(&now.content.body, &content.body),
            };
            if !both.lines.iter().any(Line::differs) {
                both.lines.clear();
            }
            let shown =
                Draft { content: Content { files: now.content.files.clone(), ..content }, ..*now };
            let page = page(&visit, clerk, shown, Shown::Overtaken(both)).await?;
            Ok((StatusCode::CONFLICT, page).into_response())
        }
    }
}

/// Checks what was typed, and keeps nothing: the page as it was sent, with what is to be said of it.
pub async fn check(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Html<String>, Fault> {
    let draft = draft_for(&visit, &clerk, "record.edit_draft", &id).await?;
    let content = filled(&visit.house, &clerk, &form, &draft.content).await?;
    let revision = form.get("kan").parse().unwrap_or(draft.revision);
    page(&visit, clerk, Draft { content, revision, ..draft }, Shown::Checked).await
}

/// Saves what the page sends by itself, and answers it.
pub async fn by_itself(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let draft = draft_for(&visit, &clerk, "record.edit_draft", &id).await?;
    let content = filled(&visit.house, &clerk, &form, &draft.content).await?;
    Ok(match keep(&visit, &clerk, &form, &draft.id, content, true).await? {
        Kept::Kept(now) => {
            let time = minute(&now.changed_at).split_off("2026-11-25 ".len());
            let words = format!("{time} 已自动保存 · 第 {} 稿", now.version);
            told(StatusCode::OK, &serde_json::json!({ "revision": now.revision, "words": words }))
        }
        Kept::Overtaken(now) => {
            let words = format!(
                "{}刚才改过这份稿件，自动保存已停。按“保存”会列出两边的不同。",
                now.author_name
            );
            told(StatusCode::CONFLICT, &serde_json::json!({ "words": words }))
        }
    })
}

async fn keep(
    visit: &Visit,
    clerk: &Clerk,
    form: &Submitted,
    id: &str,
    content: Content,
    itself: bool,
) -> Result<Kept, Fault> {
    let seen_revision = form.get("kan").parse().unwrap_or_default();
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    seen(save(desk, &hand(clerk), id, seen_revision, content, itself).await)
}

/// Hands the draft in for review.
pub async fn hand_in(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let draft = draft_for(&visit, &clerk, "record.submit", &id).await?;
    let publishers = visit.house.publishers();
    let by = Signatory::of(&clerk);
    seen(handing_in::ready(visit.house.ledger(), &publishers, &draft.id).await)?;
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    let note = form.words("shuoming");
    seen(handing_in::keep(desk, &publishers, &by, &draft.id, note).await)?;
    Ok(sent_to(&visit, "/gongzuo/gaojian?done=songshen"))
}

/// Drops a draft that was never handed in.
pub async fn drop_it(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let draft = draft_for(&visit, &clerk, "record.delete_draft", &id).await?;
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    seen(drop_draft(desk, &hand(&clerk), &draft.id).await)?;
    Ok(sent_to(&visit, "/gongzuo/gaojian?done=shanqu"))
}

impl EditPage {
    fn is_kept(&self) -> bool {
        self.draft.state == DraftState::Kept
    }

    fn statutory(&self) -> Vec<super::form::Choice> {
        self.form.statutory(&self.organ, self.today)
    }

    fn is_published(&self) -> bool {
        self.draft.state == DraftState::Published
    }

    /// Who says what was taken over.
    fn told_by(&self, held: &HeldBack) -> String {
        let own = self.form.value("yuanlaiyuan");
        match (own, &held.table, held.addresses.first()) {
            ("", Some(table), _) => format!("导入表 {table}"),
            ("", None, Some(address)) => {
                format!("原网站 {}", address.split('/').next().unwrap_or_default())
            }
            _ => own.to_owned(),
        }
    }

    fn taken_at(held: &HeldBack) -> String {
        minute(&held.taken_at)
    }

    /// What is wrong with a field that is filled in; what is still missing stands among the checks alone.
    fn said(&self, name: &str) -> String {
        let filled = !self.form.value(name).is_empty();
        self.checks.of_field(name).filter(|_| filled).unwrap_or_default()
    }

    fn checking(&self, slot: &str) -> InPlace {
        checked_in_place(format!("{}/jiancha", self.base), slot).and(["jiancha"])
    }

    fn asking(&self) -> InPlace {
        asked_in_place(format!("{}/jiancha", self.base), "jiancha")
    }

    fn checks_tag(&self) -> Tag {
        match (self.checks.errors(), self.checks.list.len()) {
            (0, 0) => Tag::good(self.verdict()),
            (0, _) => Tag::marked(Tone::Warn, icons::ALERT, self.verdict()),
            _ => Tag::marked(Tone::Over, icons::ALERT, self.verdict()),
        }
    }

    /// What the check comes to, in a few words.
    fn verdict(&self) -> String {
        match (self.checks.errors(), self.checks.list.len()) {
            (0, 0) => "没有发现问题".into(),
            (0, all) => format!("{all} 处提醒"),
            (errors, all) if errors == all => format!("{errors} 处要改"),
            (errors, all) => format!("{errors} 处要改，{} 处提醒", all - errors),
        }
    }
}
