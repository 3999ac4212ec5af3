//! Finding the headings of a table and putting their rows together.

use crate::reading::columns::{Role, Titled, roles};
use crate::reading::grid::{Cell, Row, Spans};
use crate::reading::heading::{Heading, heading};
use crate::reading::text::bare;

/// The headings of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Header {
    /// What each column holds.
    pub(crate) roles: Vec<Role>,
    /// The words of each heading, closed up.
    pub(crate) labels: Vec<String>,
    /// How many rows the headings take.
    pub(crate) rows: usize,
}

/// Fewer telling headings in a row do not make it a header.
const FEWEST_TELLING: usize = 3;
/// Headings take at most so many rows.
const MOST_ROWS: usize = 4;

/// The header that starts at `rows[at]`, if one does.
pub(crate) fn header_at(rows: &[Row], at: usize, spans: Spans) -> Option<Header> {
    let first = rows.get(at)?;
    if !is_header(first) {
        return None;
    }
    let under = rows[at + 1..]
        .iter()
        .take(MOST_ROWS - 1)
        .take_while(|row| is_under(first, row, spans))
        .count();
    let block = &rows[at..=at + under];
    let titled = if spans == Spans::Lost && under > 0 && !is_aligned(block) {
        packed(block)
    } else {
        stacked(block)
    };
    let labels = titled.iter().map(|titled| titled.text.clone()).collect();
    Some(Header { roles: roles(&titled), labels, rows: under + 1 })
}

/// Whether most cells of the row are headings, and enough of them tell of a catalogue.
fn is_header(row: &Row) -> bool {
    let found: Vec<Option<Heading>> = row.words().map(|(_, text)| heading(text)).collect();
    let known = found.iter().flatten().count();
    let mut telling: Vec<&Heading> =
        found.iter().flatten().filter(|heading| heading.is_telling()).collect();
    telling.dedup();
    telling.len() >= FEWEST_TELLING && known * 10 >= found.len() * 6
}

/// Whether the row holds nothing but headings that stand under others. What stands under 公开层级
/// is a level whatever its words, where the file states what stands under what and another heading
/// of the row is known.
fn is_under(first: &Row, row: &Row, spans: Spans) -> bool {
    let mut any = false;
    row.words().all(|(at, text)| {
        let known = heading(text).is_some_and(|heading| heading.group().is_some());
        any |= known;
        let is_level = || over(std::slice::from_ref(first), at) == Some(Heading::Levels);
        known || (spans == Spans::Stated && is_level())
    }) && any
}

/// Whether each lower heading stands under a heading of its group or under a blank.
fn is_aligned(block: &[Row]) -> bool {
    let top = &block[0];
    block[1..].iter().flat_map(Row::words).all(|(at, text)| {
        let over = top.cells.get(at).and_then(Cell::words).and_then(heading);
        let group = heading(text).and_then(|heading| heading.group());
        match over {
            Some(over) => over.is_group() && group == Some(over),
            None => top.cells.get(at).is_some(),
        }
    })
}

/// Headings one above the other: the lowest one that says something names the column.
fn stacked(block: &[Row]) -> Vec<Titled> {
    let width = block.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let titled = (0..width)
        .map(|at| {
            let lowest = block.iter().rev().find_map(|row| row.cells.get(at).and_then(Cell::words));
            let text = lowest.or_else(|| merged(block, at)).unwrap_or_default();
            let over = over(block, at);
            Titled { heading: under(text, over), text: bare(text) }
        })
        .collect();
    spread(titled)
}

/// A group's heading over several columns without headings of their own: they stand in the usual
/// order.
fn spread(mut titled: Vec<Titled>) -> Vec<Titled> {
    let mut at = 0;
    while at < titled.len() {
        let run =
            titled[at..].iter().take_while(|other| other.heading == titled[at].heading).count();
        let usual: &[Heading] = match titled[at].heading {
            Some(Heading::Items) => &[Heading::Level(1), Heading::Level(2), Heading::Level(3)],
            Some(Heading::Audience) => &[Heading::WholeSociety, Heading::CertainGroup],
            Some(Heading::Methods) => &[Heading::Proactive, Heading::OnRequest],
            _ => &[],
        };
        if run > 1 && run <= usual.len() {
            for (titled, heading) in titled[at..at + run].iter_mut().zip(usual) {
                titled.heading = Some(heading.clone());
            }
        }
        at += run;
    }
    titled
}

/// The text of the merged heading that covers a place.
fn merged(block: &[Row], at: usize) -> Option<&str> {
    block.iter().rev().find_map(|row| match row.cells.get(at)? {
        Cell::Left => row.cells[..at].iter().rev().find_map(Cell::words),
        _ => None,
    })
}

/// The heading of the first row that covers a column: its own, or the one to the left of a blank.
fn over(block: &[Row], at: usize) -> Option<Heading> {
    let cells = &block[0].cells;
    cells.iter().take(at + 1).rev().find_map(Cell::words).and_then(heading)
}

