//! What can be set about the made-up municipality: each with its unit and its default.

use jiff::civil::{Date, date};

/// The settings of a simulation; together with the program's version they decide every byte.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameters {
    /// The seed of chance; default 194, which gives exactly 349 clients with ondersteuning thuis in
    /// January 2015 and 502 in December 2017.
    pub seed: u64,
    /// Inhabitants on 1 January 2015, in persons; default 42 000.
    pub inwoners: u32,
    /// The last day that is simulated; default 31 December 2025.
    pub tot: Date,
    /// Clients with begeleiding or dagbesteding who come over from the AWBZ in January 2015, per
    /// 1000 inhabitants; default 8.37.
    pub overgang_per_duizend: f64,
    /// Clients with hulp bij het huishouden in January 2015, per 1000 inhabitants; default 21.4.
    pub huishouden_start_per_duizend: f64,
    /// Clients with a hulpmiddel in January 2015, per 1000 inhabitants; default 9.
    pub hulpmiddel_start_per_duizend: f64,
    /// Requests for ondersteuning thuis, as a factor on the table of needs; default 0.99.
    pub intensiteit_ondersteuning_thuis: f64,
    /// Requests for hulp bij het huishouden, as a factor on the table of needs; default 1.08.
    pub intensiteit_huishouden: f64,
    /// Requests for hulpmiddelen, as a factor on the table of needs; default 1.
    pub intensiteit_hulpmiddel: f64,
    /// Growth of the number of requests, as a share per year; default 0.012.
    pub vraaggroei_per_jaar: f64,
    /// Chance that a need for ondersteuning thuis ends, per month; default 0.034.
    pub eindkans_ondersteuning_thuis: f64,
    /// Chance that a need for hulp bij het huishouden ends, per month; default 0.013.
    pub eindkans_huishouden: f64,
    /// Chance that a need for a hulpmiddel ends, per month; default 0.011.
    pub eindkans_hulpmiddel: f64,
    /// How much more often somebody employed by a provider chooses that provider, as a factor on
    /// the odds; default 2.5.
    pub eigen_aanbieder_factor: f64,
    /// Extra chance that a request is granted when a provider employs the investigator, as a
    /// share; ends with the insourcing; default 0.08.
    pub effect_werkgever_aanbieder: f64,
    /// Extra chance that a request is granted when the investigator has a background in care,
    /// nursing or welfare, as a share; default 0.04.
    pub effect_achtergrond_zorg: f64,
    /// The first day on which the municipality employs the teams; default 1 January 2019.
    pub insourcing_op: Date,
    /// The last day on which a welzijnsmedewerker may decide; default 31 December 2017.
    pub welzijn_mandaat_tot: Date,
    /// The first day of the framework for judging need, and of proposals with their price; default
    /// 1 September 2018.
    pub kader_op: Date,
    /// The first day on which the CTA-overleg reviews proposals; default 1 February 2019.
    pub cta_op: Date,
    /// The first day on which the one who proposes does not decide, and one's own provider does
    /// not deliver; default 1 July 2019.
    pub vier_ogen_op: Date,
    /// Share of reviewed grants that the CTA-overleg changes; default 0.2.
    pub cta_aandeel_gewijzigd: f64,
    /// Share of reviewed grants that the CTA-overleg sends back once; default 0.1.
    pub cta_aandeel_terug: f64,
    /// The first day of the intaker pilot; default 1 March 2020.
    pub pilot_op: Date,
    /// Share of requests that the intaker of the pilot settles; default 0.25.
    pub aandeel_afgerond_pilot: f64,
    /// Share of requests that the intake settles elsewhere; default 0.08.
    pub aandeel_afgerond_elders: f64,
    /// Share of new requests that a team finds by going out, from 2018; default 0.05.
    pub aandeel_outreach: f64,
    /// Share of requests in which a decision is needed at once; default 0.015.
    pub aandeel_spoed: f64,
    /// Share of grants as a Pgb; default 0.1.
    pub aandeel_pgb: f64,
    /// Share of entries by staff that are recorded one to fourteen days late; default 0.03.
    pub aandeel_laat_vastgelegd: f64,
    /// Share of messages of providers that come in weeks late; default 0.05.
    pub aandeel_laat_bericht: f64,
    /// The first year in which one provider grows fast; default 2018.
    pub groeier_vanaf: i16,
    /// The yearly factor on the growing provider's chance to be chosen; default 1.5, up to ten
    /// times its first chance.
    pub groeier_factor_per_jaar: f64,
    /// The factor on the volume and the duration of the growing provider's clients; default 1.25.
    pub groeier_zwaarte_factor: f64,
    /// The factor on requests for hulp bij het huishouden since the abonnementstarief of
    /// 1 January 2019; default 1.35.
    pub abonnementstarief_factor: f64,
    /// The factor on requests from 15 March to 30 June 2020; the year after it half the dip stays;
    /// default 0.6.
    pub corona_factor: f64,
}

impl Default for Parameters {
    fn default() -> Parameters {
        Parameters {
            seed: 194,
            inwoners: 42_000,
            tot: date(2025, 12, 31),
            overgang_per_duizend: 8.37,
            huishouden_start_per_duizend: 21.4,
            hulpmiddel_start_per_duizend: 9.0,
            intensiteit_ondersteuning_thuis: 0.99,
            intensiteit_huishouden: 1.08,
            intensiteit_hulpmiddel: 1.0,
            vraaggroei_per_jaar: 0.012,
            eindkans_ondersteuning_thuis: 0.034,
            eindkans_huishouden: 0.013,
            eindkans_hulpmiddel: 0.011,
            eigen_aanbieder_factor: 2.5,
            effect_werkgever_aanbieder: 0.08,
            effect_achtergrond_zorg: 0.04,
            insourcing_op: date(2019, 1, 1),
            welzijn_mandaat_tot: date(2017, 12, 31),
            kader_op: date(2018, 9, 1),
            cta_op: date(2019, 2, 1),
            vier_ogen_op: date(2019, 7, 1),
            cta_aandeel_gewijzigd: 0.2,
            cta_aandeel_terug: 0.1,
            pilot_op: date(2020, 3, 1),
            aandeel_afgerond_pilot: 0.25,
            aandeel_afgerond_elders: 0.08,
            aandeel_outreach: 0.05,
            aandeel_spoed: 0.015,
            aandeel_pgb: 0.1,
            aandeel_laat_vastgelegd: 0.03,
            aandeel_laat_bericht: 0.05,
            groeier_vanaf: 2018,
            groeier_factor_per_jaar: 1.5,
            groeier_zwaarte_factor: 1.25,
            abonnementstarief_factor: 1.35,
            corona_factor: 0.6,
        }
    }
}

/// The first day of every simulation.
pub const BEGIN: Date = date(2015, 1, 1);
