//! A bare axum server that sends one answer to everyone: the yardstick of `cargo xtask bench`.
//!
//! `bare-server FILE`: the file holds header lines, an empty line and the body. It is an example
//! and not a task, so that it is built in the profile of the program it is held against.

use std::error::Error;

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::routing::get;

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args_os().nth(1).ok_or("用法: bare-server 文件")?;
    let (headers, body) = answer(&std::fs::read(file)?)?;
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(serve(headers, body))
}

async fn serve(headers: HeaderMap, body: Bytes) -> Result<(), Box<dyn Error>> {
    let send = move || {
        let answer = (headers.clone(), body.clone());
        async move { answer }
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}", listener.local_addr()?);
    Ok(axum::serve(listener, Router::new().route("/{*path}", get(send))).await?)
}

fn answer(file: &[u8]) -> Result<(HeaderMap, Bytes), Box<dyn Error>> {
    let mut headers = HeaderMap::new();
    let mut rest = file;
    loop {
        let end = rest.iter().position(|byte| *byte == b'\n').ok_or("没有空行")?;
        let (line, after) = (std::str::from_utf8(&rest[..end])?, &rest[end + 1..]);
        if line.is_empty() {
            return Ok((headers, Bytes::copy_from_slice(after)));
        }
        let (name, value) = line.split_once(": ").ok_or("不是首部")?;
        headers.append(HeaderName::try_from(name)?, HeaderValue::try_from(value)?);
        rest = after;
    }
}
