//! The demo city's register of standards, and a few catalogues held against them. What is said of the
//! catalogues is invented (演示数据).

use catalogue::acts::conformance::{self, Assessment};
use catalogue::acts::standard;
use catalogue_rules::standard::Extent;
use ledger::Ledger;

use super::city::actor;
use crate::failure::Failure;

/// The city's market supervision bureau.
const KEEPER: &str = "XM00020";

/// Organ, domain, standard, how far, and in what not.
const ASSESSED: [(&str, &str, &str, Extent, &str); 4] = [
    ("XM01001", "shizhengfuwu", "GB/T 39554.2-2020", Extent::Full, "演示数据"),
    (
        "XM01001",
        "shehuibaoxian",
        "GB/T 39554.2-2020",
        Extent::Partly,
        "演示数据：2个事项没有写到现场次数",
    ),
    ("XM01001", "shehuibaoxian", "GB/T 39554.1-2020", Extent::Full, "演示数据"),
    ("XM04001", "jiuye", "GB/T 39554.2-2020", Extent::Not, "演示数据：事项要素尚未对照"),
];

/// Registers the standards the platform rests on and says how far the catalogues keep to them.
pub(super) async fn register(ledger: &Ledger) -> Result<(), Failure> {
    let lines = standard::of_the_law()?;
    standard::keep(ledger.desk(actor()).await?, KEEPER, &lines).await?;
    for (organ, domain, standard, extent, note) in ASSESSED {
        let said = Assessment { by: organ, organ, domain, standard, extent, note };
        conformance::keep(ledger.desk(actor()).await?, said).await?;
    }
    Ok(())
}
