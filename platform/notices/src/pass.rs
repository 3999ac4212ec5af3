//! Links that are as good as the address they were sent to: an id with its keyed hash. Nothing of them is
//! kept, and none can be made without the key.

use secrets::{Mark, Place, Refused, Sealer};

/// What a link is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pass {
    /// Confirming what was asked for.
    Confirm,
    /// Seeing, changing, exporting and erasing.
    Manage,
    /// Leaving.
    Leave,
    /// Entering the number that was sent to a telephone.
    Enter,
}

impl Pass {
    fn label(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Manage => "manage",
            Self::Leave => "leave",
            Self::Enter => "enter",
        }
    }

    /// What stands in the address.
    ///
    /// # Errors
    /// The keys cannot be used.
    pub fn made(self, sealer: &Sealer, subscriber: &str) -> Result<String, Refused> {
        let place = Place::new("notice_subscriber", subscriber, self.label());
        Ok(format!("{subscriber}.{}", sealer.mark(place, "pass")?.as_str()))
    }

    /// Whose it is; `None` where it is none of ours.
    ///
    /// # Errors
    /// The keys cannot be used.
    pub fn read(self, sealer: &Sealer, given: &str) -> Result<Option<String>, Refused> {
        let Some((subscriber, mark)) = given.split_once('.') else { return Ok(None) };
        if subscriber.len() > 64 {
            return Ok(None);
        }
        let place = Place::new("notice_subscriber", subscriber, self.label());
        let fits = sealer.fits(place, "pass", &Mark::kept(mark))?;
        Ok(fits.then(|| subscriber.to_owned()))
    }
}

/// What a browser keeps that is sent to WeChat for a subscriber: it is good together with the `state` that went
/// along, and so in no other browser.
///
/// # Errors
/// The keys cannot be used.
pub(crate) fn journey(sealer: &Sealer, subscriber: &str, state: &str) -> Result<String, Refused> {
    let place = Place::new("notice_subscriber", subscriber, JOURNEY);
    Ok(format!("{subscriber}.{}", sealer.mark(place, state)?.as_str()))
}

/// For whom a browser was sent to WeChat that came back with a `state`; `None` where it was not sent with it.
///
/// # Errors
/// The keys cannot be used.
pub(crate) fn travelled(
    sealer: &Sealer,
    kept: &str,
    state: &str,
) -> Result<Option<String>, Refused> {
    let Some((subscriber, mark)) = kept.split_once('.') else { return Ok(None) };
    if subscriber.len() > 64 || state.is_empty() {
        return Ok(None);
    }
    let place = Place::new("notice_subscriber", subscriber, JOURNEY);
    let fits = sealer.fits(place, state, &Mark::kept(mark))?;
    Ok(fits.then(|| subscriber.to_owned()))
}

const JOURNEY: &str = "wechat";

/// What nobody guesses, in letters and digits, as WeChat takes a `state`.
///
/// # Errors
/// The system gives no random bytes.
pub(crate) fn drawn() -> Result<String, getrandom::Error> {
    let mut bytes = [0u8; 16];
    getrandom::fill(&mut bytes)?;
    Ok(ledger::hex(&bytes))
}

/// The number of six digits that is sent to a telephone.
///
/// # Errors
/// The keys cannot be used.
pub(crate) fn code(sealer: &Sealer, subscriber: &str, drawn: &str) -> Result<String, Refused> {
    let mark = sealer.mark(Place::new("notice_subscriber", subscriber, "code"), drawn)?;
    let digits = mark.as_str().bytes().take(12);
    let number = digits.fold(0u64, |sum, byte| (sum * 31 + u64::from(byte)) % 1_000_000);
    Ok(format!("{number:06}"))
}

#[cfg(test)]
mod tests {
    use secrets::Algorithm;
    use store::testing::Folder;

    use super::*;

    #[test]
    fn a_link_is_good_for_one_thing_of_one_subscriber() {
        let folder = Folder::new("notices-pass");
        let sealer = Sealer::open_or_make(folder.path(), Algorithm::Aes256Gcm).expect("keys");
        let pass = Pass::Leave.made(&sealer, "a-1").expect("made");
        assert_eq!(Pass::Leave.read(&sealer, &pass).expect("read").as_deref(), Some("a-1"));
        assert_eq!(Pass::Manage.read(&sealer, &pass).expect("read"), None);
        let other = pass.replacen("a-1", "a-2", 1);
        for wrong in [other.as_str(), "a-1", "a-1.", "", "a-1.00", &format!("{pass}0")] {
            assert_eq!(Pass::Leave.read(&sealer, wrong).expect("read"), None, "{wrong}");
        }
        let code = code(&sealer, "a-1", "drawn").expect("a code");
        assert!(code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()), "{code}");
    }
}
