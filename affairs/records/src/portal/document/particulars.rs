//! The box above a document, its validity in words, and the same for machines.

use law::Date;
use records_rules::{Life, Origin, Validity};
use serde_json::json;
use web::components::{Meta, MetaValue, Tag};

use crate::standing::remark;
use crate::store::Record;

/// The metadata box, labels and order as the province's pages have them.
pub(super) fn meta(record: &Record, today: Date) -> Meta {
    let (metadata, dates) = (&record.metadata, &record.dates);
    let optional = |text: Option<String>| text.unwrap_or_else(|| "无".to_owned());
    let day = |day: Date| Some(day.to_string());
    let life = &metadata.life;
    let meta = Meta::default()
        .text("索引号", metadata.index.as_ref().map(ToString::to_string).unwrap_or_default())
        .with("有效性", MetaValue::Tag(validity_tag(life, today), remark(life, today)))
        .text("发布机构", &record.organ_name)
        .text("发文字号", optional(metadata.number.as_ref().map(ToString::to_string)))
        .date("成文日期", day(metadata.made_on.0))
        .date("发布日期", day(dates.here.day()))
        .text("主题分类", metadata.theme.to_string().replace('/', " / "))
        .text("公开属性", metadata.openness.to_string());
    let meta = match life.in_force_from {
        Some(first) => meta.text("体裁", metadata.genre.name()).date("施行日期", day(first)),
        None => meta.with_wide("体裁", MetaValue::Text(metadata.genre.name().to_owned())),
    };
    let meta = match metadata.shown_until {
        Some(last) => meta.with_wide("公示截止日期", MetaValue::Text(shown_until(last))),
        None => meta,
    };
    let meta = match &metadata.origin {
        Origin::Here => meta,
        Origin::Imported(Some(original)) => {
            let words = format!("{}，来源：{}", original.on(), original.source());
            meta.with_wide("原发布日期", MetaValue::Tag(Tag::info("来源载明"), words))
        }
        Origin::Imported(None) => {
            meta.with_wide("原发布日期", MetaValue::Text("来源未载明".to_owned()))
        }
    };
    match &metadata.source {
        Some(source) => meta.with_wide("来源", MetaValue::Text(source.clone())),
        None => meta,
    }
}

/// How long a list of persons is shown, and what becomes of it then (docs/readings/094).
fn shown_until(last: Date) -> String {
    let (year, month, day) = (last.year(), last.month(), last.day());
    format!("公示至 {year}年{month}月{day}日，期满以后按期撤下")
}

/// 有效性 as a tag.
pub(in crate::portal) fn validity_tag(life: &Life, today: Date) -> Tag {
    Tag::validity(life.validity_on(today).name())
}

/// schema.org Legislation as JSON.
pub(super) fn structured(record: &Record, address: &str, today: Date) -> String {
    let metadata = &record.metadata;
    let force = match metadata.life.validity_on(today) {
        Validity::InForce | Validity::Amended => "InForce",
        Validity::PartlyVoid => "PartiallyInForce",
        Validity::Lapsed | Validity::Repealed | Validity::NotYet => "NotInForce",
    };
    let number = metadata.number.as_ref().map(ToString::to_string);
    let index = metadata.index.as_ref().map(ToString::to_string);
    json!({
        "@context": "https://schema.org",
        "@type": "Legislation",
        "name": metadata.title,
        "url": address,
        "legislationIdentifier": number.or(index),
        "legislationType": metadata.genre.name(),
        "legislationDate": metadata.made_on.0.to_string(),
        "legislationDateOfApplicability": metadata.life.in_force_from.map(|day| day.to_string()),
        "datePublished": record.dates.here.day().to_string(),
        "legislationLegalForce": format!("https://schema.org/{force}"),
        "legislationPassedBy": passed_by(record),
        "publisher": passed_by(record),
        "abstract": record.summary,
        "isAccessibleForFree": true,
        "inLanguage": "zh-CN",
    })
    .to_string()
}

fn passed_by(record: &Record) -> serde_json::Value {
    json!({ "@type": "GovernmentOrganization", "name": record.organ_name })
}
