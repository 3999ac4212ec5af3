//! `gongkai catalogue export`: a version as a file.

use std::fs;
use std::path::PathBuf;

use catalogue::acts::ActError;
use catalogue::store::{Catalogue, Domain, Version};
use catalogue::writing::{Form, Printed};
use identity::Organ;
use ledger::Ledger;

use super::refused;
use crate::failure::{Exit, Failure};
use crate::opening::{Whereabouts, printer};

/// What was asked.
pub(super) struct Export {
    pub(super) organ: String,
    pub(super) domain: String,
    pub(super) file: PathBuf,
    pub(super) draft: bool,
}

impl Export {
    /// Writes the version into the file.
    ///
    /// # Errors
    /// There is no such version, or the file or the form does not take it.
    pub(super) async fn run(self, place: &Whereabouts) -> Result<(), Failure> {
        place.present().await?;
        let ending = self.file.extension().unwrap_or_default().to_string_lossy();
        let form = Form::by_ending(&ending).ok_or_else(|| {
            let message = format!("不认识的文件后缀 {ending}");
            Failure::new(Exit::Usage, message, "请写成 .xlsx、.docx、.html、.pdf、.csv 或 .json")
        })?;
        let printed = self.printed(&place.existing().await?).await?;
        let bytes = printed.write(form, Some(&printer())).await.map_err(|error| {
            let remedy = "请按提示处理; 装好字体 (apt-get install fonts-noto-cjk) 后才能生成 PDF";
            Failure::new(Exit::Failure, error.to_string(), remedy).because(error)
        })?;
        fs::write(&self.file, bytes).map_err(|error| Failure::unwritten(&self.file, error))?;
        println!("已写入 {}: {} 个事项", self.file.display(), printed.catalogue.items.len());
        Ok(())
    }

    /// The version in force, or the draft, as it is to be written.
    async fn printed(&self, ledger: &Ledger) -> Result<Printed, Failure> {
        let (store, today) = (ledger.store(), ledger.clock().today());
        let organ = Organ::find(store, &self.organ).await?;
        let organ = organ.ok_or_else(|| refused(ActError::NoOrgan(self.organ.clone())))?;
        let slug = Domain::called(store, &self.domain).await?;
        let slug = slug.ok_or_else(|| refused(ActError::NoDomain(self.domain.clone())))?;
        let absent = || {
            let state = if self.draft { "草稿状态" } else { "已发布" };
            let message = format!("{}没有{state}的{}目录", organ.name, self.domain);
            Failure::new(Exit::NotFound, message, "先用 gongkai catalogue import 和 release")
        };
        let catalogue = Catalogue::of(store, &self.organ, &slug).await?.ok_or_else(absent)?;
        let version = match self.draft {
            true => Version::draft(store, &catalogue.id).await?,
            false => Version::live(store, &catalogue.id, today).await?,
        };
        let version = version.ok_or_else(absent)?;
        let printed = Printed::of_version(store, &version.id, &organ.name, today).await?;
        printed.ok_or_else(absent)
    }
}
