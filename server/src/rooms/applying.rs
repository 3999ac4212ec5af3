//! An applicant's way through the pages, without script: search, fill in, save and come back, hand in twice by
//! a double click, track, withdraw; and what is answered where something is wrong.

mod mending;
mod next_visitor;

use std::collections::BTreeMap;
use std::net::SocketAddr;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use tower::ServiceExt;

use super::routes::walk;

/// What came back.
pub(super) struct Seen {
    pub status: StatusCode,
    pub to: String,
    pub headers: HeaderMap,
    pub text: String,
}

/// A browser that keeps all its cookies.
#[derive(Clone)]
pub(super) struct Browser {
    portal: Router,
    cookies: BTreeMap<String, String>,
    /// Where it asks from; none where nobody knows.
    address: Option<SocketAddr>,
}

impl Browser {
    pub(super) fn of(portal: Router) -> Self {
        Self { portal, cookies: BTreeMap::new(), address: None }
    }

    /// The same, from an address.
    pub(super) fn at(self, address: [u8; 4]) -> Self {
        Self { address: Some((address, 40_000).into()), ..self }
    }

    /// The same, with the session of somebody who has signed in.
    pub(super) fn signed_in(mut self, cookie: Option<&str>) -> Self {
        if let Some((name, value)) = cookie.and_then(|cookie| cookie.split_once('=')) {
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        self
    }

    pub(super) async fn get(&mut self, path: &str) -> Seen {
        self.ask(Method::GET, path, "", Vec::new()).await
    }

    /// Sends a form.
    pub(super) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Seen {
        let pair =
            |(name, value): &(&str, &str)| format!("{name}={}", web::address::encoded(value));
        let body: Vec<String> = fields.iter().map(pair).collect();
        let kind = "application/x-www-form-urlencoded";
        self.ask(Method::POST, path, kind, body.join("&").into_bytes()).await
    }

    /// Sends a form with a file.
    pub(super) async fn upload(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        (name, bytes): (&str, &[u8]),
    ) -> Seen {
        let mut body = Vec::new();
        for (field, value) in fields {
            let part = format!(
                "--b1\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n"
            );
            body.extend_from_slice(part.as_bytes());
        }
        let head = format!(
            "--b1\r\nContent-Disposition: form-data; name=\"wenjian\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--b1--\r\n");
        self.ask(Method::POST, path, "multipart/form-data; boundary=b1", body).await
    }

    async fn ask(&mut self, method: Method, path: &str, kind: &str, body: Vec<u8>) -> Seen {
        let request = Request::builder().method(method).uri(path);
        let request = request.header(header::HOST, "127.0.0.1:8080");
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = request.header(header::COOKIE, cookies.join("; "));
        let request = match kind {
            "" => request,
            kind => request
                .header(header::CONTENT_TYPE, kind)
                .header(header::ORIGIN, "http://127.0.0.1:8080"),
        };
        let mut request = request.body(Body::from(body)).expect("an address");
        if let Some(address) = self.address {
            request.extensions_mut().insert(ConnectInfo(address));
        }
        let answer = self.portal.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = answer.into_parts();
        for set in parts.headers.get_all(header::SET_COOKIE) {
            let set = set.to_str().expect("readable");
            assert!(set.contains("; Path=/; Secure; HttpOnly; SameSite=Lax"), "{set}");
            let (name, value) =
                set.split(';').next().and_then(|pair| pair.split_once('=')).expect("a pair");
            match set.contains("Max-Age=0") {
                true => self.cookies.remove(name),
                false => self.cookies.insert(name.to_owned(), value.to_owned()),
            };
        }
        let bytes = to_bytes(body, 64 << 20).await.expect("a body");
        let to = parts.headers.get(header::LOCATION).and_then(|to| to.to_str().ok());
        Seen {
            status: parts.status,
            to: to.unwrap_or_default().to_owned(),
            text: String::from_utf8_lossy(&bytes).into_owned(),
            headers: parts.headers,
        }
    }

    /// Fills in everything up to the reading back.
    pub(super) async fn fill_in(&mut self, who: &Who<'_>) {
        for (page, fields, next) in who.pages() {
            let seen = self.post(&format!("/shenqing/xin/{page}"), &fields).await;
            assert_eq!(
                (seen.status, seen.to.as_str()),
                (StatusCode::SEE_OTHER, format!("/shenqing/xin/{next}").as_str()),
                "{page}: {}",
                main_of(&seen.text)
            );
        }
    }
}

/// Somebody who asks.
pub(super) struct Who<'a> {
    pub name: &'a str,
    pub number: &'a str,
    pub telephone: &'a str,
    pub address: &'a str,
    pub email: &'a str,
    pub description: &'a str,
}

