//! `/wenjian/{id}`: one document with its particulars, and with an ending its file.

pub(super) mod particulars;

use askama::Template;
use axum::extract::Path;
use axum::http::HeaderValue;
use axum::response::{IntoResponse, Response};
use law::Date;
use records_rules::statutory_item;
use web::components::{Meta, Phone, Qr, Tag, Tools, size_words};
use web::layout::{ArticleTags, Frame, Link};
use web::{Fault, SecondHost, Visit};

use super::attachment::saved;
use super::list::column;
use super::parts::{Around, Parts};
use super::place::{Found, address_from, find};
use super::versions::{cited_link, ends};
use crate::store::{Attachment, ConvertedDraft, Former, LinkedItem, Neighbour, Record};
use crate::writing::{self, Form};
use crate::{inscription, renditions, standing};

#[derive(Template)]
#[template(path = "portal/document.html")]
struct DocumentPage {
    frame: Frame,
    title: String,
    number: Option<String>,
    demo: bool,
    warning: Option<String>,
    meta: Meta,
    tag: Tag,
    parts: Parts,
    contents: Vec<(String, String)>,
    files: Vec<FileLine>,
    own: Vec<Link>,
    tools: Tools,
    items: Vec<Link>,
    statutory: Vec<Link>,
    organ: Link,
    phone: Option<String>,
    /// 引用: as GB/T 7714-2015 has electronic documents.
    citation: String,
    qr: Option<Qr>,
    corrections: Vec<Correction>,
    inscribed: Vec<Link>,
    /// Where it was asked for before it was published: the provision, and where others ask.
    asked: Option<(String, String)>,
    /// What is published beside it.
    around: Beside,
    /// Its versions and what became of it.
    versions: String,
}

/// What is published beside a document.
#[derive(Default)]
struct Beside {
    /// What repeals or amends it, with the word for that.
    endings: Vec<(&'static str, Link)>,
    /// What it repeals or amends.
    ends: Vec<Link>,
    /// Its own 解读 first, then those of the same items.
    interpretations: Vec<Explained>,
    /// Why it has none of its own.
    none_because: Option<String>,
    /// What became of what people said on its draft.
    outcomes: Vec<Explained>,
    /// Other documents of the same items.
    others: Vec<Link>,
}

/// 解读 or 采纳情况, as a card.
struct Explained {
    told: String,
    link: Link,
}

/// So many documents are named beside one.
const MOST_BESIDE: usize = 6;

impl Beside {
    async fn of(visit: &Visit, record: &Record) -> Result<Self, Fault> {
        let life = &record.metadata.life;
        let repealed = life.repealed.as_ref().and_then(|repeal| repeal.by.as_deref());
        let mut beside = Self { ends: ends(visit, record).await?, ..Self::default() };
        for (word, cited) in
            [("废止本文件的", repealed), ("修改本文件的", life.amended_by.as_deref())]
        {
            let Some(cited) = cited else { continue };
            beside.endings.extend(cited_link(visit, cited).await?.map(|link| (word, link)));
        }
        let own = visit.house.explanations(&format!("/wenjian/{}", record.id)).await?;
        beside.none_because = own.none_because;
        for one in own.list {
            let link = Link::new(one.title, visit.site.link(&one.path));
            beside.interpretations.push(Explained { told: one.told, link });
        }
        for one in visit.house.outcomes(&visit.site, &format!("/wenjian/{}", record.id)).await? {
            let link = Link::new(one.title, visit.site.link(&one.path));
            beside.outcomes.push(Explained { told: one.told, link });
        }
        for one in Neighbour::beside(visit.house.store(), record, MOST_BESIDE).await? {
            let link = Link::new(one.title, address_from(visit, &one.division, &one.id));
            if one.genre == "解读" {
                let told = format!("{} · {}", one.organ, one.published_on);
                beside.interpretations.push(Explained { told, link });
            } else {
                beside.others.push(link);
            }
        }
        Ok(beside)
    }

