//! The framework of the made-up municipality: its questions, norms and examples as tables.
//!
//! It says the same as the file `examples/wijkerveen/kader.toml`, which a test compares with it; the
//! second version is what the municipality made of the lessons of two years.

use domain::{
    Frequentie, KaderId, VraagId,
    besluit::Afwijzingsgrond as Grond,
    kader::{
        Antwoord, Conclusie, Gevolg, Kader, Kaderstap, Norm, Stapsoort as S, Voorbeeld, Vraag, Wet,
    },
};

/// The framework as it first came into force.
pub fn beoordelingskader() -> Kader {
    let mut stappen: Vec<Kaderstap> = Vec::new();
    for rij in &VRAGEN {
        match stappen.last_mut() {
            Some(stap) if stap.soort == rij.stap => stap.vragen.push(rij.vraag()),
            _ => stappen.push(Kaderstap { soort: rij.stap, vragen: vec![rij.vraag()] }),
        }
    }
    Kader {
        id: KaderId(1),
        naam: "Beoordelingskader Wijkerveen".to_owned(),
        stappen,
        normen: NORMEN.iter().map(norm).collect(),
        voorbeelden: VOORBEELDEN.iter().map(voorbeeld).collect(),
    }
}

/// The framework after two years: one more question, and a wider norm for lighter daytime activity.
pub(crate) fn second_version() -> Kader {
    let mut kader = beoordelingskader();
    kader.id = KaderId(2);
    let general = kader.stappen.iter_mut().find(|it| it.soort == S::AlgemeneVoorziening);
    if let Some(stap) = general {
        stap.vragen.push(WACHTTIJD.vraag());
    }
    for it in kader.normen.iter_mut().filter(|it| it.product == code("10A46")) {
        it.tot = 5;
        it.bron = "Lessen uit het CTA-overleg van 2019 en 2020".to_owned();
    }
    for it in &mut kader.voorbeelden {
        if it.verwacht != Conclusie::Onvolledig {
            it.antwoorden.push((VraagId(WACHTTIJD.nummer), Antwoord::NietVanToepassing));
        }
    }
    kader
}

/// One question in a table.
struct Rij {
    nummer: u16,
    stap: S,
    tekst: &'static str,
    toelichting: &'static str,
    artikel: &'static str,
    afweging: bool,
    gevolg: [Gevolg; 2],
}

impl Rij {
    fn vraag(&self) -> Vraag {
        Vraag {
            id: VraagId(self.nummer),
            tekst: self.tekst.to_owned(),
            toelichting: self.toelichting.to_owned(),
            artikel: self.artikel.to_owned(),
            afweging: self.afweging,
            bij_ja: self.gevolg[0],
            bij_nee: self.gevolg[1],
        }
    }
}

type Normrij = (&'static str, u32, u32, &'static str);

fn norm(&(product, van, tot, bron): &Normrij) -> Norm {
    let bron = bron.to_owned();
    Norm { product: code(product), van, tot, frequentie: Frequentie::Week, bron }
}

fn code(product: &str) -> domain::ProductCode {
    product.parse().expect("five letters or digits")
}

type Voorbeeldrij = (&'static str, &'static [u16], &'static [u16], &'static [u16], Conclusie);

fn voorbeeld(&(naam, ja, nee, niet, verwacht): &Voorbeeldrij) -> Voorbeeld {
    let all =
        |nummers: &'static [u16], antwoord| nummers.iter().map(move |it| (VraagId(*it), antwoord));
    let answers = all(ja, Antwoord::Ja).chain(all(nee, Antwoord::Nee));
    let mut antwoorden: Vec<_> = answers.chain(all(niet, Antwoord::NietVanToepassing)).collect();
    antwoorden.sort();
    Voorbeeld { naam: naam.to_owned(), antwoorden, verwacht }
}

const VERDER: [Gevolg; 2] = [Gevolg::Verder, Gevolg::Verder];

