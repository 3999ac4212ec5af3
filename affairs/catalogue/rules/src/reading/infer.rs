//! Columns of a table without headings, told by what stands in them.

use crate::reading::columns::Role;
use crate::reading::fit::{Look, look};
use crate::reading::grid::{Row, Sheet};
use crate::reading::header::Header;

/// Fewer rows do not show what a column holds.
const FEWEST_ROWS: usize = 2;

/// The columns of a sheet without headings, if at least two of 公开依据, 公开时限 and 公开渠道 can be
/// told by their cells.
pub(crate) fn header_of(sheet: &Sheet) -> Option<Header> {
    let rows: Vec<&Row> = sheet.rows.iter().filter(|row| row.words().count() >= 4).collect();
    let width = rows.iter().map(|row| row.cells.len()).max()?;
    if rows.len() < FEWEST_ROWS || !(4..=40).contains(&width) {
        return None;
    }
    let columns: Vec<Column> = (0..width).map(|at| Column::of(&rows, at)).collect();
    let mut roles: Vec<Option<Role>> = vec![None; width];
    for (role, wanted) in
        [(Role::Channels, Look::Channels), (Role::Limit, Look::Limit), (Role::Basis, Look::Basis)]
    {
        if let Some(at) = most(&columns, &roles, wanted) {
            roles[at] = Some(role);
        }
    }
    if roles.iter().flatten().count() < 2 {
        return None;
    }
    for (role, wanted) in [
        (Role::Seq, Look::Number),
        (Role::Audience, Look::Audience),
        (Role::Methods, Look::Method),
        (Role::Subject, Look::Body),
    ] {
        if let Some(at) = most(&columns, &roles, wanted) {
            roles[at] = Some(role);
        }
    }
    ticks(&columns, &mut roles);
    names(&columns, &mut roles);
    let roles: Vec<Role> = roles.into_iter().map(|role| role.unwrap_or(Role::Extra)).collect();
    Some(Header { labels: vec![String::new(); width], roles, rows: 0 })
}

/// What the cells of one column look like.
struct Column {
    looks: Vec<Look>,
    length: usize,
}

impl Column {
    fn of(rows: &[&Row], at: usize) -> Self {
        let texts =
            || rows.iter().filter_map(|row| row.cells.get(at)).filter_map(|cell| cell.words());
        Self {
            looks: texts().map(look).collect(),
            length: texts().map(|text| text.chars().count()).sum(),
        }
    }

    fn share(&self, wanted: Look) -> usize {
        let seen = self.looks.iter().filter(|look| **look == wanted).count();
        if self.looks.is_empty() { 0 } else { seen * 100 / self.looks.len() }
    }
}

/// The free column in which most cells look so, if at least half of them do.
fn most(columns: &[Column], roles: &[Option<Role>], wanted: Look) -> Option<usize> {
    (0..columns.len())
        .filter(|at| roles[*at].is_none() && columns[*at].share(wanted) >= 50)
        .max_by_key(|at| (columns[*at].share(wanted), std::cmp::Reverse(*at)))
}

/// Tick columns stand in the usual order: whom, how, at which level.
fn ticks(columns: &[Column], roles: &mut [Option<Role>]) {
    let first = columns.iter().position(|column| column.share(Look::Tick) >= 50);
    let Some(first) = first else {
        return;
    };
    let is_tick = |at: usize| columns[at].looks.is_empty() || columns[at].share(Look::Tick) >= 50;
    let free: Vec<usize> = (first..columns.len())
        .take_while(|at| is_tick(*at))
        .filter(|at| roles[*at].is_none())
        .collect();
    let mut usual = Vec::new();
    if !roles.contains(&Some(Role::Audience)) {
        usual.extend([Role::WholeSociety, Role::CertainGroup]);
    }
    if !roles.contains(&Some(Role::Methods)) {
        usual.extend([Role::Proactive, Role::OnRequest]);
    }
    usual.extend([Role::LevelTick("县级".to_owned()), Role::LevelTick("乡级".to_owned())]);
    for (at, role) in free.into_iter().zip(usual) {
        roles[at] = Some(role);
    }
}

/// The longest text left is the content; what stands to its left are the names.
fn names(columns: &[Column], roles: &mut [Option<Role>]) {
    let content = (0..columns.len())
        .filter(|at| roles[*at].is_none())
        .max_by_key(|at| (columns[*at].share(Look::List), columns[*at].length));
    let Some(content) = content else {
        return;
    };
    roles[content] = Some(Role::Elements);
    let free = roles[..content].iter_mut().filter(|role| role.is_none());
    for (level, role) in (1..=3).zip(free) {
        *role = Some(Role::Level(level));
    }
}

#[cfg(test)]
mod tests {
    use super::header_of;
    use crate::reading::columns::Role::{self, *};
    use crate::reading::grid::{Cell, Row, Sheet};

    fn roles(lines: &[&str]) -> Option<Vec<Role>> {
        let rows = lines.iter().enumerate().map(|(at, line)| Row {
            number: at + 1,
            cells: line.split('|').map(|text| Cell::Text(text.to_owned())).collect(),
        });
        header_of(&Sheet { rows: rows.collect(), ..Sheet::default() }).map(|header| header.roles)
    }

    #[test]
    fn columns_are_told_by_their_cells() {
        let lines = [
            "1|政策文件|法律法规|1.依据；2.程序|《条例》|信息形成之日起20个工作日内|应急管理局|■政府网站□政府公报|√||√|",
            "2|政策文件|标准|1.国家标准；2.行业标准|《条例》|及时公开|应急管理局|■政府网站■政府公报|√||√|",
        ];
        assert_eq!(
            roles(&lines),
            Some(vec![
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
                OnRequest
            ])
        );
    }

    #[test]
    fn other_tables_are_not_taken_for_catalogues() {
        assert_eq!(roles(&["索引号|1|分类|目录", "机构|办公室|日期|2022-01-15"]), None);
        assert_eq!(roles(&["1|张三|1380000|男", "2|李四|1390000|女"]), None);
    }
}
