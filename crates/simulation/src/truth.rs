//! The truth: what was put in, so that every estimate can be held against it.

use std::fmt::Write;

use jiff::civil::Date;

use crate::{
    demand::Demand,
    parameters::{BEGIN, Parameters},
    providers::{GROEIER, LEVERANCIERS_VAN_COACHES, groei},
    sim::Sim,
};

/// What was true of a simulated municipality.
#[derive(Debug, Clone, PartialEq)]
pub struct Truth {
    /// The settings, with every effect that is the same for all.
    pub parameters: Parameters,
    /// What was expected of the number of clients with ondersteuning thuis, at month's end.
    pub verwacht: [(&'static str, f64); 2],
    /// Per year the new requests that were expected for ondersteuning thuis, hulp bij het huishouden
    /// and hulpmiddelen, before the breaks in the series.
    pub verwachte_meldingen: Vec<(i16, [f64; 3])>,
    /// The wijken, with the factor on requests of their inhabitants.
    pub wijken: Vec<(String, f64)>,
    /// The two wijken of the intaker pilot.
    pub pilotwijken: [String; 2],
    /// The teams: the extra chance of a grant and the share of enquiries out of time.
    pub teams: Vec<(String, f64, f64)>,
    /// The staff: the number and the extra chance of a grant.
    pub medewerkers: Vec<(u32, f64)>,
    /// The providers: name, weight in the choice and share delivered of what was ordered.
    pub aanbieders: Vec<(String, f64, f64)>,
    /// The provider that grows fast, with its factor in 2025.
    pub groeier: (String, f64),
    /// The providers that employ staff of the teams until the insourcing.
    pub aanbieders_in_teams: Vec<String>,
}

impl Truth {
    pub(crate) fn of(sim: &Sim<'_>) -> Truth {
        let parameters = sim.parameters.clone();
        let scale = f64::from(parameters.inwoners) / 42_000.0;
        let name = |at: usize| sim.offer.providers[at].naam.to_owned();
        Truth {
            verwacht: [("2015-01", 349.0 * scale), ("2017-12", 502.0 * scale)],
            verwachte_meldingen: (BEGIN.year()..=parameters.tot.year())
                .map(|jaar| (jaar, Demand::expected(jaar, &sim.place, &parameters)))
                .collect(),
            wijken: sim
                .place
                .wijken
                .iter()
                .map(|it| (it.naam.to_owned(), it.vraag_factor))
                .collect(),
            pilotwijken: sim.place.pilot.map(|at| sim.place.wijken[at].naam.to_owned()),
            teams: sim
                .place
                .teams
                .iter()
                .map(|it| (it.naam.to_owned(), it.effect_toekenning, it.aandeel_te_laat))
                .collect(),
            medewerkers: sim
                .staff
                .members
                .iter()
                .map(|it| (it.id.0, it.effect_toekenning))
                .collect(),
            aanbieders: sim
                .offer
                .providers
                .iter()
                .map(|it| (it.naam.to_owned(), it.gewicht, it.verzilvering))
                .collect(),
            groeier: (name(GROEIER), groei(2025, &parameters)),
            aanbieders_in_teams: LEVERANCIERS_VAN_COACHES.map(name).to_vec(),
            parameters,
        }
    }

    /// The truth as the content of a TOML file.
    pub fn to_toml(&self) -> String {
        let mut toml = String::from(
            "# De ware waarden achter een verzonnen gemeente: hiermee is elke schatting na te gaan.\n",
        );
        self.write(&mut toml).expect("a string takes everything");
        toml
    }

    fn write(&self, to: &mut String) -> std::fmt::Result {
        self.write_settings(to)?;
        writeln!(to, "\n[verwachte_stand_ondersteuning_thuis]")?;
        for (maand, clients) in self.verwacht {
            writeln!(to, "\"{maand}\" = {clients:.1}")?;
        }
        writeln!(
            to,
            "\n[pilot]\nwijken = [\"{}\", \"{}\"]",
            self.pilotwijken[0], self.pilotwijken[1]
        )?;
        writeln!(to, "\n[insourcing]")?;
        let lost = -self.parameters.effect_werkgever_aanbieder;
        writeln!(to, "verandering_toekenkans = {lost:.4}")?;
        writeln!(to, "eigen_aanbieder_factor_daarna = 1.0")?;
        let names: Vec<String> =
            self.aanbieders_in_teams.iter().map(|it| format!("\"{it}\"")).collect();
        writeln!(to, "aanbieders = [{}]", names.join(", "))?;
        writeln!(to, "\n[groeier]\nnaam = \"{}\"", self.groeier.0)?;
        writeln!(to, "factor_2025 = {:.4}", self.groeier.1)?;
        for (jaar, [support, household, aids]) in &self.verwachte_meldingen {
            writeln!(to, "\n[[verwachte_meldingen]]\njaar = {jaar}")?;
            writeln!(to, "ondersteuning_thuis = {support:.1}\nhuishouden = {household:.1}")?;
            writeln!(to, "hulpmiddelen = {aids:.1}")?;
        }
        for (naam, factor) in &self.wijken {
            writeln!(to, "\n[[wijk]]\nnaam = \"{naam}\"\nvraag_factor = {factor:.4}")?;
        }
        for (naam, effect, late) in &self.teams {
            writeln!(to, "\n[[team]]\nnaam = \"{naam}\"\neffect_toekenkans = {effect:.4}")?;
            writeln!(to, "aandeel_onderzoek_te_laat = {late:.4}")?;
        }
        for (naam, weight, used) in &self.aanbieders {
            writeln!(to, "\n[[aanbieder]]\nnaam = \"{naam}\"\ngewicht = {weight:.4}")?;
            writeln!(to, "verzilvering = {used:.4}")?;
        }
        for (number, effect) in &self.medewerkers {
            writeln!(to, "\n[[medewerker]]\nnummer = {number}\neffect_toekenkans = {effect:.4}")?;
        }
        Ok(())
    }

    fn write_settings(&self, to: &mut String) -> std::fmt::Result {
        let it = &self.parameters;
        writeln!(to, "\n[instellingen]\nseed = {}\ninwoners = {}", it.seed, it.inwoners)?;
        writeln!(to, "groeier_vanaf = {}", it.groeier_vanaf)?;
        let days: [(&str, Date); 7] = [
            ("tot", it.tot),
            ("insourcing_op", it.insourcing_op),
            ("welzijn_mandaat_tot", it.welzijn_mandaat_tot),
            ("pilot_op", it.pilot_op),
            ("kader_op", it.kader_op),
            ("cta_op", it.cta_op),
            ("vier_ogen_op", it.vier_ogen_op),
        ];
        for (name, day) in days {
            writeln!(to, "{name} = {day}")?;
        }
        for (name, value) in numbers(it) {
            writeln!(to, "{name} = {value:.4}")?;
        }
        Ok(())
    }
}

/// Every setting that is a number with a fraction, by its name.
fn numbers(it: &Parameters) -> [(&'static str, f64); 26] {
    [
        ("overgang_per_duizend", it.overgang_per_duizend),
        ("huishouden_start_per_duizend", it.huishouden_start_per_duizend),
        ("hulpmiddel_start_per_duizend", it.hulpmiddel_start_per_duizend),
        ("intensiteit_ondersteuning_thuis", it.intensiteit_ondersteuning_thuis),
        ("intensiteit_huishouden", it.intensiteit_huishouden),
        ("intensiteit_hulpmiddel", it.intensiteit_hulpmiddel),
        ("vraaggroei_per_jaar", it.vraaggroei_per_jaar),
        ("eindkans_ondersteuning_thuis_per_maand", it.eindkans_ondersteuning_thuis),
        ("eindkans_huishouden_per_maand", it.eindkans_huishouden),
        ("eindkans_hulpmiddel_per_maand", it.eindkans_hulpmiddel),
        ("eigen_aanbieder_factor", it.eigen_aanbieder_factor),
        ("effect_werkgever_aanbieder", it.effect_werkgever_aanbieder),
        ("effect_achtergrond_zorg", it.effect_achtergrond_zorg),
        ("aandeel_afgerond_pilot", it.aandeel_afgerond_pilot),
        ("aandeel_afgerond_elders", it.aandeel_afgerond_elders),
        ("aandeel_outreach", it.aandeel_outreach),
        ("aandeel_spoed", it.aandeel_spoed),
        ("aandeel_pgb", it.aandeel_pgb),
        ("aandeel_laat_vastgelegd", it.aandeel_laat_vastgelegd),
        ("aandeel_laat_bericht", it.aandeel_laat_bericht),
        ("groeier_factor_per_jaar", it.groeier_factor_per_jaar),
        ("groeier_zwaarte_factor", it.groeier_zwaarte_factor),
        ("abonnementstarief_factor", it.abonnementstarief_factor),
        ("corona_factor", it.corona_factor),
        ("cta_aandeel_gewijzigd", it.cta_aandeel_gewijzigd),
        ("cta_aandeel_terug", it.cta_aandeel_terug),
    ]
}
