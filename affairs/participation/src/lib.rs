//! 公众参与: asking people before a decision is taken, and telling them what became of what they said (重大行政决策程序
//! 暂行条例 14—18; 厦府办〔2020〕67号三（三）).
//!
//! A consultation is drafted at the workbench, reviewed and published like everything public, spoken about clause by
//! clause without an account, and answered opinion by opinion; all answers are reviewed by others and released
//! together. Which step follows which is decided by `participation_rules::Stage`.

pub mod acts;
mod announcing;
pub mod draw;
mod inscription;
mod ledger_words;
mod live;
mod portal;
mod searching;
pub mod store;
mod workbench;

use ::store::Migration;
use secrets::SealedColumn;
use web::kiosk::KioskOffer;
use web::layout::NavItem;
use web::{Panel, Place, Publisher, Room, Route, SitemapSource};

/// The room's tables.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        number: 20261127140,
        name: "征求意见",
        sql: include_str!("../migrations/20261127140_consultations.sql"),
    },
    Migration {
        number: 20261127141,
        name: "听证",
        sql: include_str!("../migrations/20261127141_hearings.sql"),
    },
    Migration {
        number: 20261127142,
        name: "决策事项目录",
        sql: include_str!("../migrations/20261127142_decisions.sql"),
    },
    Migration {
        number: 20261127143,
        name: "问卷",
        sql: include_str!("../migrations/20261127143_questionnaires.sql"),
    },
    Migration {
        number: 20261127144,
        name: "在线访谈",
        sql: include_str!("../migrations/20261127144_interviews.sql"),
    },
    Migration {
        number: 20261127145,
        name: "座谈、走访、列席会议、政策大讲堂、问政",
        sql: include_str!("../migrations/20261127145_gatherings.sql"),
    },
    Migration {
        number: 20261127146,
        name: "提请讨论的材料、执行情况、决策后评估",
        sql: include_str!("../migrations/20261127146_decision_reports.sql"),
    },
    Migration {
        number: 20261127148,
        name: "听证、目录、采纳情况的撤下",
        sql: include_str!("../migrations/20261127148_withdrawals.sql"),
    },
];

/// What is sealed.
pub const SEALED: &[SealedColumn] = &[
    SealedColumn { table: "consultation_opinion", id: "id", column: "sealed" },
    SealedColumn { table: "hearing_entry", id: "id", column: "sealed" },
    SealedColumn { table: "questionnaire_answer", id: "id", column: "sealed" },
    SealedColumn { table: "gathering_entry", id: "id", column: "sealed" },
    SealedColumn { table: "interview_question", id: "id", column: "sealed" },
];

/// The pages for everybody and those at the workbench.
fn routes() -> Vec<Route> {
    let mut public = portal::routes();
    public.extend(portal::talks::routes());
    let mut all = workbench::questionnaires::beside(workbench::beside(public));
    all.extend(workbench::interview::routes());
    all.extend(workbench::gathering::routes());
    all.extend(workbench::decision::routes());
    all
}

/// What of it is reviewed before it is published.
fn publishers() -> Vec<Publisher> {
    vec![
        acts::drafting::PUBLISHER,
        acts::answering::PUBLISHER,
        acts::hearing::PUBLISHER,
        acts::record::PUBLISHER,
        acts::decisions::PUBLISHER,
        acts::decision_report::PUBLISHER,
        acts::questionnaire::PUBLISHER,
        acts::questionnaire::results::PUBLISHER,
        acts::gathering::PUBLISHER,
        acts::gathering::minutes::PUBLISHER,
        acts::interview::PUBLISHER,
        acts::transcript::PUBLISHER,
    ]
}

/// The whole room.
pub fn room() -> Room {
    Room {
        name: "participation",
        title: "公众参与",
        migrations: MIGRATIONS,
        sealed: SEALED,
        act_names: ledger_words::ACT_NAMES,
        routes: routes(),
        nav: vec![(65, NavItem { key: "yijian", words: "征求意见", path: portal::LIST })],
        desk_nav: [workbench::NAV, workbench::questionnaires::NAV, workbench::interview::NAV]
            .concat(),
        initiations: workbench::INITIATIONS,
        todos: Some(workbench::TODOS),
        desk_samples: [
            workbench::SAMPLES,
            workbench::decision::SAMPLES,
            workbench::gathering::SAMPLES,
            workbench::interview::SAMPLES,
            workbench::questionnaires::SAMPLES,
        ]
        .concat(),
        listeners: [
            acts::answering::LISTENERS,
            acts::questionnaire::LISTENERS,
            live::LISTENERS,
            searching::LISTENERS,
            announcing::LISTENERS,
            announcing::interviews::LISTENERS,
            announcing::questionnaires::LISTENERS,
        ]
        .concat(),
        chores: vec![
            acts::erasure::CHORE,
            acts::asking::CHORE,
            acts::gathering::erasure::CHORE,
            acts::questionnaire::erasure::CHORE,
        ],
        publishers: publishers(),
        panels: vec![Panel { place: Place::HomeMain, rank: 20, draw: portal::panel::draw }],
        search: Some(searching::SOURCE),
        sitemap: Some(SitemapSource { entries: portal::machines::entries }),
        inscribed: Some(inscription::INSCRIBED),
        outcomes: Some(portal::outcomes::OUTCOMES),
        unseen: &[acts::UNSEEN, acts::OPINIONS, acts::ENROLMENTS],
        days: Some(portal::machines::DAYS),
        samples: [portal::SAMPLES, portal::questionnaires::SAMPLES, portal::talks::SAMPLES]
            .concat(),
        kiosk: KioskOffer {
            pages: &[portal::LIST, portal::ONE, portal::RESULT],
            ..KioskOffer::default()
        },
        ..Room::default()
    }
}
