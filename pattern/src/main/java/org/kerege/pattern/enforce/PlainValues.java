package org.kerege.pattern.enforce;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// One value a line, nothing else: what firewalls and proxies fetch. A value that a reader would take for a comment or
/// for two lines is not written.
final class PlainValues implements Writing {

    @Override
    public Target accept(Target target) throws Inexpressible {
        return singleLine(target.withoutPort());
    }

    /// @throws Inexpressible when it would not be read back as one line
    static Target singleLine(Target target) throws Inexpressible {
        String value = target.value();
        boolean comment = value.startsWith("#") || value.startsWith(";") || value.contains(" #");
        if (value.isEmpty()
                || comment
                || !value.strip().equals(value)
                || value.chars().anyMatch(Character::isISOControl)) {
            throw new Inexpressible("its value cannot stand on a line by itself");
        }
        return target;
    }

    @Override
    public Map<String, String> write(List<Line> lines, Instant now) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line.target().value()).append('\n'));
        return Map.of("kerege.txt", text.toString());
    }
}
