//! Random sequences of valid calls on one family, against a model that is a map.

use std::collections::BTreeMap;

use amazon_connect::Exception;
use amazon_connect::testing::StandIn;

use super::life::{Instance, instance};

/// Numbers that follow from a seed.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

/// The queues of an instance by id: their names, as a client sees them page by page.
async fn listed(made: &Instance) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut queues = made.client.list_queues().instance_id(&made.id).max_results(3).into_paginator().items();
    while let Some(queue) = queues.next().await.transpose().unwrap() {
        found.insert(queue.id.unwrap(), queue.name.unwrap());
    }
    found
}

async fn searched(made: &Instance) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut queues = made.client.search_queues().instance_id(&made.id).max_results(4).into_paginator().items();
    while let Some(queue) = queues.next().await.transpose().unwrap() {
        found.insert(queue.queue_id.unwrap(), queue.name.unwrap());
    }
    found
}

#[tokio::test]
async fn describe_list_and_search_agree_with_a_map() {
    for seed in 0..8 {
        let stand_in = StandIn::options().seed(seed).start().unwrap();
        let made = instance(&stand_in).await;
        let mut known = listed(&made).await;
        let basic = known.keys().next().cloned();
        let mut numbers = Numbers(seed);
        for _ in 0..40 {
            let name = format!("queue-{}", numbers.below(12));
            let taken = known.values().any(|known| *known == name);
            let place = numbers.below(known.len() as u64);
            let id = known.keys().nth(usize::try_from(place).unwrap()).cloned().unwrap();
            match numbers.below(3) {
                0 => match made.queue(&name).await {
                    Ok(id) => assert!(known.insert(id, name).is_none() && !taken),
                    Err(error) => {
                        assert!(taken && matches!(error.exception(), Some(Exception::DuplicateResourceException(_))))
                    }
                },
                1 => {
                    let call = made.client.update_queue_name().instance_id(&made.id).queue_id(&id).name(&name);
                    let is_own = known[&id] == name;
                    match call.send().await {
                        Ok(_) => drop(known.insert(id, name)),
                        Err(error) => assert!(taken && !is_own, "{error}"),
                    }
                }
                // The queue of the routing profile is in use.
                _ if Some(&id) == basic.as_ref() => {
                    made.client.delete_queue().instance_id(&made.id).queue_id(&id).send().await.unwrap_err();
                }
                _ => {
                    made.client.delete_queue().instance_id(&made.id).queue_id(&id).send().await.unwrap();
                    known.remove(&id);
                    made.client.describe_queue().instance_id(&made.id).queue_id(&id).send().await.unwrap_err();
                }
            }
        }
        assert_eq!(listed(&made).await, known);
        assert_eq!(searched(&made).await, known);
        for (id, name) in &known {
            let queue =
                made.client.describe_queue().instance_id(&made.id).queue_id(id).send().await.unwrap().queue.unwrap();
            assert_eq!(queue.name.as_ref(), Some(name));
        }
    }
}
