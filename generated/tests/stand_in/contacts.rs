//! Contacts from their start to their end.

use std::collections::HashMap;

use amazon_connect::Exception;
use amazon_connect::primitives::DateTime;
use amazon_connect::testing::StandIn;
use amazon_connect::types::{
    Channel, ContactInitiationMethod, ParticipantDetails, SearchContactsTimeRange, SearchContactsTimeRangeType,
};

use super::life::instance;

#[tokio::test]
async fn a_task_is_started_paused_resumed_transferred_and_stopped() {
    let stand_in = StandIn::options().seed(5).start().unwrap();
    let made = instance(&stand_in).await;
    let (client, id) = (&made.client, &made.id);
    let task = client.start_task_contact().instance_id(id).name("call back").contact_flow_id(&made.flow);
    let task = task.send().await.unwrap().contact_id.unwrap();
    client.pause_contact().instance_id(id).contact_id(&task).send().await.unwrap();
    stand_in.advance(30.0).unwrap();
    client.resume_contact().instance_id(id).contact_id(&task).send().await.unwrap();
    let described = client.describe_contact().instance_id(id).contact_id(&task).send().await.unwrap().contact.unwrap();
    assert_eq!((described.channel, described.total_pause_count), (Some(Channel::Task), Some(1)));
    assert!(described.total_pause_duration_in_seconds >= Some(30));

    let moved =
        client.transfer_contact().instance_id(id).contact_id(&task).contact_flow_id(&made.flow).send().await.unwrap();
    let next = moved.contact_id.unwrap();
    let described = client.describe_contact().instance_id(id).contact_id(&next).send().await.unwrap().contact.unwrap();
    assert_eq!(described.initiation_method, Some(ContactInitiationMethod::Transfer));
    assert_eq!(
        (described.previous_contact_id.as_deref(), described.initial_contact_id.as_deref()),
        (Some(&*task), Some(&*task))
    );

    client.stop_contact().instance_id(id).contact_id(&next).send().await.unwrap();
    let again = client.pause_contact().instance_id(id).contact_id(&next).send().await.unwrap_err();
    assert_eq!(again.status().map(|status| status / 100), Some(4), "{again}");
}

#[tokio::test]
async fn a_chat_has_attributes_and_is_found() {
    let stand_in = StandIn::options().seed(6).start().unwrap();
    let made = instance(&stand_in).await;
    let (client, id) = (&made.client, &made.id);
    let person = ParticipantDetails::builder().display_name("Ana").build();
    let chat = client.start_chat_contact().instance_id(id).contact_flow_id(&made.flow).participant_details(person);
    let chat = chat.attributes("order", "17").send().await.unwrap();
    assert!(chat.participant_token.is_some());
    let chat = chat.contact_id.unwrap();
    client
        .update_contact_attributes()
        .instance_id(id)
        .initial_contact_id(&chat)
        .attributes("stage", "two")
        .send()
        .await
        .unwrap();
    let attributes = client.get_contact_attributes().instance_id(id).initial_contact_id(&chat).send().await.unwrap();
    let wanted =
        HashMap::from([("order", "17"), ("stage", "two")].map(|(key, value)| (key.to_owned(), value.to_owned())));
    assert_eq!(attributes.attributes, Some(wanted));

    let at = |seconds: f64| DateTime::from_secs_f64(stand_in.now() + seconds).unwrap();
    let range = SearchContactsTimeRange::builder().r#type(SearchContactsTimeRangeType::InitiationTimestamp);
    let range = range.start_time(at(-600.0)).end_time(at(600.0)).build();
    let found = client.search_contacts().instance_id(id).time_range(range).send().await.unwrap();
    assert_eq!(found.total_count, Some(1));
    assert_eq!(found.contacts[0].id.as_deref(), Some(&*chat));

    let missing = client.describe_contact().instance_id(id).contact_id("none").send().await.unwrap_err();
    assert!(matches!(missing.exception(), Some(Exception::ResourceNotFoundException(_))), "{missing}");
}
