//! What a cluster holds, and what was asked of it.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};

use crate::kubernetes::fault::Faults;
use crate::kubernetes::kind::Kind;
use crate::kubernetes::pod::Pod;

/// The state behind an API server.
#[derive(Debug, Default)]
pub(super) struct State {
    pods: Mutex<Vec<Pod>>,
    /// All objects but pods.
    objects: Mutex<Vec<Value>>,
    faults: Mutex<Faults>,
    requests: Mutex<Vec<String>>,
    /// The values of `Authorization` that came.
    pub(super) askers: Mutex<BTreeSet<String>>,
    running: AtomicUsize,
    most_running: AtomicUsize,
    changes: Mutex<Vec<Change>>,
    /// What pods that are created through the API have in their image.
    pub(super) image_programs: Mutex<Vec<String>>,
    /// Where the containers of such pods are, on nodes without another pod.
    pub(super) spare_directory: PathBuf,
}

/// A change, whose version is its place.
#[derive(Clone, Debug)]
pub(super) struct Change {
    /// `ADDED`, `MODIFIED` or `DELETED`.
    pub(super) what: &'static str,
    pub(super) kind: Kind,
    pub(super) object: Value,
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl State {
    pub(super) fn new(pods: Vec<Pod>, spare_directory: PathBuf) -> Self {
        let state = Self {
            spare_directory,
            ..Self::default()
        };
        let mut nodes: Vec<String> = pods.iter().map(|pod| pod.node.clone()).collect();
        nodes.sort();
        nodes.dedup();
        for name in nodes {
            state.put(json!({"apiVersion": "v1", "kind": "Node", "metadata": {"name": name}}));
        }
        state.change_pods(|known| *known = pods);
        state
    }

    pub(super) fn faults(&self) -> MutexGuard<'_, Faults> {
        lock(&self.faults)
    }

    pub(super) fn requests(&self) -> MutexGuard<'_, Vec<String>> {
        lock(&self.requests)
    }

    pub(super) fn pods(&self) -> MutexGuard<'_, Vec<Pod>> {
        lock(&self.pods)
    }

    /// Changes the pods; those who watch are told the differences.
    pub(super) fn change_pods<T>(&self, change: impl FnOnce(&mut Vec<Pod>) -> T) -> T {
        let mut pods = self.pods();
        let before = pods.clone();
        let outcome = change(&mut pods);
        let same = |a: &Pod, b: &Pod| a.namespace == b.namespace && a.name == b.name;
        for pod in pods.iter() {
            match before.iter().find(|known| same(known, pod)) {
                None => self.tell("ADDED", pod.object()),
                Some(known) if known.object() != pod.object() => {
                    self.tell("MODIFIED", pod.object());
                }
                Some(_) => {}
            }
        }
        for pod in &before {
            if !pods.iter().any(|known| same(known, pod)) {
                self.tell("DELETED", pod.object());
            }
        }
        outcome
    }

    /// Adds an object, or replaces the one of its name.
    pub(super) fn put(&self, mut object: Value) {
        let mut objects = lock(&self.objects);
        object["metadata"]["resourceVersion"] = json!((self.version() + 1).to_string());
        let known = objects.iter_mut().find(|known| is_same(known, &object));
        let what = match known {
            Some(known) => {
                known.clone_from(&object);
                "MODIFIED"
            }
            None => {
                objects.push(object.clone());
                "ADDED"
            }
        };
        self.tell(what, object);
    }

    /// Takes an object away.
    pub(super) fn take(&self, kind: Kind, namespace: Option<&str>, name: &str) -> Option<Value> {
        let mut objects = lock(&self.objects);
        let at = objects.iter().position(|object| {
            is_of(object, kind, namespace) && object["metadata"]["name"] == name
        })?;
        let object = objects.remove(at);
        self.tell("DELETED", object.clone());
        Some(object)
    }

    /// The objects of a kind, of one namespace where one is given.
    pub(super) fn objects(&self, kind: Kind, namespace: Option<&str>) -> Vec<Value> {
        if kind.plural == "pods" {
            let pods = self.pods();
            let pods = pods
                .iter()
                .filter(|pod| namespace.is_none_or(|namespace| pod.namespace == namespace));
            return pods.map(Pod::object).collect();
        }
        let objects = lock(&self.objects);
        let mut found: Vec<Value> = objects
            .iter()
            .filter(|object| is_of(object, kind, namespace))
            .cloned()
            .collect();
        if kind.plural == "namespaces" {
            // Where a pod is, there is its namespace.
            for pod in self.pods().iter() {
                if !found
                    .iter()
                    .any(|known| known["metadata"]["name"] == pod.namespace.as_str())
                {
                    found.push(json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": pod.namespace}}));
                }
            }
        }
        found
    }

    /// How many changes there were.
    pub(super) fn version(&self) -> usize {
        lock(&self.changes).len()
    }

    /// The changes after a version, and the version after them.
    pub(super) fn changes_after(&self, version: usize) -> (Vec<Change>, usize) {
        let changes = lock(&self.changes);
        let after = changes.get(version..).unwrap_or_default().to_vec();
        (after, changes.len())
    }

    fn tell(&self, what: &'static str, object: Value) {
        if let Some(kind) = Kind::of_object(&object) {
            lock(&self.changes).push(Change { what, kind, object });
        }
    }

    /// Counts a command that begins; dropping what it gives counts its end.
    pub(super) fn begin(self: &std::sync::Arc<Self>) -> Running {
        let now = self.running.fetch_add(1, Ordering::SeqCst) + 1;
        self.most_running.fetch_max(now, Ordering::SeqCst);
        Running(std::sync::Arc::clone(self))
    }

    pub(super) fn running(&self) -> usize {
        self.running.load(Ordering::SeqCst)
    }

    pub(super) fn most_running(&self) -> usize {
        self.most_running.load(Ordering::SeqCst)
    }
}

/// A command that runs.
pub(super) struct Running(std::sync::Arc<State>);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.running.fetch_sub(1, Ordering::SeqCst);
    }
}

fn is_of(object: &Value, kind: Kind, namespace: Option<&str>) -> bool {
    Kind::of_object(object) == Some(kind)
        && namespace.is_none_or(|namespace| object["metadata"]["namespace"] == namespace)
}

fn is_same(a: &Value, b: &Value) -> bool {
    let key = |object: &Value| {
        ["name", "namespace"].map(|member| object["metadata"][member].as_str().map(str::to_owned))
    };
    Kind::of_object(a) == Kind::of_object(b) && key(a) == key(b)
}
