//! `gongkai site`: opening sites, looking whether they may go public, inspecting them, and copying them as plain
//! files.

mod copying;
pub mod inspect;
mod register;

pub use copying::failure;

use std::sync::Arc;

use sites::checking;
use sites::establishment::{self, Founding};

use super::files::operator;
use crate::demo;
use crate::failure::{Exit, Failure};
use crate::opening::{Opened, Whereabouts};

/// What can be done with sites.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// 为每个有本级政府机关的区划(市、区、镇街)开设站点; 已开设的不动
    Open(Open),
    /// 按国办检查指标检查本平台的网站, 预测结果; 有单项否决的退出码是 3
    Inspect(inspect::Inspect),
    /// 登记网站在别的平台上的咨询渠道、咨询、办事指南和政务新媒体(CSV), 日常检查据此查 V5、V6、M2、M3
    Register(register::Register),
    /// 上线检查: 每个站点还缺什么(名称、标识码、备案号、公开工作机构、指南、目录、五个栏目); 有缺的退出码是 5
    Check {
        /// 输出 JSON
        #[arg(long)]
        json: bool,
    },
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
        Command::Inspect(inspect) => inspect::run(inspect, place).await,
        Command::Register(register) => register.run(place).await,
        Command::Check { json } => check(place, json).await,
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

/// Tells what each site lacks.
async fn check(place: &Whereabouts, json: bool) -> Result<(), Failure> {
    place.present().await?;
    let Opened { house, routes, .. } = place.open(demo::is_demo(place).await?).await?;
    let house = Arc::new(house);
    let portal = Arc::new(web::portal(&house, routes));
    house.reads_at(&portal);
    let today = house.ledger().clock().today();
    let mut checks = checking::check(house.store(), &place.data, today).await?;
    for site in house.directory().all() {
        let own = checks.iter_mut().find(|one| one.base == site.base());
        if let Some(one) = own {
            one.lacks.extend(checking::five_parts(&house, site).await?);
        }
    }
    if json {
        println!("{}", serde_json::to_string_pretty(&checks).map_err(unwritable)?);
    } else {
        checks.iter().for_each(tell);
    }
    let waiting = checks.iter().filter(|one| !one.lacks.is_empty()).count();
    if waiting == 0 {
        return Ok(());
    }
    let message = format!("{waiting} 个站点还不能上线");
    let remedy = "补齐站点资料; 指南和目录在工作台“指南和目录”编制, 审查发布后再查一次";
    Err(Failure::new(Exit::Conflict, message, remedy))
}

fn tell(one: &checking::SiteCheck) {
    let verdict = if one.lacks.is_empty() { "可以上线" } else { "还不能上线" };
    println!("{} {}: {verdict}", if one.base.is_empty() { "/" } else { &one.base }, one.name);
    for lack in &one.lacks {
        println!("  缺 {}（{}）", lack.what, lack.basis);
    }
    if !one.without_guide.is_empty() {
        println!("  提醒: {} 个机关还没有公布自己的指南", one.without_guide.len());
    }
}

fn unwritable(error: serde_json::Error) -> Failure {
    Failure::new(Exit::Failure, "检查结果写不出", "请再试一次").because(error)
}

/// Ten digits and letters (国办发〔2017〕47号).
fn id_code(text: &str) -> Result<String, String> {
    match text.len() == 10 && text.chars().all(|letter| letter.is_ascii_alphanumeric()) {
        true => Ok(text.to_owned()),
        false => Err("不是网站标识码, 请写十位字母和数字, 例如 3502000001".into()),
    }
}
