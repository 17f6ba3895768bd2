//! While the browser is asked.

use super::{below, header};
use crate::icons::Icon;
use crate::tokens::{self, radius, size, space};
use crate::widgets::{banner, card, icon_button, primary, quiet};
use egui::{
    Align, FontId, Frame, Label, Layout, Margin, RichText, TextEdit, Ui, WidgetInfo,
    accesskit::Role,
};
use multiclaw_core::Command;
use multiclaw_core::model::{BrowserSignIn, SignIn};
use multiclaw_core::tr;

/// Size of the code, in points.
const CODE: f32 = 34.0;

pub(super) fn show(ui: &mut Ui, form: &SignIn, page: &BrowserSignIn, commands: &mut Vec<Command>) {
    header(ui, tr!("sign-in-browser-title"), &form.server);
    ui.add_space(space::L);
    card(ui, 24).show(ui, |ui| {
        if let Some(problem) = &form.problem {
            banner(ui, problem);
            ui.add_space(space::S);
        }
        ui.label(tr!("sign-in-browser-code"));
        code(ui, &page.code);
        ui.add_space(space::S);
        ui.label(RichText::new(tr!("sign-in-browser-address-open")).small().weak());
        address(ui, &page.address);
        ui.add_space(space::M);
        let width = ui.available_width();
        if primary(ui, tr!("sign-in-browser-again"), true, width).clicked() {
            commands.push(Command::OpenBrowser);
        }
    });
    ui.add_space(space::S);
    below(ui, tr!("sign-in-browser-waits"), |ui| {
        let escape = ui.input(|i| i.key_pressed(egui::Key::Escape));
        if quiet(ui, tr!("sign-in-cancel")).clicked() || escape {
            commands.push(Command::CancelSignIn);
        }
    });
}

fn code(ui: &mut Ui, code: &str) {
    let t = tokens::of(ui.ctx());
    Frame::new().fill(t.raised).corner_radius(radius::CONTROL).inner_margin(14).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.vertical_centered(|ui| {
            let text = RichText::new(code).font(FontId::monospace(CODE));
            ui.add(Label::new(text).selectable(true));
        });
    });
}

fn address(ui: &mut Ui, address: &str) {
    ui.horizontal(|ui| {
        let layout = Layout::right_to_left(Align::Center);
        ui.with_layout(layout, |ui| {
            if icon_button(ui, Icon::Copy, tr!("sign-in-browser-copy"), false).clicked() {
                ui.ctx().copy_text(address.to_owned());
            }
            // Read only: it can be selected, and typing changes nothing.
            let mut text = address;
            let field = TextEdit::singleline(&mut text)
                .font(FontId::monospace(size::SMALL))
                .margin(Margin::symmetric(12, 9))
                .desired_width(ui.available_width());
            let response = ui.add(field);
            response.widget_info(|| {
                let mut info =
                    WidgetInfo::labeled(Role::TextInput, true, tr!("sign-in-browser-address"));
                info.current_text_value = Some(address.to_owned());
                info
            });
        });
    });
}
