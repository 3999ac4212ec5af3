//! 公开依据 that does not hold on the day the catalogue is to be in force.

use law::Date;

use super::finding::{Finding, Row, Rule};
use super::instruments::{Instrument, known};
use crate::reading::text::bare;

/// The table of instruments as it stands on a day.
pub(super) struct Bases {
    day: Date,
    instruments: Vec<Instrument>,
}

/// One instrument as a catalogue cites it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Citation {
    title: String,
    /// Whether the title stands in 《》 and is therefore whole.
    is_whole: bool,
    number: Option<String>,
}

impl Bases {
    pub(super) fn on(day: Date) -> Self {
        Self { day, instruments: known() }
    }

    /// Every basis of the item that does not hold, once.
    pub(super) fn check(&self, row: &Row<'_>) -> Vec<Finding> {
        let mut told: Vec<&Instrument> = Vec::new();
        for citation in row.item.basis.iter().flat_map(|basis| citations(basis)) {
            let found = self.not_in_force(&citation);
            told.extend(found.filter(|found| !told.contains(found)));
        }
        told.into_iter().map(|one| self.finding(row, one)).collect()
    }

    /// The text a citation means, if it does not hold: by its number where that is known, else by
    /// its title, if no text of that title holds.
    fn not_in_force(&self, citation: &Citation) -> Option<&Instrument> {
        let titled: Vec<&Instrument> = self.titled(citation);
        let has_number =
            |one: &&Instrument| citation.number.is_some() && one.number == citation.number;
        let mut meant: Vec<&Instrument> = self
            .instruments
            .iter()
            .filter(|one| one.is_told_by_number() || titled.contains(one))
            .filter(has_number)
            .collect();
        if meant.is_empty() {
            meant = titled;
        }
        let holds = meant.iter().any(|one| one.holds_on(self.day));
        meant.pop().filter(|_| !holds)
    }

    /// The texts of the longest title in the table that the citation begins with.
    fn titled(&self, citation: &Citation) -> Vec<&Instrument> {
        let titles = self.instruments.iter().flat_map(|one| &one.titles);
        let longest = titles.filter(|title| citation.means(title)).max_by_key(|title| title.len());
        let Some(longest) = longest else { return Vec::new() };
        self.instruments.iter().filter(|one| one.titles.contains(longest)).collect()
    }

    fn finding(&self, row: &Row<'_>, one: &Instrument) -> Finding {
        let title = one.titles.first().map_or("", String::as_str);
        let number = one.number.as_ref().map(|number| format!("（{}）", shown(number)));
        let named = format!("《{title}》{}", number.unwrap_or_default());
        let message = match (one.valid_to, one.valid_from) {
            (Some(last), _) if last < self.day => {
                let gone = last.tomorrow().unwrap_or(last);
                format!("{named}自{gone}起不再有效")
            }
            (_, Some(first)) => format!("{named}自{first}起才施行"),
            _ => format!("{named}不在有效期内"),
        };
        let remedy = match &one.successor {
            Some(successor) => format!("改引{successor}，并核对条文；施行日期以公布的文本为准"),
            None => "核对公布的文本；没有现行依据的，删去或者换一个依据".to_owned(),
        };
        row.finding(Rule::BasisNotInForce, message, remedy)
    }
}

impl Citation {
    /// Whether it means the instrument with that title. What stands in 《》 is the title; elsewhere
    /// an article or 等 may follow it.
    fn means(&self, title: &str) -> bool {
        let rest = match self.title.strip_prefix(title) {
            Some("") => return true,
            Some(rest) => rest,
            None => return false,
        };
        let revised = rest.starts_with('(') && rest.contains(['年', '修']);
        revised || !self.is_whole && rest.starts_with(['第', '等', '及', '和', '、', '以'])
    }
}

/// The instruments a basis cites: each title in 《》 with the number after it, or the whole text.
fn citations(basis: &str) -> Vec<Citation> {
    let text = even(basis);
    if !text.contains('《') {
        let number = number_in(&text);
        // A number in brackets is no part of the title; a year of revision is.
        let title = text.split_once('(').map_or(text.as_str(), |(title, rest)| {
            if rest.contains(['令', '号']) { title } else { &text }
        });
        return vec![Citation { title: bare_title(title), is_whole: false, number }];
    }
    let cited = text.split('《').skip(1).filter_map(|part| {
        let (title, rest) = part.split_once('》')?;
        Some(Citation { title: bare_title(title), is_whole: true, number: number_in(rest) })
    });
    cited.collect()
}

fn bare_title(title: &str) -> String {
    title.trim_start_matches("中华人民共和国").to_owned()
}

/// 国办发(2018)118号 or 国务院令711号, wherever it stands in the text.
fn number_in(text: &str) -> Option<String> {
    numbered_by_year(text).or_else(|| numbered_order(text))
}

