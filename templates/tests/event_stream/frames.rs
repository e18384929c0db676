//! The bytes of messages, by what botocore's decoder makes of the same (`vectors.json`, which `vectors.py` records).

use std::ops::Range;

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};
use templates::event_stream::{Decoder, FrameError, HeaderValue, Message};
use tries::Random;

/// Bytes of the hexadecimal digits of a vector.
fn bytes(digits: &Value) -> Vec<u8> {
    let digits = digits.as_str().unwrap();
    (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap()).collect()
}

fn vectors() -> Vec<Value> {
    let vectors: Value = serde_json::from_str(include_str!("vectors.json")).unwrap();
    vectors["cases"].as_array().unwrap().clone()
}

/// The messages in some bytes, which come in pieces that end at these places.
fn decode(bytes: &[u8], ends: &[usize]) -> (Vec<Message>, Result<(), FrameError>) {
    let mut decoder = Decoder::new();
    let mut messages = Vec::new();
    let mut start = 0;
    for end in ends.iter().copied().chain([bytes.len()]) {
        decoder.push(&bytes[start..end]);
        start = end;
        loop {
            match decoder.next_message() {
                Ok(Some(message)) => messages.push(message),
                Ok(None) => break,
                Err(error) => return (messages, Err(error)),
            }
        }
    }
    let end = decoder.finish();
    (messages, end)
}

/// A message as the vectors show it.
fn shown(message: &Message) -> Value {
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let value = |value: &HeaderValue| match value {
        HeaderValue::Boolean(value) => json!(value),
        HeaderValue::Byte(value) => json!(value),
        HeaderValue::Short(value) => json!(value),
        HeaderValue::Integer(value) => json!(value),
        HeaderValue::Long(value) | HeaderValue::Timestamp(value) => json!(value),
        HeaderValue::Bytes(value) => json!({"bytes": hex(value)}),
        HeaderValue::Uuid(value) => json!({"bytes": hex(value)}),
        HeaderValue::Text(value) => json!(value),
        other => panic!("{other:?}"),
    };
    let headers: serde_json::Map<_, _> = message.headers.iter().map(|(name, of)| (name.clone(), value(of))).collect();
    json!({"headers": headers, "payload": hex(&message.payload)})
}

#[test]
fn what_botocore_takes_is_taken_and_what_it_refuses_is_refused() {
    for vector in vectors() {
        let (name, botocore) = (&vector["name"], &vector["botocore"]);
        let (messages, end) = decode(&bytes(&vector["bytes"]), &[]);
        let messages: Vec<_> = messages.iter().map(shown).collect();
        assert_eq!(json!(messages), botocore["messages"], "{name}");
        match botocore["error"].as_str() {
            None => assert_eq!(end.is_err(), botocore["left"] != 0, "{name}: {end:?}"),
            Some(error) => {
                let ours = end.expect_err("botocore refuses it");
                let expected = match error {
                    "ChecksumMismatch" => matches!(ours, FrameError::Checksum(_)),
                    "InvalidHeadersLength" => matches!(ours, FrameError::HeadersTooLong(131_073)),
                    "InvalidPayloadLength" => matches!(ours, FrameError::PayloadTooLong(_)),
                    "DuplicateHeader" => ours == FrameError::HeaderTwice,
                    "KeyError" => ours == FrameError::HeaderType(10),
                    "UnicodeDecodeError" => ours == FrameError::HeaderText,
                    _ => ours == FrameError::HeaderCut,
                };
                assert!(expected, "{name}: {error} and {ours:?}");
            }
        }
    }
}

#[test]
fn what_botocore_takes_is_written_byte_for_byte() {
    for vector in vectors().iter().filter(|vector| vector["botocore"]["left"] == 0) {
        let bytes = bytes(&vector["bytes"]);
        let written: Vec<u8> =
            decode(&bytes, &[]).0.iter().flat_map(|message| message.encode().unwrap().to_vec()).collect();
        assert_eq!(written, bytes, "{}", vector["name"]);
    }
}

#[test]
fn pieces_may_end_anywhere() {
    for vector in vectors() {
        let bytes = bytes(&vector["bytes"]);
        let whole = decode(&bytes, &[]);
        for split in 0..=bytes.len() {
            assert_eq!(decode(&bytes, &[split]), whole, "{} split at {split}", vector["name"]);
        }
        let each: Vec<usize> = (0..bytes.len()).collect();
        assert_eq!(decode(&bytes, &each), whole, "{} byte by byte", vector["name"]);
    }
}

