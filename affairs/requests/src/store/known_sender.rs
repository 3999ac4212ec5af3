//! 文书设置 of an organ that has set none: made from what the house knows of it, so that its letters come out
//! from the first day (docs/readings/183).

use identity::{Division, Level, Organ};
use requests_rules::{AnsweringOrgan, ReviewedBy};
use store::{Statements, StoreError};

use crate::letters::Sender;

impl Sender {
    /// What the house knows of an organ; its name alone where it knows no more.
    ///
    /// # Errors
    /// The database refuses.
    pub(crate) async fn known(
        from: &impl Statements,
        (code, name): (&str, &str),
    ) -> Result<Self, StoreError> {
        let Some(organ) = Organ::find(from, code).await? else {
            return Ok(Self { organ: name.to_owned(), ..Self::default() }.completed());
        };
        let around = Organ::serving(from, &organ.division).await?;
        let answering = AnsweringOrgan::of(&organ.kind, organ.level == Level::Township);
        let review_organ = match answering.reviewed_by() {
            ReviewedBy::Own => government(from, &organ.division, &around).await?,
            ReviewedBy::Above => government_above(from, &organ.division).await?,
        };
        let office = ["office", "government"].into_iter().filter_map(|kind| {
            around.iter().find(|one| one.kind == kind && one.valid_to.is_none())
        });
        let contact = [&organ].into_iter().chain(office).find_map(reached);
        Ok(Self {
            organ: name.to_owned(),
            mark: organ.short_name.trim().to_owned(),
            contact,
            review_organ,
            court: answering.court().to_owned(),
            ..Self::default()
        }
        .completed())
    }

    /// With what follows from the rest where nothing was said of it.
    #[must_use]
    pub(crate) fn completed(mut self) -> Self {
        let blank =
            |text: &Option<String>| text.as_deref().is_none_or(|text| text.trim().is_empty());
        if self.mark.trim().is_empty() {
            self.mark.clone_from(&self.organ);
        }
        if self.review_organ.trim().is_empty() {
            "上一级人民政府".clone_into(&mut self.review_organ);
        }
        if self.court.trim().is_empty() {
            "有管辖权的人民法院".clone_into(&mut self.court);
        }
        if blank(&self.online_review) {
            self.online_review = Some(format!("{}网站的行政复议栏目", self.review_organ));
        }
        if blank(&self.payment) {
            self.payment = Some("按本机关另行出具的非税收入缴款通知缴入国库".to_owned());
        }
        self
    }
}

/// Where an organ is and how it is reached.
fn reached(organ: &Organ) -> Option<String> {
    let parts = [
        organ.address.clone(),
        organ.postcode.as_ref().map(|code| format!("邮政编码{code}")),
        organ.phone.as_ref().map(|phone| format!("电话{phone}")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join("，"))
}

/// The government of a division: by its own name where it is among the organs there.
async fn government(
    from: &impl Statements,
    division: &str,
    around: &[Organ],
) -> Result<String, StoreError> {
    let own = around.iter().find(|one| one.kind == "government" && one.valid_to.is_none());
    if let Some(own) = own {
        return Ok(own.name.clone());
    }
    let Some(found) = Division::find(from, division).await? else { return Ok(String::new()) };
    let above = match (&found.parent, found.level) {
        (Some(parent), Level::District | Level::Township) => Division::find(from, parent).await?,
        _ => None,
    };
    let above = above.map(|above| above.name).unwrap_or_default();
    Ok(format!("{above}{}人民政府", found.name))
}

/// The government above a division; beyond the house that of its province.
async fn government_above(from: &impl Statements, division: &str) -> Result<String, StoreError> {
    let parent = Division::find(from, division).await?.and_then(|own| own.parent);
    let known = match &parent {
        Some(parent) => {
            let around = Organ::serving(from, parent).await?;
            government(from, parent, &around).await?
        }
        None => String::new(),
    };
    if !known.is_empty() {
        return Ok(known);
    }
    let province = Division::province_of(division);
    Ok(province.map(|province| format!("{province}人民政府")).unwrap_or_default())
}
