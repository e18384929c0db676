//! Configuration of clients: region, credentials, endpoint, timeouts, retries and rate limit, and where they are read from.

#[doc(inline)]
pub use crate::runtime::base::environment::Environment;
#[doc(inline)]
pub use crate::runtime::base::profile::{Profile, ProfileError, Profiles, SsoSession};
#[doc(inline)]
pub use crate::runtime::config::{Config, RateLimit, Retry, Timeouts};
