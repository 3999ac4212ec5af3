//! Office files of 97 to 2003 by a converter that the operator has named: LibreOffice's `soffice`, or a program
//! that takes the same arguments. It is not ours and reads what comes from outside, so it runs as a child of
//! this binary that gives up, before it becomes the converter, the network and every file but the system's own
//! and one folder made for this one run.

mod confinement;

use std::ffi::OsString;
use std::io::Read;
use std::os::unix::fs::OpenOptionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, ExitStatus, Stdio};
use std::time::{Duration, Instant};
use std::{fs, io, thread};

use rustix::process::{Pid, Signal, kill_process_group};

use crate::folder::PassingFolder;
use crate::reading::{MOST_BYTES, Unreadable, streams};

/// The hidden argument by which the binary becomes a converter.
pub const ARGUMENT: &str = "convert-document";

/// How long it may take: a decision of ours.
const LONGEST: Duration = Duration::from_secs(60);

/// What a document is made into.
const INTO: &str = "docx";

/// How a child ends that could not shut itself in, and so did not become the converter.
const NOT_SHUT_IN: u8 = 97;

/// What is refused where a converter could not be shut in.
const LEGACY: &str = "旧格式的办公文件（.doc、.wps）";

/// A converter: which program it is, which program shuts it in, how long it may take, what it must not reach.
#[derive(Debug, Clone)]
pub struct Converter {
    /// The converter.
    pub converter: PathBuf,
    /// The program that calls [`serve_child`] when started with [`ARGUMENT`].
    pub program: PathBuf,
    /// The time one file may take before it is given up.
    pub timeout: Duration,
    /// Folders and files of ours: nothing is converted where one of them lies among what a converter may read or remove.
    pub guarded: Vec<PathBuf>,
}

/// Whether a file is of the old binary form (OLE2).
pub fn is_legacy(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
}

impl Converter {
    /// This converter, shut in by this very binary, away from a data folder and all that it leads to.
    ///
    /// # Errors
    /// The system does not tell which program this is.
    pub fn of_this_program(converter: PathBuf, data: &Path) -> io::Result<Self> {
        let inside = ["log", "log/key", "gongkai.db", "files", "originals"];
        let guarded = inside.iter().map(|name| data.join(name)).chain([data.to_owned()]).collect();
        Ok(Self { converter, program: std::env::current_exe()?, timeout: LONGEST, guarded })
    }

    /// A document as docx. Blocks; from async code call it where blocking is allowed.
    ///
    /// # Errors
    /// It is no text document, or the converter does not read it, or not in time.
    pub fn docx_of(&self, bytes: &[u8]) -> Result<Vec<u8>, Unreadable> {
        if bytes.len() as u64 > MOST_BYTES {
            return Err(Unreadable::TooLarge { bytes: bytes.len() as u64 });
        }
        check_kind(bytes)?;
        self.check_reach()?;
        let folder = PassingFolder::new("gongkai-convert").map_err(|error| failed(&error))?;
        furnish(folder.path(), bytes).map_err(|error| failed(&error))?;
        let ended = self.run(folder.path()).map_err(|error| failed(&error))?;
        let Some(status) = ended else {
            return Err(damaged(format!("转换超过{}秒，已停止", self.timeout.as_secs())));
        };
        if status.code() == Some(NOT_SHUT_IN.into()) {
            tracing::error!(
                "this kernel cannot shut a converter in: it needs Landlock, Linux 6.2 or newer"
            );
            let remedy = "请用 Word 或者 WPS 打开后另存为 docx，再导入；服务器内核不能限制转换程序读取文件，所以没有转换，请管理员换用 Linux 6.2 以上并启用 Landlock 的内核";
            return Err(Unreadable::Unsupported { found: LEGACY, remedy });
        }
        match made(&folder.path().join("in.docx")) {
            Ok(bytes) if bytes.len() as u64 > MOST_BYTES => {
                Err(Unreadable::TooLarge { bytes: bytes.len() as u64 })
            }
            Ok(bytes) => Ok(bytes),
            Err(error) => {
                tracing::warn!(%status, %error, converter = %self.converter.display(), "nothing was converted");
                Err(damaged("转换程序读不了这个文件".to_owned()))
            }
        }
    }

    /// Nothing is converted where a converter could read or remove what is ours.
    fn check_reach(&self) -> Result<(), Unreadable> {
        let Some(place) = confinement::within_reach(&self.converter, &self.guarded) else {
            return Ok(());
        };
        tracing::error!(place = %place.display(), "a converter could read or remove this; nothing is converted");
        let remedy = "请用 Word 或者 WPS 打开后另存为 docx，再导入；转换程序碰得到数据目录，所以没有转换，请管理员把数据目录移到 /usr、/etc、/tmp 和转换程序的目录以外，例如 /var/lib/gongkai";
        Err(Unreadable::Unsupported { found: LEGACY, remedy })
    }

