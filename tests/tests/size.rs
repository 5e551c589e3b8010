//! Keeps files and functions short: a file has at most 400 lines, a function at most 80.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

const FILE_LINES: usize = 400;
const FUNCTION_LINES: usize = 80;
const SKIPPED_FOLDERS: [&str; 5] = [".git", "artifacts", "dist", "node_modules", "target"];

/// Blanks the text of comments, strings and characters in Rust source; line breaks stay.
struct Blanker {
    source: Vec<char>,
    at: usize,
    out: String,
}

impl Blanker {
    fn blanked(source: &str) -> String {
        let mut this = Self {
            source: source.chars().collect(),
            at: 0,
            out: String::new(),
        };
        while this.at < this.source.len() {
            this.step();
        }
        this.out
    }

    fn peek(&self, ahead: usize) -> char {
        self.source.get(self.at + ahead).copied().unwrap_or('\0')
    }

    fn keep(&mut self) {
        self.out.push(self.peek(0));
        self.at += 1;
    }

    /// Drops `count` characters, line breaks aside.
    fn blank(&mut self, count: usize) {
        for _ in 0..count {
            self.out.push(if self.peek(0) == '\n' { '\n' } else { ' ' });
            self.at += 1;
        }
    }

    fn blank_until(&mut self, is_end: impl Fn(&Self) -> bool) {
        while self.at < self.source.len() && !is_end(self) {
            self.blank(1);
        }
    }

    fn step(&mut self) {
        match (self.peek(0), self.peek(1)) {
            ('/', '/') => self.blank_until(|this| this.peek(0) == '\n'),
            ('/', '*') => self.block_comment(),
            ('r', '"' | '#') if !self.follows_word() && self.raw_hashes().is_some() => self.raw(),
            ('"', _) => self.quoted('"'),
            ('\'', '\\') => self.quoted('\''),
            ('\'', _) if self.peek(2) == '\'' => self.blank(3),
            _ => self.keep(),
        }
    }

    /// Whether the last character belongs to a name, as in `for"`; `b` and `c` begin a literal.
    fn follows_word(&self) -> bool {
        let mut before = self.out.chars().rev();
        let last = before.next().unwrap_or(' ');
        let is_prefix = matches!(last, 'b' | 'c');
        let second = before.next().unwrap_or(' ');
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        if is_prefix {
            is_word(second)
        } else {
            is_word(last)
        }
    }

    fn block_comment(&mut self) {
        let mut depth = 0;
        loop {
            match (self.peek(0), self.peek(1)) {
                ('/', '*') => depth += 1,
                ('*', '/') => depth -= 1,
                ('\0', _) => return,
                _ => {
                    self.blank(1);
                    continue;
                }
            }
            self.blank(2);
            if depth == 0 {
                return;
            }
        }
    }

    /// The number of `#` of a raw string that begins here.
    fn raw_hashes(&self) -> Option<usize> {
        let rest = self.source.iter().skip(self.at + 1);
        let hashes = rest.take_while(|c| **c == '#').count();
        (self.peek(hashes + 1) == '"').then_some(hashes)
    }

    fn raw(&mut self) {
        let hashes = self.raw_hashes().unwrap_or_default();
        self.blank(hashes + 2);
        self.blank_until(|this| {
            this.peek(0) == '"' && (1..=hashes).all(|ahead| this.peek(ahead) == '#')
        });
        self.blank(hashes + 1);
    }

    fn quoted(&mut self, quote: char) {
        self.blank(1);
        while self.at < self.source.len() && self.peek(0) != quote {
            self.blank(if self.peek(0) == '\\' { 2 } else { 1 });
        }
        self.blank(1);
    }
}

/// Name, first line and number of lines of each function with a body.
fn functions(source: &str) -> Vec<(String, usize, usize)> {
    let text = Blanker::blanked(source);
    let mut found = Vec::new();
    for (at, _) in text.match_indices("fn ") {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        if text[..at].ends_with(is_word) {
            continue;
        }
        let name: String = text[at + 3..].chars().take_while(|c| is_word(*c)).collect();
        if let Some(end) = body_end(&text, at).filter(|_| !name.is_empty()) {
            let first = text[..at].matches('\n').count() + 1;
            found.push((name, first, text[at..end].matches('\n').count() + 1));
        }
    }
    found
}

