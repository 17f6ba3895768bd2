//! Baseline scans straight into planes (ITU-T T.81, annex F).

mod wide;

use crate::bits::Bits;
use crate::header::{Component, Setup};
use crate::huffman::Table;
use crate::idct::{flat, idct, idct_corner};
use crate::{Error, Plane, Planes};

/// Place in the block, row by row, of the n-th coefficient in zigzag order (figure 5).
const ZIGZAG: [u8; 64] = [
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20,
    13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59,
    52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
];

/// What decoding a component's blocks needs.
struct Coder<'a> {
    dc: &'a Table,
    ac: &'a Table,
    quantizer: &'a [u16; 64],
    across: usize,
    down: usize,
    predictor: i32,
}

/// Decodes into `planes`, which are given the right shape. On an error they hold rubbish.
pub(crate) fn decode(jpeg: &[u8], setup: &Setup, planes: &mut Planes) -> Result<(), Error> {
    wide::decode(jpeg, setup, planes)
}

/// The decoder itself, compiled once for every machine and once for machines with AVX2.
#[inline(always)]
fn decode_scan(jpeg: &[u8], setup: &Setup, planes: &mut Planes) -> Result<(), Error> {
    let header = setup.header;
    let grey = header.components == 1;
    let fits = (planes.width, planes.height, planes.sampling)
        == (header.width, header.height, setup.sampling);
    if !fits || grey {
        planes.reshape(header.width, header.height, setup.sampling);
    }
    let mut coders = Vec::with_capacity(3);
    for component in setup.components.iter().take(header.components.into()) {
        coders.push(coder(setup, component, grey).ok_or(Error::Corrupt("a table is missing"))?);
    }
    let (across, down) = if grey { (1, 1) } else { setup.sampling.reduction() };
    let columns = header.width.div_ceil(8 * across) as usize;
    let rows = header.height.div_ceil(8 * down) as usize;
    let Planes { y, cb, cr, .. } = planes;
    let mut targets = [y, cb, cr];
    let mut bits = Bits::new(jpeg, setup.scan);
    let (mut left, mut marker) = (setup.restart, 0_u8);
    for row in 0..rows {
        for column in 0..columns {
            if setup.restart > 0 {
                if left == 0 {
                    if !bits.restart(marker) {
                        return Err(Error::Corrupt("a restart marker is missing"));
                    }
                    marker = marker.wrapping_add(1);
                    left = setup.restart;
                    coders.iter_mut().for_each(|c| c.predictor = 0);
                }
                left -= 1;
            }
            for (coder, plane) in coders.iter_mut().zip(&mut targets) {
                for v in 0..coder.down {
                    for h in 0..coder.across {
                        let x = (column * coder.across + h) * 8;
                        let y = (row * coder.down + v) * 8;
                        block(&mut bits, coder, plane, x, y)?;
                    }
                }
            }
        }
        if bits.overrun() {
            return Err(Error::Truncated);
        }
    }
    Ok(())
}

fn coder<'a>(setup: &'a Setup, component: &Component, grey: bool) -> Option<Coder<'a>> {
    let factor = |n: u8| if grey { 1 } else { usize::from(n) };
    Some(Coder {
        dc: setup.dc.get(usize::from(component.dc))?.as_ref()?,
        ac: setup.ac.get(usize::from(component.ac))?.as_ref()?,
        quantizer: setup.quantizers.get(usize::from(component.quantizer))?.as_ref()?,
        across: factor(component.across),
        down: factor(component.down),
        predictor: 0,
    })
}

#[inline(always)]
fn block(
    bits: &mut Bits<'_>,
    coder: &mut Coder<'_>,
    plane: &mut Plane,
    x: usize,
    y: usize,
) -> Result<(), Error> {
    const BAD: Error = Error::Corrupt("a Huffman code");
    let quantizer = coder.quantizer;
    bits.refill();
    let (length, size) = coder.dc.find(bits.peek16()).ok_or(BAD)?;
    bits.skip(length);
    if size > 11 {
        return Err(Error::Corrupt("a DC difference"));
    }
    if size > 0 {
        coder.predictor = coder.predictor.wrapping_add(bits.value(size.into()));
    }
    let dc = coder.predictor.wrapping_mul(i32::from(quantizer[0]));
    let mut coefficients = [[0_i32; 8]; 8];
    // Place in zigzag order of the last coefficient that is there.
    let mut last = 0;
    let mut n = 1_usize;
    while n < 64 {
        bits.refill();
        let (length, symbol) = coder.ac.find(bits.peek16()).ok_or(BAD)?;
        bits.skip(length);
        let (run, size) = (usize::from(symbol >> 4), u32::from(symbol & 15));
        if size == 0 {
            if run < 15 {
                break;
            }
            n += 16;
            continue;
        }
        n += run;
        let (Some(&place), Some(&step)) = (ZIGZAG.get(n), quantizer.get(n)) else {
            return Err(Error::Corrupt("too many coefficients"));
        };
        let value = bits.value(size).wrapping_mul(i32::from(step));
        if let Some(cell) = coefficients
            .get_mut(usize::from(place >> 3))
            .and_then(|r| r.get_mut(usize::from(place & 7)))
        {
            *cell = value;
        }
        last = n;
        n += 1;
    }
    let start = y * plane.stride + x;
    let Some(target) = plane.data.get_mut(start..) else { return Ok(()) };
    let lines = target.chunks_mut(plane.stride).take(8);
    if last > 0 {
        coefficients[0][0] = dc;
        // The first ten in zigzag order lie in the first four rows and columns.
        let samples = if last < 10 { idct_corner(&coefficients) } else { idct(&coefficients) };
        for (line, samples) in lines.zip(samples) {
            if let Some(line) = line.first_chunk_mut::<8>() {
                *line = samples;
            }
        }
    } else {
        let samples = [flat(dc); 8];
        for line in lines {
            if let Some(line) = line.first_chunk_mut::<8>() {
                *line = samples;
            }
        }
    }
    Ok(())
}
