//! The house's own tools: `cargo xtask tidy` keeps its rules, the others build and try it.

mod affair;
mod bench;
mod dist;
mod fresh;
mod shell;
mod tidy;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// 房屋工具。
#[derive(Parser)]
#[command(name = "xtask")]
struct Call {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// 检查房屋规矩: 箭头、名字、长度、词汇表、许可证、来源、安全公告、数据库变更
    Tidy,
    /// 建一个空房间: new-affair village 村务公开
    NewAffair {
        /// 英文名, 也是目录名, 取自 docs/glossary.md
        name: String,
        /// 中文名, 用法律的词
        title: String,
    },
    /// 在只有 Debian 和 Rust 的干净环境里运行 ./run, 报告多少秒后可用
    Fresh,
    /// 编译发布版并打包: 程序、字体、许可证
    Dist,
    /// 测量速度和内存, 每个数字旁边是目标
    Bench(bench::Wishes),
}

fn main() -> ExitCode {
    let outcome = match Call::parse().task {
        Task::Tidy => tidy::run(),
        Task::NewAffair { name, title } => affair::build(&name, &title),
        Task::Fresh => fresh::run(),
        Task::Dist => dist::run(),
        Task::Bench(wishes) => bench::run(&wishes),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("错误: {error:#}");
            ExitCode::FAILURE
        }
    }
}
