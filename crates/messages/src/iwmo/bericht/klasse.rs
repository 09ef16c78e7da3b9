//! One description per class: it makes the type, reads it, checks its form and writes it.

use crate::iwmo::bericht::{
    Gegevenstype, Regel, Waarde,
    lezer::{Gelezen, Lezer},
    schrijver::Schrijver,
};
use crate::iwmo::xml::Open;

/// The namespace in which a class names its elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ruimte {
    /// The one of the message itself.
    Bericht,
    /// The one of the shared types, of the same release.
    Basis,
    /// Another one.
    Anders,
}

/// Whether an element must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Plicht {
    /// It must be there.
    Een,
    /// It may be left out.
    Mag,
    /// It must be there in a return, and does not exist in the first message.
    Retour,
}

/// An element of a class.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Veld {
    pub(crate) naam: &'static str,
    pub(crate) ruimte: Ruimte,
    pub(crate) plicht: Plicht,
}

/// A class of the standard: elements in a fixed order.
pub(crate) trait Klasse: Default {
    /// The name of its element in a list.
    const NAAM: &'static str;
    /// Its elements, in order.
    const VELDEN: &'static [Veld];

    /// Puts it on a line.
    fn op(&mut self, regel: Regel);

    /// Reads the element at this place in [`Klasse::VELDEN`].
    fn lees_veld(&mut self, at: usize, lezer: &mut Lezer<'_, '_>, open: &Open<'_>) -> Gelezen<()>;

    /// Writes its elements, in order.
    fn schrijf_velden(&self, schrijver: &mut Schrijver);

    /// Puts one of a list where it belongs.
    fn bewaar(self, lijst: &mut Vec<Self>, _: &mut Lezer<'_, '_>) {
        lijst.push(self);
    }
}

/// How a class puts one of its own where it belongs.
pub(crate) type Bewaar<K> = fn(K, &mut Vec<K>, &mut Lezer<'_, '_>);

/// What an element may hold: a value, a class, or a list of them in an element of its own.
pub(crate) trait Deel {
    /// Reads it; the element was just opened.
    fn lees(&mut self, lezer: &mut Lezer<'_, '_>, open: &Open<'_>) -> Gelezen<()>;

    /// Writes it as the element `veld`, if it is there.
    fn schrijf(&self, veld: &Veld, schrijver: &mut Schrijver);
}

impl<T: Gegevenstype> Deel for Waarde<T> {
    fn lees(&mut self, lezer: &mut Lezer<'_, '_>, open: &Open<'_>) -> Gelezen<()> {
        *self = lezer.waarde(open)?;
        Ok(())
    }

    fn schrijf(&self, veld: &Veld, schrijver: &mut Schrijver) {
        if self.is_aanwezig() {
            schrijver.waarde(veld, &self.tekst());
        }
    }
}

impl<K: Klasse> Deel for Option<K> {
    fn lees(&mut self, lezer: &mut Lezer<'_, '_>, open: &Open<'_>) -> Gelezen<()> {
        lezer.klasse(self.insert(K::default()), open)
    }

    fn schrijf(&self, veld: &Veld, schrijver: &mut Schrijver) {
        if let Some(klasse) = self {
            schrijver.klasse(veld, klasse);
        }
    }
}

impl<K: Klasse> Deel for Vec<K> {
    fn lees(&mut self, lezer: &mut Lezer<'_, '_>, open: &Open<'_>) -> Gelezen<()> {
        lezer.lijst(K::NAAM, open, |lezer, open| {
            let mut one = K::default();
            lezer.klasse(&mut one, open)?;
            one.bewaar(self, lezer);
            Ok(())
        })
    }

    fn schrijf(&self, veld: &Veld, schrijver: &mut Schrijver) {
        if !self.is_empty() {
            schrijver.open(veld);
            for one in self {
                schrijver.klasse(&in_list(K::NAAM), one);
            }
            schrijver.sluit(veld);
        }
    }
}

/// A list of values; only that of the return codes exists.
impl<T: Gegevenstype> Deel for Vec<Waarde<T>> {
    fn lees(&mut self, lezer: &mut Lezer<'_, '_>, open: &Open<'_>) -> Gelezen<()> {
        lezer.lijst("RetourCode", open, |lezer, open| {
            self.push(lezer.waarde(open)?);
            Ok(())
        })
    }

