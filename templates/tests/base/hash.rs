//! Known answers of each crate that hashes. The runtime takes one; all that the features bring are asked here.

#[cfg(feature = "client")]
#[path = "../../src/runtime/base/hash/ring.rs"]
mod ring;
#[cfg(feature = "rustcrypto")]
#[path = "../../src/runtime/base/hash/rustcrypto.rs"]
mod rustcrypto;

/// The examples of FIPS 180, of one block and of two, and nothing at all.
const TEXTS: [&str; 3] = ["", "abc", "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"];
const SHA256: [&str; 3] = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
];
#[cfg(feature = "credentials")]
const SHA1: [&str; 3] = [
    "da39a3ee5e6b4b0d3255bfef95601890afd80709",
    "a9993e364706816aba3e25717850c26c9cd0d89d",
    "84983e441c3bd26ebaae4aa1f95129e5e54670f1",
];

/// Key, text and HMAC-SHA256: cases 1, 2 and 6 of RFC 4231, then keys about as long as a block.
fn keyed() -> [(Vec<u8>, &'static str, &'static str); 7] {
    let of = |byte: u8, length| vec![byte; length];
    [
        (of(0x0b, 20), "Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
        (
            b"Jefe".to_vec(),
            "what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        ),
        (
            of(0xaa, 131),
            "Test Using Larger Than Block-Size Key - Hash Key First",
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
        ),
        (of(b'k', 0), "abc", "fd7adb152c05ef80dccf50a1fa4c05d5a3ec6da95575fc312ae7c5d091836351"),
        (of(b'k', 63), "abc", "23670528b6b8c55d2f8ef2f36c1f000cec7c23ec76881c485f2e89b5fe705cca"),
        (of(b'k', 64), "abc", "ae0c0e4a2340cf50185eb46aaa8723f4769153661612e212fb0d1fa3170c6202"),
        (of(b'k', 65), "abc", "ed378e5dfa30dc98814ba09b2e610d9b6af66054922ceef9480da094a3f11b2d"),
    ]
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

macro_rules! known_answers {
    ($tests:ident, $provider:ident) => {
        mod $tests {
            use super::$provider::{self as provider, HmacKey};
            use super::{SHA256, TEXTS, hex, keyed};

            #[test]
            fn sha256() {
                assert_eq!(TEXTS.map(|text| hex(&provider::sha256(text.as_bytes()))), SHA256);
            }

            #[cfg(feature = "credentials")]
            #[test]
            fn sha1() {
                assert_eq!(TEXTS.map(|text| hex(&provider::sha1(text.as_bytes()))), super::SHA1);
            }

            /// A key is as good after use, and a copy of it after the key is gone.
            #[test]
            fn hmac() {
                for (key, text, expected) in keyed() {
                    let key = HmacKey::new(&key);
                    let copy = key.clone();
                    let of = |key: &HmacKey, parts: &[&str]| {
                        let mut hash = key.begin();
                        parts.iter().for_each(|part| hash.update(part.as_bytes()));
                        hex(&hash.finish())
                    };
                    assert_eq!(of(&key, &[text]), expected);
                    let (start, rest) = text.split_at(2);
                    assert_eq!(of(&key, &[start, "", rest]), expected);
                    drop(key);
                    assert_eq!(of(&copy, &[text]), expected);
                }
            }
        }
    };
}

#[cfg(feature = "client")]
known_answers!(of_ring, ring);
#[cfg(feature = "rustcrypto")]
known_answers!(of_rustcrypto, rustcrypto);
