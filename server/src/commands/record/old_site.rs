//! Taking over the site being replaced: a folder of pages, a table or a site map is read, looked through for
//! personal data, and handed to the act in batches; what became of each is told line by line. Every source is
//! read before anything of one is kept.

use std::collections::HashMap;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use documents::examining::{Examiner, Masking, here};
use identity::Organ;
use ledger::Ledger;
use records::acts::File;
use records::acts::takeover::{Taken, Takeovers};
use records::taking::crawl::{Crawl, bytes_of};
use records::taking::{BadSource, Found, Old, Skipped, table};
use records_rules::{Block, Field};

use super::refused;
use super::told::Told;
use crate::commands::files::operator;
use crate::failure::{Exit, Failure};
use crate::opening::Whereabouts;

/// So many are kept together: an import that is killed goes on after the last whole batch.
const BATCH: usize = 200;

/// The largest table or site map, in bytes.
const LARGEST: u64 = 50 << 20;

/// Where what is taken over comes from, and for whom.
#[derive(Debug, Clone, clap::Args)]
pub struct OldSite {
    /// 接管旧网站时: 来源没有写发布机构, 或者写的机构不在机关表里的, 归到这个机关
    #[arg(long)]
    organ: Option<String>,
    /// 接管旧网站时: 抓取的文件夹是哪个域名的, 例如 www.x.gov.cn; 文件夹里按域名分开的不用写
    #[arg(long, value_name = "域名")]
    host: Option<String>,
    /// 接管旧网站时: 网页和附件所在的文件夹; 不写就是来源文件所在的文件夹
    #[arg(long, value_name = "文件夹")]
    crawl: Option<PathBuf>,
}

/// Whether a path is such a source: a folder, a table or a site map.
pub fn is_source(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    path.is_dir() || matches!(ending.as_deref(), Some("csv" | "xml"))
}

