//! `gongkai catalogue import`: a file becomes the draft of an organ's next version.

use std::io::{self, Write};
use std::path::PathBuf;

use catalogue::acts::{ActError, import};
use catalogue_rules::ReadCatalogue;
use identity::{Division, Organ};
use ledger::Ledger;
use store::Statements;

use super::reading::{read_file, show_issues};
use super::refused;
use crate::commands::files::operator;
use crate::failure::{Exit, Failure};
use crate::opening::Whereabouts;

/// What was asked.
pub(super) struct Import {
    pub(super) file: PathBuf,
    pub(super) organ: String,
    pub(super) domain: Option<String>,
    pub(super) dry_run: bool,
    pub(super) replace_draft: bool,
}

impl Import {
    /// Takes the file in, or says what would be taken in, or why it would not be.
    ///
    /// # Errors
    /// The file is no catalogue, or organ or domain are unknown; nothing was stored.
    pub(super) async fn run(self, place: &Whereabouts) -> Result<(), Failure> {
        place.present().await?;
        let (read, source_sha256) = read_file(&self.file)?;
        let domain = self.domain.clone().or_else(|| read.domain.clone()).ok_or_else(|| {
            Failure::invalid("文件没有写明是哪个领域", "请用 --domain 写明领域, 例如 --domain 就业")
        })?;
        let read = of_domain(read, &domain);
        let ledger = place.existing().await?;
        let known = Organ::find(ledger.store(), &self.organ).await?;
        let known = known.ok_or_else(|| refused(ActError::NoOrgan(self.organ.clone())))?;
        if let Some(caution) = foreign(ledger.store(), &read, &known).await? {
            eprintln!("提醒: {caution}");
        }
        let said = self.keep(&ledger, read.clone(), domain, source_sha256).await?;
        let mut out = io::stdout().lock();
        writeln!(out, "{said}")?;
        show_issues(&mut out, &read)
    }

    async fn keep(
        self,
        ledger: &Ledger,
        read: ReadCatalogue,
        domain: String,
        source_sha256: String,
    ) -> Result<String, Failure> {
        let items = read.items.len();
        let source_name = self.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let (organ, called) = (self.organ.clone(), domain.clone());
        let draft = import::Import { organ, domain, read, source_name, source_sha256, demo: false };
        let desk = ledger.desk(operator()).await?;
        if self.dry_run {
            import::rehearse(desk, draft, self.replace_draft).await.map_err(in_the_way)?;
            let organ = self.organ;
            return Ok(format!(
                "试读: {items} 个事项将成为 {organ} 的 {called} 目录草稿; 没有存入"
            ));
        }
        let kept = match self.replace_draft {
            true => import::replace(desk, draft).await,
            false => import::keep(desk, draft).await,
        };
        let version = kept.map_err(in_the_way)?;
        Ok(format!("已存为第 {} 版草稿: {items} 个事项", version.number))
    }
}

/// A draft that somebody works on is replaced by those who say so.
fn in_the_way(error: ActError) -> Failure {
    match error {
        ActError::DraftExists => Failure::new(
            Exit::Conflict,
            error.to_string(),
            "在工作台接着修改这份草稿; 确要用文件换掉它的, 加 --replace-draft",
        ),
        other => refused(other),
    }
}

/// A word of caution where the file names another place than the one the organ serves: its subjects
/// are then still that other place's bodies.
async fn foreign(
    from: &impl Statements,
    read: &ReadCatalogue,
    organ: &Organ,
) -> Result<Option<String>, Failure> {
    let Some(hint) = read.region_hint.as_deref() else { return Ok(None) };
    let division = Division::find(from, &organ.division).await?;
    let home = division.as_ref().map_or("", |division| division.name.as_str());
    // 厦门市同安区 and 同安区 are one place.
    if hint.ends_with(home) && !home.is_empty() || organ.name.contains(hint) {
        return Ok(None);
    }
    let name = &organ.name;
    Ok(Some(format!("文件写的是 {hint}, 要存为 {name} 的目录; 请确认公开主体已改为本地机关")))
}

/// A file with several domains gives each its own items.
fn of_domain(mut read: ReadCatalogue, domain: &str) -> ReadCatalogue {
    if read.domain.is_none() {
        let bare = domain.trim_end_matches("领域");
        let ours = |of: &Option<String>| of.as_deref().is_none_or(|of| of == bare);
        if read.items.iter().any(|item| item.domain.as_deref() == Some(bare)) {
            read.items.retain(|item| ours(&item.domain));
            read.issues.retain(|issue| ours(&issue.domain));
        }
    }
    read
}
