//! `/kanban/suanfa`: how every number is made, from what, and what is left out.

use askama::Template;
use assessment_rules::{FEWEST, QUALIFYING, SETTLING};
use axum::response::Html;
use law::{Provision, article};
use web::layout::Frame;
use web::page::Page;
use web::{Fault, Visit};

use super::{frame, newest};

#[derive(Template)]
#[template(path = "portal/method.html")]
struct MethodPage {
    frame: Frame,
    measures: Vec<Measure>,
    fewest: u32,
    line: String,
    settling: u32,
    sources: Vec<&'static str>,
}

/// How one number is made.
struct Measure {
    name: &'static str,
    says: &'static str,
    part: &'static str,
    whole: &'static str,
    left_out: &'static str,
    basis: String,
}

const REGULATION: &str = "政府信息公开条例";

type Told =
    (&'static str, &'static str, &'static str, &'static str, &'static str, fn() -> Provision);

/// What is told, in the order of the board.
const MEASURES: [Told; 6] = [
    (
        "按时率",
        "到期的公开义务有多少按时公开。目录每个事项在什么情形、最迟哪一天公开，见标准目录。",
        "最后一日（含当日）以前公开的义务",
        "最后一日在这一期、而且已经过完的义务，和这一期到期、提前公开的义务",
        "标为本期不适用的；时限写法算不出最后一日的。只面向特定群体的计入，不逐件列出",
        || article(REGULATION, 26),
    ),
    (
        "应公开覆盖率",
        "该有公开信息的事项有多少有了。事项按机关数：一个事项由几个机关公开的，各算一项。",
        "到期末公开过信息的事项",
        "到期末有过最后一日的，或者公开过信息的事项",
        "还没有到过期、也没有公开过的事项。标准目录全部事项的覆盖率叫“目录覆盖率”，见“覆盖和按时情况”",
        || article(REGULATION, 28),
    ),
    (
        "更新率",
        "公开过的栏目有没有更新：最近一次到期的内容在不在。",
        "最近一次到期的义务已经公开的事项",
        "到期末有过最后一日的事项",
        "没有到过期的事项",
        || article(REGULATION, 26),
    ),
    (
        "答复用时",
        "从收到申请的次日数到答复当日的工作日，是申请人实际等的时间：补正、征求意见、延期都在内。",
        "中位数：一半不超过。九成不超过：十件里有九件不超过",
        "这一期答复的申请",
        "申请人撤回、放弃、并入另一件办理的。答复不足 5 件的机关只列件数",
        || article(REGULATION, 33).paragraph(2),
    ),
    (
        "20个工作日内答复、延期后答复",
        "法定答复期限是收到之日起 20 个工作日，可以延长不超过 20 个工作日。",
        "用时不超过 20 个工作日的；延长过期限的",
        "这一期答复的申请",
        "同上",
        || article(REGULATION, 33).paragraph(2),
    ),
    (
        "申请逾期",
        "过了法定的最后一日还没有答复，或者过后才答复的申请。最后一日按每件的补正、征求意见、延期计算。",
        "件数",
        "只列件数，不算率",
        "期限中止的（正在补正、征求第三方意见）还没有最后一日",
        || article(REGULATION, 33),
    ),
];

/// Shows how the numbers are made.
pub async fn show(visit: Visit) -> Result<Html<String>, Fault> {
    let framed = frame(&visit, "公开质量数字怎么算", "公开质量看板每个数字的算法");
    let framed = framed.under("政府信息公开", "/gongkai").under("公开质量看板", "/kanban");
    let sources = visit.house.assessed().into_iter().map(|source| source.name).collect();
    web::page::answer(&page(framed.at("数字怎么算"), sources))
}

fn page(frame: Frame, sources: Vec<&'static str>) -> MethodPage {
    let measure = |(name, says, part, whole, left_out, basis): Told| Measure {
        name,
        says,
        part,
        whole,
        left_out,
        basis: basis().to_string(),
    };
    MethodPage {
        frame,
        measures: MEASURES.into_iter().map(measure).collect(),
        fewest: newest(&FEWEST),
        line: format!("{}%", newest(&QUALIFYING) / 10),
        settling: SETTLING.versions().last().map_or(0, |(_, one)| one.value.0),
        sources,
    }
}

impl Page for MethodPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let frame = Frame::sample("公开质量数字怎么算").within("gongkai").at("数字怎么算");
        vec![("算法", page(frame, vec!["公开义务台账"]))]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_words_of_the_board_name_the_period_that_is_in_force() {
        let days = super::super::reply_days();
        let named = |text: &str| {
            let text = text.replace(' ', "");
            text.contains("个工作日") && !text.contains(&format!("{days}个工作日"))
        };
        let measures = super::MEASURES.iter().flat_map(|one| [one.0, one.1, one.2]);
        let headings = super::super::figures::HEADINGS;
        let wrong: Vec<&str> = measures.chain(headings).filter(|text| named(text)).collect();
        assert_eq!(wrong, Vec::<&str>::new());
    }

    #[test]
    fn the_method_is_sound() {
        assert_eq!(web::page::faults::<super::MethodPage>(), Vec::<String>::new());
    }
}
