package org.kerege.pattern.sigma;

/// The kind of log that a rule is for. Source: Sigma rules specification 2.0, "Log source".
///
/// @param category such as `process_creation`; empty where none is named, and so the others
public record LogSource(String product, String category, String service) {

    @Override
    public String toString() {
        String text = (product + " " + category + " " + service).strip().replaceAll("\\s+", " ");
        return text.isEmpty() ? "of no name" : text;
    }
}
