//! Characters that a letter can be set in: what the font does not have, shows as a currency sign.

use textris_pdf::fonts::{Fonts, Style};

/// In place of a character that the font does not have.
const ONBEKEND: char = '\u{A4}';

/// The text as it can be set: lines kept apart, no characters that steer, none without a shape.
pub(super) fn printable(fonts: &Fonts, text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars().filter(|it| !steers(*it)) {
        // An accent stands on a letter; what stands on nothing cannot be set.
        let base = out.chars().next_back().is_some_and(char::is_alphabetic);
        if is_accent(letter) && !base {
            continue;
        }
        out.push(shape(fonts, letter));
    }
    out
}

fn shape(fonts: &Fonts, letter: char) -> char {
    if letter == '\n' || matches!(letter, ' '..='~') {
        return letter;
    }
    if letter == char::REPLACEMENT_CHARACTER {
        return ONBEKEND;
    }
    if letter.is_control() || letter.is_whitespace() {
        // A space that does not break keeps amounts whole.
        return if matches!(letter, '\u{A0}' | '\u{202F}') { '\u{A0}' } else { ' ' };
    }
    let shaped = fonts.shape(Style::Regular, letter.encode_utf8(&mut [0; 4]));
    let known = shaped.glyphs.iter().all(|it| it.glyph_id.to_u32() != 0);
    if known { letter } else { ONBEKEND }
}

/// Marks that stand on the letter before them.
const fn is_accent(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36F}')
}

/// Marks without a shape of their own: order of writing, joining, breaking, variants.
const fn steers(letter: char) -> bool {
    matches!(
        letter,
        '\u{AD}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}'
            | '\u{E0000}'..='\u{E01EF}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_becomes_one_that_the_font_has() {
        let fonts = super::super::pdf::fonts().unwrap();
        for (text, set) in [
            ("Şahin-Wiśniewski Nguyễn Ñuñez", "Şahin-Wiśniewski Nguyễn Ñuñez"),
            ("Zoe\u{308} €\u{A0}12,50", "Zoe\u{308} €\u{A0}12,50"),
            ("blij 😀 en 中文", "blij ¤ en ¤¤"),
            ("a\u{0}b\tc\nd\u{85}e", "a b c\nd e"),
            ("om\u{202E}gekeerd \u{FEFF}zo\u{AD}maar", "omgekeerd zomaar"),
            ("<b>\u{E000}&", "<b>¤&"),
        ] {
            assert_eq!(printable(&fonts, text), set, "{text:?}");
        }
    }
}
