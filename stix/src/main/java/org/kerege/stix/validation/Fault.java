package org.kerege.stix.validation;

/// The kinds of fault that break a MUST.
enum Fault {
    MISSING("missing-required"),
    JSON_TYPE("json-type"),
    EMPTY("empty"),
    FORMAT("format"),
    IDENTIFIER("identifier"),
    TIMESTAMP("timestamp"),
    REFERENCE("reference"),
    RANGE("range"),
    VALUE("value"),
    COMBINATION("property-combination"),
    EXTERNAL_REFERENCE("external-reference"),
    TLP_MARKING("tlp-marking"),
    SELECTOR("selector"),
    PATTERN("pattern"),
    RESERVED("reserved-property"),
    NOT_DEFINED("not-defined");

    private final String code;

    Fault(String code) {
        this.code = code;
    }

    String code() {
        return code;
    }
}
