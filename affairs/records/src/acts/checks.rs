//! 内容检查: what a draft says, held against personal data, words, days, links and what its catalogue
//! items ask for. The same check runs in the editor, when a draft is handed in, and again within the act
//! that publishes it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use documents::Finding;
use documents::examining::here::scan_page;
use documents::personal::{Grade, RULES};
use documents::wording::{check, check_days};
use law::Date;
use ledger::{Actor, Entry, Ledger};
use records_rules::{Block, Cell, Fault, Field, Run};
use store::{Statements, StoreError, Transaction, moment};

use super::ActError;
use crate::files;
use crate::store::{Attachment, Draft, ImpactAssessment, KeptFile, Record, RecordError, Wording};

/// So many findings of one place are told; the rest show when these are mended.
const MOST: usize = 20;

/// Everything the content of a draft is to be looked at for. Errors stand in the way of review and
/// publication, doubts do not.
///
/// # Errors
/// The database refuses.
pub(crate) async fn remarks(
    from: &impl Statements,
    draft: &Draft,
    today: Date,
) -> Result<Vec<Fault>, RecordError> {
    let wording = Wording::now(from).await?;
    let blocks = Block::read(&draft.content.body);
    let text = whole_text(draft.content.head.get(Field::Title), &blocks);
    let mut faults = pictures(draft, &blocks);
    faults.extend(links(from, &blocks).await?);
    if draft.attribute.is_public() {
        faults.extend(personal(from, draft, &blocks).await?);
    }
    faults.extend(words(&text, &wording));
    faults.extend(days(draft, &blocks, today));
    faults.extend(elements(draft, &blocks));
    Ok(faults)
}

/// The faults that stand in the way of a draft. Within an act nothing is looked through: what holds is what
/// [`ready`] found in just these files, by their SHA-256, by the rules of now.
///
/// # Errors
/// An attachment was looked through by other rules, or the database refuses.
pub(crate) async fn hindrances(
    change: &Transaction,
    draft: &Draft,
    today: Date,
) -> Result<Vec<Fault>, ActError> {
    if !stale(change, &draft.content.files).await?.is_empty() {
        return Err(ActError::NOT_EXAMINED);
    }
    let all = remarks(change, draft, today).await?;
    Ok(all.into_iter().filter(|fault| fault.weight == records_rules::Weight::Error).collect())
}

/// Looks through attachments of drafts that were looked through by other rules, before the act that hands
/// them in or publishes them: that takes time, and nobody waits for it. What has not changed since, by its
/// SHA-256, costs nothing.
///
/// # Errors
/// A file cannot be read or examined, or the database refuses.
pub(crate) async fn ready(
    ledger: &Ledger,
    folder: &Path,
    drafts: &[String],
) -> Result<(), ActError> {
    if !KeptFile::is_any_of_other_rules(ledger.store(), RULES).await? {
        return Ok(());
    }
    for draft in drafts {
        if let Some(draft) = Draft::called(ledger.store(), draft).await? {
            looked_through(ledger, folder, &draft).await?;
        }
    }
    Ok(())
}

async fn looked_through(ledger: &Ledger, folder: &Path, draft: &Draft) -> Result<(), ActError> {
    let store = ledger.store();
    let mut fresh = BTreeMap::new();
    for (file, old) in stale(store, &draft.content.files).await? {
        let findings = scanned(folder, file).await?;
        let new = KeptFile { clean: old.clean, detector: RULES, findings };
        fresh.insert(file.sha256.clone(), new);
    }
    if fresh.is_empty() {
        return Ok(());
    }
    let mut desk = ledger.desk(Actor::Timer).await?;
    let at = moment(desk.now());
    KeptFile::keep_all(&fresh, desk.change(), &at).await?;
    let digests: Vec<&String> = fresh.keys().collect();
    desk.record(Entry {
        room: "records",
        act: "examination",
        subject: format!("draft:{}", draft.id),
        organ: draft.organ.clone(),
        basis: law::article("个人信息保护法", 51).to_string(),
        facts: serde_json::json!({ "files": digests, "detector": RULES }),
    })
    .await?;
    Ok(desk.seal().await?)
}

/// Those of these attachments that were looked through by other rules, with what is known of them.
async fn stale<'a>(
    from: &impl Statements,
    given: &'a [Attachment],
) -> Result<Vec<(&'a Attachment, KeptFile)>, StoreError> {
    let digests: Vec<&str> = given.iter().map(|file| file.sha256.as_str()).collect();
    let mut known = KeptFile::all(from, &digests).await?;
    let old = |file: &'a Attachment| {
        let old = known.remove(&file.sha256).filter(|old| old.detector != RULES)?;
        Some((file, old))
    };
    Ok(given.iter().filter_map(old).collect())
}

