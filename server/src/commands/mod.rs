//! The commands, one file for each noun: `gongkai <noun> <verb>`.

pub mod assessment;
pub mod audit;
pub mod backup;
pub mod calendar;
pub mod catalogue;
pub mod channels;
pub mod documents;
pub mod events;
pub mod files;
pub mod hearing;
pub mod law;
pub mod log;
pub mod notices;
#[cfg(test)]
mod nowhere;
pub mod obligations;
pub mod orders;
pub mod organ;
pub mod person;
pub mod post;
pub mod power;
pub mod record;
pub mod reminders;
pub mod reports;
pub mod secrets;
pub mod site;
pub mod standard;
pub mod wishes;

use std::net::SocketAddr;

use ledger::Clock;
use tokio::net::TcpListener;

use crate::demo;
use crate::failure::Failure;
use crate::kiosking::KioskOptions;
use crate::noticing::NoticeOptions;
use crate::opening::{Opened, SingleSignOn, Whereabouts};
use crate::serving::{IfTaken, listen, serve};

/// Everything that can be asked of the program.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// 装好一座演示城市(厦门)并启动门户
    Demo {
        /// 服务地址; 被占用时自动换下一个端口
        #[arg(long, default_value = "127.0.0.1:8080")]
        listen: SocketAddr,
        /// 当作已经过了这么多天: 看期限到了以后的样子; 只在演示里有, 正式的门户照机器的时间
        #[arg(long, value_name = "天", default_value_t = 0)]
        later: u16,
        #[command(flatten)]
        single: SingleSignOn,
        #[command(flatten)]
        notices: Box<NoticeOptions>,
        #[command(flatten)]
        kiosk: KioskOptions,
    },
    /// 启动门户
    Serve {
        /// 服务地址, 例如 [::]:8080
        #[arg(long, default_value = "127.0.0.1:8080")]
        listen: SocketAddr,
        /// 前面的反向代理的地址; 只有从它来的请求才相信 X-Forwarded-For
        #[arg(long = "proxy", value_name = "地址", env = "GONGKAI_PROXY", value_delimiter = ',')]
        proxies: Vec<std::net::IpAddr>,
        /// 附件单独用的域名, 例如 https://files.example.gov.cn; 指向同一个服务地址。
        /// 设了以后附件只从它给出, 它也只给附件
        #[arg(long = "files", value_name = "网址", env = "GONGKAI_FILES")]
        apart: Option<String>,
        /// 同时把所有站点写成静态文件, 每次发布以后更新; 见 docs/static-export.md
        #[arg(long = "export", value_name = "文件夹", env = "GONGKAI_EXPORT")]
        export: Option<std::path::PathBuf>,
        #[command(flatten)]
        single: SingleSignOn,
        #[command(flatten)]
        notices: Box<NoticeOptions>,
        #[command(flatten)]
        kiosk: KioskOptions,
    },
    /// 人员和账号: 登记、列出、增设账号、重置
    #[command(subcommand)]
    Person(person::Command),
    /// 岗位: 任命首任安全管理员、列出
    #[command(subcommand)]
    Post(post::Command),
    /// 标准目录: 读取、导入、检查、发布、导出
    #[command(subcommand)]
    Catalogue(catalogue::Command),
    /// 政府信息: 发布文件
    #[command(subcommand)]
    Record(record::Command),
    /// 年度报告: 读出、录入已经公布的报告, 核对勾稽关系
    #[command(subcommand)]
    Reports(reports::Command),
    /// 公开质量看板: 现算任何一天的数字, 立即计数
    #[command(subcommand)]
    Assessment(assessment::Command),
    /// 公开渠道: 列出政务公开专区
    #[command(subcommand)]
    Channels(channels::Command),
    /// 文件: 检查个人信息、生成干净副本
    #[command(subcommand)]
    Documents(documents::Command),
    /// 公开义务: 列出、说明、重算、标为不适用
    #[command(subcommand)]
    Obligations(obligations::Command),
    /// 起算事件: 登记、列出、撤回
    #[command(subcommand)]
    Events(events::Command),
    /// 催一下: 查看、答复
    #[command(subcommand)]
    Reminders(reminders::Command),
    /// 没有找到的内容: 查看、处理
    #[command(subcommand)]
    Wishes(wishes::Command),
    /// 12345 工单: 导入、导出办理情况, 接入平台
    #[command(subcommand)]
    Orders(orders::Command),
    /// 听证: 重做一次参加人的抽取
    #[command(subcommand)]
    Hearing(hearing::Command),
    /// 机关和区划: 导入、查看
    #[command(subcommand)]
    Organ(organ::Command),
    /// 站点: 为各级政府开设站点
    #[command(subcommand)]
    Site(site::Command),
    /// 权责清单和公共服务事项清单: 导入、建议、确认、缺口
    #[command(subcommand)]
    Power(power::Command),
    /// 标准登记: 登记、列出、废止, 填写目录是否符合
    #[command(subcommand)]
    Standard(standard::Command),
    /// 工作日历: 算期限、看放假安排、导入新一年的安排
    #[command(subcommand)]
    Calendar(calendar::Command),
    /// 公开日志: 建立、核对、证明、见证
    #[command(subcommand)]
    Log(log::Command),
    /// 订阅和推送: 看投递、重发、试用替身
    #[command(subcommand)]
    Notices(notices::Command),
    /// 审计: 核对审计链
    #[command(subcommand)]
    Audit(audit::Command),
    /// 备份: 写出、核对、恢复
    #[command(subcommand)]
    Backup(backup::Command),
    /// 个人信息加密: 看密钥、换密钥、把旧内容改用新密钥
    #[command(subcommand)]
    Secrets(secrets::Command),
    /// 法律算例: 逐条核对
    #[command(subcommand)]
    Law(law::Command),
}

