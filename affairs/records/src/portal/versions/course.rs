//! 修订沿革: what became of a document, day by day, with the documents that did it.

use law::Date;
use records_rules::Origin;
use web::layout::Link;
use web::{Fault, Visit};

use super::super::place::address_from;
use super::Version;
use crate::store::{Neighbour, Record};

/// One thing that happened to it, or will.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Step {
    /// One of [`ORDER`].
    pub what: &'static str,
    /// The day, ISO.
    pub day: String,
    /// Why, or by what.
    pub words: String,
    /// The document that did it, where it is published here.
    pub by: Option<Link>,
    /// Whether the day is still to come.
    pub is_to_come: bool,
}

/// What is told of one day, in this order.
const ORDER: [&str; 10] = [
    "成文",
    "原发布",
    "发布",
    "在本平台发布",
    "施行",
    "修改",
    "部分失效",
    "更正",
    "有效期届满",
    "废止",
];

/// What happened and will, in the order of the days.
pub(super) async fn course(
    visit: &Visit,
    record: &Record,
    versions: &[Version],
    today: Date,
) -> Result<Vec<Step>, Fault> {
    let life = &record.metadata.life;
    let (amended, repealed) = (life.amended_by.as_deref(), life.repealed.as_ref());
    let by = repealed.and_then(|repeal| repeal.by.as_deref());
    let mut steps = known(record, versions, today);
    for (what, cited) in [("修改", amended), ("废止", by)] {
        let Some(cited) = cited else { continue };
        let link = cited_link(visit, cited).await?;
        for step in steps.iter_mut().filter(|step| step.what == what) {
            step.words = format!("依据：{cited}");
            step.by =
                link.clone().map(|link| Link { words: format!("依据：{}", link.words), ..link });
        }
    }
    Ok(steps)
}

/// What the document says of itself.
pub(super) fn known(record: &Record, versions: &[Version], today: Date) -> Vec<Step> {
    let life = &record.metadata.life;
    let ended = life.repealed.as_ref().map(|repeal| repeal.from);
    let days = [
        ("成文", Some(record.metadata.made_on.0)),
        ("施行", life.in_force_from),
        ("修改", life.amended_from),
        ("部分失效", life.partly_void_from),
        ("有效期届满", life.last_day.filter(|_| ended.is_none())),
        ("废止", ended),
    ];
    let step = |what, day: String, words: String| {
        let is_to_come = day > today.to_string();
        Step { what, day, words, by: None, is_to_come }
    };
    let days = days.into_iter().filter_map(|(what, day)| Some((what, day?.to_string())));
    let mut steps: Vec<Step> = days.map(|(what, day)| step(what, day, String::new())).collect();
    // What was taken over was published elsewhere before, on a day that its source states or does not.
    let published = match &record.metadata.origin {
        Origin::Here => "发布",
        Origin::Imported(original) => {
            steps.extend(original.iter().map(|original| {
                let words = format!("来源载明：{}", original.source());
                step("原发布", original.on().to_string(), words)
            }));
            "在本平台发布"
        }
    };
    for one in versions {
        let what = if one.number == 1 { published } else { "更正" };
        let words = one.reason.strip_prefix("更正：").unwrap_or_default();
        steps.push(step(what, one.day.clone(), words.to_owned()));
    }
    let rank = |what: &str| ORDER.iter().position(|one| *one == what);
    steps.sort_by(|one, other| {
        one.day.cmp(&other.day).then_with(|| rank(one.what).cmp(&rank(other.what)))
    });
    steps
}

/// The document cited so, where it is published.
pub(crate) async fn cited_link(visit: &Visit, cited: &str) -> Result<Option<Link>, Fault> {
    let found = Neighbour::cited(visit.house.store(), cited).await?;
    Ok(found.map(|one| link(visit, one)))
}

/// The documents that this one ends or changes.
pub(crate) async fn ends(visit: &Visit, record: &Record) -> Result<Vec<Link>, Fault> {
    let found = Neighbour::ended_by(visit.house.store(), record).await?;
    Ok(found.into_iter().map(|one| link(visit, one)).collect())
}

fn link(visit: &Visit, one: Neighbour) -> Link {
    let number = one.document_number.map(|number| format!("（{number}）")).unwrap_or_default();
    Link::new(format!("{}{number}", one.title), address_from(visit, &one.division, &one.id))
}
