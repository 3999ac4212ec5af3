//! Policies of the demo city with their interpretations (演示数据): two signed and published as one, one of which another
//! person agreed that it needs none, one under review with its interpretation, and one that is still being written;
//! what people ask of the first, and what is answered to their concerns.

mod answering;

use std::collections::BTreeSet;
use std::path::Path;

use identity::{Organ, Role};
use interpretation::acts::{ActError, decision, judgement, material, plan};
use interpretation::drafts::DOCUMENT;
use interpretation_rules::{Body, DiagramBlock, Difference, Form, Turn};
use ledger::{Desk, Ledger};
use records::acts::{Submission, handing_in, intake};
use review::{Publishers, Signatory, Step, Unit, Verdict, publication, step};
use secrets::Sealer;

use super::signing::{self, Staff, desk_of, refused};
use crate::failure::{Exit, Failure};
use crate::items;

/// How far a policy has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Published,
    Waived(&'static str),
    UnderReview,
    Writing,
}

/// One policy of the demo.
struct Piece {
    title: &'static str,
    text: &'static str,
    item: &'static str,
    way: Way,
    materials: Vec<(Form, Body)>,
}

/// The item of the catalogue to which those of one domain belong.
const CARE: &str = "目录事项：养老服务 > 养老服务通用政策 > 养老服务扶持政策措施清单\n";

fn section(heading: &str, (number, unit): (&str, &str), points: &[&str]) -> DiagramBlock {
    DiagramBlock {
        heading: heading.into(),
        number: number.into(),
        unit: unit.into(),
        points: points.iter().map(|point| (*point).to_owned()).collect(),
    }
}

fn turn(question: &str, answer: &str, place: &str) -> Turn {
    Turn { question: question.into(), answer: answer.into(), place: place.into() }
}

fn subsidy() -> Piece {
    let text = Body {
        lead: "八十周岁以上、在家养老的老人，每月多领一百元，申请只要一份材料。".into(),
        text: "## 为什么出台\n原来的补贴标准是几年前定的，与现在的护理费用差得多。依据上级关于基本养老服务的要求，制定这份办法。\n\
               ## 目标任务\n让在家养老的高龄老人请得起护理、少跑腿。\n\
               ## 主要内容\n- 标准：八十周岁以上每人每月三百元。\n- 范围：本区户籍、在家养老的老人。\n- 申请：只交一份申请表，其余由社区核对。\n\
               ## 注意事项\n每年十一月复核一次，没有变化的不用再交材料。"
            .into(),
        differences: vec![
            Difference {
                matter: "补贴标准".into(),
                before: "每人每月二百元".into(),
                after: "每人每月三百元".into(),
            },
            Difference {
                matter: "申请材料".into(),
                before: "四份".into(),
                after: "一份申请表".into(),
            },
        ],
        ..Body::default()
    };
    let diagram = Body {
        lead: "谁能领、领多少、怎么领，一页看完。".into(),
        sections: vec![
            section("谁能领", ("80", "周岁以上"), &["本区户籍", "在家养老，不住养老机构"]),
            section("领多少", ("300", "元/月"), &["比原来多一百元", "按月打到社保卡"]),
            section(
                "怎么领",
                ("1", "份材料"),
                &["社区服务站交申请表", "家里人可以代办", "十个工作日办好"],
            ),
            section("什么时候", ("", ""), &["发布之日起施行", "每年十一月复核一次"]),
        ],
        ..Body::default()
    };
    let questions = Body {
        lead: "老人和家里人问得最多的三个问题。".into(),
        turns: vec![
            turn("住养老院的老人能领吗？", "不能。住养老机构的按另一项补贴领，不重复。", "第四条"),
            turn(
                "一定要本人去申请吗？",
                "不用。家里人、社区网格员都可以代办。\n- 带老人的社保卡\n- 在申请表上签名",
                "第六条",
            ),
            turn("什么时候到账？", "批准以后的下一个月起，每月十五日以前打到社保卡。", "第八条"),
        ],
        ..Body::default()
    };
    Piece {
        title: "居家养老护理补贴办法",
        text: "第一条　为支持居家养老，制定本办法。\n\n第二条　补贴对象为本区户籍、年满八十周岁、在家养老的老年人。\n\n第三条　补贴标准为每人每月三百元。",
        item: CARE,
        way: Way::Published,
        materials: vec![(Form::Text, text), (Form::Diagram, diagram), (Form::Questions, questions)],
    }
}

