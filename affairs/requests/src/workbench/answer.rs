//! `/gongzuo/shenqing/{id}/dafu`: 拟答复. Each thing asked for is answered with its kind and what that kind must
//! contain; the letter is made from the standard text and looked at beside.

use ::identity::Role;
use ::review::Signatory;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{Html, Response};
use requests_rules::{AnswerType, Fact, ItemAnswer, combined};
use serde::Deserialize;
use web::components::Tag;
use web::workbench::{Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::answer_form::{self, FIELDS};
use super::file::File;
use super::redacted::{self, ProvidedLine};
use super::review::{drafted_letter, state_tag};
use super::{LIST, choices, sent_to, titled};
use crate::acts::{ActError, answer, provision};
use crate::files::{NewFile, StagedFile};
use crate::letters::{Letter, search_words};
use crate::redacting::NoCopy;
use crate::store::{AnswerContent, AnswerItem, AnswerState, KeptSearch, Purpose, ReviewStep};

#[derive(Template)]
#[template(path = "workbench/answer.html")]
struct AnswerPage {
    desk: Workbench,
    heading: &'static str,
    title: String,
    tag: Option<Tag>,
    /// The newest version whoever looks has seen.
    seen: i64,
    items: Vec<ItemLine>,
    /// The item that is written now: its place, its kind, what is in it.
    place: usize,
    kind: Option<&'static AnswerType>,
    asked: String,
    fields: Vec<FactField>,
    /// Where the search is written down, where the kind rests on one and there is none.
    searches_first: Option<String>,
    kinds: Vec<(&'static str, Vec<&'static AnswerType>)>,
    files: Vec<ProvidedLine>,
    grounds: Vec<&'static AnswerType>,
    letter: Option<Letter>,
    unwritten: String,
    open: bool,
    /// With whom it lies while it is under review.
    lies: Vec<String>,
    /// Whether whoever looks may take it back.
    takes_back: bool,
    /// 更正答复: what is written puts an answer right that went out; nothing of it is saved yet.
    puts_right: bool,
    returned: Vec<(String, String)>,
    similar: Vec<Similar>,
    back: String,
    review: String,
}

struct ItemLine {
    asked: String,
    kind: String,
    href: String,
    current: bool,
}

struct FactField {
    name: &'static str,
    label: &'static str,
    value: String,
    optional: bool,
}

/// An earlier answer to something alike.
struct Similar {
    number: String,
    title: String,
    kind: String,
    on: String,
    differs: bool,
}

/// Which item, of which kind.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wish {
    xiang: usize,
    zhonglei: String,
    done: String,
}

const SAID: &[(&str, &str)] = &[
    ("baocun", "已经保存。"),
    ("chehui", "已经撤回送审，可以修改。改好以后再送审。"),
    ("shanqu", "已经删去这一项。"),
    ("wenjian", "文件已经放入。提供的是平台写成的干净副本，原件留在案卷里，不提供。"),
    ("quchu", "这份文件不再随答复提供。"),
];

/// Where the search is written down, once, while a kind of answer needs it and it is not.
fn searches_first(
    visit: &Visit,
    kind: Option<&AnswerType>,
    searches: &[KeptSearch],
    base: &str,
) -> Option<String> {
    let needed = kind.is_some_and(|kind| kind.required.contains(&Fact::SearchRecord));
    (needed && searches.is_empty()).then(|| visit.site.link(&format!("{base}/jiansuo")))
}

