//! Texts: the outputs of commands that a collector kept, found by the command.
//!
//! `sos report` names a file after the command line: its program without a folder, and `.` for `/`,
//! `_` for everything else that is no letter, digit, `.`, `_` or `-`.
//!
//! **Source**: sos, `sos/report/plugins/__init__.py`, `_mangle_command`.

use std::collections::BTreeSet;
use std::fs::File;
use std::io;

use crate::access::bundle::limit::Meter;
use crate::access::bundle::look::whole;
use crate::access::bundle::opening::Bundle;
use crate::access::bundle::place::Place;
use crate::access::bundle::visit::{self, Visitor, visit};
use crate::command::{Command, Family, KernelListing};

/// The folder under which `sos report` keeps the outputs of commands.
const OUTPUTS: &str = "sos_commands";
/// The folder of the outputs that are of a network namespace, and what their names begin with in
/// older versions.
const NAMESPACES: &str = "namespaces";
const IN_NAMESPACE: &str = "ip_netns_exec_";

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
            let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
            // The network of a namespace is not the node's.
            if folder.contains(NAMESPACES) || name.starts_with(IN_NAMESPACE) {
                continue;
            }
            if let (true, Some(rank)) = (address.starts_with(collection), rank(command, name)) {
                kept.push((rank, own, &noted.place));
            }
        }
        kept.sort();
        if let Command::Kernel(KernelListing::Iptables(_)) = command
            && kept.first().is_some_and(|(rank, ..)| *rank > 0)
        {
            return self.tables(&kept);
        }
        let Some((_, own, place)) = kept.into_iter().next() else {
            return Ok(None);
        };
        Ok(Some((own, self.text(place)?)))
    }

    /// The tables of iptables, which are kept one a file, each under its name as iptables-save
    /// has it.
    fn tables(&self, kept: &[(usize, String, &Place)]) -> io::Result<Option<(String, String)>> {
        let (mut known, mut all) = (BTreeSet::new(), String::new());
        for (_, own, place) in kept {
            let name = own.rsplit('/').next().unwrap_or(own);
            let table = table_of(name);
            // The same table may be kept twice, with its counters exact or not.
            if known.insert(table.to_owned()) {
                all.push_str(&format!("*{table}\n{}\n", self.text(place)?));
            }
        }
        Ok(kept.first().map(|(_, own, _)| (own.clone(), all)))
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

/// The table whose rules a file has that `iptables` wrote: `iptables_-t_nat_-nvL`.
fn table_of(name: &str) -> &str {
    let table = name.split_once("_-t_").map(|(_, rest)| rest);
    let table = table.and_then(|rest| rest.split('_').next());
    table.unwrap_or("filter")
}

/// How well a file of that name holds the output of a command, 0 being best.
fn rank(command: &Command, name: &str) -> Option<usize> {
    if let Command::Kernel(listing) = command {
        return kernel_rank(*listing, name);
    }
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

/// The same for a listing of the kernel, whose files have no names within their names.
fn kernel_rank(listing: KernelListing, name: &str) -> Option<usize> {
    let names: &[&str] = match listing {
        KernelListing::Addresses => &[
            "ip_-d_address",
            "ip_-d_address_show",
            "ip_address_show",
            "ip_addr_show",
            "ip_address",
            "ip_addr",
        ],
        KernelListing::Links => &["ip_-s_-d_link", "ip_-d_-s_link", "ip_-s_link", "ip_link"],
        KernelListing::Routes(Family::Ipv4) => {
            &["ip_route_show_table_all", "ip_-4_route_show_table_all"]
        }
        KernelListing::Routes(Family::Ipv6) => &["ip_-6_route_show_table_all"],
        KernelListing::Rules(Family::Ipv4) => {
            &["ip_-4_rule_list", "ip_-4_rule", "ip_rule_list", "ip_rule"]
        }
        KernelListing::Rules(Family::Ipv6) => &["ip_-6_rule_list", "ip_-6_rule"],
        KernelListing::Neighbours => &[
            "ip_-s_-s_neigh_show",
            "ip_-s_-s_neigh",
            "ip_neigh_show",
            "ip_neigh",
        ],
        KernelListing::XfrmPolicies => &["ip_xfrm_policy", "ip_-s_xfrm_policy"],
        KernelListing::XfrmStates => &["ip_xfrm_state", "ip_-s_xfrm_state"],
        KernelListing::Nftables => &["nft_-a_list_ruleset", "nft_list_ruleset"],
        KernelListing::Iptables(family) => {
            let program = match family {
                Family::Ipv4 => "iptables",
                Family::Ipv6 => "ip6tables",
            };
            let rest = name.strip_prefix(program)?;
            return match rest {
                "-save" | "-save_-c" => Some(0),
                "_-vnxL" => Some(1),
                rest if rest.starts_with("_-t_") && rest.ends_with("_-nvL") => Some(2),
                _ => None,
            };
        }
        KernelListing::Connections(Family::Ipv4) => &["conntrack_-L_-o_extended", "conntrack_-L"],
        KernelListing::Connections(Family::Ipv6) => &["conntrack_-L_-f_ipv6_-o_extended"],
        KernelListing::Sockets => &["ss_-peaonmi"],
        // Of a recorded node no namespace can be entered.
        KernelListing::Namespaces => &[],
    };
    names.iter().position(|known| *known == name)
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

    #[test]
    fn the_outputs_of_programs_of_the_kernel_are_told_by_their_whole_names() {
        let rank = |listing, name| rank(&Command::Kernel(listing), name);
        let iptables = KernelListing::Iptables(Family::Ipv4);
        assert_eq!(rank(iptables, "iptables_-vnxL"), Some(1));
        assert_eq!(rank(iptables, "iptables_-t_nat_-nvL"), Some(2));
        assert_eq!(rank(iptables, "ip6tables_-t_nat_-nvL"), None);
        assert_eq!(table_of("iptables_-t_nat_-nvL"), "nat");
        assert_eq!(table_of("iptables_-vnxL"), "filter");
        let routes = KernelListing::Routes(Family::Ipv4);
        assert_eq!(rank(routes, "ip_route_show_table_all"), Some(0));
        assert_eq!(rank(routes, "ip_-6_route_show_table_all"), None);
        for listing in KernelListing::ALL {
            assert_eq!(rank(listing, "ip_maddr_show"), None, "{listing:?}");
        }
    }
}