fn parking() -> Piece {
    let said = Body {
        lead: "老旧小区加装电梯，每台最多补十五万元，先装后补。".into(),
        speaker: "演示人员，区更新科科长".into(),
        text: "## 出台背景\n去年收到的来信里，问加装电梯的最多。\n## 目标任务\n三年内装好二百台。\n## 主要内容\n每台补工程费的四成，最多十五万元；三分之二业主同意就可以申请，一个窗口办完。"
            .into(),
        ..Body::default()
    };
    Piece {
        title: "支持老旧小区加装电梯若干措施",
        text: "一、补助标准。每台按工程费用的百分之四十补助，最多十五万元。\n\n二、申请条件。三分之二以上业主同意。\n\n三、办理。一个窗口受理。",
        item: "",
        way: Way::Published,
        materials: vec![(Form::Responsible, said)],
    }
}

fn under_way() -> Vec<Piece> {
    let review = Body {
        lead: "小微企业新招一名毕业生，一次补一千元。".into(),
        sections: vec![
            section("补给谁", ("", ""), &["本区的小微企业", "个体工商户也算"]),
            section("补多少", ("1000", "元/人"), &["签满一年合同", "缴满六个月社保"]),
            section(
                "出台背景和目标",
                ("", ""),
                &["依据上级稳就业的要求", "主要内容是降低招人的成本"],
            ),
        ],
        ..Body::default()
    };
    let waived = Piece {
        title: "公务用车定点维修管理规定",
        text: "本规定适用于本机关公务用车的维修，只调整内部流程。",
        item: "",
        way: Way::Waived("只规定本机关内部用车维修的流程，不影响群众和企业（演示）"),
        materials: vec![],
    };
    let reviewed = Piece {
        title: "小微企业招用高校毕业生补贴实施细则",
        text: "第一条　为支持小微企业招用高校毕业生，制定本细则。\n\n第二条　每招用一人补贴一千元。",
        item: "",
        way: Way::UnderReview,
        materials: vec![(Form::Diagram, review)],
    };
    let lead = |words: &str| Body { lead: words.into(), ..Body::default() };
    let questions = Body {
        turns: vec![turn("共享单车停哪里？", "停在画线的地方。", "第二条")],
        ..lead("停车的几个问题。")
    };
    let diagram = Body {
        sections: vec![section("停在哪里", ("", ""), &["画线的地方"])],
        ..lead("一页看懂停车。")
    };
    let text = Body {
        text: "## 背景\n停放不整齐的投诉多。".into(), ..lead("单车停得整齐。")
    };
    let written = Piece {
        title: "互联网租赁自行车停放管理办法",
        text: "第一条　为规范停放，制定本办法。\n\n第二条　在划定的区域停放。",
        item: "",
        way: Way::Writing,
        materials: vec![(Form::Text, text), (Form::Questions, questions), (Form::Diagram, diagram)],
    };
    vec![waived, reviewed, written]
}

/// Writes, reviews and publishes them for an organ.
pub(super) async fn load(
    ledger: &Ledger,
    (sealer, folder): (&Sealer, &Path),
    organ: &Organ,
) -> Result<(), Failure> {
    let (staff, publishers) = (Staff::of(ledger).await?, signing::publishers(folder));
    let bench = Bench { ledger, sealer, staff: &staff, publishers: &publishers, organ };
    let mut first = None;
    for piece in [subsidy(), parking()].into_iter().chain(under_way()) {
        let path = bench.lead(&piece).await?;
        first = first.or(path);
    }
    answering::load(&bench, first.as_deref(), subsidy().text).await
}

struct Bench<'a> {
    ledger: &'a Ledger,
    sealer: &'a Sealer,
    staff: &'a Staff,
    publishers: &'a Publishers,
    organ: &'a Organ,
}

