//! Answers what this crate puts on the wire, and how it reads what comes back: JSON lines in, JSON lines out, no socket.
//!
//! ```sh
//! cargo run --quiet --example wire --features wire -- --operations
//! ```

use std::process::ExitCode;

use amazon_connect::wire::{Visit, main as answer, service};
use amazon_connect::{Connect, operation};

fn main() -> ExitCode {
    answer(&[
        service::<Connect>(operation::ALL, |name| operation::visit(name, Visit)),
        #[cfg(feature = "appintegrations")]
        {
            use amazon_connect::appintegrations::{AppIntegrations, operation};
            service::<AppIntegrations>(operation::ALL, |name| operation::visit(name, Visit))
        },
        #[cfg(feature = "connect_contact_lens")]
        {
            use amazon_connect::connect_contact_lens::{ConnectContactLens, operation};
            service::<ConnectContactLens>(operation::ALL, |name| operation::visit(name, Visit))
        },
        #[cfg(feature = "connectcampaignsv2")]
        {
            use amazon_connect::connectcampaignsv2::{ConnectCampaignsV2, operation};
            service::<ConnectCampaignsV2>(operation::ALL, |name| operation::visit(name, Visit))
        },
        #[cfg(feature = "connectcases")]
        {
            use amazon_connect::connectcases::{ConnectCases, operation};
            service::<ConnectCases>(operation::ALL, |name| operation::visit(name, Visit))
        },
        #[cfg(feature = "connectparticipant")]
        {
            use amazon_connect::connectparticipant::{ConnectParticipant, operation};
            service::<ConnectParticipant>(operation::ALL, |name| operation::visit(name, Visit))
        },
        #[cfg(feature = "customer_profiles")]
        {
            use amazon_connect::customer_profiles::{CustomerProfiles, operation};
            service::<CustomerProfiles>(operation::ALL, |name| operation::visit(name, Visit))
        },
        #[cfg(feature = "qconnect")]
        {
            use amazon_connect::qconnect::{QConnect, operation};
            service::<QConnect>(operation::ALL, |name| operation::visit(name, Visit))
        },
    ])
}
