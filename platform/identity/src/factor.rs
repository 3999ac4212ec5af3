//! 第二因素: time-based one-time passwords (RFC 6238) and codes for when the device is lost.

use jiff::Timestamp;
use totp_rs::{Builder, Secret, Totp};

use crate::secret::{SecretError, random};

/// A secret is as long as the digest of its algorithm (RFC 4226 section 4).
const SECRET: usize = 20;

/// How long a code holds; authenticators assume it.
const STEP: u64 = 30;

/// How many recovery codes are given.
pub const RECOVERY_CODES: usize = 10;

/// Letters of recovery codes: none that is mistaken for another.
const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// A secret shared with the person's device, base32.
///
/// # Errors
/// No random bytes.
pub(crate) fn fresh() -> Result<String, SecretError> {
    Ok(Secret::from(random(SECRET)?.as_slice()).to_base32())
}

fn of(secret: &str) -> Option<Totp> {
    let secret = Secret::try_from_base32(secret).ok()?;
    // SHA-1, 6 digits, 30 seconds: what every authenticator understands.
    Builder::new().with_secret(secret).with_step_duration(STEP).with_skew(1).build().ok()
}

/// The time step of a code that holds now; `None` where it does not, or is not newer than `last`.
pub(crate) fn step_of(secret: &str, code: &str, last: i64, now: Timestamp) -> Option<i64> {
    let plain: String = code.chars().filter(|one| !one.is_whitespace()).collect();
    if plain.len() != 6 || !plain.bytes().all(|one| one.is_ascii_digit()) {
        return None;
    }
    let step = of(secret)?.check(&plain, u64::try_from(now.as_second()).ok()?)?;
    i64::try_from(step).ok().filter(|step| *step > last)
}

/// The code of a secret at a moment, for the demo and for tests.
pub fn code_at(secret: &str, now: Timestamp) -> Option<String> {
    let at = u64::try_from(now.as_second()).ok()?;
    Some(of(secret)?.generate(at).to_string())
}

/// What a device scans: `otpauth://totp/…`.
pub fn address_of(secret: &str, login: &str) -> String {
    let issuer = "%E6%94%BF%E5%8A%A1%E5%85%AC%E5%BC%80%E5%B7%A5%E4%BD%9C%E5%8F%B0";
    let login = login.replace('@', "%40");
    format!("otpauth://totp/{issuer}:{login}?secret={secret}&issuer={issuer}")
}

/// Recovery codes, each of 50 random bits in two groups.
pub(crate) fn recovery_codes() -> Result<Vec<String>, SecretError> {
    let one = || -> Result<String, SecretError> {
        let letters = random(10)?;
        let letters: String =
            letters.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect();
        let (head, tail) = letters.split_at(5);
        Ok(format!("{head}-{tail}"))
    };
    (0..RECOVERY_CODES).map(|_| one()).collect()
}

/// A recovery code as it is compared, however it was typed.
pub(crate) fn plain_recovery(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238 appendix B, SHA-1, the last six of eight digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = Secret::from(b"12345678901234567890".as_slice()).to_base32();
        for (second, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
        ] {
            let at = Timestamp::from_second(second).expect("a moment");
            assert_eq!(code_at(&secret, at).as_deref(), Some(code));
            assert_eq!(step_of(&secret, code, 0, at), Some(second / 30));
        }
    }

    #[test]
    fn a_code_works_once_and_for_a_minute_and_a_half_at_most() {
        let secret = fresh().expect("a secret");
        let at = |second| Timestamp::from_second(second).expect("a moment");
        let code = code_at(&secret, at(1_800_000_000)).expect("a code");
        let step = 1_800_000_000 / 30;
        for (last, now, taken) in [
            (0, 1_800_000_000, true),
            (0, 1_800_000_030, true),
            (0, 1_799_999_970, true),
            (0, 1_800_000_060, false),
            (step, 1_800_000_000, false),
        ] {
            assert_eq!(step_of(&secret, &code, last, at(now)).is_some(), taken, "{last} {now}");
        }
        let spaced = format!("{} {}", &code[..3], &code[3..]);
        assert!(step_of(&secret, &spaced, 0, at(1_800_000_000)).is_some());
        for wrong in ["", "12345", "abcdef", "１２３４５６", &format!("{code}0")] {
            assert_eq!(step_of(&secret, wrong, 0, at(1_800_000_000)), None, "{wrong}");
        }
    }

    #[test]
    fn recovery_codes_are_read_however_they_are_typed() {
        let codes = recovery_codes().expect("codes");
        assert_eq!(codes.len(), RECOVERY_CODES);
        assert_eq!(plain_recovery(" ab2cd-ef3gh "), "AB2CDEF3GH");
        assert!(codes.iter().all(|code| plain_recovery(code).len() == 10), "{codes:?}");
    }
}
