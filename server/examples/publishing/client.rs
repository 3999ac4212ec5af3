//! The program as a process, and a publisher who is signed in there.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use anyhow::{Context, bail, ensure};
use identity::{Role, factor};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::beside::Whereabouts;
use crate::units::ORGAN;

/// Published for every invented person of the demo city.
const PASSWORD: &str = "Yanshi-Xiamen-2026";
const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

/// The program, killed when nobody needs it any more.
pub struct Program {
    child: Child,
    address: String,
}

impl Program {
    /// Starts it over the demo city, which it loads where there is none.
    pub fn start(place: &Whereabouts) -> anyhow::Result<Self> {
        let mut command = Command::new(crate::program_beside()?);
        command.args(["demo", "--listen", "127.0.0.1:0", "--data"]).arg(&place.data);
        match &place.postgres {
            Some(url) => command.arg("--database").arg(url),
            None => command.env_remove("GONGKAI_DATABASE"),
        };
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let out = child.stdout.take().context("its words")?;
        let mut program = Self { child, address: String::new() };
        let mut lines = BufReader::new(out).lines().map_while(Result::ok);
        let said = lines.find_map(|line| line.split("http://").nth(1).map(str::to_owned));
        said.context("it does not start")?.trim().clone_into(&mut program.address);
        // Nobody else may fill the pipe.
        std::thread::spawn(move || lines.for_each(drop));
        Ok(program)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// A publisher at the workbench, who is a visitor of the portal too.
#[derive(Clone)]
pub struct Publisher {
    address: Arc<str>,
    cookie: Arc<str>,
    mark: Arc<str>,
}

struct Answer {
    status: u16,
    cookie: Option<String>,
    text: String,
}

impl Publisher {
    /// Signs in through the real pages and takes the publisher's post.
    pub fn sign_in(program: &Program) -> anyhow::Result<Self> {
        tokio::task::block_in_place(|| {
            tokio::runtime::Handle::current().block_on(Self::signed_in(&program.address))
        })
    }

    async fn signed_in(address: &str) -> anyhow::Result<Self> {
        let login = format!("{}.e", ORGAN.to_lowercase());
        let mut own = Self { address: address.into(), cookie: "".into(), mark: "".into() };
        let body = format!("login={login}&password={PASSWORD}&next=");
        own.step("/gongzuo/denglu", &body).await?;
        let asked = own.go("GET", "/gongzuo/denglu/yanzheng", "").await?;
        let mark = value(&asked.text, "_mark");
        let code = factor::code_at(SECRET, ledger::Clock::Wall.now()).context("a code")?;
        own.step("/gongzuo/denglu/yanzheng", &format!("_mark={mark}&code={code}&next=")).await?;
        let posts = own.go("GET", "/gongzuo/shenfen", "").await?.text;
        let named = format!(">{}</b>", Role::Publisher.name());
        let form = posts.split("<form").find(|form| form.contains(&named));
        let form = form.context("the publisher has a post")?;
        let body = format!("_mark={}&post={}&next=", value(form, "_mark"), value(form, "post"));
        own.step("/gongzuo/shenfen", &body).await?;
        let text = own.go("GET", "/gongzuo/shenfen", "").await?.text;
        own.mark = value(&text, "_mark").into();
        ensure!(!own.mark.is_empty(), "the publisher's forms have a mark");
        Ok(own)
    }

    /// One form on the way in; keeps whatever cookie is set.
    async fn step(&mut self, path: &str, body: &str) -> anyhow::Result<()> {
        let answer = self.go("POST", path, body).await?;
        ensure!(answer.status == 303, "{path}: {}", answer.status);
        if let Some(cookie) = answer.cookie {
            self.cookie = cookie.into();
        }
        Ok(())
    }

    /// 发布: releases a unit.
    pub async fn release(&self, unit: &str) -> anyhow::Result<()> {
        let body = format!("_mark={}", self.mark);
        let answer = self.go("POST", &format!("/gongzuo/shencha/{unit}/fabu"), &body).await?;
        ensure!(answer.status == 303, "{unit}: {} {}", answer.status, answer.text);
        Ok(())
    }

    /// Whether a page of the portal is there and has these words.
    pub async fn shows(&self, path: &str, words: &str) -> anyhow::Result<bool> {
        let answer = self.visit(path).await?;
        Ok(answer.status == 200 && answer.text.contains(words))
    }

    async fn visit(&self, path: &str) -> anyhow::Result<Answer> {
        exchange(&self.address, &format!("GET {path} HTTP/1.1\r\n"), "").await
    }

    async fn go(&self, method: &str, path: &str, body: &str) -> anyhow::Result<Answer> {
        let head = format!(
            "{method} {path} HTTP/1.1\r\nCookie: {}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\n",
            self.cookie
        );
        exchange(&self.address, &head, body).await
    }
}

async fn exchange(address: &str, head: &str, body: &str) -> anyhow::Result<Answer> {
    let mut stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let length = body.len();
    let asked = format!(
        "{head}Host: {address}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    );
    stream.write_all(asked.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    let answer = String::from_utf8_lossy(&answer);
    let Some((head, text)) = answer.split_once("\r\n\r\n") else { bail!("no answer") };
    let status = head.split(' ').nth(1).and_then(|word| word.parse().ok()).context("a status")?;
    let set = head.lines().find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        name.eq_ignore_ascii_case("set-cookie").then(|| value.split(';').next())?
    });
    Ok(Answer { status, cookie: set.map(str::to_owned), text: text.to_owned() })
}

/// What a hidden field of a form holds.
fn value(text: &str, name: &str) -> String {
    let after = text.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_default();
    after.split('"').next().unwrap_or_default().to_owned()
}

/// Words as they may stand in a query.
pub fn encoded(words: &str) -> String {
    words.bytes().fold(String::new(), |mut text, byte| {
        // Writing to a String does not fail.
        let _ = write!(text, "%{byte:02X}");
        text
    })
}