    fn schrijf(&self, veld: &Veld, schrijver: &mut Schrijver) {
        if !self.is_empty() {
            schrijver.open(veld);
            for one in self {
                one.schrijf(&in_list("RetourCode"), schrijver);
            }
            schrijver.sluit(veld);
        }
    }
}

const fn in_list(naam: &'static str) -> Veld {
    Veld { naam, ruimte: Ruimte::Bericht, plicht: Plicht::Een }
}

/// Makes a class: `Basis` or `Bericht` says in which namespace its elements lie.
macro_rules! klasse {
    ($(#[$doc:meta])* $ruimte:ident $element:literal $naam:ident {
        $($plicht:ident $veld:ident $elementnaam:literal $type:ty,)+
    } $(bewaar $bewaar:expr)?) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Default)]
        pub struct $naam {
            /// The line on which it starts.
            pub regel: $crate::iwmo::bericht::Regel,
            $(
                #[doc = concat!("Element `", $elementnaam, "`.")]
                pub $veld: $type,
            )+
        }

        impl $crate::iwmo::bericht::klasse::Klasse for $naam {
            const NAAM: &'static str = $element;
            const VELDEN: &'static [$crate::iwmo::bericht::klasse::Veld] = &[$(
                $crate::iwmo::bericht::klasse::Veld {
                    naam: $elementnaam,
                    ruimte: $crate::iwmo::bericht::klasse::Ruimte::$ruimte,
                    plicht: $crate::iwmo::bericht::klasse::Plicht::$plicht,
                },
            )+];

            fn op(&mut self, regel: $crate::iwmo::bericht::Regel) {
                self.regel = regel;
            }

            fn lees_veld(
                &mut self,
                at: usize,
                lezer: &mut $crate::iwmo::bericht::lezer::Lezer<'_, '_>,
                open: &$crate::iwmo::xml::Open<'_>,
            ) -> $crate::iwmo::bericht::lezer::Gelezen<()> {
                let mut rest = at;
                $(
                    if rest == 0 {
                        return $crate::iwmo::bericht::klasse::Deel::lees(
                            &mut self.$veld, lezer, open,
                        );
                    }
                    rest = rest.wrapping_sub(1);
                )+
                let _ = rest;
                Ok(())
            }

            fn schrijf_velden(&self, schrijver: &mut $crate::iwmo::bericht::schrijver::Schrijver) {
                let mut velden = Self::VELDEN.iter();
                $(
                    if let Some(veld) = velden.next() {
                        $crate::iwmo::bericht::klasse::Deel::schrijf(&self.$veld, veld, schrijver);
                    }
                )+
            }

            $(
                fn bewaar(
                    self,
                    lijst: &mut Vec<Self>,
                    lezer: &mut $crate::iwmo::bericht::lezer::Lezer<'_, '_>,
                ) {
                    let bewaar: $crate::iwmo::bericht::klasse::Bewaar<Self> = $bewaar;
                    bewaar(self, lijst, lezer);
                }
            )?
        }

        impl $crate::iwmo::bericht::klasse::Deel for $naam {
            fn lees(
                &mut self,
                lezer: &mut $crate::iwmo::bericht::lezer::Lezer<'_, '_>,
                open: &$crate::iwmo::xml::Open<'_>,
            ) -> $crate::iwmo::bericht::lezer::Gelezen<()> {
                lezer.klasse(self, open)
            }

            fn schrijf(
                &self,
                veld: &$crate::iwmo::bericht::klasse::Veld,
                schrijver: &mut $crate::iwmo::bericht::schrijver::Schrijver,
            ) {
                schrijver.klasse(veld, self);
            }
        }
    };
}

pub(crate) use klasse;
