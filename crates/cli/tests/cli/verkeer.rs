//! `wijkpeil iwmo send`, `receive` and `status`: folders in, folders out.

use std::fs;

use jiff::civil::date;
use messages::iwmo::{
    bericht,
    retour::{Retourkop, retour},
    verkeer::{Envelop, Partij, Soort},
};

use crate::kantoor::{BSN, Kantoor, own};

#[test]
fn a_message_leaves_once_and_its_way_is_told_per_hop() {
    let kantoor = Kantoor::new();
    let bytes = kantoor.write_message();
    let told = kantoor.send("");
    assert_eq!(told.code, 0, "{}{}", told.answer, told.errors);
    assert!(told.answer.contains("1 bericht klaargezet, 0 niet."), "{}", told.answer);
    assert!(kantoor.names("uit").is_empty(), "the plain file is gone, and nothing lies beside it");
    assert!(kantoor.kept().contains(&bytes), "kept byte for byte");
    let key = kantoor.envelope();

    kantoor.write_message();
    let again = kantoor.send("");
    assert_eq!(again.code, 1);
    assert!(again.answer.contains("is al verzonden"), "{}", again.answer);
    assert_eq!(kantoor.envelope(), key, "no second envelope");
    let first = fs::read(kantoor.path(&format!("uit/envelop/{key}.xml"))).unwrap();
    assert_eq!(kantoor.send(&format!("--resend {key}")).code, 0);
    let second = fs::read(kantoor.path(&format!("uit/envelop/{key}.xml"))).unwrap();
    assert_eq!(first, second, "the same envelope, byte for byte");
    assert!(kantoor.status().contains("WMO301 T-2  verzonden, 2 keer"), "{}", kantoor.status());

    let partij = Partij::default();
    let hop = Envelop {
        soort: Soort::Bv03,
        zender: partij.clone(),
        ontvanger: partij,
        referentienummer: "H-1".to_owned(),
        kruisreferentie: Some(key.clone()),
        tijdstip: None,
        functie: String::new(),
        inhoud: None,
        fout: None,
    };
    fs::write(kantoor.path("in/hop.xml"), hop.schrijf()).unwrap();
    assert_eq!(kantoor.receive().code, 0);
    assert!(kantoor.status().contains("T-2  bevestigd"), "{}", kantoor.status());
    let late = kantoor.send(&format!("--resend {key}"));
    assert!(late.errors.contains("is al bevestigd"), "{}", late.errors);

    let sent = bericht::lees("x", &bytes).0.unwrap();
    let kop = Retourkop { identificatie: "R-1", dagtekening: date(2024, 1, 16) };
    let back = retour(&sent, &[], &kop).unwrap().schrijf();
    fs::write(kantoor.path("in/retour.xml"), &back).unwrap();
    let told = kantoor.receive();
    assert_eq!(told.code, 0, "{}", told.answer);
    assert!(kantoor.status().contains("Samen: 1 aanvaard."), "{}", kantoor.status());
    assert!(kantoor.kept().contains(&back), "it names nobody, and lies with what it answers");
    assert!(kantoor.names("in").is_empty());
}

#[test]
fn a_return_on_nothing_is_put_aside_and_kept_under_nobody() {
    let kantoor = Kantoor::new();
    let sent = bericht::lees("x", &kantoor.write_message()).0.unwrap();
    let kop = Retourkop { identificatie: "R-1", dagtekening: date(2024, 1, 16) };
    let back = retour(&sent, &[], &kop).unwrap().schrijf();
    fs::write(kantoor.path("in/retour.xml"), &back).unwrap();
    let told = kantoor.receive();
    assert!(told.answer.contains("ENV05"), "{}", told.answer);
    let reason = fs::read_to_string(kantoor.path("in/niet_verwerkt/retour.reden.txt")).unwrap();
    assert_eq!(reason, "hier is geen bericht bekend waar dit bij hoort\n");
    assert!(!kantoor.kept().contains(&back));
}

