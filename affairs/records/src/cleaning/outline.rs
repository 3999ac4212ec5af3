//! 结构层次序数 of a 公文: 一、 （一） 1. （1） (GB/T 9704-2012, 7.3.3), and the form of 文号.

/// The rank of a line by the number it begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rank {
    /// 一、
    First,
    /// （一）
    Second,
    /// 1.
    Third,
    /// （1）
    Fourth,
}

/// A longer line is a paragraph that begins with a number, not a heading; in letters.
const LONGEST_HEADING: usize = 50;

const NUMERALS: &str = "一二三四五六七八九十百零〇";

impl Rank {
    pub(super) fn of(text: &str) -> Option<Self> {
        let text = text.trim_start();
        let chinese = |text: &str| {
            let end = text.find(|letter| !NUMERALS.contains(letter)).unwrap_or(text.len());
            (end > 0).then(|| text[end..].to_owned())
        };
        if chinese(text).is_some_and(|rest| rest.starts_with('、')) {
            return Some(Self::First);
        }
        if let Some(inner) = text.strip_prefix(['（', '(']) {
            let closed = |rest: &str| rest.starts_with(['）', ')']);
            if chinese(inner).is_some_and(|rest| closed(&rest)) {
                return Some(Self::Second);
            }
            let rest = inner.trim_start_matches(is_figure);
            return (rest.len() < inner.len() && closed(rest)).then_some(Self::Fourth);
        }
        let rest = text.trim_start_matches(is_figure);
        let point = rest.starts_with(['.', '．', '、']);
        // 3.5 is a figure and no number of a heading.
        let figure = rest.chars().nth(1).is_some_and(is_figure) && rest.starts_with('.');
        (rest.len() < text.len() && point && !figure).then_some(Self::Third)
    }

    pub(super) const fn is_chinese(self) -> bool {
        matches!(self, Self::First | Self::Second)
    }

    /// Whether a line of this rank is a heading: short, and not a sentence with more after it.
    pub(super) fn is_heading(self, text: &str) -> bool {
        let text = text.trim();
        if text.chars().count() > LONGEST_HEADING || self == Self::Fourth {
            return false;
        }
        match self {
            Self::Second => {
                !text.trim_end_matches('。').contains(['。', '；']) && !text.ends_with('：')
            }
            _ => !text.contains('。') && !text.ends_with(['；', '：', ';', ':', '，']),
        }
    }

    pub(super) const fn level(self) -> u8 {
        match self {
            Self::First => 2,
            Self::Second => 3,
            Self::Third | Self::Fourth => 4,
        }
    }
}

fn is_figure(letter: char) -> bool {
    letter.is_ascii_digit() || ('０'..='９').contains(&letter)
}

/// A text whose 文号 have their year in 〔〕 and their figures half-width: 厦府办[2020]67号 is
/// 厦府办〔2020〕67号. Round brackets are left: they may be a remark.
pub(super) fn even_numbers(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < letters.len() {
        match number_at(&letters[at..]) {
            Some((year, serial, length)) => {
                out.push_str(&format!("〔{year}〕{serial}号"));
                at += length;
            }
            None => {
                out.push(letters[at]);
                at += 1;
            }
        }
    }
    out
}

/// A year in square brackets and a serial with 号, at the start of letters: the two, and how many
/// letters they take.
fn number_at(letters: &[char]) -> Option<(String, String, usize)> {
    if !matches!(letters.first()?, '[' | '［' | '【' | '〔') {
        return None;
    }
    let figures = |from: usize| -> String {
        let run = letters[from..].iter().take_while(|letter| is_figure(**letter));
        run.map(|letter| half(*letter)).collect()
    };
    let year = figures(1);
    if year.len() != 4 || !matches!(letters.get(5)?, ']' | '］' | '】' | '〕') {
        return None;
    }
    let serial = figures(6);
    let end = 6 + serial.len();
    (!serial.is_empty() && letters.get(end) == Some(&'号')).then_some((year, serial, end + 1))
}

fn half(letter: char) -> char {
    let code = u32::from(letter);
    let half = (0xff10..=0xff19).contains(&code).then(|| char::from_u32(code - 0xff10 + 0x30));
    half.flatten().unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_line_with_a_number_is_a_heading_and_a_long_one_a_paragraph() {
        for (text, level) in [
            ("一、总体目标", Some(2)),
            ("十二、附则", Some(2)),
            ("（一）全面梳理公开事项。", Some(3)),
            ("(二)加强建设", Some(3)),
            ("1.编制目录", Some(4)),
            ("２．编制目录", Some(4)),
            ("（1）编制目录", None),
            ("一、会议听取了汇报。会议指出，要抓好落实。", None),
            ("一、下列人员：", None),
            ("3.5万元", None),
            ("2020年工作要点", None),
            ("一是加强领导", None),
            ("", None),
        ] {
            let rank = Rank::of(text).filter(|rank| rank.is_heading(text));
            assert_eq!(rank.map(Rank::level), level, "{text}");
        }
    }

    #[test]
    fn the_year_of_a_number_stands_in_its_own_brackets() {
        for (text, even) in [
            ("见厦府办[2020]67号文", "见厦府办〔2020〕67号文"),
            ("厦府办［２０２０］６７号", "厦府办〔2020〕67号"),
            ("厦府办【2020】67号、68号", "厦府办〔2020〕67号、68号"),
            ("[2020]版", "[2020]版"),
            ("（2020）闽01号", "（2020）闽01号"),
            ("[1]", "[1]"),
        ] {
            assert_eq!(even_numbers(text), even);
        }
    }
}
