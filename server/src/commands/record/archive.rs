//! `gongkai record archive`: a record or a batch as a package that an archive reads without us.

use std::path::PathBuf;

use records::archive::{self, Unpacked};

use crate::failure::{Exit, Failure};
use crate::opening::Whereabouts;

/// What is packed, and where it is written.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("what").required(true))]
pub struct Archive {
    /// 一份文件: 网址 /wenjian/ 后面的编号, 或者索引号
    #[arg(long, group = "what", value_name = "编号或索引号")]
    record: Option<String>,
    /// 一批移交的文件: 工作台上批次网址里的编号
    #[arg(long, group = "what", value_name = "编号")]
    batch: Option<String>,
    /// 写到哪个文件 (ZIP); 已有的文件不覆盖
    #[arg(long)]
    out: PathBuf,
}

impl Archive {
    /// Writes the package.
    ///
    /// # Errors
    /// There is no such record or batch, a file is damaged, or the package cannot be written.
    pub async fn run(self, place: &Whereabouts) -> Result<(), Failure> {
        let ledger = place.existing().await?;
        if self.out.exists() {
            let message = format!("{} 已经存在", self.out.display());
            return Err(Failure::new(Exit::Conflict, message, "换一个文件名"));
        }
        let packed = match (&self.record, &self.batch) {
            (Some(id), _) => archive::of_record(&ledger, &place.data, id).await,
            (None, Some(id)) => archive::of_batch(&ledger, &place.data, id).await,
            (None, None) => Err(Unpacked::None),
        };
        let bytes = packed.map_err(refused)?;
        std::fs::write(&self.out, &bytes).map_err(|error| Failure::unwritten(&self.out, error))?;
        println!("{}: {} 字节", self.out.display(), bytes.len());
        println!("核对: 解开以后运行 python3 data/verify.py");
        Ok(())
    }
}

fn refused(error: Unpacked) -> Failure {
    let exit = match &error {
        Unpacked::None => Exit::NotFound,
        Unpacked::TooLarge | Unpacked::Damaged(_) => Exit::Invalid,
        _ => Exit::Failure,
    };
    let (message, remedy) = (error.to_string(), error.remedy());
    Failure::new(exit, message, remedy).because(error)
}
