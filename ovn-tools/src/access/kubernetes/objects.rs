//! Objects and logs: what the API server tells, without secrets.

use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream;
use kube::core::Request;
use kube::core::params::{GetParams, ListParams};
use kube::core::subresource::LogParams;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;
use tokio::time::timeout;

use crate::access::kubernetes::catalogue::{Groups, Kind, Resources};
use crate::access::kubernetes::failure::KubernetesError;
use crate::access::kubernetes::session::Session;
use crate::resource::{
    ObjectName, ResourceAnswer, ResourceQuestion, conceal, conceal_text, is_secret_kind,
};

/// How long the API server may take for one page, one object or one log.
/// **Default and why**: 20 s; a page of 500 objects takes about a second, a log of 10 MB two.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(20);

/// How many objects are asked for at once.
/// **Default and why**: 500, as kubectl does.
const PAGE: u32 = 500;

/// The most objects of one list.
/// **Default and why**: 20 000, some 200 MB of pods; what is left out is told.
const MAX_OBJECTS: usize = 20_000;

/// The most bytes of a log that are asked for.
/// **Default and why**: 10 MB, some fifty thousand lines; the newest are asked for.
const MAX_LOG: i64 = 10_000_000;

/// How many groups are asked at once for their kinds.
/// **Default and why**: 8; a cluster has some fifty groups, each a small answer.
const MAX_GROUPS: usize = 8;

/// How many kinds are named that are near one that is not there.
/// **Default and why**: 5.
const MAX_NEAR: usize = 5;

impl Session {
    /// Asks the API server.
    pub(super) async fn answer(
        &self,
        question: &ResourceQuestion,
    ) -> Result<ResourceAnswer, KubernetesError> {
        match question {
            ResourceQuestion::List {
                kind,
                namespace,
                labels,
                fields,
            } => {
                let kind = self.kind(kind.as_str()).await?;
                let namespace = in_scope(&kind, namespace.as_ref(), false)?;
                let mut params = ListParams::default();
                if let Some(labels) = labels {
                    params = params.labels(labels.as_str());
                }
                if let Some(fields) = fields {
                    params = params.fields(fields.as_str());
                }
                self.objects(&kind, namespace, params).await
            }
            ResourceQuestion::Get {
                kind,
                namespace,
                name,
            } => {
                let kind = self.kind(kind.as_str()).await?;
                let namespace = in_scope(&kind, namespace.as_ref(), true)?;
                self.object(&kind, namespace, name.as_str()).await
            }
            ResourceQuestion::Log {
                namespace,
                pod,
                container,
                previous,
                lines,
                since,
            } => {
                let params = LogParams {
                    container: container.as_ref().map(ToString::to_string),
                    previous: *previous,
                    tail_lines: Some(i64::try_from(*lines).unwrap_or(i64::MAX)),
                    since_seconds: since
                        .map(|since| i64::try_from(since.as_secs()).unwrap_or(i64::MAX)),
                    limit_bytes: Some(MAX_LOG),
                    timestamps: true,
                    ..LogParams::default()
                };
                let request = Request::new(format!("/api/v1/namespaces/{namespace}/pods"))
                    .logs(pod.as_str(), &params)
                    .map_err(|error| KubernetesError::Unreachable(error.into()))?;
                let right = || format!("the right to get pods/log in the namespace {namespace}");
                let text = self
                    .wait(self.client().request_text(request), right)
                    .await?;
                let cut = i64::try_from(text.len()).is_ok_and(|length| length >= MAX_LOG);
                let (text, concealed) = conceal_text(&text);
                Ok(ResourceAnswer::Log {
                    text,
                    cut,
                    concealed: concealed.count,
                })
            }
        }
    }

    /// All objects of a kind, page by page.
    async fn objects(
        &self,
        kind: &Kind,
        namespace: Option<&str>,
        params: ListParams,
    ) -> Result<ResourceAnswer, KubernetesError> {
        let request = Request::new(kind.path(namespace));
        let mut params = params.limit(PAGE);
        let (mut objects, mut concealed, mut more) = (Vec::new(), 0, false);
        loop {
            let page = request
                .list(&params)
                .map_err(|error| KubernetesError::Unreachable(error.into()))?;
            let right = || format!("the right to list {} is needed", told(kind, namespace));
            let mut page: Json = self.wait(self.client().request(page), right).await?;
            let items = match page.get_mut("items").map(Json::take) {
                Some(Json::Array(items)) => items,
                _ => Vec::new(),
            };
            for mut item in items {
                // Items of a list do not say what they are.
                if let Json::Object(members) = &mut item {
                    members.insert("kind".to_owned(), kind.kind.clone().into());
                }
                concealed += conceal(&mut item).count;
                objects.push(item);
            }
            let next = page["metadata"]["continue"].as_str().unwrap_or_default();
            if next.is_empty() {
                break;
            }
            if objects.len() >= MAX_OBJECTS {
                more = true;
                break;
            }
            params = params.continue_token(next);
        }
        Ok(ResourceAnswer::Objects {
            kind: kind.kind.clone(),
            objects,
            more,
            concealed,
        })
    }

