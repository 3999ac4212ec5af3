//! Which records fit a question, as SQL that both engines read.

use law::Date;
use records_rules::{DocumentNumber, NumberForm};
use store::Value;
use web::Ask;

use super::{FIRST_PUBLIC, Turn};
use crate::store::OPEN;
use crate::store::folding::pattern;

/// The conditions of a list, with the values of their marks.
#[derive(Debug)]
pub(super) struct Conditions {
    parts: Vec<String>,
    values: Vec<Value>,
    /// The list whose records they are, kept in its order as `record_listed p`.
    kept: Option<Kept>,
}

/// A list that is kept in its order (`record_listed`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kept {
    /// Of one 公开事项 of a domain.
    Item,
    /// Of one 领域.
    Domain,
    /// Of one kind of article 20 or 21.
    Statutory,
}

impl Kept {
    /// The kept list in which what is asked for is looked for. What an organ or a small place has published is
    /// found by the indexes of these, except for an item, which has few.
    fn of(ask: &Ask) -> Option<(Self, String)> {
        let narrow = ask.divisions.as_ref().is_some_and(|(low, high)| is_small(low, high));
        if ask.organ.is_some() {
            return None;
        }
        match (&ask.domain, &ask.item, &ask.statutory) {
            (Some(domain), Some(item), _) => Some((Self::Item, item_list(domain, item))),
            _ if narrow => None,
            (Some(domain), None, _) => Some((Self::Domain, domain_list(domain))),
            (None, _, Some(code)) => Some((Self::Statutory, format!("法定:{code}"))),
            (None, _, None) => None,
        }
    }
}

/// The name of the kept list of an item.
pub(in crate::store) fn item_list(domain: &str, item: &str) -> String {
    format!("事项:{domain}/{item}")
}

/// The name of the kept list of the 解读 of an item.
pub(in crate::store) fn explained_list(domain: &str, item: &str) -> String {
    format!("解读:{domain}/{item}")
}

/// The name of the kept list of a domain.
pub(super) fn domain_list(domain: &str) -> String {
    format!("领域:{domain}")
}

/// How many words of a search are taken; more make no difference to a person.
const MOST_WORDS: usize = 5;

/// Whether a place is a town or less, by the nine digits that all codes of a town begin with: then the index finds
/// its few records. Of a city or a district there are so many that the newest are found by their day; joined to an
/// empty text, a column is compared and no index is chosen for it, on either engine.
fn is_small(low: &str, high: &str) -> bool {
    low.bytes().zip(high.bytes()).take_while(|(low, high)| low == high).count() >= 9
}

impl Conditions {
    /// What `ask` narrows by, among what is open to everybody.
    pub(super) fn of(ask: &Ask, today: Date) -> Self {
        let mut all = Self { parts: vec![OPEN.to_owned()], values: vec![], kept: None };
        if let Some((kept, list)) = Kept::of(ask) {
            let list = all.mark(list);
            all.parts.push(format!("p.list = {list} AND r.id = p.record"));
            all.kept = Some(kept);
        }
        all.narrow(ask, today);
        all
    }

    /// What `ask` narrows by, among the records of which `those` is true, whatever else they are joined with.
    pub(super) fn among(those: &str, ask: &Ask, today: Date) -> Self {
        let mut all = Self { parts: vec![those.to_owned()], values: vec![], kept: None };
        all.narrow(ask, today);
        all
    }

    fn narrow(&mut self, ask: &Ask, today: Date) {
        self.keys(&ask.keys);
        if let Some((low, high)) = &ask.divisions {
            let column = match (self.kept, is_small(low, high)) {
                (Some(_), _) => "p.division",
                (None, true) => "r.division",
                (None, false) => "r.division || ''",
            };
            let (low, high) = (self.mark(low.clone()), self.mark(high.clone()));
            self.parts.push(format!("{column} BETWEEN {low} AND {high}"));
        }
        if self.kept != Some(Kept::Statutory) {
            self.statutory(ask);
        }
        if !matches!(self.kept, Some(Kept::Item | Kept::Domain)) {
            self.items(ask);
        }
        self.equal("r.organ", ask.organ.clone());
        self.equal("r.made_year", ask.year.map(i64::from));
        if let Some(genre) = &ask.genre {
            let genre = self.mark(genre.clone());
            self.parts
                .push(format!("(r.genre = {genre} OR r.theme1 = {genre} OR r.theme2 = {genre})"));
        }
        if ask.normative {
            self.parts.push("(r.normative = 1 OR r.genre = '规章')".to_owned());
        }
        self.validity(ask, today);
        self.words(ask.words.as_deref().unwrap_or_default());
    }

