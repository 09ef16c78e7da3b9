//! The dossiers: the list of cases, the search, the dossier itself and who looked at it.

pub(crate) mod adres;
pub(crate) mod bericht;
pub(crate) mod berichten;
pub(crate) mod dossier;
pub(crate) mod inzage;
mod kosten;
pub(crate) mod lijst;
mod stand;
mod stappen;
pub(crate) mod tijdlijn;
pub(crate) mod zoeken;

use domain::{ClientId, Dossier, Register, TeamId};
use jiff::civil::Date;
use store::AccessEntry;

use crate::{fout::Fout, gebruiker::Gebruiker, staat::Web};

/// The address of a dossier: an opaque number, never a BSN or name.
pub(crate) fn pad(client: ClientId) -> String {
    format!("/dossiers/{:x}", client.0)
}

/// The client an address names.
pub(crate) fn lees(deel: &str) -> Result<ClientId, Fout> {
    let digits = !deel.is_empty() && deel.bytes().all(|it| it.is_ascii_hexdigit());
    let number = if digits { u64::from_str_radix(deel, 16).ok() } else { None };
    number.map(ClientId).ok_or(Fout::NietGevonden)
}

/// The teams a dossier belongs to: those of its cases and provisions, and the one of the wijk.
pub(crate) fn teams(dossier: &Dossier, register: &Register, op: Date) -> Vec<TeamId> {
    let wijk = dossier.gegevens_op(op).and_then(|it| it.wijk);
    let of_wijk = wijk.and_then(|it| register.team_van_wijk(it, op));
    let of_zaken = dossier.zaken.iter().filter_map(|it| it.onderzoek.team());
    let of_voorzieningen = dossier.voorzieningen_op(op).filter_map(|it| it.team);
    let mut teams: Vec<TeamId> =
        of_wijk.into_iter().chain(of_zaken).chain(of_voorzieningen).collect();
    teams.sort();
    teams.dedup();
    teams
}

/// Writes down that somebody looks; no line in the access log, no data.
pub(crate) async fn log(
    web: &Web,
    gebruiker: &Gebruiker,
    clients: &[ClientId],
    handeling: &str,
) -> Result<(), Fout> {
    for client in clients {
        let entry = AccessEntry {
            moment: web.nu(),
            account: gebruiker.account.clone(),
            medewerker: gebruiker.hoedanigheid.medewerker,
            client: Some(*client),
            action: handeling.to_owned(),
            ground: format!("uitvoering van de Wmo 2015 als {}", gebruiker.functie().naam()),
        };
        web.store().log_access(&entry).await?;
    }
    Ok(())
}

/// The dossier, if it exists and the user may see it.
pub(crate) fn dossier_for(
    web: &Web,
    gebruiker: &Gebruiker,
    client: ClientId,
) -> Result<Dossier, Fout> {
    web.live().with(|world| {
        let found = world.state.dossiers.get(&client).ok_or(Fout::NietGevonden)?;
        let teams = teams(found, &world.state.register, gebruiker.vandaag);
        if gebruiker.ziet(&teams) { Ok(found.clone()) } else { Err(Fout::AnderTeam) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_one_client_and_nothing_else() {
        for (text, client) in [
            ("ff", Some(255)),
            ("0", Some(0)),
            ("", None),
            ("-1", None),
            ("+f", None),
            ("xyz", None),
            ("ffffffffffffffffff", None),
        ] {
            assert_eq!(lees(text).ok().map(|it| it.0), client, "{text}");
        }
        assert_eq!(pad(ClientId(255)), "/dossiers/ff");
    }
}
