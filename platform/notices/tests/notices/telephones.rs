//! By telephone and in WeChat, with the stand-in that was built from their documents.

use axum::http::StatusCode;
use jiff::SignedDuration;
use notices::stand_in::{Heard, Known, stand_in};
use notices::{Settings, SmsSettings, WechatSettings};

use super::house::{ORIGIN, Sample, on_both};

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

async fn asks(sample: &Sample, way: &str, address: &str) -> String {
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
    answer.to().to_owned()
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
        let way_in = asks(&sample, "wechat", "").await;
        assert!(
            way_in.starts_with(
                "https://open.weixin.qq.com/connect/oauth2/authorize?appid=wx-stand-in"
            )
        );
        let state = way_in.split("state=").nth(1).and_then(|rest| rest.split('#').next());
        let state = state.expect("a state").to_owned();
        let back = |code: &str| format!("/dingyue/weixin?code={code}&state={state}");
        assert_eq!(sample.get(&back("wrong")).await.0, StatusCode::CONFLICT);
        let (status, page) = sample.get(&back("o-openid1")).await;
        assert!(status == StatusCode::OK && page.contains("订阅成功"), "{page}");
        sample.note("publication", "i1", "就业补贴办法").await;
        sample.later(SignedDuration::from_mins(3)).await.dispatch().await;
        let told = heard.all().pop().expect("told");
        assert_eq!(told["wechat"]["touser"], "openid1");
        assert_eq!(told["wechat"]["data"]["keyword1"]["value"], "就业补贴办法");
        let onward = told["wechat"]["url"].as_str().unwrap_or_default();
        assert!(onward.starts_with(&format!("{ORIGIN}/dingyue/wode/")), "{onward}");
    })
    .await;
}
