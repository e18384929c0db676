//! Lives of resources, by the client of this crate.

use amazon_connect::credentials::Credentials;
use amazon_connect::testing::StandIn;
use amazon_connect::testing::stand_in::{Fault, FaultKind};
use amazon_connect::types::{
    DirectoryType, InstanceStatus, PhoneType, QueueSearchCriteria, StringComparisonType, StringCondition,
    UserPhoneConfig, VocabularyLanguageCode,
};
use amazon_connect::{Client, Error, Exception};

/// The content of a flow that ends at once.
pub const FLOW: &str = r#"{"Version": "2019-10-30", "StartAction": "end", "Actions": [{"Identifier": "end", "Type": "DisconnectParticipant"}]}"#;

/// An instance, and the ids that new resources of it need.
pub struct Instance {
    pub client: Client,
    pub id: String,
    pub hours: String,
    pub flow: String,
    pub profile: String,
    pub security: String,
}

/// Makes an instance that manages its users.
pub async fn instance(stand_in: &StandIn) -> Instance {
    instance_of(stand_in, DirectoryType::ConnectManaged).await
}

/// Makes an instance.
pub async fn instance_of(stand_in: &StandIn, users: DirectoryType) -> Instance {
    let client = stand_in.client();
    let call = client.create_instance().identity_management_type(users).instance_alias("tests");
    let id = call.inbound_calls_enabled(true).outbound_calls_enabled(true).send().await.unwrap().id.unwrap();
    let hours = client.list_hours_of_operations().instance_id(&id).send().await.unwrap();
    let flows = client.list_contact_flows().instance_id(&id).send().await.unwrap();
    let profiles = client.list_routing_profiles().instance_id(&id).send().await.unwrap();
    let security = client.list_security_profiles().instance_id(&id).send().await.unwrap();
    Instance {
        hours: hours.hours_of_operation_summary_list.unwrap()[0].id.clone().unwrap(),
        flow: flows.contact_flow_summary_list.unwrap()[0].id.clone().unwrap(),
        profile: profiles.routing_profile_summary_list.unwrap()[0].id.clone().unwrap(),
        security: security.security_profile_summary_list.unwrap()[0].id.clone().unwrap(),
        client,
        id,
    }
}

impl Instance {
    pub async fn queue(&self, name: &str) -> Result<String, Error> {
        let call = self.client.create_queue().instance_id(&self.id).name(name).hours_of_operation_id(&self.hours);
        Ok(call.send().await?.queue_id.unwrap())
    }

    pub async fn user(&self, name: &str) -> Result<String, Error> {
        let phone = UserPhoneConfig::builder().phone_type(PhoneType::SoftPhone).build();
        let call =
            self.client.create_user().instance_id(&self.id).username(name).password("Passw0rd").phone_config(phone);
        let call = call.security_profile_ids([&self.security]).routing_profile_id(&self.profile);
        Ok(call.send().await?.user_id.unwrap())
    }
}

#[tokio::test]
async fn an_instance_has_what_a_new_one_has_and_becomes_active() {
    let stand_in = StandIn::options().seed(3).start().unwrap();
    let made = instance(&stand_in).await;
    let described = made.client.describe_instance().instance_id(&made.id).send().await.unwrap().instance.unwrap();
    assert_eq!(described.instance_alias.as_deref(), Some("tests"));
    assert_eq!(described.instance_status, Some(InstanceStatus::Active));
    let queues = made.client.list_queues().instance_id(&made.id).send().await.unwrap().queue_summary_list.unwrap();
    assert_eq!(queues[0].name.as_deref(), Some("BasicQueue"));
    let statuses = made.client.list_agent_statuses().instance_id(&made.id).send().await.unwrap();
    assert_eq!(statuses.agent_status_summary_list.unwrap().len(), 2);
}

