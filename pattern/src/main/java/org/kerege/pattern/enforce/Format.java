package org.kerege.pattern.enforce;

import java.util.List;
import java.util.Locale;

/// The formats that can be written.
public enum Format {
    /// One value a line.
    PLAIN,
    /// A table with kind, indicator and validity. Source: RFC 4180.
    CSV,
    /// Rules of Suricata, one for each value.
    SURICATA,
    /// Data sets and lists of hashes for Suricata 7, with the rules that look into them.
    SURICATA_DATASET,
    /// A file of Zeek's intelligence framework.
    ZEEK,
    /// A response policy zone for name servers.
    RPZ,
    /// Rules for searching logs.
    SIGMA;

    /// What it can be used for, the usual use first.
    public List<Use> uses() {
        return switch (this) {
            case PLAIN, CSV -> List.of(Use.BLOCK, Use.DETECT, Use.LOOK_UP, Use.SEARCH);
            case SURICATA, SURICATA_DATASET -> List.of(Use.DETECT, Use.BLOCK);
            case ZEEK -> List.of(Use.DETECT);
            case RPZ -> List.of(Use.BLOCK);
            case SIGMA -> List.of(Use.SEARCH);
        };
    }

    /// As the command line names it, `suricata-dataset`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Writing writing(Use use) {
        return switch (this) {
            case PLAIN -> new PlainValues();
            case CSV -> new CsvValues();
            case SURICATA -> new SuricataRules(use);
            case SURICATA_DATASET -> new SuricataDatasets(use);
            case ZEEK -> new ZeekIntelligence();
            case RPZ -> new ResponsePolicyZone();
            case SIGMA -> new SigmaRules();
        };
    }
}
