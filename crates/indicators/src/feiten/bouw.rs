//! Flattens dossiers into columns.

use domain::{
    Dossier, Leeftijdsgroep, Leveringsvorm, Productkeuze, Register, State, TeamId, Zaak,
    intake::IntakeUitkomst,
    onderzoek::{self, Onderzoek},
    voorziening::{BeschikteVoorziening, Herkomst},
};
use jiff::{ToSpan, civil::Date};

use super::{Codes, Feiten, Gebeurtenis, Stukken};
use crate::{
    Afrondreden, Sleutel, Uitkomstsoort, Vorm,
    cel::{Kenmerken, place},
    dag::{OPEN, dag, datum, laatste_dag},
};

pub(super) fn van(state: &State) -> Feiten {
    let mut bouw = Bouw { register: &state.register, feiten: Feiten::default(), client: 0 };
    bouw.learn_register();
    let mut dossiers: Vec<&Dossier> = state.dossiers.values().collect();
    dossiers.sort_unstable_by_key(|it| it.client);
    for (client, dossier) in (0..).zip(dossiers) {
        bouw.client = client;
        bouw.dossier(dossier);
    }
    bouw.feiten
}

pub(super) struct Bouw<'a> {
    pub(super) register: &'a Register,
    pub(super) feiten: Feiten,
    client: u32,
}

/// A piece before it is put in its column.
#[derive(Clone, Copy)]
struct Stuk {
    van: i32,
    tot: i32,
    kenmerken: Kenmerken,
    inhoud: u32,
}