#[tokio::test]
async fn a_queue_is_created_described_listed_searched_updated_and_deleted() {
    let stand_in = StandIn::start().unwrap();
    let made = instance(&stand_in).await;
    let (client, id) = (&made.client, &made.id);
    let queue = made.queue("Sales").await.unwrap();
    let described = client.describe_queue().instance_id(id).queue_id(&queue).send().await.unwrap().queue.unwrap();
    assert_eq!(described.name.as_deref(), Some("Sales"));
    assert_eq!(described.hours_of_operation_id.as_deref(), Some(&*made.hours));

    // By its ARN as well.
    let arn = described.queue_arn.unwrap();
    let by_arn = client.describe_queue().instance_id(id).queue_id(&arn).send().await.unwrap().queue.unwrap();
    assert_eq!(by_arn.queue_id.as_deref(), Some(&*queue));

    client.update_queue_name().instance_id(id).queue_id(&queue).name("Support").send().await.unwrap();
    client.update_queue_max_contacts().instance_id(id).queue_id(&queue).max_contacts(7).send().await.unwrap();
    let condition =
        StringCondition::builder().field_name("name").value("supp").comparison_type(StringComparisonType::StartsWith);
    let criteria = QueueSearchCriteria::builder().string_condition(condition.build()).build();
    let found = client.search_queues().instance_id(id).search_criteria(criteria).send().await.unwrap();
    assert_eq!(found.approximate_total_count, Some(1));
    let found = &found.queues.unwrap()[0];
    assert_eq!((found.queue_id.as_deref(), found.max_contacts), (Some(&*queue), Some(7)));

    client.delete_queue().instance_id(id).queue_id(&queue).send().await.unwrap();
    let error = client.describe_queue().instance_id(id).queue_id(&queue).send().await.unwrap_err();
    assert!(matches!(error.exception(), Some(Exception::ResourceNotFoundException(_))), "{error}");
}

/// Case tells in a whole name only, in every script.
#[tokio::test]
async fn a_part_of_a_name_is_found_in_any_case() {
    let stand_in = StandIn::start().unwrap();
    let made = instance(&stand_in).await;
    for name in ["Ärger Ost", "ärger West", "Sales East"] {
        made.queue(name).await.unwrap();
    }
    use StringComparisonType::{Contains, Exact, StartsWith};
    for (comparison, wanted, found) in [
        (StartsWith, "äRG", &["Ärger Ost", "ärger West"][..]),
        (Contains, "EAST", &["Sales East"]),
        (Contains, "er o", &["Ärger Ost"]),
        (Contains, "", &["BasicQueue", "Ärger Ost", "ärger West", "Sales East"]),
        (Exact, "ärger west", &[]),
        (Exact, "Ärger Ost", &["Ärger Ost"]),
    ] {
        let condition = StringCondition::builder().field_name("name").value(wanted).comparison_type(comparison.clone());
        let criteria = QueueSearchCriteria::builder().string_condition(condition.build()).build();
        let queues = made.client.search_queues().instance_id(&made.id).search_criteria(criteria).send().await.unwrap();
        let queues = queues.queues.unwrap();
        let names: Vec<&str> = queues.iter().filter_map(|queue| queue.name.as_deref()).collect();
        assert_eq!(names, found, "{comparison:?} {wanted}");
    }
}

#[tokio::test]
async fn names_are_taken_references_hold_and_inputs_are_checked() {
    let stand_in = StandIn::start().unwrap();
    let made = instance(&stand_in).await;
    let (client, id) = (&made.client, &made.id);
    let user = made.user("jane").await.unwrap();
    let taken = made.user("jane").await.unwrap_err();
    assert!(matches!(taken.exception(), Some(Exception::DuplicateResourceException(_))), "{taken}");

    let call = client.delete_routing_profile().instance_id(id).routing_profile_id(&made.profile);
    let in_use = call.send().await.unwrap_err();
    assert!(matches!(in_use.exception(), Some(Exception::ResourceInUseException(_))), "{in_use}");
    client.delete_user().instance_id(id).user_id(&user).send().await.unwrap();
    client.delete_routing_profile().instance_id(id).routing_profile_id(&made.profile).send().await.unwrap();
    let gone = made.user("joe").await.unwrap_err();
    assert!(matches!(gone.exception(), Some(Exception::ResourceNotFoundException(_))), "{gone}");

    let long = made.queue(&"x".repeat(200)).await.unwrap_err();
    assert!(matches!(long.exception(), Some(Exception::InvalidParameterException(_))), "{long}");
    assert!(long.message().unwrap().starts_with("Name has the length 200"), "{long}");
}