/// Shows the draft.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    Query(wish): Query<Wish>,
) -> Result<Html<String>, Fault> {
    let file = File::read_by(&visit, &clerk, &id).await?;
    clerk.may("foi.draft_reply", &file.tie_of_draft(&clerk))?;
    let today = visit.house.ledger().clock().today();
    let newest = file.answer.as_ref().and_then(|one| one.newest());
    let content = newest.map(|one| one.content.clone()).unwrap_or_default();
    let place = wish.xiang.min(content.items.len());
    let item = content.items.get(place);
    let code = Some(wish.zhonglei.as_str()).filter(|code| !code.is_empty());
    let code = code.or(item.map(|item| item.code.as_str())).unwrap_or_default();
    let kind = answer_form::kinds(today).find(|kind| kind.code == code);
    let searches = KeptSearch::of(visit.house.store(), &id).await?;
    let base = format!("{LIST}/{id}");
    let (letter, unwritten) = match drafted_letter(&visit, &clerk, &file).await? {
        Some(Ok(letter)) => (Some(letter), String::new()),
        Some(Err(words)) => (None, words),
        None => (None, String::new()),
    };
    let asked = item.map_or_else(|| titled(&file.case.filing), |item| item.asked.clone());
    let state = file.answer.as_ref().map(|one| one.answer.state);
    let puts_right = file.issued_answer().is_some();
    let heading = if puts_right { "更正答复" } else { "拟答复" };
    let returned = file.answer.as_ref().map(|one| {
        let back = one.steps.iter().filter(|step| !step.agreed);
        back.map(|step| (step.step.name().to_owned(), step.words.clone())).collect()
    });
    let page = AnswerPage {
        heading,
        title: titled(&file.case.filing),
        tag: state.map(state_tag),
        // A 更正答复 begins from what went out, which is no version of its own.
        seen: newest.filter(|_| !puts_right).map_or(0, |one| one.version),
        items: lines(&visit, &base, &content, place),
        searches_first: searches_first(&visit, kind, &searches, &base),
        fields: kind.map(|kind| fields(kind, item, &searches)).unwrap_or_default(),
        kinds: grouped(today),
        files: redacted::lines(&visit, &base, &content.files),
        grounds: requests_rules::Removal::grounds(today).collect(),
        lies: lies(&visit, &clerk, &file).await?,
        takes_back: takes_back(&clerk, &file),
        open: puts_right || state.is_none_or(|state| state == AnswerState::Draft),
        puts_right,
        returned: returned.unwrap_or_default(),
        similar: similar(&visit, &clerk, &file, code).await?,
        back: visit.site.link(&base),
        review: visit.site.link(&format!("{base}/shencha")),
        place,
        kind,
        asked,
        letter,
        unwritten,
        desk: Workbench::of(&visit, clerk, "shenqing", heading)
            .await?
            .under("依申请公开", LIST)
            .under(format!("申请 {}", file.case.filing.number), &base)
            .saying(&wish.done, SAID),
    };
    web::page::answer(&page)
}

/// With whom an answer lies: the step that is awaited, and who may take it.
async fn lies(visit: &Visit, clerk: &Clerk, file: &File) -> Result<Vec<String>, Fault> {
    let Some(drafted) = &file.answer else { return Ok(Vec::new()) };
    let missing = |step: ReviewStep| drafted.agreed(step).is_none();
    let waits: Vec<(&str, Role)> = match drafted.answer.state {
        AnswerState::Submitted if missing(ReviewStep::Secrecy) || missing(ReviewStep::Legal) => [
            (ReviewStep::Secrecy, "等保密审查", Role::SecrecyReviewer),
            (ReviewStep::Legal, "等合法性审核", Role::LegalReviewer),
        ]
        .into_iter()
        .filter(|(step, ..)| missing(*step))
        .map(|(_, words, role)| (words, role))
        .collect(),
        AnswerState::Submitted => vec![("等签发", Role::Approver)],
        AnswerState::Signed => vec![("已经签发，等编号印发", Role::FoiOfficer)],
        _ => Vec::new(),
    };
    let mut told = Vec::with_capacity(waits.len());
    for (words, role) in waits {
        let names = choices::holders(visit, clerk, role).await?;
        let names: Vec<String> = names.into_iter().map(|(_, name)| name).collect();
        let who = if names.is_empty() { role.name().to_owned() } else { names.join("、") };
        told.push(format!("{words}：{who}"));
    }
    Ok(told)
}

/// Whether a clerk may take an answer back from review: he wrote it, and nobody has signed.
fn takes_back(clerk: &Clerk, file: &File) -> bool {
    let by = Signatory::of(clerk);
    file.answer.as_ref().is_some_and(|one| {
        let own = one.versions.iter().any(|version| version.is_by(&by));
        own && one.answer.state == AnswerState::Submitted && file.is_assigned(clerk)
    })
}

fn lines(visit: &Visit, base: &str, content: &AnswerContent, place: usize) -> Vec<ItemLine> {
    let today = visit.house.ledger().clock().today();
    let line = |(at, item): (usize, &AnswerItem)| ItemLine {
        asked: item.asked.clone(),
        kind: requests_rules::answer_type(&item.code, today)
            .map_or(item.code.clone(), |kind| kind.name.to_owned()),
        href: visit.site.link(&format!("{base}/dafu?xiang={at}")),
        current: at == place,
    };
    content.items.iter().enumerate().map(line).collect()
}

