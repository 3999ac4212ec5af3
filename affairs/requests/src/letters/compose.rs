//! 成文: text, facts and rules made into one letter, laid out as a 公文.

use std::collections::BTreeMap;

use documents::writing::{Article, Block, WriteError};
use law::Date;
use requests_rules::{
    ApplicantClass, Letter as Kind, OpinionEffect, Recipient, Recourse, RemedyRoute, chinese_day,
};
use serde::{Deserialize, Serialize};

use super::contents::Contents;
use super::field::{Field, Value};
use super::text::{Line, Part, Text};

/// The organ that writes, as far as letters ask.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Sender {
    /// Its name in full: the red head and the signature.
    pub organ: String,
    /// 机关代字 for the numbers: 云府办公开.
    pub mark: String,
    /// Where its office can be reached: 地址、电话.
    pub contact: Option<String>,
    /// 复议机关.
    pub review_organ: String,
    /// 管辖法院.
    pub court: String,
    /// Where 复议 is applied for over the internet.
    pub online_review: Option<String>,
    /// How a fee is paid.
    pub payment: Option<String>,
    /// The organ binds itself to the day of submission as 收到之日 (docs/readings/111).
    #[serde(default)]
    pub by_submission: bool,
}

/// The request a letter is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseFacts {
    /// 登记编号.
    pub number: String,
    /// The applicant's name, or what stands for it where it is masked.
    pub applicant: String,
    /// Who is addressed as 您, and who as 你单位.
    pub class: ApplicantClass,
    /// 收到之日; none while both sides have yet to confirm it.
    pub received: Option<Date>,
    /// What was asked for.
    pub wanted: String,
}

/// A letter as it goes out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Letter {
    /// Which.
    pub kind: Kind,
    /// The code of the answer, where it is one.
    pub code: Option<String>,
    /// Its number in full: 云府办公开答复〔2026〕1号.
    pub number: String,
    /// The version of the text it was made from; 0 is the platform's.
    pub text_version: i64,
    /// The remedies it tells.
    pub remedy: Option<String>,
    /// The letter itself.
    pub article: Article,
}

/// Why a letter cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unwritten {
    /// Places would stay empty.
    #[error("还不能成文，缺少: {}。改法: 补上这些内容", names(.0))]
    Empty(Vec<Field>),
    /// The text has no place for what is to be told.
    #[error("文本里没有写这些内容的地方: {}。改法: 在“文书和表格”里给这份文本补上相应的空位", names(.0))]
    NoPlace(Vec<Field>),
    /// The text is another letter's.
    #[error("文本是“{found}”的，要写的是“{wanted}”。改法: 用这种文书的文本")]
    OtherText {
        /// Whose text was given.
        found: String,
        /// Whose was wanted.
        wanted: String,
    },
    /// The organ has not said what its letters need.
    #[error("本机关的文书设置缺少{0}。改法: 在“文书设置”里填上")]
    Unset(&'static str),
}

fn names(fields: &[Field]) -> String {
    fields.iter().map(|field| field.name()).collect::<Vec<_>>().join("、")
}

impl CaseFacts {
    /// The same without the applicant, for whoever works on the masked file.
    #[must_use]
    pub fn masked(mut self) -> Self {
        self.applicant = "（申请人）".to_owned();
        self
    }

    const fn form(&self) -> &'static str {
        match self.class {
            ApplicantClass::NaturalPerson => "您",
            _ => "你单位",
        }
    }
}

impl Sender {
    fn recourse(&self, electronic: bool) -> Result<Recourse<'_>, Unwritten> {
        if self.review_organ.trim().is_empty() {
            return Err(Unwritten::Unset("行政复议机关"));
        }
        if self.court.trim().is_empty() {
            return Err(Unwritten::Unset("管辖法院"));
        }
        let online = self.online_review.as_deref().filter(|one| !one.trim().is_empty());
        if electronic && online.is_none() {
            return Err(Unwritten::Unset("网上申请行政复议的途径（电子送达的答复必须写明）"));
        }
        Ok(Recourse { review_organ: &self.review_organ, court: &self.court, online })
    }
}

