//! 公文格式要素: which lines of a text are its 主送机关, 署名, 附注 and 版记 (GB/T 9704-2012, 7.3
//! and 7.4). A manuscript writes them as plain lines; the page and the printed form set them apart.

use records_rules::{Block, unmarked};

/// A text in the parts that are set apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Official {
    /// 主送机关, with its colon.
    pub addressee: Option<String>,
    /// 正文, 附件说明 among it.
    pub body: Vec<Block>,
    /// 发文机关署名, one line for each organ.
    pub signatures: Vec<String>,
    /// 成文日期 as written: 2020年7月7日.
    pub date: Option<String>,
    /// 附注, without its brackets: 此件主动公开.
    pub note: Option<String>,
    /// 抄送 and similar lines.
    pub copies: Vec<String>,
    /// 印发机关.
    pub printer: Option<String>,
    /// 印发日期 as written, without 印发.
    pub printed: Option<String>,
}

/// The longest line taken for an organ's name, in letters.
const LONGEST_NAME: usize = 40;

impl Official {
    /// Takes a text apart, from its end and from its beginning.
    pub(crate) fn of(blocks: Vec<Block>) -> Self {
        let mut tail = Tail(blocks);
        let printed = tail.take(|line| line.strip_suffix("印发").filter(|day| is_day(day)));
        let printer = printed.is_some().then(|| tail.take(name)).flatten();
        let mut copies = Vec::new();
        while let Some(line) = tail.take(copy) {
            copies.insert(0, line);
        }
        let note = tail.take(|line| {
            line.strip_prefix('（')?.strip_suffix('）').filter(|note| note.starts_with("此件"))
        });
        let date = tail.take(|line| Some(line).filter(|line| is_day(line)));
        let mut signatures = Vec::new();
        while let Some(line) = date.as_ref().and_then(|_| tail.take(name)) {
            signatures.insert(0, line);
        }
        let mut body = tail.0;
        let addressee = match body.first() {
            Some(Block::Paragraph { text }) if is_addressee(text) => Some(unmarked(text)),
            _ => None,
        };
        if addressee.is_some() {
            body.remove(0);
        }
        Self { addressee, body, signatures, date, note, copies, printer, printed }
    }
}

/// A text whose last lines are being taken off.
struct Tail(Vec<Block>);

impl Tail {
    /// Takes off the last line if it is one of those wanted.
    fn take(&mut self, wanted: impl Fn(&str) -> Option<&str>) -> Option<String> {
        let Some(Block::Paragraph { text }) = self.0.last() else { return None };
        let text = unmarked(text);
        let found = wanted(&text)?.to_owned();
        self.0.pop();
        Some(found)
    }
}

fn name(line: &str) -> Option<&str> {
    let plain = !line.contains(['。', '，', '；', '：', '？', '！', '、', '（']);
    Some(line).filter(|line| plain && line.chars().count() <= LONGEST_NAME)
}

fn copy(line: &str) -> Option<&str> {
    let labels = ["抄送：", "抄报：", "有关单位：", "主送："];
    Some(line).filter(|line| labels.iter().any(|label| line.starts_with(label)))
}

/// A day in figures: 2020年7月7日.
fn is_day(text: &str) -> bool {
    let digits = |part: &str, most: usize| {
        (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let parts = || {
        let (year, rest) = text.split_once('年')?;
        let (month, rest) = rest.split_once('月')?;
        Some((year, month, rest.strip_suffix('日')?))
    };
    parts().is_some_and(|(year, month, day)| {
        year.len() == 4 && digits(year, 4) && digits(month, 2) && digits(day, 2)
    })
}

/// A first line that names whom it is sent to, and not one that leads into what follows.
fn is_addressee(text: &str) -> bool {
    let leads_on = ["如下", "以下", "下列", "现就", "现将", "。"];
    text.ends_with('：') && !leads_on.iter().any(|words| text.contains(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Official {
        Official::of(Block::read(text))
    }

    #[test]
    fn an_ordinary_document_ends_with_name_day_and_note() {
        let parts = read(
            "各区人民政府：\n\n正文。\n\n特此公告。\n\n厦门市民政局\n\n厦门市财政局\n\n2023年12月18日\n\n（此件主动公开）",
        );
        assert_eq!(parts.addressee.as_deref(), Some("各区人民政府："));
        assert_eq!(parts.signatures, ["厦门市民政局", "厦门市财政局"]);
        assert_eq!(parts.date.as_deref(), Some("2023年12月18日"));
        assert_eq!(parts.note.as_deref(), Some("此件主动公开"));
        assert_eq!(parts.body.len(), 2, "{:?}", parts.body);
    }

    #[test]
    fn the_notice_ends_with_its_imprint() {
        let notice = include_str!("../../../server/demo/notice.md");
        let body = notice.split("\n---\n").nth(1).expect("a body");
        let parts = read(body);
        assert_eq!(
            parts.addressee.as_deref(),
            Some("各区人民政府，市直各委、办、局，各有关单位：")
        );
        assert_eq!(parts.printer.as_deref(), Some("厦门市人民政府办公厅"));
        assert_eq!(parts.printed.as_deref(), Some("2020年7月7日"));
        assert_eq!(parts.copies.len(), 2);
        assert_eq!(parts.note.as_deref(), Some("此件主动公开"));
        assert!(parts.signatures.is_empty() && parts.date.is_none());
    }

    #[test]
    fn what_only_looks_like_those_lines_stays_in_the_text() {
        for text in [
            "现就有关事项公告如下：\n\n一、时间。",
            "一句话",
            "| 甲 | 乙 |\n| 1 | 2 |",
            "厦门市民政局",
        ] {
            let parts = read(text);
            assert_eq!(parts.body, Block::read(text), "{text}");
        }
    }
}
