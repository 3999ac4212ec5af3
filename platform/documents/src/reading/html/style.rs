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
