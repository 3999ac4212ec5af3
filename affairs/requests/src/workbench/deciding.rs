//! 决定、送达和办结以后: what others decide, how letters reach people, what comes after an answer.

use requests_rules::Consulted;

use super::acting::{Acting, DECISION, Kind, Pick, WHY, ask, happened};
use crate::store::{Conversion, FilingState};

/// In the order in which it may come.
pub(super) const DECIDING: &[Acting] = &[
    Acting {
        address: "/gongzuo/shenqing/{id}/jueding-yanqi",
        power: "foi.extend.approve",
        words: "决定延期",
        hint: "同意以后立即制发延长答复期限告知书。",
        asks: DECISION,
        offered: |file| file.waiting("extension").is_some(),
    },
    Acting {
        address: "/gongzuo/shenqing/{id}/jueding-yanchi",
        power: "foi.delay.approve",
        words: "决定延迟答复",
        hint: "同意以后立即制发延迟答复告知书。",
        asks: DECISION,
        offered: |file| file.waiting("delay").is_some(),
    },
    Acting {
        address: "/gongzuo/shenqing/{id}/jueding-shoufei",
        power: "foi.fee.approve",
        words: "决定收费",
        hint: "同意以后立即制发收费通知书，计时停止。",
        asks: DECISION,
        offered: |file| file.waiting("fee").is_some(),
    },
    Acting {
        address: "/gongzuo/shenqing/{id}/jueding-buzheng",
        power: "foi.extend.approve",
        words: "决定再次补正",
        hint: "同意以后立即制发补正告知书。",
        asks: DECISION,
        offered: |file| file.waiting("second_correction").is_some(),
    },
    Acting {
        address: "/gongzuo/shenqing/{id}/jueding-fangqi",
        power: "foi.abandon.approve",
        words: "决定不再处理",
        hint: "同意以后立即制发办结告知书，申请办结。",
        asks: DECISION,
        offered: |file| file.waiting("abandonment").is_some(),
    },
    Acting {
        address: "/gongzuo/shenqing/{id}/songda",
        power: "foi.deliver",
        words: "发出文书",
        hint: "今天把文书交邮、发送或者当面交给收件人。邮寄用挂号信或者特快专递，写邮件号。",
        asks: &[
            ask("wenshu", "文书", "", Kind::Pick(Pick::Letters)),
            ask("fangshi", "送达方式", "", Kind::Pick(Pick::Methods)),
            ask("danhao", "邮件号或者回证号", "邮寄的必须写", Kind::Line),
        ],
        offered: |file| !file.letters.is_empty(),
    },
    Acting {
        address: "/gongzuo/shenqing/{id}/huizheng",
        power: "foi.deliver",
        words: "登记送达",
        hint: "证明要与送达方式相符。",
        asks: &[
            ask("songda", "哪一份", "", Kind::Pick(Pick::OnTheWay)),
            ask("riqi", "送达日期", "", Kind::Day),
            ask("zhengming", "证明的种类", "", Kind::Pick(Pick::Proofs)),
            ask("yuanjian", "证明", "扫描件", Kind::File),
        ],
        offered: |file| file.deliveries.iter().any(|one| one.served_on.is_none()),
    },
    Acting {
        address: "/gongzuo/shenqing/{id}/gaozhi",
        power: "foi.deliver",
        words: "公开决定告知第三方",
        hint: "违背第三方意见公开的，写明公开什么，以及不公开为什么会对公共利益造成重大影响。送审以前写；告知书随答复印发，答复已经印发的立即制发。",
        asks: &[
            ask("yijian", "第三方", "", Kind::Pick(Pick::Against)),
            ask("gongkai", "决定公开的内容", "", Kind::Lines),
            WHY,
        ],
        offered: |file| {
            file.opinions.iter().any(|one| {
                one.of == Consulted::ThirdParty && one.given_on.is_some() && one.told_on.is_none()
            })
        },
    },
    Acting {
        address: "/gongzuo/shenqing/{id}/zhuangongkai",
        power: "foi.convert",
        words: "转为主动公开",
        hint: "生成公开答复的稿件，不带申请人。稿件由本机关起草人员完善，审查签发以后才发布。",
        asks: &[
            ask("biaoti", "标题", "", Kind::Line),
            ask("zhengwen", "正文", "不写能识别申请人的内容；以后在稿件里还可以改", Kind::Lines),
            WHY,
        ],
        offered: |file| {
            let before = file.conversion.as_ref();
            let free = before.is_none_or(Conversion::may_begin_anew);
            file.case.filing.state == FilingState::Answered && free
        },
    },
    Acting {
        address: "/gongzuo/shenqing/{id}/guidang",
        power: "foi.archive",
        words: "归档",
        hint: "办结并且答复送达以后归档，列出案卷目录。",
        asks: &[ask("qixian", "保管期限", "", Kind::Pick(Pick::Retentions))],
        offered: |file| file.case.filing.is_closed() && file.case.filing.archived_on.is_none(),
    },
    Acting {
        address: "/gongzuo/shenqing/{id}/fuyi",
        power: "foi.remedy.record",
        words: "登记复议、诉讼",
        hint: "收到复议、应诉通知时登记。",
        asks: &[
            ask("zhonglei", "种类", "", Kind::Pick(Pick::Remedies)),
            ask("jiguan", "复议机关或者法院", "", Kind::Line),
            ask("anhao", "案号", "", Kind::Line),
            ask("riqi", "提起日期", "", Kind::Day),
            ask("fuyi", "针对的复议", "复议后起诉的填写", Kind::Pick(Pick::Reviews)),
        ],
        offered: |file| file.case.filing.received_on.is_some(),
    },
    Acting {
        address: "/gongzuo/shenqing/{id}/jieguo",
        power: "foi.remedy.record",
        words: "登记复议、诉讼结果",
        hint: "收到复议决定书、生效裁判时登记，计入年度报告。",
        asks: &[
            ask("anjian", "哪一件", "", Kind::Pick(Pick::Pending)),
            ask("jieguo", "结果", "", Kind::Pick(Pick::Results)),
            ask("riqi", "审结日期", "", Kind::Day),
        ],
        offered: |file| happened(file, "remedy"),
    },
    Acting {
        address: "/gongzuo/shenqing/{id}/quming",
        power: "foi.purge.propose",
        words: "提请去标识",
        hint: "保管期满，没有未结的复议、诉讼，没有保全。由另一人批准。",
        asks: &[WHY],
        offered: |file| {
            let filing = &file.case.filing;
            filing.archived_on.is_some()
                && filing.nameless_on.is_none()
                && file.waiting("removal").is_none()
        },
    },
    Acting {
        address: "/gongzuo/shenqing/{id}/jueding-quming",
        power: "foi.purge.approve",
        words: "决定去标识",
        hint: "同意以后申请人、代理人、第三方的身份和联系方式都去掉，不能恢复。",
        asks: DECISION,
        offered: |file| file.waiting("removal").is_some(),
    },
    Acting {
        address: "/gongzuo/shenqing/{id}/baoquan",
        power: "foi.hold.place",
        words: "依法保全",
        hint: "复议、诉讼、调查需要的，保全以后任何人不能去标识。",
        asks: &[WHY],
        offered: |file| {
            let filing = &file.case.filing;
            !filing.held && filing.nameless_on.is_none() && filing.received_on.is_some()
        },
    },
    Acting {
        address: "/gongzuo/shenqing/{id}/jiebao",
        power: "foi.hold.lift",
        words: "解除保全",
        hint: "由提出保全以外的人解除。",
        asks: &[ask("baoquan", "哪一项保全", "", Kind::Pick(Pick::Holds)), WHY],
        offered: |file| file.case.filing.held,
    },
];
