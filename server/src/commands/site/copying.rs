//! `gongkai site export`: all sites as plain files.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use export::{Copy, ExportFault, Told};

use crate::demo;
use crate::failure::{Exit, Failure};
use crate::opening::{Opened, Whereabouts};

/// How often is said how far it is.
const TELLING: Duration = Duration::from_secs(20);

/// What the caller wants.
#[derive(Debug, clap::Args)]
pub struct Export {
    /// 写到哪个文件夹; 空的, 或者以前导出的
    #[arg(value_name = "文件夹")]
    dir: PathBuf,
    /// 一直运行, 每次发布、更正、撤下以后几秒内更新; 按 Ctrl+C 停止
    #[arg(long)]
    watch: bool,
    /// 全部重新生成一遍; 内容没有变的文件不动
    #[arg(long)]
    whole: bool,
    /// 先逐个核对已经写出的文件, 缺的、被改过的重新写
    #[arg(long)]
    verify: bool,
}

impl Export {
    /// Carries it out.
    ///
    /// # Errors
    /// There are no data, the folder cannot be used, or something was not written.
    pub async fn run(self, place: &Whereabouts) -> Result<(), Failure> {
        place.present().await?;
        let demo = demo::is_demo(place).await?;
        let Opened { house, routes, .. } = place.open(demo).await?;
        let house = Arc::new(house);
        let portal = web::portal(&house, routes);
        let copy = Copy::open(house, portal, &self.dir).await.map_err(failure)?;
        if self.verify {
            match copy.look_over().await.map_err(failure)? {
                0 => println!("已有的文件都和清单一致"),
                wrong => println!("{wrong} 个文件缺失或者被改过, 现在重新写"),
            }
        }
        let telling = tokio::spawn(progress(copy.asked()));
        let told = copy.bring_up_to_date(self.whole).await;
        telling.abort();
        let told = told.map_err(failure)?;
        self.tell(&told);
        if self.watch {
            println!("继续运行, 有发布、更正、撤下时更新; 按 Ctrl+C 停止");
            copy.keep().await;
        }
        match told.failed {
            0 => Ok(()),
            failed => {
                let message = format!("{failed} 个地址没有生成, 那里原来的文件没有动");
                Err(Failure::new(
                    Exit::Failure,
                    message,
                    "再运行一次会重试; 加 -v 可看到是哪些地址",
                ))
            }
        }
    }

    fn tell(&self, told: &Told) {
        let Told { asked, written, removed, files, pages, .. } = told;
        let seconds = told.pages_took.as_secs_f64();
        match asked {
            0 => println!("{} 已是最新, 共 {files} 个文件", self.dir.display()),
            _ => println!(
                "{} 已更新: 生成 {asked} 个地址(网页 {pages} 个, {seconds:.1} 秒), 写了 {written} 个文件, \
                 删去 {removed} 个, 现有 {files} 个",
                self.dir.display()
            ),
        }
        if told.dead_count > 0 {
            eprintln!("注意: 有 {} 个地址被网页链接, 但平台上没有, 例如:", told.dead_count);
            told.dead.iter().for_each(|address| eprintln!("  {address}"));
        }
    }
}

/// Says from time to time how far it is, to whoever waits.
async fn progress(asked: Arc<AtomicU64>) {
    let begun = Instant::now();
    loop {
        tokio::time::sleep(TELLING).await;
        let (asked, minutes) = (asked.load(Ordering::Relaxed), begun.elapsed().as_secs() / 60);
        eprintln!(
            "正在写: 已生成 {asked} 个地址, 用了 {minutes} 分钟; 可以随时打断, 再运行会接着写"
        );
    }
}

/// Why a copy was not written, as a command says it.
pub fn failure(fault: ExportFault) -> Failure {
    let (exit, remedy) = match &fault {
        ExportFault::NotOurs(_) => {
            (Exit::Conflict, "请换一个空文件夹; 以前导出的文件夹里有一个 .gongkai 文件夹, 不要删")
        }
        ExportFault::Taken(_) => {
            (Exit::Conflict, "等它写完再运行; serve --export 和 --watch 会一直占着这个文件夹")
        }
        ExportFault::NoSite => (
            Exit::NotFound,
            "先用 gongkai organ import 导入区划和机关, 再用 gongkai site open 开设站点",
        ),
        full if full.is_full() => (
            Exit::Failure,
            "磁盘已满, 已经写好的文件都还在, 可以照常使用; 清理磁盘后再运行一次, 会接着写",
        ),
        ExportFault::Unwritten(..) => {
            (Exit::Failure, "请核对位置、权限和磁盘; 已经写好的文件都还在, 再运行一次会接着写")
        }
        ExportFault::List(_) => {
            (Exit::Failure, "清单损坏的, 请导出到一个新的空文件夹; 网页文件本身不受影响")
        }
        ExportFault::House(_) => (Exit::Failure, "加 -v 再运行一次可看到详细原因"),
    };
    Failure::new(exit, fault.to_string(), remedy).because(fault)
}
