//! Calls, pages and items own their client: they are spawned, stored and returned.

use amazon_connect::client::{Items, Paginator, RequestId, Sending};
use amazon_connect::error::Error;
use amazon_connect::operation::describe_contact::{DescribeContactCall, DescribeContactRequest};
use amazon_connect::operation::list_users::{ListUsersRequest, ListUsersResponse};
use amazon_connect::operation::stop_contact::StopContactRequest;
use amazon_connect::testing::Mock;
use amazon_connect::types::UserSummary;
use amazon_connect::{Client, Config};
use tokio::task::JoinSet;

/// A service with four users on two pages, which answers all else by nothing.
fn service() -> Mock {
    let mock = Mock::new();
    let user = |name| UserSummary::builder().username(name).build();
    mock.on::<ListUsersRequest>().pages(["a", "b", "c", "d"].map(user), 2);
    mock.on::<DescribeContactRequest>().answer_empty();
    mock.on::<StopContactRequest>().answer_empty();
    mock
}

/// Values that are `Send` and borrow nothing.
fn owned<T: Send + 'static>(value: T) -> T {
    value
}

/// Parts of a program that hold calls and streams, and know nothing of a client's life.
struct Program {
    call: DescribeContactCall,
    sending: Sending<DescribeContactRequest>,
    pages: Paginator<ListUsersRequest>,
    items: Items<ListUsersRequest>,
}

fn program(client: &Client) -> Program {
    let contact = client.describe_contact().instance_id("i").contact_id("c");
    Program {
        call: client.describe_contact(),
        sending: contact.send(),
        pages: client.list_users().instance_id("i").into_paginator().send(),
        items: client.list_users().instance_id("i").into_paginator().page_size(7).items().send(),
    }
}

async fn names(mut items: Items<ListUsersRequest>) -> Result<Vec<String>, Error> {
    let mut names = Vec::new();
    while let Some(user) = items.try_next().await? {
        names.extend(user.username);
    }
    Ok(names)
}

#[tokio::test]
async fn calls_and_streams_outlive_their_client() {
    let mock = service();
    let Program { call, sending, mut pages, items } = owned(program(&mock.client()));
    assert!(call.instance_id("i").contact_id("c").send().await.is_ok());
    assert!(sending.await.is_ok());
    let first: ListUsersResponse = pages.try_next().await.unwrap().unwrap();
    assert!(first.next_token.is_some());
    assert_eq!(names(items).await.unwrap(), ["a", "b", "c", "d"]);
}

#[tokio::test]
async fn calls_are_spawned_as_they_stand() {
    let mock = service();
    let client: Client = mock.client();
    let task = tokio::spawn(client.list_users().instance_id("i").send());
    assert_eq!(task.await.unwrap().unwrap().user_summary_list.unwrap().len(), 2);
    let mut tasks = JoinSet::new();
    for instance in ["a", "b", "c"] {
        tasks.spawn(client.list_users().instance_id(instance).into_paginator().items().try_collect::<Vec<_>>());
        tasks.spawn({
            let call = client.list_users().instance_id(instance);
            async move { call.send().await.map(|page| page.user_summary_list.unwrap_or_default()) }
        });
    }
    let read: Vec<Result<Vec<UserSummary>, Error>> = tasks.join_all().await;
    assert_eq!(read.iter().map(|users| users.as_ref().unwrap().len()).sum::<usize>(), 3 * (4 + 2));
}

#[tokio::test]
async fn pages_have_the_size_that_is_asked_for_and_are_collected() {
    let mock = service();
    let client: Client = mock.client();
    let pages = client.list_users().instance_id("i").into_paginator().page_size(25);
    let all: Result<Vec<UserSummary>, _> = pages.items().send().collect().await;
    assert_eq!(all.unwrap().len(), 4);
    let calls = mock.calls::<ListUsersRequest>();
    assert!(calls.iter().all(|call| call.input.max_results == Some(25)), "{calls:?}");
}

#[tokio::test]
async fn a_success_has_a_request_id() {
    let mock = service();
    let client: Client = mock.client();
    let sent = client.stop_contact().instance_id("i").contact_id("c").send().with_meta().await.unwrap();
    assert!(RequestId::request_id(&sent).is_some());
    let sent = client.stop_contact().instance_id("i").contact_id("c").customize().header("x-a", "b").send();
    assert_eq!(sent.with_meta().await.unwrap().meta().status(), 200);
}

/// What a program for another client of AWS asks of an error, with no more than the crate's name changed.
#[tokio::test]
async fn an_error_answers_by_the_names_of_other_clients() {
    use amazon_connect::error::ProvideErrorMetadata;

    fn code(of: &impl ProvideErrorMetadata) -> Option<&str> {
        of.code()
    }
    let client = Client::new(&Config::new());
    let error = client.describe_contact().instance_id("i").contact_id("c").send().await.unwrap_err();
    assert_eq!((code(&error), error.meta().code()), (None, None));
    assert!(error.as_service_error().is_none());
}
