//! The life of an instance at two services that keep it: the stand-in, and moto's server, a peer that is not ours.
//!
//! `cargo xtask conformance moto` starts moto's. With a server that runs already:
//! `MOTO_ENDPOINT=http://127.0.0.1:5000 cargo test -p amazon-connect --all-features --test main moto -- --ignored`.

use amazon_connect::credentials::Credentials;
use amazon_connect::types::{DirectoryType, InstanceStatus, InstanceSummary};
use amazon_connect::{Client, Config, Error, Exception};

/// Runs functions as tests at both.
macro_rules! at_both {
    ($($test:ident),* $(,)?) => {$(
        mod $test {
            #[tokio::test]
            #[ignore = "needs moto's server at MOTO_ENDPOINT"]
            async fn at_moto() {
                super::$test(&super::moto()).await.unwrap();
            }

            #[cfg(feature = "stand_in")]
            #[tokio::test]
            async fn at_the_stand_in() {
                // A seed lets time pass by calls, in which an instance becomes active.
                let stand_in = amazon_connect::testing::StandIn::options().seed(1).start().unwrap();
                super::$test(&super::Client::new(&stand_in.config())).await.unwrap();
            }
        }
    )*};
}

at_both! {
    an_instance_is_created_described_and_deleted,
    instances_are_listed_page_by_page,
    an_instance_is_tagged_by_its_arn_and_untagged,
    a_missing_instance_is_a_typed_exception,
}

fn moto() -> Client {
    let endpoint = std::env::var("MOTO_ENDPOINT").expect("MOTO_ENDPOINT says where moto's server is");
    let config = Config::new()
        .region("us-west-2")
        .endpoint_url(endpoint)
        .credentials(Credentials::new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"));
    Client::new(&config)
}

async fn create(client: &Client, alias: &str) -> Result<(String, String), Error> {
    let call = client.create_instance().identity_management_type(DirectoryType::ConnectManaged).instance_alias(alias);
    let call = call.inbound_calls_enabled(true).outbound_calls_enabled(false).tags("made-by", "a test");
    let made = call.send().await?;
    Ok((made.id.expect("an id"), made.arn.expect("an ARN")))
}

async fn an_instance_is_created_described_and_deleted(client: &Client) -> Result<(), Error> {
    let (id, arn) = create(client, "life").await?;
    let instance = client.describe_instance().instance_id(&id).send().await?.instance.expect("the instance");
    assert_eq!(instance.id.as_deref(), Some(&*id));
    assert_eq!(instance.arn.as_deref(), Some(&*arn));
    assert_eq!(instance.instance_alias.as_deref(), Some("life"));
    assert_eq!(instance.identity_management_type, Some(DirectoryType::ConnectManaged));
    assert_eq!(instance.instance_status, Some(InstanceStatus::Active));
    assert_eq!((instance.inbound_calls_enabled, instance.outbound_calls_enabled), (Some(true), Some(false)));
    assert_eq!(instance.tags.expect("tags")["made-by"], "a test");
    assert!(instance.created_time.expect("a time").secs() > 1_700_000_000);

    client.delete_instance().instance_id(&id).send().await?;
    assert!(not_found(&client.describe_instance().instance_id(&id).send().await.expect_err("it is gone")));
    Ok(())
}

async fn instances_are_listed_page_by_page(client: &Client) -> Result<(), Error> {
    let mut ids = Vec::new();
    for alias in ["page-a", "page-b", "page-c", "page-d", "page-e"] {
        ids.push(create(client, alias).await?.0);
    }
    let mut found = Vec::new();
    let mut instances = client.list_instances().max_results(2).into_paginator().items();
    while let Some(InstanceSummary { id, .. }) = instances.next().await.transpose()? {
        found.extend(id);
    }
    for id in ids {
        assert_eq!(found.iter().filter(|one| **one == id).count(), 1, "{id} in {found:?}");
        client.delete_instance().instance_id(&id).send().await?;
    }
    Ok(())
}

async fn an_instance_is_tagged_by_its_arn_and_untagged(client: &Client) -> Result<(), Error> {
    let (id, arn) = create(client, "tags").await?;
    client.tag_resource().resource_arn(&arn).tags("a b", "c/ü%+").tags("d", "").send().await?;
    let tags = client.list_tags_for_resource().resource_arn(&arn).send().await?.tags.expect("tags");
    assert_eq!(tags["a b"], "c/ü%+");
    assert_eq!(tags.len(), 3);

    client.untag_resource().resource_arn(&arn).tag_keys(["a b", "made-by"]).send().await?;
    let tags = client.list_tags_for_resource().resource_arn(&arn).send().await?.tags.expect("tags");
    assert_eq!(tags.into_iter().collect::<Vec<_>>(), [("d".to_owned(), String::new())]);
    client.delete_instance().instance_id(&id).send().await.map(|_| ())
}

async fn a_missing_instance_is_a_typed_exception(client: &Client) -> Result<(), Error> {
    let id = "11111111-2222-3333-4444-555555555555";
    let error = client.describe_instance().instance_id(id).send().await.expect_err("there is none");
    assert_eq!(error.status(), Some(404));
    assert_eq!(error.attempts(), 1);
    assert!(error.to_string().contains("DescribeInstance: 404 ResourceNotFoundException"), "{error}");
    assert!(not_found(&error));
    Ok(())
}

fn not_found(error: &Error) -> bool {
    matches!(error.exception(), Some(Exception::ResourceNotFoundException(_))) && error.message().is_some()
}
