//! Texts: the outputs of commands that a collector kept, found by the command.
//!
//! `sos report` names a file after the command line: its program without a folder, and `.` for `/`,
//! `_` for everything else that is no letter, digit, `.`, `_` or `-`.
//!
//! **Source**: sos, `sos/report/plugins/__init__.py`, `_mangle_command`.

use std::fs::File;
use std::io;

use crate::access::bundle::limit::Meter;
use crate::access::bundle::look::whole;
use crate::access::bundle::opening::Bundle;
use crate::access::bundle::place::Place;
use crate::access::bundle::visit::{self, Visitor, visit};
use crate::command::Command;

/// The folder under which `sos report` keeps the outputs of commands.
const OUTPUTS: &str = "sos_commands";

impl Bundle {
    /// What was kept of a command's output beside the database at `address`: where, and the text.
    ///
    /// It blocks: call it where blocking is allowed.
    ///
    /// # Errors
    /// When the text cannot be read.
    pub(crate) fn output(
        &self,
        command: &Command,
        address: &str,
    ) -> io::Result<Option<(String, String)>> {
        let mut kept: Vec<(usize, String, &Place)> = Vec::new();
        for noted in &self.noted {
            let own = self.address(&noted.place);
            let Some((collection, path)) = own.split_once(OUTPUTS) else {
                continue;
            };
            let name = path.rsplit('/').next().unwrap_or(path);
            if let (true, Some(rank)) = (address.starts_with(collection), rank(command, name)) {
                kept.push((rank, own, &noted.place));
            }
        }
        kept.sort();
        let Some((_, own, place)) = kept.into_iter().next() else {
            return Ok(None);
        };
        Ok(Some((own, self.text(place)?)))
    }

    /// The text at a place; what is not UTF-8 is replaced.
    fn text(&self, place: &Place) -> io::Result<String> {
        let path = match self.is_folder {
            true => self.root.join(place.file_path()),
            false => self.root.clone(),
        };
        let meter = Meter::default();
        let mut wanted = Wanted {
            place,
            meter: &meter,
            outcome: Err(io::ErrorKind::NotFound.into()),
        };
        let start = Place::file(place.file_path());
        visit(&mut File::open(path)?, &start, 0, &meter, &mut wanted);
        let bytes = wanted.outcome?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}

/// How well a file of that name holds the output of a command, 0 being best.
fn rank(command: &Command, name: &str) -> Option<usize> {
    let all: &[&[&str]] = match command {
        Command::BridgeFlows { bridge } => {
            let is_its_own = name.ends_with(&format!("_{bridge}"));
            // The first has cookies.
            return match is_its_own {
                true if name.starts_with("ovs-ofctl") && name.contains("_dump-flows_") => Some(0),
                true if name.contains("bridge.dump-flows") => Some(1),
                _ => None,
            };
        }
        Command::DatapathFlows => &[&["dpctl.dump-flows", "_-m"], &["dpctl.dump-flows"]],
        Command::Conntrack { zone: None } => {
            &[&["dpctl.dump-conntrack", "_-m"], &["dpctl.dump-conntrack"]]
        }
        Command::ConntrackZones => &[&["ct-zone-list"]],
        Command::ConnectionStatus => &[&["connection-status"]],
        Command::NorthdStatus => &[&["ovn-northd", "_status"]],
        _ => &[],
    };
    all.iter()
        .position(|parts| parts.iter().all(|part| name.contains(part)))
}

/// Takes one text out of a file, however it is packed.
struct Wanted<'t> {
    place: &'t Place,
    meter: &'t Meter,
    outcome: io::Result<Vec<u8>>,
}

impl Visitor for Wanted<'_> {
    fn wants(&self, place: &Place) -> bool {
        place.holds(self.place)
    }

    fn file(&mut self, file: visit::File<'_>) -> io::Result<()> {
        if file.place == self.place {
            self.outcome = Ok(whole(file.reader, self.meter)?);
        }
        Ok(())
    }

    fn problem(&mut self, place: &Place, error: &io::Error) {
        if place.holds(self.place) && self.outcome.is_err() {
            self.outcome = Err(io::Error::new(error.kind(), error.to_string()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_output_of_a_command_is_told_by_its_name() {
        let flows = Command::BridgeFlows {
            bridge: "br-int".parse().expect("a word"),
        };
        let names = [
            "ovs-ofctl_dump-flows_br-int",
            "ovs-ofctl_-O_OpenFlow13_dump-flows_br-int",
            "ovs-appctl_bridge.dump-flows_--offload-stats_br-int",
            "ovs-ofctl_dump-flows_br-ex",
            "ovs-ofctl_dump-ports_br-int",
        ];
        let ranks = names.map(|name| rank(&flows, name));
        assert_eq!(ranks, [Some(0), Some(0), Some(1), None, None]);
        let dpctl = "ovs-appctl_dpctl.dump-flows_-m_system_ovs-system";
        assert_eq!(rank(&Command::DatapathFlows, dpctl), Some(0));
        let zones = "ovn-appctl_-t_ovn-controller_ct-zone-list";
        assert_eq!(rank(&Command::ConntrackZones, zones), Some(0));
        let status = "ovn-appctl_-t_.var.run.ovn.ovn-northd._.ctl_status";
        assert_eq!(rank(&Command::NorthdStatus, status), Some(0));
    }
}
