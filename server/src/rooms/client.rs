//! A browser for tests: it keeps its cookie and fills in forms.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, HeaderName, Method, Request, StatusCode, header};
use identity::{Role, factor};
use tower::ServiceExt;
use web::DemoPerson;

/// What came back.
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// Where one is led.
    pub to: String,
    /// What is said about keeping it.
    pub kept: String,
    /// What it says.
    pub text: String,
}

/// A browser.
pub struct Client {
    portal: Router,
    /// The clock by which codes are shown.
    clock: ledger::Clock,
    /// The cookie, name and value.
    pub cookie: Option<String>,
}

impl Client {
    /// One that has not signed in.
    pub fn of(portal: Router) -> Self {
        Self { portal, clock: ledger::Clock::Wall, cookie: None }
    }

    /// The same by the clock of its house.
    pub fn by(self, clock: ledger::Clock) -> Self {
        Self { clock, ..self }
    }

    /// Asks, and keeps whatever cookie is set.
    pub async fn go(&mut self, method: &Method, path: &str, body: &str) -> Answer {
        let (answer, headers) = self.put(method, path, body, &[]).await;
        if let Some(set) = headers.get(header::SET_COOKIE).and_then(|set| set.to_str().ok()) {
            assert!(set.contains("; Path=/; Secure; HttpOnly; SameSite=Lax"), "{set}");
            self.cookie = set.split(';').next().map(str::to_owned);
        }
        answer
    }

    /// Asks.
    pub async fn ask(&self, method: &Method, path: &str, body: &str) -> Answer {
        self.put(method, path, body, &[]).await.0
    }

    /// Asks with more headers.
    pub async fn ask_with(
        &self,
        method: &Method,
        path: &str,
        body: &str,
        headers: &[(&str, &str)],
    ) -> Answer {
        self.put(method, path, body, headers).await.0
    }

    /// Asks with more headers; what comes back with all its headers.
    pub async fn whole(
        &self,
        method: &Method,
        path: &str,
        body: &str,
        headers: &[(&str, &str)],
    ) -> (Answer, HeaderMap) {
        self.put(method, path, body, headers).await
    }

    async fn put(
        &self,
        method: &Method,
        path: &str,
        body: &str,
        headers: &[(&str, &str)],
    ) -> (Answer, HeaderMap) {
        let request = Request::builder().method(method.clone()).uri(path);
        let request = request.header(header::HOST, "127.0.0.1:8080");
        let kind = headers.iter().any(|(name, _)| *name == "content-type");
        let request = match kind {
            true => request,
            false => request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded"),
        };
        let request =
            headers.iter().fold(request, |asked, (name, value)| asked.header(*name, *value));
        let request = match &self.cookie {
            Some(cookie) => request.header(header::COOKIE, cookie),
            None => request,
        };
        let request = request.body(Body::from(body.to_owned())).expect("an address");
        let answer = self.portal.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = answer.into_parts();
        let bytes = to_bytes(body, 64 << 20).await.expect("a body");
        let said = |name: HeaderName| {
            let value = parts.headers.get(name).and_then(|value| value.to_str().ok());
            value.unwrap_or_default().to_owned()
        };
        let answer = Answer {
            status: parts.status,
            to: said(header::LOCATION),
            kept: said(header::CACHE_CONTROL),
            text: String::from_utf8_lossy(&bytes).into_owned(),
        };
        (answer, parts.headers)
    }

    /// The mark of the forms on a page.
    pub async fn mark(&self, path: &str) -> String {
        let text = self.ask(&Method::GET, path, "").await.text;
        let after = text.split("name=\"_mark\" value=\"").nth(1).unwrap_or_default();
        after.split('"').next().unwrap_or_default().to_owned()
    }

    /// Signs in through the real pages and takes the post with this role.
    pub async fn sign_in_as(&mut self, person: &DemoPerson, role: Role) {
        self.sign_in(person).await;
        self.take(person, role).await;
    }

    /// Signs in through the real pages: password, then code. A code works once.
    pub async fn sign_in(&mut self, person: &DemoPerson) {
        let body = format!("login={}&password={}&next=", person.login, person.password);
        let answer = self.go(&Method::POST, "/gongzuo/denglu", &body).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}: {}", person.login, answer.text);
        let first = self.cookie.clone();
        let mark = self.mark("/gongzuo/denglu/yanzheng").await;
        let now = self.clock.now();
        let code = factor::code_at(&person.secret, now).expect("a code");
        let body = format!("_mark={mark}&code={code}&next=");
        let answer = self.go(&Method::POST, "/gongzuo/denglu/yanzheng", &body).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}: {}", person.login, answer.text);
        assert_ne!(first, self.cookie, "the cookie is another after the second factor");
    }

    /// Takes the post with this role, under another cookie.
    pub async fn take(&mut self, person: &DemoPerson, role: Role) {
        let text = self.ask(&Method::GET, "/gongzuo/shenfen", "").await.text;
        let form = text.split("<form").find(|form| form.contains(&format!(">{}</b>", role.name())));
        let form = form.unwrap_or_else(|| panic!("{} has no post as {role}: {text}", person.login));
        let value = |name: &str| {
            let after = form.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_default();
            after.split('"').next().unwrap_or_default().to_owned()
        };
        let body = format!("_mark={}&post={}&next=", value("_mark"), value("post"));
        let answer = self.go(&Method::POST, "/gongzuo/shenfen", &body).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}: {}", person.login, answer.text);
    }
}
