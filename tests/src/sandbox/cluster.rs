//! A raft cluster of ovsdb-servers in one directory, whose members are killed, paused, removed and
//! made to fail at will.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use ovsdb_client::schema::DatabaseSchema;

use crate::sandbox::database_server::DatabaseServer;
use crate::sandbox::deadline::{READY, wait_until};
use crate::sandbox::directory::Directory;
use crate::sandbox::program::run;
use crate::sandbox::schema::Schema;

/// How many members a cluster has unless asked otherwise: three, the least that outlives one.
const MEMBERS: usize = 3;

/// After how long without its leader a follower stands for election.
///
/// **Default and why**: 400 ms. The servers' own default is 1 s, which makes each test of a lost
/// leader seconds long; below some 200 ms a busy machine elects leaders that nobody asked for.
const ELECTION: Duration = Duration::from_millis(400);

/// What a cluster will be.
#[derive(Debug)]
#[must_use = "nothing runs before start()"]
pub struct ClusterSetup {
    schema: Schema,
    members: usize,
    election: Duration,
}

impl ClusterSetup {
    /// How many members there are; three unless set.
    pub fn members(mut self, members: usize) -> Self {
        self.members = members;
        self
    }

    /// After how long without its leader a follower stands for election.
    pub fn election(mut self, election: Duration) -> Self {
        self.election = election;
        self
    }

    /// Makes the files, starts the members and returns once all have joined and one leads.
    ///
    /// # Errors
    ///
    /// A file cannot be made or a member does not start or join.
    pub fn start(self) -> Result<Cluster> {
        let text = fs::read_to_string(self.schema.path())
            .with_context(|| format!("cannot read {}", self.schema.path().display()))?;
        let mut cluster = Cluster {
            database: DatabaseSchema::parse(&text)?.name.to_string(),
            directory: Directory::new()?,
            members: Vec::new(),
            made: 0,
        };
        let schema = self.schema.path().display().to_string();
        let (name, file) = cluster.next_file();
        let election = format!("--election-timer={}", self.election.as_millis());
        let address = cluster.peer_address(&name);
        let file_text = file.display().to_string();
        let create = [&*election, "create-cluster", &file_text, &schema, &address];
        run(&cluster.directory, "ovsdb-tool", &create)?;
        cluster.serve(name, file)?;
        for _ in 1..self.members {
            cluster.join()?;
        }
        cluster.await_members()?;
        Ok(cluster)
    }
}

/// A running cluster. Dropping it kills every member.
///
/// Members are named by their number, in the order in which they came to be.
#[derive(Debug)]
pub struct Cluster {
    database: String,
    directory: Directory,
    members: Vec<Member>,
    /// How many members were ever made: no file name and address is used twice.
    made: usize,
}

#[derive(Debug)]
struct Member {
    name: String,
    server: DatabaseServer,
    /// Whether it can answer at all.
    up: bool,
}

/// What a member says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MemberStatus {
    /// Its state in the cluster, such as `cluster member`.
    pub status: String,
    /// Whether it leads.
    pub leads: bool,
    /// The raft term.
    pub term: u64,
    /// Whether it knows who leads.
    pub knows_leader: bool,
    /// How many members it knows, itself included.
    pub servers: usize,
}

impl Cluster {
    /// Describes a cluster that is to be started, of one database.
    pub fn setup(schema: Schema) -> ClusterSetup {
        ClusterSetup {
            schema,
            members: MEMBERS,
            election: ELECTION,
        }
    }

    /// Starts a cluster of three members.
    ///
    /// # Errors
    ///
    /// A file cannot be made or a member does not start or join.
    pub fn start(schema: Schema) -> Result<Self> {
        Self::setup(schema).start()
    }

    /// The name of its database.
    pub fn database(&self) -> &str {
        &self.database
    }

    /// How many members there are, those included that are down.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// The members' sockets as OVSDB's tools write them: `unix:PATH,unix:PATH`.
    pub fn endpoints(&self) -> String {
        let endpoints: Vec<String> = self.members.iter().map(|m| m.server.endpoint()).collect();
        endpoints.join(",")
    }

