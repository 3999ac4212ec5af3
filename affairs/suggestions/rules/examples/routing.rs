//! Measures how often the organ named first is right, and how long naming takes: `routing`. Prints one line for people
//! and one for `cargo xtask bench`.

mod held_out;

use std::time::Instant;

use held_out::Trial;

/// Each letter is asked about so often.
const TIMES: usize = 20;

fn main() {
    let trial = Trial::new(true);
    let (tally, alone) = (trial.tally(), Trial::new(false).tally());
    let mut times: Vec<f64> = (0..TIMES)
        .flat_map(|_| &trial.asked)
        .map(|(_, words)| {
            let begun = Instant::now();
            let likely = trial.learned.likely(words, |_| true, 3);
            let took = begun.elapsed().as_secs_f64() * 1000.0;
            assert!(likely.len() <= 3, "{likely:?}");
            took
        })
        .collect();
    times.sort_by(f64::total_cmp);
    let (median, most) = (times[times.len() / 2], times[times.len() - 1]);
    println!("{tally}");
    println!("只从答复过的留言学, 不看职责: {alone}");
    println!(
        "routing: asked={} first={} three={} largest={} letters_alone={} median_ms={median:.3} max_ms={most:.3}",
        tally.asked, tally.first, tally.three, tally.largest, alone.first
    );
}
