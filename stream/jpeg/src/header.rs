//! Markers up to the first scan (ITU-T T.81, annex B).

use crate::huffman::Table;
use crate::{Error, Limits, Sampling};

/// What a JPEG says of itself before its first scan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Colour components, 1 to 4.
    pub components: u8,
    /// Whether the decoder of this crate takes it; the rest goes to `zune-jpeg`.
    pub baseline: bool,
}

/// One component of the frame header (B.2.2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Component {
    pub(crate) id: u8,
    pub(crate) across: u8,
    pub(crate) down: u8,
    pub(crate) quantizer: u8,
    pub(crate) dc: u8,
    pub(crate) ac: u8,
}

/// Everything that the baseline decoder needs.
#[derive(Clone, Debug)]
pub(crate) struct Setup {
    pub(crate) header: Header,
    pub(crate) components: [Component; 4],
    pub(crate) sampling: Sampling,
    /// In zigzag order.
    pub(crate) quantizers: [Option<[u16; 64]>; 4],
    pub(crate) dc: [Option<Table>; 4],
    pub(crate) ac: [Option<Table>; 4],
    /// MCUs between restart markers; 0 for none.
    pub(crate) restart: u32,
    /// Where the first scan's data starts.
    pub(crate) scan: usize,
}

/// Reads the header and checks it against the limits. Allocates nothing that depends on the
/// claimed size.
///
/// # Errors
/// See [`Error`].
pub fn read_header(jpeg: &[u8], limits: &Limits) -> Result<Header, Error> {
    parse(jpeg, limits).map(|setup| setup.header)
}

fn word(bytes: &[u8]) -> Result<u16, Error> {
    match bytes {
        &[high, low, ..] => Ok(u16::from_be_bytes([high, low])),
        _ => Err(Error::Truncated),
    }
}

pub(crate) fn parse(jpeg: &[u8], limits: &Limits) -> Result<Setup, Error> {
    if jpeg.len() > limits.max_bytes {
        return Err(Error::TooLarge { width: 0, height: 0, bytes: jpeg.len() });
    }
    if !jpeg.starts_with(&[0xff, 0xd8]) {
        return Err(if jpeg.is_empty() { Error::Truncated } else { Error::NotJpeg });
    }
    let mut setup = Setup {
        header: Header { width: 0, height: 0, components: 0, baseline: false },
        components: Default::default(),
        sampling: Sampling::Yuv420,
        quantizers: [None; 4],
        dc: [const { None }; 4],
        ac: [const { None }; 4],
        restart: 0,
        scan: 0,
    };
    let mut baseline_frame = false;
    let mut adobe_rgb = false;
    let mut at = 2;
    loop {
        let (marker, body, next) = segment(jpeg, at)?;
        at = next;
        match marker {
            0xc0..=0xc2 => {
                if setup.header.components != 0 {
                    return Err(Error::Corrupt("two frame headers"));
                }
                frame(&mut setup, body)?;
                check(&setup.header, jpeg.len(), limits)?;
                baseline_frame = marker != 0xc2;
            }
            0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                return Err(Error::Unsupported("lossless, hierarchical or arithmetic coding"));
            }
            0xc4 => huffman_tables(&mut setup, body)?,
            0xdb => quantizers(&mut setup, body)?,
            0xdd => setup.restart = word(body)?.into(),
            0xee => {
                // Adobe's transform byte: 0 with three components is RGB.
                adobe_rgb = body.starts_with(b"Adobe") && body.get(11) == Some(&0);
            }
            0xda => {
                if setup.header.components == 0 {
                    return Err(Error::Corrupt("a scan before the frame header"));
                }
                setup.scan = at;
                let whole = scan(&mut setup, body)?;
                if baseline_frame && !whole {
                    // `zune-jpeg` shows these wrong without an error, so they are refused.
                    return Err(Error::Unsupported("baseline in more than one scan"));
                }
                let known = sampling(&setup);
                setup.header.baseline =
                    baseline_frame && whole && !adobe_rgb && known.is_some() && tables(&setup);
                setup.sampling = known.unwrap_or(Sampling::Yuv444);
                return Ok(setup);
            }
            0xd9 => return Err(Error::Truncated),
            _ => {}
        }
    }
}

/// The next marker segment: marker, body, where the one after it starts.
fn segment(jpeg: &[u8], mut at: usize) -> Result<(u8, &[u8], usize), Error> {
    if jpeg.get(at) != Some(&0xff) {
        return Err(if at >= jpeg.len() { Error::Truncated } else { Error::Corrupt("no marker") });
    }
    // Fill bytes may stand before a marker (B.1.1.2).
    while jpeg.get(at + 1) == Some(&0xff) {
        at += 1;
    }
    let &marker = jpeg.get(at + 1).ok_or(Error::Truncated)?;
    at += 2;
    if matches!(marker, 0x01 | 0xd0..=0xd7 | 0xd9) {
        return Ok((marker, &[], at));
    }
    let length = usize::from(word(jpeg.get(at..).unwrap_or_default())?);
    if length < 2 {
        return Err(Error::Corrupt("a segment length"));
    }
    let body = jpeg.get(at + 2..at + length).ok_or(Error::Truncated)?;
    Ok((marker, body, at + length))
}