    /// Runs the converter; `None` where it took too long and was ended with all that it had started.
    fn run(&self, folder: &Path) -> io::Result<Option<ExitStatus>> {
        let child = Command::new(&self.program)
            .arg(ARGUMENT)
            .arg(&self.converter)
            .arg(folder)
            .env_clear()
            .env("HOME", folder)
            .env("TMPDIR", folder)
            .env("LANG", "C.UTF-8")
            .env("PATH", "/usr/bin:/bin")
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()?;
        Group(child).wait(self.timeout)
    }
}

/// A child with everything it starts, ended with this value.
struct Group(Child);

impl Group {
    fn wait(mut self, timeout: Duration) -> io::Result<Option<ExitStatus>> {
        let begun = Instant::now();
        while begun.elapsed() < timeout {
            if let Some(status) = self.0.try_wait()? {
                return Ok(Some(status));
            }
            thread::sleep(Duration::from_millis(20));
        }
        Ok(None)
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        // the converter may have left a process of its own behind, in the same group
        let group = i32::try_from(self.0.id()).ok().and_then(Pid::from_raw);
        group.map(|group| kill_process_group(group, Signal::KILL));
        self.0.wait().ok();
    }
}

/// The document, and a profile in which no macro runs and nothing is fetched.
fn furnish(folder: &Path, bytes: &[u8]) -> io::Result<()> {
    fs::write(folder.join("in.doc"), bytes)?;
    let user = folder.join("profile/user");
    fs::create_dir_all(&user)?;
    fs::write(user.join("registrymodifications.xcu"), SETTINGS)
}

/// What a converter has made, up to one byte more than is taken. It may have left something else under that name:
/// no link is followed and no pipe is waited for.
fn made(path: &Path) -> io::Result<Vec<u8>> {
    let careful = libc::O_NOFOLLOW | libc::O_NONBLOCK;
    let file = fs::OpenOptions::new().read(true).custom_flags(careful).open(path)?;
    if !file.metadata()?.is_file() {
        return Err(io::Error::other("no file"));
    }
    let mut bytes = Vec::new();
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// No macros at all, no links followed, no active content.
const SETTINGS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"#;

/// Becomes the converter, shut in. Called by `main` when the binary is started with [`ARGUMENT`].
pub fn serve_child() -> ExitCode {
    let mut words = std::env::args_os().skip(2);
    let (Some(converter), Some(folder)) = (words.next(), words.next().map(PathBuf::from)) else {
        return ExitCode::FAILURE;
    };
    if confinement::confine(Path::new(&converter), &folder).is_err() {
        return ExitCode::from(NOT_SHUT_IN);
    }
    let mut profile = OsString::from("-env:UserInstallation=file://");
    profile.push(folder.join("profile"));
    let error = Command::new(converter)
        .args(["--headless", "--norestore", "--nologo", "--nolockcheck", "--convert-to", INTO])
        .arg(profile)
        .arg("--outdir")
        .arg(&folder)
        .arg(folder.join("in.doc"))
        .exec();
    // only where it could not become the converter
    eprintln!("{error}");
    ExitCode::FAILURE
}

/// Texts are converted; of tables and slides no text can be made that somebody would publish.
fn check_kind(bytes: &[u8]) -> Result<(), Unreadable> {
    let found = streams(bytes).unwrap_or_default();
    let has = |name: &str| found.iter().any(|(one, _)| one.eq_ignore_ascii_case(name));
    let (found, remedy) = match () {
        () if has("EncryptedPackage") => return Err(Unreadable::Encrypted),
        () if has("Workbook") || has("Book") => (
            "旧格式的表格（.xls、.et）",
            "正文只从文字文件导入；表格请作为附件上传，或者另存为 xlsx 后作为附件上传",
        ),
        () if has("PowerPoint Document") => (
            "旧格式的演示文稿（.ppt、.dps）",
            "正文只从文字文件导入；演示文稿请另存为 PDF 后作为附件上传",
        ),
        () => return Ok(()),
    };
    Err(Unreadable::Unsupported { found, remedy })
}

fn damaged(detail: String) -> Unreadable {
    Unreadable::Damaged { part: "旧格式文件".into(), detail }
}

/// Something of ours that did not go as it should: the technician reads it in the log.
fn failed(error: &io::Error) -> Unreadable {
    tracing::warn!(%error, "a document could not be converted");
    damaged("转换没有进行，请管理员核对 GONGKAI_CONVERTER 所写的程序和临时目录".to_owned())
}
