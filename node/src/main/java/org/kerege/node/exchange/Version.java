package org.kerege.node.exchange;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.StixObject;
import org.kerege.stix.Timestamp;

/// What tells the versions of one object apart, as text that sorts like the points in time it names: seconds,
/// then the fraction without trailing zeros, without `Z`. Source: TAXII 2.1 §3.4.1, STIX 2.1 §3.6.
public final class Version {

    private Version() {}

    /// The version of an object; of a cyber-observable, which has none, the time at which it was first taken in.
    public static String of(StixObject object, Instant takenIn) {
        Timestamp version = object.version();
        return of(version == null ? Timestamp.of(takenIn) : version);
    }

    /// The sortable text of a timestamp.
    public static String of(Timestamp timestamp) {
        String written = timestamp.toString();
        int end = written.length() - 1;
        if (written.charAt(19) == '.') {
            while (written.charAt(end - 1) == '0') {
                end--;
            }
            if (written.charAt(end - 1) == '.') {
                end--;
            }
        }
        return written.substring(0, end);
    }

    /// The timestamp that a sortable text stands for, with at least milliseconds.
    public static String timestamp(String sortable) {
        int fraction = sortable.indexOf('.');
        int digits = fraction < 0 ? 0 : sortable.length() - fraction - 1;
        StringBuilder text = new StringBuilder(sortable);
        if (fraction < 0) {
            text.append('.');
        }
        return text.repeat("0", Math.max(0, 3 - digits)).append('Z').toString();
    }

    /// The sortable text of a timestamp in a request, null when the text is none.
    public static @Nullable String parse(String text) {
        try {
            return of(Timestamp.parse(text));
        } catch (org.kerege.stix.MalformedStix e) {
            return null;
        }
    }
}
