//! The head of a manuscript: its lines “名称：值”, each read into its type, faults gathered with
//! their lines so that a clerk mends all of them at once.

use std::collections::BTreeSet;
use std::str::FromStr;

use law::Date;

use crate::{
    Custody, DocumentNumber, Fault, Field, Genre, IndexNumber, ItemLink, Life, MadeOn, Metadata,
    Openness, Origin, OriginalPublication, Reach, Repeal,
};

/// What the head says, and what is wrong with it so far.
pub(crate) struct Particulars {
    lines: Vec<(Field, String, usize)>,
    faults: Vec<Fault>,
}

/// What stands for 原发布日期 where the source does not give it.
pub const NOT_STATED: &str = "来源未载明";

/// What 原来的文本 says of a correction after which the texts before it are shown no more.
pub const SHOWN_NO_MORE: &str = "不再展示";

/// Stands in for 发布机构.
const NOBODY: &str = "XM00000";

/// Stands in for 成文日期: nothing else is earlier.
const LONG_AGO: Date = law::day(1949, 1, 1);

impl Particulars {
    pub(crate) fn read(head: &[(usize, &str)]) -> Self {
        let mut read = Self { lines: Vec::new(), faults: Vec::new() };
        for &(at, line) in head.iter().filter(|(_, line)| !line.trim().is_empty()) {
            match field_of(line) {
                Ok((field, value)) => read.keep(field, value, at),
                Err(fault) => read.faults.push(fault.at(at)),
            }
        }
        read
    }

    /// The particulars. One that must be there and is missing or unreadable is a fault already, and something
    /// stands in for it so that the others can be held against one another.
    pub(crate) fn metadata(&mut self) -> Option<Metadata> {
        let title = self.required(Field::Title, |text| Ok::<_, NoFault>(text.to_owned()));
        let number = self.number();
        let index = self.parsed::<IndexNumber, _>(Field::Index, |bad| bad.remedy().to_owned());
        let publisher = self.required(Field::Publisher, |text| {
            text.parse()
                .map_err(|bad: crate::BadIndexNumber| (bad.to_string(), bad.remedy().to_owned()))
        });
        let made_on = self.required(Field::MadeOn, |text| date(text).map(MadeOn));
        let theme = self.required(Field::Theme, |text| {
            text.parse().map_err(|bad: crate::UnknownTheme| (bad.to_string(), bad.remedy()))
        });
        let genre = self.required(Field::Genre, |text| {
            text.parse().map_err(|bad: crate::UnknownGenre| (bad.to_string(), bad.remedy()))
        });
        let openness = self.required(Field::Openness, |text| {
            text.parse().map_err(|bad: crate::UnknownOpenness| (bad.to_string(), bad.remedy()))
        });
        Some(Metadata {
            origin: self.origin(),
            life: self.life(),
            provenance: self.parsed(Field::Provenance, |bad: &crate::UnknownProvenance| {
                bad.remedy().to_owned()
            }),
            custody: self.custody(),
            statutory: self.values(Field::Statutory).map(|(text, _)| text.to_owned()).collect(),
            normative: self.value(Field::Normative).is_some_and(|(text, _)| text == "是"),
            shown_until: self.day(Field::ShownUntil),
            source: self.value(Field::Source).map(|(text, _)| text.to_owned()),
            demo: self.value(Field::Demo).is_some_and(|(text, _)| text == "是"),
            title: title.unwrap_or_default(),
            number,
            index,
            publisher: publisher.or_else(|| NOBODY.parse().ok())?,
            made_on: made_on.unwrap_or(MadeOn(LONG_AGO)),
            theme: theme.or_else(|| "综合政务/政务公开".parse().ok())?,
            genre: genre.or_else(|| Genre::all().next())?,
            openness: openness.unwrap_or(Openness::Proactive),
        })
    }

    pub(crate) fn items(&mut self) -> Vec<ItemLink> {
        let mut items = Vec::new();
        let lines: Vec<_> =
            self.values(Field::Item).map(|(text, at)| (text.to_owned(), at)).collect();
        for (text, at) in lines {
            match ItemLink::read(&text) {
                Some(item) => items.push(item),
                None => {
                    let message = format!("目录事项“{text}”不完整");
                    let remedy = "写成“领域 > 一级事项 > 二级事项”";
                    self.faults.push(Fault::error(Field::Item, message, remedy).at(at));
                }
            }
        }
        items
    }

