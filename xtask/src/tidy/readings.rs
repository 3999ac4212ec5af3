//! A reading of the law that the code cites is written down in docs/readings.

use super::finding::Finding;
use super::house::House;

const FOLDER: &str = concat!("docs/", "readings/");

/// Every `docs/readings/NNN` named anywhere exists, and no number is used twice.
pub fn check(house: &House) -> Vec<Finding> {
    let numbers: Vec<&str> = house
        .texts
        .iter()
        .filter_map(|text| text.path.strip_prefix(FOLDER))
        .map(|name| &name[..digits(name)])
        .collect();
    let mut findings: Vec<Finding> = house
        .texts
        .iter()
        .flat_map(|text| text.lines().map(move |(number, line)| (text, number, line)))
        .flat_map(|(text, number, line)| cited(line).map(move |cited| (text, number, cited)))
        .filter(|(_, _, cited)| !numbers.contains(cited))
        .map(|(text, number, cited)| {
            let place = format!("{}:{number}", text.path);
            Finding::broken(
                place,
                format!("没有解读 {cited}"),
                "在 docs/readings 写下这一条, 或改正编号",
            )
        })
        .collect();
    let twice = |(index, number): (usize, &&str)| {
        (!number.is_empty() && numbers[..index].contains(number))
            .then(|| Finding::broken(FOLDER, format!("解读 {number} 有两篇"), "给后写的一篇新编号"))
    };
    findings.extend(numbers.iter().enumerate().filter_map(twice));
    findings
}

/// The numbers cited in a line.
fn cited(line: &str) -> impl Iterator<Item = &str> {
    line.split(FOLDER).skip(1).map(|rest| &rest[..digits(rest)]).filter(|number| !number.is_empty())
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reading_that_is_cited_but_not_written_is_found() {
        let house = House::sample(&[
            (concat!("docs/", "readings/001-day.md"), "# one"),
            ("law/src/lib.rs", concat!("//! See docs/", "readings/001 and docs/", "readings/009.")),
        ]);
        let words: Vec<String> = check(&house).into_iter().map(|finding| finding.words).collect();
        assert_eq!(words, ["没有解读 009"]);
    }

    #[test]
    fn a_number_is_given_once() {
        let first = concat!("docs/", "readings/001-day.md");
        let second = concat!("docs/", "readings/001-night.md");
        assert_eq!(check(&House::sample(&[(first, ""), (second, "")])).len(), 1);
    }
}
