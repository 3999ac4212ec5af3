//! What the next visitor at a browser finds of who sat there before.

use axum::http::StatusCode;

use super::{Browser, LIN, main_of};

/// Whoever comes next to a browser in which something was handed in finds nothing of it and begins anew, even
/// where the draft's cookie is still there.
pub(super) async fn begins_anew(one: &mut Browser, stale: &mut Browser) {
    assert!(!one.cookies.contains_key("__Host-gk_shenqing"), "{:?}", one.cookies);
    let pressed = one.clone().post("/shenqing/xin/hedui", &[]).await;
    assert_eq!(pressed.to, "/shenqing/wancheng", "a second press after the first was answered");
    let back = one.get("/shenqing/xin/hedui").await;
    assert_eq!(back.to, "/shenqing/wancheng", "who handed in goes back to the receipt");
    assert_eq!(stale.get("/shenqing/xin/hedui").await.status, StatusCode::NOT_FOUND);
    for browser in [one, stale] {
        let begun = browser.get("/shenqing/xin/shenqingren").await;
        assert_eq!(begun.status, StatusCode::OK, "{}", begun.to);
        assert!(!begun.text.contains(LIN.name), "{}", main_of(&begun.text));
        browser.fill_in(&LIN).await;
        assert!(browser.get("/shenqing/xin/hedui").await.text.contains(LIN.description));
        assert_eq!(browser.get("/shenqing/jindu/likai").await.to, "/shenqing/jindu");
        assert!(browser.cookies.is_empty(), "whoever leaves leaves nothing: {:?}", browser.cookies);
    }
}
