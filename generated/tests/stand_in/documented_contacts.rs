//! What AWS's documentation says of contacts, users and routing profiles, and no shape of the model does.

use amazon_connect::testing::StandIn;
use amazon_connect::types::{
    Channel, MediaConcurrency, ParticipantDetails, ParticipantDetailsToAdd, ParticipantRole, PhoneType,
    PredefinedAttributeValues, UserPhoneConfig, UserProficiency, VoiceRecordingConfiguration, VoiceRecordingTrack,
};
use amazon_connect::{Error, Exception};

use super::life::{Instance, instance};

async fn task(made: &Instance, previous: Option<&str>, attributes: &[(&str, &str)]) -> Result<String, Error> {
    let call = made.client.start_task_contact().instance_id(&made.id).contact_flow_id(&made.flow).name("task");
    let call = call.previous_contact_id(previous.map(str::to_owned)).attributes_from(attributes.iter().copied());
    Ok(call.send().await?.contact_id.unwrap())
}

async fn attributes(made: &Instance, contact: &str) -> Vec<(String, String)> {
    let call = made.client.describe_contact().instance_id(&made.id).contact_id(contact);
    let described = call.send().await.unwrap().contact.unwrap().attributes.unwrap_or_default();
    let call = made.client.get_contact_attributes().instance_id(&made.id).initial_contact_id(contact);
    assert_eq!(call.send().await.unwrap().attributes.unwrap_or_default(), described);
    let mut all: Vec<_> = described.into_iter().collect();
    all.sort();
    all
}

