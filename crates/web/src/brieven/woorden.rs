//! Sentences that more than one letter has.

use domain::{Leveringsvorm, Voorziening, besluit::Afwijzingsgrond, voorziening::TijdelijkeGrond};
use jiff::civil::Date;
use reports::brief::{Brief, Deel};

use super::{bron::Bron, geen::GeenBrief};
use crate::{
    datum,
    namen::{omvang, periode},
};

/// Where to turn with a question.
pub(super) fn vragen(brief: &mut Brief, bron: &Bron<'_>) -> Result<(), GeenBrief> {
    let (_, gegevens) = bron.gemeente()?;
    let mail = match gegevens.email.as_str() {
        "" => String::new(),
        mail => format!(" of mail naar {mail}"),
    };
    brief.kop("Heeft u vragen?");
    brief.alinea(format!(
        "Bel dan {}{mail}. Noem daarbij ons kenmerk: zaak {}.",
        gegevens.telefoon, bron.zaak.id
    ));
    Ok(())
}

/// Free support by somebody independent. Wmo 2015, art. 2.2.4 and 2.3.2 lid 3.
pub(super) fn ondersteuning(brief: &mut Brief, bron: &Bron<'_>) -> Result<(), GeenBrief> {
    let (_, gegevens) = bron.gemeente()?;
    brief.kop("Wilt u dat iemand met u meedenkt?");
    brief.alinea(format!(
        "U kunt gratis hulp krijgen van een cliëntondersteuner. Die werkt niet voor de gemeente en \
         kijkt alleen naar wat goed is voor u (Wmo 2015, artikelen 2.2.4 en 2.3.2, derde lid). Ook \
         uw mantelzorger kan daar terecht. U vindt de cliëntondersteuning hier: {}.",
        gegevens.clientondersteuning.trim_end_matches('.')
    ));
    Ok(())
}

/// How and until when to object. Awb, art. 3:45, 6:4 to 6:8 and 8:81.
pub(super) fn bezwaar(brief: &mut Brief, bron: &Bron<'_>, tot: Date) -> Result<(), GeenBrief> {
    let (gemeente, gegevens) = bron.gemeente()?;
    brief.kop("Bent u het niet eens met dit besluit?");
    brief.alinea(format!(
        "Bel ons gerust; vaak kunnen wij het besluit uitleggen. U kunt ook bezwaar maken. Dat kan \
         tot en met {}: zes weken na de dag waarop wij deze brief versturen (Awb, artikelen 6:7 en \
         6:8). Stuur uw brief naar:",
        datum::lang(tot)
    ));
    brief.alinea(format!(
        "College van burgemeester en wethouders van {gemeente}\n{}\n{}",
        gegevens.adres, gegevens.plaats
    ));
    brief.alinea("Zet in uw brief (Awb, artikel 6:5):");
    brief.deel(Deel::Lijst(vec![
        "uw naam en adres;".to_owned(),
        "de datum;".to_owned(),
        format!("tegen welk besluit u bezwaar maakt: zaak {};", bron.zaak.id),
        "waarom u het er niet mee eens bent;".to_owned(),
        "uw handtekening.".to_owned(),
    ]));
    brief.alinea(
        "Bezwaar maken is gratis. Het besluit geldt ook als u bezwaar maakt. Kunt u niet wachten op \
         de beslissing op uw bezwaar? Vraag dan de voorzieningenrechter van de rechtbank om een \
         voorlopige voorziening (Awb, artikel 8:81). Daarvoor betaalt u griffierecht.",
    );
    Ok(())
}

/// What was granted, in a table. A decision names nature, size and duration.
pub(super) fn toegekend(bron: &Bron<'_>, all: &[&Voorziening]) -> Deel {
    let namen = bron.namen();
    let row = |it: &&Voorziening| {
        let vorm = match it.vorm {
            Leveringsvorm::Zin { aanbieder: Some(id) } => {
                format!("zorg in natura, door {}", namen.aanbieder(id))
            }
            Leveringsvorm::Zin { aanbieder: None } => {
                "zorg in natura, aanbieder nog te kiezen".to_owned()
            }
            Leveringsvorm::Pgb { jaarbedrag } => {
                format!("persoonsgebonden budget (pgb): {jaarbedrag} per vol jaar")
            }
        };
        let much = it.omvang.map_or_else(|| "zie het budget".to_owned(), omvang);
        vec![namen.product(&it.product), much, vorm, periode(it.geldig)]
    };
    let kop = ["Ondersteuning", "Hoeveel", "Hoe", "Van en tot"].map(str::to_owned).to_vec();
    Deel::Tabel { kop, rijen: all.iter().map(row).collect() }
}

/// Why a grant is only a bridge.
pub(super) const fn tijdelijk(it: TijdelijkeGrond) -> &'static str {
    match it {
        TijdelijkeGrond::WachtlijstAlgemeneVoorziening => {
            "Deze ondersteuning is tijdelijk. U kunt daarna terecht bij een algemene voorziening, \
             maar daar is nu nog een wachtlijst."
        }
        TijdelijkeGrond::Spoed => {
            "Deze ondersteuning is tijdelijk, omdat uw situatie niet kon wachten (Wmo 2015, \
             artikel 2.3.3). Na het onderzoek nemen wij een besluit voor de langere tijd."
        }
    }
}

/// Why support is refused, with the article.
pub(super) const fn afwijzing(grond: Afwijzingsgrond) -> &'static str {
    match grond {
        Afwijzingsgrond::EigenKracht => {
            "U kunt zelf iets doen aan de problemen waarvoor u hulp vroeg (Wmo 2015, artikel 2.3.5, \
             derde lid: eigen kracht)."
        }
        Afwijzingsgrond::AlgemeenGebruikelijk => {
            "Wat u nodig heeft, is gewoon te koop en voor u te betalen (Wmo 2015, artikel 2.3.5, \
             derde lid: algemeen gebruikelijke voorziening)."
        }
        Afwijzingsgrond::GebruikelijkeHulp => {
            "De mensen met wie u samenwoont, kunnen u deze hulp geven. Dat mag van hen worden \
             verwacht (Wmo 2015, artikel 2.3.5, derde lid: gebruikelijke hulp)."
        }
        Afwijzingsgrond::MantelzorgOfNetwerk => {
            "Mensen om u heen kunnen u deze hulp geven (Wmo 2015, artikel 2.3.5, derde lid: \
             mantelzorg en sociaal netwerk)."
        }
        Afwijzingsgrond::AlgemeneVoorziening => {
            "U kunt terecht bij een algemene voorziening. Daarvoor heeft u ons besluit niet nodig \
             (Wmo 2015, artikel 2.3.5, derde lid)."
        }
        Afwijzingsgrond::AndereWet => {
            "Een andere wet regelt de hulp die u nodig heeft. Die gaat voor op de Wmo (Wmo 2015, \
             artikel 2.3.5, vijfde en zesde lid)."
        }
        Afwijzingsgrond::GeenIngezetene => {
            "U woont niet in onze gemeente. De gemeente waar u woont, beslist over ondersteuning \
             (Wmo 2015, artikel 2.3.5, eerste lid)."
        }
    }
}