/// A heading under 公开层级 is a level whatever its words: 街道, 村.
fn under(text: &str, over: Option<Heading>) -> Option<Heading> {
    let found = heading(text);
    match (&over, &found) {
        (Some(Heading::Levels), Some(Heading::Levels)) => found,
        (Some(Heading::Levels), _) if !text.is_empty() => {
            Some(Heading::LevelOf(crate::reading::text::close_up(text)))
        }
        _ => found,
    }
}

/// Headings whose merged cells were lost: the second row's stand packed to the left, and each goes
/// under its group.
fn packed(block: &[Row]) -> Vec<Titled> {
    let titled = |text: &str| Titled { heading: heading(text), text: bare(text) };
    let mut lower: Vec<Titled> =
        block[1..].iter().flat_map(Row::words).map(|(_, text)| titled(text)).collect();
    let mut all = Vec::new();
    for cell in &block[0].cells {
        let top = titled(cell.words().unwrap_or_default());
        let belongs = |under: &Titled| {
            let group = under.heading.as_ref().and_then(Heading::group);
            group.is_some() && group == top.heading
        };
        let own: Vec<Titled> = lower.iter().filter(|under| belongs(under)).cloned().collect();
        lower.retain(|under| !belongs(under));
        if own.is_empty() { all.push(top) } else { all.extend(own) }
    }
    all.extend(lower);
    all
}

#[cfg(test)]
mod tests {
    use super::header_at;
    use crate::reading::columns::Role::{self, *};
    use crate::reading::grid::{Cell, Row, Spans};

    fn rows(lines: &[&str]) -> Vec<Row> {
        let cell = |text: &str| match text {
            "^" => Cell::Above,
            "<" => Cell::Left,
            text => Cell::Text(text.to_owned()),
        };
        lines
            .iter()
            .enumerate()
            .map(|(at, line)| Row { number: at + 1, cells: line.split('|').map(cell).collect() })
            .collect()
    }

    fn roles(lines: &[&str], spans: Spans) -> Option<(Vec<Role>, usize)> {
        header_at(&rows(lines), 0, spans).map(|header| (header.roles, header.rows))
    }

    fn full() -> Vec<Role> {
        vec![
            Seq,
            Level(1),
            Level(2),
            Elements,
            Basis,
            Limit,
            Subject,
            Channels,
            WholeSociety,
            CertainGroup,
            Proactive,
            OnRequest,
            LevelTick("县级".into()),
            LevelTick("乡级".into()),
        ]
    }

    #[test]
    fn two_rows_of_headings_give_the_same_columns_in_every_form() {
        let stated = [
            "序号|公开事项|<|公开内容（要素）|公开依据|公开时限|公开主体|公开渠道和载体|公开对象|<|公开方式|<|公开层级|<",
            "^|一级事项|二级事项|^|^|^|^|^|全社会|特定群体|主动|依申请公开|县级|乡级",
        ];
        let blanks = [
            "序号|公开事项||公开内容（要素）|公开依据|公开时限|公开主体|公开渠道和载体|公开对象||公开方式||公开层级|",
            "|一级事项|二级事项||||||全社会|特定群体|主动|依申请公开|县级|乡级",
        ];
        let packed = [
            "序号|公开事项|公开内容（要素）|公开依据|公开时限|公开主体|公开渠道和载体|公开对象|公开方式|公开层级",
            "一级事项|二级事项|全社会|特定群体|主动|依申请公开|县级|乡级",
        ];
        assert_eq!(roles(&stated, Spans::Stated), Some((full(), 2)));
        assert_eq!(roles(&blanks, Spans::Lost), Some((full(), 2)));
        assert_eq!(roles(&packed, Spans::Lost), Some((full(), 2)));
    }

    #[test]
    fn one_row_is_enough_and_order_does_not_matter() {
        let one =
            ["公开层级|公开主体|一级|事项名称|公开内容|依据|时限|渠道|公开对象|公开方式|备注"];
        assert_eq!(
            roles(&one, Spans::Stated),
            Some((
                vec![
                    Levels,
                    Subject,
                    Level(1),
                    Level(2),
                    Elements,
                    Basis,
                    Limit,
                    Channels,
                    Audience,
                    Methods,
                    Extra
                ],
                1
            ))
        );
    }

    #[test]
    fn a_row_of_data_or_of_metadata_is_no_header() {
        for line in [
            "1|政策文件|法律法规|与救灾有关的法律、法规|《条例》|20个工作日内|应急管理局|政府网站|全社会|主动公开",
            "1|政策文件|公开依据|公开内容|公开主体|《条例》|20个工作日内|应急管理局|某平台|√",
            "索引号：|373686/2020-18327|信息分类：|基层政务公开标准目录",
            "",
        ] {
            assert_eq!(roles(&[line], Spans::Stated), None, "{line}");
        }
    }

    #[test]
    fn the_better_of_two_columns_has_the_role() {
        let line = ["序号|一级目录|一级事项|二级事项|公开内容|责任单位|公开主体|公开依据"];
        assert_eq!(
            roles(&line, Spans::Stated),
            Some((vec![Seq, Extra, Level(1), Level(2), Elements, Extra, Subject, Basis], 1))
        );
    }
}
