//! `gongkai record`: documents from manuscripts. What was published elsewhere before is taken over; what is
//! new goes to review.

mod archive;
mod clean;
mod old_site;
mod report;
mod told;
mod uploading;

use std::fs;
use std::path::{Path, PathBuf};

use law::Date;
use ledger::{Actor, Ledger};
use records::acts::publication::{self, Published};
use records::acts::{ActError, File, Submission, examine, handing_in, intake};
use records_rules::{Fault, Field, Weight};
use web::Publishers;

use super::files::{operator, signing_operator};
use crate::failure::{Exit, Failure};
use crate::items;
use crate::opening::Whereabouts;
use crate::rooms;
use report::Report;

/// What can be done with records.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// 导入在别处发布过的文件: 稿件, 或者旧网站的抓取文件夹、表格 (.csv)、网站地图 (.xml)
    Import(Import),
    /// 送审新文件: 进草稿, 初审、保密审查、签发在工作台由三个人办理, 然后发布
    Submit(Manuscripts),
    /// 清理正文: 把 Word、WPS、网页里的文字变成稿件的正文, 说明改了什么
    Clean(clean::Clean),
    /// 导出归档包: 文件、各项信息、哈希和公开日志的证明, 不用本程序也能读、能核对
    Archive(archive::Archive),
}

/// What the head of a manuscript may say.
const MANUSCRIPT: &str = "旧网站 (record import): 给出抓取的文件夹、.csv 或者 sitemap.xml, 说明见 docs/import.md; 查出个人信息和写得不全的留作草稿
  表格 (.csv) 第一行是列名, 中文英文都行; 必写: 标题; 可写: 网址 发布日期 成文日期 发布机构 正文 附件 文号 索引号 主题分类 体裁 栏目 编号
  例: 标题,网址,发布日期,发布机构,正文
      关于防汛的通知,https://www.x.gov.cn/a/1.htm,2024-02-04,厦门市应急管理局,各单位：请做好防汛工作。
稿件 (全部导入, 或者一件也不导入) 格式: 第一行 ---, 各项写“名称：值”, 再一行 ---, 然后是正文
  必写: 标题 发布机构 成文日期 主题分类 体裁 公开属性
  可写: 文号 索引号 目录事项 法定公开事项 施行日期 有效期至 来源 等
  在别处发布过的 (record import): 写 原发布日期 和 原发布日期来源, 来源没有载明日期的写“原发布日期：来源未载明”
  公开范围: 目录事项只面向特定群体, 或者只在公示栏、入户/现场公开或精准推送的, 必须写明
    公开范围：特定群体（征收范围内的村集体成员）   存入平台, 不出现在任何公开网页、检索和下载
    公开范围：全社会                               上网公开, 还要写一行“公开理由：……”";

/// What may be imported, and how.
#[derive(Debug, clap::Args)]
pub struct Import {
    #[command(flatten)]
    manuscripts: Manuscripts,
    #[command(flatten)]
    site: old_site::OldSite,
}

impl Import {
    /// Manuscripts are taken in all or none; a site being replaced is taken over as far as it goes.
    async fn run(self, place: &Whereabouts) -> Result<(), Failure> {
        let Manuscripts { files, attach, dry_run, json } = &self.manuscripts;
        if let Some(failure) = files.iter().find_map(|file| old_site::alien(file)) {
            return Err(failure);
        }
        let sources = files.iter().filter(|file| old_site::is_source(file)).count();
        if sources == 0 {
            return self.manuscripts.import(place).await;
        }
        if sources < files.len() || !attach.is_empty() {
            let message = "稿件和旧网站的来源不能一次导入, 附件由来源自己带入";
            return Err(Failure::new(Exit::Usage, message, "分两次运行 gongkai record import"));
        }
        let asked = old_site::Asked { dry_run: *dry_run, json: *json };
        old_site::run(place, files, &self.site, asked).await
    }
}

/// Manuscripts to be taken in.
#[derive(Debug, clap::Args)]
#[command(after_help = MANUSCRIPT)]
pub struct Manuscripts {
    /// 稿件文件; 一个文件里可以有几件, 用单独一行 ===== 隔开
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// 附件, 可写多次; 只用于一件稿件时
    #[arg(long, value_name = "文件")]
    attach: Vec<PathBuf>,
    /// 只核对, 不存入
    #[arg(long)]
    dry_run: bool,
    /// 输出 JSON
    #[arg(long)]
    json: bool,
}

