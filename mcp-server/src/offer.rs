//! The offer: which of the tools an MCP client is shown.

use crate::failure::{Failure, did_you_mean};
use crate::tool::{Definition, TOOLS, Toolset, find};

/// The tools that an MCP client is shown and may call, in the order of [`TOOLS`].
#[derive(Clone, Debug)]
pub struct Offer {
    tools: Vec<&'static Definition>,
}

impl Default for Offer {
    /// The tools of [`Toolset::DEFAULT`].
    fn default() -> Self {
        let tools = TOOLS
            .iter()
            .filter(|tool| Toolset::DEFAULT.contains(&tool.toolset));
        Self {
            tools: tools.collect(),
        }
    }
}

impl Offer {
    /// The tools of these toolsets, those named beside them, without those named to be left out.
    ///
    /// # Errors
    /// [`Failure`] for a name that no tool has, and when nothing is left.
    pub fn new(
        toolsets: &[Toolset],
        tools: &[String],
        exclude: &[String],
    ) -> Result<Self, Failure> {
        let named = |names: &[String]| {
            let names = names.iter().map(|name| find(name.trim()));
            names.collect::<Result<Vec<_>, _>>()
        };
        let (added, left_out) = (named(tools)?, named(exclude)?);
        let is_in = |list: &[&Definition], tool: &Definition| {
            list.iter().any(|named| named.name == tool.name)
        };
        let offered: Vec<&'static Definition> = TOOLS
            .iter()
            .filter(|tool| toolsets.contains(&tool.toolset) || is_in(&added, tool))
            .filter(|tool| !is_in(&left_out, tool))
            .collect();
        if offered.is_empty() {
            let all = Toolset::list(&Toolset::ALL);
            return Err(Failure::new("no tool is left to be served").hint(format!(
                "name toolsets ({all}) or tools that are not excluded"
            )));
        }
        Ok(Self { tools: offered })
    }

    /// The tools.
    pub fn tools(&self) -> &[&'static Definition] {
        &self.tools
    }

    /// The offered tool of this name.
    ///
    /// # Errors
    /// [`Failure`] with the names there are, or with what switches the tool on.
    pub fn find(&self, name: &str) -> Result<&'static Definition, Failure> {
        if let Some(tool) = self.tools.iter().find(|tool| tool.name == name) {
            return Ok(tool);
        }
        if let Some(tool) = TOOLS.iter().find(|tool| tool.name == name) {
            let toolset = tool.toolset;
            return Err(
                Failure::new(format!("the tool `{name}` is not switched on")).hint(format!(
                    "start the server with --toolsets …,{toolset} or --tools {name}"
                )),
            );
        }
        let names = || self.tools.iter().map(|tool| tool.name);
        let near = did_you_mean(name, names()).map_or_else(String::new, |near| near + " ");
        let names: Vec<&str> = names().collect();
        Err(Failure::new(format!("there is no tool `{name}`"))
            .hint(format!("{near}the tools are {}", names.join(", "))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(toolsets: &[Toolset], tools: &[&str], exclude: &[&str]) -> String {
        let owned = |names: &[&str]| {
            names
                .iter()
                .map(|name| (*name).to_owned())
                .collect::<Vec<_>>()
        };
        match Offer::new(toolsets, &owned(tools), &owned(exclude)) {
            Ok(offer) => {
                let names: Vec<&str> = offer.tools().iter().map(|tool| tool.name).collect();
                names.join(" ")
            }
            Err(failure) => failure.text(),
        }
    }

    #[test]
    fn toolsets_are_joined_by_tools_and_cut_by_exclusions() {
        let of = |toolset| {
            let tools = TOOLS.iter().filter(move |tool| tool.toolset == toolset);
            tools.map(|tool| tool.name).collect::<Vec<_>>()
        };
        let ovn = of(Toolset::Ovn);
        assert_eq!(check(&[Toolset::Ovn], &[], &[]), ovn.join(" "));
        let named = check(&[Toolset::Ovn], &["rows_at", "topology_show"], &[]);
        assert_eq!(named, [&ovn[..], &["rows_at"]].concat().join(" "));
        let cut = check(&[Toolset::Ovn], &[], &["topology_show"]);
        assert!(!cut.contains("topology_show"), "{cut}");
        assert_eq!(
            check(&[Toolset::History], &["rows_find"], &["transaction_list"]),
            "rows_find changes_watch rows_at"
        );
        let default = check(&Toolset::DEFAULT, &[], &[]);
        let names: Vec<&str> = Offer::default()
            .tools()
            .iter()
            .map(|tool| tool.name)
            .collect();
        assert_eq!(names.join(" "), default);
    }

    #[test]
    fn what_cannot_be_offered_is_refused_with_what_to_write() {
        let offer = Offer::default();
        let core = TOOLS.iter().filter(|tool| tool.toolset == Toolset::Core);
        let of_core: Vec<&str> = core.map(|tool| tool.name).collect();
        let texts = [
            check(&[Toolset::Ovn], &["rows_fnd"], &[]),
            check(&[Toolset::Core], &[], &of_core),
            offer
                .find("rows_at")
                .map_or_else(|failure| failure.text(), |_| "fine".to_owned()),
            offer
                .find("rows_fnd")
                .map_or_else(|failure| failure.text(), |_| "fine".to_owned()),
        ];
        insta::assert_snapshot!(texts.join("\n\n"));
    }
}
