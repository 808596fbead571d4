package org.kerege.pattern.enforce;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;

/// Names of hosts as they stand on the wire.
final class Hosts {

    private static final Pattern LABELS =
            Pattern.compile("(?!-)[a-z0-9_-]{1,63}(?<!-)(\\.(?!-)[a-z0-9_-]{1,63}(?<!-))*");
    private static final int LONGEST = 253;

    private Hosts() {}

    /// The name in lower case, in ASCII and without a final dot. Source: RFC 1035 §2.3.1, RFC 5891.
    ///
    /// @throws Inexpressible when it is none
    static String onTheWire(String name) throws Inexpressible {
        String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        String ascii;
        try {
            ascii = IDN.toASCII(bare.toLowerCase(Locale.ROOT), IDN.ALLOW_UNASSIGNED);
        } catch (IllegalArgumentException e) {
            throw new Inexpressible("its name is none that a name server knows");
        }
        String lower = ascii.toLowerCase(Locale.ROOT);
        if (lower.length() > LONGEST || !LABELS.matcher(lower).matches()) {
            throw new Inexpressible("its name is none that a name server knows");
        }
        return lower;
    }
}
