//! A plain file server, which knows nothing of the program: a path is a file, or a folder with its `index.html`.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub kind: String,
    /// Where it leads.
    pub to: Option<String>,
    pub body: Vec<u8>,
}

/// Gives out a folder until the process ends; answers where.
pub fn serve(root: &Path) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let root = root.to_owned();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let root = root.clone();
            std::thread::spawn(move || answer(stream, &root));
        }
    });
    address
}

fn answer(mut stream: TcpStream, root: &Path) {
    let Some(target) = asked(&mut stream) else { return };
    let path = target.split(['?', '#']).next().unwrap_or_default();
    let place = place(root, path);
    let (status, more, body) = match &place {
        Some(folder) if folder.is_dir() && !path.ends_with('/') => {
            ("301 Moved Permanently", format!("Location: {path}/\r\n"), vec![])
        }
        Some(place) => {
            let file = if place.is_dir() { place.join("index.html") } else { place.clone() };
            let kind = format!("Content-Type: {}\r\n", kind(&file));
            match std::fs::read(&file) {
                Ok(bytes) => ("200 OK", kind, bytes),
                Err(_) => ("404 Not Found", String::new(), vec![]),
            }
        }
        None => ("404 Not Found", String::new(), vec![]),
    };
    let head = format!(
        "HTTP/1.1 {status}\r\n{more}Content-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    let sent = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body));
    drop(sent);
}

/// What the first line of a request names.
fn asked(stream: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    let mut piece = [0; 4096];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        let read = stream.read(&mut piece).ok().filter(|read| *read > 0)?;
        head.extend_from_slice(&piece[..read]);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    head.split(' ').nth(1).map(str::to_owned)
}

fn place(root: &Path, path: &str) -> Option<PathBuf> {
    let path = decoded(path);
    let inside = path.trim_start_matches('/');
    let sound = inside.split('/').all(|word| word != "..");
    Some(root.join(inside)).filter(|place| sound && place.exists())
}

/// A path without its percent signs.
pub fn decoded(path: &str) -> String {
    let bytes = path.as_bytes();
    let (mut found, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while at < bytes.len() {
        let pair = path.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        match pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(byte) => {
                found.push(byte);
                at += 3;
            }
            None => {
                found.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&found).into_owned()
}

/// By the ending of the name, as plain servers do.
fn kind(file: &Path) -> &'static str {
    match file.extension().and_then(|ending| ending.to_str()) {
        Some("html") => "text/html",
        Some("css") => "text/css",
        Some("xml") => "application/xml",
        Some("atom") => "application/atom+xml",
        Some("txt") => "text/plain",
        _ => "application/octet-stream",
    }
}

/// Asks for one path.
pub fn ask(server: SocketAddr, path: &str) -> Answer {
    let mut stream = TcpStream::connect(server).expect("connects");
    let request = format!("GET {path} HTTP/1.1\r\nHost: copy\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).expect("asks");
    let mut whole = Vec::new();
    stream.read_to_end(&mut whole).expect("answers");
    let end = whole.windows(4).position(|end| end == b"\r\n\r\n").expect("a head");
    let head = String::from_utf8_lossy(&whole[..end]).into_owned();
    let said = |name: &str| {
        let line = head.lines().find_map(|line| line.strip_prefix(name));
        line.map(|value| value.trim().to_owned())
    };
    let status = head.split(' ').nth(1).and_then(|word| word.parse().ok());
    Answer {
        status: status.unwrap_or(0),
        kind: said("Content-Type:").unwrap_or_default(),
        to: said("Location:"),
        body: whole.split_off(end + 4),
    }
}
