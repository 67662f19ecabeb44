//! The tools: the one list from which every surface derives.
//!
//! What `tools/list` answers, the subcommands of the command line and the table in the README are
//! all made from [`TOOLS`].

mod toolset;

mod database_name;

mod moment_text;
mod packet_trace;

mod ovs_show;

mod openflow_list;

mod ofproto_trace;

mod flow_detrace;

mod datapath_flow_list;

mod conntrack_list;

mod ct_zone_list;

mod daemon_status;

mod ip_show;

mod nft_show;

mod iptables_show;

mod kernel_conntrack_list;

mod socket_list;

mod packet_capture;

mod packet_drops;

mod resource_list;

mod resource_get;

mod event_list;

mod pod_log;

mod health_check;

mod object_locate;

mod acl_list;

mod load_balancer_list;

mod route_list;

mod nat_list;

mod lflow_list;

mod time_text;

mod state_text;

mod rows_find;

mod rows_at;

mod rows_diff;

mod transaction_list;

mod changes_watch;

mod schema_describe;

mod sources_list;

mod topology_show;

use std::fmt::Write as _;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;

use clap::{ArgMatches, Command};
use ovn_tools::access::Source;
use ovn_tools::access::bundle::Progress;
use ovn_tools::report::{Block, KeptFile, Report};
use ovn_tools::run;
use ovn_tools::tool::Tool;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

pub use self::acl_list::AclListArguments;
pub use self::changes_watch::ChangesWatchArguments;
pub use self::conntrack_list::ConntrackListArguments;
pub use self::ct_zone_list::CtZoneListArguments;
pub use self::daemon_status::DaemonStatusArguments;
pub use self::database_name::{DatabaseName, NoSuchDatabase};
pub use self::datapath_flow_list::DatapathFlowListArguments;
pub use self::event_list::EventListArguments;
pub use self::flow_detrace::FlowDetraceArguments;
pub use self::health_check::{CheckLayer, HealthCheckArguments};
pub use self::ip_show::{IpShowArguments, IpSubject};
pub use self::iptables_show::IptablesShowArguments;
pub use self::kernel_conntrack_list::KernelConntrackListArguments;
pub use self::lflow_list::LflowListArguments;
pub use self::load_balancer_list::LoadBalancerListArguments;
pub use self::moment_text::MomentText;
pub use self::nat_list::NatListArguments;
pub use self::nft_show::NftShowArguments;
pub use self::object_locate::ObjectLocateArguments;
pub use self::ofproto_trace::OfprotoTraceArguments;
pub use self::openflow_list::OpenflowListArguments;
pub use self::ovs_show::OvsShowArguments;
pub use self::packet_capture::{CaptureDirection, PacketCaptureArguments};
pub use self::packet_drops::{DropsBy, PacketDropsArguments};
pub use self::packet_trace::{PacketTraceArguments, TraceConnection, TraceProtocol};
pub use self::pod_log::{LogLevel, PodLogArguments};
pub use self::resource_get::ResourceGetArguments;
pub use self::resource_list::ResourceListArguments;
pub use self::route_list::RouteListArguments;
pub use self::rows_at::RowsAtArguments;
pub use self::rows_diff::{RowIdentity, RowsDiffArguments};
pub use self::rows_find::RowsFindArguments;
pub use self::schema_describe::SchemaDescribeArguments;
pub use self::socket_list::SocketListArguments;
pub use self::sources_list::SourcesListArguments;
pub use self::state_text::StateText;
pub use self::time_text::{ParseTimeError, TimeText};
pub use self::toolset::{NoSuchToolset, Toolset};
pub use self::topology_show::{TopologyFormat, TopologyShowArguments};
pub use self::transaction_list::{TransactionListArguments, TransactionOrder};
use crate::failure::{Failure, did_you_mean};
use crate::present::legend::{self, LEGEND};
use crate::present::{self, Budget, DEFAULT_TOKENS, Detail, MAX_TOKENS, MIN_TOKENS};
use crate::schema::{self, Object, Violation};

