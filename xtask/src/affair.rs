//! `cargo xtask new-affair village 村务公开`: an empty room by the plan that every room has.

use std::path::Path;

use anyhow::{Context, bail};

use crate::shell;

/// The files of an empty room: where each lies inside it, and what it says. `{name}` and `{title}`
/// are filled in.
const PLAN: &[(&str, &str)] = &[
    ("Cargo.toml", include_str!("affair/room.toml.txt")),
    ("src/lib.rs", include_str!("affair/room.rs.txt")),
    ("src/acts.rs", include_str!("affair/acts.rs.txt")),
    ("src/portal.rs", include_str!("affair/portal.rs.txt")),
    ("src/store.rs", include_str!("affair/store.rs.txt")),
    ("rules/Cargo.toml", include_str!("affair/rules.toml.txt")),
    ("rules/src/lib.rs", include_str!("affair/rules.rs.txt")),
];

/// Writes the room and says what is to be added outside it.
///
/// # Errors
/// The name is no room's name, the room is there already, or the disk refuses.
pub fn build(name: &str, title: &str) -> anyhow::Result<()> {
    lay_out(&shell::root(), name, title)?;
    println!("affairs/{name} 建好了。房间之外还要加:");
    println!("1. Cargo.toml 的 [workspace.dependencies]:");
    println!("     {name} = {{ path = \"affairs/{name}\" }}");
    println!("     {name}-rules = {{ path = \"affairs/{name}/rules\" }}");
    println!("2. server/Cargo.toml 的 [dependencies]:");
    println!("     {name}.workspace = true");
    println!("3. server/src/rooms.rs 的房间名单里加一行:");
    println!("     {name}::room(),");
    println!("4. docs/glossary.md: 规则里每个公开类型一行");
    println!("然后: cargo check -p {name} && cargo xtask tidy");
    Ok(())
}

fn lay_out(root: &Path, name: &str, title: &str) -> anyhow::Result<()> {
    if name.is_empty() || !name.chars().all(|c| c.is_ascii_lowercase()) {
        bail!("{name} 不能作房间名。改法: 用 docs/glossary.md 里的一个英文词, 全小写字母");
    }
    if title.is_empty() || title.contains(['"', '\\', '\n']) {
        bail!("中文名 {title} 不能用。改法: 用法律的词, 不带引号");
    }
    let room = root.join("affairs").join(name);
    if room.exists() {
        bail!("affairs/{name} 已经有了。改法: 换一个名字, 或在那个房间里加");
    }
    for (path, text) in PLAN {
        let path = room.join(path);
        let folder = path.parent().context("每个文件都在房间里")?;
        std::fs::create_dir_all(folder)
            .with_context(|| format!("无法建立 {}", folder.display()))?;
        let text = text.replace("{name}", name).replace("{title}", title);
        std::fs::write(&path, text).with_context(|| format!("无法写入 {}", path.display()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn empty_house(test: &str) -> std::path::PathBuf {
        let house = std::env::temp_dir().join(format!("new-affair-{test}-{}", std::process::id()));
        std::fs::remove_dir_all(&house).ok();
        house
    }

    #[test]
    fn a_new_room_has_the_plan_of_every_room_and_is_never_laid_over_another() {
        let house = empty_house("plan");
        lay_out(&house, "village", "村务公开").expect("the room is built");
        for (path, _) in PLAN {
            let text =
                std::fs::read_to_string(house.join("affairs/village").join(path)).expect(path);
            assert!(!text.contains("{name}") && !text.contains("{title}"), "{path}");
            if path.ends_with(".rs") {
                syn::parse_file(&text).expect(path);
            } else {
                text.parse::<toml::Table>().expect(path);
            }
        }
        assert!(lay_out(&house, "village", "村务公开").is_err(), "a room was laid over another");
        std::fs::remove_dir_all(&house).expect("the test's folder goes");
    }

    #[test]
    fn a_name_that_is_no_word_is_refused() {
        for name in ["", "Village", "village-affairs", "../law", "村务"] {
            assert!(lay_out(&empty_house("name"), name, "村务公开").is_err(), "{name}");
        }
    }
}
