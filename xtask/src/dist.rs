//! `cargo xtask dist`: the release binary, the fonts beside it and everybody's licences, packed.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use anyhow::Context;

use crate::shell;
use crate::tidy::graph::Graph;

/// Builds and packs into `target/dist`.
///
/// # Errors
/// The build fails, or the disk refuses.
pub fn run() -> anyhow::Result<()> {
    let root = shell::root();
    println!("编译发布版 (2 核机器上约 11 分钟)");
    shell::run(Command::new("cargo").current_dir(&root).args([
        "build",
        "--release",
        "--locked",
        "-p",
        "gongkai",
    ]))?;
    let name = format!("gongkai-{}-{}", env!("CARGO_PKG_VERSION"), std::env::consts::ARCH);
    let dist = root.join("target/dist");
    let folder = dist.join(&name);
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::create_dir_all(folder.join("fonts"))?;
    copy(&root.join("target/release/gongkai"), &folder.join("gongkai"))?;
    for text in ["LICENSE", "README.md", "README.en.md", "CHANGELOG.md"] {
        copy(&root.join(text), &folder.join(text))?;
    }
    copy_fonts(&root, &folder)?;
    std::fs::write(folder.join("THIRD-PARTY.txt"), licences(&root)?)?;
    let archive = format!("{name}.tar.gz");
    shell::run(Command::new("tar").current_dir(&dist).args(["-czf", &archive, &name]))?;
    println!("打包好了: target/dist/{archive}");
    Ok(())
}

fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    std::fs::copy(from, to).with_context(|| format!("无法复制 {}", from.display()))?;
    Ok(())
}

/// The fonts that ./run has brought; without them documents fall back to the system's.
fn copy_fonts(root: &Path, folder: &Path) -> anyhow::Result<()> {
    let Ok(files) = std::fs::read_dir(root.join("fonts")) else {
        println!("没有 fonts 文件夹, 包里不带仿宋和楷体 (先运行一次 ./run 会取来)");
        return Ok(());
    };
    for file in files.flatten() {
        let name = file.file_name();
        if Path::new(&name).extension().is_some_and(|ending| ending == "otf" || ending == "gz") {
            copy(&file.path(), &folder.join("fonts").join(name))?;
        }
    }
    Ok(())
}

/// Name, version, licence and licence texts of every crate inside the binary, and of the scripts it serves.
fn licences(root: &Path) -> anyhow::Result<String> {
    let json = shell::output(Command::new("cargo").current_dir(root).args([
        "metadata",
        "--format-version",
        "1",
        "--locked",
    ]))?;
    let inside = shell::output(Command::new("cargo").current_dir(root).args([
        "tree", "--locked", "-p", "gongkai", "--edges", "normal", "--prefix", "none", "--format",
        "{p}",
    ]))?;
    let built = |name: &str, version: &str| {
        inside.lines().any(|line| {
            line.strip_prefix(name).is_some_and(|rest| {
                rest.strip_prefix(" v").is_some_and(|rest| rest.split(' ').next() == Some(version))
            })
        })
    };
    let mut text = String::from("程序中包含的开源组件及其许可证\n");
    for package in &Graph::read(&json)?.packages {
        if built(&package.name, &package.version.to_string()) {
            let licence = package.license.as_deref().unwrap_or("");
            write!(text, "\n==== {} {}  {licence}\n", package.name, package.version)?;
            for words in licence_texts(Path::new(&package.manifest)) {
                text.push_str(&words);
            }
        }
    }
    for scripts in ["htmx.licence.txt", "gk-editor.licences.txt"] {
        let path = root.join("platform/web/assets").join(scripts);
        let words = std::fs::read_to_string(&path);
        let words = words.with_context(|| format!("读不到 {}", path.display()))?;
        write!(text, "\n==== {words}")?;
    }
    Ok(text)
}

fn licence_texts(manifest: &Path) -> Vec<String> {
    let Some(Ok(files)) = manifest.parent().map(std::fs::read_dir) else { return Vec::new() };
    let licence = |name: &str| {
        ["LICENSE", "LICENCE", "COPYING", "NOTICE"].iter().any(|head| name.starts_with(head))
    };
    let named =
        files.flatten().filter(|file| licence(&file.file_name().to_string_lossy().to_uppercase()));
    named.filter_map(|file| std::fs::read_to_string(file.path()).ok()).collect()
}
