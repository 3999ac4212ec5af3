//! The data folder before anything is founded in it: whether we may look into it, and whether it is somebody
//! else's.

use std::io::ErrorKind;

use super::{KEPT_BESIDE, SYNONYMS, Whereabouts};
use crate::failure::{Exit, Failure};

/// What an operator may have laid into the folder before the first start: 国徽图案, a mount point's own, and
/// the mark that a demo city was here.
const LAID: [&str; 4] = ["guohui.svg", "guohui.png", "lost+found", crate::demo::MARK];

impl Whereabouts {
    /// That the data folder, if it is there, may be looked into: a folder of somebody else is no empty one.
    ///
    /// # Errors
    /// The system refuses it.
    pub(super) fn may_look(&self) -> Result<(), Failure> {
        let denied = |error: std::io::Error| error.kind() == ErrorKind::PermissionDenied;
        if self.database.is_none() && std::fs::read_dir(&self.data).err().is_some_and(denied) {
            let message = format!("没有权限读取数据目录 {}", self.name());
            let remedy = "请用运行平台的系统用户运行, 例如 sudo -u gongkai gongkai …";
            return Err(Failure::new(Exit::Failure, message, remedy));
        }
        Ok(())
    }

    /// That data may be founded here, nothing of somebody else lying in the folder; whether they are already.
    ///
    /// # Errors
    /// Something does; it is named, and nothing is written.
    pub async fn may_found(&self) -> Result<bool, Failure> {
        if self.is_founded().await? {
            return Ok(true);
        }
        let Some(foreign) = std::fs::read_dir(&self.data).ok().and_then(|found| {
            let names = found.filter_map(|one| one.ok()?.file_name().into_string().ok());
            names.filter(|name| !is_known(name)).min()
        }) else {
            return Ok(false);
        };
        let message = format!("{} 不是平台的数据目录: 里面有别的文件 ({foreign})", self.name());
        let remedy = "请核对 --data 写的目录; 新建的, 写一个空目录或者还没有的目录";
        Err(Failure::new(Exit::Conflict, message, remedy))
    }
}

fn is_known(name: &str) -> bool {
    let ours = name.starts_with('.') || name.starts_with("gongkai.") || name.ends_with(".lock");
    ours || name == SYNONYMS || KEPT_BESIDE.contains(&name) || LAID.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn nothing_is_founded_beside_the_files_of_somebody_else() {
        let folder = store::testing::Folder::new("foreign");
        let place = Whereabouts::folder(folder.path());
        assert!(place.may_found().await.is_ok(), "no folder yet");
        std::fs::create_dir_all(folder.path().join("secrets")).expect("a folder");
        std::fs::write(folder.path().join("guohui.svg"), "").expect("a file");
        assert!(place.may_found().await.is_ok(), "what belongs there");
        std::fs::write(folder.path().join("年报.docx"), "").expect("a file");
        let failure = place.may_found().await.expect_err("somebody's files");
        assert_eq!(failure.exit, Exit::Conflict);
        assert!(failure.to_string().contains("里面有别的文件 (年报.docx)"), "{failure}");
    }
}
