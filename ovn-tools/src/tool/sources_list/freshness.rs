//! Freshness: how far a change to the northbound database has come.
//!
//! Whoever wants to wait for a change raises `NB_Global.nb_cfg`. ovn-northd copies the number to
//! `SB_Global.nb_cfg` together with what it made of the change, each ovn-controller copies that
//! one to its row of `Chassis_Private`, and ovn-northd reports back: `NB_Global.sb_cfg` is what the
//! southbound database has taken, `NB_Global.hv_cfg` the least of the chassis.
//!
//! ```text
//! NB_Global.nb_cfg --northd--> SB_Global.nb_cfg --ovn-controller--> Chassis_Private.nb_cfg
//!      sb_cfg  <---------------------'                                   |
//!      hv_cfg  <------------------------- least of the local chassis ----'
//! ```
//!
//! The number only counts changes that somebody waited for: equal numbers do not prove that
//! nothing else is under way.

use std::collections::BTreeMap;

use ovn_schemas::{nb, sb};
use ovsdb_client::table::{Table, Uuid};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::database::Database;
use crate::snapshot::DatabaseRead;

/// The chain of one node or zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Freshness {
    /// The verdict over the chain.
    pub verdict: Verdict,
    /// The verdict in words, with what is behind and how far.
    pub state: String,
    /// `NB_Global.nb_cfg`: what was asked for.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub nb_cfg: Option<i64>,
    /// `SB_Global.nb_cfg`: what ovn-northd has put into the southbound database.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sb_nb_cfg: Option<i64>,
    /// `NB_Global.sb_cfg`: what ovn-northd knows the southbound database to have taken.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sb_cfg: Option<i64>,
    /// `NB_Global.hv_cfg`: what ovn-northd knows all chassis to have taken.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub hv_cfg: Option<i64>,
    /// The local chassis, ascending by name; of many, those furthest behind first.
    pub chassis: Vec<ChassisFreshness>,
    /// How many more local chassis there are, none of them further behind.
    #[serde(skip_serializing_if = "is_none", default)]
    pub chassis_left_out: usize,
    /// How many chassis are remote (`other_config:is-remote`): of other zones, so not counted.
    pub remote_chassis: usize,
}

/// The most chassis of one database that are listed.
/// **Default and why**: 20; a hundred of them do not fit an answer, and `rows_find` has them all.
const MAX_CHASSIS: usize = 20;

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands references out"
)]
fn is_none(count: &usize) -> bool {
    *count == 0
}

/// How far a change has come, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Everywhere it should.
    UpToDate,
    /// Somewhere not as far as it should.
    Behind,
    /// Nothing tells.
    Unknown,
}

/// How far a change has come on one chassis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ChassisFreshness {
    /// The chassis' name (its system-id).
    pub name: String,
    /// Its host.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub hostname: Option<String>,
    /// `Chassis_Private.nb_cfg`: what its ovn-controller has taken.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub nb_cfg: Option<i64>,
    /// In words.
    pub state: String,
}

/// One step of the chain.
enum Step {
    UpToDate,
    Behind(i64),
    Unknown(String),
}

impl Step {
    fn between(wanted: i64, reached: i64) -> Self {
        match wanted.saturating_sub(reached) {
            // The two were read one after the other, so the later one may be ahead.
            ..=0 => Self::UpToDate,
            behind => Self::Behind(behind),
        }
    }

    fn words(&self) -> String {
        match self {
            Self::UpToDate => "up to date".to_owned(),
            Self::Behind(count) => format!("{count} behind"),
            Self::Unknown(reason) => format!("unknown: {reason}"),
        }
    }
}

