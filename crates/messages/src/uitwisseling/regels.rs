//! Every line ends in one newline, so that lines can be counted.

use std::io::{BufRead, Read, Result};

/// Gives the bytes with each CRLF as LF, and a newline at the end.
pub(super) struct Regels<R> {
    inner: R,
    /// A carriage return of which the next byte is still to come.
    held: bool,
    last: u8,
}

impl<R: BufRead> Regels<R> {
    pub(super) fn new(inner: R) -> Regels<R> {
        Regels { inner, held: false, last: b'\n' }
    }
}

impl<R: BufRead> Read for Regels<R> {
    fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
        // One byte in may be two bytes out.
        let Some(room) = buf.len().checked_sub(1).filter(|it| *it > 0) else { return Ok(0) };
        loop {
            let given = self.inner.fill_buf()?;
            if given.is_empty() {
                return Ok(self.end(buf));
            }
            let (mut read, mut written) = (0, 0);
            for &byte in given {
                if written >= room {
                    break;
                }
                read += 1;
                if self.held && byte != b'\n' {
                    buf[written] = b'\r';
                    written += 1;
                }
                self.held = byte == b'\r';
                if !self.held {
                    buf[written] = byte;
                    written += 1;
                    self.last = byte;
                }
            }
            self.inner.consume(read);
            if written > 0 {
                return Ok(written);
            }
        }
    }
}

impl<R> Regels<R> {
    fn end(&mut self, buf: &mut [u8]) -> usize {
        if self.last == b'\n' && !self.held {
            return 0;
        }
        (self.held, self.last) = (false, b'\n');
        buf[0] = b'\n';
        1
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    #[test]
    fn line_ends_become_one_newline_however_the_bytes_come() {
        for (text, expected) in [
            ("a\r\nb\r\n", "a\nb\n"),
            ("a\nb", "a\nb\n"),
            ("a\rb\r\r\n", "a\rb\r\n"),
            ("a\r", "a\n"),
            ("", ""),
        ] {
            for size in 1..5 {
                let mut read = String::new();
                let bytes = BufReader::with_capacity(size, text.as_bytes());
                Regels::new(bytes).read_to_string(&mut read).unwrap();
                assert_eq!(read, expected, "{text:?} by {size}");
            }
        }
    }
}
