//! Progress bars on a terminal, and none in a pipe.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar for work of known size; hidden when standard error is not a terminal.
pub(crate) fn balk(wat: &'static str, totaal: u64) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(totaal), ProgressDrawTarget::stderr());
    let template = "{msg:28} [{bar:30}] {percent:>3} %  nog {eta}";
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style.progress_chars("=> "));
    }
    bar.set_message(wat);
    bar
}

/// A callback that moves a bar: done so far, and in all.
pub(crate) fn volg(bar: &ProgressBar) -> impl Fn(u64, u64) + Sync + '_ {
    move |gedaan, totaal| {
        bar.set_length(totaal.max(gedaan));
        bar.set_position(gedaan);
    }
}
