//! The `external_ids` of a row.

use ovsdb_client::table::MapView;

/// The keys and values of `external_ids`.
pub type Ids<'a> = MapView<'a, String, String>;
