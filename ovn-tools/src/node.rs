//! Nodes: which zone, chassis or host a database belongs to.
//!
//! In OVN-Kubernetes each node holds its own databases, and ovnkube writes the node's name into
//! them. A plain OVN deployment has one northbound and one southbound database that name none.

use ovn_schemas::{nb, sb, vswitch};
use ovsdb_client::replica::Snapshot;

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

/// The name of the node that the database belongs to; `None` where its rows do not say.
///
/// Northbound: `NB_Global.name`, else `options:name`. Southbound: `options:name` of `SB_Global`,
/// which ovn-northd copies there. Open vSwitch: `external_ids:hostname`, else `system-id`.
pub fn name(database: Database, rows: &Snapshot) -> Option<String> {
    let name = match database {
        Database::Nb => {
            let global = rows.rows::<nb::NbGlobal>().next()?;
            let option = global.options().get("name");
            Some(global.name())
                .filter(|name| !name.is_empty())
                .or(option)?
                .to_owned()
        }
        Database::Sb => {
            let global = rows.rows::<sb::SbGlobal>().next()?;
            global.options().get("name")?.to_owned()
        }
        Database::Ovs => {
            let switch = rows.rows::<vswitch::OpenVswitch>().next()?;
            let ids = switch.external_ids();
            ids.get("hostname").or(ids.get("system-id"))?.to_owned()
        }
    };
    (!name.is_empty()).then_some(name)
}
