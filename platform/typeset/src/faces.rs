//! 字体: which faces there are, and which of them plays which part.
//!
//! GB/T 9704-2012 names faces by kind (小标宋, 仿宋, 楷体, 黑体), not by maker. A site may own
//! licensed ones and drop them into a folder; a bare Debian has only Noto. So faces are sorted into
//! parts by their names, and each part falls back to the next best. Only what a part needs is kept
//! in the book, and a face's bytes stay in memory only once a page has used it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook, FontInfo};
use typst::utils::LazyHash;

use crate::TypesetError;

/// Where a system keeps its fonts.
const SYSTEM_FOLDER: &str = "/usr/share/fonts";

/// How deep font folders are searched; system folders are two or three levels deep.
const DEPTH: usize = 6;

/// Files larger than this are no fonts (the largest CJK collections are about 120 MB).
const LARGEST: u64 = 200 * 1024 * 1024;

/// File names in the system's folder that are worth opening: those of Chinese faces. In a folder of
/// the site's own every font is opened, because whoever put it there wants it used.
const CHINESE_FILES: [&str; 14] = [
    "cjk",
    "fandol",
    "sourcehan",
    "notoserifsc",
    "notosanssc",
    "wqy",
    "uming",
    "ukai",
    "simfang",
    "simkai",
    "simhei",
    "simsun",
    "zhuque",
    "wenkai",
];

/// Weights no template uses; skipping them by name saves opening 20 MB files.
const UNUSED_WEIGHTS: [&str; 9] =
    ["black", "light", "medium", "thin", "demibold", "semibold", "extra", "heavy", "mono"];

/// Families of a collection meant for other regions or uses, whose glyph forms are not ours.
const OTHER_REGIONS: [&str; 6] = [" jp", " kr", " tc", " hk", " hw", " mono"];

/// The parts a face can play, with the names by which it is recognised, best first.
const PARTS: [(&str, &[&str]); 5] = [
    ("title", &["小标宋", "xiaobiaosong", "xbs"]),
    ("fang", &["仿宋", "fangsong", "fandolfang"]),
    ("kai", &["楷", "kaiti", "fandolkai", "wenkai", "ukai"]),
    ("hei", &["黑", "simhei", "sans cjk", "sans sc", "fandolhei", "zenhei", "zen hei"]),
    ("song", &["serif cjk", "serif sc", "宋体", "simsun", "fandolsong", "uming"]),
];

/// One face of a font file, read when first used.
struct Face {
    path: PathBuf,
    index: u32,
    loaded: OnceLock<Option<Font>>,
}

/// The faces of this machine that Chinese documents are set in.
pub(crate) struct Faces {
    book: LazyHash<FontBook>,
    faces: Vec<Face>,
    families: BTreeMap<&'static str, Vec<String>>,
}

impl Faces {
    /// Looks through `folders`, then `fonts` beside the program, then the system's folder; of two
    /// faces for one part the earlier folder's comes first.
    pub(crate) fn find(folders: &[PathBuf]) -> Result<Self, TypesetError> {
        let own: Vec<PathBuf> = folders.iter().cloned().chain(beside_program()).collect();
        Self::search(&own, Path::new(SYSTEM_FOLDER))
    }

    fn search(own: &[PathBuf], system: &Path) -> Result<Self, TypesetError> {
        let book = LazyHash::new(FontBook::new());
        let mut faces = Self { book, faces: Vec::new(), families: BTreeMap::new() };
        for folder in own {
            faces.take_folder(folder, |_| true);
        }
        faces.take_folder(system, is_chinese_file);
        if faces.families.is_empty() {
            let looked = own.iter().map(PathBuf::as_path).chain([system]);
            let looked: Vec<String> = looked.map(|at| at.display().to_string()).collect();
            return Err(TypesetError::NoChineseFont { looked: looked.join("、") });
        }
        Ok(faces)
    }

