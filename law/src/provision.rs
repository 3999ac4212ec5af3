//! Citing: the statute, article, paragraph and item, or the document, that a rule rests on.
//!
//! A citation in code is a constant (`Provision`, a `Copy` value over `&'static str`); one that
//! comes out of a store or a file owns its name ([`RecordedProvision`]). Both print alike.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::chinese_numeral;

/// What is cited: the two kinds print differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Instrument<N = &'static str> {
    /// A law, regulation or rule, named by its title without 《》.
    Statute(N),
    /// A document, named by its number (文号) as printed, with 〔〕.
    Document(N),
}

impl<N> Instrument<N> {
    const fn name(&self) -> &N {
        match self {
            Self::Statute(name) | Self::Document(name) => name,
        }
    }

    fn map<M>(self, name: impl FnOnce(N) -> M) -> Instrument<M> {
        match self {
            Self::Statute(old) => Instrument::Statute(name(old)),
            Self::Document(old) => Instrument::Document(name(old)),
        }
    }
}

/// A place in a statute or document: 《政府信息公开条例》第三十三条第二款第（一）项.
///
/// ```
/// use law::{Provision, article, document};
///
/// const REPLY: Provision = article("政府信息公开条例", 33).paragraph(2).item(1);
/// assert_eq!(REPLY.to_string(), "《政府信息公开条例》第三十三条第二款第（一）项");
/// assert_eq!(document("国办发〔2018〕118号").to_string(), "国办发〔2018〕118号");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Provision<N = &'static str> {
    instrument: Instrument<N>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    article: Option<u16>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    paragraph: Option<u16>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    item: Option<u16>,
}

/// A provision that owns its name, as read back from a store or a file.
pub type RecordedProvision = Provision<String>;

/// 第…条 of the statute with this title (without 《》).
pub const fn article<N>(title: N, article: u16) -> Provision<N> {
    Provision {
        instrument: Instrument::Statute(title),
        article: Some(article),
        paragraph: None,
        item: None,
    }
}

/// The statute with this title (without 《》) as a whole.
pub const fn statute<N>(title: N) -> Provision<N> {
    Provision { instrument: Instrument::Statute(title), article: None, paragraph: None, item: None }
}

/// The document with this number, such as 国办发〔2018〕118号, as a whole.
pub const fn document<N>(number: N) -> Provision<N> {
    Provision {
        instrument: Instrument::Document(number),
        article: None,
        paragraph: None,
        item: None,
    }
}

impl<N> Provision<N> {
    /// The same place, narrowed to 第…款.
    #[must_use]
    pub const fn paragraph(mut self, paragraph: u16) -> Self {
        self.paragraph = Some(paragraph);
        self
    }

    /// The same place, narrowed to 第（…）项.
    #[must_use]
    pub const fn item(mut self, item: u16) -> Self {
        self.item = Some(item);
        self
    }

    /// The statute or document alone.
    pub const fn instrument(&self) -> &Instrument<N> {
        &self.instrument
    }
}

impl<N: AsRef<str>> Provision<N> {
    /// The title of the statute without 《》, or the number of the document.
    pub fn name(&self) -> &str {
        self.instrument.name().as_ref()
    }

    /// The place inside the instrument: 第三十三条第二款. Empty when the whole is cited.
    pub fn place(&self) -> String {
        let mut place = String::new();
        if let Some(article) = self.article {
            place += &format!("第{}条", chinese_numeral(article));
        }
        if let Some(paragraph) = self.paragraph {
            place += &format!("第{}款", chinese_numeral(paragraph));
        }
        if let Some(item) = self.item {
            place += &format!("第（{}）项", chinese_numeral(item));
        }
        place
    }

    /// Whether `other` is this place or lies inside it: 第三十三条 covers 第三十三条第二款, and a
    /// statute cited as a whole covers all its articles.
    pub fn covers<M: AsRef<str>>(&self, other: &Provision<M>) -> bool {
        let wider = |outer: Option<u16>, inner: Option<u16>| outer.is_none() || outer == inner;
        let one_kind = matches!(
            (&self.instrument, &other.instrument),
            (Instrument::Statute(_), Instrument::Statute(_))
                | (Instrument::Document(_), Instrument::Document(_))
        );
        one_kind
            && self.name() == other.name()
            && wider(self.article, other.article)
            && wider(self.paragraph, other.paragraph)
            && wider(self.item, other.item)
    }

    /// The same citation owning its name, to be stored.
    pub fn recorded(&self) -> RecordedProvision {
        let instrument = match &self.instrument {
            Instrument::Statute(title) => Instrument::Statute(title.as_ref()),
            Instrument::Document(number) => Instrument::Document(number.as_ref()),
        };
        Provision {
            instrument: instrument.map(str::to_owned),
            article: self.article,
            paragraph: self.paragraph,
            item: self.item,
        }
    }
}

impl From<Provision> for RecordedProvision {
    fn from(provision: Provision) -> Self {
        provision.recorded()
    }
}

impl<N: AsRef<str>> fmt::Display for Provision<N> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.instrument {
            Instrument::Statute(title) => write!(out, "《{}》", title.as_ref())?,
            Instrument::Document(number) => out.write_str(number.as_ref())?,
        }
        out.write_str(&self.place())
    }
}

#[cfg(test)]
mod tests {
    use super::{Provision, RecordedProvision, article, document, statute};

    const REGULATION: &str = "政府信息公开条例";
    const ITEM: Provision = article(REGULATION, 33).paragraph(2).item(1);

    #[test]
    fn a_provision_prints_as_a_lawyer_writes_it() {
        for (provision, written) in [
            (ITEM, "《政府信息公开条例》第三十三条第二款第（一）项"),
            (article(REGULATION, 20).item(15), "《政府信息公开条例》第二十条第（十五）项"),
            (article("民法典", 1_034), "《民法典》第一千零三十四条"),
            (statute(REGULATION), "《政府信息公开条例》"),
            (document("国办发〔2018〕118号"), "国办发〔2018〕118号"),
        ] {
            assert_eq!(provision.to_string(), written);
        }
        assert_eq!(ITEM.place(), "第三十三条第二款第（一）项");
    }

    #[test]
    fn the_wider_place_covers_the_narrower_and_not_the_reverse() {
        for (outer, inner, covers) in [
            (article(REGULATION, 33), ITEM, true),
            (statute(REGULATION), ITEM, true),
            (ITEM, ITEM, true),
            (ITEM, article(REGULATION, 33), false),
            (article(REGULATION, 33).paragraph(3), ITEM, false),
            (article(REGULATION, 30), ITEM, false),
            (article("行政复议法", 33), ITEM, false),
            (document(REGULATION), ITEM, false),
        ] {
            assert_eq!(outer.covers(&inner), covers, "{outer} / {inner}");
        }
        assert!(article(REGULATION, 33).covers(&ITEM.recorded()));
    }

    #[test]
    fn a_provision_comes_back_from_a_store_as_it_went_in() {
        let stored = serde_json::to_string(&ITEM).expect("a provision is plain data");
        let back: RecordedProvision = serde_json::from_str(&stored).expect("what was just written");
        assert_eq!(back, ITEM.recorded());
        assert_eq!(back.to_string(), ITEM.to_string());
    }
}
