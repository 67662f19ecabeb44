//! The `iptables_show` tool: the rules of iptables on nodes.

use serde_json::json;

use crate::command::{Family, KernelListing};
use crate::dump::kernel::iptables::Item;
use crate::listing::Listing;
use crate::page::{self, Page};
use crate::report::ToolError;
use crate::snapshot::{Needs, Request, Snapshot};
use crate::tool::Tool;
use crate::tool::kernel::{held, needs, requests, unread_words};

/// Shows the rules of iptables.
#[derive(Clone, Copy, Debug)]
pub struct IptablesShow;

/// Which rules to show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Params {
    /// Those of IPv6 instead of those of IPv4.
    pub ipv6: bool,
    /// Only those of this table.
    pub table: Option<String>,
    /// Only those of this chain.
    pub chain: Option<String>,
    /// Only those in which this text stands.
    pub contains: Option<String>,
    /// Only those that counted packets.
    pub hit: bool,
    /// Only those of this node.
    pub node: Option<String>,
    /// Which part of the answer.
    pub page: Page,
}

impl Params {
    fn listing(&self) -> KernelListing {
        KernelListing::Iptables(match self.ipv6 {
            true => Family::Ipv6,
            false => Family::Ipv4,
        })
    }
}

impl Tool for IptablesShow {
    const NAME: &'static str = "iptables_show";
    type Params = Params;
    type Report = Listing;

    fn needs(_params: &Params) -> Result<Needs, ToolError> {
        Ok(needs())
    }

    fn plan(params: &Params, snapshot: &Snapshot) -> Result<Vec<Request>, ToolError> {
        requests(&[params.listing()], params.node.as_deref(), snapshot)
    }

    fn conclude(params: &Params, snapshot: &Snapshot) -> Result<Listing, ToolError> {
        let held = held(params.listing(), snapshot, Item::list);
        let (mut rows, mut counts) = (Vec::new(), std::collections::BTreeMap::new());
        let (mut all, mut dropping) = (0, Vec::new());
        for (node, item) in &held.items {
            let rule = match item {
                Item::Rule(rule) => rule,
                Item::Chain {
                    table,
                    name,
                    policy,
                } => {
                    if policy != "ACCEPT" {
                        dropping.push(format!("{table} {name} of {node} ({policy})"));
                    }
                    continue;
                }
            };
            all += 1;
            let is_asked = |asked: &Option<String>, name: &str| {
                asked.as_deref().is_none_or(|asked| asked == name)
            };
            let parts = [
                Some(&rule.selector),
                rule.target.as_ref(),
                rule.comment.as_ref(),
            ];
            let contains = |text: &String| {
                let mut parts = parts.iter().flatten();
                parts.any(|part| part.contains(text))
            };
            let keeps = is_asked(&params.table, &rule.table)
                && is_asked(&params.chain, &rule.chain)
                && params.contains.as_ref().is_none_or(contains)
                && (!params.hit || rule.packets.is_some_and(|packets| packets > 0));
            if !keeps {
                continue;
            }
            *counts.entry(rule.table.clone()).or_insert(0) += 1;
            rows.push(vec![
                json!(node),
                json!(rule.table),
                json!(rule.chain),
                json!((!rule.selector.is_empty()).then_some(&rule.selector)),
                json!(rule.target),
                json!(rule.packets),
                json!(rule.bytes),
                json!(rule.comment),
            ]);
        }
        let mut found = format!("{} of {all} rules", rows.len());
        if !dropping.is_empty() {
            found.push_str(&format!(
                "; what no rule decides on is not accepted in {}",
                dropping.join(", ")
            ));
        }
        found.push_str(&unread_words(&held.unread));
        let question = page::question(Self::NAME, params, |asked| &mut asked.page);
        let columns = [
            "node", "table", "chain", "selector", "target", "packets", "bytes", "comment",
        ];
        let listed = Listing::page(found, &columns, rows, &params.page, question, snapshot)?;
        Ok(listed.counted(counts))
    }
}
