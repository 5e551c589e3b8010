//! Serving an application.

use std::{
    net::SocketAddr,
    sync::{Arc, Weak, atomic::Ordering},
    time::Duration,
};

use axum::serve::ListenerExt as _;
use tokio::net::TcpListener;

use super::App;
use crate::{error::Result, runtime::Runtime, upload};

/// How often pages and tickets that nobody came for are dropped.
const SWEEP: Duration = Duration::from_secs(10);

impl App {
    /// Serves on a listener until the process is told to stop (Ctrl-C or SIGTERM).
    ///
    /// # Errors
    ///
    /// [`Error::Setup`](crate::Error::Setup) if the application cannot start as it is declared, or what
    /// [`App::on_start`] was given fails.
    pub async fn serve(mut self, listener: TcpListener) -> Result {
        self.start().await?;
        let (router, runtime) = self.into_parts()?;
        // before anybody sees that it serves, and may tell it to stop
        let signal = stop_signal();
        tracing::info!(address = %listener.local_addr()?, "serving");
        tokio::spawn(sweep(Arc::downgrade(&runtime)));
        let folder = runtime.config.upload_folder.clone();
        tokio::spawn(upload::clean(folder, upload::YOUNG));
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        let stopping = Arc::clone(&runtime);
        let stop = async move {
            signal.await;
            tracing::info!("stopping");
            stopping.leaving.store(true, Ordering::Relaxed);
            tokio::time::sleep(stopping.config.drain_delay).await;
            stopping.stopping.send_replace(true);
        };
        // an answer of two frames must not wait for the browser's acknowledgement of the first
        let listener = listener.tap_io(|stream| {
            if let Err(error) = stream.set_nodelay(true) {
                tracing::debug!(%error, "TCP_NODELAY");
            }
        });
        let server = axum::serve(listener, service).with_graceful_shutdown(stop);
        let mut told = runtime.stopping.subscribe();
        let config = &runtime.config;
        let grace = config.drain_grace + config.drain_spread;
        let overdue = async move {
            // the sender lives in `runtime`, which outlives this
            let _ = told.wait_for(|stop| *stop).await;
            tokio::time::sleep(grace).await;
        };
        let until_quiet = async {
            server.await?;
            // sockets are no connections of the server any more: their events end by themselves
            while runtime.is_connected() {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            Ok(())
        };
        tokio::select! {
            result = until_quiet => result,
            () = overdue => Ok(()),
        }
    }
}

/// Drops what nobody came for, as long as the application lives.
async fn sweep(runtime: Weak<Runtime>) {
    loop {
        tokio::time::sleep(SWEEP).await;
        let Some(runtime) = runtime.upgrade() else {
            return;
        };
        runtime.pages.sweep().await;
        runtime.tickets.sweep();
        runtime.downloads.sweep();
    }
}

/// Ends when the process is told to stop. It listens from the call on, whenever it is waited for.
#[cfg(unix)]
fn stop_signal() -> impl Future<Output = ()> {
    use tokio::signal::unix::{Signal, SignalKind, signal};

    async fn told(name: &str, signal: std::io::Result<Signal>) {
        match signal {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(error) => {
                tracing::error!(%error, "{name} cannot be heard");
                std::future::pending::<()>().await;
            }
        }
    }

    let interrupt = signal(SignalKind::interrupt());
    let terminate = signal(SignalKind::terminate());
    async move {
        tokio::select! {
            () = told("Ctrl-C", interrupt) => {}
            () = told("SIGTERM", terminate) => {}
        }
    }
}

/// Ends when the process is told to stop. It listens from the call on, whenever it is waited for.
#[cfg(not(unix))]
fn stop_signal() -> impl Future<Output = ()> {
    let interrupt = tokio::signal::windows::ctrl_c();
    async move {
        match interrupt {
            Ok(mut interrupt) => {
                interrupt.recv().await;
            }
            Err(error) => {
                tracing::error!(%error, "Ctrl-C cannot be heard");
                std::future::pending::<()>().await;
            }
        }
    }
}
