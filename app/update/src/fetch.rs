//! What is asked of the server, and nothing else.

use crate::{Config, Step, Tuning, UpdateError};
use bytes::Bytes;
use http::{StatusCode, header};
use net::{Door, Download, Limits, NetError, Purpose};
use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use url::Url;

/// What every copy of the program calls itself.
const AGENT: &str = "MultiClaw-Updater";
/// Bytes that are written at once.
const PIECE: usize = 256 * 1024;

/// Where the manifest is.
///
/// # Errors
/// [`UpdateError::Manifest`] for a base that has no paths.
pub(crate) fn manifest_address(config: &Config) -> Result<Url, UpdateError> {
    let path = format!("{}/latest.json", config.channel);
    let url = config.base.join(&path);
    let refused = |_| crate::ManifestError::Address(config.base.to_string());
    let mut url = url.map_err(refused)?;
    let version = config.version.to_string();
    url.query_pairs_mut().append_pair("version", &version).append_pair("target", &config.target);
    Ok(url)
}

/// Where its signature is. Nothing is told there.
pub(crate) fn signature_address(manifest: &Url) -> Url {
    let mut url = manifest.clone();
    url.set_query(None);
    url.set_path(&format!("{}.minisig", manifest.path()));
    url
}

fn request(url: &Url, from: u64) -> Result<http::Request<()>, UpdateError> {
    let mut request = http::Request::get(url.as_str()).header(header::USER_AGENT, AGENT);
    if from > 0 {
        request = request.header(header::RANGE, format!("bytes={from}-"));
    }
    let malformed = |_| NetError::Protocol("the address is malformed".into());
    Ok(request.body(()).map_err(malformed)?)
}

