//! 公众意见采纳情况 beside the document that came of a consultation (厦府办〔2020〕67号三（三）): whoever reads what was
//! decided finds what became of what people said on its draft.

use web::{Explanation, House, Later, OutcomeSource, Site};

use crate::store::Consultation;

/// For whoever shows documents.
pub(crate) const OUTCOMES: OutcomeSource = OutcomeSource { of: outcomes };

fn outcomes<'a>(house: &'a House, site: &'a Site, path: &'a str) -> Later<'a, Vec<Explanation>> {
    Box::pin(async move {
        let range = (site.range.0.as_str(), site.range.1.as_str());
        let found = Consultation::led_to(house.store(), path, range).await?;
        Ok(found.iter().map(told).collect())
    })
}

fn told(of: &Consultation) -> Explanation {
    let day = of.answered_on.map(|day| day.to_string()).unwrap_or_default();
    Explanation {
        title: format!("{}：意见采纳情况", of.said.title),
        path: of.result_path(),
        told: format!("{} · {day}", of.organ_short),
    }
}
