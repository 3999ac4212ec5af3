//! Killed at any moment, on a full disk, or pointed at something else, a copy is never half of anything.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Instant;

use super::ground::{Ground, files, neither, program, said};

/// How often it is killed, at moments spread over its time.
const KILLS: u32 = 6;

fn copied(from: &Path, to: &Path) {
    fs::remove_dir_all(to).ok();
    let status = Command::new("cp").arg("-a").args([from, to]).status();
    assert!(status.expect("cp runs").success(), "copied");
}

#[test]
fn a_run_that_is_killed_leaves_no_half_of_a_file_and_is_gone_on_with() {
    let ground = Ground::new("copying-killed").furnished(12);
    ground.export();
    let (kept, copy) = (ground.0.join("kept"), ground.copy());
    copied(&copy, &kept);
    let before = files(&copy);
    ground.publish("新文件", 6);
    ground.does(&["site", "export", &ground.0.join("fresh").to_string_lossy()]);
    let after = files(&ground.0.join("fresh"));
    copied(&kept, &copy);
    let began = Instant::now();
    ground.export();
    let lasts = began.elapsed();
    let mut interrupted = 0;
    for kill in 1..=KILLS {
        copied(&kept, &copy);
        let words = ["site", "export", &copy.to_string_lossy()];
        let mut run = program(&words, &ground.data());
        let mut run = run.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("runs");
        std::thread::sleep(lasts * kill / (KILLS + 1));
        run.kill().ok();
        run.wait().expect("has stopped");
        let now = files(&copy);
        assert_eq!(neither(&now, &before, &after), Vec::<&String>::new(), "kill {kill}");
        let lost =
            before.keys().filter(|name| after.contains_key(*name) && !now.contains_key(*name));
        assert_eq!(lost.count(), 0, "kill {kill}: what stays is there all the time");
        interrupted += u32::from(now != after);
        ground.export();
        assert!(files(&copy) == after, "kill {kill}: the next run ends what was begun");
    }
    println!("{} files, {KILLS} kills, {interrupted} before the end; half files 0", after.len());
    assert!(interrupted > 0, "it was killed before its end at least once");
}

/// On a disk of its own: a copy is written, something is published, the disk is filled up to so many bytes, the copy
/// is brought up to date in vain, and again when there is room. What lay there then is set aside each time.
const ON_A_FULL_DISK: &str = r#"
set -e
gongkai=$1; data=$2; aside=$3; manuscripts=$4; left=$5
mount -t tmpfs -o size=64m none "$aside/disk"
copy=$aside/disk/copy
"$gongkai" site export "$copy" --data "$data" >/dev/null
cp -a "$copy" "$aside/before"
"$gongkai" record import "$manuscripts" --data "$data" >/dev/null
dd if=/dev/zero of="$aside/disk/fill" bs=1024 2>/dev/null || true
truncate -s "-$left" "$aside/disk/fill"
set +e
"$gongkai" site export "$copy" --data "$data"
echo "code $?"
set -e
cp -a "$copy" "$aside/full"
rm "$aside/disk/fill"
"$gongkai" site export "$copy" --data "$data" >/dev/null
cp -a "$copy" "$aside/after"
"#;

/// Runs it where file systems may be mounted; `None` where the machine lets nobody.
fn on_a_full_disk(ground: &Ground, left: u32) -> Option<Output> {
    let aside = ground.0.join(format!("aside-{left}"));
    fs::create_dir_all(aside.join("disk")).expect("a folder");
    for ways in [&["-m"][..], &["-r", "-m"]] {
        let mut may = Command::new("unshare");
        may.args(ways).args(["mount", "-t", "tmpfs", "none"]).arg(aside.join("disk"));
        if !may.output().is_ok_and(|output| output.status.success()) {
            continue;
        }
        let mut command = Command::new("unshare");
        command.args(ways).args(["sh", "-c", ON_A_FULL_DISK, "sh"]);
        command.args([Path::new(env!("CARGO_BIN_EXE_gongkai")), &ground.data(), &aside]);
        command.arg(ground.0.join("more.md")).arg(left.to_string());
        return Some(command.env_remove("GONGKAI_DATABASE").output().expect("runs"));
    }
    None
}

#[test]
fn on_a_full_disk_the_former_copy_stays_whole_and_the_operator_is_told_what_to_do() {
    for left in [0, 48 << 10] {
        let ground = Ground::new(&format!("copying-full-{left}")).furnished(6);
        let more = |at: usize| {
            format!(
                "---\n标题：又一件第{at}号\n发布机构：XM00001\n成文日期：2026-11-02\n\
                 原发布日期：2026-11-03\n原发布日期来源：市政府公报\n主题分类：综合政务/政务公开\n\
                 体裁：通知\n公开属性：主动公开\n---\n\n{}\n",
                "正文很长。".repeat(4_000)
            )
        };
        ground.file("more.md", &(0..4).map(more).collect::<Vec<_>>().join("=====\n"));
        let Some(output) = on_a_full_disk(&ground, left) else {
            store::testing::skipped("no file system can be mounted here");
            return;
        };
        let words = said(&output);
        assert!(output.status.success(), "{left}: {words}");
        assert!(words.contains("code 1"), "{left}: {words}");
        assert!(words.contains("磁盘已满") && words.contains("再运行一次"), "{left}: {words}");
        let aside = ground.0.join(format!("aside-{left}"));
        let [before, full, after] =
            ["before", "full", "after"].map(|name| files(&aside.join(name)));
        assert_eq!(neither(&full, &before, &after), Vec::<&String>::new(), "{left}");
        let lost =
            before.keys().filter(|name| after.contains_key(*name) && !full.contains_key(*name));
        assert_eq!(lost.count(), 0, "{left}: what was there is there");
        assert!(full != after && after.len() > before.len(), "{left}: it was full, and then not");
    }
}

#[test]
fn a_folder_with_something_else_in_it_is_left_as_it_is() {
    let ground = Ground::new("copying-foreign").furnished(1);
    let other = ground.0.join("photos");
    fs::create_dir_all(other.join("2026")).expect("a folder");
    fs::write(other.join("2026/合影.jpg"), "别的东西").expect("a file");
    let before = files(&other);
    let words = ["site", "export", &other.to_string_lossy()];
    let output = program(&words, &ground.data()).output().expect("runs");
    assert_eq!(output.status.code(), Some(5), "{}", said(&output));
    let words = said(&output);
    assert!(words.contains("里有别的东西") && words.contains("请换一个空文件夹"), "{words}");
    assert!(files(&other) == before, "nothing was touched");
    assert_eq!(fs::read_dir(&other).expect("a folder").count(), 1, "nothing was put there");
}
