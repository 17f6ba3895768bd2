//! Titles of linked pages and icons of linked sites, for messages that have links (article
//! "Allowed external connections", link preview and favicon services).

use super::Engine;
use crate::links;
use crate::model::{Image, Link, Message, Settings};
use crate::scope::Standing;
use net::{Door, Purpose};
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use url::Url;

/// Links and hosts that are remembered; the oldest are forgotten.
const KNOWN: usize = 1024;
/// Requests under way.
const AT_ONCE: usize = 4;
/// Messages of the open conversation, from its end, that are looked at.
const RECENT: usize = 40;
/// Longest title, in characters.
const TITLE: usize = 200;
/// Largest icon: bytes, and pixels along a side.
const ICON: (usize, u32) = (64 * 1024, 128);

/// The previews' part of the engine.
#[derive(Default)]
pub(super) struct Previews {
    titles: Known<String>,
    icons: Known<Arc<Image>>,
    running: usize,
}

/// What was asked for, and what came: `None` until it is known, or for good.
struct Known<T> {
    map: HashMap<String, Option<T>>,
    order: VecDeque<String>,
}

impl<T> Default for Known<T> {
    fn default() -> Self {
        Self { map: HashMap::new(), order: VecDeque::new() }
    }
}

impl<T: Clone> Known<T> {
    fn get(&self, key: &str) -> Option<T> {
        self.map.get(key).cloned().flatten()
    }

    fn is_asked(&self, key: &str) -> bool {
        self.map.contains_key(key)
    }

    fn set(&mut self, key: String, value: Option<T>) {
        if self.map.insert(key.clone(), value).is_none() {
            self.order.push_back(key);
        }
        while self.order.len() > KNOWN {
            if let Some(oldest) = self.order.pop_front() {
                self.map.remove(&oldest);
            }
        }
    }
}

impl Previews {
    /// The links of a text that a card is shown for, with what is known of them.
    pub(super) fn links(&self, text: &str, settings: &Settings) -> Vec<Link> {
        if !settings.link_titles && !settings.favicons {
            return Vec::new();
        }
        let link = |url: Url| {
            let host = url.host_str().unwrap_or_default().to_owned();
            let title = settings.link_titles.then(|| self.titles.get(url.as_str())).flatten();
            let icon = settings.favicons.then(|| self.icons.get(&host)).flatten();
            Link { url: url.into(), host, title, icon }
        };
        links::find(text).into_iter().map(link).collect()
    }
}

enum Asked {
    Title(Url),
    Icon(String),
}

impl Engine {
    /// Asks for what the newest messages of the open conversation need.
    pub(super) fn fetch_previews(&mut self) {
        let settings = self.model.settings;
        let mut links: Vec<Link> = Vec::new();
        if let Some(thread) = &self.model.conversations.open {
            let newest = thread.messages.iter().rev().take(RECENT);
            links.extend(newest.flat_map(|message| message.links.iter().cloned()));
        }
        links.extend(self.chat_links());
        let mut wanted = Vec::new();
        for link in &links {
            let Ok(url) = Url::parse(&link.url) else { continue };
            if !links::is_public(&url) {
                continue;
            }
            if settings.favicons && !self.previews.icons.is_asked(&link.host) {
                wanted.push(Asked::Icon(link.host.clone()));
            }
            if settings.link_titles && !self.previews.titles.is_asked(&link.url) {
                wanted.push(Asked::Title(url));
            }
        }
        for asked in wanted {
            if self.previews.running >= AT_ONCE {
                return;
            }
            match &asked {
                Asked::Icon(host) if self.previews.icons.is_asked(host) => continue,
                Asked::Title(url) if self.previews.titles.is_asked(url.as_str()) => continue,
                Asked::Icon(host) => self.previews.icons.set(host.clone(), None),
                Asked::Title(url) => self.previews.titles.set(url.to_string(), None),
            }
            self.previews.running += 1;
            let door = self.doors.net_of_links();
            Self::spawn_with(self.events_of(Standing::Links), async move {
                let then: Box<dyn FnOnce(&mut Self) + Send> = match asked {
                    Asked::Title(url) => {
                        let title = title(&door, &url).await;
                        Box::new(move |engine| engine.previews.titles.set(url.into(), title))
                    }
                    Asked::Icon(host) => {
                        let icon = icon(&door, &host).await.map(Arc::new);
                        Box::new(move |engine| engine.previews.icons.set(host, icon))
                    }
                };
                super::Event::Now(Box::new(move |engine| {
                    engine.previews.running -= 1;
                    then(engine);
                    engine.show_previews(RECENT);
                    engine.show_chat_links();
                    engine.fetch_previews();
                }))
            });
        }
    }

    /// The settings changed.
    pub(super) fn previews_switched(&mut self) {
        self.show_previews(usize::MAX);
        self.show_chat_links();
        self.fetch_previews();
    }

