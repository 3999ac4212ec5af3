//! From a line of fields to an [`Item`].

use crate::channels::Channel;
use crate::reading::basis::basis;
use crate::reading::boxes::Crossed;
use crate::reading::carry::{Line, Origin};
use crate::reading::channel_cells::channels;
use crate::reading::columns::Role;
use crate::reading::elements::{elements, is_spaced};
use crate::reading::limit::time_limit;
use crate::reading::lines::{Wrap, is_wrapped};
use crate::reading::markers::strip_number;
use crate::reading::marks::{
    Tick, audience, checked_words, methods, names_audience, names_method, tick,
};
use crate::reading::subjects::{starts_body, subjects};
use crate::reading::text::{bare, close_up, is_dash, is_same_as_above, trim_marks};
use crate::{Audience, Item, Level, Method, Stage};

/// What has to be known of the whole table to read one of its cells.
pub(crate) struct Table<'a> {
    roles: &'a [Role],
    labels: &'a [String],
    wraps: Vec<Wrap>,
    /// Whether blanks stand for line ends in 公开内容.
    blanks_separate: bool,
    /// What a cross means in the check boxes of the channels.
    boxes: Crossed,
    /// What a cross means in the tick columns.
    ticks: Crossed,
}

/// An item with what the checks need to know of its cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Built {
    pub(crate) item: Item,
    /// The row in the file.
    pub(crate) row: usize,
    /// Whether 序号 stands in the row itself.
    pub(crate) own_seq: bool,
    /// Whether a document number in the row's own 公开依据 was damaged.
    pub(crate) damaged_number: bool,
    /// Whether the table has a column for the second level.
    pub(crate) has_level2: bool,
}

impl<'a> Table<'a> {
    /// Looks at all lines, after values were carried down.
    pub(crate) fn of(roles: &'a [Role], labels: &'a [String], lines: &[Line]) -> Self {
        let own = |column: usize| {
            lines
                .iter()
                .map(move |line| &line.fields[column])
                .filter(|field| field.origin == Origin::Own)
                .map(|field| field.text.as_str())
        };
        let names = |role: &Role| matches!(role, Role::Level(_) | Role::Limit);
        let broken: usize = (0..roles.len())
            .filter(|column| names(&roles[*column]))
            .map(|column| own(column).filter(|cell| is_wrapped(cell)).count())
            .sum();
        let wraps =
            (0..roles.len()).map(|column| Wrap::of_column(own(column), broken >= 2)).collect();
        let cells = |wanted: &dyn Fn(&Role) -> bool| {
            let columns: Vec<usize> = (0..roles.len()).filter(|at| wanted(&roles[*at])).collect();
            columns.into_iter().flat_map(own)
        };
        let boxes = Crossed::in_boxes(cells(&|role| *role == Role::Channels));
        let ticks = Crossed::in_ticks(cells(&Role::is_tick));
        let blanks_separate =
            cells(&|role| *role == Role::Elements).filter(|cell| is_spaced(cell)).count() >= 2;
        Self { roles, labels, wraps, blanks_separate, boxes, ticks }
    }

    /// Reads one line.
    pub(crate) fn build(&self, line: &Line) -> Built {
        let mut built = Built {
            item: Item::default(),
            row: line.number,
            own_seq: false,
            damaged_number: false,
            has_level2: false,
        };
        let has_levels = |role: &Role| matches!(role, Role::LevelTick(_) | Role::Levels);
        if self.roles.iter().any(has_levels) {
            built.item.levels = Some(Vec::new());
        }
        for (column, role) in self.roles.iter().enumerate() {
            self.take(&mut built, role, column, line);
        }
        built
    }

    fn take(&self, built: &mut Built, role: &Role, column: usize, line: &Line) {
        let field = &line.fields[column];
        // 同上 with nothing above
        let text = if is_same_as_above(&field.text) { "" } else { field.text.as_str() };
        let own = field.origin == Origin::Own;
        let item = &mut built.item;
        match role {
            Role::Seq => {
                item.seq = Some(seq(text)).filter(|seq| !seq.is_empty());
                built.own_seq = own;
            }
            Role::Domain => item.domain = name(text),
            Role::Level(1) => item.level1 = name(text),
            Role::Level(2) => {
                item.level2 = name(text);
                built.has_level2 = true;
            }
            Role::Level(_) => item.level3 = name(text),
            Role::Elements => {
                item.elements = elements(&self.wraps[column].lines(text), self.blanks_separate);
            }
            Role::Basis => {
                let (cited, damaged) = basis(&self.wraps[column].lines(text));
                item.basis = cited;
                built.damaged_number = damaged && own;
            }
            Role::Limit => {
                item.time_limit = time_limit(text);
                item.time_limit_raw = close_up(text).split_whitespace().collect();
                if item.time_limit.is_none() {
                    item.time_limit_raw.clear();
                }
            }
            Role::Subject => {
                let lines = self.wraps[column].lines_where(text, starts_body);
                item.subjects = subjects(&lines);
            }
            Role::Extra => self.take_extra(item, column, text),
            _ => self.take_marks(item, role, text),
        }
    }