type Page<'a> = (&'static str, Vec<(&'static str, &'a str)>, &'static str);

impl<'a> Who<'a> {
    fn pages(&self) -> Vec<Page<'a>> {
        vec![
            (
                "shenqingren",
                vec![
                    ("leibie", "自然人"),
                    ("xingming", self.name),
                    ("zhengjian", "resident_card"),
                    ("haoma", self.number),
                    ("dianhua", self.telephone),
                    ("dizhi", self.address),
                    ("youxiang", self.email),
                    ("daili", "self"),
                ],
                "neirong",
            ),
            (
                "neirong",
                vec![("jiguan", "XM00001"), ("mingcheng", ""), ("miaoshu", self.description)],
                "fangshi",
            ),
            (
                "fangshi",
                vec![("xingshi", "email"), ("tujing", "online"), ("bangzhu", "")],
                "cailiao",
            ),
            ("cailiao", vec![], "hedui"),
        ]
    }
}

/// The main part of a page.
pub(super) fn main_of(page: &str) -> &str {
    let after = page.split("<main").nth(1).unwrap_or_default();
    after.split("</main>").next().unwrap_or_default()
}

/// What stands in large letters after a heading.
fn code_after<'a>(page: &'a str, heading: &str) -> &'a str {
    let after = page.split(&format!(">{heading}<")).nth(1).unwrap_or_default();
    let after = after.split("class=\"code\">").nth(1).unwrap_or_default();
    after.split('<').next().unwrap_or_default()
}

pub(super) const LIN: Who<'_> = Who {
    name: "林秀英",
    number: "11010519491231002X",
    telephone: "0592-1234567",
    address: "某街道某路1号",
    email: "lin@example.cn",
    description: "2019年某村征地补偿费用的收支明细",
};

/// What is wrong is told at its field, and what was typed stays.
async fn told_what_is_wrong(browser: &mut Browser) {
    for (field, value, words) in [
        ("haoma", "110105194912310021", "校验位不符"),
        ("haoma", "110105194913310021", "不是一个日期"),
        ("dianhua", "123", "电话号码不对"),
        ("zhengjian", "credit_code", "证件号码不对"),
        ("leibie", "", "选择您是以个人还是以单位的名义申请"),
        ("xingming", "", "写姓名"),
    ] {
        let mut fields = LIN.pages().remove(0).1;
        fields.iter_mut().filter(|(name, _)| *name == field).for_each(|pair| pair.1 = value);
        let seen = browser.post("/shenqing/xin/shenqingren", &fields).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        let main = main_of(&seen.text);
        assert!(main.contains(words), "{field}: {main}");
        assert!(main.contains("class=\"errsum\"") && main.contains("某街道某路1号"), "{field}");
        assert!(seen.text.contains("<title>有错误："), "{field}");
    }
    assert!(browser.cookies.is_empty(), "nothing is kept of what was refused");
}

