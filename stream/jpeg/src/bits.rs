//! The bit stream of a scan, with stuffing taken out (ITU-T T.81, F.2.2.5).

#![expect(clippy::cast_possible_truncation, reason = "bits are taken from a wider word")]

/// Reads bits; behind the end come zeros, and [`Bits::overrun`] tells.
pub(crate) struct Bits<'a> {
    data: &'a [u8],
    at: usize,
    /// The next bits, left-aligned.
    buffer: u64,
    /// How many of them are real or zeros behind the end.
    have: u32,
    /// Bits behind the end that were put into the buffer.
    invented: u32,
}

impl<'a> Bits<'a> {
    /// Starts at a byte of the scan.
    pub(crate) fn new(data: &'a [u8], at: usize) -> Self {
        Self { data, at, buffer: 0, have: 0, invented: 0 }
    }

    /// Makes at least 32 bits available: a code and its value are at most 16 + 11.
    #[inline(always)]
    pub(crate) fn refill(&mut self) {
        if self.have >= 32 {
            return;
        }
        // Four bytes at once where none of them is FF.
        if let Some(chunk) = self.data.get(self.at..).and_then(|d| d.first_chunk::<4>()) {
            let word = u32::from_be_bytes(*chunk);
            // Only an FF byte plus one carries out of its byte.
            let has_ff = word & 0x8080_8080 & (word.wrapping_add(0x0101_0101) ^ word);
            if has_ff == 0 {
                self.buffer |= u64::from(word) << (32 - self.have);
                self.have += 32;
                self.at += 4;
                return;
            }
        }
        self.refill_slowly();
    }

    fn refill_slowly(&mut self) {
        while self.have <= 56 {
            let byte = match self.data.get(self.at..) {
                Some(&[0xff, 0, ..]) => {
                    self.at += 2;
                    0xff
                }
                // A marker or the end: zeros from here on.
                Some(&[0xff, ..] | &[]) | None => {
                    self.invented += 8;
                    0
                }
                Some(&[byte, ..]) => {
                    self.at += 1;
                    byte
                }
            };
            self.buffer |= u64::from(byte) << (56 - self.have);
            self.have += 8;
        }
    }

    /// The next 16 bits, not consumed.
    #[inline(always)]
    pub(crate) fn peek16(&self) -> u32 {
        (self.buffer >> 48) as u32
    }

    #[inline(always)]
    pub(crate) fn skip(&mut self, count: u32) {
        self.buffer <<= count;
        self.have = self.have.saturating_sub(count);
    }

    /// `count` bits as a signed value (F.2.2.1, EXTEND); `count` is 1 to 16.
    #[inline(always)]
    pub(crate) fn value(&mut self, count: u32) -> i32 {
        let raw = (self.buffer >> (64 - count)) as i32;
        self.skip(count);
        // A leading 0 stands for a negative value.
        if raw < 1 << (count - 1) { raw - (1 << count) + 1 } else { raw }
    }

    /// Whether bits behind the end were consumed.
    pub(crate) fn overrun(&self) -> bool {
        self.have < self.invented
    }

    /// Goes behind the restart marker that must come now; `false` when it does not.
    pub(crate) fn restart(&mut self, number: u8) -> bool {
        // Whole bytes that were read ahead are never behind a marker: reading stops there.
        let found = match self.data.get(self.at..) {
            Some(&[0xff, marker, ..]) => marker == 0xd0 + (number & 7),
            _ => false,
        };
        if found {
            *self = Self::new(self.data, self.at + 2);
        }
        found
    }
}

#[cfg(test)]
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small test numbers")]
mod tests {
    use super::*;

    #[test]
    fn stuffing_is_taken_out_and_the_end_is_noticed() {
        let mut bits = Bits::new(&[0x12, 0xff, 0x00, 0x34, 0x56, 0x78, 0xff, 0xd9], 0);
        bits.refill();
        assert_eq!(bits.peek16(), 0x12ff);
        bits.skip(16);
        bits.refill();
        assert_eq!(bits.peek16(), 0x3456);
        bits.skip(24);
        assert!(!bits.overrun());
        bits.refill();
        bits.skip(1);
        assert!(bits.overrun());
    }

    #[test]
    fn ff_is_seen_in_every_place() {
        for place in 0..4 {
            let mut bytes = [0x01_u8; 12];
            bytes[place] = 0xff;
            bytes[place + 1] = 0;
            let mut bits = Bits::new(&bytes, 0);
            let mut read = Vec::new();
            for _ in 0..6 {
                bits.refill();
                read.push((bits.peek16() >> 8) as u8);
                bits.skip(8);
            }
            let mut expected = vec![1; 6];
            expected[place] = 0xff;
            assert_eq!(read, expected, "place {place}");
        }
    }

    #[test]
    fn values_extend_their_sign() {
        let mut bits = Bits::new(&[0b0101_1000, 0, 0, 0], 0);
        bits.refill();
        assert_eq!(bits.value(2), -2);
        assert_eq!(bits.value(3), -4);
    }
}
