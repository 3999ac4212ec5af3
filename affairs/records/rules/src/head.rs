//! 稿头: the particulars of a draft as they are filled in, complete or not. With the text and the
//! attachments they are what reviewers sign.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Field, Metadata};

/// Particulars as filled in, in the order of the page; of a field there may be several where a
/// manuscript allows several lines.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Head(Vec<(Field, String)>);

impl Head {
    /// A head with these particulars. Empty ones are left out; line ends become blanks.
    pub fn of(pairs: impl IntoIterator<Item = (Field, String)>) -> Self {
        let clean = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let pairs = pairs.into_iter().map(|(field, text)| (field, clean(text)));
        let kept = |pair: &(Field, String)| {
            !pair.1.is_empty() && !matches!(pair.0, Field::Body | Field::File)
        };
        let mut pairs: Vec<_> = pairs.filter(kept).collect();
        pairs.sort_by_key(|(field, _)| *field);
        Self(pairs)
    }

    /// The first value of a field; empty where it was not filled in.
    pub fn get(&self, field: Field) -> &str {
        self.all(field).next().unwrap_or_default()
    }

    /// Every value of a field.
    pub fn all(&self, field: Field) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(own, _)| *own == field).map(|(_, text)| text.as_str())
    }

    /// The same with these values of a field and no others.
    #[must_use]
    pub fn with(&self, field: Field, values: impl IntoIterator<Item = String>) -> Self {
        let others = self.0.iter().filter(|(own, _)| *own != field).cloned();
        Self::of(others.chain(values.into_iter().map(|text| (field, text))))
    }

    /// Every particular with its label, in order.
    pub fn pairs(&self) -> impl Iterator<Item = (Field, &str)> {
        self.0.iter().map(|(field, text)| (*field, text.as_str()))
    }

    /// The manuscript it makes with a text.
    pub fn manuscript(&self, text: &str) -> String {
        let lines: Vec<_> =
            self.0.iter().map(|(field, text)| format!("{field}：{text}\n")).collect();
        format!("---\n{}---\n\n{}\n", lines.concat(), text.trim())
    }
}

impl Serialize for Head {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_seq(self.0.iter().map(|(field, text)| (field.label(), text)))
    }
}

// A label that a later release no longer knows is left out.
impl<'de> Deserialize<'de> for Head {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        let pairs = Vec::<(String, String)>::deserialize(source)?;
        let known = |(label, text): (String, String)| {
            let field = Field::ALL.iter().find(|field| field.label() == label)?;
            Some((*field, text))
        };
        Ok(Self::of(pairs.into_iter().filter_map(known)))
    }
}

impl Head {
    /// The particulars that a document was published with, and the items it belongs to by their names
    /// (领域, 一级事项 …): where a correction of it begins. 索引号 and 公开属性 are not among them: they
    /// are the platform's and the decider's.
    pub fn stating(metadata: &Metadata, items: &[Vec<String>]) -> Self {
        let life = &metadata.life;
        let day = |day: Option<law::Date>| day.map(|day| day.to_string());
        let (repealed, by) = match &life.repealed {
            Some(repeal) => (Some(repeal.from), repeal.by.clone()),
            None => (None, None),
        };
        let one = [
            (Field::Title, Some(metadata.title.clone())),
            (Field::Number, metadata.number.as_ref().map(ToString::to_string)),
            (Field::Publisher, Some(metadata.publisher.to_string())),
            (Field::MadeOn, Some(metadata.made_on.0.to_string())),
            (Field::Theme, Some(metadata.theme.to_string())),
            (Field::Genre, Some(metadata.genre.to_string())),
            (Field::InForceFrom, day(life.in_force_from)),
            (Field::LastDay, day(life.last_day)),
            (Field::RepealedFrom, day(repealed)),
            (Field::RepealedBy, by),
            (Field::AmendedFrom, day(life.amended_from)),
            (Field::AmendedBy, life.amended_by.clone()),
            (Field::PartlyVoidFrom, day(life.partly_void_from)),
            (Field::Normative, metadata.normative.then(|| "是".to_owned())),
            (Field::ShownUntil, day(metadata.shown_until)),
            (Field::Source, metadata.source.clone()),
            (Field::Provenance, metadata.provenance.as_ref().map(ToString::to_string)),
            (Field::Keeper, metadata.custody.keeper.clone()),
            (Field::Retention, metadata.custody.retention.map(|period| period.to_string())),
            (Field::Demo, metadata.demo.then(|| "是".to_owned())),
        ];
        let one = one.into_iter().filter_map(|(field, text)| Some((field, text?)));
        let codes = metadata.statutory.iter().map(|code| (Field::Statutory, code.clone()));
        let items = items.iter().map(|words| (Field::Item, words.join(" > ")));
        Self::of(one.chain(codes).chain(items))
    }
}
