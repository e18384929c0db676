//! Pages: streams over the pages of an operation, or over their items. Each page is asked for when it is wanted.

use std::collections::HashSet;
use std::future::{Future, poll_fn};
use std::hash::{BuildHasher, RandomState};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use crate::runtime::base::threads::MaybeSend;
use crate::runtime::call::client::Client;
use crate::runtime::call::sending::{ErrorOf, Sending};
use crate::runtime::error::{Error, ErrorKind, Failed, Failure};
use crate::runtime::protocol::bind::EmptyText;
use crate::runtime::protocol::operation::Operation;

/// An operation that responds in pages.
pub trait Paginated: Operation + Clone {
    /// An element of the list that the pages divide.
    type Item: MaybeSend + 'static;

    /// The token of the page that the request asks for; `None` for the first page.
    #[doc(hidden)]
    fn token(&self) -> Option<&str>;

    /// Asks for the page of a token.
    #[doc(hidden)]
    fn set_token(&mut self, token: String);

    /// The token of the page after this one.
    #[doc(hidden)]
    fn next_token(output: &Self::Output) -> Option<&str>;

    /// The elements of a page.
    #[doc(hidden)]
    fn items(output: Self::Output) -> Vec<Self::Item>;
}

/// An operation whose request says how many elements a page may have.
pub trait PageSize: Paginated {
    /// Asks for so many elements a page.
    fn set_page_size(&mut self, elements: i32);
}

/// The type of the member that says how many elements a page may have: a number, or a text, as in Glacier. botocore writes the number
/// as text there, too.
pub trait PageLimit {
    /// The limit of so many elements.
    fn of(elements: i32) -> Self;
}

impl PageLimit for i32 {
    #[inline]
    fn of(elements: i32) -> Self {
        elements
    }
}

impl PageLimit for i64 {
    #[inline]
    fn of(elements: i32) -> Self {
        elements.into()
    }
}

impl PageLimit for String {
    #[inline]
    fn of(elements: i32) -> Self {
        elements.to_string()
    }
}

/// The pages of an operation: a [`Stream`], or [`next`](Self::next) in a loop.
///
/// A page is asked for when the one before it has been taken and the next is wanted, never ahead. The stream ends after a page
/// without a token, or with an empty one, and after an error. A page whose token was there before is followed by an error of
/// the kind [`ErrorKind::Pagination`]: the list has more pages, and no way to them. After its end the stream stays ended.
///
/// [`token`](Self::token) is the place to continue at another time: a call whose input has that token starts there.
#[must_use = "asks for nothing until it is polled"]
pub struct Paginator<R: Paginated> {
    client: Client<R::Service>,
    /// The request for the next page, or for the one that failed; `None` when there is none.
    next: Option<R>,
    failed: bool,
    empty: EmptyText,
    /// The number of pages that were read.
    read: u32,
    /// The page that is on its way.
    sending: Option<Sending<R>>,
    /// The tokens so far, as hashes: a loop is noticed even where it is longer than one page.
    seen: HashSet<u64>,
    hasher: RandomState,
    /// The error that follows a page with a token of an earlier one.
    repeated: Option<Failed>,
}

impl<R: Paginated> Paginator<R> {
    /// The pages that a client gets with this input, from the token in it on where it has one.
    pub fn new(client: &Client<R::Service>, input: R) -> Self {
        Self::of(client.clone(), input, EmptyText::Missing)
    }

    /// The same, with required text of the input treated as the caller says.
    pub(crate) fn of(client: Client<R::Service>, input: R, empty: EmptyText) -> Self {
        let hasher = RandomState::new();
        let seen = input.token().map(|token| hasher.hash_one(token)).into_iter().collect();
        Self { client, next: Some(input), failed: false, empty, read: 0, sending: None, seen, hasher, repeated: None }
    }

    /// Asks for so many elements a page; the service may give fewer. Without it, the input or the service decides.
    pub fn page_size(mut self, elements: i32) -> Self
    where
        R: PageSize,
    {
        if let Some(next) = &mut self.next {
            next.set_page_size(elements);
        }
        self
    }

    /// The next page; `None` after the last, and after an error.
    pub async fn next(&mut self) -> Option<Result<R::Output, ErrorOf<R>>> {
        poll_fn(|cx| self.poll(cx)).await
    }

    /// The token of the next page, or of the one that failed or is on its way; `None` before the first page and after the last.
    #[must_use]
    pub fn token(&self) -> Option<&str> {
        self.next.as_ref()?.token()
    }

