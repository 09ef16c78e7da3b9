//! Documents as data, turned into HTML, CSV, XLSX and JSON as the last step.
