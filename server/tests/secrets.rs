//! The keys of personal data at the command line, and that a backup leaves them out unless asked.

#[path = "log/house.rs"]
#[expect(dead_code, reason = "the same house serves other tests")]
mod house;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use house::Folder;

fn keys(data: &Path) -> usize {
    let Ok(entries) = fs::read_dir(data.join("secrets")) else { return 0 };
    let files: Vec<_> = entries.flatten().collect();
    for file in &files {
        let mode = file.metadata().expect("is there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{:?}", file.path());
    }
    files.len()
}

#[test]
fn a_new_key_seals_old_ones_stay_and_a_backup_leaves_them_out() {
    let folder = Folder::new("secrets").furnished();
    let said = folder.does(&["secrets", "show"]);
    assert_eq!(said.matches("新内容用它").count(), 1, "{said}");
    assert!(said.contains("(aes-256-gcm): 0 处"), "{said}");
    assert_eq!(keys(&folder.data()), 2, "one to seal with, one for marks");

    let said = folder.does(&["secrets", "rotate"]);
    assert!(said.contains("新密钥") && said.contains("旧密钥不要删"), "{said}");
    let said = folder.does(&["secrets", "show", "--cipher", "sm4-gcm"]);
    assert_eq!(said.lines().filter(|line| line.starts_with("密钥")).count(), 3, "{said}");
    assert!(said.contains("(sm4-gcm): 0 处, 新内容用它"), "{said}");
    let said = folder.does(&["secrets", "reseal"]);
    assert!(said.contains("没有要改的"), "{said}");
    assert_eq!(keys(&folder.data()), 4);
    folder.does(&["audit", "verify"]);

    let place = |name: &str| folder.0.join(name).to_string_lossy().into_owned();
    let (without, with) = (place("without"), place("with"));
    let said = folder.does(&["backup", "create", &without]);
    assert!(said.contains("个人信息的密钥也不在备份里"), "{said}");
    assert_eq!(keys(Path::new(&without)), 0);
    folder.does(&["backup", "create", &with, "--with-key"]);
    assert_eq!(keys(Path::new(&with)), 4);
    assert!(folder.does(&["backup", "verify", &with]).contains("个人信息的密钥"));
}