impl Bench<'_> {
    fn someone(&self, role: Role, before: &mut BTreeSet<String>) -> Signatory {
        self.staff.someone(&self.organ.code, role, before)
    }

    async fn desk(&self, by: &Signatory) -> Result<Desk, Failure> {
        desk_of(self.ledger, by).await
    }

    /// Where its document stands, once it is published.
    async fn lead(&self, piece: &Piece) -> Result<Option<String>, Failure> {
        let by = self.someone(Role::Drafter, &mut BTreeSet::new());
        let draft = self.draft(&by, piece).await?;
        self.judge(&by, &draft, piece).await?;
        if piece.way == Way::Writing {
            return Ok(None);
        }
        let desk = self.desk(&by).await?;
        let unit = handing_in::keep(desk, self.publishers, &by, &draft, None).await;
        let unit = unit.map_err(|error| unfit(&error))?;
        self.review(&unit, if piece.way == Way::UnderReview { 1 } else { 3 }).await
    }

    /// So many steps of its review are taken; after the last of them it is published. Where it stands then.
    async fn review(&self, unit: &Unit, steps: usize) -> Result<Option<String>, Failure> {
        let mut before = unit.authors.clone();
        for step in [Step::First, Step::Secrecy, Step::Signature].into_iter().take(steps) {
            self.take(unit, step, &mut before).await?;
        }
        if steps < 3 {
            return Ok(None);
        }
        let by = self.someone(Role::Publisher, &mut before);
        let desk = self.desk(&by).await?;
        let out = publication::keep(desk, self.publishers, &unit.id, &by).await;
        Ok(out.map_err(refused)?.into_iter().find_map(|one| one.path))
    }

    /// The drafter writes the document; its key.
    async fn draft(&self, by: &Signatory, piece: &Piece) -> Result<String, Failure> {
        let today = self.ledger.clock().today();
        let manuscript = format!(
            "---\n标题：演示数据：{}（示例）\n发布机构：{}\n成文日期：{today}\n主题分类：综合政务/政务公开\n\
             体裁：通知\n公开属性：主动公开\n{}演示数据：是\n---\n\n{}\n\n本件为演示数据，内容系编写示例，不具有法律效力。\n",
            piece.title, self.organ.code, piece.item, piece.text
        );
        let told = |faults: Vec<records_rules::Fault>| {
            let told: Vec<_> = faults.iter().map(|fault| fault.message.clone()).collect();
            unfit(&told.join("；"))
        };
        let read = Submission::read_all(&manuscript, today).map_err(told)?;
        let read = items::link(self.ledger.store(), read, today).await?;
        let submission = read.into_iter().next().ok_or_else(|| unfit(&"没有稿件"))?;
        let desk = self.desk(by).await?;
        let draft = intake::begin(desk, self.publishers.folder(), by, submission).await;
        Ok(draft.map_err(|error| unfit(&error))?.id)
    }

    /// Whether it is interpreted; and where it is, how.
    async fn judge(&self, by: &Signatory, draft: &str, piece: &Piece) -> Result<(), Failure> {
        let said = match piece.way {
            Way::Waived(reason) => {
                judgement::Said { verdict: "buxuyao", reason, ..judgement::Said::default() }
            }
            _ => judgement::Said { verdict: "xuyao", ..judgement::Said::default() },
        };
        let domains = [("yanglaofuwu".to_owned(), "养老服务".to_owned())];
        let (desk, document) = (self.desk(by).await?, (DOCUMENT, draft));
        let policy = judgement::keep(desk, self.publishers, by, document, said, &domains).await;
        let policy = policy.map_err(act)?;
        if let Way::Waived(_) = piece.way {
            let mut before = BTreeSet::from([by.person.clone()]);
            let head = self.someone(Role::Approver, &mut before);
            let desk = self.desk(&head).await?;
            let said = (true, "只涉及内部流程");
            let agreed = decision::keep(desk, self.publishers, &head, &policy.id, said).await;
            return agreed.map(|_| ()).map_err(act);
        }
        if piece.way != Way::Writing {
            let said = plan::Said {
                forms: piece.materials.iter().map(|(form, _)| form.word()).collect(),
                points: "补给谁、补多少、怎么申请",
                responsible: "政策法规科负责人",
                channels: "门户、政务新媒体",
                phone: "0592-0000000",
                seen: "",
            };
            plan::keep(self.desk(by).await?, by, &policy.id, &said).await.map_err(act)?;
        }
        for (form, body) in &piece.materials {
            let desk = self.desk(by).await?;
            let begun = material::begin(desk, by, &policy.id, (form.word(), None)).await;
            let begun = begun.map_err(act)?;
            let title = format!("演示数据：{}", begun.title);
            let said = material::Said { title: &title, body: body.clone() };
            let desk = self.desk(by).await?;
            material::write(desk, by, &begun.id, (&said, begun.revision)).await.map_err(act)?;
        }
        Ok(())
    }

    async fn take(
        &self,
        unit: &Unit,
        of: Step,
        before: &mut BTreeSet<String>,
    ) -> Result<(), Failure> {
        let role = match of {
            Step::First => Role::Reviewer,
            Step::Secrecy => Role::SecrecyReviewer,
            _ => Role::Approver,
        };
        let by = self.someone(role, before);
        let desk = self.desk(&by).await?;
        let taken = step::keep(desk, self.publishers, &unit.id, of, &Verdict::Pass, &by).await;
        taken.map(|_| ()).map_err(refused)
    }
}

fn act(error: ActError) -> Failure {
    unfit(&error)
}

/// The data of the demo do not fit the program.
fn unfit(error: &dyn std::fmt::Display) -> Failure {
    let message = format!("演示的政策解读装不进去: {error}");
    Failure::new(Exit::Failure, message, "请重新取得程序")
}