    /// A member's server.
    ///
    /// # Panics
    ///
    /// There is no member of that number.
    pub fn member(&self, member: usize) -> &DatabaseServer {
        &self.members[member].server
    }

    /// Which member listens at an endpoint.
    pub fn at(&self, endpoint: &str) -> Option<usize> {
        self.members
            .iter()
            .position(|m| m.server.endpoint() == endpoint)
    }

    /// What a member says of itself.
    ///
    /// # Errors
    ///
    /// It does not answer.
    pub fn status(&self, member: usize) -> Result<MemberStatus> {
        let server = &self.members[member].server;
        let text = server
            .daemon()
            .appctl(&["cluster/status", &self.database])?;
        Ok(parse_status(&text))
    }

    /// The member that leads, if those that are up agree on one.
    ///
    /// # Errors
    ///
    /// A member that is up does not answer.
    pub fn leader(&self) -> Result<Option<usize>> {
        let mut newest: Option<(u64, usize)> = None;
        for (number, member) in self.members.iter().enumerate() {
            if member.up {
                // A member that crashed by a failure test is up no longer, and is no leader.
                let Ok(status) = self.status(number) else {
                    continue;
                };
                // One that was cut off may still think that it leads, in an older term.
                if status.leads && newest.is_none_or(|(term, _)| status.term > term) {
                    newest = Some((status.term, number));
                }
            }
        }
        Ok(newest.map(|(_, member)| member))
    }

    /// Waits for a leader.
    ///
    /// # Errors
    ///
    /// There is none in time.
    pub fn await_leader(&self) -> Result<usize> {
        wait_until("the cluster has a leader", READY, || self.leader())
    }

    /// Waits for a leader other than `member`.
    ///
    /// # Errors
    ///
    /// There is none in time.
    pub fn await_other_leader(&self, member: usize) -> Result<usize> {
        wait_until("the cluster has another leader", READY, || {
            Ok(self.leader()?.filter(|leader| *leader != member))
        })
    }

    /// Some member that is up and does not lead.
    ///
    /// # Errors
    ///
    /// There is none.
    pub fn follower(&self) -> Result<usize> {
        let leader = self.await_leader()?;
        (0..self.members.len())
            .find(|member| *member != leader && self.members[*member].up)
            .context("no follower is up")
    }

    /// Lets the leader hand over to another member, as it does before it writes a snapshot; gives
    /// the new leader.
    ///
    /// # Errors
    ///
    /// No other member takes over in time.
    pub fn transfer_leadership(&self) -> Result<usize> {
        let old = self.await_leader()?;
        self.fail_at(old, "transfer-leadership")?;
        self.await_other_leader(old)
    }

    /// Makes a member fail at a point of the protocol (`cluster/failure-test`).
    ///
    /// # Errors
    ///
    /// The member does not answer or does not know the point.
    pub fn fail_at(&self, member: usize, point: &str) -> Result<()> {
        let daemon = self.members[member].server.daemon();
        daemon.appctl(&["cluster/failure-test", point])?;
        Ok(())
    }

    /// Kills a member (SIGKILL).
    ///
    /// # Errors
    ///
    /// The operating system refused.
    pub fn kill(&mut self, member: usize) -> Result<()> {
        self.members[member].up = false;
        self.members[member].server.kill()
    }

    /// Stops a member from answering (SIGSTOP) while its connections stay open.
    ///
    /// # Errors
    ///
    /// It does not run.
    pub fn pause(&mut self, member: usize) -> Result<()> {
        self.members[member].up = false;
        self.members[member].server.pause()
    }

    /// Lets a paused member go on (SIGCONT).
    ///
    /// # Errors
    ///
    /// It does not run.
    pub fn resume(&mut self, member: usize) -> Result<()> {
        self.members[member].server.resume()?;
        self.members[member].up = true;
        Ok(())
    }

    /// Starts a member again on its own file, after killing it if it runs.
    ///
    /// # Errors
    ///
    /// It does not start.
    pub fn restart(&mut self, member: usize) -> Result<()> {
        self.members[member].server.restart()?;
        self.members[member].up = true;
        Ok(())
    }

