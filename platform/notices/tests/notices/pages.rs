//! The pages as whoever comes there sees them.

use axum::http::StatusCode;
use notices::Settings;

use super::house::{ORIGIN, on_both};

fn open() -> Settings {
    Settings { origin: Some(ORIGIN.into()), webhooks: true, ..Settings::default() }
}

#[tokio::test]
async fn what_is_not_set_up_is_not_offered_and_feeds_are() {
    on_both(&Settings::default(), async |sample| {
        let page = web::testing::sound(&sample.portal, "/dingyue").await;
        assert!(page.contains("只提供 Atom 订阅") && page.contains("还没有设置邮件服务"), "{page}");
        assert!(!page.contains("name=\"dizhi\""), "no address is asked for");
        let fields = [("lingyu", "jiuye"), ("fangshi", "email"), ("dizhi", "lin@example.cn")];
        let answer = sample.post("/dingyue", &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(sample.count("notice_subscriber").await, 0);
        web::testing::sound(&sample.portal, "/dingyue/lianjie").await;
        web::testing::sound(&sample.portal, "/dingyue/atom").await;
    })
    .await;
    let unplaced = Settings { origin: None, ..open() };
    on_both(&unplaced, async |sample| {
        let page = web::testing::sound(&sample.portal, "/dingyue").await;
        assert!(
            !page.contains("name=\"dizhi\""),
            "without an address of its own no link can be sent"
        );
    })
    .await;
}

/// The fields of a form with what was filled in.
type Fields = &'static [(&'static str, &'static str)];

#[tokio::test]
async fn a_form_comes_back_with_what_is_wrong_and_what_was_typed() {
    on_both(&open(), async |sample| {
        let all: [(Fields, &[&str]); 5] = [
            (&[], &["选一项要看的内容", "填写接收地址", "同意以后我们才能", "选多久接收一次"]),
            (&[("lingyu", "jiuye"), ("dizhi", "x")], &["地址要以 https:// 开头"]),
            (&[("cun", "没有这个村")], &["没有找到这个村"]),
            (&[("cun", "福")], &["选您的那一个", "厦港街道 福海社区居委会"]),
            (&[("lingyu", "没有这个领域")], &["选一项要看的内容"]),
        ];
        for (fields, said) in all {
            let fields = [fields, &[("fangshi", "webhook")]].concat();
            let answer = sample.post("/dingyue", &fields).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{fields:?}");
            assert_eq!(web::page::inspect(&answer.text), Vec::<String>::new(), "{fields:?}");
            for words in said {
                assert!(answer.text.contains(words), "{fields:?}: {words}: {}", answer.text);
            }
        }
        assert_eq!(sample.count("notice_subscriber").await, 0);
    })
    .await;
}

#[tokio::test]
async fn the_address_of_a_page_chooses_beforehand() {
    on_both(&open(), async |sample| {
        let query =
            "/dingyue?lingyu=jiuye&cun=350203001001&shixiang=jiuye/00000001&q=%E8%A1%A5%E8%B4%B4";
        let page = web::testing::sound(&sample.portal, query).await;
        for words in ["value=\"jiuye\" checked", "鸿山社区居委会", "就业政策", "value=\"补贴\""]
        {
            assert!(page.contains(words), "{words}: {page}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_link_that_leads_to_nothing_says_so_and_tells_no_more() {
    on_both(&open(), async |sample| {
        for path in
            ["/dingyue/queren/0", "/dingyue/wode/0", "/dingyue/wode/a.b", "/dingyue/yanzhengma/0"]
        {
            let page = web::testing::sound(&sample.portal, path).await;
            assert!(page.contains("这个链接已经没有用了"), "{path}: {page}");
        }
        let page = web::testing::sound(&sample.portal, "/dingyue/tui/0").await;
        assert!(page.contains("没有退订") && !page.contains("已经删除"), "{page}");
        assert_eq!(sample.get("/dingyue/wode/0/daochu.json").await.0, StatusCode::NOT_FOUND);
        let (_, headers, _) = web::testing::get(&sample.portal, "/dingyue/wode/0").await;
        assert!(headers["cache-control"].to_str().is_ok_and(|kept| kept.contains("no-store")));
        // The address of such a page is as good as a key: it is told to no other site.
        assert_eq!(headers["referrer-policy"], "same-origin");
    })
    .await;
}

#[tokio::test]
async fn a_storm_is_slowed_and_what_was_typed_stays() {
    on_both(&open(), async |sample| {
        let mut last = StatusCode::OK;
        for _ in 0..21 {
            let request = axum::http::Request::post("/dingyue")
                .header("host", "localhost")
                .header("content-type", "application/x-www-form-urlencoded")
                .extension(axum::extract::ConnectInfo(std::net::SocketAddr::from((
                    [198, 51, 100, 7],
                    4000,
                ))))
                .body(axum::body::Body::from("q=%E8%A1%A5%E8%B4%B4"))
                .expect("a request");
            let (status, _, body) = web::testing::answer(&sample.portal, request).await;
            let text = String::from_utf8(body).expect("text");
            assert!(text.contains("value=\"补贴\""), "{text}");
            last = status;
        }
        assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    })
    .await;
}
