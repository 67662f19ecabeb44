//! A conversation with the MCP server over standard input and output.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde_json::{Value as Json, json};

use crate::peer::ovnscope;
use crate::process::{Cost, cpu, peak};

/// A running server; it ends when dropped.
#[derive(Debug)]
pub struct Conversation {
    child: Child,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
    id: u64,
}

impl Conversation {
    /// Starts the server on sources and shakes hands.
    ///
    /// # Errors
    /// It does not start.
    pub fn start(sources: &[String]) -> Result<Self> {
        Self::begin(ovnscope()?, sources)
    }

    /// Starts the server that is this program with that environment.
    ///
    /// # Errors
    /// It does not start.
    pub fn begin(mut command: Command, sources: &[String]) -> Result<Self> {
        command.arg("mcp");
        for source in sources {
            command.args(["--source", source]);
        }
        let mut child = command
            .args(["--toolsets", "core,ovn,history"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("cannot run ovnscope")?;
        let stdin = child.stdin.take().context("the input is a pipe")?;
        let stdout = child.stdout.take().context("the output is a pipe")?;
        let mut conversation = Self {
            child,
            stdin,
            stdout: BufReader::new(stdout),
            id: 0,
        };
        let client = json!({"name": "ovn-bench", "version": "1"});
        let hello = json!({"protocolVersion": "2025-06-18", "capabilities": {},
                           "clientInfo": client});
        conversation.request("initialize", &hello)?;
        conversation.send(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}))?;
        Ok(conversation)
    }

    /// The names of all tools.
    ///
    /// # Errors
    /// The server does not tell them.
    pub fn tools(&mut self) -> Result<Vec<String>> {
        let (result, _) = self.request("tools/list", &json!({}))?;
        let tools = result["tools"].as_array().context("a list of tools")?;
        let names = tools.iter().filter_map(|tool| tool["name"].as_str());
        Ok(names.map(str::to_owned).collect())
    }

    /// Calls a tool; gives its answer and how many bytes the whole message had.
    ///
    /// # Errors
    /// The tool refused.
    pub fn call(&mut self, tool: &str, arguments: &Json) -> Result<(Json, usize)> {
        let params = json!({"name": tool, "arguments": arguments});
        let (result, bytes) = self.request("tools/call", &params)?;
        ensure!(result["isError"] != true, "{tool} {arguments}: {result}");
        Ok((result, bytes))
    }

    /// What the server has cost so far, but for its wall time.
    ///
    /// # Errors
    /// It has ended.
    pub fn cost(&self) -> Result<Cost> {
        Ok(Cost {
            wall: std::time::Duration::ZERO,
            cpu: cpu(self.child.id())?,
            rss: peak(self.child.id())?,
        })
    }

    fn request(&mut self, method: &str, params: &Json) -> Result<(Json, usize)> {
        self.id += 1;
        let id = self.id;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}))?;
        loop {
            let mut line = String::new();
            let bytes = self.stdout.read_line(&mut line)?;
            ensure!(bytes > 0, "the MCP server ended");
            let mut message: Json = serde_json::from_str(&line)?;
            if message["id"] == id {
                ensure!(message.get("error").is_none(), "{method}: {line}");
                return Ok((message["result"].take(), bytes));
            }
        }
    }

    fn send(&mut self, message: &Json) -> Result<()> {
        writeln!(self.stdin, "{message}").context("the MCP server does not listen")?;
        Ok(self.stdin.flush()?)
    }
}

impl Drop for Conversation {
    fn drop(&mut self) {
        // One that has ended already needs no ending.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
