//! Routes: what each request asks for, and its answer.

use std::sync::Arc;
use std::time::Duration;

use http::{Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use serde_json::{Value, json};

use crate::kubernetes::create::{create, delete, parse};
use crate::kubernetes::exec::{self, VERSION_4, VERSION_5};
use crate::kubernetes::fault::Faults;
use crate::kubernetes::kind::{Kind, core_versions, groups, resources};
use crate::kubernetes::log::log;
use crate::kubernetes::pod::Pod;
use crate::kubernetes::port_forward;
use crate::kubernetes::reply::{Reply, bad_request, json_reply, not_found, refusal};
use crate::kubernetes::right::{USERS, Wish, review, who_am_i};
use crate::kubernetes::selector::Selector;
use crate::kubernetes::state::{State, lock};
use crate::kubernetes::upgrade::accept;
use crate::kubernetes::watch::{Watch, watch};

type Query = Vec<(String, String)>;

/// Answers a request.
pub(super) async fn answer(request: Request<Incoming>, state: Arc<State>) -> Reply {
    let told = match request.method() {
        &Method::GET => request.uri().to_string(),
        other => format!("{other} {}", request.uri()),
    };
    state.requests().push(told);
    let faults = {
        let mut faults = state.faults();
        let now = faults.clone();
        faults.busy = faults.busy.saturating_sub(1);
        if now.busy == 0 {
            faults.unavailable = faults.unavailable.saturating_sub(1);
        }
        now
    };
    if faults.silent.iter().any(String::is_empty) {
        std::future::pending::<()>().await;
    }
    if faults.busy > 0 {
        return refusal(
            StatusCode::TOO_MANY_REQUESTS,
            "TooManyRequests",
            "too many requests, please try again later",
        );
    }
    if faults.unavailable > 0 {
        return refusal(
            StatusCode::SERVICE_UNAVAILABLE,
            "ServiceUnavailable",
            "apiserver is shutting down",
        );
    }
    let token = request.headers().get(header::AUTHORIZATION);
    let token = token
        .and_then(|token| token.to_str().ok())
        .unwrap_or_default();
    lock(&state.askers).insert(token.to_owned());
    let user = USERS
        .into_iter()
        .find(|user| token == format!("Bearer {user}-token"));
    let Some(user) = user.filter(|_| !faults.unauthorized) else {
        return refusal(StatusCode::UNAUTHORIZED, "Unauthorized", "Unauthorized");
    };
    let path = request.uri().path().to_owned();
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let is_get = request.method() == Method::GET;
    let (group, version, rest) = match parts.as_slice() {
        ["version"] => {
            return json_reply(
                StatusCode::OK,
                &json!({"major": "1", "minor": "36", "gitVersion": "v1.36.2"}),
            );
        }
        ["api"] if is_get => return json_reply(StatusCode::OK, &core_versions()),
        ["apis"] if is_get => return json_reply(StatusCode::OK, &groups()),
        ["api", version, rest @ ..] => ("", *version, rest),
        ["apis", group, version, rest @ ..] => (*group, *version, rest),
        _ => return nowhere(),
    };
    if faults.absent_groups.iter().any(|absent| absent == group) {
        return nowhere();
    }
    match (group, rest) {
        (_, []) if is_get => match resources(group, version) {
            Some(list) => json_reply(StatusCode::OK, &list),
            None => nowhere(),
        },
        ("authorization.k8s.io", ["selfsubjectaccessreviews"]) => match body(request).await {
            Ok(body) => review(user, &faults, &body),
            Err(reply) => *reply,
        },
        ("authentication.k8s.io", ["selfsubjectreviews"]) => who_am_i(user),
        (_, ["namespaces", namespace, plural, rest @ ..]) => {
            let Some(kind) = Kind::of_path(group, version, plural) else {
                return nowhere();
            };
            let place = Place {
                kind,
                namespace: Some(namespace),
                user,
                faults: &faults,
            };
            place.answer(rest, request, &state).await
        }
        (_, [plural, rest @ ..]) => {
            let Some(kind) = Kind::of_path(group, version, plural) else {
                return nowhere();
            };
            let place = Place {
                kind,
                namespace: None,
                user,
                faults: &faults,
            };
            place.answer(rest, request, &state).await
        }
        _ => nowhere(),
    }
}

/// What is asked about, by whom.
struct Place<'p> {
    kind: Kind,
    namespace: Option<&'p str>,
    user: &'p str,
    faults: &'p Faults,
}

