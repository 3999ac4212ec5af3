//! `/shenqing/disanfang/yijian`: a third party reads what would be disclosed, says whether it agrees, and later
//! reads what was decided (条例第三十二条). That it opened the letter here is the proof that it has it
//! (docs/readings/190). Nothing here tells who applied.

pub(super) mod entry;

use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use documents::writing::Article;
use identity::Organ;
use ledger::Actor;
use requests_rules::{Letter as Kind, Opinion, THIRD_PARTY_PERIOD};
use web::components::{Choice, ErrorSummary, FieldError, FileField, LongField, Radios, Tag};
use web::layout::Frame;
use web::workbench::Submitted;
use web::{Fault, FromWhere, OwnUpload, Visit};

use super::pass::{self, Pass};
use super::step::{error_of, wrong};
use super::{INQUIRY, frame, fresh, long_day, onward, pacing, papers, reading};
use crate::acts::{ActError, By, delivery, opinion};
use crate::files::{NewFile, StagedFile};
use crate::letters::Letter;
use crate::store::{Case, IssuedLetter, OpinionCase, Purpose};

/// The longest opinion, in letters.
const LONGEST: usize = 3000;

/// What may be said: the word, and how a third party says it. Whether reasons hold, the organ judges.
const SAID: [(&str, &str, Opinion); 4] = [
    ("tongyi", "同意公开", Opinion::Agrees),
    ("bufen", "同意公开其中一部分，不同意的部分和理由写在下面", Opinion::AgreesInPart),
    ("butongyi", "不同意公开，理由写在下面", Opinion::ObjectsWithReason),
    ("wuliyou", "不同意公开，不说明理由", Opinion::ObjectsWithoutReason),
];

#[derive(Template)]
#[template(path = "portal/asked.html")]
struct AskedPage {
    frame: Frame,
    organ: String,
    tag: Tag,
    errors: ErrorSummary,
    /// When the opinion came, and what it was.
    answered: Option<(String, &'static str)>,
    by: Option<String>,
    matter: String,
    /// The letter, and where it is had as PDF.
    inquiry: Option<(Article, String)>,
    decision: Option<(Article, String)>,
    said: Radios,
    words: LongField,
    file: FileField,
    action: String,
    leave: String,
}

/// What a pass opens.
struct Opened {
    opinion: OpinionCase,
    case: Case,
    letters: Vec<IssuedLetter>,
}

impl Opened {
    /// What the visitor's pass opens; none where he has none.
    async fn by(visit: &Visit, headers: &HeaderMap) -> Result<Option<Self>, Fault> {
        let pass = Pass::of(&visit.house, headers)?;
        let Some(pass) = pass.filter(|pass| pass.kind == pass::Kind::Inquiry) else {
            return Ok(None);
        };
        let store = visit.house.store();
        let found = OpinionCase::find(store, &pass.id).await?;
        let opinion = found.filter(|one| one.of.is_third_party()).ok_or(Fault::NotFound)?;
        let case = Case::find(store, &pass.organ, &opinion.request).await?;
        let case = case.ok_or(Fault::NotFound)?;
        let mut letters = IssuedLetter::of(store, &opinion.request).await?;
        letters.retain(|letter| letter.about == opinion.id);
        Ok(Some(Self { opinion, case, letters }))
    }

    fn newest(&self, kind: Kind) -> Option<&IssuedLetter> {
        self.letters.iter().rev().find(|letter| letter.kind == kind)
    }

    /// A letter as this third party reads it, with its own name.
    async fn read(&self, visit: &Visit, issued: &IssuedLetter) -> Result<Option<Letter>, Fault> {
        let Some(letter) = reading::letter_of(visit, &self.case, issued).await? else {
            return Ok(None);
        };
        let sealer = visit.house.sealer().map_err(Fault::inside)?;
        let third = self.opinion.third_party(sealer)?;
        Ok(Some(match third {
            Some(third) => letter.addressed_to(&third.name),
            None => letter,
        }))
    }

    /// The newest letter of a kind as it is shown, with the address of its PDF.
    async fn shown(&self, visit: &Visit, kind: Kind) -> Result<Option<(Article, String)>, Fault> {
        let Some(issued) = self.newest(kind) else { return Ok(None) };
        let letter = self.read(visit, issued).await?;
        let href = visit.site.link(&format!("{INQUIRY}/wenshu/{}", issued.id));
        Ok(letter.map(|letter| (letter.article, href)))
    }

