//! How long self-service machines wait: the operator's settings.

use web::kiosk::KioskSettings;

/// The shortest a machine waits for an answer, in seconds: WCAG 2.2.1 asks for twenty.
const SHORTEST_ASK: i64 = 20;

/// How long self-service machines wait.
#[derive(Debug, Clone, Copy, clap::Args)]
pub struct KioskOptions {
    /// 自助机多少秒没有人碰, 就问“还在用吗”
    #[arg(
        long = "kiosk-idle",
        value_name = "秒",
        env = "GONGKAI_KIOSK_IDLE",
        default_value = "60"
    )]
    #[arg(value_parser = clap::value_parser!(u32).range(5..=600))]
    idle: u32,
    /// 问了以后等多少秒, 没有人答就清空
    #[arg(long = "kiosk-ask", value_name = "秒", env = "GONGKAI_KIOSK_ASK", default_value = "20")]
    #[arg(value_parser = clap::value_parser!(u32).range(SHORTEST_ASK..=120))]
    ask: u32,
}

impl KioskOptions {
    /// As the house keeps them.
    pub fn settings(self) -> KioskSettings {
        KioskSettings { idle: self.idle, ask: self.ask, ..KioskSettings::default() }
    }
}
