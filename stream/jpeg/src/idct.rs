//! The inverse DCT: the accurate integer one of the IJG ("islow"), eight columns at a time.
//!
//! Loeffler, Ligtenberg and Moschytz, ICASSP 1989, with 13-bit constants. Every step works on a
//! whole row of eight, so the compiler makes vector code of it on every machine.

#![expect(clippy::cast_sign_loss, reason = "clamped to a byte")]

const BITS: i32 = 13;
const PASS1: i32 = 2;

const F_0_298: i32 = 2446;
const F_0_390: i32 = 3196;
const F_0_541: i32 = 4433;
const F_0_765: i32 = 6270;
const F_0_899: i32 = 7373;
const F_1_175: i32 = 9633;
const F_1_501: i32 = 12_299;
const F_1_847: i32 = 15_137;
const F_1_961: i32 = 16_069;
const F_2_053: i32 = 16_819;
const F_2_562: i32 = 20_995;
const F_3_072: i32 = 25_172;

type Row = [i32; 8];

/// One dimension, on eight columns at once; the result is divided by 2 to the `shift`. A plain
/// loop over the columns is what compilers make vector code of.
// Coefficients of a damaged file may be as large as 2^27: overflow wraps, as it does in C.
#[inline(always)]
#[expect(clippy::indexing_slicing, reason = "the loop gives 0 to 7")]
fn pass([r0, r1, r2, r3, r4, r5, r6, r7]: [Row; 8], shift: i32) -> [Row; 8] {
    let mut out = [[0_i32; 8]; 8];
    let round = 1 << (shift - 1);
    let w = std::num::Wrapping::<i32>;
    for n in 0..8 {
        // Even part.
        let (i0, i2, i4, i6) = (w(r0[n]), w(r2[n]), w(r4[n]), w(r6[n]));
        let z1 = (i2 + i6) * w(F_0_541);
        let t2 = z1 - i6 * w(F_1_847);
        let t3 = z1 + i2 * w(F_0_765);
        let t0 = (i0 + i4) * w(1 << BITS);
        let t1 = (i0 - i4) * w(1 << BITS);
        let (e0, e3, e1, e2) = (t0 + t3, t0 - t3, t1 + t2, t1 - t2);
        // Odd part.
        let (i1, i3, i5, i7) = (w(r1[n]), w(r3[n]), w(r5[n]), w(r7[n]));
        let z5 = (i7 + i3 + i5 + i1) * w(F_1_175);
        let z1 = (i7 + i1) * w(-F_0_899);
        let z2 = (i5 + i3) * w(-F_2_562);
        let z3 = (i7 + i3) * w(-F_1_961) + z5;
        let z4 = (i5 + i1) * w(-F_0_390) + z5;
        let o0 = i7 * w(F_0_298) + z1 + z3;
        let o1 = i5 * w(F_2_053) + z2 + z4;
        let o2 = i3 * w(F_3_072) + z2 + z3;
        let o3 = i1 * w(F_1_501) + z1 + z4;
        let r = w(round);
        out[0][n] = (e0 + o3 + r).0 >> shift;
        out[1][n] = (e1 + o2 + r).0 >> shift;
        out[2][n] = (e2 + o1 + r).0 >> shift;
        out[3][n] = (e3 + o0 + r).0 >> shift;
        out[4][n] = (e3 - o0 + r).0 >> shift;
        out[5][n] = (e2 - o1 + r).0 >> shift;
        out[6][n] = (e1 - o2 + r).0 >> shift;
        out[7][n] = (e0 - o3 + r).0 >> shift;
    }
    out
}

#[inline(always)]
#[expect(clippy::indexing_slicing, reason = "from_fn gives 0 to 7")]
fn transpose([a, b, c, d, e, f, g, h]: [Row; 8]) -> [Row; 8] {
    std::array::from_fn(|n| [a[n], b[n], c[n], d[n], e[n], f[n], g[n], h[n]])
}

#[inline(always)]
fn byte(value: i32) -> u8 {
    value.wrapping_add(128).clamp(0, 255) as u8
}

