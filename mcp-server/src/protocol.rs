//! The protocol: what MCP asks and is answered, on whichever transport.

mod progress;

use std::sync::Arc;
use std::time::Instant;

use base64::Engine;
use base64::prelude::BASE64_STANDARD as STANDARD;
use http::request::Parts;
use ovn_tools::access::Bearer;
use rmcp::ErrorData;
use rmcp::handler::server::ServerHandler;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, CompleteRequestParams, CompleteResult,
    CompletionInfo, ContentBlock, GetPromptRequestParams, GetPromptResponse, GetPromptResult,
    Implementation, ListPromptsResult, ListResourceTemplatesResult, ListToolsResult,
    PaginatedRequestParams, Prompt, PromptArgument, PromptMessage, ProtocolVersion,
    ReadResourceRequestParams, ReadResourceResponse, ReadResourceResult, Reference,
    ResourceContents, ResourceTemplate, Role, ServerCapabilities, ServerConfig, Tool,
    ToolAnnotations,
};
use rmcp::service::{RequestContext, RoleServer};
use serde_json::json;
use tracing::{Instrument, field, info_span};

use crate::failure::Failure;
use crate::offer::Offer;
use crate::protocol::progress::telling;
use crate::resource::Body;
use crate::server::{Place, Server};
use crate::tool::Definition;
use crate::{prompt, resource};

/// How long a client may keep the lists of tools, prompts and templates, in milliseconds.
/// **Default and why**: an hour; the lists do not change while the process runs, and a client
/// that outlives the process starts anew with the next one.
const LIST_TTL_MS: u64 = 3_600_000;

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

/// What `tools/list` says.
fn tools(offer: &Offer) -> Vec<Tool> {
    offer.tools().iter().copied().map(surface).collect()
}

/// What `prompts/list` says.
fn prompts(offer: &Offer) -> Vec<Prompt> {
    let argument = |argument: &prompt::Argument| {
        PromptArgument::new(argument.variable.name())
            .with_description(argument.description)
            .with_required(argument.required)
    };
    prompt::offered(offer)
        .map(|prompt| {
            let arguments = prompt.arguments.iter().map(argument).collect();
            Prompt::new(prompt.name, Some(prompt.description), Some(arguments))
                .with_title(prompt.title)
        })
        .collect()
}

/// What `resources/templates/list` says.
fn templates(offer: &Offer) -> Vec<ResourceTemplate> {
    resource::offered(offer)
        .map(|template| {
            ResourceTemplate::new(template.uri, template.name)
                .with_title(template.title)
                .with_description(template.description)
                .with_mime_type(template.mime_type)
        })
        .collect()
}

/// Whether the client knows how long a list may be kept.
fn knows_hint(context: &RequestContext<RoleServer>) -> bool {
    let version = context.protocol_version();
    version.is_some_and(|version| version.as_str() >= ProtocolVersion::V_2026_07_28.as_str())
}

/// The server as whoever sent a request sees it.
fn asked(server: &Server, context: &RequestContext<RoleServer>) -> Result<Server, Failure> {
    let head = context.extensions.get::<Parts>();
    server.asked_by(head.and_then(|head| head.extensions.get::<Bearer>()))
}

/// Answers a request unless it is withdrawn.
async fn unless_withdrawn<T>(
    context: &RequestContext<RoleServer>,
    work: impl Future<Output = Result<T, Failure>>,
) -> Result<T, Failure> {
    let started = Instant::now();
    let done = context.ct.run_until_cancelled(work).await;
    tracing::debug!(elapsed = ?started.elapsed(), withdrawn = done.is_none(), "answered");
    done.unwrap_or_else(|| Err(Failure::new("cancelled")))
}

impl ServerHandler for Server {
    fn get_info(&self) -> ServerConfig {
        let implementation = Implementation::new("ovnscope", env!("CARGO_PKG_VERSION"))
            .with_title("ovnscope")
            .with_description("Read-only troubleshooting of OVN and Open vSwitch");
        let capabilities = ServerCapabilities::builder()
            .enable_completions()
            .enable_prompts()
            .enable_resources()
            .enable_tools()
            .build();
        ServerConfig::new(capabilities)
            .with_server_info(implementation)
            .with_instructions(self.instructions())
    }