/// Gets a small file as a whole.
///
/// # Errors
/// [`UpdateError::Net`], [`UpdateError::Status`].
pub(crate) async fn small(door: &Door, url: &Url, limits: Limits) -> Result<Vec<u8>, UpdateError> {
    let download = door.download(Purpose::Updater, request(url, 0)?, limits);
    let mut download = Box::pin(download).await?;
    usable(&download, false)?;
    let mut bytes = Vec::new();
    while let Some(piece) = download.next().await? {
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}

fn usable(download: &Download, part: bool) -> Result<(), UpdateError> {
    let mut head = http::Response::new(());
    *head.status_mut() = download.status();
    *head.headers_mut() = download.headers().clone();
    NetError::unless_portal(&head)?;
    match download.status() {
        StatusCode::OK => Ok(()),
        StatusCode::PARTIAL_CONTENT if part => Ok(()),
        other => Err(UpdateError::Status(other.as_u16())),
    }
}

/// A download on disk.
pub(crate) struct Part {
    pub(crate) file: File,
    /// Bytes that are there.
    pub(crate) got: u64,
}

/// How a download ended.
pub(crate) struct Fetched {
    pub(crate) file: File,
    /// Some of it came in an earlier download.
    pub(crate) resumed: bool,
}

/// Downloads what is missing of a file of `size` bytes, and makes it last. What came before an
/// error stays and is not downloaded again.
///
/// # Errors
/// [`UpdateError::Net`], [`UpdateError::Status`], [`UpdateError::Disk`]; [`UpdateError::Size`]
/// when the server ends too early.
pub(crate) async fn rest(
    door: &Door,
    url: &Url,
    size: u64,
    mut part: Part,
    tuning: &Tuning,
    progress: &(dyn Fn(u64, u64) + Send + Sync),
) -> Result<Fetched, UpdateError> {
    if part.got > size {
        part = blocking(move || cut(part)).await?;
    }
    let mut resumed = part.got > 0;
    progress(part.got, size);
    if part.got < size {
        let download = ask(door, url, size, part.got, tuning).await?;
        let download = match download {
            Some(download) => download,
            None => {
                // The server has another file, or cannot continue one.
                (part, resumed) = (blocking(move || cut(part)).await?, false);
                let download = ask(door, url, size, 0, tuning).await?;
                download.ok_or(UpdateError::Status(StatusCode::PARTIAL_CONTENT.as_u16()))?
            }
        };
        if part.got > 0 && download.status() == StatusCode::OK {
            (part, resumed) = (blocking(move || cut(part)).await?, false);
        }
        part = receive(download, part, size, tuning, progress).await?;
    }
    let tuning = tuning.clone();
    let file = blocking(move || {
        let unable = "the update cannot be kept";
        tuning.before(Step::Sync, unable)?;
        part.file.sync_all().map_err(UpdateError::disk(unable))?;
        Ok(part.file)
    });
    Ok(Fetched { file: file.await?, resumed })
}

/// Asks for what is missing; `None` where the answer does not continue what is there.
async fn ask(
    door: &Door,
    url: &Url,
    size: u64,
    from: u64,
    tuning: &Tuning,
) -> Result<Option<Download>, UpdateError> {
    let limits = tuning.archive.most(size);
    let download = Box::pin(door.download(Purpose::Updater, request(url, from)?, limits)).await;
    let download = match download {
        // The whole file may be longer than what was signed, and then it is not that file.
        Err(NetError::TooLarge) => return Err(UpdateError::Net(NetError::TooLarge)),
        other => other?,
    };
    if download.status() == StatusCode::RANGE_NOT_SATISFIABLE && from > 0 {
        return Ok(None);
    }
    usable(&download, from > 0)?;
    let continues = download.status() == StatusCode::OK || {
        let range = download.headers().get(header::CONTENT_RANGE);
        let expected = format!("bytes {from}-{}/{size}", size.saturating_sub(1));
        range.is_some_and(|range| range.as_bytes() == expected.as_bytes())
    };
    Ok(continues.then_some(download))
}

async fn receive(
    mut download: Download,
    mut part: Part,
    size: u64,
    tuning: &Tuning,
    progress: &(dyn Fn(u64, u64) + Send + Sync),
) -> Result<Part, UpdateError> {
    let mut waiting: Vec<Bytes> = Vec::new();
    let mut held = 0;
    loop {
        let next = download.next().await;
        let more = matches!(next, Ok(Some(_)));
        if let Ok(Some(piece)) = &next {
            held += piece.len();
            waiting.push(piece.clone());
        }
        // Also what came before an error is kept.
        if held >= PIECE || (!more && held > 0) {
            (held, part) = (0, write(part, std::mem::take(&mut waiting), size, tuning).await?);
            progress(part.got, size);
        }
        if next?.is_none() {
            break;
        }
    }
    if part.got == size { Ok(part) } else { Err(UpdateError::Size { got: part.got, signed: size }) }
}

async fn write(
    mut part: Part,
    pieces: Vec<Bytes>,
    size: u64,
    tuning: &Tuning,
) -> Result<Part, UpdateError> {
    let tuning = tuning.clone();
    blocking(move || {
        let unable = "the update cannot be kept";
        let disk = UpdateError::disk(unable);
        tuning.before(Step::Write, unable)?;
        part.file.seek(SeekFrom::Start(part.got)).map_err(&disk)?;
        for piece in pieces {
            let got = part.got.saturating_add(piece.len() as u64);
            if got > size {
                return Err(NetError::TooLarge.into());
            }
            part.file.write_all(&piece).map_err(&disk)?;
            part.got = got;
        }
        Ok(part)
    })
    .await
}

/// Begins from zero.
fn cut(part: Part) -> Result<Part, UpdateError> {
    part.file.set_len(0).map_err(UpdateError::disk("the update cannot be kept"))?;
    Ok(Part { got: 0, ..part })
}

/// Does file work where it holds up nobody.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, UpdateError> + Send + 'static,
) -> Result<T, UpdateError> {
    tokio::task::spawn_blocking(work).await.unwrap_or(Err(UpdateError::Ending))
}
