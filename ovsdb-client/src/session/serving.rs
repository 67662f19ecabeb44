//! Serving: what the session does with messages while it is connected.

use std::sync::Arc;

use serde_json::value::RawValue;

use crate::replica::{Cause, ChangeBatch};
use crate::rpc::RemoteError;
use crate::schema::Selection;
use crate::session::conversation::{Conversation, Numbers};
use crate::session::error::{MonitorError, SessionError};
use crate::session::event::{CallId, Event, MonitorId, State};
use crate::session::interest::{Interest, TableInterest};
use crate::session::leader::{DATABASE_COLUMNS, DATABASE_TABLE, SERVER_DATABASE, Unsuitable};
use crate::session::notification::Notification;
use crate::session::replication::{Replication, Step, Wanted};
use crate::session::{Followed, News, Phase, Purpose, ServerView, Session};
use crate::update::{Update, UpdateError};

impl Session {
    /// Whether [`Event::Replicated`] comes for each message about a database, as at first, or one
    /// for several that came together: its snapshot is that of the last then, and its batch tells of
    /// that alone. It is for whoever has no use for the batches.
    pub fn tell_each(&mut self, monitor: MonitorId, each: bool) {
        if let Some(followed) = self.databases.get_mut(&monitor) {
            followed.tells_each = each;
        }
    }

    pub(super) fn handle_reply(
        &mut self,
        purpose: Purpose,
        result: Result<&RawValue, &RawValue>,
        updates: Option<Result<Update, UpdateError>>,
    ) {
        match purpose {
            Purpose::Call(call) => {
                let result = result.map(ToOwned::to_owned).map_err(RemoteError::decode);
                self.held.push_back(Event::Reply { call, result });
            }
            Purpose::Cancelled(call) => self.settle_cancelled(call),
            Purpose::Lock(name) => {
                if let Some(news) = self.locks.handle_reply(&name, result) {
                    self.tell_lock(news);
                }
            }
            Purpose::Probe | Purpose::Aware | Purpose::CancelMonitor | Purpose::Unlock => {}
            Purpose::ServerSchema => self.server_step(|server| server.handle_schema(result)),
            Purpose::ServerMonitor => {
                self.server_step(|server| server.handle_monitor(result, updates));
            }
            Purpose::Schema(id) => self.step(id, |database| database.handle_schema(result)),
            Purpose::Monitor(id) => {
                self.step(id, |database| database.handle_monitor(result, updates));
            }
            Purpose::Conditions(id) => {
                self.step(id, |database| database.handle_conditions(result));
            }
        }
    }

    /// Gives out the replies there are, once every database whose rows are known shows what came
    /// before them.
    ///
    /// While the rows come anew, after a reconnect or a conversion or for a wider interest, the
    /// effect of a transaction is in those still to come: its reply waits for them, so that a
    /// client reads its own writes then too.
    pub(super) fn release(&mut self) {
        let behind = |followed: &Followed| followed.replication.is_behind();
        if !self.databases.values().any(behind) {
            self.events.append(&mut self.held);
        }
    }

    pub(super) fn handle_notification(
        &mut self,
        method: &str,
        params: &RawValue,
        updates: Option<Result<Update, UpdateError>>,
    ) -> Result<(), SessionError> {
        if let Some(news) = self.locks.handle_notification(method, params) {
            self.tell_lock(news);
            return Ok(());
        }
        let decoded = Notification::decode(method, params, updates).inspect_err(|_| {
            for followed in self.databases.values_mut() {
                followed.replication.distrust();
            }
        })?;
        let Some((wire, update)) = decoded else {
            tracing::debug!(method, "a notification that nobody asked for");
            return Ok(());
        };
        if let Phase::Connected(connected) = &self.phase
            && let ServerView::Asked(server) = &connected.server
            && server.is_wire(wire)
        {
            self.server_step(|server| update.apply(server));
            return Ok(());
        }
        let id = self
            .databases
            .iter()
            .find(|(_, followed)| followed.replication.is_wire(wire))
            .map(|(id, _)| *id);
        if let Some(id) = id {
            let is_untold = self.take_back(id);
            self.step(id, |database| update.apply(database));
            let is_told = matches!(self.events.back(), Some(Event::Replicated { monitor, .. }) if *monitor == id);
            if is_untold && !is_told {
                self.tell_rows(id);
            }
        }
        Ok(())
    }