impl Place<'_> {
    async fn answer(&self, rest: &[&str], request: Request<Incoming>, state: &Arc<State>) -> Reply {
        let query = query(&request);
        let is = |name: &str, value: &str| {
            query
                .iter()
                .any(|(key, found)| key == name && found == value)
        };
        let is_watch = is("watch", "true") || is("watch", "1");
        let (verb, subresource) = match (request.method(), rest) {
            (&Method::GET, []) if is_watch => ("watch", None),
            (&Method::GET, []) => ("list", None),
            (&Method::GET, [_]) => ("get", None),
            (&Method::POST, []) => ("create", None),
            (&Method::DELETE, []) => ("deletecollection", None),
            (&Method::DELETE, [_]) => ("delete", None),
            (&Method::GET, [_, sub]) => ("get", Some(*sub)),
            _ => {
                return refusal(
                    StatusCode::METHOD_NOT_ALLOWED,
                    "MethodNotAllowed",
                    "the server does not allow this method on the requested resource",
                );
            }
        };
        let resource = match subresource {
            Some(sub) => format!("{}/{sub}", self.kind.plural),
            None => self.kind.plural.to_owned(),
        };
        let wish = Wish {
            user: self.user,
            verb,
            group: self.kind.group,
            resource: &resource,
            namespace: self.namespace,
            name: rest.first().copied(),
        };
        if !wish.is_granted(self.faults) {
            return wish.refusal();
        }
        // Since 1.35 opening a stream is creating, too; that refusal has no reason.
        let creates = Wish {
            verb: "create",
            ..wish
        };
        if matches!(subresource, Some("exec" | "portforward")) && !creates.is_granted(self.faults) {
            let name = rest.first().copied().unwrap_or_default();
            return refusal(
                StatusCode::FORBIDDEN,
                "Forbidden",
                &format!("pods \"{name}\" is forbidden: "),
            );
        }
        let pod = |name: &str| {
            let pods = state.pods();
            let mut pods = pods.iter();
            pods.find(|pod| Some(pod.namespace.as_str()) == self.namespace && pod.name == name)
                .cloned()
        };
        match (verb, rest) {
            ("watch", _) => self.watch(&query, state),
            ("list", _) => {
                let plural = self.kind.plural;
                if self
                    .faults
                    .silent_lists
                    .iter()
                    .any(|silent| silent == plural)
                {
                    std::future::pending::<()>().await;
                }
                self.list(&query, state)
            }
            ("create", _) => {
                let Some(namespace) = self.namespace.filter(|_| self.kind.plural == "pods") else {
                    return nowhere();
                };
                match body(request).await {
                    Ok(body) => create(state, namespace, &body, is("dryRun", "All")),
                    Err(reply) => *reply,
                }
            }
            ("deletecollection", _) => {
                let listed = self.select(&query, state);
                let (Ok(objects), Some(namespace)) = (listed, self.namespace) else {
                    return nowhere();
                };
                let names: Vec<&str> = objects
                    .iter()
                    .filter_map(|object| object["metadata"]["name"].as_str())
                    .collect();
                delete(state, namespace, &names);
                json_reply(
                    StatusCode::OK,
                    &json!({"kind": "Status", "status": "Success"}),
                )
            }
            ("delete", [name]) => {
                let gone = match (self.kind.plural, self.namespace) {
                    ("pods", Some(namespace)) => delete(state, namespace, &[name]),
                    _ => state.take(self.kind, self.namespace, name),
                };
                match gone {
                    Some(object) => json_reply(StatusCode::OK, &object),
                    None => not_found(self.kind.plural, name),
                }
            }
            (_, [name]) => {
                let objects = state.objects(self.kind, self.namespace);
                let found = objects
                    .iter()
                    .find(|object| object["metadata"]["name"] == *name);
                match found {
                    Some(object) => json_reply(StatusCode::OK, object),
                    None => not_found(self.kind.plural, name),
                }
            }
            (_, [name, sub]) => match (pod(name), *sub) {
                (Some(pod), "log") => log(&pod, &query),
                (Some(pod), "exec") => exec_reply(request, pod, state, self.faults, &query).await,
                (Some(pod), "portforward") => {
                    forward_reply(request, pod, state, self.faults, &query).await
                }
                (None, _) => not_found("pods", name),
                _ => nowhere(),
            },
            _ => nowhere(),
        }
    }

    fn watch(&self, query: &Query, state: &Arc<State>) -> Reply {
        let selectors = match self.selectors(query) {
            Ok(selectors) => selectors,
            Err(reply) => return *reply,
        };
        let number = |name: &str| parameter(query, name).and_then(|text| text.parse().ok());
        let (labels, fields) = selectors;
        watch(
            Arc::clone(state),
            Watch {
                kind: self.kind,
                namespace: self.namespace.map(str::to_owned),
                labels,
                fields,
                after: number("resourceVersion"),
                time: parameter(query, "timeoutSeconds")
                    .and_then(|text| text.parse().ok())
                    .map(Duration::from_secs),
            },
        )
    }

    fn selectors(&self, query: &Query) -> Result<(Selector, Selector), Box<Reply>> {
        let wrong = |message: String| Box::new(bad_request(&message));
        let labels = Selector::labels(parameter(query, "labelSelector").unwrap_or_default());
        let fields = parameter(query, "fieldSelector").unwrap_or_default();
        let fields = Selector::fields(fields, self.kind.plural);
        Ok((labels.map_err(wrong)?, fields.map_err(wrong)?))
    }

    fn select(&self, query: &Query, state: &State) -> Result<Vec<Value>, Box<Reply>> {
        let (labels, fields) = self.selectors(query)?;
        let mut objects = state.objects(self.kind, self.namespace);
        objects.retain(|object| labels.fits_labels(object) && fields.fits_fields(object));
        Ok(objects)
    }

    /// A page of a list.
    fn list(&self, query: &Query, state: &State) -> Reply {
        let items = match self.select(query, state) {
            Ok(items) => items,
            Err(reply) => return *reply,
        };
        let number =
            |name: &str| parameter(query, name).and_then(|text| text.parse::<usize>().ok());
        let start = number("continue").unwrap_or(0);
        if start > 0 && self.faults.pages_expire {
            return refusal(
                StatusCode::GONE,
                "Expired",
                "The provided continue parameter is too old to display a consistent list result.",
            );
        }
        let limit = match (number("limit").unwrap_or(0), self.faults.page) {
            (0, 0) => usize::MAX,
            // A list that is asked for as a whole has no pages that could expire.
            (0, _) if self.faults.pages_expire => usize::MAX,
            (0, most) => most,
            (limit, 0) => limit,
            (limit, most) => limit.min(most),
        };
        let shown: Vec<Value> = items.iter().skip(start).take(limit).cloned().collect();
        let end = start + shown.len();
        let mut metadata = json!({"resourceVersion": state.version().to_string()});
        if end < items.len() {
            metadata["continue"] = json!(end.to_string());
            metadata["remainingItemCount"] = json!(items.len() - end);
        }
        json_reply(
            StatusCode::OK,
            &json!({
                "kind": format!("{}List", self.kind.kind),
                "apiVersion": self.kind.group_version(),
                "metadata": metadata,
                "items": shown,
            }),
        )
    }
}

