//! 图解 as one picture: drawn by the server from what was written, with its words as text in it, so that it can be
//! read aloud, searched and printed. The same words stand on the page beside it.

use interpretation_rules::{Body, DiagramBlock};

/// The width of the picture, in its own units.
const WIDE: usize = 720;

/// The room at the sides.
const SIDE: usize = 36;

/// The room inside the frame of a section.
const INNER: usize = WIDE - 2 * SIDE - 40;

/// How many letters of a heading fit on a line.
const IN_A_HEADING: usize = 26;

/// How many letters fit on a line of points; a Latin letter takes half the room.
const ON_A_LINE: usize = 34;

/// The lines of a text that fit, each with at most so many letters.
fn lines(text: &str, most: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for letter in text.chars() {
        let room = if letter.is_ascii() { 1 } else { 2 };
        if used + room > most * 2 {
            lines.push(String::new());
            used = 0;
        }
        if let Some(line) = lines.last_mut() {
            line.push(letter);
        }
        used += room;
    }
    lines
}

/// The room a text takes, a Latin letter and any other taking so much.
fn room(text: &str, (narrow, wide): (usize, usize)) -> usize {
    text.chars().map(|letter| if letter.is_ascii() { narrow } else { wide }).sum()
}

/// As it stands in a picture that is also a file of its own: XML has no control characters.
fn escaped(text: &str) -> String {
    let is_text = |letter: &char| {
        matches!(letter, '\n' | '\t')
            || !letter.is_control() && !matches!(letter, '\u{fffe}' | '\u{ffff}')
    };
    let text: String = text.chars().filter(is_text).collect();
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('"', "&quot;").replace('\'', "&#39;")
}

/// The picture as it grows downwards.
struct Sheet {
    parts: String,
    down: usize,
}

impl Sheet {
    fn words(&mut self, (text, left, down): (&str, usize, usize), style: &str) {
        let text = escaped(text);
        self.parts.push_str(&format!("<text x=\"{left}\" y=\"{down}\" {style}>{text}</text>\n"));
    }

    fn section(&mut self, at: usize, section: &DiagramBlock) {
        let (top, inner) = (self.down, SIDE + 20);
        let mut down = top + 38;
        let mut own = Self { parts: String::new(), down };
        let heading = format!("{}　{}", at + 1, section.heading);
        for (row, line) in lines(&heading, IN_A_HEADING).into_iter().enumerate() {
            down += if row == 0 { 0 } else { 30 };
            let style = "font-size=\"22\" font-weight=\"700\" fill=\"#0b3d68\"";
            own.words((&line, inner, down), style);
        }
        if !section.number.is_empty() {
            down += 56;
            let style = "font-size=\"46\" font-weight=\"700\" fill=\"#a3231c\"";
            own.words((&section.number, inner, down), style);
            let used = room(&section.number, (27, 48)) + 10;
            // A unit that has no room beside its number stands below it.
            let left = if used + room(&section.unit, (11, 20)) > INNER {
                down += 32;
                inner
            } else {
                inner + used
            };
            own.words((&section.unit, left, down), "font-size=\"20\" fill=\"#1f2933\"");
        }
        for point in &section.points {
            for (row, line) in lines(point, ON_A_LINE - 2).into_iter().enumerate() {
                down += 30;
                let mark = if row == 0 { "• " } else { "　" };
                let line = format!("{mark}{line}");
                own.words((&line, inner, down), "font-size=\"18\" fill=\"#1f2933\"");
            }
        }
        let high = down + 24 - top;
        let wide = WIDE - 2 * SIDE;
        self.parts.push_str(&format!(
            "<rect x=\"{SIDE}\" y=\"{top}\" width=\"{wide}\" height=\"{high}\" rx=\"10\" fill=\"#f3f7fb\" stroke=\"#9db8d1\"/>\n"
        ));
        self.parts.push_str(&own.parts);
        self.down = top + high + 18;
    }
}

