//! 办理: what can be done to a file, each with its power, its fields, and when it is offered. The rules decide
//! once more when it is done.

use requests_rules::{Consulted, Letter};

use super::file::File;
use crate::store::{AnswerState, FilingState, RemedyKind};

/// Something that can be done to a file.
pub(super) struct Acting {
    /// The last part of its address.
    pub path: &'static str,
    /// Its address below the site.
    pub address: &'static str,
    /// The act of the access policy.
    pub power: &'static str,
    /// What the button and the page are called.
    pub words: &'static str,
    /// What whoever does it has to know.
    pub hint: &'static str,
    /// What is asked.
    pub asks: &'static [Ask],
    /// Whether it may be done now.
    pub offered: fn(&File) -> bool,
}

/// A field.
#[derive(Clone, Copy)]
pub(super) struct Ask {
    pub name: &'static str,
    pub label: &'static str,
    pub hint: &'static str,
    pub kind: Kind,
}

/// What kind of field.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// One line.
    Line,
    /// Several lines.
    Lines,
    /// A day.
    Day,
    /// A number, with what stands in it.
    Number(&'static str),
    /// A box to tick.
    Tick,
    /// A file.
    File,
    /// One of several.
    Pick(Pick),
}

/// What is picked from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Pick {
    /// 经办人 of the organ.
    Officers,
    /// 科室 of the organ.
    Units,
    /// Opinions that are awaited.
    Awaited,
    /// Of other organs.
    AwaitedOrgans,
    /// Third parties that object.
    Against,
    /// What an opinion says.
    Said,
    /// Letters that went out.
    Letters,
    /// Letters on their way.
    OnTheWay,
    /// Ways of serving.
    Methods,
    /// Proofs of service.
    Proofs,
    /// The two methods of charging.
    Charging,
    /// How reasons are judged.
    Judged,
    /// Yes or no.
    Agreed,
    /// 保管期限.
    Retentions,
    /// 复议, suits.
    Remedies,
    /// Reviews that were concluded.
    Reviews,
}

const fn ask(name: &'static str, label: &'static str, hint: &'static str, kind: Kind) -> Ask {
    Ask { name, label, hint, kind }
}

const WHY: Ask = ask("liyou", "理由", "", Kind::Lines);
const AGREED: Ask = ask("jueding", "决定", "", Kind::Pick(Pick::Agreed));
const WORDS: Ask = ask("liyou", "决定的理由", "", Kind::Lines);
const DECISION: &[Ask] = &[AGREED, WORDS];

fn is_open(file: &File) -> bool {
    !file.case.filing.is_closed()
}

fn is_running(file: &File) -> bool {
    file.case.filing.state == FilingState::Running
}

fn stands(file: &File, state: FilingState) -> bool {
    file.case.filing.state == state
}

fn has(file: &File, letter: Letter) -> bool {
    file.letters.iter().any(|one| one.kind == letter)
}

fn happened(file: &File, kind: &str) -> bool {
    file.case.events.iter().any(|event| event.kind == kind)
}

