//! The tables of an exchange and their columns, under our own names.

/// A table of an exchange.
#[derive(Debug, PartialEq, Eq)]
pub struct Tabel {
    /// Its name, also the name of its file in our own export.
    pub naam: &'static str,
    /// Its columns, in the order of our own export.
    pub kolommen: &'static [Kolom],
}

/// A column of a table.
#[derive(Debug, PartialEq, Eq)]
pub struct Kolom {
    /// Its name.
    pub naam: &'static str,
    /// Whether the table cannot be read without it.
    pub verplicht: bool,
}

impl Tabel {
    /// The table with this name.
    pub fn met_naam(naam: &str) -> Option<&'static Tabel> {
        TABELLEN.iter().find(|it| it.naam == naam)
    }

    pub(super) fn heeft(&self, kolom: &str) -> bool {
        self.kolommen.iter().any(|it| it.naam == kolom)
    }

    /// The names of the columns, as a list in a sentence.
    pub(super) fn kolomnamen(&self) -> String {
        let names: Vec<&str> = self.kolommen.iter().map(|it| it.naam).collect();
        names.join(", ")
    }
}

const fn must(naam: &'static str) -> Kolom {
    Kolom { naam, verplicht: true }
}

const fn may(naam: &'static str) -> Kolom {
    Kolom { naam, verplicht: false }
}

const fn tabel(naam: &'static str, kolommen: &'static [Kolom]) -> Tabel {
    Tabel { naam, kolommen }
}

/// Every table, in the order in which they are read: what is referred to comes first.
pub static TABELLEN: &[Tabel] = &[
    tabel("gemeente", &[must("gemeentecode"), must("naam")]),
    tabel("wijken", &[must("wijk"), must("naam")]),
    tabel("inwoners", &[must("wijk"), must("jaar"), must("leeftijdsgroep"), must("aantal")]),
    tabel("teams", &[must("team"), must("naam")]),
    tabel("werkgebieden", &[must("team"), must("wijk"), must("vanaf")]),
    tabel("algemene_voorzieningen", &[must("algemene_voorziening"), must("naam"), may("wijken")]),
    tabel("wachttijden", &[must("algemene_voorziening"), must("datum"), must("weken")]),
    tabel("aanbieders", &[must("aanbieder"), must("naam"), may("agb")]),
    tabel("contracten", &[must("contract"), must("aanbieder"), must("van"), may("tot")]),
    tabel(
        "producten",
        &[
            must("product"),
            must("categorie"),
            must("naam"),
            must("eenheid"),
            may("variant"),
            may("groep"),
        ],
    ),
    tabel(
        "tarieven",
        &[
            must("aanbieder"),
            must("product"),
            must("eenheid"),
            must("bedrag"),
            must("van"),
            may("tot"),
        ],
    ),
    tabel(
        "medewerkers",
        &[
            must("medewerker"),
            may("naam"),
            must("functie"),
            may("achtergrond"),
            may("werkgever"),
            may("aanbieder"),
            may("verbonden_aan"),
            may("team"),
            must("van"),
            may("tot"),
        ],
    ),
    tabel(
        "mandaten",
        &[must("mandaat"), must("functie"), may("voor"), may("bedrag"), must("van"), may("tot")],
    ),
    tabel("pilots", &[must("pilot"), must("soort"), must("wijken"), must("van"), may("tot")]),
    tabel("reeksbreuken", &[must("datum"), must("soort")]),
    CLIENTEN,
    tabel("clientgegevens", &[must("client"), must("vanaf"), may("wijk"), may("huishouden")]),
    ZAKEN,
    tabel(
        "besluiten",
        &[
            must("zaak"),
            must("besluitdatum"),
            must("uitkomst"),
            may("afwijzingsgrond"),
            may("besluit_medewerker"),
        ],
    ),
    tabel("opschortingen", &[must("zaak"), must("opgeschort"), must("grond"), may("hervat")]),
    VOORZIENINGEN,
    TOEWIJZINGEN,
    tabel("leveringen", &[must("toewijzing"), must("start"), may("stop"), may("stopreden")]),
    tabel(
        "declaraties",
        &[
            must("declaratie"),
            must("toewijzing"),
            may("maand"),
            may("van"),
            may("tot"),
            must("volume"),
            may("eenheid"),
            must("bedrag"),
            may("crediteert"),
        ],
    ),
];

const CLIENTEN: Tabel = tabel(
    "clienten",
    &[
        must("client"),
        may("bsn"),
        may("voornamen"),
        may("voorvoegsel"),
        may("achternaam"),
        may("geboortedatum"),
        may("geboortejaar"),
        may("straat_en_nummer"),
        may("postcode"),
        may("plaats"),
        may("wijk"),
        may("huishouden"),
        may("vanaf"),
    ],
);

const ZAKEN: Tabel = tabel(
    "zaken",
    &[
        must("zaak"),
        must("client"),
        must("melding"),
        may("kanaal"),
        may("melder"),
        may("spoed"),
        // Written only: on the way in it follows from wijk, day and the table of pilots.
        may("pilot"),
        may("melding_medewerker"),
        may("intake"),
        may("intake_uitkomst"),
        may("algemene_voorziening"),
        may("intake_team"),
        may("intake_medewerker"),
        may("onderzoek_start"),
        may("onderzoek_team"),
        may("onderzoek_einde"),
        may("onderzoek_medewerker"),
        may("verslag"),
        may("aanvraag"),
        may("besluitdatum"),
        may("uitkomst"),
        may("afwijzingsgrond"),
        may("besluit_medewerker"),
        may("gesloten"),
        may("sluitreden"),
    ],
);

const VOORZIENINGEN: Tabel = tabel(
    "voorzieningen",
    &[
        must("voorziening"),
        must("client"),
        may("zaak"),
        may("besluitdatum"),
        may("team"),
        may("medewerker"),
        may("product"),
        may("categorie"),
        must("leveringsvorm"),
        may("aanbieder"),
        may("jaarbedrag"),
        may("volume"),
        may("eenheid"),
        may("frequentie"),
        must("van"),
        may("tot"),
        may("einde_reden"),
        may("tijdelijk"),
        may("herkomst"),
    ],
);

const TOEWIJZINGEN: Tabel = tabel(
    "toewijzingen",
    &[
        must("toewijzing"),
        must("client"),
        may("voorziening"),
        may("datum"),
        must("aanbieder"),
        may("product"),
        may("categorie"),
        may("volume"),
        may("eenheid"),
        may("frequentie"),
        may("budget"),
        must("van"),
        may("tot"),
        may("reden_wijziging"),
        may("start"),
        may("stop"),
        may("stopreden"),
    ],
);
