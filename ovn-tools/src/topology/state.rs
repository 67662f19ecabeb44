//! Where each port is bound, and whether as it should be.

use std::collections::HashMap;

use ovn_schemas::{nb, sb};
use ovsdb_client::replica;
use ovsdb_client::table::Table;

use crate::topology::attachment::PortNames;
use crate::topology::chassis::ChassisIndex;
use crate::topology::graph::{
    ChassisId, Device, Place, Port, PortKind, Redirect, State, Stray, Unbound,
};
use crate::topology::port::{Draft, PortRow};

/// What ovn-northd puts before a port's name for the binding of its gateway.
pub(crate) const REDIRECT_PREFIX: &str = "cr-";

/// The type of a binding that mirrors another port; it has no logical port of its own.
const MIRROR: &str = "mirror";

/// The option by which a port asks for chassis, the main one first.
const REQUESTED_CHASSIS: &str = "requested-chassis";

/// The option by which a layer-2 gateway names its chassis.
const L2GATEWAY_CHASSIS: &str = "l2gateway-chassis";

/// The bindings of one Southbound database by logical port.
#[derive(Debug, Default)]
pub(crate) struct Bindings {
    by_name: HashMap<Box<str>, sb::PortBinding>,
    /// Whether the Southbound database was read.
    known: bool,
}

impl Bindings {
    /// The bindings of a Southbound database; without one nothing is known.
    pub(crate) fn new(sb: Option<&replica::Snapshot>) -> Self {
        let mut bindings = Self::default();
        if let Some(sb) = sb {
            bindings.known = true;
            for row in sb.rows::<sb::PortBinding>() {
                bindings
                    .by_name
                    .entry(row.logical_port().into())
                    .or_insert(row);
            }
        }
        bindings
    }

    /// Binds a port of `device`.
    pub(crate) fn bind(&self, draft: &mut Draft, device: &Device, index: &ChassisIndex) {
        let Draft { port, row } = draft;
        if port.kind == PortKind::Absent {
            return;
        }
        let binding = self.by_name.get(&*port.name);
        port.binding = binding.map(sb::PortBinding::uuid);
        port.chassis = binding.map_or_else(Vec::new, |row| chassis_of(row, index));
        port.state = self.state(port, row, device, binding, index);
        port.redirect = self.redirect(port, device, index);
    }

    fn state(
        &self,
        port: &Port,
        row: &PortRow,
        device: &Device,
        binding: Option<&sb::PortBinding>,
        index: &ChassisIndex,
    ) -> State {
        let bindable = is_bindable(port, device);
        let Some(binding) = binding else {
            // ovn-northd makes no bindings for what is switched off on a router.
            let off = !device.enabled || !port.enabled && port.kind == PortKind::RouterPort;
            return match (self.known, bindable) {
                (true, _) if !off => State::Unbound(Unbound::NoBinding),
                (false, true) => State::Unknown,
                _ => State::NotApplicable,
            };
        };
        if !bindable {
            return State::NotApplicable;
        }
        if port.chassis.is_empty() {
            let asked = asked(port, row, device, index);
            return State::Unbound(no_chassis(binding, asked));
        }
        match row {
            PortRow::Switch(row) if port.kind != PortKind::Remote => up(row, binding),
            _ => State::Bound,
        }
    }

    fn redirect(&self, port: &Port, device: &Device, index: &ChassisIndex) -> Option<Redirect> {
        let binding = self
            .by_name
            .get(&*format!("{REDIRECT_PREFIX}{}", port.name));
        if let Some(binding) = binding {
            let chassis = chassis_of(binding, index);
            let asked = || port.candidates.first().map(|first| first.place.clone());
            return Some(Redirect {
                binding: Some(binding.uuid()),
                state: if chassis.is_empty() {
                    State::Unbound(no_chassis(binding, asked()))
                } else {
                    State::Bound
                },
                chassis,
            });
        }
        // A gateway router is on one chassis as a whole, so its ports have no gateways.
        let expected = port.kind == PortKind::RouterPort
            && !port.candidates.is_empty()
            && device.pinned.is_none();
        let state = match port.state {
            State::Unbound(Unbound::NoBinding) => return None,
            _ if !expected || !port.enabled || !device.enabled => return None,
            _ if self.known => State::Unbound(Unbound::NoBinding),
            _ => State::Unknown,
        };
        Some(Redirect {
            binding: None,
            chassis: Vec::new(),
            state,
        })
    }

    /// The bindings that no port stands behind, by name.
    pub(crate) fn strays(&self, names: &PortNames<'_>, index: &ChassisIndex) -> Vec<Stray> {
        let mut strays: Vec<Stray> = self
            .by_name
            .iter()
            .filter(|(name, row)| {
                let port = name.strip_prefix(REDIRECT_PREFIX);
                names.get(name).is_none()
                    && port.is_none_or(|name| names.get(name).is_none())
                    && row.type_() != MIRROR
            })
            .map(|(name, row)| Stray {
                uuid: row.uuid(),
                name: name.clone(),
                chassis: chassis_of(row, index),
            })
            .collect();
        strays.sort_by(|a, b| a.name.cmp(&b.name));
        strays
    }
}

/// Whether ports like it are bound to a chassis.
fn is_bindable(port: &Port, device: &Device) -> bool {
    match port.kind {
        PortKind::Vif
        | PortKind::Container
        | PortKind::L2Gateway
        | PortKind::Vtep
        | PortKind::External
        | PortKind::Remote => true,
        PortKind::RouterPort => device.pinned.is_some(),
        _ => false,
    }
}

/// The chassis of a binding that exist, the main one first.
fn chassis_of(binding: &sb::PortBinding, index: &ChassisIndex) -> Vec<ChassisId> {
    let mut additional: Vec<ChassisId> = binding
        .additional_chassis()
        .iter()
        .filter_map(|reference| index.get(reference))
        .collect();
    additional.sort_unstable();
    let main = binding.chassis().and_then(|main| index.get(main));
    main.into_iter().chain(additional).collect()
}

fn no_chassis(binding: &sb::PortBinding, asked: Option<Place>) -> Unbound {
    match binding.chassis() {
        Some(reference) => Unbound::ChassisMissing(reference.uuid()),
        None => Unbound::NoChassis { asked },
    }
}

/// The chassis that should claim a port.
fn asked(port: &Port, row: &PortRow, device: &Device, index: &ChassisIndex) -> Option<Place> {
    let PortRow::Switch(row) = row else {
        return device.pinned.clone();
    };
    let key = match port.kind {
        PortKind::L2Gateway => L2GATEWAY_CHASSIS,
        _ => REQUESTED_CHASSIS,
    };
    let requested = row.options().get(key)?;
    let main = requested.split(',').next()?.trim();
    (!main.is_empty()).then(|| index.place(main))
}

/// The Northbound `up` counts: ovn-northd knows which chassis tell in the Southbound database
/// whether a port is up, and which only claim it.
fn up(row: &nb::LogicalSwitchPort, binding: &sb::PortBinding) -> State {
    let noted = binding.up() != Some(false);
    match row.up() {
        Some(true) => State::Bound,
        Some(false) => State::Down { noted },
        None if noted => State::Bound,
        None => State::Down { noted },
    }
}
