//! `gongkai log witness`: a small process of its own that cosigns other houses' logs (C2SP tlog-witness).
//! It keeps one file for each log with the largest checkpoint it has cosigned; that file is written, down
//! to the disk, before the cosignature leaves the house.

use std::collections::HashMap;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use ledger::Clock;
use ledger::log::keep_private;
use tlog::{
    AddCheckpoint, Cosigner, Kind, Refusal, Seen, Verifier, base64_of, hash_from_base64, judge,
};
use tokio::sync::Mutex;

use crate::failure::{Exit, Failure};
use crate::serving::{IfTaken, listen};

/// A request holds a checkpoint and at most 63 hashes.
const LONGEST: usize = 64 * 1024;

/// A witness at work.
struct Witness {
    key: Cosigner,
    /// The logs it knows, by their names, each with what it saw last: one request about a log at a time.
    logs: HashMap<String, Mutex<Log>>,
}

struct Log {
    key: Verifier,
    file: PathBuf,
    seen: Seen,
}

/// Serves until interrupted.
///
/// # Errors
/// A key is none, the state cannot be read or written, or the address is taken.
pub async fn run(
    state: &Path,
    name: Option<&str>,
    logs: &[String],
    address: SocketAddr,
) -> Result<(), Failure> {
    // what is mistyped founds no witness
    let logs = logs.iter().map(|vkey| Log::open(state, vkey)).collect::<Result<_, _>>()?;
    let witness = Witness { key: key(state, name)?, logs };
    let listener = listen(address, IfTaken::Refuse).await?;
    println!("见证人公钥: {}", witness.key.public().vkey());
    println!("见证人已启动: http://{}", listener.local_addr()?);
    let service = Router::new()
        .route("/add-checkpoint", post(add_checkpoint))
        .layer(DefaultBodyLimit::max(LONGEST))
        .with_state(Arc::new(witness));
    axum::serve(listener, service)
        .with_graceful_shutdown(async { _ = tokio::signal::ctrl_c().await })
        .await?;
    Ok(())
}

fn unkept(error: std::io::Error) -> Failure {
    Failure::new(Exit::Failure, "见证人目录读写不了", "请核对 --state 的位置、权限和磁盘")
        .because(error)
}

/// The witness's own key; made at the first start.
fn key(state: &Path, name: Option<&str>) -> Result<Cosigner, Failure> {
    store::private::folder(state).map_err(unkept)?;
    let file = state.join("key");
    if file.exists() {
        let text = fs::read_to_string(&file).map_err(unkept)?;
        return Cosigner::parse(&text).map_err(|error| {
            Failure::invalid(format!("{}: {error}", file.display()), "从备份恢复")
        });
    }
    let name = name.ok_or_else(|| {
        let remedy = "第一次运行用 --name 写明, 例如 --name sheng.gov.cn/jianzheng";
        Failure::new(Exit::Usage, "见证人还没有名称", remedy)
    })?;
    let mut seed = [0; 32];
    getrandom::fill(&mut seed)?;
    let key = Cosigner::of(name, &seed)
        .map_err(|error| Failure::invalid(error.to_string(), "换一个名称"))?;
    keep_private(state, "key", &key.secret()).map_err(unkept)?;
    Ok(key)
}

impl Log {
    fn open(state: &Path, vkey: &str) -> Result<(String, Mutex<Self>), Failure> {
        let key = Verifier::parse(vkey, Kind::Note).map_err(|_| {
            let message = format!("“{vkey}”不是日志公钥");
            Failure::new(Exit::Usage, message, "照日志说明页上的公钥整行抄写")
        })?;
        // Names hold slashes; the file is called after the bytes.
        let file = ledger::hex(key.name().as_bytes());
        let file = PathBuf::from(format!("log-{file}"));
        let seen = match fs::read_to_string(state.join(&file)) {
            Ok(text) => read(&text).ok_or_else(|| {
                let message = format!("{} 的内容不对", state.join(&file).display());
                Failure::invalid(message, "从备份恢复; 不能删除, 否则见证人会忘记见过什么")
            })?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Seen::default(),
            Err(error) => return Err(unkept(error)),
        };
        Ok((key.name().to_owned(), Mutex::new(Self { key, file: state.join(file), seen })))
    }

    fn keep(&mut self, seen: Seen) -> std::io::Result<()> {
        let name = self.file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let folder = self.file.parent().unwrap_or(Path::new("."));
        keep_private(folder, name, &format!("{} {}", seen.size, base64_of(&seen.root)))?;
        self.seen = seen;
        Ok(())
    }
}

fn read(text: &str) -> Option<Seen> {
    let (size, root) = text.trim().split_once(' ')?;
    Some(Seen { size: size.parse().ok()?, root: hash_from_base64(root)? })
}

async fn add_checkpoint(State(witness): State<Arc<Witness>>, body: Bytes) -> Response {
    match cosign(&witness, &body).await {
        Ok(line) => line.into_response(),
        Err(Some(refusal)) => refused(refusal),
        Err(None) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// The cosignature; `None` as the error when what was seen could not be written down.
async fn cosign(witness: &Witness, body: &[u8]) -> Result<String, Option<Refusal>> {
    let text = std::str::from_utf8(body).map_err(|_| Refusal::Malformed)?;
    let asked = AddCheckpoint::parse(text).map_err(|_| Refusal::Malformed)?;
    let origin = asked.checkpoint.text.lines().next().unwrap_or_default();
    let log = witness.logs.get(origin).ok_or(Refusal::UnknownLog)?;
    let mut log = log.lock().await;
    let new = judge(&asked, &log.key, log.seen)?;
    log.keep(Seen { size: new.size, root: new.root }).map_err(|error| {
        tracing::error!(%error, "what was seen could not be kept");
        None
    })?;
    let now = u64::try_from(Clock::Wall.now().as_second()).unwrap_or_default();
    Ok(witness.key.sign(&asked.checkpoint.text, now).line())
}

fn refused(refusal: Refusal) -> Response {
    let status = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::BAD_REQUEST);
    match refusal {
        Refusal::Conflict(size) => {
            (status, [(header::CONTENT_TYPE, "text/x.tlog.size")], format!("{size}\n"))
                .into_response()
        }
        _ => status.into_response(),
    }
}
