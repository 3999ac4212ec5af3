//! 图解 as one picture: drawn by the server from what was written, with its words as text in it, so that it can be
//! read aloud, searched and printed. The same words stand on the page beside it.

use interpretation_rules::{Body, DiagramBlock};

/// The width of the picture, in its own units.
const WIDE: usize = 720;

/// The room at the sides.
const SIDE: usize = 36;

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

fn escaped(text: &str) -> String {
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
        own.words((&heading, inner, down), "font-size=\"22\" font-weight=\"700\" fill=\"#0b3d68\"");
        if !section.number.is_empty() {
            down += 56;
            let style = "font-size=\"46\" font-weight=\"700\" fill=\"#a3231c\"";
            own.words((&section.number, inner, down), style);
            let room: usize =
                section.number.chars().map(|c| if c.is_ascii() { 27 } else { 48 }).sum();
            own.words(
                (&section.unit, inner + room + 10, down),
                "font-size=\"20\" fill=\"#1f2933\"",
            );
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
    for line in lines(title.trim_start_matches("演示数据："), 24) {
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
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDE} {high}\" width=\"{WIDE}\" height=\"{high}\" role=\"img\" aria-labelledby=\"t d\" lang=\"zh-CN\" font-family=\"'Source Han Sans SC','Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif\">\n<title id=\"t\">{title}</title>\n<desc id=\"d\">{told}</desc>\n<rect width=\"{WIDE}\" height=\"{high}\" fill=\"#ffffff\"/>\n{}</svg>\n",
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
        assert!(drawn.contains("<desc id=\"d\">每月三百"), "{drawn}");
        assert_eq!(drawn.matches("<text").count(), drawn.matches("</text>").count());
        // No line is wider than the picture.
        assert!(
            lines(&"字".repeat(80), ON_A_LINE).iter().all(|line| line.chars().count() <= ON_A_LINE)
        );
    }
}
