//! The table of people.

use super::name;
use crate::icons::Icon;
use crate::parts::{Act, avatar, drop_down, item, line, pill, short, tool};
use crate::tokens::{self, size, space};
use egui::{
    Align, Layout, Rect, ScrollArea, Sense, Stroke, Ui, UiBuilder, WidgetInfo,
    accesskit::Role as Node, pos2, vec2,
};
use multiclaw_core::Command;
use multiclaw_core::model::{Action, Member, Person, Role};
use multiclaw_core::tr;
use std::sync::Arc;

/// Of a row, in points.
const ROW: f32 = 64.0;
/// From this width on the last visit has a column of its own.
const WIDE: f32 = 620.0;
/// Widths of the columns at the right, in points.
const ROLE: f32 = 116.0;
const SEEN: f32 = 130.0;
const ACT: f32 = 96.0;

/// Paints the table; who is to be removed.
pub(super) fn show(
    ui: &mut Ui,
    all: &[Arc<Member>],
    person: &Person,
    offline: Option<&str>,
    commands: &mut Vec<Command>,
) -> Option<String> {
    let t = tokens::of(ui.ctx());
    let owners = all.iter().filter(|member| owner(member) && !member.invited).count();
    let mut asked = None;
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical().auto_shrink(false).show_rows(ui, ROW, all.len(), |ui, range| {
        for n in range {
            let Some(member) = all.get(n) else { continue };
            let wanted = vec2(ui.available_width(), ROW);
            let (rect, _) = ui.allocate_exact_size(wanted, Sense::hover());
            if n + 1 < all.len() {
                let x = rect.x_range().shrink(space::M);
                let line = Stroke::new(1.0, t.line.gamma_multiply(0.6));
                ui.painter().hline(x, rect.max.y - 0.5, line);
            }
            let last = owner(member) && owners == 1;
            let own = member.id == person.id;
            ui.push_id(&member.id, |ui| {
                let rect = rect.shrink2(vec2(space::L - 2.0, 0.0));
                if one(ui, rect, member, &Fixed { own, last, offline }, commands) {
                    asked = Some(member.id.clone());
                }
            });
        }
    });
    asked
}

/// Whether the member is an owner: who may manage people is.
fn owner(member: &Member) -> bool {
    member.role.may(Action::ManagePeople)
}

/// The role in a word.
fn role_name(owner: bool) -> &'static str {
    if owner { tr!("people-owner") } else { tr!("people-member") }
}

/// What stands in the way of a change.
struct Fixed<'a> {
    own: bool,
    last: bool,
    offline: Option<&'a str>,
}

impl<'a> Fixed<'a> {
    fn role(&self) -> Option<&'a str> {
        match (self.own, self.last) {
            (true, _) => Some(tr!("people-own-role")),
            (_, true) => Some(tr!("people-last-owner")),
            _ => self.offline,
        }
    }

    fn removal(&self) -> Option<&'a str> {
        match (self.own, self.last) {
            (true, _) => Some(tr!("people-own-removal")),
            (_, true) => Some(tr!("people-last-owner")),
            _ => self.offline,
        }
    }
}

/// Paints a row; whether it is to be removed.
fn one(
    ui: &mut Ui,
    rect: Rect,
    member: &Member,
    fixed: &Fixed<'_>,
    commands: &mut Vec<Command>,
) -> bool {
    let t = tokens::of(ui.ctx());
    let wide = rect.width() >= WIDE;
    let called = name(member);
    let seen = member.last_seen.as_deref().map(short);
    avatar(ui, pos2(rect.min.x + 18.0, rect.center().y), 36.0, called);
    let act = Rect::from_min_max(pos2(rect.max.x - ACT, rect.min.y), rect.max);
    let role = act.translate(vec2(-ROLE - space::M, 0.0)).with_max_x(act.min.x - space::M);
    let mut right = role.min.x - space::M;
    if wide {
        let column = Rect::from_min_max(pos2(right - SEEN, rect.min.y), pos2(right, rect.max.y));
        if member.invited {
            pill(ui, column.left_center(), Align::Min, tr!("people-invitation-open"), t.warning);
        } else {
            let text = match &seen {
                Some(at) => tr!("people-seen", date = at),
                None => tr!("people-never-seen").to_owned(),
            };
            line(ui, column, &text, size::SMALL, t.muted, Align::Min);
        }
        right = column.min.x - space::M;
    }
    let left = rect.min.x + 36.0 + space::M;
    let strip = |y: f32| Rect::from_min_max(pos2(left, y - 10.0), pos2(right.max(left), y + 10.0));
    let first = if fixed.own { tr!("people-you", name = called) } else { called.to_owned() };
    line(ui, strip(rect.center().y - 11.0), &first, size::BODY, t.text, Align::Min);
    let under = match (member.invited, wide) {
        (true, false) => tr!("people-invitation-open"),
        (false, _) if !member.email.is_empty() => &member.email,
        _ => tr!("people-not-joined"),
    };
    line(ui, strip(rect.center().y + 12.0), under, size::SMALL, t.muted, Align::Min);
    let said = ui.interact(rect, ui.scope_id().with("row"), Sense::hover());
    said.widget_info(|| {
        let state = match &seen {
            _ if member.invited => tr!("people-invitation-open"),
            Some(at) => at,
            None => tr!("people-never"),
        };
        let (email, role) = (&member.email, role_name(owner(member)));
        let label = tr!("people-row", name = &first, email = email, role = role, state = state);
        WidgetInfo::labeled(Node::Row, true, label)
    });
    roles(ui, role, member, fixed, commands);
    removal(ui, act, member, fixed)
}

fn roles(ui: &mut Ui, rect: Rect, member: &Member, fixed: &Fixed<'_>, commands: &mut Vec<Command>) {
    let t = tokens::of(ui.ctx());
    let now = role_name(owner(member));
    if member.invited {
        let inner = rect.with_min_x(rect.min.x + space::M + 2.0);
        line(ui, inner, now, size::BODY, t.muted, Align::Min);
        return;
    }
    let layout = Layout::left_to_right(Align::Center);
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect).id_salt("role").layout(layout));
    let title = tr!("people-role-of", name = name(member));
    drop_down(&mut child, &title, now, ROLE, fixed.role(), |ui| {
        for role in [Role::Owner, Role::Member] {
            let is = (role == Role::Owner) == owner(member);
            if item(ui, role_name(role == Role::Owner), is) && !is {
                commands.push(Command::ChangeRole { person: member.id.clone(), role });
            }
        }
    });
}

fn removal(ui: &mut Ui, rect: Rect, member: &Member, fixed: &Fixed<'_>) -> bool {
    let layout = Layout::right_to_left(Align::Center);
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect).id_salt("act").layout(layout));
    if member.invited {
        let title = tr!("people-withdraw-name", email = &member.email);
        let act = Act::plain(tr!("people-withdraw")).name(&title).blocked(fixed.offline);
        return act.show(&mut child).clicked();
    }
    let title = tr!("people-remove-name", name = name(member));
    tool(&mut child, Icon::Trash, &title, fixed.removal()).clicked()
}
