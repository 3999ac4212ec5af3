//! `gongkai catalogue`: reading, taking in, checking, releasing and writing out 标准目录.

mod adjustments;
mod difference;
mod findings;
mod plan;
mod reading;
mod staging;
mod taking_in;
mod writing_out;

use std::io::{self, Write};
use std::path::PathBuf;

use catalogue::Stats;
use catalogue::acts::ActError;
use catalogue::acts::release::{self, Release};
use law::Date;

use super::files::operator;
use crate::failure::{Exit, Failure};
use crate::opening::Whereabouts;
pub use reading::read_bytes;
use reading::{read_file, show_read};

/// What can be done with catalogues.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// 读出一个目录文件(网页、xls/xlsx、docx、csv、粘贴文本), 不存入
    Read {
        /// 目录文件
        file: PathBuf,
        /// 输出 JSON
        #[arg(long)]
        json: bool,
    },
    /// 把目录文件导入为某机关的草稿
    Import {
        /// 目录文件
        file: PathBuf,
        /// 机关代码
        #[arg(long)]
        organ: String,
        /// 领域名称; 文件写明领域时可以不填
        #[arg(long)]
        domain: Option<String>,
        /// 只看会导入什么, 不存入
        #[arg(long)]
        dry_run: bool,
        /// 已经有草稿时, 用这个文件换掉它; 草稿里的改动不再保留
        #[arg(long)]
        replace_draft: bool,
    },
    /// 检查目录文件, 或者平台里的草稿和现行版本: 八要素、法定时限、依据、主体、重复、一刀切
    Lint(findings::Lint),
    /// 录入已经印发的目录, 自某日起施行; 新编的用 submit 送审
    Release {
        /// 机关代码
        #[arg(long)]
        organ: String,
        /// 领域名称
        #[arg(long)]
        domain: String,
        /// 施行日期
        #[arg(long, value_name = "日期")]
        from: Date,
        /// 由哪份文件印发, 或者依据什么原样录入; 记入留痕
        #[arg(long, value_name = "依据")]
        issued: Option<String>,
    },
    /// 送审草稿: 初审、保密审查、签发在工作台由三个人办理, 然后发布
    Submit {
        /// 机关代码
        #[arg(long)]
        organ: String,
        /// 领域名称
        #[arg(long)]
        domain: String,
        /// 拟施行日期
        #[arg(long, value_name = "日期")]
        from: Date,
        /// 没有征求意见或者审核时, 送审的理由
        #[arg(long, value_name = "理由")]
        despite: Option<String>,
        /// 给审查人的说明
        #[arg(long, value_name = "文字")]
        note: Option<String>,
    },
    /// 导出现行目录: 按文件名后缀写成 xlsx、docx、pdf、csv 或 json
    Export {
        /// 机关代码
        #[arg(long)]
        organ: String,
        /// 领域名称
        #[arg(long)]
        domain: String,
        /// 写到哪个文件
        file: PathBuf,
        /// 导出草稿而不是现行版本
        #[arg(long)]
        draft: bool,
    },
    /// 承接上级目录, 成为本级草稿
    Adopt {
        /// 机关代码
        #[arg(long)]
        organ: String,
        /// 领域名称
        #[arg(long)]
        domain: String,
        /// 承接哪个机关的目录
        #[arg(long, value_name = "机关代码")]
        from: String,
        /// 上级目录写的公开主体在本级是哪个机关: 上级写法=本级机关; 可以写几次
        #[arg(long, value_name = "上级写法=本级机关")]
        body: Vec<String>,
    },
    /// 草稿公开征求意见, 到某日截止
    Consult {
        /// 机关代码
        #[arg(long)]
        organ: String,
        /// 领域名称
        #[arg(long)]
        domain: String,
        /// 截止日期, 含当日
        #[arg(long, value_name = "日期")]
        until: Date,
    },
    /// 征求意见截止后, 草稿进入审核
    Review {
        /// 机关代码
        #[arg(long)]
        organ: String,
        /// 领域名称
        #[arg(long)]
        domain: String,
    },
    /// 比较两版、两个文件, 或者与上级目录比较, 逐项逐栏列出差异
    Diff {
        /// 两个版本号或者两个文件
        #[arg(value_name = "版本或文件", num_args = 0..=2)]
        sides: Vec<String>,
        /// 机关代码
        #[arg(long)]
        organ: Option<String>,
        /// 领域名称
        #[arg(long)]
        domain: Option<String>,
        /// 与承接的上级目录比较
        #[arg(long)]
        above: bool,
        /// 输出 JSON
        #[arg(long)]
        json: bool,
    },
    /// 上级调整: 上级目录改了什么, 本级怎么办
    #[command(subcommand)]
    Adjustments(adjustments::Command),
    /// 工作方案: 通知要求谁在哪天前完成什么, 各机关完成到哪一步
    #[command(subcommand)]
    Plan(plan::Command),
    /// 各领域有多少目录和事项
    Stats {
        /// 输出 JSON
        #[arg(long)]
        json: bool,
    },
}

