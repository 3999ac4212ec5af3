//! import-26: the catalogues of all 26 domains from files into the database.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

use super::figures::Times;
use super::ground::Ground;
use super::report::{Figure, Report, Target};
use crate::shell;

const DOMAINS: usize = 26;
/// A district, of which no draft is before the public in the demo city.
const ORGAN: &str = "XM05001";

/// One `gongkai catalogue import` after another, so the starts of 26 processes are in it; and, for
/// one process that does it all, what the program itself says loading the demo city took.
///
/// # Errors
/// A file is missing or is not taken in.
pub fn measure(ground: &Ground, report: &mut Report) -> anyhow::Result<()> {
    let city = ground.city()?;
    let files = files(&shell::root().join("server/demo/catalogue"))?;
    let mut attempts = Vec::new();
    for _ in 0..ground.scale.attempts {
        attempts.push(import_all(ground, &city.data, &files)?);
    }
    let times = Times::of(attempts).context("没有量到")?;
    report.add(Figure {
        what: "26 个领域的目录逐个命令导入",
        value: times.best().as_secs_f64(),
        unit: "s",
        target: Some(Target::Below(2.0)),
        detail: format!(
            "{} 轮, 最慢 {:.2} s; 含 26 次进程启动",
            times.count(),
            times.worst().as_secs_f64()
        ),
    });
    report.add(Figure {
        what: "一个进程装入整座演示城市",
        value: city.loading,
        unit: "s",
        target: None,
        detail: "区划、机关、26 份目录、各区承接、文件; 程序自己报告的用时".into(),
    });
    Ok(())
}

fn import_all(ground: &Ground, data: &Path, files: &[PathBuf]) -> anyhow::Result<Duration> {
    let began = Instant::now();
    for file in files {
        let domain = domain(file).with_context(|| format!("{} 没有领域名", file.display()))?;
        let mut command = ground.gongkai(data);
        let what = ["catalogue", "import", "--replace-draft", "--organ", ORGAN, "--domain", domain];
        command.args(what).arg(file);
        shell::output(&mut command)?;
    }
    Ok(began.elapsed())
}

fn files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries =
        std::fs::read_dir(folder).with_context(|| format!("没有 {}", folder.display()))?;
    let mut files: Vec<PathBuf> =
        entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    files.retain(|file| domain(file).is_some());
    files.sort();
    if files.len() != DOMAINS {
        bail!("{} 里有 {} 个目录, 应当是 {DOMAINS} 个", folder.display(), files.len());
    }
    Ok(files)
}

/// `21-yanglaofuwu.csv` is the catalogue of `yanglaofuwu`.
fn domain(file: &Path) -> Option<&str> {
    let (number, slug) = file.file_name()?.to_str()?.strip_suffix(".csv")?.split_once('-')?;
    number.parse::<u8>().ok().map(|_| slug)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_domain_stands_in_the_files_name() {
        for (name, slug) in [
            ("demo/21-yanglaofuwu.csv", Some("yanglaofuwu")),
            ("demo/domains.csv", None),
            ("demo/xx-jiuye.csv", None),
            ("demo/18-jiuye.xlsx", None),
        ] {
            assert_eq!(domain(Path::new(name)), slug, "{name}");
        }
    }

    #[test]
    fn the_demo_city_has_all_26_catalogues() {
        let files = files(&shell::root().join("server/demo/catalogue")).expect("they are there");
        assert_eq!(domain(&files[0]), Some("chengxiangguihua"));
        assert!(super::files(&shell::root().join("server")).is_err());
    }
}
