//! 救济途径: what the applicant may do against an answer, in the words the letter ends with
//! (行政复议法, 行政诉讼法; docs/readings/122).

use law::{CalendarDays, Date, Dated, Provision, article, day};
use serde::Serialize;

/// What may be done, and in which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RemedyRoute {
    /// 行政复议, or a suit at once.
    Any,
    /// 复议前置: disclosure was refused under 条例第十四、十五、十六条.
    ReviewFirst,
    /// 部分公开: 复议前置 for what is withheld under those articles.
    ReviewFirstForWithheld,
}

/// 行政复议申请期限, from the day the answer was known.
pub const REVIEW_PERIOD: Dated<CalendarDays> = Dated::since(&[
    (day(1999, 10, 1), CalendarDays(60), article("行政复议法（1999年）", 9)),
    (day(2024, 1, 1), CalendarDays(60), article("行政复议法", 20)),
]);

/// 直接起诉期限, in months from the day the answer was known.
pub const SUIT_MONTHS: Dated<i32> = Dated::since(&[
    (day(1990, 10, 1), 3, article("行政诉讼法（1989年）", 39)),
    (day(2015, 5, 1), 6, article("行政诉讼法", 46)),
]);

/// 复议后起诉期限, from receiving the decision on review.
pub const AFTER_REVIEW: Dated<CalendarDays> = Dated::since(&[
    (day(1990, 10, 1), CalendarDays(15), article("行政诉讼法（1989年）", 38).paragraph(2)),
    (day(2015, 5, 1), CalendarDays(15), article("行政诉讼法", 45)),
]);

/// Whether refusing disclosure has to be reviewed before a suit, and where that is said.
pub const REVIEW_COMES_FIRST: Dated<bool> = Dated::since(&[
    (day(2008, 5, 1), false, article("政府信息公开条例（2007年）", 33)),
    (day(2024, 1, 1), true, article("行政复议法", 23).paragraph(1).item(4)),
]);

/// To whom the applicant may turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recourse<'names> {
    /// 复议机关.
    pub review_organ: &'names str,
    /// 法院.
    pub court: &'names str,
    /// Where 复议 is applied for over the internet: must be told with an answer served that way
    /// (行政复议法第二十二条).
    pub online: Option<&'names str>,
}

/// The periods in force on a day.
struct Periods {
    review: CalendarDays,
    suit_months: i32,
    after_review: CalendarDays,
}

impl RemedyRoute {
    /// The route in force on the day of the answer: before 2024 nothing had to be reviewed first.
    pub fn on(self, answered: Date) -> Self {
        match REVIEW_COMES_FIRST.on(answered) {
            Ok(first) if first.value => self,
            _ => Self::Any,
        }
    }

    /// Where it is said.
    pub const fn basis(self) -> Provision {
        match self {
            Self::Any => article("政府信息公开条例", 51),
            Self::ReviewFirst | Self::ReviewFirstForWithheld => {
                article("行政复议法", 23).paragraph(1).item(4)
            }
        }
    }

    /// The closing words of an answer.
    pub fn words(self, answered: Date, recourse: &Recourse<'_>) -> String {
        self.words_of("答复", answered, recourse)
    }

    /// The closing words of a letter that calls itself `letter`: 答复, 告知, 决定.
    pub fn words_of(self, letter: &str, answered: Date, recourse: &Recourse<'_>) -> String {
        let Some(periods) = Periods::on(answered) else { return String::new() };
        let whole = format!("对本{letter}");
        let words = match self.on(answered) {
            Self::Any => periods.any(&whole, letter, recourse),
            Self::ReviewFirst => periods.review_first(&whole, letter, recourse),
            Self::ReviewFirstForWithheld => format!(
                "{}{}",
                periods.review_first(&format!("对其中{WITHHELD}"), letter, recourse),
                periods.any("对其余部分", letter, recourse)
            ),
        };
        words + &online(recourse)
    }
}

impl RemedyRoute {
    /// The closing words of a letter with several parts, each with its own route: parts whose disclosure was
    /// refused are reviewed first, the others are not.
    pub fn words_of_parts(
        routes: &[Self],
        letter: &str,
        answered: Date,
        recourse: &Recourse<'_>,
    ) -> String {
        let standing: Vec<Self> = routes.iter().map(|route| route.on(answered)).collect();
        let first = standing.first().copied().unwrap_or(Self::Any);
        let alike = standing.iter().all(|route| *route == first);
        if standing.len() < 2 || (alike && first != Self::ReviewFirstForWithheld) {
            return first.words_of(letter, answered, recourse);
        }
        let Some(periods) = Periods::on(answered) else { return String::new() };
        let (mut reviewed, mut free) = (Vec::new(), Vec::new());
        for (at, route) in standing.iter().enumerate() {
            let part = format!("第{}项", at + 1);
            match route {
                Self::Any => free.push(part),
                Self::ReviewFirst => reviewed.push(part),
                Self::ReviewFirstForWithheld => {
                    reviewed.push(format!("{part}中{WITHHELD}"));
                    free.push(format!("{part}的其余部分"));
                }
            }
        }
        let against = |parts: &[String]| format!("对{}的答复", parts.join("、"));
        let mut words = periods.review_first(&against(&reviewed), letter, recourse);
        words += &periods.any(&against(&free), letter, recourse);
        words + &online(recourse)
    }
}

/// What of an answer in part is reviewed first.
const WITHHELD: &str = "依照《政府信息公开条例》第十四条、第十五条、第十六条不予公开的部分";

fn online(recourse: &Recourse<'_>) -> String {
    let told = |online: &str| format!("通过互联网申请行政复议的途径：{online}。");
    recourse.online.map(told).unwrap_or_default()
}

impl Periods {
    fn on(answered: Date) -> Option<Self> {
        Some(Self {
            review: REVIEW_PERIOD.on(answered).ok()?.value,
            suit_months: SUIT_MONTHS.on(answered).ok()?.value,
            after_review: AFTER_REVIEW.on(answered).ok()?.value,
        })
    }

    fn any(&self, against: &str, letter: &str, recourse: &Recourse<'_>) -> String {
        let Recourse { review_organ, court, .. } = recourse;
        format!(
            "{against}不服的，可以自收到本{letter}之日起{}内向{review_organ}申请行政复议，\
             也可以自收到本{letter}之日起{}个月内直接向{court}提起行政诉讼。",
            self.review, self.suit_months
        )
    }

    fn review_first(&self, against: &str, letter: &str, recourse: &Recourse<'_>) -> String {
        let Recourse { review_organ, court, .. } = recourse;
        format!(
            "{against}不服的，应当先自收到本{letter}之日起{}内向{review_organ}申请行政复议；\
             对行政复议决定仍不服的，可以自收到行政复议决定书之日起{}内向{court}提起行政诉讼。",
            self.review, self.after_review
        )
    }
}

/// The last days for 行政复议 and for a direct suit against what was served on a day; calendar days
/// and months, not moved off a rest day (docs/readings/003, 122). None before the statutes.
pub fn last_days(served: Date) -> Option<(Date, Date)> {
    let periods = Periods::on(served)?;
    let review = periods.review.after(served).ok()?;
    let suit = served.checked_add(jiff::Span::new().months(periods.suit_months)).ok()?;
    Some((review, suit))
}
