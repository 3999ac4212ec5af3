//! What stands at the other end: a real mail server, and a program that takes what it is told.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use notices::MailSettings;
use store::testing::Folder;

/// A Python with aiosmtpd.
fn python() -> Option<PathBuf> {
    let own = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join(".venv/bin/python");
    [own, PathBuf::from("python3")].into_iter().find(|python| {
        let asked = Command::new(python).args(["-c", "import aiosmtpd"]).output();
        asked.is_ok_and(|done| done.status.success())
    })
}

/// A mail server that writes down what it takes; gone with this value.
pub struct MailServer {
    child: Child,
    folder: Folder,
    port: u16,
    authority: Option<PathBuf>,
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

impl MailServer {
    /// Starts one; `None`, said aloud, where there is no Python for it.
    pub fn start(encrypted: bool) -> Option<Self> {
        let Some(python) = python() else {
            store::testing::skipped("没有带 aiosmtpd 的 Python，没有对着真的邮件服务器试");
            return None;
        };
        let folder = Folder::new("notices-mail");
        std::fs::create_dir_all(folder.path()).expect("a folder");
        let mut command = Command::new(python);
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/notices/mail_server.py");
        command.arg("-B").arg(script).arg(folder.path());
        let authority = encrypted.then(|| certificate(folder.path()));
        if let Some((certificate, key)) = &authority {
            command.arg(certificate).arg(key);
        }
        let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut child = child.expect("starts");
        let mut line = String::new();
        let told = child.stdout.take().expect("says its port");
        BufReader::new(told).read_line(&mut line).expect("says its port");
        let port = line.trim().parse().expect("a port");
        let authority = authority.map(|(certificate, _)| certificate);
        Some(Self { child, folder, port, authority })
    }

    /// How it is reached.
    pub fn settings(&self) -> MailSettings {
        let scheme = if self.authority.is_some() { "smtp" } else { "smtp+plain" };
        MailSettings {
            server: format!("{scheme}://127.0.0.1:{}", self.port),
            from: "政务公开 <gongkai@example.gov.cn>".into(),
            authority: self.authority.clone(),
            ..MailSettings::default()
        }
    }

    /// From now on it takes what it put off.
    pub fn wake(&self) {
        std::fs::write(self.folder.path().join("awake"), "").expect("a file");
    }

    /// Every letter so far, oldest first: head and text, the text as one reads it.
    pub fn letters(&self) -> Vec<(String, String)> {
        let mut names: Vec<PathBuf> = std::fs::read_dir(self.folder.path())
            .expect("a folder")
            .map(|entry| entry.expect("an entry").path())
            .filter(|path| path.extension().is_some_and(|ending| ending == "eml"))
            .collect();
        names.sort();
        let read = |path: &PathBuf| {
            let text = std::fs::read_to_string(path).expect("text").replace("\r\n", "\n");
            let (head, body) = text.split_once("\n\n").expect("a head");
            (head.replace("\n ", " "), decoded(head, body))
        };
        names.iter().map(read).collect()
    }
}

/// A text as it was before it was encoded for the way.
fn decoded(head: &str, body: &str) -> String {
    let head = head.to_ascii_lowercase();
    if head.contains("content-transfer-encoding: base64") {
        use base64::Engine;
        let whole: String = body.split_whitespace().collect();
        let bytes = base64::engine::general_purpose::STANDARD.decode(whole).expect("base64");
        return String::from_utf8(bytes).expect("text").replace("\r\n", "\n");
    }
    if head.contains("content-transfer-encoding: quoted-printable") {
        let joined = body.replace("=\n", "");
        let mut bytes = Vec::new();
        let mut rest = joined.bytes();
        while let Some(byte) = rest.next() {
            match byte {
                b'=' => {
                    let pair = [rest.next().unwrap_or(b'0'), rest.next().unwrap_or(b'0')];
                    let text = std::str::from_utf8(&pair).expect("two digits");
                    bytes.push(u8::from_str_radix(text, 16).expect("two digits"));
                }
                other => bytes.push(other),
            }
        }
        return String::from_utf8(bytes).expect("text");
    }
    body.to_owned()
}

/// A certificate of its own authority for 127.0.0.1, and its key.
fn certificate(folder: &Path) -> (PathBuf, PathBuf) {
    let (certificate, key) = (folder.join("cert.pem"), folder.join("key.pem"));
    let done = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=mail"])
        .args(["-addext", "subjectAltName=IP:127.0.0.1"])
        .args(["-addext", "basicConstraints=critical,CA:FALSE"])
        .arg("-keyout")
        .arg(&key)
        .arg("-out")
        .arg(&certificate)
        .output()
        .expect("openssl");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    (certificate, key)
}

/// What a program was told: the headers and the body.
pub type Told = (HeaderMap, String);

/// A program that takes what it is told.
#[derive(Clone, Default)]
pub struct Program {
    told: Arc<Mutex<Vec<Told>>>,
    /// What it answers, as long as it is not asked whether the address is its own.
    status: Arc<Mutex<u16>>,
}

impl Program {
    /// Starts one; answers where it listens.
    pub async fn start() -> (Self, String) {
        let program = Self::default();
        program.answer(200);
        let router = Router::new().route("/hook", post(hear)).with_state(program.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        tokio::spawn(async move { axum::serve(listener, router).await });
        (program, format!("http://{address}/hook"))
    }

    /// From now on it answers so.
    pub fn answer(&self, status: u16) {
        *self.status.lock().unwrap_or_else(PoisonError::into_inner) = status;
    }

    /// What it was told so far.
    pub fn told(&self) -> Vec<Told> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

async fn hear(
    State(program): State<Program>,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, String) {
    let text = String::from_utf8_lossy(&body).into_owned();
    let asked: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    program.told.lock().unwrap_or_else(PoisonError::into_inner).push((headers, text));
    let status = *program.status.lock().unwrap_or_else(PoisonError::into_inner);
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    (status, serde_json::json!({ "challenge": asked["challenge"] }).to_string())
}
