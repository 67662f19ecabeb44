//! An MCP client that speaks JSON lines with the program.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};

use serde_json::{Value, json};

/// The program without the environment's configuration.
pub(crate) fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ovnscope"));
    for variable in [
        "OVNSCOPE_SOURCE",
        "OVNSCOPE_LOG",
        "NO_COLOR",
        "CLICOLOR_FORCE",
    ] {
        command.env_remove(variable);
    }
    command
}

/// A running server and what to say to it.
pub(crate) struct Client {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    last_id: u64,
    /// What every request carries as `_meta`, in the revisions without a handshake.
    meta: Option<Value>,
}

impl Client {
    /// A server over the demo that nobody has spoken to yet.
    pub(crate) fn start() -> Self {
        Self::over("demo")
    }

    /// A server over another source that nobody has spoken to yet.
    pub(crate) fn over(source: &str) -> Self {
        let mut child = program()
            .args(["mcp", "--source", source])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let input = child.stdin.take();
        let output = BufReader::new(child.stdout.take().expect("a pipe"));
        Self {
            child,
            input,
            output,
            last_id: 0,
            meta: None,
        }
    }

    /// A server that has shaken hands; and what it answered.
    pub(crate) fn initialized(version: &str) -> (Self, Value) {
        let mut client = Self::start();
        let answer = client.request(
            "initialize",
            json!({
                "protocolVersion": version,
                "capabilities": {},
                "clientInfo": {"name": "test", "version": "1"},
            }),
        );
        client.send(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}));
        (client, answer)
    }

    /// A server that is spoken to without a handshake.
    pub(crate) fn stateless(version: &str) -> Self {
        Self::start().without_handshake(version)
    }

    /// The same server, spoken to without a handshake.
    pub(crate) fn without_handshake(mut self, version: &str) -> Self {
        let client = &mut self;
        client.meta = Some(json!({
            "io.modelcontextprotocol/protocolVersion": version,
            "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"},
            "io.modelcontextprotocol/clientCapabilities": {},
        }));
        self
    }

    /// What the server answers, error or not.
    pub(crate) fn request(&mut self, method: &str, mut params: Value) -> Value {
        self.last_id += 1;
        if let Some(meta) = &self.meta {
            params["_meta"] = meta.clone();
        }
        let id = self.last_id;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        let answer = self.receive();
        assert_eq!(answer["id"], json!(id), "{answer}");
        assert_eq!(answer["jsonrpc"], json!("2.0"));
        answer
    }

    /// The result of a tool call.
    pub(crate) fn call(&mut self, tool: &str, arguments: &Value) -> Value {
        let answer = self.request("tools/call", json!({"name": tool, "arguments": arguments}));
        assert!(answer["error"].is_null(), "{answer}");
        answer["result"].clone()
    }

    /// The text of a tool call that must fail.
    pub(crate) fn refused(&mut self, tool: &str, arguments: &Value) -> String {
        let result = self.call(tool, arguments);
        assert_eq!(result["isError"], json!(true), "{result}");
        assert!(result["structuredContent"].is_null());
        result["content"][0]["text"]
            .as_str()
            .expect("text")
            .to_owned()
    }

    /// Closes the server's input and waits for its end; nothing may be left in its output.
    pub(crate) fn close(mut self) -> ExitStatus {
        drop(self.input.take());
        let mut rest = String::new();
        while self.output.read_line(&mut rest).expect("UTF-8") > 0 {}
        assert_eq!(rest, "", "nothing but answers goes to standard output");
        self.child.wait().expect("an end")
    }

    pub(crate) fn send(&mut self, message: &Value) {
        let input = self.input.as_mut().expect("an open pipe");
        writeln!(input, "{message}").expect("the server reads");
    }

    pub(crate) fn receive(&mut self) -> Value {
        let mut line = String::new();
        self.output.read_line(&mut line).expect("UTF-8");
        serde_json::from_str(&line).expect("a line is a message")
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // A test that failed leaves a server behind; the pipe is closed, so this is only haste.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
