//! Days as a calendar that other programs read: RFC 5545, one all-day event each.

use jiff::{Timestamp, ToSpan};
use law::Date;
use sha2::{Digest, Sha256};

/// The most octets of one line (RFC 5545, 3.1).
const LONGEST_LINE: usize = 75;

/// One day on which something is due or happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The day.
    pub day: Date,
    /// What stays the same when its day is moved.
    pub key: String,
    /// What is to be done.
    pub title: String,
    /// What kind of thing it is, and what helps to recognise it.
    pub detail: String,
    /// Where it is done.
    pub address: Option<String>,
}

/// Whose calendar it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Calendar<'a> {
    /// The name of what wrote it, for programs: `todos`.
    pub product: &'a str,
    /// What people read above it.
    pub name: &'a str,
}

/// The whole file.
pub fn written(calendar: Calendar<'_>, entries: &[Entry], now: Timestamp) -> String {
    let mut file = File::default();
    file.line("BEGIN:VCALENDAR");
    file.line("VERSION:2.0");
    file.line(&format!("PRODID:-//gongkai//{}//ZH", calendar.product));
    file.line("CALSCALE:GREGORIAN");
    file.line("METHOD:PUBLISH");
    file.line(&format!("X-WR-CALNAME:{}", escaped(calendar.name)));
    let stamp = now.strftime("%Y%m%dT%H%M%SZ").to_string();
    let mut seen = std::collections::BTreeMap::<&str, u32>::new();
    for entry in entries {
        let times = seen.entry(&entry.key).or_default();
        *times += 1;
        file.event(entry, *times, &stamp);
    }
    file.line("END:VCALENDAR");
    file.0
}

#[derive(Default)]
struct File(String);

impl File {
    fn event(&mut self, entry: &Entry, times: u32, stamp: &str) {
        let Ok(next) = entry.day.checked_add(1.day()) else { return };
        self.line("BEGIN:VEVENT");
        self.line(&format!("UID:{}@gongkai", name_of(&entry.key, times)));
        self.line(&format!("DTSTAMP:{stamp}"));
        self.line(&format!("DTSTART;VALUE=DATE:{}", entry.day.strftime("%Y%m%d")));
        self.line(&format!("DTEND;VALUE=DATE:{}", next.strftime("%Y%m%d")));
        self.line(&format!("SUMMARY:{}", escaped(&entry.title)));
        if !entry.detail.is_empty() {
            self.line(&format!("DESCRIPTION:{}", escaped(&entry.detail)));
        }
        if let Some(address) = &entry.address {
            self.line(&format!("URL:{address}"));
        }
        self.line("TRANSP:TRANSPARENT");
        self.line("END:VEVENT");
    }

    /// One line, folded where it is too long, never within a letter.
    fn line(&mut self, text: &str) {
        let mut used = 0;
        for letter in text.chars() {
            if used + letter.len_utf8() > LONGEST_LINE {
                self.0.push_str("\r\n ");
                used = 1;
            }
            self.0.push(letter);
            used += letter.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

/// A name that stays the same from one file to the next.
fn name_of(key: &str, times: u32) -> String {
    let digest = Sha256::digest(format!("{key} {times}").as_bytes());
    ledger::hex(&digest[..12])
}

/// A text within a line (RFC 5545, 3.3.11).
fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,");
    text.lines().collect::<Vec<_>>().join("\\n").replace(|letter: char| letter.is_control(), " ")
}

#[cfg(test)]
mod tests {
    use law::day;

    use super::*;

    const OWN: Calendar<'_> = Calendar { product: "todos", name: "政务公开待办" };

    fn entry(title: &str) -> Entry {
        Entry {
            day: day(2026, 12, 31),
            key: "/gongzuo 公开义务 甲".into(),
            title: title.into(),
            detail: "公开义务".into(),
            address: Some("https://www.example.gov.cn/gongzuo/yiwu".into()),
        }
    }

    #[test]
    fn a_to_do_is_one_whole_day_and_keeps_its_name() {
        let now = Timestamp::from_second(1_795_000_000).expect("a moment");
        let text = written(OWN, &[entry("补发：甲, 乙; 丙\\丁\n戊"), entry("另一件")], now);
        assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"));
        assert!(text.contains("DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n"));
        assert!(text.contains("SUMMARY:补发：甲\\, 乙\\; 丙\\\\丁\\n戊\r\n"), "{text}");
        let names: Vec<&str> = text.lines().filter(|line| line.starts_with("UID:")).collect();
        assert!(names.len() == 2 && names[0] != names[1], "{names:?}");
        let later = written(OWN, &[Entry { day: day(2027, 1, 8), ..entry("补发") }], now);
        assert!(later.contains(names[0]), "the same to-do on another day keeps its name");
    }

    #[test]
    fn no_line_is_longer_than_readers_take_and_no_letter_is_cut() {
        let now = Timestamp::from_second(1_795_000_000).expect("a moment");
        let title = "关于进一步做好冬季困难老年人关爱服务工作的通知".repeat(4);
        let text = written(OWN, &[entry(&title)], now);
        assert!(text.split("\r\n").all(|line| line.len() <= LONGEST_LINE), "{text}");
        assert!(text.replace("\r\n ", "").contains(&title));
    }
}
