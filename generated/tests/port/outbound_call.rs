//! Calls a customer, and says why where that is not possible.

use amazon_connect::sdk::Client;
use amazon_connect::sdk::operation::start_outbound_voice_contact::StartOutboundVoiceContactError;
use amazon_connect::sdk::types::TrafficType;

/// The outcome of an attempt to call somebody.
#[derive(Debug, PartialEq)]
pub enum Outcome {
    Started(String),
    NotPermitted(String),
    UnknownFlow,
    TooManyCalls,
}

/// Starts an outbound call.
pub async fn call(
    client: &Client,
    instance_id: &str,
    flow_id: &str,
    number: &str,
    customer: &str,
    campaign: bool,
) -> Result<Outcome, Box<dyn std::error::Error>> {
    let mut call = client
        .start_outbound_voice_contact()
        .instance_id(instance_id)
        .contact_flow_id(flow_id)
        .destination_phone_number(number)
        .attributes("customer", customer)
        .source_phone_number("+15555550111");
    if campaign {
        call = call.traffic_type(TrafficType::Campaign);
    }
    match call.send().await {
        Ok(response) => Ok(Outcome::Started(response.contact_id().unwrap_or_default().to_owned())),
        Err(error) => match error.into_service_error() {
            StartOutboundVoiceContactError::OutboundContactNotPermittedException(exception) => {
                Ok(Outcome::NotPermitted(exception.message().unwrap_or("no reason").to_owned()))
            }
            error if error.is_resource_not_found_exception() => Ok(Outcome::UnknownFlow),
            error if error.is_limit_exceeded_exception() => Ok(Outcome::TooManyCalls),
            error => Err(error.into()),
        },
    }
}
