//! Secrets: random words, and digests that are slow on purpose (argon2id, RFC 9106).

use std::sync::LazyLock;

use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use ledger::hex;
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

/// No random bytes, or a digest could not be made.
#[derive(Debug, thiserror::Error)]
#[error("没有算出密码摘要或随机数: {0}")]
pub struct SecretError(String);

/// How many digests are made at a time: each takes memory, and a flood of sign-ins must not take all.
const AT_A_TIME: usize = 4;

static TURN: Semaphore = Semaphore::const_new(AT_A_TIME);

/// Checked where there is no such account, so that it takes as long as where there is one.
static NOBODYS: LazyLock<Option<String>> = LazyLock::new(|| digest("没有这个账号").ok());

/// So many random bytes of the operating system, hexadecimal.
///
/// # Errors
/// The system gives none.
pub fn random_hex(bytes: usize) -> Result<String, SecretError> {
    Ok(hex(&random(bytes)?))
}

pub(crate) fn random(bytes: usize) -> Result<Vec<u8>, SecretError> {
    let mut random = vec![0; bytes];
    getrandom::fill(&mut random).map_err(|error| SecretError(error.to_string()))?;
    Ok(random)
}

/// The SHA-256 of something random, by which it is found again without being kept.
pub fn quick_digest(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

/// 19 MiB, two passes, one lane: the least that OWASP's password storage sheet asks of argon2id.
fn hasher() -> Result<Argon2<'static>, SecretError> {
    let params = Params::new(19 * 1024, 2, 1, None).map_err(said)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn said(error: impl std::fmt::Display) -> SecretError {
    SecretError(error.to_string())
}

fn digest(password: &str) -> Result<String, SecretError> {
    let salt = random(16)?;
    let hash: argon2::password_hash::phc::PasswordHash =
        hasher()?.hash_password_with_salt(password.as_bytes(), &salt).map_err(said)?;
    Ok(hash.to_string())
}

fn matches(password: &str, kept: &str) -> bool {
    let Ok(kept) = PasswordHash::new(kept) else { return false };
    hasher().is_ok_and(|hasher| hasher.verify_password(password.as_bytes(), &kept).is_ok())
}

async fn in_turn<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, SecretError> {
    let _turn = TURN.acquire().await.map_err(said)?;
    tokio::task::spawn_blocking(work).await.map_err(said)
}

/// The digest of a password, in PHC form.
///
/// # Errors
/// It could not be made.
pub async fn password_digest(password: &str) -> Result<String, SecretError> {
    let password = password.to_owned();
    in_turn(move || digest(&password)).await?
}

/// Whether it is the password of this digest. Without a digest it takes as long and the answer is no.
///
/// # Errors
/// It could not be tried.
pub async fn password_fits(password: &str, kept: Option<&str>) -> Result<bool, SecretError> {
    let (password, kept) = (password.to_owned(), kept.map(str::to_owned));
    in_turn(move || match kept {
        Some(kept) => matches(&password, &kept),
        None => {
            NOBODYS.as_deref().map(|nobodys| matches(&password, nobodys));
            false
        }
    })
    .await
}

/// The mark of an identity document: the same for the same document in this installation, and slow
/// to guess, so that the number itself need not be kept.
///
/// # Errors
/// It could not be made.
pub async fn document_mark(document: &str, salt: &str) -> Result<String, SecretError> {
    let plain: String = document.chars().filter(|one| !one.is_whitespace()).collect();
    let (plain, salt) = (plain.to_uppercase(), salt.to_owned());
    in_turn(move || {
        let mut mark = [0; 32];
        hasher()?.hash_password_into(plain.as_bytes(), salt.as_bytes(), &mut mark).map_err(said)?;
        Ok(hex(&mark))
    })
    .await?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_fits_its_own_digest_and_no_other() {
        let kept = password_digest("春江潮水连海平8").await.expect("a digest");
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        for (password, kept, fits) in [
            ("春江潮水连海平8", Some(kept.as_str()), true),
            ("春江潮水连海平9", Some(kept.as_str()), false),
            ("春江潮水连海平8", Some(""), false),
            ("没有这个账号", None, false),
        ] {
            assert_eq!(password_fits(password, kept).await.expect("tried"), fits, "{password}");
        }
        assert_ne!(kept, password_digest("春江潮水连海平8").await.expect("another salt"));
    }

    #[tokio::test]
    async fn one_document_has_one_mark_however_it_is_written() {
        let mark = async |document, salt| document_mark(document, salt).await.expect("a mark");
        let one = mark("35020319900101001x", "0123456789abcdef").await;
        assert_eq!(one, mark("350203 19900101 001X", "0123456789abcdef").await);
        assert_ne!(one, mark("35020319900101001X", "fedcba9876543210").await);
    }
}
