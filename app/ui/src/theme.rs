//! egui's style, made of the tokens.

use crate::tokens::{DARK, LIGHT, Tokens, radius, size, space};
use egui::{
    Context, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, FontTweak, Margin,
    Stroke, Style, TextStyle, Theme, vec2,
};
use std::sync::Arc;

/// Emoji that egui's fonts do not have: see the folder they are in.
const EMOJI: &[u8] = include_bytes!("../../../assets/fonts/NotoEmoji-more.ttf");
/// Check marks, stars, arrows and the like.
const SYMBOLS: &[u8] = include_bytes!("../../../assets/fonts/NotoSansSymbols2-more.ttf");

const HEBREW: &[u8] = include_bytes!("../../../assets/fonts/NotoSansHebrew-more.ttf");
const ARABIC: &[u8] = include_bytes!("../../../assets/fonts/NotoSansArabic-more.ttf");
/// The simplified characters of Chinese (GB 2312), and kana.
const CHINESE: &[u8] = include_bytes!("../../../assets/fonts/NotoSansSC-more.otf");

/// egui's fonts, and those of more scripts. What none of them has is shown as a box: rare and
/// traditional characters, Hangul, the scripts of South Asia.
fn fonts() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    let emoji = FontTweak { scale: 0.81, ..FontTweak::default() };
    for (name, font, tweak) in [
        ("NotoEmoji-more", EMOJI, emoji),
        ("Symbols-more", SYMBOLS, FontTweak::default()),
        ("Hebrew-more", HEBREW, FontTweak::default()),
        ("Arabic-more", ARABIC, FontTweak::default()),
        ("Chinese-more", CHINESE, FontTweak::default()),
    ] {
        let font = Arc::new(FontData::from_static(font).tweak(tweak));
        fonts.font_data.insert(name.to_owned(), font);
        for names in fonts.families.values_mut() {
            names.push(name.to_owned());
        }
    }
    // It has arrows and lines, which the font for text has not.
    if let Some(names) = fonts.families.get_mut(&FontFamily::Proportional) {
        names.push("Hack".to_owned());
    }
    fonts
}

/// Sets both themes up, and the fonts for the next frame.
pub(crate) fn install(ctx: &Context) {
    ctx.set_fonts(fonts());
    ctx.add_plugin(crate::bidi::Bidi::default());
    ctx.style_mut_of(Theme::Dark, |style| apply(style, &DARK));
    ctx.style_mut_of(Theme::Light, |style| apply(style, &LIGHT));
}

fn apply(style: &mut Style, t: &Tokens) {
    let font = |size| FontId::new(size, FontFamily::Proportional);
    style.text_styles = [
        (TextStyle::Small, font(size::SMALL)),
        (TextStyle::Body, font(size::BODY)),
        (TextStyle::Button, font(size::BODY)),
        (TextStyle::Heading, font(size::TITLE)),
        (TextStyle::Monospace, FontId::new(size::SMALL, FontFamily::Monospace)),
    ]
    .into();
    // An animation repaints, and repainting costs.
    style.animation_time = 0.0;
    style.spacing.item_spacing = vec2(space::S, space::S);
    style.spacing.button_padding = vec2(space::M, space::S);
    style.spacing.interact_size = vec2(size::CONTROL, size::CONTROL);
    style.spacing.menu_margin = Margin::same(6);
    style.spacing.icon_width = size::ICON;
    style.interaction.selectable_labels = false;
    style.interaction.tooltip_delay = 0.4;
    let v = &mut style.visuals;
    v.text_cursor.blink = false;
    v.override_text_color = None;
    v.panel_fill = t.background;
    v.window_fill = t.surface;
    v.window_stroke = Stroke::new(1.0, t.line);
    v.window_corner_radius = CornerRadius::same(radius::CARD);
    v.menu_corner_radius = CornerRadius::same(radius::CARD);
    v.popup_shadow.color = t.shadow;
    v.window_shadow.color = t.shadow;
    v.extreme_bg_color = t.raised;
    v.text_edit_bg_color = Some(t.raised);
    v.faint_bg_color = t.raised;
    v.weak_text_color = Some(t.muted);
    v.hyperlink_color = t.accent;
    v.error_fg_color = t.bad;
    v.warn_fg_color = t.warning;
    v.selection.bg_fill = t.tint;
    v.selection.stroke = Stroke::new(1.5, t.accent_hover);
    let corner = CornerRadius::same(radius::CONTROL);
    let w = &mut v.widgets;
    for (visuals, fill, line, text) in [
        (&mut w.noninteractive, t.surface, t.line, t.text),
        (&mut w.inactive, t.raised, t.raised, t.text),
        (&mut w.hovered, t.line, t.line, t.text),
        (&mut w.active, t.line, t.accent, t.text),
        (&mut w.open, t.raised, t.line, t.text),
    ] {
        visuals.bg_fill = fill;
        visuals.weak_bg_fill = fill;
        visuals.bg_stroke = Stroke::new(1.0, line);
        visuals.fg_stroke = Stroke::new(1.5, text);
        visuals.corner_radius = corner;
        visuals.expansion = 0.0;
    }
}
