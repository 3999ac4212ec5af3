//! Cases of kind `fee`: 信息处理费, 按件 and 按量, with the tiers.

use law::{Date, NotInForce};
use requests_rules::{
    ApplicantMonth, Charge, CountedApplication, FEE_RULES, ProvidedForm, per_item, per_page,
};
use serde_json::{Value, json};

use super::given::Given;

/// An application of one of the applicants.
struct Application {
    no: Value,
    applicant: String,
    received: Date,
    items: u64,
}

/// So many matters no application has; more would make a tier for every ten of them.
const MOST_ITEMS: u64 = 1_000_000;
/// So many pages nobody provides; with many more the sum could no longer be told exactly.
const MOST_PAGES: u64 = 1_000_000_000_000;

pub(super) fn answer(given: &Given) -> Result<Value, String> {
    let answer = match given.text("method")? {
        "per_item" => {
            let applications = given.items("applications")?;
            let applications = applications.iter().map(Application::read);
            items(&applications.collect::<Result<Vec<_>, _>>()?)
        }
        "per_page" => {
            let form: ProvidedForm = given.one_of("form", " paper、email、copy、inspect ")?;
            let pages = given.number("pages", (0, MOST_PAGES))?;
            let (received, told) = (given.date("received")?, given.flag("only_told_where")?);
            per_page(received, form, pages, told).map(|charge| charged(&charge))
        }
        _ => {
            return Err(given.instead(
                "method",
                " per_item、per_page 之一",
                given.value("method")?,
            ));
        }
    };
    Ok(answer.unwrap_or_else(|NotInForce { .. }| json!({"refused": FEE_RULES})))
}

impl Application {
    fn read(given: &Given) -> Result<Self, String> {
        Ok(Self {
            no: given.value("no")?.clone(),
            applicant: given.text("applicant")?.to_owned(),
            received: given.date("received")?,
            items: given.number("items", (0, MOST_ITEMS))?,
        })
    }
}

fn items(applications: &[Application]) -> Result<Value, NotInForce> {
    let counted = applications.iter().map(|one| CountedApplication {
        applicant: one.applicant.clone(),
        received: one.received,
        items: one.items,
    });
    let charged = per_item(&counted.collect::<Vec<_>>())?;
    let charges = applications.iter().zip(&charged.charges);
    let charges = charges.map(|(application, charge)| {
        json!({
            "no": application.no, "first": charge.first, "last": charge.last,
            "amount": charge.amount,
        })
    });
    let months: Vec<Value> = charged.months.iter().map(month).collect();
    Ok(json!({"charges": charges.collect::<Vec<_>>(), "months": months}))
}

fn month(month: &ApplicantMonth) -> Value {
    let ApplicantMonth { applicant, month: (year, number), items, charge } = month;
    json!({
        "applicant": applicant, "month": format!("{year:04}-{number:02}"), "items": items,
        "amount": charge.amount, "tiers": charge.tiers,
    })
}

fn charged(charge: &Charge) -> Value {
    json!({"amount": charge.amount, "tiers": charge.tiers})
}
