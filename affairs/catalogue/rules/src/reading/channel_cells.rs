//! 公开渠道和载体 cells: boxes with names, or only the names of the channels that are used.

use std::sync::LazyLock;

use crate::Channel;
use crate::channels::{STANDARD, StandardChannel};
use crate::reading::boxes::{Crossed, boxes};
use crate::reading::markers::strip_number;
use crate::reading::text::{bare, close_up, closes, is_dash, opens, split_outside, trim_marks};

/// The channels of a cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Channels {
    /// The checked ones by standard name, in the order of the cell.
    pub(crate) checked: Vec<Channel>,
    /// The platforms with names of their own.
    pub(crate) others: Vec<String>,
}

/// The channels checked or named in a cell.
pub(crate) fn channels(cell: &str, crossed: Crossed) -> Channels {
    let mut read = Channels::default();
    if is_dash(cell) {
        return read;
    }
    match boxes(cell, crossed, &|text| starts_with_name(text).is_some()) {
        Some(boxes) => {
            for boxed in boxes.iter().filter(|boxed| boxed.checked) {
                read.add_label(&boxed.label);
            }
        }
        None => read.add_names(cell),
    }
    read
}

/// How many standard channels the text names: tells a channel cell from others.
pub(crate) fn names_in(text: &str) -> usize {
    let text = bare(text);
    NAMES.iter().filter(|known| known.is_standard && text.contains(&known.name)).count()
}

/// A name under which a channel goes, as it is compared.
struct Known {
    name: String,
    channel: &'static str,
    is_standard: bool,
}

/// All names, the longest first.
static NAMES: LazyLock<Vec<Known>> = LazyLock::new(|| {
    let named = |channel: &'static StandardChannel| {
        let standard = [(channel.name, true)];
        let aliases = channel.aliases.iter().map(|alias| (*alias, false));
        standard.into_iter().chain(aliases).map(|(name, is_standard)| Known {
            name: bare(name),
            channel: channel.name,
            is_standard,
        })
    };
    let mut names: Vec<Known> = STANDARD.iter().flat_map(named).collect();
    names.sort_by_key(|known| std::cmp::Reverse(known.name.len()));
    names
});

/// The longest known name the text starts with, and the rest behind it.
fn starts_with_name(text: &str) -> Option<(Channel, String)> {
    let text = bare(text);
    let known = NAMES.iter().find(|known| text.starts_with(known.name.as_str()))?;
    Some((Channel::named(known.channel)?, text[known.name.len()..].to_owned()))
}

impl Channels {
    /// What is written beside a checked box. A label may go on behind a known name with words of its
    /// own; further names in it have no box and do not count.
    fn add_label(&mut self, label: &str) {
        let label = trim_marks(label).trim_matches('_');
        let Some((channel, _)) = starts_with_name(label) else {
            self.add_platform(label);
            return;
        };
        if channel.is_other() {
            let name = own_name(label);
            if name.is_empty() {
                self.add(channel);
            } else {
                split_outside(&name, separates).iter().for_each(|name| self.add_platform(name));
            }
            return;
        }
        self.add(channel);
    }

    /// A cell without boxes: every name in it counts.
    fn add_names(&mut self, cell: &str) {
        for part in numbered_parts(cell) {
            let part = trim_marks(strip_number(trim_marks(&part))).to_owned();
            if let Some(channel) = Channel::named(&part) {
                self.add(channel);
                continue;
            }
            let words: Vec<&str> = part.split_whitespace().collect();
            if words.len() > 1
                && words.iter().filter(|word| Channel::named(word).is_some()).count() * 2
                    >= words.len()
            {
                words.iter().for_each(|word| self.add_name(word));
            } else {
                self.add_name(&part);
            }
        }
    }

    fn add_name(&mut self, name: &str) {
        match starts_with_name(name) {
            Some((channel, rest)) if channel.is_other() && !rest.is_empty() => {
                self.add_platform(&own_name(name))
            }
            Some((channel, rest)) if rest.is_empty() || is_remark(&rest) => self.add(channel),
            _ => self.add_platform(name),
        }
    }

    fn add(&mut self, channel: Channel) {
        if !self.checked.contains(&channel) {
            self.checked.push(channel);
        }
    }

