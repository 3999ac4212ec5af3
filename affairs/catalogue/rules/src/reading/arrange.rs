//! Putting the cells of a row into the columns where merged cells left no cell at all.
//!
//! In text pasted from a page the cell under a merged one is missing, and what follows moves left.
//! Cells keep their order, so the row is laid over the columns in the way that fits best.

use crate::reading::columns::Role;
use crate::reading::fit::{Look, fit, look};

/// For each column, which cell of the row stands in it.
pub(crate) type Places = Vec<Option<usize>>;

/// Lays the cells of a row over the columns.
pub(crate) fn arrange(roles: &[Role], texts: &[&str]) -> Places {
    if texts.len() >= roles.len() {
        return (0..roles.len()).map(Some).collect();
    }
    let looks: Vec<Look> = texts.iter().map(|text| look(text)).collect();
    trace(roles.len(), texts.len(), &choices(roles, &looks))
}

/// What it costs that a column has no cell.
fn absent(roles: &[Role], column: usize) -> i32 {
    let trailing = roles[column..].iter().all(|role| role.is_tick() || *role == Role::Extra);
    match &roles[column] {
        // blank cells at the end of a line are easily lost
        role if role.is_tick() => {
            if trailing {
                -3
            } else {
                -14
            }
        }
        Role::Extra | Role::Domain | Role::Seq | Role::Level(1) => -2,
        Role::Level(_) | Role::Elements => -10,
        Role::Audience | Role::Methods | Role::AudienceAndMethods => -5,
        _ => -2,
    }
}

/// Whether, when the first cells are laid over the first columns in the best way, the last of those
/// columns takes the last of those cells.
fn choices(roles: &[Role], looks: &[Look]) -> Vec<Vec<bool>> {
    const NEVER: i32 = i32::MIN / 2;
    let (columns, cells) = (roles.len(), looks.len());
    let mut best = vec![vec![NEVER; cells + 1]; columns + 1];
    let mut taken = vec![vec![false; cells + 1]; columns + 1];
    best[0][0] = 0;
    for column in 1..=columns {
        for cell in 0..=cells.min(column) {
            let without = best[column - 1][cell].saturating_add(absent(roles, column - 1));
            let with = match cell.checked_sub(1) {
                Some(last) => {
                    best[column - 1][last].saturating_add(fit(&roles[column - 1], looks[last]))
                }
                None => NEVER,
            };
            // of equals the cell further left is taken
            taken[column][cell] = with > without;
            best[column][cell] = with.max(without);
        }
    }
    taken
}

fn trace(columns: usize, cells: usize, taken: &[Vec<bool>]) -> Places {
    let mut places = vec![None; columns];
    let mut cell = cells;
    for column in (1..=columns).rev() {
        if taken[column][cell] && cell > 0 {
            cell -= 1;
            places[column - 1] = Some(cell);
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::arrange;
    use crate::reading::columns::Role::{self, *};

    fn roles() -> Vec<Role> {
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

    fn laid(cells: &[&str]) -> String {
        let places = arrange(&roles(), cells);
        places
            .iter()
            .map(|place| {
                place.map_or("·".into(), |at| cells[at].chars().next().unwrap_or('_').to_string())
            })
            .collect()
    }

    #[test]
    fn cells_missing_under_merged_ones_are_found() {
        for (cells, expected) in [
            (
                &["2", "特殊群体服务信息", "机构名称；开放时间", "√", "", "√", "", "√", "√"][..],
                "2·特机····√_√_√√",
            ),
            (
                &[
                    "3",
                    "讲座和展览",
                    "服务指南等信息。",
                    "■ 政府网站 □ 政府公报",
                    "",
                    "√",
                    "",
                    "√",
                    "√",
                    "√",
                ],
                "3·讲服···■_√_√√√",
            ),
            (
                &[
                    "4",
                    "下基层辅导",
                    "活动时间；活动单位",
                    "公开条例（国务院令第711号）",
                    "√",
                    "",
                    "√",
                    "",
                    "√",
                    "√",
                ],
                "4·下活公···√_√_√√",
            ),
            (
                &[
                    "4",
                    "/",
                    "1.决策草案；2.决策依据",
                    "《条例》",
                    "按进展情况及时公开",
                    "应急局",
                    "■政府网站",
                    "√",
                    "",
                    "√",
                    "",
                    "√",
                    "√",
                ],
                "4·/1《按应■√_√_√√",
            ),
            (
                &[
                    "5",
                    "款物",
                    "管理",
                    "1.捐赠款物",
                    "《条例》",
                    "20个工作日内",
                    "应急局",
                    "■政府网站",
                    "√",
                    "",
                    "√",
                ],
                "5款管1《2应■√_√···",
            ),
        ] {
            assert_eq!(laid(cells), expected);
        }
    }
}