    /// Whether a member has ended of itself.
    ///
    /// # Errors
    ///
    /// The operating system refused to say.
    pub fn ended(&mut self, member: usize) -> Result<bool> {
        let ended = self.members[member].server.ended()?;
        self.members[member].up &= !ended;
        Ok(ended)
    }

    /// Removes a member from the cluster, by order of another one, and kills it.
    ///
    /// # Errors
    ///
    /// No member carries it out in time.
    pub fn remove(&mut self, member: usize) -> Result<()> {
        ensure!(self.members.len() > 1, "the last member cannot be removed");
        let leaving = self.members[member].name.clone();
        let address = self.peer_address(&leaving);
        let witness = (0..self.members.len())
            .find(|number| *number != member && self.members[*number].up)
            .context("no other member is up")?;
        let daemon = self.members[witness].server.daemon();
        daemon.appctl(&["cluster/kick", &self.database, &address])?;
        let left = self.members.len() - 1;
        wait_until("the member is no part of the cluster", READY, || {
            Ok((self.status(witness)?.servers == left).then_some(()))
        })?;
        self.members.remove(member);
        Ok(())
    }

    /// Adds a member and returns its number once it has joined.
    ///
    /// # Errors
    ///
    /// It does not start or join.
    pub fn add(&mut self) -> Result<usize> {
        let member = self.join()?;
        self.await_member(member)?;
        Ok(member)
    }

    /// Waits until every member that is up has joined and knows who leads.
    ///
    /// # Errors
    ///
    /// One does not in time.
    pub fn await_members(&self) -> Result<()> {
        for member in 0..self.members.len() {
            if self.members[member].up {
                self.await_member(member)?;
            }
        }
        Ok(())
    }

    fn await_member(&self, member: usize) -> Result<()> {
        let up = self.members.iter().filter(|member| member.up).count();
        wait_until("the member has joined", READY, || {
            let status = self.status(member)?;
            let joined = status.status == "cluster member" && status.knows_leader;
            Ok((joined && status.servers >= up).then_some(()))
        })
        .with_context(|| self.members[member].server.daemon().log_tail())
    }

    /// Makes a member that will join by those there are, without waiting for that.
    pub fn join(&mut self) -> Result<usize> {
        let known: Vec<String> = self
            .members
            .iter()
            .map(|member| self.peer_address(&member.name))
            .collect();
        let (name, file) = self.next_file();
        let (file_text, address) = (file.display().to_string(), self.peer_address(&name));
        let mut arguments = vec!["join-cluster", &file_text, &self.database, &address];
        arguments.extend(known.iter().map(String::as_str));
        run(&self.directory, "ovsdb-tool", &arguments)?;
        self.serve(name, file)
    }

    fn serve(&mut self, name: String, file: PathBuf) -> Result<usize> {
        let server = DatabaseServer::setup()
            .own_file(file)
            .beside(&self.directory, &name, &format!("{name}.sock"))
            .start()?;
        let up = true;
        self.members.push(Member { name, server, up });
        Ok(self.members.len() - 1)
    }

    fn next_file(&mut self) -> (String, PathBuf) {
        self.made += 1;
        let name = format!("m{}", self.made);
        let file = self.directory.join(&format!("{name}.db"));
        (name, file)
    }

    /// Where a member listens for the others.
    fn peer_address(&self, name: &str) -> String {
        format!(
            "unix:{}",
            self.directory.join(&format!("{name}.raft")).display()
        )
    }
}

fn parse_status(text: &str) -> MemberStatus {
    let field = |name: &str| {
        text.lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
            .unwrap_or_default()
    };
    let servers = text.lines().skip_while(|line| *line != "Servers:").skip(1);
    MemberStatus {
        status: field("Status").to_owned(),
        leads: field("Role") == "leader",
        term: field("Term").parse().unwrap_or_default(),
        knows_leader: !matches!(field("Leader"), "" | "unknown"),
        servers: servers.take_while(|line| line.starts_with("    ")).count(),
    }
}
