//! Lists of powers and services of two departments of the demo city, invented (演示数据), with what their
//! words suggest; what the words leave no doubt of is confirmed.

use catalogue::acts::power::{self, List, Pair};
use catalogue::store::powers::PowerItem;
use catalogue_rules::power::PowerList;
use ledger::Ledger;

use super::city::actor;
use crate::failure::Failure;

/// From this likeness on, in thousandths, the demo confirms the likest item of a power.
const BEYOND_DOUBT: i64 = 700;

/// Organ, list, the file's name and what it holds.
const LISTS: [(&str, PowerList, &str, &str); 4] = [
    (
        "XM01023",
        PowerList::Powers,
        "思明区民政局权责清单（演示数据）.csv",
        include_str!("../../demo/powers/01-simingqu-minzhengju-quanze.csv"),
    ),
    (
        "XM01023",
        PowerList::Services,
        "思明区民政局公共服务事项清单（演示数据）.csv",
        include_str!("../../demo/powers/02-simingqu-minzhengju-fuwu.csv"),
    ),
    (
        "XM01022",
        PowerList::Powers,
        "思明区人社局权责清单（演示数据）.csv",
        include_str!("../../demo/powers/03-simingqu-rensheju-quanze.csv"),
    ),
    (
        "XM01022",
        PowerList::Services,
        "思明区人社局公共服务事项清单（演示数据）.csv",
        include_str!("../../demo/powers/04-simingqu-rensheju-fuwu.csv"),
    ),
];

/// Takes the lists in, has items suggested, and confirms the likest.
pub(super) async fn match_up(ledger: &Ledger) -> Result<(), Failure> {
    for (organ, list, source, text) in LISTS {
        let (lines, _) = power::read(text.as_bytes(), source, list)?;
        let list = List { organ, list, source, lines: &lines };
        power::keep(ledger.desk(actor()).await?, list).await?;
    }
    power::suggest(ledger.desk(actor()).await?, None).await?;
    let suggested = PowerItem::all(ledger.store(), None).await?;
    let mut last = None;
    for link in &suggested {
        // The likest of a power stands first.
        let is_first = last.replace(&link.power) != Some(&link.power);
        if is_first && link.likeness >= BEYOND_DOUBT {
            let pair = Pair { power: &link.power, domain: &link.domain, item: &link.item };
            power::confirm(ledger.desk(actor()).await?, pair).await?;
        }
    }
    Ok(())
}
