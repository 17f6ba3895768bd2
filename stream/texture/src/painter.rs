//! Paints the planes inside egui's own render pass.

use crate::Shared;
use crate::planes::Textures;
use egui_wgpu::{Callback, CallbackResources, CallbackTrait, ScreenDescriptor};
use parking_lot::Mutex;
use std::sync::Arc;

/// How the picture is sampled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    /// Each desktop pixel is a block of whole screen pixels: exact, and cheap on a software GPU.
    Nearest,
    /// Anything else.
    Linear,
}

/// The pipeline and the textures of one viewer window. Cheap to clone.
#[derive(Clone)]
pub struct Painter(Arc<Inner>);

struct Inner {
    device: wgpu::Device,
    pipeline: wgpu::RenderPipeline,
    planes_layout: wgpu::BindGroupLayout,
    place: wgpu::Buffer,
    nearest: wgpu::BindGroup,
    linear: wgpu::BindGroup,
    textures: Shared,
    /// The bind group of the textures it was made for.
    bound: Mutex<Option<(Arc<Textures>, wgpu::BindGroup)>>,
}

/// Bytes of the shader's `Place`.
const PLACE: u64 = 32;

impl Painter {
    /// Builds the pipeline for a target of this format. `software`: the device is a CPU, where
    /// sampling costs more than decoding.
    #[must_use]
    pub fn new(device: &wgpu::Device, target: wgpu::TextureFormat, software: bool) -> Self {
        let shader = device.create_shader_module(wgpu::include_wgsl!("picture.wgsl"));
        let place_layout = place_layout(device);
        let planes_layout = planes_layout(device);
        let pipeline = pipeline(device, &shader, [&place_layout, &planes_layout], target);
        let place = device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("picture place"),
            size: PLACE,
            usage: wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST,
            mapped_at_creation: false,
        });
        let sampler = |filter| {
            device.create_sampler(&wgpu::SamplerDescriptor {
                mag_filter: filter,
                min_filter: filter,
                ..Default::default()
            })
        };
        let nearest = sampler(wgpu::FilterMode::Nearest);
        let linear = sampler(wgpu::FilterMode::Linear);
        let group = |luma: &wgpu::Sampler, chroma: &wgpu::Sampler| {
            device.create_bind_group(&wgpu::BindGroupDescriptor {
                label: Some("picture place"),
                layout: &place_layout,
                entries: &[
                    entry(0, place.as_entire_binding()),
                    entry(1, wgpu::BindingResource::Sampler(luma)),
                    entry(2, wgpu::BindingResource::Sampler(chroma)),
                ],
            })
        };
        let sharp = group(&nearest, if software { &nearest } else { &linear });
        let smooth = group(&linear, if software { &nearest } else { &linear });
        Self(Arc::new(Inner {
            device: device.clone(),
            pipeline,
            nearest: sharp,
            linear: smooth,
            planes_layout,
            place,
            textures: Shared::default(),
            bound: Mutex::default(),
        }))
    }

    pub(crate) fn textures(&self) -> Shared {
        Arc::clone(&self.0.textures)
    }

    /// Size of the picture in pixels; `None` before the first.
    #[must_use]
    pub fn size(&self) -> Option<[u32; 2]> {
        self.0.textures.lock().as_ref().map(|t| t.size)
    }

    /// Paints the picture into `rect`, in points. What lies outside the window is cut off.
    pub fn shape(&self, rect: egui::Rect, filter: Filter) -> egui::Shape {
        let paint = Paint { painter: self.clone(), rect, filter };
        egui::Shape::Callback(Callback::new_paint_callback(rect, paint))
    }

    fn bind(&self, textures: &Arc<Textures>) {
        let mut bound = self.0.bound.lock();
        if bound.as_ref().is_some_and(|(made_for, _)| Arc::ptr_eq(made_for, textures)) {
            return;
        }
        let [luma, blue, red] = &textures.views;
        let group = self.0.device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("picture planes"),
            layout: &self.0.planes_layout,
            entries: &[
                entry(0, wgpu::BindingResource::TextureView(luma)),
                entry(1, wgpu::BindingResource::TextureView(blue)),
                entry(2, wgpu::BindingResource::TextureView(red)),
            ],
        });
        *bound = Some((Arc::clone(textures), group));
    }
}

struct Paint {
    painter: Painter,
    rect: egui::Rect,
    filter: Filter,
}

impl CallbackTrait for Paint {
    fn prepare(
        &self,
        _: &wgpu::Device,
        queue: &wgpu::Queue,
        screen: &ScreenDescriptor,
        _: &mut wgpu::CommandEncoder,
        _: &mut CallbackResources,
    ) -> Vec<wgpu::CommandBuffer> {
        let Some(textures) = self.painter.0.textures.lock().clone() else { return Vec::new() };
        self.painter.bind(&textures);
        let place = place(self.rect, screen, textures.size, textures.padded);
        let bytes: Vec<u8> = place.iter().flat_map(|f| f.to_ne_bytes()).collect();
        queue.write_buffer(&self.painter.0.place, 0, &bytes);
        Vec::new()
    }

