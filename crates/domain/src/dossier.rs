//! The dossier of one client: everything that happened between client and municipality, folded.

use jiff::civil::Date;

use crate::{
    Actor, ClientId, Clientgegevens, DossierCommand, DossierEvent, Omstandigheid, Refusal, State,
    ToewijzingNummer, Voorziening, VoorzieningId, Zaak, ZaakId, besluit,
    bezwaar::Rechtsgang,
    declaratie,
    declaratie::Prestatie,
    intake, levering,
    levering::Leverperiode,
    melding::{self, OntvangenMelding},
    onderzoek::{self, Onderzoek},
    ontvangst, overname,
    sluiting::{self, Sluiting},
    stapregels,
    termijn::{self, Opschorting},
    toewijzing::{self, Hoeveelheid, RedenWijziging, Toewijzing, Toewijzingstatus},
    vervolg::{self, Vervolg},
    voorziening::{self, BeschikteVoorziening, Herkomst, Voorzieningstatus},
    zaak::Verslag,
};

/// What is known of one client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dossier {
    /// The client.
    pub client: ClientId,
    /// How many events the dossier has.
    pub version: u32,
    /// The coarse facts from each day on, oldest first.
    pub gegevens: Vec<(Date, Clientgegevens)>,
    /// Whether the client is shielded, from each day on, oldest first.
    pub afscherming: Vec<(Date, bool)>,
    /// The cases, in order of opening.
    pub zaken: Vec<Zaak>,
    /// The provisions, in order of recording.
    pub voorzieningen: Vec<BeschikteVoorziening>,
    /// The allocations, in order of recording.
    pub toewijzingen: Vec<Toewijzing>,
    /// The billed lines, in order of recording.
    pub prestaties: Vec<Prestatie>,
}

impl Dossier {
    /// A dossier in which nothing happened yet.
    pub fn new(client: ClientId) -> Dossier {
        Dossier {
            client,
            version: 0,
            gegevens: Vec::new(),
            afscherming: Vec::new(),
            zaken: Vec::new(),
            voorzieningen: Vec::new(),
            toewijzingen: Vec::new(),
            prestaties: Vec::new(),
        }
    }

    /// The coarse facts on a day; before the first day known, those of that first day.
    pub fn gegevens_op(&self, op: Date) -> Option<&Clientgegevens> {
        let known = self.gegevens.iter().rev().find(|(sinds, _)| *sinds <= op);
        known.or(self.gegevens.first()).map(|(_, it)| it)
    }

    /// Whether the client is shielded on a day: no letter, message or export leaves. iWmo OP003.
    pub fn afgeschermd_op(&self, op: Date) -> bool {
        self.afscherming.iter().rev().find(|(sinds, _)| *sinds <= op).is_some_and(|(_, it)| *it)
    }

    /// The case with this number.
    pub fn zaak(&self, id: ZaakId) -> Option<&Zaak> {
        self.zaken.iter().find(|it| it.id == id)
    }

    /// The provision with this key.
    pub fn voorziening(&self, id: VoorzieningId) -> Option<&BeschikteVoorziening> {
        self.voorzieningen.iter().find(|it| it.id == id)
    }

    /// The allocation with this number.
    pub fn toewijzing(&self, nummer: ToewijzingNummer) -> Option<&Toewijzing> {
        self.toewijzingen.iter().find(|it| it.nummer == nummer)
    }

    /// The provisions that hold on a day.
    pub fn voorzieningen_op(&self, op: Date) -> impl Iterator<Item = &BeschikteVoorziening> {
        self.voorzieningen.iter().filter(move |it| it.telt() && it.voorziening.geldig.bevat(op))
    }

    pub(crate) fn open_zaak(&self, id: ZaakId) -> Result<&Zaak, Refusal> {
        let zaak = self.zaak(id).ok_or(Refusal::ZaakOnbekend(id))?;
        if zaak.sluiting.is_some() { Err(Refusal::ZaakGesloten(id)) } else { Ok(zaak) }
    }

