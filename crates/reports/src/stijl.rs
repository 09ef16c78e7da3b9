//! The stylesheet: the look of every page and document.

/// The stylesheet, for pages and for documents.
pub const STIJL: &str = include_str!("stijl.css");

#[cfg(test)]
mod tests {
    use super::*;

    /// What a token is by itself: the last value of its chain, in the light or the dark list.
    fn token(name: &str, dark: bool) -> [f64; 3] {
        let start = if dark { "prefers-color-scheme: dark" } else { ":root" };
        let list = STIJL.split_once(start).expect(start).1;
        let line = list.split_once(&format!("--{name}:")).expect(name).1;
        let line = line.split_once(';').expect("an end").0;
        let hex = line.rsplit_once('#').expect("a colour").1;
        let part = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).expect("two digits");
        [0, 2, 4].map(|at| f64::from(part(at)) / 255.0)
    }

    /// WCAG 2.2, relative luminance.
    fn luminance(colour: [f64; 3]) -> f64 {
        let linear = colour.map(|part| {
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn the_measure_of_contrast_is_that_of_wcag() {
        assert!((contrast([0.0; 3], [1.0; 3]) - 21.0).abs() < 1e-9);
        let grey = [f64::from(0x76) / 255.0; 3];
        assert!((contrast(grey, [1.0; 3]) - 4.54).abs() < 0.01);
    }

    #[test]
    fn words_and_edges_stand_out_in_light_and_in_dark() {
        for (front, grounds, least) in [
            ("inkt", &["papier", "vlak", "accent-zacht"][..], 4.5),
            ("inkt-zacht", &["papier", "vlak"], 4.5),
            ("accent", &["papier", "vlak", "accent-zacht"], 4.5),
            ("aandacht", &["papier", "vlak", "aandacht-zacht"], 4.5),
            ("fout", &["papier", "vlak", "fout-zacht"], 4.5),
            ("gelukt", &["papier", "vlak", "gelukt-zacht"], 4.5),
            ("knop-tekst", &["knop"], 4.5),
            ("balk-tekst", &["balk"], 4.5),
            ("balk-zacht", &["balk"], 4.5),
            ("focus-tekst", &["focus-vlak"], 4.5),
            ("lijn-sterk", &["papier", "vlak"], 3.0),
            ("aandacht-rand", &["papier", "vlak"], 3.0),
            ("focus", &["papier", "vlak"], 3.0),
        ] {
            for (ground, dark) in
                grounds.iter().flat_map(|ground| [(ground, false), (ground, true)])
            {
                let ratio = contrast(token(front, dark), token(ground, dark));
                assert!(ratio >= least, "{front} on {ground}, dark {dark}: {ratio:.2}");
            }
        }
    }

    #[test]
    fn every_brace_is_closed() {
        assert_eq!(STIJL.matches('{').count(), STIJL.matches('}').count());
        assert!(!STIJL.contains("</"), "it stands in a page");
    }
}