    /// Brings the links of the newest messages in the model up to date.
    pub(super) fn show_previews(&mut self, newest: usize) {
        let (previews, settings) = (&self.previews, &self.model.settings);
        let Some(thread) = &mut self.model.conversations.open else { return };
        let changed: Vec<(usize, Vec<Link>)> = thread
            .messages
            .iter()
            .enumerate()
            .rev()
            .take(newest)
            .filter(|(_, message)| message.text.contains("http"))
            .map(|(at, message)| (at, message, previews.links(&message.text, settings)))
            .filter(|(_, message, links)| message.links != *links)
            .map(|(at, _, links)| (at, links))
            .collect();
        if changed.is_empty() {
            return;
        }
        let messages = Arc::make_mut(&mut thread.messages);
        for (at, links) in changed {
            if let Some(message) = messages.get_mut(at) {
                *message = Arc::new(Message { links, ..(**message).clone() });
            }
        }
    }
}

async fn get(door: &Door, purpose: Purpose, url: Url, most: usize) -> Option<Vec<u8>> {
    let request = http::Request::get(url.as_str()).body(Vec::new()).ok()?;
    match door.request(purpose, request).await {
        Ok(answer) if answer.status().is_success() && answer.body().len() <= most => {
            Some(answer.into_body().to_vec())
        }
        Ok(answer) => {
            tracing::debug!(%purpose, status = answer.status().as_u16(), "no preview");
            None
        }
        Err(error) => {
            tracing::debug!(%purpose, %error, "no preview");
            None
        }
    }
}

async fn title(door: &Door, page: &Url) -> Option<String> {
    let url = Url::parse_with_params("https://api.microlink.io/", [("url", page.as_str())]).ok()?;
    parse_title(&get(door, Purpose::LinkTitle, url, 1024 * 1024).await?)
}

fn parse_title(answer: &[u8]) -> Option<String> {
    let answer: serde_json::Value = serde_json::from_slice(answer).ok()?;
    let title = answer.get("data")?.get("title")?.as_str()?;
    let words: Vec<&str> = title.split(|c: char| c.is_whitespace() || c.is_control()).collect();
    let title: String = words.into_iter().filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ");
    let title: String = title.chars().take(TITLE).collect();
    (!title.is_empty()).then_some(title)
}

async fn icon(door: &Door, host: &str) -> Option<Image> {
    let parameters = [("domain", host), ("sz", "32")];
    let url = Url::parse_with_params("https://www.google.com/s2/favicons", parameters).ok()?;
    parse_icon(&get(door, Purpose::Favicon, url, ICON.0).await?)
}

fn parse_icon(bytes: &[u8]) -> Option<Image> {
    let mut decoder = png::Decoder::new_with_limits(
        std::io::Cursor::new(bytes),
        png::Limits { bytes: 4 * 1024 * 1024 },
    );
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().ok()?;
    let (width, height) = reader.info().size();
    if width > ICON.1 || height > ICON.1 || width == 0 || height == 0 {
        return None;
    }
    let mut buffer = vec![0; reader.output_buffer_size()?];
    let frame = reader.next_frame(&mut buffer).ok()?;
    let pixels = buffer.get(..frame.buffer_size())?;
    let rgba: Vec<u8> = match frame.color_type {
        png::ColorType::Rgba => pixels.to_vec(),
        png::ColorType::Rgb => to_rgba::<3>(pixels, |&[r, g, b]| [r, g, b, 255]),
        png::ColorType::Grayscale => to_rgba::<1>(pixels, |&[v]| [v, v, v, 255]),
        png::ColorType::GrayscaleAlpha => to_rgba::<2>(pixels, |&[v, a]| [v, v, v, a]),
        png::ColorType::Indexed => return None,
    };
    let side = |n: u32| u16::try_from(n).ok();
    Some(Image { width: side(width)?, height: side(height)?, rgba })
}

fn to_rgba<const N: usize>(pixels: &[u8], pixel: impl Fn(&[u8; N]) -> [u8; 4]) -> Vec<u8> {
    pixels.as_chunks::<N>().0.iter().flat_map(pixel).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_title_is_one_short_line() {
        let answer = br#"{"status":"success","data":{"title":" A\n\u0007 page\t of  words "}}"#;
        assert_eq!(parse_title(answer).unwrap(), "A page of words");
        assert_eq!(parse_title(br#"{"data":{"title":"  "}}"#), None);
        assert_eq!(parse_title(b"<html>"), None);
        let long = format!(r#"{{"data":{{"title":"{}"}}}}"#, "x".repeat(999));
        assert_eq!(parse_title(long.as_bytes()).unwrap().len(), TITLE);
    }

    fn png(width: u32, height: u32, colour: png::ColorType, pixels: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, width, height);
        encoder.set_color(colour);
        encoder.write_header().unwrap().write_image_data(pixels).unwrap();
        bytes
    }

    #[test]
    fn icons_become_rgba_and_large_ones_none() {
        let grey = png(1, 2, png::ColorType::Grayscale, &[7, 9]);
        let image = parse_icon(&grey).unwrap();
        assert_eq!(image.rgba, [7, 7, 7, 255, 9, 9, 9, 255]);
        let rgb = png(1, 1, png::ColorType::Rgb, &[1, 2, 3]);
        assert_eq!(parse_icon(&rgb).unwrap().rgba, [1, 2, 3, 255]);
        let large = png(256, 1, png::ColorType::Grayscale, &[0; 256]);
        assert_eq!(parse_icon(&large), None);
        assert_eq!(parse_icon(&grey[..30]), None);
    }

    proptest! {
        #[test]
        fn any_answer_is_survived(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            parse_icon(&bytes);
            parse_title(&bytes);
        }
    }
}