    pub(crate) fn next_voorziening(&self) -> VoorzieningId {
        VoorzieningId(self.voorzieningen.iter().map(|it| it.id.0).max().unwrap_or(0) + 1)
    }
}

/// What happened, with the day it happened and who did it.
pub(crate) type Stap = (Date, Actor, DossierEvent);

/// Answers a command to a dossier. Each rule lives with the legal noun it is about.
pub(crate) fn decide(
    state: &State,
    dossier: &Dossier,
    command: &DossierCommand,
    bij: &Omstandigheid,
) -> Result<Vec<Stap>, Refusal> {
    use DossierCommand as C;
    let news = match *command {
        C::StelGegevensVast(it) => melding::stel_gegevens_vast(state, dossier, it, bij),
        C::OntvangMelding { zaak, kanaal, melder, spoed } => {
            melding::ontvang(state, dossier, zaak, (kanaal, melder, spoed), bij)
        }
        C::RondIntakeAf { zaak, uitkomst } => intake::rond_af(state, dossier, zaak, uitkomst, bij),
        C::StartOnderzoek { zaak, team } => onderzoek::start(dossier, zaak, team, bij),
        C::RondOnderzoekAf { zaak } => onderzoek::rond_af(dossier, zaak, bij),
        C::VerzendVerslag { zaak } => onderzoek::verzend_verslag(dossier, zaak, bij),
        C::OntvangAanvraag { zaak } => onderzoek::ontvang_aanvraag(dossier, zaak, bij),
        C::ZetStap { zaak, ref stap } => stapregels::zet(state, dossier, zaak, stap, bij),
        C::ZetVervolg { voorziening, stap } => vervolg::zet(dossier, voorziening, stap, bij),
        C::SchermAf { afgeschermd } => ontvangst::scherm_af(dossier, afgeschermd, bij),
        C::SchortTermijnOp { zaak, grond } => termijn::schort_op(dossier, zaak, grond, bij),
        C::HervatTermijn { zaak } => termijn::hervat(dossier, zaak, bij),
        C::GeefBeschikking { zaak, uitkomst, ref voorzieningen, afwijking } => {
            besluit::geef(state, dossier, zaak, (uitkomst, voorzieningen, afwijking), bij)
        }
        C::NeemZaakOver(ref it) => return overname::neem_over(state, dossier, it, bij),
        C::NeemVoorzieningOver { voorziening, team, herkomst } => {
            voorziening::neem_over(dossier, voorziening, team, herkomst)
        }
        C::CorrigeerVoorziening { id, voorziening } => {
            voorziening::corrigeer(dossier, id, voorziening)
        }
        C::BeeindigVoorziening { id, per, reden } => {
            voorziening::beeindig(state, dossier, (id, per, reden), bij)
        }
        C::LaatVoorzieningVervallen { id } => voorziening::laat_vervallen(dossier, id),
        C::VerstrekToewijzing { nummer, opdracht } => {
            toewijzing::verstrek(state, dossier, nummer, opdracht)
        }
        C::WijzigToewijzing { nummer, reden, tot_en_met, omvang, budget } => {
            toewijzing::wijzig(dossier, nummer, reden, (tot_en_met, omvang, budget))
        }
        C::MeldStart { toewijzing } => levering::meld_start(dossier, toewijzing, bij.on),
        C::VerwijderStart { toewijzing, begin } => {
            levering::verwijder_gemelde_start(dossier, toewijzing, begin)
        }
        C::MeldStop { toewijzing, begin, reden } => {
            levering::meld_stop(dossier, toewijzing, begin, reden, bij.on)
        }
        C::VerwijderStop { toewijzing, begin } => {
            levering::verwijder_gemelde_stop(dossier, toewijzing, begin)
        }
        C::Declareer(it) => declaratie::declareer(dossier, it),
        C::SluitZaak { zaak, reden } => sluiting::sluit(dossier, zaak, reden, bij),
    };
    Ok(news?.into_iter().map(|it| (bij.on, bij.actor, it)).collect())
}

