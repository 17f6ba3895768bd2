//! The window.

use crate::start::StartError;
use crate::{GpuPicture, gpu};
use multiclaw_core::Command;
use multiclaw_core::engine::{Config, Core};
use multiclaw_ui::{Screen as Page, Ui};
use net::Door;
use std::sync::Arc;
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
    /// Called after each frame.
    pub each_frame: Option<EachFrame>,
}

struct App {
    core: Core,
    ui: Ui,
    picture: GpuPicture,
    commands: Vec<Command>,
    each_frame: Option<EachFrame>,
    /// What the engine was told last: the window is in front.
    focused: Option<bool>,
}

impl App {
    fn send(&mut self) {
        for command in self.commands.drain(..) {
            self.core.send(command);
        }
    }
}

impl eframe::App for App {
    // Runs while the window is hidden too; `ui` does not.
    fn logic(&mut self, ctx: &egui::Context, _: &mut eframe::Frame) {
        let model = self.core.model();
        self.ui.tell_visible(ctx, &model, &mut self.commands);
        let focused = ctx.input(|input| input.focused);
        if self.focused.replace(focused) != Some(focused) {
            self.commands.push(Command::WindowFocused(focused));
        }
        self.send();
    }

    fn ui(&mut self, ui: &mut egui::Ui, _: &mut eframe::Frame) {
        let model = self.core.model();
        self.ui.show(ui, &model, &self.picture, &mut self.commands);
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
pub fn run(runtime: &tokio::runtime::Runtime, window: Window) -> Result<(), StartError> {
    let viewport = egui::ViewportBuilder::default()
        .with_app_id("io.multiclaw.Desktop")
        .with_title("MultiClaw")
        .with_inner_size(window.size)
        .with_min_inner_size([640.0, 400.0]);
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
        Box::new(move |creation| Ok(Box::new(create(creation, window)?))),
    );
    drop(guard);
    result.map_err(|error| StartError::Window(error.to_string()))
}

type CreateError = Box<dyn std::error::Error + Send + Sync>;

fn create(creation: &eframe::CreationContext<'_>, mut window: Window) -> Result<App, CreateError> {
    let state = creation.wgpu_render_state.as_ref().ok_or("no graphics device was found")?;
    let info = state.adapter.get_info();
    tracing::info!(name = info.name, backend = ?info.backend, kind = ?info.device_type, "graphics");
    let software = gpu::is_software(&state.adapter);
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
        each_frame: window.each_frame,
        focused: None,
    })
}
