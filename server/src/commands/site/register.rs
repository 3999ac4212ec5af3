//! `gongkai site register`: what sites offer on other platforms, as one table.

use std::path::PathBuf;

use sites::register::{self, Registers};
use sites::store::SiteKey;

use crate::commands::files::{operator, text_of};
use crate::failure::{Exit, Failure};
use crate::opening::Whereabouts;

/// The table.
#[derive(Debug, clap::Args)]
pub struct Register {
    /// CSV(UTF-8), 列名见 docs/sites.md; 表里有的网站, 以前登记的全部换成这张表里的
    #[arg(value_name = "文件")]
    file: PathBuf,
    /// 只检查, 不登记
    #[arg(long)]
    dry_run: bool,
}

impl Register {
    /// Carries it out: all sites of the table, or none where something is wrong.
    ///
    /// # Errors
    /// The file cannot be read or has a fault, there is no such site, or the database refuses.
    pub async fn run(self, place: &Whereabouts) -> Result<(), Failure> {
        place.present().await?;
        let registers = register::read(&text_of(&self.file)?).map_err(|faults| {
            let message = format!("登记表有错, 没有登记:\n  {}", faults.join("\n  "));
            Failure::invalid(message, "请按列出的行改正以后再登记; 列名和写法见 docs/sites.md")
        })?;
        let ledger = place.existing().await?;
        let sites = SiteKey::all(ledger.store()).await?;
        let found = known(&registers, &sites)?;
        let source = self.file.file_name().map(|name| name.to_string_lossy().into_owned());
        let source = source.unwrap_or_default();
        for (site, entries) in found {
            let site_words = if site.base.is_empty() { "/" } else { &site.base };
            if self.dry_run {
                println!("{site_words}: {} 条, 没有错", entries.len());
                continue;
            }
            let desk = ledger.desk(operator()).await?;
            let of = (site.base.as_str(), site.organ.as_str());
            register::hand_in(desk, of, entries, &source).await?;
            println!("{site_words}: 已登记 {} 条", entries.len());
        }
        Ok(())
    }
}

/// The sites of a table with what they have.
fn known<'a>(
    registers: &'a Registers,
    sites: &'a [SiteKey],
) -> Result<Vec<(&'a SiteKey, &'a [sites::store::Registered])>, Failure> {
    let one = |(base, entries): (&'a String, &'a Vec<sites::store::Registered>)| {
        let site = sites.iter().find(|site| site.base == *base);
        let site = site.ok_or_else(|| {
            let message = format!("没有 {base} 这个网站, 没有登记");
            Failure::new(
                Exit::NotFound,
                message,
                "请核对“网站”一列; 已开设的网站见 gongkai site check",
            )
        })?;
        Ok((site, entries.as_slice()))
    };
    registers.iter().map(one).collect()
}
