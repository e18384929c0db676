//! A service of a few lines, and its tests without AWS: `cargo test --features mock --example tested_service`.
//!
//! The tests run the real path of a call: the request is built, signed, retried and paged, and the response is decoded.

use amazon_connect::operation::describe_contact::DescribeContactRequest;
use amazon_connect::operation::list_users::ListUsersRequest;
use amazon_connect::testing::{Fault, Mock, json};
use amazon_connect::{Client, Error};

/// What a program of yours does with Connect.
struct Directory {
    client: Client,
    instance: String,
}

impl Directory {
    /// The names of all users.
    async fn user_names(&self) -> Result<Vec<String>, Error> {
        let mut users = self.client.list_users().instance_id(&self.instance).into_paginator().items();
        let mut names = Vec::new();
        while let Some(user) = users.next().await {
            names.extend(user?.username);
        }
        Ok(names)
    }

    /// The channel of a contact; `None` where there is no such contact.
    async fn channel(&self, contact: &str) -> Result<Option<String>, Error> {
        let call = self.client.describe_contact().instance_id(&self.instance).contact_id(contact);
        match call.send().await {
            Ok(response) => Ok(response.contact.and_then(|contact| contact.channel).map(|channel| channel.to_string())),
            Err(error) if error.code() == Some("ResourceNotFoundException") => Ok(None),
            Err(error) => Err(error),
        }
    }
}

fn directory(mock: &Mock) -> Directory {
    Directory { client: mock.client(), instance: "instance-1".to_owned() }
}

#[tokio::test]
async fn all_pages_are_read() {
    let mock = Mock::new();
    let users = ["ann", "bob", "cyd"].map(|name| json!({"Username": name}));
    mock.on::<ListUsersRequest>().pages_json(users, 2);

    assert_eq!(directory(&mock).user_names().await.unwrap(), ["ann", "bob", "cyd"]);
    assert_eq!(mock.calls::<ListUsersRequest>().len(), 2);
}

#[tokio::test]
async fn a_contact_that_is_not_there_is_none() {
    let mock = Mock::new();
    let channel = json!({"Contact": {"Channel": "VOICE"}});
    mock.on::<DescribeContactRequest>().with(json!({"ContactId": "c-1"})).answer_json(channel);
    mock.on::<DescribeContactRequest>().fail(("ResourceNotFoundException", "no such contact"));

    assert_eq!(directory(&mock).channel("c-1").await.unwrap().as_deref(), Some("VOICE"));
    assert_eq!(directory(&mock).channel("c-2").await.unwrap(), None);
}

#[tokio::test]
async fn a_call_is_repeated_after_throttling_and_a_broken_connection() {
    let mock = Mock::new();
    mock.on::<DescribeContactRequest>().once().fail(("ThrottlingException", "slow down"));
    mock.on::<DescribeContactRequest>().once().lose_response().answer_empty();
    mock.on::<DescribeContactRequest>().once().set(|output| output.contact = Some(Default::default()));

    assert_eq!(directory(&mock).channel("c-1").await.unwrap(), None);
    assert_eq!(mock.calls::<DescribeContactRequest>()[0].attempts.len(), 3);
    // Dropping the mock verifies that each of the rules was used once.
}

/// An example has a `main`; this one shows the same without a test.
#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mock = Mock::new();
    mock.on::<ListUsersRequest>().once().fail(Fault::refused());
    mock.on::<ListUsersRequest>().pages_json([json!({"Username": "ann"})], 10);
    mock.on::<DescribeContactRequest>().answer_json(json!({"Contact": {"Channel": "CHAT"}}));
    let directory = directory(&mock);
    println!("{:?} {:?}", directory.user_names().await?, directory.channel("c-1").await?);
    mock.verify()?;
    Ok(())
}