/// Where the body ends of the function that begins at `start`; none without a body.
fn body_end(text: &str, start: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut braces = 0_usize;
    for (at, c) in text[start..].char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.checked_sub(1)?,
            ';' if depth == 0 && braces == 0 => return None,
            '{' => braces += 1,
            '}' => {
                braces = braces.checked_sub(1)?;
                if braces == 0 && depth == 0 {
                    return Some(start + at);
                }
            }
            _ => {}
        }
    }
    None
}

/// What is too long in a file.
fn faults(name: &str, source: &str) -> Vec<String> {
    let mut found = Vec::new();
    let lines = source.lines().count();
    if lines > FILE_LINES {
        found.push(format!("{name}: {lines} lines, at most {FILE_LINES}"));
    }
    if Path::new(name).extension().is_some_and(|end| end == "rs") {
        for (function, line, lines) in functions(source) {
            if lines > FUNCTION_LINES {
                found.push(format!(
                    "{name}:{line}: fn {function} has {lines} lines, at most {FUNCTION_LINES}"
                ));
            }
        }
    }
    found
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if path.is_dir() {
            if !SKIPPED_FOLDERS.contains(&name.as_str()) {
                sources(&path, found)?;
            }
        } else if path
            .extension()
            .is_some_and(|end| end == "rs" || end == "ts")
        {
            found.push(path);
        }
    }
    Ok(())
}

#[test]
fn files_and_functions_are_short() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut files = Vec::new();
    sources(root, &mut files).unwrap();
    assert!(files.len() > 30, "only {} files found", files.len());
    let mut found = Vec::new();
    for file in files {
        let name = file.strip_prefix(root).unwrap().display().to_string();
        found.extend(faults(&name, &fs::read_to_string(&file).unwrap()));
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn every_file_of_tests_is_in_the_suite() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let suite = fs::read_to_string(folder.join("suite.rs")).unwrap();
    for entry in fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        if let Some(name) = name.strip_suffix(".rs").filter(|name| *name != "suite") {
            let line = format!("mod {name};");
            assert!(suite.contains(&line), "`{line}` is not in suite.rs");
        }
    }
}

#[test]
fn a_long_file_is_found() {
    assert_eq!(faults("a.rs", &"\n".repeat(FILE_LINES)), [""; 0]);
    assert_eq!(
        faults("a.rs", &"\n".repeat(FILE_LINES + 1)),
        ["a.rs: 401 lines, at most 400"]
    );
    assert_eq!(
        faults("a.ts", &"\n".repeat(FILE_LINES + 1)),
        ["a.ts: 401 lines, at most 400"]
    );
}

#[test]
fn a_long_function_is_found() {
    let body = |lines: usize| format!("struct A;\nfn long() {{{}}}\n", "\n".repeat(lines - 1));
    assert_eq!(faults("a.rs", &body(FUNCTION_LINES)), [""; 0]);
    let expected = ["a.rs:2: fn long has 81 lines, at most 80"];
    assert_eq!(faults("a.rs", &body(FUNCTION_LINES + 1)), expected);
}

#[test]
fn braces_in_text_do_not_count() {
    let source = r##"
        /* { /* { */ */ fn one<'a>(x: &'a str) -> [u8; 2] { // }
            let (a, b, c) = ('{', '\'', "}\"{"); let raw = r#"}"}"#; let bytes = br"}";
        }
        trait Two { fn none(&self) -> u8; fn two(f: fn(u8) -> u8) { f(1); } }
    "##;
    let names: Vec<_> = functions(source)
        .into_iter()
        .map(|(name, _, lines)| (name, lines))
        .collect();
    assert_eq!(names, [("one".to_owned(), 3), ("two".to_owned(), 1)]);
}
