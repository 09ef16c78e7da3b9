//! Steps of the enquiry: identity, conversation, topics, report, reaction, aanvraag.

use domain::{
    DossierCommand as C, Zaakstap as S,
    gesprek::{Gesprek, Gesprekswijze, Identiteitsdocument, Onderwerp, Reactie},
    termijn::Opschortingsgrond,
};

use super::{
    Stap, TOELICHTING, Tekst,
    gezamenlijk::{ja_nee, lees_ja_nee},
};
use crate::{
    formulier::{Optie, Soort, Veld},
    register::formulieren::{gekozen, opties},
};

/// The forms.
pub(super) static STAPPEN: [Stap; 9] = [
    Stap {
        naam: "identiteit",
        titel: "Stel de identiteit vast",
        lead: "Bekijk een geldig document; bewaar er geen kopie van (Wmo 2015, art. 2.3.4).",
        knop: "Leg vast",
        velden: |_| {
            let all = opties(Identiteitsdocument::ALLE, Identiteitsdocument::naam);
            vec![Veld::keuze("document", "Welk document is gezien?", all)]
        },
        begin: |_| Vec::new(),
        lees: |bij, lezer, _| {
            let seen = lezer.keuze("document", "een document", |it| {
                gekozen(Identiteitsdocument::ALLE, Identiteitsdocument::naam, it)
            });
            bij.zet(S::IdentiteitVastgesteld(seen?))
        },
        proef: |bij| bij.zet(S::IdentiteitVastgesteld(Identiteitsdocument::Paspoort)),
        tekst: None,
    },
    Stap {
        naam: "gesprek",
        titel: "Leg een gesprek vast",
        lead: "De cliënt mag zich laten bijstaan; een mantelzorger praat zo mogelijk mee.",
        knop: "Leg het gesprek vast",
        velden: |_| {
            let ways = opties(Gesprekswijze::ALLE, Gesprekswijze::naam);
            vec![
                Veld::keuze("wijze", "Hoe is het gesprek gevoerd?", ways),
                ja_nee("mantelzorger", "Was een mantelzorger erbij?"),
                ja_nee("clientondersteuner", "Was een cliëntondersteuner erbij?"),
            ]
        },
        begin: |_| {
            vec![("mantelzorger", "nee".to_owned()), ("clientondersteuner", "nee".to_owned())]
        },
        lees: |bij, lezer, _| {
            let wijze = lezer.keuze("wijze", "hoe het gesprek is gevoerd", |it| {
                gekozen(Gesprekswijze::ALLE, Gesprekswijze::naam, it)
            });
            let carer = lees_ja_nee(lezer, "mantelzorger");
            let supporter = lees_ja_nee(lezer, "clientondersteuner");
            let (mantelzorger, clientondersteuner) = (carer?, supporter?);
            bij.zet(S::GesprekGevoerd(Gesprek { wijze: wijze?, mantelzorger, clientondersteuner }))
        },
        proef: |bij| {
            let wijze = Gesprekswijze::Kantoor;
            bij.zet(S::GesprekGevoerd(Gesprek {
                wijze,
                mantelzorger: false,
                clientondersteuner: false,
            }))
        },
        tekst: Some(Tekst {
            soort: "gesprek",
            label: "Wat de cliënt vertelde, in eigen woorden",
            verplicht: false,
        }),
    },
    Stap {
        naam: "onderwerp",
        titel: "Leg een onderzocht onderwerp vast",
        lead: "Elk onderzoek gaat over de onderwerpen a tot en met g (Wmo 2015, art. 2.3.2 lid 4). \
               Hier staan de onderwerpen die nog open zijn.",
        knop: "Leg vast",
        velden: |bij| {
            let open = bij.zaak.stappen.open().into_iter();
            let open = open.map(|it| {
                Optie::new(it.letter().to_string(), format!("{}. {}", it.letter(), it.naam()))
            });
            vec![Veld::new("onderwerp", "Onderwerp", Soort::Rondjes(open.collect()))]
        },
        begin: |bij| {
            let first = bij.zaak.stappen.open().first().map(|it| it.letter().to_string());
            first.map(|it| ("onderwerp", it)).into_iter().collect()
        },
        lees: |bij, lezer, _| {
            let found = lezer.keuze("onderwerp", "een onderwerp", |it| {
                Onderwerp::ALLE.into_iter().find(|known| known.letter().to_string() == it)
            });
            bij.zet(S::OnderwerpOnderzocht(found?))
        },
        proef: |bij| {
            let open = bij.zaak.stappen.open().first().copied();
            open.and_then(|it| bij.zet(S::OnderwerpOnderzocht(it)))
        },
        tekst: Some(Tekst { soort: "bevinding", label: "Wat u vond", verplicht: false }),
    },
    Stap {
        naam: "onderzoek-afronden",
        titel: "Rond het onderzoek af",
        lead: "Daarna gaat het verslag naar de cliënt.",
        knop: "Rond af",
        velden: |_| Vec::new(),
        begin: |_| Vec::new(),
        lees: |bij, _, _| Some(C::RondOnderzoekAf { zaak: bij.zaak.id }),
        proef: |bij| Some(C::RondOnderzoekAf { zaak: bij.zaak.id }),
        tekst: Some(Tekst { soort: "conclusie", label: "Conclusie", verplicht: false }),
    },
    Stap {
        naam: "verslag",
        titel: "Verstuur het verslag",
        lead: "Het verslag gaat naar de cliënt (Wmo 2015, art. 2.3.2 lid 8). Met Bewaar concept \
               schrijft u later verder; alleen u ziet het concept.",
        knop: "Leg vast dat het verslag is verzonden",
        velden: |_| Vec::new(),
        begin: |_| Vec::new(),
        lees: |bij, _, _| Some(C::VerzendVerslag { zaak: bij.zaak.id }),
        proef: |bij| Some(C::VerzendVerslag { zaak: bij.zaak.id }),
        tekst: Some(Tekst {
            soort: "verslag",
            label: "Verslag van het onderzoek",
            verplicht: true,
        }),
    },
    Stap {
        naam: "reactie",
        titel: "Leg de reactie op het verslag vast",
        lead: "Opmerkingen van de cliënt horen bij het verslag (Wmo 2015, art. 2.3.2 lid 8).",
        knop: "Leg de reactie vast",
        velden: |_| vec![Veld::keuze("reactie", "Reactie", opties(Reactie::ALLE, Reactie::naam))],
        begin: |_| Vec::new(),
        lees: |bij, lezer, _| {
            let found = lezer
                .keuze("reactie", "een reactie", |it| gekozen(Reactie::ALLE, Reactie::naam, it));
            bij.zet(S::ReactieOntvangen(found?))
        },
        proef: |bij| bij.zet(S::ReactieOntvangen(Reactie::Akkoord)),
        tekst: Some(Tekst {
            soort: "reactie",
            label: "Opmerkingen, in de woorden van de cliënt",
            verplicht: false,
        }),
    },
    Stap {
        naam: "aanvraag",
        titel: "Leg de aanvraag vast",
        lead: "Na de aanvraag volgt binnen twee weken een besluit (Wmo 2015, art. 2.3.5 lid 2).",
        knop: "Leg de aanvraag vast",
        velden: |_| Vec::new(),
        begin: |_| Vec::new(),
        lees: |bij, _, _| Some(C::OntvangAanvraag { zaak: bij.zaak.id }),
        proef: |bij| Some(C::OntvangAanvraag { zaak: bij.zaak.id }),
        tekst: None,
    },
    Stap {
        naam: "opschorten",
        titel: "Schort de beslistermijn op",
        lead: "De termijn staat stil vanaf de dag erna (Awb, art. 4:15).",
        knop: "Schort op",
        velden: |_| {
            let all = opties(Opschortingsgrond::ALLE, Opschortingsgrond::naam);
            vec![Veld::keuze("grond", "Waarom?", all)]
        },
        begin: |_| Vec::new(),
        lees: |bij, lezer, _| {
            let grond = lezer.keuze("grond", "een grond", |it| {
                gekozen(Opschortingsgrond::ALLE, Opschortingsgrond::naam, it)
            });
            Some(C::SchortTermijnOp { zaak: bij.zaak.id, grond: grond? })
        },
        proef: |bij| {
            let open = bij.zaak.beschikkingen.is_empty();
            let grond = Opschortingsgrond::GegevensGevraagd;
            open.then_some(C::SchortTermijnOp { zaak: bij.zaak.id, grond })
        },
        tekst: TOELICHTING,
    },
    Stap {
        naam: "hervatten",
        titel: "Laat de beslistermijn weer lopen",
        lead: "Deze dag is de laatste waarop de termijn stilstaat.",
        knop: "Hervat",
        velden: |_| Vec::new(),
        begin: |_| Vec::new(),
        lees: |bij, _, _| Some(C::HervatTermijn { zaak: bij.zaak.id }),
        proef: |bij| {
            let any = !bij.zaak.opschortingen.is_empty();
            any.then_some(C::HervatTermijn { zaak: bij.zaak.id })
        },
        tekst: None,
    },
];
