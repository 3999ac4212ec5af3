//! An address of each type of the workbench's pages of 政策解读.

use identity::Organ;
use web::workbench::DeskSample;
use web::{Fault, House, Later};

use super::{LIST, WAIVERS};
use crate::store::{Interpretation, Policy};

/// Pages that exist for every organ, and those of one that has drafted a policy.
pub const SAMPLES: &[DeskSample] = &[
    DeskSample {
        name: "interpretations desk",
        path: |_, _| Box::pin(async { Ok(Some(LIST.into())) }),
    },
    DeskSample {
        name: "interpretation waivers",
        path: |_, _| Box::pin(async { Ok(Some(WAIVERS.into())) }),
    },
    DeskSample { name: "interpretation policy", path: |house, organ| policy(house, organ) },
    DeskSample {
        name: "interpretation material",
        path: |house, organ| material(house, organ, "wenzi"),
    },
    DeskSample {
        name: "interpretation material: questions",
        path: |house, organ| material(house, organ, "wenda"),
    },
    DeskSample {
        name: "interpretation material: diagram",
        path: |house, organ| material(house, organ, "tujie"),
    },
];

fn policy<'a>(house: &'a House, organ: &'a Organ) -> Later<'a, Option<String>> {
    Box::pin(async move {
        let all = Policy::of_organ(house.store(), &organ.code, false).await.map_err(Fault::from)?;
        Ok(all.first().map(Policy::desk_path))
    })
}

/// One of a form, of those that are being written where there is any.
fn material<'a>(
    house: &'a House,
    organ: &'a Organ,
    form: &'static str,
) -> Later<'a, Option<String>> {
    Box::pin(async move {
        let store = house.store();
        let mut found = None;
        for published in [false, true] {
            for policy in Policy::of_organ(store, &organ.code, published).await? {
                let all = Interpretation::of_policy(store, &policy.id).await?;
                let all = all.into_iter().filter(|one| one.form.word() == form);
                for one in all {
                    if found.is_none() || one.is_open() {
                        found = Some(one.desk_path());
                    }
                }
            }
        }
        Ok(found)
    })
}
