//! Judged questions, put to a running program as a visitor would, and the figures that come of it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Read, Write as _};
use std::net::TcpStream;

/// The judged questions; `README.md` beside them says how they are to be read.
const QUERIES: &str = include_str!("queries.csv");

/// What the portal must reach, of all questions and of each kind.
pub const LEAST_MRR: f64 = 0.85;
/// The same for an answer among the first three.
pub const LEAST_SUCCESS: f64 = 0.92;

/// One question with its right answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    pub kind: String,
    pub query: String,
    pub right: Vec<String>,
}

/// One line of the answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    pub title: String,
    /// The words below it: number, organ, domain.
    pub facts: Vec<String>,
}

/// How well questions of one kind were answered.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Score {
    pub asked: usize,
    reciprocal: f64,
    within_three: usize,
}

impl Score {
    /// The mean of the reciprocal ranks.
    pub fn mrr(&self) -> f64 {
        self.reciprocal / self.asked.max(1) as f64
    }

    /// The share of questions with a right answer among the first three.
    pub fn success(&self) -> f64 {
        self.within_three as f64 / self.asked.max(1) as f64
    }

    fn add(&mut self, rank: Option<usize>) {
        self.asked += 1;
        self.reciprocal += rank.map_or(0.0, |rank| 1.0 / rank as f64);
        self.within_three += usize::from(rank.is_some_and(|rank| rank <= 3));
    }
}

/// Every judged question.
pub fn questions() -> Vec<Judged> {
    let rows = QUERIES.lines().skip(1).filter(|line| !line.is_empty());
    rows.filter_map(|row| {
        let mut cells = row.splitn(3, ',').map(str::to_owned);
        let (kind, query, right) = (cells.next()?, cells.next()?, cells.next()?);
        let right = right.split('|').map(str::to_owned).collect();
        Some(Judged { kind, query, right })
    })
    .collect()
}

impl Judged {
    /// At which place the first right answer stands, from one.
    pub fn rank(&self, found: &[Found]) -> Option<usize> {
        found.iter().position(|one| self.right.iter().any(|right| one.is(right))).map(|at| at + 1)
    }
}

impl Found {
    fn is(&self, right: &str) -> bool {
        let title = self.title.strip_prefix("演示数据：").unwrap_or(&self.title);
        let title = title.strip_suffix("（示例）").unwrap_or(title);
        match right.strip_prefix('~') {
            Some(part) => title.contains(part),
            None => title == right || self.facts.iter().any(|fact| fact == right),
        }
    }
}

/// Puts every question to the program at this address: the scores of each kind and of all, and the questions
/// whose first answer was not right, each with its rank and what stood first.
///
/// # Panics
/// The program does not answer.
pub fn judge(address: &str) -> (BTreeMap<String, Score>, Vec<String>) {
    let (mut scores, mut missed) = (BTreeMap::<String, Score>::new(), Vec::new());
    for judged in questions() {
        let found = ask(address, &judged.query);
        let rank = judged.rank(&found);
        scores.entry(judged.kind.clone()).or_default().add(rank);
        scores.entry("all".to_owned()).or_default().add(rank);
        if rank != Some(1) {
            let first = found.first().map_or("", |found| found.title.as_str());
            let rank = rank.map_or_else(|| "-".to_owned(), |rank| rank.to_string());
            missed.push(format!("{} {}: {rank}; {first}", judged.kind, judged.query));
        }
    }
    (scores, missed)
}

/// The first page of what the portal answers, the best answer first.
fn ask(address: &str, query: &str) -> Vec<Found> {
    let mut path = "/sousuo?q=".to_owned();
    for byte in query.bytes() {
        write!(path, "%{byte:02X}").expect("a text grows");
    }
    let mut stream = TcpStream::connect(address).expect("the program answers");
    let head = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).expect("it is sent");
    let mut page = String::new();
    stream.read_to_string(&mut page).expect("a page");
    assert!(page.starts_with("HTTP/1.1 200"), "{query}: {}", page.lines().next().unwrap_or(""));
    read(&page)
}

/// The answers of a page: the best one in its card, then the list.
pub fn read(page: &str) -> Vec<Found> {
    let main = page.split_once("<main").map_or(page, |(_, main)| main);
    let cards = between(main, "<section class=\"card best", "</section>");
    let list = between(main, "<ol class=\"list\">", "</ol>");
    let rows = list.iter().flat_map(|list| between(list, "<li>", "</li>"));
    cards.into_iter().chain(rows).map(found).collect()
}

fn found(piece: &str) -> Found {
    let title = between(piece, "<a ", "</a>").into_iter().next().unwrap_or_default();
    let title = title.split_once('>').map_or("", |(_, title)| title);
    let facts = between(piece, "<span>", "</span>").into_iter().map(plain).collect();
    Found { title: plain(title), facts }
}

/// Every stretch between these two marks.
fn between<'a>(text: &'a str, from: &str, to: &str) -> Vec<&'a str> {
    let after = text.split(from).skip(1);
    after.filter_map(|piece| piece.split_once(to).map(|(inner, _)| inner)).collect()
}

/// A text without marks.
fn plain(html: &str) -> String {
    let mut plain = String::new();
    for piece in html.split('<') {
        plain.push_str(piece.split_once('>').map_or(piece, |(_, text)| text));
    }
    plain.replace("&amp;", "&").replace("&#38;", "&").trim().to_owned()
}