    /// Whether nothing of it stands in the narrow column.
    fn is_empty(&self) -> bool {
        self.endings.is_empty() && self.ends.is_empty() && self.others.is_empty()
    }
}

/// 更正 of the document: when, and why.
struct Correction {
    day: String,
    reason: String,
}

impl Correction {
    fn of(former: &Former) -> Self {
        Self { day: web::moments::day(&former.replaced_at), reason: former.reason.clone() }
    }
}

/// One attachment as the page shows it.
struct FileLine {
    name: String,
    href: String,
    kind: String,
    size: String,
    /// Where its text and its picture are seen.
    preview: String,
}

/// Shows a document, or gives it as a file (`.pdf`, `.docx`, `.json`).
pub async fn show(visit: Visit, Path(name): Path<String>) -> Result<Response, Fault> {
    let (id, form) = match name.rsplit_once('.') {
        Some((id, ending)) => (id, Some(Form::by_ending(ending).ok_or(Fault::NotFound)?)),
        None => (name.as_str(), None),
    };
    let record = match find(&visit, id).await? {
        Found::Here(record) => record,
        Found::Elsewhere(answer) => return Ok(answer),
    };
    let today = visit.house.ledger().clock().today();
    match form {
        None => {
            let apart = visit.house.second_host().map(SecondHost::origin);
            let mut page = DocumentPage::of(&record, visit.frame(), today, apart);
            let former = Former::all(visit.house.store(), &record.id).await?;
            page.corrections = former.iter().map(Correction::of).collect();
            let subject = inscription::subject(&record.id);
            page.inscribed = visit.inscribed(&subject, |_| String::new()).await?;
            let asked = ConvertedDraft::of_record(visit.house.store(), &record.id).await?;
            page.asked = asked.map(|one| (one.basis, visit.site.link("/shenqing")));
            page.around = Beside::of(&visit, &record).await?;
            Ok(web::page::answer(&page)?.into_response())
        }
        Some(form) => {
            let bytes = match form {
                Form::Json => {
                    let written = writing::write(&record, &[], form, None, today).await;
                    written.map_err(Fault::inside)?
                }
                Form::Pdf | Form::Docx => renditions::give(&visit.house, &record, form).await?,
            };
            let kind = HeaderValue::from_static(form.media_type());
            let name = record.metadata.title.chars().take(60).collect::<String>();
            Ok(saved(bytes, kind, &format!("{name}.{}", form.ending())))
        }
    }
}

impl DocumentPage {
    /// `apart` is the origin from which attachments come, where that is another.
    fn of(record: &Record, frame: Frame, today: Date, apart: Option<&str>) -> Self {
        let metadata = &record.metadata;
        let path = format!("/wenjian/{}", record.id);
        let address = frame.site.address(&path);
        let file = |name: &str| {
            let at = record.attachments.iter().position(|file| file.name == name)?;
            Some(file_href(&frame, apart, &format!("{path}/fujian/{}", at + 1)))
        };
        let around = Around { href: &|path| frame.href(path), file: &file };
        let parts = Parts::of(&record.text, &around);
        let organ = frame.href(&format!("/gongkai/jigou/{}", metadata.publisher));
        Self {
            title: metadata.title.clone(),
            number: metadata.number.as_ref().map(ToString::to_string),
            demo: metadata.demo,
            warning: standing::warning(metadata, today),
            meta: particulars::meta(record, today),
            tag: particulars::validity_tag(&metadata.life, today),
            contents: parts.contents(),
            parts,
            files: files(record, &frame, apart),
            own: own_files(&path, &frame),
            tools: Tools { copied: cited(record), read: Some("zhengwen"), ..Tools::default() },
            items: items(record, &frame),
            statutory: statutory(record, &frame),
            organ: Link::new(&record.organ_name, organ),
            phone: record.organ_phone.clone(),
            citation: citation(record, &address, today),
            qr: Qr::of(&address, "二维码：用手机扫描打开本页"),
            around: Beside::default(),
            versions: frame.href(&format!("{path}/banben")),
            corrections: Vec::new(),
            inscribed: Vec::new(),
            asked: None,
            frame: page_frame(record, frame, today),
        }
    }
}

/// 附件.
fn files(record: &Record, frame: &Frame, apart: Option<&str>) -> Vec<FileLine> {
    let line = |(at, file): (usize, &Attachment)| FileLine {
        name: file.name.clone(),
        href: file_href(frame, apart, &format!("/wenjian/{}/fujian/{}", record.id, at + 1)),
        kind: kind_words(&file.name),
        size: size_words(file.size),
        preview: frame.href(&format!("/wenjian/{}/fujian/{}/yulan", record.id, at + 1)),
    };
    record.attachments.iter().enumerate().map(line).collect()
}

/// Where an attachment is fetched.
pub(super) fn file_href(frame: &Frame, apart: Option<&str>, path: &str) -> String {
    format!("{}{}", apart.unwrap_or_default(), frame.href(path))
}

/// The document itself as files.
fn own_files(path: &str, frame: &Frame) -> Vec<Link> {
    let forms = [("PDF（公文版式）", "pdf"), ("DOCX", "docx"), ("JSON", "json")];
    let link = |(words, ending)| Link::new(words, frame.href(&format!("{path}.{ending}")));
    forms.map(link).to_vec()
}

/// 对应公开事项.
fn items(record: &Record, frame: &Frame) -> Vec<Link> {
    let link = |item: &LinkedItem| {
        let path = format!("/mulu/{}/{}", item.domain, item.item);
        Link::new(item.words.join(" / "), frame.href(&path))
    };
    record.items.iter().map(link).collect()
}

/// 法定主动公开内容 under which it stands.
fn statutory(record: &Record, frame: &Frame) -> Vec<Link> {
    let items = record.metadata.statutory.iter().filter_map(|code| statutory_item(code));
    let link = |code: &str| frame.href(&format!("/wenjian?statutory={code}"));
    items.map(|item| Link::new(item.name, link(item.code))).collect()
}

/// Title and 文号 as one cites them.
fn cited(record: &Record) -> String {
    // Within 《》 a title's own marks become 〈〉 (GB/T 15834-2011).
    let title = record.metadata.title.replace('《', "〈").replace('》', "〉");
    match &record.metadata.number {
        Some(number) => format!("《{title}》（{number}）"),
        None => format!("《{title}》"),
    }
}

/// 引用格式 (GB/T 7714-2015, 4.6): who is responsible, title with number, [EB/OL], the day it was published
/// here, the day it is cited, the address.
fn citation(record: &Record, address: &str, today: Date) -> String {
    let metadata = &record.metadata;
    let number = metadata.number.as_ref().map(|number| format!("：{number}")).unwrap_or_default();
    let (organ, title) = (&record.organ_name, &metadata.title);
    let published = record.dates.here.day();
    format!("{organ}. {title}{number}[EB/OL]. ({published})[{today}]. {address}.")
}

fn page_frame(record: &Record, frame: Frame, today: Date) -> Frame {
    let metadata = &record.metadata;
    let path = format!("/wenjian/{}", record.id);
    let address = frame.site.address(&path);
    let keywords = [metadata.genre.name(), metadata.theme.first()];
    let keywords = keywords.into_iter().chain(metadata.theme.second()).collect::<Vec<_>>();
    let article = ArticleTags {
        title: metadata.title.clone(),
        published: record.dates.here.minute(),
        source: record.organ_name.clone(),
        keywords: Some(keywords.join(",")),
        author: None,
        description: Some(record.summary.clone()).filter(|summary| !summary.is_empty()),
        image: None,
        url: Some(address.clone()),
    };
    frame
        .titled(&metadata.title)
        .described(&record.summary)
        .within("wenjian")
        .under("全部文件", "/wenjian")
        .at("正文")
        .alternate("application/json", "本文件的 JSON", &format!("{path}.json"))
        .alternate("application/pdf", "本文件的 PDF", &format!("{path}.pdf"))
        .column(column())
        .article(article)
        .json_ld(&particulars::structured(record, &address, today))
}

/// PDF, XLSX …: what a file is, by its ending.
pub(super) fn kind_words(name: &str) -> String {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    if ending.is_empty() { "文件".to_owned() } else { ending.to_ascii_uppercase() }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
pub(super) use tests::sample_record;
