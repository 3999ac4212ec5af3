//! 演示人员 are listed with their passwords under `gongkai demo` on a loopback address, and nowhere else;
//! signing in itself is the same everywhere.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A running program; it is stopped when dropped.
struct Running {
    child: Child,
    port: u16,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

impl Running {
    fn start(command: &str, listen: &str, data: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_gongkai"))
            .args([command, "--listen", listen, "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program runs");
        let said = BufReader::new(child.stdout.take().expect("its words")).lines();
        let line = said.map_while(Result::ok).find(|line| line.contains("http://"));
        let line = line.expect("it says where it listens");
        let port = line.rsplit(':').next().and_then(|port| port.trim().parse().ok());
        Self { child, port: port.expect("a port") }
    }

    /// Asks and answers the whole of what comes back.
    fn ask(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it answers");
        stream.write_all(request.as_bytes()).expect("it listens");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        answer
    }

    fn get(&self, path: &str, host: &str) -> String {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"))
    }

    fn listed(&self, host: &str, headers: &str) -> String {
        self.ask(&format!(
            "GET /gongzuo/denglu/yanshi?login=xm00023.a HTTP/1.1\r\nHost: {host}\r\n\
             Connection: close\r\n{headers}\r\n"
        ))
    }

    fn sign_in(&self, headers: &str, body: &str) -> String {
        self.ask(&format!(
            "POST /gongzuo/denglu HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{headers}\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        ))
    }
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or_default()
}

/// A data folder that goes when it is dropped.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

/// What the list of the demo publishes.
const PUBLISHED: &str = "login=xm00023.a&password=Yanshi-Xiamen-2026&next=";

#[test]
fn passwords_are_shown_only_by_the_demo_on_this_very_machine() {
    let data = std::env::temp_dir().join(format!("gongkai-login-{}", std::process::id()));
    let data = Folder(data);
    {
        let demo = Running::start("demo", "127.0.0.1:0", &data.0);
        let page = demo.listed("127.0.0.1", "");
        assert_eq!(status(&page), "200", "{page}");
        assert!(page.contains("演示人员") && page.contains("Yanshi-Xiamen-2026"), "{page}");
        assert!(page.contains("这里只列出前 30 个"), "{page}");
        let second = Command::new(env!("CARGO_BIN_EXE_gongkai"))
            .args(["demo", "--listen", "127.0.0.1:0", "--data"])
            .arg(&data.0)
            .output()
            .expect("the program runs");
        let told = String::from_utf8_lossy(&second.stderr);
        assert!(second.status.code() == Some(5) && told.contains("已有一个演示在运行"), "{told}");
        let led = demo.get("/gongzuo", "127.0.0.1");
        assert!(status(&led) == "303" && led.contains("/gongzuo/denglu?next="), "{led}");
        let signed = demo.sign_in("Origin: http://127.0.0.1\r\n", PUBLISHED);
        let cookie = "__Host-gk_gongzuo=";
        assert!(status(&signed) == "303" && signed.contains(cookie), "{signed}");
        assert!(signed.contains("; Path=/; Secure; HttpOnly; SameSite=Lax"), "{signed}");
        // Only the password: the workbench is closed until the second factor is given.
        let value = signed.split(cookie).nth(1).and_then(|rest| rest.split(';').next());
        let half = format!("Cookie: {cookie}{}\r\n", value.expect("a value"));
        let led = demo.ask(&format!(
            "GET /gongzuo HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{half}\r\n"
        ));
        assert!(status(&led) == "303" && led.contains("/gongzuo/denglu/yanzheng"), "{led}");
        // A page elsewhere that sends the form signs nobody in; whose name was made to lead here, or who
        // comes through a proxy that opens this machine to others, is shown no password.
        let foreign = demo.sign_in("Origin: http://evil.example\r\n", PUBLISHED);
        assert_eq!(status(&foreign), "403", "{foreign}");
        for hidden in [
            demo.listed("evil.example", ""),
            demo.listed("127.0.0.1", "X-Forwarded-For: 198.51.100.7\r\n"),
        ] {
            assert_eq!(status(&hidden), "404", "{hidden}");
            assert!(!hidden.contains("Yanshi-"), "{hidden}");
        }
    }
    for (command, listen) in [("demo", "0.0.0.0:0"), ("serve", "127.0.0.1:0")] {
        let open = Running::start(command, listen, &data.0);
        let hidden = open.listed("127.0.0.1", "");
        assert_eq!(status(&hidden), "404", "{command} {listen}: {hidden}");
        let login = open.get("/gongzuo/denglu", "127.0.0.1");
        assert!(status(&login) == "200" && !login.contains("yanshi"), "{command}: {login}");
        let refused = open.sign_in("Origin: http://127.0.0.1\r\n", PUBLISHED);
        assert_eq!(status(&refused), "422", "{command} {listen}: {refused}");
        assert!(!refused.to_ascii_lowercase().contains("set-cookie"), "{command}: {refused}");
        let closed = open.get("/gongzuo", "127.0.0.1");
        assert_eq!(status(&closed), "303", "{command} {listen}: {closed}");
    }
}

#[test]
fn a_real_city_is_never_opened_as_the_demo_even_with_the_mark_beside_it() {
    let data = std::env::temp_dir().join(format!("gongkai-real-{}", std::process::id()));
    let data = Folder(data);
    std::fs::create_dir_all(&data.0).expect("a folder");
    std::fs::write(data.0.join("演示数据.txt"), "").expect("a mark");
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo");
    let run = |words: &[&std::ffi::OsStr]| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_gongkai"));
        program.args(words).arg("--data").arg(&data.0).output().expect("the program runs")
    };
    let (divisions, organs) = (demo.join("divisions.csv"), demo.join("organs.csv"));
    let taken = run(&[
        "organ".as_ref(),
        "import".as_ref(),
        "--divisions".as_ref(),
        divisions.as_os_str(),
        "--organs".as_ref(),
        organs.as_os_str(),
    ]);
    assert!(taken.status.success(), "{taken:?}");
    let refused = run(&["demo".as_ref(), "--listen".as_ref(), "127.0.0.1:0".as_ref()]);
    assert_eq!(refused.status.code(), Some(5), "{refused:?}");
    assert!(String::from_utf8_lossy(&refused.stderr).contains("已有正式数据"), "{refused:?}");
}
