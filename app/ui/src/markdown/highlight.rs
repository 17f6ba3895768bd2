//! Colours for code.
//!
//! A tokenizer of our own, driven by a table of languages (`languages.rs`): comments, strings,
//! numbers, keywords, names. A library with grammars (`syntect`) would add about a megabyte and a
//! half of grammars and a regular expression engine, and takes milliseconds for what this does in
//! microseconds; code in a message is read, not edited. It goes over the text once and carries
//! its state on, so that a block of code can grow.

use super::languages::{Language, Manner};
use std::ops::Range;

/// What a stretch of code is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Keyword,
    Text,
    Comment,
    Number,
    /// A type, a constant, a key, a tag.
    Name,
    /// Something that is called.
    Call,
    /// A line that came or went.
    Added,
    Removed,
}

/// Where a part of a block of code ends: inside of what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum State {
    #[default]
    Plain,
    /// A comment between two marks.
    Comment,
    /// A text that began with this one of the language's marks.
    Text(usize),
    /// A tag of a markup language.
    Tag,
}

/// Stretches that have a colour, in order; the state at the end.
pub(super) fn tokens(
    language: &Language,
    state: State,
    code: &str,
) -> (Vec<(Range<usize>, Token)>, State) {
    if language.manner == Manner::Changes {
        return (changes(code), State::Plain);
    }
    let mut reader = Reader { language, code, at: 0, found: Vec::new(), state };
    while reader.at < code.len() {
        reader.step();
    }
    (reader.found, reader.state)
}

