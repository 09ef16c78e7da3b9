//! `wijkpeil iwmo send --naar`: envelopes over HTTP, against a server that can fail in every way.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

use messages::iwmo::verkeer::{Envelop, Foutbericht, Partij, Soort};

use crate::kantoor::Kantoor;

/// What the server does with one call.
#[derive(Clone, Copy)]
enum Doet {
    /// Says that it has the envelope.
    Bevestigt,
    /// Refuses the envelope.
    Weigert,
    /// Says that it failed.
    Faalt,
    /// Takes the envelope in and hangs up.
    Zwijgt,
    /// Answers about another envelope.
    Vergist,
}

/// A server on a free port, that remembers the envelopes that it took in.
struct Server {
    url: String,
    got: Arc<Mutex<Vec<Vec<u8>>>>,
}

impl Server {
    fn new(script: Vec<Doet>) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}/ontvangst", listener.local_addr().expect("an address"));
        let got: Arc<Mutex<Vec<Vec<u8>>>> = Arc::default();
        let keep = Arc::clone(&got);
        thread::spawn(move || {
            for doet in script {
                let Ok((mut stream, _)) = listener.accept() else { return };
                let body = read(&mut stream);
                answer(&mut stream, doet, &body);
                keep.lock().expect("the list").push(body);
            }
        });
        Server { url, got }
    }

    fn got(&self) -> Vec<Vec<u8>> {
        // The list grows just after the answer left.
        thread::sleep(Duration::from_millis(100));
        self.got.lock().expect("the list").clone()
    }
}

/// The body of a request.
fn read(stream: &mut TcpStream) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut some = [0; 4096];
    loop {
        let many = stream.read(&mut some).expect("a request");
        bytes.extend_from_slice(&some[..many]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, _)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|it| {
                let (name, value) = it.split_once(':')?;
                name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().ok())?
            });
            let start = head.len() + 4;
            let length: usize = length.expect("a length");
            if bytes.len() >= start + length {
                return bytes[start..start + length].to_vec();
            }
        }
        assert!(many > 0, "the request stopped halfway");
    }
}

fn answer(stream: &mut TcpStream, doet: Doet, request: &[u8]) {
    let asked = Envelop::lees("vraag", request).expect("an envelope");
    let word = |soort, about: &str| {
        let fout = (soort == Soort::Fo01).then(|| Foutbericht {
            code: "IB004".to_owned(),
            omschrijving: "onbekende ontvanger".to_owned(),
        });
        Envelop {
            soort,
            zender: Partij::default(),
            ontvanger: Partij::default(),
            referentienummer: "A-1".to_owned(),
            kruisreferentie: Some(about.to_owned()),
            tijdstip: None,
            functie: String::new(),
            inhoud: None,
            fout,
        }
        .schrijf()
    };
    let (status, body) = match doet {
        Doet::Bevestigt => (200, word(Soort::Bv03, &asked.referentienummer)),
        Doet::Weigert => (500, word(Soort::Fo01, &asked.referentienummer)),
        Doet::Faalt => (500, b"kapot".to_vec()),
        Doet::Vergist => (200, word(Soort::Bv03, "een ander")),
        Doet::Zwijgt => return,
    };
    let length = body.len();
    let head =
        format!("HTTP/1.1 {status} x\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
    stream.write_all(&[head.as_bytes(), &body].concat()).expect("an answer");
}

/// Sends one message as often as the script has steps; gives what was told and how it stands.
fn send(script: Vec<Doet>) -> (Server, Vec<String>, String) {
    let kantoor = Kantoor::new();
    kantoor.write_message();
    let server = Server::new(script.clone());
    let told = script.iter().map(|_| {
        let told = kantoor.send(&format!("--naar {}", server.url));
        assert_eq!(told.errors, "");
        told.answer
    });
    let told = told.collect();
    let status = kantoor.status();
    (server, told, status)
}

#[test]
fn what_failed_goes_again_in_the_same_envelope_until_somebody_has_it() {
    for (script, expected, status) in [
        (vec![Doet::Bevestigt], "1 bericht verzonden, 0 niet.", "T-2  bevestigd\n"),
        (
            vec![Doet::Faalt, Doet::Bevestigt],
            "is niet aangekomen: de ontvanger antwoordde met HTTP-status 500 (HTTP500)",
            "T-2  bevestigd, 2 keer\n",
        ),
        (
            vec![Doet::Zwijgt, Doet::Bevestigt],
            "is niet aangekomen: de verbinding brak af",
            "T-2  bevestigd, 2 keer\n",
        ),
        (
            vec![Doet::Vergist, Doet::Bevestigt],
            "is niet aangekomen: het antwoord gaat niet over dit bericht",
            "T-2  bevestigd, 2 keer\n",
        ),
        (
            vec![Doet::Weigert],
            "is geweigerd: onbekende ontvanger (IB004)",
            "T-2  geweigerd: IB004 onbekende ontvanger\n",
        ),
    ] {
        let (server, told, stands) = send(script.clone());
        assert!(told[0].contains(expected), "{expected}: {}", told[0]);
        assert!(stands.contains(status), "{status}: {stands}");
        let got = server.got();
        assert_eq!(got.len(), script.len());
        assert!(got.iter().all(|it| *it == got[0]), "the same bytes each time");
    }
}

#[test]
fn what_was_received_never_goes_again() {
    let kantoor = Kantoor::new();
    kantoor.write_message();
    let server = Server::new(vec![Doet::Bevestigt, Doet::Bevestigt]);
    let naar = format!("--naar {}", server.url);
    assert_eq!(kantoor.send(&naar).code, 0);
    let again = kantoor.send(&naar);
    assert!(again.answer.contains("0 berichten verzonden, 0 niet."), "{}", again.answer);
    assert_eq!(server.got().len(), 1);
}

#[test]
fn an_address_that_does_not_answer_or_is_not_safe_is_told_in_dutch() {
    let kantoor = Kantoor::new();
    kantoor.write_message();
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = free.local_addr().unwrap().port();
    drop(free);
    let told = kantoor.send(&format!("--naar http://127.0.0.1:{port}/"));
    assert_eq!(told.code, 1);
    assert!(told.answer.contains("is niet aangekomen: "), "{}", told.answer);
    assert!(told.answer.contains("(VERBINDING)"), "{}", told.answer);
    assert!(kantoor.status().contains("T-2  mislukt: VERBINDING"), "{}", kantoor.status());
    for (url, expected) in [
        ("http://knooppunt.example/", "begint niet met https://"),
        ("http://localhost.example/", "begint niet met https://"),
        ("https://knooppunt.example/ --tls-ca /bestaat/niet", "is niet te lezen"),
    ] {
        let told = kantoor.send(&format!("--naar {url}"));
        assert!(told.errors.contains(expected), "{url}: {}", told.errors);
    }
}