/// The clock of a demo that runs so many days ahead of the machine; whoever starts it is told so.
fn clock_of_a_demo(later: u16) -> Clock {
    match later {
        0 => Clock::Wall,
        days => {
            eprintln!(
                "注意: 演示的时间比机器早走 {later} 天, 这次写下的都记在那一天; 要留着原来的, 用 --data 另建目录"
            );
            Clock::Ahead(days)
        }
    }
}

/// 演示人员 are listed to be chosen from where only this machine can ask.
async fn listed(opened: Opened, listener: &TcpListener) -> Result<Opened, Failure> {
    match listener.local_addr()?.ip().is_loopback() {
        true => opened.listing_demo_persons().await,
        false => opened.without_demo_persons().await,
    }
}

impl Command {
    /// Carries it out.
    ///
    /// # Errors
    /// Whatever stands in the way, with an exit code, in words for the person.
    pub async fn run(self, place: &Whereabouts) -> Result<(), Failure> {
        match self {
            Self::Demo { listen: address, later, single, notices, kiosk } => {
                let ways = notices.open()?;
                let _held_until_the_end = demo::alone(place).await?;
                demo::prepare(place).await?;
                let listener = listen(address, IfTaken::Next).await?;
                let opened = place
                    .open_by(clock_of_a_demo(later), true)
                    .await?
                    .signing_on_by(single)?
                    .telling_by(ways)
                    .waiting_at_kiosks(kiosk.settings());
                serve(listed(opened, &listener).await?, listener, None).await
            }
            Self::Serve { listen: address, proxies, apart, export, single, notices, kiosk } => {
                let ways = notices.open()?;
                let founded = place.may_found().await?;
                let listener = listen(address, IfTaken::Refuse).await?;
                let demo = demo::is_demo(place).await?;
                if !founded {
                    eprintln!("注意: {} 里还没有数据, 现在新建一个空的", place.name());
                }
                let opened = place
                    .open(demo)
                    .await?
                    .signing_on_by(single)?
                    .telling_by(ways)
                    .waiting_at_kiosks(kiosk.settings())
                    .without_demo_persons()
                    .await?;
                serve(opened.behind(proxies).attachments_from(apart)?, listener, export).await
            }
            Self::Person(command) => person::run(command, place).await,
            Self::Post(command) => post::run(command, place).await,
            Self::Catalogue(command) => catalogue::run(command, place).await,
            Self::Record(command) => record::run(command, place).await,
            Self::Reports(command) => command.run(place).await,
            Self::Assessment(command) => command.run(place).await,
            Self::Channels(command) => command.run(place).await,
            Self::Documents(command) => command.run(),
            Self::Obligations(command) => obligations::run(command, place).await,
            Self::Events(command) => events::run(command, place).await,
            Self::Reminders(command) => reminders::run(command, place).await,
            Self::Wishes(command) => wishes::run(command, place).await,
            Self::Orders(command) => command.run(place).await,
            Self::Hearing(command) => hearing::run(command),
            Self::Organ(command) => organ::run(command, place).await,
            Self::Site(command) => site::run(command, place).await,
            Self::Power(command) => power::run(command, place).await,
            Self::Standard(command) => standard::run(command, place).await,
            Self::Calendar(command) => calendar::run(command, place).await,
            Self::Log(command) => log::run(command, place).await,
            Self::Notices(command) => notices::run(command, place).await,
            Self::Audit(command) => audit::run(command, place).await,
            Self::Backup(command) => backup::run(command, place).await,
            Self::Secrets(command) => secrets::run(command, place).await,
            Self::Law(command) => law::run(command),
        }
    }
}
