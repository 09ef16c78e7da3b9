//! What a `ToegewezenProduct` asks: a provision taken over, an allocation given or changed.

use domain::{
    AanbiederId, Dossier, DossierCommand, Gemeentecode, Leveringsvorm, ToewijzingNummer,
    Voorziening,
    toewijzing::{Hoeveelheid, Opdracht, RedenWijziging, Toewijzing, Toewijzingstatus},
    voorziening::{BeschikteVoorziening, EindeReden, Herkomst},
};
use jiff::civil::Date;

use crate::{
    iwmo::{
        code,
        plan::{IMPORT, Maker},
        vertaal::Client,
        vertaal::Partijen,
        vertaal::toewijzing::ToegewezenProduct,
    },
    kenmerk,
};

/// Plans one product of message 301.
pub(super) fn plan(
    maker: &mut Maker<'_>,
    header: &Partijen,
    client: &Client,
    product: &ToegewezenProduct,
) {
    let nummer = product.toewijzingnummer;
    if of_another(maker, nummer) {
        return;
    }
    let on = product.toewijzingsdatum;
    let aanbieder = maker.aanbieder(header.aanbieder, header.dagtekening);
    match maker.dossier.and_then(|it| it.toewijzing(nummer)) {
        None => {
            maker.gegevens(client, on);
            let it = Nieuw { gemeente: header.gemeente, nummer, aanbieder, on };
            let opdracht = order(product, aanbieder);
            let voorziening = it.plan(maker, opdracht);
            if let Some(reden) = product.reden_wijziging {
                change(maker, product, reden);
                if let Some(command) = last_word(voorziening, product, reden) {
                    maker.ask(on, IMPORT, command);
                }
            }
        }
        Some(known) => plan_known(maker, known, product, aanbieder),
    }
}

/// Whether an allocation belongs to another client; that is listed.
pub(super) fn of_another(maker: &mut Maker<'_>, nummer: ToewijzingNummer) -> bool {
    let owner = maker.state.client_van_toewijzing(nummer);
    let other = owner.is_some() && owner != maker.client;
    if other {
        let text = format!("toewijzing {} hoort bij een andere cliënt", nummer.0);
        maker.refuse(code::TOEWIJZING_ANDERE_CLIENT, text);
    }
    other
}

/// An allocation that is not known here yet.
pub(super) struct Nieuw {
    /// Whose number it is.
    pub(super) gemeente: Gemeentecode,
    /// Its number.
    pub(super) nummer: ToewijzingNummer,
    /// Who delivers.
    pub(super) aanbieder: AanbiederId,
    /// The day it was given.
    pub(super) on: Date,
}

impl Nieuw {
    /// Takes over the provision that the allocation implies, and gives the allocation.
    pub(super) fn plan(&self, maker: &mut Maker<'_>, opdracht: Opdracht) -> domain::VoorzieningId {
        let kenmerk = kenmerk(&["iwmo", self.gemeente.as_str(), &self.nummer.0.to_string()]);
        let known = maker.dossier.into_iter().flat_map(|it| &it.voorzieningen);
        let known = known.into_iter().find(|it| it.herkomst.kenmerk() == Some(kenmerk));
        let id = known.map_or_else(|| maker.next_voorziening(), |it| it.id);
        let voorziening = Voorziening {
            product: opdracht.product,
            vorm: Leveringsvorm::Zin { aanbieder: Some(self.aanbieder) },
            omvang: volume(opdracht.hoeveelheid),
            geldig: opdracht.geldig,
            tijdelijk: None,
        };
        let herkomst = Herkomst::Bericht(kenmerk);
        let take_over = DossierCommand::NeemVoorzieningOver { voorziening, team: None, herkomst };
        maker.ask(self.on, IMPORT, take_over);
        let opdracht = Opdracht { voorziening: Some(id), ..opdracht };
        let nummer = self.nummer;
        maker.ask(self.on, IMPORT, DossierCommand::VerstrekToewijzing { nummer, opdracht });
        id
    }
}

fn order(product: &ToegewezenProduct, aanbieder: AanbiederId) -> Opdracht {
    Opdracht {
        voorziening: None,
        aanbieder,
        product: product.product,
        hoeveelheid: product.hoeveelheid,
        geldig: product.geldig,
    }
}

fn volume(hoeveelheid: Hoeveelheid) -> Option<domain::Omvang> {
    match hoeveelheid {
        Hoeveelheid::Omvang(omvang) => Some(omvang),
        Hoeveelheid::Budget(_) | Hoeveelheid::Open => None,
    }
}