/// The picture of a body; `foot` tells whose it is and what it explains.
pub(crate) fn draw(title: &str, body: &Body, foot: &[String]) -> String {
    let mut sheet = Sheet { parts: String::new(), down: 60 };
    for line in lines(title, 23) {
        let down = sheet.down;
        sheet.words((&line, SIDE, down), "font-size=\"28\" font-weight=\"700\" fill=\"#0b3d68\"");
        sheet.down += 38;
    }
    for line in lines(&body.lead, ON_A_LINE) {
        let down = sheet.down;
        sheet.words((&line, SIDE, down), "font-size=\"19\" fill=\"#1f2933\"");
        sheet.down += 28;
    }
    sheet.down += 8;
    for (at, section) in body.sections.iter().enumerate() {
        sheet.section(at, section);
    }
    for one in foot {
        for line in lines(one, 44) {
            let down = sheet.down + 14;
            sheet.words((&line, SIDE, down), "font-size=\"15\" fill=\"#47535f\"");
            sheet.down += 24;
        }
    }
    let high = sheet.down + 24;
    let (title, told) = (escaped(title), escaped(&body.whole_text()));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDE} {high}\" width=\"{WIDE}\" height=\"{high}\" role=\"img\" aria-label=\"{title}\" lang=\"zh-CN\" font-family=\"'Source Han Sans SC','Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif\">\n<title>{title}</title>\n<desc>{told}</desc>\n<rect width=\"{WIDE}\" height=\"{high}\" fill=\"#ffffff\"/>\n{}</svg>\n",
        sheet.parts
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_holds_every_word_and_no_mark_of_its_own() {
        let section = DiagramBlock {
            heading: "谁能<领>".into(),
            number: "300".into(),
            unit: "元/月".into(),
            points: vec![
                "本市户籍、年满六十周岁的老年人，以及在本市居住满一年的其他老年人都可以申请".into(),
            ],
        };
        let body = Body { lead: "每月三百".into(), sections: vec![section], ..Body::default() };
        let drawn = draw("一图读懂“办法”", &body, &["市民政局".into()]);
        assert!(drawn.contains("谁能&lt;领&gt;") && !drawn.contains("<领>"), "{drawn}");
        assert!(drawn.contains(">300<") && drawn.contains("元/月") && drawn.contains("市民政局"));
        assert!(drawn.contains("<desc>每月三百"), "{drawn}");
        assert_eq!(drawn.matches("<text").count(), drawn.matches("</text>").count());
        assert!(!drawn.contains(" id="), "two pictures may stand on one page: {drawn}");
        assert_eq!(escaped("甲\u{0}\u{b}乙\n丙"), "甲乙\n丙");
        assert!(draw("演示数据：一图读懂", &body, &[]).contains(">演示数据：一图读懂<"));
        // No line is wider than the picture.
        assert!(
            lines(&"字".repeat(80), ON_A_LINE).iter().all(|line| line.chars().count() <= ON_A_LINE)
        );
    }

    #[test]
    fn nothing_is_drawn_beyond_the_edge_of_the_picture() {
        let section = DiagramBlock {
            heading: "题".repeat(60),
            number: "八".repeat(12),
            unit: "单".repeat(12),
            points: vec!["点".repeat(60)],
        };
        let body = Body { lead: "句".repeat(200), sections: vec![section], ..Body::default() };
        let drawn = draw(&"图".repeat(60), &body, &["脚".repeat(100)]);
        let number = |line: &str, before: &str| -> usize {
            let from = line.split(before).nth(1).unwrap_or_default();
            from.split('"').next().unwrap_or_default().parse().expect("a number")
        };
        for line in drawn.lines().filter(|line| line.starts_with("<text")) {
            let (left, size) = (number(line, "x=\""), number(line, "font-size=\""));
            let text = line.split('>').nth(1).unwrap_or_default().trim_end_matches("</text");
            let right = left + room(text, (size / 2 + 1, size));
            assert!(right <= WIDE, "{right}: {line}");
        }
    }
}
