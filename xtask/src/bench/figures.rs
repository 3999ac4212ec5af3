//! What a row of times says.

use std::time::Duration;

/// Times of one thing done again and again, the shortest first; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Times(Vec<Duration>);

impl Times {
    /// `None` where nothing was timed.
    pub fn of(mut times: Vec<Duration>) -> Option<Self> {
        times.sort_unstable();
        (!times.is_empty()).then_some(Self(times))
    }

    /// How many.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The shortest.
    pub fn best(&self) -> Duration {
        self.0[0]
    }

    /// The longest.
    pub fn worst(&self) -> Duration {
        self.0[self.0.len() - 1]
    }

    /// Half of the times are no longer than this; between two middles, their mean.
    pub fn median(&self) -> Duration {
        let middle = self.0.len() / 2;
        if self.0.len().is_multiple_of(2) {
            (self.0[middle - 1] + self.0[middle]) / 2
        } else {
            self.0[middle]
        }
    }

    /// So many hundredths of the times are no longer than this: a time that occurred.
    pub fn percentile(&self, hundredths: usize) -> Duration {
        let rank = (self.0.len() * hundredths).div_ceil(100).max(1);
        self.0[rank.min(self.0.len()) - 1]
    }
}

/// Milliseconds with their fractions.
pub fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// The largest; 0 where there is none.
pub fn most(values: &[f64]) -> f64 {
    values.iter().copied().fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(milliseconds: &[u64]) -> Times {
        let times = milliseconds.iter().copied().map(Duration::from_millis);
        Times::of(times.collect()).expect("there are some")
    }

    #[test]
    fn a_row_of_times_is_told_by_its_ends_its_middle_and_its_last_hundredth() {
        let hundred: Vec<u64> = (1..=100).rev().collect();
        let two_hundred: Vec<u64> = (1..=200).collect();
        for (row, best, median_us, p99, worst) in [
            (vec![7], 7, 7_000, 7, 7),
            (vec![9, 1, 5], 1, 5_000, 9, 9),
            (vec![4, 1, 2, 3], 1, 2_500, 4, 4),
            (hundred, 1, 50_500, 99, 100),
            (two_hundred, 1, 100_500, 198, 200),
        ] {
            let times = times(&row);
            assert_eq!(times.best().as_millis(), best, "{row:?}");
            assert_eq!(times.median().as_micros(), median_us, "{row:?}");
            assert_eq!(times.percentile(99).as_millis(), p99, "{row:?}");
            assert_eq!(times.worst().as_millis(), worst, "{row:?}");
        }
    }

    #[test]
    fn nothing_timed_says_nothing() {
        assert_eq!(Times::of(vec![]), None);
        assert_eq!(most(&[]), 0.0);
        assert_eq!(most(&[0.4, 0.7, 0.5]), 0.7);
    }
}
