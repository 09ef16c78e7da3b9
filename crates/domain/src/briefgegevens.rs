//! What every letter says about the municipality, from a day on. Awb, art. 3:45 and 6:5.

/// Where the municipality is reached, and who supports clients for free.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Briefgegevens {
    /// Street and number, or post box.
    pub adres: String,
    /// Postcode and place.
    pub plaats: String,
    /// The telephone number for questions.
    pub telefoon: String,
    /// The address for e-mail; empty when there is none.
    pub email: String,
    /// Who gives free client support, and how to reach them. Wmo 2015, art. 2.2.4.
    pub clientondersteuning: String,
}