/// Every tool, in the order in which they are shown.
pub static TOOLS: [Definition; 35] = [
    Definition::of::<HealthCheckArguments>(),
    Definition::of::<ObjectLocateArguments>(),
    Definition::of::<SourcesListArguments>(),
    Definition::of::<TopologyShowArguments>(),
    Definition::of::<PacketTraceArguments>(),
    Definition::of::<AclListArguments>(),
    Definition::of::<LoadBalancerListArguments>(),
    Definition::of::<RouteListArguments>(),
    Definition::of::<NatListArguments>(),
    Definition::of::<LflowListArguments>(),
    Definition::of::<SchemaDescribeArguments>(),
    Definition::of::<RowsFindArguments>(),
    Definition::of::<RowsDiffArguments>(),
    Definition::of::<OvsShowArguments>(),
    Definition::of::<OpenflowListArguments>(),
    Definition::of::<OfprotoTraceArguments>(),
    Definition::of::<FlowDetraceArguments>(),
    Definition::of::<DatapathFlowListArguments>(),
    Definition::of::<ConntrackListArguments>(),
    Definition::of::<CtZoneListArguments>(),
    Definition::of::<DaemonStatusArguments>(),
    Definition::of::<IpShowArguments>(),
    Definition::of::<NftShowArguments>(),
    Definition::of::<IptablesShowArguments>(),
    Definition::of::<KernelConntrackListArguments>(),
    Definition::of::<SocketListArguments>(),
    Definition::of::<PacketCaptureArguments>(),
    Definition::of::<PacketDropsArguments>(),
    Definition::of::<ResourceListArguments>(),
    Definition::of::<ResourceGetArguments>(),
    Definition::of::<EventListArguments>(),
    Definition::of::<PodLogArguments>(),
    Definition::of::<ChangesWatchArguments>(),
    Definition::of::<TransactionListArguments>(),
    Definition::of::<RowsAtArguments>(),
];

/// The argument of every tool for how long its answer may be.
pub const BUDGET_ARGUMENT: &str = "max_tokens";
/// The argument of every tool for how much its answer tells.
pub const DETAIL_ARGUMENT: &str = "detail";

/// The arguments of a tool: one struct whose fields and comments are the JSON schema, the
/// description and the options of the command line.
pub trait Arguments: clap::Args + DeserializeOwned + JsonSchema + Send + Sync + 'static {
    /// The tool they are for.
    type Tool: Tool<Report: Clone + Sync>;
    /// What people call the tool.
    const TITLE: &'static str;
    /// The toolset it belongs to.
    const TOOLSET: Toolset;

    /// What the tool is asked.
    fn params(self) -> <Self::Tool as Tool>::Params;

    /// Asks for all that there is to tell, for [`Detail::Full`].
    fn tell_all(&mut self) {}

    /// How the answer is wanted on the command line.
    fn output(&self) -> Output {
        Output::Blocks
    }

    /// Where the file that goes with the answer is to be written; on the command line only.
    fn file(&self) -> Option<&Path> {
        None
    }
}

/// How an answer is wanted on the command line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Output {
    /// For people.
    #[default]
    Blocks,
    /// Only what stands verbatim in it, for another program.
    Verbatim,
    /// The structured content.
    Json,
}

/// One tool.
#[derive(Clone, Copy, Debug)]
pub struct Definition {
    /// Its name, `noun_verb`.
    pub name: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// The toolset it belongs to.
    pub toolset: Toolset,
    input_schema: fn() -> Object,
    output_schema: fn() -> Object,
    add_options: fn(Command) -> Command,
    parse_json: fn(Object) -> Result<Box<dyn Question>, serde_json::Error>,
    parse_options: fn(&ArgMatches) -> Result<Box<dyn Question>, clap::Error>,
}

impl Definition {
    const fn of<A: Arguments>() -> Self {
        Self {
            name: A::Tool::NAME,
            title: A::TITLE,
            toolset: A::TOOLSET,
            input_schema: schema::input::<A>,
            output_schema: schema::output::<<A::Tool as Tool>::Report>,
            add_options: A::augment_args,
            parse_json: |arguments| {
                let arguments: A = serde_json::from_value(Value::Object(arguments))?;
                Ok(Box::new(arguments))
            },
            parse_options: |matches| Ok(Box::new(A::from_arg_matches(matches)?)),
        }
    }