/// Folds what happened into what is known. Cannot fail.
impl Dossier {
    /// Folds in one event of this day.
    pub fn apply(&mut self, on: Date, actor: Actor, event: &DossierEvent) {
        use DossierEvent as E;
        match *event {
            E::GegevensVastgesteld(it) => {
                self.gegevens.retain(|(day, _)| *day != on);
                let at = self.gegevens.partition_point(|(day, _)| *day < on);
                self.gegevens.insert(at, (on, it));
            }
            E::AfschermingVastgesteld { afgeschermd } => {
                self.afscherming.retain(|(day, _)| *day != on);
                let at = self.afscherming.partition_point(|(day, _)| *day < on);
                self.afscherming.insert(at, (on, afgeschermd));
            }
            E::VervolgGezet { voorziening, stap } => {
                self.change(voorziening, |it| it.vervolg.apply(on, actor, stap));
            }
            E::MeldingOntvangen { zaak, melding } => {
                let ontvangen = OntvangenMelding { op: on, melding, door: actor };
                self.zaken.push(Zaak::new(zaak, ontvangen));
            }
            E::VoorzieningOvergenomen { id, voorziening, team, herkomst } => {
                self.grant(id, voorziening, (on, actor, team, herkomst));
            }
            E::VoorzieningGecorrigeerd { id, voorziening } => {
                self.change(id, |it| it.voorziening = voorziening);
            }
            E::VoorzieningBeeindigd { id, per, reden } => self.change(id, |it| {
                let geldig = it.voorziening.geldig;
                it.voorziening.geldig = geldig.met_einde(Some(per)).unwrap_or(geldig);
                it.status = Voorzieningstatus::Beeindigd(reden);
            }),
            E::VoorzieningVervallen { id } => {
                self.change(id, |it| it.status = Voorzieningstatus::Vervallen);
            }
            E::ToewijzingVerstrekt { .. }
            | E::ToewijzingGewijzigd { .. }
            | E::LeveringGestart { .. }
            | E::LeveringStartVerwijderd { .. }
            | E::LeveringGestopt { .. }
            | E::LeveringStopVerwijderd { .. } => self.apply_order(on, event),
            E::PrestatieGedeclareerd(it) => self.prestaties.push(it),
            E::BeschikkingAfgegeven { zaak, uitkomst, ref voorzieningen } => {
                let team = actor.hoedanigheid().and_then(|it| it.team);
                for (id, it) in voorzieningen {
                    self.grant(*id, *it, (on, actor, team, Herkomst::Besluit(zaak)));
                }
                let voorzieningen = voorzieningen.iter().map(|(id, _)| *id).collect();
                let it = besluit::Beschikking {
                    op: on,
                    uitkomst,
                    voorzieningen,
                    door: actor,
                    afwijking: None,
                    rechtsgang: Rechtsgang::default(),
                };
                self.step(zaak, |zaak| zaak.beschikkingen.push(it));
            }
            _ => self.apply_step(on, actor, event),
        }
    }

    /// The steps of a case.
    fn apply_step(&mut self, on: Date, actor: Actor, event: &DossierEvent) {
        use DossierEvent as E;
        match *event {
            E::StapGezet { zaak, ref stap } => {
                self.step(zaak, |it| stapregels::apply(it, on, actor, stap));
            }
            E::IntakeAfgerond { zaak, uitkomst } => self.step(zaak, |it| {
                it.intake = Some(intake::Intake { op: on, uitkomst, door: actor });
            }),
            E::OnderzoekGestart { zaak, team } => self.step(zaak, |it| {
                it.onderzoek = Onderzoek::Lopend { sinds: on, team };
            }),
            E::OnderzoekAfgerond { zaak } => self.step(zaak, |it| {
                let (sinds, team) = match it.onderzoek {
                    Onderzoek::Geen => (on, None),
                    Onderzoek::Lopend { sinds, team } | Onderzoek::Afgerond { sinds, team, .. } => {
                        (sinds, team)
                    }
                };
                it.onderzoek = Onderzoek::Afgerond { sinds, team, op: on, door: actor };
            }),
            E::VerslagVerzonden { zaak, versie } => self.step(zaak, |it| {
                it.verslag = Some(Verslag { verzonden_op: on, versie, door: actor });
            }),
            E::AanvraagOntvangen { zaak } => self.step(zaak, |it| it.aanvraag = Some(on)),
            E::TermijnOpgeschort { zaak, grond } => self.step(zaak, |it| {
                it.opschortingen.push(Opschorting::Lopend { sinds: on, grond });
            }),
            E::TermijnHervat { zaak } => self.step(zaak, |it| {
                if let Some(last) = it.opschortingen.last_mut()
                    && let Opschorting::Lopend { sinds, grond } = *last
                {
                    *last = Opschorting::Voorbij { sinds, tot_en_met: on, grond };
                }
            }),
            E::ZaakGesloten { zaak, reden } => self.step(zaak, |it| {
                it.sluiting = Some(Sluiting { op: on, reden, door: actor });
            }),
            _ => {}
        }
    }

