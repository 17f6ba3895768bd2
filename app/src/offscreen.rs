//! The user interface painted into memory: screenshots, and machines without a display.

use crate::gpu;
use egui_wgpu::{Renderer, RendererOptions, ScreenDescriptor};
use stream_texture::Painter;

/// Rows of a buffer copy start at multiples of this.
const ALIGN: u32 = wgpu::COPY_BYTES_PER_ROW_ALIGNMENT;
/// The format that egui paints to.
const FORMAT: wgpu::TextureFormat = wgpu::TextureFormat::Rgba8Unorm;

/// Why nothing could be painted.
#[derive(Debug, thiserror::Error)]
#[error("painting off screen: {0}")]
pub struct OffscreenError(String);

fn fault(error: impl std::fmt::Display) -> OffscreenError {
    OffscreenError(error.to_string())
}

/// A graphics device without a window.
pub struct Offscreen {
    device: wgpu::Device,
    queue: wgpu::Queue,
    renderer: Renderer,
    painter: Painter,
    ctx: egui::Context,
    name: String,
}

/// A painted picture.
pub struct Image {
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// R, G, B, A, rows from the top.
    pub rgba: Vec<u8>,
}

impl Offscreen {
    /// Looks for a device, a software one where there is no other.
    ///
    /// # Errors
    /// When there is none at all.
    pub fn new() -> Result<Self, OffscreenError> {
        let mut descriptor = wgpu::InstanceDescriptor::new_without_display_handle();
        descriptor.backends = gpu::backends();
        let instance = wgpu::Instance::new(descriptor);
        gpu::keep_drivers(&instance);
        let options = wgpu::RequestAdapterOptions {
            power_preference: wgpu::PowerPreference::LowPower,
            ..Default::default()
        };
        let adapter = pollster::block_on(instance.request_adapter(&options)).map_err(fault)?;
        let descriptor = gpu::device_descriptor(&adapter);
        let (device, queue) =
            pollster::block_on(adapter.request_device(&descriptor)).map_err(fault)?;
        let options = RendererOptions { dithering: false, ..Default::default() };
        let renderer = Renderer::new(&device, FORMAT, options);
        let painter = Painter::new(&device, FORMAT, gpu::is_software(&adapter));
        let name = adapter.get_info().name;
        Ok(Self { device, queue, renderer, painter, ctx: egui::Context::default(), name })
    }

    /// Name of the device.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The context of the user interface.
    #[must_use]
    pub fn context(&self) -> &egui::Context {
        &self.ctx
    }

    /// Paints the desktop's picture.
    #[must_use]
    pub fn painter(&self) -> &Painter {
        &self.painter
    }

    /// Device and queue, for a screen.
    #[must_use]
    pub fn device(&self) -> (&wgpu::Device, &wgpu::Queue) {
        (&self.device, &self.queue)
    }

    /// Runs `show` until it has settled and paints it, `size` pixels large.
    ///
    /// # Errors
    /// When the device fails.
    pub fn paint(
        &mut self,
        size: [u32; 2],
        pixels_per_point: f32,
        mut show: impl FnMut(&mut egui::Ui),
    ) -> Result<Image, OffscreenError> {
        #[expect(clippy::cast_precision_loss, reason = "screens are small")]
        let points = egui::vec2(size[0] as f32, size[1] as f32) / pixels_per_point;
        self.ctx.set_pixels_per_point(pixels_per_point);
        let mut painted = None;
        // Areas know their size only after they were shown once.
        for step in 0..3 {
            let input = egui::RawInput {
                screen_rect: Some(egui::Rect::from_min_size(egui::Pos2::ZERO, points)),
                time: Some(f64::from(step) * 0.1),
                focused: true,
                ..Default::default()
            };
            let mut output = self.ctx.run_ui(input, &mut show);
            for (id, deltas) in &output.textures_delta.set {
                for delta in deltas {
                    self.renderer.update_texture(&self.device, &self.queue, *id, delta);
                }
            }
            for id in &output.textures_delta.free {
                self.renderer.free_texture(id);
            }
            output.textures_delta.clear();
            painted = Some((output.shapes, output.pixels_per_point));
        }
        let (shapes, pixels_per_point) = painted.ok_or_else(|| fault("nothing was shown"))?;
        let jobs = self.ctx.tessellate(shapes, pixels_per_point);
        self.render(size, pixels_per_point, &jobs)
    }

    fn render(
        &mut self,
        [width, height]: [u32; 2],
        pixels_per_point: f32,
        jobs: &[egui::ClippedPrimitive],
    ) -> Result<Image, OffscreenError> {
        let extent = wgpu::Extent3d { width, height, depth_or_array_layers: 1 };
        let texture = self.device.create_texture(&wgpu::TextureDescriptor {
            label: Some("off screen"),
            size: extent,
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: FORMAT,
            usage: wgpu::TextureUsages::RENDER_ATTACHMENT | wgpu::TextureUsages::COPY_SRC,
            view_formats: &[],
        });
        let screen = ScreenDescriptor { size_in_pixels: [width, height], pixels_per_point };
        let mut encoder = self.device.create_command_encoder(&Default::default());
        let before =
            self.renderer.update_buffers(&self.device, &self.queue, &mut encoder, jobs, &screen);
        let view = texture.create_view(&Default::default());
        {
            let attachment = wgpu::RenderPassColorAttachment {
                view: &view,
                depth_slice: None,
                resolve_target: None,
                ops: wgpu::Operations {
                    load: wgpu::LoadOp::Clear(wgpu::Color::BLACK),
                    store: wgpu::StoreOp::Store,
                },
            };
            let mut pass = encoder
                .begin_render_pass(&wgpu::RenderPassDescriptor {
                    label: Some("off screen"),
                    color_attachments: &[Some(attachment)],
                    ..Default::default()
                })
                .forget_lifetime();
            self.renderer.render(&mut pass, jobs, &screen);
        }
        let row = (width * 4).next_multiple_of(ALIGN);
        let buffer = self.device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("off screen"),
            size: u64::from(row) * u64::from(height),
            usage: wgpu::BufferUsages::COPY_DST | wgpu::BufferUsages::MAP_READ,
            mapped_at_creation: false,
        });
        encoder.copy_texture_to_buffer(
            texture.as_image_copy(),
            wgpu::TexelCopyBufferInfo {
                buffer: &buffer,
                layout: wgpu::TexelCopyBufferLayout {
                    offset: 0,
                    bytes_per_row: Some(row),
                    rows_per_image: None,
                },
            },
            extent,
        );
        self.queue.submit(before.into_iter().chain([encoder.finish()]));
        let slice = buffer.slice(..);
        let (done, mapped) = std::sync::mpsc::sync_channel(1);
        slice.map_async(wgpu::MapMode::Read, move |result| {
            // The receiver waits below.
            let _ = done.send(result);
        });
        self.device.poll(wgpu::PollType::wait_indefinitely()).map_err(fault)?;
        mapped.recv().map_err(fault)?.map_err(fault)?;
        let bytes = slice.get_mapped_range().map_err(fault)?;
        let rgba = bytes
            .chunks_exact(row as usize)
            .filter_map(|line| line.get(..width as usize * 4))
            .flatten()
            .copied()
            .collect();
        Ok(Image { width, height, rgba })
    }
}
