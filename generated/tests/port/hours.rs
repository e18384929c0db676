//! Opens a contact centre on working days.

use amazon_connect::sdk::Client;
use amazon_connect::sdk::types::{HoursOfOperationConfig, HoursOfOperationDays, HoursOfOperationTimeSlice};

const DAYS: [HoursOfOperationDays; 5] = [
    HoursOfOperationDays::Monday,
    HoursOfOperationDays::Tuesday,
    HoursOfOperationDays::Wednesday,
    HoursOfOperationDays::Thursday,
    HoursOfOperationDays::Friday,
];

fn time(hours: i32) -> HoursOfOperationTimeSlice {
    HoursOfOperationTimeSlice::builder().hours(hours).minutes(0).build()
}

/// Creates the hours of operation from one hour to another.
pub async fn create(
    client: &Client,
    instance_id: &str,
    name: &str,
    time_zone: &str,
    (from, to): (i32, i32),
) -> Result<Option<String>, Box<dyn std::error::Error>> {
    let mut call = client.create_hours_of_operation().instance_id(instance_id).name(name).time_zone(time_zone);
    for day in DAYS {
        let config = HoursOfOperationConfig::builder().day(day).start_time(time(from)).end_time(time(to)).build();
        call = call.config(config);
    }
    let response = call.send().await?;
    Ok(response.hours_of_operation_id)
}

/// Prints when a contact centre is open.
pub async fn print(client: &Client, instance_id: &str, id: &str) -> Result<(), amazon_connect::sdk::Error> {
    let call = client.describe_hours_of_operation().instance_id(instance_id).hours_of_operation_id(id);
    let response = call.send().await?;
    let Some(hours) = response.hours_of_operation() else { return Ok(()) };
    println!("{} ({})", hours.name().unwrap_or_default(), hours.time_zone().unwrap_or_default());
    for config in hours.config() {
        let day = config.day().as_str();
        let hour = |time: Option<&HoursOfOperationTimeSlice>| time.map_or(0, |time| time.hours());
        println!("{day}: {} to {}", hour(config.start_time()), hour(config.end_time()));
    }
    Ok(())
}
