//! Checksums of request bodies, for operations that require one (Smithy traits `httpChecksumRequired` and `httpChecksum`).

use std::error::Error;
use std::fmt;

use ::http::{HeaderMap, HeaderName, HeaderValue};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::runtime::base::hash::{hex, sha256};
use crate::runtime::protocol::operation::Checksum;

/// A cyclic redundancy check of 32 bits, as its table.
pub(crate) struct Crc32([u32; 256]);

impl Crc32 {
    /// That of gzip and Ethernet.
    pub(crate) const IEEE: &Self = &Self::new(0xedb8_8320);
    /// That of iSCSI, "CRC-32C".
    pub(crate) const CASTAGNOLI: &Self = &Self::new(0x82f6_3b78);

    const fn new(polynomial: u32) -> Self {
        let mut table = [0; 256];
        let mut byte = 0;
        while byte < 256 {
            let mut rest = byte as u32;
            let mut bit = 0;
            while bit < 8 {
                rest = if rest & 1 == 1 { (rest >> 1) ^ polynomial } else { rest >> 1 };
                bit += 1;
            }
            table[byte] = rest;
            byte += 1;
        }
        Self(table)
    }

    pub(crate) fn of(&self, bytes: &[u8]) -> u32 {
        !bytes.iter().fold(!0, |rest, byte| (rest >> 8) ^ self.0[usize::from((rest as u8) ^ byte)])
    }
}

/// The header by which a caller chooses an algorithm.
const CHOICE: HeaderName = HeaderName::from_static("x-amz-sdk-checksum-algorithm");

/// The caller chose a checksum algorithm that this client does not have.
#[derive(Debug)]
pub(crate) struct UnknownAlgorithm;

impl fmt::Display for UnknownAlgorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the checksum algorithm is not one of those that this client has: CRC32, CRC32C, SHA256")
    }
}

impl Error for UnknownAlgorithm {}

/// Adds the checksum of a body, unless the caller gave one.
///
/// The default is CRC-32, as botocore has it.
pub(crate) fn add(checksum: Checksum, headers: &mut HeaderMap, body: &[u8]) -> Result<(), UnknownAlgorithm> {
    if checksum == Checksum::TreeHash {
        add_hash(headers, "x-amz-content-sha256", || sha256(body));
        add_hash(headers, "x-amz-sha256-tree-hash", || tree_hash(body));
        return Ok(());
    }
    if headers.keys().any(|name| name.as_str().starts_with("x-amz-checksum-")) {
        return Ok(());
    }
    let chosen = headers.get(&CHOICE).and_then(|value| value.to_str().ok()).map(str::to_ascii_lowercase);
    let (name, value) = match chosen.as_deref() {
        None | Some("crc32") => ("x-amz-checksum-crc32", STANDARD.encode(Crc32::IEEE.of(body).to_be_bytes())),
        Some("crc32c") => ("x-amz-checksum-crc32c", STANDARD.encode(Crc32::CASTAGNOLI.of(body).to_be_bytes())),
        Some("sha256") => ("x-amz-checksum-sha256", STANDARD.encode(sha256(body))),
        Some(_) => return Err(UnknownAlgorithm),
    };
    // Base64 has no character that a header has not.
    if let Ok(value) = HeaderValue::try_from(value) {
        headers.insert(HeaderName::from_static(name), value);
    }
    if matches!(checksum, Checksum::Chosen(_)) {
        headers.entry(CHOICE).or_insert(HeaderValue::from_static("CRC32"));
    }
    Ok(())
}

fn add_hash(headers: &mut HeaderMap, name: &'static str, hash: impl FnOnce() -> [u8; 32]) {
    let name = HeaderName::from_static(name);
    if !headers.contains_key(&name) {
        // Hexadecimal digits are characters that a header has.
        if let Ok(value) = HeaderValue::from_bytes(&hex(&hash())) {
            headers.insert(name, value);
        }
    }
}

/// The SHA-256 of a tree whose leaves are the hashes of parts of 1 MiB, and whose nodes are those of two neighbours; a node
/// without a neighbour goes up as it is. See "Computing Checksums" in the developer guide of Amazon Glacier.
fn tree_hash(body: &[u8]) -> [u8; 32] {
    const PART: usize = 1 << 20;
    let mut level: Vec<[u8; 32]> = body.chunks(PART).map(sha256).collect();
    while level.len() > 1 {
        let node = |pair: &[[u8; 32]]| match pair {
            [one, other] => sha256(&[*one, *other].concat()),
            others => others.first().copied().unwrap_or_default(),
        };
        level = level.chunks(2).map(node).collect();
    }
    level.pop().unwrap_or_else(|| sha256(&[]))
}
