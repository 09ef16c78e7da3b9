//! How much to believe an effect: pre-trends, sensitivity, power, many tests.
