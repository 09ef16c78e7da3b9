//! The stored shape of what happens to the register.

use super::{
    actor::{Functie, Werkgever},
    inrichting::Inrichting,
    values::{Code, Dag, Eenheid, Leeftijdsgroep, Periode},
};

shape_enum!(RegisterEvent = domain::RegisterEvent {
    GemeenteVastgesteld(it: Gemeente),
    WijkVastgesteld(it: Wijk),
    InwonersGeteld { wijk: u16, jaar: i16, groep: Leeftijdsgroep, aantal: u32 },
    TeamIngesteld(it: Team),
    WerkgebiedVastgesteld { team: u16, wijken: Vec<u16> },
    MedewerkerAangesteld { medewerker: u32, aanstelling: Aanstelling },
    MedewerkerVertrokken { medewerker: u32 },
    MandaatVerleend(it: Mandaat),
    MandaatIngetrokken { mandaat: u16 },
    AanbiederVastgesteld(it: Aanbieder),
    ContractGesloten(it: Contract),
    ContractBeeindigd { contract: u32 },
    ProductVastgesteld(it: Product),
    TariefVastgesteld(it: Tarief),
    AlgemeneVoorzieningIngesteld(it: AlgemeneVoorziening),
    WachttijdGemeten { voorziening: u16, weken: u16 },
    ToegangIngericht(it: Inrichting),
    PilotGestart(it: Pilot),
    ReeksbreukGemarkeerd(it: Reeksbreuk),
});

shape_struct!(Gemeente = domain::organisatie::Gemeente {
    code: Code<domain::Gemeentecode>,
    naam: String,
});

shape_struct!(Wijk = domain::organisatie::Wijk { id: u16, naam: String });

shape_struct!(Team = domain::organisatie::Team { id: u16, naam: String });

shape_struct!(Aanstelling = domain::medewerker::Aanstelling {
    functie: Functie,
    achtergrond: Achtergrond,
    werkgever: Werkgever,
    verbonden_aan: Option<u32>,
    team: Option<u16>,
});

shape_enum!(
    Achtergrond = domain::medewerker::Achtergrond {
        Ambtelijk,
        Zorg,
        Verpleegkundig,
        Welzijn,
        MaatschappelijkWerk,
        Overig,
    }
);

shape_struct!(Mandaat = domain::mandaat::Mandaat {
    id: u16,
    functie: Functie,
    voor: Werkgeverseis,
    tot: Option<i64>,
    geldig: Periode,
});

shape_enum!(Werkgeverseis = domain::mandaat::Werkgeverseis { Iedereen, AlleenGemeente });

shape_struct!(Aanbieder = domain::organisatie::Aanbieder {
    id: u32,
    naam: String,
    agb: Option<Code<domain::AgbCode>>,
});

shape_struct!(
    Contract = domain::organisatie::Contract { id: u32, aanbieder: u32, geldig: Periode }
);

shape_struct!(Product = domain::Product {
    code: Code<domain::ProductCode>,
    categorie: Code<domain::Productcategorie>,
    naam: String,
    eenheid: Eenheid,
    variant: Variant,
    groep: String,
});

shape_enum!(Variant = domain::product::Variant { Inspanningsgericht, Outputgericht, Taakgericht });

shape_struct!(Tarief = domain::register::Tarief {
    aanbieder: u32,
    product: Code<domain::ProductCode>,
    eenheid: Eenheid,
    bedrag: i64,
    geldig: Periode,
});

shape_struct!(AlgemeneVoorziening = domain::algemeen::AlgemeneVoorziening {
    id: u16,
    naam: String,
    wijken: Vec<u16>,
});

shape_struct!(Pilot = domain::organisatie::Pilot {
    id: u16,
    soort: Pilotsoort,
    wijken: Vec<u16>,
    geldig: Periode,
});

shape_enum!(Pilotsoort = domain::organisatie::Pilotsoort { Intaker });

shape_struct!(Reeksbreuk = domain::organisatie::Reeksbreuk { op: Dag, soort: Breuksoort });

shape_enum!(
    Breuksoort = domain::organisatie::Breuksoort {
        OvergangAwbz,
        Abonnementstarief,
        Corona,
        Hernoeming,
        NieuweIwmo,
        TeamsInDienst,
    }
);
