//! The interpretations of a site in the site map for machines, and an address of each type of page.

use web::{Fault, House, Later, Sample, Site, SitemapEntry};

use super::{COVERAGE, LIST, questions, responses, topics};
use crate::store::{Interpretation, Public, Question, Response, Topic};

/// So many are told; search engines find older ones by the list.
const MOST: i64 = 20_000;

/// So many questions and responses.
const OF_A_KIND: i64 = 5_000;

/// The addresses below one site.
pub fn entries<'a>(house: &'a House, site: &'a Site) -> Later<'a, Vec<SitemapEntry>> {
    Box::pin(async move {
        let range = (site.range.0.as_str(), site.range.1.as_str());
        let mut all = Vec::new();
        for (list, kind, most) in [
            (LIST, Public::Interpretations, MOST),
            (questions::LIST, Public::Questions, OF_A_KIND),
            (responses::LIST, Public::Responses, OF_A_KIND),
            (topics::LIST, Public::Topics, OF_A_KIND),
        ] {
            all.push(SitemapEntry { path: list.into(), changed: None });
            let found = kind.places(house.store(), range, most).await?;
            all.extend(found.into_iter().map(|(path, changed)| SitemapEntry { path, changed }));
        }
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
    Sample { name: "interpretation", path: |house| some(house, "wenzi") },
    Sample { name: "interpretation: questions", path: |house| some(house, "wenda") },
    Sample { name: "interpretation: diagram", path: |house| some(house, "tujie") },
    Sample { name: "questions", path: |_| Box::pin(async { Ok(Some(questions::LIST.into())) }) },
    Sample { name: "question", path: |house| Box::pin(question(house)) },
    Sample { name: "topics", path: |_| Box::pin(async { Ok(Some(topics::LIST.into())) }) },
    Sample { name: "topic", path: |house| Box::pin(topic(house)) },
    Sample { name: "responses", path: |_| Box::pin(async { Ok(Some(responses::LIST.into())) }) },
    Sample { name: "response", path: |house| Box::pin(response(house)) },
];

/// The first one of a form, at the site of the whole city.
fn some<'a>(house: &'a House, form: &'static str) -> Later<'a, Option<String>> {
    Box::pin(async move {
        let all = Interpretation::after(house.store(), "", 200).await.map_err(Fault::from)?;
        let found = all.into_iter().find(|one| one.form.word() == form);
        Ok(found.map(|one| one.path()))
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
async fn topic(house: &House) -> Result<Option<String>, Fault> {
    let found = Topic::after(house.store(), "", 50).await?;
    let found = found.iter().find(|one| !one.body.tables.is_empty());
    Ok(found.map(Topic::path))
}
