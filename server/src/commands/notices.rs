//! `gongkai notices`: what waits to be sent, sending it again, and a stand-in for trying things out.

use std::net::SocketAddr;

use notices::SmsSettings;
use notices::acts::{ActError, retry};
use notices::stand_in::{Known, stand_in};
use notices::store::{Delivery, DeliveryState};
use serde_json::json;

use super::files::operator;
use crate::failure::{Exit, Failure};
use crate::opening::Whereabouts;
use crate::serving::{IfTaken, listen};

/// What can be done with notices.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// 列出最近的投递; 不显示地址
    Queue {
        /// 只列没有送到的
        #[arg(long)]
        failed: bool,
        /// 最多列多少次
        #[arg(long, value_name = "次数", default_value_t = 100)]
        most: u16,
        /// 输出 JSON
        #[arg(long)]
        json: bool,
    },
    /// 重发没有送到的: 写编号发那一次, 不写全部重发
    Retry {
        /// 投递的编号, 照 gongkai notices queue 所列
        #[arg(value_name = "编号")]
        id: Option<String>,
        /// 为什么现在重发
        #[arg(long, value_name = "文字")]
        reason: String,
    },
    /// 启动短信平台和微信的替身, 照它们公布的文档做成, 只用于试用和测试
    StandIn {
        /// 服务地址
        #[arg(long, default_value = "127.0.0.1:8191")]
        listen: SocketAddr,
        /// 替身认的 SecretId 和 SecretKey
        #[arg(long, num_args = 2, value_names = ["编号", "密钥"], default_values = ["id", "key"])]
        sms: Vec<String>,
        /// 替身认的 appid 和 appsecret
        #[arg(long, num_args = 2, value_names = ["编号", "密钥"], default_values = ["app", "secret"])]
        wechat: Vec<String>,
    },
}

/// Carries it out.
///
/// # Errors
/// There are no data, or what is asked for is not there.
pub async fn run(command: Command, place: &Whereabouts) -> Result<(), Failure> {
    match command {
        Command::Queue { failed, most, json } => queue(place, failed, most, json).await,
        Command::Retry { id, reason } => again(place, id.as_deref(), &reason).await,
        Command::StandIn { listen: address, sms, wechat } => stand(address, &sms, &wechat).await,
    }
}

async fn queue(place: &Whereabouts, failed: bool, most: u16, as_json: bool) -> Result<(), Failure> {
    let ledger = place.existing().await?;
    let state = failed.then_some(DeliveryState::Failed);
    for one in Delivery::newest(ledger.store(), state, i64::from(most)).await? {
        if as_json {
            let line = json!({
                "schema_version": 1, "id": one.id, "way": one.way, "purpose": one.purpose,
                "state": one.state, "attempts": one.attempts, "fault": one.fault,
                "made_at": one.made_at, "done_at": one.done_at,
            });
            println!("{line}");
        } else {
            let state = DeliveryState::named(&one.state).name();
            println!("{}  {}  {}  {state}  {}", one.id, one.made_at, one.way, one.fault);
        }
    }
    Ok(())
}

async fn again(place: &Whereabouts, id: Option<&str>, reason: &str) -> Result<(), Failure> {
    let ledger = place.existing().await?;
    match retry::keep(ledger.desk(operator()).await?, (id, None), reason).await {
        Ok(many) => {
            println!("{many} 次投递排进队列, 由运行着的门户发出");
            Ok(())
        }
        Err(ActError::Refused(words)) => {
            let remedy = "用 gongkai notices queue --failed 看现在有哪些";
            Err(Failure::new(Exit::NotFound, words, remedy))
        }
        Err(error) => {
            Err(Failure::new(Exit::Failure, error.to_string(), "请稍后再试").because(error))
        }
    }
}

async fn stand(address: SocketAddr, sms: &[String], wechat: &[String]) -> Result<(), Failure> {
    let word = |all: &[String], at: usize| all.get(at).cloned().unwrap_or_default();
    let known = Known {
        sms: SmsSettings { id: word(sms, 0), key: word(sms, 1), ..SmsSettings::default() },
        wechat: (word(wechat, 0), word(wechat, 1)),
    };
    let (router, _) = stand_in(known);
    let listener = listen(address, IfTaken::Refuse).await?;
    println!("替身已启动: http://{} (不是短信平台, 也不是微信)", listener.local_addr()?);
    Ok(axum::serve(listener, router).await?)
}
