//! The window.

use crate::exit::Exit;
use crate::kiosk::supervise::{Rounds, Supervisor};
use crate::kiosk::{self, Alone};
use crate::link::Inbox;
use crate::start::StartError;
use crate::{GpuPicture, gpu};
use multiclaw_core::Command;
use multiclaw_core::engine::{Config, Core};
use multiclaw_core::model::Model;
use multiclaw_ui::{Screen as Page, Ui};
use net::Door;
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use stream::pipeline::Screen;
use stream_texture::{Painter, TextureScreen};

/// What the window's owner may do once a frame; `false` closes the window.
pub type EachFrame = Box<dyn FnMut(&egui::Context, &Core) -> bool>;

/// How to open the window.
pub struct Window {
    /// Of the engine.
    pub config: Config,
    /// The way out.
    pub door: Door,
    /// Size in points.
    pub size: [f32; 2],
    /// The screen that shows first; `None` for the usual one.
    pub screen: Option<Page>,
    /// Show a conversation beside an open desktop.
    pub beside: bool,
    /// Where links come from.
    pub links: Inbox,
    /// Run as an unattended screen.
    pub alone: Option<Alone>,
    /// Called after each frame.
    pub each_frame: Option<EachFrame>,
}

struct App {
    core: Core,
    ui: Ui,
    picture: GpuPicture,
    commands: Vec<Command>,
    links: Inbox,
    each_frame: Option<EachFrame>,
    /// What the engine was told last: the window is in front.
    focused: Option<bool>,
    rounds: Rounds,
    /// Something was painted.
    painted: bool,
    /// How it ends, for who waits for it.
    exit: Arc<OnceLock<Exit>>,
}

impl App {
    /// An unattended screen ends when the engine says so, and not when the window is told to.
    fn end_or_stay(&self, ctx: &egui::Context, model: &Model) {
        let Some(kiosk) = &model.kiosk else { return };
        if let Some(end) = kiosk.end {
            if self.exit.set(kiosk::exit(end)).is_ok() {
                ctx.send_viewport_cmd(egui::ViewportCommand::Close);
            }
        } else if ctx.input(|input| input.viewport().close_requested()) {
            tracing::info!("the window was asked to close; it stays");
            ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
        }
    }

    fn send(&mut self) {
        for command in self.commands.drain(..) {
            self.core.send(command);
        }
    }
}

impl eframe::App for App {
    // Runs while the window is hidden too; `ui` does not.
    fn logic(&mut self, ctx: &egui::Context, _: &mut eframe::Frame) {
        self.rounds.add();
        let model = self.core.model();
        self.end_or_stay(ctx, &model);
        self.ui.tell_visible(ctx, &model, &mut self.commands);
        let focused = ctx.input(|input| input.focused);
        if self.focused.replace(focused) != Some(focused) {
            self.commands.push(Command::WindowFocused(focused));
        }
        self.send();
    }

    fn ui(&mut self, ui: &mut egui::Ui, _: &mut eframe::Frame) {
        let model = self.core.model();
        if let Some(link) = self.links.take() {
            self.ui.follow(link);
        }
        self.ui.show(ui, &model, &self.picture, &mut self.commands);
        if !std::mem::replace(&mut self.painted, true) {
            // `tests/budget` waits for this line.
            tracing::info!("first frame");
        }
        self.send();
        if let Some(each_frame) = &mut self.each_frame
            && !each_frame(ui.ctx(), &self.core)
        {
            ui.ctx().send_viewport_cmd(egui::ViewportCommand::Close);
        }
    }
}

/// Opens the window and runs until it is closed.
///
/// # Errors
/// When there is no display, no graphics device, or the engine does not start.
pub fn run(runtime: &tokio::runtime::Runtime, mut window: Window) -> Result<Exit, StartError> {
    let mut viewport = egui::ViewportBuilder::default()
        .with_app_id("io.multiclaw.Desktop")
        .with_title("MultiClaw")
        .with_icon(icon())
        .with_inner_size(window.size)
        .with_min_inner_size([640.0, 400.0]);
    if window.alone.is_some() {
        viewport = viewport.with_fullscreen(true).with_decorations(false).with_resizable(false);
    }
    let exit = Arc::new(OnceLock::new());
    let ended = Arc::clone(&exit);
    window.config.kiosk = window.alone.as_ref().map(|alone| alone.kiosk.clone());
    let options = eframe::NativeOptions {
        viewport,
        wgpu_options: gpu::options(),
        renderer: eframe::Renderer::Wgpu,
        centered: true,
        dithering: false,
        ..Default::default()
    };
    let guard = runtime.enter();
    let result = eframe::run_native(
        "MultiClaw",
        options,
        Box::new(move |creation| Ok(Box::new(create(creation, window, ended)?))),
    );
    drop(guard);
    result.map_err(|error| StartError::Window(error.to_string()))?;
    Ok(exit.get().copied().unwrap_or(Exit::Done))
}