/// Changes a known allocation, unless this version is known or older. iWmo OP080, OP087.
fn plan_known(
    maker: &mut Maker<'_>,
    known: &Toewijzing,
    product: &ToegewezenProduct,
    aanbieder: AanbiederId,
) {
    let asked = order(product, aanbieder);
    let opdracht = &known.opdracht;
    let same_order = (opdracht.aanbieder, opdracht.product, opdracht.geldig.van())
        == (asked.aanbieder, asked.product, asked.geldig.van());
    if !same_order {
        let text = format!(
            "toewijzing {} is bekend met een ander product, een andere aanbieder of een andere \
             ingangsdatum; daarvoor is een nieuw nummer nodig (OP033x1)",
            known.nummer.0
        );
        maker.refuse(code::TOEWIJZING_ANDERS, text);
        return;
    }
    if is_known_or_older(known, product) {
        return;
    }
    let reden = product.reden_wijziging.unwrap_or(RedenWijziging::AdministratieveCorrectie);
    change(maker, product, reden);
    let voorziening = maker.dossier.and_then(|it| implied(it, known));
    for command in voorziening.into_iter().flat_map(|it| follow(it, product, reden)) {
        maker.ask(product.toewijzingsdatum, IMPORT, command);
    }
}

/// Whether the message says nothing that is not known already.
fn is_known_or_older(known: &Toewijzing, product: &ToegewezenProduct) -> bool {
    let opdracht = &known.opdracht;
    let same = opdracht.geldig == product.geldig && opdracht.hoeveelheid == product.hoeveelheid;
    let same_reason = product
        .reden_wijziging
        .is_none_or(|it| known.status == Toewijzingstatus::Gewijzigd(it) || removed(known, it));
    if same && same_reason {
        return true;
    }
    // What a start report taught us has no quantity; then any version tells more.
    let only_reported =
        opdracht.hoeveelheid == Hoeveelheid::Open && product.hoeveelheid != Hoeveelheid::Open;
    let first_version = product.reden_wijziging.is_none();
    let changed = known.status != Toewijzingstatus::Verstrekt;
    !only_reported
        && (product.toewijzingsdatum < known.toegewezen_op
            || (product.toewijzingsdatum == known.toegewezen_op && first_version && changed))
}

fn removed(known: &Toewijzing, reden: RedenWijziging) -> bool {
    !known.telt() && reden == RedenWijziging::Verwijderd
}

fn change(maker: &mut Maker<'_>, product: &ToegewezenProduct, reden: RedenWijziging) {
    let nummer = product.toewijzingnummer;
    let known = maker.dossier.and_then(|it| it.toewijzing(nummer));
    let changed = known.is_some_and(|it| it.opdracht.hoeveelheid != product.hoeveelheid);
    let (omvang, budget) = match product.hoeveelheid {
        Hoeveelheid::Omvang(omvang) if changed => (Some(omvang), None),
        Hoeveelheid::Budget(budget) if changed => (None, Some(budget)),
        _ => (None, None),
    };
    let tot_en_met = product.geldig.tot_en_met();
    let command = DossierCommand::WijzigToewijzing { nummer, reden, tot_en_met, omvang, budget };
    maker.ask(product.toewijzingsdatum, IMPORT, command);
}

/// The provision that exists only because of this allocation. A decided one does not follow it.
fn implied<'d>(dossier: &'d Dossier, known: &Toewijzing) -> Option<&'d BeschikteVoorziening> {
    let voorziening = dossier.voorziening(known.opdracht.voorziening?)?;
    let implied = matches!(voorziening.herkomst, Herkomst::Bericht(_));
    (implied && voorziening.telt()).then_some(voorziening)
}

/// How an implied provision follows its allocation.
fn follow(
    known: &BeschikteVoorziening,
    product: &ToegewezenProduct,
    reden: RedenWijziging,
) -> Vec<DossierCommand> {
    let id = known.id;
    if let Some(command) = last_word(id, product, reden) {
        return vec![command];
    }
    let end = product.geldig.tot_en_met();
    let was = known.voorziening.geldig;
    let shorter = end.filter(|it| *it < was.einde());
    let omvang = volume(product.hoeveelheid);
    let geldig = if shorter.is_some() { was } else { product.geldig };
    let voorziening = Voorziening { omvang, geldig, ..known.voorziening };
    let mut commands = Vec::new();
    if voorziening != known.voorziening {
        commands.push(DossierCommand::CorrigeerVoorziening { id, voorziening });
    }
    if let Some(per) = shorter {
        let reden = EindeReden::Vervangen;
        commands.push(match product.reden_wijziging {
            // A slip that is repaired is no end.
            None | Some(RedenWijziging::AdministratieveCorrectie) => {
                let voorziening = Voorziening { geldig: product.geldig, ..voorziening };
                DossierCommand::CorrigeerVoorziening { id, voorziening }
            }
            Some(_) => DossierCommand::BeeindigVoorziening { id, per, reden },
        });
    }
    commands
}

/// What a reason says about the provision, whatever was known of it: removed, died, moved.
fn last_word(
    id: domain::VoorzieningId,
    product: &ToegewezenProduct,
    reden: RedenWijziging,
) -> Option<DossierCommand> {
    let einde = match reden {
        RedenWijziging::Verwijderd => {
            return Some(DossierCommand::LaatVoorzieningVervallen { id });
        }
        RedenWijziging::Overleden => EindeReden::Overlijden,
        RedenWijziging::Verhuizing => EindeReden::Verhuizing,
        _ => return None,
    };
    let per = product.geldig.tot_en_met()?;
    Some(DossierCommand::BeeindigVoorziening { id, per, reden: einde })
}
