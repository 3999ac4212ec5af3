//! A tag: an icon, a colour and words, so that it is understood without seeing the colour.

use askama::{Template, filters::HtmlSafe};

use crate::icons::{self, Icon};

/// How a tag or a figure is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// No judgement.
    #[default]
    Plain,
    /// As it should be.
    Good,
    /// Wants attention soon.
    Warn,
    /// Late, or against a rule.
    Over,
    /// A neutral remark worth seeing.
    Info,
    /// No longer holds.
    Void,
}

impl Tone {
    /// Its class in the style sheet; empty for [`Tone::Plain`].
    pub fn class(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Good => "ok",
            Self::Warn => "warn",
            Self::Over => "over",
            Self::Info => "info",
            Self::Void => "void",
        }
    }
}

/// A short mark beside a title.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "components/tag.html")]
pub struct Tag {
    tone: Tone,
    icon: Option<Icon>,
    words: String,
}

impl HtmlSafe for Tag {}

impl Tag {
    /// Words without judgement or icon.
    pub fn plain(words: impl Into<String>) -> Self {
        Self { tone: Tone::Plain, icon: None, words: words.into() }
    }

    /// As it should be.
    pub fn good(words: impl Into<String>) -> Self {
        Self { tone: Tone::Good, icon: Some(icons::CHECK), words: words.into() }
    }

    /// Wants attention soon.
    pub fn warn(words: impl Into<String>) -> Self {
        Self { tone: Tone::Warn, icon: Some(icons::CLOCK), words: words.into() }
    }

    /// Late, or against a rule.
    pub fn over(words: impl Into<String>) -> Self {
        Self { tone: Tone::Over, icon: Some(icons::ALERT), words: words.into() }
    }

    /// A remark.
    pub fn info(words: impl Into<String>) -> Self {
        Self { tone: Tone::Info, icon: Some(icons::INFO), words: words.into() }
    }

    /// Words with an icon of their own.
    pub fn marked(tone: Tone, icon: Icon, words: impl Into<String>) -> Self {
        Self { tone, icon: Some(icon), words: words.into() }
    }

    /// 有效性, by its word: what no longer holds is void, what holds in part or not for long wants
    /// attention.
    pub fn validity(word: &str) -> Self {
        match word {
            "有效" | "现行有效" => Self::in_force(),
            "失效" | "废止" => Self::void(word),
            word if word.contains("部分") || word.contains("到期") => Self::warn(word),
            word => Self::info(word),
        }
    }

    /// 现行有效.
    pub fn in_force() -> Self {
        Self { tone: Tone::Good, icon: Some(icons::IN_FORCE), words: "现行有效".into() }
    }

    /// 已废止, 已失效 and the like: `words` says which.
    pub fn void(words: impl Into<String>) -> Self {
        Self { tone: Tone::Void, icon: Some(icons::VOID), words: words.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::Tag;

    #[test]
    fn only_what_no_longer_holds_is_struck_out() {
        let table = [
            ("失效", "void"),
            ("废止", "void"),
            ("部分失效", "warn"),
            ("2026-12-31 到期", "warn"),
            ("已修改", "info"),
            ("有效", "ok"),
        ];
        for (word, class) in table {
            assert!(Tag::validity(word).to_string().contains(&format!("tag {class}")), "{word}");
        }
    }
}
