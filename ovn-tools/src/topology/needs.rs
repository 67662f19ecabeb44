//! What the graph is read from.

use ovn_schemas::{nb, sb};

use crate::database::Database;
use crate::snapshot::Needs;

/// Adds the tables and columns that [`crate::topology::Topology::read`] looks at.
#[must_use]
pub fn with_needs(needs: Needs) -> Needs {
    southbound(northbound(needs))
}

fn northbound(needs: Needs) -> Needs {
    const NB: Database = Database::Nb;
    needs
        .column(NB, nb::logical_switch::NAME)
        .column(NB, nb::logical_switch::PORTS)
        .column(NB, nb::logical_switch::OTHER_CONFIG)
        .column(NB, nb::logical_switch_port::NAME)
        .column(NB, nb::logical_switch_port::TYPE)
        .column(NB, nb::logical_switch_port::OPTIONS)
        .column(NB, nb::logical_switch_port::PARENT_NAME)
        .column(NB, nb::logical_switch_port::TAG)
        .column(NB, nb::logical_switch_port::ADDRESSES)
        .column(NB, nb::logical_switch_port::DYNAMIC_ADDRESSES)
        .column(NB, nb::logical_switch_port::PEER)
        .column(NB, nb::logical_switch_port::UP)
        .column(NB, nb::logical_switch_port::ENABLED)
        .column(NB, nb::logical_switch_port::HA_CHASSIS_GROUP)
        .column(NB, nb::logical_router::NAME)
        .column(NB, nb::logical_router::PORTS)
        .column(NB, nb::logical_router::ENABLED)
        .column(NB, nb::logical_router::OPTIONS)
        .column(NB, nb::logical_router_port::NAME)
        .column(NB, nb::logical_router_port::MAC)
        .column(NB, nb::logical_router_port::NETWORKS)
        .column(NB, nb::logical_router_port::PEER)
        .column(NB, nb::logical_router_port::ENABLED)
        .column(NB, nb::logical_router_port::GATEWAY_CHASSIS)
        .column(NB, nb::logical_router_port::HA_CHASSIS_GROUP)
        .column(NB, nb::gateway_chassis::CHASSIS_NAME)
        .column(NB, nb::gateway_chassis::PRIORITY)
        .column(NB, nb::ha_chassis_group::HA_CHASSIS)
        .column(NB, nb::ha_chassis::CHASSIS_NAME)
        .column(NB, nb::ha_chassis::PRIORITY)
}

fn southbound(needs: Needs) -> Needs {
    const SB: Database = Database::Sb;
    needs
        .column(SB, sb::port_binding::LOGICAL_PORT)
        .column(SB, sb::port_binding::TYPE)
        .column(SB, sb::port_binding::CHASSIS)
        .column(SB, sb::port_binding::ADDITIONAL_CHASSIS)
        .column(SB, sb::port_binding::UP)
        .column(SB, sb::chassis::NAME)
        .column(SB, sb::chassis::HOSTNAME)
        .column(SB, sb::chassis::OTHER_CONFIG)
}
