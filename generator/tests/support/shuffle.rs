//! JSON text with the keys of every object in another order.

use serde_json::Value;

use tries::Random;

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
