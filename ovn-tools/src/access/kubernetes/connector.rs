//! The connector: from a kubeconfig to a client of the API server.

use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use http::{HeaderName, HeaderValue};
use hyper_util::client::legacy::Client as HttpClient;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use kube::client::{Body, ConfigExt};
use kube::config::{ExecInteractiveMode, KubeConfigOptions, Kubeconfig};
use kube::{Client, Config};
use tokio::runtime::Handle;
use tokio::sync::oneshot;
use tokio::time::timeout;
use tower::{BoxError, ServiceBuilder};

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

/// Makes a client. No API server is asked; a login plugin that the kubeconfig names is run.
pub(super) async fn connect(chosen: Chosen) -> Result<Client, KubernetesError> {
    let (sender, receiver) = oneshot::channel();
    let runtime = Handle::current();
    // Plugins are run and files read while the caller waits; a plugin that hangs must keep
    // neither other sources nor the end of the program.
    let spawned = thread::Builder::new()
        .name("kubeconfig".to_owned())
        .spawn(move || {
            let client = runtime.block_on(configure(chosen)).and_then(|config| {
                let _entered = runtime.enter();
                client(config).map_err(KubernetesError::Config)
            });
            // Nobody waits any more when this fails.
            let _ = sender.send(client);
        });
    if let Err(error) = spawned {
        return Err(KubernetesError::Config(error.into()));
    }
    match timeout(CONFIG_TIMEOUT, receiver).await {
        Ok(Ok(client)) => client,
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
    let mut connector = HttpConnector::new();
    connector.enforce_http(false);
    connector.set_nodelay(true);
    connector.set_keepalive(Some(KEEPALIVE));
    let connector = config.rustls_https_connector_with_connector(connector)?;
    let http = HttpClient::builder(TokioExecutor::new()).build::<_, Body>(connector);
    let service = ServiceBuilder::new()
        .layer(config.base_uri_layer())
        .option_layer(config.auth_layer()?)
        .layer(config.extra_headers_layer()?)
        .map_err(BoxError::from)
        .service(http);
    Ok(Client::new(service, config.default_namespace))
}
