//! 口令规则: two profiles, for two standards contradict each other (docs/readings/041).

use law::Date;

use crate::secret::{SecretError, password_fits};

/// Which rules passwords follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Profile {
    /// 等级保护: complexity, and a change from time to time (GB/T 22239-2019 8.1.4.1).
    #[default]
    Dengbao3,
    /// OWASP ASVS 5.0: length alone, no forced change (6.2.1, 6.2.5, 6.2.10).
    Asvs,
}

/// What a profile asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// The fewest letters.
    pub least: usize,
    /// How many of small letters, capitals, digits and other signs must be in it.
    pub classes: usize,
    /// After how many days it must be changed; `None` for never.
    pub days: Option<i32>,
    /// How many earlier passwords may not come back.
    pub past: usize,
}

/// Longer ones are cut off by no one and hashed whole; beyond this they come from machines.
const MOST: usize = 256;

/// Beginnings that are tried first; a password is refused where little else is in it.
const COMMON: &[&str] = &[
    "password",
    "passw0rd",
    "qwerty",
    "qwertyuiop",
    "asdfgh",
    "zxcvbn",
    "admin",
    "administrator",
    "root",
    "welcome",
    "letmein",
    "iloveyou",
    "abc123",
    "1q2w3e",
    "1qaz2wsx",
    "gongkai",
    "zhengwu",
    "xiamen",
    "woaini",
    "5201314",
    "changeme",
    "p@ssw0rd",
    "p@ssword",
    "monkey",
    "dragon",
];

impl Profile {
    /// The profile by its word.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "dengbao3" => Some(Self::Dengbao3),
            "asvs" => Some(Self::Asvs),
            _ => None,
        }
    }

    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Dengbao3 => "dengbao3",
            Self::Asvs => "asvs",
        }
    }

    /// What it asks for.
    pub fn rules(self) -> Rules {
        match self {
            Self::Dengbao3 => Rules { least: 12, classes: 3, days: Some(90), past: 5 },
            Self::Asvs => Rules { least: 15, classes: 1, days: None, past: 0 },
        }
    }

    /// The rule in words, for the form.
    pub fn hint(self) -> &'static str {
        match self {
            Self::Dengbao3 => {
                "至少 12 个字符，大写字母、小写字母、数字、其他符号里至少三类；90 天内更换，不重复最近 5 个口令。"
            }
            Self::Asvs => "至少 15 个字符，可以用一句话；不要求定期更换。",
        }
    }

    /// What it rests on, where the law of the land says so.
    pub fn basis(self) -> &'static str {
        match self {
            Self::Dengbao3 => "GB/T 22239-2019 8.1.4.1 身份鉴别",
            Self::Asvs => "OWASP ASVS 5.0.0 6.2",
        }
    }

    /// Whether a password set on a day must be changed on another.
    pub fn has_expired(self, since: Option<Date>, today: Date) -> bool {
        let (Some(days), Some(since)) = (self.rules().days, since) else { return false };
        since.checked_add(jiff::Span::new().days(days)).is_ok_and(|last| last < today)
    }

    /// What is wrong with a new password; `None` where it may be used. `about` holds what everyone
    /// knows of the person: login, name.
    pub fn fault(self, password: &str, about: &[&str]) -> Option<String> {
        let rules = self.rules();
        let letters = password.chars().count();
        if letters < rules.least {
            return Some(format!("口令至少 {} 个字符", rules.least));
        }
        if password.len() > MOST {
            return Some("口令太长，请短一些".into());
        }
        if classes(password) < rules.classes {
            return Some(format!(
                "口令要有大写字母、小写字母、数字、其他符号里的至少 {} 类",
                rules.classes
            ));
        }
        let plain = password.to_lowercase();
        let known = about.iter().map(|word| word.trim().to_lowercase());
        if known.filter(|word| word.chars().count() > 1).any(|word| plain.contains(&word)) {
            return Some("口令里不要有登录名和姓名".into());
        }
        let little_else = |common: &str| plain.contains(common) && letters < common.len() + 8;
        if COMMON.iter().any(|common| little_else(common)) || is_a_run(&plain) {
            return Some("口令太常见，容易被猜中，请换一个".into());
        }
        None
    }

    /// Whether the password was used before, as far as the profile remembers.
    pub(crate) async fn is_old(
        self,
        password: &str,
        past: impl Iterator<Item = &str>,
    ) -> Result<bool, SecretError> {
        for digest in past.take(self.rules().past) {
            if password_fits(password, Some(digest)).await? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

fn classes(password: &str) -> usize {
    let has = |of: fn(char) -> bool| usize::from(password.chars().any(of));
    has(|one| one.is_ascii_lowercase())
        + has(|one| one.is_ascii_uppercase())
        + has(|one| one.is_ascii_digit())
        + has(|one| !one.is_ascii_alphanumeric())
}

/// Few different letters, or mostly letters that follow one another: `aaaa…`, `123456…`.
fn is_a_run(plain: &str) -> bool {
    let letters: Vec<u32> = plain.chars().map(u32::from).collect();
    let different: std::collections::BTreeSet<_> = letters.iter().collect();
    let steps = letters.windows(2).filter(|pair| pair[0].abs_diff(pair[1]) <= 1).count();
    different.len() < 6 || steps * 4 >= letters.len() * 3
}

#[cfg(test)]
mod tests {
    use law::day;

    use super::*;

    #[test]
    fn both_profiles_refuse_what_is_guessed_and_take_what_is_not() {
        for (password, dengbao3, asvs) in [
            ("Chunjiang-Chaoshui-8", true, true),
            ("Kx7#mqPz92Lw", true, false),
            ("chunjiangchaoshuilian", false, true),
            ("春江潮水连海平海上明月共潮生滟滟", false, true),
            ("Short1!", false, false),
            ("aaaaaaaaaaaaaaaA1!", false, false),
            ("abcdefghijklmnop1A!", false, false),
            ("Password2026!!", false, false),
            ("lin.xiuying-2026A!", false, false),
            (&"长A1!".repeat(100), false, false),
        ] {
            for (profile, taken) in [(Profile::Dengbao3, dengbao3), (Profile::Asvs, asvs)] {
                let fault = profile.fault(password, &["lin.xiuying", "林秀英"]);
                assert_eq!(fault.is_none(), taken, "{password} {profile:?}: {fault:?}");
            }
        }
    }

    #[test]
    fn only_one_profile_lets_passwords_grow_old() {
        let since = Some(day(2026, 1, 1));
        for (today, dengbao3) in [
            (day(2026, 1, 1), false),
            (day(2026, 4, 1), false),
            (day(2026, 4, 2), true),
            (day(2027, 1, 1), true),
        ] {
            assert_eq!(Profile::Dengbao3.has_expired(since, today), dengbao3, "{today}");
            assert!(!Profile::Asvs.has_expired(since, today));
        }
        assert!(!Profile::Dengbao3.has_expired(None, day(2026, 1, 1)));
    }
}
