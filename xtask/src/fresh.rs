//! `cargo xtask fresh`: does `./run` hold on a machine with nothing but Debian and Rust?
//!
//! A minimal Debian is laid out in a folder, the Rust toolchain of this machine is mounted into it
//! for reading only, the last commit is cloned into it, and `./run` is started there as it stands.
//! Measured is the time from the start to the first answer of the portal. Needs root and debootstrap.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

use crate::shell;

const ADDRESS: &str = "127.0.0.1:18080";
const PATIENCE: Duration = Duration::from_secs(45 * 60);
const TOOLCHAIN: &str = "opt/toolchain";
const HOUSE: &str = "srv/gongkai";

/// Builds the root, runs, waits, reports, and takes everything away again.
///
/// # Errors
/// The machine lacks root or debootstrap, or the portal does not come up.
pub fn run() -> anyhow::Result<()> {
    let root = tempfolder()?;
    println!("在 {} 建立最小的 Debian", root.display());
    let mut mounts = Mounts { root: root.clone(), mounted: Vec::new() };
    let outcome = prepare(&mut mounts).and_then(|()| measure(&root));
    drop(mounts);
    // Only a folder with nothing mounted in it may be removed.
    let still = shell::output(Command::new("cat").arg("/proc/mounts"))?;
    if still.contains(&*root.to_string_lossy()) {
        bail!("{} 里还有挂载, 没有删除", root.display());
    }
    std::fs::remove_dir_all(&root)?;
    println!("ready at http://{ADDRESS}/ after {} s", outcome?.as_secs());
    Ok(())
}

fn tempfolder() -> anyhow::Result<PathBuf> {
    let path = shell::output(Command::new("mktemp").args(["-d", "/tmp/gongkai-fresh.XXXXXX"]))?;
    let path = PathBuf::from(path.trim());
    shell::run(Command::new("chmod").arg("755").arg(&path))?;
    Ok(path)
}

fn prepare(mounts: &mut Mounts) -> anyhow::Result<()> {
    let root = mounts.root.clone();
    shell::run(
        Command::new("debootstrap")
            .args(["--variant=minbase", "bookworm"])
            .arg(&root)
            .arg(mirror()?),
    )
    .context("需要管理员权限和 debootstrap")?;
    copy_network_settings(&root)?;
    for folder in ["proc", "dev", "sys"] {
        mounts.bind(Path::new("/").join(folder).as_path(), folder, false)?;
    }
    let toolchain = shell::output(Command::new("rustc").args(["--print", "sysroot"]))?;
    mounts.bind(Path::new(toolchain.trim()), TOOLCHAIN, true)?;
    let house = root.join(HOUSE);
    shell::run(Command::new("git").args(["clone", "--quiet"]).arg(shell::root()).arg(house))
}

/// Whatever apt on this machine asks first.
fn mirror() -> anyhow::Result<String> {
    let listed = shell::output(Command::new("apt-get").args([
        "indextargets",
        "--format",
        "$(SITE) $(RELEASE) $(COMPONENT)",
        "Created-By: Packages",
    ]))?;
    let line = listed
        .lines()
        .find(|line| line.ends_with("bookworm main"))
        .context("apt 没有配置 bookworm")?;
    Ok(line.split(' ').next().unwrap_or_default().to_owned())
}