#[tokio::test]
async fn pages_have_the_size_that_is_asked_for_and_tokens_belong_to_their_request() {
    let stand_in = StandIn::start().unwrap();
    let made = instance(&stand_in).await;
    for number in 0..5 {
        made.queue(&format!("queue-{number}")).await.unwrap();
    }
    let list = || made.client.list_queues().instance_id(&made.id).max_results(4);
    let first = list().send().await.unwrap();
    assert_eq!(first.queue_summary_list.unwrap().len(), 4);
    let token = first.next_token.unwrap();
    let second = list().next_token(&token).send().await.unwrap();
    assert_eq!((second.queue_summary_list.unwrap().len(), second.next_token), (2, None));

    let strange = made.client.list_users().instance_id(&made.id).next_token(&token).send().await.unwrap_err();
    assert!(matches!(strange.exception(), Some(Exception::InvalidParameterException(_))), "{strange}");
    let mut names = Vec::new();
    let mut queues = list().max_results(1).into_paginator().items();
    while let Some(queue) = queues.next().await.transpose().unwrap() {
        names.extend(queue.name);
    }
    assert_eq!(names.len(), 6);
}

#[tokio::test]
async fn a_token_has_the_same_answer_and_creates_once() {
    let stand_in = StandIn::start().unwrap();
    let made = instance(&stand_in).await;
    let call = || {
        made.client.create_contact_flow_module().instance_id(&made.id).name("module").content(FLOW).client_token("t-1")
    };
    let (one, other) = (call().send().await.unwrap(), call().send().await.unwrap());
    assert_eq!(one, other);
    let modules = made.client.list_contact_flow_modules().instance_id(&made.id).send().await.unwrap();
    assert_eq!(modules.contact_flow_modules_summary_list.unwrap().len(), 1);
}

#[tokio::test]
async fn tags_are_the_same_from_every_side() {
    let stand_in = StandIn::start().unwrap();
    let made = instance(&stand_in).await;
    let (client, id) = (&made.client, &made.id);
    let queue = made.queue("tagged").await.unwrap();
    let arn = client
        .describe_queue()
        .instance_id(id)
        .queue_id(&queue)
        .send()
        .await
        .unwrap()
        .queue
        .unwrap()
        .queue_arn
        .unwrap();
    client.tag_resource().resource_arn(&arn).tags("team", "a").tags("stage", "test").send().await.unwrap();
    client.untag_resource().resource_arn(&arn).tag_keys(["stage"]).send().await.unwrap();
    let listed = client.list_tags_for_resource().resource_arn(&arn).send().await.unwrap().tags.unwrap();
    let described =
        client.describe_queue().instance_id(id).queue_id(&queue).send().await.unwrap().queue.unwrap().tags.unwrap();
    assert_eq!(listed, described);
    assert_eq!(listed.into_iter().collect::<Vec<_>>(), [("team".to_owned(), "a".to_owned())]);
}

#[tokio::test]
async fn lists_of_a_resource_grow_and_shrink() {
    let stand_in = StandIn::start().unwrap();
    let made = instance(&stand_in).await;
    let (client, id) = (&made.client, &made.id);
    for origin in ["https://a.example", "https://b.example"] {
        client.associate_approved_origin().instance_id(id).origin(origin).send().await.unwrap();
    }
    client.disassociate_approved_origin().instance_id(id).origin("https://a.example").send().await.unwrap();
    let origins = client.list_approved_origins().instance_id(id).send().await.unwrap().origins.unwrap();
    assert_eq!(origins, ["https://b.example"]);

    let list = || client.list_routing_profile_queues().instance_id(id).routing_profile_id(&made.profile).send();
    let queues = list().await.unwrap().routing_profile_queue_config_summary_list.unwrap();
    assert_eq!((queues.len(), &*queues[0].queue_name), (1, "BasicQueue"));
}

