//! Formats of days and times, checked when they are compiled.

use syn::LitStr;

/// Signs that stand behind `%`; those of chrono.
const SIGNS: &str = "YCyGgmbBhdejaAwuUWVDxFvHkIlPpMSfRTXrZzcst n%+";
/// Signs for a day.
const OF_A_DAY: &str = "YCyGgmbBhdejaAwuUWVDxFvtn%";

/// Refuses what is no format.
pub(super) fn check(format: &LitStr, of_a_day: bool) -> syn::Result<()> {
    let known = if of_a_day { OF_A_DAY } else { SIGNS };
    match wrong_sign(&format.value(), known) {
        None => Ok(()),
        Some(sign) => {
            let what = if of_a_day {
                "a day: write it like `\"%d.%m.%Y\"`"
            } else {
                "a point in time: write it like `\"%d.%m.%Y %H:%M\"`"
            };
            let text = format!("`%{sign}` is no sign of a format for {what}");
            Err(syn::Error::new_spanned(format, text))
        }
    }
}

/// The first sign behind `%` that means nothing.
fn wrong_sign(format: &str, known: &str) -> Option<String> {
    let mut parts = format.split('%').skip(1);
    while let Some(part) = parts.next() {
        if part.is_empty() {
            // `%%`; the text behind it is the next part
            if parts.next().is_none() {
                return Some(String::new());
            }
            continue;
        }
        let sign = part.trim_start_matches(['-', '_', '0']);
        let is_fraction = [".f", ".3f", ".6f", ".9f", "3f", "6f", "9f"]
            .iter()
            .any(|fraction| sign.starts_with(fraction));
        let is_zone = [":z", "::z"].iter().any(|zone| sign.starts_with(zone));
        let is_known = sign.chars().next().is_some_and(|sign| known.contains(sign));
        let has_time = known.contains('H');
        if !is_known && !(has_time && (is_fraction || is_zone)) {
            return Some(part.chars().take(1).collect());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{OF_A_DAY, SIGNS, wrong_sign};

    #[test]
    fn formats() {
        for good in ["%Y-%m-%d %H:%M", "%-d.%_m.%Y", "100%% %S%.3f", "%:z", ""] {
            assert_eq!(wrong_sign(good, SIGNS), None, "{good}");
        }
        for (bad, sign) in [("%Q", "Q"), ("%Y-%", ""), ("%d %E", "E")] {
            assert_eq!(wrong_sign(bad, SIGNS).as_deref(), Some(sign), "{bad}");
        }
        assert_eq!(wrong_sign("%d %H", OF_A_DAY).as_deref(), Some("H"));
    }
}