/// What a file of another kind is, by its name and how it begins, and what to do with it; `None` for texts
/// that may be manuscripts.
pub fn alien(path: &Path) -> Option<Failure> {
    let ending = path.extension()?.to_string_lossy().to_ascii_lowercase();
    let (kind, remedy) = match ending.as_str() {
        "xlsx" | "xlsm" | "xls" | "et" | "ods" => {
            ("表格只能用 CSV 导入", "在 Excel 或者 WPS 里打开，另存为 CSV（UTF-8）再导入")
        }
        "doc" | "docx" | "wps" | "odt" | "rtf" | "pdf" | "ofd" => (
            "不能直接导入",
            "先用 gongkai record clean 取出正文，写成稿件再导入；原文件用 --attach 附上",
        ),
        "zip" | "rar" | "7z" | "gz" => ("不能直接导入", "解开以后导入里面的文件夹"),
        _ => return None,
    };
    let mut head = [0; 4];
    let read = fs::File::open(path).and_then(|mut file| file.read(&mut head)).ok()?;
    let packed = [&b"PK"[..], b"\xd0\xcf\x11\xe0", b"%PDF", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b"];
    let own = ending == "rtf"
        || packed.iter().any(|mark| head.get(..read).is_some_and(|head| head.starts_with(mark)));
    let name = path.display();
    Some(match own {
        true => Failure::invalid(format!("{name} 是 .{ending} 文件, {kind}"), remedy),
        false => {
            let message = format!("{name} 的扩展名是 .{ending}, 内容却不是这种文件");
            let remedy = "核对文件; 其实是 CSV 表格的, 扩展名改为 .csv 再导入; 是稿件的改为 .md";
            Failure::invalid(message, remedy)
        }
    })
}

/// What was asked for beside the sources.
pub struct Asked {
    pub dry_run: bool,
    pub json: bool,
}

/// Takes everything over and says what became of it.
///
/// # Errors
/// A source cannot be read at all, or something of one was not taken; what was taken stays.
pub async fn run(
    place: &Whereabouts,
    sources: &[PathBuf],
    site: &OldSite,
    asked: Asked,
) -> Result<(), Failure> {
    let ledger = place.existing().await?;
    let organs = Organs::of(&ledger, site.organ.as_deref()).await?;
    let mut told = Told::begin(asked.json, asked.dry_run);
    let mut takeovers = Takeovers::begin(asked.dry_run);
    let mut all = Vec::with_capacity(sources.len());
    for source in sources {
        let name = source.file_name().unwrap_or(source.as_os_str());
        let name = name.to_string_lossy().into_owned();
        let found = read(source, &name, site)?;
        all.push((name, found));
    }
    for (name, found) in all {
        told.source(&name, &found)?;
        let mut batch = Vec::with_capacity(BATCH);
        for old in found.old {
            match organs.of_issuer(&old.issuer) {
                None => told.skipped(&Skipped {
                    why: match old.issuer.as_str() {
                        "" => "没有写发布机构；用 --organ 写明归到哪个机关".to_owned(),
                        issuer => format!(
                            "机关表里没有“{issuer}”；先导入机关，或者用 --organ 写明归到哪个机关"
                        ),
                    },
                    place: old.place,
                    fault: true,
                })?,
                Some((organ, named)) => batch.push(examined(old, organ, named).await?),
            }
            if batch.len() == BATCH {
                let whole = std::mem::take(&mut batch);
                keep(&ledger, place, &mut takeovers, (&name, whole), &mut told).await?;
            }
        }
        keep(&ledger, place, &mut takeovers, (&name, batch), &mut told).await?;
    }
    told.end()
}

async fn keep(
    ledger: &Ledger,
    place: &Whereabouts,
    takeovers: &mut Takeovers,
    (source, batch): (&str, Vec<Taken>),
    told: &mut Told,
) -> Result<(), Failure> {
    if batch.is_empty() {
        return Ok(());
    }
    let olds: Vec<Old> = batch.iter().map(|taken| taken.old.clone()).collect();
    let desk = ledger.desk(operator()).await?;
    let outcomes = takeovers.keep(desk, &place.data, source, batch).await.map_err(refused)?;
    for (old, outcome) in olds.iter().zip(&outcomes) {
        told.became(old, outcome)?;
    }
    Ok(())
}

/// Reads a source whole.
fn read(source: &Path, name: &str, site: &OldSite) -> Result<Found, Failure> {
    let unfit = |BadSource(message, remedy): BadSource| Failure::invalid(message, remedy);
    let host = site.host.as_deref();
    if source.is_dir() {
        return Ok(Crawl::open(source, host).map_err(unfit)?.documents());
    }
    let unread = |error: std::io::Error| {
        let message = format!("读不出 {}", source.display());
        Failure::new(Exit::NotFound, message, "请核对文件名和读取权限").because(error)
    };
    let size = fs::metadata(source).map_err(unread)?.len();
    if size > LARGEST {
        let message = format!("{name} 有 {} MB, 超过 {} MB", size >> 20, LARGEST >> 20);
        return Err(Failure::invalid(message, "分成几个文件导入"));
    }
    let bytes = fs::read(source).map_err(unread)?;
    let beside = source.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = site.crawl.clone().unwrap_or_else(|| beside.unwrap_or(Path::new(".")).to_owned());
    if source.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xml")) {
        return Crawl::open(&folder, host).map_err(unfit)?.mapped(&bytes, name).map_err(unfit);
    }
    // The folder is looked through only where the table names something in it.
    let crawl = std::cell::OnceCell::new();
    let find = |named: &str| {
        let crawl = crawl.get_or_init(|| Crawl::open(&folder, host));
        crawl.as_ref().map_err(ToString::to_string)?.attachment(named)
    };
    table::read(&bytes, name, &find).map_err(unfit)
}