#[tokio::test]
async fn an_application_is_filled_in_read_back_and_handed_in_once() {
    let walk = walk("applying").await;
    let mut browser = Browser::of(walk.portal());
    let search = browser.get("/shenqing/xin?q=%E6%94%BF%E5%8A%A1%E5%85%AC%E5%BC%80").await;
    assert_eq!(search.status, StatusCode::OK);
    assert!(search.text.contains("/shenqing/xin/shenqingren?q="), "{}", main_of(&search.text));

    told_what_is_wrong(&mut browser).await;
    browser.fill_in(&LIN).await;
    let check = browser.get("/shenqing/xin/hedui").await;
    for words in [LIN.name, LIN.number, LIN.telephone, LIN.description, "网上查看和下载"] {
        assert!(check.text.contains(words), "{words}");
    }
    assert!(
        check.headers[header::CACHE_CONTROL].to_str().is_ok_and(|kept| kept.contains("no-store"))
    );
    assert!(!check.text.contains("用途："), "nobody is asked for a purpose");

    // A double click: both at once, from one form.
    let (mut one, mut other, mut stale) = (browser.clone(), browser.clone(), browser.clone());
    let (first, second) =
        tokio::join!(one.post("/shenqing/xin/hedui", &[]), other.post("/shenqing/xin/hedui", &[]));
    for seen in [&first, &second] {
        assert_eq!(seen.to, "/shenqing/wancheng", "{} {}", seen.status, main_of(&seen.text));
    }
    let (first, second) =
        (one.get("/shenqing/wancheng").await, other.get("/shenqing/wancheng").await);
    let number = code_after(&first.text, "登记编号").to_owned();
    let code = code_after(&first.text, "查询码").to_owned();
    assert!(number.starts_with("XM00001-2026-"), "{}", main_of(&first.text));
    assert_eq!(code.len(), 19, "{code}");
    assert_eq!(
        (code_after(&second.text, "登记编号"), code_after(&second.text, "查询码")),
        (&*number, &*code)
    );
    // And once more, much later, from a page whose answer never came.
    let third = stale.clone().post("/shenqing/xin/hedui", &[]).await;
    assert_eq!(third.to, "/shenqing/wancheng");
    next_visitor::begins_anew(&mut one, &mut stale).await;
    assert_eq!(code_after(&other.get("/shenqing/wancheng").await.text, "登记编号"), number);

    let ics = other.get("/shenqing/wancheng.ics").await;
    assert!(
        ics.text.starts_with("BEGIN:VCALENDAR\r\n") && ics.text.contains(&number),
        "{}",
        ics.text
    );
    assert!(!ics.text.contains(LIN.name));

    tracked(&mut Browser::of(walk.portal()), &number, &code).await;
    locked(&mut Browser::of(walk.portal()), &code).await;
}

