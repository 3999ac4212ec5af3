//! The few properties of style that change what a reader of the page sees.

use crate::reading::html::tags::Tag;

/// What a tag's style says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    /// The element is not shown.
    pub(super) is_hidden: bool,
    /// The font it sets.
    pub(super) font: Option<String>,
}

impl Style {
    pub(super) fn of(tag: &Tag) -> Self {
        let mut style = Self {
            is_hidden: tag.attribute("hidden").is_some(),
            font: tag.attribute("face").map(str::to_owned),
        };
        for declaration in tag.attribute("style").unwrap_or_default().split(';') {
            let Some((property, value)) = declaration.split_once(':') else {
                continue;
            };
            let value = value.trim();
            match property.trim().to_ascii_lowercase().as_str() {
                "display" | "mso-hide" => {
                    style.is_hidden |=
                        matches!(value.to_ascii_lowercase().as_str(), "none" | "all");
                }
                "font-family" => style.font = Some(value.to_owned()),
                _ => {}
            }
        }
        style
    }
}

/// The looks of running text that say something, and whether there are others.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Looks {
    /// The element is not shown.
    pub(super) is_hidden: bool,
    /// It is one of Word's comments.
    pub(super) is_comment: bool,
    /// Bold, or expressly not.
    pub(super) bold: Option<bool>,
    /// Set in the middle.
    pub(super) centred: bool,
    /// The level of an outline that Word gives it, from 1.
    pub(super) outline: Option<u8>,
    /// An entry of one of Word's lists, and how far it is set in, from 0.
    pub(super) list: Option<u8>,
    /// The mark before such an entry.
    pub(super) marks: bool,
    /// It sets fonts, sizes or colours.
    pub(super) dressed: bool,
}

impl Looks {
    pub(super) fn of(tag: &Tag) -> Self {
        let mut looks = Self {
            is_hidden: tag.attribute("hidden").is_some(),
            centred: tag
                .attribute("align")
                .is_some_and(|align| align.eq_ignore_ascii_case("center")),
            dressed: tag.name == "font",
            ..Self::default()
        };
        for declaration in tag.attribute("style").unwrap_or_default().split(';') {
            let Some((property, value)) = declaration.split_once(':') else {
                continue;
            };
            let value = value.trim().to_ascii_lowercase();
            looks.property(property.trim().to_ascii_lowercase().as_str(), &value);
        }
        looks
    }

    fn property(&mut self, name: &str, value: &str) {
        match name {
            "display" => self.is_hidden |= value == "none",
            "visibility" => self.is_hidden |= matches!(value, "hidden" | "collapse"),
            "mso-hide" => self.is_hidden |= matches!(value, "all" | "screen"),
            "font-weight" => {
                let heavy = value.parse::<u32>().is_ok_and(|weight| weight >= 600);
                self.bold = Some(heavy || matches!(value, "bold" | "bolder"));
            }
            "text-align" => self.centred = value == "center",
            "mso-outline-level" => self.outline = value.parse().ok(),
            "mso-element" => self.is_comment |= value.starts_with("comment"),
            "mso-list" if value == "ignore" => self.marks = true,
            "mso-list" => {
                let level = value.split_whitespace().find_map(|word| word.strip_prefix("level"));
                self.list =
                    level.and_then(|level| level.parse::<u8>().ok()).map(|at| at.saturating_sub(1));
            }
            "color" | "background" | "background-color" | "font-size" | "font-family" | "font" => {
                self.dressed = true;
            }
            _ => {}
        }
    }
}