/// Writes a letter on a day. `number` is what follows the organ's 机关代字: 答复〔2026〕1号. `electronic`: it will be served that way, and must name the online way to
/// 复议 (行政复议法第二十二条).
///
/// # Errors
/// A place would stay empty, or the organ has not set what its letters need.
pub fn compose(
    text: &Text,
    sender: &Sender,
    case: &CaseFacts,
    number: &str,
    (on, electronic): (Date, bool),
    contents: &Contents,
) -> Result<Letter, Unwritten> {
    let key = contents.key();
    if text.key() != key {
        let (found, wanted) = (text.key().title(on), key.title(on));
        return Err(Unwritten::OtherText { found, wanted });
    }
    if sender.mark.trim().is_empty() {
        return Err(Unwritten::Unset("机关代字"));
    }
    let number = format!("{}{number}", sender.mark.trim());
    if let Contents::Answer(answer) = contents {
        let homeless: Vec<Field> = answer.told().filter(|field| !text.has(*field)).collect();
        if !homeless.is_empty() {
            return Err(Unwritten::NoPlace(homeless));
        }
    }
    let remedy = match remedy_route(contents) {
        Some((routes, called)) => {
            Some(RemedyRoute::words_of_parts(&routes, called, on, &sender.recourse(electronic)?))
        }
        None => None,
    };
    let mut values: BTreeMap<Field, Value> = common(sender, case, contents);
    values.extend(contents.fields(case, on));
    values.extend(remedy.clone().map(|words| (Field::Remedy, words.into())));
    let (blocks, annex) = written(text, &values)?;
    let kind = contents.letter();
    let filed = kind.to() == Recipient::File;
    let article = Article {
        letterhead: (!filed).then(|| sender.organ.clone()),
        number: Some(number.clone()),
        title: kind.title().to_owned(),
        addressee: addressee(kind, case, contents),
        blocks,
        attachments: enclosed(contents, &annex),
        annex,
        signature: Some(sender.organ.clone()),
        date: Some(on),
        made: Some(on),
        ..Article::default()
    };
    Ok(Letter {
        kind,
        code: match contents {
            Contents::Answer(answer) => Some(answer.kind.code.to_owned()),
            _ => None,
        },
        number,
        text_version: text.version(),
        remedy,
        article,
    })
}

/// The route of each part, and what the letter calls itself in telling it.
fn remedy_route(contents: &Contents) -> Option<(Vec<RemedyRoute>, &'static str)> {
    match contents {
        Contents::Answer(answer) if !answer.parts.is_empty() => {
            Some((answer.parts.iter().map(|part| part.kind.remedy).collect(), "答复"))
        }
        Contents::Answer(answer) if answer.kind.letter == Kind::Answer => {
            Some((vec![answer.kind.remedy], "答复"))
        }
        Contents::Answer(answer) => Some((vec![answer.kind.remedy], "告知")),
        Contents::Decision { .. } => Some((vec![RemedyRoute::Any], "决定")),
        Contents::Rectification { .. } => Some((vec![RemedyRoute::Any], "答复")),
        _ => None,
    }
}

fn common(sender: &Sender, case: &CaseFacts, contents: &Contents) -> BTreeMap<Field, Value> {
    let mut values = BTreeMap::from([
        (Field::Form, case.form().into()),
        (Field::Applicant, case.applicant.as_str().into()),
        (Field::RequestNumber, case.number.as_str().into()),
        (Field::Received, received(case).into()),
        (Field::Wanted, case.wanted.trim().into()),
        (Field::Organ, sender.organ.as_str().into()),
        (Field::Basis, basis(contents).into()),
    ]);
    values.extend(sender.contact.as_deref().map(|words| (Field::Contact, words.into())));
    values.extend(sender.payment.as_deref().map(|words| (Field::FeePayment, words.into())));
    values
}

fn received(case: &CaseFacts) -> String {
    case.received.map_or_else(|| "双方确认之日".to_owned(), chinese_day)
}

/// The provisions, those of one statute told after its name once.
fn basis(contents: &Contents) -> String {
    let own = match contents {
        Contents::Organ { standing, .. } => [OpinionEffect::Weigh.basis(*standing)],
        other => [other.letter().basis()],
    };
    match contents {
        Contents::Answer(answer) => super::answer::provisions(&answer.basis()),
        _ => super::answer::provisions(&own),
    }
}

fn addressee(kind: Kind, case: &CaseFacts, contents: &Contents) -> Option<String> {
    match (kind.to(), contents.addressee()) {
        (Recipient::File, _) => None,
        (_, Some(name)) => Some(format!("{name}：")),
        (_, None) => Some(format!("{}：", case.applicant)),
    }
}

fn enclosed(contents: &Contents, annex: &[Block]) -> Vec<String> {
    let mut names = contents.enclosures().to_vec();
    if !annex.is_empty() {
        names.push("回执".to_owned());
    }
    names
}