/// Looks through one kept file, in a child process.
///
/// # Errors
/// It cannot be read or examined.
pub(crate) async fn scanned(
    folder: &Path,
    file: &Attachment,
) -> Result<documents::Findings, ActError> {
    let path = || std::path::PathBuf::from(&file.name);
    let bytes = files::read(folder, &file.sha256).await;
    let bytes = bytes.map_err(|cause| ActError::File { path: path(), cause })?;
    let name = file.name.clone();
    let found = tokio::task::spawn_blocking(move || documents::scan(&bytes, &name)).await;
    let told = |error: &dyn std::fmt::Display| std::io::Error::other(error.to_string());
    let found = found.map_err(|lost| ActError::File { path: path(), cause: told(&lost) })?;
    found.map_err(|refusal| ActError::File { path: path(), cause: told(&refusal) })
}

/// Title and text, without marks.
pub(crate) fn whole_text(title: &str, blocks: &[Block]) -> String {
    let plain: Vec<String> = blocks.iter().map(Block::plain).collect();
    format!("{title}\n{}", plain.join("\n"))
}

/// Personal data in title and text: tables are read as tables, so that a heading says what stands under it.
pub(crate) fn personal_in(title: &str, blocks: &[Block]) -> documents::Findings {
    let mut page = format!("<p>{}</p>", escaped(title));
    for block in blocks {
        match block {
            Block::Table { heads, rows } => {
                page.push_str("<table>");
                for (at, row) in rows.iter().enumerate() {
                    let tag = if at < *heads { "th" } else { "td" };
                    page.push_str("<tr>");
                    for cell in row {
                        let text = match cell {
                            Cell::Text(text) => escaped(&records_rules::unmarked(text)),
                            Cell::Left | Cell::Above => String::new(),
                        };
                        page.push_str(&format!("<{tag}>{text}</{tag}>"));
                    }
                    page.push_str("</tr>");
                }
                page.push_str("</table>");
            }
            other => page.push_str(&format!("<p>{}</p>", escaped(&other.plain()))),
        }
    }
    scan_page(&page).unwrap_or_default()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\n', "<br>")
}

fn pictures(draft: &Draft, blocks: &[Block]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for block in blocks {
        let Block::Image { alt, file } = block else { continue };
        if alt.trim().is_empty() {
            let message = format!("图片“{file}”没有说明");
            faults.push(Fault::error(Field::Body, message, "写出图上是什么，看不到图的人靠它了解"));
        }
        if !draft.content.files.iter().any(|one| one.name == *file) {
            let message = format!("图片“{file}”不在附件里");
            faults.push(Fault::error(Field::Body, message, "在“附件”中上传同名的图片，或者删去它"));
        }
    }
    faults
}

/// The addresses a text leads to, each once.
pub(crate) fn addresses(blocks: &[Block]) -> BTreeSet<String> {
    let texts = blocks.iter().flat_map(|block| match block {
        Block::Paragraph { text } => vec![text.clone()],
        Block::List { items, .. } => items.iter().map(|item| item.text.clone()).collect(),
        Block::Heading { .. } | Block::Table { .. } | Block::Image { .. } => vec![],
    });
    texts.flat_map(|text| Run::read(&text)).filter_map(|run| run.link).collect()
}

/// Links to documents of ours that are not there, and to places the public cannot reach.
pub(crate) async fn links(
    from: &impl Statements,
    blocks: &[Block],
) -> Result<Vec<Fault>, RecordError> {
    let mut faults = Vec::new();
    for address in addresses(blocks).into_iter().take(50) {
        let reason = match address.strip_prefix("/wenjian/") {
            Some(rest) => {
                let id = rest.split(['.', '?', '#', '/']).next().unwrap_or_default();
                let there = id.is_empty() || Record::find(from, id).await?.is_some();
                (!there).then_some("打不开")
            }
            // A page whose only link this is: whether it leads inside an office.
            None => {
                let page = format!("<a href=\"{}\">", address.replace('"', "%22"));
                let all = |_: &str| true;
                let found = documents::wording::check_links(&page, "", all).into_iter().next();
                found.map(|remark| {
                    if remark.reason.contains("本机") {
                        "是本机上的文件，公众打不开"
                    } else {
                        "是单位内部的地址，公众打不开"
                    }
                })
            }
        };
        if let Some(reason) = reason {
            let message = format!("链接 {address} {reason}");
            faults.push(Fault::doubt(Field::Body, message, "核对地址，或者去掉链接"));
        }
    }
    Ok(faults)
}