impl Freshness {
    /// The chain among one node's databases; `None` where there is neither end of it.
    pub(super) fn of(reads: &[&DatabaseRead]) -> Option<Self> {
        let has = |kind| reads.iter().any(|read| read.database == kind);
        if !has(Database::Nb) && !has(Database::Sb) {
            return None;
        }
        let northbound = the_only(reads, Database::Nb).and_then(|read| {
            let mut rows = read.rows.rows::<nb::NbGlobal>();
            rows.next().ok_or_else(no_row::<nb::NbGlobal>)
        });
        let southbound = the_only(reads, Database::Sb);
        let global = southbound.clone().and_then(|read| {
            let mut rows = read.rows.rows::<sb::SbGlobal>();
            rows.next().ok_or_else(no_row::<sb::SbGlobal>)
        });
        let asked = northbound.as_ref().map(nb::NbGlobal::nb_cfg);
        let translated = global.as_ref().map(sb::SbGlobal::nb_cfg);
        let northd = northd(&northbound, &global);
        // What a chassis can have reached is what stands in the southbound database.
        let wanted = translated.as_ref().or(asked.as_ref());
        let (chassis, remote_chassis) = match southbound {
            Ok(read) => chassis(read, wanted.ok().copied()),
            Err(_) => (Vec::new(), 0),
        };
        let (verdict, state) = conclude(&northd, &chassis, northbound.as_ref().ok());
        let (chassis, chassis_left_out) = listed(chassis);
        Some(Self {
            verdict,
            state,
            nb_cfg: asked.ok(),
            sb_nb_cfg: translated.ok(),
            sb_cfg: northbound.as_ref().ok().map(nb::NbGlobal::sb_cfg),
            hv_cfg: northbound.as_ref().ok().map(nb::NbGlobal::hv_cfg),
            chassis,
            chassis_left_out,
            remote_chassis,
        })
    }
}

/// The chassis to be listed, and how many are left out.
fn listed(mut chassis: Vec<(ChassisFreshness, Step)>) -> (Vec<ChassisFreshness>, usize) {
    let left_out = chassis.len().saturating_sub(MAX_CHASSIS);
    if left_out > 0 {
        let rank = |step: &Step| match step {
            Step::Behind(_) => 0,
            Step::Unknown(_) => 1,
            Step::UpToDate => 2,
        };
        // Stable, so that those that have reached the same stay in the order of their names.
        chassis.sort_by_key(|(chassis, step)| (rank(step), chassis.nb_cfg));
        chassis.truncate(MAX_CHASSIS);
    }
    let chassis = chassis.into_iter().map(|(chassis, _)| chassis);
    (chassis.collect(), left_out)
}

/// The node's only database of a kind.
fn the_only<'s>(reads: &[&'s DatabaseRead], kind: Database) -> Result<&'s DatabaseRead, String> {
    let mut of_kind = reads.iter().filter(|read| read.database == kind);
    match (of_kind.next(), of_kind.count()) {
        (Some(read), 0) => Ok(read),
        (Some(_), others) => Err(format!(
            "{} databases {kind} of one node cannot be told apart",
            others + 1
        )),
        (None, _) => Err(format!("no database {kind} was read")),
    }
}

fn no_row<T: Table>() -> String {
    format!("{} has no row", T::DEFINITION.name)
}

const NEVER_RAISED: &str = "nb_cfg is 0, nobody has ever waited for a change";

fn northd(
    northbound: &Result<nb::NbGlobal, String>,
    southbound: &Result<sb::SbGlobal, String>,
) -> Step {
    match (northbound, southbound) {
        (Err(reason), _) => Step::Unknown(reason.clone()),
        (Ok(north), _) if north.nb_cfg() == 0 => Step::Unknown(NEVER_RAISED.to_owned()),
        (Ok(north), Ok(south)) => Step::between(north.nb_cfg(), south.nb_cfg()),
        (Ok(north), Err(_)) => Step::between(north.nb_cfg(), north.sb_cfg()),
    }
}

