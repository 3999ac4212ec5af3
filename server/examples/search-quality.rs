//! How well the portal at an address answers the judged questions: `search-quality ADDRESS`. Prints a line for
//! each kind, one for every question whose first answer was not right, and one with the figures of all.

#[path = "../quality/judging.rs"]
mod judging;

fn main() {
    let address = std::env::args().nth(1).expect("the address of a running demo city");
    let (scores, missed) = judging::judge(address.trim_start_matches("http://"));
    for line in missed {
        println!("missed {line}");
    }
    let targets = (judging::LEAST_MRR, judging::LEAST_SUCCESS);
    for (kind, score) in scores {
        println!(
            "search-quality {kind}: asked={} mrr={:.3} success3={:.3} least={}/{}",
            score.asked,
            score.mrr(),
            score.success(),
            targets.0,
            targets.1
        );
    }
}
