//! Design tokens: the only place with raw colours and sizes.

use egui::{Color32, Context, Theme};

/// The colours of one theme.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tokens {
    /// Behind everything.
    pub background: Color32,
    /// Cards, bars, menus.
    pub surface: Color32,
    /// A surface under the pointer, text fields.
    pub raised: Color32,
    /// Lines around and between surfaces.
    pub line: Color32,
    /// Text.
    pub text: Color32,
    /// Text that matters less.
    pub muted: Color32,
    /// What is to be pressed, and where the focus is.
    pub accent: Color32,
    /// The accent under the pointer.
    pub accent_hover: Color32,
    /// Behind what is selected.
    pub tint: Color32,
    /// Text on the accent.
    pub on_accent: Color32,
    /// Good.
    pub good: Color32,
    /// Attention.
    pub warning: Color32,
    /// Bad.
    pub bad: Color32,
    /// Behind a problem.
    pub bad_surface: Color32,
    /// Behind the desktop's picture.
    pub canvas: Color32,
    /// Over a picture that is stale.
    pub dim: Color32,
    /// Under a surface that floats.
    pub shadow: Color32,
}

/// Dark.
pub const DARK: Tokens = Tokens {
    background: Color32::from_rgb(15, 17, 22),
    surface: Color32::from_rgb(24, 27, 34),
    raised: Color32::from_rgb(35, 39, 48),
    line: Color32::from_rgb(47, 52, 63),
    text: Color32::from_rgb(232, 234, 240),
    muted: Color32::from_rgb(154, 161, 175),
    accent: Color32::from_rgb(82, 116, 255),
    accent_hover: Color32::from_rgb(104, 134, 255),
    tint: Color32::from_rgb(38, 48, 92),
    on_accent: Color32::WHITE,
    good: Color32::from_rgb(74, 201, 126),
    warning: Color32::from_rgb(240, 180, 74),
    bad: Color32::from_rgb(255, 128, 122),
    bad_surface: Color32::from_rgb(58, 29, 33),
    canvas: Color32::from_rgb(8, 9, 12),
    dim: Color32::from_black_alpha(150),
    shadow: Color32::from_black_alpha(110),
};

/// Light.
pub const LIGHT: Tokens = Tokens {
    background: Color32::from_rgb(245, 246, 249),
    surface: Color32::WHITE,
    raised: Color32::from_rgb(236, 239, 245),
    line: Color32::from_rgb(217, 221, 230),
    text: Color32::from_rgb(24, 27, 35),
    muted: Color32::from_rgb(92, 99, 115),
    accent: Color32::from_rgb(58, 88, 224),
    accent_hover: Color32::from_rgb(44, 72, 200),
    tint: Color32::from_rgb(222, 229, 255),
    on_accent: Color32::WHITE,
    good: Color32::from_rgb(22, 130, 70),
    warning: Color32::from_rgb(150, 94, 0),
    bad: Color32::from_rgb(184, 34, 40),
    bad_surface: Color32::from_rgb(253, 234, 234),
    canvas: Color32::from_rgb(30, 33, 40),
    dim: Color32::from_black_alpha(130),
    shadow: Color32::from_black_alpha(40),
};

/// The tokens of the theme in use.
#[must_use]
pub fn of(ctx: &Context) -> Tokens {
    match ctx.theme() {
        Theme::Dark => DARK,
        Theme::Light => LIGHT,
    }
}

/// The colours of code in one theme.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Syntax {
    /// Words of the language.
    pub keyword: Color32,
    /// Text in quotes.
    pub text: Color32,
    /// Comments.
    pub comment: Color32,
    /// Numbers.
    pub number: Color32,
    /// Types, keys, tags.
    pub name: Color32,
    /// What is called.
    pub call: Color32,
}

/// Code, dark.
pub const DARK_SYNTAX: Syntax = Syntax {
    keyword: Color32::from_rgb(190, 160, 255),
    text: Color32::from_rgb(148, 211, 142),
    comment: Color32::from_rgb(134, 142, 158),
    number: Color32::from_rgb(240, 178, 116),
    name: Color32::from_rgb(120, 200, 225),
    call: Color32::from_rgb(136, 174, 255),
};

/// Code, light.
pub const LIGHT_SYNTAX: Syntax = Syntax {
    keyword: Color32::from_rgb(120, 56, 190),
    text: Color32::from_rgb(26, 112, 46),
    comment: Color32::from_rgb(100, 108, 124),
    number: Color32::from_rgb(166, 82, 0),
    name: Color32::from_rgb(0, 104, 132),
    call: Color32::from_rgb(30, 80, 190),
};

/// The colours of code in the theme in use.
#[must_use]
pub fn syntax(ctx: &Context) -> Syntax {
    match ctx.theme() {
        Theme::Dark => DARK_SYNTAX,
        Theme::Light => LIGHT_SYNTAX,
    }
}

/// Spacing, in points.
pub mod space {
    /// Between an icon and its text.
    pub const XS: f32 = 4.0;
    /// Between things that belong together.
    pub const S: f32 = 8.0;
    /// Inside of controls.
    pub const M: f32 = 12.0;
    /// Inside of cards.
    pub const L: f32 = 20.0;
    /// Between groups.
    pub const XL: f32 = 32.0;
}

/// Corner radii, in points.
pub mod radius {
    /// Buttons and fields.
    pub const CONTROL: u8 = 7;
    /// Cards.
    pub const CARD: u8 = 12;
    /// Pills.
    pub const PILL: u8 = 20;
}

/// Text sizes, in points.
pub mod size {
    /// Captions.
    pub const SMALL: f32 = 12.5;
    /// Everything.
    pub const BODY: f32 = 14.5;
    /// Names of cards.
    pub const STRONG: f32 = 17.0;
    /// The name of an unattended screen.
    pub const BRAND: f32 = 34.0;
    /// Names of screens.
    pub const TITLE: f32 = 24.0;
    /// Height of a control.
    pub const CONTROL: f32 = 36.0;
    /// Side of an icon.
    pub const ICON: f32 = 16.0;
}

#[cfg(test)]
mod tests {
    use super::*;

    /// WCAG 2.2 relative luminance.
    fn luminance(colour: Color32) -> f64 {
        let channel = |v: u8| {
            let v = f64::from(v) / 255.0;
            if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(colour.r()) + 0.7152 * channel(colour.g()) + 0.0722 * channel(colour.b())
    }

    fn contrast(a: Color32, b: Color32) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn code_is_legible() {
        for (t, s) in [(DARK, DARK_SYNTAX), (LIGHT, LIGHT_SYNTAX)] {
            for front in [s.keyword, s.text, s.comment, s.number, s.name, s.call] {
                assert!(contrast(front, t.surface) >= 4.5, "{front:?}");
            }
        }
    }

    #[test]
    fn text_is_legible() {
        for t in [DARK, LIGHT] {
            for behind in [t.background, t.surface, t.raised] {
                assert!(contrast(t.text, behind) >= 7.0);
                assert!(contrast(t.muted, behind) >= 4.5, "{:?}", contrast(t.muted, behind));
            }
            for front in [t.good, t.warning, t.bad] {
                assert!(contrast(front, t.surface) >= 4.5, "{front:?}");
            }
            assert!(contrast(t.bad, t.bad_surface) >= 4.5);
            assert!(contrast(t.on_accent, t.accent) >= 3.9, "{}", contrast(t.on_accent, t.accent));
        }
    }
}
