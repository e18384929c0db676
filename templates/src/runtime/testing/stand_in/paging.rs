//! Pages: how many elements an answer has, and opaque tokens for where the next begins.

use serde_json::{Map, Value};

use super::engine::{Call, Engine};
use super::refusal::{Fault, Refusal};

/// The elements of a page where the request does not say.
const USUAL: usize = 100;

/// The page that a request asks for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Page {
    /// The number of the last element of the page before.
    pub after: u64,
    pub size: usize,
}

impl Page {
    /// The page of a request.
    ///
    /// # Errors
    /// A token that no answer to such a request had.
    pub fn of(engine: &Engine, call: Call<'_>) -> Result<Self, Refusal> {
        let paging = call.operation.paging();
        let limit = paging.and_then(|paging| paging.limit.as_deref()).unwrap_or("MaxResults");
        let size = call.input.get(limit).and_then(Value::as_u64).and_then(|size| usize::try_from(size).ok());
        let token = call.text(paging.map_or("NextToken", |paging| &paging.token)).filter(|token| !token.is_empty());
        let after = match token {
            None => 0,
            Some(token) => read_token(call, token).ok_or_else(|| {
                engine.refuse(call, Fault::Invalid, "the token is not one that this operation gave for this request")
            })?,
        };
        Ok(Self { after, size: size.filter(|size| *size > 0).unwrap_or(USUAL) })
    }

    /// Adds the token of the next page to a response, where there is one.
    pub fn put_next(&self, engine: &Engine, call: Call<'_>, next: Option<u64>, output: &mut Map<String, Value>) {
        let name = call.operation.paging().map_or("NextToken", |paging| &paging.next);
        let known = call.operation.output().is_some_and(|shape| engine.model.shape(shape).member(name).is_some());
        match next.filter(|_| known) {
            Some(next) => drop(output.insert(name.to_owned(), token(call, next).into())),
            None => drop(output.remove(name)),
        }
    }
}

/// Whether a member of an input says which page is asked for.
pub(super) fn is_page_member(call: Call<'_>, name: &str) -> bool {
    let of_paging =
        call.operation.paging().is_some_and(|paging| paging.token == name || paging.limit.as_deref() == Some(name));
    of_paging || matches!(name, "NextToken" | "MaxResults")
}

/// A token: the place, and a check over it, the operation and what was asked.
fn token(call: Call<'_>, after: u64) -> String {
    let check = check(call, after);
    format!("{:016x}{check:016x}", after ^ check.rotate_left(17))
}

fn read_token(call: Call<'_>, token: &str) -> Option<u64> {
    let (place, sum) = (token.len() == 32 && token.is_ascii()).then(|| token.split_at(16))?;
    let sum = u64::from_str_radix(sum, 16).ok()?;
    let after = u64::from_str_radix(place, 16).ok()? ^ sum.rotate_left(17);
    (check(call, after) == sum).then_some(after)
}

/// FNV-1a over what a page belongs to. It keeps honest mistakes out, not attackers: there is nothing to attack.
fn check(call: Call<'_>, after: u64) -> u64 {
    let mut sum = 0xcbf2_9ce4_8422_2325u64;
    let mut add = |bytes: &[u8]| {
        for byte in bytes.iter().chain([&0xff]) {
            sum = (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    add(call.operation.name().as_bytes());
    add(&after.to_le_bytes());
    for (name, value) in call.input.iter().filter(|(name, _)| !is_page_member(call, name)) {
        add(name.as_bytes());
        add(value.to_string().as_bytes());
    }
    sum
}
