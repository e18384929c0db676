//! The facts that are kept of a service's model: its files, without prose.

use anyhow::Result;
use xtask::botocore::{PAGINATORS, RULE_SET, SERVICE, WAITERS, Wheel};
use xtask::manifest::Service;

/// The files of a service's folder with their texts; `None` for a file that the service is without.
pub fn of_service(wheel: &mut Wheel, service: &Service) -> Result<Vec<(&'static str, Option<String>)>> {
    let folder = service.folder();
    let model = wheel.require(&format!("{folder}/{SERVICE}"))?;
    let mut files = vec![(SERVICE, Some(model.without_documentation().pretty()?))];
    for file in [PAGINATORS, RULE_SET] {
        let json = wheel.read(&format!("{folder}/{file}"))?;
        files.push((file, json.map(|json| json.without_documentation().pretty()).transpose()?));
    }
    files.push((WAITERS, wheel.waiters(&folder)?.map(|json| json.pretty()).transpose()?));
    Ok(files)
}
