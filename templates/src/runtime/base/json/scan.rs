//! A scan for the end of plain text in a string, eight bytes in one step.

/// A byte, eight times.
const fn each(byte: u8) -> u64 {
    u64::MAX / 255 * byte as u64
}

/// The number of bytes before the first quote, backslash or control character.
#[inline]
pub(super) fn plain(text: &[u8]) -> usize {
    let mut rest = text;
    while let Some((word, after)) = rest.split_first_chunk() {
        let special = special(u64::from_le_bytes(*word));
        if special != 0 {
            return text.len() - rest.len() + special.trailing_zeros() as usize / 8;
        }
        rest = after;
    }
    text.len() - rest.len() + plain_end(rest)
}

/// The same, of the last bytes of a document.
#[cold]
#[inline(never)]
fn plain_end(text: &[u8]) -> usize {
    text.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..b' ')).unwrap_or(text.len())
}

/// Has the high bit of every byte set that is special; above the lowest such byte, also that of some that are not.
#[inline]
fn special(word: u64) -> u64 {
    // Taking away makes a byte's high bit one where the byte is smaller, and then borrows from the byte above, whose own
    // answer is of no use any more. Bytes that had a high bit from the start are none of the three.
    let control = word.wrapping_sub(each(b' '));
    let quote = (word ^ each(b'"')).wrapping_sub(each(1));
    let backslash = (word ^ each(b'\\')).wrapping_sub(each(1));
    (control | quote | backslash) & !word & each(0x80)
}
