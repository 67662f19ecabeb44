//! The `nft_show` tool: the rules of nftables on nodes.

use serde_json::json;

use crate::command::KernelListing;
use crate::dump::kernel::nftables::{Chain, Ruleset};
use crate::listing::Listing;
use crate::page::{self, Page};
use crate::report::ToolError;
use crate::snapshot::{Needs, Request, Snapshot};
use crate::tool::Tool;
use crate::tool::kernel::{held, needs, requests, unread_words};

/// Shows the rules of nftables.
#[derive(Clone, Copy, Debug)]
pub struct NftShow;

/// Which rules to show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Params {
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

const ALL: KernelListing = KernelListing::Nftables;

impl Tool for NftShow {
    const NAME: &'static str = "nft_show";
    type Params = Params;
    type Report = Listing;

    fn needs(_params: &Params) -> Result<Needs, ToolError> {
        Ok(needs())
    }

    fn plan(params: &Params, snapshot: &Snapshot) -> Result<Vec<Request>, ToolError> {
        requests(&[ALL], params.node.as_deref(), snapshot)
    }

    fn conclude(params: &Params, snapshot: &Snapshot) -> Result<Listing, ToolError> {
        let held = held(ALL, snapshot, Ruleset::read);
        let is_asked =
            |asked: &Option<String>, name: &str| asked.as_deref().is_none_or(|asked| asked == name);
        let (mut rows, mut counts) = (Vec::new(), Vec::new());
        let (mut all, mut chains, mut sets) = (0, 0, 0);
        for (node, ruleset) in &held.items {
            sets += ruleset.sets;
            all += ruleset.rules.len();
            for chain in &ruleset.chains {
                if !is_asked(&params.table, &chain.table) || !is_asked(&params.chain, &chain.name) {
                    continue;
                }
                chains += 1;
                let rules = ruleset.rules.iter().filter(|rule| {
                    (&rule.family, &rule.table, &rule.chain)
                        == (&chain.family, &chain.table, &chain.name)
                });
                let rules = rules.filter(|rule| {
                    let contains = |text: &String| {
                        rule.text.contains(text)
                            || rule.comment.as_ref().is_some_and(|it| it.contains(text))
                    };
                    params.contains.as_ref().is_none_or(contains)
                        && (!params.hit || rule.packets.is_some_and(|packets| packets > 0))
                });
                let mut count = 0;
                for rule in rules {
                    count += 1;
                    rows.push(vec![
                        json!(node),
                        json!(format!("{} {}", rule.family, rule.table)),
                        json!(rule.chain),
                        json!(hook(chain)),
                        json!(rule.text),
                        json!(rule.packets),
                        json!(rule.bytes),
                        json!(rule.comment),
                        json!(rule.handle),
                    ]);
                }
                if count > 0 {
                    counts.push((format!("{} {}", chain.family, chain.table), count));
                }
            }
        }
        counts.sort();
        counts.dedup_by(|(name, count), (kept, sum)| {
            let is_same = name == kept;
            *sum += if is_same { *count } else { 0 };
            is_same
        });
        let found = format!(
            "{} of {all} rules, in {chains} chains; {sets} sets and maps{}",
            rows.len(),
            unread_words(&held.unread)
        );
        let question = page::question(Self::NAME, params, |asked| &mut asked.page);
        let columns = [
            "node", "table", "chain", "hook", "rule", "packets", "bytes", "comment", "handle",
        ];
        let listed = Listing::page(found, &columns, rows, &params.page, question, snapshot)?;
        Ok(listed.counted(counts))
    }
}

/// `prerouting -100, policy accept`; nothing for a chain that others jump to.
fn hook(chain: &Chain) -> Option<String> {
    let mut words = chain.hook.clone()?;
    if let Some(priority) = &chain.priority {
        words.push_str(&format!(" {priority}"));
    }
    if let Some(policy) = &chain.policy {
        words.push_str(&format!(", policy {policy}"));
    }
    Some(words)
}