    /// Columns the standard does not know are kept by their headings.
    fn take_extra(&self, item: &mut Item, column: usize, text: &str) {
        let label = self.labels.get(column).filter(|label| !label.is_empty());
        let words = close_up(&self.wraps[column].lines(text).join("\n"));
        if let (Some(label), false) = (label, words.is_empty()) {
            item.extra.insert(label.clone(), words);
        }
    }

    fn take_marks(&self, item: &mut Item, role: &Role, text: &str) {
        match role {
            Role::Channels => {
                let read = channels(text, self.boxes);
                item.channels = read.checked;
                item.channels_other =
                    Some(read.others.join("、")).filter(|names| !names.is_empty());
            }
            Role::Audience => (item.audience, item.audience_note) = audience(text, self.ticks),
            Role::Methods => item.methods = methods(text, self.ticks),
            Role::AudienceAndMethods => {
                (item.audience, item.audience_note) = audience(text, self.ticks);
                item.methods = methods(text, self.ticks);
            }
            Role::Levels => {
                let words = checked_words(text, self.ticks, &|text| bare(text).contains('级'));
                let levels = words.iter().map(|word| close_up(trim_marks(word)));
                item.levels = Some(levels.filter(|word| !word.is_empty()).map(Level).collect());
            }
            Role::Stages => {
                let words = bare(text);
                item.stage = Stage::ALL.into_iter().find(|stage| words.contains(stage.name()));
            }
            role => self.take_tick(item, role, &tick(text, self.ticks)),
        }
    }

    fn take_tick(&self, item: &mut Item, role: &Role, tick: &Tick) {
        if !tick.is_set() {
            return;
        }
        match role {
            Role::WholeSociety => {
                item.audience.push(Audience::WholeSociety);
                note(item, tick);
            }
            Role::CertainGroup => {
                item.audience.push(Audience::CertainGroup);
                note(item, tick);
            }
            Role::Proactive => item.methods.push(Method::Proactive),
            Role::OnRequest => item.methods.push(Method::OnRequest),
            Role::LevelTick(label) => {
                item.levels.get_or_insert_default().push(Level(label.clone()))
            }
            Role::StageTick(stage) => item.stage = item.stage.or(Some(*stage)),
            Role::ChannelTick(channel) => tick_channel(item, channel, tick),
            _ => {}
        }
    }
}

/// Words beside or instead of the tick, unless they only repeat the heading.
fn note(item: &mut Item, tick: &Tick) {
    if let Tick::Words(words) = tick {
        let repeats = names_method(words) || (names_audience(words) && words.chars().count() <= 5);
        if !repeats {
            let inner = audience(words, Crossed::default()).1;
            item.audience_note =
                Some(inner.filter(|_| names_audience(words)).unwrap_or_else(|| words.clone()));
        }
    }
}

fn tick_channel(item: &mut Item, channel: &Channel, tick: &Tick) {
    if !item.channels.contains(channel) {
        item.channels.push(channel.clone());
    }
    if let (true, Tick::Words(words)) = (channel.is_other(), tick) {
        item.channels_other = Some(words.clone());
    }
}

/// A number as printed, without the mark behind it.
fn seq(text: &str) -> String {
    let plain = close_up(text);
    let trimmed = plain.trim_end_matches(['.', '、', '．', ',']);
    let inner = trimmed.trim_matches(['(', ')', '（', '）']);
    if inner.chars().all(|c| c.is_ascii_digit()) { inner.to_owned() } else { trimmed.to_owned() }
}

/// A name without blanks, line ends and the number in front; a dash is none.
fn name(text: &str) -> Option<String> {
    let joined: String = text.lines().map(str::trim).collect();
    let closed = close_up(&joined);
    if is_dash(&closed) {
        return None;
    }
    let plain = trim_marks(strip_number(&closed)).to_owned();
    (!plain.is_empty() && !is_dash(&plain)).then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::{name, seq};

    #[test]
    fn names_and_numbers_are_cleaned() {
        for (text, read) in [
            ("建设项目环\n境影响评价\n文件审批", Some("建设项目环境影响评价文件审批")),
            ("1.1 养　老服务", Some("养老服务")),
            ("—", None),
            ("1.—", None),
            ("", None),
        ] {
            assert_eq!(name(text).as_deref(), read, "{text}");
        }
        for (text, read) in
            [("1.", "1"), ("（3）", "3"), ("1.2", "1.2"), ("一、", "一"), (" 12 ", "12")]
        {
            assert_eq!(seq(text), read);
        }
    }
}
