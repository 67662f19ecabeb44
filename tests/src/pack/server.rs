//! What agents ask: ovnscope in this process, or the program over standard input or HTTP.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::{Context, Result, anyhow, ensure};
use ovn_mcp_server::config::Config;
use ovn_mcp_server::offer::Offer;
use ovn_mcp_server::server::Server;
use serde_json::{Map, Value as Json, json};
use tokio::runtime::{Builder, Runtime};

/// The program that stands for ovnscope here; it lies beside this package's other programs.
const PROGRAM: &str = "ovnscope-tested";
/// The revision of the protocol with a handshake.
const WITH_HANDSHAKE: &str = "2025-06-18";
/// The revision without one.
const STATELESS: &str = "2026-07-28";
/// What the program says before its address once it serves over HTTP.
const SERVING: &str = "note: serving MCP at http://";
/// The path that it serves.
const PATH: &str = "/mcp";

/// How ovnscope is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// By a call in this process.
    Process,
    /// Over the standard input and output of the program.
    Stdio,
    /// Over HTTP, without a session.
    Http,
}

impl Way {
    /// What it is called in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Process => "in process",
            Self::Stdio => "stdio",
            Self::Http => "http",
        }
    }
}

/// An answer of a tool.
#[derive(Clone, Debug)]
pub struct Answer {
    /// What a client reads as structured content.
    pub value: Json,
    /// The bytes of text that a model reads.
    pub bytes: usize,
}

/// ovnscope with its sources, ready to be asked; it ends with the value.
#[derive(Debug)]
pub struct Asked(Inner);

#[derive(Debug)]
enum Inner {
    Process(Box<(Server, Runtime)>),
    Stdio(Stdin),
    Http(Http),
}

impl Asked {
    /// Starts ovnscope.
    ///
    /// # Errors
    /// The program is not built, or does not serve.
    pub fn start(way: Way, sources: &[String]) -> Result<Self> {
        Ok(Self(match way {
            Way::Process => {
                let sources = sources.iter().map(|text| text.parse());
                let sources = sources.collect::<Result<Vec<_>, _>>()?;
                let config = Config::new(sources, None, None)?;
                let runtime = Builder::new_current_thread().enable_all().build()?;
                Inner::Process(Box::new((Server::new(&config, Offer::default()), runtime)))
            }
            Way::Stdio => Inner::Stdio(Stdin::start(sources)?),
            Way::Http => Inner::Http(Http::start(sources)?),
        }))
    }

    /// Calls a tool.
    ///
    /// # Errors
    /// The tool refused, or the protocol broke.
    pub fn call(&mut self, tool: &str, arguments: &Map<String, Json>) -> Result<Answer> {
        let result = match &mut self.0 {
            Inner::Process(process) => {
                let (server, runtime) = &**process;
                let value = runtime
                    .block_on(server.call(tool, arguments.clone()))
                    .map_err(|failure| anyhow!("{tool}: {}", failure.text()))?;
                let bytes = value.to_string().len();
                return Ok(Answer { value, bytes });
            }
            Inner::Stdio(stdin) => stdin.request("tools/call", &call(tool, arguments))?,
            Inner::Http(http) => http.call(tool, arguments)?,
        };
        ensure!(result["isError"] != json!(true), "{tool}: {result}");
        let text = result["content"][0]["text"].as_str().context("text")?;
        Ok(Answer {
            value: result["structuredContent"].clone(),
            bytes: text.len(),
        })
    }
}

fn call(tool: &str, arguments: &Map<String, Json>) -> Json {
    json!({"name": tool, "arguments": arguments})
}

fn program() -> Result<Command> {
    let own = std::env::current_exe()?;
    // A test lies one folder below the programs.
    let beside = own
        .ancestors()
        .skip(1)
        .take(2)
        .map(|folder| folder.join(PROGRAM));
    let found: Option<PathBuf> = beside.into_iter().find(|path| path.exists());
    let mut command = Command::new(found.with_context(|| format!("{PROGRAM} is not built"))?);
    command
        .env_remove("OVNSCOPE_SOURCE")
        .env("OVNSCOPE_LOG", "error");
    Ok(command)
}

fn serving(sources: &[String]) -> Result<Command> {
    let mut command = program()?;
    command.arg(PATH.trim_start_matches('/'));
    for source in sources {
        command.args(["--source", source]);
    }
    Ok(command)
}

#[derive(Debug)]
struct Stdin {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    id: u64,
}

