//! 补录: a report published elsewhere before is taken into the same model, as it was published.
//!
//! It serves at once for comparing years and checking what was carried over; on the portal it appears when
//! its review is finished, as anything else (docs/readings/175).

use std::collections::BTreeMap;

use identity::Organ;
use ledger::Desk;
use reports_rules::{CellPlace, Tables, report_due};
use review::Signatory;

use super::{ActError, entry, noted, opening, reporter_of};
use crate::reading::{Form, ReadReport};
use crate::store::{self, Content, KeptCell, Origin, Version};

/// A report as it was read, and where from.
#[derive(Debug, Clone, Copy)]
pub struct Taking<'a> {
    /// What was read.
    pub read: &'a ReadReport,
    /// The year, where the person says so; else the one that was read.
    pub year: Option<i16>,
    /// Where it is from: an address or the name of a file.
    pub source: &'a str,
    /// Somebody has confirmed that it is the organ's, though it bears another name.
    pub confirmed: bool,
    /// 演示数据.
    pub demo: bool,
}

/// The field in which that is confirmed.
pub const CONFIRMED: &str = "queren";

/// Takes a report in, as a draft of its organ that is handed in for review as it is.
///
/// # Errors
/// The year is not known, there was no duty to report on it, there is a report on it already, the report is
/// another organ's by its name and that is not confirmed, or the database refuses.
pub async fn keep(mut desk: Desk, by: &Signatory, taking: Taking<'_>) -> Result<Version, ActError> {
    let version = looked_at(&desk, by, taking).await?;
    opening::begun(store::begin(desk.change(), &version).await)?;
    store::written_by(desk.change(), &version.id, by.persons()).await?;
    store::keep_all(desk.change(), &version.id, &content_of(taking.read)).await?;
    let facts = serde_json::json!({ "source": version.original_source });
    desk.record(entry("intake", &version, facts)).await?;
    desk.seal().await?;
    Ok(version)
}

/// What would be taken in, and whether it may be: nothing is kept.
///
/// # Errors
/// As for [`keep`].
pub async fn looked_at(
    desk: &Desk,
    by: &Signatory,
    taking: Taking<'_>,
) -> Result<Version, ActError> {
    let organ = Organ::find(desk.change(), &by.organ).await?;
    let organ = organ.ok_or(ActError::Refused("没有这个机关", "请与系统管理员核对机关代码"))?;
    let read = taking.read.year.and_then(|year| i16::try_from(year).ok());
    let year = taking.year.or(read);
    let year = year.ok_or(ActError::Refused("认不出是哪一年度的报告", "请写明年度"))?;
    report_due(reporter_of(&organ), year)?;
    if year >= desk.today().year() {
        return Err(ActError::Refused("这一年度还没有过完", "本年度的报告在平台上编制"));
    }
    let unit = taking.read.unit.as_deref().unwrap_or_default();
    if !taking.confirmed && is_another(unit, &organ.name) {
        return Err(ActError::Another(unit.to_owned(), organ.name));
    }
    let all = Version::of_organ(desk.change(), &organ.code).await?;
    if all.iter().any(|version| version.year == year) {
        return Err(opening::KNOWN);
    }
    let title = taking.read.title.clone().unwrap_or_else(|| opening::title_of(&organ.name, year));
    Ok(Version {
        origin: Origin::Taken,
        title,
        form: match taking.read.form {
            Form::Of2019 => "2019".to_owned(),
            Form::Of2021 => "2021".to_owned(),
        },
        original_on: taking.read.published.clone(),
        original_source: Some(noted("laiyuan", taking.source)?),
        ..opening::blank(desk, &organ, year, by, taking.demo)
    })
}

/// Whether a report that names `unit` is another organ's than that called `organ`: the names of places above
/// may be left out on either side, and 人民政府 (docs/readings/226).
pub fn is_another(unit: &str, organ: &str) -> bool {
    let bare = |name: &str| -> String {
        let name: String = name.chars().filter(|one| !one.is_whitespace()).collect();
        name.replace("人民政府", "政府").trim_end_matches("政府").to_owned()
    };
    let (unit, organ) = (bare(unit), bare(organ));
    !unit.is_empty() && !unit.ends_with(&organ) && !organ.ends_with(&unit)
}

/// The tables that were read.
pub fn tables_of(read: &ReadReport) -> Tables {
    Tables { table2: read.table2.clone(), table3: read.table3.clone(), table4: read.table4.clone() }
}

/// What was read, in the terms of the room.
fn content_of(read: &ReadReport) -> Content {
    let tables = tables_of(read);
    let cell = |place: CellPlace| {
        let value = tables.cell(place).clone();
        (place, KeptCell { value, ..KeptCell::default() })
    };
    let texts = read.texts.iter().map(|(section, text)| (section.word().to_owned(), text.clone()));
    Content {
        cells: CellPlace::all().map(cell).collect(),
        texts: texts.collect(),
        explained: BTreeMap::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::is_another;

    #[test]
    fn a_name_without_the_places_above_is_the_same_organ_and_a_longer_one_is_not() {
        for (unit, organ, another) in [
            ("思明区民政局", "思明区民政局", false),
            ("思明区民政局", "厦门市思明区民政局", false),
            ("厦门市思明区民政局", "思明区民政局", false),
            ("思明区政府", "思明区人民政府", false),
            ("思明区", "思明区人民政府", false),
            ("", "思明区人民政府", false),
            ("思明区人民政府办公室", "思明区人民政府", true),
            ("厦门市人民政府", "思明区人民政府", true),
            ("思明区司法局", "思明区民政局", true),
        ] {
            assert_eq!(is_another(unit, organ), another, "{unit} {organ}");
        }
    }
}