    /// Takes back the last event where it told that rows of this monitor changed, and nobody wants
    /// to know of each change. Rows that no snapshot shares are changed in place, so that what came
    /// together costs little more than one message of it all. Gives whether it did.
    fn take_back(&mut self, monitor: MonitorId) -> bool {
        let followed = self.databases.get(&monitor);
        let is_passed_over = followed.is_some_and(|followed| !followed.tells_each)
            && matches!(
                self.events.back(),
                Some(Event::Replicated { monitor: told, batch, faults, .. })
                    if *told == monitor && batch.cause == Cause::Delta && faults.is_empty()
            );
        if is_passed_over {
            self.events.pop_back();
        }
        is_passed_over
    }

    /// Tells the rows as they are, where the message that was to tell them brought none.
    fn tell_rows(&mut self, monitor: MonitorId) {
        if let Some(followed) = self.databases.get(&monitor)
            && let Some(snapshot) = followed.replication.rows()
        {
            let layout = Arc::clone(snapshot.layout());
            let batch = ChangeBatch::new(Cause::Delta, snapshot.generation(), layout);
            self.events.push_back(Event::Replicated {
                monitor,
                snapshot,
                batch,
                faults: Vec::new(),
            });
        }
    }

    /// Everything that the server sent before the echo is here: a call that is still open was
    /// cancelled without a reply.
    fn settle_cancelled(&mut self, call: CallId) {
        if let Phase::Connected(connected) = &mut self.phase
            && connected.conversation.forget(call.0)
        {
            let result = Err(RemoteError::canceled());
            self.held.push_back(Event::Reply { call, result });
        }
    }

    pub(super) fn tell_lock(&mut self, (name, status): News) {
        self.events.push_back(Event::Lock { name, status });
    }

    /// Tells the server, once, that this client knows of changing databases: it then keeps the
    /// connection when a database comes, goes or is converted, and says what it cancels.
    pub(super) fn be_aware(&mut self) {
        if let Phase::Connected(connected) = &mut self.phase
            && !connected.aware
        {
            connected.aware = true;
            let id = self.numbers.take();
            let method = "set_db_change_aware";
            // A boolean always has a JSON form.
            let _ = connected
                .conversation
                .request(id, Purpose::Aware, method, &[true]);
        }
    }

    /// Asks for the locks that the present server was not asked for.
    fn advance_locks(&mut self) {
        while self.is_serving()
            && self.closing.is_none()
            && let Phase::Connected(connected) = &mut self.phase
            && let Some((name, method)) = self.locks.poll_request()
        {
            let id = self.numbers.take();
            let purpose = Purpose::Lock(name.clone());
            // A string always has a JSON form.
            let _ = connected.conversation.request(id, purpose, method, &[name]);
        }
    }

    /// Lets a message act on a database and tells what came of it.
    fn step(&mut self, monitor: MonitorId, act: impl FnOnce(&mut Replication) -> Step) {
        let Some(followed) = self.databases.get_mut(&monitor) else {
            return;
        };
        match act(&mut followed.replication) {
            Step::Quiet => {}
            Step::Replicated {
                snapshot,
                batch,
                faults,
            } => {
                for fault in &faults {
                    tracing::warn!(
                        table = &*fault.table,
                        row = &*fault.row,
                        problem = fault.problem,
                        "a part of an update cannot be read"
                    );
                }
                self.events.push_back(Event::Replicated {
                    monitor,
                    snapshot,
                    batch,
                    faults,
                });
            }
            Step::Lost { wire, error } => {
                tracing::warn!(%error, "an update cannot be read: all rows are asked for anew");
                self.cancel_wire(wire);
            }
            Step::Unavailable(_) if self.config.reconnect => {
                let database = followed.replication.database().into();
                self.give_up(Unsuitable::Absent(database).into());
            }
            Step::Unavailable(error) => self.fail(monitor, MonitorError::Unavailable(error)),
            Step::Failed(error) => self.fail(monitor, error),
        }
    }

