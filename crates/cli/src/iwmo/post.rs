//! One envelope to an address over HTTP, and what is answered.

use std::{fs, path::Path, time::Duration};

use anyhow::{Context, bail};
use messages::iwmo::verkeer::{Envelop, Foutbericht, Soort};
use ureq::{
    Agent,
    tls::{Certificate, ClientCert, PemItem, PrivateKey, RootCerts, TlsConfig, parse_pem},
};

use crate::opdracht::IwmoSend;

/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(10);
/// How long a whole call may take.
const WHOLE: Duration = Duration::from_secs(60);
/// How many bytes of an answer are read.
const ANSWER: u64 = 1024 * 1024;
/// In the environment, since an option would show in the list of processes.
const TOKEN: &str = "WIJKPEIL_IWMO_TOKEN";

/// Where envelopes are posted.
#[derive(Debug)]
pub(super) struct Adres {
    url: String,
    agent: Agent,
    token: Option<String>,
}

/// What came back.
#[derive(Debug)]
pub(super) enum Antwoord {
    /// The other side has it.
    Bevestigd,
    /// The other side refuses it.
    Geweigerd(Foutbericht),
    /// The other side answered something else: it goes again.
    Mislukt(Foutbericht),
    /// Nobody answered: it goes again, and the rest would fare no better now.
    Onbereikbaar(Foutbericht),
}

impl Antwoord {
    /// Whether nobody answered.
    pub(super) const fn is_onbereikbaar(&self) -> bool {
        matches!(self, Antwoord::Onbereikbaar(_))
    }
}

impl Adres {
    /// An address of `https`, or of this machine itself.
    pub(super) fn new(url: &str, vraag: &IwmoSend) -> anyhow::Result<Adres> {
        let own = ["http://127.0.0.1", "http://[::1]", "http://localhost"];
        let local = own.iter().any(|it| {
            let rest = url.strip_prefix(it);
            rest.is_some_and(|it| it.is_empty() || it.starts_with([':', '/']))
        });
        if !url.starts_with("https://") && !local {
            bail!("{url} begint niet met https://; zonder TLS gaan er geen persoonsgegevens uit");
        }
        let mut tls = TlsConfig::builder();
        if let Some(file) = &vraag.tls_ca {
            tls = tls.root_certs(RootCerts::new_with_certs(&certificates(file)?));
        }
        if let Some(file) = &vraag.tls_cert {
            let key = PrivateKey::from_pem(&read(file)?)
                .with_context(|| format!("in {} staat geen privésleutel (PEM)", file.display()))?;
            tls = tls.client_cert(Some(ClientCert::new_with_certs(&certificates(file)?, key)));
        }
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_connect(Some(CONNECT))
            .timeout_global(Some(WHOLE))
            .user_agent(concat!("wijkpeil/", env!("CARGO_PKG_VERSION")))
            .tls_config(tls.build());
        let token = std::env::var(TOKEN).ok().filter(|it| !it.is_empty());
        Ok(Adres { url: url.to_owned(), agent: config.build().new_agent(), token })
    }

    /// Posts an envelope and understands the answer.
    pub(super) async fn post(&self, referentienummer: &str, bytes: Vec<u8>) -> Antwoord {
        let (agent, url, token) = (self.agent.clone(), self.url.clone(), self.token.clone());
        let call =
            tokio::task::spawn_blocking(move || call(&agent, &url, token.as_deref(), &bytes));
        match call.await {
            Ok(Ok((status, body))) => understand(status, &body, referentienummer),
            Ok(Err(error)) => Antwoord::Onbereikbaar(unreachable(&error)),
            Err(_) => Antwoord::Onbereikbaar(fault("GESTOPT", "het versturen is afgebroken")),
        }
    }
}

fn call(
    agent: &Agent,
    url: &str,
    token: Option<&str>,
    bytes: &[u8],
) -> Result<(u16, Vec<u8>), ureq::Error> {
    let mut request = agent.post(url).header("Content-Type", "text/xml; charset=utf-8");
    if let Some(token) = token {
        request = request.header("Authorization", format!("Bearer {token}"));
    }
    let mut response = request.send(bytes)?;
    let body = response.body_mut().with_config().limit(ANSWER).read_to_vec()?;
    Ok((response.status().as_u16(), body))
}

/// An envelope with a word about this one; an empty answer counts as received when it went well.
fn understand(status: u16, body: &[u8], referentienummer: &str) -> Antwoord {
    let well = (200..300).contains(&status);
    let word = Envelop::lees("antwoord", body).ok();
    let about = word.as_ref().and_then(|it| it.kruisreferentie.as_deref());
    match word.as_ref().map(|it| (it.soort, &it.fout)) {
        Some((Soort::Bv03, _)) if about == Some(referentienummer) => Antwoord::Bevestigd,
        Some((Soort::Fo01, fout)) if about.is_none_or(|it| it == referentienummer) => {
            Antwoord::Geweigerd(fout.clone().unwrap_or_default())
        }
        None if well && body.iter().all(u8::is_ascii_whitespace) => Antwoord::Bevestigd,
        _ if matches!(status, 401 | 403) => Antwoord::Mislukt(fault(
            &format!("HTTP{status}"),
            &format!("de ontvanger laat dit programma niet toe; controleer het token in {TOKEN}"),
        )),
        _ if well => {
            Antwoord::Mislukt(fault("ANTWOORD", "het antwoord gaat niet over dit bericht"))
        }
        _ => Antwoord::Mislukt(fault(
            &format!("HTTP{status}"),
            &format!("de ontvanger antwoordde met HTTP-status {status}"),
        )),
    }
}

fn unreachable(error: &ureq::Error) -> Foutbericht {
    match error {
        ureq::Error::Timeout(_) => fault("TIJD", "de ontvanger antwoordde niet op tijd"),
        ureq::Error::HostNotFound => fault("ADRES", "het adres van de ontvanger bestaat niet"),
        ureq::Error::ConnectionFailed => fault("VERBINDING", "er is geen verbinding te maken"),
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) => {
            fault("TLS", &format!("de beveiligde verbinding mislukte: {error}"))
        }
        ureq::Error::Io(error) if error.kind() == std::io::ErrorKind::ConnectionRefused => {
            fault("VERBINDING", "de ontvanger neemt niet op")
        }
        other => fault("VERBINDING", &format!("de verbinding brak af: {other}")),
    }
}

fn fault(code: &str, omschrijving: &str) -> Foutbericht {
    Foutbericht { code: code.to_owned(), omschrijving: omschrijving.to_owned() }
}

fn certificates(file: &Path) -> anyhow::Result<Vec<Certificate<'static>>> {
    let bytes = read(file)?;
    let mut found = Vec::new();
    for item in parse_pem(&bytes) {
        if let PemItem::Certificate(it) = item? {
            found.push(it);
        }
    }
    if found.is_empty() {
        bail!("in {} staat geen certificaat (PEM)", file.display());
    }
    Ok(found)
}

fn read(file: &Path) -> anyhow::Result<Vec<u8>> {
    fs::read(file).with_context(|| format!("{} is niet te lezen", file.display()))
}
