//! Difference-in-differences for staggered and switching treatment.