/// What stands between a stream and a node.
async fn way_to(pod: &Pod, faults: &Faults) -> Option<Reply> {
    if faults.silent.contains(&pod.node) {
        std::future::pending::<()>().await;
    }
    if let Some(time) = faults.slow_exec {
        tokio::time::sleep(time).await;
    }
    faults.unreachable_nodes.contains(&pod.node).then(|| {
        refusal(
            StatusCode::INTERNAL_SERVER_ERROR,
            "InternalError",
            "error dialing backend: dial tcp 10.0.0.7:10250: connect: connection refused",
        )
    })
}

async fn exec_reply(
    request: Request<Incoming>,
    pod: Pod,
    state: &Arc<State>,
    faults: &Faults,
    query: &Query,
) -> Reply {
    if let Some(reply) = way_to(&pod, faults).await {
        return reply;
    }
    let container = parameter(query, "container").unwrap_or_default();
    if !pod.containers.iter().any(|known| known == container) {
        return bad_request(&format!(
            "container {container} is not valid for pod {}",
            pod.name
        ));
    }
    let command: Vec<String> = query
        .iter()
        .filter(|(key, _)| key == "command")
        .map(|(_, value)| value.clone())
        .collect();
    let versions: &[&'static str] = if faults.only_version_4 {
        &[VERSION_4]
    } else {
        &[VERSION_5, VERSION_4]
    };
    let (upgrade, version, reply) = match accept(request, versions) {
        Ok(accepted) => accepted,
        Err(reply) => return *reply,
    };
    let (state, faults) = (Arc::clone(state), faults.clone());
    tokio::spawn(async move {
        let Ok(upgraded) = upgrade.await else {
            return;
        };
        let _running = state.begin();
        // A caller that breaks off is no failure.
        let _ = exec::carry(upgraded, version == VERSION_5, pod, command, faults).await;
    });
    reply
}