/// Tracks it: any wrong pair has the same answer, a right one opens it.
async fn tracked(browser: &mut Browser, number: &str, code: &str) {
    let wrong = [
        (code, "4568"),
        (code, number),
        ("0000-0000-0000-0000", "4567"),
        ("", ""),
        (number, "4567"),
        ("'; DROP TABLE request;--", "4567"),
    ];
    let mut answers = Vec::new();
    for (code, tail) in wrong {
        let seen = browser.post("/shenqing/jindu", &[("chaxunma", code), ("weihao", tail)]).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{code} {tail}");
        // Only what was typed differs.
        let main = main_of(&seen.text).to_owned();
        let typed = main
            .split("value=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next())
            .unwrap_or_default();
        answers.push(main.replacen(&format!("value=\"{typed}\""), "value=\"\"", 1));
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:#?}");
    let typed = code.replace('-', "").to_lowercase();
    let seen =
        browser.post("/shenqing/jindu", &[("chaxunma", &typed), ("weihao", "４５６７")]).await;
    assert_eq!(seen.to, "/shenqing/jindu/wode", "{}", main_of(&seen.text));
    let track = browser.get("/shenqing/jindu/wode").await;
    for words in [number, "与您确认收到", "提交申请", LIN.description, "撤回申请"] {
        assert!(track.text.contains(words), "{words}: {}", main_of(&track.text));
    }
    for hidden in [LIN.name, LIN.number, LIN.telephone, LIN.address] {
        assert!(!track.text.contains(hidden), "{hidden} need not be shown to be known");
    }
    // A pass that was changed opens nothing.
    let mut forged = browser.clone();
    let pass = forged.cookies.get_mut("__Host-gk_jindu").expect("a pass");
    let other = if pass.ends_with('A') { 'B' } else { 'A' };
    *pass = format!("{}{other}", &pass[..pass.len() - 1]);
    assert_eq!(forged.get("/shenqing/jindu/wode").await.to, "/shenqing/jindu");

    assert_eq!(browser.get("/shenqing/jindu/buzheng").await.to, "/shenqing/jindu/wode");
    assert!(browser.get("/shenqing/jindu/chehui").await.text.contains("要撤回这份申请吗"));
    for _ in 0..2 {
        assert_eq!(browser.post("/shenqing/jindu/chehui", &[]).await.to, "/shenqing/jindu/wode");
    }
    assert!(browser.get("/shenqing/jindu/wode").await.text.contains("撤回了申请"));
    assert_eq!(browser.get("/shenqing/jindu/likai").await.to, "/shenqing/jindu");
    assert_eq!(browser.get("/shenqing/jindu/wode").await.to, "/shenqing/jindu");
}

/// Too many wrong tails for one code: it is locked, for the right one too.
async fn locked(browser: &mut Browser, code: &str) {
    let mut statuses = Vec::new();
    for _ in 0..12 {
        let seen = browser.post("/shenqing/jindu", &[("chaxunma", code), ("weihao", "0000")]).await;
        statuses.push(seen.status.as_u16());
    }
    assert_eq!(statuses.first(), Some(&422));
    assert_eq!(statuses.last(), Some(&429), "{statuses:?}");
    let seen = browser.post("/shenqing/jindu", &[("chaxunma", code), ("weihao", "4567")]).await;
    assert_eq!(seen.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(seen.text.contains("请过15分钟再查"));
}

#[tokio::test]
async fn what_was_saved_is_filled_in_later_with_its_papers() {
    let walk = walk("saving").await;
    let mut browser = Browser::of(walk.portal());
    let mut pages = LIN.pages();
    let (_, person, _) = pages.remove(0);
    browser.post("/shenqing/xin/shenqingren", &person).await;
    // Saved with a fault: nothing is thrown away because it is wrong.
    let half = [("jiguan", ""), ("miaoshu", "写到一半"), ("baocun", "1")];
    let saved = browser.post("/shenqing/xin/neirong", &half).await;
    let code = code_after(&saved.text, "保存码").to_owned();
    assert_eq!((saved.status, code.len()), (StatusCode::OK, 19), "{}", main_of(&saved.text));
    assert!(browser.cookies.is_empty(), "nothing stays at a computer that others use");

    let mut other = Browser::of(walk.portal());
    let lost = other.get("/shenqing/xin/neirong").await;
    assert_eq!(lost.status, StatusCode::NOT_FOUND);
    assert!(lost.text.contains("保存码"));
    let wrong = other.post("/shenqing/jixu", &[("baocunma", "AAAA-AAAA-AAAA-AAAA")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let seen = other.post("/shenqing/jixu", &[("baocunma", &code.to_lowercase())]).await;
    assert_eq!(seen.status, StatusCode::SEE_OTHER, "{}", main_of(&seen.text));
    assert!(other.get("/shenqing/xin/shenqingren").await.text.contains(LIN.name));
    assert!(other.get("/shenqing/xin/neirong").await.text.contains("写到一半"));

    papers(&mut other).await;
    for (page, fields, _) in pages {
        other.post(&format!("/shenqing/xin/{page}"), &fields).await;
    }
    let check = other.get("/shenqing/xin/hedui").await;
    assert!(check.text.contains("身份证.jpg"), "{}", main_of(&check.text));
    let seen = other.post("/shenqing/xin/hedui", &[]).await;
    assert_eq!(seen.to, "/shenqing/wancheng", "{}", main_of(&seen.text));
}

/// Papers: what is too large or not what it says is refused with words, and nothing else is lost.
async fn papers(browser: &mut Browser) {
    const PLACE: &str = "/shenqing/xin/cailiao";
    let fields = [("yongtu", "shenfen"), ("tianjia", "1")];
    let large = vec![b'a'; 100 << 20];
    for (name, bytes, status, words) in [
        ("大.txt", large.as_slice(), 413, "文件超过20 MB"),
        ("程序.exe", b"MZ\x90", 422, "这种文件不能收"),
        ("假.jpg", b"<html>", 422, "不像是 jpg 文件"),
        ("", b"", 422, "还没有选文件"),
    ] {
        let seen = browser.upload(PLACE, &fields, (name, bytes)).await;
        assert_eq!(seen.status.as_u16(), status, "{name}");
        assert!(main_of(&seen.text).contains(words), "{name}: {}", main_of(&seen.text));
    }
    let photo = [b"\xFF\xD8\xFF\xE0".as_slice(), &[7; 2 << 20]].concat();
    for _ in 0..2 {
        let seen = browser.upload(PLACE, &fields, ("身份证.jpg", &photo)).await;
        assert_eq!(seen.to, PLACE, "{}", main_of(&seen.text));
    }
    let page = browser.get(PLACE).await;
    assert_eq!(
        page.text.matches("身份证.jpg（身份证明，2.0 MB）").count(),
        4,
        "{}",
        main_of(&page.text)
    );
    let key =
        page.text.split("name=\"qudiao\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let key = key.expect("a button").to_owned();
    assert_eq!(browser.post(PLACE, &[("qudiao", &key)]).await.to, PLACE);
    let page = browser.get(PLACE).await;
    assert_eq!(page.text.matches("身份证.jpg（身份证明，2.0 MB）").count(), 2);
}

#[tokio::test]
async fn what_stands_beside_a_request_is_taken_in_and_tracked() {
    let walk = walk("beside").await;
    let mut browser = Browser::of(walk.portal());
    let key = |page: &str| {
        let after = page.split("name=\"_jian\" value=\"").nth(1).unwrap_or_default();
        after.split('"').next().unwrap_or_default().to_owned()
    };
    let form = browser.get("/shenqing/gengzheng").await;
    let own = key(&form.text);
    let fields = [
        ("_jian", own.as_str()),
        ("jiguan", "XM00001"),
        ("jilu", "名单第3行"),
        ("cuozai", "面积应当是80平方米"),
        ("zhengju", "房产证"),
        ("xingming", LIN.name),
        ("zhengjian", "resident_card"),
        ("haoma", LIN.number),
        ("dianhua", LIN.telephone),
    ];
    let bad = fields.iter().map(|(name, value)| match *name {
        "haoma" => ("haoma", "110105194912310021"),
        _ => (*name, *value),
    });
    let refused = browser.post("/shenqing/gengzheng", &bad.collect::<Vec<_>>()).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("校验位不符") && refused.text.contains("面积应当是80平方米"));
    let first = browser.post("/shenqing/gengzheng", &fields).await;
    let second = browser.post("/shenqing/gengzheng", &fields).await;
    let code = code_after(&first.text, "查询码").to_owned();
    assert_eq!(code.len(), 19, "{}", main_of(&first.text));
    assert_eq!(code_after(&second.text, "查询码"), code, "a double click is one demand");
    let seen = browser.post("/shenqing/jindu", &[("chaxunma", &code), ("weihao", "4567")]).await;
    assert_eq!(seen.to, "/shenqing/jindu/wode");
    assert!(browser.get("/shenqing/jindu/wode").await.text.contains("更正申请办到哪一步了"));

    let apart = browser.get("/shenqing/qiye").await;
    assert!(apart.text.contains("不是行政机关") && apart.text.contains("/shenqing/tousu?lei=qiye"));
    let form = browser.get("/shenqing/tousu?lei=qiye").await;
    let own = key(&form.text);
    let mut fields = vec![
        ("_jian", own.as_str()),
        ("leixing", "public_enterprise"),
        ("jiguan", "XM00001"),
        ("neirong", "停水通知没有公布"),
        ("xingming", LIN.name),
        ("dianhua", LIN.telephone),
    ];
    let refused = browser.post("/shenqing/tousu", &fields).await;
    assert!(refused.text.contains("写单位的名称"), "{}", main_of(&refused.text));
    fields.push(("danwei", "某自来水公司"));
    let first = browser.post("/shenqing/tousu", &fields).await;
    let code = code_after(&first.text, "查询码").to_owned();
    assert_eq!(code.len(), 19, "{}", main_of(&first.text));
    assert_eq!(code_after(&browser.post("/shenqing/tousu", &fields).await.text, "查询码"), code);
    assert!(browser.get("/shenqing/jindu/wode").await.text.contains("投诉办到哪一步了"));

    let form = browser.get("/shenqing/jianyi").await;
    let own = key(&form.text);
    let fields = [("_jian", own.as_str()), ("jiguan", "XM00001"), ("jianyi", "公开每年的补偿标准")];
    let first = browser.post("/shenqing/jianyi", &fields).await;
    let number = code_after(&first.text, "编号").to_owned();
    assert!(number.contains("建议〔"), "{}", main_of(&first.text));
    let again = browser.post("/shenqing/jianyi", &fields).await;
    assert_eq!(code_after(&again.text, "编号"), number);
}

/// An organ of the city, not the one that is chosen where nobody is named.
const ORGAN: &str = "XM00023";

#[tokio::test]
async fn whoever_comes_from_an_organs_page_finds_it_chosen_in_the_form() {
    let walk = walk("applying_organ").await;
    let mut browser = Browser::of(walk.portal());
    let asked = format!("jiguan={ORGAN}");
    for (from, to) in [
        (format!("/gongkai/jigou/{ORGAN}/shenqing"), format!("/shenqing?{asked}")),
        (format!("/shenqing?{asked}"), format!("/shenqing/xin?{asked}")),
        (format!("/shenqing/xin?{asked}"), format!("/shenqing/xin/shenqingren?{asked}")),
    ] {
        let seen = browser.get(&from).await;
        assert!(seen.text.contains(&format!("href=\"{to}\"")), "{from}: {}", main_of(&seen.text));
    }
    let along = format!("<input type=\"hidden\" name=\"jiguan\" value=\"{ORGAN}\">");
    for page in ["/shenqing/xin", "/shenqing/xin/shenqingren"] {
        let seen = browser.get(&format!("{page}?{asked}")).await;
        assert!(seen.text.contains(&along), "{page}: {}", main_of(&seen.text));
    }
    // Whom nobody knows is not chosen.
    for (given, chosen) in [(ORGAN, ORGAN), ("XM99999", "XM00001"), ("", "XM00001")] {
        let mut browser = Browser::of(walk.portal());
        let mut fields = LIN.pages().remove(0).1;
        fields.push(("jiguan", given));
        let sent = browser.post("/shenqing/xin/shenqingren", &fields).await;
        assert_eq!(sent.to, "/shenqing/xin/neirong", "{}", main_of(&sent.text));
        let wanted = browser.get(&sent.to).await;
        let option = format!("<option value=\"{chosen}\" selected>");
        assert!(wanted.text.contains(&option), "{given}: {}", main_of(&wanted.text));
    }
}
