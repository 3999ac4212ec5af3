//! Nothing in the repository knows on which machine it was written.

use super::finding::Finding;
use super::house::House;

/// Spelt in two halves, so that this file does not find itself.
const TRACES: &[(&str, &str)] = &[
    ("/wo", "rk/"),
    ("/ho", "me/"),
    ("/ro", "ot/"),
    ("/Us", "ers/"),
    ("npm", "js.org"),
    ("npm", "js.com"),
    ("npm", "mirror"),
    ("py", "pi.org"),
    ("python", "hosted"),
    ("deb.", "debian.org"),
    ("index.", "crates.io"),
    ("static.", "crates.io"),
    ("static.", "rust-lang.org"),
];

/// No path of a machine and no registry's host in any file.
pub fn check(house: &House) -> Vec<Finding> {
    let texts = house.texts.iter().filter(|text| text.path != "Cargo.lock");
    let lines = texts.flat_map(|text| text.lines().map(move |(number, line)| (text, number, line)));
    lines
        .filter_map(|(text, number, line)| {
            let trace = TRACES
                .iter()
                .map(|(a, b)| format!("{a}{b}"))
                .find(|trace| line.contains(trace.as_str()))?;
            let place = format!("{}:{number}", text.path);
            Some(Finding::broken(
                place,
                format!("写着 {trace}"),
                "用相对路径; 软件源由各人的机器自己配置",
            ))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_or_a_host_is_found_and_a_web_address_of_ours_is_not() {
        let count = |text: &str| check(&House::sample(&[("README.md", text)])).len();
        assert_eq!(count(concat!("cd /wo", "rk/main")), 1);
        assert_eq!(count(concat!("https://py", "pi.org/simple")), 1);
        assert_eq!(count("/workbench/requests at home, networks"), 0);
    }
}
