//! How the parts of a sheet look.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};

use crate::writing::{Align, csv};

/// The face of every cell; every Chinese Windows, WPS and Mac office has one by this name.
const FACE: &str = "宋体";

/// The looks of a sheet's parts.
pub(super) struct Looks {
    pub(super) title: Format,
    pub(super) subtitle: Format,
    pub(super) head: Format,
    pub(super) note: Format,
}

impl Looks {
    pub(super) fn new() -> Self {
        let plain = Format::new().set_font_name(FACE).set_align(FormatAlign::VerticalCenter);
        let plain = plain.set_text_wrap();
        Self {
            title: plain.clone().set_font_size(18).set_bold().set_align(FormatAlign::Center),
            subtitle: plain.clone().set_font_size(11).set_align(FormatAlign::Center),
            head: boxed(Align::Center, false).set_bold(),
            note: plain.set_font_size(10).set_align(FormatAlign::Left),
        }
    }
}

/// The four formats a cell of the body can have.
pub(super) struct Cells {
    start: [Format; 2],
    center: [Format; 2],
}

impl Cells {
    pub(super) fn new() -> Self {
        let both = |align| [boxed(align, false), boxed(align, true)];
        Self { start: both(Align::Start), center: both(Align::Center) }
    }

    pub(super) fn of(&self, align: Align, text: &str) -> &Format {
        let pair = match align {
            Align::Start => &self.start,
            Align::Center => &self.center,
        };
        &pair[usize::from(csv::guard(text) != text)]
    }
}

/// A table cell's format. A quoted one stays a text even after someone edits it.
fn boxed(align: Align, quoted: bool) -> Format {
    let format = Format::new()
        .set_font_name(FACE)
        .set_font_size(10)
        .set_text_wrap()
        .set_border(FormatBorder::Thin)
        .set_align(FormatAlign::VerticalCenter)
        .set_align(match align {
            Align::Start => FormatAlign::Left,
            Align::Center => FormatAlign::Center,
        });
    if quoted { format.set_quote_prefix() } else { format }
}
