//! The codes under which this reader lists what is wrong, where the standard has no code of its own.
//!
//! `XML..` is about the file and its structure, `TOE..`, `LEV..`, `DEC..` and `GEM..` about what a
//! message says of something that is not known here. Rules of the standard keep their own code,
//! such as `CS002`.

/// The file is too large. iWmo OP179.
pub const GROOTTE: &str = "XML01";
/// The bytes are not UTF-8. iWmo OP192.
pub const TEKENSET: &str = "XML02";
/// The file is not well-formed XML.
pub const WELGEVORMD: &str = "XML03";
/// The file has a DOCTYPE.
pub const DOCTYPE: &str = "XML04";
/// The file uses an entity other than the five of XML itself.
pub const ENTITEIT: &str = "XML05";
/// Elements lie too deep within each other.
pub const DIEPTE: &str = "XML06";
/// An element has too many attributes.
pub const ATTRIBUTEN: &str = "XML07";
/// A text is too long, or there are too many elements.
pub const OMVANG: &str = "XML08";
/// The file is not an iWmo message.
pub const GEEN_BERICHT: &str = "XML10";
/// The message is of another release of the standard.
pub const RELEASE: &str = "XML11";
/// The message is of a kind that is not read.
pub const BERICHTSOORT: &str = "XML12";
/// An element has a name that does not belong there.
pub const ONBEKEND: &str = "XML20";
/// An element lies in another namespace than it should.
pub const NAAMRUIMTE: &str = "XML21";
/// A required element is missing.
pub const ONTBREEKT: &str = "XML22";
/// An element comes more often than it may.
pub const DUBBEL: &str = "XML23";
/// An element comes after one that it should precede.
pub const VOLGORDE: &str = "XML24";
/// Text where elements belong, or elements where text belongs.
pub const INHOUD: &str = "XML25";
/// An attribute that the standard does not have.
pub const ATTRIBUUT: &str = "XML26";
/// A value is not of the form that the standard asks for.
pub const WAARDE: &str = "XML30";

/// The file is no envelope, or one without a message.
pub const ENVELOP: &str = "ENV01";
/// The message may not leave.
pub const VERZENDING: &str = "ENV02";

/// The byte order mark that should not be there: a rule of the standard.
pub const BOM: &str = "OP192";

/// The allocation was not known and was made from what the provider reports.
pub const TOEWIJZING_NIEUW: &str = "TOE01";
/// The allocation belongs to another client.
pub const TOEWIJZING_ANDERE_CLIENT: &str = "TOE02";
/// The provider names no allocation.
pub const TOEWIJZING_GEEN_NUMMER: &str = "TOE03";
/// The allocation is known with another product, provider or start.
pub const TOEWIJZING_ANDERS: &str = "TOE04";
/// The allocation was given to another provider.
pub const TOEWIJZING_ANDERE_AANBIEDER: &str = "TOE05";
/// The start or stop to remove is not known.
pub const LEVERING_ONBEKEND: &str = "LEV01";
/// The allocation that is billed under is not known.
pub const DECLARATIE_TOEWIJZING: &str = "DEC01";
/// The client of a billed line is not known.
pub const DECLARATIE_CLIENT: &str = "DEC02";
/// The message is about another municipality.
pub const ANDERE_GEMEENTE: &str = "GEM01";
