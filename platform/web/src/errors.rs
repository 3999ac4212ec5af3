//! Pages for when there is no page: what happened, what one can do now, whom to call.
//!
//! A visitor never sees what failed inside, only a number by which the log can be searched. An
//! address of the interface for programs is answered with `application/problem+json` (RFC 9457).

use std::sync::Arc;

use askama::Template;
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};

use crate::{
    Fault, Site,
    address::decoded,
    api,
    components::{Phone, SearchBox},
    layout::{Frame, Link, href},
    modes::Modes,
    page::Page,
};

/// When to try again, as the pages say: after two minutes.
const RETRY_SECONDS: &str = "120";

/// The page shown instead of the one that was asked for.
#[derive(Template)]
#[template(path = "errors/page.html")]
pub struct ErrorPage {
    frame: Frame,
    status: StatusCode,
    heading: &'static str,
    /// What happened and what to do, one paragraph each.
    words: Vec<String>,
    search: Option<SearchBox>,
    ways: Vec<Link>,
    number: String,
}

/// Answers a refusal: as a page of the site in the visitor's modes, or as a problem document when
/// `path` (below the site) is one of the interface for programs.
pub fn answer(fault: &Fault, site: &Site, modes: Modes, path: &str, number: &str) -> Response {
    let status = fault.status();
    let mut response = if path.starts_with(api::ROOT) {
        let told = api::problem(fault, site, path, number);
        (status, [(header::CONTENT_TYPE, "application/problem+json")], told).into_response()
    } else {
        let frame = Frame::new(Arc::clone(&site.frame), modes, site.link(path));
        match ErrorPage::of(frame, fault, path, number).render() {
            Ok(html) => (status, Html(html)).into_response(),
            Err(_) => (status, fault.to_string()).into_response(),
        }
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    match fault {
        Fault::Unavailable => {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static(RETRY_SECONDS));
        }
        Fault::TooFast(slow) => {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(slow.seconds));
        }
        _ => {}
    }
    response
}

/// What is shown when there is not even a site: nothing in it comes from the database.
#[derive(Template)]
#[template(path = "errors/closed.html")]
struct ClosedPage {
    sheet: String,
    /// Why there is none.
    reason: NoSite,
}

/// Why there is no site at an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoSite {
    /// The installation is new: no site has ever been opened.
    NotOpened,
    /// There are sites, but for the moment none that can answer.
    Closed,
}