/// The machine's own way out: name servers, proxies and certificates of apt and cargo.
fn copy_network_settings(root: &Path) -> anyhow::Result<()> {
    let cargo_home = std::env::var("CARGO_HOME")
        .unwrap_or_else(|_| format!("{}/.cargo", std::env::var("HOME").unwrap_or_default()));
    let config = format!("{cargo_home}/config.toml");
    for (from, to) in [
        ("/etc/resolv.conf", "etc/resolv.conf"),
        ("/etc/hosts", "etc/hosts"),
        ("/etc/apt/apt.conf.d", "etc/apt/apt.conf.d"),
        ("/etc/apt/sources.list.d/debian.sources", "etc/apt/sources.list.d/debian.sources"),
        ("/etc/ssl/certs", "etc/ssl/certs"),
        (config.as_str(), "opt/cargo/config.toml"),
    ] {
        if !Path::new(from).exists() {
            continue;
        }
        let to = root.join(to);
        if let Some(folder) = to.parent() {
            std::fs::create_dir_all(folder)?;
        }
        // A folder is copied into its parent, so that what is there stays beside it.
        let target = if Path::new(from).is_dir() { to.parent().unwrap_or(root) } else { &to };
        shell::run(Command::new("cp").args(["-rL", "--remove-destination", from]).arg(target))?;
    }
    if root.join("etc/apt/sources.list.d/debian.sources").exists() {
        std::fs::remove_file(root.join("etc/apt/sources.list")).ok();
    }
    Ok(())
}

fn measure(root: &Path) -> anyhow::Result<Duration> {
    println!("在其中运行 ./run");
    let started = Instant::now();
    let mut child = start(root)?;
    let ready = wait(&mut child, started);
    // The portal took the place of ./run by exec, so this is the server itself.
    child.kill().ok();
    child.wait().ok();
    ready
}

fn start(root: &Path) -> anyhow::Result<Child> {
    let path = format!(
        "PATH=/{TOOLCHAIN}/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    );
    let mut command = Command::new("chroot");
    command.arg(root).args(["/usr/bin/env", "-i", "-C", &format!("/{HOUSE}")]);
    command.args([path.as_str(), "LANG=C.UTF-8", "HOME=/opt", "CARGO_HOME=/opt/cargo"]);
    for name in ["http_proxy", "https_proxy", "no_proxy", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY"] {
        if let Ok(value) = std::env::var(name) {
            command.arg(format!("{name}={value}"));
        }
    }
    command.args(["./run", "--listen", ADDRESS]);
    command.stdin(Stdio::null()).spawn().context("无法进入新环境")
}

fn wait(child: &mut Child, started: Instant) -> anyhow::Result<Duration> {
    while started.elapsed() < PATIENCE {
        if answers() {
            return Ok(started.elapsed());
        }
        if let Some(status) = child.try_wait()? {
            bail!("./run 在 {} 秒后结束了 ({status})", started.elapsed().as_secs());
        }
        std::thread::sleep(Duration::from_millis(500));
    }
    bail!("等了 {} 秒还没有可用", PATIENCE.as_secs())
}

/// Whether the home page answers 200.
fn answers() -> bool {
    let Ok(mut stream) = TcpStream::connect(ADDRESS) else { return false };
    stream.set_read_timeout(Some(Duration::from_secs(5))).ok();
    let asked = format!("GET / HTTP/1.1\r\nHost: {ADDRESS}\r\nConnection: close\r\n\r\n");
    let mut head = [0; 12];
    stream.write_all(asked.as_bytes()).is_ok()
        && stream.read_exact(&mut head).is_ok()
        && head.ends_with(b" 200")
}

/// What is mounted into the new root; unmounted again whatever happens.
struct Mounts {
    root: PathBuf,
    mounted: Vec<PathBuf>,
}

impl Mounts {
    fn bind(&mut self, from: &Path, to: &str, read_only: bool) -> anyhow::Result<()> {
        let to = self.root.join(to);
        std::fs::create_dir_all(&to)?;
        shell::run(Command::new("mount").arg("--rbind").arg(from).arg(&to))?;
        self.mounted.push(to.clone());
        shell::run(Command::new("mount").arg("--make-rslave").arg(&to))?;
        if read_only {
            shell::run(Command::new("mount").args(["-o", "remount,ro,bind"]).arg(&to))?;
        }
        Ok(())
    }
}

impl Drop for Mounts {
    fn drop(&mut self) {
        for place in self.mounted.iter().rev() {
            if let Err(error) = shell::run(Command::new("umount").arg("--recursive").arg(place)) {
                eprintln!("没有卸下 {}: {error:#}", place.display());
            }
        }
    }
}
