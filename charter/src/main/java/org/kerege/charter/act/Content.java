package org.kerege.charter.act;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.kerege.charter.Fields;
import org.kerege.tlog.KeyType;
import org.kerege.tlog.VerifierKey;

/// Reads the values that acts and measures carry; what is wrong is refused by the name of its property.
final class Content {

    /// More than a list in an act may hold.
    static final int MAX_ITEMS = 1_000;

    private Content() {}

    /// An instant such as `2025-01-01T00:00:00Z`.
    static Instant instant(Fields content, String name) {
        String text = content.text(name);
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw Refusal.malformed(name + " '" + text + "' is no instant");
        }
    }

    /// An instant, or a local time such as `2025-03-30T02:30` as the clocks of the zone in the property `zone` show it.
    /// Where clocks jump over it, as much later as they jump; where they show it twice, the first.
    static Instant localInstant(Fields content, String name) {
        String zone = content.optionalText("zone");
        if (zone == null || content.text(name).endsWith("Z")) {
            return instant(content, name);
        }
        try {
            return LocalDateTime.parse(content.text(name)).atZone(ZoneId.of(zone)).toInstant();
        } catch (DateTimeException e) {
            throw Refusal.malformed(
                    name + " '" + content.text(name) + "' is no local time in '" + zone + "'");
        }
    }

    static @Nullable Instant optionalInstant(Fields content, String name) {
        return content.has(name) ? instant(content, name) : null;
    }

    /// A key that signs acts.
    static VerifierKey key(Fields content) {
        VerifierKey key = VerifierKey.parse(content.text("key"));
        if (key.type() != KeyType.LOG) {
            throw Refusal.malformed("the key of " + key.name() + " is a witness's");
        }
        return key;
    }

    /// The committed digest of the key that may replace this one; null where none is.
    static @Nullable String next(Fields content) {
        String next = content.optionalText("next");
        if (next != null && !next.matches("[0-9a-f]{64}")) {
            throw Refusal.malformed("'next' is a SHA-256 of 64 hexadecimal digits");
        }
        return next;
    }
}
