//! The graphics device, for the window and for pictures without one.

use std::sync::Arc;

/// Largest texture side that is asked for, in pixels; the adapter may have less.
const MAX_TEXTURE: u32 = 8192;

/// What is asked of an adapter: little, so that old ones and software have it.
#[must_use]
pub fn device_descriptor(adapter: &wgpu::Adapter) -> wgpu::DeviceDescriptor<'static> {
    let base = if adapter.get_info().backend == wgpu::Backend::Gl {
        wgpu::Limits::downlevel_webgl2_defaults()
    } else {
        wgpu::Limits::downlevel_defaults()
    };
    let side = adapter.limits().max_texture_dimension_2d.min(MAX_TEXTURE);
    wgpu::DeviceDescriptor {
        label: Some("multiclaw"),
        required_limits: wgpu::Limits { max_texture_dimension_2d: side, ..base },
        // Textures are few and large: the allocator need not keep spare room.
        memory_hints: wgpu::MemoryHints::MemoryUsage,
        ..Default::default()
    }
}

/// Vulkan where there is one, else GL. `WGPU_BACKEND` chooses, as everywhere with wgpu.
#[must_use]
pub fn backends() -> wgpu::Backends {
    let native = wgpu::Backends::PRIMARY | wgpu::Backends::GL;
    wgpu::Backends::from_env().unwrap_or(native)
}

/// Leaves the drivers loaded until the process is over. The last instance that is dropped unloads
/// them, and what they registered for the end of the process would then be called where nothing is
/// any more: a rare crash after the last frame.
pub fn keep_drivers(instance: &wgpu::Instance) {
    std::mem::forget(instance.clone());
}

/// Whether a device is a CPU that plays one.
#[must_use]
pub fn is_software(adapter: &wgpu::Adapter) -> bool {
    adapter.get_info().device_type == wgpu::DeviceType::Cpu
}

/// The device in plain words, for the check of everything.
#[must_use]
pub fn facts(adapter: &wgpu::Adapter) -> multiclaw_core::doctor::Graphics {
    let about = adapter.get_info();
    multiclaw_core::doctor::Graphics {
        name: about.name,
        backend: about.backend.to_string(),
        software: is_software(adapter),
        largest: adapter.limits().max_texture_dimension_2d,
    }
}

/// eframe's options for this device.
#[must_use]
pub fn options() -> egui_wgpu::WgpuConfiguration {
    let mut setup = egui_wgpu::WgpuSetupCreateNew::without_display_handle();
    setup.instance_descriptor.backends = backends();
    setup.power_preference = wgpu::PowerPreference::LowPower;
    setup.device_descriptor = Arc::new(device_descriptor);
    egui_wgpu::WgpuConfiguration {
        wgpu_setup: egui_wgpu::WgpuSetup::CreateNew(setup),
        surface: egui_wgpu::SurfaceConfig::LOW_LATENCY,
        ..Default::default()
    }
}