    async fn page(
        self,
        visit: &Visit,
        form: &Submitted,
        errors: Vec<FieldError>,
    ) -> Result<Response, Fault> {
        let mut frame = frame(visit, "第三方意见").titled("征求您的意见");
        frame.has_errors = !errors.is_empty();
        let organ = Organ::find(visit.house.store(), &self.case.filing.organ).await?;
        let organ = organ.map(|organ| organ.name).unwrap_or_default();
        let calendar = visit.house.ledger().calendar();
        let period = THIRD_PARTY_PERIOD.on(self.opinion.asked_on).ok();
        let by = self.opinion.served_on.zip(period);
        let by = by.map(|(served, period)| calendar.nth_working_day_after(served, period.value));
        let by = by.transpose().map_err(Fault::inside)?;
        let answered = self.opinion.given_on.zip(self.opinion.opinion);
        let status =
            if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        let page = AskedPage {
            frame,
            organ,
            tag: if answered.is_some() {
                Tag::good("已答复")
            } else {
                Tag::warn("等您答复")
            },
            said: said(form, &errors),
            words: words(form, &errors),
            file: file(&errors),
            errors: ErrorSummary(errors),
            answered: answered.map(|(day, said)| (long_day(day), own_words(said))),
            by: by.map(|day| long_day(day.date)),
            inquiry: self.shown(visit, Kind::ThirdPartyInquiry).await?,
            decision: self.shown(visit, Kind::DecisionToThirdParty).await?,
            matter: self.opinion.matter,
            action: visit.site.link("/shenqing/disanfang/yijian"),
            leave: visit.site.link("/shenqing/disanfang/likai"),
        };
        Ok((status, fresh(&page)?).into_response())
    }
}

/// What was said, without the organ's judgment of it.
fn own_words(said: Opinion) -> &'static str {
    match said {
        Opinion::Agrees => "同意公开",
        Opinion::AgreesInPart => "同意公开其中一部分",
        Opinion::ObjectsWithReason | Opinion::ObjectsWithoutReason => "不同意公开",
        Opinion::Silent => "没有提出意见",
    }
}

fn said(form: &Submitted, errors: &[FieldError]) -> Radios {
    let choice = |(word, words, _): &(&str, &str, Opinion)| Choice {
        value: (*word).into(),
        words: (*words).into(),
    };
    Radios {
        name: "shuo".into(),
        label: "是不是同意公开".into(),
        choices: SAID.iter().map(choice).collect(),
        chosen: form.get("shuo").into(),
        error: error_of(errors, "shuo"),
        ..Radios::default()
    }
}

fn words(form: &Submitted, errors: &[FieldError]) -> LongField {
    LongField {
        name: "liyou".into(),
        label: "理由".into(),
        hint: "不同意的，写明哪些内容不能公开、为什么，例如哪些是没有公开过的商业秘密。".into(),
        value: form.get("liyou").into(),
        error: error_of(errors, "liyou"),
        optional: true,
    }
}

/// A paper that shows it, of the kinds and the size that are taken from applicants.
fn file(errors: &[FieldError]) -> FileField {
    papers::field("证明材料", error_of(errors, "wenjian"))
}

/// Shows the letter, which is served with this, and what became of it.
pub(super) async fn show(visit: Visit, headers: HeaderMap) -> Result<Response, Fault> {
    let Some(opened) = Opened::by(&visit, &headers).await? else {
        return Ok(onward(&visit, INQUIRY, vec![]));
    };
    let kinds = [Kind::ThirdPartyInquiry, Kind::DecisionToThirdParty];
    for letter in kinds.into_iter().filter_map(|kind| opened.newest(kind)) {
        let desk = visit.house.ledger().desk(Actor::Visitor).await?;
        let organ = opened.case.filing.organ.as_str();
        let read = delivery::read_by_third_party(desk, organ, &opened.opinion, &letter.id).await;
        read.map_err(ActError::into_fault)?;
    }
    // What was served just now has its last day now.
    let Some(opened) = Opened::by(&visit, &headers).await? else { return Err(Fault::NotFound) };
    opened.page(&visit, &Submitted::default(), vec![]).await
}

