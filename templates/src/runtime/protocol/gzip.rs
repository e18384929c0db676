//! Compression of request bodies (RFC 1952), for operations that accept it (Smithy trait `requestCompression`).
//!
//! The output is one block of fixed codes over matches of the nearest candidate (RFC 1951), which halves JSON. No service that this
//! runtime was measured with asks for more, and a compression library would cost every build.

use crate::runtime::protocol::checksum::Crc32;

/// Compresses bytes.
pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    // Magic, deflate, no flags, no time, no hints, unknown system.
    let mut out = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
    out.reserve(bytes.len() / 2);
    deflate(bytes, &mut out);
    out.extend_from_slice(&Crc32::IEEE.of(bytes).to_le_bytes());
    // The length modulo 2^32, by definition.
    out.extend_from_slice(&bytes.len().to_le_bytes()[..4]);
    out
}

const SHORTEST: usize = 3;
const LONGEST: usize = 258;
const FARTHEST: usize = 32 << 10;

fn deflate(bytes: &[u8], out: &mut Vec<u8>) {
    let mut bits = Bits { out, held: 0, count: 0 };
    // The last block, of fixed codes.
    bits.push(0b011, 3);
    // Where three bytes of each hash were last seen, plus one.
    let mut seen = vec![0usize; 1 << 15];
    let mut at = 0;
    while at < bytes.len() {
        let candidate = key(bytes, at).and_then(|key| {
            let before = std::mem::replace(&mut seen[key], at + 1).checked_sub(1)?;
            (at - before <= FARTHEST).then_some(before)
        });
        let length = candidate.map_or(0, |before| common(&bytes[before..], &bytes[at..]));
        match candidate {
            Some(before) if length >= SHORTEST => {
                bits.matched(length, at - before);
                for inside in at + 1..at + length {
                    if let Some(key) = key(bytes, inside) {
                        seen[key] = inside + 1;
                    }
                }
                at += length;
            }
            _ => {
                bits.symbol(usize::from(bytes[at]));
                at += 1;
            }
        }
    }
    bits.symbol(256);
    bits.finish();
}

/// A hash of the three bytes at a place, in 15 bits.
fn key(bytes: &[u8], at: usize) -> Option<usize> {
    let three = bytes.get(at..at + 3)?;
    let value = u32::from_le_bytes([three[0], three[1], three[2], 0]);
    Some((value.wrapping_mul(0x9e37_79b1) >> 17) as usize)
}

/// The number of bytes that two places have in common, as far as one match can reach.
fn common(one: &[u8], other: &[u8]) -> usize {
    let most = LONGEST.min(one.len()).min(other.len());
    let mut length = 0;
    while length < most && one[length] == other[length] {
        length += 1;
    }
    length
}

/// The shortest length, and the nearest distance, of each code (RFC 1951, 3.2.5).
const LENGTHS: [usize; 29] =
    [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
const DISTANCES: [usize; 30] = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
    8193, 12289, 16385, 24577,
];

/// The code of a length or a distance.
fn code_of(least: &[usize], value: usize) -> usize {
    least.partition_point(|least| *least <= value) - 1
}

/// Writes bits from the lowest up.
struct Bits<'o> {
    out: &'o mut Vec<u8>,
    held: u64,
    count: u32,
}

impl Bits<'_> {
    fn push(&mut self, value: usize, count: u32) {
        self.held |= (value as u64) << self.count;
        self.count += count;
        while self.count >= 8 {
            self.out.push((self.held & 0xff) as u8);
            self.held >>= 8;
            self.count -= 8;
        }
    }

    /// Codes go from the highest bit down.
    fn code(&mut self, code: usize, count: u32) {
        self.push(code.reverse_bits() >> (usize::BITS - count), count);
    }

    /// A literal, the end, or the code of a length (RFC 1951, 3.2.6).
    fn symbol(&mut self, symbol: usize) {
        match symbol {
            0..=143 => self.code(0x30 + symbol, 8),
            144..=255 => self.code(0x190 + symbol - 144, 9),
            256..=279 => self.code(symbol - 256, 7),
            _ => self.code(0xc0 + symbol - 280, 8),
        }
    }

    fn matched(&mut self, length: usize, distance: usize) {
        let code = code_of(&LENGTHS, length);
        self.symbol(257 + code);
        let extra = if (8..28).contains(&code) { code as u32 / 4 - 1 } else { 0 };
        self.push(length - LENGTHS[code], extra);
        let code = code_of(&DISTANCES, distance);
        self.code(code, 5);
        let extra = if code >= 4 { code as u32 / 2 - 1 } else { 0 };
        self.push(distance - DISTANCES[code], extra);
    }

    fn finish(self) {
        if self.count > 0 {
            self.out.push((self.held & 0xff) as u8);
        }
    }
}