const WACHTTIJD: Rij = Rij {
    nummer: 24,
    stap: S::AlgemeneVoorziening,
    tekst: "Is bekend hoe lang de wachttijd van de algemene voorziening nu is?",
    toelichting: "Kijk in het register. Bij een lange wachttijd kan maatwerk de tijd overbruggen, met \
                  een einddatum.",
    artikel: "Wmo 2015, art. 2.3.2 lid 4 onder e",
    afweging: false,
    gevolg: VERDER,
};

const VRAGEN: [Rij; 23] = [
    Rij {
        nummer: 1,
        stap: S::Hulpvraag,
        tekst: "Weten wij wat de inwoner zelf wil bereiken?",
        toelichting: "Schrijf het op in de woorden van de inwoner. Vraag ook of er een \
                      persoonlijk plan is.",
        artikel: "Wmo 2015, art. 2.3.2 lid 4 onder a",
        afweging: false,
        gevolg: VERDER,
    },
    Rij {
        nummer: 2,
        stap: S::Hulpvraag,
        tekst: "Woont de inwoner in Wijkerveen?",
        toelichting: "Kijk in de basisregistratie. Voor opvang en beschermd wonen geldt een \
                      andere regel; kies dan niet van toepassing.",
        artikel: "Wmo 2015, art. 2.3.5 lid 1",
        afweging: false,
        gevolg: [Gevolg::Verder, Gevolg::Dekt(Grond::GeenIngezetene)],
    },
    Rij {
        nummer: 3,
        stap: S::Beperkingen,
        tekst: "Lukt zichzelf redden of meedoen nu niet goed genoeg?",
        toelichting: "Loop huishouden, dagstructuur, geld en post, vervoer, wonen en \
                      contacten langs. Noem wat wel gaat en wat niet.",
        artikel: "Wmo 2015, art. 2.3.5 lid 3",
        afweging: true,
        gevolg: [Gevolg::Verder, Gevolg::Dekt(Grond::EigenKracht)],
    },
    Rij {
        nummer: 4,
        stap: S::Beperkingen,
        tekst: "Is er advies van een deskundige nodig om de beperkingen te begrijpen?",
        toelichting: "Vraag het aan als u zelf niet kunt zien waar de problemen vandaan \
                      komen. Het onderzoek wacht dan op het advies.",
        artikel: "Awb, art. 3:2",
        afweging: true,
        gevolg: VERDER,
    },
    Rij {
        nummer: 5,
        stap: S::Ondersteuningsbehoefte,
        tekst: "Staat per activiteit op papier welke hulp nodig is en hoeveel?",
        toelichting: "Nog los van wie de hulp geeft. Pas daarna kijkt u wat anderen kunnen \
                      doen.",
        artikel: "Wmo 2015, art. 2.3.2 lid 4 onder a",
        afweging: false,
        gevolg: VERDER,
    },
    Rij {
        nummer: 6,
        stap: S::Ondersteuningsbehoefte,
        tekst: "Weten wij hoe lang de hulp ongeveer nodig is?",
        toelichting: "Een herstel van enkele weken vraagt iets anders dan een blijvende \
                      beperking.",
        artikel: "Wmo 2015, art. 2.3.2 lid 4 onder a",
        afweging: true,
        gevolg: VERDER,
    },
    Rij {
        nummer: 7,
        stap: S::EigenKracht,
        tekst: "Kan de inwoner alles zelf oplossen door het anders te doen of te leren?",
        toelichting: "Denk aan een andere planning, oefenen met een ergotherapeut of hulp op \
                      afstand. Alleen ja als het echt haalbaar is.",
        artikel: "Wmo 2015, art. 2.3.5 lid 3",
        afweging: true,
        gevolg: [Gevolg::Dekt(Grond::EigenKracht), Gevolg::Verder],
    },
    Rij {
        nummer: 8,
        stap: S::EigenKracht,
        tekst: "Kan de inwoner een deel zelf oplossen?",
        toelichting: "Schrijf op welk deel. Dat deel telt niet mee in de omvang.",
        artikel: "Wmo 2015, art. 2.3.5 lid 3",
        afweging: true,
        gevolg: [Gevolg::Deels, Gevolg::Verder],
    },
    Rij {
        nummer: 9,
        stap: S::AlgemeenGebruikelijk,
        tekst: "Is er iets gewoons te koop dat de hele behoefte oplost?",
        toelichting: "Het is niet speciaal voor mensen met een beperking, het is te krijgen, \
                      het helpt genoeg en iemand met een laag inkomen kan het betalen. Een \
                      boodschappendienst is een voorbeeld.",
        artikel: "Wmo 2015, art. 2.3.5 lid 3",
        afweging: true,
        gevolg: [Gevolg::Dekt(Grond::AlgemeenGebruikelijk), Gevolg::Verder],
    },
    Rij {
        nummer: 10,
        stap: S::GebruikelijkeHulp,
        tekst: "Kunnen huisgenoten de hele hulp overnemen, zoals dat in een huishouden gewoon \
               is?",
        toelichting: "Kijk naar leeftijd, werk en gezondheid van de huisgenoten. Woont de \
                      inwoner alleen, kies dan niet van toepassing.",
        artikel: "Wmo 2015, art. 1.1.1 en 2.3.5 lid 3",
        afweging: true,
        gevolg: [Gevolg::Dekt(Grond::GebruikelijkeHulp), Gevolg::Verder],
    },
    Rij {
        nummer: 11,
        stap: S::GebruikelijkeHulp,
        tekst: "Doen huisgenoten een deel van de hulp?",
        toelichting: "Let op of het te zwaar wordt: een huisgenoot die omvalt helpt niemand.",
        artikel: "Wmo 2015, art. 1.1.1 en 2.3.5 lid 3",
        afweging: false,
        gevolg: [Gevolg::Deels, Gevolg::Verder],
    },
    Rij {
        nummer: 12,
        stap: S::Mantelzorg,
        tekst: "Geeft een mantelzorger de hele hulp, en kan en wil die dat blijven doen?",
        toelichting: "Mantelzorg is vrijwillig. Vraag het aan de mantelzorger zelf.",
        artikel: "Wmo 2015, art. 2.3.2 lid 4 onder c",
        afweging: true,
        gevolg: [Gevolg::Dekt(Grond::MantelzorgOfNetwerk), Gevolg::Verder],
    },
    Rij {
        nummer: 13,
        stap: S::Mantelzorg,
        tekst: "Heeft de mantelzorger zelf steun nodig?",
        toelichting: "Bijvoorbeeld iemand die het af en toe overneemt. Neem dat mee in het \
                      voorstel.",
        artikel: "Wmo 2015, art. 2.3.2 lid 4 onder d",
        afweging: true,
        gevolg: VERDER,
    },
    Rij {
        nummer: 14,
        stap: S::Netwerk,
        tekst: "Is er iemand in het netwerk die de hele hulp wil en kan geven?",
        toelichting: "Familie, buren, vrienden, kerk of vereniging. Een vage mogelijkheid is \
                      niet genoeg.",
        artikel: "Wmo 2015, art. 2.3.2 lid 4 onder c",
        afweging: true,
        gevolg: [Gevolg::Dekt(Grond::MantelzorgOfNetwerk), Gevolg::Verder],
    },
    Rij {
        nummer: 15,
        stap: S::AlgemeneVoorziening,
        tekst: "Lost een algemene voorziening de hele behoefte op?",
        toelichting: "Kijk in het register welke er in de wijk zijn. De voorziening moet \
                      passen bij deze inwoner en te bereiken zijn.",
        artikel: "Wmo 2015, art. 2.3.2 lid 4 onder e",
        afweging: true,
        gevolg: [Gevolg::Dekt(Grond::AlgemeneVoorziening), Gevolg::Verder],
    },
    Rij {
        nummer: 16,
        stap: S::AlgemeneVoorziening,
        tekst: "Helpt een algemene voorziening voor een deel?",
        toelichting: "Is er een wachtlijst, dan kan maatwerk tijdelijk de tijd tot plaatsing \
                      vullen.",
        artikel: "Wmo 2015, art. 2.3.2 lid 4 onder e",
        afweging: false,
        gevolg: [Gevolg::Deels, Gevolg::Verder],
    },
    Rij {
        nummer: 17,
        stap: S::Grens(Wet::Wlz),
        tekst: "Heeft de inwoner recht op zorg uit de Wlz, of weigert hij een kansrijke \
               aanvraag?",
        toelichting: "Vraag naar een indicatie van het CIZ. Het college mag dan weigeren, \
                      maar hoeft dat niet: overleg eerst met de inwoner en het CIZ.",
        artikel: "Wmo 2015, art. 2.3.5 lid 6",
        afweging: true,
        gevolg: [Gevolg::Grens(Wet::Wlz), Gevolg::Verder],
    },
    Rij {
        nummer: 18,
        stap: S::Grens(Wet::Wlz),
        tekst: "Is blijvend dag en nacht toezicht of zorg dichtbij nodig?",
        toelichting: "Dan past de Wlz mogelijk beter. Bespreek een aanvraag bij het CIZ; tot \
                      die tijd blijft de Wmo helpen.",
        artikel: "Wlz, art. 3.2.1",
        afweging: true,
        gevolg: [Gevolg::Grens(Wet::Wlz), Gevolg::Verder],
    },
    Rij {
        nummer: 19,
        stap: S::Grens(Wet::Zvw),
        tekst: "Gaat het om verpleging, verzorging of behandeling?",
        toelichting: "Die zorg loopt via de huisarts of wijkverpleging. Zoek samen uit wie \
                      wat doet.",
        artikel: "Zvw, art. 10; Wmo 2015, art. 2.3.2 lid 4 onder f",
        afweging: false,
        gevolg: [Gevolg::Grens(Wet::Zvw), Gevolg::Verder],
    },
    Rij {
        nummer: 20,
        stap: S::Grens(Wet::Jeugdwet),
        tekst: "Is de inwoner jonger dan 18 en gaat het om hulp bij opgroeien of opvoeden?",
        toelichting: "Hulpmiddelen en woningaanpassingen voor kinderen blijven wel bij de Wmo.",
        artikel: "Jeugdwet, art. 1.1 en 2.3",
        afweging: false,
        gevolg: [Gevolg::Grens(Wet::Jeugdwet), Gevolg::Verder],
    },
    Rij {
        nummer: 21,
        stap: S::Grens(Wet::Participatiewet),
        tekst: "Gaat het vooral om werk of om de weg naar werk?",
        toelichting: "Dan kan het team Werk meer doen. Dagbesteding voor wie niet kan werken \
                      blijft bij de Wmo.",
        artikel: "Participatiewet, art. 7 en 10b",
        afweging: true,
        gevolg: [Gevolg::Grens(Wet::Participatiewet), Gevolg::Verder],
    },
    Rij {
        nummer: 22,
        stap: S::Maatwerk,
        tekst: "Is bekeken welke voorziening genoeg helpt en het minst kost?",
        toelichting: "Vergelijk ten minste twee mogelijkheden. Duurder mag als alleen dat \
                      helpt; schrijf dan op waarom.",
        artikel: "Wmo 2015, art. 2.3.5 lid 3; verordening van Wijkerveen",
        afweging: true,
        gevolg: VERDER,
    },
    Rij {
        nummer: 23,
        stap: S::Maatwerk,
        tekst: "Past de omvang binnen de norm?",
        toelichting: "De normen staan onder het kader. Afwijken mag in beide richtingen, met \
                      een reden.",
        artikel: "Beleidsregels van Wijkerveen",
        afweging: true,
        gevolg: VERDER,
    },
];