    async fn list_tools(
        &self,
        _request: Option<PaginatedRequestParams>,
        context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        let list = ListToolsResult::with_all_items(tools(self.offer()));
        Ok(if knows_hint(&context) {
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
        let arguments = request.arguments.unwrap_or_default();
        let call = telling(&context, async |progress| {
            let server = asked(self, &context)?;
            server
                .call_telling(&request.name, arguments, &progress)
                .await
        });
        let outcome = unless_withdrawn(&context, call)
            .instrument(span.clone())
            .await;
        let result = match outcome {
            Ok(value) => {
                let result = CallToolResult::structured(value);
                let text = result.content.first().and_then(ContentBlock::as_text);
                span.record("bytes", text.map_or(0, |text| text.text.len()));
                result
            }
            Err(failure) => {
                tracing::info!(parent: &span, error = failure.message, "no answer");
                CallToolResult::error(vec![ContentBlock::text(failure.text())])
            }
        };
        Ok(CallToolResponse::Complete(result))
    }

    async fn list_prompts(
        &self,
        _request: Option<PaginatedRequestParams>,
        context: RequestContext<RoleServer>,
    ) -> Result<ListPromptsResult, ErrorData> {
        let list = ListPromptsResult::with_all_items(prompts(self.offer()));
        Ok(if knows_hint(&context) {
            list.with_ttl_ms(LIST_TTL_MS)
        } else {
            list
        })
    }

    async fn get_prompt(
        &self,
        request: GetPromptRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<GetPromptResponse, ErrorData> {
        let span = info_span!("prompt", name = %request.name);
        let arguments = request.arguments.unwrap_or_default();
        let work = telling(&context, async |progress| {
            let server = asked(self, &context)?;
            server.prompt(&request.name, &arguments, &progress).await
        });
        let outcome = unless_withdrawn(&context, work).instrument(span).await;
        let (prompt, texts) =
            outcome.map_err(|failure| ErrorData::invalid_params(failure.text(), None))?;
        let messages = texts
            .into_iter()
            .map(|text| PromptMessage::new_text(Role::User, text))
            .collect();
        let result = GetPromptResult::new(messages).with_description(prompt.description);
        Ok(result.into())
    }

    async fn list_resource_templates(
        &self,
        _request: Option<PaginatedRequestParams>,
        context: RequestContext<RoleServer>,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        let list = ListResourceTemplatesResult::with_all_items(templates(self.offer()));
        Ok(if knows_hint(&context) {
            list.with_ttl_ms(LIST_TTL_MS)
        } else {
            list
        })
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        let span = info_span!("resource", uri = %request.uri);
        let work = telling(&context, async |progress| {
            asked(self, &context)?.read(&request.uri, &progress).await
        });
        let outcome = unless_withdrawn(&context, work).instrument(span).await;
        let contents = outcome.map_err(|failure| {
            let named = json!({"uri": request.uri});
            ErrorData::resource_not_found(failure.text(), Some(named))
        })?;
        let body = match contents.body {
            Body::Text(text) => ResourceContents::text(text, request.uri),
            Body::Bytes(bytes) => ResourceContents::blob(STANDARD.encode(&*bytes), request.uri),
        };
        let contents = body.with_mime_type(contents.mime_type);
        Ok(ReadResourceResult::new(vec![contents]).into())
    }

    async fn complete(
        &self,
        request: CompleteRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CompleteResult, ErrorData> {
        let place = match &request.r#ref {
            Reference::Prompt(prompt) => Place::Prompt(&prompt.name),
            Reference::Resource(resource) => Place::Template(&resource.uri),
            _ => {
                return Err(ErrorData::invalid_params(
                    "nothing is completed there",
                    None,
                ));
            }
        };
        let beside = request.context.and_then(|context| context.arguments);
        let beside = beside.unwrap_or_default();
        let argument = &request.argument;
        // Names are read in one go; whoever waits is told that it goes on.
        let work = telling(&context, async |_progress| {
            asked(self, &context)?
                .complete(place, &argument.name, &argument.value, &beside)
                .await
        });
        let found = unless_withdrawn(&context, work)
            .await
            .map_err(|failure| ErrorData::invalid_params(failure.text(), None))?;
        let has_more = found.total > found.values.len();
        let total = u32::try_from(found.total).ok();
        CompletionInfo::with_pagination(found.values, total, has_more)
            .map(CompleteResult::new)
            .map_err(|error| ErrorData::internal_error(error, None))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
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
        let shown = |value| format!("{:#}", value);
        let json = |offer: &Offer| shown(serde_json::to_value(tools(offer)).expect("JSON"));
        insta::assert_snapshot!("tools_list", json(server.offer()));
        let rest = Toolset::ALL
            .into_iter()
            .filter(|set| !Toolset::DEFAULT.contains(set));
        for toolset in rest {
            let offer = Offer::new(&[toolset], &[], &[]).expect("tools");
            insta::assert_snapshot!(format!("tools_list_{toolset}"), json(&offer));
        }
        let prompts = serde_json::to_value(prompts(server.offer())).expect("JSON");
        insta::assert_snapshot!("prompts_list", shown(prompts));
        let templates = serde_json::to_value(templates(server.offer())).expect("JSON");
        insta::assert_snapshot!("resources_templates_list", shown(templates));
    }
}