/// Takes the opinion; sent twice, the first stands.
pub(super) async fn send(
    visit: Visit,
    headers: HeaderMap,
    from: FromWhere,
    sent: OwnUpload,
) -> Result<Response, Fault> {
    let Some(opened) = Opened::by(&visit, &headers).await? else {
        return Ok(onward(&visit, INQUIRY, vec![]));
    };
    let here = || onward(&visit, "/shenqing/disanfang/yijian", vec![]);
    if opened.opinion.given_on.is_some() {
        return Ok(here());
    }
    let OwnUpload::Form(form) = sent else {
        let form = Submitted::default();
        let page = opened.page(&visit, &form, vec![papers::too_large_here()]).await;
        return page.map(pacing::too_large);
    };
    if let Err(slowed) = pacing::handing_in(&visit, &from) {
        let page = opened.page(&visit, &form, vec![slowed.at("liyou")]).await?;
        return Ok(slowed.answer(page));
    }
    let (said, reason, files) = match read(&form) {
        Ok(read) => read,
        Err(errors) => return opened.page(&visit, &form, errors).await,
    };
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let papers = StagedFile::lay_all(visit.house.folder(), sealer, files).await;
    let papers = papers.map_err(ActError::into_fault)?;
    let desk = visit.house.ledger().desk(Actor::Visitor).await?;
    let about = (opened.case.filing.organ.as_str(), opened.opinion.id.as_str());
    let given =
        opinion::give_with(desk, sealer, By::ThirdParty, about, (said, &reason), papers).await;
    match given {
        Ok(()) => Ok(here()),
        Err(error) => {
            // The same form sent at the same moment: the first is kept.
            let again = Opened::by(&visit, &headers).await?;
            if again.is_some_and(|again| again.opinion.given_on.is_some()) {
                return Ok(here());
            }
            Err(error.into_fault())
        }
    }
}

/// What is said, with its reason and its papers; or what is wrong with the form.
fn read(form: &Submitted) -> Result<(Opinion, String, Vec<NewFile>), Vec<FieldError>> {
    let chosen = SAID.iter().find(|(word, ..)| *word == form.get("shuo")).map(|(.., said)| *said);
    let reason = form.get("liyou").trim().to_owned();
    let mut errors = Vec::new();
    match chosen {
        None => errors.push(wrong("shuo", "选择同意还是不同意")),
        Some(Opinion::AgreesInPart) if reason.is_empty() => {
            errors.push(wrong("liyou", "写明不同意公开哪一部分、为什么"));
        }
        Some(Opinion::ObjectsWithReason) if reason.is_empty() => {
            errors.push(wrong("liyou", "写明不同意公开的理由；不想说明理由的，选最后一项"));
        }
        Some(_) => {}
    }
    if reason.chars().count() > LONGEST {
        errors.push(wrong("liyou", format!("写得太长，请不超过{LONGEST}字，或者作为材料上传")));
    }
    let mut files = Vec::new();
    if let Some(upload) = form.file("wenjian") {
        match papers::checked(upload, Purpose::Opinion) {
            Ok(file) => files.push(file),
            Err(error) => errors.push(error),
        }
    }
    match chosen {
        Some(said) if errors.is_empty() => Ok((said, reason, files)),
        _ => Err(errors),
    }
}

/// Gives one of its letters as PDF.
pub(super) async fn print(
    visit: Visit,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let Some(opened) = Opened::by(&visit, &headers).await? else {
        return Ok(onward(&visit, INQUIRY, vec![]));
    };
    let issued = opened.letters.iter().find(|letter| letter.id == id).ok_or(Fault::NotFound)?;
    let letter = opened.read(&visit, issued).await?.ok_or(Fault::NotFound)?;
    reading::printed(&visit, &letter).await
}

impl web::page::Page for AskedPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let form = Submitted::default();
        let page = |answered: bool, errors: Vec<FieldError>| Self {
            frame: Frame::sample("征求您的意见").at("第三方意见"),
            organ: "某区人民政府办公室".into(),
            tag: Tag::warn("等您答复"),
            said: said(&form, &errors),
            words: words(&form, &errors),
            file: file(&errors),
            errors: ErrorSummary(errors),
            answered: answered.then(|| ("2026年11月26日（星期四）".into(), "不同意公开")),
            by: Some("2026年12月17日（星期四）".into()),
            matter: "供货合同的单价".into(),
            inquiry: None,
            decision: None,
            action: "/linhu/shenqing/disanfang/yijian".into(),
            leave: "/linhu/shenqing/disanfang/likai".into(),
        };
        vec![
            ("等待答复", page(false, vec![])),
            ("没有选", page(false, vec![wrong("shuo", "选择同意还是不同意")])),
            ("已经答复", page(true, vec![])),
        ]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_page_for_a_third_party_is_sound() {
        assert_eq!(web::page::faults::<super::AskedPage>(), Vec::<String>::new());
    }
}
