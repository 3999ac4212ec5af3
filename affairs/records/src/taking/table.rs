//! A table (CSV): one row for each document, columns by Chinese or English names (docs/import.md).

use std::collections::HashMap;

use documents::reading::{csv_rows, plain_text};
use records_rules::Field;
use sha2::{Digest, Sha256};

use super::{BadSource, Found, Old, OldAddress, OldFile, Skipped, Stated, words};
use crate::cleaning;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Column {
    Title,
    Address,
    Day,
    MadeOn,
    Issuer,
    Body,
    Files,
    Channel,
    Number,
    Note,
    Particular(Field),
}

/// What a column holds, and the names it may bear.
const NAMES: &[(Column, &[&str])] = &[
    (Column::Title, &["标题", "title"]),
    (Column::Address, &["网址", "原网址", "链接", "url", "address", "link"]),
    (Column::Day, &["原发布日期", "发布日期", "发布时间", "date", "published", "pubdate"]),
    (Column::MadeOn, &["成文日期", "made_on"]),
    (Column::Issuer, &["发布机构", "发文机关", "发布单位", "issuer", "organ", "publisher"]),
    (Column::Body, &["正文", "内容", "body", "content", "text"]),
    (Column::Files, &["附件", "attachments", "files"]),
    (Column::Channel, &["栏目", "channel"]),
    (Column::Number, &["编号", "doc_id", "id"]),
    (Column::Note, &["备注", "note"]),
    (Column::Particular(Field::Number), &["文号", "发文字号", "number"]),
    (Column::Particular(Field::Theme), &["主题分类", "theme"]),
    (Column::Particular(Field::Genre), &["体裁", "genre"]),
    (Column::Particular(Field::Index), &["索引号", "index"]),
];

/// The most rows of one table: a decision of ours; a larger one comes in parts.
const MOST_ROWS: usize = 200_000;

/// Finds an attachment that a table names, or says why there is none.
pub type Finder<'a> = &'a dyn Fn(&str) -> Result<OldFile, String>;

/// Reads a table. `name` is the file's, under which rows without an address are known again.
///
/// # Errors
/// It is no table of this kind, in an unknown encoding, or too long; says what to do.
pub fn read(bytes: &[u8], name: &str, files: Finder<'_>) -> Result<Found, BadSource> {
    let rows = csv_rows(bytes)
        .map_err(|bad| BadSource(format!("{name}：{bad}"), bad.remedy().to_owned()))?;
    if rows.len() > MOST_ROWS + 1 {
        let message = format!("{name} 有 {} 行，超过 {MOST_ROWS} 行", rows.len());
        return Err(BadSource(message, "分成几个文件导入".into()));
    }
    let mut rows = rows.into_iter();
    let (_, head) = rows.next().unwrap_or_default();
    let mut found = Found::default();
    let columns = columns(&head, name, &mut found)?;
    let mut lines: HashMap<String, usize> = HashMap::new();
    let said = |fields: &[String]| fields.iter().any(|one| !one.trim().is_empty());
    for (line, fields) in rows.filter(|(_, fields)| said(fields)) {
        let place = format!("第 {line} 行");
        let row = Row { columns: &columns, fields: &fields };
        let why = match row.read(name, &place, files) {
            Ok(old) => match lines.get(&old.key) {
                Some(first) => format!("与第 {first} 行是同一个网址或者编号，只取第一次"),
                None => {
                    lines.insert(old.key.clone(), line);
                    found.old.push(old);
                    continue;
                }
            },
            Err(why) => why,
        };
        found.skipped.push(Skipped { place, why, fault: true });
    }
    Ok(found)
}

fn columns(
    head: &[String],
    name: &str,
    found: &mut Found,
) -> Result<Vec<Option<Column>>, BadSource> {
    let known = |text: &String| {
        let text = text.trim().to_lowercase();
        let own = NAMES.iter().find(|(_, names)| names.contains(&text.as_str()));
        own.map(|(column, _)| *column)
    };
    let columns: Vec<_> = head.iter().map(known).collect();
    if !columns.contains(&Some(Column::Title)) {
        let message = format!("{name} 的第一行没有“标题”这一列");
        let remedy = "第一行写列名，至少要有“标题”（title）；可用的列名见 docs/import.md";
        return Err(BadSource(message, remedy.into()));
    }
    for (at, column) in columns.iter().enumerate() {
        let word = head.get(at).map(String::as_str).unwrap_or_default().trim();
        match column {
            Some(own) if columns.iter().take(at).any(|earlier| earlier.as_ref() == Some(own)) => {
                let message = format!("{name} 有两列都是“{word}”的意思");
                return Err(BadSource(message, "只留一列".into()));
            }
            None if !word.is_empty() => found.notes.push(format!("没有用上的列：{word}")),
            _ => {}
        }
    }
    Ok(columns)
}

struct Row<'a> {
    columns: &'a [Option<Column>],
    fields: &'a [String],
}