impl Bouw<'_> {
    /// Teams and wijken of the register come first, so that they have a cell when nothing is in it.
    fn learn_register(&mut self) {
        let Codes { teams, wijken, .. } = &mut self.feiten.codes;
        self.register.teams.keys().for_each(|it| _ = teams.leer(it));
        self.register.wijken.keys().for_each(|it| _ = wijken.leer(it));
    }

    fn dossier(&mut self, dossier: &Dossier) {
        self.voorzieningen(dossier);
        self.toewijzingen(dossier);
        self.afschalingen(dossier);
        for zaak in &dossier.zaken {
            self.zaak(dossier, zaak);
        }
    }

    fn voorzieningen(&mut self, dossier: &Dossier) {
        let mut stukken = Vec::new();
        for it in dossier.voorzieningen.iter().filter(|it| it.telt()) {
            let voorziening = &it.voorziening;
            let kenmerken = Kenmerken {
                team: self.team(it.team),
                aanbieder: self.aanbieder(voorziening.vorm),
                vorm: place(&Vorm::ALLE, &voorziening.vorm.into()),
                ..self.product(voorziening.product)
            };
            let inhoud = u32::try_from(self.feiten.inhoud.len()).unwrap_or(u32::MAX);
            self.feiten.inhoud.push(*voorziening);
            let (van, tot) =
                (dag(voorziening.geldig.van()), laatste_dag(voorziening.geldig.tot_en_met()));
            self.cut(dossier, Stuk { van, tot, kenmerken, inhoud }, &mut stukken);
            self.indicatie(dossier, it, kenmerken);
        }
        stukken.sort_by_key(|it| (it.van, it.tot));
        self.nieuw(&stukken);
        put(&mut self.feiten.voorzieningen, self.client, &stukken);
    }

    fn toewijzingen(&mut self, dossier: &Dossier) {
        let mut stukken = Vec::new();
        for it in dossier.toewijzingen.iter().filter(|it| it.telt()) {
            let opdracht = &it.opdracht;
            let team = opdracht.voorziening.and_then(|id| dossier.voorziening(id)?.team);
            let vorm = Leveringsvorm::Zin { aanbieder: Some(opdracht.aanbieder) };
            let kenmerken = Kenmerken {
                team: self.team(team),
                aanbieder: self.aanbieder(vorm),
                vorm: place(&Vorm::ALLE, &Vorm::Zin),
                ..self.product(opdracht.product)
            };
            let (van, tot) =
                (dag(opdracht.geldig.van()), laatste_dag(opdracht.geldig.tot_en_met()));
            self.cut(dossier, Stuk { van, tot, kenmerken, inhoud: 0 }, &mut stukken);
        }
        stukken.sort_by_key(|it| (it.van, it.tot));
        put(&mut self.feiten.toewijzingen, self.client, &stukken);
    }

    /// A decided provision; a right that was taken over from the former law was not decided here.
    fn indicatie(&mut self, dossier: &Dossier, it: &BeschikteVoorziening, kenmerken: Kenmerken) {
        if !matches!(it.herkomst, Herkomst::Overgangsrecht(_)) {
            let op = it.besloten_op;
            let kenmerken = self.where_and_age(dossier, op, kenmerken);
            let it = self.event(op, kenmerken);
            self.feiten.indicaties.push(it);
        }
    }

    /// Cuts where wijk or age group changes.
    fn cut(&mut self, dossier: &Dossier, whole: Stuk, out: &mut Vec<Stuk>) {
        let mut van = whole.van;
        loop {
            let op = datum(van);
            let kenmerken = self.where_and_age(dossier, op, whole.kenmerken);
            let next = next_change(dossier, op).map_or(OPEN, dag);
            let tot = if next > whole.tot || next == OPEN { whole.tot } else { next - 1 };
            match out.last_mut() {
                Some(last)
                    if last.inhoud == whole.inhoud
                        && last.kenmerken == kenmerken
                        && van > whole.van =>
                {
                    last.tot = tot;
                }
                _ => out.push(Stuk { van, tot, kenmerken, ..whole }),
            }
            if tot == whole.tot {
                return;
            }
            van = tot + 1;
        }
    }

    /// Each start after twelve months without any provision. `stukken` are in order of start.
    fn nieuw(&mut self, stukken: &[Stuk]) {
        let mut busy_until = i32::MIN;
        for start in stukken.chunk_by(|a, b| a.van == b.van) {
            let van = start[0].van;
            let year_before = dag(datum(van).saturating_sub(12.months()));
            if busy_until < year_before {
                let events = start.iter().map(|it| self.event(datum(van), it.kenmerken));
                let events: Vec<Gebeurtenis> = events.collect();
                self.feiten.nieuw.extend(events);
            }
            busy_until = start.iter().map(|it| it.tot).fold(busy_until, i32::max);
        }
    }

    fn zaak(&mut self, dossier: &Dossier, zaak: &Zaak) {
        let team = self.team_of(dossier, zaak);
        let team = self.team(team);
        let at = |bouw: &mut Self, op, kenmerken: Kenmerken| {
            let kenmerken = bouw.where_and_age(dossier, op, kenmerken);
            bouw.event(op, kenmerken)
        };
        let of_team = Kenmerken { team, ..Kenmerken::default() };
        let melding = at(self, zaak.melding.op, of_team);
        self.feiten.meldingen.push(melding);
        if let Some(intake) = zaak.intake {
            let it = at(self, intake.op, of_team);
            let reden = Afrondreden::van(intake.uitkomst);
            let soort = reden.map_or(0, |it| place(&Afrondreden::ALLE, &it));
            let kenmerken = Kenmerken { soort, ..it.kenmerken };
            self.feiten.intakes.push(Gebeurtenis { goed: reden.is_some(), kenmerken, ..it });
        }
        if let Onderzoek::Afgerond { op, .. } = zaak.onderzoek {
            let it = at(self, op, of_team);
            // Wmo 2015, art. 2.3.2 lid 1: six weeks from the melding.
            let goed = op <= onderzoek::uiterste_dag(zaak.melding.op);
            let dagen = it.dag - melding.dag;
            self.feiten.onderzoeken.push(Gebeurtenis { goed, dagen, ..it });
        }
        self.controles(dossier, zaak, of_team);
        for besluit in &zaak.beschikkingen {
            let decided_by = besluit.door.hoedanigheid().and_then(|it| it.team);
            let team = decided_by.map_or(team, |it| self.team(Some(it)));
            let uitkomst = place(&Uitkomstsoort::ALLE, &besluit.uitkomst.into());
            let it = at(self, besluit.op, Kenmerken { team, uitkomst, ..Kenmerken::default() });
            let goed = zaak.cta.oordelen.iter().any(|(op, ..)| *op <= besluit.op);
            self.feiten.beschikkingen.push(Gebeurtenis { goed, ..it });
        }
    }

    /// The team that investigates, else the one the intake passed it to, else that of the wijk.
    fn team_of(&self, dossier: &Dossier, zaak: &Zaak) -> Option<TeamId> {
        let passed_to = zaak.intake.and_then(|it| match it.uitkomst {
            IntakeUitkomst::NaarTeam(team) => Some(team),
            _ => None,
        });
        let op = zaak.melding.op;
        let wijk = || dossier.gegevens_op(op)?.wijk;
        let of_wijk = || self.register.team_van_wijk(wijk()?, op);
        zaak.onderzoek.team().or(passed_to).or_else(of_wijk)
    }

    pub(super) fn event(&self, op: Date, kenmerken: Kenmerken) -> Gebeurtenis {
        Gebeurtenis { dag: dag(op), client: self.client, dagen: 0, goed: false, kenmerken }
    }

    pub(super) fn where_and_age(
        &mut self,
        dossier: &Dossier,
        op: Date,
        it: Kenmerken,
    ) -> Kenmerken {
        let Some(facts) = dossier.gegevens_op(op) else { return it };
        let wijk = facts.wijk.map_or(0, |it| self.feiten.codes.wijken.leer(&it));
        let groep = facts.leeftijdsgroep(op);
        let leeftijdsgroep = groep.map_or(0, |it| place(&Leeftijdsgroep::ALLE, &it));
        Kenmerken { wijk, leeftijdsgroep, ..it }
    }

    pub(super) fn team(&mut self, team: Option<TeamId>) -> u16 {
        team.map_or(0, |it| self.feiten.codes.teams.leer(&it))
    }

    fn aanbieder(&mut self, vorm: Leveringsvorm) -> u16 {
        vorm.aanbieder().map_or(0, |it| self.feiten.codes.aanbieders.leer(&it))
    }

    pub(super) fn product(&mut self, keuze: Productkeuze) -> Kenmerken {
        let codes = &mut self.feiten.codes;
        let known = keuze.code().and_then(|it| self.register.producten.get(&it));
        let categorie = keuze.categorie();
        let sleutel = keuze.code().map(Sleutel::Product).or(categorie.map(Sleutel::Categorie));
        let groep = known.map(|it| it.groep.clone()).filter(|it| !it.is_empty());
        let zorgsoort = groep.or(categorie.map(|it| it.naam().to_owned()));
        if let (Some(sleutel), Some(zorgsoort)) = (&sleutel, &zorgsoort)
            && codes.producten.code(sleutel).is_none()
        {
            codes.groepen.insert(sleutel.tekst(), zorgsoort.clone());
        }
        Kenmerken {
            product: sleutel.map_or(0, |it| codes.producten.leer(&it)),
            zorgsoort: zorgsoort.map_or(0, |it| codes.zorgsoorten.leer(&it)),
            categorie: categorie.map_or(0, |it| it.nummer()),
            ..Kenmerken::default()
        }
    }
}

/// The first day after `op` on which wijk or age group may differ.
fn next_change(dossier: &Dossier, op: Date) -> Option<Date> {
    let facts = dossier.gegevens.iter().map(|(sinds, _)| *sinds).find(|it| *it > op);
    let birth = dossier.gegevens_op(op).and_then(|it| it.geboortejaar);
    let older = birth.and_then(|birth| {
        let years = [30, 45, 60, 75, 85].into_iter().filter_map(|age| birth.checked_add(age));
        let year = years.into_iter().find(|it| *it > op.year())?;
        Date::new(year, 1, 1).ok()
    });
    facts.into_iter().chain(older).min()
}

fn put(columns: &mut Stukken, client: u32, stukken: &[Stuk]) {
    for it in stukken {
        columns.client.push(client);
        columns.van.push(it.van);
        columns.tot.push(it.tot);
        columns.kenmerken.push(it.kenmerken);
        columns.inhoud.push(it.inhoud);
    }
}
