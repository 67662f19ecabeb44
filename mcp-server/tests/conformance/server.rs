//! A server of what the official conformance suite expects to find, on ovnscope's own HTTP stack.
//!
//! The suite checks a transport by tools, resources and prompts of given names, which a product
//! does not have; here they stand behind the same listener, gate and limits as the product's.
//!
//! usage: conformance [--sessions]; it prints its URL and serves until it is ended.

use std::io::Write;
use std::time::Duration;

use ovn_mcp_server::http::{Listener, Settings};
use ovn_mcp_server::limit::Limits;
use ovn_mcp_server::listen::Admission;
use rmcp::ErrorData;
use rmcp::handler::server::ServerHandler;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, CompleteRequestParams, CompleteResult,
    CompletionInfo, ContentBlock, GetPromptRequestParams, GetPromptResponse, GetPromptResult,
    InputRequiredResult, JsonObject, ListPromptsResult, ListResourceTemplatesResult,
    ListResourcesResult, ListToolsResult, PaginatedRequestParams, ProgressNotificationParam,
    Prompt, PromptArgument, PromptMessage, ReadResourceRequestParams, ReadResourceResponse,
    ReadResourceResult, Resource, ResourceContents, ResourceTemplate, Role, ServerCapabilities,
    ServerConfig, Tool,
};
use rmcp::service::{RequestContext, RoleServer};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tokio::time::sleep;

/// A PNG of one red pixel.
const PIXEL: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==";
/// A WAV of no samples.
const SILENCE: &str = "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=";
/// What the suite waits between two signs of progress.
const STEP: Duration = Duration::from_millis(50);

const TEXT_URI: &str = "test://static-text";
const BINARY_URI: &str = "test://static-binary";
const TEMPLATE: (&str, &str) = ("test://template/", "/data");

#[derive(Clone, Debug)]
struct Fixture;

fn object(value: Value) -> JsonObject {
    match value {
        Value::Object(object) => object,
        other => unreachable!("{other} is no object"),
    }
}

fn text(text: &str) -> ContentBlock {
    ContentBlock::text(text)
}

fn pixel() -> ContentBlock {
    ContentBlock::image(PIXEL, "image/png")
}

fn embedded(text: &str, uri: &str, mime_type: &str) -> ContentBlock {
    ContentBlock::resource(ResourceContents::text(text, uri).with_mime_type(mime_type))
}

/// The schema whose keywords must reach the client.
fn schema_2020() -> JsonObject {
    object(json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "$defs": {
            "address": {
                "$anchor": "addressDef",
                "type": "object",
                "properties": {"street": {"type": "string"}, "city": {"type": "string"}}
            }
        },
        "properties": {
            "name": {"type": "string"},
            "address": {"$ref": "#/$defs/address"},
            "contactMethod": {"type": "string", "enum": ["phone", "email"]},
            "phone": {"type": "string"},
            "email": {"type": "string"}
        },
        "allOf": [{"anyOf": [{"required": ["phone"]}, {"required": ["email"]}]}],
        "if": {"properties": {"contactMethod": {"const": "phone"}}, "required": ["contactMethod"]},
        "then": {"required": ["phone"]},
        "else": {"required": ["email"]},
        "additionalProperties": false
    }))
}

/// A result that asks the client's user for a name.
fn question() -> Result<InputRequiredResult, ErrorData> {
    let question = json!({
        "resultType": "input_required",
        "inputRequests": {"name": {"method": "elicitation/create", "params": {
            "mode": "form",
            "message": "What is your name?",
            "requestedSchema": {
                "type": "object",
                "properties": {"name": {"type": "string"}},
                "required": ["name"],
            },
        }}},
    });
    made(question)
}

/// A part of the protocol from its JSON.
fn made<T: DeserializeOwned>(value: Value) -> Result<T, ErrorData> {
    let broken = |error: serde_json::Error| ErrorData::internal_error(error.to_string(), None);
    serde_json::from_value(value).map_err(broken)
}

