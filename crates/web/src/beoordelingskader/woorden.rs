//! What the framework says, in sentences.

use domain::{
    besluit::Afwijzingsgrond,
    kader::{Antwoord, Conclusie, Gevolg, Kader, Norm, Stapsoort, Verschil, Voorbeeld},
    product::ProductCode,
};

use crate::overzicht::{Cel, Lijst};

/// The heading above a step.
pub(crate) fn stap(soort: Stapsoort) -> String {
    match soort {
        Stapsoort::Grens(wet) => format!("Grens met de {}", wet.naam()),
        other => crate::invoer::zin(other.naam()).trim_end_matches('.').to_owned(),
    }
}

/// What follows from an answer.
pub(super) fn gevolg(gevolg: Gevolg) -> String {
    match gevolg {
        Gevolg::Verder => "verder naar de volgende vraag".to_owned(),
        Gevolg::Deels => "een deel is gedekt; de rest gaat verder".to_owned(),
        Gevolg::Dekt(grond) => format!("dan is maatwerk misschien niet nodig: {}", grond.naam()),
        Gevolg::Grens(wet) => format!("zoek uit of de {} voorgaat", wet.naam()),
    }
}

/// What the framework concludes, as a sentence.
pub(crate) fn conclusie(it: Conclusie) -> String {
    match it {
        Conclusie::Onvolledig => "Nog niet alle vragen zijn beantwoord.".to_owned(),
        Conclusie::Gedekt(Afwijzingsgrond::GeenIngezetene) => {
            "De cliënt woont niet in de gemeente.".to_owned()
        }
        Conclusie::Gedekt(grond) => {
            format!("De behoefte lijkt op een andere manier gedekt: {}.", grond.naam())
        }
        Conclusie::Grensgeval(wet) => {
            format!("De {} gaat mogelijk voor. Zoek dat uit voor het besluit.", wet.naam())
        }
        Conclusie::Maatwerk => "Er blijft een behoefte over voor maatwerk.".to_owned(),
    }
}

/// The word for an answer in the address of a form.
pub(super) const fn antwoord(it: Antwoord) -> &'static str {
    match it {
        Antwoord::Ja => "ja",
        Antwoord::Nee => "nee",
        Antwoord::NietVanToepassing => "nvt",
    }
}

/// The differences between two versions, in a table.
pub(super) fn verschillen(oud: &Kader, nieuw: &Kader) -> Lijst {
    let mut lijst = Lijst::new(&["Wat", "Verschil", "Was", "Wordt"]);
    for it in oud.verschil(nieuw) {
        let cells = match it {
            Verschil::Toegevoegd(id) => vraag(oud, nieuw, id, "nieuwe vraag"),
            Verschil::Vervallen(id) => vraag(oud, nieuw, id, "vraag vervalt"),
            Verschil::Verplaatst(id) => vraag(oud, nieuw, id, "staat op een andere plaats"),
            Verschil::Gewijzigd(id) => vraag(oud, nieuw, id, &changed(oud, nieuw, id)),
            Verschil::Norm(product) => norm_row(oud, nieuw, product),
        };
        lijst.rij(cells.into_iter().map(Cel::from).collect());
    }
    lijst
}

fn vraag(oud: &Kader, nieuw: &Kader, id: domain::VraagId, wat: &str) -> Vec<String> {
    let text = |kader: &Kader| kader.vraag(id).map_or_else(String::new, described);
    vec![format!("Vraag {}", id.0), wat.to_owned(), text(oud), text(nieuw)]
}

fn described(it: &domain::kader::Vraag) -> String {
    let mut text = format!("{} ({})", it.tekst, it.artikel);
    for (answer, gevolg) in [("ja", it.bij_ja), ("nee", it.bij_nee)] {
        if gevolg != Gevolg::Verder {
            text.push_str(&format!(" Bij {answer}: {}.", self::gevolg(gevolg)));
        }
    }
    if it.afweging {
        text.push_str(" Eigen afweging.");
    }
    text
}

/// What of a question changed.
fn changed(oud: &Kader, nieuw: &Kader, id: domain::VraagId) -> String {
    let (Some(before), Some(after)) = (oud.vraag(id), nieuw.vraag(id)) else {
        return String::new();
    };
    let parts = [
        (before.tekst != after.tekst, "tekst"),
        (before.toelichting != after.toelichting, "toelichting"),
        (before.artikel != after.artikel, "artikel"),
        (before.afweging != after.afweging, "eigen afweging"),
        (before.bij_ja != after.bij_ja, "gevolg bij ja"),
        (before.bij_nee != after.bij_nee, "gevolg bij nee"),
    ];
    let names: Vec<String> =
        parts.into_iter().filter(|(it, _)| *it).map(|(_, it)| it.to_owned()).collect();
    format!("gewijzigd: {}", crate::tekst::opsomming(&names))
}

fn norm_row(oud: &Kader, nieuw: &Kader, product: ProductCode) -> Vec<String> {
    let text = |it: Option<&Norm>| it.map_or_else(|| "geen norm".to_owned(), norm);
    let (before, after) = (oud.norm(product), nieuw.norm(product));
    let what = match (before, after) {
        (None, _) => "nieuwe norm",
        (_, None) => "norm vervalt",
        _ => "norm gewijzigd",
    };
    vec![format!("Norm {product}"), what.to_owned(), text(before), text(after)]
}

/// A norm in words.
pub(super) fn norm(it: &Norm) -> String {
    format!("{} tot en met {} {} ({})", it.van, it.tot, it.frequentie.naam(), it.bron)
}

/// The examples with what they expect and what was found.
pub(super) fn proef(kader: &Kader) -> Lijst {
    let mut lijst = Lijst::new(&["Voorbeeld", "Verwacht", "Gevonden", "Uitslag"]);
    for it in &kader.voorbeelden {
        let found = kader.doorloop(&it.antwoorden).conclusie;
        lijst.rij(vec![
            it.naam.clone().into(),
            conclusie(it.verwacht).into(),
            conclusie(found).into(),
            verdict(it, found),
        ]);
    }
    lijst
}

fn verdict(it: &Voorbeeld, found: Conclusie) -> Cel {
    if it.verwacht == found { "goed".into() } else { Cel::LetOp("fout".to_owned()) }
}
