//! Dating: a value of the law holds from a day on, and is never shown without its provision.

use serde::Serialize;

use crate::{Date, Provision};

/// A value as the law set it over time: from each day on, this value, by this provision.
///
/// ```
/// use law::{Dated, Enacted, WorkingDays, article, day};
///
/// const REPLY_PERIOD: Dated<WorkingDays> = Dated::since(&[
///     (day(2008, 5, 1), WorkingDays(15), article("政府信息公开条例（2007年）", 24).paragraph(2)),
///     (day(2019, 5, 15), WorkingDays(20), article("政府信息公开条例", 33).paragraph(2)),
/// ]);
/// let Enacted { value, .. } = REPLY_PERIOD.on(day(2019, 5, 14)).unwrap();
/// assert_eq!(value, WorkingDays(15));
/// assert!(REPLY_PERIOD.on(day(2008, 4, 30)).is_err());
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Dated<T: 'static> {
    versions: &'static [(Date, T, Provision)],
}

/// A value in force, and the provision that says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Enacted<T> {
    /// The value.
    pub value: T,
    /// The provision it rests on.
    pub basis: Provision,
}

/// Asked for a day on which the value was not yet in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{day} 尚无此项规定: {basis} 自 {since} 起施行")]
pub struct NotInForce {
    /// The day asked for.
    pub day: Date,
    /// The first day on which there is a value.
    pub since: Date,
    /// The provision in force from that day.
    pub basis: Provision,
}

impl<T: Copy> Dated<T> {
    /// The versions, each with its first day in force. Without a version it does not compile as a
    /// constant.
    pub const fn since(versions: &'static [(Date, T, Provision)]) -> Self {
        assert!(!versions.is_empty(), "a dated value has at least one version");
        Self { versions }
    }

    /// The value in force on `day`; an error before the first version.
    pub fn on(&self, day: Date) -> Result<Enacted<T>, NotInForce> {
        let in_force = self.versions.iter().filter(|(since, ..)| *since <= day);
        match in_force.max_by_key(|(since, ..)| *since) {
            Some(&(_, value, basis)) => Ok(Enacted { value, basis }),
            None => Err(self.not_before(day)),
        }
    }

    /// Every version with its first day, in the order of the days.
    pub fn versions(&self) -> impl Iterator<Item = (Date, Enacted<T>)> {
        let mut versions: Vec<_> = self.versions.iter().collect();
        versions.sort_by_key(|(since, ..)| *since);
        versions.into_iter().map(|&(since, value, basis)| (since, Enacted { value, basis }))
    }

    fn not_before(&self, day: Date) -> NotInForce {
        let (since, _, basis) = self
            .versions
            .iter()
            .min_by_key(|(since, ..)| *since)
            .expect("`since` admits no empty list");
        NotInForce { day, since: *since, basis: *basis }
    }
}

#[cfg(test)]
mod tests {
    use super::{Dated, Enacted};
    use crate::{WorkingDays, article, day};

    const REPLY_PERIOD: Dated<WorkingDays> = Dated::since(&[
        (day(2019, 5, 15), WorkingDays(20), article("政府信息公开条例", 33).paragraph(2)),
        (day(2008, 5, 1), WorkingDays(15), article("政府信息公开条例（2007年）", 24).paragraph(2)),
    ]);

    #[test]
    fn a_version_holds_from_its_first_day_until_the_day_before_the_next() {
        for (on, days) in [
            (day(2008, 5, 1), 15),
            (day(2019, 5, 14), 15),
            (day(2019, 5, 15), 20),
            (day(9999, 12, 31), 20),
        ] {
            let Enacted { value, .. } = REPLY_PERIOD.on(on).expect("in force");
            assert_eq!(value, WorkingDays(days), "{on}");
        }
    }

    #[test]
    fn before_the_first_version_the_refusal_names_the_provision_and_its_day() {
        let refused = REPLY_PERIOD.on(day(2008, 4, 30)).expect_err("not in force yet");
        assert_eq!(
            refused.to_string(),
            "2008-04-30 尚无此项规定: 《政府信息公开条例（2007年）》第二十四条第二款 自 2008-05-01 起施行"
        );
    }

    #[test]
    fn the_versions_are_told_in_the_order_of_their_days() {
        let firsts: Vec<_> = REPLY_PERIOD.versions().map(|(since, _)| since).collect();
        assert_eq!(firsts, [day(2008, 5, 1), day(2019, 5, 15)]);
    }
}
