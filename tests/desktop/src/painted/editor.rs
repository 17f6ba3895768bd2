//! The text that is typed into the painted desktop.

use stream::protocol::keycode::KeyCode;

/// Most lines kept; the first go.
const MOST: usize = 500;
/// Most characters of a line.
const LONGEST: usize = 400;

/// Lines and a caret.
#[derive(Debug)]
pub(super) struct Editor {
    pub(super) lines: Vec<Vec<char>>,
    /// Line and column.
    pub(super) caret: (usize, usize),
}

impl Default for Editor {
    fn default() -> Self {
        let text = "This is a painted desktop.\nType here, drag the windows,\nscroll the log.\n\n";
        let lines: Vec<Vec<char>> = text.split('\n').map(|l| l.chars().collect()).collect();
        let caret = (lines.len() - 1, 0);
        Self { lines, caret }
    }
}

impl Editor {
    /// The line that the caret is on; an empty text gets one.
    fn line(&mut self) -> &mut Vec<char> {
        if self.caret.0 >= self.lines.len() {
            self.lines.push(Vec::new());
            self.caret.0 = self.lines.len() - 1;
        }
        let at = self.caret.0;
        #[expect(clippy::indexing_slicing, reason = "made sure of above")]
        &mut self.lines[at]
    }

    /// Types text as it is.
    pub(super) fn text(&mut self, text: &str) {
        for c in text.chars() {
            if c == '\n' {
                self.enter();
            } else if !c.is_control() {
                let column = self.caret.1;
                let line = self.line();
                if line.len() < LONGEST {
                    let at = column.min(line.len());
                    line.insert(at, c);
                    self.caret.1 = at + 1;
                }
            }
        }
    }

    fn enter(&mut self) {
        let column = self.caret.1;
        let line = self.line();
        let rest = line.split_off(column.min(line.len()));
        self.lines.insert(self.caret.0 + 1, rest);
        self.caret = (self.caret.0 + 1, 0);
        if self.lines.len() > MOST {
            self.lines.remove(0);
            self.caret.0 -= 1;
        }
    }

    fn backspace(&mut self) {
        let column = self.caret.1;
        if column > 0 {
            let line = self.line();
            if column <= line.len() {
                line.remove(column - 1);
            }
            self.caret.1 = column - 1;
        } else if self.caret.0 > 0 {
            let rest = std::mem::take(self.line());
            self.lines.remove(self.caret.0);
            self.caret.0 -= 1;
            let line = self.line();
            let end = line.len();
            line.extend(rest);
            self.caret.1 = end;
        }
    }

    /// Plays a key of a US keyboard; whether anything changed.
    pub(super) fn key(&mut self, code: KeyCode, shift: bool, caps: bool) -> bool {
        let length = self.line().len();
        match code {
            KeyCode::Enter | KeyCode::NumpadEnter => self.enter(),
            KeyCode::Backspace => self.backspace(),
            KeyCode::Tab => self.text("    "),
            KeyCode::ArrowLeft => self.caret.1 = self.caret.1.saturating_sub(1),
            KeyCode::ArrowRight => self.caret.1 = (self.caret.1 + 1).min(length),
            KeyCode::ArrowUp => self.caret.0 = self.caret.0.saturating_sub(1),
            KeyCode::ArrowDown => self.caret.0 = (self.caret.0 + 1).min(self.lines.len() - 1),
            KeyCode::Home => self.caret.1 = 0,
            KeyCode::End => self.caret.1 = length,
            _ => match code.us_text(shift, caps) {
                Some(c) => self.text(c.encode_utf8(&mut [0; 4])),
                None => return false,
            },
        }
        self.caret.1 = self.caret.1.min(self.line().len());
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn last(editor: &Editor) -> String {
        editor.lines.last().unwrap().iter().collect()
    }

    #[test]
    fn keys_type_as_on_a_us_keyboard() {
        let mut editor = Editor::default();
        for (code, shift) in
            [(KeyCode::KeyH, true), (KeyCode::KeyI, false), (KeyCode::Digit1, true)]
        {
            assert!(editor.key(code, shift, false));
        }
        assert_eq!(last(&editor), "Hi!");
        editor.key(KeyCode::Backspace, false, false);
        editor.text("é\n");
        assert_eq!(last(&editor), "");
        editor.key(KeyCode::Backspace, false, false);
        assert_eq!(last(&editor), "Hié");
        assert!(!editor.key(KeyCode::F5, false, false));
    }

    #[test]
    fn every_key_in_any_order_is_survived() {
        let mut editor = Editor::default();
        for round in 0..40_usize {
            for (n, &code) in KeyCode::ALL.iter().enumerate() {
                editor.key(code, (round + n) % 2 == 0, n % 3 == 0);
                if n % 7 == round % 7 {
                    editor.key(KeyCode::Backspace, false, false);
                    editor.key(KeyCode::ArrowUp, false, false);
                }
            }
        }
        assert!(editor.lines.len() <= MOST);
    }
}