#[test]
fn what_stopped_halfway_is_finished_and_what_was_never_listed_goes() {
    let kantoor = Kantoor::new();
    kantoor.write_message();
    assert_eq!(kantoor.send("").code, 0);
    let key = kantoor.envelope();
    let file = kantoor.path(&format!("uit/envelop/{key}.xml"));
    fs::rename(&file, file.with_extension("half")).unwrap();
    fs::write(kantoor.path("uit/envelop/onbekend.half"), "x").unwrap();
    assert_eq!(kantoor.send("").code, 0);
    assert_eq!(kantoor.names("uit/envelop"), [format!("{key}.xml")]);
}

#[test]
fn what_comes_in_is_answered_kept_and_put_aside_with_a_reason() {
    let kantoor = Kantoor::new();
    let start = fs::read(own("3_start.xml")).unwrap();
    fs::write(kantoor.path("in/start.xml"), &start).unwrap();
    fs::write(kantoor.path("in/brief.xml"), "geen bericht").unwrap();
    let told = kantoor.receive();
    assert_eq!(told.code, 1, "{}", told.answer);
    assert!(told.answer.contains("1 bericht klaar om terug te gaan"), "{}", told.answer);
    let status = kantoor.status();
    assert!(status.contains("WMO306") && status.contains("Samen: 1 klaar."), "{status}");
    assert!(kantoor.kept().contains(&start), "kept byte for byte");
    assert!(kantoor.names("in").is_empty());
    assert_eq!(kantoor.names("in/niet_verwerkt"), ["brief.reden.txt", "brief.xml"]);
    let reason = fs::read_to_string(kantoor.path("in/niet_verwerkt/brief.reden.txt")).unwrap();
    assert!(reason.contains("brief.xml") && reason.len() > 20, "{reason}");

    fs::write(kantoor.path("in/start.xml"), &start).unwrap();
    let again = kantoor.receive();
    assert!(again.answer.contains("al eerder ontvangen"), "{}", again.answer);
    assert!(kantoor.status().contains("Samen: 1 klaar."), "answered once");
    assert_eq!(kantoor.send("").code, 0);
    let envelope = fs::read(kantoor.path(&format!("uit/envelop/{}.xml", kantoor.envelope())));
    assert_eq!(Envelop::lees("x", &envelope.unwrap()).unwrap().functie, "WMO306");
}

#[test]
fn nothing_about_a_client_who_is_shielded_leaves() {
    let kantoor = Kantoor::new();
    kantoor.write_message();
    assert_eq!(kantoor.send("").code, 0);
    let key = kantoor.envelope();
    fs::copy(own("3_start.xml"), kantoor.path("in/start.xml")).unwrap();
    assert_eq!(kantoor.receive().code, 0);
    kantoor.shield();
    let again = kantoor.send(&format!("--resend {key}"));
    assert!(again.errors.contains("is afgeschermd"), "{}", again.errors);

    let text = fs::read_to_string(own("2_gewijzigd.xml")).unwrap().replace(">T-2<", ">T-9<");
    fs::write(kantoor.path("uit/2.xml"), text).unwrap();
    let told = kantoor.send("");
    let expected = "berichten over een afgeschermde cliënt: dat blijft liggen en gaat niet uit.";
    assert!(told.answer.contains(expected), "{}{}", told.answer, told.errors);
    assert_eq!(kantoor.envelope(), key, "the return that was ready stays too");
    assert!(kantoor.path("uit/2.xml").exists());

    fs::copy(own("5_stop.xml"), kantoor.path("in/stop.xml")).unwrap();
    let told = kantoor.receive();
    assert!(told.answer.contains("1 bericht over een afgeschermde cliënt"), "{}", told.answer);
    let status = kantoor.status();
    assert!(!status.contains("WMO308"), "{status}");

    let told = kantoor.ask(&format!("export {} --met-personen", kantoor.path("export").display()));
    assert!(told.answer.contains("1 cliënt is afgeschermd"), "{}{}", told.answer, told.errors);
    for name in kantoor.names("export") {
        let text = fs::read_to_string(kantoor.path("export").join(&name)).unwrap();
        for secret in [BSN, "Fenna", "Lindelaan"] {
            assert!(!text.contains(secret), "{secret} in {name}");
        }
    }
}
