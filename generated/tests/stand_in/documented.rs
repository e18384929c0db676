//! What AWS's documentation says of operations, and no shape of the model does.

use std::time::SystemTime;

use amazon_connect::primitives::DateTime;
use amazon_connect::testing::StandIn;
use amazon_connect::types::{
    ContactFlowStatus, ContactFlowType, FileStatusType, FileUseCaseType, HierarchyGroupCondition,
    HierarchyGroupMatchType, HierarchyLevelUpdate, HierarchyStructureUpdate, OutboundCallerConfig,
    PhoneNumberCountryCode, PhoneNumberQuickConnectConfig, PhoneNumberType, PhoneNumberWorkflowStatus,
    QuickConnectConfig, QuickConnectType, RoutingProfileSearchCriteria, StringComparisonType, StringCondition,
    UserSearchCriteria,
};
use amazon_connect::{Client, Exception};
use http::StatusCode;

use super::life::{FLOW, Instance, instance};
use super::support::{raw, request};

/// The path and query of a URL of the stand-in.
fn target(stand_in: &StandIn, url: &str) -> String {
    url.strip_prefix(&stand_in.url()).expect("a URL of the stand-in").to_owned()
}

#[tokio::test]
async fn a_file_is_uploaded_to_its_url_and_downloaded_when_it_is_approved() {
    let stand_in = StandIn::start().unwrap();
    let made = instance(&stand_in).await;
    let contact = format!("arn:aws:connect:us-east-1:111122223333:instance/{}/contact/c", made.id);
    let start = made.client.start_attached_file_upload().instance_id(&made.id).file_name("a.txt").file_size_in_bytes(3);
    let start = start.file_use_case_type(FileUseCaseType::Attachment).associated_resource_arn(&contact);
    let started = start.send().await.unwrap();
    let upload = started.upload_url_metadata.unwrap();
    assert_eq!(upload.headers_to_include.unwrap()["content-length"], "3");
    assert!(upload.url_expiry.is_some());
    let id = started.file_id.unwrap();
    let get = || made.client.get_attached_file().instance_id(&made.id).file_id(&id).associated_resource_arn(&contact);
    assert_eq!(get().send().await.unwrap().download_url_metadata, None);

    let url = target(&stand_in, &upload.url.unwrap());
    assert_eq!(request(&stand_in, "GET", &url, b"").status, 404);
    assert_eq!(request(&stand_in, "PUT", &url, b"abcd").status, 403);
    assert_eq!(request(&stand_in, "PUT", &url, b"abc").status, 200);
    assert_eq!(request(&stand_in, "POST", &url, b"abc").status, StatusCode::METHOD_NOT_ALLOWED);
    let complete = made.client.complete_attached_file_upload().instance_id(&made.id).file_id(&id);
    complete.associated_resource_arn(&contact).send().await.unwrap();
    let file = get().send().await.unwrap();
    assert_eq!(file.file_status, Some(FileStatusType::Approved));
    let url = target(&stand_in, &file.download_url_metadata.unwrap().url.unwrap());
    assert_eq!(request(&stand_in, "GET", &url, b"").body, b"abc");
    assert_eq!(request(&stand_in, "GET", &format!("{url}x"), b"").status, 404);
}

