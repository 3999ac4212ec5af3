//! `gongkai catalogue adjustments`: what changed in the catalogue above, and the decisions on it.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use catalogue::acts::adjustment;
use catalogue::store::{Catalogue, Domain, OpenAdjustment};
use catalogue_rules::{Adjustment, Column, Decision, Item};
use ledger::Ledger;
use serde::Serialize;

use super::difference::{found, names, said};
use super::{read_file, refused};
use crate::commands::files::operator;
use crate::failure::{Exit, Failure};
use crate::opening::Whereabouts;

/// What can be done with changes above.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// 列出上级改了、本级还没有决定的事项
    List {
        /// 机关代码
        #[arg(long)]
        organ: String,
        /// 领域名称; 不写则列出全部领域
        #[arg(long)]
        domain: Option<String>,
        /// 输出 JSON
        #[arg(long)]
        json: bool,
    },
    /// 决定一条或几条: 采纳、不采纳或者改编, 本级不适用的维持或者列入; 写入本级草稿, 随下一版发布
    #[command(group = clap::ArgGroup::new("decision").required(true))]
    Decide {
        /// 上级调整的编号, 用 adjustments list 查看
        #[arg(required = true, value_name = "编号")]
        ids: Vec<String>,
        /// 采纳; 本级改过的栏保留
        #[arg(long, group = "decision")]
        accept: bool,
        /// 采纳时放弃本级的哪一栏, 例如 公开时限; 可以写几次
        #[arg(long, value_name = "栏", requires = "accept")]
        giving_up: Vec<String>,
        /// 不采纳的理由
        #[arg(long, value_name = "理由", group = "decision")]
        refuse: Option<String>,
        /// 改编: 只有这一个事项的目录文件
        #[arg(long, value_name = "文件", group = "decision")]
        adapt: Option<PathBuf>,
        /// 本级已定为不适用的, 仍然不适用
        #[arg(long, group = "decision")]
        maintain: bool,
        /// 维持不适用的新理由; 不写则沿用原来的
        #[arg(long, value_name = "理由", requires = "maintain")]
        reason: Option<String>,
        /// 本级已定为不适用的, 照用上级的内容列入
        #[arg(long, group = "decision")]
        take_in: bool,
    },
}

/// Carries a command out.
///
/// # Errors
/// There is no such catalogue or adjustment, or the decision cannot stand.
pub async fn run(command: Command, place: &Whereabouts) -> Result<(), Failure> {
    match command {
        Command::List { organ, domain, json } => {
            list(&place.existing().await?, &organ, domain.as_deref(), json).await
        }
        Command::Decide { ids, accept: _, giving_up, refuse, adapt, maintain, reason, take_in } => {
            place.present().await?;
            let decision = match (maintain, take_in) {
                (true, _) => Decision::Maintain { reason },
                (_, true) => Decision::TakeIn,
                _ => decision(giving_up, refuse, adapt.as_deref())?,
            };
            let ledger = place.existing().await?;
            let desk = ledger.desk(operator()).await?;
            let decided = adjustment::decide_all(desk, &ids, &decision).await.map_err(refused)?;
            let how = decided.first().map_or("", |one| one.state.name());
            println!("已办 {} 条（{how}）, 写入草稿; 发布后公开", decided.len());
            Ok(())
        }
    }
}

fn decision(
    giving_up: Vec<String>,
    refuse: Option<String>,
    adapt: Option<&Path>,
) -> Result<Decision, Failure> {
    if let Some(reason) = refuse {
        return Ok(Decision::Refuse { reason });
    }
    let Some(file) = adapt else {
        let giving_up = giving_up.into_iter().map(Column::from).collect();
        return Ok(Decision::Accept { giving_up });
    };
    let mut items = read_file(file)?.0.items;
    match (items.pop(), items.len()) {
        (Some(item), 0) => Ok(Decision::Adapt { item: Box::new(item) }),
        (_, others) => {
            let count = others + 1;
            let message = format!("{} 里有 {count} 个事项", file.display());
            Err(Failure::invalid(message, "改编一次只办一个事项, 请只留一行"))
        }
    }
}

#[derive(Serialize)]
struct Answer {
    schema_version: u32,
    adjustments: Vec<Line>,
}

#[derive(Serialize)]
struct Line {
    id: String,
    domain: String,
    key: String,
    name: String,
    raised_on: Option<String>,
    #[serde(flatten)]
    adjustment: Adjustment,
    above: Item,
    /// Why the row does not apply here, where that was decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    not_applicable: Option<String>,
}

async fn list(
    ledger: &Ledger,
    organ: &str,
    domain: Option<&str>,
    json: bool,
) -> Result<(), Failure> {
    let mut lines = Vec::new();
    for (name, catalogue) in catalogues(ledger, organ, domain).await? {
        let open = OpenAdjustment::all(ledger.store(), &catalogue).await?;
        lines.extend(open.into_iter().map(|open| Line {
            id: open.entry.id,
            domain: name.clone(),
            key: open.entry.item,
            name: names(&open.item),
            raised_on: open.entry.raised_on.map(|day| day.to_string()),
            adjustment: open.adjustment,
            above: open.item,
            not_applicable: open.not_applicable,
        }));
    }
    let mut out = io::stdout().lock();
    if json {
        let answer = Answer { schema_version: 1, adjustments: lines };
        serde_json::to_writer_pretty(&mut out, &answer)?;
        return Ok(writeln!(out)?);
    }
    for line in &lines {
        write_line(&mut out, line)?;
    }
    writeln!(out, "待决定 {} 条", lines.len())?;
    Ok(())
}

fn write_line(out: &mut impl Write, line: &Line) -> io::Result<()> {
    let Line { id, domain, name, adjustment, not_applicable, .. } = line;
    writeln!(out, "{id}  {}  {domain}  {name}", adjustment.kind.name())?;
    if let Some(why) = not_applicable {
        writeln!(out, "  本级不适用, 理由: {why}; 用 --maintain 维持, 或者用 --take-in 列入")?;
    }
    for cell in &adjustment.cells {
        let (base, above, ours) = (said(&cell.base), said(&cell.above), said(&cell.ours));
        let who = cell.changed_by.name();
        let column = cell.column.name();
        writeln!(out, "  {column}（{who}）: 上级原 {base}; 上级现 {above}; 本级 {ours}")?;
    }
    Ok(())
}

/// The catalogues of an organ that take up another, each with its domain's name.
async fn catalogues(
    ledger: &Ledger,
    organ: &str,
    domain: Option<&str>,
) -> Result<Vec<(String, Catalogue)>, Failure> {
    let (store, today) = (ledger.store(), ledger.clock().today());
    let mut all = Vec::new();
    if let Some(domain) = domain {
        all.push((domain.to_owned(), found(ledger, organ, domain).await?));
        return Ok(all);
    }
    let known = identity::Organ::find(store, organ).await?;
    if known.is_none() {
        let message = format!("没有代码为 {organ} 的机关");
        return Err(Failure::new(Exit::NotFound, message, "用 gongkai organ list 查看机关代码"));
    }
    for domain in Domain::all(store, today).await? {
        let found = Catalogue::of(store, organ, &domain.slug).await?;
        all.extend(found.map(|catalogue| (domain.name, catalogue)));
    }
    Ok(all)
}
