// Paints the three planes of a desktop picture into a rectangle of the window.
// Colours stay as JPEG has them: egui paints in gamma space too.

struct Place {
    // Rectangle in clip space: left, top, right, bottom.
    rectangle: vec4<f32>,
    // Part of the planes that holds the picture; the rest is padding to whole MCUs.
    extent: vec2<f32>,
    // Largest coordinate to sample: half a texel inside the picture.
    limit: vec2<f32>,
}

@group(0) @binding(0) var<uniform> place: Place;
@group(0) @binding(1) var luma_sampler: sampler;
@group(0) @binding(2) var chroma_sampler: sampler;
@group(1) @binding(0) var luma: texture_2d<f32>;
@group(1) @binding(1) var blue: texture_2d<f32>;
@group(1) @binding(2) var red: texture_2d<f32>;

struct Corner {
    @builtin(position) position: vec4<f32>,
    @location(0) uv: vec2<f32>,
}

@vertex
fn corner(@builtin(vertex_index) index: u32) -> Corner {
    let at = vec2<f32>(f32(index & 1u), f32(index >> 1u));
    var out: Corner;
    let position = mix(place.rectangle.xy, place.rectangle.zw, at);
    out.position = vec4<f32>(position, 0.0, 1.0);
    out.uv = at * place.extent;
    return out;
}

@fragment
fn colour(in: Corner) -> @location(0) vec4<f32> {
    let uv = min(in.uv, place.limit);
    let y = textureSample(luma, luma_sampler, uv).r;
    let cb = textureSample(blue, chroma_sampler, uv).r - 128.0 / 255.0;
    let cr = textureSample(red, chroma_sampler, uv).r - 128.0 / 255.0;
    // JFIF 1.02: full-range BT.601.
    return vec4<f32>(y + 1.402 * cr, y - 0.344136 * cb - 0.714136 * cr, y + 1.772 * cb, 1.0);
}
