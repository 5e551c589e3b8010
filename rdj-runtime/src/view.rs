//! What changed between two renderings (stub until the view branch lands).
#[derive(Debug)]
pub(crate) struct View {
    html: String,
}
pub(crate) enum Change {
    None,
    Patch,
    TitledPatch,
    Body,
}
#[derive(Debug, Default)]
pub(crate) struct Scratch;
impl View {
    pub(crate) fn new(html: &str) -> Self {
        Self {
            html: html.to_owned(),
        }
    }
    pub(crate) fn update(&mut self, html: &str, _s: &mut Scratch, out: &mut Vec<u8>) -> Change {
        if self.html == html {
            return Change::None;
        }
        self.html = html.to_owned();
        self.body(out);
        Change::Body
    }
    pub(crate) fn body(&mut self, out: &mut Vec<u8>) {
        out.push(0);
        let s = self
            .html
            .find("<body")
            .and_then(|i| self.html[i..].find('>').map(|j| i + j + 1))
            .unwrap_or(0);
        let e = self.html.rfind("</body>").unwrap_or(self.html.len());
        out.extend_from_slice(self.html[s..e].as_bytes());
    }
    pub(crate) fn cool(&mut self) {}
}
