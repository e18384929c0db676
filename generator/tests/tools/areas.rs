//! Places of new operations in `areas.toml`: beside the operations that are most like them.

use generator::ServiceInputs;
use generator::tools::areas::{Placement, Placements, place};
use serde_json::{Map, Value, json};

/// Operations of a name and a path.
const OPERATIONS: [(&str, &str); 6] = [
    ("CreateUser", "/users/{InstanceId}"),
    ("ListUsers", "/users-summary/{InstanceId}"),
    ("DescribeQueue", "/queues/{InstanceId}/{QueueId}"),
    ("ListQueues", "/queues-summary/{InstanceId}"),
    ("UpdateUserStatus", "/users/{InstanceId}/status"),
    ("BatchGetQueueNames", "/queues/{InstanceId}/names"),
];

const AREAS: &str = "
[areas.queues]
title = 'Queues'
operations = ['DescribeQueue', 'ListQueues', 'BatchGetQueueNames']
[areas.users]
title = 'Users'
operations = ['CreateUser', 'ListUsers', 'UpdateUserStatus']
";

fn placed(new: &[(&str, &str)], areas: &str) -> Result<Option<Placements>, String> {
    let operation = |(name, uri): &(&str, &str)| ((*name).to_owned(), json!({ "http": { "requestUri": uri } }));
    let operations: Map<String, Value> = OPERATIONS.iter().chain(new).map(operation).collect();
    let service = ServiceInputs {
        folder: "models/x".to_owned(),
        model: json!({ "operations": operations }).to_string(),
        areas: Some(("models/x/areas.toml".to_owned(), areas.to_owned())),
        ..ServiceInputs::default()
    };
    place(&service).map_err(|problems| problems.to_string())
}

#[test]
fn a_new_operation_goes_where_those_are_that_it_is_most_like() {
    let new = [("SearchUsers", "/search-users"), ("StopEverything", "/queues/{InstanceId}/stop"), ("Zap", "/zap")];
    let placements = placed(&new, AREAS).unwrap().unwrap();
    let find = |name: &str| placements.added.iter().find(|one| one.operation == name).cloned().unwrap();
    assert_eq!(find("SearchUsers").area, "users");
    let by_path = find("StopEverything");
    assert_eq!(by_path.area, "queues", "the path says what the name does not");
    assert!(by_path.like.is_some());
    let unlike = Placement { like: None, ..find("Zap") };
    assert_eq!(find("Zap"), unlike, "a guess is called one");
    assert_eq!(placements.gone, []);
}

#[test]
fn operations_that_the_model_lacks_are_gone() {
    let areas = AREAS.replace("'CreateUser'", "'CreateUser', 'DropUser'");
    let placements = placed(&[], &areas).unwrap().unwrap();
    assert_eq!(placements, Placements { added: Vec::new(), gone: vec![("users".to_owned(), "DropUser".to_owned())] });
    assert_eq!(placed(&[], AREAS), Ok(Some(Placements::default())));
}

#[test]
fn without_any_area_there_is_no_place() {
    assert_eq!(place(&ServiceInputs::default()), Ok(None));
    let problems = placed(&[], "[areas.a]\ntitle = 'A'\noperations = ['Other']\n").unwrap_err();
    assert!(problems.contains("models/x/areas.toml: areas: no area has an operation of the model"), "{problems}");
}
