//! Any bytes as an envelope.
#![no_main]

use libfuzzer_sys::fuzz_target;
use messages::iwmo::verkeer::{Envelop, ontvangst};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(envelop) = Envelop::lees("x", bytes) {
        let _ = envelop.schrijf();
    }
    let _ = ontvangst("x", bytes);
});