impl Row<'_> {
    fn get(&self, wanted: Column) -> &str {
        let at = self.columns.iter().position(|column| *column == Some(wanted));
        at.and_then(|at| self.fields.get(at)).map(|text| text.trim()).unwrap_or_default()
    }

    fn read(&self, name: &str, place: &str, files: Finder<'_>) -> Result<Old, String> {
        if self.fields.len() != self.columns.len() {
            let (own, head) = (self.fields.len(), self.columns.len());
            return Err(format!("有 {own} 格，列名有 {head} 个；多半是引号或者逗号写错了"));
        }
        let title = plain_text(self.get(Column::Title));
        if title.is_empty() {
            return Err("没有标题".into());
        }
        let mut old = Old {
            place: place.to_owned(),
            issuer: plain_text(self.get(Column::Issuer)),
            day: words::day(self.get(Column::Day)),
            particulars: self.particulars(),
            body: text_of(self.get(Column::Body)),
            title,
            ..Old::default()
        };
        if !self.get(Column::Address).is_empty() {
            let address = OldAddress::read(self.get(Column::Address))?;
            let also = address.also();
            old.addresses = std::iter::once(address).chain(also).collect();
        }
        old.day_source = match old.addresses.first() {
            Some(address) => format!("原网站 {}", address.host),
            None => format!("导入表 {name}"),
        };
        match words::day(self.get(Column::MadeOn)) {
            Stated::On(day) => old.made_on = Some(day),
            Stated::Partly(text) => old.doubts.push(format!("成文日期“{text}”不是完整的日期")),
            Stated::Not => {}
        }
        let named = self.get(Column::Files).split(['\n', ';', '；']).map(str::trim);
        for named in named.filter(|named| !named.is_empty()) {
            match files(named) {
                Ok(file) => old.files.push(file),
                Err(why) => old.doubts.push(why),
            }
        }
        old.key = self.key(&old, name);
        Ok(old)
    }

    fn key(&self, old: &Old, name: &str) -> String {
        if let Some(address) = old.addresses.first() {
            return address.text();
        }
        let (channel, number) = (self.get(Column::Channel), self.get(Column::Number));
        if !number.is_empty() {
            return format!("{name}:{channel}:{number}");
        }
        let told = format!("{}\0{}\0{:?}", old.title, old.issuer, old.day);
        format!("{name}:{channel}:{}", ledger::hex(&Sha256::digest(told)))
    }

    fn particulars(&self) -> Vec<(Field, String)> {
        let fields = [Field::Number, Field::Theme, Field::Genre, Field::Index];
        let value = |field: Field| (field, self.get(Column::Particular(field)).to_owned());
        let said = |(_, text): &(Field, String)| !text.is_empty() && text != "无";
        fields.map(value).into_iter().filter(said).collect()
    }
}

/// The text of a cell with the marks of a manuscript: a page's code is cleaned, plain text kept.
fn text_of(cell: &str) -> String {
    let head: String = cell.chars().take(2_000).collect::<String>().to_lowercase();
    let coded = ["</p>", "<br", "</div>", "</span>", "</table>", "<p "];
    match coded.iter().any(|mark| head.contains(mark)) {
        true => cleaning::pasted(cell).text(),
        false => cleaning::of_text(cell).text(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn none(named: &str) -> Result<OldFile, String> {
        Err(format!("没有附件 {named}"))
    }

    #[test]
    fn columns_are_known_by_chinese_and_english_names_in_either_encoding() {
        let chinese = "标题,原网址,发布日期,发布机构,正文\n甲,http://x.cn/a.htm,2020-01-02,市政府,\"一\n二\"\n";
        let english =
            "title,url,date,issuer,body\n甲,http://x.cn/a.htm,20200102,市政府,\"一\n二\"\n";
        let one = read(chinese.as_bytes(), "a.csv", &none).expect("reads");
        let other = read(english.as_bytes(), "a.csv", &none).expect("reads");
        assert_eq!(one, other);
        assert!(one.old[0].body.starts_with('一') && one.old[0].body.ends_with('二'));
        assert_eq!(one.old[0].key, "x.cn/a.htm");
        // 标题,date and 公示,20200102 in GB18030.
        let gb = b"\xb1\xea\xcc\xe2,date\n\xb9\xab\xca\xbe,20200102\n";
        let old = read(gb, "b.csv", &none).expect("reads").old;
        assert_eq!(old[0].title, "公示");
        assert_eq!(old[0].day, Stated::On(law::day(2020, 1, 2)));
    }

    #[test]
    fn what_is_wrong_with_a_row_is_told_with_its_line_and_the_others_are_taken() {
        let text = "title,url,date\n甲,http://x.cn/a.htm,20200102\n,http://x.cn/b.htm,20200102\n\
                    丙,ftp://x.cn/c,20200102\n丁,http://x.cn/a.htm,20200103\n戊,a,b,c\n\
                    己,http://x.cn/../x,20200102\n&amp;庚,,201201\n";
        let found = read(text.as_bytes(), "a.csv", &none).expect("reads");
        let told: Vec<_> =
            found.skipped.iter().map(|one| (one.place.as_str(), one.why.as_str())).collect();
        let wanted = [
            ("第 3 行", "没有标题"),
            ("第 4 行", "不是以 http://"),
            ("第 5 行", "与第 2 行是同一个网址"),
            ("第 6 行", "有 4 格"),
            ("第 7 行", "不能用"),
        ];
        assert_eq!(told.len(), wanted.len());
        for ((place, why), (at, word)) in told.iter().zip(wanted) {
            assert_eq!(*place, at);
            assert!(why.contains(word), "{why}");
        }
        assert_eq!(found.old.len(), 2);
        assert_eq!(found.old[1].title, "&庚");
        assert_eq!(found.old[1].day, Stated::Partly("201201".into()));
    }

    #[test]
    fn a_table_that_is_none_is_refused_with_what_to_do() {
        for (bytes, word) in [
            (&b""[..], "空的"),
            (b"a,b\n1,2\n", "标题"),
            (b"title,title\n1,2\n", "两列"),
            (b"title,date\n\"1,2\n", "引号没有结束"),
        ] {
            let bad = read(bytes, "a.csv", &none).expect_err("is none");
            assert!(bad.0.contains(word), "{bad}");
            assert!(!bad.1.is_empty());
        }
    }
}