fn check(header: &Header, bytes: usize, limits: &Limits) -> Result<(), Error> {
    let Header { width, height, .. } = *header;
    if width == 0 || height == 0 {
        return Err(Error::Corrupt("a side of no pixels"));
    }
    let pixels = u64::from(width) * u64::from(height);
    if width > limits.max_width || height > limits.max_height || pixels > limits.max_pixels {
        return Err(Error::TooLarge { width, height, bytes });
    }
    Ok(())
}

/// SOF (B.2.2).
fn frame(setup: &mut Setup, body: &[u8]) -> Result<(), Error> {
    let &[precision, h1, h0, w1, w0, count, ref rest @ ..] = body else {
        return Err(Error::Truncated);
    };
    if precision != 8 {
        return Err(Error::Unsupported("more than 8 bits a sample"));
    }
    if !(1..=4).contains(&count) {
        return Err(Error::Corrupt("the number of components"));
    }
    setup.header.width = u16::from_be_bytes([w1, w0]).into();
    setup.header.height = u16::from_be_bytes([h1, h0]).into();
    setup.header.components = count;
    if rest.len() < usize::from(count) * 3 {
        return Err(Error::Truncated);
    }
    for (component, bytes) in
        setup.components.iter_mut().zip(rest.chunks_exact(3)).take(count.into())
    {
        let &[id, factors, quantizer] = bytes else { return Err(Error::Truncated) };
        let (across, down) = (factors >> 4, factors & 15);
        if !(1..=4).contains(&across) || !(1..=4).contains(&down) || quantizer > 3 {
            return Err(Error::Corrupt("a component"));
        }
        *component = Component { id, across, down, quantizer, dc: 0, ac: 0 };
    }
    Ok(())
}

/// DHT (B.2.4.2).
fn huffman_tables(setup: &mut Setup, mut body: &[u8]) -> Result<(), Error> {
    while let &[place, ref rest @ ..] = body {
        let counts: &[u8; 16] = rest.first_chunk().ok_or(Error::Truncated)?;
        let total: usize = counts.iter().map(|&n| usize::from(n)).sum();
        let symbols = rest.get(16..16 + total).ok_or(Error::Truncated)?;
        let table = Table::new(counts, symbols)?;
        let tables = match place >> 4 {
            0 => &mut setup.dc,
            1 => &mut setup.ac,
            _ => return Err(Error::Corrupt("a Huffman table's class")),
        };
        let slot = tables.get_mut(usize::from(place & 15));
        *slot.ok_or(Error::Corrupt("a Huffman table's place"))? = Some(table);
        body = rest.get(16 + total..).unwrap_or_default();
    }
    Ok(())
}

/// DQT (B.2.4.1).
fn quantizers(setup: &mut Setup, mut body: &[u8]) -> Result<(), Error> {
    while let &[place, ref rest @ ..] = body {
        let wide = place >> 4 != 0;
        let size = if wide { 128 } else { 64 };
        let bytes = rest.get(..size).ok_or(Error::Truncated)?;
        let mut table = [0; 64];
        for (n, value) in table.iter_mut().enumerate() {
            *value = if wide {
                word(bytes.get(2 * n..).unwrap_or_default())?
            } else {
                bytes.get(n).copied().unwrap_or_default().into()
            };
        }
        let slot = setup.quantizers.get_mut(usize::from(place & 15));
        *slot.ok_or(Error::Corrupt("a quantization table's place"))? = Some(table);
        body = rest.get(size..).unwrap_or_default();
    }
    Ok(())
}

/// SOS (B.2.3). Whether it is one baseline scan of all components.
fn scan(setup: &mut Setup, body: &[u8]) -> Result<bool, Error> {
    let &[count, ref rest @ ..] = body else { return Err(Error::Truncated) };
    let size = usize::from(count) * 2;
    if !(1..=4).contains(&count) || rest.len() < size + 3 {
        return Err(Error::Corrupt("a scan header"));
    }
    let all = count == setup.header.components;
    for (n, selector) in rest.chunks_exact(2).take(count.into()).enumerate() {
        let &[id, tables] = selector else { return Err(Error::Truncated) };
        let frame = setup.components.iter_mut().take(setup.header.components.into());
        let Some((place, component)) = frame.enumerate().find(|(_, c)| c.id == id) else {
            return Err(Error::Corrupt("a scan of an unknown component"));
        };
        if all && place != n {
            return Ok(false);
        }
        (component.dc, component.ac) = (tables >> 4, tables & 15);
    }
    Ok(all && rest.get(size..size + 3) == Some(&[0, 63, 0]))
}

/// The sampling that the baseline decoder takes; `None` for another.
fn sampling(setup: &Setup) -> Option<Sampling> {
    let factors = setup.components.map(|c| (c.across, c.down));
    match setup.header.components {
        1 => Some(Sampling::Yuv420),
        3 => match factors {
            [(2, 2), (1, 1), (1, 1), _] => Some(Sampling::Yuv420),
            [(2, 1), (1, 1), (1, 1), _] => Some(Sampling::Yuv422),
            [(1, 1), (1, 1), (1, 1), _] => Some(Sampling::Yuv444),
            _ => None,
        },
        _ => None,
    }
}

/// Whether all tables that the scan names are there.
fn tables(setup: &Setup) -> bool {
    let there = |tables: &[Option<Table>; 4], n: u8| {
        tables.get(usize::from(n)).is_some_and(Option::is_some)
    };
    setup.components.iter().take(setup.header.components.into()).all(|c| {
        there(&setup.dc, c.dc)
            && there(&setup.ac, c.ac)
            && setup.quantizers.get(usize::from(c.quantizer)).is_some_and(Option::is_some)
    })
}
