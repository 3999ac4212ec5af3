//! `gongkai log witnesses`: who is asked to cosign.

use super::super::files::operator;
use crate::failure::{Exit, Failure};
use crate::opening::Whereabouts;

/// What can be done about witnesses.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// 列出请谁会签, 以及他们见过多少条
    List,
    /// 请一位见证人会签; 已经请过的改地址
    Add {
        /// 见证人的地址, 例如 https://jianzheng.sheng.gov.cn
        #[arg(long, value_name = "网址")]
        url: String,
        /// 见证人的公钥, 由见证人提供
        #[arg(long, value_name = "公钥")]
        key: String,
    },
    /// 不再请一位见证人
    Remove {
        /// 见证人名称
        #[arg(value_name = "名称")]
        name: String,
    },
}

/// Carries a command out.
///
/// # Errors
/// The key is none, there is no such witness, or the database refuses.
pub async fn run(command: Command, place: &Whereabouts) -> Result<(), Failure> {
    let ledger = place.existing().await?;
    match command {
        Command::List => {
            let witnesses = ledger.log().witnesses().await?;
            if witnesses.is_empty() {
                println!("还没有见证人; 用 gongkai log witnesses add 邀请");
            }
            for witness in witnesses {
                println!("{}\t{}\t见过 {} 条", witness.name, witness.url, witness.known);
            }
        }
        Command::Add { url, key } => {
            if !url.starts_with("https://") && !url.starts_with("http://") {
                let message = format!("“{url}”不是网址");
                return Err(Failure::new(Exit::Usage, message, "以 https:// 或 http:// 开头"));
            }
            let witness = ledger.invite_witness(operator(), &url, &key).await?;
            println!("已邀请 {}; 正在运行的门户会请它会签", witness.name);
        }
        Command::Remove { name } => {
            if !ledger.dismiss_witness(operator(), &name).await? {
                let message = format!("没有名为 {name} 的见证人");
                let remedy = "用 gongkai log witnesses list 查看";
                return Err(Failure::new(Exit::NotFound, message, remedy));
            }
            println!("不再请 {name} 会签; 它已经签过的仍然有效");
        }
    }
    Ok(())
}
