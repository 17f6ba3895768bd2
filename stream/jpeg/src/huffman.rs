//! Huffman tables (ITU-T T.81, annexes C and F.2.2.3).

#![expect(clippy::cast_possible_truncation, reason = "symbols and lengths are bytes")]

use crate::Error;

/// Codes up to this length are found in one look-up; nearly all are.
pub(crate) const FAST: u32 = 10;

/// A table for decoding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Table {
    /// By the next [`FAST`] bits: length in the high byte, symbol in the low; 0 for longer codes.
    fast: Box<[u16; 1 << FAST]>,
    /// For each length: the largest code left-aligned to 16 bits, plus one.
    limit: [u32; 17],
    /// For each length: what to add to a code to find its symbol.
    offset: [i32; 17],
    symbols: [u8; 256],
    count: usize,
}

impl Table {
    pub(crate) fn new(counts: &[u8; 16], symbols: &[u8]) -> Result<Self, Error> {
        if symbols.len() > 256 {
            return Err(Error::Corrupt("a Huffman table is too long"));
        }
        let mut table = Self {
            fast: Box::new([0; 1 << FAST]),
            limit: [0; 17],
            offset: [0; 17],
            symbols: [0; 256],
            count: symbols.len(),
        };
        for (to, from) in table.symbols.iter_mut().zip(symbols) {
            *to = *from;
        }
        let (mut code, mut index) = (0_u32, 0_usize);
        for (length, &count) in (1_u32..).zip(counts) {
            let first = index;
            let n = length as usize;
            if let Some(offset) = table.offset.get_mut(n) {
                *offset = i32::try_from(first).unwrap_or(0) - i32::try_from(code).unwrap_or(0);
            }
            for _ in 0..count {
                if code >= 1 << length {
                    return Err(Error::Corrupt("a Huffman table has too many codes"));
                }
                let symbol = symbols.get(index).copied().unwrap_or_default();
                if length <= FAST {
                    let shift = FAST - length;
                    let from = (code << shift) as usize;
                    let entry = u16::from(symbol) | (n as u16) << 8;
                    if let Some(range) = table.fast.get_mut(from..from + (1 << shift)) {
                        range.fill(entry);
                    }
                }
                code += 1;
                index += 1;
            }
            if let Some(limit) = table.limit.get_mut(n) {
                *limit = code << (16 - length);
            }
            code <<= 1;
        }
        Ok(table)
    }

    /// Length and symbol of the code at the head of `bits`, the next 16 of the stream.
    #[inline(always)]
    pub(crate) fn find(&self, bits: u32) -> Option<(u32, u8)> {
        let entry = self.fast.get((bits >> (16 - FAST)) as usize).copied().unwrap_or_default();
        if entry != 0 {
            return Some((u32::from(entry >> 8), entry as u8));
        }
        self.find_long(bits)
    }

    #[cold]
    fn find_long(&self, bits: u32) -> Option<(u32, u8)> {
        for length in FAST + 1..=16 {
            if bits < *self.limit.get(length as usize)? {
                let code = i32::try_from(bits >> (16 - length)).ok()?;
                let at = usize::try_from(code + self.offset.get(length as usize)?).ok()?;
                let symbol = (at < self.count).then(|| self.symbols.get(at)).flatten()?;
                return Some((length, *symbol));
            }
        }
        None
    }
}

#[cfg(test)]
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small test numbers")]
mod tests {
    use super::*;

    #[test]
    fn codes_of_every_length_are_found() {
        // One code of each length: 0, 10, 110, …
        let symbols: Vec<u8> = (1..=16).collect();
        let table = Table::new(&[1; 16], &symbols).unwrap();
        for length in 1..=16_u32 {
            let ones = ((1_u32 << (length - 1)) - 1) << (17 - length);
            assert_eq!(table.find(ones), Some((length, length as u8)));
        }
        assert_eq!(table.find(0xffff), None);
    }

    #[test]
    fn impossible_counts_are_refused() {
        let mut counts = [0; 16];
        counts[0] = 3;
        assert!(Table::new(&counts, &[1, 2, 3]).is_err());
    }
}