    fn take_folder(&mut self, folder: &Path, wanted: fn(&str) -> bool) {
        for path in font_files(folder, DEPTH) {
            let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase());
            if name.is_some_and(|name| wanted(&name)) {
                self.take_file(&path);
            }
        }
    }

    /// Takes the face for mainland China out of a file; a file that is no font is passed over,
    /// because a stray file must not stop every document.
    fn take_file(&mut self, path: &Path) {
        let Ok(bytes) = fs::read(path) else { return };
        let Some((index, info)) = mainland_face(&bytes) else { return };
        let family = info.family.clone();
        let Some(part) = part_of(&family) else { return };
        let families = self.families.entry(part).or_default();
        if !families.contains(&family) {
            families.push(family);
        }
        self.book.push(info);
        self.faces.push(Face { path: path.to_path_buf(), index, loaded: OnceLock::new() });
    }

    /// For each part the families to try in turn, ending in whatever else this machine has, so
    /// that a rare character of a name is found somewhere.
    pub(crate) fn parts(&self) -> BTreeMap<&'static str, Vec<&str>> {
        let order = |first: &[&'static str]| {
            let mut list: Vec<&str> = Vec::new();
            let all = first.iter().copied().chain(["song", "fang", "hei", "kai", "title"]);
            for family in all.filter_map(|part| self.families.get(part)).flatten() {
                if !list.contains(&family.as_str()) {
                    list.push(family);
                }
            }
            list
        };
        BTreeMap::from([
            ("title", order(&["title", "song"])),
            ("fang", order(&["fang", "song"])),
            ("kai", order(&["kai", "fang", "song"])),
            ("hei", order(&["hei", "song"])),
            ("song", order(&["song", "fang"])),
        ])
    }

    /// The parts for which this machine has a face of the right kind.
    pub(crate) fn own(&self) -> Vec<&'static str> {
        self.families.keys().copied().collect()
    }

    /// The files they stand in, each once.
    pub(crate) fn files(&self) -> Vec<&Path> {
        let mut seen = BTreeSet::new();
        let files = self.faces.iter().map(|face| face.path.as_path());
        files.filter(|file| seen.insert(*file)).collect()
    }

    pub(crate) fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    pub(crate) fn font(&self, index: usize) -> Option<Font> {
        let face = self.faces.get(index)?;
        let load = || Font::new(Bytes::new(fs::read(&face.path).ok()?), face.index);
        face.loaded.get_or_init(load).clone()
    }
}

fn beside_program() -> Option<PathBuf> {
    Some(std::env::current_exe().ok()?.parent()?.join("fonts"))
}

/// Font files below a folder in the order of their names; unreadable folders count as empty.
fn font_files(folder: &Path, depth: usize) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            if depth > 0 {
                files.extend(font_files(&path, depth - 1));
            }
        } else if is_font_file(&path) {
            files.push(path);
        }
    }
    files
}

fn is_font_file(path: &Path) -> bool {
    let extension = path.extension().map(|end| end.to_string_lossy().to_lowercase());
    extension.is_some_and(|end| matches!(end.as_str(), "ttf" | "otf" | "ttc" | "otc"))
        && fs::metadata(path).is_ok_and(|about| about.is_file() && about.len() <= LARGEST)
}

fn is_chinese_file(name: &str) -> bool {
    CHINESE_FILES.iter().any(|known| name.contains(known))
        && !UNUSED_WEIGHTS.iter().any(|weight| name.contains(weight))
}

/// The first face of a file or collection whose forms are those of the mainland. Noto's collections
/// hold it in third place, so that place is looked at first: each look costs milliseconds.
fn mainland_face(bytes: &[u8]) -> Option<(u32, FontInfo)> {
    [2, 0, 1, 3, 4, 5, 6, 7, 8, 9].into_iter().find_map(|index| {
        let info = FontInfo::new(bytes, index)?;
        let family = info.family.to_lowercase();
        let foreign = OTHER_REGIONS.iter().any(|region| family.ends_with(region));
        (!foreign && info.coverage.contains('中' as u32)).then_some((index, info))
    })
}

fn part_of(family: &str) -> Option<&'static str> {
    let family = family.to_lowercase();
    PARTS
        .iter()
        .find_map(|(part, names)| names.iter().any(|name| family.contains(name)).then_some(*part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_face_plays_the_part_its_name_says() {
        for (family, part) in [
            ("方正小标宋简体", Some("title")),
            ("FZXiaoBiaoSong-B05S", Some("title")),
            ("仿宋_GB2312", Some("fang")),
            ("FandolFang R", Some("fang")),
            ("楷体_GB2312", Some("kai")),
            ("LXGW WenKai", Some("kai")),
            ("Noto Sans CJK SC", Some("hei")),
            ("SimHei", Some("hei")),
            ("Noto Serif CJK SC", Some("song")),
            ("SimSun", Some("song")),
            ("DejaVu Sans", None),
        ] {
            assert_eq!(part_of(family), part, "{family}");
        }
    }

    #[test]
    fn of_the_systems_files_only_chinese_faces_in_the_weights_we_use_are_opened() {
        for (name, opened) in [
            ("notoserifcjk-regular.ttc", true),
            ("notosanscjk-bold.ttc", true),
            ("fandolkai-regular.otf", true),
            ("notoserifcjk-black.ttc", false),
            ("notoserifcjk-extralight.ttc", false),
            ("dejavusans.ttf", false),
        ] {
            assert_eq!(is_chinese_file(name), opened, "{name}");
        }
    }

    #[test]
    fn a_machine_without_a_chinese_face_is_told_what_to_install_and_where_we_looked() {
        let folder = std::env::temp_dir().join(format!("faces-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a temporary folder can be made");
        fs::write(folder.join("broken.ttf"), b"not a font").expect("a file can be written");
        let found = Faces::search(std::slice::from_ref(&folder), Path::new("/nowhere/fonts"));
        fs::remove_dir_all(&folder).expect("the temporary folder can be removed");
        let said = found.err().map(|error| error.to_string()).unwrap_or_default();
        for part in ["apt-get install fonts-noto-cjk", "fonts 文件夹", "/nowhere/fonts", "faces-"]
        {
            assert!(said.contains(part), "{part} in {said}");
        }
    }
}
