//! What we build on may be built on: licence, source, and no crate that was refused.

use super::deny::Deny;
use super::finding::Finding;
use super::graph::Package;
use super::house::House;

/// Every package has an allowed licence, comes from the public registry, and is not banned.
pub fn check(house: &House) -> Vec<Finding> {
    let deny = match Deny::read(house) {
        Ok(deny) => deny,
        Err(error) => {
            return vec![Finding::broken("deny.toml", format!("{error:#}"), "补上或改正")];
        }
    };
    house.graph.packages.iter().flat_map(|package| judge(package, &deny)).collect()
}

fn judge(package: &Package, deny: &Deny) -> Vec<Finding> {
    let place = format!("{} {}", package.name, package.version);
    let mut findings = Vec::new();
    let licence = package.license.as_deref().unwrap_or("");
    if !satisfied(licence, &deny.licenses.allow) {
        let words = format!("许可证 {licence:?} 不在 deny.toml 的允许之列");
        findings.push(Finding::broken(&place, words, "换一个依赖; 或读过许可证后加进去"));
    }
    if !package.source.starts_with("registry+") || !package.source.ends_with("/crates.io-index") {
        findings.push(Finding::broken(&place, "不是来自公共登记处", "只用公共登记处的版本"));
    }
    if let Some(ban) = deny.bans.deny.iter().find(|ban| ban.name == package.name) {
        findings.push(Finding::broken(
            &place,
            format!("已被拒用: {}", ban.reason),
            "去掉带它进来的依赖或功能",
        ));
    }
    findings
}

/// Whether an SPDX expression can be met with allowed licences only. `/` is the old way to say OR.
fn satisfied(expression: &str, allowed: &[String]) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut reader = Reader { words: &words, allowed };
    let met = reader.either();
    met && reader.words.is_empty() && !expression.is_empty()
}

struct Reader<'words> {
    words: &'words [&'words str],
    allowed: &'words [String],
}

impl Reader<'_> {
    fn take(&mut self, word: &str) -> bool {
        let found = self.words.first() == Some(&word);
        if found {
            self.words = &self.words[1..];
        }
        found
    }

    fn either(&mut self) -> bool {
        let mut met = self.both();
        while self.take("OR") {
            met |= self.both();
        }
        met
    }

    fn both(&mut self) -> bool {
        let mut met = self.single();
        while self.take("AND") {
            met &= self.single();
        }
        met
    }

    fn single(&mut self) -> bool {
        if self.take("(") {
            let met = self.either();
            return self.take(")") && met;
        }
        let Some((name, rest)) = self.words.split_first() else { return false };
        self.words = rest;
        let mut name = (*name).to_owned();
        if self.take("WITH") {
            let Some((exception, rest)) = self.words.split_first() else { return false };
            self.words = rest;
            name = format!("{name} WITH {exception}");
        }
        self.allowed.contains(&name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expression_is_met_when_some_allowed_choice_meets_it() {
        let allowed: Vec<String> =
            ["MIT", "Apache-2.0", "Unicode-3.0", "Apache-2.0 WITH LLVM-exception"]
                .map(String::from)
                .into();
        for (expression, met) in [
            ("MIT", true),
            ("GPL-3.0", false),
            ("", false),
            ("MIT OR GPL-3.0", true),
            ("GPL-3.0/MIT", true),
            ("MIT AND GPL-3.0", false),
            ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
            ("(MIT OR Apache-2.0) AND GPL-2.0", false),
            ("Apache-2.0 WITH LLVM-exception", true),
            ("MIT WITH LLVM-exception", false),
            ("MIT AND", false),
            ("(MIT", false),
        ] {
            assert_eq!(satisfied(expression, &allowed), met, "{expression}");
        }
    }

    #[test]
    fn a_package_of_foreign_origin_or_a_refused_one_is_found() {
        let package = |name: &str, source: &str| Package {
            name: name.into(),
            version: semver::Version::new(1, 0, 0),
            license: Some("MIT".into()),
            source: source.into(),
            manifest: String::new(),
        };
        let deny: Deny = toml::from_str(
            "licenses.allow = ['MIT']\nbans.deny = [{ crate = 'openssl', reason = 'one TLS' }]",
        )
        .expect("a fixture");
        let public = "registry+https://example/crates.io-index";
        assert!(judge(&package("serde", public), &deny).is_empty());
        assert_eq!(judge(&package("serde", "git+https://example/serde"), &deny).len(), 1);
        assert_eq!(judge(&package("openssl", public), &deny).len(), 1);
    }
}