/// Answers that there is no site, and why.
pub fn closed(reason: NoSite) -> Response {
    let page = ClosedPage { sheet: href("gk.css"), reason };
    let html = page.render().unwrap_or_else(|_| Fault::Unavailable.to_string());
    let headers = [
        (header::RETRY_AFTER, HeaderValue::from_static(RETRY_SECONDS)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (StatusCode::SERVICE_UNAVAILABLE, headers, Html(html)).into_response()
}

impl ErrorPage {
    /// The page for a refusal at `path` below the site.
    pub fn of(frame: Frame, fault: &Fault, path: &str, number: &str) -> Self {
        let heading = heading(fault);
        let frame = frame.titled(heading).unlisted();
        let search = matches!(fault, Fault::NotFound | Fault::Gone { .. }).then(|| SearchBox {
            action: frame.href("/sousuo"),
            name: "本页".into(),
            label: "搜索本站".into(),
            words: words_of(path),
            ..SearchBox::default()
        });
        let ways = ways(&frame, fault, path);
        let status = fault.status();
        let number =
            if matches!(fault, Fault::Inside(_)) { number.to_owned() } else { String::new() };
        Self { frame, status, heading, words: explanation(fault), search, ways, number }
    }
}

/// What a refusal is called.
pub(crate) fn heading(fault: &Fault) -> &'static str {
    match fault {
        Fault::NotFound => "没有找到这一页",
        Fault::Gone { instead: Some(_), .. } => "这条信息已移至新的地址",
        Fault::Gone { instead: None, .. } => "这条信息已撤下",
        Fault::BadInput(_) | Fault::Parameters(_) => "没有看懂这个请求",
        Fault::TooLarge(_) => "提交的内容太大",
        Fault::Fields(_) => "填写的内容要修改",
        Fault::WrongMethod => "这个地址不能这样打开",
        Fault::Forbidden(_) => "没有办理这一步",
        Fault::NoPower(_) => "没有这项权限",
        Fault::StaleFactor => "要再验证一次身份",
        Fault::Refused(_) => "这一步现在不能办理",
        Fault::TooFast(_) => "提交得太快",
        Fault::Unavailable => "系统维护中",
        Fault::Inside(_) => "这一页没有生成出来",
    }
}

/// What happened and what to do, one paragraph each.
pub(crate) fn explanation(fault: &Fault) -> Vec<String> {
    let words: Vec<&str> = match fault {
        Fault::NotFound => {
            vec!["网址可能抄错了，或者这一页已经搬走。可以在下面搜一搜，或从这些地方找："]
        }
        Fault::Gone { notice, .. } => vec![notice],
        Fault::BadInput(advice)
        | Fault::TooLarge(advice)
        | Fault::Forbidden(advice)
        | Fault::Refused(advice) => {
            vec![advice]
        }
        Fault::Fields(wrong) | Fault::Parameters(wrong) => {
            wrong.iter().map(|one| one.message.as_str()).collect()
        }
        Fault::NoPower(paragraphs) => paragraphs.iter().map(String::as_str).collect(),
        Fault::StaleFactor => vec!["请打开手机上的验证器，再验证一次身份，然后重新办理这一步。"],
        Fault::WrongMethod => {
            vec!["它只接受表单提交或另一种打开方式。请从首页或上一页的链接进入。"]
        }
        Fault::TooFast(slow) => return vec![Fault::TooFast(*slow).to_string()],
        Fault::Unavailable => vec![
            "现在暂时不能提供这一页，一般几分钟内恢复。请过两分钟再刷新。",
            "急需办理或查阅的，请拨打 12345，或到就近的政务服务大厅、档案馆、公共图书馆查阅。",
        ],
        Fault::Inside(_) => vec![
            "问题出在我们这边，不是您的操作有误。请过一会儿再试；反复出现时请告诉我们，并报出下面的编号。",
        ],
    };
    words.into_iter().map(str::to_owned).collect()
}

/// Three pages at most that the visitor may have meant: the one above, then the main entries.
fn ways(frame: &Frame, fault: &Fault, path: &str) -> Vec<Link> {
    let mut ways = Vec::new();
    if let Fault::Gone { instead: Some(instead), .. } = fault {
        ways.push(Link::new("到新的地址查看", frame.href(instead)));
    }
    let near =
        frame.site.nav.iter().filter(|entry| entry.path != "/" && path.starts_with(entry.path));
    let others =
        frame.site.nav.iter().filter(|entry| entry.path == "/" || !path.starts_with(entry.path));
    ways.extend(
        near.chain(others).take(3).map(|entry| Link::new(entry.words, frame.href(entry.path))),
    );
    ways
}

/// What words an address holds, for the search box: its last part, unless that is a mere key.
fn words_of(path: &str) -> String {
    let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let name = last.split('.').next().unwrap_or_default();
    let words = decoded(name).replace(['-', '_', '+'], " ");
    let key = words.chars().all(|letter| letter.is_ascii_hexdigit() || letter == ' ');
    let sensible = !key && words.chars().count() <= 40 && !words.chars().any(char::is_control);
    if sensible { words.trim().to_owned() } else { String::new() }
}

impl Page for ErrorPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page =
            |fault: Fault, path: &str| Self::of(Frame::sample(""), &fault, path, "7c1d40aa93b2");
        let gone = |notice: &str, instead: Option<&str>| Fault::Gone {
            notice: notice.into(),
            instead: instead.map(str::to_owned),
        };
        let withdrawn = gone("这份文件已撤下（2026-11-20）。原因：名单有误。", None);
        let moved = "这份文件已并入或移到别处（2026-11-20）。原因：并入实施细则。";
        let moved = gone(moved, Some("/wenjian/1"));
        vec![
            ("没有这一页", page(Fault::NotFound, "/mulu/yanglao-fuwu")),
            ("已撤下", page(withdrawn, "/wenjian/0")),
            ("已移走", page(moved, "/wenjian/0")),
            (
                "看不懂",
                page(
                    Fault::BadInput("页码标记不完整。请回到列表第一页重新翻页。".into()),
                    "/wenjian",
                ),
            ),
            ("方法不对", page(Fault::WrongMethod, "/pianhao")),
            (
                "没有权限",
                page(
                    Fault::NoPower(vec![
                        "“审定或退回目录版本”没有办理：您现在的身份没有这项权限。".into(),
                        "可以办理的是：本机关（区民政局）的签发人（负责人）。".into(),
                        "依据：厦府办〔2020〕67号第一部分第（二）点。".into(),
                    ]),
                    "/gongzuo/mulu",
                ),
            ),
            (
                "不能办理",
                page(Fault::Forbidden("这份目录由区民政局编制。".into()), "/gongzuo/mulu"),
            ),
            ("维护中", page(Fault::Unavailable, "/")),
            ("内部失败", page(Fault::inside("数据库 secret-host 拒绝连接"), "/mulu")),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_page_is_a_sound_page() {
        assert_eq!(crate::page::faults::<ErrorPage>(), Vec::<String>::new());
    }

    #[test]
    fn a_closed_platform_says_when_to_come_back_and_whom_to_call() {
        let page = ClosedPage { sheet: href("gk.css"), reason: NoSite::Closed }.to_string();
        assert_eq!(crate::page::inspect(&page), Vec::<String>::new());
        assert!(page.contains("几分钟内恢复") && page.contains("12345"));
        assert_eq!(closed(NoSite::Closed).headers()[header::RETRY_AFTER], "120");
    }

    #[test]
    fn a_new_installation_tells_its_operator_how_to_open_a_site() {
        let page = ClosedPage { sheet: href("gk.css"), reason: NoSite::NotOpened }.to_string();
        assert_eq!(crate::page::inspect(&page), Vec::<String>::new());
        assert!(page.contains("gongkai site open") && !page.contains("几分钟内恢复"));
    }

    #[test]
    fn a_failure_inside_shows_a_number_and_nothing_else_of_itself() {
        let fault = Fault::inside("SELECT secret FROM hidden");
        let html = ErrorPage::of(Frame::sample(""), &fault, "/mulu", "7c1d40aa93b2").to_string();
        assert!(html.contains("7c1d40aa93b2"));
        assert!(!html.contains("secret") && !html.contains("SELECT"));
    }

    #[test]
    fn what_was_moved_is_headed_as_moved_and_only_what_was_withdrawn_as_withdrawn() {
        for (instead, headed) in [(Some("/wenjian/1"), "已移至"), (None, "已撤下")] {
            let fault =
                Fault::Gone { notice: "原因".into(), instead: instead.map(str::to_owned) };
            let html = ErrorPage::of(Frame::sample(""), &fault, "/wenjian/0", "").to_string();
            let h1 = html.split("<h1>").nth(1).and_then(|rest| rest.split("</h1>").next());
            let h1 = h1.unwrap_or_default();
            assert!(h1.contains(headed), "{h1}");
            assert_eq!(html.contains("href=\"/linhu/wenjian/1\""), instead.is_some(), "{html}");
            assert_eq!(html.contains("已撤下"), instead.is_none(), "{html}");
        }
    }

    #[test]
    fn the_search_box_takes_words_from_the_address_but_not_keys() {
        let table = [
            ("/mulu/yanglao-fuwu", "yanglao fuwu"),
            ("/wenjian/%E5%85%BB%E8%80%81.html", "养老"),
            ("/wenjian/0192a8f0-1234", ""),
            ("/wenjian/%FF%FE", ""),
            ("/", ""),
        ];
        for (path, words) in table {
            assert_eq!(words_of(path), words, "{path}");
        }
    }

    #[test]
    fn the_nearest_entry_comes_first_among_three() {
        let ways = ways(&Frame::sample(""), &Fault::NotFound, "/mulu/meiyou");
        let words: Vec<_> = ways.iter().map(|way| way.words.as_str()).collect();
        assert_eq!(words, ["标准目录", "首页", "信息公开"]);
    }
}
