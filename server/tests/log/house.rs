//! A data folder with one organ, and the program over it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

/// A folder of its own for one test, gone afterwards.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("gongkai-{name}-{}", std::process::id()));
        fs::remove_dir_all(&path).ok();
        fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    pub fn file(&self, name: &str, text: &str) -> String {
        let path = self.0.join(name);
        fs::write(&path, text).expect("a file");
        path.to_string_lossy().into_owned()
    }

    pub fn data(&self) -> PathBuf {
        self.0.join("data")
    }

    /// The data folder with a city and its government.
    pub fn furnished(self) -> Self {
        let divisions = self.file("d.csv", "code,name,level\n350200000000,厦门市,city\n");
        let organs = self.file(
            "o.csv",
            "code,name,kind,level,division\nXM00001,厦门市人民政府,government,city,350200000000\n",
        );
        self.does(&["organ", "import", "--divisions", &divisions, "--organs", &organs]);
        self
    }

    pub fn run(&self, words: &[&str]) -> Output {
        program(words, &self.data()).output().expect("the program runs")
    }

    /// Runs a command that must go well; answers what it says.
    pub fn does(&self, words: &[&str]) -> String {
        let output = self.run(words);
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{words:?}: {complaint}");
        String::from_utf8(output.stdout).expect("text")
    }

    /// Runs a command that must be refused; answers its exit code and complaint.
    pub fn refused(&self, words: &[&str]) -> (i32, String) {
        let output = self.run(words);
        let said = [output.stdout, output.stderr].concat();
        (output.status.code().unwrap_or(-1), String::from_utf8_lossy(&said).into_owned())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

pub fn program(words: &[&str], data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gongkai"));
    command.args(words).arg("--data").arg(data).stdin(Stdio::null());
    command
}

/// A process that says its address and is killed when nobody needs it any more.
pub struct Server {
    child: Child,
    log: PathBuf,
}

impl Server {
    pub fn start(folder: &Folder, name: &str, words: &[&str]) -> Self {
        let log = folder.0.join(format!("{name}.log"));
        let out = fs::File::create(&log).expect("a file");
        let mut command = program(words, &folder.data());
        let both = out.try_clone().expect("a file");
        let child = command.stdout(out).stderr(both).spawn().expect("the program runs");
        Self { child, log }
    }

    pub fn said(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Waits until it says where it listens; answers host and port.
    pub fn address(&mut self) -> String {
        let began = Instant::now();
        loop {
            let said = self.said();
            let found = said.split("http://").nth(1).and_then(|rest| rest.lines().next());
            if let Some(address) = found.filter(|_| said.ends_with('\n')) {
                return address.to_owned();
            }
            let ended = self.child.try_wait().expect("asks");
            assert!(ended.is_none() && began.elapsed() < Duration::from_secs(120), "{said}");
            std::thread::sleep(Duration::from_millis(30));
        }
    }

    pub fn kill(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Manuscripts of documents that were published elsewhere before.
pub fn manuscripts(name: &str, count: usize) -> String {
    let one = |at: usize| {
        format!(
            "---\n标题：{name}第{at}件\n发布机构：XM00001\n成文日期：2026-11-02\n\
             原发布日期：2026-11-03\n原发布日期来源：市政府公报\n主题分类：综合政务/政务公开\n\
             体裁：通知\n公开属性：主动公开\n---\n\n{name}正文{at}。\n"
        )
    };
    (0..count).map(one).collect::<Vec<_>>().join("=====\n")
}

/// One HTTP exchange by hand: status, headers, body; status 0 where nobody answers.
pub fn ask(address: &str, method: &str, path: &str, body: &str) -> (u16, String, String) {
    use std::io::{Read, Write};
    let Ok(mut stream) = std::net::TcpStream::connect(address) else {
        return (0, String::new(), String::new());
    };
    let length = body.len();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    );
    let mut answer = Vec::new();
    let exchanged =
        stream.write_all(request.as_bytes()).and_then(|()| stream.read_to_end(&mut answer));
    if exchanged.is_err() && answer.is_empty() {
        return (0, String::new(), String::new());
    }
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    let status = head.split(' ').nth(1).and_then(|word| word.parse().ok()).unwrap_or(0);
    (status, head.to_ascii_lowercase(), body.to_owned())
}
