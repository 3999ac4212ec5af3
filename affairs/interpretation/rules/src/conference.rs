//! 新闻发布会: when and where it was held; who spoke and what was said stand with it.

use law::Date;
use serde::{Deserialize, Serialize};

use crate::BadBody;

/// The longest place, in letters: ours.
const LONGEST: usize = 200;

/// When and where a press conference was held, as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conference {
    /// The day, `2026-11-26`.
    pub on: String,
    /// The time of that day, `15:00`.
    pub at: String,
    /// 地点.
    pub place: String,
}

impl Conference {
    /// Whether nothing of it is written.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Day, time and place on one line.
    pub fn told(&self) -> String {
        let all = [&self.on, &self.at, &self.place];
        all.into_iter().filter(|one| !one.is_empty()).cloned().collect::<Vec<_>>().join(" ")
    }

    /// What is missing or wrong, by the field where it is written.
    pub(crate) fn check(&self, all: &mut Vec<BadBody>) {
        let mut bad = |field: &str, words: String| {
            all.push(BadBody { field: field.to_owned(), words });
        };
        if self.on.parse::<Date>().is_err() {
            bad("fabuhui-riqi", "没有写发布会的日期，或者写得不对。照 2026-11-26 这样写。".into());
        }
        if !is_time(&self.at) {
            bad("fabuhui-shijian", "没有写发布会的时间，或者写得不对。照 15:00 这样写。".into());
        }
        if self.place.is_empty() {
            bad("fabuhui-didian", "没有写发布会的地点。请填写。".into());
        }
        if self.place.chars().count() > LONGEST {
            bad("fabuhui-didian", format!("地点超过 {LONGEST} 字。请写短一些。"));
        }
    }
}

/// Whether a text is a time of the day.
fn is_time(text: &str) -> bool {
    let Some((hours, minutes)) = text.split_once(':') else { return false };
    let within = |part: &str, most: u8| {
        part.len() == 2
            && part.bytes().all(|one| one.is_ascii_digit())
            && part.parse::<u8>().is_ok_and(|number| number < most)
    };
    within(hours, 24) && within(minutes, 60)
}
