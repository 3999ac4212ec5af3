//! A visitor of the portal: one connection, one request after another.
//!
//! It is this small so that what is timed is the server and not the client.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context, bail};

/// A server that says nothing for so long says nothing more.
const PATIENCE: Duration = Duration::from_secs(120);

/// No answer of the portal has more header lines.
const MOST_HEADERS: usize = 100;

/// A connection that is kept open between requests.
pub struct Connection {
    stream: BufReader<TcpStream>,
    host: SocketAddr,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// Header lines in their order, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body as it was sent: compressed if it was.
    pub body: Vec<u8>,
}

impl Answer {
    /// The first header line of this name (in lower case).
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

impl Connection {
    /// Connects.
    pub fn open(host: SocketAddr) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(host).with_context(|| format!("连不上 {host}"))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(Self { stream: BufReader::new(stream), host })
    }

    /// Asks for a path; `coding` is what the visitor takes, such as `gzip` or `identity`.
    pub fn get(&mut self, path: &str, coding: &str) -> anyhow::Result<Answer> {
        let (path, host) = (encoded(path), self.host);
        let asked =
            format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: {coding}\r\n\r\n");
        self.stream.get_mut().write_all(asked.as_bytes())?;
        answer(&mut self.stream).with_context(|| format!("{path} 没有答完"))
    }

    /// Asks for a page that must be there.
    pub fn page(&mut self, path: &str, coding: &str) -> anyhow::Result<Answer> {
        let answer = self.get(path, coding)?;
        if answer.status != 200 {
            bail!("{path} 回答 {}, 应当是 200", answer.status);
        }
        Ok(answer)
    }
}

/// A path as it may stand in a request: what is not ASCII in percents.
fn encoded(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_graphic() {
            encoded.push(char::from(byte));
        } else {
            // Writing to a String does not fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

fn answer(from: &mut impl BufRead) -> anyhow::Result<Answer> {
    let first = line(from)?;
    let status = first.strip_prefix("HTTP/1.1 ").and_then(|rest| rest.get(..3)?.parse().ok());
    let status = status.with_context(|| format!("不是 HTTP 回答: {first:?}"))?;
    let headers = headers(from)?;
    let mut answer = Answer { status, headers, body: Vec::new() };
    answer.body = match (answer.header("transfer-encoding"), answer.header("content-length")) {
        (Some("chunked"), _) => chunks(from)?,
        (_, Some(length)) => exactly(from, length.parse().context("content-length 不是数")?)?,
        _ if matches!(status, 204 | 304) => Vec::new(),
        _ => bail!("回答没有说明长度"),
    };
    Ok(answer)
}

fn headers(from: &mut impl BufRead) -> anyhow::Result<Vec<(String, String)>> {
    let mut headers = Vec::new();
    while headers.len() < MOST_HEADERS {
        let line = line(from)?;
        if line.is_empty() {
            return Ok(headers);
        }
        let (name, value) = line.split_once(':').with_context(|| format!("不是首部: {line:?}"))?;
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    bail!("首部太多")
}

fn chunks(from: &mut impl BufRead) -> anyhow::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let size = line(from)?;
        let size = size.split(';').next().unwrap_or_default().trim();
        let size = usize::from_str_radix(size, 16).context("分块长度不是数")?;
        body.extend(exactly(from, size)?);
        let end = line(from)?;
        if size == 0 {
            return Ok(body);
        }
        if !end.is_empty() {
            bail!("分块没有在说好的地方结束");
        }
    }
}

fn line(from: &mut impl BufRead) -> anyhow::Result<String> {
    let mut line = String::new();
    if from.read_line(&mut line)? == 0 {
        bail!("连接断了");
    }
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

fn exactly(from: &mut impl BufRead, length: usize) -> anyhow::Result<Vec<u8>> {
    let mut body = vec![0; length];
    from.read_exact(&mut body).context("正文没有收完")?;
    Ok(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tell(sent: &str) -> Result<(u16, String), String> {
        let told = answer(&mut sent.as_bytes()).map_err(|error| format!("{error:#}"))?;
        Ok((told.status, String::from_utf8(told.body).expect("these are words")))
    }

    #[test]
    fn an_answer_is_read_whichever_way_its_length_is_told() {
        for (sent, status, body) in [
            ("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n公开and the next", 200, "公开"),
            ("HTTP/1.1 404 Not Found\r\ncontent-length:0\r\n\r\n", 404, ""),
            ("HTTP/1.1 304 Not Modified\r\netag: \"a\"\r\n\r\n", 304, ""),
            (
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n",
                200,
                "abc0123456789",
            ),
        ] {
            assert_eq!(tell(sent), Ok((status, body.to_owned())), "{sent}");
        }
    }

    #[test]
    fn an_answer_that_breaks_off_is_no_answer() {
        for (sent, reason) in [
            ("", "连接断了"),
            ("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nabc", "正文没有收完"),
            ("HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n", "content-length 不是数"),
            ("HTTP/1.1 200 OK\r\n\r\nabc", "回答没有说明长度"),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "分块长度不是数"),
            (
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n",
                "分块没有在说好的地方结束",
            ),
            ("SSH-2.0\r\n", "不是 HTTP 回答"),
        ] {
            let told = tell(sent).expect_err(sent);
            assert!(told.contains(reason), "{sent}: {told}");
        }
    }

    #[test]
    fn a_header_is_found_by_its_name_in_lower_case() {
        let sent = "HTTP/1.1 200 OK\r\nETag:  \"a:b\" \r\nContent-Length: 0\r\n\r\n";
        let answer = answer(&mut sent.as_bytes()).expect("it is an answer");
        assert_eq!(answer.header("etag"), Some("\"a:b\""));
        assert_eq!(answer.header("vary"), None);
    }

    #[test]
    fn a_path_in_chinese_is_sent_in_percents() {
        assert_eq!(encoded("/sousuo?q=预算&page=2"), "/sousuo?q=%E9%A2%84%E7%AE%97&page=2");
        assert_eq!(encoded("/a b"), "/a%20b");
    }

    #[test]
    fn several_requests_go_over_one_connection() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = listener.local_addr().expect("it has one");
        let server = std::thread::spawn(move || {
            let (stream, _) = listener.accept().expect("somebody connects");
            let mut stream = BufReader::new(stream);
            for status in ["200 OK", "404 Not Found"] {
                while !line(&mut stream).expect("a request").is_empty() {}
                let told = format!("HTTP/1.1 {status}\r\nContent-Length: 2\r\n\r\nok");
                stream.get_mut().write_all(told.as_bytes()).expect("it is read");
            }
        });
        let mut visitor = Connection::open(address).expect("it listens");
        assert_eq!(visitor.page("/", "gzip").expect("it is there").body, b"ok");
        let missing = visitor.page("/nothing", "gzip").expect_err("it is not there");
        assert!(missing.to_string().contains("/nothing 回答 404"), "{missing}");
        server.join().expect("it ends");
    }
}
