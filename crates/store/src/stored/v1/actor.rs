//! The stored shape of who did something.

shape_enum!(Actor = domain::Actor {
    Medewerker(wie: Hoedanigheid),
    Aanbieder(wie: u32),
    Systeem(deel: Systeemdeel),
});

shape_struct!(Hoedanigheid = domain::Hoedanigheid {
    medewerker: u32,
    functie: Functie,
    werkgever: Werkgever,
    verbonden_aan: Option<u32>,
    team: Option<u16>,
});

shape_enum!(Systeemdeel = domain::Systeemdeel { Import, Inrichting });

shape_enum!(
    Functie = domain::Functie {
        KccMedewerker,
        Intaker,
        Consulent,
        Wijkcoach,
        Wijkverpleegkundige,
        Welzijnsmedewerker,
        CtaLid,
        Beslisser,
        Teammanager,
        Contractmanager,
        Controller,
        Beleidsonderzoeker,
        Griffier,
        FunctioneelBeheerder,
    }
);

shape_enum!(Werkgever = domain::Werkgever {
    Gemeente,
    Aanbieder(wie: u32),
    Welzijnsorganisatie,
    Overig,
});
