//! Small pictures of the desktop for the list of desktops.

use crate::desk::Desk;
use cloud_client::DaemonToken;
use http::{HeaderValue, Method, Request, header};
use jpeg_encoder::{ColorType, Encoder};
use net::{Door, Purpose};
use std::time::Duration;

/// Widest and highest, in pixels (`PROTOCOL.md`, section 1: at most 320 wide).
const MOST: u16 = 320;
/// JPEG quality: a third of the 64 KiB that the cloud takes, at most.
const QUALITY: u8 = 80;
/// Before the first one: a desktop that has just begun is empty.
const FIRST: Duration = Duration::from_secs(2);
/// Between two. The cloud refuses what comes sooner.
const EVERY: Duration = Duration::from_secs(10);

/// Sends a thumbnail whenever the picture has changed, until it is dropped.
pub(crate) async fn send_all(door: Door, cloud: String, token: DaemonToken, desk: Desk) {
    let mut wait = FIRST;
    // What the cloud has not taken is sent again.
    let mut owed = true;
    loop {
        tokio::time::sleep(wait).await;
        wait = EVERY;
        if let Some(jpeg) = desk.thumbnail(owed).await {
            owed = !put(&door, &cloud, &token, jpeg).await;
        }
    }
}

async fn put(door: &Door, cloud: &str, token: &DaemonToken, jpeg: Vec<u8>) -> bool {
    let Ok(mut bearer) = HeaderValue::from_str(&format!("Bearer {}", token.expose())) else {
        return false;
    };
    bearer.set_sensitive(true);
    let request = Request::builder()
        .method(Method::PUT)
        .uri(format!("{cloud}/v1/daemon/thumbnail"))
        .header(header::AUTHORIZATION, bearer)
        .header(header::CONTENT_TYPE, "image/jpeg")
        .body(jpeg);
    let Ok(request) = request else { return false };
    match door.request(Purpose::CloudApi, request).await {
        Ok(answer) => answer.status().is_success(),
        Err(error) => {
            tracing::debug!(%error, "a thumbnail was not sent");
            false
        }
    }
}

/// A picture (4 bytes a pixel: blue, green, red, any) made small, as JPEG; `None` for one that is
/// shorter than it says.
pub(crate) fn encode(picture: &[u8], width: u16, height: u16) -> Option<Vec<u8>> {
    let (small, to) = shrink(picture, width, height)?;
    let mut out = Vec::with_capacity(16 * 1024);
    Encoder::new(&mut out, QUALITY).encode(&small, to.0, to.1, ColorType::Rgb).ok()?;
    Some(out)
}

/// Red, green and blue, and the new size. Every pixel is the mean of those it stands for.
fn shrink(picture: &[u8], width: u16, height: u16) -> Option<(Vec<u8>, (u16, u16))> {
    let longest = u32::from(width.max(height)).max(1);
    let most = u32::from(MOST).min(longest);
    let side = |n: u16| u16::try_from(u32::from(n) * most / longest).ok().map(|n| n.max(1));
    let to = (side(width)?, side(height)?);
    let span = |n: u16, of: u16, from: u16| {
        let at = |n: u32| (n * u32::from(from) / u32::from(of)) as usize;
        at(n.into())..at(u32::from(n) + 1)
    };
    let mut small = Vec::with_capacity(usize::from(to.0) * usize::from(to.1) * 3);
    for y in 0..to.1 {
        for x in 0..to.0 {
            let (mut sum, mut count) = ([0_u32; 3], 0_u32);
            for row in span(y, to.1, height) {
                let columns = span(x, to.0, width);
                let start = row * usize::from(width) * 4;
                let pixels = picture.get(start + columns.start * 4..start + columns.end * 4)?;
                for pixel in pixels.chunks_exact(4) {
                    for (sum, value) in sum.iter_mut().zip(pixel.iter().take(3).rev()) {
                        *sum += u32::from(*value);
                    }
                    count += 1;
                }
            }
            let mean = |sum: u32| u8::try_from(sum / count.max(1)).unwrap_or(u8::MAX);
            small.extend(sum.map(mean));
        }
    }
    Some((small, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Blue at the left, red at the right.
    fn two_halves(width: u16, height: u16) -> Vec<u8> {
        let pixel = |x: u16| if x < width / 2 { [250, 0, 0, 0] } else { [0, 0, 250, 0] };
        (0..height).flat_map(|_| (0..width).flat_map(pixel)).collect()
    }

    #[test]
    fn it_is_small_and_shows_the_picture() {
        let (small, size) = shrink(&two_halves(1920, 1080), 1920, 1080).unwrap();
        assert_eq!(size, (320, 180));
        assert_eq!(small.len(), 320 * 180 * 3);
        assert_eq!(small[..3], [0, 0, 250]);
        assert_eq!(small[small.len() - 3..], [250, 0, 0]);
        assert!(encode(&two_halves(1920, 1080), 1920, 1080).unwrap().len() < 64 * 1024);
    }

    #[test]
    fn odd_shapes_fit_and_small_ones_stay() {
        for (of, to) in [
            ((320, 200), (320, 200)),
            ((100, 50), (100, 50)),
            ((200, 8000), (8, 320)),
            ((8000, 1), (320, 1)),
            ((1366, 768), (320, 179)),
        ] {
            assert_eq!(shrink(&two_halves(of.0, of.1), of.0, of.1).unwrap().1, to, "{of:?}");
        }
        assert!(shrink(&[0; 10], 100, 100).is_none());
    }
}
