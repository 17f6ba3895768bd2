//! The decoder for the machine it runs on.
//!
//! Calling code that was compiled for AVX2 is unsafe in Rust, because a machine without it would
//! fault. It is called only after the processor said that it has it.
#![allow(unsafe_code)]

use super::decode_scan;
use crate::header::Setup;
use crate::{Error, Planes};

/// Decodes with the widest vectors there are.
pub(super) fn decode(jpeg: &[u8], setup: &Setup, planes: &mut Planes) -> Result<(), Error> {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("bmi2") {
        // SAFETY: the processor has just said that it has both.
        return unsafe { decode_avx2(jpeg, setup, planes) };
    }
    decode_scan(jpeg, setup, planes)
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,bmi2")]
fn decode_avx2(jpeg: &[u8], setup: &Setup, planes: &mut Planes) -> Result<(), Error> {
    decode_scan(jpeg, setup, planes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Limits, header};

    #[test]
    fn both_ways_give_the_same_planes() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/frames/odd/");
        for name in ["ok-dri-row.jpg", "ok-422.jpg", "ok-17x33.jpg", "ok-gray.jpg"] {
            let jpeg =
                std::fs::read(format!("{folder}{name}")).expect("the test frames are missing");
            let setup = header::parse(&jpeg, &Limits::default()).unwrap();
            let (mut a, mut b) = (Planes::empty(), Planes::empty());
            decode(&jpeg, &setup, &mut a).unwrap();
            decode_scan(&jpeg, &setup, &mut b).unwrap();
            assert_eq!(a, b, "{name}");
        }
    }
}
