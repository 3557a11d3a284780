//! The word that the server stops.

use tokio::sync::watch;

/// Tells everyone that the server stops.
#[derive(Debug, Clone)]
pub struct Shutdown(pub watch::Receiver<bool>);

impl Shutdown {
    /// Waits until the server stops.
    pub async fn wait(&self) {
        let mut stopping = self.0.clone();
        // A sender that is gone has stopped too.
        let _ = stopping.wait_for(|stop| *stop).await;
    }

    /// Whether the server stops.
    #[must_use]
    pub fn is_on(&self) -> bool {
        *self.0.borrow()
    }
}
