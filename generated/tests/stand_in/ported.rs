//! The programs of `tests/port`, from end to end: each does its work at a stand-in.

use amazon_connect::sdk::Client;
use amazon_connect::testing::StandIn;
use amazon_connect::testing::stand_in::{Fault, FaultKind};
use serde_json::json;

use super::life::{instance, instance_of};
use crate::port::{
    contact_attributes, contact_flows, hours, list_users, metrics, onboard_user, outbound_call, queues, quick_connects,
    search_users,
};

#[tokio::test]
async fn agents_are_onboarded_listed_and_found() {
    let stand_in = StandIn::options().seed(1).start().unwrap();
    let made = instance_of(&stand_in, amazon_connect::types::DirectoryType::Saml).await;
    let client = Client::from(made.client.clone());
    let attribute = made.client.create_predefined_attribute().instance_id(&made.id).name("language");
    let values = amazon_connect::types::PredefinedAttributeValues::StringList(vec!["German".to_owned()]);
    attribute.values(values).send().await.unwrap();
    for (name, desk_phone) in [("ada", None), ("adele", Some("+15555550100".to_owned())), ("grace", None)] {
        let agent = onboard_user::Agent {
            username: name.to_owned(),
            first_name: name.to_owned(),
            last_name: "Agent".to_owned(),
            desk_phone,
            skills: vec![("language".to_owned(), "German".to_owned(), 3.0)],
            ..Default::default()
        };
        let security = vec![made.security.clone()];
        onboard_user::onboard(&client, &made.id, &made.profile, security, &agent).await.unwrap();
    }
    let users = list_users::users(&client, &made.id).await.unwrap();
    assert_eq!(users.iter().filter_map(|user| user.username.as_deref()).collect::<Vec<_>>(), ["ada", "adele", "grace"]);
    list_users::print_users(&client, &made.id).await.unwrap();

    let search = |prefix, profile| search_users::search(&client, &made.id, prefix, profile);
    let found = search("ad", Some(&made.profile)).await.unwrap();
    assert_eq!(found.iter().filter_map(|user| user.username.as_deref()).collect::<Vec<_>>(), ["ada", "adele"]);
    assert_eq!(search("ad", Some("another")).await.unwrap(), []);
    let first = search_users::first(&client, &made.id, "gra").await.unwrap().unwrap();
    assert_eq!(first.identity_info.unwrap().first_name.as_deref(), Some("grace"));
    assert_eq!(first.tags.unwrap()["created-by"], "onboarding");
}

#[tokio::test]
async fn hours_queues_and_quick_connects_are_kept() {
    let stand_in = StandIn::options().seed(2).start().unwrap();
    let made = instance(&stand_in).await;
    let client = Client::from(made.client.clone());
    let id = hours::create(&client, &made.id, "Office", "Europe/Berlin", (8, 17)).await.unwrap().unwrap();
    hours::print(&client, &made.id, &id).await.unwrap();

    let queue = made.queue("support").await.unwrap();
    let numbers = [("Front desk", "+15555550100"), ("Lab", "+15555550101")];
    let associate = |count| quick_connects::associate(&client, &made.id, &queue, &numbers[..count]);
    assert_eq!(associate(1).await.unwrap(), 1);
    // The first is known by now.
    assert_eq!(associate(2).await.unwrap(), 2);
    let held = made.client.list_queue_quick_connects().instance_id(&made.id).queue_id(&queue).send().await.unwrap();
    let held = held.quick_connect_summary_list.unwrap();
    assert_eq!(held.iter().filter_map(|one| one.name.as_deref()).collect::<Vec<_>>(), ["Front desk", "Lab"]);

    let all = queues::queues(&client, &made.id).await.unwrap();
    assert_eq!(all.iter().filter_map(|queue| queue.name.as_deref()).collect::<Vec<_>>(), ["BasicQueue", "support"]);
    assert!(queues::disable(&client, &made.id, &all[1]).await.unwrap());
    let all = queues::queues(&client, &made.id).await.unwrap();
    assert!(!queues::disable(&client, &made.id, &all[1]).await.unwrap());
}

#[tokio::test]
async fn flows_are_exported_from_one_instance_and_imported_into_another() {
    let (one, other) = (StandIn::options().seed(3).start().unwrap(), StandIn::options().seed(4).start().unwrap());
    let (from, to) = (instance(&one).await, instance(&other).await);
    let (reader, writer) = (Client::from(from.client.clone()), Client::from(to.client.clone()));
    let exported = contact_flows::export(&reader, &from.id).await.unwrap();
    let mut flow = exported.values().next().unwrap().clone();
    flow.name = Some("Imported".to_owned());
    // The service describes a flow without tags by an empty map, and takes none for a new one.
    assert_eq!(flow.tags.take(), Some(Default::default()));
    contact_flows::import(&writer, &to.id, &flow, None).await.unwrap();
    let imported = contact_flows::export(&writer, &to.id).await.unwrap();
    let found = imported.values().find(|one| one.name == flow.name).unwrap();
    assert_eq!(found.content, flow.content);
    contact_flows::import(&writer, &to.id, &flow, found.id.as_deref()).await.unwrap();
    contact_flows::import(&writer, &to.id, &flow, None).await.unwrap_err();
}

#[tokio::test]
async fn customers_are_called_and_contacts_annotated() {
    let stand_in = StandIn::options().seed(5).start().unwrap();
    let made = instance(&stand_in).await;
    let client = Client::from(made.client.clone());
    let call = |flow: &str| {
        let (client, id, flow) = (client.clone(), made.id.clone(), flow.to_owned());
        async move { outbound_call::call(&client, &id, &flow, "+15555550100", "c-1", false).await }
    };
    let outbound_call::Outcome::Started(contact) = call(&made.flow).await.unwrap() else { panic!("no contact") };
    assert_eq!(call("no-flow").await.unwrap(), outbound_call::Outcome::UnknownFlow);
    let refused = FaultKind::Error {
        code: "OutboundContactNotPermittedException".to_owned(),
        status: None,
        message: "not at night".to_owned(),
    };
    stand_in.set_faults(vec![Fault::new(refused).times(1)]).unwrap();
    let outcome = call(&made.flow).await.unwrap();
    assert_eq!(outcome, outbound_call::Outcome::NotPermitted("not at night".to_owned()));

    let (client, id) = (&client, &made.id);
    contact_attributes::annotate(client, id, &contact, &[("mood", "good")], "tests").await.unwrap();
    let attributes = contact_attributes::attributes(client, id, &contact).await.unwrap().unwrap();
    assert_eq!((attributes["customer"].as_str(), attributes["mood"].as_str()), ("c-1", "good"));
    assert_eq!(contact_attributes::attributes(client, id, "nobody").await.unwrap(), None);
}

#[tokio::test]
async fn metrics_are_what_a_test_sets() {
    let stand_in = StandIn::start().unwrap();
    let made = instance(&stand_in).await;
    let client = Client::from(made.client.clone());
    let result = json!({
        "Dimensions": {"QUEUE": "q"},
        "Collections": [{"Metric": {"Name": "CONTACTS_HANDLED"}, "Value": 7.0}],
    });
    stand_in.set_answer("GetMetricDataV2", &json!({"MetricResults": [result]})).unwrap();
    let described = made.client.describe_instance().instance_id(&made.id).send().await.unwrap().instance.unwrap();
    let found = metrics::metrics(&client, described.arn.as_deref().unwrap(), &["q".to_owned()], 2).await.unwrap();
    assert_eq!(found[0].collections()[0].value(), Some(7.0));
    metrics::print(&found);
}
