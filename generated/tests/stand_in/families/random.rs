//! Random sequences of valid calls on one family, against the reference model: descriptions, lists and searches agree with it.
//!
//! Every family whose resources are created has its sequences. The others are there from the start and are only described and updated
//! (attached files' configurations, authentication profiles), or have code of their own, which `contacts.rs` tests.
//!
//! `STAND_IN_CASES` says how many sequences each family gets; `STAND_IN_SEED` is the seed of the first.

use std::collections::BTreeSet;
use std::future::Future;
use std::pin::pin;

use tries::setting;

use super::sequence::Sequence;
use super::world::World;

/// The calls of a sequence.
const CALLS: usize = 24;

/// Runs a sequence, and returns how many values were compared and how many elements were listed.
async fn run(mut sequence: Sequence<'_>) -> (usize, usize) {
    for count in 0..CALLS {
        sequence.step().await;
        if count % 6 == 5 {
            sequence.agree().await;
        }
    }
    sequence.agree().await;
    sequence.check_all().await;
    (sequence.compared, sequence.found)
}

#[tokio::test]
async fn describe_list_and_search_agree_with_a_map() {
    let (cases, first) = (setting("STAND_IN_CASES", 1), setting("STAND_IN_SEED", 1));
    let (mut problems, mut compares) = (Vec::new(), BTreeSet::new());
    let world = World::new(first).await;
    let state = world.stand_in.state();
    for seed in first..first + cases {
        for family in world.inputs.facts.families.iter().filter(|family| !family.steps("create").is_empty()) {
            world.stand_in.set_state(&state).unwrap();
            let sequence = async { run(Sequence::new(&world, family, seed).await).await };
            match caught(sequence).await {
                Ok((compared, found)) => {
                    println!("{} {seed}: {compared} values, {found} elements", family.name);
                    let is_listed = !family.steps("list").is_empty() || !family.steps("search").is_empty();
                    assert!(found > 0 || !is_listed, "{}: lists show nothing", family.name);
                    compares.extend((compared > 0).then_some(&family.name));
                }
                Err(message) => problems.push(format!("seed {seed}: {message}")),
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n\n"));
    // Some creations are given no more than references.
    assert!(compares.len() * 2 > world.inputs.facts.families.len(), "few families are compared: {compares:?}");
}

/// The output of a future, or the message of its panic: one family's failure does not hide the next one's.
async fn caught<T>(future: impl Future<Output = T>) -> Result<T, String> {
    let mut future = pin!(future);
    std::future::poll_fn(|context| {
        let polled = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| future.as_mut().poll(context)));
        match polled {
            Ok(polled) => polled.map(Ok),
            Err(panic) => std::task::Poll::Ready(Err(panic.downcast_ref::<String>().cloned().unwrap_or_default())),
        }
    })
    .await
}
