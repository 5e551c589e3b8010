//! Random changes of pages.

use crate::pages::{Element, Part, Rng, VALUES, WORDS, attributes, parts, row, rows};

pub(crate) fn change_list(r: &mut Rng, part: &mut Part) {
    let Part::Element(element) = part else { return };
    let parts = match element.tag {
        "ul" => &mut element.parts,
        "table" => {
            let body = element.parts.iter_mut().find_map(|part| match part {
                Part::Element(element) if element.tag == "tbody" => Some(element),
                _ => None,
            });
            let Some(body) = body else { return };
            &mut body.parts
        }
        _ => return,
    };
    let has = |test: fn(&Element) -> bool| {
        parts
            .iter()
            .any(|part| matches!(part, Part::Element(element) if test(element)))
    };
    let (in_list, keyed) = (
        !has(|element| element.tag == "tr"),
        has(|element| element.has("id")),
    );
    for _ in 0..=r.below(3) {
        match r.below(5) {
            0 | 1 => {
                for _ in 0..=r.below(5) {
                    let at = (r.below(parts.len() / 2 + 1) * 2).min(parts.len().saturating_sub(1));
                    parts.insert(at, row(r, keyed, in_list));
                    parts.insert(at, Part::Blank("\n  "));
                }
            }
            2 if parts.len() > 2 => {
                let at = r.below(parts.len() / 2) * 2;
                parts.drain(at..at + 2);
            }
            3 => shuffle(r, parts),
            _ => {
                let count = r.below(10);
                *parts = rows(r, count, keyed, in_list);
            }
        }
    }
}

fn shuffle(r: &mut Rng, parts: &mut [Part]) {
    let is_row = |part: &Part| matches!(part, Part::Element(_));
    let places: Vec<usize> = (0..parts.len()).filter(|at| is_row(&parts[*at])).collect();
    for at in (1..places.len()).rev() {
        parts.swap(places[at], places[r.below(at + 1)]);
    }
}

const GAPS: [&str; 3] = ["\n   ", " ", "\n"];

pub(crate) fn mutate(r: &mut Rng, root: &mut Part) {
    if r.one_in(5) {
        return move_elsewhere(r, root);
    }
    let mut at = r.below(count(root));
    match nth(root, &mut at) {
        Some(Part::Text(text)) => r.pick(&WORDS).clone_into(text),
        Some(Part::Blank(blank)) => *blank = r.pick(&GAPS),
        Some(Part::Element(element)) => mutate_element(r, element),
        Some(Part::Comment) | None => {}
    }
}

fn mutate_element(r: &mut Rng, element: &mut Element) {
    let len = element.parts.len();
    match r.below(10) {
        0 => {
            let is_key = |attr: &(String, String)| attr.0 == "id" || attr.0 == "data-key";
            let key = element.attrs.iter().find(|attr| is_key(attr)).cloned();
            element.attrs = attributes(r, element.tag);
            element.attrs.retain(|attr| !is_key(attr));
            element.attrs.extend(key);
        }
        1 if !element.attrs.is_empty() => {
            let at = r.below(element.attrs.len());
            r.pick(&VALUES).clone_into(&mut element.attrs[at].1);
        }
        2 | 3 => {
            for part in parts(r, element.tag, 2) {
                let is_text = |part: &Part| matches!(part, Part::Text(_));
                if !is_text(&part) || !element.parts.iter().any(is_text) {
                    let at = r.below(element.parts.len() + 1);
                    element.parts.insert(at, part);
                }
                if r.one_in(2) {
                    break;
                }
            }
        }
        4 | 5 if len > 0 => drop(element.parts.remove(r.below(len))),
        6 => {
            for at in (1..len).rev() {
                element.parts.swap(at, r.below(at + 1));
            }
        }
        7 if len > 1 => {
            let part = element.parts.remove(r.below(len));
            let at = r.below(len).min(element.parts.len());
            element.parts.insert(at, part);
        }
        8 => element.parts = parts(r, element.tag, 2),
        _ => element.parts.sort_by_key(|part| match part {
            Part::Element(inner) => inner.attrs.first().map(|attr| attr.1.clone()),
            _ => None,
        }),
    }
}

fn count(part: &Part) -> usize {
    match part {
        Part::Element(element) => 1 + element.parts.iter().map(count).sum::<usize>(),
        _ => 1,
    }
}

fn nth<'a>(part: &'a mut Part, at: &mut usize) -> Option<&'a mut Part> {
    if *at == 0 {
        return Some(part);
    }
    *at -= 1;
    let Part::Element(element) = part else {
        return None;
    };
    element.parts.iter_mut().find_map(|part| nth(part, at))
}

/// An element with an id goes to another parent, or gets a wrapper.
fn move_elsewhere(r: &mut Rng, root: &mut Part) {
    let mut at = r.below(4);
    if r.one_in(3) {
        let wrapper = r.pick(&["section", "div", "figure"]);
        take(root, &mut at, Some(wrapper));
        return;
    }
    let mut taken = take(root, &mut at, None);
    if taken.is_some() {
        let mut to = r.below(6);
        give(root, &mut to, &mut taken);
        if let (Some(part), Part::Element(root)) = (taken, root) {
            root.parts.push(part);
        }
    }
}

fn take(part: &mut Part, at: &mut usize, wrapper: Option<&'static str>) -> Option<Part> {
    let Part::Element(element) = part else {
        return None;
    };
    if element.has("data-key") {
        return None;
    }
    let is_box = element.is_box();
    for i in 0..element.parts.len() {
        let is_movable = is_box
            && matches!(&element.parts[i], Part::Element(inner)
                if inner.has("id") && !["script", "hr", "text"].contains(&inner.tag));
        if is_movable && *at == 0 {
            let Some(tag) = wrapper else {
                return Some(element.parts.remove(i));
            };
            let inner = std::mem::replace(&mut element.parts[i], Part::Comment);
            let parts = vec![Part::Text("w ".to_owned()), inner, Part::Blank(" ")];
            let attrs = vec![("class".to_owned(), "wrap".to_owned())];
            element.parts[i] = Part::Element(Element { tag, attrs, parts });
            return Some(Part::Comment);
        }
        *at -= usize::from(is_movable);
        if let Some(taken) = take(&mut element.parts[i], at, wrapper) {
            return Some(taken);
        }
    }
    None
}

fn give(part: &mut Part, at: &mut usize, taken: &mut Option<Part>) {
    let Part::Element(element) = part else { return };
    if element.has("data-key") {
        return;
    }
    if element.is_box() {
        if *at == 0 {
            let middle = element.parts.len() / 2;
            element.parts.splice(middle..middle, taken.take());
            return;
        }
        *at -= 1;
    }
    for inner in &mut element.parts {
        if taken.is_some() {
            give(inner, at, taken);
        }
    }
}
