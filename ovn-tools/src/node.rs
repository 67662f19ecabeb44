//! Nodes: which zone, chassis or host a database belongs to.
//!
//! In OVN-Kubernetes each node holds its own databases, and ovnkube writes the node's name into
//! them. A plain OVN deployment has one northbound and one southbound database that name none.

use ovn_schemas::{nb, sb, vswitch};
use ovsdb_client::replica::Snapshot;
use ovsdb_client::table::{Column, Table};

use crate::database::Database;
use crate::snapshot::Needs;

/// What [`name`] reads, so that every read of a database can name its node.
pub fn needs(database: Database) -> Needs {
    let needs = Needs::default();
    match database {
        Database::Nb => needs
            .column(database, nb::nb_global::NAME)
            .column(database, nb::nb_global::OPTIONS),
        Database::Sb => needs.column(database, sb::sb_global::OPTIONS),
        Database::Ovs => needs.column(database, vswitch::open_vswitch::EXTERNAL_IDS),
    }
}

/// The name of a node, and what tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The name; never empty.
    pub name: String,
    /// The table and column that tell it, such as `NB_Global.name`.
    pub reason: String,
}

/// The name of the node that the database belongs to; `None` where its rows do not say.
///
/// Northbound: `NB_Global.name`, else `options:name`. Southbound: `options:name` of `SB_Global`,
/// which ovn-northd copies there. Open vSwitch: `external_ids:hostname`, else `system-id`.
pub fn named(database: Database, rows: &Snapshot) -> Option<Named> {
    match database {
        Database::Nb => {
            let global = rows.rows::<nb::NbGlobal>().next()?;
            say(global.name(), nb::nb_global::NAME, None).or_else(|| {
                let name = global.options().get(NAME_KEY)?;
                say(name, nb::nb_global::OPTIONS, Some(NAME_KEY))
            })
        }
        Database::Sb => {
            let global = rows.rows::<sb::SbGlobal>().next()?;
            let name = global.options().get(NAME_KEY)?;
            say(name, sb::sb_global::OPTIONS, Some(NAME_KEY))
        }
        Database::Ovs => {
            let switch = rows.rows::<vswitch::OpenVswitch>().next()?;
            let ids = switch.external_ids();
            [HOST_KEY, SYSTEM_KEY].into_iter().find_map(|key| {
                say(
                    ids.get(key)?,
                    vswitch::open_vswitch::EXTERNAL_IDS,
                    Some(key),
                )
            })
        }
    }
}

/// The name alone, as [`named`] gives it.
pub fn name(database: Database, rows: &Snapshot) -> Option<String> {
    named(database, rows).map(|named| named.name)
}

/// What [`only_chassis`] reads.
pub fn chassis_needs() -> Needs {
    Needs::default()
        .column(Database::Sb, sb::chassis::NAME)
        .column(Database::Sb, sb::chassis::HOSTNAME)
        .column(Database::Sb, sb::chassis::OTHER_CONFIG)
}

/// The host of the one chassis of a southbound database that is not another zone's; `None` where
/// there is none or are several.
///
/// It needs more than [`needs`]: [`chassis_needs`].
pub fn only_chassis(rows: &Snapshot) -> Option<Named> {
    let mut own = rows
        .rows::<sb::Chassis>()
        .filter(|chassis| chassis.other_config().get(REMOTE_KEY) != Some("true"));
    let (chassis, None) = (own.next()?, own.next()) else {
        return None;
    };
    say(chassis.hostname(), sb::chassis::HOSTNAME, None)
        .or_else(|| say(chassis.name(), sb::chassis::NAME, None))
}

/// The key of `options` in which ovnkube names the zone.
const NAME_KEY: &str = "name";
/// The keys of `external_ids` by which a host calls itself.
const HOST_KEY: &str = "hostname";
const SYSTEM_KEY: &str = "system-id";
/// The key of `other_config` that marks the chassis of other zones.
const REMOTE_KEY: &str = "is-remote";

fn say<T: Table, V>(name: &str, column: Column<T, V>, key: Option<&str>) -> Option<Named> {
    let mut reason = format!("{}.{}", T::DEFINITION.name, column.name());
    if let Some(key) = key {
        reason.push_str(&format!(":{key}"));
    }
    (!name.is_empty()).then(|| Named {
        name: name.to_owned(),
        reason,
    })
}
