//! What stands at an address that needs the program: that it is interrupted, and what one can do meanwhile.

use askama::Template;
use web::components::{Meta, MetaValue};
use web::layout::{Contact, Frame};
use web::modes::Modes;
use web::page::Page;
use web::{Fault, Site};

use crate::INDEX;

#[derive(Template)]
#[template(path = "drawn/calm.html")]
pub(crate) struct CalmPage {
    frame: Frame,
    heading: &'static str,
    words: Vec<&'static str>,
    index: String,
    contact: Meta,
}

/// What the service at an address is called, and what may be done without it; `below` is the address below
/// the site. What none of these rows names is called a service.
const SERVICES: &[(&str, &str, &[&str])] = &[
    ("/sousuo", "在线检索暂停", &["知道文件大概是哪一年、哪个机关发的，从下面的目录找最快。"]),
    (
        "/shenqing",
        "在线申请暂停",
        &["已经提交的申请不受影响，答复期限照常计算；要查进度的，请打下面的电话，报申请编号。"],
    ),
    (
        "/dingyue",
        "订阅暂停",
        &["已有的订阅不受影响，恢复以后补发。栏目的 Atom 订阅源还能打开，内容到暂停的时候为止。"],
    ),
    (
        "/pianhao",
        "浏览方式的切换暂停",
        &[
            "字太小的，可以用浏览器放大：电脑上按 Ctrl 和 +，手机上在浏览器菜单里选“文字大小”。",
            "系统里设置了大字、高对比或者读屏的，本站照样适用。",
        ],
    ),
    ("/gongzuo", "工作台暂停", &["工作人员请与本单位信息中心联系。"]),
];

impl CalmPage {
    /// The page at an address below a site.
    pub(crate) fn of(site: &Site, below: &str) -> Self {
        let of_service = |(start, _, _): &&(&str, &str, &[&str])| {
            below.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let (heading, words) = SERVICES
            .iter()
            .find(of_service)
            .map_or(("在线服务暂停", &[][..]), |(_, heading, words)| (heading, words));
        let frame =
            Frame::new(std::sync::Arc::clone(&site.frame), Modes::default(), site.link(below));
        Self::drawn(frame, heading, words.to_vec(), site.link(INDEX))
    }

    fn drawn(frame: Frame, heading: &'static str, words: Vec<&'static str>, index: String) -> Self {
        let contact = contact(&frame.site.host_unit, &frame.site.contact);
        let frame = frame.titled(heading).unlisted().at(heading);
        Self { frame, heading, words, index, contact }
    }

    pub(crate) fn html(&self) -> Result<String, Fault> {
        Ok(self.render()?)
    }
}

/// Whom to ask and where to send a letter.
fn contact(unit: &str, contact: &Contact) -> Meta {
    let given = |text: &Option<String>| text.clone().map_or(MetaValue::Missing, MetaValue::Text);
    Meta::default()
        .text("受理机构", contact.office.clone())
        .text("主办单位", unit.to_owned())
        .with_wide("通信地址", given(&contact.address))
        .text("邮政编码", contact.postcode.clone().unwrap_or_default())
        .phone("联系电话", contact.phone.as_deref())
        .text("办公时间", contact.hours.clone().unwrap_or_default())
        .phone("便民热线", Some(&contact.hotline))
}

impl Page for CalmPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |(_, heading, words): &(&str, &'static str, &[&'static str])| {
            Self::drawn(Frame::sample(""), heading, words.to_vec(), "/linhu/suoyin".into())
        };
        SERVICES.iter().map(|service| (service.1, page(service))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::CalmPage;

    #[test]
    fn the_page_is_sound() {
        assert_eq!(web::page::faults::<CalmPage>(), Vec::<String>::new());
    }
}