async fn forward_reply(
    request: Request<Incoming>,
    pod: Pod,
    state: &Arc<State>,
    faults: &Faults,
    query: &Query,
) -> Reply {
    if let Some(reply) = way_to(&pod, faults).await {
        return reply;
    }
    let ports: Option<Vec<u16>> = query
        .iter()
        .filter(|(key, _)| key == "ports")
        .flat_map(|(_, value)| value.split(','))
        .map(|port| port.parse().ok().filter(|port| *port > 0))
        .collect();
    let Some(ports) = ports.filter(|ports| !ports.is_empty() && ports.len() < 128) else {
        return bad_request("query parameter \"port\" is required and must be a port number");
    };
    let (upgrade, _, reply) = match accept(request, &[VERSION_4]) {
        Ok(accepted) => accepted,
        Err(reply) => return *reply,
    };
    let state = Arc::clone(state);
    tokio::spawn(async move {
        let Ok(upgraded) = upgrade.await else {
            return;
        };
        let _running = state.begin();
        // A caller that breaks off is no failure.
        let _ = port_forward::carry(upgraded, pod, ports).await;
    });
    reply
}

fn nowhere() -> Reply {
    refusal(
        StatusCode::NOT_FOUND,
        "NotFound",
        "the server could not find the requested resource",
    )
}

async fn body(request: Request<Incoming>) -> Result<Value, Box<Reply>> {
    match request.into_body().collect().await {
        Ok(body) => parse(&body.to_bytes()),
        Err(error) => Err(Box::new(bad_request(&error.to_string()))),
    }
}

/// The parameters of a request, decoded.
fn query(request: &Request<Incoming>) -> Query {
    let query = request.uri().query().unwrap_or_default();
    form_urlencoded::parse(query.as_bytes())
        .into_owned()
        .collect()
}

fn parameter<'q>(query: &'q Query, name: &str) -> Option<&'q str> {
    let found = query.iter().find(|(key, _)| key == name);
    found.map(|(_, value)| value.as_str())
}