    async fn object(
        &self,
        kind: &Kind,
        namespace: Option<&str>,
        name: &str,
    ) -> Result<ResourceAnswer, KubernetesError> {
        let request = Request::new(kind.path(namespace))
            .get(name, &GetParams::default())
            .map_err(|error| KubernetesError::Unreachable(error.into()))?;
        let right = || format!("the right to get {} is needed", told(kind, namespace));
        let found: Result<Json, KubernetesError> =
            self.wait(self.client().request(request), right).await;
        let mut object = match found {
            // Whatever it is, it is no pod of ours that is gone.
            Err(KubernetesError::NoPod(said)) => return Err(KubernetesError::NoObject(said)),
            found => found?,
        };
        let concealed = conceal(&mut object).count;
        Ok(ResourceAnswer::Objects {
            kind: kind.kind.clone(),
            objects: vec![object],
            more: false,
            concealed,
        })
    }

    /// The kind of a name.
    async fn kind(&self, asked: &str) -> Result<Kind, KubernetesError> {
        if is_secret_kind(asked) {
            return Err(KubernetesError::SecretKind(asked.to_owned()));
        }
        let mut catalogue = self.catalogue.lock().await;
        if let Some(kind) = catalogue.find(asked) {
            return safe(kind.clone());
        }
        if !catalogue.asked.iter().any(|known| known == "v1") {
            let core: Resources = self.get("/api/v1").await?;
            catalogue.learn("v1", core.kinds("v1"));
            if let Some(kind) = catalogue.find(asked) {
                return safe(kind.clone());
            }
        }
        // What was learned may be old: a kind that is not there now may have come since.
        let groups: Groups = self.get("/apis").await?;
        let versions = groups
            .groups
            .into_iter()
            .filter_map(|group| group.preferred());
        let unknown = versions.filter(|version| !catalogue.asked.contains(version));
        let unknown: Vec<String> = unknown.collect();
        let mut asking = stream::iter(unknown)
            .map(|version| async move {
                let path = format!("/apis/{version}");
                (self.get::<Resources>(&path).await, version)
            })
            .buffered(MAX_GROUPS);
        while let Some((resources, version)) = asking.next().await {
            match resources {
                Ok(resources) => catalogue.learn(&version, resources.kinds(&version)),
                // An API service that is down takes its own kinds only with it.
                Err(error) => tracing::debug!(%error, version, "a group does not tell its kinds"),
            }
        }
        match catalogue.find(asked) {
            Some(kind) => safe(kind.clone()),
            None => {
                let lower = asked.to_lowercase();
                let mut near: Vec<(usize, &str)> = catalogue
                    .kinds
                    .iter()
                    .map(|kind| {
                        (
                            strsim::levenshtein(&lower, &kind.plural),
                            kind.plural.as_str(),
                        )
                    })
                    .filter(|(distance, _)| *distance <= 3)
                    .collect();
                near.sort_unstable();
                let near: Vec<&str> = near
                    .into_iter()
                    .take(MAX_NEAR)
                    .map(|(_, name)| name)
                    .collect();
                Err(KubernetesError::NoKind {
                    asked: asked.to_owned(),
                    near: match near.as_slice() {
                        [] => String::new(),
                        near => format!("; near it are {}", near.join(", ")),
                    },
                })
            }
        }
    }

    async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, KubernetesError> {
        let request = http::Request::get(path)
            .body(Vec::new())
            .map_err(|error| KubernetesError::Unreachable(error.into()))?;
        let right = || format!("the right to get {path} is needed (system:discovery)");
        self.wait(self.client().request(request), right).await
    }

    async fn wait<T>(
        &self,
        asking: impl Future<Output = kube::Result<T>>,
        right: impl FnOnce() -> String,
    ) -> Result<T, KubernetesError> {
        let answer = timeout(ANSWER_TIMEOUT, asking).await;
        let answer = answer.map_err(|_| KubernetesError::Slow {
            what: "the API server",
            limit: ANSWER_TIMEOUT,
        })?;
        answer.map_err(|error| KubernetesError::of(error, right))
    }
}

/// A kind, unless its objects are secrets under another name.
fn safe(kind: Kind) -> Result<Kind, KubernetesError> {
    match is_secret_kind(&kind.kind) || is_secret_kind(&kind.plural) {
        true => Err(KubernetesError::SecretKind(kind.kind)),
        false => Ok(kind),
    }
}

/// The namespace, where the kind has one; one object of such a kind needs it.
fn in_scope<'n>(
    kind: &Kind,
    namespace: Option<&'n ObjectName>,
    is_needed: bool,
) -> Result<Option<&'n str>, KubernetesError> {
    let plural = &kind.plural;
    match (kind.is_namespaced, namespace) {
        (true, None) if is_needed => Err(KubernetesError::Scope(format!(
            "{plural} are in namespaces: name one"
        ))),
        (false, Some(_)) => Err(KubernetesError::Scope(format!(
            "{plural} belong to the cluster: leave the namespace out"
        ))),
        (_, namespace) => Ok(namespace.map(ObjectName::as_str)),
    }
}

fn told(kind: &Kind, namespace: Option<&str>) -> String {
    let plural = match kind.group() {
        "" => kind.plural.clone(),
        group => format!("{}.{group}", kind.plural),
    };
    match namespace {
        Some(namespace) => format!("{plural} in the namespace {namespace}"),
        None => plural,
    }
}