/// Looks through text and attachments on entry. What is found, and what cannot be looked through, holds it
/// back; a file is kept as the copy that was written anew.
async fn examined(mut old: Old, organ: String, named: bool) -> Result<Taken, Failure> {
    if !named && !old.issuer.is_empty() {
        let source = format!("{}（原网站所写的发布机构）", old.issuer);
        old.particulars.push((Field::Source, source));
    }
    let mut held = vec![];
    let plain: Vec<_> = Block::read(&old.body).iter().map(Block::plain).collect();
    let text = format!("{}\n{}", old.title, plain.join("\n"));
    for finding in here::scan_text(&text, "正文").list.iter().take(20) {
        held.push(format!("正文疑似{}：{}", finding.kind.name(), finding.masked));
    }
    let mut files = vec![];
    for file in std::mem::take(&mut old.files) {
        let address = file.address.clone();
        let looked = tokio::task::spawn_blocking(move || looked_through(&file)).await?;
        held.extend(looked.1);
        if let Some(kept) = looked.0 {
            files.push((unlike(kept, &files), address));
        }
    }
    Ok(Taken { old, organ, files, held })
}

/// The copy of an attachment that may be kept, and what a person must look at.
fn looked_through(file: &records::taking::OldFile) -> (Option<File>, Vec<String>) {
    let name = &file.name;
    let bytes = match bytes_of(file) {
        Ok(bytes) => bytes,
        Err(why) => return (None, vec![format!("{why}，没有取入")]),
    };
    let examiner = Examiner::of_this_program();
    let examined = examiner.and_then(|own| own.examine(&bytes, name, &Masking::default()));
    let examined = match examined {
        Ok(examined) => examined,
        Err(refusal) => return (None, vec![format!("附件“{name}”没有取入：{refusal}")]),
    };
    let found = examined.findings.list.iter().take(20);
    let found = found
        .map(|one| format!("附件“{name}”{}疑似{}：{}", one.place, one.kind.name(), one.masked));
    let mut held: Vec<String> = found.collect();
    held.extend(examined.findings.unread.iter().map(|what| format!("附件“{name}”{what}")));
    match examined.cleaned {
        Ok(bytes) => (Some(File { name: name.clone(), bytes }), held),
        Err(refusal) => {
            held.push(format!("附件“{name}”没有取入：{refusal}"));
            (None, held)
        }
    }
}

/// The same file under a name that none of these has.
fn unlike(file: File, others: &[(File, Option<records::taking::OldAddress>)]) -> File {
    let taken = |name: &str| others.iter().any(|(other, _)| other.name == name);
    let (stem, ending) = match file.name.rsplit_once('.') {
        Some((stem, ending)) => (stem.to_owned(), format!(".{ending}")),
        None => (file.name.clone(), String::new()),
    };
    let names = std::iter::once(file.name.clone());
    let mut names = names.chain((2..).map(|at| format!("{stem}（{at}）{ending}")));
    let name = names.find(|name| !taken(name)).unwrap_or_default();
    File { name, ..file }
}

/// The organs by the names people use, and where everything else goes.
struct Organs {
    by_name: HashMap<String, String>,
    fallback: Option<String>,
}

impl Organs {
    async fn of(ledger: &Ledger, fallback: Option<&str>) -> Result<Self, Failure> {
        let all = Organ::all(ledger.store()).await?;
        if let Some(code) = fallback.filter(|code| all.iter().all(|organ| organ.code != **code)) {
            let message = format!("没有代码为 {code} 的机关");
            let remedy = "写机关表中的代码; gongkai organ list 列出全部";
            return Err(Failure::new(Exit::NotFound, message, remedy));
        }
        // Two organs may share a short name; then only the full one tells them apart.
        let mut by_name = HashMap::new();
        let mut shared = vec![];
        for organ in &all {
            if by_name.insert(organ.short_name.clone(), organ.code.clone()).is_some() {
                shared.push(organ.short_name.clone());
            }
        }
        shared.iter().for_each(|name| drop(by_name.remove(name)));
        by_name.extend(all.iter().map(|organ| (organ.name.clone(), organ.code.clone())));
        by_name.extend(all.iter().map(|organ| (organ.code.clone(), organ.code.clone())));
        by_name.remove("");
        Ok(Self { by_name, fallback: fallback.map(str::to_owned) })
    }

    /// The organ of that name and whether it was named; `None` where there is neither it nor another.
    fn of_issuer(&self, issuer: &str) -> Option<(String, bool)> {
        let named = self.by_name.get(issuer).map(|code| (code.clone(), true));
        named.or_else(|| self.fallback.clone().map(|code| (code, false)))
    }
}
