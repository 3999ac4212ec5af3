//! `cargo xtask bench`: how fast the program is, each figure beside its target.
//!
//! Two runs of the same program on the same machine may differ fourfold, so what can be a ratio is
//! one: two servers measured in turn within one run. Absolute figures are the best of three and
//! are worth something on an idle machine only. No test asserts a time; this is the place for it.
//! What is measured and how stands in `docs/benchmarks.md`.

mod catalogue_page;
mod copying;
mod figures;
mod filled;
mod ground;
mod http;
mod import;
mod interview;
mod lighthouse;
mod memory;
mod million;
mod own;
mod participation;
mod portal;
mod publishing;
mod quality;
mod reading;
mod report;
mod requests;
mod routing;
mod running;
mod start;
mod tree;
mod wagtail;
mod weight;
mod wrk;

use std::path::PathBuf;

use anyhow::bail;
use clap::builder::PossibleValuesParser;

use ground::Ground;
use report::Report;

/// What the caller wants measured.
#[derive(clap::Args)]
pub struct Wishes {
    /// 只量这一项; 可以写几次
    #[arg(long, value_name = "名称", value_parser = PossibleValuesParser::new(NAMES))]
    only: Vec<String>,
    /// 把结果另存为 JSON
    #[arg(long, value_name = "文件")]
    json: Option<PathBuf>,
    /// 先编译发布版
    #[arg(long, conflicts_with = "binary")]
    build: bool,
    /// 量这个程序, 而不是 target/release/gongkai
    #[arg(long, value_name = "程序")]
    binary: Option<PathBuf>,
    /// 试运行: 每项只量一点点, 数字不作判断
    #[arg(long)]
    quick: bool,
}

/// Takes its measurements on the ground and tells the report.
type Measure = fn(&Ground, &mut Report) -> anyhow::Result<()>;

const NAMES: [&str; 27] = [
    "portal-cached",
    "catalogue-200",
    "coverage-200k",
    "difference-1000",
    "obligations-200k",
    "search-200k",
    "search-1m",
    "search-quality",
    "routing",
    "annual-34k",
    "import-26",
    "start",
    "memory",
    "reader",
    "publishing",
    "requests-submit",
    "requests-34k",
    "letters-65k",
    "hearing-5000",
    "interview",
    "export",
    "uncached-1m",
    "memory-1m",
    "scale",
    "weight",
    "lighthouse",
    "wagtail",
];
const MEASURES: [Measure; 27] = [
    portal::measure,
    catalogue_page::measure,
    own::coverage,
    own::difference,
    own::obligations,
    own::search,
    own::search_million,
    quality::measure,
    routing::measure,
    own::annual,
    import::measure,
    start::measure,
    memory::measure,
    reading::measure,
    publishing::measure,
    requests::submit,
    requests::register,
    requests::letters,
    participation::hearing,
    interview::measure,
    copying::measure,
    million::uncached,
    million::memory,
    million::scale,
    weight::measure,
    lighthouse::measure,
    wagtail::measure,
];

/// Takes all measurements that are wanted, one after another.
///
/// # Errors
/// A target is missed, or something could not be measured.
pub fn run(wishes: &Wishes) -> anyhow::Result<()> {
    let ground = Ground::prepare(wishes.binary.as_deref(), wishes.build, wishes.quick)?;
    let mut report = Report::new(!wishes.quick);
    let wanted = |name: &str| wishes.only.is_empty() || wishes.only.iter().any(|only| only == name);
    for (name, measure) in NAMES.into_iter().zip(MEASURES) {
        if wanted(name) {
            report.begin(name);
            // What cannot be measured is no reason to leave the rest unmeasured.
            if let Err(error) = measure(&ground, &mut report) {
                report.unmeasured(&error);
            }
        }
    }
    if let Some(file) = &wishes.json {
        std::fs::write(file, report.json()?)?;
    }
    if let Some(words) = report.verdict() {
        bail!(words);
    }
    println!("{}", if wishes.quick { "试运行完毕, 数字不作判断" } else { "全部达到目标" });
    Ok(())
}