    /// What the records are read from, as `r`.
    pub(super) fn from(&self) -> &'static str {
        // SQLite reads what stands on the left of CROSS JOIN first.
        if self.kept.is_some() { "record_listed p CROSS JOIN record r" } else { "record r" }
    }

    /// The day on which a record first was public, when it was published, its key: the order of a list.
    pub(super) fn order(&self) -> [&'static str; 3] {
        match self.kept {
            Some(_) => ["p.first_public", "p.published_at", "p.record"],
            None => [FIRST_PUBLIC, "r.published_at", "r.id"],
        }
    }

    fn keys(&mut self, keys: &[String]) {
        if !keys.is_empty() {
            let marks: Vec<String> = keys.iter().map(|key| self.mark(key.clone())).collect();
            self.parts.push(format!("r.id IN ({})", marks.join(", ")));
        }
    }

    fn statutory(&mut self, ask: &Ask) {
        if let Some(code) = &ask.statutory {
            let code = self.mark(code.clone());
            self.parts.push(format!(
                "EXISTS (SELECT 1 FROM record_statutory s WHERE s.record = r.id AND s.code = {code})"
            ));
        }
    }

    /// Adds a value; says the mark that stands for it.
    pub(super) fn mark(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }

    /// Narrows to one side of the mark; says in which direction to read.
    pub(super) fn turn(&mut self, turn: &Turn) -> &'static str {
        let (mark, sign, direction) = match turn {
            Turn::Start => return "DESC",
            Turn::After(mark) => (mark, "<", "DESC"),
            Turn::Before(mark) => (mark, ">", "ASC"),
        };
        let [day, at, id] = [&mark.day, &mark.published_at, &mark.id];
        let [day, at, id] = [day, at, id].map(|part| self.mark(part.clone()));
        let order = self.order();
        // SQLite looks up the place in its index by the day alone; without it every page reads all pages before it.
        self.parts.push(format!(
            "{} {sign}= {day} AND ({}) {sign} ({day}, {at}, {id})",
            order[0],
            order.join(", ")
        ));
        direction
    }

    /// Narrows the joined `record_item i` to that of the record, and to the domain and item asked for.
    pub(super) fn of_joined_item(&mut self, ask: &Ask) {
        self.parts.push("i.record = r.id".to_owned());
        // By the record's own few items, not by the many of a domain.
        let domain = if ask.item.is_some() { "i.domain" } else { "i.domain || ''" };
        self.equal(domain, ask.domain.clone());
        self.equal("i.item", ask.item.clone());
    }

    /// Narrows the joined `record_statutory s` to that of the record.
    pub(super) fn of_joined_statutory(&mut self) {
        self.parts.push("s.record = r.id".to_owned());
    }

    /// The text from WHERE on, and the values.
    pub(super) fn into_sql(self) -> (String, Vec<Value>) {
        (format!("WHERE {}", self.parts.join(" AND ")), self.values)
    }

    fn equal(&mut self, column: &str, wanted: Option<impl Into<Value>>) {
        if let Some(wanted) = wanted {
            let wanted = self.mark(wanted);
            self.parts.push(format!("{column} = {wanted}"));
        }
    }

    fn items(&mut self, ask: &Ask) {
        if ask.domain.is_none() && ask.item.is_none() {
            return;
        }
        let mut linked = vec!["i.record = r.id".to_owned()];
        // By the record's own few items, not by the many of a domain.
        let domain = if ask.item.is_some() { "i.domain" } else { "i.domain || ''" };
        for (column, wanted) in [(domain, &ask.domain), ("i.item", &ask.item)] {
            if let Some(wanted) = wanted {
                let wanted = self.mark(wanted.clone());
                linked.push(format!("{column} = {wanted}"));
            }
        }
        let linked = linked.join(" AND ");
        self.parts.push(format!("EXISTS (SELECT 1 FROM record_item i WHERE {linked})"));
    }

    /// 有效性 is worked out on the day it is asked for. This is `Life::validity_on` in SQL; a test
    /// holds one against the other.
    fn validity(&mut self, ask: &Ask, today: Date) {
        let Some(word) = &ask.validity else { return };
        let (today, word) = (self.mark(today.to_string()), self.mark(word.clone()));
        self.parts.push(format!(
            "CASE WHEN r.repealed_from <= {today} THEN '废止'
                  WHEN r.last_day < {today} THEN '失效'
                  WHEN r.in_force_from > {today} THEN '尚未生效'
                  WHEN r.partly_void_from <= {today} THEN '部分失效'
                  WHEN r.amended_from <= {today} THEN '已修改'
                  ELSE '有效' END = {word}"
        ));
    }

    /// Each word must stand in the title or the 文号; a 文号 typed in any way is one word.
    fn words(&mut self, text: &str) {
        let bracketed = |number: &DocumentNumber| matches!(number.form(), NumberForm::Bracketed(_));
        let number = DocumentNumber::read(text).ok().flatten().filter(bracketed);
        let number = number.map(|number| number.to_string());
        let words: Vec<&str> = match &number {
            Some(number) => vec![number],
            None => text.split_whitespace().take(MOST_WORDS).collect(),
        };
        for word in words {
            let pattern = self.mark(pattern(word));
            self.parts.push(format!("r.sought LIKE {pattern} ESCAPE '\\'"));
        }
    }
}
