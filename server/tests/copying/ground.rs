//! A data folder with one organ and its site, and the program over it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

/// A folder of its own for one test, gone afterwards.
pub struct Ground(pub PathBuf);

impl Ground {
    pub fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("gongkai-{name}-{}", std::process::id()));
        fs::remove_dir_all(&path).ok();
        fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    /// The same with a city, its government, a site, and so many documents.
    pub fn furnished(self, documents: usize) -> Self {
        let divisions = self.file("d.csv", "code,name,level\n350200000000,厦门市,city\n");
        let organs = self.file(
            "o.csv",
            "code,name,kind,level,division\nXM00001,厦门市人民政府,government,city,350200000000\n",
        );
        self.does(&["organ", "import", "--divisions", &divisions, "--organs", &organs]);
        self.does(&["site", "open", "--domain", "www.x.gov.cn", "--id-code", "3502000001"]);
        self.publish("旧文件", documents);
        self
    }

    /// Publishes documents, as an operator takes them in.
    pub fn publish(&self, name: &str, count: usize) {
        let one = |at: usize| {
            format!(
                "---\n标题：{name}第{at}件\n发布机构：XM00001\n成文日期：2026-11-02\n\
                 原发布日期：2026-11-03\n原发布日期来源：市政府公报\n主题分类：综合政务/政务公开\n\
                 体裁：通知\n公开属性：主动公开\n---\n\n{name}正文{at}。\n"
            )
        };
        let text = (0..count).map(one).collect::<Vec<_>>().join("=====\n");
        let file = self.file("manuscripts.md", &text);
        self.does(&["record", "import", &file]);
    }

    pub fn file(&self, name: &str, text: &str) -> String {
        let path = self.0.join(name);
        fs::write(&path, text).expect("a file");
        path.to_string_lossy().into_owned()
    }

    pub fn data(&self) -> PathBuf {
        self.0.join("data")
    }

    /// Where the copy is written.
    pub fn copy(&self) -> PathBuf {
        self.0.join("copy")
    }

    /// Brings the copy up to date.
    pub fn export(&self) -> String {
        self.does(&["site", "export", &self.copy().to_string_lossy()])
    }

    /// Runs a command that must go well; answers what it says.
    pub fn does(&self, words: &[&str]) -> String {
        let output = program(words, &self.data()).output().expect("the program runs");
        assert!(output.status.success(), "{words:?}: {}", said(&output));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }
}

impl Drop for Ground {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

pub fn program(words: &[&str], data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gongkai"));
    command.args(words).arg("--data").arg(data).stdin(Stdio::null());
    command.env_remove("GONGKAI_DATABASE");
    command
}

/// All that a command said.
pub fn said(output: &Output) -> String {
    let all = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    String::from_utf8_lossy(&all).into_owned()
}

/// A process that says its address and is killed when nobody needs it any more.
pub struct Server {
    child: Child,
    log: PathBuf,
}

impl Server {
    pub fn start(ground: &Ground, words: &[&str]) -> Self {
        let log = ground.0.join("server.log");
        let out = fs::File::create(&log).expect("a file");
        let both = out.try_clone().expect("a file");
        let child = program(words, &ground.data()).stdout(out).stderr(both).spawn();
        Self { child: child.expect("the program runs"), log }
    }

    fn said(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Waits until it says where it listens; answers host and port.
    pub fn address(&mut self) -> String {
        let began = Instant::now();
        loop {
            let said = self.said();
            let found = said.split("http://").nth(1).and_then(|rest| rest.lines().next());
            if let Some(address) = found.filter(|_| said.ends_with('\n')) {
                return address.trim().to_owned();
            }
            let ended = self.child.try_wait().expect("asks");
            assert!(ended.is_none() && began.elapsed() < Duration::from_secs(900), "{said}");
            std::thread::sleep(Duration::from_millis(50));
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

/// Every file that a web server would give out of a folder, by its name there.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut ahead = vec![folder.to_owned()];
    while let Some(at) = ahead.pop() {
        for entry in fs::read_dir(&at).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                if entry.file_name() != ".gongkai" {
                    ahead.push(path);
                }
                continue;
            }
            let name = path.strip_prefix(folder).expect("inside").to_string_lossy().into_owned();
            found.insert(name, fs::read(&path).expect("reads"));
        }
    }
    found
}

/// Files that are neither as they were before nor as they are afterwards.
pub fn neither<'a>(
    now: &'a BTreeMap<String, Vec<u8>>,
    before: &BTreeMap<String, Vec<u8>>,
    after: &BTreeMap<String, Vec<u8>>,
) -> Vec<&'a String> {
    let known =
        |name: &String, bytes| before.get(name) == Some(bytes) || after.get(name) == Some(bytes);
    now.iter().filter(|(name, bytes)| !known(name, bytes)).map(|(name, _)| name).collect()
}