/// For X11 and Windows; on Wayland the desktop entry of the same id names it.
fn icon() -> egui::IconData {
    const PNG: &[u8] =
        include_bytes!("../../assets/icons/hicolor/64x64/apps/io.multiclaw.Desktop.png");
    eframe::icon_data::from_png_bytes(PNG)
        .inspect_err(|error| tracing::warn!(%error, "no icon"))
        .unwrap_or_default()
}

type CreateError = Box<dyn std::error::Error + Send + Sync>;

fn create(
    creation: &eframe::CreationContext<'_>,
    mut window: Window,
    exit: Arc<OnceLock<Exit>>,
) -> Result<App, CreateError> {
    let state = creation.wgpu_render_state.as_ref().ok_or("no graphics device was found")?;
    gpu::keep_drivers(&state.instance);
    let info = state.adapter.get_info();
    tracing::info!(name = info.name, backend = ?info.backend, kind = ?info.device_type, "graphics");
    let software = gpu::is_software(&state.adapter);
    window.config.machine.software_graphics = software;
    let painter = Painter::new(&state.device, state.target_format, software);
    let (device, queue) = (state.device.clone(), state.queue.clone());
    let screen = painter.clone();
    let screens =
        Box::new(move || Box::new(TextureScreen::new(&device, &queue, &screen)) as Box<dyn Screen>);
    let ctx = creation.egui_ctx.clone();
    // `request_repaint` would paint twice.
    let wake = Arc::new(move || ctx.request_repaint_after(Duration::from_nanos(1)));
    window.config.doctor.graphics = Some(Some(gpu::facts(&state.adapter)));
    let core = Core::start(window.config, window.door, screens, wake)?;
    window.links.wake(creation.egui_ctx.clone());
    let rounds = Rounds::default();
    if let Some(alone) = &window.alone {
        choose_monitor(creation, alone);
    }
    if let Some(supervisor) = Supervisor::from_environment() {
        let (ctx, engine, counted) = (creation.egui_ctx.clone(), core.clone(), core.clone());
        let wake = move || {
            ctx.request_repaint();
            engine.turn();
        };
        supervisor.watch(rounds.clone(), wake, move || counted.turns())?;
    }
    let mut ui = Ui::new(&creation.egui_ctx);
    if let Some(screen) = window.screen {
        ui.go(screen);
    }
    ui.chat_beside(window.beside);
    Ok(App {
        core,
        ui,
        picture: GpuPicture(painter),
        commands: Vec::new(),
        links: window.links,
        each_frame: window.each_frame,
        focused: None,
        rounds,
        painted: false,
        exit,
    })
}

/// Full screen on the monitor that was named; where there is none, it stays where it is.
fn choose_monitor(creation: &eframe::CreationContext<'_>, alone: &Alone) {
    let Some(window) = creation.winit_window() else { return };
    let ctx = &creation.egui_ctx;
    let mut monitors: Vec<_> = window.available_monitors().collect();
    let names: Vec<_> = monitors.iter().map(|monitor| monitor.name()).collect();
    let found = alone.monitor.as_ref().and_then(|wanted| kiosk::find(wanted, &names));
    if let (Some(wanted), None) = (&alone.monitor, found) {
        tracing::warn!(target: "kiosk", ?wanted, ?names, "there is no such monitor");
    }
    if let Some(index) = found {
        ctx.send_viewport_cmd(egui::ViewportCommand::SetMonitor(index));
    }
    if !alone.by_hand {
        return;
    }
    // Full screen is a wish to the window manager, and here is none.
    let monitor = match found {
        Some(index) if index < monitors.len() => Some(monitors.swap_remove(index)),
        _ => window.primary_monitor().or_else(|| monitors.into_iter().next()),
    };
    let Some(monitor) = monitor else { return };
    let (at, size, scale) = (monitor.position(), monitor.size(), monitor.scale_factor());
    let at = at.to_logical::<f32>(scale);
    let size = size.to_logical::<f32>(scale);
    ctx.send_viewport_cmd(egui::ViewportCommand::OuterPosition(egui::pos2(at.x, at.y)));
    ctx.send_viewport_cmd(egui::ViewportCommand::InnerSize(egui::vec2(size.width, size.height)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_has_an_icon() {
        let icon = icon();
        assert_eq!((icon.width, icon.height, icon.rgba.len()), (64, 64, 64 * 64 * 4));
        assert!(icon.rgba.chunks(4).any(|pixel| pixel == [255, 255, 255, 255]), "the claws");
    }
}
