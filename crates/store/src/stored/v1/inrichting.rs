//! The stored shape of how the access is arranged.

use super::{
    actor::Functie,
    dossier::Afwijzingsgrond,
    stap::{Antwoord, Criterium, Stapsoort, Wet},
    values::{Code, Dag, Frequentie, Periode},
};

shape_enum!(Inrichting = domain::inrichting::Inrichting {
    CapaciteitVastgesteld { voorziening: u16, plaatsen: u32 },
    InstellingGekozen(it: Instelling),
    KaderVastgesteld(it: Box<Kader>),
    BudgetVastgesteld { team: u16, jaar: i16, bedrag: i64 },
    WaarnemingIngesteld(it: Waarneming),
    OverlegGepland(it: Overleg),
    ScholingVereist(it: Scholingseis),
    ScholingGevolgd(it: Scholing),
    PresentieVastgelegd { overleg: u32, aanwezig: Vec<u32> },
    BriefgegevensVastgesteld(it: Briefgegevens),
});

shape_struct!(
    Briefgegevens = domain::briefgegevens::Briefgegevens {
        adres: String,
        plaats: String,
        telefoon: String,
        email: String,
        clientondersteuning: String,
    }
);

shape_enum!(Instelling = domain::instelling::Instelling {
    Toegangsvorm(it: Toegangsvorm),
    VierOgen(aan: bool),
    EigenAanbiederUitgesloten(aan: bool),
    TriageDrempel(criteria: u8),
    TerugkeerMaanden(maanden: u8),
    SpoedDagen(dagen: u8),
    Cta(it: Option<CtaRegels>),
    CriteriumTelt { criterium: Criterium, telt: bool },
    Heronderzoek(it: Option<Heronderzoekregels>),
});

shape_enum!(Toegangsvorm = domain::instelling::Toegangsvorm { Een, Gesplitst });

shape_struct!(CtaRegels = domain::instelling::CtaRegels {
    vanaf_waarde: Option<i64>,
    boven_norm: bool,
    tijdelijk: bool,
    grensgeval: bool,
    verbonden: bool,
    steekproef_promille: u16,
    zaad: u64,
    dagen: u8,
});

shape_struct!(Heronderzoekregels = domain::instelling::Heronderzoekregels {
    maanden: u8,
    eerder_maanden: u8,
    pgb: bool,
    boven_norm: bool,
    zonder_doelen: bool,
    vanaf_waarde: Option<i64>,
});

shape_struct!(Kader = domain::kader::Kader {
    id: u16,
    naam: String,
    stappen: Vec<Kaderstap>,
    normen: Vec<Norm>,
    voorbeelden: Vec<Voorbeeld>,
});

shape_struct!(Kaderstap = domain::kader::Kaderstap { soort: Stapsoort, vragen: Vec<Vraag> });

shape_struct!(
    Vraag = domain::kader::Vraag {
        id: u16,
        tekst: String,
        toelichting: String,
        artikel: String,
        afweging: bool,
        bij_ja: Gevolg,
        bij_nee: Gevolg,
    }
);

shape_enum!(Gevolg = domain::kader::Gevolg {
    Verder,
    Deels,
    Dekt(grond: Afwijzingsgrond),
    Grens(wet: Wet),
});

shape_struct!(Norm = domain::kader::Norm {
    product: Code<domain::ProductCode>,
    van: u32,
    tot: u32,
    frequentie: Frequentie,
    bron: String,
});

shape_struct!(Voorbeeld = domain::kader::Voorbeeld {
    naam: String,
    antwoorden: Vec<(u16, Antwoord)>,
    verwacht: Conclusie,
});

shape_enum!(Conclusie = domain::kader::Conclusie {
    Onvolledig,
    Gedekt(grond: Afwijzingsgrond),
    Grensgeval(wet: Wet),
    Maatwerk,
});

shape_struct!(
    Waarneming =
        domain::waarneming::Waarneming { medewerker: u32, functie: Functie, geldig: Periode }
);

shape_struct!(Overleg = domain::cta::Overleg {
    id: u32,
    op: Dag,
    leden: Vec<(u32, Discipline)>,
    voorzitter: u32,
});

shape_enum!(
    Discipline = domain::cta::Discipline { Wmo, Verpleging, Welzijn, Gedrag, Inkomen, Kwaliteit }
);

shape_struct!(Scholingseis = domain::scholing::Scholingseis {
    functie: Functie,
    onderwerp: Scholingsonderwerp,
    maanden: Option<u16>,
});

shape_struct!(
    Scholing =
        domain::scholing::Scholing { medewerker: u32, onderwerp: Scholingsonderwerp, op: Dag }
);

shape_enum!(
    Scholingsonderwerp = domain::scholing::Scholingsonderwerp {
        Wmo,
        Beoordelingskader,
        VoorliggendVeld,
        WlzEnZvw,
        Privacy,
        Meldcode,
        Gespreksvoering,
    }
);
