//! What an inspection of a site sees of 政策解读: the column, how much is in it, and when something new appeared last
//! (国办秘函〔2019〕19号: 政策解读 is updated within half a year).

use store::{FromQueryResult, Statements};
use web::{House, InspectionSource, Later, Shown, ShownColumn, Site};

use crate::portal::LIST;

/// For the inspection.
pub(crate) const SOURCE: InspectionSource = InspectionSource { show };

#[derive(FromQueryResult)]
struct Row {
    number: i64,
    newest: Option<String>,
}

fn show<'a>(house: &'a House, site: &'a Site) -> Later<'a, Shown> {
    Box::pin(async move {
        let (low, high) = site.range.clone();
        let sql = "SELECT count(*) AS number, max(published_on) AS newest FROM interpretation
                    WHERE division >= $1 AND division <= $2 AND state = 'published'";
        let row: Option<Row> = house.store().one(sql, vec![low.into(), high.into()]).await?;
        let row = row.filter(|row| row.number > 0);
        // A site whose organs have drafted no policy has no such column.
        let column = row.map(|row| ShownColumn {
            id: "jiedu".into(),
            name: "政策解读".into(),
            address: site.link(LIST),
            class: "政策解读".into(),
            count: row.number,
            newest: row.newest.and_then(|day| day.parse().ok()),
        });
        Ok(Shown { columns: column.into_iter().collect(), ..Shown::default() })
    })
}
