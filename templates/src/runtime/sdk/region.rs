//! Regions by the names of the crate `aws-config`: the first that there is of a chain.

use crate::runtime::config::Config;
use crate::runtime::config::settings::region_elsewhere;
use crate::runtime::sdk::values::Region;

/// Where a region is looked for, in the order in which the methods name the places.
#[derive(Debug, Clone, Default)]
pub struct RegionProviderChain(Vec<Place>);

#[derive(Debug, Clone)]
enum Place {
    Given(Region),
    /// The environment and the profile.
    Default,
}

impl RegionProviderChain {
    /// Starts with this region, where there is one.
    pub fn first_try(region: impl IntoRegion) -> Self {
        Self::default().or_else(region)
    }

    /// Starts with the environment and the profile.
    #[must_use]
    pub fn default_provider() -> Self {
        Self::default().or_default_provider()
    }

    /// Goes on with this region, where there is one.
    #[must_use]
    pub fn or_else(mut self, region: impl IntoRegion) -> Self {
        self.0.extend(region.into_region().map(Place::Given));
        self
    }

    /// Goes on with the environment and the profile.
    #[must_use]
    pub fn or_default_provider(mut self) -> Self {
        self.0.push(Place::Default);
        self
    }

    /// The configuration with the region that comes first. What looks in the profile reads it here only where another place
    /// follows; where none does, the first call looks.
    pub(super) async fn apply(self, mut config: Config) -> Config {
        let mut places = self.0.into_iter().peekable();
        while let Some(place) = places.next() {
            match place {
                Place::Given(region) => {
                    config.region = Some(region.to_string());
                    break;
                }
                Place::Default => {
                    if places.peek().is_none() || region_elsewhere(&config).await {
                        break;
                    }
                }
            }
        }
        config
    }
}

/// What a chain takes as a region: one, or perhaps one.
pub trait IntoRegion {
    /// The region.
    fn into_region(self) -> Option<Region>;
}

impl IntoRegion for Region {
    fn into_region(self) -> Option<Region> {
        Some(self)
    }
}

impl IntoRegion for Option<Region> {
    fn into_region(self) -> Option<Region> {
        self
    }
}

impl IntoRegion for &'static str {
    fn into_region(self) -> Option<Region> {
        Some(Region::from_static(self))
    }
}

impl From<Region> for RegionProviderChain {
    fn from(region: Region) -> Self {
        Self::first_try(region)
    }
}

impl From<Option<Region>> for RegionProviderChain {
    fn from(region: Option<Region>) -> Self {
        Self::first_try(region)
    }
}

impl From<&'static str> for RegionProviderChain {
    fn from(region: &'static str) -> Self {
        Self::first_try(region)
    }
}

impl From<String> for RegionProviderChain {
    fn from(region: String) -> Self {
        Self::first_try(Region::new(region))
    }
}