/// The largest manuscript file, in bytes: a decision of ours, far beyond any text.
const LARGEST: u64 = 64 << 20;

/// Carries a command out.
///
/// # Errors
/// A file cannot be read, a manuscript has faults, or the database refuses; nothing was published.
pub async fn run(command: Command, place: &Whereabouts) -> Result<(), Failure> {
    match command {
        Command::Import(import) => import.run(place).await,
        Command::Submit(manuscripts) => manuscripts.submit(place).await,
        Command::Clean(clean) => clean.run(&place.data).await,
        Command::Archive(archive) => archive.run(place).await,
    }
}

/// Takes over every manuscript of a text, all published elsewhere before. There are no attachments but those
/// given, which belong to the first.
///
/// # Errors
/// A manuscript has a fault, or the database refuses; nothing was published.
pub async fn publish_manuscripts(
    ledger: &Ledger,
    folder: &Path,
    actor: Actor,
    text: &str,
    attachments: Vec<File>,
) -> Result<Vec<Published>, Failure> {
    let today = ledger.clock().today();
    let mut read =
        Submission::read_all(text, today).map_err(|faults| refused(ActError::Faults(faults)))?;
    if let Some(first) = read.first_mut().filter(|_| !attachments.is_empty()) {
        *first = first.clone().with(attachments);
    }
    let submissions = items::link(ledger.store(), read, today).await?;
    let submissions = uploading::ours(ledger, folder, actor.clone(), submissions).await?;
    let desk = ledger.desk(actor).await?;
    publication::grant(desk, folder, submissions).await.map_err(refused)
}

impl Manuscripts {
    async fn import(self, place: &Whereabouts) -> Result<(), Failure> {
        let ledger = place.existing().await?;
        let mut report = Report::begin(self.json, self.dry_run);
        let submissions = self.examined(&ledger, &mut report, false).await?;
        if self.dry_run || report.has_errors() {
            return report.end(Vec::new());
        }
        let submissions =
            uploading::taken_in(&ledger, &place.data, operator(), submissions).await?;
        let desk = ledger.desk(operator()).await?;
        let published = publication::grant(desk, &place.data, submissions).await;
        report.end(published.map_err(refused)?)
    }

    async fn submit(self, place: &Whereabouts) -> Result<(), Failure> {
        let ledger = place.existing().await?;
        let mut report = Report::begin(self.json, self.dry_run);
        let submissions = self.examined(&ledger, &mut report, true).await?;
        if self.dry_run || report.has_errors() {
            return report.end(Vec::new());
        }
        let publishers = Publishers::of(&rooms::rooms(), &place.data);
        let submissions =
            uploading::taken_in(&ledger, &place.data, operator(), submissions).await?;
        let mut units = Vec::with_capacity(submissions.len());
        for submission in submissions {
            let organ = submission.manuscript().metadata.publisher.as_str().to_owned();
            let by = signing_operator(&organ);
            let desk = ledger.desk(operator()).await?;
            let draft = intake::begin(desk, &place.data, &by, submission).await.map_err(refused)?;
            let desk = ledger.desk(operator()).await?;
            let unit = handing_in::keep(desk, &publishers, &by, &draft.id, None).await;
            units.push(unit.map_err(refused)?);
        }
        report.submitted(&units)
    }

    /// The manuscripts with their items; what stands in the way is in the report, as is one that is new
    /// where it should not be, or the other way round.
    async fn examined(
        &self,
        ledger: &Ledger,
        report: &mut Report,
        new: bool,
    ) -> Result<Vec<Submission>, Failure> {
        let (calendar, today) = (ledger.calendar(), ledger.clock().today());
        let read = self.read(today, report)?;
        let submissions = items::link(ledger.store(), read, today).await?;
        for (at, fault) in examine(ledger.store(), &submissions, today, &calendar).await? {
            report.found_at(at, fault);
        }
        for (at, submission) in submissions.iter().enumerate() {
            if submission.is_new() != new {
                report.found_at(at, misplaced(new));
            }
        }
        Ok(submissions)
    }

