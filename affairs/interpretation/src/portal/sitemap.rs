//! The interpretations of a site in the site map for machines, and an address of each type of page.

use web::{Fault, House, Later, Sample, Site, SitemapEntry};

use super::{COVERAGE, LIST, questions, responses, topics};
use crate::store::{AskedFor, Interpretation, Page, Question, Response, Topic, Wanted};

/// So many are told; search engines find older ones by the list.
const MOST: usize = 20_000;

/// So many questions and responses.
const OF_A_KIND: i64 = 5_000;

/// The addresses below one site.
pub fn entries<'a>(house: &'a House, site: &'a Site) -> Later<'a, Vec<SitemapEntry>> {
    Box::pin(async move {
        let wanted = Wanted { range: site.range.clone(), ..Wanted::default() };
        let page = Page::at(house.store(), &wanted, ("", ""), MOST).await?;
        let list = SitemapEntry { path: LIST.into(), changed: None };
        let one = |listed: &crate::store::Listed| SitemapEntry {
            path: listed.path(),
            changed: Some(listed.published_on.clone()),
        };
        let mut all: Vec<SitemapEntry> =
            std::iter::once(list).chain(page.rows.iter().map(one)).collect();
        let day = |day: Option<law::Date>| day.map(|day| day.to_string());
        let asked = AskedFor { range: site.range.clone(), ..AskedFor::default() };
        let found = Question::page(house.store(), &asked, OF_A_KIND).await?;
        all.push(SitemapEntry { path: questions::LIST.into(), changed: None });
        all.extend(
            found
                .iter()
                .map(|one| SitemapEntry { path: one.path(), changed: day(one.published_on) }),
        );
        let range = (site.range.0.as_str(), site.range.1.as_str());
        let found = Response::page(house.store(), range, "", OF_A_KIND).await?;
        all.push(SitemapEntry { path: responses::LIST.into(), changed: None });
        all.extend(
            found
                .iter()
                .map(|one| SitemapEntry { path: one.path(), changed: day(one.published_on) }),
        );
        let found = Topic::standing(house.store(), range).await?;
        all.push(SitemapEntry { path: topics::LIST.into(), changed: None });
        all.extend(
            found
                .iter()
                .map(|one| SitemapEntry { path: one.path(), changed: day(one.published_on) }),
        );
        Ok(all)
    })
}

/// An address of each type.
pub const SAMPLES: &[Sample] = &[
    Sample { name: "interpretations", path: |_| Box::pin(async { Ok(Some(LIST.into())) }) },
    Sample {
        name: "interpretation coverage",
        path: |_| Box::pin(async { Ok(Some(COVERAGE.into())) }),
    },
    Sample { name: "interpretation", path: |house| some(house, "wenzi", "") },
    Sample { name: "interpretation: questions", path: |house| some(house, "wenda", "") },
    Sample { name: "interpretation: diagram", path: |house| some(house, "tujie", "") },
    Sample { name: "questions", path: |_| Box::pin(async { Ok(Some(questions::LIST.into())) }) },
    Sample { name: "question", path: |house| Box::pin(question(house)) },
    Sample { name: "topics", path: |_| Box::pin(async { Ok(Some(topics::LIST.into())) }) },
    Sample { name: "topic", path: |house| Box::pin(topic(house, "")) },
    Sample { name: "topic: table", path: |house| Box::pin(topic(house, "/biao/1.csv")) },
    Sample { name: "responses", path: |_| Box::pin(async { Ok(Some(responses::LIST.into())) }) },
    Sample { name: "response", path: |house| Box::pin(response(house)) },
    Sample { name: "interpretation: picture", path: |house| some(house, "tujie", "/tujie.svg") },
];

/// The first one of a form, at the site of the whole city.
fn some<'a>(house: &'a House, form: &'static str, rest: &'static str) -> Later<'a, Option<String>> {
    Box::pin(async move {
        let all = Interpretation::after(house.store(), "", 200).await.map_err(Fault::from)?;
        let found = all.into_iter().find(|one| one.form.word() == form);
        Ok(found.map(|one| format!("{}{rest}", one.path())))
    })
}

async fn question(house: &House) -> Result<Option<String>, Fault> {
    let found = Question::after(house.store(), "", 1).await?;
    Ok(found.first().map(Question::path))
}

async fn response(house: &House) -> Result<Option<String>, Fault> {
    let found = Response::after(house.store(), "", 1).await?;
    Ok(found.first().map(Response::path))
}

/// One with a table.
async fn topic(house: &House, rest: &str) -> Result<Option<String>, Fault> {
    let found = Topic::after(house.store(), "", 50).await?;
    let found = found.iter().find(|one| !one.body.tables.is_empty());
    Ok(found.map(|one| format!("{}{rest}", one.path())))
}
