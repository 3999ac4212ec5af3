//! 订阅和推送: who wants to hear of what, and how it reaches him: Atom without an address; mail, telephones,
//! WeChat and programs at an address that was confirmed; calendars; and what officers push to those who chose
//! a group (厦府办〔2020〕67号二（三）).
//!
//! It stands among the platform because it tells of every room's publications and knows no room: a room says
//! with [`web::House::announce`] what an act of it means to readers. How anything is sent is settled by the
//! operator ([`Settings`]); what is not settled is not offered.

pub mod acts;
mod api;
pub mod contact;
mod finding;
mod groups;
mod message;
pub mod pass;
mod portal;
pub mod rhythm;
mod sending;
pub mod stand_in;
pub mod store;
pub mod topic;
mod workbench;

use ::store::Migration;
use secrets::SealedColumn;
use web::Room;

pub use groups::groups;
pub use message::{Message, Purpose, Told};
pub use sending::{
    BadSetting, MailSettings, Reach, SendFault, Settings, SmsSettings, Ways, WechatSettings,
};

/// The tables.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        number: 20261126910,
        name: "subscriptions, deliveries and pushes",
        sql: include_str!("../migrations/20261126910_notices.sql"),
    },
    Migration {
        number: 20261126986,
        name: "what is wished when one subscribes again, and how often an address is asked",
        sql: include_str!("../migrations/20261126986_notices_asked_again.sql"),
    },
];

/// What is sealed.
pub const SEALED: &[SealedColumn] =
    &[SealedColumn { table: "notice_subscriber", id: "id", column: "sealed" }];

/// What people call what it writes into the ledger.
const ACT_NAMES: &[(&str, &str)] = &[
    ("notices.subscription", "订阅"),
    ("notices.reminder", "索取管理链接"),
    ("notices.confirmation", "确认订阅"),
    ("notices.wrong_code", "填错验证码"),
    ("notices.change", "修改订阅"),
    ("notices.secret_change", "更换签名密钥"),
    ("notices.entry", "凭验证码查看订阅"),
    ("notices.departure", "退订并删除"),
    ("notices.clearing", "到期删除订阅"),
    ("notices.dispatch", "开始投递一批"),
    ("notices.delivery", "投递一批的结果"),
    ("notices.retry", "重发"),
    ("notices.test", "试发"),
    ("notices.push_proposal", "提出推送"),
    ("notices.push", "批准推送"),
    ("notices.push_refusal", "不同意推送"),
    ("notices.push_withdrawal", "撤回推送"),
];

/// Everything it offers.
pub fn room() -> Room {
    Room {
        name: "notices",
        title: "订阅和推送",
        migrations: MIGRATIONS,
        sealed: SEALED,
        routes: workbench::beside(portal::routes()),
        operations: api::operations(),
        act_names: ACT_NAMES,
        desk_nav: workbench::NAV.to_vec(),
        todos: Some(workbench::TODOS),
        desk_samples: workbench::SAMPLES.to_vec(),
        samples: portal::samples(),
        announcing: Some(acts::announcement::ANNOUNCING),
        chores: vec![acts::clearing::CHORE],
        errands: acts::dispatch::ERRANDS.to_vec(),
        unseen: &["notice_subscriber:", "notice_push:"],
        ..Room::default()
    }
}