    /// 公开范围 with 公开理由; `None` where it is not stated.
    pub(crate) fn reach(&mut self) -> Option<Reach> {
        let reason = self.value(Field::ReachReason).map(|(text, at)| (text.to_owned(), at));
        if self.value(Field::Reach).is_none() {
            if let Some((_, at)) = reason {
                let remedy = "加一行“公开范围：全社会”，或者删去公开理由";
                let fault =
                    Fault::error(Field::ReachReason, "写了公开理由，没有写公开范围", remedy);
                self.faults.push(fault.at(at));
            }
            return None;
        }
        let reason = reason.map(|(text, _)| text);
        self.required(Field::Reach, |text| {
            Reach::read(text, reason).map_err(|bad| (bad.to_string(), bad.remedy().to_owned()))
        })
    }

    /// Whether what was said before is shown no more (docs/readings/258). Only a correction says so.
    pub(crate) fn closes(&mut self) -> bool {
        let said = self.value(Field::Former).map(|(text, at)| (text.to_owned(), at));
        let Some((text, at)) = said else { return false };
        if text != SHOWN_NO_MORE {
            let message = format!("原来的文本不能写“{text}”");
            let remedy = format!("写“{SHOWN_NO_MORE}”；仍要展示的，删去这一项");
            self.faults.push(Fault::error(Field::Former, message, remedy).at(at));
        }
        text == SHOWN_NO_MORE
    }

    /// The particulars that could not be read so far, with those that cannot be judged without them.
    pub(crate) fn unread(&self) -> BTreeSet<Field> {
        let mut unread: BTreeSet<Field> = self.faults.iter().map(|fault| fault.field).collect();
        for (without, unjudged) in [
            (Field::MadeOn, &[Field::Index][..]),
            (Field::Publisher, &[Field::Index, Field::Provenance]),
            (Field::Item, &[Field::Reach, Field::ReachReason]),
            (Field::Reach, &[Field::ReachReason]),
            (Field::ReachReason, &[Field::Reach]),
        ] {
            if self.faults.iter().any(|fault| fault.field == without) {
                unread.extend(unjudged);
            }
        }
        unread
    }

    pub(crate) fn faults(&mut self) -> Vec<Fault> {
        std::mem::take(&mut self.faults)
    }

    /// The same fault with the line of its field.
    pub(crate) fn placed(&self, fault: Fault) -> Fault {
        match self.value(fault.field) {
            Some((_, at)) => fault.at(at),
            None => fault,
        }
    }

    fn keep(&mut self, field: Field, value: String, at: usize) {
        let repeats = matches!(field, Field::Item | Field::Statutory);
        if !repeats && self.value(field).is_some() {
            let message = format!("“{field}”写了两次");
            self.faults.push(Fault::error(field, message, "只留一行").at(at));
            return;
        }
        self.lines.push((field, value, at));
    }

    fn values(&self, field: Field) -> impl Iterator<Item = (&str, usize)> {
        let lines =
            self.lines.iter().filter(move |(kept, value, _)| *kept == field && !value.is_empty());
        lines.map(|(_, value, at)| (value.as_str(), *at))
    }

    fn value(&self, field: Field) -> Option<(&str, usize)> {
        self.values(field).next()
    }

    fn required<T>(
        &mut self,
        field: Field,
        read: impl FnOnce(&str) -> Result<T, (String, String)>,
    ) -> Option<T> {
        let Some((text, at)) = self.value(field) else {
            let remedy = format!("在开头的各项中加一行“{field}：……”");
            self.faults.push(Fault::error(field, format!("没有写“{field}”"), remedy));
            return None;
        };
        match read(text) {
            Ok(value) => Some(value),
            Err((message, remedy)) => {
                self.faults.push(Fault::error(field, message, remedy).at(at));
                None
            }
        }
    }

    fn parsed<T: FromStr<Err = E>, E: ToString>(
        &mut self,
        field: Field,
        remedy: impl FnOnce(&E) -> String,
    ) -> Option<T> {
        self.value(field)?;
        self.required(field, |text| text.parse().map_err(|bad: E| (bad.to_string(), remedy(&bad))))
    }

