//! 催一下: a reader asks for what should have been published (条例第四十七条第二款).
//!
//! The clock is that of an ordinary message to a government site. It runs from the first press;
//! whoever presses later joins that entry and does not start it again (docs/readings/029). What
//! readers write goes to the organ only, so it is held to what an organ can use.

use law::{CalendarGap, Counted, Date, Dated, Enacted, NotInForce, WorkCalendar, WorkingDays};
use law::{Provision, article, day, document};

/// By when an ordinary message to a government site is answered.
pub const ANSWER_PERIOD: Dated<WorkingDays> =
    Dated::since(&[(day(2014, 11, 17), WorkingDays(7), document("国办发〔2014〕57号"))]);

/// Who thinks that an organ has not published as it must may say so to the competent department.
pub const RIGHT_TO_ASK: Provision = article("政府信息公开条例", 47).paragraph(2);

/// Letters a reader may write.
pub const LONGEST_WORDS: usize = 200;

/// Letters of an answer; longer ones belong into a document.
pub const LONGEST_ANSWER: usize = 500;

/// Readers' words kept with one entry; those that come later are counted only.
pub const MOST_WORDS: usize = 50;

/// Presses of one entry that count in a minute; more are machines, or a crowd that was understood.
pub const PRESSES_A_MINUTE: i64 = 20;

/// So many digits in a row are somebody's number.
const SOMEBODYS_NUMBER: usize = 11;

/// By when it is answered, and who says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AnswerDue {
    /// The last day on which an answer is in time.
    pub day: Counted,
    /// How many days there are, by which provision.
    pub period: Enacted<WorkingDays>,
}

/// There is no day by which to answer.
#[derive(Debug, thiserror::Error)]
pub enum NoAnswerDay {
    /// No period was in force.
    #[error(transparent)]
    NotInForce(#[from] NotInForce),
    /// The calendar does not reach so far.
    #[error(transparent)]
    Gap(#[from] CalendarGap),
}

impl AnswerDue {
    /// The day for what was first asked for on `asked`, which is not counted (docs/readings/001).
    ///
    /// # Errors
    /// No period was in force that day, or the calendar does not reach so far.
    pub fn of(asked: Date, calendar: &WorkCalendar) -> Result<Self, NoAnswerDay> {
        let period = ANSWER_PERIOD.on(asked)?;
        Ok(Self { day: calendar.nth_working_day_after(asked, period.value)?, period })
    }
}

/// Where an entry stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReminderStanding {
    /// Not answered, and there is time.
    Waiting,
    /// Not answered, and the day has passed.
    Overdue,
    /// Answered in time.
    Answered,
    /// Answered after the day.
    AnsweredLate,
}

impl ReminderStanding {
    /// How an entry due on `due` and perhaps `answered` stands on `today`.
    pub fn on(today: Date, due: Date, answered: Option<Date>) -> Self {
        match answered {
            Some(day) if day > due => Self::AnsweredLate,
            Some(_) => Self::Answered,
            None if today > due => Self::Overdue,
            None => Self::Waiting,
        }
    }

    /// It in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Waiting => "待答复",
            Self::Overdue => "逾期未答复",
            Self::Answered => "已按时答复",
            Self::AnsweredLate => "迟答复",
        }
    }
}

/// Why words were not taken. Each sentence says what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WordsRefused {
    /// Nothing was written where something must be.
    #[error("还没有写内容，请写上再提交")]
    Empty,
    /// Too many letters.
    #[error("写了{letters}字，请不超过{most}字")]
    TooLong {
        /// How many there are.
        letters: usize,
        /// How many there may be.
        most: usize,
    },
    /// Letters that no text has.
    #[error("含有看不见的控制字符，请删去后重新输入")]
    Unprintable,
    /// A telephone or identity number.
    #[error("里面像是有电话号码或证件号码，请删去；催一下不需要任何个人信息")]
    SomebodysNumber,
    /// A link to nothing that could be meant.
    #[error(
        "地址请写本平台的一份文件（/wenjian/…）、一个事项（/mulu/…/…），或者以 http 开头的完整地址"
    )]
    ElsewhereLink,
    /// A link to a page that this platform does not have.
    #[error("本平台没有这个地址上的文件或者事项，请从浏览器的地址栏复制")]
    NoSuchPage,
}

/// A reader's words: none, or up to [`LONGEST_WORDS`] letters on one line, without anybody's number.
///
/// # Errors
/// They are none of that.
pub fn readers_words(text: &str) -> Result<Option<String>, WordsRefused> {
    let text = text.trim();
    let letters = text.chars().count();
    if letters > LONGEST_WORDS {
        return Err(WordsRefused::TooLong { letters, most: LONGEST_WORDS });
    }
    if text.chars().any(unprintable) {
        return Err(WordsRefused::Unprintable);
    }
    if longest_number(text) >= SOMEBODYS_NUMBER {
        return Err(WordsRefused::SomebodysNumber);
    }
    Ok(Some(text.to_owned()).filter(|text| !text.is_empty()))
}