    /// Orders and their delivery.
    fn apply_order(&mut self, on: Date, event: &DossierEvent) {
        use DossierEvent as E;
        match *event {
            E::ToewijzingVerstrekt { nummer, opdracht } => self.toewijzingen.push(Toewijzing {
                nummer,
                opdracht,
                toegewezen_op: on,
                status: Toewijzingstatus::Verstrekt,
                levering: levering::Levering::NietGestart,
            }),
            E::ToewijzingGewijzigd { nummer, reden, tot_en_met, omvang, budget } => {
                self.order(nummer, |it| {
                    let geldig = it.opdracht.geldig;
                    it.opdracht.geldig = geldig.met_einde(tot_en_met).unwrap_or(geldig);
                    if let Some(omvang) = omvang {
                        it.opdracht.hoeveelheid = Hoeveelheid::Omvang(omvang);
                    }
                    if let Some(budget) = budget {
                        it.opdracht.hoeveelheid = Hoeveelheid::Budget(budget);
                    }
                    it.toegewezen_op = on;
                    it.status = match reden {
                        RedenWijziging::Verwijderd => Toewijzingstatus::Verwijderd,
                        other => Toewijzingstatus::Gewijzigd(other),
                    };
                });
            }
            E::LeveringGestart { toewijzing } => {
                self.order(toewijzing, |it| it.levering.start(on));
            }
            E::LeveringStartVerwijderd { toewijzing, begin } => {
                self.order(toewijzing, |it| it.levering.verwijder_start(begin));
            }
            E::LeveringGestopt { toewijzing, begin, reden } => self.order(toewijzing, |it| {
                it.levering.stop(Leverperiode { van: begin, tot_en_met: on, reden });
            }),
            E::LeveringStopVerwijderd { toewijzing, begin } => {
                self.order(toewijzing, |it| it.levering.verwijder_stop(begin));
            }
            _ => {}
        }
    }

    fn grant(
        &mut self,
        id: VoorzieningId,
        voorziening: Voorziening,
        (besloten_op, door, team, herkomst): (Date, Actor, Option<crate::TeamId>, Herkomst),
    ) {
        let status = Voorzieningstatus::Loopt;
        self.voorzieningen.push(BeschikteVoorziening {
            id,
            voorziening,
            besloten_op,
            team,
            door,
            herkomst,
            status,
            vervolg: Vervolg::default(),
        });
    }

    fn step(&mut self, zaak: ZaakId, change: impl FnOnce(&mut Zaak)) {
        if let Some(it) = self.zaken.iter_mut().find(|it| it.id == zaak) {
            change(it);
        }
    }

    fn change(&mut self, id: VoorzieningId, change: impl FnOnce(&mut BeschikteVoorziening)) {
        if let Some(it) = self.voorzieningen.iter_mut().find(|it| it.id == id) {
            change(it);
        }
    }

    fn order(&mut self, nummer: ToewijzingNummer, change: impl FnOnce(&mut Toewijzing)) {
        if let Some(it) = self.toewijzingen.iter_mut().find(|it| it.nummer == nummer) {
            change(it);
        }
    }
}
