//! `gongkai record clean`: the text of a file with the marks of a manuscript.

use std::path::{Path, PathBuf};

use records::cleaning::{Cleaned, of_file};

use crate::failure::Failure;

/// Cleaning.
#[derive(Debug, clap::Args)]
pub struct Clean {
    /// 文件: docx、网页、纯文本; 设了 GONGKAI_CONVERTER 的也读 .doc、.wps
    file: PathBuf,
    /// 输出 JSON: 标题、正文、图片、改动
    #[arg(long)]
    json: bool,
    /// 图片存到这个目录
    #[arg(long, value_name = "目录")]
    pictures: Option<PathBuf>,
}

impl Clean {
    /// Writes the text to the standard output, and what was changed beside it.
    ///
    /// # Errors
    /// The file cannot be read, or a picture cannot be kept.
    pub async fn run(self, data: &Path) -> Result<(), Failure> {
        let bytes =
            std::fs::read(&self.file).map_err(|error| super::unreadable(&self.file, error))?;
        let cleaned = of_file(bytes, data).await.map_err(|error| {
            let remedy = error.remedy();
            Failure::invalid(format!("{}: {error}", self.file.display()), remedy)
        })?;
        if let Some(folder) = &self.pictures {
            keep(folder, &cleaned)?;
        }
        if self.json {
            println!("{}", json(&cleaned));
        } else {
            if let Some(title) = &cleaned.title {
                println!("标题：{title}\n");
            }
            println!("{}", cleaned.text());
            for change in &cleaned.changes {
                eprintln!("{change}");
            }
        }
        Ok(())
    }
}

fn keep(folder: &Path, cleaned: &Cleaned) -> Result<(), Failure> {
    std::fs::create_dir_all(folder).map_err(|error| Failure::unwritten(folder, error))?;
    for picture in &cleaned.pictures {
        let path = folder.join(&picture.name);
        std::fs::write(&path, &picture.bytes).map_err(|error| Failure::unwritten(&path, error))?;
    }
    Ok(())
}

fn json(cleaned: &Cleaned) -> serde_json::Value {
    serde_json::json!({
        "schema_version": 1,
        "title": cleaned.title,
        "text": cleaned.text(),
        "blocks": cleaned.blocks,
        "pictures": cleaned.pictures.iter().map(|picture| &picture.name).collect::<Vec<_>>(),
        "changes": cleaned.changes,
    })
}
