//! The chassis of a zone, and how other rows name them.

use std::collections::HashMap;

use ovn_schemas::{nb, sb};
use ovsdb_client::replica;
use ovsdb_client::table::{Ref, Table};
use ovsdb_client::value::Uuid;

use crate::deployment::is_remote;
use crate::topology::graph::{Candidate, Chassis, ChassisId, Place};

/// The chassis of one Southbound database.
#[derive(Debug, Default)]
pub(crate) struct ChassisIndex {
    /// In order; a [`ChassisId`] is a place here.
    pub(crate) chassis: Vec<Chassis>,
    by_uuid: HashMap<Uuid, ChassisId>,
    by_name: HashMap<Box<str>, ChassisId>,
    /// Whether the Southbound database was read.
    known: bool,
}

impl ChassisIndex {
    /// The chassis of a Southbound database; without one nothing is known.
    pub(crate) fn new(sb: Option<&replica::Snapshot>) -> Self {
        let Some(sb) = sb else {
            return Self::default();
        };
        let mut chassis: Vec<Chassis> = sb.rows::<sb::Chassis>().map(|row| of_row(&row)).collect();
        chassis.sort_by(|a, b| (&a.hostname, &a.name, a.uuid).cmp(&(&b.hostname, &b.name, b.uuid)));
        label(&mut chassis);
        let mut index = Self {
            known: true,
            ..Self::default()
        };
        // System IDs last, so that they win over a host that has another's ID as its name.
        for (place, one) in chassis.iter().enumerate().rev() {
            index.by_uuid.insert(one.uuid, ChassisId(place));
            index.by_name.insert(one.hostname.clone(), ChassisId(place));
        }
        for (place, one) in chassis.iter().enumerate().rev() {
            index.by_name.insert(one.name.clone(), ChassisId(place));
        }
        index.by_name.remove("");
        index.chassis = chassis;
        index
    }

    /// The chassis that a reference names.
    pub(crate) fn get(&self, reference: Ref<sb::Chassis>) -> Option<ChassisId> {
        self.by_uuid.get(&reference.uuid()).copied()
    }

    /// The chassis with this system ID or hostname.
    pub(crate) fn place(&self, name: &str) -> Place {
        match self.by_name.get(name) {
            Some(id) => Place::Chassis(*id),
            None if self.known => Place::Missing(name.into()),
            None => Place::Unread(name.into()),
        }
    }

    /// The chassis of gateway rows, highest priority first.
    pub(crate) fn gateways(
        &self,
        rows: impl Iterator<Item = nb::GatewayChassis>,
    ) -> Vec<Candidate> {
        ordered(
            rows.map(|row| Candidate {
                place: self.place(row.chassis_name()),
                priority: row.priority(),
            })
            .collect(),
        )
    }

    /// The chassis of a group, highest priority first.
    pub(crate) fn group(
        &self,
        nb: &replica::Snapshot,
        group: Ref<nb::HaChassisGroup>,
    ) -> Vec<Candidate> {
        let Some(group) = nb.get(group) else {
            return Vec::new();
        };
        let members = group.ha_chassis().iter().filter_map(|row| nb.get(row));
        ordered(
            members
                .map(|row| Candidate {
                    place: self.place(row.chassis_name()),
                    priority: row.priority(),
                })
                .collect(),
        )
    }
}

fn of_row(row: &sb::Chassis) -> Chassis {
    Chassis {
        uuid: row.uuid(),
        name: row.name().into(),
        hostname: row.hostname().into(),
        label: row.hostname().into(),
        remote: is_remote(row),
    }
}

/// Falls back to the system ID where hostnames are empty or shared; they stand in order.
fn label(chassis: &mut [Chassis]) {
    for place in 0..chassis.len() {
        let one = &chassis[place];
        let shared = |other: Option<&Chassis>| other.is_some_and(|o| o.hostname == one.hostname);
        let before = place.checked_sub(1).and_then(|before| chassis.get(before));
        if one.hostname.is_empty() || shared(before) || shared(chassis.get(place + 1)) {
            chassis[place].label = one.name.clone();
        }
    }
}

fn ordered(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    candidates.sort_by(|a, b| (b.priority, &a.place).cmp(&(a.priority, &b.place)));
    candidates
}