    /// What the tool does, for a model or a reader who has to choose one.
    pub fn description(&self) -> String {
        match (self.input_schema)().remove("description") {
            Some(Value::String(description)) => description,
            _ => String::new(),
        }
    }

    /// The schema of the arguments, [`BUDGET_ARGUMENT`] included.
    pub fn input_schema(&self) -> Object {
        let mut schema = (self.input_schema)();
        schema.remove("description");
        let properties = schema
            .entry("properties")
            .or_insert_with(|| Value::Object(Object::new()));
        if let Value::Object(properties) = properties {
            properties.insert(
                BUDGET_ARGUMENT.to_owned(),
                json!({
                    "type": "integer",
                    "description": "The most tokens of the answer.",
                    "minimum": MIN_TOKENS,
                    "maximum": MAX_TOKENS,
                    "default": DEFAULT_TOKENS,
                }),
            );
            properties.insert(
                DETAIL_ARGUMENT.to_owned(),
                json!({
                    "type": "string",
                    "description": "How much to tell.",
                    "enum": Detail::ALL.map(Detail::name),
                    "default": Detail::default().name(),
                }),
            );
        }
        schema
    }

    /// The schema of the answer in outline: the names say what a reader of an answer needs, and
    /// hosts that show the schema to a model pay for every byte of it.
    pub fn output_schema(&self) -> Object {
        let mut schema = (self.output_schema)();
        let has_legend = legend::is_of(&schema);
        schema::outline(&mut schema);
        if let (true, Some(Value::Object(properties))) = (has_legend, schema.get_mut("properties"))
        {
            properties.insert(LEGEND.to_owned(), json!({"type": "object"}));
        }
        schema
    }

    /// The name of the subcommand.
    pub fn command_name(&self) -> String {
        self.name.replace('_', "-")
    }

    /// The subcommand with the tool's own options.
    pub fn command(&self) -> Command {
        let description = self.description();
        let about = first_sentence(&description).to_owned();
        self.add_options(Command::new(self.command_name()))
            .about(about)
            .long_about(description)
    }

    /// The tool's own options, at a subcommand.
    pub fn add_options(&self, command: Command) -> Command {
        (self.add_options)(command)
    }

    /// The question that options ask.
    ///
    /// # Errors
    /// [`clap::Error`] when they do not parse.
    pub fn question_of_options(
        &self,
        matches: &ArgMatches,
    ) -> Result<Box<dyn Question>, clap::Error> {
        (self.parse_options)(matches)
    }

    /// The question that JSON arguments ask, and the budget of its answer.
    ///
    /// A null argument counts as left out, since models write so.
    ///
    /// # Errors
    /// [`Failure`] when the arguments are not as the schema says.
    pub fn question_of_json(
        &self,
        mut arguments: Object,
    ) -> Result<(Box<dyn Question>, Budget), Failure> {
        arguments.retain(|_, value| !value.is_null());
        let schema = Value::Object(self.input_schema());
        let arguments = Value::Object(arguments);
        if let Err(violation) = schema::check(&arguments, &schema) {
            return Err(self.explain(&violation, &schema));
        }
        let Value::Object(mut arguments) = arguments else {
            return Err(Failure::new("the arguments must be an object"));
        };
        let detail = arguments.remove(DETAIL_ARGUMENT);
        let detail = detail.as_ref().and_then(Value::as_str).unwrap_or_default();
        let detail = Detail::from_name(detail).unwrap_or_default();
        let tokens = arguments.remove(BUDGET_ARGUMENT);
        let tokens = tokens.as_ref().and_then(Value::as_u64);
        let tokens = tokens.map(|tokens| usize::try_from(tokens).unwrap_or(MAX_TOKENS));
        match (self.parse_json)(arguments) {
            Ok(mut question) => {
                if detail == Detail::Full {
                    question.tell_all();
                }
                Ok((question, Budget::new(tokens, detail)))
            }
            Err(error) => Err(Failure::of(&error)),
        }
    }

