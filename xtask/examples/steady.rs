//! Visitors who come at a steady pace, whether the server keeps up or not: part of `cargo xtask bench`.
//!
//! `steady ADDRESS FILE RATE [CONNECTIONS]`: asks for each path of the file once, so many a second, over kept
//! connections, and times each from the moment it was due until its last byte. Prints one line. It is an
//! example and not a task, so that it is built in the profile of the program it asks.

use std::error::Error;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

/// How many ask at once: more than can be under way within the time that is looked for.
const CONNECTIONS: usize = 128;

/// What one connection met: the time of each answer, the bytes of all, how many were not 200.
#[derive(Default)]
struct Met {
    times: Vec<Duration>,
    bytes: u64,
    failed: usize,
}

fn main() -> Outcome<()> {
    let mut arguments = std::env::args().skip(1);
    let (Some(address), Some(file), Some(rate)) =
        (arguments.next(), arguments.next(), arguments.next())
    else {
        return Err("用法: steady 地址 文件 每秒次数 [连接数]".into());
    };
    let rate: f64 = rate.parse()?;
    let connections = arguments.next().map_or(Ok(CONNECTIONS), |text| text.parse())?;
    let paths: Vec<String> = std::fs::read_to_string(file)?.lines().map(str::to_owned).collect();
    let began = Instant::now() + Duration::from_millis(200);
    let hands: Vec<_> = (0..connections)
        .map(|hand| {
            let own: Vec<(usize, String)> =
                paths.iter().cloned().enumerate().skip(hand).step_by(connections).collect();
            let address = address.clone();
            std::thread::spawn(move || visit(&address, &own, rate, began))
        })
        .collect();
    let mut all = Met::default();
    for hand in hands {
        let met = hand.join().map_err(|_| "一个连接断了")??;
        all.times.extend(met.times);
        all.bytes += met.bytes;
        all.failed += met.failed;
    }
    let took = began.elapsed().as_secs_f64();
    all.times.sort_unstable();
    println!("{}", told(&all, took));
    Ok(())
}

fn told(all: &Met, took: f64) -> String {
    let count = all.times.len();
    let at = |hundredths: usize| {
        let rank = (count * hundredths).div_ceil(100).max(1);
        all.times.get(rank - 1).map_or(f64::NAN, |time| time.as_secs_f64() * 1000.0)
    };
    format!(
        "steady: requests={count} failed={} per_s={:.0} p50_ms={:.2} p99_ms={:.2} max_ms={:.2} bytes={}",
        all.failed,
        count as f64 / took,
        at(50),
        at(99),
        at(100),
        all.bytes / count.max(1) as u64,
    )
}

/// Asks for its paths, each when it is due.
fn visit(address: &str, paths: &[(usize, String)], rate: f64, began: Instant) -> Outcome<Met> {
    let stream = TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(Duration::from_secs(60)))?;
    let mut stream = BufReader::with_capacity(64 * 1024, stream);
    let (mut met, mut line, mut body) = (Met::default(), String::new(), Vec::new());
    for (at, path) in paths {
        let due = began + Duration::from_secs_f64(*at as f64 / rate);
        std::thread::sleep(due.saturating_duration_since(Instant::now()));
        let asked =
            format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nAccept-Encoding: gzip\r\n\r\n");
        stream.get_mut().write_all(asked.as_bytes())?;
        let (status, length) = head(&mut stream, &mut line)?;
        body.resize(length, 0);
        stream.read_exact(&mut body)?;
        met.times.push(due.elapsed());
        met.bytes += length as u64;
        met.failed += usize::from(status != 200);
    }
    Ok(met)
}

/// Status and length of an answer.
fn head(stream: &mut impl BufRead, line: &mut String) -> Outcome<(u16, usize)> {
    let (mut status, mut length) = (None, None);
    loop {
        line.clear();
        if stream.read_line(line)? == 0 {
            return Err("连接断了".into());
        }
        let text = line.trim_end();
        if text.is_empty() {
            break;
        }
        if let Some(rest) = text.strip_prefix("HTTP/1.1 ") {
            status = rest.get(..3).and_then(|code| code.parse().ok());
        } else if let Some((name, value)) = text.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().ok();
        }
    }
    Ok((status.ok_or("不是 HTTP 回答")?, length.ok_or("回答没有说明长度")?))
}