/// Carries a command out.
///
/// # Errors
/// The file is no catalogue, or what was asked for is not there.
pub async fn run(command: Command, place: &Whereabouts) -> Result<(), Failure> {
    match command {
        Command::Read { file, json } => show_read(&read_file(&file)?.0, json),
        Command::Lint(lint) => lint.run(place).await,
        Command::Import { file, organ, domain, dry_run, replace_draft } => {
            taking_in::Import { file, organ, domain, dry_run, replace_draft }.run(place).await
        }
        Command::Release { organ, domain, from, issued } => {
            let issued_by = issued.as_deref().unwrap_or_default();
            put_in_force(place, Release { organ: &organ, domain: &domain, from, issued_by }).await
        }
        Command::Submit { organ, domain, from, despite, note } => {
            let words = (despite.as_deref(), note.as_deref());
            staging::submit(place, (&organ, &domain), from, words).await
        }
        Command::Export { organ, domain, file, draft } => {
            writing_out::Export { organ, domain, file, draft }.run(place).await
        }
        Command::Adopt { organ, domain, from, body } => {
            staging::adopt(place, (&organ, &domain, &from), &body).await
        }
        Command::Consult { organ, domain, until } => {
            staging::consult(place, &organ, &domain, until).await
        }
        Command::Review { organ, domain } => staging::review(place, &organ, &domain).await,
        Command::Diff { sides, organ, domain, above, json } => {
            difference::Difference { sides, organ, domain, above, json }.run(place).await
        }
        Command::Adjustments(command) => adjustments::run(command, place).await,
        Command::Plan(command) => plan::run(command, place).await,
        Command::Stats { json } => show_stats(place, json).await,
    }
}

async fn put_in_force(place: &Whereabouts, asked: Release<'_>) -> Result<(), Failure> {
    let ledger = place.existing().await?;
    let desk = ledger.desk(operator()).await?;
    let from = asked.from;
    let version = release::keep(desk, asked).await.map_err(refused)?;
    println!("已照原样录入第 {} 版, 自 {from} 起施行", version.number);
    Ok(())
}

async fn show_stats(place: &Whereabouts, json: bool) -> Result<(), Failure> {
    let ledger = place.existing().await?;
    let stats = Stats::on(ledger.store(), ledger.clock().today()).await?;
    let mut out = io::stdout().lock();
    if json {
        serde_json::to_writer_pretty(&mut out, &stats)?;
        writeln!(out)?;
        return Ok(());
    }
    writeln!(out, "领域 {}  区划 {}  机关 {}", stats.domains, stats.divisions, stats.organs)?;
    writeln!(out, "目录 {}  现行事项 {}", stats.catalogues, stats.items)?;
    for domain in &stats.by_domain {
        writeln!(
            out,
            "{:>5} 个事项  {:>3} 个目录  {}",
            domain.items, domain.catalogues, domain.name
        )?;
    }
    Ok(())
}

pub(super) fn refused(error: ActError) -> Failure {
    let exit = match error {
        ActError::NoOrgan(_)
        | ActError::NoDomain(_)
        | ActError::NoDraft
        | ActError::NoCatalogue
        | ActError::NoRow(_)
        | ActError::NoAdjustment(_)
        | ActError::NoItem(_)
        | ActError::NoEvent(_)
        | ActError::NoObligation(_) => Exit::NotFound,
        ActError::DraftExists
        | ActError::InReview
        | ActError::NotOpen(_)
        | ActError::OutOfTurn(_)
        | ActError::StepsSince
        | ActError::AlreadyKept => Exit::Conflict,
        ActError::Desk(_) | ActError::Store(_) => Exit::Failure,
        _ => Exit::Invalid,
    };
    let message = match &error {
        ActError::Unfit(faults) => {
            format!("草稿还不能发布:\n  {}", release::in_words(faults).join("\n  "))
        }
        error => error.to_string(),
    };
    Failure::new(exit, message, error.remedy()).because(error)
}