fn pairs(all: &[(&str, &str)]) -> Vec<(String, String)> {
    all.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[tokio::test]
async fn contacts_of_a_chain_share_attributes_and_related_ones_copy_them() {
    let stand_in = StandIn::start().unwrap();
    let made = instance(&stand_in).await;
    let first = task(&made, None, &[("a", "1")]).await.unwrap();
    let second = task(&made, Some(&first), &[("b", "2")]).await.unwrap();
    let call = made.client.start_task_contact().instance_id(&made.id).contact_flow_id(&made.flow).name("related");
    let related = call.related_contact_id(&second).attributes("c", "3").send().await.unwrap().contact_id.unwrap();
    let update = made.client.update_contact_attributes().instance_id(&made.id).initial_contact_id(&second);
    update.attributes("a", "9").send().await.unwrap();
    assert_eq!(attributes(&made, &first).await, pairs(&[("a", "9"), ("b", "2")]));
    assert_eq!(attributes(&made, &second).await, pairs(&[("a", "9"), ("b", "2")]));
    assert_eq!(attributes(&made, &related).await, pairs(&[("a", "1"), ("b", "2"), ("c", "3")]));
}

#[tokio::test]
async fn a_chain_has_twelve_linked_tasks_and_eleven_transfers() {
    let stand_in = StandIn::start().unwrap();
    let made = instance(&stand_in).await;
    let first = task(&made, None, &[]).await.unwrap();
    for _ in 0..12 {
        task(&made, Some(&first), &[]).await.unwrap();
    }
    let error = task(&made, Some(&first), &[]).await.unwrap_err();
    assert!(matches!(error.exception(), Some(Exception::ServiceQuotaExceededException(_))), "{error}");

    let mut contact = task(&made, None, &[]).await.unwrap();
    let transfer = |contact: String| {
        made.client.transfer_contact().instance_id(&made.id).contact_id(contact).contact_flow_id(&made.flow)
    };
    let error = transfer(contact.clone()).queue_id("q").user_id("u").send().await.unwrap_err();
    assert!(matches!(error.exception(), Some(Exception::InvalidRequestException(_))), "{error}");
    for _ in 0..11 {
        contact = transfer(contact).send().await.unwrap().contact_id.unwrap();
    }
    let error = transfer(contact).send().await.unwrap_err();
    assert!(matches!(error.exception(), Some(Exception::ServiceQuotaExceededException(_))), "{error}");
}

#[tokio::test]
async fn a_contact_does_what_its_channel_allows() {
    let stand_in = StandIn::start().unwrap();
    let made = instance(&stand_in).await;
    let (client, id) = (&made.client, &made.id);
    let refused = |error: Error, text: &str| {
        assert!(matches!(error.exception(), Some(Exception::InvalidRequestException(_))), "{error}");
        assert!(error.message().unwrap().contains(text), "{error}");
    };
    let task = task(&made, None, &[]).await.unwrap();
    let call = client.start_outbound_voice_contact().instance_id(id).contact_flow_id(&made.flow);
    let call = call.destination_phone_number("+12065550100").source_phone_number("+12065550101");
    let voice = call.send().await.unwrap().contact_id.unwrap();
    let details = ParticipantDetails::builder().display_name("Jane").build();
    let chat = client.start_chat_contact().instance_id(id).contact_flow_id(&made.flow).participant_details(details);
    let chat = chat.send().await.unwrap().contact_id.unwrap();

    let transfer = client.transfer_contact().instance_id(id).contact_id(&voice).contact_flow_id(&made.flow);
    refused(transfer.send().await.unwrap_err(), "VOICE cannot be transferred");
    let record = |contact: &str| {
        let track = VoiceRecordingConfiguration::builder().voice_recording_track(VoiceRecordingTrack::All).build();
        let call = client.start_contact_recording().instance_id(id).contact_id(contact).initial_contact_id(contact);
        call.voice_recording_configuration(track).send()
    };
    refused(record(&task).await.unwrap_err(), "TASK cannot be recorded");
    record(&voice).await.unwrap();
    client.stop_contact_recording().instance_id(id).contact_id(&voice).initial_contact_id(&voice).send().await.unwrap();
    // It is a one-time action.
    refused(record(&voice).await.unwrap_err(), "STOPPED");
    let join = |contact: &str| {
        let details = ParticipantDetailsToAdd::builder().participant_role(ParticipantRole::Agent).display_name("Joe");
        let call = client.create_participant().instance_id(id).contact_id(contact);
        call.participant_details(details.build()).send()
    };
    refused(join(&voice).await.unwrap_err(), "VOICE cannot be joined");
    join(&chat).await.unwrap();
    let nothing = client.update_contact().instance_id(id).contact_id(&chat).send().await.unwrap_err();
    assert!(nothing.message().unwrap().contains("nothing to update"), "{nothing}");
    let routing = client.update_contact_routing_data().instance_id(id).contact_id(&chat);
    let both = routing.queue_priority(1).queue_time_adjustment_seconds(1).send().await.unwrap_err();
    assert!(both.message().unwrap().contains("both given"), "{both}");
}

#[tokio::test]
async fn users_have_passwords_and_proficiencies_that_are_predefined() {
    let stand_in = StandIn::start().unwrap();
    let made = instance(&stand_in).await;
    let (client, id) = (&made.client, &made.id);
    let create = |instance: &str| {
        let phone = UserPhoneConfig::builder().phone_type(PhoneType::SoftPhone).build();
        let call = client.create_user().instance_id(instance).username("jane").phone_config(phone);
        call.security_profile_ids([&made.security]).routing_profile_id(&made.profile)
    };
    let error = create(id).send().await.unwrap_err();
    assert!(error.message().unwrap().contains("Password is required"), "{error}");
    let call = client.create_instance().identity_management_type("SAML").instance_alias("saml");
    let saml = call.inbound_calls_enabled(true).outbound_calls_enabled(true).send().await.unwrap().id.unwrap();
    let error = create(&saml).password("Passw0rd").send().await.unwrap_err();
    assert!(error.message().unwrap().contains("managed by SAML"), "{error}");

    let user = made.user("jane").await.unwrap();
    let values = PredefinedAttributeValues::StringList(vec!["en".to_owned()]);
    client.create_predefined_attribute().instance_id(id).name("Language").values(values).send().await.unwrap();
    let associate = |name: &str, value: &str| {
        let proficiency = UserProficiency::builder().attribute_name(name).attribute_value(value).level(3.0).build();
        let call = client.associate_user_proficiencies().instance_id(id).user_id(&user);
        call.user_proficiencies([proficiency]).send()
    };
    let error = associate("Tongue", "en").await.unwrap_err();
    assert!(matches!(error.exception(), Some(Exception::ResourceNotFoundException(_))), "{error}");
    let error = associate("Language", "de").await.unwrap_err();
    assert!(matches!(error.exception(), Some(Exception::InvalidParameterException(_))), "{error}");
    associate("Language", "en").await.unwrap();
    let listed = client.list_user_proficiencies().instance_id(id).user_id(&user).send().await.unwrap();
    assert_eq!(listed.user_proficiency_list.unwrap().len(), 1);
}

#[tokio::test]
async fn an_agent_takes_one_call_at_once() {
    let stand_in = StandIn::start().unwrap();
    let made = instance(&stand_in).await;
    let update = |channel: Channel, count: i32| {
        let media = MediaConcurrency::builder().channel(channel).concurrency(count).build();
        let call = made.client.update_routing_profile_concurrency().instance_id(&made.id);
        call.routing_profile_id(&made.profile).media_concurrencies([media]).send()
    };
    update(Channel::Voice, 1).await.unwrap();
    update(Channel::Chat, 10).await.unwrap();
    for (channel, count) in [(Channel::Voice, 2), (Channel::Task, 0)] {
        let error = update(channel, count).await.unwrap_err();
        assert!(matches!(error.exception(), Some(Exception::InvalidParameterException(_))), "{error}");
    }
}
