//! By telephone and in WeChat, with the stand-in that was built from their documents.

use axum::http::StatusCode;
use jiff::SignedDuration;
use notices::stand_in::{Heard, Known, stand_in};
use notices::{Settings, SmsSettings, WechatSettings};

use store::Statements;

use super::house::{Answer, ORIGIN, Sample, on_both};

/// The stand-in at work, and how it is reached.
async fn standing_in() -> (Settings, Heard) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let gateway = format!("http://{}", listener.local_addr().expect("an address"));
    let sms = SmsSettings {
        gateway: gateway.clone(),
        id: "AKID-stand-in".into(),
        key: "key-stand-in".into(),
        app: "1400000000".into(),
        sign: "厦门政务公开".into(),
        code_template: "1".into(),
        news_template: "2".into(),
    };
    let wechat = WechatSettings {
        gateway,
        app: "wx-stand-in".into(),
        secret: "secret-stand-in".into(),
        template: "t".into(),
    };
    let known = Known { sms: sms.clone(), wechat: (wechat.app.clone(), wechat.secret.clone()) };
    let (router, heard) = stand_in(known);
    tokio::spawn(async move { axum::serve(listener, router).await });
    let settings = Settings {
        origin: Some(ORIGIN.into()),
        sms: Some(sms),
        wechat: Some(wechat),
        ..Settings::default()
    };
    (settings, heard)
}

