//! The connector: from a kubeconfig to a client of the API server.

use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use http::{HeaderName, HeaderValue};
use hyper_util::client::legacy::Client as HttpClient;
use hyper_util::client::legacy::connect::{Connect, HttpConnector};
use hyper_util::rt::TokioExecutor;
use kube::client::{Body, ConfigExt};
use kube::config::{AuthInfo, ExecInteractiveMode, KubeConfigOptions, Kubeconfig};
use kube::{Client, Config};
use tokio::runtime::Handle;
use tokio::sync::oneshot;
use tokio::time::timeout;
use tower::{BoxError, ServiceBuilder};

use crate::access::bearer::Bearer;
use crate::access::kubernetes::failure::KubernetesError;

/// How long it may take to read the kubeconfig and run what it names to log in.
/// **Default and why**: 30 s; login plugins ask a server of their own.
const CONFIG_TIMEOUT: Duration = Duration::from_secs(30);

/// How long TCP waits before it asks whether a silent peer is still there.
/// **Default and why**: 30 s; load balancers forget silent connections after some minutes.
const KEEPALIVE: Duration = Duration::from_secs(30);

/// Which cluster, as its user named it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Chosen {
    /// The context of the kubeconfig; the current one for `None`.
    pub(super) context: Option<String>,
    /// The kubeconfig; the usual places (`KUBECONFIG`, `~/.kube/config`, then the service account
    /// of a pod) for `None`.
    pub(super) kubeconfig: Option<PathBuf>,
}

/// Makes the client of whoever sent a token. No API server is asked.
pub(super) type ClientOf = Arc<dyn Fn(&Bearer) -> Result<Client, KubernetesError> + Send + Sync>;

/// Makes a client. No API server is asked; a login plugin that the kubeconfig names is run.
pub(super) async fn connect(chosen: Chosen) -> Result<Client, KubernetesError> {
    aside(chosen, client).await
}

/// What makes clients for many callers, each with a token of their own, over one connector.
///
/// The connector knows the cluster's address and its authority, and nothing by which this program
/// could log in: no certificate, no token, no plugin, nobody to impersonate.
pub(super) async fn connect_callers(chosen: Chosen) -> Result<ClientOf, KubernetesError> {
    aside(chosen, clients).await
}

/// Makes something of the configuration, on a thread of its own.
async fn aside<T: Send + 'static>(
    chosen: Chosen,
    make: impl FnOnce(Config) -> Result<T, BoxError> + Send + 'static,
) -> Result<T, KubernetesError> {
    let (sender, receiver) = oneshot::channel();
    let runtime = Handle::current();
    // Plugins are run and files read while the caller waits; a plugin that hangs must keep
    // neither other sources nor the end of the program.
    let spawned = thread::Builder::new()
        .name("kubeconfig".to_owned())
        .spawn(move || {
            let made = runtime.block_on(configure(chosen)).and_then(|config| {
                let _entered = runtime.enter();
                make(config).map_err(KubernetesError::Config)
            });
            // Nobody waits any more when this fails.
            let _ = sender.send(made);
        });
    if let Err(error) = spawned {
        return Err(KubernetesError::Config(error.into()));
    }
    match timeout(CONFIG_TIMEOUT, receiver).await {
        Ok(Ok(made)) => made,
        Ok(Err(error)) => Err(KubernetesError::Config(error.into())),
        Err(_) => Err(KubernetesError::Slow {
            what: "what the kubeconfig names to log in",
            limit: CONFIG_TIMEOUT,
        }),
    }
}

async fn configure(chosen: Chosen) -> Result<Config, KubernetesError> {
    let options = KubeConfigOptions {
        context: chosen.context,
        ..KubeConfigOptions::default()
    };
    let wrong = |error: BoxError| KubernetesError::Config(error);
    let mut config = match chosen.kubeconfig {
        Some(path) => {
            let kubeconfig = Kubeconfig::read_from(path).map_err(|error| wrong(error.into()))?;
            Config::from_custom_kubeconfig(kubeconfig, &options)
                .await
                .map_err(|error| wrong(error.into()))?
        }
        None if options.context.is_some() => Config::from_kubeconfig(&options)
            .await
            .map_err(|error| wrong(error.into()))?,
        None => Config::infer().await.map_err(|error| wrong(error.into()))?,
    };
    let agent = HeaderValue::from_static(concat!("ovnscope/", env!("CARGO_PKG_VERSION")));
    config
        .headers
        .push((HeaderName::from_static("user-agent"), agent));
    if let Some(plugin) = &mut config.auth_info.exec {
        // Standard input may be the protocol's.
        plugin.interactive_mode = Some(ExecInteractiveMode::Never);
    }
    Ok(config)
}

/// A client whose small messages go out at once; through a proxy it is kube's own, whose echoes
/// take some 40 ms more.
fn client(config: Config) -> Result<Client, BoxError> {
    if config.proxy_url.is_some() {
        return Ok(Client::try_from(config)?);
    }
    let http = http(&config)?;
    over(http, config)
}

/// Clients that share one connector; through a proxy each has its own.
fn clients(mut config: Config) -> Result<ClientOf, BoxError> {
    config.auth_info = AuthInfo::default();
    let http = match config.proxy_url {
        Some(_) => None,
        None => Some(http(&config)?),
    };
    Ok(Arc::new(move |bearer| {
        let mut config = config.clone();
        config.auth_info.token = Some(bearer.token().to_owned().into());
        let client = match &http {
            Some(http) => over(http.clone(), config),
            None => Client::try_from(config).map_err(BoxError::from),
        };
        client.map_err(KubernetesError::Config)
    }))
}

/// What carries requests.
type Http<C> = HttpClient<C, Body>;

/// A connector that sends small messages at once, with the certificate of the configuration where
/// it has one.
fn http(config: &Config) -> Result<Http<impl Connect + Clone + Send + Sync + 'static>, BoxError> {
    let mut connector = HttpConnector::new();
    connector.enforce_http(false);
    connector.set_nodelay(true);
    connector.set_keepalive(Some(KEEPALIVE));
    let connector = config.rustls_https_connector_with_connector(connector)?;
    Ok(HttpClient::builder(TokioExecutor::new()).build::<_, Body>(connector))
}

/// A client over a connector, with the tokens and headers of the configuration.
fn over<C>(http: Http<C>, config: Config) -> Result<Client, BoxError>
where
    C: Connect + Clone + Send + Sync + 'static,
{
    let service = ServiceBuilder::new()
        .layer(config.base_uri_layer())
        .option_layer(config.auth_layer()?)
        .layer(config.extra_headers_layer()?)
        .map_err(BoxError::from)
        .service(http);
    Ok(Client::new(service, config.default_namespace))
}