/// The local chassis ascending by name, and how many are remote.
fn chassis(read: &DatabaseRead, wanted: Option<i64>) -> (Vec<(ChassisFreshness, Step)>, usize) {
    let mut remote = 0;
    let mut local: BTreeMap<Uuid, sb::Chassis> = BTreeMap::new();
    let mut remote_names = Vec::new();
    for chassis in read.rows.rows::<sb::Chassis>() {
        if chassis.other_config().get("is-remote") == Some("true") {
            remote += 1;
            remote_names.push(chassis.name().to_owned());
        } else {
            local.insert(chassis.uuid(), chassis);
        }
    }
    let has_reports = read
        .rows
        .table(sb::ChassisPrivate::DEFINITION.name)
        .is_some();
    let mut found: Vec<(ChassisFreshness, Step)> = Vec::new();
    for report in read.rows.rows::<sb::ChassisPrivate>() {
        if remote_names.iter().any(|name| name == report.name()) {
            continue;
        }
        let named = local
            .values()
            .find(|chassis| chassis.name() == report.name())
            .map(Table::uuid);
        let referred = report.chassis().map(|chassis| chassis.uuid());
        let row = referred.or(named).and_then(|uuid| local.remove(&uuid));
        let step = match wanted {
            None => Step::Unknown("what it should have reached is not known".to_owned()),
            Some(0) => Step::Unknown(NEVER_RAISED.to_owned()),
            Some(wanted) => Step::between(wanted, report.nb_cfg()),
        };
        let mut state = step.words();
        if row.is_none() {
            state.push_str(" (its row of Chassis is gone)");
        }
        let listed = ChassisFreshness {
            name: report.name().to_owned(),
            hostname: row.as_ref().and_then(hostname),
            nb_cfg: Some(report.nb_cfg()),
            state,
        };
        found.push((listed, step));
    }
    for row in local.values() {
        let table = sb::ChassisPrivate::DEFINITION.name;
        let step = Step::Unknown(if has_reports {
            format!("it has no row of {table}")
        } else {
            format!("the schema has no {table}")
        });
        let listed = ChassisFreshness {
            name: row.name().to_owned(),
            hostname: hostname(row),
            nb_cfg: None,
            state: step.words(),
        };
        found.push((listed, step));
    }
    found.sort_by(|a, b| a.0.name.cmp(&b.0.name));
    (found, remote)
}

fn hostname(chassis: &sb::Chassis) -> Option<String> {
    let hostname = chassis.hostname();
    (!hostname.is_empty()).then(|| hostname.to_owned())
}

fn conclude(
    northd: &Step,
    chassis: &[(ChassisFreshness, Step)],
    northbound: Option<&nb::NbGlobal>,
) -> (Verdict, String) {
    let mut behind = Vec::new();
    let mut unknown = Vec::new();
    match northd {
        Step::UpToDate => {}
        Step::Behind(count) => behind.push(format!("northd is {count} behind")),
        Step::Unknown(reason) => unknown.push(reason.clone()),
    }
    for (chassis, step) in chassis {
        let name = chassis.hostname.as_ref().unwrap_or(&chassis.name);
        match step {
            Step::UpToDate => {}
            Step::Behind(count) => {
                behind.push(format!("ovn-controller on {name} is {count} behind"));
            }
            // Said once for the whole chain.
            Step::Unknown(reason) if reason == NEVER_RAISED => {}
            Step::Unknown(reason) => unknown.push(format!("ovn-controller on {name}: {reason}")),
        }
    }
    // Without the chassis' own rows, northd's word for the slowest of them is what there is.
    if let (true, Some(north), Step::UpToDate) = (chassis.is_empty(), northbound, northd)
        && let Step::Behind(count) = Step::between(north.sb_cfg(), north.hv_cfg())
    {
        behind.push(format!("the slowest ovn-controller is {count} behind"));
    }
    let words = |parts: &[String]| {
        let shown = parts.iter().take(MAX_STATED).cloned();
        let mut words = shown.collect::<Vec<String>>().join(", ");
        if let Some(more @ 1..) = parts.len().checked_sub(MAX_STATED) {
            words.push_str(&format!(" and {more} more"));
        }
        words
    };
    match (behind.as_slice(), unknown.as_slice()) {
        ([], []) => (Verdict::UpToDate, "up to date".to_owned()),
        ([], unknown) => (Verdict::Unknown, format!("unknown: {}", words(unknown))),
        (behind, _) => (Verdict::Behind, words(behind)),
    }
}

/// The most steps that a state in words names.
/// **Default and why**: 3; the list of chassis has them all.
const MAX_STATED: usize = 3;
