//! Paging: where it ends, what it asks for and when.

use std::future::poll_fn;
use std::pin::Pin;

use futures_core::Stream;
use templates::runtime::{ErrorKind, Items, Paginator, Retry};

use crate::support::client;
use crate::support::script::{Script, Step, answer};
use crate::support::service::{Client, Error, ListThings, ThingList};

/// A page of names, and the token of the next one.
fn page(names: &[&str], token: Option<&str>) -> Step {
    answer(200, &serde_json::json!({ "Names": names, "NextToken": token }).to_string())
}

fn pages(client: &Client) -> Paginator<ListThings> {
    Paginator::new(client, ListThings::default())
}

fn items(client: &Client) -> Items<ListThings> {
    pages(client).items()
}

async fn all(mut items: Items<ListThings>) -> Result<Vec<String>, Error> {
    let mut all = Vec::new();
    while let Some(item) = items.next().await {
        all.push(item?);
    }
    assert!(items.next().await.is_none(), "what ended stays ended");
    Ok(all)
}

/// The tokens that were asked for, in order.
fn asked(script: &Script) -> Vec<Option<String>> {
    script.seen().iter().map(|seen| seen.uri.query()?.strip_prefix("nextToken=").map(str::to_owned)).collect()
}

fn tokens(tokens: &[&str]) -> Vec<Option<String>> {
    [None].into_iter().chain(tokens.iter().map(|token| Some((*token).to_owned()))).collect()
}

#[tokio::test(start_paused = true)]
async fn items_of_all_pages_in_order() {
    let script = Script::new([page(&["a", "b"], Some("1")), page(&["c"], Some("2")), page(&["d"], None)]);
    let client = client(script.clone());
    assert_eq!(all(items(&client)).await.unwrap(), ["a", "b", "c", "d"]);
    assert_eq!(asked(&script), tokens(&["1", "2"]));
}

#[tokio::test(start_paused = true)]
async fn an_empty_page_is_not_the_end() {
    let script = Script::new([page(&[], Some("1")), page(&["a"], Some("2")), page(&[], Some("3")), page(&["b"], None)]);
    let client = client(script.clone());
    assert_eq!(all(items(&client)).await.unwrap(), ["a", "b"]);
    assert_eq!(script.count(), 4);
}

#[tokio::test(start_paused = true)]
async fn an_empty_token_is_the_end() {
    let script = Script::new([page(&["a"], Some("1")), page(&["b"], Some(""))]);
    let client = client(script.clone());
    assert_eq!(all(items(&client)).await.unwrap(), ["a", "b"]);
    assert_eq!(script.count(), 2);
}

