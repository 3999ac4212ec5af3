//! What stands in 政府信息公开 of the demo city: 规范性文件 with what ended them, what 公共企事业单位 make known, guides
//! and catalogues of some organs in reviewed versions.

use std::collections::BTreeSet;
use std::path::Path;

use identity::{Organ, Role};
use ledger::Ledger;
use records::acts::File;
use review::{Publishers, Step, Unit, Verdict, publication, step};
use sites::papers::{self, PaperRefused, Said};
use sites_rules::PaperKind;

use super::city::actor;
use super::files;
use super::signing::{self, Staff, desk_of, refused};
use crate::commands::record;
use crate::failure::{Exit, Failure};

/// Between two documents of the file.
const NEXT: &str = "\n=====\n";

/// Takes over the documents.
pub(super) async fn documents(ledger: &Ledger, folder: &Path) -> Result<(), Failure> {
    let (name, title) = files::PRICES_NAME;
    for text in files::OPENNESS.split(NEXT) {
        let prices = || File { name: name.to_owned(), bytes: files::PRICES.to_vec() };
        let attached = text.contains(&format!("标题：{title}")).then(prices);
        let attached = attached.into_iter().collect();
        record::publish_manuscripts(ledger, folder, actor(), text, attached).await?;
    }
    Ok(())
}

/// Publishes guides and catalogues: of the city's government, and of the organ of the examples in two versions.
pub(super) async fn papers(ledger: &Ledger, folder: &Path, organ: &Organ) -> Result<(), Failure> {
    let (staff, publishers) = (Staff::of(ledger).await?, signing::publishers(folder));
    let bench = Bench { ledger, staff: &staff, publishers: &publishers };
    let all = Organ::all(ledger.store()).await?;
    for government in all.iter().filter(|one| one.role == "government" && one.valid_to.is_none()) {
        let office = all.iter().find(|one| {
            one.role == "office" && one.division == government.division && one.valid_to.is_none()
        });
        let said = office.map(addressed).unwrap_or_default();
        bench.publish(government, PaperKind::Guide, &said).await?;
    }
    bench.publish(organ, PaperKind::Guide, &[]).await?;
    let changed = [
        ("dianhua", "0592-0000001"),
        ("chuanzhen", "0592-0000002"),
        ("wangluo", "本网站“依申请公开”栏目（演示）"),
    ];
    bench.publish(organ, PaperKind::Guide, &changed).await?;
    bench
        .publish(organ, PaperKind::Catalogue, &[("P20-14", "本机关不组织公务员招考（演示）")])
        .await
}

/// Whom one turns to in a government's affairs of openness: its office.
fn addressed(office: &Organ) -> Vec<(&'static str, &str)> {
    let fields = [
        ("jigou", Some(&office.name)),
        ("dizhi", office.address.as_ref()),
        ("shijian", office.hours.as_ref()),
        ("dianhua", office.phone.as_ref()),
        ("youbian", office.postcode.as_ref()),
    ];
    fields.into_iter().filter_map(|(key, value)| Some((key, value?.as_str()))).collect()
}

struct Bench<'a> {
    ledger: &'a Ledger,
    staff: &'a Staff,
    publishers: &'a Publishers,
}

impl Bench<'_> {
    /// The next version of a paper goes the whole way.
    async fn publish(
        &self,
        organ: &Organ,
        kind: PaperKind,
        changed: &[(&str, &str)],
    ) -> Result<(), Failure> {
        let mut before = BTreeSet::new();
        let by = self.staff.someone(&organ.code, Role::FoiOfficer, &mut before);
        let desk = desk_of(self.ledger, &by).await?;
        papers::begin(desk, &by, organ, kind).await.map_err(unfit)?;
        let pair = |(key, text): &(&str, &str)| ((*key).to_owned(), (*text).to_owned());
        let said: Said = changed.iter().map(pair).collect();
        let desk = desk_of(self.ledger, &by).await?;
        papers::keep(desk, &by, (organ, kind), &said).await.map_err(unfit)?;
        let desk = desk_of(self.ledger, &by).await?;
        let unit = papers::submit(desk, self.publishers, &by, (organ, kind)).await;
        let unit = unit.map_err(unfit)?;
        before.extend(unit.authors.iter().cloned());
        for (of, role) in [
            (Step::First, Role::Reviewer),
            (Step::Secrecy, Role::SecrecyReviewer),
            (Step::Signature, Role::Approver),
        ] {
            self.passes(organ, &unit, &mut before, (of, role)).await?;
        }
        let by = self.staff.someone(&organ.code, Role::Publisher, &mut before);
        let desk = desk_of(self.ledger, &by).await?;
        let out = publication::keep(desk, self.publishers, &unit.id, &by).await;
        out.map(|_| ()).map_err(refused)
    }

    async fn passes(
        &self,
        organ: &Organ,
        unit: &Unit,
        before: &mut BTreeSet<String>,
        (of, role): (Step, Role),
    ) -> Result<(), Failure> {
        let by = self.staff.someone(&organ.code, role, before);
        let desk = desk_of(self.ledger, &by).await?;
        let taken = step::keep(desk, self.publishers, &unit.id, of, &Verdict::Pass, &by).await;
        taken.map(|_| ()).map_err(refused)
    }
}

/// The data of the demo do not fit the program.
fn unfit(error: PaperRefused) -> Failure {
    let message = format!("演示的指南和目录没有办成: {}", error.into_fault());
    Failure::new(Exit::Failure, message, "请重新取得程序")
}
