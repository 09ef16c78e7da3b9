//! How long something took, for people.

use std::time::Duration;

/// A duration as Dutch text: `0,8 s` or `2 min 05 s`.
pub fn elapsed(duration: Duration) -> String {
    let seconds = duration.as_secs();
    if seconds >= 60 {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    } else {
        format!("{seconds},{} s", duration.subsec_millis() / 100)
    }
}

#[test]
fn a_duration_reads_as_dutch() {
    let cases = [(0, "0,0 s"), (840, "0,8 s"), (59_990, "59,9 s"), (125_000, "2 min 05 s")];
    for (millis, expected) in cases {
        assert_eq!(elapsed(Duration::from_millis(millis)), expected);
    }
}