fn grouped(today: law::Date) -> Vec<(&'static str, Vec<&'static AnswerType>)> {
    let mut groups: Vec<(&'static str, Vec<&'static AnswerType>)> = Vec::new();
    for kind in answer_form::kinds(today) {
        match groups.iter_mut().find(|(name, _)| *name == kind.class.name()) {
            Some((_, kinds)) => kinds.push(kind),
            None => groups.push((kind.class.name(), vec![kind])),
        }
    }
    groups
}

/// The fields of a kind, with what is written; 检索情况 is told from the newest record of a search.
fn fields(kind: &AnswerType, item: Option<&AnswerItem>, searches: &[KeptSearch]) -> Vec<FactField> {
    let field = |fact: &Fact| {
        let (_, name) = FIELDS.iter().find(|(own, _)| own == fact)?;
        let written = item.and_then(|item| item.facts.get(fact)).cloned();
        let written =
            written.filter(|words| *fact != Fact::SearchRecord || !copied(words, searches));
        let found = searches.last().filter(|_| *fact == Fact::SearchRecord);
        let found = found.map(|kept| search_words(&kept.record));
        Some(FactField {
            name,
            label: fact.label(),
            value: written.or(found).unwrap_or_default(),
            optional: fact.may_be_unknown(),
        })
    };
    let unsearched = |fact: &&Fact| **fact != Fact::SearchRecord || !searches.is_empty();
    kind.required.iter().filter(unsearched).filter_map(field).collect()
}

/// Whether words say no more than a record of a search: then the newest record takes their place.
fn copied(words: &str, searches: &[KeptSearch]) -> bool {
    words.trim().is_empty()
        || searches.iter().any(|kept| search_words(&kept.record) == words.trim())
}

/// Writes the newest record of a search into the items that rest on one.
fn fill_in(content: &mut AnswerContent, searches: &[KeptSearch], today: law::Date) -> bool {
    let Some(newest) = searches.last().map(|kept| search_words(&kept.record)) else { return false };
    let mut filled = false;
    for item in &mut content.items {
        let kind = answer_form::kinds(today).find(|kind| kind.code == item.code);
        let rests = kind.is_some_and(|kind| kind.required.contains(&Fact::SearchRecord));
        let written = item.facts.get(&Fact::SearchRecord).map_or("", String::as_str);
        if rests && copied(written, searches) && written.trim() != newest {
            item.facts.insert(Fact::SearchRecord, newest.clone());
            filled = true;
        }
    }
    filled
}

/// 答复口径: earlier answers of the organ to something alike, and whether this one would differ.
async fn similar(
    visit: &Visit,
    clerk: &Clerk,
    file: &File,
    code: &str,
) -> Result<Vec<Similar>, Fault> {
    let today = visit.house.ledger().clock().today();
    let organ = clerk.organ.code.as_str();
    let found = crate::store::alike(visit.house.store(), organ, &file.case.filing).await?;
    let told = |filing: crate::store::Filing| {
        let result = filing.result.clone().unwrap_or_default();
        let kind = requests_rules::answer_type(&result, today);
        Similar {
            number: filing.number.clone(),
            title: titled(&filing),
            kind: kind.map_or(result.clone(), |kind| kind.name.to_owned()),
            on: filing.closed_on.map(|day| day.to_string()).unwrap_or_default(),
            differs: !code.is_empty() && result != code,
        }
    };
    Ok(found.into_iter().map(told).collect())
}