    fn add_platform(&mut self, name: &str) {
        let name = trim_marks(&close_up(name)).trim_matches('_').to_owned();
        if !name.chars().any(char::is_alphanumeric) {
            return;
        }
        if let Some(channel) = Channel::named(&name).or_else(|| by_ending(&name)) {
            self.add(channel);
            return;
        }
        self.add(Channel::other());
        if !self.others.contains(&name) {
            self.others.push(name);
        }
    }
}

const fn separates(c: char) -> bool {
    matches!(c, '、' | '；' | ';' | '，' | ',' | '\n')
}

/// The cell cut at separators and before numbers: 1.政府网站2.政务服务中心.
fn numbered_parts(cell: &str) -> Vec<String> {
    let lines: Vec<String> = cell.lines().map(str::to_owned).collect();
    let parts = crate::reading::elements::raw_parts(&lines);
    parts.iter().flat_map(|part| split_outside(part, separates)).collect()
}

/// The name behind 其他: 其他（…）, 其他：…, 其他_….
fn own_name(label: &str) -> String {
    let label = close_up(label);
    let rest = ["其他渠道", "其它渠道", "其他", "其它"]
        .iter()
        .find_map(|other| label.strip_prefix(other))
        .unwrap_or(&label);
    let rest = trim_marks(rest).trim_matches(['_', '—', '-', '＿']);
    let inner = rest.strip_prefix(opens).and_then(|rest| rest.strip_suffix(closes));
    trim_marks(inner.unwrap_or(rest)).trim_matches('_').to_owned()
}

/// Words behind a standard name that leave it what it is: （微信、微博）, 宣传, 等.
fn is_remark(rest: &str) -> bool {
    rest.starts_with(['(', ':']) || matches!(rest, "宣传" | "等" | "公开" | "等渠道" | "公示")
}

/// A government's own site under its own name: 青枫县政府网站, 区政府门户网站.
fn by_ending(name: &str) -> Option<Channel> {
    let site =
        ["政府网站", "政府门户网站", "政府信息公开网站"].iter().any(|end| name.ends_with(end));
    site.then(|| Channel::named("政府网站")).flatten()
}

#[cfg(test)]
mod tests {
    use super::channels;
    use crate::reading::boxes::Crossed;

    fn check(cell: &str, checked: &[&str], others: &[&str]) {
        let read = channels(cell, Crossed::default());
        let names: Vec<&str> = read.checked.iter().map(crate::Channel::name).collect();
        assert_eq!(
            (names.as_slice(), read.others.as_slice()),
            (checked, others.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>().as_slice()),
            "{cell}"
        );
    }

    #[test]
    fn only_checked_boxes_count() {
        check("■政府网站 □政府公报 ■两微一端 □其他", &["政府网站", "两微一端"], &[]);
        check(
            "■政府网站口政府公报口政务新媒体■公开查询点口入户⁄现场",
            &["政府网站", "公开查阅点"],
            &[],
        );
        check("□政府网站\n□政府公报", &[], &[]);
        check(
            "■社区/企事业单位/村公示栏（电子屏）□精准推送",
            &["社区/企事业单位/村公示栏（电子屏）"],
            &[],
        );
    }

    #[test]
    fn other_channels_keep_their_names() {
        check("■政府网站 ■其他____", &["政府网站", "其他"], &[]);
        for cell in [
            "■其他（法律服务网）",
            "■其他：法律服务网",
            "■其他_法律服务网",
            "■其他 法律服务网",
            "■其他法律服务网",
            "■法律服务网",
        ] {
            check(cell, &["其他"], &["法律服务网"]);
        }
        check("□其他  基层公共服务平台", &[], &[]);
    }

    #[test]
    fn names_without_boxes_all_count() {
        check("政府网站、政府公报、便民服务站", &["政府网站", "政府公报", "便民服务站"], &[]);
        check("1.政府网站；\n2.公共资源交易平台；", &["政府网站", "其他"], &["公共资源交易平台"]);
        check("政府网站，入户/现场宣传", &["政府网站", "入户/现场"], &[]);
        check("政府网站 政务服务中心", &["政府网站", "政务服务中心"], &[]);
        check(
            "1.政府网站2.社区/企事业单位/村公示栏（电子屏）",
            &["政府网站", "社区/企事业单位/村公示栏（电子屏）"],
            &[],
        );
        check("—", &[], &[]);
    }
}
