//! Takes JSON text; gives the same value with the keys of every object in another order. And the random numbers for that,
//! which are the same wherever the tests run.

use serde_json::Value;

/// SplitMix64 (public domain): small, and good enough to try things out.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`, which is not 0.
    pub fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).expect("a count");
        usize::try_from(self.next() % end).expect("below a count")
    }

    /// One of several.
    pub fn of<'a, T>(&mut self, several: &'a [T]) -> &'a T {
        &several[self.below(several.len())]
    }
}

/// The text with the keys of every object shuffled.
pub fn shuffled(text: &str, seed: u64) -> String {
    let mut random = Random::new(seed);
    write(&serde_json::from_str(text).expect("JSON"), &mut random)
}

fn write(value: &Value, random: &mut Random) -> String {
    match value {
        Value::Array(elements) => {
            let elements: Vec<_> = elements.iter().map(|element| write(element, random)).collect();
            format!("[{}]", elements.join(","))
        }
        Value::Object(map) => {
            let entry = |(key, value)| format!("{}:{}", Value::String(String::clone(key)), write(value, random));
            let mut entries: Vec<String> = map.iter().map(entry).collect();
            for last in (1..entries.len()).rev() {
                entries.swap(last, random.below(last + 1));
            }
            format!("{{{}}}", entries.join(","))
        }
        other => other.to_string(),
    }
}
