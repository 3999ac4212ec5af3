//! Documents that are written, reviewed and signed, ready to be released.

use std::ops::Range;

use anyhow::anyhow;
use jiff::SignedDuration;
use ledger::Ledger;
use records::acts::{Submission, handing_in, intake};
use review::{Publishers, scheduling, testing};

use crate::beside::Whereabouts;

/// The organ whose documents they are.
pub const ORGAN: &str = "XM00002";

/// The 文号 of the document with this number.
pub fn number_of(number: usize) -> String {
    format!("厦速测〔2026〕{}号", number + 1)
}

fn manuscript(number: usize, today: law::Date) -> anyhow::Result<String> {
    let made = today.checked_sub(jiff::Span::new().days(i64::try_from(number % 300)?))?;
    let paragraph = "为方便群众了解办事流程，现将有关事项通知如下，请认真组织实施。".repeat(12);
    Ok(format!(
        "---\n标题：速度测量文件{number:05}号\n文号：{}\n发布机构：{ORGAN}\n成文日期：{made}\n\
         主题分类：综合政务/政务公开\n体裁：通知\n公开属性：主动公开\n演示数据：是\n---\n\n\
         演示正文{number:05}。\n\n{paragraph}\n\n{paragraph}\n",
        number_of(number)
    ))
}

/// Writes and signs these documents; the units' keys.
pub async fn approved(
    ledger: &Ledger,
    place: &Whereabouts,
    numbers: Range<usize>,
) -> anyhow::Result<Vec<String>> {
    let publishers = Publishers::of(&[records::room()], &place.data);
    let drafter = testing::someone(ORGAN, "drafter");
    let today = ledger.clock().today();
    let mut units = Vec::with_capacity(numbers.len());
    for number in numbers {
        let read = Submission::read_all(&manuscript(number, today)?, today);
        let read = read.map_err(|faults| anyhow!("{faults:?}"))?;
        for submission in read {
            let desk = ledger.desk(drafter.actor()).await?;
            let draft = intake::begin(desk, &place.data, &drafter, submission).await?;
            let desk = ledger.desk(drafter.actor()).await?;
            let unit = handing_in::keep(desk, &publishers, &drafter, &draft.id, None).await?;
            testing::sign(ledger, &publishers, &unit).await?;
            units.push(unit.id);
        }
    }
    Ok(units)
}

/// 定时发布: sets the release of these units for one moment, soon.
pub async fn set(ledger: &Ledger, place: &Whereabouts, units: &[String]) -> anyhow::Result<()> {
    let publishers = Publishers::of(&[records::room()], &place.data);
    let publisher = testing::someone(ORGAN, "publisher");
    let soon = i64::try_from(units.len())? * 8 + 3_000;
    let at = ledger.clock().now().checked_add(SignedDuration::from_millis(soon))?;
    for unit in units {
        let desk = ledger.desk(publisher.actor()).await?;
        scheduling::keep(desk, &publishers, unit, &publisher, at).await?;
    }
    Ok(())
}
