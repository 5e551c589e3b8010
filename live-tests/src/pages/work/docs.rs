//! Files that are uploaded.

use std::time::Duration;

use rdj::{UploadedFile, prelude::*};
use tokio::time::sleep;

#[app_state]
pub struct DocsState {
    pub files: Vec<String>,
}

#[events]
impl DocsState {
    #[upload(max_size = "100kB", max_count = 3, accept("image/png", "text/*"))]
    async fn store(&mut self, cx: &Cx, file: UploadedFile) -> Result {
        let content = file.read().await?;
        if content.starts_with(b"bad") {
            return Err(Error::invalid("This file is bad."));
        }
        assert!(!content.starts_with(b"panic"), "the secret panic");
        cx.messages().success(format!("{} is here.", file.name()));
        let (name, size, kind) = (file.name(), file.size(), file.kind());
        self.files.push(format!("{name} {size} {kind}"));
        Ok(())
    }

    #[upload(max_size = "50MB")]
    async fn ponder(&mut self, _cx: &Cx, how: String, file: UploadedFile) {
        sleep(Duration::from_millis(100)).await;
        self.files.push(format!("{how} {}", file.size()));
    }

    async fn report(&mut self, cx: &Cx) {
        let report = self.files.join("\n");
        cx.messages().info(report.clone());
        cx.download("Dateien \u{fc}ber.txt", report);
    }
}

#[page(route = "/work/docs", template = "work/docs.html", title = "Documents")]
pub struct DocsPage {
    docs: DocsState,
}

/// A page with the same upload at another path.
#[page(route = "/work/shelf", template = "work/docs.html", title = "Shelf")]
pub struct ShelfPage {
    docs: DocsState,
}
