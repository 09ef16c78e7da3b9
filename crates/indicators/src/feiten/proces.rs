//! Flattens the checks of the access: returns, proposals, judgements and steps down.

use std::collections::BTreeMap;

use domain::{
    Dossier, Eenheid, Frequentie, ProductCode, Voorziening, Zaak,
    cta::{CtaOordeel, CtaUitkomst},
    kosten,
    melding::{Kanaal, Melder},
    vervolg::Bestemming,
    voorstel::GedaanVoorstel,
};
use jiff::{ToSpan, civil::Date};

use super::{Gebeurtenis, Oordeel, bouw::Bouw};
use crate::{
    Afrondreden, Oordeelsoort,
    cel::{Kenmerken, place},
    dag::dag,
};

impl Bouw<'_> {
    /// The checks in one case; `of_team` says which team has it.
    pub(super) fn controles(&mut self, dossier: &Dossier, zaak: &Zaak, of_team: Kenmerken) {
        self.terugkeer(dossier, zaak, of_team);
        for gedaan in &zaak.voorstellen {
            self.voorstel(dossier, gedaan, of_team);
        }
        for (op, oordeel, over) in &zaak.cta.oordelen {
            self.oordeel(dossier, (*op, oordeel, over), of_team);
        }
    }

    /// A request that the intake settled: whether the client came back, and until when that counts.
    fn terugkeer(&mut self, dossier: &Dossier, zaak: &Zaak, of_team: Kenmerken) {
        let Some(intake) = zaak.intake else { return };
        let Some(reden) = Afrondreden::van(intake.uitkomst) else { return };
        let months = self.register.instellingen.terugkeer_maanden(intake.op);
        let until = intake.op.saturating_add(i32::from(months).months());
        let returns = dossier.zaken.iter().any(|it| {
            let melding = it.melding.melding;
            // The municipality's own letter about a renewal is not a client who comes back.
            let own = melding.kanaal == Kanaal::Brief && melding.melder == Melder::Gemeente;
            it.id != zaak.id && !own && it.melding.op > intake.op && it.melding.op <= until
        });
        let kenmerken = Kenmerken { soort: place(&Afrondreden::ALLE, &reden), ..of_team };
        let kenmerken = self.where_and_age(dossier, intake.op, kenmerken);
        let it = self.event(intake.op, kenmerken);
        let dagen = dag(until) - it.dag;
        self.feiten.terugkeer.push(Gebeurtenis { goed: returns, dagen, ..it });
    }

    /// A proposal with a volume that can be held against a norm; `goed` where it lies above it.
    fn voorstel(&mut self, dossier: &Dossier, gedaan: &GedaanVoorstel, of_team: Kenmerken) {
        let Some(kader) = self.register.kader_op(gedaan.op) else { return };
        let held = |it: &Voorziening| {
            let (norm, omvang) = (kader.norm(it.product.code()?)?, it.omvang?);
            (norm.frequentie == omvang.frequentie).then_some(omvang.volume > norm.tot)
        };
        let above: Vec<bool> = gedaan.voorstel.voorzieningen.iter().filter_map(held).collect();
        if !above.is_empty() {
            let kenmerken = self.where_and_age(dossier, gedaan.op, of_team);
            let it = self.event(gedaan.op, kenmerken);
            self.feiten.voorstellen.push(Gebeurtenis { goed: above.contains(&true), ..it });
        }
    }

    fn oordeel(
        &mut self,
        dossier: &Dossier,
        (op, oordeel, over): (Date, &CtaOordeel, &GedaanVoorstel),
        of_team: Kenmerken,
    ) {
        let soort = place(&Oordeelsoort::ALLE, &Oordeelsoort::from(&oordeel.uitkomst));
        let kenmerken = self.where_and_age(dossier, op, Kenmerken { soort, ..of_team });
        let mut it = self.event(op, kenmerken);
        it.dagen = it.dag - dag(over.op);
        let (mut eurocent, mut omvang_lager) = (None, None);
        if let CtaUitkomst::Gewijzigd { voorzieningen, .. } = &oordeel.uitkomst {
            let (before, after) = (&over.voorstel.voorzieningen, voorzieningen);
            eurocent = self.waarde(after).zip(self.waarde(before)).map(|(a, b)| a - b);
            omvang_lager = lower(before, after);
        }
        self.feiten.oordelen.push(Oordeel { wanneer: it, eurocent, omvang_lager });
    }

    /// The value over the whole term in eurocents; `None` where a price is not known.
    fn waarde(&self, all: &[Voorziening]) -> Option<i64> {
        let values = all.iter().map(|it| kosten::waarde_over_looptijd(self.register, it));
        values.map(|it| it.map(|it| it.0)).sum()
    }

    /// The steps down after the grants of a client.
    pub(super) fn afschalingen(&mut self, dossier: &Dossier) {
        for known in dossier.voorzieningen.iter().filter(|it| it.telt()) {
            for (op, step, _) in &known.vervolg.afschalingen {
                let kenmerken = Kenmerken {
                    soort: place(&Bestemming::ALLE, &step.naar),
                    team: self.team(known.team),
                    ..self.product(known.voorziening.product)
                };
                let kenmerken = self.where_and_age(dossier, *op, kenmerken);
                let it = self.event(*op, kenmerken);
                self.feiten.afschalingen.push(it);
            }
        }
    }
}

/// Whether less was advised than proposed: of nothing more, of something less. `None` where the
/// volumes are the same, or cannot be compared.
fn lower(before: &[Voorziening], after: &[Voorziening]) -> Option<bool> {
    type Key = (Option<ProductCode>, Eenheid, Frequentie);
    let mut change: BTreeMap<Key, i64> = BTreeMap::new();
    for (sign, all) in [(-1, before), (1, after)] {
        for it in all {
            let omvang = it.omvang?;
            let key = (it.product.code(), omvang.eenheid, omvang.frequentie);
            *change.entry(key).or_default() += sign * i64::from(omvang.volume);
        }
    }
    let (less, more) = (change.values().any(|it| *it < 0), change.values().any(|it| *it > 0));
    (less != more).then_some(less)
}