    /// The elements of all pages, one by one.
    pub fn items(self) -> Items<R> {
        Items { pages: self, page: Vec::new().into_iter() }
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<R::Output, ErrorOf<R>>>> {
        if let Some(repeated) = self.repeated.take() {
            return Poll::Ready(Some(Err(Error::new(repeated, None))));
        }
        let sending = match &mut self.sending {
            Some(sending) => sending,
            None => match &self.next {
                Some(request) if !self.failed => {
                    self.sending.insert(self.client.clone().send_given(request.clone(), self.empty))
                }
                _ => return Poll::Ready(None),
            },
        };
        let page = ready!(Pin::new(sending).poll(cx));
        self.sending = None;
        let Ok(output) = &page else {
            self.failed = true;
            return Poll::Ready(Some(page));
        };
        self.read = self.read.saturating_add(1);
        match R::next_token(output).filter(|token| !token.is_empty()) {
            Some(token) => {
                if !self.seen.insert(self.hasher.hash_one(token)) {
                    self.failed = true;
                    self.repeated = Some(repeated_token(R::INFO.name, self.read));
                }
                if let Some(next) = &mut self.next {
                    next.set_token(token.to_owned());
                }
            }
            None => self.next = None,
        }
        Poll::Ready(Some(page))
    }
}

/// The failure of a list whose last page has the token of an earlier one.
fn repeated_token(operation: &'static str, pages: u32) -> Failed {
    let message = format!(
        "the token of page {pages} is that of an earlier page, so the list is incomplete: its first {pages} pages were read"
    );
    let mut failure = Failure::new(ErrorKind::Pagination, message);
    failure.operation = operation;
    Box::new(failure)
}

impl<R: Paginated> Unpin for Paginator<R> {}

impl<R: Paginated> Stream for Paginator<R> {
    type Item = Result<R::Output, ErrorOf<R>>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(cx)
    }
}

/// The elements of all pages of an operation, one by one: a [`Stream`], or [`next`](Self::next) in a loop.
#[must_use = "asks for nothing until it is polled"]
pub struct Items<R: Paginated> {
    pages: Paginator<R>,
    page: std::vec::IntoIter<R::Item>,
}

impl<R: Paginated> Items<R> {
    /// The next item; `None` after the last, and after an error.
    pub async fn next(&mut self) -> Option<Result<R::Item, ErrorOf<R>>> {
        poll_fn(|cx| self.poll(cx)).await
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<R::Item, ErrorOf<R>>>> {
        loop {
            if let Some(item) = self.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll(cx)) {
                // A page may be empty and yet not the last.
                Some(Ok(page)) => self.page = R::items(page).into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<R: Paginated> Unpin for Items<R> {}

impl<R: Paginated> Stream for Items<R> {
    type Item = Result<R::Item, ErrorOf<R>>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(cx)
    }
}

/// Makes an operation one that responds in pages, as a table of the fields that lead to the tokens and to the elements:
/// `pages! { ListThingsRequest => ListThingsResponse { token(next_token?), next(page.next_token?), items(things?): Thing, } }`.
/// `limit(max_results?)` before `next` names the field that says how many elements a page may have.
///
/// A `?` follows a field that may be absent. `entries` in the place of `items` is for a map. With neither, a page is its own
/// element.
#[doc(hidden)]
#[macro_export]
macro_rules! __pages {
    (
        $request:ident => $output:ident {
            token($($token:tt)+),
            $(limit($($limit:tt)+),)?
            next($($next:tt)+),
            $($kind:ident($($path:tt)+): $item:ty,)?
        }
    ) => {
        impl $crate::runtime::__private::Paginated for $request {
            type Item = $crate::__page!(item $output $($item)?);

            #[inline]
            fn token(&self) -> Option<&str> {
                $crate::__page!(text self, $($token)+)
            }

            #[inline]
            fn set_token(&mut self, token: String) {
                $crate::__page!(set self, token, $($token)+);
            }

            #[inline]
            fn next_token(output: &$output) -> Option<&str> {
                $crate::__page!(text output, $($next)+)
            }

            #[inline]
            fn items(output: $output) -> Vec<Self::Item> {
                $crate::__page!($($kind)? output $(, $($path)+)?)
            }
        }

        $(
            impl $crate::runtime::__private::PageSize for $request {
                #[inline]
                fn set_page_size(&mut self, elements: i32) {
                    $crate::__page!(set self, $crate::runtime::__private::PageLimit::of(elements), $($limit)+);
                }
            }
        )?
    };
}

/// The parts of `pages!`, each by a word of its own.
#[doc(hidden)]
#[macro_export]
macro_rules! __page {
    (item $output:ident) => { $output };
    (item $output:ident $item:ty) => { $item };
    (set $from:expr, $value:expr, $field:ident) => { $from.$field = $value };
    (set $from:expr, $value:expr, $field:ident?) => { $from.$field = Some($value) };
    (text $from:expr, $field:ident) => { Some($from.$field.as_str()) };
    (text $from:expr, $field:ident?) => { $from.$field.as_deref() };
    (text $from:expr, $field:ident . $($rest:tt)+) => { $crate::__page!(text $from.$field, $($rest)+) };
    (text $from:expr, $field:ident? . $($rest:tt)+) => { $crate::__page!(text $from.$field.as_ref()?, $($rest)+) };
    (items $from:expr, $field:ident) => { $from.$field };
    (items $from:expr, $field:ident?) => { $from.$field.unwrap_or_default() };
    (entries $from:expr, $field:ident) => { $from.$field.into_iter().collect() };
    (entries $from:expr, $field:ident?) => { $from.$field.unwrap_or_default().into_iter().collect() };
    ($kind:ident $from:expr, $field:ident . $($rest:tt)+) => { $crate::__page!($kind $from.$field, $($rest)+) };
    ($kind:ident $from:expr, $field:ident? . $($rest:tt)+) => {
        $from.$field.map_or_else(Vec::new, |inner| $crate::__page!($kind inner, $($rest)+))
    };
    ($page:ident) => { ::std::vec![$page] };
}