/// Everything that can be done, in the order in which it may come.
pub(super) const ACTS: &[Acting] = &[
    Acting {
        path: "queren",
        address: "/gongzuo/shenqing/{id}/queren",
        power: "foi.register",
        words: "确认收到",
        hint: "今天与申请人联系确认。今天就是收到之日，明天起计时。",
        asks: &[],
        offered: |file| stands(file, FilingState::Unconfirmed),
    },
    Acting {
        path: "fenban",
        address: "/gongzuo/shenqing/{id}/fenban",
        power: "foi.assign",
        words: "分办",
        hint: "分给经办人，或者只分给科室。",
        asks: &[
            ask("jingban", "经办人", "可不选", Kind::Pick(Pick::Officers)),
            ask("keshi", "科室", "可不选", Kind::Pick(Pick::Units)),
        ],
        offered: is_open,
    },
    Acting {
        path: "buzheng",
        address: "/gongzuo/shenqing/{id}/buzheng",
        power: "foi.ask_supplement",
        words: "补正告知",
        hint: "收到之日起七个工作日内，一次写全。答复期限停下来，收到补正后从次日重新计算。",
        asks: &[
            ask("shixiang", "补正事项", "一行一项，写明补什么、怎样补", Kind::Lines),
            ask("tianshu", "补正期限（工作日）", "", Kind::Number("15")),
        ],
        offered: |file| is_running(file) && !has(file, Letter::CorrectionNotice),
    },
    Acting {
        path: "zaibuzheng",
        address: "/gongzuo/shenqing/{id}/zaibuzheng",
        power: "foi.ask_supplement",
        words: "提请再次补正",
        hint: "再次补正要负责人同意。",
        asks: &[
            ask("shixiang", "补正事项", "一行一项", Kind::Lines),
            ask("tianshu", "补正期限（工作日）", "", Kind::Number("15")),
            WHY,
        ],
        offered: |file| {
            is_running(file)
                && has(file, Letter::CorrectionNotice)
                && file.waiting("second_correction").is_none()
        },
    },
    Acting {
        path: "shoudao",
        address: "/gongzuo/shenqing/{id}/shoudao",
        power: "foi.register",
        words: "登记收到补正",
        hint: "申请人送来、寄来的补正材料。今天是收到补正之日，期限从明天重新计算。",
        asks: &[
            ask("cailiao", "补正材料", "扫描件", Kind::File),
            ask("liyou", "逾期的正当理由", "没有逾期的不填", Kind::Lines),
        ],
        offered: |file| {
            stands(file, FilingState::Correction)
                || stands(file, FilingState::Lapsed) && has(file, Letter::CorrectionNotice)
        },
    },
    Acting {
        path: "disanfang",
        address: "/gongzuo/shenqing/{id}/disanfang",
        power: "foi.consult_third_party",
        words: "征求第三方意见",
        hint: "从明天起停止计时。函上不写申请人是谁。第三方收到之日起十五个工作日。",
        asks: &[
            ask("mingcheng", "第三方名称或者姓名", "", Kind::Line),
            ask("dianhua", "联系电话", "", Kind::Line),
            ask("dizhi", "通信地址", "", Kind::Line),
            ask("shixiang", "拟公开的信息", "不要写申请人的姓名、号码", Kind::Lines),
        ],
        offered: |file| is_running(file) || stands(file, FilingState::Opinion),
    },
    Acting {
        path: "qitajiguan",
        address: "/gongzuo/shenqing/{id}/qitajiguan",
        power: "foi.consult_agency",
        words: "征求其他机关意见",
        hint: "从明天起停止计时。共同制作的机关十五个工作日不答复视为同意；其他机关没有法定期限。",
        asks: &[
            ask("jiguan", "机关名称", "", Kind::Line),
            ask("gongtong", "该信息由本机关与它共同制作", "", Kind::Tick),
            ask("shixiang", "拟公开的信息", "不要写申请人的姓名、号码", Kind::Lines),
        ],
        offered: |file| is_running(file) || stands(file, FilingState::Opinion),
    },
    Acting {
        path: "yijian",
        address: "/gongzuo/shenqing/{id}/yijian",
        power: "foi.consult_third_party",
        words: "登记收到的意见",
        hint: "书面收到的意见，附原件。全部意见到齐后恢复计时。",
        asks: &[
            ask("yijian", "哪一份", "", Kind::Pick(Pick::Awaited)),
            ask("shuo", "意见", "", Kind::Pick(Pick::Said)),
            ask("riqi", "收到意见的日期", "", Kind::Day),
            ask("neirong", "意见内容", "", Kind::Lines),
            ask("yuanjian", "原件", "扫描件", Kind::File),
        ],
        offered: |file| file.opinions.iter().any(|one| one.given_on.is_none()),
    },
    Acting {
        path: "budeng",
        address: "/gongzuo/shenqing/{id}/budeng",
        power: "foi.consult_agency",
        words: "不再等待其他机关意见",
        hint: "法律没有给其他机关规定期限，机关可以不再等待。",
        asks: &[ask("yijian", "哪一份", "", Kind::Pick(Pick::AwaitedOrgans)), WHY],
        offered: |file| {
            let waits = |of: Consulted| of == Consulted::OtherOrgan;
            file.opinions.iter().any(|one| waits(one.of) && one.given_on.is_none())
        },
    },
    Acting {
        path: "shuoming",
        address: "/gongzuo/shenqing/{id}/shuoming",
        power: "foi.ask_supplement",
        words: "要求说明理由",
        hint: "只用于数量、频次明显超过合理范围的申请。不停止计时。",
        asks: &[ask("qingkuang", "数量、频次的情况", "从哪天到哪天，共几件", Kind::Lines)],
        offered: |file| is_running(file) && !has(file, Letter::ReasonNotice),
    },
    Acting {
        path: "rending",
        address: "/gongzuo/shenqing/{id}/rending",
        power: "foi.draft_reply",
        words: "认定申请理由",
        hint: "理由不合理的，答复不予处理；合理的继续办理，期限内办不完的另行提请延迟。",
        asks: &[ask("rending", "认定", "", Kind::Pick(Pick::Judged)), WHY],
        offered: |file| {
            is_open(file) && has(file, Letter::ReasonNotice) && !happened(file, "reasons_judged")
        },
    },
    Acting {
        path: "jiansuo",
        address: "/gongzuo/shenqing/{id}/jiansuo",
        power: "foi.draft_reply",
        words: "登记检索",
        hint: "在哪里找、用什么词、谁找的、找到什么。答复信息不存在的必须有。",
        asks: SEARCH,
        offered: is_open,
    },
    Acting {
        path: "keshijiansuo",
        address: "/gongzuo/shenqing/{id}/keshijiansuo",
        power: "foi.department_opinion",
        words: "登记科室检索",
        hint: "本科室在哪里找、用什么词、谁找的、找到什么。",
        asks: SEARCH,
        offered: is_open,
    },
    Acting {
        path: "keshiyijian",
        address: "/gongzuo/shenqing/{id}/keshiyijian",
        power: "foi.department_opinion",
        words: "科室意见",
        hint: "本科室对能否公开的意见。",
        asks: &[ask("liyou", "意见", "", Kind::Lines)],
        offered: is_open,
    },
    Acting {
        path: "yanqi",
        address: "/gongzuo/shenqing/{id}/yanqi",
        power: "foi.extend.propose",
        words: "提请延期",
        hint: "负责人同意并告知申请人才算数，要在期限届满以前。累计不超过二十个工作日。",
        asks: &[ask("tianshu", "延长几个工作日", "", Kind::Number("20")), WHY],
        offered: |file| is_running(file) && file.waiting("extension").is_none(),
    },
    Acting {
        path: "yanchi",
        address: "/gongzuo/shenqing/{id}/yanchi",
        power: "foi.extend.propose",
        words: "提请延迟答复",
        hint: "要求说明理由、认定理由合理以后才可以。",
        asks: &[ask("riqi", "最迟答复日期", "", Kind::Day), WHY],
        offered: |file| {
            is_running(file) && has(file, Letter::ReasonNotice) && file.waiting("delay").is_none()
        },
    },
    Acting {
        path: "shoufei",
        address: "/gongzuo/shenqing/{id}/shoufei",
        power: "foi.fee.propose",
        words: "拟定收费",
        hint: "数量、频次明显超过合理范围才收。数额由系统按标准计算，负责人决定。",
        asks: &[
            ask("fangfa", "计费方式", "", Kind::Pick(Pick::Charging)),
            ask("yeshu", "页数", "按量计收时填写", Kind::Number("")),
            WHY,
        ],
        offered: |file| is_running(file) && file.waiting("fee").is_none(),
    },
    Acting {
        path: "jiaofei",
        address: "/gongzuo/shenqing/{id}/jiaofei",
        power: "foi.fee.record",
        words: "登记缴费",
        hint: "缴清之日的次日起，答复期限重新计算。",
        asks: &[
            ask("riqi", "缴清日期", "", Kind::Day),
            ask("pingzheng", "缴款凭证号", "", Kind::Line),
        ],
        offered: |file| stands(file, FilingState::Payment),
    },
    Acting {
        path: "fangqi",
        address: "/gongzuo/shenqing/{id}/fangqi",
        power: "foi.abandon.propose",
        words: "提请不再处理",
        hint: "补正、缴费期限届满，有送达证明。负责人决定后告知申请人。",
        asks: &[WHY],
        offered: |file| stands(file, FilingState::Lapsed) && file.waiting("abandonment").is_none(),
    },
    Acting {
        path: "hebing",
        address: "/gongzuo/shenqing/{id}/hebing",
        power: "foi.draft_reply",
        words: "合并办理",
        hint: "同一申请人就同一信息先后提出、前一份还在办理的，后一份并入前一份并告知。",
        asks: &[ask("bianhao", "前一份的登记编号", "", Kind::Line)],
        offered: is_running,
    },
    Acting {
        path: "jueding-yanqi",
        address: "/gongzuo/shenqing/{id}/jueding-yanqi",
        power: "foi.extend.approve",
        words: "决定延期",
        hint: "同意以后立即制发延长答复期限告知书。",
        asks: DECISION,
        offered: |file| file.waiting("extension").is_some(),
    },
    Acting {
        path: "jueding-yanchi",
        address: "/gongzuo/shenqing/{id}/jueding-yanchi",
        power: "foi.delay.approve",
        words: "决定延迟答复",
        hint: "同意以后立即制发延迟答复告知书。",
        asks: DECISION,
        offered: |file| file.waiting("delay").is_some(),
    },
    Acting {
        path: "jueding-shoufei",
        address: "/gongzuo/shenqing/{id}/jueding-shoufei",
        power: "foi.fee.approve",
        words: "决定收费",
        hint: "同意以后立即制发收费通知书，计时停止。",
        asks: DECISION,
        offered: |file| file.waiting("fee").is_some(),
    },
    Acting {
        path: "jueding-buzheng",
        address: "/gongzuo/shenqing/{id}/jueding-buzheng",
        power: "foi.extend.approve",
        words: "决定再次补正",
        hint: "同意以后立即制发补正告知书。",
        asks: DECISION,
        offered: |file| file.waiting("second_correction").is_some(),
    },
    Acting {
        path: "jueding-fangqi",
        address: "/gongzuo/shenqing/{id}/jueding-fangqi",
        power: "foi.abandon.approve",
        words: "决定不再处理",
        hint: "同意以后立即制发办结告知书，申请办结。",
        asks: DECISION,
        offered: |file| file.waiting("abandonment").is_some(),
    },
    Acting {
        path: "songda",
        address: "/gongzuo/shenqing/{id}/songda",
        power: "foi.deliver",
        words: "发出文书",
        hint: "今天把文书交邮、发送或者当面交给申请人。",
        asks: &[
            ask("wenshu", "文书", "", Kind::Pick(Pick::Letters)),
            ask("fangshi", "送达方式", "", Kind::Pick(Pick::Methods)),
            ask("danhao", "邮件号或者回证号", "", Kind::Line),
        ],
        offered: |file| !file.letters.is_empty(),
    },
    Acting {
        path: "huizheng",
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
        path: "gaozhi",
        address: "/gongzuo/shenqing/{id}/gaozhi",
        power: "foi.deliver",
        words: "公开决定告知第三方",
        hint: "违背第三方意见公开的，写明公开什么和理由。",
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
        path: "guidang",
        address: "/gongzuo/shenqing/{id}/guidang",
        power: "foi.archive",
        words: "归档",
        hint: "办结并且答复送达以后归档，列出案卷目录。",
        asks: &[ask("qixian", "保管期限", "", Kind::Pick(Pick::Retentions))],
        offered: |file| file.case.filing.is_closed() && file.case.filing.archived_on.is_none(),
    },
    Acting {
        path: "fuyi",
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
        path: "quming",
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
        path: "jueding-quming",
        address: "/gongzuo/shenqing/{id}/jueding-quming",
        power: "foi.purge.approve",
        words: "决定去标识",
        hint: "同意以后申请人、代理人、第三方的身份和联系方式都去掉，不能恢复。",
        asks: DECISION,
        offered: |file| file.waiting("removal").is_some(),
    },
];