impl Stdin {
    fn start(sources: &[String]) -> Result<Self> {
        let mut child = serving(sources)?
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("cannot run ovnscope")?;
        let mut stdin = Self {
            input: child.stdin.take().context("a pipe")?,
            output: BufReader::new(child.stdout.take().context("a pipe")?),
            child,
            id: 0,
        };
        let hello = json!({
            "protocolVersion": WITH_HANDSHAKE,
            "capabilities": {},
            "clientInfo": {"name": "scenarios", "version": "1"},
        });
        stdin.request("initialize", &hello)?;
        stdin.send(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}))?;
        Ok(stdin)
    }

    fn request(&mut self, method: &str, params: &Json) -> Result<Json> {
        self.id += 1;
        let message = json!({"jsonrpc": "2.0", "id": self.id, "method": method, "params": params});
        self.send(&message)?;
        loop {
            let mut line = String::new();
            let read = self.output.read_line(&mut line)?;
            ensure!(read > 0, "ovnscope has ended");
            let mut answer: Json = serde_json::from_str(&line)?;
            // What it tells of progress is not asked for.
            if answer["id"] == json!(self.id) {
                ensure!(answer["error"].is_null(), "{method}: {answer}");
                return Ok(answer["result"].take());
            }
        }
    }

    fn send(&mut self, message: &Json) -> Result<()> {
        Ok(writeln!(self.input, "{message}")?)
    }
}

impl Drop for Stdin {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[derive(Debug)]
struct Http {
    child: Child,
    /// Kept open, for the program's notes.
    _notes: BufReader<ChildStderr>,
    address: String,
    id: u64,
}

impl Http {
    fn start(sources: &[String]) -> Result<Self> {
        let mut child = serving(sources)?
            .args(["--listen", "127.0.0.1:0"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .context("cannot run ovnscope")?;
        let mut notes = BufReader::new(child.stderr.take().context("a pipe")?);
        let mut line = String::new();
        notes.read_line(&mut line)?;
        let address = line.trim().strip_prefix(SERVING);
        let address = address.and_then(|rest| rest.strip_suffix(PATH));
        let address = address
            .with_context(|| format!("not serving: {line}"))?
            .to_owned();
        Ok(Self {
            child,
            _notes: notes,
            address,
            id: 0,
        })
    }

    fn call(&mut self, tool: &str, arguments: &Map<String, Json>) -> Result<Json> {
        const METHOD: &str = "tools/call";
        self.id += 1;
        let mut params = call(tool, arguments);
        params["_meta"] = json!({
            "io.modelcontextprotocol/protocolVersion": STATELESS,
            "io.modelcontextprotocol/clientInfo": {"name": "scenarios", "version": "1"},
            "io.modelcontextprotocol/clientCapabilities": {},
        });
        let body = json!({"jsonrpc": "2.0", "id": self.id, "method": METHOD, "params": params});
        let body = body.to_string();
        let head = format!(
            "POST {PATH} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\
             content-type: application/json\r\naccept: application/json, text/event-stream\r\n\
             mcp-protocol-version: {STATELESS}\r\nmcp-method: {METHOD}\r\nmcp-name: {tool}\r\n\
             content-length: {}\r\n\r\n",
            self.address,
            body.len()
        );
        let mut stream = TcpStream::connect(&self.address)?;
        stream.write_all(head.as_bytes())?;
        stream.write_all(body.as_bytes())?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        let answer = String::from_utf8(answer).context("no UTF-8")?;
        let (head, body) = answer.split_once("\r\n\r\n").context("no HTTP")?;
        ensure!(head.starts_with("HTTP/1.1 200"), "{answer}");
        let head = head.to_ascii_lowercase();
        let body = if head.contains("transfer-encoding: chunked") {
            dechunked(body)?
        } else {
            body.to_owned()
        };
        let text = if head.contains("content-type: text/event-stream") {
            let data = body.lines().filter_map(|line| line.strip_prefix("data:"));
            let last = data.map(str::trim).rfind(|data| !data.is_empty());
            last.context("an event")?.to_owned()
        } else {
            body
        };
        let mut answer: Json = serde_json::from_str(&text)?;
        ensure!(answer["error"].is_null(), "{METHOD}: {answer}");
        Ok(answer["result"].take())
    }
}

impl Drop for Http {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The body of chunks of `HTTP/1.1`.
fn dechunked(mut text: &str) -> Result<String> {
    let mut whole = String::new();
    loop {
        let (size, rest) = text.split_once("\r\n").context("a chunk's size")?;
        let size = usize::from_str_radix(size.trim(), 16).context("a chunk's size")?;
        if size == 0 {
            return Ok(whole);
        }
        whole.push_str(rest.get(..size).context("a whole chunk")?);
        text = rest.get(size + 2..).context("a chunk's end")?;
    }
}