/// Samples of a block of dequantized coefficients, rows from the top.
#[inline(always)]
#[expect(clippy::indexing_slicing, reason = "from_fn gives 0 to 7")]
pub(crate) fn idct(block: &[Row; 8]) -> [[u8; 8]; 8] {
    let columns = pass(*block, BITS - PASS1);
    let rows = pass(transpose(columns), BITS + PASS1 + 3);
    let [a, b, c, d, e, f, g, h] = transpose(rows);
    let line = |row: Row| -> [u8; 8] { std::array::from_fn(|n| byte(row[n])) };
    [line(a), line(b), line(c), line(d), line(e), line(f), line(g), line(h)]
}

/// As [`idct`], for a block whose coefficients all lie in the first four rows and columns: half
/// of the work falls away.
#[inline(always)]
#[expect(clippy::indexing_slicing, reason = "from_fn gives 0 to 7")]
pub(crate) fn idct_corner(block: &[Row; 8]) -> [[u8; 8]; 8] {
    const NONE: Row = [0; 8];
    let [a, b, c, d, ..] = *block;
    let columns = pass([a, b, c, d, NONE, NONE, NONE, NONE], BITS - PASS1);
    let [a, b, c, d, ..] = transpose(columns);
    let rows = pass([a, b, c, d, NONE, NONE, NONE, NONE], BITS + PASS1 + 3);
    let [a, b, c, d, e, f, g, h] = transpose(rows);
    let line = |row: Row| -> [u8; 8] { std::array::from_fn(|n| byte(row[n])) };
    [line(a), line(b), line(c), line(d), line(e), line(f), line(g), line(h)]
}

/// The one sample of a block that has only a DC coefficient.
#[inline(always)]
pub(crate) fn flat(dc: i32) -> u8 {
    byte(dc.wrapping_add(4) >> 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The definition (ITU-T T.81, A.3.3), in floating point.
    fn exact(block: &[Row; 8]) -> [[f64; 8]; 8] {
        let mut out = [[0.0; 8]; 8];
        for (y, row) in out.iter_mut().enumerate() {
            for (x, sample) in row.iter_mut().enumerate() {
                for (v, coefficients) in block.iter().enumerate() {
                    for (u, &c) in coefficients.iter().enumerate() {
                        let scale = |n: usize| if n == 0 { 0.5_f64.sqrt() } else { 1.0 };
                        let wave = |a: usize, n: usize| {
                            ((2 * a + 1) as f64 * n as f64 * std::f64::consts::PI / 16.0).cos()
                        };
                        *sample += scale(u) * scale(v) * f64::from(c) * wave(x, u) * wave(y, v);
                    }
                }
                *sample = (*sample / 4.0 + 128.0).clamp(0.0, 255.0);
            }
        }
        out
    }

    #[test]
    fn is_within_one_of_the_definition() {
        let mut seed = 1_u32;
        for round in 0..200 {
            let mut block = [[0; 8]; 8];
            for row in &mut block {
                for c in row {
                    seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    let size = if round % 2 == 0 { 40 } else { 400 };
                    *c = i32::try_from(seed >> 16).unwrap() % size - size / 2;
                }
            }
            for (got, want) in idct(&block).iter().flatten().zip(exact(&block).iter().flatten()) {
                assert!((f64::from(*got) - want).abs() <= 1.01, "{got} {want}");
            }
        }
    }

    #[test]
    fn flat_is_what_the_whole_transform_gives() {
        for dc in -2000..2000 {
            let mut block = [[0; 8]; 8];
            block[0][0] = dc;
            assert_eq!(idct(&block), [[flat(dc); 8]; 8]);
        }
    }

    #[test]
    fn the_corner_is_what_the_whole_transform_gives() {
        let mut block = [[0; 8]; 8];
        for n in 0..500 {
            block[n % 4][n / 4 % 4] = i32::try_from(n * 37 % 401).unwrap() - 200;
            assert_eq!(idct(&block), idct_corner(&block));
        }
    }

    #[test]
    fn the_largest_coefficients_do_not_panic() {
        idct(&[[i32::MAX; 8]; 8]);
        idct(&[[i32::MIN; 8]; 8]);
    }
}
