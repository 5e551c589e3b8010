//! Cross-site request forgery.
