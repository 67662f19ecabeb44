//! Review: whether whoever asks may do something, in the API server's own words.

use std::time::{Duration, Instant};

use futures_util::future::try_join;
use http::header::CONTENT_TYPE;
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};
use tokio::time::timeout;

use crate::access::kubernetes::failure::KubernetesError;
use crate::access::kubernetes::session::Session;

/// How long the API server may take for one request.
/// **Default and why**: 15 s, as for lists of pods.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(15);

/// For how long a caller who may run commands is taken to go on doing so.
/// **Default and why**: 30 s: a stream is authorised when it is opened and never again, so a right
/// that was withdrawn is noticed this much later; asking takes one round trip.
const TRUSTED: Duration = Duration::from_secs(30);

/// Where one asks for one's own rights.
const REVIEWS: &str = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

impl Session {
    /// Whether one may do something in a namespace.
    pub(super) async fn may(
        &self,
        namespace: &str,
        verb: &str,
        resource: &str,
        part: &str,
    ) -> Result<bool, KubernetesError> {
        let review = json!({
            "apiVersion": "authorization.k8s.io/v1",
            "kind": "SelfSubjectAccessReview",
            "spec": {"resourceAttributes": {
                "namespace": namespace,
                "verb": verb,
                "resource": resource,
                "subresource": part,
            }},
        });
        let right = || "the right to ask for one's own rights is needed (system:basic-user)".into();
        let answer: Json = self.ask("POST", REVIEWS, Some(&review), right).await?;
        Ok(answer["status"]["allowed"] == true)
    }

    /// Whether a stream into a pod of a namespace may still be used that was opened for an earlier
    /// question.
    ///
    /// The program's own rights are not asked for again: what it holds it keeps for itself. Those
    /// of a caller may have been withdrawn, and no stream ends with them. Where the API server
    /// does not say yes, a new stream is opened, which it then refuses in its own words.
    pub(super) async fn may_go_on(&self, namespace: &str) -> bool {
        if self.identity().is_none() {
            return true;
        }
        // One asks, and whoever else wants to know waits for that.
        let mut rights = self.rights.lock().await;
        if let Some(said) = rights.get(namespace)
            && said.elapsed() < TRUSTED
        {
            return true;
        }
        rights.remove(namespace);
        let may = |verb| self.may(namespace, verb, "pods", "exec");
        let both = try_join(may("get"), may("create")).await;
        let is_allowed = both.is_ok_and(|(get, create)| get && create);
        if is_allowed {
            rights.insert(namespace.to_owned(), Instant::now());
        }
        is_allowed
    }

    /// Asks the API server for something by its path.
    pub(super) async fn ask<T: DeserializeOwned>(
        &self,
        method: &str,
        path: &str,
        body: Option<&Json>,
        right: impl FnOnce() -> String,
    ) -> Result<T, KubernetesError> {
        let bytes = body.map_or_else(Vec::new, |body| body.to_string().into_bytes());
        let request = http::Request::builder()
            .method(method)
            .uri(path)
            .header(CONTENT_TYPE, "application/json")
            .body(bytes)
            .map_err(|error| KubernetesError::Unreachable(error.into()))?;
        let answer = timeout(REQUEST_TIMEOUT, self.client().request(request)).await;
        let answer = answer.map_err(|_| KubernetesError::Slow {
            what: "the API server",
            limit: REQUEST_TIMEOUT,
        })?;
        answer.map_err(|error| KubernetesError::of(error, right))
    }
}
