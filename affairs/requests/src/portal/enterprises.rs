//! `/shenqing/qiye`: 公共企事业单位 are told apart (条例第五十五条): nobody asks them by way of this Regulation;
//! what they must disclose their own rules say, and who is not content turns to the competent department.

use askama::Template;
use axum::response::Html;
use requests_rules::{ComplaintGround, REGULATION};
use web::address::with_query;
use web::layout::Frame;
use web::{Fault, Visit};

use super::{APPLY, COMPLAINT, frame};

#[derive(Template)]
#[template(path = "portal/enterprises.html")]
struct EnterprisesPage {
    frame: Frame,
    search: String,
    appeal: String,
    apply: String,
    basis: String,
}

/// Says how it is with them.
pub(super) async fn show(visit: Visit) -> Result<Html<String>, Fault> {
    let link = |path: &str| visit.site.link(path);
    web::page::answer(&EnterprisesPage {
        frame: frame(&visit, "公共企事业单位").titled("学校、医院、供水供电等单位的信息"),
        search: link("/sousuo"),
        appeal: with_query(&link(COMPLAINT), &[("lei", APPEAL)]),
        apply: link(APPLY),
        basis: law::article(REGULATION, 55).to_string(),
    })
}

/// The word of 申诉 in the address.
pub(super) const APPEAL: &str = "qiye";

/// What is complained of, by the word in the address.
pub(super) fn ground_of(word: &str) -> Option<ComplaintGround> {
    (word == APPEAL).then_some(ComplaintGround::PublicEnterprise)
}

impl web::page::Page for EnterprisesPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = Self {
            frame: Frame::sample("公共企事业单位").at("公共企事业单位"),
            search: "/linhu/sousuo".into(),
            appeal: "/linhu/shenqing/tousu?lei=qiye".into(),
            apply: "/linhu/shenqing/xin".into(),
            basis: "《政府信息公开条例》第五十五条".into(),
        };
        vec![("说明", page)]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_page_on_enterprises_is_sound() {
        assert_eq!(web::page::faults::<super::EnterprisesPage>(), Vec::<String>::new());
    }
}
