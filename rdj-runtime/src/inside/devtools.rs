//! Whether developers look.

use std::env;

/// A resource of applications whose developers look.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Devtools;

/// Switches the panel in builds for development; `force` in any build.
const VARIABLE: &str = "RDJ_DEVTOOLS";

/// Whether to show developers what happens, if the application wants it or the environment does. A build
/// for production shows nobody the statements of its events, unless it is told so beside its code.
pub(crate) fn is_on(wanted: bool) -> bool {
    let variable = env::var(VARIABLE).unwrap_or_default();
    decide(wanted, &variable, cfg!(debug_assertions))
}

fn decide(wanted: bool, variable: &str, is_debug: bool) -> bool {
    if variable == "force" {
        tracing::warn!("{VARIABLE}=force: every user sees what events cost and which SQL they run");
        return true;
    }
    let on = match variable {
        "" => wanted,
        "0" | "false" => false,
        _ => true,
    };
    if on && !is_debug {
        tracing::warn!(
            "the tools for developers are off in a release build; {VARIABLE}=force has them all the same"
        );
        return false;
    }
    on
}

#[cfg(test)]
mod tests {
    use super::decide;

    #[test]
    fn only_force_has_them_in_a_release_build() {
        assert!(decide(true, "", true) && decide(false, "1", true));
        assert!(!decide(false, "", true) && !decide(true, "0", true));
        assert!(!decide(true, "", false) && !decide(true, "1", false));
        assert!(decide(false, "force", false));
    }
}
