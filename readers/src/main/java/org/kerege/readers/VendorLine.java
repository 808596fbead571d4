package org.kerege.readers;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An event in ArcSight's Common Event Format or IBM's Log Event Extended Format, with or without a syslog header before
/// it. Sources: CEF Implementation Standard, version 26; QRadar LEEF Guide, versions 1.0 and 2.0.
final class VendorLine implements TextFormat {

    private static final List<String> CEF_HEAD =
            List.of(
                    "#version",
                    "#vendor",
                    "#product",
                    "#product_version",
                    "#event",
                    "#name",
                    "#severity");
    private static final List<String> LEEF_HEAD =
            List.of("#version", "#vendor", "#product", "#product_version", "#event");
    private static final Pattern CEF = Pattern.compile("(?:^|.*\\s)CEF: ?(\\d.*)");
    private static final Pattern LEEF = Pattern.compile("(?:^|.*\\s)LEEF: ?(\\d.*)");

    /// A key of an extension: it begins after white space and ends at a sign of equality without a backslash before it.
    private static final Pattern KEY = Pattern.compile("(?:^|\\s)([A-Za-z0-9_.\\[\\]-]+)=");

    @Override
    public boolean read(String line, BiConsumer<String, String> field) {
        int at = line.indexOf("EF:");
        if (at < 0 || at > 1_000) {
            return false;
        }
        Matcher cef = CEF.matcher(line);
        if (cef.matches()) {
            return cef(cef.group(1), field);
        }
        Matcher leef = LEEF.matcher(line);
        return leef.matches() && leef(leef.group(1), field);
    }

    private static boolean cef(String text, BiConsumer<String, String> field) {
        List<String> parts = split(text, CEF_HEAD.size());
        if (parts.size() != CEF_HEAD.size() + 1) {
            return false;
        }
        field.accept("#format", "cef");
        for (int i = 0; i < CEF_HEAD.size(); i++) {
            field.accept(CEF_HEAD.get(i), parts.get(i));
        }
        String extension = parts.getLast();
        Matcher key = KEY.matcher(extension);
        String name = null;
        int from = 0;
        while (key.find()) {
            if (name != null) {
                field.accept(name, unescaped(extension.substring(from, key.start())));
            }
            name = key.group(1);
            from = key.end();
        }
        if (name != null) {
            field.accept(name, unescaped(extension.substring(from)));
        }
        return true;
    }

    private static boolean leef(String text, BiConsumer<String, String> field) {
        boolean second = text.startsWith("2");
        List<String> parts = split(text, LEEF_HEAD.size() + (second ? 1 : 0));
        if (parts.size() <= LEEF_HEAD.size()) {
            return false;
        }
        String delimiter =
                second && parts.size() > LEEF_HEAD.size() + 1
                        ? delimiter(parts.get(LEEF_HEAD.size()))
                        : "\t";
        field.accept("#format", "leef");
        for (int i = 0; i < LEEF_HEAD.size(); i++) {
            field.accept(LEEF_HEAD.get(i), parts.get(i));
        }
        for (String pair : parts.getLast().split(Pattern.quote(delimiter))) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                field.accept(pair.substring(0, equals).strip(), pair.substring(equals + 1));
            }
        }
        return true;
    }

    /// One sign, or its number in hexadecimal after `x` or `0x`.
    private static String delimiter(String written) {
        String digits = written.startsWith("0") ? written.substring(1) : written;
        if (digits.matches("[xX][0-9A-Fa-f]{2,4}")) {
            return Character.toString(Integer.parseInt(digits, 1, digits.length(), 16));
        }
        return written.isEmpty() ? "\t" : written;
    }

    /// Parts between `|` that have no backslash before them; the rest behind the last of `count` as it is.
    private static List<String> split(String text, int count) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length() && "|\\".indexOf(text.charAt(i + 1)) >= 0) {
                part.append(text.charAt(++i));
            } else if (c == '|') {
                parts.add(part.toString());
                part.setLength(0);
                if (parts.size() == count) {
                    parts.add(text.substring(i + 1));
                    return parts;
                }
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        return parts;
    }

    private static String unescaped(String value) {
        if (value.indexOf('\\') < 0) {
            return value.stripTrailing();
        }
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' && i + 1 < value.length() && "=\\|nr".indexOf(value.charAt(i + 1)) >= 0) {
                char next = value.charAt(++i);
                plain.append(next == 'n' ? '\n' : next == 'r' ? '\r' : next);
            } else {
                plain.append(c);
            }
        }
        return plain.toString().stripTrailing();
    }
}