    fn paint(
        &self,
        info: egui::PaintCallbackInfo,
        pass: &mut wgpu::RenderPass<'static>,
        _: &CallbackResources,
    ) {
        let inner = &self.painter.0;
        let bound = inner.bound.lock();
        let Some((_, planes)) = bound.as_ref() else { return };
        let [width, height] = info.screen_size_px;
        #[expect(
            clippy::cast_precision_loss,
            reason = "screens have fewer than 2^24 pixels a side"
        )]
        let (width, height) = (width as f32, height as f32);
        // egui cuts its viewport off at the window's edge, which would squeeze a picture that is
        // larger than the window. The whole window is the viewport; its clip rectangle holds.
        pass.set_viewport(0.0, 0.0, width, height, 0.0, 1.0);
        pass.set_pipeline(&inner.pipeline);
        let place = match self.filter {
            Filter::Nearest => &inner.nearest,
            Filter::Linear => &inner.linear,
        };
        pass.set_bind_group(0, place, &[]);
        pass.set_bind_group(1, planes, &[]);
        pass.draw(0..4, 0..1);
    }
}

/// The shader's `Place`: rectangle in clip space, extent, limit.
#[expect(clippy::cast_precision_loss, reason = "sizes are far below 2^24")]
fn place(
    rect: egui::Rect,
    screen: &ScreenDescriptor,
    size: [u32; 2],
    padded: [u32; 2],
) -> [f32; 8] {
    let [width, height] = screen.size_in_pixels.map(|n| n as f32 / screen.pixels_per_point);
    let x = |points: f32| points / width * 2.0 - 1.0;
    let y = |points: f32| 1.0 - points / height * 2.0;
    let [sw, sh] = size.map(|n| n as f32);
    let [pw, ph] = padded.map(|n| n as f32);
    [
        x(rect.min.x),
        y(rect.min.y),
        x(rect.max.x),
        y(rect.max.y),
        sw / pw,
        sh / ph,
        (sw - 0.5) / pw,
        (sh - 0.5) / ph,
    ]
}

fn entry(binding: u32, resource: wgpu::BindingResource<'_>) -> wgpu::BindGroupEntry<'_> {
    wgpu::BindGroupEntry { binding, resource }
}

fn place_layout(device: &wgpu::Device) -> wgpu::BindGroupLayout {
    let sampler = |binding| wgpu::BindGroupLayoutEntry {
        binding,
        visibility: wgpu::ShaderStages::FRAGMENT,
        ty: wgpu::BindingType::Sampler(wgpu::SamplerBindingType::Filtering),
        count: None,
    };
    device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
        label: Some("picture place"),
        entries: &[
            wgpu::BindGroupLayoutEntry {
                binding: 0,
                visibility: wgpu::ShaderStages::VERTEX_FRAGMENT,
                ty: wgpu::BindingType::Buffer {
                    ty: wgpu::BufferBindingType::Uniform,
                    has_dynamic_offset: false,
                    min_binding_size: wgpu::BufferSize::new(PLACE),
                },
                count: None,
            },
            sampler(1),
            sampler(2),
        ],
    })
}

fn planes_layout(device: &wgpu::Device) -> wgpu::BindGroupLayout {
    let plane = |binding| wgpu::BindGroupLayoutEntry {
        binding,
        visibility: wgpu::ShaderStages::FRAGMENT,
        ty: wgpu::BindingType::Texture {
            sample_type: wgpu::TextureSampleType::Float { filterable: true },
            view_dimension: wgpu::TextureViewDimension::D2,
            multisampled: false,
        },
        count: None,
    };
    device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
        label: Some("picture planes"),
        entries: &[plane(0), plane(1), plane(2)],
    })
}

fn pipeline(
    device: &wgpu::Device,
    shader: &wgpu::ShaderModule,
    layouts: [&wgpu::BindGroupLayout; 2],
    target: wgpu::TextureFormat,
) -> wgpu::RenderPipeline {
    let layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
        label: Some("picture"),
        bind_group_layouts: &layouts.map(Some),
        immediate_size: 0,
    });
    device.create_render_pipeline(&wgpu::RenderPipelineDescriptor {
        label: Some("picture"),
        layout: Some(&layout),
        vertex: wgpu::VertexState {
            module: shader,
            entry_point: Some("corner"),
            compilation_options: Default::default(),
            buffers: &[],
        },
        primitive: wgpu::PrimitiveState {
            topology: wgpu::PrimitiveTopology::TriangleStrip,
            ..Default::default()
        },
        depth_stencil: None,
        multisample: Default::default(),
        fragment: Some(wgpu::FragmentState {
            module: shader,
            entry_point: Some("colour"),
            compilation_options: Default::default(),
            targets: &[Some(target.into())],
        }),
        multiview_mask: None,
        cache: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_window_is_the_whole_of_clip_space() {
        let screen = ScreenDescriptor { size_in_pixels: [200, 100], pixels_per_point: 2.0 };
        let rect = egui::Rect::from_min_max(egui::pos2(0.0, 0.0), egui::pos2(100.0, 50.0));
        let [l, t, r, b, u, v, ..] = place(rect, &screen, [30, 20], [32, 32]);
        assert_eq!([l, t, r, b], [-1.0, 1.0, 1.0, -1.0]);
        assert_eq!([u, v], [30.0 / 32.0, 20.0 / 32.0]);
    }
}
