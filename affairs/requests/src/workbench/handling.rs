//! 办理: what an officer does to a file until there is an answer.

use requests_rules::{Consulted, Letter};

use super::acting::{
    Acting, Ask, Kind, Pick, WHY, ask, happened, has, is_open, is_running, judged, stands,
};
use super::choices::may_be_judged;
use crate::store::{Fee, FilingState};

/// In the order in which it may come.
pub(super) const HANDLING: &[Acting] = &[
    Acting {
        address: "/gongzuo/shenqing/{id}/queren",
        power: "foi.register",
        words: "确认收到",
        hint: "今天与申请人联系确认。今天就是收到之日，明天起计时。",
        asks: &[],
        offered: |file| stands(file, FilingState::Unconfirmed),
    },
    Acting {
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
        address: "/gongzuo/shenqing/{id}/buzheng",
        power: "foi.ask_supplement",
        words: "补正告知",
        hint: "要在法定期限内告知，一次写全。答复期限停下来，收到补正后从次日重新计算。",
        asks: &[
            ask("shixiang", "补正事项", "一行一项，写明补什么、怎样补", Kind::Lines),
            ask("tianshu", "补正期限（工作日）", "", Kind::Number),
        ],
        offered: |file| is_running(file) && !has(file, Letter::CorrectionNotice),
    },
    Acting {
        address: "/gongzuo/shenqing/{id}/zaibuzheng",
        power: "foi.ask_supplement",
        words: "提请再次补正",
        hint: "再次补正要负责人同意。",
        asks: &[
            ask("shixiang", "补正事项", "一行一项", Kind::Lines),
            ask("tianshu", "补正期限（工作日）", "", Kind::Number),
            WHY,
        ],
        offered: |file| {
            is_running(file)
                && has(file, Letter::CorrectionNotice)
                && file.waiting("second_correction").is_none()
        },
    },
    Acting {
        address: "/gongzuo/shenqing/{id}/shoudao",
        power: "foi.register",
        words: "登记收到补正",
        hint: "申请人送来、寄来的补正材料。收到补正之日的次日起，期限重新计算。",
        asks: &[
            ask("cailiao", "补正材料", "扫描件", Kind::File),
            ask("riqi", "收到补正的日期", "", Kind::Day),
            ask("liyou", "逾期的正当理由", "没有逾期的不填", Kind::Lines),
        ],
        offered: |file| {
            stands(file, FilingState::Correction)
                || stands(file, FilingState::Lapsed) && has(file, Letter::CorrectionNotice)
        },
    },
    Acting {
        address: "/gongzuo/shenqing/{id}/disanfang",
        power: "foi.consult_third_party",
        words: "征求第三方意见",
        hint: "从明天起停止计时。函上不写申请人是谁。第三方的期限从它收到的次日起算。",
        asks: &[
            ask("mingcheng", "第三方名称或者姓名", "", Kind::Line),
            ask("dianhua", "联系电话", "", Kind::Line),
            ask("dizhi", "通信地址", "", Kind::Line),
            ask("shixiang", "拟公开的信息", "不要写申请人的姓名、号码", Kind::Lines),
        ],
        offered: |file| is_running(file) || stands(file, FilingState::Opinion),
    },
    Acting {
        address: "/gongzuo/shenqing/{id}/qitajiguan",
        power: "foi.consult_agency",
        words: "征求其他机关意见",
        hint: "从明天起停止计时。共同制作的机关逾期不答复视为同意；其他机关没有法定期限。",
        asks: &[
            ask("jiguan", "机关名称", "", Kind::Line),
            ask("gongtong", "该信息由本机关与它共同制作", "", Kind::Tick),
            ask("shixiang", "拟公开的信息", "不要写申请人的姓名、号码", Kind::Lines),
        ],
        offered: |file| is_running(file) || stands(file, FilingState::Opinion),
    },
    Acting {
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
        address: "/gongzuo/shenqing/{id}/rendingyijian",
        power: "foi.consult_third_party",
        words: "认定第三方的理由",
        hint: "第三方写了不公开的理由的，合理不合理由本机关认定，写明为什么（条例第三十二条）。送审答复以前要认定。",
        asks: &[
            ask("yijian", "哪一份意见", "", Kind::Pick(Pick::Reasoned)),
            ask("rending", "认定", "", Kind::Pick(Pick::Holding)),
            WHY,
        ],
        offered: |file| is_open(file) && file.opinions.iter().any(may_be_judged),
    },
    Acting {
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
        address: "/gongzuo/shenqing/{id}/shuoming",
        power: "foi.ask_supplement",
        words: "要求说明理由",
        hint: "只用于数量、频次明显超过合理范围的申请。不停止计时。",
        asks: &[ask("qingkuang", "数量、频次的情况", "从哪天到哪天，共几件", Kind::Lines)],
        offered: |file| is_running(file) && !has(file, Letter::ReasonNotice),
    },
    Acting {
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
        address: "/gongzuo/shenqing/{id}/jiansuo",
        power: "foi.draft_reply",
        words: "登记检索",
        hint: "在哪里找、用什么词、谁找的、找到什么。答复信息不存在的必须有。",
        asks: SEARCH,
        offered: is_open,
    },
    Acting {
        address: "/gongzuo/shenqing/{id}/keshijiansuo",
        power: "foi.department_opinion",
        words: "登记科室检索",
        hint: "本科室在哪里找、用什么词、谁找的、找到什么。",
        asks: SEARCH,
        offered: is_open,
    },
    Acting {
        address: "/gongzuo/shenqing/{id}/keshiyijian",
        power: "foi.department_opinion",
        words: "科室意见",
        hint: "本科室对能否公开的意见。",
        asks: &[ask("liyou", "意见", "", Kind::Lines)],
        offered: is_open,
    },
    Acting {
        address: "/gongzuo/shenqing/{id}/yanqi",
        power: "foi.extend.propose",
        words: "提请延期",
        hint: "负责人同意并告知申请人才算数，要在期限届满以前。累计有法定的上限。",
        asks: &[ask("tianshu", "延长几个工作日", "", Kind::Number), WHY],
        offered: |file| {
            let asked = stands(file, FilingState::Opinion);
            (is_running(file) || asked) && file.waiting("extension").is_none()
        },
    },
    Acting {
        address: "/gongzuo/shenqing/{id}/yanchi",
        power: "foi.extend.propose",
        words: "提请延迟答复",
        hint: "要求说明理由、认定理由合理以后才可以。",
        asks: &[ask("riqi", "最迟答复日期", "", Kind::Day), WHY],
        offered: |file| {
            is_running(file) && judged(file) == Some("go_on") && file.waiting("delay").is_none()
        },
    },
    Acting {
        address: "/gongzuo/shenqing/{id}/shoufei",
        power: "foi.fee.propose",
        words: "拟定收费",
        hint: "数量、频次明显超过合理范围才收。数额由系统按标准计算，负责人决定。",
        asks: &[
            ask("fangfa", "计费方式", "", Kind::Pick(Pick::Charging)),
            ask("yeshu", "页数", "按量计收时填写", Kind::Number),
            WHY,
        ],
        offered: |file| {
            let paid_back = file.fees.iter().all(Fee::is_paid_back);
            is_running(file) && file.waiting("fee").is_none() && paid_back
        },
    },
    Acting {
        address: "/gongzuo/shenqing/{id}/jiaofei",
        power: "foi.fee.record",
        words: "登记缴费",
        hint: "缴清之日的次日起，答复期限重新计算。期限内缴清、后来才登记的，照票据写缴清日期。",
        asks: &[
            ask("riqi", "缴清日期", "", Kind::Day),
            ask("pingzheng", "缴款凭证号", "", Kind::Line),
        ],
        offered: |file| may_be_paid(file.case.filing.state, &file.fees),
    },
    Acting {
        address: "/gongzuo/shenqing/{id}/tuifei",
        power: "foi.fee.record",
        words: "登记退费",
        hint: "多收、不应当收的退还缴费人。不影响答复期限。",
        asks: &[
            ask("feiyong", "退哪一笔", "", Kind::Pick(Pick::Paid)),
            ask("jine", "退还金额（元）", "不超过所缴而未退的数额", Kind::Number),
            WHY,
        ],
        offered: |file| file.fees.iter().any(Fee::may_be_refunded),
    },
    Acting {
        address: "/gongzuo/shenqing/{id}/fangqi",
        power: "foi.abandon.propose",
        words: "提请不再处理",
        hint: "补正、缴费期限届满，有送达证明。负责人决定后告知申请人。",
        asks: &[WHY],
        offered: |file| stands(file, FilingState::Lapsed) && file.waiting("abandonment").is_none(),
    },
    Acting {
        address: "/gongzuo/shenqing/{id}/hebing",
        power: "foi.draft_reply",
        words: "合并办理",
        hint: "同一申请人就同一信息先后提出、前一份还在办理的，后一份并入前一份并告知。",
        asks: &[ask("bianhao", "前一份的登记编号", "", Kind::Line)],
        offered: is_running,
    },
];

