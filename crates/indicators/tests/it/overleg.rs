//! What the CTA-overleg does, on cases small enough to count by hand.

use domain::{
    Bedrag, DossierEvent, Eenheid, Frequentie, Leveringsvorm, Omvang, OverlegId, Periode,
    Productkeuze, RegisterEvent, Voorziening, ZaakId, Zaakstap as S,
    besluit::{Afwijzingsgrond, Uitkomst},
    cta::{Aanleiding, CtaAanmelding, CtaOordeel, CtaUitkomst, TweedeOordeel},
    inrichting::Inrichting,
    instelling::{CtaRegels, Instelling},
    melding::{Kanaal, Melder, Melding},
    voorstel::Voorstel,
};
use indicators::{AanbiederId, overleg};

use crate::gemeente::{Log, day};

const AFGEWEZEN: Uitkomst = Uitkomst::Afgewezen(Afwijzingsgrond::EigenKracht);

/// Ten weeks of so many hours at 50 euros: 500 euros an hour.
fn hours(volume: u32) -> Vec<Voorziening> {
    vec![Voorziening {
        product: Productkeuze::Specifiek {
            categorie: "02".parse().unwrap(),
            code: "02A03".parse().unwrap(),
        },
        vorm: Leveringsvorm::Zin { aanbieder: Some(AanbiederId(1)) },
        omvang: Some(Omvang { volume, eenheid: Eenheid::Uur, frequentie: Frequentie::Week }),
        geldig: Periode::new(day("2018-05-01"), Some(day("2018-07-09"))).unwrap(),
        tijdelijk: None,
    }]
}

fn zaak(client: u64) -> ZaakId {
    ZaakId { jaar: 2018, volgnummer: u32::try_from(client).unwrap() }
}

fn step(log: &mut Log, client: u64, on: &str, stap: S) {
    log.dossier(client, day(on), DossierEvent::StapGezet { zaak: zaak(client), stap });
}

/// A case with a proposal; so many hours, or none at all.
fn propose(log: &mut Log, client: u64, on: &str, volume: u32, reason: Option<Aanleiding>) {
    let melding =
        Melding { kanaal: Kanaal::Balie, melder: Melder::Client, spoed: false, pilot: None };
    let opened = DossierEvent::MeldingOntvangen { zaak: zaak(client), melding };
    log.dossier(client, day("2018-01-02"), opened);
    let (uitkomst, voorzieningen) =
        if volume == 0 { (AFGEWEZEN, Vec::new()) } else { (Uitkomst::Toegekend, hours(volume)) };
    let voorstel = Voorstel { uitkomst, voorzieningen, normafwijking: None };
    step(log, client, on, S::VoorstelGedaan(Box::new(voorstel)));
    if let Some(reason) = reason {
        let (overleg, aanleidingen) = (Some(OverlegId(1)), vec![reason]);
        step(log, client, on, S::CtaAangemeld(CtaAanmelding { overleg, aanleidingen }));
    }
}

fn judge(log: &mut Log, client: u64, on: &str, uitkomst: CtaUitkomst) {
    let judged = CtaOordeel {
        overleg: OverlegId(1),
        uitkomst,
        deelnemers: Vec::new(),
        verschoond: Vec::new(),
        les: None,
    };
    step(log, client, on, S::CtaBeoordeeld(Box::new(judged)));
}

fn blind(log: &mut Log, client: u64, grants: bool) {
    let (uitkomst, voorzieningen) =
        if grants { (Uitkomst::Toegekend, hours(1)) } else { (AFGEWEZEN, Vec::new()) };
    let it = TweedeOordeel { uitkomst, voorzieningen };
    step(log, client, "2018-02-01", S::TweedeOordeelGegeven(Box::new(it)));
}

fn changed(uitkomst: Uitkomst, voorzieningen: Vec<Voorziening>) -> CtaUitkomst {
    CtaUitkomst::Gewijzigd { uitkomst, voorzieningen }
}

#[test]
fn judgements_are_counted_on_their_day_with_what_they_change() {
    let mut log = Log::gemeente();
    let regels = CtaRegels {
        vanaf_waarde: None,
        boven_norm: false,
        tijdelijk: false,
        grensgeval: false,
        verbonden: false,
        steekproef_promille: 0,
        zaad: 1,
        dagen: 10,
    };
    let choice = Inrichting::InstellingGekozen(Instelling::Cta(Some(regels)));
    log.register(day("2018-01-01"), RegisterEvent::ToegangIngericht(choice));
    propose(&mut log, 1, "2018-01-10", 5, Some(Aanleiding::Waarde));
    judge(&mut log, 1, "2018-01-20", changed(Uitkomst::Toegekend, hours(3)));
    propose(&mut log, 2, "2018-01-10", 4, Some(Aanleiding::Steekproef));
    judge(&mut log, 2, "2018-01-25", CtaUitkomst::Akkoord);
    propose(&mut log, 3, "2018-01-30", 2, None);
    judge(&mut log, 3, "2018-02-01", CtaUitkomst::Terug);
    judge(&mut log, 3, "2018-04-03", changed(AFGEWEZEN, Vec::new()));
    let rows = overleg::kwartalen(&log.state());
    let [(first, one), (second, two)] = rows.as_slice() else { panic!("two quarters: {rows:?}") };
    assert_eq!((first.van(), first.tot_en_met()), (day("2018-01-01"), Some(day("2018-03-31"))));
    assert_eq!(second.van(), day("2018-04-01"));
    assert_eq!((one.beoordeeld, one.verplicht, one.steekproef, one.ingebracht), (3, 1, 1, 1));
    assert_eq!((one.akkoord, one.gewijzigd, one.terug), (1, 1, 1));
    assert_eq!(one.verschil.bedrag, Bedrag::euro(-1000));
    assert_eq!(one.verschil.per_week.iter().collect::<Vec<_>>(), [(&Eenheid::Uur, &-200)]);
    assert_eq!(
        (one.dagen.as_slice(), one.mediaan_dagen(), one.te_laat),
        (&[2, 10, 15][..], Some(10), 1)
    );
    assert_eq!((two.beoordeeld, two.te_laat, two.verschil.bedrag), (1, 1, Bedrag::euro(-1000)));
    assert_eq!((two.blind, two.kappa.as_ref()), (0, None));
}

/// By hand: 9 of 12 alike; chance gives (8 x 7 + 4 x 5) / 144; kappa is 8 / 17.
#[test]
fn agreement_is_told_from_ten_proposals_on() {
    let mut log = Log::gemeente();
    let mut client = 0;
    let mut seen = Vec::new();
    for (grants, agreed, times) in
        [(true, true, 6), (true, false, 2), (false, true, 1), (false, false, 3)]
    {
        for _ in 0..times {
            client += 1;
            propose(&mut log, client, "2018-01-10", u32::from(grants), None);
            blind(&mut log, client, agreed);
            // Of two blind judgements of one proposal the first counts.
            blind(&mut log, client, !agreed);
            let rows = overleg::kwartalen(&log.state());
            seen.push((rows[0].1.blind, rows[0].1.kappa.as_ref().map(|it| it.kappa)));
        }
    }
    assert_eq!(seen[8], (9, None), "nine are too few");
    assert!(seen[9].1.is_some());
    let (count, kappa) = seen[11];
    assert_eq!(count, 12);
    assert!((kappa.unwrap() - 8.0 / 17.0).abs() < 1e-12, "{kappa:?}");
}