    fn explain(&self, violation: &Violation, schema: &Value) -> Failure {
        let name = violation.property();
        let properties = schema.get("properties").and_then(Value::as_object);
        let names = || {
            properties
                .into_iter()
                .flat_map(Object::keys)
                .map(String::as_str)
        };
        let about = properties
            .and_then(|properties| properties.get(name))
            .and_then(|property| property.get("description"))
            .and_then(Value::as_str);
        let failure = Failure::new(format!("{}: {violation}", self.name));
        match about {
            Some(about) => failure.hint(format!("`{name}`: {about}")),
            None => {
                let mut hint = did_you_mean(name, names()).unwrap_or_default();
                if !hint.is_empty() {
                    hint.push(' ');
                }
                let names: Vec<&str> = names().collect();
                let _ = write!(hint, "{} takes {}", self.name, names.join(", "));
                failure.hint(hint)
            }
        }
    }
}

/// The tool of this name.
///
/// # Errors
/// [`Failure`] with the names there are.
pub fn find(name: &str) -> Result<&'static Definition, Failure> {
    let names = || TOOLS.iter().map(|tool| tool.name);
    TOOLS.iter().find(|tool| tool.name == name).ok_or_else(|| {
        let mut hint = did_you_mean(name, names()).unwrap_or_default();
        if !hint.is_empty() {
            hint.push(' ');
        }
        let names: Vec<&str> = names().collect();
        let _ = write!(hint, "the tools are {}", names.join(", "));
        Failure::new(format!("there is no tool `{name}`")).hint(hint)
    })
}

/// The table of the tools, as the README shows it.
pub fn readme_table() -> String {
    let mut table = String::from("| tool | toolset | what it answers |\n| --- | --- | --- |\n");
    for tool in &TOOLS {
        let description = tool.description();
        let sentence = first_sentence(&description).replace('|', "\\|");
        let _ = writeln!(table, "| `{}` | {} | {sentence} |", tool.name, tool.toolset);
    }
    table
}

/// Something to answer, of whichever tool.
pub trait Question: Send + Sync {
    /// How the answer is wanted on the command line.
    fn output(&self) -> Output;

    /// Where the file that goes with the answer is to be written.
    fn file(&self) -> Option<&Path>;

    /// Asks for all that there is to tell.
    fn tell_all(&mut self);

    /// Answers from the sources, and tells how far it has come.
    fn ask<'s>(
        self: Box<Self>,
        sources: &'s [Source],
        progress: &'s Arc<dyn Progress>,
    ) -> Answering<'s>;
}

/// An answer on its way.
pub type Answering<'s> =
    Pin<Box<dyn Future<Output = Result<Box<dyn Answer>, Failure>> + Send + 's>>;

impl<A: Arguments> Question for A {
    fn output(&self) -> Output {
        Arguments::output(self)
    }

    fn file(&self) -> Option<&Path> {
        Arguments::file(self)
    }

    fn tell_all(&mut self) {
        Arguments::tell_all(self);
    }

    fn ask<'s>(
        self: Box<Self>,
        sources: &'s [Source],
        progress: &'s Arc<dyn Progress>,
    ) -> Answering<'s> {
        Box::pin(async move {
            let params = self.params();
            let report = run::run_telling::<A::Tool>(sources, &params, progress).await?;
            Ok(Box::new(report) as Box<dyn Answer>)
        })
    }
}

/// An answer, of whichever tool.
pub trait Answer: Send {
    /// For people.
    fn blocks(&self) -> Vec<Block>;

    /// For programs, within a budget.
    ///
    /// # Errors
    /// [`Failure`] when the budget is too small.
    fn structured(&self, budget: Budget) -> Result<Value, Failure>;

    /// The file that goes with it, where there is one.
    fn file(&self) -> Option<KeptFile>;
}

impl<R: Report + Clone> Answer for R {
    fn blocks(&self) -> Vec<Block> {
        Report::blocks(self)
    }

    fn structured(&self, budget: Budget) -> Result<Value, Failure> {
        Ok(present::structured(self, budget)?)
    }

    fn file(&self) -> Option<KeptFile> {
        Report::file(self)
    }
}

/// The first sentence of the first paragraph, without its full stop.
fn first_sentence(description: &str) -> &str {
    let paragraph = description.split("\n\n").next().unwrap_or(description);
    match paragraph.find(". ") {
        Some(end) => &paragraph[..end],
        None => paragraph.trim_end_matches('.'),
    }
}

#[cfg(test)]
mod tests;