async fn chosen(sample: &Sample, way: &str, address: &str) -> Answer {
    let fields = [
        ("lingyu", "jiuye"),
        ("fangshi", way),
        ("pinci", "at_once"),
        ("tongyi", "1"),
        ("dizhi", address),
    ];
    let answer = sample.post("/dingyue", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    sample.dispatch().await;
    answer
}

async fn asks(sample: &Sample, way: &str, address: &str) -> String {
    chosen(sample, way, address).await.to().to_owned()
}

/// What goes along to WeChat.
fn state(way_in: &Answer) -> String {
    let state = way_in.to().split("state=").nth(1).and_then(|rest| rest.split('#').next());
    state.expect("a state").to_owned()
}

/// Comes back from WeChat as somebody, in the browser that keeps a cookie, and says yes.
async fn comes_back(sample: &Sample, who: &str, state: &str, cookie: &str) -> Answer {
    let fields = [("code", who), ("state", state)];
    sample.post_with("/dingyue/weixin", &fields, cookie).await
}

#[tokio::test]
async fn a_telephone_is_confirmed_by_the_number_that_was_sent_there() {
    let (settings, heard) = standing_in().await;
    on_both(&settings, async |sample| {
        let path = asks(&sample, "sms", "138 0000 8000").await;
        let asked = heard.all().pop().expect("told");
        assert_eq!(asked["sms"]["PhoneNumberSet"][0], "+8613800008000");
        let code = asked["sms"]["TemplateParamSet"][0].as_str().expect("a number").to_owned();
        let wrong = if code == "000000" { "000001" } else { "000000" };
        let answer = sample.post(&path, &[("yanzhengma", wrong)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        let answer = sample.post(&path, &[("yanzhengma", &code)]).await;
        assert!(answer.text.contains("订阅成功"), "{}", answer.text);
        sample.note("publication", "h1", "关于发放一次性就业补贴有关事项的公告（第二批）").await;
        sample.later(SignedDuration::from_mins(3)).await.dispatch().await;
        let told = heard.all().pop().expect("told");
        assert_eq!(told["sms"]["TemplateId"], "2");
        assert_eq!(told["sms"]["TemplateParamSet"][0], "1");
    })
    .await;
}

#[tokio::test]
async fn nobody_guesses_the_number_and_an_old_one_is_none() {
    let (settings, heard) = standing_in().await;
    on_both(&settings, async |sample| {
        let path = asks(&sample, "sms", "13800008001").await;
        let asked = heard.all().pop().expect("told");
        let code = asked["sms"]["TemplateParamSet"][0].as_str().expect("a number").to_owned();
        let late = sample.later(SignedDuration::from_mins(16)).await;
        let answer = late.post(&path, &[("yanzhengma", &code)]).await;
        assert!(answer.text.contains("已经过期"), "{}", answer.text);
        for _ in 0..5 {
            sample.post(&path, &[("yanzhengma", "no")]).await;
        }
        let answer = sample.post(&path, &[("yanzhengma", &code)]).await;
        assert!(answer.text.contains("试错太多次"), "{}", answer.text);
    })
    .await;
}

#[tokio::test]
async fn a_number_that_takes_nothing_is_not_tried_again() {
    let (settings, _) = standing_in().await;
    on_both(&settings, async |sample| {
        asks(&sample, "sms", "13800009999").await;
        let failed = sample.deliveries("failed").await;
        assert!(
            failed.len() == 1 && failed[0].fault.contains("PhoneNumberInBlacklist"),
            "{failed:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn in_wechat_somebody_is_who_wechat_says_and_is_told_by_a_template() {
    let (settings, heard) = standing_in().await;
    on_both(&settings, async |sample| {
        let way_in = chosen(&sample, "wechat", "").await;
        assert!(
            way_in.to().starts_with(
                "https://open.weixin.qq.com/connect/oauth2/authorize?appid=wx-stand-in"
            )
        );
        let (state, cookie) = (state(&way_in), way_in.cookie());
        let back = format!("/dingyue/weixin?code=o-openid1&state={state}");
        let (status, page) = sample.get_with(&back, &cookie).await;
        assert!(status == StatusCode::OK && page.contains("领域“就业”"), "{page}");
        assert!(!page.contains("订阅成功"), "who was only led there has said nothing yet");
        let wrong = comes_back(&sample, "wrong", &state, &cookie).await;
        assert_eq!(wrong.status, StatusCode::CONFLICT);
        let right = comes_back(&sample, "o-openid1", &state, &cookie).await;
        assert!(right.text.contains("订阅成功"), "{}", right.text);
        sample.note("publication", "i1", "就业补贴办法").await;
        sample.later(SignedDuration::from_mins(3)).await.dispatch().await;
        let told = heard.all().pop().expect("told");
        assert_eq!(told["wechat"]["touser"], "openid1");
        assert_eq!(told["wechat"]["data"]["keyword1"]["value"], "就业补贴办法");
        assert_eq!(told["wechat"]["url"], format!("{ORIGIN}/wenjian/i1"), "the document itself");
        several(&sample, &heard).await;
    })
    .await;
}

/// Several things lead to a page that lists them, and who has lost his link finds it by his WeChat.
async fn several(sample: &Sample, heard: &Heard) {
    for (id, title) in [("i2", "第一场招聘会"), ("i3", "第二场招聘会")] {
        sample.note("publication", id, title).await;
    }
    let later = sample.later(SignedDuration::from_mins(3)).await;
    later.dispatch().await;
    let told = heard.all().pop().expect("told");
    let list = told["wechat"]["url"].as_str().unwrap_or_default().trim_start_matches(ORIGIN);
    let (_, page) = later.get(list).await;
    for words in ["第一场招聘会", "/wenjian/i2", "第二场招聘会", "/wenjian/i3"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let way_in = later.post("/dingyue/lianjie", &[("fangshi", "wechat")]).await;
    let back = format!("/dingyue/weixin?code=o-openid1&state={}", state(&way_in));
    assert_eq!(later.get(&back).await.0, StatusCode::CONFLICT, "in no other browser");
    let (status, _) = later.get_with(&back, &way_in.cookie()).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "to what is kept of him");
}

#[tokio::test]
async fn a_telephone_that_lost_its_link_is_let_in_by_a_number_and_nobody_learns_whether_it_is_known()
 {
    let (settings, heard) = standing_in().await;
    on_both(&settings, async |sample| {
        let path = asks(&sample, "sms", "13800008000").await;
        let code = || {
            let asked = heard.all().pop().expect("told");
            asked["sms"]["TemplateParamSet"][0].as_str().expect("a number").to_owned()
        };
        sample.post(&path, &[("yanzhengma", &code())]).await;
        let later = sample.later(SignedDuration::from_mins(1)).await;
        let mut said = vec![];
        for number in ["13800008000", "13900009000"] {
            let fields = [("fangshi", "sms"), ("dizhi", number)];
            let leads = later.post("/dingyue/lianjie", &fields).await;
            assert_eq!(leads.status, StatusCode::SEE_OTHER, "{}", leads.text);
            later.dispatch().await;
            for _ in 0..6 {
                let wrong = later.post(leads.to(), &[("yanzhengma", "no")]).await;
                said.push(wrong.text.replace(leads.to(), ""));
            }
        }
        said.dedup();
        assert_eq!(said.len(), 1, "the same words, known or not, however often it was tried");
        let later = later.later(SignedDuration::from_mins(1)).await;
        let fields = [("fangshi", "sms"), ("dizhi", "13800008000")];
        let leads = later.post("/dingyue/lianjie", &fields).await;
        later.dispatch().await;
        let led = later.post(leads.to(), &[("yanzhengma", &code())]).await;
        assert!(led.to().starts_with("/dingyue/wode/"), "{} {}", led.status, led.text);
    })
    .await;
}

#[tokio::test]
async fn nobody_takes_over_a_subscription_by_coming_back_from_wechat_for_it() {
    let (settings, heard) = standing_in().await;
    on_both(&settings, async |sample| {
        // The owner's own, confirmed by the number that was sent to him.
        let path = asks(&sample, "sms", "13800008000").await;
        let asked = heard.all().pop().expect("told");
        let code = asked["sms"]["TemplateParamSet"][0].as_str().expect("a number").to_owned();
        assert!(sample.post(&path, &[("yanzhengma", &code)]).await.text.contains("订阅成功"));
        let before = sealed(&sample).await;
        // A stranger types the same number and is led to where it is entered.
        let pass = asks(&sample, "sms", "13800008000").await;
        let pass = pass.rsplit('/').next().unwrap_or_default().to_owned();
        let own = chosen(&sample, "wechat", "").await;
        for (state, cookie) in [
            (pass.as_str(), String::new()),
            (pass.as_str(), own.cookie()),
            (pass.as_str(), format!("__Host-gk_weixin={pass}")),
        ] {
            let answer = comes_back(&sample, "o-stranger", state, &cookie).await;
            assert_eq!(answer.status, StatusCode::CONFLICT, "{}", answer.text);
        }
        assert_eq!(sealed(&sample).await, before, "the telephone is still the owner's");
    })
    .await;
}

async fn sealed(sample: &Sample) -> Vec<String> {
    #[derive(store::FromQueryResult)]
    struct Row {
        sealed: String,
    }
    let sql = "SELECT sealed FROM notice_subscriber WHERE way = 'sms' ORDER BY id";
    let rows: Vec<Row> = sample.house.store().all(sql, vec![]).await.expect("asks");
    rows.into_iter().map(|row| row.sealed).collect()
}

#[tokio::test]
async fn who_comes_back_from_wechat_is_taken_once_and_in_the_browser_that_was_sent_there() {
    let (settings, _) = standing_in().await;
    on_both(&settings, async |sample| {
        let way_in = chosen(&sample, "wechat", "").await;
        let (state, cookie) = (state(&way_in), way_in.cookie());
        let strange = comes_back(&sample, "o-victim", &state, "").await;
        assert_eq!(strange.status, StatusCode::CONFLICT, "a link that somebody was sent");
        let own = comes_back(&sample, "o-own", &state, &cookie).await;
        assert!(own.text.contains("订阅成功"), "{}", own.text);
        let again = comes_back(&sample, "o-other", &state, &cookie).await;
        assert_eq!(again.status, StatusCode::CONFLICT, "once");
        // He who comes again in another way is the same, and what he chose is added.
        let way_in = chosen(&sample, "wechat", "").await;
        let own = comes_back(&sample, "o-own", &self::state(&way_in), &way_in.cookie()).await;
        assert!(own.text.contains("订阅成功"), "{}", own.text);
        assert_eq!(sample.count("notice_subscriber").await, 1);
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_the_operators_account_is_nobodys_bounce() {
    let (settings, _) = standing_in().await;
    let rotated = SmsSettings { key: "rotated".into(), ..settings.sms.clone().expect("set") };
    let settings = Settings { sms: Some(rotated), ..settings };
    on_both(&settings, async |sample| {
        asks(&sample, "sms", "13800008000").await;
        let mut later = sample;
        for _ in 0..10 {
            later = later.later(SignedDuration::from_hours(1)).await;
            later.dispatch().await;
        }
        let waiting = later.deliveries("waiting").await;
        assert!(waiting.len() == 1 && waiting[0].attempts == 0, "{waiting:?}");
        assert!(waiting[0].fault.contains("AuthFailure"), "{waiting:?}");
        let sql = "SELECT COUNT(*) FROM notice_subscriber WHERE bounces > 0";
        assert_eq!(later.house.store().number(sql, vec![]).await.expect("counts"), Some(0));
        let stale = later.later(SignedDuration::from_hours(15 * 24)).await;
        stale.dispatch().await;
        assert_eq!(stale.deliveries("failed").await.len(), 1, "then it waits for a person");
    })
    .await;
}
