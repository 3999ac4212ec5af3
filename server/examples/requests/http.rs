//! Somebody with a browser that keeps its cookies.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::net::Ipv4Addr;

use anyhow::{Context, bail};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpSocket;

/// A browser.
#[derive(Clone)]
pub struct Browser {
    address: String,
    from: Ipv4Addr,
    cookies: BTreeMap<String, String>,
}

/// What came back.
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Where it leads; empty where nowhere.
    pub to: String,
    /// The body.
    pub text: String,
}

impl Browser {
    /// One without cookies.
    pub fn of(address: &str) -> Self {
        Self::from(address, 0)
    }

    /// One of many without cookies, each at home at a loopback address of its own: what the program
    /// bounds for one address must not bound all.
    pub fn from(address: &str, which: u16) -> Self {
        let [high, low] = which.to_be_bytes();
        Self {
            address: address.to_owned(),
            from: [127, high, low, 1].into(),
            cookies: BTreeMap::new(),
        }
    }

    /// Asks for a page.
    pub async fn get(&mut self, path: &str) -> anyhow::Result<Answer> {
        self.ask("GET", path, "", b"").await
    }

    /// Sends a form.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> anyhow::Result<Answer> {
        let pairs: Vec<String> =
            fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        let kind = "application/x-www-form-urlencoded";
        self.ask("POST", path, kind, pairs.join("&").as_bytes()).await
    }

    /// Sends a form of several parts.
    pub async fn upload(&mut self, path: &str, body: &[u8]) -> anyhow::Result<Answer> {
        self.ask("POST", path, "multipart/form-data; boundary=b1", body).await
    }

    async fn ask(
        &mut self,
        method: &str,
        path: &str,
        kind: &str,
        body: &[u8],
    ) -> anyhow::Result<Answer> {
        let socket = TcpSocket::new_v4()?;
        socket.bind((self.from, 0).into())?;
        let mut stream = socket.connect(self.address.parse()?).await?;
        stream.set_nodelay(true)?;
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let host = &self.address;
        let mut head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {}\r\nConnection: close\r\n",
            cookies.join("; ")
        );
        if !kind.is_empty() {
            let length = body.len();
            write!(
                head,
                "Origin: http://{host}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n"
            )?;
        }
        stream.write_all(format!("{head}\r\n").as_bytes()).await?;
        stream.write_all(body).await?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await?;
        let answer = String::from_utf8_lossy(&answer);
        let Some((head, text)) = answer.split_once("\r\n\r\n") else { bail!("no answer") };
        self.keep_cookies(head);
        let status = head.split(' ').nth(1).and_then(|word| word.parse().ok());
        let to = header(head, "location").next().unwrap_or_default().to_owned();
        Ok(Answer { status: status.context("a status")?, to, text: text.to_owned() })
    }

    fn keep_cookies(&mut self, head: &str) {
        for set in header(head, "set-cookie") {
            let pair = set.split(';').next().and_then(|pair| pair.split_once('='));
            let Some((name, value)) = pair else { continue };
            if set.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

fn header<'a>(head: &'a str, name: &'static str) -> impl Iterator<Item = &'a str> {
    let lines = head.lines().filter_map(|line| line.split_once(": "));
    lines.filter(move |(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

/// What a hidden field of a form holds.
pub fn value(text: &str, name: &str) -> String {
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
