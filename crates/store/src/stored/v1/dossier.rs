//! The stored shape of what happens in a dossier.

use super::stap::{Vervolgstap, Zaakstap};
use super::values::{
    Clientgegevens, Dag, Eenheid, Omvang, Periode, Productkeuze, Voorziening, Zaak,
};

shape_enum!(DossierEvent = domain::DossierEvent {
    GegevensVastgesteld(it: Clientgegevens),
    AfschermingVastgesteld { afgeschermd: bool },
    MeldingOntvangen { zaak: Zaak, melding: Melding },
    IntakeAfgerond { zaak: Zaak, uitkomst: IntakeUitkomst },
    OnderzoekGestart { zaak: Zaak, team: Option<u16> },
    OnderzoekAfgerond { zaak: Zaak },
    VerslagVerzonden { zaak: Zaak, versie: u16 },
    AanvraagOntvangen { zaak: Zaak },
    StapGezet { zaak: Zaak, stap: Zaakstap },
    TermijnOpgeschort { zaak: Zaak, grond: Opschortingsgrond },
    TermijnHervat { zaak: Zaak },
    BeschikkingAfgegeven {
        zaak: Zaak,
        uitkomst: Uitkomst,
        voorzieningen: Vec<(u32, Voorziening)>,
    },
    VoorzieningOvergenomen {
        id: u32,
        voorziening: Voorziening,
        team: Option<u16>,
        herkomst: Herkomst,
    },
    VoorzieningGecorrigeerd { id: u32, voorziening: Voorziening },
    VoorzieningBeeindigd { id: u32, per: Dag, reden: EindeReden },
    VoorzieningVervallen { id: u32 },
    VervolgGezet { voorziening: u32, stap: Vervolgstap },
    ToewijzingVerstrekt { nummer: u32, opdracht: Opdracht },
    ToewijzingGewijzigd {
        nummer: u32,
        reden: RedenWijziging,
        tot_en_met: Option<Dag>,
        omvang: Option<Omvang>,
        budget: Option<i64>,
    },
    LeveringGestart { toewijzing: u32 },
    LeveringStartVerwijderd { toewijzing: u32, begin: Dag },
    LeveringGestopt { toewijzing: u32, begin: Dag, reden: StopReden },
    LeveringStopVerwijderd { toewijzing: u32, begin: Dag },
    PrestatieGedeclareerd(it: Prestatie),
    ZaakGesloten { zaak: Zaak, reden: Sluitreden },
});

shape_struct!(Melding = domain::melding::Melding {
    kanaal: Kanaal,
    melder: Melder,
    spoed: bool,
    pilot: Option<u16>,
});

shape_enum!(Kanaal = domain::melding::Kanaal { Telefoon, Balie, Digitaal, Brief, Outreach });

shape_enum!(
    Melder = domain::melding::Melder {
        Client,
        Netwerk,
        Huisarts,
        Ziekenhuis,
        School,
        Politie,
        Aanbieder,
        Gemeente,
        Overig,
    }
);

shape_enum!(IntakeUitkomst = domain::intake::IntakeUitkomst {
    Informatie,
    Advies,
    EigenKracht,
    AlgemeneVoorziening(id: u16),
    NaarLoket,
    NaarTeam(id: u16),
});

shape_enum!(
    Opschortingsgrond =
        domain::termijn::Opschortingsgrond { GegevensGevraagd, Instemming, DoorClient, Overmacht }
);

shape_enum!(Uitkomst = domain::besluit::Uitkomst {
    Toegekend,
    GedeeltelijkToegekend,
    Afgewezen(grond: Afwijzingsgrond),
    BuitenBehandeling,
    Ingetrokken,
});

shape_enum!(
    Afwijzingsgrond = domain::besluit::Afwijzingsgrond {
        EigenKracht,
        AlgemeenGebruikelijk,
        GebruikelijkeHulp,
        MantelzorgOfNetwerk,
        AlgemeneVoorziening,
        AndereWet,
        GeenIngezetene,
    }
);

shape_enum!(Herkomst = domain::voorziening::Herkomst {
    Besluit(zaak: Zaak),
    Overgangsrecht(kenmerk: u64),
    VorigSysteem(kenmerk: u64),
    Bericht(kenmerk: u64),
});

shape_enum!(
    EindeReden = domain::voorziening::EindeReden {
        Overlijden,
        Verhuizing,
        NaarWlz,
        NaarZvw,
        NaarAlgemeneVoorziening,
        DoelBereikt,
        Vervangen,
        OpVerzoek,
        Ingetrokken,
    }
);

shape_struct!(Opdracht = domain::toewijzing::Opdracht {
    voorziening: Option<u32>,
    aanbieder: u32,
    product: Productkeuze,
    hoeveelheid: Hoeveelheid,
    geldig: Periode,
});

shape_enum!(Hoeveelheid = domain::toewijzing::Hoeveelheid {
    Omvang(it: Omvang),
    Budget(it: i64),
    Open,
});

shape_enum!(
    RedenWijziging = domain::toewijzing::RedenWijziging {
        Overleden,
        Contractwijziging,
        Verlenging,
        Verkorting,
        AnderDomein,
        Verhuizing,
        Leveringsvorm,
        AndereAanbieder,
        Bekostiging,
        Herindeling,
        DoorAanbieder,
        Verwijderd,
        AdministratieveCorrectie,
    }
);

shape_enum!(
    StopReden = domain::levering::StopReden {
        Overlijden,
        VolgensPlan,
        Tijdelijk,
        DoorClient,
        DoorAanbieder,
        InOverleg,
        Verhuizing,
        DoorGemeente,
        Wijzigingsverzoek,
        AndereAanbieder,
        AnderDomein,
    }
);

shape_struct!(Prestatie = domain::declaratie::Prestatie {
    toewijzing: u32,
    periode: Periode,
    volume: u32,
    eenheid: Eenheid,
    bedrag: i64,
    referentie: u64,
    crediteert: Option<u64>,
});

shape_enum!(
    Sluitreden = domain::sluiting::Sluitreden {
        AfgerondBijIntake,
        GeenAanvraag,
        IngetrokkenDoorClient,
        Besloten,
        Overlijden,
        Verhuizing,
    }
);
