//! The MCP server: answers `tools/list` and `tools/call` from the list of tools.

use std::sync::Arc;
use std::time::Instant;

use ovn_tools::access::Source;
use ovn_tools::access::bundle::{Progress, Silent};
use rmcp::ErrorData;
use rmcp::handler::server::ServerHandler;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, Implementation,
    ListToolsResult, PaginatedRequestParams, ProtocolVersion, ServerCapabilities, ServerConfig,
    Tool, ToolAnnotations,
};
use rmcp::service::{RequestContext, RoleServer};
use serde_json::Value;
use tracing::{Instrument, field, info_span};

use crate::config::Config;
use crate::failure::Failure;
use crate::offer::Offer;
use crate::schema::Object;
use crate::tool::Definition;

/// How long a client may keep the list of tools, in milliseconds.
/// **Default and why**: an hour; the list does not change while the process runs, and a client
/// that outlives the process starts anew with the next one.
const LIST_TTL_MS: u64 = 3_600_000;

/// The MCP server. Clones share everything.
#[derive(Clone, Debug)]
pub struct Server {
    sources: Arc<[Source]>,
    offer: Arc<Offer>,
    tools: Arc<[Tool]>,
    instructions: Arc<str>,
}

impl Server {
    /// A server of the offered tools over the configured sources, none of which is opened before a
    /// tool is called.
    pub fn new(config: &Config, offer: Offer) -> Self {
        Self {
            sources: config.sources.as_slice().into(),
            tools: offer.tools().iter().copied().map(surface).collect(),
            offer: Arc::new(offer),
            instructions: instructions(config).into(),
        }
    }

    /// Calls a tool.
    ///
    /// # Errors
    /// [`Failure`] when there is no answer, whatever the reason.
    ///
    /// # Cancel safety
    /// Dropping the future closes the connections it opened; nothing stays behind.
    pub async fn call(&self, name: &str, arguments: Object) -> Result<Value, Failure> {
        let (question, budget) = self.offer.find(name)?.question_of_json(arguments)?;
        let silent: Arc<dyn Progress> = Arc::new(Silent);
        let answer = question.ask(&self.sources, &silent).await?;
        answer.structured(budget)
    }
}

/// What `tools/list` says of a tool.
fn surface(tool: &Definition) -> Tool {
    let annotations = ToolAnnotations::with_title(tool.title)
        .read_only(true)
        .destructive(false)
        .idempotent(true)
        .open_world(false);
    Tool::new(tool.name, tool.description(), tool.input_schema())
        .with_title(tool.title)
        .with_raw_output_schema(Arc::new(tool.output_schema()))
        .with_annotations(annotations)
}

fn instructions(config: &Config) -> String {
    let sources: Vec<String> = config.sources.iter().map(ToString::to_string).collect();
    let note = if config.is_default {
        " (a small recorded cluster inside the program, since no source was configured)"
    } else {
        ""
    };
    let text = include_str!("server/instructions.md");
    format!(
        "{text}Sources of this server: {}{note}.\n",
        sources.join(" ")
    )
}

impl ServerHandler for Server {
    fn get_info(&self) -> ServerConfig {
        let implementation = Implementation::new("ovnscope", env!("CARGO_PKG_VERSION"))
            .with_title("ovnscope")
            .with_description("Read-only troubleshooting of OVN and Open vSwitch");
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(implementation)
            .with_instructions(&*self.instructions)
    }

    async fn list_tools(
        &self,
        _request: Option<PaginatedRequestParams>,
        context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        let list = ListToolsResult::with_all_items(self.tools.to_vec());
        // Earlier revisions do not know the hint.
        let knows_hint = context
            .protocol_version()
            .is_some_and(|version| version.as_str() >= ProtocolVersion::V_2026_07_28.as_str());
        Ok(if knows_hint {
            list.with_ttl_ms(LIST_TTL_MS)
        } else {
            list
        })
    }

    /// Every failure is the tool's, with text that its caller sees: clients show protocol errors
    /// to nobody.
    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let span = info_span!("tool", name = %request.name, bytes = field::Empty);
        let started = Instant::now();
        let call = self.call(&request.name, request.arguments.unwrap_or_default());
        let outcome = async {
            let outcome = context.ct.run_until_cancelled(call).await;
            tracing::debug!(elapsed = ?started.elapsed(), "answered");
            outcome
        }
        .instrument(span.clone())
        .await;
        let result = match outcome {
            Some(Ok(value)) => {
                let result = CallToolResult::structured(value);
                let text = result.content.first().and_then(ContentBlock::as_text);
                span.record("bytes", text.map_or(0, |text| text.text.len()));
                result
            }
            Some(Err(failure)) => {
                tracing::info!(parent: &span, error = failure.message, "no answer");
                error(&failure)
            }
            None => error(&Failure::new("cancelled")),
        };
        Ok(CallToolResponse::Complete(result))
    }
}

fn error(failure: &Failure) -> CallToolResult {
    CallToolResult::error(vec![ContentBlock::text(failure.text())])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tool::Toolset;

    #[test]
    fn the_whole_surface_is_as_agreed() {
        let config = Config::new(Vec::new(), None, None).expect("the demo");
        let server = Server::new(&config, Offer::default());
        insta::assert_snapshot!(server.get_info().instructions.unwrap_or_default(), @"
        Read-only access to OVN and Open vSwitch databases: OVN_Northbound (`nb`: what was asked for), OVN_Southbound (`sb`: logical flows and what is bound where) and Open_vSwitch (`ovs`: the bridges and interfaces of one host).
        Start with `health_check` to learn what is wrong, or with `object_locate` for one pod, service or address; `sources_list` shows which nodes and databases there are.
        `topology_show` shows routers, switches, ports and what is wrong with them; `rows_find` finds rows of any table, `rows_diff` compares nodes, sources or moments of a recording.
        Under OVN interconnect every node has Northbound and Southbound databases of its own: without `node` all of them are searched.
        Answers say what they found first, then the rows, then what could not be read (`gaps`). When `truncated` is true, narrow the question or go on from `next_cursor`. `legend` says what `~1`, `~2`, … in `rows` stand for; `detail` is `summary` for no rows, `full` for whole UUIDs and traces.
        Sources of this server: demo (a small recorded cluster inside the program, since no source was configured).
        ");
        let tools: Vec<Value> = server
            .tools
            .iter()
            .map(|tool| serde_json::to_value(tool).expect("JSON"))
            .collect();
        insta::assert_snapshot!("tools_list", format!("{:#}", Value::Array(tools)));
        let all = Offer::new(&[Toolset::History], &[], &[]).expect("tools");
        let tools: Vec<Value> = Server::new(&config, all)
            .tools
            .iter()
            .map(|tool| serde_json::to_value(tool).expect("JSON"))
            .collect();
        insta::assert_snapshot!("tools_list_history", format!("{:#}", Value::Array(tools)));
    }
}
