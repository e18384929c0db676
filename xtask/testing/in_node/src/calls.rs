//! The calls of the example.

use std::time::Duration;

use amazon_connect::{Client, Config};

use crate::events::report;
use crate::fetch::Fetch;
use crate::given::{Count, Keys, Signed};

/// Makes the calls, and reports how each ends.
pub(crate) async fn run(port: u32) {
    let (sent, signed, loaded) = (Count::default(), Count::default(), Count::default());
    let config = Config::new()
        .region("us-west-2")
        .credentials(Keys { loaded: loaded.clone() })
        .interceptor(Signed(signed.clone()))
        .http_client(Fetch { sent: sent.clone() })
        .endpoint_url(format!("http://127.0.0.1:{port}"));
    let client = Client::new(&config);

    // Repeated after a wait, with the same idempotency token, for the server fails at first.
    match client.start_task_contact().instance_id("i").name("n").send().await {
        Ok(response) => report(&format!("started {}", response.contact_id.unwrap_or_default())),
        Err(error) => report(&format!("not started: {error}")),
    }
    // An exception that the model names.
    match client.describe_queue().instance_id("i").queue_id("missing").send().await {
        Ok(_) => report("described"),
        Err(error) => report(&format!("not described: {}", error.code().unwrap_or("no code"))),
    }
    // Never answered: the timer of the host ends it.
    let hasty = Client::new(&config.call_timeout(Duration::from_millis(200)));
    match hasty.describe_queue().instance_id("i").queue_id("silent").send().await {
        Ok(_) => report("described"),
        Err(error) => report(&format!("timeout: {}", error.is_timeout())),
    }
    report(&format!("{} requests sent, {} signed, keys loaded {} times", sent.get(), signed.get(), loaded.get()));
    report("end");
}
