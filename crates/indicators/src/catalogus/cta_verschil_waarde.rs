#![doc = include_str!("cta_verschil_waarde.md")]

use domain::Bedrag;

use crate::{
    Dimensie, Eenheid, Indicator, Oordeelsoort, Soort, Waarde,
    bereken::{Bron, Punt},
    cel::place,
};

/// What the changes of the month made the orders worth more, over their whole term.
pub static CTA_VERSCHIL_WAARDE: Indicator = Indicator {
    naam: "cta_verschil_waarde",
    versie: 1,
    titel: "Verschil in waarde door het CTA-overleg",
    eenheid: Eenheid::Euro,
    soort: Soort::Stroom,
    telt: "gewijzigde oordelen",
    toelichting: include_str!("cta_verschil_waarde.md"),
    dimensies: &[Dimensie::Geen, Dimensie::Team, Dimensie::Wijk, Dimensie::Leeftijdsgroep],
    reken,
};

fn reken(bron: &Bron<'_>) -> Vec<Vec<Punt>> {
    let gewijzigd = place(&Oordeelsoort::ALLE, &Oordeelsoort::Gewijzigd);
    let mut sums = vec![vec![Som::default(); bron.venster.aantal()]; bron.cellen()];
    for it in &bron.feiten.oordelen {
        let kenmerken = &it.wanneer.kenmerken;
        if let Some(month) = bron.venster.maand(it.wanneer.dag)
            && kenmerken.soort == gewijzigd
            && bron.zeef.laat_door(kenmerken)
        {
            let som = &mut sums[usize::from(kenmerken.code(bron.per))][month];
            match it.eurocent {
                Some(eurocent) => {
                    som.eurocent += eurocent;
                    som.wijzigingen += 1;
                }
                None => som.zonder_prijs += 1,
            }
        }
    }
    sums.iter().map(|months| months.iter().map(Som::punt).collect()).collect()
}

#[derive(Clone, Copy, Default)]
struct Som {
    eurocent: i64,
    wijzigingen: u64,
    zonder_prijs: u64,
}

impl Som {
    /// A change of which the price is not known is told; it is not nothing.
    fn punt(&self) -> Punt {
        let (n, unknown) = (self.wijzigingen, self.zonder_prijs);
        let noot = (unknown > 0).then(|| {
            let word = if unknown == 1 { "wijziging" } else { "wijzigingen" };
            format!("Van {unknown} {word} is de prijs niet bekend. Die zit niet in dit bedrag.")
        });
        let waarde = match n {
            0 if unknown > 0 => Waarde::Onbekend("van geen enkele wijziging is de prijs bekend"),
            0 => Waarde::Onbekend("geen wijziging door het CTA-overleg in deze maand"),
            _ => Waarde::Bedrag(Bedrag(self.eurocent)),
        };
        Punt { waarde, n, noot }
    }
}
