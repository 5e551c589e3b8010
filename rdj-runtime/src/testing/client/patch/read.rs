//! Reads the operations and strings of a patch.

use super::Read;

/// What stands before the operations.
pub(super) struct Head {
    pub(super) check: u16,
    pub(super) has_ops: bool,
    pub(super) title: Option<String>,
}

/// The operations, and the strings that they use one after the other.
pub(super) struct Reader<'a> {
    ops: &'a [u8],
    /// UTF-16, as lengths count its units.
    strings: Vec<u16>,
    used: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(payload: &'a [u8], titled: bool) -> Read<(Self, Head)> {
        let (check, rest) = payload.split_first_chunk::<2>().ok_or("no check")?;
        let mut reader = Self {
            ops: rest,
            strings: Vec::new(),
            used: 0,
        };
        let length = reader.varint()?;
        let (ops, rest) = reader.ops.split_at_checked(length).ok_or("too short")?;
        reader.ops = rest;
        let title = if titled { Some(reader.varint()?) } else { None };
        let strings = std::str::from_utf8(reader.ops).map_err(|error| error.to_string())?;
        reader.strings = strings.encode_utf16().collect();
        reader.ops = ops;
        let title = title.map(|length| reader.text(length)).transpose()?;
        let head = Head {
            check: u16::from_le_bytes(*check),
            has_ops: length > 0,
            title,
        };
        Ok((reader, head))
    }

    pub(super) fn byte(&mut self) -> Read<u8> {
        let (first, rest) = self.ops.split_first().ok_or("the operations end")?;
        self.ops = rest;
        Ok(*first)
    }

    /// LEB128.
    pub(super) fn varint(&mut self) -> Read<usize> {
        let mut value = 0;
        for shift in (0..63).step_by(7) {
            let byte = self.byte()?;
            value |= usize::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err("a number without an end".to_owned())
    }

    /// A string of this many UTF-16 units.
    pub(super) fn text(&mut self, length: usize) -> Read<String> {
        let units = self.strings.get(self.used..self.used + length);
        let text = String::from_utf16_lossy(units.ok_or("the strings end")?);
        self.used += length;
        Ok(text)
    }

    pub(super) fn string(&mut self) -> Read<String> {
        let length = self.varint()?;
        self.text(length)
    }
}