#[tokio::test]
async fn faults_are_met_and_then_used_up() {
    let stand_in = StandIn::start().unwrap();
    let made = instance(&stand_in).await;
    let error =
        FaultKind::Error { code: "InternalServiceException".to_owned(), status: None, message: "broken".to_owned() };
    stand_in.set_faults(vec![Fault::new(error.clone()).of("ListUsers").times(1)]).unwrap();
    assert!(stand_in.set_faults(vec![Fault::new(error).of("ListUser")]).is_err());
    // The client repeats what only reads.
    made.client.list_users().instance_id(&made.id).send().await.unwrap();
    let users: Vec<u16> =
        stand_in.calls().iter().filter(|call| call.operation == "ListUsers").map(|call| call.status).collect();
    assert_eq!(users, [500, 200]);
    assert!(stand_in.faults().is_empty());
}

#[tokio::test]
async fn a_state_is_written_read_and_the_same_from_the_same_seed() {
    let (one, other) = (StandIn::options().seed(9).start().unwrap(), StandIn::options().seed(9).start().unwrap());
    let made = instance(&one).await;
    instance(&other).await;
    // The tokens of their calls are the clients' own.
    assert_eq!(one.state()["records"], other.state()["records"]);
    let state = one.state();
    made.queue("later").await.unwrap();
    assert_ne!(one.state(), state);
    one.set_state(&state).unwrap();
    assert_eq!(one.state(), state);
    one.reset();
    assert_eq!(made.client.list_instances().send().await.unwrap().instance_summary_list.unwrap_or_default(), []);
}

#[tokio::test]
async fn signatures_are_checked_where_keys_are_given() {
    let keys = Credentials::new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
    let stand_in = StandIn::options().verify_keys(keys).start().unwrap();
    let made = instance(&stand_in).await;
    made.queue("with a space / and more").await.unwrap();
    for (id, secret) in [("AKIDEXAMPLE", "another"), ("ANOTHER", "another")] {
        let client = Client::new(&stand_in.config().credentials(Credentials::new(id, secret)));
        let error = client.list_instances().send().await.unwrap_err();
        assert_eq!(error.status(), Some(403), "{error}");
    }
    assert_eq!(super::support::request(&stand_in, "GET", "/instance", b"").status, 403);
}

/// What a stand-in cannot compute is empty, unless a test sets it; a resource that it would be of has to be there all the same.
#[tokio::test]
async fn what_is_not_computed_is_of_a_resource_that_is_there() {
    let stand_in = StandIn::start().unwrap();
    let made = instance(&stand_in).await;
    let ask = |hours: &str| {
        let call = made.client.get_effective_hours_of_operations().instance_id(&made.id).hours_of_operation_id(hours);
        call.from_date("2026-01-01").to_date("2026-01-02").send()
    };
    ask(&made.hours).await.unwrap();
    let error = ask("11111111-2222-3333-4444-555555555555").await.unwrap_err();
    assert!(matches!(error.exception(), Some(Exception::ResourceNotFoundException(_))), "{error}");
}

/// Programs that make the same resources in all their instances derive tokens from names.
#[tokio::test]
async fn a_token_belongs_to_its_instance() {
    let stand_in = StandIn::start().unwrap();
    let one = instance(&stand_in).await;
    let call = one.client.create_instance().identity_management_type(DirectoryType::ConnectManaged);
    let call = call.instance_alias("other").inbound_calls_enabled(true).outbound_calls_enabled(true);
    let other = call.send().await.unwrap().id.unwrap();
    let mut made = Vec::new();
    for instance in [&one.id, &other, &other] {
        let call = one.client.create_vocabulary().instance_id(instance).vocabulary_name("words").content("a");
        let answer = call.language_code(VocabularyLanguageCode::EnUs).client_token("words").send().await.unwrap();
        made.push(answer.vocabulary_id);
    }
    assert_ne!(made[0], made[1]);
    assert_eq!(made[1], made[2]);
}

#[tokio::test]
async fn an_answer_is_set_and_checked_against_the_model() {
    let stand_in = StandIn::start().unwrap();
    let made = instance(&stand_in).await;
    let output = serde_json::json!({"SignInUrl": "https://example.com", "UserId": "u"});
    stand_in.set_answer("GetFederationToken", &output).unwrap();
    let answer = made.client.get_federation_token().instance_id(&made.id).send().await.unwrap();
    assert_eq!(answer.user_id.as_deref(), Some("u"));
    let wrong = stand_in.set_answer("GetFederationToken", &serde_json::json!({"UserId": 7})).unwrap_err();
    assert!(wrong.to_string().contains("UserId"), "{wrong}");
}
