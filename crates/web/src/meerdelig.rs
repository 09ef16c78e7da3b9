//! A form with a file in it: `multipart/form-data`, RFC 7578.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::header::CONTENT_TYPE,
};

use crate::{fout::Fout, staat::Web};

/// The parts of a form that was sent with a file; none for a form of another kind.
#[derive(Debug, Default)]
pub(crate) struct Meerdelig(pub(crate) Vec<Deel>);

/// One field of it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Deel {
    /// The name of the field.
    pub(crate) naam: String,
    /// The name of the file, for a file that was chosen.
    pub(crate) bestand: Option<String>,
    /// What it holds.
    pub(crate) bytes: Bytes,
}

impl FromRequest<Web> for Meerdelig {
    type Rejection = Fout;

    async fn from_request(request: Request, state: &Web) -> Result<Self, Fout> {
        let kind = request.headers().get(CONTENT_TYPE).and_then(|it| it.to_str().ok());
        let boundary = kind.and_then(boundary).map(str::to_owned);
        let body = Bytes::from_request(request, state).await.map_err(|_| Fout::Onleesbaar)?;
        match boundary {
            None => Ok(Meerdelig::default()),
            Some(it) => parts(&body, &it).map(Meerdelig).ok_or(Fout::Onleesbaar),
        }
    }
}

impl Meerdelig {
    /// The field with this name.
    pub(crate) fn deel(&self, naam: &str) -> Option<&Deel> {
        self.0.iter().find(|it| it.naam == naam)
    }
}

fn boundary(kind: &str) -> Option<&str> {
    let rest = kind.strip_prefix("multipart/form-data")?;
    let own = rest.split(';').find_map(|it| it.trim().strip_prefix("boundary="))?;
    let own = own.trim_matches('"');
    (1..=70).contains(&own.len()).then_some(own)
}

/// The parts between the boundaries; `None` when the form does not end as it should.
fn parts(body: &Bytes, boundary: &str) -> Option<Vec<Deel>> {
    let first = format!("--{boundary}");
    let between = format!("\r\n{first}");
    let mut at = first.len();
    body.starts_with(first.as_bytes()).then_some(())?;
    let mut found = Vec::new();
    while !body.get(at..)?.starts_with(b"--") {
        at += 2; // The end of the line of the boundary.
        let end = at + find(body.get(at..)?, between.as_bytes())?;
        let head_end = at + find(body.get(at..end)?, b"\r\n\r\n")?;
        let head = std::str::from_utf8(&body[at..head_end]).ok()?;
        let (naam, bestand) = disposition(head)?;
        found.push(Deel { naam, bestand, bytes: body.slice(head_end + 4..end) });
        at = end + between.len();
    }
    Some(found)
}

/// The name of a field and of its file, from the head of a part.
fn disposition(head: &str) -> Option<(String, Option<String>)> {
    let lines = head.split("\r\n");
    let own = lines.filter_map(|it| it.split_once(':'));
    let (_, value) =
        own.into_iter().find(|(name, _)| name.eq_ignore_ascii_case("content-disposition"))?;
    let quoted = |key: &str| {
        let rest = value.split_once(&format!("; {key}=\""))?.1;
        rest.split_once('"').map(|(it, _)| it.to_owned())
    };
    Some((quoted("name")?, quoted("filename").filter(|it| !it.is_empty())))
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    // Only where the first byte fits is the rest compared.
    let first = *wanted.first()?;
    let mut at = 0;
    loop {
        at += bytes.get(at..)?.iter().position(|it| *it == first)?;
        if bytes[at..].starts_with(wanted) {
            return Some(at);
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_with_a_file_is_taken_apart() {
        let text = "--xyz\r\nContent-Disposition: form-data; name=\"bericht\"\r\n\r\n\r\n--xyz\r\n\
                    Content-Disposition: form-data; name=\"bestand\"; filename=\"a.xml\"\r\n\
                    Content-Type: text/xml\r\n\r\n<a>\r\n-</a>\r\n--xyz--\r\n";
        let found = parts(&Bytes::from(text), "xyz").unwrap();
        let [one, two] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((one.naam.as_str(), &one.bestand, &*one.bytes), ("bericht", &None, &b""[..]));
        assert_eq!(two.bestand.as_deref(), Some("a.xml"));
        assert_eq!(&*two.bytes, b"<a>\r\n-</a>");
        for (at, _) in text.char_indices() {
            parts(&Bytes::from(text[..at].to_owned()), "xyz");
        }
        assert_eq!(parts(&Bytes::from(text), "abc"), None);
        assert_eq!(boundary("multipart/form-data; boundary=\"xyz\""), Some("xyz"));
        assert_eq!(boundary("text/plain; boundary=xyz"), None);
    }
}