    fn fail(&mut self, monitor: MonitorId, error: MonitorError) {
        self.databases.remove(&monitor);
        self.events
            .push_back(Event::MonitorFailed { monitor, error });
    }

    /// Lets a message act on the server's view of itself.
    fn server_step(&mut self, act: impl FnOnce(&mut Replication) -> Step) {
        let Phase::Connected(connected) = &mut self.phase else {
            return;
        };
        let ServerView::Asked(server) = &mut connected.server else {
            return;
        };
        match act(server) {
            // Without a view of itself the server is older than clusters: it will do.
            Step::Unavailable(_) | Step::Failed(_) => connected.server = ServerView::Absent,
            Step::Quiet => {}
            Step::Lost { wire, .. } => self.cancel_wire(wire),
            Step::Replicated { .. } => self.judge(),
        }
    }

    /// Leaves the server if by its own words it will not do for one of the databases.
    pub(super) fn judge(&mut self) {
        let Phase::Connected(connected) = &self.phase else {
            return;
        };
        let ServerView::Asked(server) = &connected.server else {
            return;
        };
        let Some(snapshot) = server.rows() else {
            return;
        };
        for followed in self.databases.values_mut() {
            if let Err(reason) = followed.judge.judge(&snapshot) {
                self.give_up(reason.into());
                return;
            }
        }
    }

    /// Sends whatever is due by what is known now.
    pub(super) fn advance(&mut self) {
        self.advance_databases();
        self.advance_locks();
    }

    fn advance_databases(&mut self) {
        if self.databases.is_empty() || self.closing.is_some() {
            return;
        }
        self.be_aware();
        let Phase::Connected(connected) = &mut self.phase else {
            return;
        };
        let checked = match &mut connected.server {
            ServerView::Unasked => {
                connected.server = ServerView::Asked(Box::new(Replication::new(server_interest())));
                false
            }
            ServerView::Asked(server) => server.is_running(),
            ServerView::Absent => true,
        };
        if let ServerView::Asked(server) = &mut connected.server {
            let sent = send(&mut connected.conversation, &mut self.numbers, server, None);
            if sent.is_err() {
                connected.server = ServerView::Absent;
            }
        }
        if !checked {
            return;
        }
        let remote = connected.remote.clone();
        let mut failed = Vec::new();
        for (&id, followed) in &mut self.databases {
            let replication = &mut followed.replication;
            let numbers = &mut self.numbers;
            if let Err(error) = send(&mut connected.conversation, numbers, replication, Some(id)) {
                failed.push((id, error));
            }
            if let Some(set) = replication.poll_met() {
                self.events
                    .push_back(Event::Conditions { monitor: id, set });
            }
        }
        for (id, error) in failed {
            self.fail(id, MonitorError::Encode(error));
        }
        self.set_state(State::Serving(remote));
    }
}

fn server_interest() -> Interest {
    Interest::nothing(SERVER_DATABASE).table_named(
        DATABASE_TABLE,
        TableInterest {
            columns: Selection::Named(DATABASE_COLUMNS.map(Into::into).to_vec()),
            conditions: Vec::new(),
        },
    )
}

/// Sends what a replication wants sent; `None` for the server's view of itself.
fn send(
    conversation: &mut Conversation<Purpose>,
    numbers: &mut Numbers,
    replication: &mut Replication,
    monitor: Option<MonitorId>,
) -> Result<(), serde_json::Error> {
    let id = numbers.take();
    let purpose = |of: fn(MonitorId) -> Purpose, server: Purpose| match monitor {
        Some(monitor) => of(monitor),
        None => server,
    };
    match replication.poll_request(id)? {
        None => Ok(()),
        Some(Wanted::Schema) => {
            let purpose = purpose(Purpose::Schema, Purpose::ServerSchema);
            let database = [replication.database().to_owned()];
            conversation.request(id, purpose, "get_schema", &database)
        }
        Some(Wanted::Monitor(method, params)) => {
            let purpose = purpose(Purpose::Monitor, Purpose::ServerMonitor);
            conversation.request(id, purpose, method.name(), &params)
        }
        Some(Wanted::Conditions(params)) => {
            let purpose = purpose(Purpose::Conditions, Purpose::ServerMonitor);
            conversation.request(id, purpose, "monitor_cond_change", &params)
        }
    }
}
