//! Rights: who may do what, and how an API server says so.

use http::StatusCode;
use serde_json::{Value, json};

use crate::kubernetes::fault::Faults;
use crate::kubernetes::reply::{Reply, json_reply, refusal};

/// The users, by their tokens `NAME-token`.
pub(super) const USERS: [&str; 2] = ["alice", "bob"];

/// What somebody wants to do.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wish<'w> {
    pub(super) user: &'w str,
    pub(super) verb: &'w str,
    pub(super) group: &'w str,
    /// With the subresource after a slash.
    pub(super) resource: &'w str,
    pub(super) namespace: Option<&'w str>,
    pub(super) name: Option<&'w str>,
}

impl Wish<'_> {
    /// Whether it is granted.
    pub(super) fn is_granted(&self, faults: &Faults) -> bool {
        let is = |verb: &str, resource: &str| self.verb == verb && self.resource == resource;
        let switched = (faults.forbid_pods && self.resource == "pods" && self.verb != "create")
            || (faults.forbid_nodes && is("list", "nodes"))
            || (faults.forbid_exec_get && is("get", "pods/exec"))
            || (faults.forbid_exec_create && is("create", "pods/exec"));
        let denied = faults.denied.iter().any(|denied| {
            is(&denied.verb, &denied.resource)
                && denied.user.as_ref().is_none_or(|user| user == self.user)
                && denied
                    .namespace
                    .as_ref()
                    .is_none_or(|namespace| Some(namespace.as_str()) == self.namespace)
        });
        !switched && !denied
    }

    /// The refusal.
    pub(super) fn refusal(&self) -> Reply {
        let Wish {
            user,
            verb,
            group,
            resource,
            ..
        } = self;
        let place = match self.namespace {
            Some(namespace) => format!("in the namespace \"{namespace}\""),
            None => "at the cluster scope".to_owned(),
        };
        let plural = resource.split('/').next().unwrap_or_default();
        let what = match self.name {
            Some(name) => format!("{plural} \"{name}\""),
            None => plural.to_owned(),
        };
        let group_of = match group {
            &"" => String::new(),
            group => format!(".{group}"),
        };
        let what = match self.name {
            Some(_) => what,
            None => format!("{what}{group_of}"),
        };
        refusal(
            StatusCode::FORBIDDEN,
            "Forbidden",
            &format!(
                "{what} is forbidden: User \"{user}\" cannot {verb} resource \"{resource}\" in API group \"{group}\" {place}"
            ),
        )
    }
}

/// Answers a `SelfSubjectAccessReview`.
pub(super) fn review(user: &str, faults: &Faults, body: &Value) -> Reply {
    let attributes = &body["spec"]["resourceAttributes"];
    let text = |name: &str| attributes[name].as_str().filter(|text| !text.is_empty());
    let resource = match (text("resource"), text("subresource")) {
        (Some(resource), Some(sub)) => format!("{resource}/{sub}"),
        (resource, _) => resource.unwrap_or_default().to_owned(),
    };
    let wish = Wish {
        user,
        verb: text("verb").unwrap_or_default(),
        group: text("group").unwrap_or_default(),
        resource: &resource,
        namespace: text("namespace"),
        name: text("name"),
    };
    let status = if wish.is_granted(faults) {
        let reason = format!(
            "RBAC: allowed by ClusterRoleBinding \"ovnscope\" of ClusterRole \"ovnscope\" to User \"{user}\""
        );
        json!({"allowed": true, "reason": reason})
    } else {
        json!({"allowed": false})
    };
    let mut answer = body.clone();
    answer["status"] = status;
    json_reply(StatusCode::CREATED, &answer)
}

/// Answers a `SelfSubjectReview`.
pub(super) fn who_am_i(user: &str) -> Reply {
    let answer = json!({
        "kind": "SelfSubjectReview",
        "apiVersion": "authentication.k8s.io/v1",
        "metadata": {},
        "status": {"userInfo": {"username": user, "groups": ["system:authenticated"]}},
    });
    json_reply(StatusCode::CREATED, &answer)
}
