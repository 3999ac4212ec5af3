//! Documents of the demo city on their way: written by an invented drafter, some still under review, one
//! sent back, one published, one published urgently whose 初审 is still to follow.

use std::collections::BTreeSet;
use std::path::Path;

use identity::{Organ, Role};
use ledger::{Desk, Ledger};
use records::acts::{Submission, handing_in, intake};
use review::{Publishers, Signatory, Step, Unit, Verdict, publication, step, urgency};

use super::signing::{self, Staff, desk_of, refused};
use crate::failure::Failure;

/// How far a document has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    WaitsForFirst,
    WaitsForSecrecy,
    WaitsForSignature,
    WaitsForRelease,
    SentBack,
    Urgent,
    Published,
}

/// Title, genre, text and how far it has come.
const DOCUMENTS: &[(&str, &str, &str, Way)] = &[
    (
        "关于公布本部门政务公开咨询电话的公告",
        "公告",
        "为方便群众咨询，现公布本部门政务公开咨询电话。工作日上午和下午均有人接听。",
        Way::Published,
    ),
    (
        "关于台风天气调整服务窗口开放时间的公告",
        "公告",
        "受台风影响，服务窗口今天下午提前关闭，恢复时间另行公告。请群众减少外出。",
        Way::Urgent,
    ),
    (
        "关于开展政务公开业务培训的通知",
        "通知",
        "定于下月举办政务公开业务培训，请各科室派员参加。",
        Way::WaitsForRelease,
    ),
    (
        "关于补贴申请材料清单调整的通知",
        "通知",
        "补贴申请材料由六项减为四项，自本月起施行，具体以办事指南为准。",
        Way::WaitsForSignature,
    ),
    (
        "关于年度检查结果的公示",
        "公示",
        "现将年度检查结果予以公示。对结果有异议的，请在公示期内书面提出。",
        Way::WaitsForSecrecy,
    ),
    (
        "关于征集便民服务建议的公告",
        "公告",
        "现向社会公开征集便民服务建议，欢迎群众来信、来电提出。",
        Way::WaitsForFirst,
    ),
    ("关于开放日活动安排的公告", "公告", "定于下月举办开放日活动，欢迎群众参加。", Way::SentBack),
];

/// Why one was sent back.
const WHY: &str = "没有写明开放日的日期和地点，请补充（演示）";

/// Why one could not wait.
const URGENT: &str = "台风红色预警，服务窗口当天下午关闭（演示）";

/// Writes and reviews the documents of an organ.
pub(super) async fn load(ledger: &Ledger, folder: &Path, organ: &Organ) -> Result<(), Failure> {
    let (staff, publishers) = (Staff::of(ledger).await?, signing::publishers(folder));
    let bench = Bench { ledger, staff: &staff, publishers: &publishers, organ };
    for document in DOCUMENTS {
        bench.lead(document).await?;
    }
    Ok(())
}

struct Bench<'a> {
    ledger: &'a Ledger,
    staff: &'a Staff,
    publishers: &'a Publishers,
    organ: &'a Organ,
}

impl Bench<'_> {
    async fn lead(
        &self,
        (title, genre, text, way): &(&str, &str, &str, Way),
    ) -> Result<(), Failure> {
        let unit = self.submit(title, genre, text).await?;
        let mut before = unit.authors.clone();
        if *way == Way::Urgent {
            return self.hasten(&unit, &mut before).await;
        }
        let last = match way {
            Way::WaitsForFirst | Way::SentBack => 0,
            Way::WaitsForSecrecy => 1,
            Way::WaitsForSignature => 2,
            _ => 3,
        };
        for step in [Step::First, Step::Secrecy, Step::Signature].into_iter().take(last) {
            self.take(&unit, step, &Verdict::Pass, &mut before).await?;
        }
        match way {
            Way::SentBack => {
                let why = Verdict::Return(WHY.into());
                self.take(&unit, Step::First, &why, &mut before).await
            }
            Way::Published => {
                let by = self.staff.someone(&self.organ.code, Role::Publisher, &mut before);
                let desk = desk_of(self.ledger, &by).await?;
                let out = publication::keep(desk, self.publishers, &unit.id, &by).await;
                out.map(|_| ()).map_err(refused)
            }
            _ => Ok(()),
        }
    }

    /// The drafter writes a document and hands it in.
    async fn submit(&self, title: &str, genre: &str, text: &str) -> Result<Unit, Failure> {
        let by = self.staff.someone(&self.organ.code, Role::Drafter, &mut BTreeSet::new());
        let today = self.ledger.clock().today();
        let manuscript = format!(
            "---\n标题：演示数据：{title}（示例）\n发布机构：{}\n成文日期：{today}\n\
             主题分类：综合政务/其他\n体裁：{genre}\n公开属性：主动公开\n演示数据：是\n---\n\n\
             {text}\n\n本件为演示数据，内容系编写示例，不具有法律效力。\n",
            self.organ.code
        );
        let read = Submission::read_all(&manuscript, today);
        let read = read.map_err(|faults| refused_manuscript(&faults))?;
        let mut unit = None;
        for submission in read {
            let desk = self.desk(&by).await?;
            let draft = intake::begin(desk, self.publishers.folder(), &by, submission).await?;
            let desk = self.desk(&by).await?;
            unit = Some(handing_in::keep(desk, self.publishers, &by, &draft.id, None).await?);
        }
        unit.ok_or_else(|| refused_manuscript(&[]))
    }

    async fn desk(&self, by: &Signatory) -> Result<Desk, Failure> {
        desk_of(self.ledger, by).await
    }

    async fn take(
        &self,
        unit: &Unit,
        of: Step,
        verdict: &Verdict,
        before: &mut BTreeSet<String>,
    ) -> Result<(), Failure> {
        let role = match of {
            Step::First => Role::Reviewer,
            Step::Secrecy => Role::SecrecyReviewer,
            _ => Role::Approver,
        };
        let by = self.staff.someone(&self.organ.code, role, before);
        let desk = desk_of(self.ledger, &by).await?;
        let taken = step::keep(desk, self.publishers, &unit.id, of, verdict, &by).await;
        taken.map(|_| ()).map_err(refused)
    }

    /// Published after 保密审查 and 签发; the 初审 is to follow.
    async fn hasten(&self, unit: &Unit, before: &mut BTreeSet<String>) -> Result<(), Failure> {
        let signer = self.staff.someone(&self.organ.code, Role::Approver, before);
        let desk = desk_of(self.ledger, &signer).await?;
        urgency::keep(desk, &unit.id, &signer, URGENT).await.map_err(refused)?;
        self.take(unit, Step::Secrecy, &Verdict::Pass, before).await?;
        let desk = desk_of(self.ledger, &signer).await?;
        let out = urgency::sign_and_publish(desk, self.publishers, &unit.id, &signer).await;
        out.map(|_| ()).map_err(refused)
    }
}

fn refused_manuscript(faults: &[records_rules::Fault]) -> Failure {
    let told: Vec<_> = faults.iter().map(|fault| fault.message.clone()).collect();
    let message = format!("演示稿件有错: {}", told.join("；"));
    Failure::new(crate::failure::Exit::Failure, message, "请重新取得程序")
}