/// The paragraphs with everything in its place: those that are signed, and those on pages after.
fn written(
    text: &Text,
    values: &BTreeMap<Field, Value>,
) -> Result<(Vec<Block>, Vec<Block>), Unwritten> {
    let filled = |field: &Field| values.get(field).is_some_and(|value| !value.is_empty());
    let (mut signed, mut annex, mut empty) = (Vec::new(), Vec::new(), Vec::new());
    let mut blocks = &mut signed;
    for line in &text.lines {
        let Line::Paragraph { if_known, parts } = line else {
            blocks = &mut annex;
            continue;
        };
        let lacking = parts.iter().filter_map(|part| match part {
            Part::Place(field) if !filled(field) => Some(*field),
            _ => None,
        });
        let lacking: Vec<Field> = lacking.collect();
        if lacking.is_empty() {
            push_line(blocks, parts, values);
        } else if !if_known {
            empty.extend(lacking);
        }
    }
    if empty.is_empty() {
        return Ok((signed, annex));
    }
    empty.sort();
    empty.dedup();
    Err(Unwritten::Empty(empty))
}

fn push_line(blocks: &mut Vec<Block>, parts: &[Part], values: &BTreeMap<Field, Value>) {
    if let [Part::Place(field)] = parts {
        match values.get(field) {
            Some(Value::List(items)) => {
                let numbered = items.iter().enumerate();
                blocks.extend(numbered.map(|(at, item)| {
                    let item = item.trim();
                    let stop =
                        if item.ends_with(['。', '；', '！', '？']) { "" } else { "。" };
                    Block::paragraph(format!("{}. {item}{stop}", at + 1))
                }));
                return;
            }
            Some(Value::Table(header, rows)) => {
                let (header, rows) = (header.clone(), rows.clone());
                blocks.push(Block::Table { caption: String::new(), header, rows });
                return;
            }
            // What an officer wrote in paragraphs stays in paragraphs, and is no heading.
            Some(Value::Text(text)) => {
                let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
                blocks.extend(lines.map(Block::paragraph));
                return;
            }
            None => {}
        }
    }
    let mut line = String::new();
    for part in parts {
        let words = match part {
            Part::Words(words) => words.as_str(),
            Part::Place(field) => match values.get(field) {
                Some(Value::Text(text)) => text.trim(),
                _ => "",
            },
        };
        // A fact that ends its own sentence does not end the letter's twice.
        let ended = line.ends_with(['。', '；', '，']) && words.starts_with(['。', '，']);
        if ended {
            line.pop();
        }
        line.push_str(words);
    }
    // Only the text's own words make a heading.
    match parts {
        [Part::Words(words)] => blocks.extend(Article::blocks_of(words)),
        _ => blocks.push(Block::paragraph(line.replace('\n', ""))),
    }
}

impl Letter {
    /// For the press: PDF/A laid out after GB/T 9704-2012, with the template `document`.
    ///
    /// # Errors
    /// A table is not whole.
    pub fn to_press(&self) -> Result<serde_json::Value, WriteError> {
        self.article.to_press()
    }

    /// For WPS and Word.
    ///
    /// # Errors
    /// A table is not whole, or the file could not be packed.
    pub fn to_docx(&self) -> Result<Vec<u8>, WriteError> {
        self.article.to_docx()
    }

    /// The same with the name of the applicant or the third party in it: it is filled in where the letter
    /// is sent, and nowhere before.
    #[must_use]
    pub fn addressed_to(mut self, name: &str) -> Self {
        if matches!(self.kind.to(), Recipient::Applicant | Recipient::ThirdParty) {
            self.article.addressee = Some(format!("{name}："));
        }
        self
    }

    /// Its paragraphs as plain text: what is reviewed and signed.
    pub fn plain(&self) -> String {
        let words = |block: &Block| match block {
            Block::Paragraph { text } => text.clone(),
            Block::Heading { text, rest, .. } => format!("{text}{rest}"),
            Block::List { items, .. } => items.join("\n"),
            Block::Table { rows, .. } => {
                rows.iter().map(|row| row.join("　")).collect::<Vec<_>>().join("\n")
            }
        };
        self.article.blocks.iter().map(words).collect::<Vec<_>>().join("\n")
    }

    /// The name a file of it has, without ending: free of anybody's name.
    pub fn file_name(&self) -> String {
        format!("{} {}", self.number, self.kind.title())
    }
}
