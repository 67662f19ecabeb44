//! Problems of the logical network as findings.

use ovn_schemas::sb::port_binding::{CHASSIS, LOGICAL_PORT, UP};
use ovn_schemas::{nb, sb};
use ovsdb_client::table::Ref;
use serde_json::json;

use crate::check::finding::{Evidence, Finding};
use crate::check::scene::{ROUTER_PORT, Zone};
use crate::topology::{Problem, ProblemKind};

/// The problems of one kind in a zone's logical network, each with the rows that it is about.
pub(crate) fn problems(zone: &Zone<'_>, kind: ProblemKind) -> Vec<(Problem, Finding)> {
    let Some(graph) = zone.graph else {
        return Vec::new();
    };
    let problems = graph.problems().into_iter();
    problems
        .filter(|problem| problem.kind == kind)
        .map(|problem| {
            let finding = Finding::new(object(zone, &problem), String::new())
                .rows(rows(zone, &problem))
                .next(
                    "topology_show",
                    [("of", json!(problem.name))],
                    "what it is linked to, and where it is bound",
                );
            (problem, finding)
        })
        .collect()
}

fn object(zone: &Zone<'_>, problem: &Problem) -> String {
    match (problem.port, problem.device) {
        (Some(_), _) => match zone.switch_port(&problem.name) {
            Some(port) => port.object(),
            None => format!("port {}", problem.name),
        },
        (None, Some(id)) => {
            let kind = zone.graph.map(|graph| graph.device(id).kind.name());
            format!("{} {}", kind.unwrap_or_default(), problem.name)
        }
        (None, None) => format!("binding {}", problem.name),
    }
}

fn rows(zone: &Zone<'_>, problem: &Problem) -> Vec<Evidence> {
    let name = nb::logical_switch_port::NAME.name();
    let mut rows = Vec::new();
    let named = |evidence: Evidence| evidence.with(name, &*problem.name);
    if let (Some(nb), Some(graph)) = (zone.nb, zone.graph) {
        let uuid = problem.port.map(|id| graph.port(id).uuid);
        if let Some(row) = uuid.and_then(|uuid| nb.rows.get(Ref::new(uuid))) {
            rows.extend(zone.nb_row::<nb::LogicalSwitchPort>(&row, |evidence| {
                let evidence = named(evidence);
                match problem.kind {
                    ProblemKind::Disabled => {
                        evidence.with(nb::logical_switch_port::ENABLED.name(), row.enabled())
                    }
                    ProblemKind::Dangling if row.options().get(ROUTER_PORT).is_some() => {
                        evidence.key(&row, nb::logical_switch_port::OPTIONS, ROUTER_PORT)
                    }
                    _ => evidence.with(nb::logical_switch_port::UP.name(), row.up()),
                }
            }));
        }
        if let Some(row) = uuid.and_then(|uuid| nb.rows.get(Ref::new(uuid))) {
            rows.extend(zone.nb_row::<nb::LogicalRouterPort>(&row, |evidence| {
                let evidence = named(evidence);
                match problem.kind {
                    ProblemKind::Disabled => {
                        evidence.with(nb::logical_router_port::ENABLED.name(), row.enabled())
                    }
                    _ => evidence,
                }
            }));
        }
        let device = problem.device.filter(|_| problem.port.is_none());
        let uuid = device.map(|id| graph.device(id).uuid);
        if let Some(row) = uuid.and_then(|uuid| nb.rows.get(Ref::new(uuid))) {
            rows.extend(zone.nb_row::<nb::LogicalRouter>(&row, |evidence| {
                let evidence = named(evidence);
                match problem.kind {
                    ProblemKind::Disabled => {
                        evidence.with(nb::logical_router::ENABLED.name(), row.enabled())
                    }
                    _ => evidence,
                }
            }));
        }
        if rows.is_empty()
            && let Some(row) = problem.device.map(|id| graph.device(id).uuid)
        {
            // The port's row is not there, so its switch or router stands for it.
            if let Some(row) = nb.rows.get(Ref::new(row)) {
                rows.extend(zone.nb_row::<nb::LogicalSwitch>(&row, named));
            }
            if let Some(row) = nb.rows.get(Ref::new(row)) {
                rows.extend(zone.nb_row::<nb::LogicalRouter>(&row, named));
            }
        }
    }
    rows.extend(
        zone.binding(&problem.name)
            .and_then(|row| binding(zone, row)),
    );
    rows
}

/// The row of a binding, with where it is bound.
pub(crate) fn binding(zone: &Zone<'_>, row: &sb::PortBinding) -> Option<Evidence> {
    zone.sb_row(row, |evidence| {
        let chassis = row
            .chassis()
            .map(|chassis| match zone.chassis(chassis.uuid()) {
                Some(chassis) => chassis.hostname().to_owned(),
                None => chassis.uuid().to_string(),
            });
        evidence
            .with(LOGICAL_PORT.name(), row.logical_port())
            .with(CHASSIS.name(), chassis)
            .with(UP.name(), row.up())
    })
}
