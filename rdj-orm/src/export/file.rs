//! The bytes of an exported file, row by row.

use std::marker::PhantomData;

use axum::http::{
    HeaderMap, HeaderValue,
    header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE},
};
use rdj_runtime::{Error, Result};

use super::cell;
use crate::{
    field::FieldMeta,
    model::CrudModel,
    serializer::{Formats, json_columns},
};

/// The format of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Csv,
    Json,
}

impl Format {
    /// The format that a file's ending means.
    pub(super) fn of(ending: &str) -> Option<Self> {
        match ending {
            "csv" => Some(Self::Csv),
            "json" => Some(Self::Json),
            _ => None,
        }
    }

    /// The headers of a file with the rows of a state.
    pub(super) fn headers(self, state: &str) -> HeaderMap {
        let (kind, ending) = match self {
            Self::Csv => ("text/csv; charset=utf-8", "csv"),
            Self::Json => ("application/json", "json"),
        };
        let name = format!("attachment; filename=\"{state}.{ending}\"");
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
        // a state's name is a name in Rust or one that was checked to be a plain text
        if let Ok(name) = HeaderValue::try_from(name) {
            headers.insert(CONTENT_DISPOSITION, name);
        }
        headers
    }
}

/// A file that is being written.
pub(super) struct File<E> {
    format: Format,
    columns: Vec<&'static FieldMeta>,
    formulas: bool,
    /// Whether a row was written.
    begun: bool,
    entity: PhantomData<fn() -> E>,
}

impl<E: CrudModel> File<E> {
    pub(super) fn new(format: Format, columns: Vec<&'static FieldMeta>, formulas: bool) -> Self {
        Self {
            format,
            columns,
            formulas,
            begun: false,
            entity: PhantomData,
        }
    }

    /// What stands before the rows.
    pub(super) fn begin(&self, out: &mut Vec<u8>) -> Result {
        match self.format {
            Format::Csv => record(out, self.columns.iter().map(|meta| meta.name)),
            Format::Json => {
                out.push(b'[');
                Ok(())
            }
        }
    }

    /// A row.
    pub(super) fn row(&mut self, out: &mut Vec<u8>, row: &E::Model) -> Result {
        match self.format {
            Format::Csv => record(out, self.columns.iter().map(|meta| self.cell(row, meta))),
            Format::Json => {
                out.extend_from_slice(if self.begun { b",\n" } else { b"\n" });
                self.begun = true;
                let row = json_columns::<E>(row, &self.columns, Formats::EXACT);
                Ok(serde_json::to_writer(out, &row)?)
            }
        }
    }

    fn cell(&self, row: &E::Model, meta: &FieldMeta) -> String {
        let value = E::json(row, meta.name, Formats::EXACT);
        let text = value.map(cell::text).unwrap_or_default().into_owned();
        if self.formulas || !cell::is_text(meta) {
            text
        } else {
            cell::guard(text)
        }
    }

    /// What stands behind the rows.
    pub(super) fn end(&self, out: &mut Vec<u8>) {
        if self.format == Format::Json {
            out.extend_from_slice(b"\n]\n");
        }
    }
}

/// Source: RFC 4180, section 2.
fn record(out: &mut Vec<u8>, cells: impl Iterator<Item: AsRef<[u8]>>) -> Result {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .buffer_capacity(1024)
        .from_writer(out);
    writer.write_record(cells)?;
    writer.flush().map_err(Error::from)
}
