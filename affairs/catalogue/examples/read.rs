//! Reads one published catalogue and prints it as JSON: `cargo run -p catalogue --example read FILE`.

use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(path) = std::env::args().nth(1) else {
        eprintln!("错误: 没有给出文件。改法: read 文件");
        return ExitCode::from(2);
    };
    let bytes = match std::fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) => {
            eprintln!("错误: 打不开 {path}（{error}）。改法: 请核对文件名和读取权限。");
            return ExitCode::from(4);
        }
    };
    match catalogue::reading::read(&bytes, &path) {
        Ok(read) => match serde_json::to_string_pretty(&read) {
            Ok(json) => println!("{json}"),
            Err(error) => eprintln!("{error}"),
        },
        Err(refused) => {
            eprintln!("错误: {path}: {refused}\n改法: {}", refused.remedy());
            return ExitCode::from(3);
        }
    }
    ExitCode::SUCCESS
}