    /// Every manuscript of every file that could be read; what could not is in the report.
    fn read(&self, today: Date, report: &mut Report) -> Result<Vec<Submission>, Failure> {
        let mut submissions = Vec::new();
        for file in &self.files {
            let name = file.display().to_string();
            match Submission::read_all(&text_of(file)?, today) {
                Ok(read) => {
                    report.came_from(&name, read.len());
                    submissions.extend(read);
                }
                Err(faults) => report.found_in(&name, faults),
            }
        }
        let attachments = self.attach.iter().map(|file| attachment(file));
        let attachments = attachments.collect::<Result<Vec<_>, _>>()?;
        if !attachments.is_empty() && submissions.len() > 1 {
            let message = format!("共有 {} 件稿件, 不知道附件属于哪一件", submissions.len());
            return Err(Failure::new(Exit::Usage, message, "带附件的稿件一次发布一件"));
        }
        Ok(match submissions.pop() {
            Some(only) if !attachments.is_empty() => vec![only.with(attachments)],
            last => submissions.into_iter().chain(last).collect(),
        })
    }
}

/// A manuscript that was handed to the wrong command.
fn misplaced(new: bool) -> Fault {
    let (message, remedy) = match new {
        true => (
            "这份稿件写明在别处发布过",
            "用 gongkai record import 导入；确是新文件的，删去原发布日期",
        ),
        false => (
            "没有写明原来在别处发布过，新文件要审查完毕才能发布",
            "用 gongkai record submit 送审；在别处发布过的，写明原发布日期和来源",
        ),
    };
    Fault::error(Field::OriginalDay, message, remedy)
}

fn text_of(file: &Path) -> Result<String, Failure> {
    let name = file.display();
    let size = fs::metadata(file).map_err(|error| unreadable(file, error))?.len();
    if size > LARGEST {
        let message = format!("{name} 有 {} MB, 不像稿件", size >> 20);
        return Err(Failure::invalid(message, "稿件只写文字; 图片和表格文件用 --attach 附上"));
    }
    let bytes = fs::read(file).map_err(|error| unreadable(file, error))?;
    String::from_utf8(bytes).map_err(|error| {
        let line = error.as_bytes()[..error.utf8_error().valid_up_to()]
            .iter()
            .filter(|byte| **byte == b'\n')
            .count();
        let message = format!("{name} 第{}行不是 UTF-8 编码的文本", line + 1);
        Failure::invalid(message, "用文本编辑器另存为 UTF-8 编码; Word 文件请先另存为纯文本")
            .because(error)
    })
}

fn attachment(file: &Path) -> Result<File, Failure> {
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let bytes = fs::read(file).map_err(|error| unreadable(file, error))?;
    Ok(File { name, bytes })
}

fn unreadable(file: &Path, error: std::io::Error) -> Failure {
    let message = format!("读不出 {}", file.display());
    Failure::new(Exit::NotFound, message, "请核对文件名和读取权限, 它不能是文件夹").because(error)
}

/// An act that was not carried out, with every fault where there are faults.
fn refused(error: ActError) -> Failure {
    let (exit, message) = match &error {
        ActError::Faults(faults) => (exit_for(faults), format!("{error}\n{}", lines(faults))),
        ActError::Index(_) | ActError::Refused(..) | ActError::Review(_) => {
            (Exit::Invalid, error.to_string())
        }
        ActError::Store(store::StoreError::Duplicate(_)) => (Exit::Conflict, error.to_string()),
        _ => (Exit::Failure, error.to_string()),
    };
    let remedy = error.remedy();
    Failure::new(exit, message, remedy).because(error)
}

/// Published already is a conflict, if nothing else is wrong.
fn exit_for<'a>(faults: impl IntoIterator<Item = &'a Fault>) -> Exit {
    let errors = faults.into_iter().filter(|fault| fault.weight == Weight::Error);
    match errors.into_iter().all(is_taken) {
        true => Exit::Conflict,
        false => Exit::Invalid,
    }
}

/// Whether it stands against something published before. The examination tells this in words only.
fn is_taken(fault: &Fault) -> bool {
    let field = matches!(fault.field, Field::Index | Field::Number | Field::Title);
    let words = ["已经用过", "已经由同一机关发布过", "同一机关已经发布过"];
    field && words.iter().any(|words| fault.message.contains(words))
}

fn lines(faults: &[Fault]) -> String {
    let errors = faults.iter().filter(|fault| fault.weight == Weight::Error);
    errors
        .map(|fault| format!("  {}", fault.to_string().replace('\n', "; ")))
        .collect::<Vec<_>>()
        .join("\n")
}

#[cfg(test)]
mod tests;