fn tools() -> Vec<Tool> {
    let nothing = object(json!({"type": "object", "properties": {}}));
    let plain = [
        "test_simple_text",
        "test_image_content",
        "test_audio_content",
        "test_embedded_resource",
        "test_multiple_content_types",
        "test_error_handling",
        "test_tool_with_progress",
        "test_missing_capability",
        "test_streaming_elicitation",
        "test_logging_tool",
    ];
    let mut tools: Vec<Tool> = plain
        .into_iter()
        .map(|name| Tool::new(name, "For the conformance suite.", nothing.clone()))
        .collect();
    tools.push(Tool::new(
        "json_schema_2020_12_tool",
        "For the conformance suite.",
        schema_2020(),
    ));
    tools.push(Tool::new(
        "test_headers",
        "For the conformance suite.",
        object(json!({
            "type": "object",
            "properties": {"region": {"type": "string", "x-mcp-header": "Region"}},
        })),
    ));
    tools
}

impl ServerHandler for Fixture {
    fn get_info(&self) -> ServerConfig {
        ServerConfig::new(
            ServerCapabilities::builder()
                .enable_completions()
                .enable_prompts()
                .enable_resources()
                .enable_tools()
                .build(),
        )
    }

    fn get_tool(&self, name: &str) -> Option<Tool> {
        tools().into_iter().find(|tool| tool.name == name)
    }

