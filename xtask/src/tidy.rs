//! Keeps the rules of the house that the compiler does not know.
//!
//! The facts are gathered once ([`House`]); each check is one file that looks at them and says
//! what it finds. A finding that breaks a rule fails the gate, a reminder does not.

mod advisories;
mod arrows;
mod commits;
mod deny;
mod finding;
mod glossary;
pub mod graph;
mod house;
mod layers;
mod lengths;
mod licences;
mod machine;
mod migrations;
mod names;
mod numbers;
mod purity;
mod readings;
mod routes;
mod source;
mod stamps;
mod unfinished;

use anyhow::bail;

use finding::{Finding, Weight};
use house::House;

type Check = fn(&House) -> Vec<Finding>;

/// What is checked, by the words shown when it holds.
const CHECKS: &[(&str, Check)] = &[
    ("箭头: 每个 crate 只用下面的楼层, 房间不提房间", arrows::check),
    ("规则不碰时钟、文件、环境和网络", purity::check),
    ("房间之内: 面 → 行为 → 存储", layers::check),
    ("只有 ledger 开启事务", commits::check),
    ("发布日期只由发布盖上", stamps::check),
    ("名字", names::check),
    ("数字都有出处", numbers::check),
    ("路由都写明权限或 public", routes::check),
    ("长度: 文件 300/600 行, 函数 30/60 行", lengths::check),
    ("词汇表收有规则里的每个公开类型", glossary::check),
    ("引用的解读都在", readings::check),
    ("数据库变更: 编号唯一, 发布后不改", migrations::check),
    ("许可证、来源、禁用的依赖", licences::check),
    ("安全公告与最低版本", advisories::check),
    ("没有本机路径和软件源地址", machine::check),
    ("没有未完成的记号", unfinished::check),
];

/// Runs every check and prints what was found.
///
/// # Errors
/// A rule is broken, or the facts cannot be gathered.
pub fn run() -> anyhow::Result<()> {
    let house = House::gather(&crate::shell::root())?;
    let mut broken = 0;
    let mut reminders = 0;
    for (title, check) in CHECKS {
        let findings = check(&house);
        let fails = findings.iter().filter(|finding| finding.weight == Weight::Broken).count();
        println!("{} {title}", if fails == 0 { "✓" } else { "✗" });
        for finding in &findings {
            println!("  {finding}");
        }
        broken += fails;
        reminders += findings.len() - fails;
    }
    if broken > 0 {
        bail!("tidy: {broken} 处违反规矩, {reminders} 处提醒");
    }
    println!("tidy: {} 项规矩都守住了, {reminders} 处提醒", CHECKS.len());
    Ok(())
}