/// What was paid in time may be written down later: the rules look at the day of the voucher.
fn may_be_paid(state: FilingState, fees: &[Fee]) -> bool {
    let unpaid = fees.iter().any(|fee| fee.paid_on.is_none());
    state == FilingState::Payment || state == FilingState::Lapsed && unpaid
}

const SEARCH: &[Ask] = &[
    ask("fanwei", "在哪里检索", "一行一处：档案、系统、询问过的单位", Kind::Lines),
    ask("jiansuoci", "检索词", "一行一个", Kind::Lines),
    ask("renyuan", "检索人员", "一行一人", Kind::Lines),
    ask("riqi", "检索日期", "", Kind::Day),
    ask("jieguo", "结果", "", Kind::Lines),
];

#[cfg(test)]
mod tests {
    use requests_rules::FeeMethod;

    use super::*;

    fn fee(paid_on: Option<law::Date>) -> Fee {
        Fee {
            id: "fee".into(),
            request: "request".into(),
            method: FeeMethod::PerPage,
            first: 1,
            last: 250,
            amount: 4700,
            shown: String::new(),
            noticed_on: law::day(2026, 3, 4),
            paid_on,
            voucher: String::new(),
            refunded_on: None,
            refunded: 0,
        }
    }

    #[test]
    fn a_payment_in_time_may_be_written_down_after_the_time_is_over() {
        let paid = Some(law::day(2026, 3, 5));
        for (state, paid_on, expected) in [
            (FilingState::Payment, None, true),
            (FilingState::Lapsed, None, true),
            (FilingState::Lapsed, paid, false),
            (FilingState::Running, None, false),
        ] {
            assert_eq!(may_be_paid(state, &[fee(paid_on)]), expected, "{state:?} {paid_on:?}");
        }
    }

    #[test]
    fn what_was_supplemented_is_written_down_on_its_day() {
        let received = HANDLING.iter().find(|act| act.path() == "shoudao").expect("is there");
        assert!(received.asks.iter().any(|ask| ask.kind == Kind::Day));
    }
}