/// Saves an item, takes one out, adds a file, or hands the draft in.
pub async fn act(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let file = File::read_by(&visit, &clerk, &id).await?;
    clerk.may("foi.draft_reply", &file.tie_of_draft(&clerk))?;
    let today = visit.house.ledger().clock().today();
    let newest = file.answer.as_ref().and_then(|one| one.newest());
    let mut content = newest.map(|one| one.content.clone()).unwrap_or_default();
    let place: usize = form.get("xiang").parse().unwrap_or_default();
    let base = format!("{LIST}/{id}");
    match form.get("do") {
        "songshen" => {
            clerk.may("foi.draft_reply", &file.tie(&clerk))?;
            let searches = KeptSearch::of(visit.house.store(), &id).await?;
            let draft = file.answer.as_ref().map(|one| one.answer.state);
            if draft == Some(AnswerState::Draft) && fill_in(&mut content, &searches, today) {
                let shown = newest.map_or(0, |version| version.version);
                save(&visit, &clerk, (&file, shown), content).await?;
            }
            submit(&visit, &clerk, &file).await?;
            Ok(sent_to(&visit, &format!("{base}/shencha?done=songshen")))
        }
        "chehui" => {
            let drafted = file.answer.as_ref().ok_or(Fault::NotFound)?;
            let desk = visit.house.ledger().desk(clerk.actor()).await?;
            let back = answer::take_back(desk, &Signatory::of(&clerk), &drafted.answer.id).await;
            back.map_err(ActError::into_fault)?;
            Ok(sent_to(&visit, &format!("{base}/dafu?done=chehui")))
        }
        "shanqu" => {
            if place < content.items.len() {
                content.items.remove(place);
            }
            save(&visit, &clerk, (&file, seen(&file, &form)), content).await?;
            Ok(sent_to(&visit, &format!("{base}/dafu?done=shanqu")))
        }
        "quwenjian" => {
            let key = form.get("wenjian");
            content.files.retain(|file| file.id != key);
            save(&visit, &clerk, (&file, seen(&file, &form)), content).await?;
            Ok(sent_to(&visit, &format!("{base}/dafu?xiang={place}&done=quchu")))
        }
        "wenjian" => {
            provide(&visit, &clerk, (&file, &form), content).await?;
            Ok(sent_to(&visit, &format!("{base}/dafu?xiang={place}&done=wenjian")))
        }
        _ => {
            let item = answer_form::item(&form, today)?;
            let searches = KeptSearch::of(visit.house.store(), &id).await?;
            match content.items.get_mut(place) {
                Some(kept) => *kept = item,
                None => content.items.push(item),
            }
            fill_in(&mut content, &searches, today);
            save(&visit, &clerk, (&file, seen(&file, &form)), content).await?;
            Ok(sent_to(&visit, &format!("{base}/dafu?xiang={place}&done=baocun")))
        }
    }
}

/// The version whoever saves has seen: the newest where he says that what he wrote goes before it.
fn seen(file: &File, form: &Submitted) -> i64 {
    let live = file.answer.as_ref().filter(|one| one.answer.state != AnswerState::Issued);
    let newest = live.and_then(|one| one.newest()).map_or(0, |version| version.version);
    if form.has("fugai") { newest } else { form.get("kan").parse().unwrap_or_default() }
}

async fn save(
    visit: &Visit,
    clerk: &Clerk,
    (file, seen): (&File, i64),
    content: AnswerContent,
) -> Result<(), Fault> {
    let today = visit.house.ledger().clock().today();
    let body = body(visit, clerk, file, &content, today).await?;
    let live = file.answer.as_ref().filter(|one| one.answer.state != AnswerState::Issued);
    let draft = answer::Draft {
        request: file.case.filing.id.clone(),
        answer: live.map(|one| one.answer.id.clone()),
        corrects: file.issued_answer().map(|one| one.id.clone()),
        seen,
        content: AnswerContent { body, ..content },
    };
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    let saved = answer::save(desk, &Signatory::of(clerk), draft).await;
    saved.map(|_| ()).map_err(|error| match error {
        ActError::Overtaken(both) => Fault::Refused(format!(
            "{} 刚才保存了第 {} 稿，见“答复书现在是这样”。您写的还在下面，没有丢；核对以后勾选“以这里写的为准”再保存。",
            both.theirs_by, both.seen
        )),
        ActError::Faults(faults) => Fault::field("zhonglei", faults.join("；")),
        other => other.into_fault(),
    })
}

/// The text that is reviewed and signed: the letter as it would go out, without its number and day.
async fn body(
    visit: &Visit,
    clerk: &Clerk,
    file: &File,
    content: &AnswerContent,
    today: law::Date,
) -> Result<String, Fault> {
    let items: Vec<ItemAnswer> = content
        .items
        .iter()
        .map(|item| ItemAnswer { asked: item.asked.clone(), code: item.code.clone() })
        .collect();
    let Ok(kind) = combined(&items, today) else { return Ok(String::new()) };
    let Some(contents) = answer_form::contents(content, kind.code, today) else {
        return Ok(String::new());
    };
    let written = super::review::written(visit, clerk, file, (&contents, None)).await?;
    Ok(written.map(|letter| letter.plain()).unwrap_or_default())
}

