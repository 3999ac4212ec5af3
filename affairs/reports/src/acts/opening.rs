//! 编制: a year's report is opened for an organ, its numbers taken from the registers.

use ::store::{StoreError, moment};
use identity::Organ;
use ledger::Desk;
use reports_rules::{Cell, CellPlace, Figure, Row, TOTAL, next_report, report_due};
use review::Signatory;
use web::FigureSource;

use super::{ActError, counting, entry, reporter_of};
use crate::store::{self, Content, KeptCell, Origin, Version, VersionState};

/// Opens the report of an organ on a year.
///
/// # Errors
/// There is one already, there was or is no duty to report on that year, a room cannot count, or the
/// database refuses.
pub async fn keep(
    mut desk: Desk,
    sources: &[FigureSource],
    by: &Signatory,
    year: i16,
    demo: bool,
) -> Result<Version, ActError> {
    let organ = Organ::find(desk.change(), &by.organ).await?;
    let organ = organ.ok_or(ActError::Refused("没有这个机关", "请与系统管理员核对机关"))?;
    let reporter = reporter_of(&organ);
    report_due(reporter, year)?;
    let (next, _) = next_report(reporter, desk.today())?;
    if year > next.max(desk.today().year()) {
        return Err(ActError::Refused("这一年度还没有到", "到了那一年再编制"));
    }
    let version =
        Version { title: title_of(&organ.name, year), ..blank(&desk, &organ, year, by, demo) };
    begun(store::begin(desk.change(), &version).await)?;
    store::written_by(desk.change(), &version.id, by.persons()).await?;
    let mut content = Content::default();
    counting::count(&desk, sources, &version, &mut content).await?;
    carry_over(&desk, &version, &mut content).await?;
    counting::tell_fee(&desk, &version, &mut content, &[]).await?;
    store::keep_all(desk.change(), &version.id, &content).await?;
    desk.record(entry("opening", &version, serde_json::json!({}))).await?;
    desk.seal().await?;
    Ok(version)
}

/// 上年结转, where no register tells it: what the report on the year before carried out.
async fn carry_over(desk: &Desk, version: &Version, content: &mut Content) -> Result<(), ActError> {
    let before = Version::before(desk.change(), &version.organ, version.year).await?;
    let Some(before) = before else { return Ok(()) };
    let tables = Content::tables_of(desk.change(), &[&before]).await?;
    let Some(tables) = tables.get(&before.id) else { return Ok(()) };
    for column in 0..TOTAL {
        let place = CellPlace::Table3(Row::CARRIED_IN, column);
        let carried = tables.cell(CellPlace::Table3(Row::CARRIED_OUT, column)).value();
        if content.cells.contains_key(&place) || carried == Figure::ZERO {
            continue;
        }
        let note = counting::carried_note(before.year);
        let value = Cell::Number(carried);
        content.cells.insert(place, KeptCell { value, derived: None, note });
    }
    Ok(())
}

/// The title of a report as the form has it.
pub fn title_of(organ: &str, year: i16) -> String {
    format!("{organ}{year}年政府信息公开工作年度报告")
}

/// A first version of a report, to be filled in.
pub(super) fn blank(desk: &Desk, organ: &Organ, year: i16, by: &Signatory, demo: bool) -> Version {
    Version {
        id: uuid::Uuid::now_v7().to_string(),
        report: uuid::Uuid::now_v7().to_string(),
        organ: organ.code.clone(),
        organ_name: organ.name.clone(),
        reporter: reporter_of(organ),
        year,
        number: 1,
        state: VersionState::Draft,
        origin: Origin::Own,
        form: "2021".to_owned(),
        title: String::new(),
        explanation: String::new(),
        opened_at: moment(desk.now()),
        opened_name: by.name.clone(),
        counted_at: None,
        submitted_at: None,
        frozen_on: None,
        frozen_hash: None,
        returned: String::new(),
        unit: None,
        publication: None,
        published_at: None,
        published_on: None,
        original_on: None,
        original_source: None,
        demo,
    }
}

pub(super) const KNOWN: ActError =
    ActError::Refused("这一年度的报告已经有了", "打开它继续编制，已经公布的另写更正");

/// What one is told who opens what is there already.
pub(super) fn begun(done: Result<(), StoreError>) -> Result<(), ActError> {
    done.map_err(|error| match error {
        StoreError::Duplicate(_) => KNOWN,
        other => other.into(),
    })
}
