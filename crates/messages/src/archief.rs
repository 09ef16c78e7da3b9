//! The files in a zip, read in memory with a cap on everything a zip can lie about.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::Problem;

/// How many files a zip may hold.
pub const MAX_FILES: usize = 10_000;
/// How many bytes the files may have together, unpacked.
pub const MAX_TOTAL: u64 = 500 * 1024 * 1024;
/// How many bytes one file may have, unpacked.
pub const MAX_FILE: u64 = 100 * 1024 * 1024;

/// The files in a zip, by name within it, in the order of their names.
///
/// Nothing is written to disk, a name is only ever a label, and a zip within the zip is left out.
/// Sizes are counted while unpacking; what the zip says of them is not believed.
pub fn unzip(file: &str, bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, Problem> {
    let refuse = |text: &str| Problem::fout(file, "ZIP01", text);
    let broken = |_| refuse("het zipbestand is niet te lezen; maak het opnieuw");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    if archive.len() > MAX_FILES {
        return Err(refuse("het zipbestand heeft meer dan 10.000 bestanden; splits het"));
    }
    let mut total = 0_u64;
    let mut files = Vec::new();
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).map_err(broken)?;
        let Ok(name) = entry.name().map(|it| it.to_string()) else {
            return Err(refuse("een bestandsnaam in het zipbestand is niet te lezen"));
        };
        if !entry.is_file() || is_zip(&name) {
            continue;
        }
        if name.split(['/', '\\']).any(|part| part == "..") || name.starts_with(['/', '\\']) {
            return Err(refuse("een bestandsnaam in het zipbestand wijst buiten de zip"));
        }
        let mut content = Vec::new();
        let room = MAX_FILE.min(MAX_TOTAL - total) + 1;
        entry
            .by_ref()
            .take(room)
            .read_to_end(&mut content)
            .map_err(|_| refuse("een bestand in het zipbestand is beschadigd; maak het opnieuw"))?;
        if content.len() as u64 >= room {
            return Err(refuse(
                "een bestand in de zip is groter dan 100 MB, of alles samen dan 500 MB; splits het",
            ));
        }
        total += content.len() as u64;
        files.push((name, content));
    }
    files.sort_by(|(one, _), (other, _)| one.cmp(other));
    Ok(files)
}

fn is_zip(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, it)| it.eq_ignore_ascii_case("zip"))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::{ZipWriter, write::SimpleFileOptions};

    use super::*;

    fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in files {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn files_come_out_in_order_of_name_and_a_zip_within_does_not() {
        let inner = zipped(&[("diep.xml", b"<c/>")]);
        let zip = zipped(&[
            ("map/b.XML", b"<b/>"),
            ("a.xml", b"<a/>"),
            ("lees.txt", b"hoi"),
            ("inner.zip", &inner),
        ]);
        let names: Vec<String> =
            unzip("x.zip", &zip).unwrap().into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["a.xml", "lees.txt", "map/b.XML"]);
    }

    #[test]
    fn a_bomb_a_path_outside_and_a_torn_zip_are_refused() {
        let bomb = zipped(&[("groot.xml", &vec![b' '; 101 * 1024 * 1024])]);
        assert!(bomb.len() < 300_000);
        let outside = zipped(&[("../buiten.xml", b"<a/>")]);
        let good = zipped(&[("a.xml", b"<a/>")]);
        for (zip, expected) in [
            (&bomb[..], "groter dan 100 MB"),
            (&outside[..], "buiten de zip"),
            (&good[..good.len() / 2], "niet te lezen"),
            (b"PK\x03\x04", "niet te lezen"),
        ] {
            let problem = unzip("x.zip", zip).unwrap_err();
            assert!(problem.text.contains(expected), "{problem}");
        }
    }
}
