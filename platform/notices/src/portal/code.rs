//! `/dingyue/yanzhengma/{pass}`: the number that was sent to a telephone.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use web::components::{ErrorSummary, Field, FieldError};
use web::layout::Frame;
use web::page::Page;
use web::{Fault, FromWhere, OwnUpload, Visit};

use super::{START, confirm, desk, fresh, onward, pressed, returned, said};
use crate::acts::{ActError, confirmation};
use crate::pass::Pass;
use crate::store::Subscriber;

#[derive(Template)]
#[template(path = "portal/code.html")]
struct CodePage {
    frame: Frame,
    errors: ErrorSummary,
    number: Field,
    action: String,
    again: String,
}

/// Asks for the number.
pub(super) async fn show(visit: Visit, Path(given): Path<String>) -> Result<Response, Fault> {
    match meant(&visit, &given)? {
        Some(_) => page(&visit, &given, vec![]),
        None => said::gone(&visit),
    }
}

/// Takes the number.
pub(super) async fn send(
    visit: Visit,
    from: FromWhere,
    Path(given): Path<String>,
    sent: OwnUpload,
) -> Result<Response, Fault> {
    pressed(&visit, &from)?;
    let OwnUpload::Form(form) = sent else { return page(&visit, &given, vec![]) };
    let Some(id) = meant(&visit, &given)? else { return said::gone(&visit) };
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let typed = (id.as_str(), form.get("yanzhengma"));
    match confirmation::by_code(desk(&visit).await?, sealer, typed).await {
        Ok(true) => match Subscriber::find(visit.house.store(), &id).await? {
            Some(known) => confirm::done(&visit, &known),
            None => said::gone(&visit),
        },
        Ok(false) => {
            let pass = Pass::Manage.made(sealer, &id).map_err(Fault::inside)?;
            Ok(onward(&visit, &format!("/dingyue/wode/{pass}")))
        }
        Err(ActError::Field(field, message)) => {
            page(&visit, &given, vec![FieldError { field: field.into(), message }])
        }
        Err(error) => Err(error.into_fault()),
    }
}

/// Whose number is asked for. Whether he is known is told to nobody, so he need not be.
fn meant(visit: &Visit, given: &str) -> Result<Option<String>, Fault> {
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    Pass::Enter.read(sealer, given).map_err(Fault::inside)
}

fn page(visit: &Visit, given: &str, errors: Vec<FieldError>) -> Result<Response, Fault> {
    let wrong = !errors.is_empty();
    let mut frame = super::frame(visit, "填写验证码");
    frame.has_errors = wrong;
    let page = CodePage {
        number: number(errors.first().map(|error| error.message.clone())),
        errors: ErrorSummary(errors),
        action: visit.site.link(&format!("/dingyue/yanzhengma/{given}")),
        again: visit.site.link(START),
        frame,
    };
    Ok(returned(fresh(&page)?, wrong))
}

fn number(error: Option<String>) -> Field {
    Field {
        name: "yanzhengma".into(),
        label: "短信验证码".into(),
        hint: "6 位数字，15 分钟内有效。".into(),
        error,
        autocomplete: "one-time-code",
        ..Field::default()
    }
}

impl Page for CodePage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |error: Option<String>| Self {
            frame: Frame::sample("填写验证码").under("订阅", START).at("填写验证码"),
            errors: ErrorSummary(
                error
                    .iter()
                    .map(|message| FieldError {
                        field: "yanzhengma".into(),
                        message: message.clone(),
                    })
                    .collect(),
            ),
            number: number(error.clone()),
            action: "/linhu/dingyue/yanzhengma/a".into(),
            again: "/linhu/dingyue".into(),
        };
        vec![("空白", page(None)), ("不对", page(Some("验证码不对，看一下短信再填".into())))]
    }
}

#[cfg(test)]
mod tests {
    use super::CodePage;

    #[test]
    fn the_page_for_the_number_is_sound() {
        assert_eq!(web::page::faults::<CodePage>(), Vec::<String>::new());
    }
}
