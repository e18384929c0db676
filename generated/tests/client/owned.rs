//! Calls, pages and items own their client: they are spawned, stored and returned.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use amazon_connect::client::{Items, Paginator, RequestId, Sending};
use amazon_connect::credentials::Credentials;
use amazon_connect::error::Error;
use amazon_connect::http::{Body, Exchange, HttpClient, Limits};
use amazon_connect::operation::describe_contact::{DescribeContactCall, DescribeContactRequest};
use amazon_connect::operation::list_users::{ListUsersRequest, ListUsersResponse};
use amazon_connect::types::UserSummary;
use amazon_connect::{Client, Config};
use tokio::task::JoinSet;

/// Answers every request with two users, and the second page is the last. Remembers how many users a page was to have.
#[derive(Debug, Clone, Default)]
struct Users(Arc<AtomicUsize>);

impl HttpClient for Users {
    fn send(&self, request: http::Request<Body>, _: Limits) -> Exchange<'_> {
        let query = request.uri().query().unwrap_or_default();
        let asked = query.split('&').find_map(|pair| pair.strip_prefix("maxResults=")?.parse().ok());
        self.0.store(asked.unwrap_or_default(), Ordering::SeqCst);
        let next = if query.contains("nextToken") { "" } else { r#""NextToken":"t","# };
        let body = format!(r#"{{{next}"UserSummaryList":[{{"Username":"a"}},{{"Username":"b"}}]}}"#);
        let response = http::Response::builder().header("x-amzn-requestid", "r").body(Body::from(body)).unwrap();
        Box::pin(async { Ok(response) })
    }
}

fn client(users: &Users) -> Client {
    let keys = Credentials::new("AKIDEXAMPLE", "s3cret");
    Client::new(&Config::new().region("us-west-2").credentials(keys).http_client(users.clone()))
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

fn program() -> Program {
    let client = client(&Users::default());
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
    let Program { call, sending, mut pages, items } = owned(program());
    assert!(call.instance_id("i").contact_id("c").send().await.is_ok());
    assert!(sending.await.is_ok());
    let first: ListUsersResponse = pages.try_next().await.unwrap().unwrap();
    assert_eq!(first.next_token.as_deref(), Some("t"));
    assert_eq!(names(items).await.unwrap(), ["a", "b", "a", "b"]);
}

#[tokio::test]
async fn calls_are_spawned_as_they_stand() {
    let client = client(&Users::default());
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
    let users = Users::default();
    let pages = client(&users).list_users().instance_id("i").into_paginator().page_size(25);
    let all: Result<Vec<UserSummary>, _> = pages.items().send().collect().await;
    assert_eq!((all.unwrap().len(), users.0.load(Ordering::SeqCst)), (4, 25));
}

#[tokio::test]
async fn a_success_has_a_request_id() {
    let client = client(&Users::default());
    let sent = client.stop_contact().instance_id("i").contact_id("c").send().with_meta().await.unwrap();
    assert_eq!(RequestId::request_id(&sent), Some("r"));
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
