//! An address of each type of the workbench's pages of annual reports.

use identity::Organ;
use reports_rules::{CellPlace, Row, Section, TOTAL};
use web::workbench::DeskSample;
use web::{Fault, House, Later};

use super::{collecting, intake, list};
use crate::store::Version;

/// Pages that exist for every organ, and those of a draft.
pub const SAMPLES: &[DeskSample] = &[
    DeskSample {
        name: "reports desk list",
        path: |_, _| Box::pin(async { Ok(Some(list::PATH.into())) }),
    },
    DeskSample {
        name: "reports desk intake",
        path: |_, _| Box::pin(async { Ok(Some(intake::PATH.into())) }),
    },
    DeskSample {
        name: "reports desk collecting",
        path: |_, _| Box::pin(async { Ok(Some(collecting::PATH.into())) }),
    },
    DeskSample {
        name: "reports desk version",
        path: |house, organ| draft(house, organ, String::new),
    },
    DeskSample {
        name: "reports desk prose",
        path: |house, organ| draft(house, organ, || "/wenzi".into()),
    },
    DeskSample {
        name: "reports desk table",
        path: |house, organ| draft(house, organ, || format!("/biao/{}", Section::Requests.word())),
    },
    DeskSample {
        name: "reports desk number",
        path: |house, organ| {
            draft(house, organ, || format!("/shu/{}", CellPlace::Table3(Row::RECEIVED, TOTAL)))
        },
    },
];

fn draft<'a>(
    house: &'a House,
    organ: &'a Organ,
    rest: fn() -> String,
) -> Later<'a, Option<String>> {
    Box::pin(async move {
        let versions = Version::of_organ(house.store(), &organ.code).await.map_err(Fault::from)?;
        let draft = versions.into_iter().find(Version::is_draft);
        Ok(draft.map(|draft| format!("{}{}", draft.desk_path(), rest())))
    })
}