const SEARCH: &[Ask] = &[
    ask("fanwei", "在哪里检索", "一行一处：档案、系统、询问过的单位", Kind::Lines),
    ask("jiansuoci", "检索词", "一行一个", Kind::Lines),
    ask("renyuan", "检索人员", "一行一人", Kind::Lines),
    ask("riqi", "检索日期", "", Kind::Day),
    ask("jieguo", "结果", "", Kind::Lines),
];

/// The acts that decide what was proposed: their path, and the word of the proposal.
pub(super) const DECISIONS: [(&str, &str); 6] = [
    ("jueding-yanqi", "extension"),
    ("jueding-yanchi", "delay"),
    ("jueding-shoufei", "fee"),
    ("jueding-buzheng", "second_correction"),
    ("jueding-fangqi", "abandonment"),
    ("jueding-quming", "removal"),
];

/// The act of an address.
pub(super) fn at(path: &str) -> Option<&'static Acting> {
    let last = path.rsplit('/').next()?;
    ACTS.iter().find(|act| act.path == last)
}

/// What may be done to a file now, by whoever may.
pub(super) fn offered(file: &File) -> impl Iterator<Item = &'static Acting> {
    ACTS.iter().filter(|act| (act.offered)(file))
}

/// Whether an answer may be written or looked at.
pub(super) fn answers(file: &File) -> bool {
    is_running(file)
        || file.answer.as_ref().is_some_and(|one| one.answer.state != AnswerState::Dropped)
}

/// The kinds of remedy, by their words.
pub(super) const REMEDIES: [(&str, &str, RemedyKind); 3] = [
    ("fuyi", "行政复议", RemedyKind::Review),
    ("susong", "行政诉讼（未经复议直接起诉）", RemedyKind::DirectSuit),
    ("zaisu", "行政诉讼（复议后起诉）", RemedyKind::SuitAfterReview),
];
