//! `gongkai site`: opening sites, and copying them as plain files.

mod copying;

pub use copying::failure;

use sites::establishment::{self, Founding};

use super::files::operator;
use crate::failure::{Exit, Failure};
use crate::opening::Whereabouts;

/// What can be done with sites.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// 为每个有本级政府机关的区划(市、区、镇街)开设站点; 已开设的不动
    Open(Open),
    /// 把所有站点写成静态文件(静态副本), 程序和数据库停了, 普通网页服务器也能照样提供; 再运行一次只写变化的
    Export(copying::Export),
}

/// What all sites of one platform have in common.
#[derive(Debug, clap::Args)]
pub struct Open {
    /// 英文域名, 例如 www.x.gov.cn
    #[arg(long, value_name = "域名")]
    domain: String,
    /// 政府网站标识码, 十位
    #[arg(long, value_name = "标识码", value_parser = id_code)]
    id_code: String,
    /// 对外的网址开头, 例如 https://www.x.gov.cn
    #[arg(long, value_name = "网址")]
    origin: Option<String>,
}

/// Carries a command out.
///
/// # Errors
/// No division has an organ yet, or the database refuses.
pub async fn run(command: Command, place: &Whereabouts) -> Result<(), Failure> {
    match command {
        Command::Open(open) => self::open(open, place).await,
        Command::Export(export) => export.run(place).await,
    }
}

async fn open(open: Open, place: &Whereabouts) -> Result<(), Failure> {
    let ledger = place.existing().await?;
    let founding = Founding {
        domain: open.domain,
        id_code: open.id_code,
        origin: open.origin.map(|origin| origin.trim_end_matches('/').to_owned()),
        demo: false,
    };
    match establishment::open(&ledger, operator(), &founding).await? {
        0 => {
            let message = "没有可以新开的站点";
            let remedy = "先用 gongkai organ import 导入区划和机关; 已开设的站点不会重复开设";
            Err(Failure::new(Exit::Conflict, message, remedy))
        }
        opened => {
            println!("已开设 {opened} 个站点; 正在运行的门户会自动显示");
            Ok(())
        }
    }
}

/// Ten digits and letters (国办发〔2017〕47号).
fn id_code(text: &str) -> Result<String, String> {
    match text.len() == 10 && text.chars().all(|letter| letter.is_ascii_alphanumeric()) {
        true => Ok(text.to_owned()),
        false => Err("不是网站标识码, 请写十位字母和数字, 例如 3502000001".into()),
    }
}