/// An answer: up to [`LONGEST_ANSWER`] letters; lines may be broken.
///
/// # Errors
/// It is empty, too long or has letters that no text has.
pub fn answer_words(text: &str) -> Result<String, WordsRefused> {
    let text = text.trim().replace("\r\n", "\n");
    let letters = text.chars().count();
    if letters == 0 {
        return Err(WordsRefused::Empty);
    }
    if letters > LONGEST_ANSWER {
        return Err(WordsRefused::TooLong { letters, most: LONGEST_ANSWER });
    }
    match text.chars().any(|letter| letter != '\n' && unprintable(letter)) {
        true => Err(WordsRefused::Unprintable),
        false => Ok(text),
    }
}

/// Control letters, and those that turn the direction of a line or have no width.
pub(crate) fn unprintable(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// The most digits in a row; blanks and hyphens between them do not part them.
pub(crate) fn longest_number(text: &str) -> usize {
    let (mut longest, mut now) = (0, 0);
    for letter in text.chars() {
        match letter {
            _ if letter.is_numeric() => now += 1,
            ' ' | '-' | '－' | '　' => {}
            _ => now = 0,
        }
        longest = longest.max(now);
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_due_seven_working_days_after_the_first_press() {
        let calendar = WorkCalendar::state_council();
        for (asked, due, provisional) in [
            ("2026-11-25", "2026-12-04", false),
            ("2026-11-28", "2026-12-08", false),
            ("2026-09-21", "2026-10-08", false),
            ("2026-12-24", "2027-01-05", true),
        ] {
            let found = AnswerDue::of(asked.parse().expect("a day"), calendar).expect("a day");
            assert_eq!(found.day.date.to_string(), due, "{asked}");
            assert_eq!(found.day.provisional, provisional, "{asked}");
            assert_eq!(found.period.basis.to_string(), "国办发〔2014〕57号");
        }
        assert!(AnswerDue::of(day(2014, 1, 1), calendar).is_err(), "nothing was in force");
    }

    #[test]
    fn an_answer_on_the_last_day_is_in_time_and_one_a_day_later_is_late() {
        let due = day(2026, 12, 4);
        for (today, answered, standing) in [
            (day(2026, 12, 4), None, ReminderStanding::Waiting),
            (day(2026, 12, 5), None, ReminderStanding::Overdue),
            (day(2026, 12, 9), Some(day(2026, 12, 4)), ReminderStanding::Answered),
            (day(2026, 12, 9), Some(day(2026, 12, 5)), ReminderStanding::AnsweredLate),
        ] {
            assert_eq!(ReminderStanding::on(today, due, answered), standing, "{today}");
        }
    }

    #[test]
    fn a_readers_words_are_short_printable_and_nobodys_number() {
        let long = "催".repeat(LONGEST_WORDS);
        for (text, taken) in [
            ("", Ok(None)),
            ("   ", Ok(None)),
            ("2026年的补贴标准在哪里", Ok(Some("2026年的补贴标准在哪里"))),
            (
                "厦府办〔2020〕67号说2020-07-25前公开",
                Ok(Some("厦府办〔2020〕67号说2020-07-25前公开")),
            ),
            (long.as_str(), Ok(Some(long.as_str()))),
            ("a\u{0}b", Err(WordsRefused::Unprintable)),
            ("a\nb", Err(WordsRefused::Unprintable)),
            ("反\u{202E}的", Err(WordsRefused::Unprintable)),
            ("打我电话13800000000", Err(WordsRefused::SomebodysNumber)),
            ("138 0000-0000", Err(WordsRefused::SomebodysNumber)),
            ("证件35020319000101001X", Err(WordsRefused::SomebodysNumber)),
            ("１３８００００００００", Err(WordsRefused::SomebodysNumber)),
        ] {
            let taken: Result<Option<String>, _> =
                taken.map(|words: Option<&str>| words.map(str::to_owned));
            assert_eq!(readers_words(text), taken, "{text}");
        }
        let refused = readers_words(&format!("{long}催")).expect_err("too long");
        assert_eq!(refused.to_string(), "写了201字，请不超过200字");
    }

    #[test]
    fn an_answer_says_something() {
        assert_eq!(answer_words(" \r\n"), Err(WordsRefused::Empty));
        assert_eq!(answer_words("已公开。\r\n请看链接。"), Ok("已公开。\n请看链接。".into()));
        assert_eq!(answer_words("a\u{7}"), Err(WordsRefused::Unprintable));
    }
}