/// Personal data in title, text and attachments. What stops a publication does so unless an assessment of
/// its impact says by which provision it is published.
async fn personal(
    from: &impl Statements,
    draft: &Draft,
    blocks: &[Block],
) -> Result<Vec<Fault>, StoreError> {
    let assessed = ImpactAssessment::newest(from, &draft.id).await?;
    let covered = |finding: &Finding| {
        let name = finding.kind.name();
        assessed.as_ref().is_some_and(|one| one.kinds.iter().any(|kind| kind == name))
    };
    let told = |finding: &Finding, place: &str| told(finding, place, covered(finding));
    let own = personal_in(draft.content.head.get(Field::Title), blocks);
    let mut faults = listed(own.list.iter().filter_map(|finding| told(finding, "")));
    faults.extend(unended(draft, own.list.iter()));
    let digests: Vec<&str> = draft.content.files.iter().map(|file| file.sha256.as_str()).collect();
    let known = KeptFile::all(from, &digests).await?;
    for file in &draft.content.files {
        let Some(known) = known.get(&file.sha256).filter(|known| known.clean) else {
            let message = format!("附件“{}”不是平台重新写成的干净副本", file.name);
            faults.push(Fault::error(Field::File, message, "移除以后重新上传"));
            continue;
        };
        let place = format!("附件“{}”", file.name);
        faults.extend(listed(known.findings.list.iter().filter_map(|one| told(one, &place))));
        faults.extend(unread(&known.findings, &place));
        faults.extend(unended(draft, known.findings.list.iter()));
    }
    faults.dedup();
    Ok(faults)
}

/// All that stands in the way, and of what is only to be looked at so much as a person reads.
fn listed(found: impl Iterator<Item = Fault>) -> Vec<Fault> {
    let mut doubts = 0;
    let mut shown = |fault: &Fault| {
        doubts += usize::from(fault.weight != records_rules::Weight::Error);
        fault.weight == records_rules::Weight::Error || doubts <= MOST
    };
    found.filter(|fault| shown(fault)).collect()
}

/// What of a file nobody but a person can look through.
fn unread(found: &documents::Findings, place: &str) -> Option<Fault> {
    if found.more {
        let message = format!("{place}里的个人信息太多，没有查完");
        return Some(Fault::error(Field::File, message, "拆成几个文件再上传"));
    }
    (!found.unread.is_empty()).then(|| {
        let message = format!("{place}里有不能自动检查的部分：{}", found.unread.join("、"));
        Fault::doubt(Field::File, message, "打开来看有没有个人信息，没有的照常送审")
    })
}

/// Personal data that stop a text from being taken over without a person who looks at them.
pub(super) fn stopping(title: &str, text: &str) -> Vec<Fault> {
    let found = personal_in(title, &Block::read(text));
    let stops = found.list.iter().filter(|finding| finding.grade == Grade::Block);
    stops.filter_map(|finding| told(finding, "", false)).collect()
}

/// What is done about personal data in an attachment: its text is not masked at the press of a button.
const MEND_A_FILE: &str = "移除这个附件，在原文件里去掉或者遮盖以后重新上传";

/// One finding; none where an assessment covers it.
fn told(finding: &Finding, place: &str, covered: bool) -> Option<Fault> {
    if covered {
        return None;
    }
    let times = if finding.times > 1 { format!("，{} 处", finding.times) } else { String::new() };
    let message = format!("{place}疑似{}：{}{times}", finding.kind.name(), finding.masked);
    let of_a_file = !place.is_empty();
    Some(match finding.grade {
        Grade::Block if of_a_file => {
            let remedy = format!("{MEND_A_FILE}；依法应当公开的，先做个人信息保护影响评估");
            Fault::error(Field::File, message, remedy)
        }
        Grade::Ask if of_a_file => {
            let remedy =
                format!("不应公开的，{MEND_A_FILE}；依法应当公开的，做个人信息保护影响评估");
            Fault::doubt(Field::File, message, remedy)
        }
        Grade::Block => {
            let remedy = "一键遮盖，或者删去；依法应当公开的，先做个人信息保护影响评估";
            Fault::error(Field::Body, message, remedy)
        }
        Grade::Ask => {
            let remedy = "不应公开的遮盖；依法应当公开的，做个人信息保护影响评估";
            Fault::doubt(Field::Body, message, remedy)
        }
    })
}