fn numbered_by_year(text: &str) -> Option<String> {
    text.match_indices('(').find_map(|(at, _)| {
        let (year, rest) = text[at + 1..].split_once(')')?;
        let is_year = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
        let number = digits(rest);
        let ends = rest[number.len()..].starts_with('号');
        let word = word_before(text, at);
        let whole = is_year && ends && !number.is_empty() && !word.is_empty();
        whole.then(|| format!("{word}({year}){number}号"))
    })
}

fn numbered_order(text: &str) -> Option<String> {
    text.match_indices('令').find_map(|(at, order)| {
        let rest = &text[at + order.len()..];
        let number = digits(rest);
        let ends = rest[number.len()..].starts_with('号') && !number.is_empty();
        let word = word_before(text, at);
        let word = if word == "国" { "国务院" } else { word };
        ends.then(|| format!("{word}令{number}号"))
    })
}

fn digits(text: &str) -> &str {
    let end = text.bytes().take_while(u8::is_ascii_digit).count();
    &text[..end]
}

/// The letters that end at a place.
fn word_before(text: &str, end: usize) -> &str {
    let head = &text[..end];
    let start = head.char_indices().rev().take_while(|(_, c)| c.is_alphabetic()).last();
    start.map_or("", |(start, _)| &head[start..])
}

/// One form of brackets and widths, no blanks, no 第 before the digits of an order.
pub(super) fn even(text: &str) -> String {
    let even = bare(text).replace("令第", "令").replace(")第", ")");
    even.replace("中华人民共和国国务院令", "国务院令")
}

/// The number as one prints it.
fn shown(number: &str) -> String {
    match number.contains('(') {
        true => number.replace('(', "〔").replace(')', "〕"),
        false => number.replace('令', "令第"),
    }
}

#[cfg(test)]
mod tests {
    use law::day;

    use super::{Bases, citations};

    #[test]
    fn a_citation_is_read_in_any_bracket() {
        for (basis, title, number) in [
            ("《中华人民共和国收养法》", "收养法", None),
            ("政府信息公开条例（国令第711号）", "政府信息公开条例", Some("国务院令711号")),
            (
                "《中华人民共和国政府信息公开条例》(国务院令第 492 号)",
                "政府信息公开条例",
                Some("国务院令492号"),
            ),
            ("国办公开办函[2019]60号", "国办公开办函(2019)60号", Some("国办公开办函(2019)60号")),
            ("国办发〔２０１８〕118号", "国办发(2018)118号", Some("国办发(2018)118号")),
            ("婚姻法第十条", "婚姻法第十条", None),
        ] {
            let found = citations(basis);
            assert_eq!(found.len(), 1, "{basis}: {found:?}");
            assert_eq!(found[0].number.as_deref(), number, "{basis}");
            if number.is_none() || basis.contains("条例") {
                assert_eq!(found[0].title, title, "{basis}");
            }
        }
        assert_eq!(citations("《甲法》（国务院令第1号）、《乙法》").len(), 2);
    }

    #[test]
    fn what_no_longer_holds_is_told_on_the_right_day_and_nothing_else() {
        for (basis, on, gone) in [
            ("《收养法》", day(2020, 12, 31), false),
            ("《收养法》", day(2021, 1, 1), true),
            ("《中华人民共和国收养法》（主席令第54号）", day(2021, 1, 1), true),
            ("合同法第五十二条", day(2021, 1, 1), true),
            ("合同法等", day(2021, 1, 1), true),
            ("《劳动合同法》", day(2021, 1, 1), false),
            ("劳动合同法", day(2021, 1, 1), false),
            ("《政府信息公开条例》", day(2026, 11, 25), false),
            ("《政府信息公开条例》（国务院令第492号）", day(2026, 11, 25), true),
            ("政府信息公开条例（国令第492号）", day(2019, 5, 14), false),
            ("《政府信息公开条例（2007年）》", day(2026, 11, 25), true),
            ("《政府信息公开条例》（国务院令第711号）", day(2026, 11, 25), false),
            ("《政府信息公开条例（2019年修订）》", day(2026, 11, 25), false),
            ("法释［2011］17号", day(2025, 6, 1), true),
            ("法释〔2011〕17号", day(2025, 5, 31), false),
            ("法释〔2025〕8号", day(2025, 5, 31), true),
            ("法释〔2025〕8号", day(2025, 6, 1), false),
            ("国办公开办函（2019）60号", day(2026, 1, 1), true),
            ("闽国办公开办函〔2019〕60号", day(2026, 1, 1), false),
            ("《养老机构管理办法》（民政部令第49号）", day(2026, 1, 1), true),
            ("《养老机构管理办法》", day(2026, 1, 1), false),
            ("《没有听说过的办法》（某部令第49号）", day(2026, 1, 1), false),
        ] {
            let bases = Bases::on(on);
            let found = citations(basis).iter().any(|one| bases.not_in_force(one).is_some());
            assert_eq!(found, gone, "{basis} on {on}");
        }
    }
}
