//! Configuration of clients: region, credentials, endpoint, timeouts, retries and rate limit, and where they are read from.

#[doc(inline)]
pub use crate::runtime::base::environment::Environment;
#[doc(inline)]
pub use crate::runtime::base::host;
#[doc(inline)]
pub use crate::runtime::base::profile::{Profile, ProfileError, Profiles, SsoSession};
#[doc(inline)]
pub use crate::runtime::config::{
    AfterAttempt, AfterCall, BeforeSigning, Config, HeadersMut, Intercept, InterceptError, RateLimit, Retry, Timeouts,
};