    async fn list_tools(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(tools()))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let blocks = match &*request.name {
            "test_simple_text" => vec![text("This is a simple text response for testing.")],
            "test_image_content" => vec![pixel()],
            "test_audio_content" => vec![ContentBlock::audio(SILENCE, "audio/wav")],
            "test_embedded_resource" => vec![embedded(
                "This is an embedded resource content.",
                "test://embedded-resource",
                "text/plain",
            )],
            "test_multiple_content_types" => vec![
                text("Multiple content types test:"),
                pixel(),
                embedded(
                    &json!({"test": "data", "value": 123}).to_string(),
                    "test://mixed-content-resource",
                    "application/json",
                ),
            ],
            "test_error_handling" => {
                let blocks = vec![text("This tool intentionally returns an error for testing")];
                return Ok(CallToolResult::error(blocks).into());
            }
            "test_tool_with_progress" => {
                progress(&context).await;
                vec![text("done")]
            }
            "test_missing_capability" => {
                let declared = context.client_capabilities();
                if declared.is_none_or(|declared| declared.sampling.is_none()) {
                    let required = made(json!({"sampling": {}}))?;
                    return Err(ErrorData::missing_required_client_capability(required));
                }
                vec![text("The client can sample.")]
            }
            "test_streaming_elicitation" => {
                progress(&context).await;
                return question().map(CallToolResponse::InputRequired);
            }
            // What is logged goes to standard error alone, whatever level a client asks for.
            "test_logging_tool" => vec![text("Nothing is sent but this.")],
            "json_schema_2020_12_tool" | "test_headers" => {
                vec![text(&Value::from(request.arguments).to_string())]
            }
            other => {
                let message = format!("there is no tool {other}");
                return Err(ErrorData::invalid_params(message, None));
            }
        };
        Ok(CallToolResult::success(blocks).into())
    }

    async fn list_resources(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        Ok(ListResourcesResult::with_all_items(vec![
            Resource::new(TEXT_URI, "text").with_mime_type("text/plain"),
            Resource::new(BINARY_URI, "binary").with_mime_type("image/png"),
        ]))
    }

    async fn list_resource_templates(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        let (begin, end) = TEMPLATE;
        let template = ResourceTemplate::new(format!("{begin}{{id}}{end}"), "template");
        let template = template.with_mime_type("application/json");
        Ok(ListResourceTemplatesResult::with_all_items(vec![template]))
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        let uri = request.uri;
        let (begin, end) = TEMPLATE;
        let id = uri
            .strip_prefix(begin)
            .and_then(|rest| rest.strip_suffix(end));
        let contents = match (&*uri, id) {
            (TEXT_URI, _) => {
                ResourceContents::text("This is the content of the static text resource.", &uri)
                    .with_mime_type("text/plain")
            }
            (BINARY_URI, _) => ResourceContents::blob(PIXEL, &uri).with_mime_type("image/png"),
            (_, Some(id)) => {
                let data = format!("Data for ID: {id}");
                let content = json!({"id": id, "templateTest": true, "data": data});
                ResourceContents::text(content.to_string(), &uri).with_mime_type("application/json")
            }
            _ => {
                let data = json!({"uri": uri});
                return Err(ErrorData::resource_not_found(
                    "no such resource",
                    Some(data),
                ));
            }
        };
        Ok(ReadResourceResult::new(vec![contents]).into())
    }

    async fn list_prompts(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListPromptsResult, ErrorData> {
        let argument = |name: &str| {
            PromptArgument::new(name)
                .with_description("An argument.")
                .with_required(true)
        };
        let prompt = |name: &str, arguments: &[&str]| {
            let arguments: Vec<PromptArgument> =
                arguments.iter().map(|name| argument(name)).collect();
            let arguments = (!arguments.is_empty()).then_some(arguments);
            Prompt::new(name, Some("For the conformance suite."), arguments)
        };
        Ok(ListPromptsResult::with_all_items(vec![
            prompt("test_simple_prompt", &[]),
            prompt("test_prompt_with_arguments", &["arg1", "arg2"]),
            prompt("test_prompt_with_embedded_resource", &["resourceUri"]),
            prompt("test_prompt_with_image", &[]),
        ]))
    }

    async fn get_prompt(
        &self,
        request: GetPromptRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<GetPromptResponse, ErrorData> {
        let argument = |name: &str| -> Result<String, ErrorData> {
            let arguments = request.arguments.as_ref();
            let value = arguments.and_then(|arguments| arguments.get(name)?.as_str());
            let missing = || ErrorData::invalid_params(format!("{name} is missing"), None);
            value.map(str::to_owned).ok_or_else(missing)
        };
        let blocks = match &*request.name {
            "test_simple_prompt" => vec![text("This is a simple prompt for testing.")],
            "test_prompt_with_arguments" => vec![text(&format!(
                "Prompt with arguments: arg1='{}', arg2='{}'",
                argument("arg1")?,
                argument("arg2")?
            ))],
            "test_prompt_with_embedded_resource" => vec![
                embedded(
                    "Embedded resource content for testing.",
                    &argument("resourceUri")?,
                    "text/plain",
                ),
                text("Please process the embedded resource above."),
            ],
            "test_prompt_with_image" => vec![pixel(), text("Please analyze the image above.")],
            other => {
                let message = format!("there is no prompt {other}");
                return Err(ErrorData::invalid_params(message, None));
            }
        };
        let messages = blocks
            .into_iter()
            .map(|block| PromptMessage::new(Role::User, block));
        Ok(GetPromptResult::new(messages.collect()).into())
    }

    async fn complete(
        &self,
        request: CompleteRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<CompleteResult, ErrorData> {
        let places = ["paris", "park", "party"].into_iter();
        let fitting = places.filter(|place| place.starts_with(&request.argument.value));
        CompletionInfo::with_all_values(fitting.map(str::to_owned).collect())
            .map(CompleteResult::new)
            .map_err(|error| ErrorData::internal_error(error, None))
    }
}

/// Three signs of progress, to whoever asked for them.
async fn progress(context: &RequestContext<RoleServer>) {
    for (place, reached) in [0.0, 50.0, 100.0].into_iter().enumerate() {
        if place > 0 {
            sleep(STEP).await;
        }
        if let Some(token) = context.meta.get_progress_token() {
            let told = ProgressNotificationParam::new(token, reached).with_total(100.0);
            let _ = context.peer.notify_progress(told).await;
        }
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sessions = std::env::args().any(|argument| argument == "--sessions");
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let settings = Settings {
            place: "127.0.0.1:0".parse()?,
            admission: Admission::default(),
            sessions,
            limits: Limits::default(),
        };
        let listener = Listener::bind(settings).await?;
        let mut stdout = std::io::stdout().lock();
        writeln!(stdout, "{}", listener.url())?;
        stdout.flush()?;
        listener.serve(Fixture, std::future::pending()).await;
        Ok(())
    })
}
