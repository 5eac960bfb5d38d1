//! The live preview's server.
//!
//! Owns what a browser is answered with: the pages of the last good build from memory, the findings of the
//! last build, and the word that there is something new. Builds nothing and watches nothing (`cli::live`
//! does), and never reads the output folder: what is previewed is the [`Output`] value.

#![expect(clippy::disallowed_methods, reason = "this is the edge that answers browsers")]

mod answer;
mod connections;
mod hosts;
mod inject;
mod range;
pub mod rules;

use std::collections::BTreeMap;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use tokio::sync::{oneshot, watch};

use crate::diagnostic::Severity;
use crate::disk::Pictures;
use crate::output::Output;
use crate::route::{OutputPath, Routes};
use crate::search;
use hosts::Hosts;
use rules::Rules;

/// How many ports after a taken one are tried.
const PORTS: u16 = 50;

/// A finding as the preview shows it.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Shown {
    /// Its weight.
    pub severity: Severity,
    /// The finding as the terminal shows it, without colour.
    pub text: String,
    /// The file with line and column.
    pub place: Option<String>,
    /// An address that opens the place in an editor.
    pub href: Option<String>,
}

/// What one build has to show.
#[derive(Clone, Debug, Default)]
pub struct Preview {
    /// Tells this build from every other, also from those of another run of the program.
    pub build: String,
    /// The pages of the last build without errors; none where there was none yet.
    pub output: Option<Arc<Output>>,
    /// The addresses of those pages.
    pub routes: Option<Arc<[Routes]>>,
    /// By their address, drafts that have no page because of what is wrong with them, with what that is.
    pub faulty: Arc<BTreeMap<String, Vec<Shown>>>,
    /// What the last build found.
    pub findings: Arc<Vec<Shown>>,
    /// How many findings more there were than are shown.
    pub left_out: usize,
    /// The path of the site's address: `/`, or `/sub/`.
    pub base_path: String,
    /// Addresses of the pages whose files were saved, without a slash at their beginning.
    pub saved: Vec<String>,
    /// Published paths of copied files, such as pictures, that changed.
    pub replaced: Vec<String>,
}

/// A preview with what is worked out from it once.
struct Current {
    preview: Preview,
    rules: Rules,
    /// The index of the search, once somebody has asked for it.
    search: OnceLock<BTreeMap<OutputPath, Bytes>>,
}

/// What answers are made from.
struct Shared {
    /// The site's folder, for files that are copied.
    home: PathBuf,
    /// The files that are made of pictures.
    pictures: Arc<Pictures>,
    hosts: Hosts,
    current: watch::Receiver<Arc<Current>>,
}

/// A server at work. Ends, with every stream that is still open, when it is dropped.
pub struct Server {
    address: SocketAddr,
    home: PathBuf,
    sender: watch::Sender<Arc<Current>>,
    stop: Option<oneshot::Sender<()>>,
    runtime: Option<tokio::runtime::Runtime>,
}

impl Server {
    /// Starts to answer at `ip` and the first free port from `port` on.
    ///
    /// # Errors
    /// Where no port is free, or the address is not this machine's.
    pub fn start(ip: IpAddr, port: u16, home: PathBuf, first: Preview) -> io::Result<Server> {
        let listener = bind(ip, port)?;
        let address = listener.local_addr()?;
        listener.set_nonblocking(true)?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .thread_name("preview")
            .build()?;
        let (sender, current) = watch::channel(Arc::new(Current::new(first, &home)));
        let shared = Arc::new(Shared {
            pictures: Arc::new(Pictures::of(&home)),
            home: home.clone(),
            hosts: Hosts::new(address),
            current,
        });
        let (stop, stopped) = oneshot::channel::<()>();
        runtime.spawn(async move {
            // A listener that the system refuses leaves nobody to tell: the browser says it.
            let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
            let service = axum::Router::new().fallback(answer::answer).with_state(shared);
            let service = service.into_make_service_with_connect_info::<connections::Talk>();
            let until = async {
                let _ = stopped.await;
            };
            let _ = axum::serve(connections::Door::new(listener), service).with_graceful_shutdown(until).await;
        });
        Ok(Server { address, home, sender, stop: Some(stop), runtime: Some(runtime) })
    }

    /// Where it answers.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Shows another build from now on and tells every open page.
    pub fn show(&self, preview: Preview) {
        let _ = self.sender.send(Arc::new(Current::new(preview, &self.home)));
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_timeout(std::time::Duration::from_millis(200));
        }
    }
}

impl Current {
    fn new(preview: Preview, home: &std::path::Path) -> Current {
        let rules = preview.output.as_ref().map(|output| Rules::read(output, home)).unwrap_or_default();
        Current { preview, rules, search: OnceLock::new() }
    }

    /// A file of the search's index, which is made of the present pages when the first is asked for.
    fn of_index(&self, name: &OutputPath) -> Option<Bytes> {
        let (output, routes) = (self.preview.output.as_ref()?, self.preview.routes.as_ref()?);
        let files = || routes.iter().flat_map(|routes| search::files(output, routes)).collect();
        self.search.get_or_init(files).get(name).cloned()
    }
}

fn bind(ip: IpAddr, port: u16) -> io::Result<std::net::TcpListener> {
    let mut refused = None;
    for port in port..=port.saturating_add(PORTS) {
        match listen(SocketAddr::new(ip, port)) {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => refused = Some(error),
            Err(error) => return Err(error),
        }
    }
    Err(refused.unwrap_or_else(|| io::Error::other("no port is free")))
}

fn listen(address: SocketAddr) -> io::Result<std::net::TcpListener> {
    use socket2::{Domain, Protocol, Socket, Type};
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    // A restart may have the port of the run before; on Windows this would share it with strangers.
    #[cfg(unix)]
    socket.set_reuse_address(true)?;
    socket.bind(&address.into())?;
    socket.listen(1024)?;
    Ok(socket.into())
}
