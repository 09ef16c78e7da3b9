//! The stored shape of the steps of a case and of what follows a grant.

use super::{
    dossier::Uitkomst,
    values::{Dag, Voorziening},
};

shape_enum!(Zaakstap = domain::Zaakstap {
    OntvangstBevestigd { clientondersteuning: bool, persoonlijk_plan: bool },
    PersoonlijkPlanOntvangen,
    Getrieerd(it: Triage),
    Belegd { medewerker: Option<u32> },
    IdentiteitVastgesteld(it: Identiteitsdocument),
    GesprekGevoerd(it: Gesprek),
    OnderwerpOnderzocht(it: Onderwerp),
    KaderDoorlopen(it: Doorloop),
    ReactieOntvangen(it: Reactie),
    VoorstelGedaan(it: Box<Voorstel>),
    AanbiederToegestaan { aanbieder: u32, grond: Uitzonderingsgrond },
    CtaAangemeld(it: CtaAanmelding),
    CtaBeoordeeld(it: Box<CtaOordeel>),
    TweedeOordeelGegeven(it: Box<TweedeOordeel>),
    VanAdviesAfgeweken(it: Afwijkgrond),
    BesluitVerzonden { besluit: u16 },
    BezwaarOntvangen { besluit: u16 },
    BezwaarBeslist { besluit: u16, uitkomst: Bezwaaruitkomst },
    BeroepIngesteld { besluit: u16 },
    BeroepBeslist { besluit: u16, uitkomst: Beroepuitkomst },
});

shape_struct!(Triage = domain::triage::Triage {
    criteria: Vec<Criterium>,
    advies: Route,
    afwijking: Option<Afwijkreden>,
});

shape_enum!(
    Criterium = domain::triage::Criterium {
        MeerdereLeefgebieden,
        Huishouden,
        Veiligheid,
        Psychiatrie,
        Schulden,
        OverbelasteMantelzorg,
        EerdereHulpMislukt,
        WetgrensOnduidelijk,
    }
);

shape_enum!(Route = domain::triage::Route { Loket, Team });

shape_enum!(
    Afwijkreden =
        domain::triage::Afwijkreden { Bekend, AlleenHulpmiddel, GeenRuimte, EigenOordeel }
);

shape_struct!(
    Gesprek = domain::gesprek::Gesprek {
        wijze: Gesprekswijze,
        mantelzorger: bool,
        clientondersteuner: bool,
    }
);

shape_enum!(
    Gesprekswijze =
        domain::gesprek::Gesprekswijze { Huisbezoek, Kantoor, Telefonisch, Videobellen }
);

shape_enum!(
    Identiteitsdocument = domain::gesprek::Identiteitsdocument {
        Paspoort,
        Identiteitskaart,
        Vreemdelingendocument,
        Rijbewijs,
    }
);

shape_enum!(
    Onderwerp = domain::gesprek::Onderwerp {
        Behoeften,
        EigenKracht,
        MantelzorgEnNetwerk,
        OndersteuningMantelzorger,
        AlgemeneVoorzieningen,
        AndereVoorzieningen,
        EigenBijdrage,
    }
);

shape_enum!(Reactie = domain::gesprek::Reactie { Akkoord, MetOpmerkingen, NietAkkoord });

shape_struct!(Doorloop = domain::kaderdoorloop::Doorloop {
    kader: u16,
    antwoorden: Vec<(u16, Antwoord)>,
});

shape_enum!(Antwoord = domain::kader::Antwoord { Ja, Nee, NietVanToepassing });

shape_struct!(Voorstel = domain::voorstel::Voorstel {
    uitkomst: Uitkomst,
    voorzieningen: Vec<Voorziening>,
    normafwijking: Option<Normafwijking>,
});

shape_enum!(
    Normafwijking = domain::kader::Normafwijking {
        ZwaardereProblematiek,
        Huishouden,
        GeenNetwerk,
        AndereHulp,
        Overgang,
        Anders,
    }
);

shape_enum!(
    Uitzonderingsgrond =
        domain::voorstel::Uitzonderingsgrond { EnigeAanbieder, WensVanClient, Continuiteit }
);

shape_enum!(
    Afwijkgrond = domain::voorstel::Afwijkgrond {
        Kader,
        OmvangNietOnderbouwd,
        LichterAlternatief,
        MeerNodig,
        NieuweFeiten,
        Anders,
    }
);

shape_struct!(CtaAanmelding = domain::cta::CtaAanmelding {
    overleg: Option<u32>,
    aanleidingen: Vec<Aanleiding>,
});

shape_enum!(
    Aanleiding = domain::cta::Aanleiding {
        Waarde,
        BovenNorm,
        Tijdelijk,
        Grensgeval,
        Verbonden,
        Steekproef,
        Ingebracht,
    }
);

shape_struct!(CtaOordeel = domain::cta::CtaOordeel {
    overleg: u32,
    uitkomst: CtaUitkomst,
    deelnemers: Vec<u32>,
    verschoond: Vec<u32>,
    les: Option<Stapsoort>,
});

shape_enum!(CtaUitkomst = domain::cta::CtaUitkomst {
    Akkoord,
    Gewijzigd { uitkomst: Uitkomst, voorzieningen: Vec<Voorziening> },
    Terug,
});

shape_struct!(TweedeOordeel = domain::cta::TweedeOordeel {
    uitkomst: Uitkomst,
    voorzieningen: Vec<Voorziening>,
});

shape_enum!(Stapsoort = domain::kader::Stapsoort {
    Hulpvraag,
    Beperkingen,
    Ondersteuningsbehoefte,
    EigenKracht,
    AlgemeenGebruikelijk,
    GebruikelijkeHulp,
    Mantelzorg,
    Netwerk,
    AlgemeneVoorziening,
    Grens(wet: Wet),
    Maatwerk,
});

shape_enum!(Wet = domain::kader::Wet { Wlz, Zvw, Jeugdwet, Participatiewet });

shape_enum!(
    Bezwaaruitkomst = domain::bezwaar::Bezwaaruitkomst {
        Gegrond,
        DeelsGegrond,
        Ongegrond,
        NietOntvankelijk,
        Ingetrokken,
    }
);

shape_enum!(
    Beroepuitkomst =
        domain::bezwaar::Beroepuitkomst { Gegrond, Ongegrond, NietOntvankelijk, Ingetrokken }
);

shape_enum!(Vervolgstap = domain::Vervolgstap {
    DoelenVastgesteld { aantal: u8 },
    EvaluatieGepland { op: Dag },
    Geevalueerd { behaald: u8 },
    HeronderzoekGepland { op: Dag },
    Heronderzocht(it: Heronderzoekuitkomst),
    Afgeschaald(it: Afschaling),
});

shape_enum!(
    Heronderzoekuitkomst =
        domain::vervolg::Heronderzoekuitkomst { Ongewijzigd, Afschalen, Beeindigen, NieuweMelding }
);

shape_struct!(Afschaling = domain::vervolg::Afschaling { naar: Bestemming, reden: Afschaalreden });

shape_enum!(
    Bestemming =
        domain::vervolg::Bestemming { LichterMaatwerk, AlgemeneVoorziening, EigenKracht, Wlz, Zvw }
);

shape_enum!(
    Afschaalreden = domain::vervolg::Afschaalreden {
        DoelBereikt,
        MeerZelfstandig,
        NetwerkVersterkt,
        AanbodBeschikbaar,
        AndereWet,
    }
);