const NORMEN: [Normrij; 9] = [
    ("01A01", 1, 3, "Afspraak van de teams in Wijkerveen"),
    ("01A02", 1, 4, "Afspraak van de teams in Wijkerveen"),
    ("02A05", 1, 4, "Afspraak van de teams in Wijkerveen"),
    ("07A11", 1, 6, "Afspraak met de aanbieders van dagbesteding"),
    ("10A37", 1, 3, "Gemiddelde van twee jaar in Wijkerveen"),
    ("10A38", 2, 5, "Gemiddelde van twee jaar in Wijkerveen"),
    ("10A39", 3, 8, "Gemiddelde van twee jaar in Wijkerveen"),
    ("10A46", 1, 4, "Afspraak met de aanbieders van dagbesteding"),
    ("10A48", 2, 6, "Afspraak met de aanbieders van dagbesteding"),
];

const VOORBEELDEN: [Voorbeeldrij; 12] = [
    (
        "Alleenstaande vrouw van 79, huishouden te zwaar, geen netwerk",
        &[1, 2, 3, 5, 6, 8, 22, 23],
        &[4, 7, 9, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21],
        &[10, 11],
        Conclusie::Maatwerk,
    ),
    (
        "Man van 45 met een gezonde partner thuis, huishouden tijdelijk te zwaar",
        &[1, 2, 3, 5, 6, 10],
        &[4, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21],
        &[22, 23],
        Conclusie::Gedekt(Grond::GebruikelijkeHulp),
    ),
    (
        "Boodschappen lukken niet, de supermarkt bezorgt",
        &[1, 2, 3, 5, 6, 9],
        &[4, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21],
        &[22, 23],
        Conclusie::Gedekt(Grond::AlgemeenGebruikelijk),
    ),
    (
        "Eenzame weduwnaar, de open inloop past en heeft plaats",
        &[1, 2, 3, 5, 6, 15],
        &[4, 7, 8, 9, 12, 13, 14, 16, 17, 18, 19, 20, 21],
        &[10, 11, 22, 23],
        Conclusie::Gedekt(Grond::AlgemeneVoorziening),
    ),
    (
        "Dochter doet de administratie al jaren en wil dat blijven doen",
        &[1, 2, 3, 5, 6, 12],
        &[4, 7, 8, 9, 10, 11, 13, 14, 15, 16, 17, 18, 19, 20, 21],
        &[22, 23],
        Conclusie::Gedekt(Grond::MantelzorgOfNetwerk),
    ),
    (
        "Vergevorderde dementie, alleen thuis, ook 's nachts toezicht nodig",
        &[1, 2, 3, 4, 5, 6, 13, 18],
        &[7, 8, 9, 12, 14, 15, 16, 17, 19, 20, 21],
        &[10, 11, 22, 23],
        Conclusie::Grensgeval(Wet::Wlz),
    ),
    (
        "Vraagt hulp bij wassen en wondzorg",
        &[1, 2, 3, 5, 6, 19],
        &[4, 7, 8, 9, 12, 13, 14, 15, 16, 17, 18, 20, 21],
        &[10, 11, 22, 23],
        Conclusie::Grensgeval(Wet::Zvw),
    ),
    (
        "Jongen van 16, ouders vragen hulp bij de opvoeding",
        &[1, 2, 3, 5, 6, 20],
        &[4, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 21],
        &[22, 23],
        Conclusie::Grensgeval(Wet::Jeugdwet),
    ),
    (
        "Man van 28 zoekt een dagbesteding, maar kan met begeleiding werken",
        &[1, 2, 3, 5, 6, 21],
        &[4, 7, 8, 9, 12, 13, 14, 15, 16, 17, 18, 19, 20],
        &[10, 11, 22, 23],
        Conclusie::Grensgeval(Wet::Participatiewet),
    ),
    (
        "Is naar een andere gemeente verhuisd",
        &[1],
        &[2],
        &[3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23],
        Conclusie::Gedekt(Grond::GeenIngezetene),
    ),
    (
        "Huisgenoot doet de zware taken, voor de rest is begeleiding nodig",
        &[1, 2, 3, 5, 6, 8, 11, 13, 16, 22, 23],
        &[4, 7, 9, 10, 12, 14, 15, 17, 18, 19, 20, 21],
        &[],
        Conclusie::Maatwerk,
    ),
    (
        "Eerste gesprek gevoerd, nog niet alles besproken",
        &[1, 2, 3],
        &[],
        &[],
        Conclusie::Onvolledig,
    ),
];