    fn number(&mut self) -> Option<DocumentNumber> {
        self.value(Field::Number)?;
        let read = |text: &str| {
            DocumentNumber::read(text).map_err(|bad| (bad.to_string(), bad.remedy().to_owned()))
        };
        self.required(Field::Number, read).flatten()
    }

    fn day(&mut self, field: Field) -> Option<Date> {
        self.value(field)?;
        self.required(field, date)
    }

    fn life(&mut self) -> Life {
        let by = self.value(Field::RepealedBy).map(|(text, _)| text.to_owned());
        let repealed = self.day(Field::RepealedFrom).map(|from| Repeal { from, by });
        Life {
            in_force_from: self.day(Field::InForceFrom),
            last_day: self.day(Field::LastDay),
            repealed,
            amended_from: self.day(Field::AmendedFrom),
            amended_by: self.value(Field::AmendedBy).map(|(text, _)| text.to_owned()),
            partly_void_from: self.day(Field::PartlyVoidFrom),
        }
    }

    fn custody(&mut self) -> Custody {
        Custody {
            keeper: self.value(Field::Keeper).map(|(text, _)| text.to_owned()),
            retention: self.parsed(Field::Retention, |_: &crate::UnknownRetention| {
                "写“永久”“30年”或者“10年”".to_owned()
            }),
        }
    }

    fn origin(&mut self) -> Origin {
        match self.value(Field::OriginalDay) {
            None => return Origin::Here,
            Some((NOT_STATED, _)) => return Origin::Imported(None),
            Some(_) => {}
        }
        let source = self.value(Field::OriginalSource).map(|(text, _)| text.to_owned());
        let Some(on) = self.day(Field::OriginalDay) else { return Origin::Imported(None) };
        let original = OriginalPublication::new(on, source.unwrap_or_default());
        if original.is_err() {
            let remedy = "加一行“原发布日期来源：……”，或者把原发布日期写成“来源未载明”";
            let fault = Fault::error(Field::OriginalSource, "原发布日期没有写来源", remedy);
            self.faults.push(fault);
        }
        Origin::Imported(original.ok())
    }
}

type NoFault = (String, String);

fn field_of(line: &str) -> Result<(Field, String), Fault> {
    let Some((label, value)) = line.split_once(['：', ':']) else {
        let message = format!("“{}”不是“名称：值”", line.trim());
        return Err(Fault::error(
            Field::File,
            message,
            "用冒号隔开名称和值；正文写在第二行 --- 之后",
        ));
    };
    let label = label.trim();
    if label == "发布日期" {
        let remedy = "删去这一行；以前在别处发布过的，写“原发布日期”和“原发布日期来源”";
        return Err(Fault::error(Field::File, "发布日期由平台在发布时记下，不能填写", remedy));
    }
    if label == "有效性" {
        let remedy = "删去这一行；写“施行日期”“有效期至”“废止日期”等，由平台算出";
        return Err(Fault::error(Field::File, "有效性由日期算出，不能填写", remedy));
    }
    let known = Field::ALL
        .iter()
        .find(|field| field.label() == label && !matches!(field, Field::Body | Field::File));
    match known {
        Some(field) => Ok((*field, value.trim().to_owned())),
        None => {
            let labels: Vec<_> = Field::ALL.iter().map(|field| field.label()).collect();
            let labels = labels[..labels.len() - 2].join("、");
            let message = format!("没有“{label}”这一项");
            Err(Fault::error(Field::File, message, format!("可写的有: {labels}")))
        }
    }
}

/// A day as 2020-07-07 or 2020年7月7日.
fn date(text: &str) -> Result<Date, (String, String)> {
    let even: String = text.chars().map(crate::characters::half_width).collect();
    let even = even.trim().replace(['年', '月', '/', '.'], "-").replace('日', "");
    let mut parts = even.split('-').map(|part| part.trim().parse::<i16>().ok());
    let mut part = || parts.next().flatten();
    let small = |part: Option<i16>| part.and_then(|part| i8::try_from(part).ok());
    let (year, month, day) = (part(), small(part()), small(part()));
    let found = match (year, month, day, parts.next()) {
        (Some(year @ 1949..=2099), Some(month), Some(day), None) => {
            Date::new(year, month, day).ok()
        }
        _ => None,
    };
    found.ok_or_else(|| (format!("“{text}”不是日期"), "写成 2020-07-07".to_owned()))
}
