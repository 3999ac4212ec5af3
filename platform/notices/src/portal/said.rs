//! A page that says one thing and leads on.

use askama::Template;
use axum::response::Response;
use web::layout::{Frame, Link};
use web::page::Page;
use web::{Fault, Visit};

use super::{START, fresh};

/// One thing that is said.
#[derive(Template)]
#[template(path = "portal/said.html")]
pub(super) struct SaidPage {
    pub(super) frame: Frame,
    pub(super) heading: String,
    /// One paragraph each.
    pub(super) lines: Vec<String>,
    /// What a program keeps, told once.
    pub(super) secret: String,
    pub(super) ways: Vec<Link>,
}

/// Says that a link leads to nothing, and what to do.
pub(super) fn gone(visit: &Visit) -> Result<Response, Fault> {
    fresh(&SaidPage {
        frame: super::frame(visit, "这个链接已经没有用了"),
        heading: "这个链接已经没有用了".into(),
        lines: vec![
            "可能已经退订或者删除，可能 7 日内没有确认，也可能链接没有复制完整。".into(),
            "已经退订、删除或者到期没有确认的，您的地址我们这里不再保存。还在收到消息的，请打开最近一封里的链接。".into(),
        ],
        secret: String::new(),
        ways: vec![
            Link::new("重新订阅", visit.site.link(START)),
            Link::new("把管理链接再发给我", visit.site.link("/dingyue/lianjie")),
        ],
    })
}

/// Says that a link for leaving is none of ours, so that nothing was done.
pub(super) fn broken(visit: &Visit) -> Result<Response, Fault> {
    fresh(&SaidPage {
        frame: super::frame(visit, "没有退订"),
        heading: "没有退订：这个链接不完整".into(),
        lines: vec![
            "链接可能没有复制完整。请打开最近收到的那一封，直接点里面的退订链接。".into(),
            "找不到那一封的，可以把管理链接再发给您，在那里退订。".into(),
        ],
        secret: String::new(),
        ways: vec![
            Link::new("把管理链接再发给我", visit.site.link("/dingyue/lianjie")),
            Link::new("回到订阅", visit.site.link(START)),
        ],
    })
}

impl Page for SaidPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |secret: &str| Self {
            frame: Frame::sample("请查收").under("订阅", START).at("请查收"),
            heading: "请查收".into(),
            lines: vec!["请打开邮件里的链接确认。".into()],
            secret: secret.into(),
            ways: vec![Link::new("回到订阅", "/linhu/dingyue")],
        };
        vec![("一句话", page("")), ("密钥", page("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))]
    }
}

#[cfg(test)]
mod tests {
    use super::SaidPage;

    #[test]
    fn what_is_said_is_sound() {
        assert_eq!(web::page::faults::<SaidPage>(), Vec::<String>::new());
    }
}
