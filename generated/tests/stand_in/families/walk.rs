//! Every family through its whole life, as `xtask/conformance/stand_in.py` walks by boto3 and by the AWS CLI.

use amazon_connect::testing::service::Fill;
use serde_json::Map;
use tries::Random;

use super::facts::Family;
use super::reference::{Record, differences, learn};
use super::world::{Problem, World, id_of_element};

/// What is wrong with a resource that is created, described, listed, searched, updated and deleted.
async fn life(world: &World, family: &Family, creation: &str, numbers: &mut Random) -> Result<(), String> {
    let made = match world.create(family, creation, Fill::Required, &Map::new(), numbers).await {
        Ok(made) => made,
        Err(Problem::Missing(family)) => return Err(format!("there is no {family}")),
        Err(Problem::Refused(error)) => return Err(error.to_string()),
    };
    let id = &made.id;
    let mut record = Record::new();
    learn(family, &mut record, &made.input);
    for described in world.described(family, id).await.map_err(|error| error.to_string())? {
        let (different, _) = differences(family, &record, &described);
        if !different.is_empty() {
            return Err(different.join("; "));
        }
    }
    for step in family.steps("list").iter().chain(family.steps("search")) {
        // A list may ask for the resources of one kind only.
        let shown = world.pages(family, step, &made.input).await.map_err(|error| error.to_string())?;
        if !shown.iter().any(|element| id_of_element(family, element).as_ref() == Some(id)) {
            return Err(format!("{} does not show {id}", step.operation));
        }
    }
    for step in family.steps("update") {
        // A resource that is known by its name keeps it.
        let mut given = made.input.clone();
        given.extend(world.labels(family, id));
        world.call(&step.operation, &given).await.map_err(|error| error.to_string())?;
    }
    for step in family.steps("delete") {
        world.call(&step.operation, &world.labels(family, id)).await.map_err(|error| error.to_string())?;
        if let Ok(found) = world.described(family, id).await {
            if !found.is_empty() {
                return Err(format!("{id} is described after {}", step.operation));
            }
        }
    }
    Ok(())
}

#[tokio::test]
async fn every_family_lives_by_the_generated_client() {
    let world = World::new(1).await;
    let numbers = &mut Random::new(1);
    let mut problems = Vec::new();
    for family in &world.inputs.facts.families {
        for step in family.steps("create") {
            if let Err(problem) = life(&world, family, &step.operation, numbers).await {
                problems.push(format!("{} by {}: {problem}", family.name, step.operation));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