/// A list of persons that does not say until when it is shown (个人信息保护法第四十七条).
fn unended<'a>(draft: &Draft, found: impl Iterator<Item = &'a Finding>) -> Option<Fault> {
    use documents::personal::Kind;
    let mut found = found;
    let list = found.any(|finding| matches!(finding.kind, Kind::NameList | Kind::Minor));
    let open = draft.content.head.get(Field::ShownUntil).is_empty();
    (list && open).then(|| {
        let remedy = "在“更多”里填写公示截止日期；过了这一天自动撤下";
        let message = "有人员名单，没有写公示截止日期";
        match draft.content.head.get(Field::Genre) {
            "公示" => Fault::error(Field::ShownUntil, message, remedy),
            // Whoever is appointed or punished may have to stay named.
            _ => Fault::doubt(Field::ShownUntil, message, remedy),
        }
    })
}

/// Wrong and sensitive words, by the list that holds now.
pub(crate) fn words(text: &str, wording: &Wording) -> Vec<Fault> {
    let remarks = check(text, &wording.list);
    let fault = |remark: &documents::wording::Remark| {
        let why =
            if remark.reason.is_empty() { String::new() } else { format!("，{}", remark.reason) };
        let message = format!("“{}”（{}）{why}", remark.found, remark.class.name());
        let remedy = match &remark.suggestion {
            Some(right) => format!("是不是“{right}”"),
            None => "核对这一处的写法".to_owned(),
        };
        Fault::doubt(Field::Body, message, remedy)
    };
    let mut faults: Vec<Fault> = remarks.iter().map(fault).collect();
    faults.dedup();
    faults.truncate(MOST);
    faults
}

/// Days in the text that do not exist, are still to come, or are not the day of the document.
fn days(draft: &Draft, blocks: &[Block], today: Date) -> Vec<Fault> {
    let plain: Vec<String> = blocks.iter().map(Block::plain).collect();
    let written = draft.content.head.get(Field::MadeOn).parse::<Date>().ok();
    let remarks = check_days(&plain.join("\n"), written, today);
    let fault = |remark: documents::wording::Remark| {
        let message = format!("“{}”：{}", remark.found, remark.reason);
        let remedy = remark.suggestion.map(|right| format!("是不是“{right}”"));
        Fault::doubt(Field::Body, message, remedy.unwrap_or_else(|| "核对日期".to_owned()))
    };
    remarks.into_iter().take(MOST).map(fault).collect()
}

/// 公开内容（要素） of the items that neither the text nor an attachment's name speaks of.
fn elements(draft: &Draft, blocks: &[Block]) -> Vec<Fault> {
    let plain: String = blocks.iter().map(Block::plain).collect();
    let names: String = draft.content.files.iter().map(|file| file.name.as_str()).collect();
    let said = format!("{}{plain}{names}", draft.content.head.get(Field::Title));
    let mut faults = Vec::new();
    for item in draft.content.items.iter().flatten() {
        let missing = item.elements.iter().filter(|element| !speaks_of(&said, element));
        let missing: Vec<_> = missing.map(String::as_str).take(6).collect();
        if !missing.is_empty() {
            let message = format!("目录要素没有写到：{}", missing.join("；"));
            let remedy = "补上，或者放在附件里；确实没有的可以照送";
            faults.push(Fault::doubt(Field::Body, message, remedy));
        }
    }
    faults
}

/// Whether a text has most pairs of letters of an element's name; a catalogue's words are seldom
/// repeated letter by letter.
fn speaks_of(said: &str, element: &str) -> bool {
    let bare = element.split(['（', '(']).next().unwrap_or_default();
    let letters: Vec<char> = bare.chars().filter(|letter| letter.is_alphanumeric()).collect();
    let pairs: Vec<String> = letters.windows(2).map(|pair| pair.iter().collect()).collect();
    let there = pairs.iter().filter(|pair| said.contains(pair.as_str())).count();
    pairs.is_empty() || there * 2 >= pairs.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_the_way_is_told_however_many_doubts_stand_before_it() {
        let doubt = |at| Fault::doubt(Field::Body, format!("疑似手机号码 {at}"), "核对");
        let stop = || Fault::error(Field::Body, "疑似身份证号".to_owned(), "遮盖");
        let found = (0..3 * MOST).map(doubt).chain([stop()]).chain((0..MOST).map(doubt));
        let told = listed(found);
        assert_eq!((told.len(), told.last()), (MOST + 1, Some(&stop())));
        let file =
            documents::Findings { unread: vec!["第 3 页是图片".into()], ..Default::default() };
        let told = unread(&file, "附件“甲.pdf”").expect("is told");
        assert!(told.message.contains("第 3 页是图片"), "{told:?}");
    }
}
