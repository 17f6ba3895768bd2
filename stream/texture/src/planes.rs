//! Three one-channel textures: luma and two chroma planes, sized to whole MCUs.

use jpeg::{Plane, Planes, Rect, Sampling};

/// The textures of one picture size and sampling.
pub(crate) struct Textures {
    planes: [wgpu::Texture; 3],
    pub(crate) views: [wgpu::TextureView; 3],
    /// Size of the picture in pixels.
    pub(crate) size: [u32; 2],
    /// Size of the luma plane in pixels, padding included.
    pub(crate) padded: [u32; 2],
    sampling: Sampling,
}

/// How many luma pixels one chroma pixel covers, across and down.
fn reduction(sampling: Sampling) -> (u32, u32) {
    match sampling {
        Sampling::Yuv420 => (2, 2),
        Sampling::Yuv422 => (2, 1),
        Sampling::Yuv444 => (1, 1),
    }
}

impl Textures {
    pub(crate) fn new(device: &wgpu::Device, planes: &Planes) -> Self {
        let textures = [&planes.y, &planes.cb, &planes.cr].map(|plane| {
            device.create_texture(&wgpu::TextureDescriptor {
                label: Some("desktop plane"),
                size: extent(plane.width, plane.height),
                mip_level_count: 1,
                sample_count: 1,
                dimension: wgpu::TextureDimension::D2,
                format: wgpu::TextureFormat::R8Unorm,
                usage: wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::COPY_DST,
                view_formats: &[],
            })
        });
        let views = textures.each_ref().map(|t| t.create_view(&Default::default()));
        Self {
            planes: textures,
            views,
            size: [planes.width, planes.height],
            padded: [planes.y.width, planes.y.height],
            sampling: planes.sampling,
        }
    }

    /// Whether a picture of this shape goes into these textures.
    pub(crate) fn fits(&self, planes: &Planes) -> bool {
        self.size == [planes.width, planes.height]
            && self.padded == [planes.y.width, planes.y.height]
            && self.sampling == planes.sampling
    }

    pub(crate) fn upload_all(&self, queue: &wgpu::Queue, planes: &Planes) {
        let all = Rect { x: 0, y: 0, width: planes.y.width, height: planes.y.height };
        self.upload(queue, planes, &[all]);
    }

    /// Writes the rectangles, given in luma pixels.
    pub(crate) fn upload(&self, queue: &wgpu::Queue, planes: &Planes, dirty: &[Rect]) {
        let (across, down) = reduction(self.sampling);
        let chroma = |r: &Rect| {
            let (x, y) = (r.x / across, r.y / down);
            Rect {
                x,
                y,
                width: (r.x + r.width).div_ceil(across) - x,
                height: (r.y + r.height).div_ceil(down) - y,
            }
        };
        let [luma, blue, red] = &self.planes;
        for rectangle in dirty {
            write(queue, luma, &planes.y, rectangle);
            write(queue, blue, &planes.cb, &chroma(rectangle));
            write(queue, red, &planes.cr, &chroma(rectangle));
        }
    }
}

fn extent(width: u32, height: u32) -> wgpu::Extent3d {
    wgpu::Extent3d { width, height, depth_or_array_layers: 1 }
}

fn write(queue: &wgpu::Queue, texture: &wgpu::Texture, plane: &Plane, rectangle: &Rect) {
    let width = rectangle.width.min(plane.width.saturating_sub(rectangle.x));
    let height = rectangle.height.min(plane.height.saturating_sub(rectangle.y));
    if width == 0 || height == 0 {
        return;
    }
    let start = rectangle.y as usize * plane.stride + rectangle.x as usize;
    let Some(bytes) = plane.data.get(start..) else { return };
    queue.write_texture(
        wgpu::TexelCopyTextureInfo {
            texture,
            mip_level: 0,
            origin: wgpu::Origin3d { x: rectangle.x, y: rectangle.y, z: 0 },
            aspect: wgpu::TextureAspect::All,
        },
        bytes,
        wgpu::TexelCopyBufferLayout {
            offset: 0,
            bytes_per_row: u32::try_from(plane.stride).ok(),
            rows_per_image: None,
        },
        extent(width, height),
    );
}
