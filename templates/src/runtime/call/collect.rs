//! The methods that pages and items share, by the names that programs know from other page streams.

use crate::runtime::call::paginate::{Items, Paginated, Paginator};
use crate::runtime::call::sending::ErrorOf;

macro_rules! stream_methods {
    ($stream:ident, $element:ty) => {
        impl<R: Paginated> $stream<R> {
            /// Returns the stream itself: nothing is asked for before the first element is. Programs that were written for
            /// other clients end their page calls so.
            pub fn send(self) -> Self {
                self
            }

            /// The next element, with the error in front: `while let Some(element) = stream.try_next().await? { … }`.
            ///
            /// # Errors
            /// Those of the call that asks for a page.
            pub async fn try_next(&mut self) -> Result<Option<$element>, ErrorOf<R>> {
                self.next().await.transpose()
            }

            /// Reads to the end, or to the first error, and collects what came:
            /// `stream.collect::<Result<Vec<_>, _>>().await?`.
            pub async fn collect<C: FromIterator<Result<$element, ErrorOf<R>>>>(mut self) -> C {
                let mut read = Vec::new();
                while let Some(element) = self.next().await {
                    read.push(element);
                }
                read.into_iter().collect()
            }

            /// Reads to the end and collects the elements: `let all: Vec<_> = stream.try_collect().await?;`.
            ///
            /// # Errors
            /// The first error. What came before it is dropped.
            pub async fn try_collect<C: FromIterator<$element>>(mut self) -> Result<C, ErrorOf<R>> {
                let mut read = Vec::new();
                while let Some(element) = self.try_next().await? {
                    read.push(element);
                }
                Ok(read.into_iter().collect())
            }
        }
    };
}

stream_methods!(Paginator, R::Output);
stream_methods!(Items, R::Item);
