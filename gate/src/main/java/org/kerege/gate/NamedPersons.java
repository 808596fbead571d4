package org.kerege.gate;

import java.util.Set;
import java.util.regex.Pattern;
import org.kerege.stix.StixObject;

/// Finds objects that name a person: individuals, mail addresses, user accounts, and patterns over these.
/// Persons are not indicators, so such an object waits for a recorded review.
public final class NamedPersons {

    private static final Set<String> TYPES = Set.of("email-addr", "email-message", "user-account");

    private static final Pattern PERSONAL_PATH =
            Pattern.compile("(?<![\\w-])(?:email-addr|email-message|user-account)\\s*:");

    private NamedPersons() {}

    /// Whether an object names a person.
    public static boolean in(StixObject object) {
        if (TYPES.contains(object.type())) {
            return true;
        }
        if (object.type().equals("identity")) {
            return "individual".equals(object.text("identity_class"));
        }
        String pattern = object.text("pattern");
        return pattern != null && inPattern(pattern);
    }

    /// Whether a pattern compares an object that names a person; what stands inside literals does not count.
    static boolean inPattern(String pattern) {
        return PERSONAL_PATH.matcher(withoutLiterals(pattern)).find();
    }

    private static String withoutLiterals(String pattern) {
        StringBuilder outside = new StringBuilder();
        boolean inside = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (inside && c == '\\') {
                i++;
            } else if (c == '\'') {
                inside = !inside;
            } else if (!inside) {
                outside.append(c);
            }
        }
        return outside.toString();
    }
}
