//! The context of planning one item: the model and everything that was decided about the whole of it before.

use std::collections::BTreeMap;

use super::naming::Names;
use super::placement::Placement;
use crate::model::ServiceModel;
use crate::names::ShapeName;
use crate::resolve::Resolved;

/// The inputs of the planning of one item.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub model: &'a ServiceModel,
    pub resolved: &'a Resolved,
    pub placements: &'a BTreeMap<ShapeName, Placement>,
    pub names: &'a Names,
}
