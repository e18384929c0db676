//! Takes bytes; gives where the plain text in them ends. Eight bytes are looked at in one step.

const EACH: u64 = u64::MAX / 255;
const HIGH: u64 = EACH << 7;

/// The place of the first quote, backslash or control character from a place on, or the end.
#[inline]
pub(super) fn plain(text: &[u8], from: usize) -> usize {
    let mut at = from;
    let words = text.get(from..).unwrap_or_default().chunks_exact(8);
    for word in words {
        let special = special(u64::from_le_bytes(word.try_into().unwrap_or_default()));
        if special != 0 {
            return at + special.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    plain_rest(text, at)
}

/// The same, where fewer than eight bytes are left.
#[cold]
#[inline(never)]
fn plain_rest(text: &[u8], from: usize) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    from + rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..b' ')).unwrap_or(rest.len())
}

/// Has the high bit of every byte set that is special; above the lowest such byte, also that of some that are not.
#[inline]
fn special(word: u64) -> u64 {
    // Taking away makes a byte's high bit one where the byte is smaller, and then borrows from the byte above, whose own
    // answer is of no use any more. Bytes that had a high bit from the start are none of the three.
    let control = word.wrapping_sub(EACH * 0x20);
    let quote = (word ^ EACH * u64::from(b'"')).wrapping_sub(EACH);
    let backslash = (word ^ EACH * u64::from(b'\\')).wrapping_sub(EACH);
    (control | quote | backslash) & !word & HIGH
}
