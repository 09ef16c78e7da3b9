//! A result as a flat list of named numbers, so that another implementation can be laid beside it.

/// What every estimator's result can show.
pub trait Estimate {
    /// The numbers under their published keys: `attgt_gG_tT`, `se_...`, `agg_...`.
    fn figures(&self) -> Figures;

    /// The result in Dutch sentences: what was estimated, with n, interval and limits.
    fn summary(&self) -> String;

    /// What limits the result.
    fn warnings(&self) -> &[Warning];
}

/// Something that does not stop an estimate but limits what it can be used for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// Stable code in kebab-case, for instance `few-clusters`.
    pub code: &'static str,
    /// A Dutch sentence.
    pub text: String,
}

impl Warning {
    /// A warning with its stable code.
    pub fn new(code: &'static str, text: impl Into<String>) -> Self {
        Self { code, text: text.into() }
    }
}

/// Named numbers in the order in which they were added.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Figures {
    entries: Vec<(String, f64)>,
}

impl Figures {
    /// No numbers yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds `value` under `key`; a value that is not finite is left out.
    pub fn add(&mut self, key: impl Into<String>, value: f64) {
        if value.is_finite() {
            self.entries.push((key.into(), value));
        }
    }

    /// Adds an estimate under `key` and its standard error under `se_key`.
    pub fn add_with_se(&mut self, key: &str, estimate: f64, standard_error: f64) {
        self.add(key, estimate);
        self.add(format!("se_{key}"), standard_error);
    }

    /// The number under `key`.
    pub fn get(&self, key: &str) -> Option<f64> {
        self.entries.iter().find(|(name, _)| name == key).map(|(_, value)| *value)
    }

    /// All numbers in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, f64)> {
        self.entries.iter().map(|(key, value)| (key.as_str(), *value))
    }

    /// How many numbers there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}
