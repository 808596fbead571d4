package org.kerege.pattern.enforce;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Rules of Sigma for searching logs: one for each indicator and kind of log that can show its values. Source: Sigma
/// rules specification 2.0, "Escaping" for `*`, `?` and `\`.
final class SigmaRules implements Writing {

    /// A kind of log and the field in it, with the modifier that fits.
    private record Place(String logsource, String field) {}

    @Override
    public Target accept(Target target) throws Inexpressible {
        if (place(target) == null) {
            throw new Inexpressible(
                    "no field of Sigma's shows values of kind " + target.kind().word());
        }
        if (target.value().chars().anyMatch(Character::isISOControl)) {
            throw new Inexpressible("its value cannot stand on a line by itself");
        }
        return target.withoutPort();
    }

    @Override
    public Map<String, String> write(List<Line> lines, Instant now) {
        Map<String, Map<Place, List<Target>>> rules = new TreeMap<>();
        for (Line line : lines) {
            Place place = place(line.target());
            if (place != null) {
                rules.computeIfAbsent(line.indicator(), _ -> new LinkedHashMap<>())
                        .computeIfAbsent(place, _ -> new ArrayList<>())
                        .add(line.target());
            }
        }
        String text =
                rules.entrySet().stream()
                        .flatMap(rule ->
                                rule.getValue().entrySet().stream()
                                        .map(part ->
                                                rule(
                                                        rule.getKey(),
                                                        part.getKey(),
                                                        part.getValue())))
                        .collect(Collectors.joining("---\n"));
        return Map.of("kerege-sigma.yml", text);
    }

    private static String rule(String indicator, Place place, List<Target> targets) {
        UUID id =
                UUID.nameUUIDFromBytes(
                        (indicator + place.logsource() + place.field())
                                .getBytes(StandardCharsets.UTF_8));
        StringBuilder rule =
                new StringBuilder(
                        """
                        title: Kerege %s
                        id: %s
                        status: experimental
                        description: Values that the indicator %s asks for
                        logsource:
                        """
                                .formatted(shortened(indicator), id, indicator));
        place.logsource().lines().forEach(line -> rule.append("    ").append(line).append('\n'));
        rule.append("detection:\n    selection:\n        ").append(place.field()).append(":\n");
        targets.forEach(
                target -> rule.append("            - ").append(quoted(value(target))).append('\n'));
        return rule.append("    condition: selection\nlevel: medium\n").toString();
    }

    private static @Nullable Place place(Target target) {
        return switch (target.kind()) {
            case DOMAIN -> new Place("category: dns", "query");
            case IPV4, IPV6 ->
                    new Place(
                            "category: network_connection\nproduct: windows",
                            target.isNetwork() ? "DestinationIp|cidr" : "DestinationIp");
            case MD5, SHA_1, SHA_256 ->
                    new Place("category: process_creation\nproduct: windows", "Hashes|contains");
            case FILE_NAME ->
                    new Place("category: file_event\nproduct: windows", "TargetFilename|endswith");
            case URL -> new Place("category: proxy", "c-uri");
            case SHA_512, CERTIFICATE, EMAIL -> null;
        };
    }

    private static String value(Target target) {
        return switch (target.kind()) {
            case MD5, SHA_1, SHA_256 -> hash(target);
            case FILE_NAME -> "\\\\" + escaped(target.value());
            default -> escaped(target.value());
        };
    }

    private static String hash(Target target) {
        String name =
                switch (target.kind()) {
                    case MD5 -> "MD5";
                    case SHA_1 -> "SHA1";
                    default -> "SHA256";
                };
        return name + "=" + target.value().toUpperCase(Locale.ROOT);
    }

    /// What Sigma reads as a wildcard is no wildcard here.
    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("*", "\\*").replace("?", "\\?");
    }

    private static String quoted(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    private static String shortened(String indicator) {
        return indicator.length() > 20 ? indicator.substring(0, 20) : indicator;
    }
}
