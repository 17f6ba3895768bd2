//! Everything the baseline decoder does not take, through `zune-jpeg`.

use crate::header::Setup;
use crate::planes::to_ycc;
use crate::{Error, Planes, Sampling};
use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;

/// Most pixels that all scans together may go over: about a second of work. A progressive file of
/// a few kilobytes can have thousands of scans, each of which goes over the whole picture.
const MAX_WORK: u64 = 100_000_000;

/// Scans of a file. An SOS marker cannot occur inside of a scan's data, where FF is stuffed.
fn scans(jpeg: &[u8]) -> u64 {
    jpeg.windows(2).filter(|pair| *pair == [0xff, 0xda]).count() as u64
}

/// Decodes into `planes` as 4:4:4. The size was checked from the header before.
pub(crate) fn decode(
    jpeg: &[u8],
    setup: &Setup,
    pixels: &mut Vec<u8>,
    planes: &mut Planes,
) -> Result<(), Error> {
    if setup.header.components == 2 {
        return Err(Error::Unsupported("two components"));
    }
    let (width, height) = (setup.header.width, setup.header.height);
    if u64::from(width) * u64::from(height) * scans(jpeg) > MAX_WORK {
        return Err(Error::Unsupported("so many scans over so many pixels"));
    }
    let options = DecoderOptions::default()
        // Lenient decoding fills a truncated picture with grey and calls it good.
        .set_strict_mode(true)
        .set_max_width(width as usize)
        .set_max_height(height as usize)
        .jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(jpeg), options);
    let fault = |error: zune_jpeg::errors::DecodeErrors| Error::Other(format!("{error:?}"));
    decoder.decode_headers().map_err(fault)?;
    if decoder.dimensions() != Some((width as usize, height as usize)) {
        return Err(Error::Corrupt("the headers disagree"));
    }
    let needed = width as usize * height as usize * 3;
    if decoder.output_buffer_size() != Some(needed) {
        return Err(Error::Unsupported("this colour space"));
    }
    pixels.clear();
    pixels.resize(needed, 0);
    decoder.decode_into(pixels).map_err(fault)?;
    planes.reshape(width, height, Sampling::Yuv444);
    for (row, line) in (0..height).zip(pixels.chunks_exact(width as usize * 3)) {
        let (y, cb, cr) = (planes.y.row_mut(row), planes.cb.row_mut(row), planes.cr.row_mut(row));
        let out = y.iter_mut().zip(cb).zip(cr);
        for (((y, cb), cr), pixel) in out.zip(line.chunks_exact(3)) {
            let &[r, g, b] = pixel else { continue };
            [*y, *cb, *cr] = to_ycc(r, g, b);
        }
    }
    Ok(())
}