/// The items before the error, and the error.
async fn until_error(mut items: Items<ListThings>) -> (Vec<String>, Error) {
    let mut read = Vec::new();
    loop {
        match items.next().await.expect("an error ends the list") {
            Ok(item) => read.push(item),
            Err(error) => {
                assert!(items.next().await.is_none(), "what ended stays ended");
                return (read, error);
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_repeated_token_is_an_error_after_everything_that_was_read() {
    let loops = [
        vec![page(&["a"], Some("1")), page(&["b"], Some("1"))],
        vec![page(&["a"], Some("1")), page(&["b"], Some("2")), page(&["c"], Some("1"))],
    ];
    for steps in loops {
        let (pages, script) = (steps.len(), Script::new(steps));
        let client = client(script.clone());
        let (read, error) = until_error(items(&client)).await;
        assert_eq!(read, ["a", "b", "c"][..pages], "what was read so far is kept");
        assert_eq!((error.kind(), error.operation(), script.count()), (ErrorKind::Pagination, "ListThings", pages));
        assert!(error.to_string().contains("incomplete") && !error.is_retryable(), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn it_starts_where_it_is_told_and_does_not_come_back_there() {
    let script = Script::new([page(&["b"], Some("start"))]);
    let client = client(script.clone());
    let pages = Paginator::new(&client, ListThings { next_token: Some("start".to_owned()) });
    let (read, error) = until_error(pages.items()).await;
    assert_eq!((read, error.kind()), (vec!["b".to_owned()], ErrorKind::Pagination));
    assert_eq!(asked(&script), [Some("start".to_owned())]);
}

#[tokio::test(start_paused = true)]
async fn it_says_where_to_go_on_another_time() {
    let script = Script::new([page(&["a"], Some("1")), page(&["b"], Some("2")), page(&["c"], None)]);
    let client = client(script.clone());
    let mut pages = pages(&client);
    assert_eq!(pages.token(), None);
    pages.next().await.unwrap().unwrap();
    let token = pages.token().map(str::to_owned);
    assert_eq!(token.as_deref(), Some("1"));
    drop(pages);
    let mut later = Paginator::new(&client, ListThings { next_token: token });
    for (name, token) in [("b", Some("2")), ("c", None)] {
        assert_eq!(later.next().await.unwrap().unwrap().names.unwrap(), [name]);
        assert_eq!(later.token(), token);
    }
    assert!(later.next().await.is_none());
    assert_eq!(asked(&script), tokens(&["1", "2"]));
}

#[tokio::test(start_paused = true)]
async fn after_an_error_it_says_which_page_failed() {
    let script = Script::new([page(&["a"], Some("1")), answer(400, ""), page(&["b"], None)]);
    let client = client(script.clone());
    let mut pages = pages(&client);
    pages.next().await.unwrap().unwrap();
    pages.next().await.unwrap().unwrap_err();
    assert!(pages.next().await.is_none());
    let again = Paginator::new(&client, ListThings { next_token: pages.token().map(str::to_owned) });
    assert_eq!(all(again.items()).await.unwrap(), ["b"]);
    assert_eq!(asked(&script), tokens(&["1", "1"]));
}

#[tokio::test(start_paused = true)]
async fn nothing_is_asked_for_ahead() {
    let script = Script::new([page(&["a", "b"], Some("1")), page(&["c"], None)]);
    let client = client(script.clone());
    let mut items = items(&client);
    assert_eq!(script.count(), 0);
    for (expected, asked) in [("a", 1), ("b", 1), ("c", 2)] {
        assert_eq!(items.next().await.unwrap().unwrap(), expected);
        assert_eq!(script.count(), asked);
    }
    assert!(items.next().await.is_none());
    assert_eq!(script.count(), 2);

    let mut pages = pages(&client);
    pages.next().await.unwrap().unwrap();
    assert_eq!(script.count(), 3);
}

#[tokio::test(start_paused = true)]
async fn an_error_is_the_end() {
    let script = Script::new([page(&["a"], Some("1")), answer(400, ""), page(&["b"], None)]);
    let client = client(script.clone());
    let mut pages = pages(&client);
    assert!(pages.next().await.unwrap().is_ok());
    assert_eq!(pages.next().await.unwrap().unwrap_err().status(), Some(400));
    assert!(pages.next().await.is_none());
    assert!(pages.next().await.is_none());
    assert_eq!(script.count(), 2);
}

#[tokio::test(start_paused = true)]
async fn each_page_is_a_call_with_its_own_attempts() {
    let busy = || answer(503, "");
    let script = Script::new([busy(), busy(), page(&["a"], Some("1")), busy(), busy(), page(&["b"], None)]);
    let client = client(script.clone());
    assert_eq!(all(items(&client)).await.unwrap(), ["a", "b"]);
    assert_eq!(script.count(), 6);
}

#[tokio::test(start_paused = true)]
async fn waiting_for_a_page_can_be_given_up_and_taken_up_again() {
    let slow = std::time::Duration::from_secs(3);
    let script = Script::new([page(&["a"], Some("1")), page(&["b"], None)]).taking(slow);
    let client = client(script.clone()).with(|config| config.retry(Retry::none()));
    let mut pages = pages(&client);
    for _ in 0..2 {
        assert!(tokio::time::timeout(slow / 3, pages.next()).await.is_err());
    }
    assert_eq!(pages.next().await.unwrap().unwrap().names.unwrap(), ["a"]);
    assert_eq!(script.count(), 1, "the page was on its way all the time");
}

#[tokio::test(start_paused = true)]
async fn both_are_streams() {
    async fn next<S: Stream + Unpin>(stream: &mut S) -> Option<S::Item> {
        poll_fn(|cx| Pin::new(&mut *stream).poll_next(cx)).await
    }
    let script = Script::new([page(&["a"], Some("1")), page(&["b"], None), page(&["c"], None)]);
    let client = client(script);
    let mut pages = pages(&client);
    let first: ThingList = next(&mut pages).await.unwrap().unwrap();
    assert_eq!(first.next_token.as_deref(), Some("1"));
    assert!(next(&mut pages).await.unwrap().is_ok());
    assert!(next(&mut pages).await.is_none());
    let mut items = items(&client);
    assert_eq!(next(&mut items).await.unwrap().unwrap(), "c");
    assert!(next(&mut items).await.is_none());
}

#[tokio::test(start_paused = true)]
async fn many_pages() {
    let steps = (0..500).map(|number| page(&["x"], (number < 499).then(|| number.to_string()).as_deref()));
    let script = Script::new(steps);
    let client = client(script.clone());
    assert_eq!(all(items(&client)).await.unwrap().len(), 500);
    assert_eq!(script.count(), 500);
}

#[tokio::test(start_paused = true)]
async fn a_stream_is_read_by_its_own_methods() {
    let steps = || [page(&["a", "b"], Some("1")), page(&["c"], None)];
    let connected = || client(Script::new(steps()));
    let all: Vec<String> = pages(&connected()).items().send().collect::<Result<_, _>>().await.unwrap();
    assert_eq!(all, ["a", "b", "c"]);
    let all: Vec<String> = items(&connected()).try_collect().await.unwrap();
    assert_eq!(all, ["a", "b", "c"]);
    assert_eq!(pages(&connected()).try_collect::<Vec<_>>().await.unwrap().len(), 2);
    let mut stream = pages(&connected()).send();
    let mut sizes = Vec::new();
    while let Some(page) = stream.try_next().await.unwrap() {
        sizes.push(page.names.unwrap().len());
    }
    assert_eq!(sizes, [2, 1]);
}

#[tokio::test(start_paused = true)]
async fn collecting_ends_at_the_first_error() {
    let connected = || client(Script::new([page(&["a"], Some("1")), answer(400, ""), page(&["b"], None)]));
    let read: Vec<Result<String, Error>> = items(&connected()).collect().await;
    assert_eq!(read.len(), 2, "what was read so far, and the error");
    assert_eq!(items(&connected()).try_collect::<Vec<_>>().await.unwrap_err().status(), Some(400));
    let mut stream = items(&connected());
    assert_eq!(stream.try_next().await.unwrap().as_deref(), Some("a"));
    stream.try_next().await.unwrap_err();
    assert_eq!(stream.try_next().await.unwrap(), None);
}

/// A list that outlives the function, and whoever asked for it.
fn stored() -> Box<dyn Stream<Item = Result<String, Error>> + Send + Unpin> {
    Box::new(items(&client(Script::new([page(&["a"], None)]))))
}

#[tokio::test(start_paused = true)]
async fn a_stream_is_stored_returned_and_spawned() {
    let mut stream = stored();
    assert_eq!(poll_fn(|cx| Pin::new(&mut *stream).poll_next(cx)).await.unwrap().unwrap(), "a");
    let pages = pages(&client(Script::new([page(&["a"], None)])));
    let task = tokio::spawn(pages.items().try_collect::<Vec<_>>());
    assert_eq!(task.await.unwrap().unwrap(), ["a"]);
}

#[test]
fn a_limit_that_is_text_is_the_number_as_text() {
    use templates::runtime::__private::PageLimit;

    assert_eq!((i32::of(7), i64::of(7), String::of(7)), (7, 7, "7".to_owned()));
}
