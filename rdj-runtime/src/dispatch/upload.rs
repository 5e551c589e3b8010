//! Handles of uploads in templates.

use std::fmt::{self, Write};

use askama::{FastWritable, Values, filters::HtmlSafe};

use super::{Binding, attribute, escape};
use crate::{
    i18n,
    page::render,
    upload::{self, UploadLimits},
};

/// The attributes of a form that uploads files; written into its tag by `{{ }}`.
///
/// ```html
/// <form {{ docs.on_upload().store() }}>
///   <label>Files <input type="file" name="file" multiple></label>
///   <button>Upload</button>
/// </form>
/// ```
#[derive(Clone, Debug)]
#[must_use = "a binding does nothing unless it is written into a tag"]
pub struct UploadBinding {
    call: String,
    limits: UploadLimits,
}

/// Begins the attribute of a form that uploads.
pub(crate) const UPLOAD: &str = "data-rdj-upload=\"";

impl UploadBinding {
    #[doc(hidden)]
    pub fn new(binding: &Binding, limits: UploadLimits) -> Self {
        Self {
            call: binding.call(),
            limits,
        }
    }

    fn write(&self, out: &mut (impl Write + ?Sized)) -> fmt::Result {
        let UploadLimits {
            max_size,
            max_count,
            accept,
        } = self.limits;
        out.write_str(UPLOAD)?;
        escape(&self.call, out)?;
        write!(
            out,
            "\" data-rdj-max-size=\"{max_size}\" data-rdj-max-count=\"{max_count}\""
        )?;
        if !accept.is_empty() {
            attribute(out, "data-rdj-accept", &accept.join(","))?;
        }
        let most = upload::size(max_size);
        let count = max_count.to_string();
        for (name, key, arg) in [
            ("size", "rdj-file-too-large", Some(("most", most))),
            ("count", "rdj-upload-too-many", Some(("most", count))),
            ("kind", "rdj-file-type", Some(("types", accept.join(", ")))),
            ("stop", "rdj-cancel", None),
            ("stopped", "rdj-upload-stopped", None),
            ("leave", "rdj-upload-leave", None),
            ("done", "rdj-upload-done", None),
        ] {
            let arg = arg.map(|(name, value)| (name, value.into()));
            let text = i18n::text_with(key, arg.as_slice());
            attribute(out, &format!("data-text-{name}"), &text)?;
        }
        out.write_str(" method=\"post\" enctype=\"multipart/form-data\"")?;
        let address = render::address_with("_event", &self.call);
        attribute(out, "action", &address)
    }
}

impl fmt::Display for UploadBinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f)
    }
}

impl HtmlSafe for UploadBinding {}

impl FastWritable for UploadBinding {
    fn write_into(&self, dest: &mut dyn Write, _: &dyn Values) -> askama::Result<()> {
        Ok(self.write(dest)?)
    }
}
