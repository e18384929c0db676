//! Routes: the operation that a method, a path and a query string call, and the labels of the path.

use super::model::{OperationModel, ServiceModel};
use super::template::{Labels, Target};

/// A request's operation, and the texts of the labels in its path.
#[derive(Debug, Clone)]
pub struct Route<'m> {
    /// The operation.
    pub operation: &'m OperationModel,
    /// The labels by their names in the URI template.
    labels: Labels<'m>,
}

impl Route<'_> {
    /// The text of a label of the path.
    #[must_use]
    pub fn label(&self, name: &str) -> Option<&str> {
        self.labels.iter().find(|(label, _)| *label == name).map(|(_, text)| &**text)
    }
}

impl ServiceModel {
    /// The operation that a request calls; `None` where none has its method and path.
    ///
    /// Text in a template goes before a label, and a template with a constant query string before one without.
    #[must_use]
    pub fn route(&self, method: &str, path_and_query: &str) -> Option<Route<'_>> {
        let (place, labels) = self.routes.find(method, &Target::new(path_and_query))?;
        Some(Route { operation: self.operations.get(place)?, labels })
    }

    /// The route of a request that is known to call an operation. The path may begin with one that the template does not
    /// have, as it does where an endpoint URL has a path.
    #[must_use]
    pub fn route_to<'m>(&'m self, operation: &'m OperationModel, path_and_query: &str) -> Option<Route<'m>> {
        let place = self.operations.binary_search_by(|other| other.name.cmp(&operation.name)).ok()?;
        let labels = self.routes.labels(place, &Target::new(path_and_query))?;
        Some(Route { operation, labels })
    }
}