struct Reader<'a> {
    language: &'a Language,
    code: &'a str,
    at: usize,
    found: Vec<(Range<usize>, Token)>,
    state: State,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.code.get(self.at..).unwrap_or_default()
    }

    fn take(&mut self, length: usize, token: Token) {
        let range = self.at..(self.at + length).min(self.code.len());
        self.at = range.end;
        match self.found.last_mut() {
            Some((last, t)) if *t == token && last.end == range.start => last.end = range.end,
            _ if range.is_empty() => {}
            _ => self.found.push((range, token)),
        }
    }

    fn skip(&mut self) {
        self.at += self.rest().chars().next().map_or(1, char::len_utf8);
    }

    fn step(&mut self) {
        match self.state {
            State::Comment => self.comment(0),
            State::Text(mark) => self.text(mark, 0),
            State::Plain | State::Tag => self.plain(),
        }
    }

    /// To the end of a comment; `begin` bytes of it were read.
    fn comment(&mut self, begin: usize) {
        let close = self.language.block.map_or("", |(_, close)| close);
        let rest = self.rest();
        match rest.get(begin..).and_then(|r| r.find(close)) {
            Some(end) => {
                self.state = State::Plain;
                self.take(begin + end + close.len(), Token::Comment);
            }
            None => {
                self.state = State::Comment;
                self.take(rest.len(), Token::Comment);
            }
        }
    }

    /// To the end of a text in quotes; `begin` bytes of it were read.
    fn text(&mut self, mark: usize, begin: usize) {
        let inside = self.state;
        let Some(quote) = self.language.texts.get(mark) else {
            self.state = State::Plain;
            return;
        };
        let rest = self.rest();
        let bytes = rest.as_bytes();
        let mut at = begin;
        let back = if matches!(inside, State::Tag) { State::Tag } else { State::Plain };
        loop {
            match bytes.get(at) {
                None => {
                    self.state = State::Text(mark);
                    break;
                }
                Some(b'\\') if quote.escapes => at = (at + 2).min(bytes.len()),
                Some(b'\n') if !quote.lines => {
                    self.state = back;
                    break;
                }
                Some(_)
                    if bytes.get(at..).is_some_and(|b| b.starts_with(quote.close.as_bytes())) =>
                {
                    at += quote.close.len();
                    self.state = back;
                    break;
                }
                Some(_) => at += 1,
            }
        }
        self.take(rest.ceil_char_boundary(at), self.key(at));
    }

    /// A text before a colon is a key where the language has keys.
    fn key(&self, length: usize) -> Token {
        let after = self.rest().get(length..).unwrap_or_default().trim_start_matches(' ');
        if self.language.manner == Manner::Keys && after.starts_with(':') {
            Token::Name
        } else {
            Token::Text
        }
    }

    fn plain(&mut self) {
        let language = self.language;
        let rest = self.rest();
        let Some(first) = rest.chars().next() else { return };
        if first.is_whitespace() {
            self.skip();
            return;
        }
        if let Some((open, _)) = language.block.filter(|(open, _)| rest.starts_with(open)) {
            self.comment(open.len());
            return;
        }
        if language.lines.iter().any(|mark| rest.starts_with(mark)) && self.may_comment() {
            self.take(rest.find('\n').unwrap_or(rest.len()), Token::Comment);
            return;
        }
        let markup = language.manner == Manner::Markup;
        if markup && self.state != State::Tag {
            if first == '<' {
                self.state = State::Tag;
                let name =
                    |c: char| !(c.is_alphanumeric() || matches!(c, '/' | '!' | '?' | '-' | ':'));
                let length = rest.get(1..).and_then(|r| r.find(name)).map_or(rest.len(), |n| n + 1);
                self.take(length, Token::Keyword);
            } else {
                self.at += rest.find('<').unwrap_or(rest.len());
            }
            return;
        }
        if markup && first == '>' {
            self.take(1, Token::Keyword);
            self.state = State::Plain;
            return;
        }
        if let Some(mark) = language.texts.iter().position(|q| rest.starts_with(q.open)) {
            let open = language.texts.get(mark).map_or(1, |q| q.open.len());
            if first != '\'' || !language.lifetimes || is_character(rest) {
                self.text(mark, open);
            } else {
                self.skip();
                let name = word(self.rest(), language);
                self.take(name, Token::Name);
            }
            return;
        }
        if first.is_ascii_digit() {
            let length = rest
                .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '_')))
                .unwrap_or(rest.len());
            self.take(length, Token::Number);
            return;
        }
        let length = word(rest, language);
        if length == 0 {
            self.skip();
            return;
        }
        self.name(length);
    }

    /// "#" begins a comment only after a space, where a word may have it inside.
    fn may_comment(&self) -> bool {
        !self.rest().starts_with('#')
            || self
                .code
                .get(..self.at)
                .is_none_or(|b| b.is_empty() || b.ends_with(char::is_whitespace))
    }

    fn name(&mut self, length: usize) {
        let language = self.language;
        let rest = self.rest();
        let name = rest.get(..length).unwrap_or_default();
        let after = rest.get(length..).unwrap_or_default();
        let is_keyword = if language.any_case {
            language.keywords.iter().any(|k| k.eq_ignore_ascii_case(name))
        } else {
            language.keywords.contains(&name)
        };
        let begins_line = || {
            let before = self.code.get(..self.at).unwrap_or_default();
            let line = before.rsplit('\n').next().unwrap_or_default();
            line.trim_start_matches([' ', '-']).is_empty()
        };
        let next = after.trim_start_matches(' ').chars().next();
        let key = match language.manner {
            Manner::Keys => next == Some(':') || (next == Some('=') && begins_line()),
            Manner::Markup => true,
            _ => false,
        };
        if key {
            self.take(length, Token::Name);
        } else if is_keyword {
            self.take(length, Token::Keyword);
        } else if after.starts_with('(') || after.starts_with("!(") {
            self.take(length, Token::Call);
        } else if language.manner == Manner::Code
            && !language.any_case
            && name.chars().next().is_some_and(char::is_uppercase)
        {
            self.take(length, Token::Name);
        } else {
            self.at += length;
        }
    }
}

/// How long the word at the beginning is.
fn word(text: &str, language: &Language) -> usize {
    let inside =
        |c: char| c.is_alphanumeric() || c == '_' || c == '$' || (language.dashes && c == '-');
    text.find(|c| !inside(c)).unwrap_or(text.len())
}

/// Whether the quote at the beginning opens a character, and no lifetime.
fn is_character(text: &str) -> bool {
    let mut inside = text.chars().skip(1);
    matches!((inside.next(), inside.next()), (Some('\\'), _) | (Some(_), Some('\'')))
}

/// Lines that came or went.
fn changes(code: &str) -> Vec<(Range<usize>, Token)> {
    let mut found = Vec::new();
    let mut at = 0;
    for line in code.split_inclusive('\n') {
        let token = match line.as_bytes().first() {
            Some(b'+') => Some(Token::Added),
            Some(b'-') => Some(Token::Removed),
            Some(b'@') => Some(Token::Keyword),
            _ => {
                (line.starts_with("diff ") || line.starts_with("index ")).then_some(Token::Comment)
            }
        };
        if let Some(token) = token {
            found.push((at..at + line.len(), token));
        }
        at += line.len();
    }
    found
}
