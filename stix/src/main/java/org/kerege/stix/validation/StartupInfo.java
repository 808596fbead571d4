package org.kerege.stix.validation;

import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Members of the Windows structure STARTUP_INFO in a windows-process-ext. Source: STIX 2.1 §6.13.2.
final class StartupInfo {

    private static final Set<String> NUMBERS =
            Set.of(
                    "cb",
                    "dwX",
                    "dwY",
                    "dwXSize",
                    "dwYSize",
                    "dwXCountChars",
                    "dwYCountChars",
                    "cbReserved2");
    private static final Set<String> TEXTS =
            Set.of(
                    "lpDesktop",
                    "lpTitle",
                    "dwFillAttribute",
                    "dwFlags",
                    "wShowWindow",
                    "hStdInput",
                    "hStdOutput",
                    "hStdError");
    private static final Set<String> RESERVED = Set.of("lpReserved", "lpReserved2");

    private StartupInfo() {}

    static void member(JsonNode value, Report report) {
        String name = report.name();
        if (NUMBERS.contains(name)) {
            Kinds.INTEGER.check(value, report);
        } else if (TEXTS.contains(name)) {
            Kinds.TEXT.check(value, report);
        } else if (!RESERVED.contains(name)) {
            report.error(
                    Fault.FORMAT,
                    "STIX 2.1 §6.13.2",
                    "startup_info has the members of STARTUP_INFO",
                    "'%s' is no member of the Windows structure STARTUP_INFO. Remove it."
                            .formatted(Report.excerpt(name)));
        } else if (!value.isNull() && !value.isString()) {
            Kinds.wrongType(value, report, "null", "STIX 2.1 §6.13.2");
        }
    }
}
