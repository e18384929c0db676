//! Sensitive values (trait `sensitive`): what hides a value in `Debug`. The plan, the documentation, `model.txt` and the lint all
//! ask here, so a further trait that hides values needs no edit elsewhere once it is read.

use super::{Member, ServiceModel, Shape};

impl Shape {
    /// Whether the shape hides its own values: a scalar, a structure, or all elements of a list or a map.
    pub fn is_sensitive(&self) -> bool {
        self.sensitive
    }
}

impl Member {
    /// Whether the member hides its value, whatever its shape is.
    pub fn is_sensitive(&self) -> bool {
        self.sensitive
    }
}

impl ServiceModel {
    /// Whether a member shows something sensitive that the type of its value does not hide. Lists and maps end, as resolving has
    /// seen to.
    pub fn hides(&self, member: &Member) -> bool {
        let hides = |name: &str| self.shapes.get(name).is_some_and(|shape| shape.is_sensitive() && !shape.is_item());
        let mut hidden = member.is_sensitive();
        let mut next = Some(member.shape.as_str());
        while let Some(name) = next {
            let shape = self.shapes.get(name);
            // The keys of a map count as well.
            let key = shape.and_then(|shape| shape.key.as_ref());
            hidden |= hides(name) || key.is_some_and(|key| hides(&key.shape));
            next = shape.and_then(Shape::element);
        }
        hidden
    }
}
