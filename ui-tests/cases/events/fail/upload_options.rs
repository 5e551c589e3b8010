//! What an upload takes is written wrongly, or the file is missing.

use rdj::prelude::*;

#[rdj::app_state]
struct DocsState {
    names: Vec<String>,
}

#[rdj::events]
impl DocsState {
    #[upload(max_size = "ten")]
    async fn size(&mut self, _cx: &Cx, file: UploadedFile) {
        self.names.push(file.name().to_owned());
    }

    #[upload(max_count = 0)]
    async fn count(&mut self, _cx: &Cx, file: UploadedFile) {
        self.names.push(file.name().to_owned());
    }

    #[upload(accept("pdf", "image"))]
    async fn kind(&mut self, _cx: &Cx, file: UploadedFile) {
        self.names.push(file.name().to_owned());
    }

    #[upload(max_sise = "10MB")]
    async fn option(&mut self, _cx: &Cx, file: UploadedFile) {
        self.names.push(file.name().to_owned());
    }

    #[upload]
    async fn no_file(&mut self, _cx: &Cx) {}

    #[on_load]
    #[upload]
    async fn load(&mut self, _cx: &Cx) {}
}

fn main() {}