#[test]
fn lengths_that_contradict_each_other_are_refused_before_a_message_has_come() {
    // The checksum is that of the lengths, so that only they are wrong.
    let prelude = |total: u32, headers: u32| {
        let mut bytes = [total.to_be_bytes(), headers.to_be_bytes()].concat();
        let mut crc = flate2::Crc::new();
        crc.update(&bytes);
        bytes.extend(crc.sum().to_be_bytes());
        decode(&bytes, &[]).1.unwrap_err()
    };
    for (total, headers) in [(0, 0), (15, 0), (16, 1), (100, 85), (100, u32::MAX)] {
        assert_eq!(prelude(total, headers), FrameError::Lengths, "{total} and {headers}");
    }
    assert!(matches!(prelude(u32::MAX, 0), FrameError::PayloadTooLong(_)));
    assert!(matches!(prelude(u32::MAX, u32::MAX - 16), FrameError::HeadersTooLong(_)));
    assert_eq!(prelude(16, 0), FrameError::Cut);
}

#[test]
fn what_is_too_long_is_not_written() {
    let text = |length: usize| HeaderValue::Text("x".repeat(length));
    let long = Message::default().with(&"n".repeat(256), HeaderValue::Boolean(true));
    assert_eq!(long.encode(), Err(FrameError::HeaderTooLong(256)));
    assert_eq!(Message::default().with("a", text(65_536)).encode(), Err(FrameError::HeaderTooLong(65_536)));
    let headers = Message::default().with("a", text(65_535)).with("b", text(65_535)).with("c", text(1));
    assert!(matches!(headers.encode(), Err(FrameError::HeadersTooLong(_))));
    let payload = Message { payload: vec![0; (24 << 20) + 1].into(), ..Message::default() };
    assert!(matches!(payload.encode(), Err(FrameError::PayloadTooLong(_))));
    let twice = Message::default().with("a", text(1)).with("a", text(1));
    assert_eq!(twice.encode(), Err(FrameError::HeaderTwice));
}

/// Changed vectors are messages or refused, and never a panic. Half of them get new checksums, so that what is behind them is read.
#[test]
fn hostile_bytes_are_refused_in_words() {
    let vectors: Vec<Vec<u8>> = vectors().iter().map(|vector| bytes(&vector["bytes"])).collect();
    let mut random = Random::new(11);
    for _ in 0..20_000 {
        let mut bytes = random.of(&vectors).clone();
        for _ in 0..=random.below(4) {
            if !bytes.is_empty() {
                let at = random.below(bytes.len());
                bytes[at] = *random.of(&[0, 1, 7, 16, 127, 128, 255]);
            }
        }
        if bytes.len() >= 16 && random.below(2) == 0 {
            checked(&mut bytes, 0..8);
            let end = bytes.len() - 4;
            checked(&mut bytes, 0..end);
        }
        let split = random.below(bytes.len() + 1);
        let (messages, end) = decode(&bytes, &[split]);
        assert_eq!((messages, end), decode(&bytes, &[]));
        if let Err(error) = end {
            assert!(!error.to_string().is_empty());
        }
    }
}

/// Writes the checksum of a part behind it.
fn checked(bytes: &mut [u8], part: Range<usize>) {
    let mut crc = flate2::Crc::new();
    crc.update(&bytes[part.clone()]);
    bytes[part.end..part.end + 4].copy_from_slice(&crc.sum().to_be_bytes());
}

fn values() -> impl Strategy<Value = HeaderValue> {
    prop_oneof![
        any::<bool>().prop_map(HeaderValue::Boolean),
        any::<i8>().prop_map(HeaderValue::Byte),
        any::<i16>().prop_map(HeaderValue::Short),
        any::<i32>().prop_map(HeaderValue::Integer),
        any::<i64>().prop_map(HeaderValue::Long),
        any::<i64>().prop_map(HeaderValue::Timestamp),
        any::<[u8; 16]>().prop_map(HeaderValue::Uuid),
        vec(any::<u8>(), 0..40).prop_map(|bytes| HeaderValue::Bytes(bytes.into())),
        ".{0,20}".prop_map(HeaderValue::Text),
    ]
}

proptest! {
    #[test]
    fn messages_come_back_as_they_were(
        values in vec(values(), 0..8),
        payload in vec(any::<u8>(), 0..200),
        ends in vec(any::<prop::sample::Index>(), 0..6),
    ) {
        let headers = values.into_iter().enumerate().map(|(index, value)| (format!("h{index}"), value)).collect();
        let message = Message { headers, payload: payload.into() };
        let bytes = [message.encode().unwrap(), message.encode().unwrap()].concat();
        let mut ends: Vec<usize> = ends.iter().map(|end| end.index(bytes.len())).collect();
        ends.sort_unstable();
        prop_assert_eq!(decode(&bytes, &ends), (vec![message.clone(), message], Ok(())));
    }
}
