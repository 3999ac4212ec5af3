//! 统一身份认证 against a real provider of OpenID Connect, started here.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use identity::factor;

/// A program that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

/// Starts a program and waits for the line that names an address.
fn started(command: &mut Command) -> (Running, String) {
    let mut child =
        command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the program runs");
    let said = BufReader::new(child.stdout.take().expect("its words")).lines();
    let line = said.map_while(Result::ok).find(|line| line.contains("http://"));
    let line = line.expect("it says where it listens");
    let at = line.find("http://").expect("an address");
    (Running(child), line[at..].trim().to_owned())
}

/// What came back.
#[derive(Debug)]
struct Answer {
    status: u16,
    to: Option<String>,
    text: String,
}

/// A browser with cookies for each host and port.
#[derive(Default)]
struct Browser(BTreeMap<String, BTreeMap<String, String>>);

impl Browser {
    fn ask(&mut self, method: &str, address: &str, body: &str) -> Answer {
        let rest = address.strip_prefix("http://").expect("plain http on this machine");
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let own = self.0.entry(host.to_owned()).or_default();
        let cookies: Vec<_> = own.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut stream = TcpStream::connect(host).expect("it answers");
        let request = format!(
            "{method} /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nCookie: {}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            cookies.join("; "),
            body.len()
        );
        stream.write_all(request.as_bytes()).expect("it listens");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("an answer");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, text) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let mut to = None;
        for line in head.lines() {
            let Some((name, value)) = line.split_once(": ") else { continue };
            match name.to_ascii_lowercase().as_str() {
                "location" => to = Some(absolute(value, host)),
                "set-cookie" => {
                    let pair = value.split(';').next().unwrap_or_default();
                    let (name, value) = pair.split_once('=').expect("name and value");
                    own.insert(name.to_owned(), value.to_owned());
                }
                _ => {}
            }
        }
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok());
        Answer { status: status.expect("a status"), to, text: text.to_owned() }
    }

    /// Follows where it is led, until there is a page.
    fn follow(&mut self, mut answer: Answer) -> (String, Answer) {
        let mut at = String::new();
        for _ in 0..12 {
            let Some(to) = answer.to.clone() else { return (at, answer) };
            answer = self.ask("GET", &to, "");
            at = to;
        }
        panic!("led in a circle: {at}");
    }

    /// Goes through the provider's pages under a name, back to where it sends.
    fn through_provider(&mut self, start: &str, name: &str) -> (String, Answer) {
        let answer = self.ask("GET", start, "");
        let (mut at, mut page) = self.follow(answer);
        for _ in 0..3 {
            let Some(action) = between(&page.text, "action=\"", "\"") else { break };
            let host = at.strip_prefix("http://").and_then(|rest| rest.split('/').next());
            let to = absolute(&action, host.expect("a host"));
            let body = match page.text.contains("value=\"login\"") {
                true => format!("prompt=login&login={name}&password=x"),
                false => "prompt=consent".to_owned(),
            };
            if !to.contains("/interaction/") {
                break;
            }
            let answer = self.ask("POST", &to, &body);
            (at, page) = self.follow(answer);
        }
        (at, page)
    }
}

fn absolute(to: &str, host: &str) -> String {
    if to.starts_with("http://") { to.to_owned() } else { format!("http://{host}{to}") }
}

fn between(text: &str, before: &str, after: &str) -> Option<String> {
    let rest = text.split(before).nth(1)?;
    rest.split(after).next().map(str::to_owned)
}

fn mark(text: &str) -> String {
    between(text, "name=\"_mark\" value=\"", "\"").expect("a mark")
}

#[test]
fn a_provider_vouches_for_a_linked_account_and_the_second_factor_is_asked_for_all_the_same() {
    let journeys = Path::new(env!("CARGO_MANIFEST_DIR")).join("../journeys");
    if !journeys.join("node_modules/oidc-provider/package.json").exists() {
        store::testing::skipped(
            "没有 journeys/node_modules 里的 oidc-provider, 没有验证统一身份认证",
        );
        return;
    }
    let free = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("its number");
    let home = format!("http://{free}");
    let back = format!("{home}/gongzuo/denglu/danyi/huilai");
    let mut node = Command::new("node");
    let (_provider, issuer) =
        started(node.current_dir(&journeys).arg("provider/provider.mjs").arg(&back));
    let data = Folder(std::env::temp_dir().join(format!("gongkai-sso-{}", std::process::id())));
    let mut gongkai = Command::new(env!("CARGO_BIN_EXE_gongkai"));
    gongkai.args(["demo", "--listen", &free.to_string(), "--data"]).arg(&data.0);
    gongkai.args(["--sso-issuer", &issuer, "--sso-client", "gongkai"]);
    gongkai.env("GONGKAI_SSO_SECRET", "a-secret-of-the-test-only").env("GONGKAI_SSO_BACK", &back);
    let (_gongkai, _) = started(&mut gongkai);
    let start = format!("{home}/gongzuo/denglu/danyi");

    // Nobody's account: the provider's word alone opens nothing.
    let mut stranger = Browser::default();
    let (_, page) = stranger.through_provider(&start, "lin");
    assert!(page.text.contains("还没有绑定账号"), "{page:?}");

    // Signed in with password and code, one links the account.
    let mut clerk = Browser::default();
    let login = format!("{home}/gongzuo/denglu");
    let body = "login=xm01010.a&password=Yanshi-Xiamen-2026&next=";
    let answer = clerk.ask("POST", &login, body);
    let (at, page) = clerk.follow(answer);
    assert!(at.contains("/yanzheng"), "{at}");
    let now = ledger::Clock::Wall.now();
    let code = factor::code_at("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", now).expect("a code");
    let body = format!("_mark={}&code={code}&next=", mark(&page.text));
    let answer = clerk.ask("POST", &format!("{home}/gongzuo/denglu/yanzheng"), &body);
    let (at, _) = clerk.follow(answer);
    assert!(at.contains("/shenfen"), "{at}");
    let (at, page) = clerk.through_provider(&start, "lin");
    assert!(at.ends_with("/gongzuo/zhanghao") && page.status == 200, "{at} {page:?}");

    // From then on the provider vouches for it; the second factor is asked for.
    let mut anew = Browser::default();
    let (at, page) = anew.through_provider(&start, "lin");
    assert!(at.ends_with("/gongzuo/denglu/yanzheng"), "{at} {page:?}");
    let closed = anew.ask("GET", &format!("{home}/gongzuo"), "");
    assert!(closed.to.is_some_and(|to| to.contains("/yanzheng")), "the workbench stays closed");

    what_was_not_begun_here_is_refused(&start, &back);
}

/// What was not begun in this browser, was changed, or names no code of the provider.
fn what_was_not_begun_here_is_refused(start: &str, back: &str) {
    let mut other = Browser::default();
    let answer = other.ask("GET", start, "");
    let to = answer.to.expect("off to the provider");
    let state = between(&to, "state=", "&").expect("a state");
    assert!(to.contains("code_challenge_method=S256") && to.contains("nonce="), "{to}");
    for (state, why) in [("0123", "another state"), (state.as_str(), "no such code"), ("", "none")]
    {
        let answer = other.ask("GET", &format!("{back}?state={state}&code=made-up"), "");
        assert_eq!(answer.status, 422, "{why}: {answer:?}");
        assert!(answer.text.contains("没有完成"), "{why}");
    }
    let mut nobody = Browser::default();
    let answer = nobody.ask("GET", &format!("{back}?state={state}&code=made-up"), "");
    assert_eq!(answer.status, 422, "nothing was begun in this browser");
}