/// Puts in the copy of a file that was written anew: what was to be taken out is gone from it.
async fn provide(
    visit: &Visit,
    clerk: &Clerk,
    (file, form): (&File, &Submitted),
    mut content: AnswerContent,
) -> Result<(), Fault> {
    let upload = form.file("wenjian");
    let upload = upload.ok_or_else(|| Fault::field("wenjian", "没有选文件。请选要提供的文件。"))?;
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let wanted = redacted::wanted(form)?;
    let (masking, bytes, name) = (wanted.masking(), upload.bytes.clone(), upload.name.clone());
    let work = move || documents::redact_upload(&bytes, &name, &masking);
    let examined = tokio::task::spawn_blocking(work).await.map_err(Fault::inside)?;
    let refused = |fault: NoCopy| Fault::field("wenjian", format!("没有放入：{fault}。"));
    let examined = examined.map_err(|refusal| refused(refusal.into()))?;
    let copy = wanted.copy(examined).map_err(refused)?;
    let new = |purpose, bytes| NewFile { name: upload.name.clone(), purpose, bytes };
    let told = |error: ActError| Fault::field("wenjian", format!("{error}。{}。", error.remedy()));
    let folder = visit.house.folder();
    let copied = new(Purpose::Provided, copy.bytes);
    let copied = StagedFile::lay(folder, sealer, copied).await.map_err(told)?;
    let source = new(Purpose::Source, upload.bytes.clone());
    let source = StagedFile::lay(folder, sealer, source).await.map_err(told)?;
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    let by = Signatory::of(clerk);
    let redacted = provision::Redacted { copy: copied, source, removals: copy.removals };
    let added = provision::add(desk, &by, &file.case.filing.id, redacted).await.map_err(told)?;
    content.files.push(added);
    save(visit, clerk, (file, seen(file, form)), content).await
}

async fn submit(visit: &Visit, clerk: &Clerk, file: &File) -> Result<(), Fault> {
    let drafted = file.answer.as_ref();
    let drafted =
        drafted.ok_or_else(|| Fault::field("zhonglei", "还没有写答复。先保存再送审。"))?;
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    let by = Signatory::of(clerk);
    let submitted = answer::submit(desk, sealer, &by, &drafted.answer.id).await;
    submitted.map_err(|error| match error {
        ActError::Faults(faults) => {
            let told = |message: String| web::components::FieldError {
                field: "zhonglei".to_owned(),
                message,
            };
            Fault::Fields(faults.into_iter().map(told).collect())
        }
        other => other.into_fault(),
    })
}

impl AnswerPage {
    fn is_chosen(&self, kind: &AnswerType) -> bool {
        self.kind.is_some_and(|chosen| chosen.code == kind.code)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use requests_rules::SearchRecord;

    use super::*;

    fn kept(outcome: &str) -> KeptSearch {
        let record = SearchRecord {
            places: vec!["档案室".into()],
            words: vec!["征地".into()],
            by: vec!["陈某".into()],
            on: law::day(2026, 3, 3),
            outcome: outcome.into(),
        };
        KeptSearch { id: "1".into(), record, name: String::new(), recorded_at: String::new() }
    }

    #[test]
    fn a_search_is_written_down_once_and_the_newest_stands_in_the_letter() {
        let (old, new) = (kept("没有"), kept("再找也没有"));
        let words = |kept: &KeptSearch| search_words(&kept.record);
        let both = || vec![kept("没有"), kept("再找也没有")];
        for (code, written, searches, expected) in [
            ("U1a", None, vec![], None),
            ("U1a", None, both(), Some(words(&new))),
            ("U1a", Some(words(&old)), both(), Some(words(&new))),
            ("U1a", Some("另写的经过".to_owned()), both(), Some("另写的经过".to_owned())),
            ("G1", None, both(), None),
        ] {
            let facts: BTreeMap<Fact, String> =
                written.clone().map(|words| (Fact::SearchRecord, words)).into_iter().collect();
            let item = AnswerItem { asked: "方案".into(), code: code.into(), facts };
            let mut content = AnswerContent { items: vec![item], ..AnswerContent::default() };
            fill_in(&mut content, &searches, law::day(2026, 3, 4));
            let stands = content.items[0].facts.get(&Fact::SearchRecord).cloned();
            assert_eq!(stands, expected, "{code} {written:?}");
        }
    }
}