/// Whoever reaches the stand-in by another name, as from a container, gets URLs of that name, until their time is over.
#[tokio::test]
async fn the_url_of_a_file_has_the_name_that_was_asked_and_expires() {
    let stand_in = StandIn::start().unwrap();
    let made = instance(&stand_in).await;
    let body = br#"{"FileName": "a", "FileSizeInBytes": 1, "FileUseCaseType": "ATTACHMENT", "UrlExpiryInSeconds": 5}"#;
    let path = format!("/attached-files/{}?associatedResourceArn=arn%3Aaws%3Ax", made.id);
    let head = format!(
        "PUT {path} HTTP/1.1\r\nhost: stand-in:8080\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    let answer = raw(&stand_in, &[head.as_bytes(), body].concat()).unwrap();
    let url = answer.json()["UploadUrlMetadata"]["Url"].as_str().unwrap().to_owned();
    let path = url.strip_prefix("http://stand-in:8080").unwrap_or_else(|| panic!("{url}"));
    stand_in.advance(6.0).unwrap();
    assert_eq!(request(&stand_in, "PUT", path, b"a").status, 403);
}

async fn claim(made: &Instance, target: &str, number: &str) -> Result<String, amazon_connect::Error> {
    let claimed = made.client.claim_phone_number().target_arn(target).phone_number(number).send().await?;
    Ok(claimed.phone_number_id.unwrap())
}

async fn arn(client: &Client, instance: &str) -> String {
    client.describe_instance().instance_id(instance).send().await.unwrap().instance.unwrap().arn.unwrap()
}

#[tokio::test]
async fn a_number_that_is_found_is_claimed_and_belongs_to_its_instance() {
    let stand_in = StandIn::start().unwrap();
    let made = instance(&stand_in).await;
    let client = &made.client;
    let own = arn(client, &made.id).await;
    let search = || {
        let call = client.search_available_phone_numbers().target_arn(&own);
        call.phone_number_country_code(PhoneNumberCountryCode::Ch).phone_number_type(PhoneNumberType::TollFree)
    };
    let first = search().max_results(2).send().await.unwrap();
    let number = first.available_numbers_list.unwrap()[0].phone_number.clone().unwrap();
    assert!(number.starts_with("+41800"), "{number}");
    assert!(first.next_token.is_some());
    let id = claim(&made, &own, &number).await.unwrap();
    let found = client.describe_phone_number().phone_number_id(&id).send().await.unwrap();
    let found = found.claimed_phone_number_summary.unwrap();
    assert_eq!(found.phone_number_country_code, Some(PhoneNumberCountryCode::Ch));
    assert_eq!(found.phone_number_type, Some(PhoneNumberType::TollFree));
    assert_eq!(found.phone_number_status.unwrap().status, Some(PhoneNumberWorkflowStatus::Claimed));
    assert_eq!((found.instance_id.as_deref(), found.target_arn.as_deref()), (Some(&*made.id), Some(&*own)));
    let again = search().send().await.unwrap().available_numbers_list.unwrap();
    assert!(again.iter().all(|found| found.phone_number.as_deref() != Some(&*number)));
    let prefixed = search().phone_number_prefix("+4144").send().await.unwrap().available_numbers_list.unwrap();
    assert!(prefixed.iter().all(|found| found.phone_number.as_deref().unwrap().starts_with("+4144")));

    let nowhere = claim(&made, &format!("{own}x"), "+12065550100").await.unwrap_err();
    assert!(matches!(nowhere.exception(), Some(Exception::ResourceNotFoundException(_))), "{nowhere}");
    let neither = client.claim_phone_number().phone_number("+12065550100").send().await.unwrap_err();
    assert!(matches!(neither.exception(), Some(Exception::InvalidParameterException(_))), "{neither}");
}

#[tokio::test]
async fn the_numbers_of_an_instance_are_listed_and_go_with_it() {
    let stand_in = StandIn::start().unwrap();
    let made = instance(&stand_in).await;
    let client = &made.client;
    let call = client.create_instance().identity_management_type("CONNECT_MANAGED").instance_alias("other");
    let other = call.inbound_calls_enabled(true).outbound_calls_enabled(true).send().await.unwrap().id.unwrap();
    let own = claim(&made, &arn(client, &made.id).await, "+12065550100").await.unwrap();
    let theirs = claim(&made, &arn(client, &other).await, "+12065550101").await.unwrap();
    let listed = |instance: &str| client.list_phone_numbers().instance_id(instance).send();
    let ids = |listed: amazon_connect::operation::list_phone_numbers::ListPhoneNumbersResponse| -> Vec<String> {
        listed.phone_number_summary_list.unwrap_or_default().into_iter().filter_map(|number| number.id).collect()
    };
    assert_eq!(ids(listed(&made.id).await.unwrap()), [own.as_str()]);
    assert_eq!(ids(listed(&other).await.unwrap()), [theirs.as_str()]);
    let none = listed("11111111-2222-3333-4444-555555555555").await.unwrap_err();
    assert!(matches!(none.exception(), Some(Exception::ResourceNotFoundException(_))), "{none}");
    client.update_phone_number().phone_number_id(&theirs).instance_id(&made.id).send().await.unwrap();
    assert_eq!(ids(listed(&made.id).await.unwrap()).len(), 2);
    client.delete_instance().instance_id(&made.id).send().await.unwrap();
    let gone = client.describe_phone_number().phone_number_id(&own).send().await.unwrap_err();
    assert!(matches!(gone.exception(), Some(Exception::ResourceNotFoundException(_))), "{gone}");
}

/// Every country of the model has a code, and numbers of it tell the country, but where countries share a code.
#[tokio::test]
async fn every_country_has_numbers() {
    let stand_in = StandIn::start().unwrap();
    let made = instance(&stand_in).await;
    let own = arn(&made.client, &made.id).await;
    let mut shared = 0;
    for country in PhoneNumberCountryCode::values() {
        let call = made.client.search_available_phone_numbers().target_arn(&own).max_results(1);
        let call = call.phone_number_country_code(*country).phone_number_type(PhoneNumberType::Did);
        let found = call.send().await.unwrap().available_numbers_list.unwrap();
        // Where a country shares a code with one before it, the number of that may be claimed already.
        let number = found[0].phone_number.clone().unwrap();
        let id = claim(&made, &own, &number).await.unwrap();
        let found = made.client.describe_phone_number().phone_number_id(id).send().await.unwrap();
        let told = found.claimed_phone_number_summary.unwrap().phone_number_country_code.unwrap();
        shared += usize::from(told.as_str() != *country);
    }
    assert!(shared < 30, "{shared}");
}

#[tokio::test]
async fn content_of_a_flow_is_checked_where_it_is_published() {
    let stand_in = StandIn::start().unwrap();
    let made = instance(&stand_in).await;
    let (client, id) = (&made.client, &made.id);
    let create = |name: &str, content: &str| {
        client.create_contact_flow().instance_id(id).name(name).r#type(ContactFlowType::ContactFlow).content(content)
    };
    let unknown = r#"{"Version": "1", "StartAction": "a", "Actions": [{"Identifier": "a", "Type": "Wait", "Transitions": {"NextAction": "b"}}]}"#;
    for (content, problem) in [("{", "not JSON"), ("{}", "Actions"), (unknown, "\"b\"")] {
        let error = create("one", content).send().await.unwrap_err();
        let Some(Exception::InvalidContactFlowException(exception)) = error.exception() else { panic!("{error}") };
        let problems = exception.problems.as_ref().unwrap();
        assert!(problems[0].message.as_ref().unwrap().contains(problem), "{problems:?}");
    }
    let saved = create("one", "{").status(ContactFlowStatus::Saved).send().await.unwrap().contact_flow_id.unwrap();
    let describe = |id: String| client.describe_contact_flow().instance_id(&made.id).contact_flow_id(id).send();
    let error = describe(saved.clone()).await.unwrap_err();
    assert!(matches!(error.exception(), Some(Exception::ContactFlowNotPublishedException(_))), "{error}");
    let found = describe(format!("{saved}:$SAVED")).await.unwrap().contact_flow.unwrap();
    assert_eq!((found.content.as_deref(), found.status), (Some("{"), Some(ContactFlowStatus::Saved)));
    let update = |id: String, content: &str| {
        client.update_contact_flow_content().instance_id(&made.id).contact_flow_id(id).content(content).send()
    };
    assert!(update(saved.clone(), "{").await.is_err());
    update(saved.clone(), FLOW).await.unwrap();
    update(format!("{saved}:$SAVED"), "draft").await.unwrap();
    assert_eq!(describe(saved.clone()).await.unwrap().contact_flow.unwrap().content.as_deref(), Some(FLOW));
    let draft = describe(format!("{saved}:$SAVED")).await.unwrap().contact_flow.unwrap();
    assert_eq!(draft.content.as_deref(), Some("draft"));
}

#[tokio::test]
async fn a_version_of_a_flow_keeps_its_content() {
    let stand_in = StandIn::start().unwrap();
    let made = instance(&stand_in).await;
    let (client, id, flow) = (&made.client, &made.id, &made.flow);
    let describe = |flow: String| client.describe_contact_flow().instance_id(id).contact_flow_id(flow).send();
    let first = describe(flow.clone()).await.unwrap().contact_flow.unwrap().content;
    let version = client.create_contact_flow_version().instance_id(id).contact_flow_id(flow).send().await.unwrap();
    assert_eq!(version.version, Some(1));
    client.update_contact_flow_content().instance_id(id).contact_flow_id(flow).content(FLOW).send().await.unwrap();
    let found = describe(format!("{flow}:1")).await.unwrap().contact_flow.unwrap();
    assert_eq!((found.content, found.version), (first, Some(1)));
    assert_eq!(found.id.as_deref(), Some(&**flow));
    assert!(found.arn.unwrap().ends_with(&format!("/{flow}:1")));
    assert_eq!(describe(flow.clone()).await.unwrap().contact_flow.unwrap().content.as_deref(), Some(FLOW));
    let error = describe(format!("{flow}:9")).await.unwrap_err();
    assert!(matches!(error.exception(), Some(Exception::ResourceNotFoundException(_))), "{error}");
}

#[tokio::test]
async fn a_start_of_a_contact_is_checked() {
    let stand_in = StandIn::start().unwrap();
    let made = instance(&stand_in).await;
    let task = || made.client.start_task_contact().instance_id(&made.id).name("task");
    let invalid = |error: amazon_connect::Error, text: &str| {
        assert!(matches!(error.exception(), Some(Exception::InvalidParameterException(_))), "{error}");
        assert!(error.message().unwrap().contains(text), "{error}");
    };
    invalid(task().send().await.unwrap_err(), "ContactFlowId");
    invalid(task().contact_flow_id(&made.flow).task_template_id("t").send().await.unwrap_err(), "2 are given");
    let large = task().contact_flow_id(&made.flow).attributes("a", "x".repeat(32_000)).attributes("b", "x".repeat(800));
    invalid(large.send().await.unwrap_err(), "32768");
    let at = |days: i64| {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
        DateTime::from_secs(i64::try_from(now.as_secs()).unwrap() + days * 86_400)
    };
    for days in [-1, 7] {
        let call = task().contact_flow_id(&made.flow).scheduled_time(at(days));
        invalid(call.send().await.unwrap_err(), "within six days");
    }
    let contact = task().contact_flow_id(&made.flow).scheduled_time(at(5)).send().await.unwrap().contact_id.unwrap();
    let later = made.client.update_contact_schedule().instance_id(&made.id).contact_id(contact).scheduled_time(at(7));
    invalid(later.send().await.unwrap_err(), "within six days");
    let call = made.client.start_outbound_voice_contact().instance_id(&made.id).contact_flow_id(&made.flow);
    invalid(call.destination_phone_number("+12065550100").send().await.unwrap_err(), "SourcePhoneNumber");
}

fn condition(field: &str, value: &str) -> StringCondition {
    let condition = StringCondition::builder().field_name(field).value(value);
    condition.comparison_type(StringComparisonType::Exact).build()
}

#[tokio::test]
async fn searches_know_the_fields_that_are_documented_and_refuse_others() {
    let stand_in = StandIn::start().unwrap();
    let made = instance(&stand_in).await;
    let user = made.user("jane").await.unwrap();
    let users = |field: &str, value: &str| {
        let criteria = UserSearchCriteria::builder().string_condition(condition(field, value)).build();
        made.client.search_users().instance_id(&made.id).search_criteria(criteria).send()
    };
    for (field, value) in [
        ("Username", "jane"),
        ("RoutingProfileId", &made.profile),
        ("SecurityProfileId", &made.security),
        ("resourceId", &user),
    ] {
        assert_eq!(users(field, value).await.unwrap().approximate_total_count, Some(1), "{field}");
    }
    // No user has a first name yet, but there is such a field.
    assert_eq!(users("FirstName", "Jane").await.unwrap().approximate_total_count, Some(0));
    let error = users("Usrname", "jane").await.unwrap_err();
    assert!(matches!(error.exception(), Some(Exception::InvalidParameterException(_))), "{error}");
    assert!(error.message().unwrap().contains("\"Usrname\""), "{error}");

    let queues = made.client.list_routing_profile_queues().instance_id(&made.id).routing_profile_id(&made.profile);
    let queue = queues.send().await.unwrap().routing_profile_queue_config_summary_list.unwrap()[0].queue_id.clone();
    let criteria = RoutingProfileSearchCriteria::builder().string_condition(condition("associatedQueueIds", &queue));
    let found = made.client.search_routing_profiles().instance_id(&made.id).search_criteria(criteria.build());
    assert_eq!(found.send().await.unwrap().approximate_total_count, Some(1));
}

#[tokio::test]
async fn a_hierarchy_group_has_a_level_and_a_path_and_is_searched_with_its_children() {
    let stand_in = StandIn::start().unwrap();
    let made = instance(&stand_in).await;
    let (client, id) = (&made.client, &made.id);
    let level = |name: &str| HierarchyLevelUpdate::builder().name(name).build();
    let levels = HierarchyStructureUpdate::builder().level_one(level("Site")).level_two(level("Team")).build();
    client.update_user_hierarchy_structure().instance_id(id).hierarchy_structure(levels).send().await.unwrap();
    let create = |name: &str| client.create_user_hierarchy_group().instance_id(id).name(name);
    let site = create("Oslo").send().await.unwrap().hierarchy_group_id.unwrap();
    let team = create("Sales").parent_group_id(&site).send().await.unwrap().hierarchy_group_id.unwrap();
    client
        .update_user_hierarchy_group_name()
        .instance_id(id)
        .hierarchy_group_id(&site)
        .name("Bergen")
        .send()
        .await
        .unwrap();
    let found = client.describe_user_hierarchy_group().instance_id(id).hierarchy_group_id(&team).send().await.unwrap();
    let found = found.hierarchy_group.unwrap();
    let structure = client.describe_user_hierarchy_structure().instance_id(id).send().await.unwrap();
    assert_eq!(found.level_id, structure.hierarchy_structure.unwrap().level_two.unwrap().id);
    let path = found.hierarchy_path.unwrap();
    assert_eq!(path.level_one.unwrap().name.as_deref(), Some("Bergen"));
    assert_eq!(path.level_two.unwrap().id.as_deref(), Some(&*team));
    let user = made.user("jane").await.unwrap();
    client.update_user_hierarchy().instance_id(id).user_id(user).hierarchy_group_id(&team).send().await.unwrap();
    for (group, kind, count) in [
        (&site, HierarchyGroupMatchType::WithChildGroups, 1),
        (&site, HierarchyGroupMatchType::Exact, 0),
        (&team, HierarchyGroupMatchType::WithChildGroups, 1),
    ] {
        let condition = HierarchyGroupCondition::builder().value(group).hierarchy_group_match_type(kind).build();
        let criteria = UserSearchCriteria::builder().hierarchy_group_condition(condition).build();
        let found = client.search_users().instance_id(id).search_criteria(criteria).send().await.unwrap();
        assert_eq!(found.approximate_total_count, Some(count), "{group}");
    }
}

#[tokio::test]
async fn a_resource_that_is_deleted_leaves_the_lists_of_others() {
    let stand_in = StandIn::start().unwrap();
    let made = instance(&stand_in).await;
    let (client, id) = (&made.client, &made.id);
    let queue = made.queue("queue").await.unwrap();
    let phone = PhoneNumberQuickConnectConfig::builder().phone_number("+12065550100").build();
    let config = QuickConnectConfig::builder().quick_connect_type(QuickConnectType::PhoneNumber);
    let create =
        |name: &str, config| client.create_quick_connect().instance_id(id).name(name).quick_connect_config(config);
    let error = create("none", config.clone().build()).send().await.unwrap_err();
    assert!(matches!(error.exception(), Some(Exception::InvalidParameterException(_))), "{error}");
    let config = config.phone_config(phone).build();
    let one = create("one", config.clone()).send().await.unwrap().quick_connect_id.unwrap();
    let other = create("other", config).send().await.unwrap().quick_connect_id.unwrap();
    let call = client.associate_queue_quick_connects().instance_id(id).queue_id(&queue);
    call.quick_connect_ids([&one, &other]).send().await.unwrap();
    client.delete_quick_connect().instance_id(id).quick_connect_id(&one).send().await.unwrap();
    let listed = client.list_queue_quick_connects().instance_id(id).queue_id(&queue).send().await.unwrap();
    let listed = listed.quick_connect_summary_list.unwrap();
    assert_eq!(listed.iter().map(|found| found.id.as_deref()).collect::<Vec<_>>(), [Some(&*other)]);

    let caller = OutboundCallerConfig::builder().outbound_caller_id_number_id("nope").build();
    let call = client.update_queue_outbound_caller_config().instance_id(id).queue_id(&queue);
    let error = call.outbound_caller_config(caller).send().await.unwrap_err();
    assert!(matches!(error.exception(), Some(Exception::ResourceNotFoundException(_))), "{error}");
}
