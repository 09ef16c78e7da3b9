//! More than one provision on one form.

use axum::http::StatusCode;
use domain::Functie;

use crate::{
    proef::{PROEF, run},
    stappen::{enquiry, new_case, path, priced, step, taken, walk},
};

#[test]
fn a_proposal_and_its_decision_hold_more_than_one_provision() {
    use Functie::{Beslisser, Consulent};
    run(async {
        let (zaak, _) = new_case("Meer").await;
        enquiry(&zaak).await;
        walk(&zaak).await;
        let (aanbieder, product, eenheid) = priced();
        let (aanbieder, product) = (aanbieder.0.to_string(), product.to_string());
        let row = |volume: &'static str| {
            [
                ("product", product.as_str()),
                ("vorm", "zin"),
                ("aanbieder", aanbieder.as_str()),
                ("volume", volume),
                ("eenheid", eenheid),
                ("frequentie", "2"),
                ("van", "01-03-2018"),
                ("tot", "31-08-2018"),
            ]
        };
        let outcome =
            [("normafwijking", "anders"), ("uitkomst", "toegekend"), ("tekst", "Twee dingen.")];
        let one: Vec<(&str, &str)> = [&outcome[..], &row("1")].concat();
        let asked = [one.as_slice(), &[("doe", "erbij")]].concat();
        let room = step(Consulent, &zaak, "voorstel", &asked).await;
        assert_eq!(room.status, StatusCode::OK);
        for part in
            ["id=\"product-2\"", "Product (voorziening 2)", "Twee dingen.", "value=\"31-08-2018\""]
        {
            assert!(room.text().contains(part), "{part}: {}", room.text());
        }
        let second: Vec<(String, &str)> =
            row("3").into_iter().map(|(naam, it)| (format!("{naam}-2"), it)).collect();
        let mut two = [one.as_slice(), &[("aantal", "3")]].concat();
        two.extend(second.iter().map(|(naam, it)| (naam.as_str(), *it)));
        let half: Vec<(&str, &str)> =
            two.iter().filter(|(naam, _)| *naam != "van-2").copied().collect();
        let refused = step(Consulent, &zaak, "voorstel", &half).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            refused.text().contains("<a href=\"#van-2\">Voorziening 2: "),
            "{}",
            refused.text()
        );
        let sum = [&two[..], &[("doe", "bereken")]].concat();
        let sum = step(Consulent, &zaak, "voorstel", &sum).await;
        assert!(sum.text().contains("begrotingsjaar 2018"), "{}", sum.text());
        taken(Consulent, &zaak, "voorstel", &two).await;
        let kept = PROEF.live.with(|world| {
            let id = zaak.parse().unwrap();
            let client = world.state.client_van_zaak(id).unwrap();
            let case = world.state.dossiers[&client].zaak(id).unwrap();
            case.voorstel().unwrap().voorstel.voorzieningen.clone()
        });
        let volumes: Vec<u32> = kept.iter().map(|it| it.omvang.unwrap().volume).collect();
        assert_eq!(volumes, [1, 3], "an empty third row is none");
        let form = PROEF.get(Beslisser, &path(&zaak, "besluit")).await.text();
        assert!(form.contains("name=\"volume-2\" type=\"text\"") && form.contains("id=\"van-2\""));
        assert!(form.contains("name=\"aantal\" value=\"2\""), "{form}");
        taken(Beslisser, &zaak, "besluit", &two[1..]).await;
    });
}
